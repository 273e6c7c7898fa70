//! A page or a report as pasted text: section word, headline, body, sign-off, furniture.

use maydani_core::furniture::{Furniture, Kind, ends_sentence, line_key};
use maydani_core::report::Report;

use crate::dateline::dateline;
use crate::error::Fault;
use crate::options::Options;
use crate::section::Sections;

/// The report that a pasted text holds; `url` is where it came from, when known.
pub(crate) fn pasted(text: &str, url: Option<&str>, options: &Options) -> Result<Report, Fault> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let published = options.published.clone().or_else(|| dateline(&text));
    let (section, rest) = peel_section(&text, &options.tables.sections);
    let (mut report, signed) = split(rest, &options.tables.furniture)?;
    report.section = section.map(ToOwned::to_owned);
    report.published = published;
    report.url = url.map(ToOwned::to_owned);
    report.outlet = options.outlet.clone().or(signed);
    if let Some(outlet) = &report.outlet {
        cut_sign_off(&mut report.text, outlet);
    }
    Ok(report)
}

/// Headline, blank line, body of a text without its furniture; and the outlet that signs it.
fn split(text: &str, furniture: &Furniture) -> Result<(Report, Option<String>), Fault> {
    let (kept, cut) = without_furniture(text, furniture);
    if kept.is_empty() {
        return Err(if text.trim().is_empty() { Fault::Empty } else { Fault::NoReport });
    }
    let is_outlet = |line: &&str| furniture.kind(line) == Some(Kind::Outlet);
    let signed = cut.lines().map(str::trim).rfind(is_outlet).map(ToOwned::to_owned);
    let (title, text) = part_headline(&kept);
    Ok((Report { title, text, ..Report::default() }, signed))
}

/// A headline given apart, and the text of a page: one text, without its furniture.
pub(crate) fn joined(title: Option<&str>, body: &str, furniture: &Furniture) -> Result<Report, Fault> {
    let body = body.trim();
    match title.map(str::trim).filter(|title| !title.is_empty()) {
        Some(title) if !body.starts_with(title) => Ok(split(&format!("{title}\n\n{body}"), furniture)?.0),
        _ => Ok(split(body, furniture)?.0),
    }
}

/// The section word above the headline, and what follows it. Of a path («الرئيسية، سياسة، سوريا») the
/// last word is the section.
fn peel_section<'t>(text: &'t str, sections: &Sections) -> (Option<&'t str>, &'t str) {
    let mut section = None;
    let mut rest = text.trim_start_matches(is_blank);
    while let Some((line, after)) = rest.split_once('\n') {
        let line = line.trim();
        let after = after.trim_start_matches(is_blank);
        if after.is_empty() || !sections.has(line) {
            break;
        }
        section = Some(line);
        rest = after;
    }
    (section, rest)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// The text without its furniture, and the furniture.
fn without_furniture(text: &str, furniture: &Furniture) -> (String, String) {
    let mut kept = String::with_capacity(text.len());
    let mut cut = String::new();
    let mut from = 0;
    let ranges = furniture.ranges(text);
    for range in ranges.iter().chain(std::iter::once(&(text.len()..text.len()))) {
        let piece = text[from..range.start].trim_matches(is_blank);
        if !piece.is_empty() {
            kept.push_str(if kept.is_empty() { "" } else { "\n\n" });
            kept.push_str(piece);
        }
        cut.push_str(&text[range.clone()]);
        cut.push('\n');
        from = range.end;
    }
    (kept, cut)
}

/// The headline, and the text with a blank line behind it.
fn part_headline(text: &str) -> (Option<String>, String) {
    let Some((first, rest)) = text.split_once('\n') else {
        return (None, text.to_owned());
    };
    let headline = first.trim_end();
    if ends_sentence(headline) {
        return (None, text.to_owned());
    }
    let title = Some(headline.to_owned());
    let has_blank = rest.split('\n').next().is_some_and(|line| line.trim().is_empty());
    if has_blank { (title, text.to_owned()) } else { (title, format!("{headline}\n\n{rest}")) }
}

/// Cuts the outlet's name where it stands alone at the end.
fn cut_sign_off(text: &mut String, outlet: &str) {
    let Some((before, last)) = text.rsplit_once('\n') else {
        return;
    };
    if line_key(last) == line_key(outlet) {
        let end = before.trim_end().len();
        text.truncate(end);
    }
}
