//! What a feed says of a page.

use maydani_fetch::Url;
use maydani_reader::Entry;

/// What a feed says of a page, as a hash: when it says something else, the page is fetched again.
pub(super) fn hash(entry: &Entry) -> String {
    let report = entry.report.as_ref();
    let said = [
        entry.changed.as_deref(),
        report.and_then(|report| report.title.as_deref()),
        report.and_then(|report| report.published.as_deref()),
        report.map(|report| report.text.as_str()),
    ];
    let said = said.map(Option::unwrap_or_default).join("\n");
    blake3::hash(said.as_bytes()).to_hex()[..16].to_owned()
}

/// Whether an entry is said to be older than a day.
pub(super) fn is_before(entry: &Entry, since: Option<&str>) -> bool {
    let published = entry.report.as_ref().and_then(|report| report.published.as_deref());
    let day = published.or(entry.changed.as_deref()).and_then(|time| time.get(..10));
    since.zip(day).is_some_and(|(since, day)| day.parse::<jiff::civil::Date>().is_ok() && day < since)
}

/// Whether an address is that of a site, not of one of its pages.
pub(super) fn is_front(url: &Url) -> bool {
    url.path() == "/" && url.query().is_none()
}

#[cfg(test)]
mod tests {
    use maydani_core::Report;

    use super::*;

    fn entry(changed: Option<&str>, published: Option<&str>) -> Entry {
        let report = Report { published: published.map(Into::into), text: "قصف".into(), ..Report::default() };
        Entry { url: None, is_sitemap: false, changed: changed.map(Into::into), report: Some(report) }
    }

    #[test]
    fn an_entry_without_a_day_is_never_too_old() {
        let since = Some("2018-10-02");
        assert!(is_before(&entry(None, Some("2018-10-01T23:00:00Z")), since));
        assert!(is_before(&entry(Some("2018-10-01"), None), since));
        assert!(!is_before(&entry(Some("2018-10-01"), Some("2018-10-02")), since), "publication counts first");
        assert!(!is_before(&entry(None, None), since));
        assert!(!is_before(&entry(Some("Mon, 01 Oct 2018"), None), since));
        assert!(!is_before(&entry(Some("1999-01-01"), None), None));
    }

    #[test]
    fn the_hash_changes_with_what_is_said() {
        assert_eq!(hash(&entry(None, None)), hash(&entry(None, None)));
        assert_ne!(hash(&entry(None, None)), hash(&entry(Some("2018-10-01"), None)));
    }
}
