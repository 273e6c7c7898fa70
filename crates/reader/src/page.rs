//! A web page: its report without menus, tickers, lists of other headlines, comments.

mod blocks;
mod body;
mod facts;
pub(crate) mod parts;

use dom_query::Document;
use maydani_core::report::Report;

use self::blocks::blocks;
use crate::address;
use crate::dateline::dateline;
use crate::error::Fault;
use crate::options::Options;
use crate::pasted::joined;

/// The report of a page; `url` is where it came from, when known.
pub(crate) fn page(html: &str, url: Option<&str>, options: &Options) -> Result<Report, Fault> {
    if let Some(what) = overgrown(html) {
        return Err(Fault::Overgrown(what));
    }
    let document = Document::from(html);
    let facts = facts::facts(&document, url, &options.tables);
    let host = facts.url.as_deref().and_then(address::host).unwrap_or_default();
    // Date lines stand beside the body as often as in it.
    let printed = document.body().map(|body| blocks(&body)).unwrap_or_default();
    let printed = printed.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n");
    let printed = dateline(&printed);
    let body = body::body(&document, host, &options.tables.parts);
    let mut report = joined(facts.title.as_deref(), &body, &options.tables.furniture)?;
    let by_url = facts.url.as_deref().and_then(address::day);
    report.published = facts.published.or(by_url).or(printed).or_else(|| options.published.clone());
    report.outlet = facts.outlet.or_else(|| options.outlet.clone());
    report.section = facts.section;
    report.url = facts.url;
    if facts.title.is_some() {
        report.title = facts.title;
    }
    Ok(report)
}

/// The text of a piece of HTML, as feeds carry it; of plain text, the text itself.
pub(crate) fn fragment(html: &str) -> String {
    if !html.contains(['<', '&']) || overgrown(html).is_some() {
        return html.trim().to_owned();
    }
    let document = Document::from(html);
    body::text_of(&document)
}

/// A page of more tags is no report.
const MOST_TAGS: usize = 200_000;
/// Sites nest some dozens of elements; parsers take a stack frame for each.
const DEEPEST: usize = 400;

/// What makes a page too much to parse, told from its tags without building the tree.
fn overgrown(html: &str) -> Option<&'static str> {
    // Elements that need no end tag, so that a missing one does not nest.
    const ALONE: [&str; 24] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p",
        "li", "dt", "dd", "td", "th", "tr", "option", "param", "tbody", "thead",
    ];
    let bytes = html.as_bytes();
    let (mut tags, mut depth) = (0_usize, 0_usize);
    for at in memchr::memchr_iter(b'<', bytes) {
        let rest = &bytes[at + 1..];
        let is_end = rest.first() == Some(&b'/');
        let name = &rest[usize::from(is_end)..];
        let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = &name[..length];
        if length == 0 || ALONE.iter().any(|alone| name.eq_ignore_ascii_case(alone.as_bytes())) {
            tags += usize::from(length > 0);
            continue;
        }
        tags += 1;
        depth = if is_end { depth.saturating_sub(1) } else { depth + 1 };
        if depth > DEEPEST {
            return Some("nests deeper than 400 elements");
        }
    }
    (tags > MOST_TAGS).then_some("has more than 200,000 tags")
}
