//! People: users, their sessions and tokens. Secrets come here as hashes alone.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::store::values;
use crate::{Archive, ArchiveError};

/// What somebody may do; each may do what those before may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Looks.
    Reader,
    /// Decides.
    Reviewer,
    /// Sees to users.
    Administrator,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 3] = [Self::Reader, Self::Reviewer, Self::Administrator];

    /// Its word in the archive.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Reviewer => "reviewer",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// A user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// When made.
    pub made_at: String,
    /// When last logged in.
    pub last_login: Option<String>,
}

/// A token of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its number.
    pub id: i64,
    /// What its owner calls it.
    pub name: String,
    /// What it may do, at most what its owner may.
    pub role: Role,
    /// When made.
    pub made_at: String,
    /// Until when it holds.
    pub expires_at: String,
    /// When last used.
    pub last_used: Option<String>,
}

/// A token to be stored.
#[derive(Debug, Clone, Copy)]
pub struct NewToken<'a> {
    /// The hash of its value.
    pub hash: &'a str,
    /// What its owner calls it.
    pub name: &'a str,
    /// What it may do.
    pub role: Role,
    /// Until when it holds.
    pub expires_at: Timestamp,
}

fn role(word: &str) -> Result<Role, ArchiveError> {
    Role::of(word).ok_or_else(|| ArchiveError::Damaged(format!("`{word}` is no role")))
}

fn unknown(what: &'static str, id: &str) -> ArchiveError {
    ArchiveError::Unknown { what, id: id.to_owned() }
}

impl Archive {
    /// Makes a user. `password` is a PHC string.
    ///
    /// # Errors
    /// The name is taken.
    pub fn add_user(&mut self, name: &str, role: Role, password: &str, now: Timestamp) -> Result<(), ArchiveError> {
        let made = self.execute(
            "INSERT INTO users (name, role, password, made_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (name) DO NOTHING",
            values![name, role.word(), password, now.to_string()],
        )?;
        if made == 0 {
            return Err(ArchiveError::Decision(format!("there is a user `{name}` already")));
        }
        Ok(())
    }

    /// Gives a user another role or password, and ends all his sessions.
    ///
    /// # Errors
    /// No such user; the last administrator would lose his role.
    pub fn change_user(&mut self, name: &str, role: Option<Role>, password: Option<&str>) -> Result<(), ArchiveError> {
        self.transaction(|archive| {
            if archive.execute("UPDATE users SET name = name WHERE name = ?1", values![name])? == 0 {
                return Err(unknown("user", name));
            }
            if let Some(role) = role {
                archive.execute("UPDATE users SET role = ?2 WHERE name = ?1", values![name, role.word()])?;
                archive.keep_an_administrator()?;
            }
            if let Some(password) = password {
                archive.execute("UPDATE users SET password = ?2 WHERE name = ?1", values![name, password])?;
            }
            archive.execute("DELETE FROM sessions WHERE owner = ?1", values![name])?;
            Ok(())
        })
    }

    /// Removes a user with sessions, tokens and views of his own. What he decided stays. Without
    /// `last` the last administrator is kept.
    ///
    /// # Errors
    /// No such user, or the last administrator.
    pub fn remove_user(&mut self, name: &str, last: bool) -> Result<(), ArchiveError> {
        self.transaction(|archive| {
            for table in ["sessions", "tokens"] {
                archive.execute(&format!("DELETE FROM {table} WHERE owner = ?1"), values![name])?;
            }
            archive.execute("DELETE FROM views WHERE owner = ?1 AND shared = 0", values![name])?;
            if archive.execute("DELETE FROM users WHERE name = ?1", values![name])? == 0 {
                return Err(unknown("user", name));
            }
            if last { Ok(()) } else { archive.keep_an_administrator() }
        })
    }

    fn keep_an_administrator(&mut self) -> Result<(), ArchiveError> {
        if self.number("SELECT count(*) FROM users WHERE role = 'administrator'", &[])? == 0 {
            return Err(ArchiveError::Decision("the last administrator stays; make another one first".into()));
        }
        Ok(())
    }

    /// Every user, by name.
    ///
    /// # Errors
    /// The store's own.
    pub fn users(&mut self) -> Result<Vec<User>, ArchiveError> {
        let rows = self.rows("SELECT name, role, made_at, last_login FROM users ORDER BY name", &[])?;
        rows.iter()
            .map(|row| {
                Ok(User {
                    name: row.text(0)?.to_owned(),
                    role: role(row.text(1)?)?,
                    made_at: row.text(2)?.to_owned(),
                    last_login: row.opt_text(3)?,
                })
            })
            .collect()
    }

    /// Whether there is any user.
    ///
    /// # Errors
    /// The store's own.
    pub fn has_users(&mut self) -> Result<bool, ArchiveError> {
        Ok(self.first("SELECT 1 FROM users LIMIT 1", &[])?.is_some())
    }

