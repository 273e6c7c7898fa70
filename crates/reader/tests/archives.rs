//! Feeds, sitemaps, web archives, Telegram exports and tables, sound and hostile. All are made up.

use std::fmt::Write as _;
use std::io::Write as _;

use maydani_core::Report;
use maydani_reader::{Fault, Limits, Options, ReadError, Source, reports};

const HEADLINE: &str = "مقتل مدنيين اثنين بقصف مدفعي على قرية الصفا";
const LEAD: &str = "قُتل مدنيان اثنان وأصيب ثالث، اليوم الأحد، بقصف مدفعي استهدف أطراف قرية الصفا.";
const MORE: &str = "وقال مصدر محلي إن القصف جاء من جهة المعسكر الشرقي واستمر ساعة كاملة.";

fn read_with(bytes: impl Into<Vec<u8>>, options: &Options) -> Vec<Result<Report, ReadError>> {
    let source = Source::Bytes { name: "input".into(), bytes: bytes.into() };
    reports([source], options).collect()
}

fn read(bytes: impl Into<Vec<u8>>) -> Vec<Result<Report, ReadError>> {
    read_with(bytes, &Options::default())
}

fn all(bytes: impl Into<Vec<u8>>) -> Vec<Report> {
    read(bytes).into_iter().collect::<Result<_, _>>().expect("reports without a fault")
}

fn faults(read: &[Result<Report, ReadError>]) -> Vec<String> {
    read.iter().filter_map(|read| read.as_ref().err()).map(ToString::to_string).collect()
}

fn small() -> Options {
    Options { limits: Limits { document: 2 << 20, ..Limits::default() }, ..Options::default() }
}

fn text() -> String {
    format!("{HEADLINE}\n\n{LEAD}\n\n{MORE}")
}

fn rss(items: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="c" xmlns:dc="d" xmlns:media="m"><channel>
        <title>شبكة النهار &amp;#8211; أخبار</title><link>https://example.org</link>{items}</channel></rss>"#
    )
}

fn rss_item(id: u32) -> String {
    format!(
        "<item><title>{HEADLINE}</title><media:title>صورة</media:title><link>https://example.org/{id}</link><category>ميداني</category>\
         <guid isPermaLink=\"false\">n{id}</guid><pubDate>Wed, 16 Feb 2022 11:00:00 +0300</pubDate>\
         <description>مقتطف</description><content:encoded><![CDATA[<p>{LEAD}</p>\n<p>{MORE}</p>]]></content:encoded></item>"
    )
}

#[test]
fn rss_feeds() {
    let feed = rss_of(3);
    let found = all(feed);
    assert_eq!(found.len(), 3);
    let report = &found[1];
    assert_eq!(report.text, text());
    assert_eq!(report.title.as_deref(), Some(HEADLINE));
    assert_eq!(report.id.as_deref(), Some("n1"));
    assert_eq!(report.url.as_deref(), Some("https://example.org/1"));
    assert_eq!(report.outlet.as_deref(), Some("شبكة النهار – أخبار"));
    assert_eq!(report.section.as_deref(), Some("ميداني"));
    assert_eq!(report.published.as_deref(), Some("2022-02-16T11:00:00+03:00"));
}

fn rss_of(count: u32) -> String {
    rss(&(0..count).map(rss_item).collect::<String>())
}

#[test]
fn rss_in_an_old_encoding_with_escaped_html() {
    let feed = format!(
        "<?xml version='1.0' encoding='windows-1256'?><rss><channel><title>النهار</title><item><title>{HEADLINE}</title>\
         <description>&lt;p&gt;{}&lt;/p&gt;&lt;p&gt;{MORE}&lt;/p&gt; R&D</description></item></channel></rss>",
        LEAD.replace('\u{64f}', "")
    );
    let (bytes, _, faulty) = encoding_rs::WINDOWS_1256.encode(&feed);
    assert!(!faulty);
    let found = all(bytes.into_owned());
    assert_eq!(found[0].text, format!("{HEADLINE}\n\n{}\n\n{MORE}\n\nR&D", LEAD.replace('\u{64f}', "")));
}

