//! One request after the other at each host, with a pause between them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::error::Fault;
use crate::settings::Stop;

/// Nobody sleeps longer for a turn; what asks for more is told to come again.
const PATIENCE: Duration = Duration::from_secs(60);
/// After an answer «too many» that names no time; doubles with each one more.
const FIRST_WAIT: Duration = Duration::from_secs(60);
/// Hosts that are remembered: feeds may lead to any number of them.
const MOST_HOSTS: usize = 1000;

/// When each host may be asked again.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    hosts: Mutex<HashMap<String, Host>>,
}

#[derive(Debug)]
struct Host {
    next: Instant,
    /// Answers «too many» in a row.
    refusals: u32,
}

impl Pace {
    /// Waits for the host's turn.
    pub(crate) fn turn(&self, host: &str, pause: Duration, stop: &Stop) -> Result<(), Fault> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if hosts.len() >= MOST_HOSTS {
            hosts.retain(|_, host| host.next > now);
        }
        let place = hosts.entry(host.to_owned()).or_insert(Host { next: now, refusals: 0 });
        let turn = place.next.max(now);
        if turn - now > PATIENCE {
            return Err(Fault::Later(turn - now));
        }
        place.next = turn + pause;
        drop(hosts);
        if stop.wait_until(turn) { Ok(()) } else { Err(Fault::Stopped) }
    }

    /// The host has answered as it should.
    pub(crate) fn welcome(&self, host: &str) {
        if let Some(place) = self.hosts.lock().unwrap_or_else(PoisonError::into_inner).get_mut(host) {
            place.refusals = 0;
        }
    }

    /// The host asks to be left alone, for so long if it says so; how long it will be.
    pub(crate) fn refused(&self, host: &str, wait: Option<Duration>) -> Duration {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let place = hosts.entry(host.to_owned()).or_insert(Host { next: now, refusals: 0 });
        // At most some ten hours.
        let wait = wait.unwrap_or(FIRST_WAIT * 2_u32.pow(place.refusals.min(9)));
        place.refusals += 1;
        place.next = place.next.max(now + wait);
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_to_one_host_keep_their_distance() {
        let (pace, stop, pause) = (Pace::default(), Stop::default(), Duration::from_millis(300));
        let began = Instant::now();
        for _ in 0..3 {
            pace.turn("a.example", pause, &stop).expect("a turn");
        }
        assert!(began.elapsed() >= pause * 2);
        let began = Instant::now();
        pace.turn("b.example", pause, &stop).expect("a turn");
        assert!(began.elapsed() < pause, "another host does not wait");
    }

    #[test]
    fn a_host_that_refuses_is_left_alone_longer_each_time() {
        let (pace, stop) = (Pace::default(), Stop::default());
        assert_eq!(pace.refused("a.example", None), FIRST_WAIT);
        assert_eq!(pace.refused("a.example", None), FIRST_WAIT * 2);
        let refused = pace.turn("a.example", Duration::ZERO, &stop).unwrap_err();
        assert!(matches!(refused, Fault::Later(wait) if wait > PATIENCE && wait <= FIRST_WAIT * 2), "{refused}");
        assert_eq!(pace.refused("b.example", Some(Duration::from_secs(300))), Duration::from_secs(300));
        pace.welcome("a.example");
        assert_eq!(pace.refused("a.example", None), FIRST_WAIT);
        for _ in 0..100 {
            assert!(pace.refused("c.example", None) < Duration::from_secs(12 * 3600));
        }
    }

    #[test]
    fn waiting_ends_when_asked() {
        let (pace, stop) = (Pace::default(), Stop::default());
        pace.turn("a.example", Duration::from_secs(30), &stop).expect("a turn");
        stop.ask();
        assert!(matches!(pace.turn("a.example", Duration::ZERO, &stop), Err(Fault::Stopped)));
    }

    #[test]
    fn hosts_are_forgotten() {
        let (pace, stop) = (Pace::default(), Stop::default());
        for host in 0..MOST_HOSTS * 3 {
            pace.turn(&format!("{host}.example"), Duration::ZERO, &stop).expect("a turn");
        }
        assert!(pace.hosts.lock().expect("a lock").len() <= MOST_HOSTS);
    }
}
