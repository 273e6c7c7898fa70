//! What comes from the web: how it is asked for, and under which names it is kept.

use std::path::Path;
use std::sync::Arc;

use maydani_core::Report;
use maydani_fetch::{Page, Settings, Url, address};
use maydani_reader::{Limits, Options, ReadError, Source, Tables, entries, reports};

/// The address, where an input of the command line is one.
pub(crate) fn is_address(input: &Path) -> Option<&str> {
    input.to_str().filter(|text| text.starts_with("http://") || text.starts_with("https://"))
}

/// What the caller knows of reports from the web. Bytes from strangers may unpack to anything.
pub(crate) fn options(published: Option<String>, outlet: Option<String>, tables: Arc<Tables>) -> Options {
    let limits = Limits { input: Settings::default().limits.unpacked, ..Limits::default() };
    Options { published, outlet, limits, tables }
}

/// The reports of what was fetched, each under a name of its own.
pub(crate) fn reports_of(
    page: Page,
    options: &Options,
) -> impl Iterator<Item = Result<Report, ReadError>> + Send + use<> {
    let from = page.url;
    let is_listing = entries(from.as_str(), &page.bytes, options).is_some();
    reports([Source::Fetched { url: from.to_string(), bytes: page.bytes }], options).map(move |report| {
        let mut report = report?;
        name(&mut report, &from, is_listing);
        Ok(report)
    })
}

/// Gives a report from the web the id under which it is found again. A page bears its address, so that
/// a changed one is a new version. A feed names its items itself, and only for its own site: else one
/// could pass its text off as a new version of another outlet's report.
pub(crate) fn name(report: &mut Report, from: &Url, is_listing: bool) {
    if !is_listing {
        // Rows of a table and lines of JSON have names of their own, or none.
        if report.id.is_none() && report.url.as_deref() == Some(from.as_str()) {
            report.id = Some(page_id(from));
        }
        return;
    }
    let Some(given) = report.id.take().or_else(|| report.url.clone()) else { return };
    let own = address(&given).ok().filter(|url| is_same_site(url, from));
    report.id =
        Some(own.map_or_else(|| format!("{} {given}", from.host_str().unwrap_or_default()), |url| page_id(&url)));
}

/// The id of a page: its address, without the part of the page and without what only tells where a
/// reader came from.
pub(crate) fn page_id(url: &Url) -> String {
    const TRACKING: [&str; 4] = ["utm_", "fbclid", "gclid", "ref_src"];
    let mut url = url.clone();
    url.set_fragment(None);
    let kept: Vec<&str> = url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()).collect();
    let kept: Vec<&str> =
        kept.into_iter().filter(|pair| !TRACKING.iter().any(|start| pair.starts_with(start))).collect();
    let query = kept.join("&");
    url.set_query((!query.is_empty()).then_some(query.as_str()));
    url.to_string()
}

/// Whether one host is the other, or lies below it.
fn is_same_site(a: &Url, b: &Url) -> bool {
    let host = |url: &Url| url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    let (a, b) = (host(a), host(b));
    a == b || a.ends_with(&format!(".{b}")) || b.ends_with(&format!(".{a}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        address(text).expect("an address")
    }

    fn named(id: Option<&str>, link: Option<&str>, from: &str, is_listing: bool) -> Option<String> {
        let mut report =
            Report { id: id.map(Into::into), url: link.map(Into::into), text: "x".into(), ..Report::default() };
        name(&mut report, &url(from), is_listing);
        report.id
    }

    #[test]
    fn pages_bear_their_address_and_feeds_name_only_their_own() {
        let feed = "https://news.example/rss";
        assert_eq!(named(Some("n1"), None, feed, true).as_deref(), Some("news.example n1"));
        for own in ["https://news.example/1", "https://www.news.example/1", "http://ar.news.example/1"] {
            assert_eq!(named(Some(own), None, feed, true).as_deref(), Some(own));
        }
        for other in ["https://other.example/1", "https://badnews.example/1"] {
            assert_eq!(named(Some(other), None, feed, true), Some(format!("news.example {other}")));
        }
        assert_eq!(
            named(None, Some("https://news.example/1?utm_source=rss&id=7&utm_medium=x#top"), feed, true).as_deref(),
            Some("https://news.example/1?id=7")
        );
        assert_eq!(named(None, None, feed, true), None);
        let page = "https://news.example/1?fbclid=abc";
        assert_eq!(named(None, Some(page), page, false).as_deref(), Some("https://news.example/1"));
        assert_eq!(named(Some("7"), None, "https://news.example/x.jsonl", false).as_deref(), Some("7"));
        assert_eq!(named(None, None, "https://news.example/x.jsonl", false), None);
    }

    #[test]
    fn addresses_are_told_from_files() {
        assert!(is_address(Path::new("https://news.example/rss")).is_some());
        assert!(is_address(Path::new("news.example/rss")).is_none());
        assert!(is_address(Path::new("ftp://news.example/rss")).is_none());
    }
}
