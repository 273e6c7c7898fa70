//! Wrong logins are counted, by name and by address, so that nobody tries passwords by the thousand.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Wrong passwords for one name within the window.
const A_NAME: u32 = 10;
/// Wrong logins from one address within the window; a proxy's clients share one.
const AN_ADDRESS: u32 = 100;
const WINDOW: Duration = Duration::from_secs(15 * 60);
/// Names and addresses remembered; beyond, the oldest go.
const MOST: usize = 20_000;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Who {
    Name(String),
    Address(IpAddr),
}

impl Who {
    const fn most(&self) -> u32 {
        match self {
            Self::Name(_) => A_NAME,
            Self::Address(_) => AN_ADDRESS,
        }
    }
}

/// The wrong logins of late.
#[derive(Debug, Default)]
pub(crate) struct WrongLogins(Mutex<HashMap<Who, (Instant, u32)>>);

impl WrongLogins {
    /// Counts a try before it is made; `Err` holds the seconds to wait. One that succeeds is forgiven by
    /// [`WrongLogins::forgive`].
    pub(crate) fn try_once(&self, name: &str, address: Option<IpAddr>, now: Instant) -> Result<(), u64> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, (since, _)| now.duration_since(*since) < WINDOW);
        let who: Vec<Who> =
            [Some(Who::Name(name.to_lowercase())), address.map(Who::Address)].into_iter().flatten().collect();
        for one in &who {
            if let Some((since, count)) = known.get(one)
                && *count >= one.most()
            {
                return Err(WINDOW.saturating_sub(now.duration_since(*since)).as_secs().max(1));
            }
        }
        if known.len() + who.len() > MOST
            && let Some(oldest) = known.iter().min_by_key(|(_, (since, _))| *since).map(|(who, _)| who.clone())
        {
            known.remove(&oldest);
        }
        for one in who {
            known.entry(one).or_insert((now, 0)).1 += 1;
        }
        Ok(())
    }

    /// The login was right: the name starts anew.
    pub(crate) fn forgive(&self, name: &str, address: Option<IpAddr>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.remove(&Who::Name(name.to_lowercase()));
        if let Some((_, count)) = address.and_then(|address| known.get_mut(&Who::Address(address))) {
            *count = count.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{A_NAME, Instant, WINDOW, WrongLogins};

    #[test]
    fn too_many_wrong_logins_wait() {
        let (logins, start) = (WrongLogins::default(), Instant::now());
        for _ in 0..A_NAME {
            assert!(logins.try_once("amal", None, start).is_ok());
        }
        assert!(logins.try_once("Amal", None, start).is_err());
        assert!(logins.try_once("omar", None, start).is_ok());
        assert!(logins.try_once("amal", None, start + WINDOW).is_ok());
        logins.forgive("amal", None);
        assert!(logins.try_once("amal", None, start).is_ok());
    }

    #[test]
    fn an_address_waits_too() {
        let (logins, start) = (WrongLogins::default(), Instant::now());
        let address = Some("192.0.2.1".parse().unwrap());
        let tries = (0..200).filter(|n| logins.try_once(&n.to_string(), address, start).is_ok()).count();
        assert_eq!(tries, 100);
    }
}