#[test]
fn atom_with_xhtml() {
    let feed = format!(
        r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>النهار</title><updated>2022-01-01T00:00:00Z</updated>
        <entry><title type="html">{HEADLINE}</title><link rel="self" href="https://example.org/api/1"/>
        <link rel="alternate" href="https://example.org/1"/><id>tag:1</id><updated>2022-02-17T08:00:00Z</updated>
        <published>2022-02-16T08:00:00Z</published><author><name>سامر</name></author><category term="ميداني"/>
        <content type="xhtml"><div><p>{LEAD}</p><p>وقال <b>مصدر</b> محلي &lt;هنا&gt;.</p></div></content></entry></feed>"#
    );
    let report = all(feed).remove(0);
    assert_eq!(report.text, format!("{HEADLINE}\n\n{LEAD}\n\nوقال مصدر محلي <هنا>."));
    assert_eq!(report.url.as_deref(), Some("https://example.org/1"));
    assert_eq!(report.published.as_deref(), Some("2022-02-16T08:00:00Z"));
    assert_eq!(report.section.as_deref(), Some("ميداني"));
}

#[test]
fn a_news_sitemap() {
    let map = format!(
        r#"<urlset xmlns="s" xmlns:news="n"><url><loc>https://example.org/1</loc><news:news><news:publication>
        <news:name>النهار</news:name><news:language>ar</news:language></news:publication>
        <news:publication_date>2022-02-16T11:00:00+03:00</news:publication_date><news:title>{HEADLINE}</news:title></news:news></url></urlset>"#
    );
    let report = all(map).remove(0);
    assert_eq!((report.text.as_str(), report.outlet.as_deref()), (HEADLINE, Some("النهار")));
    assert_eq!(report.url.as_deref(), Some("https://example.org/1"));
    let bare = "<urlset><url><loc>https://example.org/1</loc></url></urlset>";
    assert_eq!(faults(&read(bare)), ["input: its items have neither headline nor text; fetch the pages that it lists"]);
}

#[test]
fn hostile_feeds() {
    // Entities that grow a thousandfold are not expanded.
    let mut bomb = String::from("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a0 \"قصف \">");
    for level in 1..12 {
        write!(bomb, "<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10)).expect("writes");
    }
    bomb += &format!(
        "<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>{HEADLINE}</title><description>&a11;&x;</description></item></channel></rss>"
    );
    let found = all(bomb);
    assert_eq!(found[0].text, format!("{HEADLINE}\n\n&a11;&x;"));
    // What is cut off is said, what stands before is read.
    let feed = rss_of(3);
    let cut = read(&feed.as_bytes()[..feed.len() - 300]);
    assert_eq!(cut.iter().filter(|read| read.is_ok()).count(), 2, "{cut:?}");
    assert!(faults(&cut)[0].contains("broke off"), "{cut:?}");
    // One item of 100 MB, and an endless nesting.
    let large = rss(&format!("{}<item><title>{}</title></item>", rss_item(1), "ا".repeat(4 << 20)));
    let found = read_with(large, &small());
    assert!(found.len() == 2 && found[0].is_ok(), "{}", found.len());
    assert!(faults(&found)[0].contains("larger than 2 MiB"), "{:?}", faults(&found));
    let deep =
        rss(&format!("<item><title>{HEADLINE}</title><description>{}</description></item>", "<a>".repeat(100_000)));
    let _ = read(deep);
    assert_eq!(read("<rss><channel></channel></rss>").len(), 1);
}

#[test]
fn json_feeds() {
    let items = serde_json::json!([
        {"id": 5, "url": "https://example.org/5", "title": HEADLINE, "content_html": format!("<p>{LEAD}</p><p>{MORE}</p>"),
         "date_published": "2022-02-16T08:00:00Z"}, {"id": "6", "content_text": LEAD}, {"id": "7"}]);
    let feed = format!(
        r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "النهار", "authors": [{{"name": "س"}}], "items": {items}}}"#
    );
    let found = read(feed);
    let first = found[0].as_ref().expect("a report");
    assert_eq!(
        (first.text.as_str(), first.outlet.as_deref(), first.id.as_deref()),
        (text().as_str(), Some("النهار"), Some("5"))
    );
    assert_eq!(found[1].as_ref().expect("a report").text, LEAD);
    assert!(matches!(found[2].as_ref().expect_err("no text").fault, Fault::NoHeadlines));
}

