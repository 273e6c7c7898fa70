//! Times of publication, as sites and feeds write them, to an ISO day or an RFC 3339 time.

use jiff::civil::Date;
use jiff::fmt::rfc2822;
use jiff::{Timestamp, Zoned};

/// The time where its zone is given, else the day; `None` for anything else.
pub(crate) fn published(given: &str) -> Option<String> {
    let given = given.trim();
    if given.parse::<Timestamp>().is_ok() && given.len() >= 20 {
        return Some(given.replacen(' ', "T", 1));
    }
    if let Ok(time) = rfc2822::parse(given) {
        return Some(rfc3339(&time));
    }
    let day: Date = given.get(..10)?.parse().ok()?;
    let is_alone = !given[10..].starts_with(|c: char| c.is_ascii_digit());
    (is_alone && (1990..2100).contains(&day.year())).then(|| day.to_string())
}

fn rfc3339(time: &Zoned) -> String {
    time.timestamp().display_with_offset(time.offset()).to_string()
}

#[cfg(test)]
mod tests {
    use super::published;

    #[test]
    fn reads_what_sites_write() {
        let cases = [
            ("2022-02-16", Some("2022-02-16")),
            (" 2022-02-16T11:00:00+03:00 ", Some("2022-02-16T11:00:00+03:00")),
            ("2022-02-16T08:00:00Z", Some("2022-02-16T08:00:00Z")),
            ("2022-02-16 11:00:00", Some("2022-02-16")),
            ("2022-02-16T11:00", Some("2022-02-16")),
            ("Wed, 16 Feb 2022 11:00:00 +0300", Some("2022-02-16T11:00:00+03:00")),
            ("2022-13-16", None),
            ("0001-01-01", None),
            ("اليوم", None),
            ("", None),
        ];
        for (given, wanted) in cases {
            assert_eq!(published(given).as_deref(), wanted, "{given}");
        }
    }
}