    /// The PHC string and role of a user.
    ///
    /// # Errors
    /// The store's own.
    pub fn password_of(&mut self, name: &str) -> Result<Option<(String, Role)>, ArchiveError> {
        let row = self.first("SELECT password, role FROM users WHERE name = ?1", values![name])?;
        row.map(|row| Ok((row.text(0)?.to_owned(), role(row.text(1)?)?))).transpose()
    }

    /// Stores a session by the hash of its secret; forgets those that have ended.
    ///
    /// # Errors
    /// The store's own.
    pub fn begin_session(
        &mut self,
        hash: &str,
        name: &str,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), ArchiveError> {
        self.transaction(|archive| {
            archive.execute("DELETE FROM sessions WHERE expires_at <= ?1", values![now.as_second()])?;
            archive.execute("UPDATE users SET last_login = ?2 WHERE name = ?1", values![name, now.to_string()])?;
            archive.execute(
                "INSERT INTO sessions (hash, owner, expires_at) VALUES (?1, ?2, ?3)",
                values![hash, name, expires_at.as_second()],
            )?;
            Ok(())
        })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The store's own.
    pub fn end_session(&mut self, hash: &str) -> Result<(), ArchiveError> {
        self.execute("DELETE FROM sessions WHERE hash = ?1", values![hash])?;
        Ok(())
    }

    /// Whose session it is, with the role of now.
    ///
    /// # Errors
    /// The store's own.
    pub fn session(&mut self, hash: &str, now: Timestamp) -> Result<Option<(String, Role)>, ArchiveError> {
        let row = self.first(
            "SELECT u.name, u.role FROM sessions s JOIN users u ON u.name = s.owner WHERE s.hash = ?1 AND s.expires_at > ?2",
            values![hash, now.as_second()],
        )?;
        row.map(|row| Ok((row.text(0)?.to_owned(), role(row.text(1)?)?))).transpose()
    }

    /// Stores a token; returns its number.
    ///
    /// # Errors
    /// The store's own.
    pub fn add_token(&mut self, owner: &str, token: &NewToken, now: Timestamp) -> Result<i64, ArchiveError> {
        self.number(
            "INSERT INTO tokens (hash, owner, name, role, made_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id",
            values![
                token.hash, owner, token.name, token.role.word(), now.to_string(), token.expires_at.as_second()
            ],
        )
    }

    /// Whose token it is, and what it may do: the less of its own role and its owner's.
    ///
    /// # Errors
    /// The store's own.
    pub fn token(&mut self, hash: &str, now: Timestamp) -> Result<Option<(i64, String, Role)>, ArchiveError> {
        let row = self.first(
            "SELECT t.id, u.name, t.role, u.role FROM tokens t JOIN users u ON u.name = t.owner WHERE t.hash = ?1 AND t.expires_at > ?2",
            values![hash, now.as_second()],
        )?;
        row.map(|row| Ok((row.int(0)?, row.text(1)?.to_owned(), role(row.text(2)?)?.min(role(row.text(3)?)?))))
            .transpose()
    }

    /// Notes that a token was used.
    ///
    /// # Errors
    /// The store's own.
    pub fn used_token(&mut self, id: i64, now: Timestamp) -> Result<(), ArchiveError> {
        self.execute("UPDATE tokens SET last_used = ?2 WHERE id = ?1", values![id, now.to_string()])?;
        Ok(())
    }

    /// The tokens of somebody.
    ///
    /// # Errors
    /// The store's own.
    pub fn tokens(&mut self, owner: &str) -> Result<Vec<Token>, ArchiveError> {
        let rows = self.rows(
            "SELECT id, name, role, made_at, expires_at, last_used FROM tokens WHERE owner = ?1 ORDER BY id",
            values![owner],
        )?;
        rows.iter()
            .map(|row| {
                let ends = Timestamp::from_second(row.int(4)?)
                    .map_err(|error| ArchiveError::Damaged(format!("the end of a token: {error}")))?;
                Ok(Token {
                    id: row.int(0)?,
                    name: row.text(1)?.to_owned(),
                    role: role(row.text(2)?)?,
                    made_at: row.text(3)?.to_owned(),
                    expires_at: ends.to_string(),
                    last_used: row.opt_text(5)?,
                })
            })
            .collect()
    }

    /// Removes a token of somebody.
    ///
    /// # Errors
    /// He has no such token.
    pub fn remove_token(&mut self, owner: &str, id: i64) -> Result<(), ArchiveError> {
        match self.execute("DELETE FROM tokens WHERE owner = ?1 AND id = ?2", values![owner, id])? {
            0 => Err(unknown("token", &id.to_string())),
            _ => Ok(()),
        }
    }
}