fn record(kind: &str, url: &str, content: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(url: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let block =
        [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n").as_bytes(), body]
            .concat();
    record("response", url, "application/http; msgtype=response", &block)
}

fn html() -> String {
    format!(
        "<!doctype html><html><head><title>{HEADLINE}</title></head><body><h1>{HEADLINE}</h1><p>{LEAD}</p><p>{MORE}</p></body></html>"
    )
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).expect("packs");
    packed.finish().expect("packs")
}

fn archive() -> Vec<Vec<u8>> {
    let html = html();
    let chunked = format!("5\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n", &html[..5], html.len() - 5, &html[5..]);
    vec![
        record("warcinfo", "", "application/warc-fields", b"software: test\r\n"),
        record("request", "https://example.org/2022/2/16/1", "application/http", b"GET / HTTP/1.1\r\n\r\n"),
        response("https://example.org/2022/2/16/1", "", html.as_bytes()),
        response("https://example.org/2", "Transfer-Encoding: chunked\r\n", chunked.as_bytes()),
        response(
            "https://example.org/3",
            "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            &gzip(html.as_bytes()),
        ),
        record(
            "response",
            "https://example.org/4",
            "application/http",
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>404</p>",
        ),
        record(
            "response",
            "https://example.org/5",
            "application/http",
            b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG",
        ),
        record("conversion", "https://example.org/6", "text/plain", text().as_bytes()),
        record("resource", "https://example.org/7", "text/html", html.as_bytes()),
    ]
}

#[test]
fn web_archives() {
    let plain = archive().concat();
    let by_record: Vec<u8> = archive().iter().flat_map(|record| gzip(record)).collect();
    for bytes in [plain, by_record] {
        let found = all(bytes);
        assert_eq!(found.len(), 5);
        assert!(found.iter().all(|report| report.text == text()), "{found:#?}");
        let urls: Vec<_> = found.iter().filter_map(|report| report.url.as_deref()).collect();
        assert_eq!(
            urls,
            [
                "https://example.org/2022/2/16/1",
                "https://example.org/2",
                "https://example.org/3",
                "https://example.org/6",
                "https://example.org/7"
            ]
        );
        assert_eq!(found[0].published.as_deref(), Some("2022-02-16"));
    }
}

#[test]
fn hostile_archives() {
    let plain = archive().concat();
    // Cut at any place: no panic, no more than one fault, which is the last item.
    for cut in (0..plain.len()).step_by(37) {
        let found = read(&plain[..cut]);
        assert!(found.iter().rev().skip(1).all(Result::is_ok), "cut at {cut}: {found:?}");
    }
    let packed: Vec<u8> = archive().iter().flat_map(|record| gzip(record)).collect();
    let found = read(&packed[..packed.len() - 400]);
    assert!(found.len() > 2 && found[0].is_ok());
    assert!(faults(&found)[0].contains("broke off"), "{:?}", faults(&found));
    // A page of 100 MB costs only itself, and so does one that unpacks to as much.
    let large = response("https://example.org/big", "", &vec![b'a'; 100 << 20]);
    let bomb = response("https://example.org/bomb", "Content-Encoding: gzip\r\n", &gzip(&vec![b'a'; 100 << 20]));
    let good = response("https://example.org/good", "", html().as_bytes());
    let found = read([large, bomb, good].concat());
    assert_eq!(
        faults(&found),
        ["big", "bomb"].map(|name| format!("input (https://example.org/{name}): the document is larger than 16 MiB and was left out; split it into its reports"))
    );
    assert_eq!(found[2].as_ref().expect("the good one").text, text());
    for broken in [
        "WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_owned(),
        "WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n".to_owned(),
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 18446744073709551615\r\n\r\nabc".to_owned(),
        format!("WARC/1.0\r\n{}", "X: y\r\n".repeat(100_000)),
        "WARC/1.0\r\nContent-Length: 1\r\n\r\nabcdef".to_owned(),
    ] {
        assert!(read(broken.clone()).last().is_some_and(Result::is_err), "{}", &broken[..40]);
    }
}

fn channel() -> String {
    let messages = serde_json::json!([
        {"id": 1, "type": "service", "date": "2022-02-15T10:00:00", "action": "create_channel", "text": ""},
        {"id": 2, "type": "message", "date": "2022-02-16T11:00:00", "from": "مراسل الصفا", "photo": "p.jpg", "text": ""},
        {"id": 3, "type": "message", "date": "2022-02-16T12:00:00",
         "text": ["قصف على ", {"type": "hashtag", "text": "#الصفا"}, "\n\n", {"type": "bold", "text": LEAD}]},
        {"id": 4, "text": LEAD}, {"text_entities": [{"type": "plain", "text": MORE}]}, {"id": "x", "date": 5, "text": 7}, {}
    ]);
    format!(
        "{{\n \"name\": \"مراسل الصفا\",\n \"type\": \"public_channel\",\n \"id\": 77,\n \"messages\": {messages:#}\n}}"
    )
}

#[test]
fn telegram_exports() {
    let whole = format!(
        r#"{{"about": "Here is the data you requested from Telegram", "contacts": {{"list": [{{"name": "علي"}}]}},
        "chats": {{"about": "This page lists all chats", "list": [{{"name": null, "id": 1, "type": "saved_messages", "messages": []}}, {0}, {0}]}}}}"#,
        channel()
    );
    for (export, times) in [(channel(), 1), (channel().replace('\n', ""), 1), (whole, 2)] {
        let found = all(export);
        assert_eq!(found.len(), 3 * times, "{found:#?}");
        let post = &found[0];
        assert_eq!(post.text, format!("قصف على #الصفا\n\n{LEAD}"));
        assert_eq!(post.id.as_deref(), Some("77/3"));
        assert_eq!(post.outlet.as_deref(), Some("مراسل الصفا"));
        assert_eq!(post.published.as_deref(), Some("2022-02-16"));
        assert_eq!((found[2].text.as_str(), found[2].id.as_deref()), (MORE, None));
    }
}

