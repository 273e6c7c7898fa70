//! Passwords: argon2id, kept as PHC strings.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use thiserror::Error;

/// Fewest characters of a password.
pub const SHORTEST: usize = 12;
/// Most bytes: longer ones only make work.
const LONGEST: usize = 1024;
/// Most characters of a name.
const LONGEST_NAME: usize = 64;

/// Why a name or password is not taken.
#[derive(Debug, Error)]
pub enum PasswordError {
    /// Too short.
    #[error("a password has {SHORTEST} characters or more; a sentence is easy to remember")]
    Short,
    /// Too long.
    #[error("a password has 1024 bytes at most")]
    Long,
    /// A name that cannot be shown.
    #[error("a name has 1 to 64 letters, digits, and . - _ @")]
    Name,
    /// The hash could not be made.
    #[error("the password could not be hashed: {0}")]
    Hash(String),
}

/// Checks the name of a user.
///
/// # Errors
/// It is empty, too long or holds other characters.
pub fn check_name(name: &str) -> Result<(), PasswordError> {
    let fits = name.chars().all(|c| c.is_alphanumeric() || ".-_@".contains(c));
    // `local` is everybody where there is no login.
    if name.is_empty() || name.chars().count() > LONGEST_NAME || !fits || name == "local" {
        return Err(PasswordError::Name);
    }
    Ok(())
}

/// The PHC string of a password. Takes about 20 MiB and a few hundredths of a second, by intent.
///
/// # Errors
/// The password is too short or too long.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    if password.chars().count() < SHORTEST {
        return Err(PasswordError::Short);
    }
    if password.len() > LONGEST {
        return Err(PasswordError::Long);
    }
    let hash: PasswordHash =
        Argon2::default().hash_password(password.as_bytes()).map_err(|error| PasswordError::Hash(error.to_string()))?;
    Ok(hash.to_string())
}

/// Whether a password is that of a PHC string. Without one it takes as long, so that nobody learns which
/// users there are.
#[must_use]
pub fn verify(password: &str, stored: Option<&str>) -> bool {
    if password.len() > LONGEST {
        return false;
    }
    if let Some(stored) = stored.and_then(|stored| PasswordHash::new(stored).ok()) {
        return Argon2::default().verify_password(password.as_bytes(), &stored).is_ok();
    }
    let _: Result<PasswordHash, _> = Argon2::default().hash_password(password.as_bytes());
    false
}

#[cfg(test)]
mod tests {
    use super::{check_name, hash, verify};

    #[test]
    fn a_password_is_known_again() {
        let stored = hash("كلمة سر طويلة جدا").unwrap();
        assert!(stored.starts_with("$argon2id$"));
        assert!(verify("كلمة سر طويلة جدا", Some(&stored)));
        assert!(!verify("كلمة سر طويلة", Some(&stored)));
        assert!(!verify("كلمة سر طويلة جدا", None));
        assert!(hash("short").is_err());
    }

    #[test]
    fn names() {
        assert!(check_name("أمل").is_ok() && check_name("amal@example.org").is_ok());
        assert!(check_name("").is_err() && check_name("a b").is_err() && check_name("local").is_err());
    }
}
