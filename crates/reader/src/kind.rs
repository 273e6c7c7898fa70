//! What an input is, told by its first bytes; its name is only a hint.

use crate::columns::Names;
use crate::table::separator;

/// A kind of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing but blanks.
    Empty,
    /// One JSON object a line.
    JsonLines,
    /// JSON that spans lines: an array of objects, or one object.
    Json,
    /// An export of Telegram Desktop.
    Telegram,
    /// A JSON feed.
    JsonFeed,
    /// RSS, RDF, Atom, or a sitemap.
    Feed,
    /// A web archive.
    Warc,
    /// A table with a column of texts; its separator.
    Table(u8),
    /// A web page.
    Html,
    /// A page or report pasted as text.
    Text,
    /// No text; said what.
    Binary(&'static str),
}

const BINARY: [(&[u8], &str); 8] = [
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"BZh", "bzip2"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3", "a database"),
];

impl Kind {
    /// Tells the kind by the first bytes, UTF-8 or an 8-bit encoding, and the name of the input.
    pub(crate) fn of(head: &[u8], name: &str, columns: &Names) -> Self {
        let head = head.strip_prefix(b"\xef\xbb\xbf".as_slice()).unwrap_or(head);
        // An archive holds whatever pages hold, images too.
        if head.starts_with(b"WARC/") {
            return Self::Warc;
        }
        if let Some((_, what)) = BINARY.iter().find(|(magic, _)| head.starts_with(magic)) {
            return Self::Binary(what);
        }
        if is_binary(head) {
            return Self::Binary("bytes");
        }
        let text = head.trim_ascii_start();
        match text.first() {
            None => Self::Empty,
            Some(b'{') if is_telegram(text) => Self::Telegram,
            Some(b'{') if is_json_feed(text) => Self::JsonFeed,
            Some(b'{') if is_lines(text, name) => Self::JsonLines,
            Some(b'{' | b'[') if looks_like_json(text) => Self::Json,
            Some(b'<') if is_feed(text) => Self::Feed,
            Some(b'<') if is_html(text) => Self::Html,
            _ => separator(text, columns).map_or(Self::Text, Self::Table),
        }
    }
}

/// Zeros and control characters: no text in any 8-bit encoding.
fn is_binary(head: &[u8]) -> bool {
    let odd = head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t'..=b'\r' | 0x1b));
    odd.count() * 200 > head.len()
}

/// «{» begins JSON Lines when the object ends on its line or the next line begins one too.
fn is_lines(text: &[u8], name: &str) -> bool {
    let mut lines = text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let first = lines.next().unwrap_or_default();
    let second = lines.find(|line| !line.is_empty());
    if first.len() == 1 || first.starts_with(b"{}") {
        return second.is_some_and(|line| line.starts_with(b"{"));
    }
    first.ends_with(b"}")
        || second.is_some_and(|line| line.starts_with(b"{"))
        || name.contains(".jsonl")
        || name.contains(".ndjson")
        || second.is_none()
}

/// «[الصفا]» may begin a text too: JSON goes on with an object, or closes.
fn looks_like_json(text: &[u8]) -> bool {
    let inner = text[1..].trim_ascii_start();
    match text[0] {
        b'[' => matches!(inner.first(), None | Some(b'{' | b']')),
        _ => matches!(inner.first(), None | Some(b'"' | b'}')),
    }
}

/// Keys with which Telegram Desktop begins an export of a channel or of an account.
const TELEGRAM: [&str; 5] = ["name", "about", "type", "id", "personal_information"];

/// A JSON line may hold the word too; it begins with another key.
fn is_telegram(text: &[u8]) -> bool {
    let first = text[1..].trim_ascii_start().strip_prefix(b"\"").unwrap_or_default();
    let has = |word: &[u8]| memchr::memmem::find(text, word).is_some();
    let begins =
        TELEGRAM.iter().any(|key| first.strip_prefix(key.as_bytes()).is_some_and(|rest| rest.starts_with(b"\"")));
    // The lists of contacts may fill what is seen of an account's export.
    begins && (has(b"\"messages\"") || (first.starts_with(b"about\"") && has(b"Telegram")))
}

fn is_json_feed(text: &[u8]) -> bool {
    let head = &text[..text.len().min(8192)];
    ["jsonfeed.org/version/", "jsonfeed.org\\/version\\/"]
        .iter()
        .filter_map(|version| memchr::memmem::find(head, version.as_bytes()))
        .any(|at| memchr::memmem::rfind(&head[..at], b"\"version\"").is_some_and(|key| at - key < 40))
}

fn is_feed(text: &[u8]) -> bool {
    const ROOTS: [&str; 5] = ["<rss", "<feed", "<rdf:rdf", "<urlset", "<sitemapindex"];
    let look = String::from_utf8_lossy(&text[..text.len().min(4096)]).to_ascii_lowercase();
    // A page may speak of feeds, a feed does not begin with a page.
    let page = look.find("<html").unwrap_or(usize::MAX);
    ROOTS.iter().filter_map(|root| look.find(root)).any(|root| root < page)
}

fn is_html(text: &[u8]) -> bool {
    const TAGS: [&str; 12] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<title",
        "<article",
        "<main",
        "<div",
        "<p>",
        "<p ",
        "<h1",
    ];
    let look = String::from_utf8_lossy(&text[..text.len().min(4096)]).to_ascii_lowercase();
    TAGS.iter().any(|tag| look.contains(tag))
}