#[test]
fn hostile_telegram_exports() {
    let export = channel();
    for cut in (0..export.len()).step_by(11) {
        let found = read(&export.as_bytes()[..cut]);
        assert!(found.iter().rev().skip(1).all(Result::is_ok), "cut at {cut}: {found:?}");
    }
    let large = format!(
        "{{\"name\": \"{}\", \"id\": {}, \"messages\": [{{\"id\": 1, \"text\": \"{}\"}}, {{\"id\": 2, \"text\": \"{LEAD}\"}}]}}",
        "ا".repeat(5000),
        "1".repeat(5000),
        "ا".repeat(3 << 20)
    );
    let found = read_with(large, &small());
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].as_ref().expect("the second post").text, LEAD);
}

#[test]
fn tables() {
    let comma = format!(
        "Report ID,Headline,المصدر,Date,Text,Notes\r\n1,{HEADLINE},النهار,2022-02-16 10:00,\"{LEAD}\n\n{MORE}\",x\r\n2,,,16/02/2022,\"قال: \"\"لا\"\"\"\r\n"
    );
    let found = all(comma);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].text, text());
    assert_eq!(
        (found[0].id.as_deref(), found[0].outlet.as_deref(), found[0].published.as_deref()),
        (Some("1"), Some("النهار"), Some("2022-02-16"))
    );
    assert_eq!((found[1].text.as_str(), found[1].published.as_deref()), ("قال: \"لا\"", Some("2022-02-16")));
    for separator in [";", "\t", "|"] {
        let table = ["\u{feff}المعرف", "النص"].join(separator) + "\n" + &["7", LEAD].join(separator);
        let found = all(table);
        assert_eq!((found[0].id.as_deref(), found[0].text.as_str()), (Some("7"), LEAD));
    }
    let (windows, ..) = encoding_rs::WINDOWS_1256.encode("المعرف;النص\n7;قصف على قرية الصفا\n");
    assert_eq!(all(windows.into_owned())[0].text, "قصف على قرية الصفا");
    // A text that has commas is no table.
    let report = all(format!("النص، كما وصل\n\n{LEAD}"));
    assert_eq!(report.len(), 1);
}

#[test]
fn hostile_tables() {
    let found = read(format!("id,text\n1\n2,{LEAD}\n"));
    assert_eq!(
        faults(&found),
        [
            "input:2: the row has 1 columns, the text should stand in column 2; write the row anew or remove it, the other rows were read"
        ]
    );
    assert_eq!(found[1].as_ref().expect("the second row").text, LEAD);
    let open = format!("id,text\n1,{LEAD}\n2,\"{}", "ا,\n".repeat(1 << 20));
    let found = read_with(open, &small());
    assert_eq!(found.len(), 2);
    assert!(faults(&found)[0].contains("larger than 2 MiB"), "{:?}", faults(&found));
}
