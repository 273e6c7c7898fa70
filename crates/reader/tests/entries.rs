//! What feeds and sitemaps list. All are made up.

use std::io::Write as _;

use maydani_reader::{Entry, Limits, Options, Source, entries, reports};

fn listed(bytes: &[u8]) -> Vec<Entry> {
    let found = entries("https://news.example/list", bytes, &Options::default()).expect("a listing");
    found.collect::<Result<_, _>>().expect("no fault")
}

const FEED: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>وكالة النهر</title>
<image><url>https://news.example/logo.png</url><title>وكالة النهر</title></image>
<item><title>قصف على قرية الصفا</title><image><url>https://news.example/1.jpg</url></image>
<link>https://news.example/1</link><guid>g1</guid><description>مقتل مدني بقصف على قرية الصفا.</description></item>
<item><link>https://news.example/2</link></item>
</channel></rss>"#;

#[test]
fn a_feed_lists_pages_and_carries_reports() {
    let found = listed(FEED.as_bytes());
    let pages: Vec<&str> = found.iter().filter_map(|entry| entry.url.as_deref()).collect();
    assert_eq!(pages, ["https://news.example/1", "https://news.example/2"]);
    let first = found.iter().find_map(|entry| entry.report.as_ref()).expect("a report");
    assert_eq!(first.id.as_deref(), Some("g1"));
    assert_eq!(first.title.as_deref(), Some("قصف على قرية الصفا"), "a picture within an item ends nothing");
    assert_eq!(first.outlet.as_deref(), Some("وكالة النهر"));
    assert!(found.last().expect("entries").report.is_none());
}

#[test]
fn a_sitemap_lists_pages_without_headlines() {
    let found = listed(
        b"<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">
          <url><loc> https://news.example/a </loc><lastmod>2026-11-20T10:00:00Z</lastmod></url>
          <url><loc>https://news.example/b</loc></url></urlset>",
    );
    assert_eq!(found[0].url.as_deref(), Some("https://news.example/a"));
    assert_eq!(found[0].changed.as_deref(), Some("2026-11-20T10:00:00Z"));
    assert_eq!((found.len(), found[1].is_sitemap, found[1].report.is_none()), (2, false, true));
}

#[test]
fn an_index_lists_sitemaps() {
    let index = "<sitemapindex><sitemap><loc>https://news.example/1.xml</loc><lastmod>2026-11-20</lastmod></sitemap></sitemapindex>";
    let found = listed(index.as_bytes());
    assert_eq!(found.len(), 1);
    assert!(found[0].is_sitemap);
    let source = Source::Bytes { name: "index.xml".into(), bytes: index.into() };
    let said = reports([source], &Options::default()).next().expect("an item").expect_err("a fault").to_string();
    assert_eq!(said, "index.xml: its items have neither headline nor text; fetch the pages that it lists");
}

#[test]
fn a_json_feed_lists_pages() {
    let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "وكالة", "items":
        [{"id": "1", "url": "https://news.example/1", "content_text": "قصف على قرية الصفا"}]}"#;
    let found = listed(feed.as_bytes());
    assert_eq!(found[0].url.as_deref(), Some("https://news.example/1"));
}

#[test]
fn what_is_no_listing_lists_nothing() {
    for other in ["", "<!DOCTYPE html><html><body><p>قصف</p></body></html>", "نص", "{\"text\": \"نص\"}"] {
        assert!(entries("https://news.example/", other.as_bytes(), &Options::default()).is_none(), "{other}");
    }
}

#[test]
fn a_broken_feed_gives_what_stands_before() {
    let cut = &FEED[..FEED.find("<item><link>").expect("the second item") + 10];
    let found: Vec<_> =
        entries("https://news.example/list", cut.as_bytes(), &Options::default()).expect("a feed").collect();
    assert!(found.last().expect("items").is_err());
    assert!(found.iter().flatten().any(|entry| entry.url.as_deref() == Some("https://news.example/1")));
}

#[test]
fn what_unpacks_to_more_than_may_be_taken_is_left() {
    let line = "{\"id\": \"1\", \"text\": \"قصف على قرية الصفا\"}\n".repeat(100_000);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(line.as_bytes()).expect("packed");
    let bytes = packed.finish().expect("packed");
    assert!(bytes.len() < 1 << 16);
    let limits = Limits { input: 1 << 20, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let source = Source::Fetched { url: "https://news.example/x".into(), bytes };
    let read: Vec<_> = reports([source], &options).collect();
    assert!(read.len() < 30_000, "{}", read.len());
    let said = read.last().expect("items").as_ref().expect_err("a fault").to_string();
    assert!(said.contains("unpacks to more than may be taken from the web"), "{said}");
}
