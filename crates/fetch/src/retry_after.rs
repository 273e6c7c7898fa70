//! `Retry-After`: seconds or a date (RFC 9110, 10.2.3).

use std::time::Duration;

use jiff::Timestamp;

/// Whoever asks for more is asked again after this.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 3600);

/// How long to wait from now.
pub(crate) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    let wait = if let Ok(seconds) = value.parse::<u64>() {
        Duration::from_secs(seconds)
    } else {
        let then = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
        Duration::try_from(then.duration_since(now)).unwrap_or_default()
    };
    Some(wait.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_dates_and_nonsense() {
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().expect("a time");
        let wait = |value: &str| retry_after(value, now).map(|wait| wait.as_secs());
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait(" 0 "), Some(0));
        assert_eq!(wait("Sun, 22 Nov 2026 10:00:30 GMT"), Some(30));
        assert_eq!(wait("Sun, 22 Nov 2026 09:00:00 GMT"), Some(0), "a time gone by");
        assert_eq!(wait("99999999999"), Some(7 * 24 * 3600));
        assert_eq!(wait("soon"), None);
        assert_eq!(wait("-5"), None);
    }
}
