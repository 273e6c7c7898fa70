//! One poll of a source: from asking for its feed to the last page of it.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use maydani_archive::{Ingested, Watched};

/// A source that keeps failing is asked once a day.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3600);

/// A poll that is under way. What a feed or sitemap gave to know it again is kept only at its end, when
/// every page that it lists is dealt with: else a restart would take it as done.
#[derive(Debug, Default)]
pub(crate) struct Round {
    /// Tasks that are not done.
    pub(crate) left: u32,
    /// Pages that may still be asked for.
    pub(crate) pages: u32,
    /// Pages and sitemaps asked for.
    pub(crate) asked: BTreeSet<String>,
    /// Lists to be kept.
    pub(crate) lists: Vec<Watched>,
    /// Whether something is left for the next poll.
    pub(crate) is_cut: bool,
    /// The fault of the source itself.
    pub(crate) fault: Option<(String, Option<Duration>)>,
    /// Other faults.
    pub(crate) faults: u32,
    /// What became of its reports.
    pub(crate) done: Ingested,
}

impl Round {
    /// Lists as they are to be kept. Where something is left, they forget by what they are known again,
    /// so that the next poll sees them whole.
    pub(crate) fn close(&mut self, now: Timestamp) -> Vec<Watched> {
        let mut lists = std::mem::take(&mut self.lists);
        for list in &mut lists {
            list.asked_at = Some(now);
            if self.is_cut {
                (list.etag, list.modified, list.entry) = (None, None, None);
            }
        }
        lists
    }
}

/// How long to wait after so many failures in a row.
pub(crate) fn back_off(every: Duration, failures: u32, asked: Option<Duration>) -> Duration {
    let doubled = every.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1).min(16)));
    doubled.min(LONGEST_WAIT.max(every)).max(asked.unwrap_or_default())
}

/// A time from now.
pub(crate) fn after(now: Timestamp, wait: Duration) -> Timestamp {
    jiff::SignedDuration::try_from(wait).ok().and_then(|wait| now.checked_add(wait).ok()).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_fails_is_asked_less_and_less() {
        let half = Duration::from_secs(1800);
        let waits = [1, 2, 3, 100].map(|failures| back_off(half, failures, None).as_secs());
        assert_eq!(waits, [1800, 3600, 7200, 24 * 3600]);
        let week = Duration::from_secs(7 * 24 * 3600);
        assert_eq!(back_off(week, 1, None), week);
        assert_eq!(back_off(half, 1, Some(week)), week, "what the server asks for counts");
    }

    #[test]
    fn a_list_with_something_left_is_read_whole_again() {
        let list =
            Watched { address: "a".into(), etag: Some("1".into()), entry: Some("e".into()), ..Watched::default() };
        let now = Timestamp::UNIX_EPOCH;
        let mut round = Round { lists: vec![list.clone()], ..Round::default() };
        assert_eq!(round.close(now)[0].etag.as_deref(), Some("1"));
        let mut round = Round { lists: vec![list], is_cut: true, ..Round::default() };
        let kept = round.close(now).remove(0);
        assert_eq!((kept.etag, kept.entry, kept.asked_at), (None, None, Some(now)));
    }
}
