//! The selectors of `codebook/page_parts.tsv`.

use std::fmt;

use dom_query::Matcher;
use maydani_core::codebook::{Fault, Row, Table};

use crate::table_files::files;

pub(crate) const NAME: &str = "page_parts.tsv";
const TABLE: &str = include_str!("../../../../codebook/page_parts.tsv");

/// What a selector finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Body,
    Title,
    Section,
    Day,
    Cut,
}

#[derive(Clone)]
struct Part {
    host: String,
    kind: Kind,
    matcher: Matcher,
}

/// The selectors, in the order in which they are tried.
#[derive(Clone)]
pub(crate) struct Parts(Vec<Part>);

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} selectors", self.0.len())
    }
}

impl Parts {
    pub(crate) fn read(own: &[(String, String)], faults: &mut Vec<Fault>) -> Self {
        let mut parts = Vec::new();
        for (path, text) in files(own, NAME, TABLE) {
            let table = Table::read(path, 0, text, &["host", "kind", "selector"], faults);
            for row in table.rows() {
                match part(&row) {
                    Ok(part) => parts.push(part),
                    Err(fault) => faults.push(fault),
                }
            }
        }
        Self(parts)
    }

    /// The selectors of a kind that count for a host, those of the host itself first.
    pub(super) fn selectors(&self, kind: Kind, host: &str) -> impl Iterator<Item = &Matcher> {
        let is_own = move |part: &Part, host: &str| {
            host == part.host || host.strip_suffix(&part.host).is_some_and(|rest| rest.ends_with('.'))
        };
        let host = host.to_owned();
        let general = host.clone();
        let of_kind = move || self.0.iter().filter(move |part| part.kind == kind);
        let own = of_kind().filter(move |part| is_own(part, &host));
        let any = of_kind().filter(move |part| part.host == "*" && !is_own(part, &general));
        own.chain(any).map(|part| &part.matcher)
    }
}

fn part(row: &Row<'_, '_>) -> Result<Part, Fault> {
    let kind = match row.cell("kind") {
        "body" => Kind::Body,
        "title" => Kind::Title,
        "section" => Kind::Section,
        "day" => Kind::Day,
        "cut" => Kind::Cut,
        other => {
            return Err(row.fault(
                "kind",
                format!("`{other}` is no part of a page"),
                "use body, title, section, day or cut",
            ));
        }
    };
    let selector = row.cell("selector");
    let matcher = Matcher::new(selector);
    let matcher = matcher.map_err(|_| {
        row.fault("selector", format!("`{selector}` is no CSS selector"), "write one such as .entry-content")
    })?;
    Ok(Part { host: row.cell("host").to_owned(), kind, matcher })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds() {
        let mut faults = Vec::new();
        let table = Table::read(NAME, 0, TABLE, &["host", "kind", "selector", "example"], &mut faults);
        let mut count = 0;
        for row in table.rows() {
            let part = part(&row).unwrap_or_else(|fault| panic!("{fault}"));
            let document =
                dom_query::Document::from(format!("<body>{}نص</body>", row.required("example", &mut faults)));
            assert!(document.select_matcher(&part.matcher).exists(), "{row:?}: the example does not match");
            count += 1;
        }
        assert_eq!(faults, []);
        assert!(count > 60, "only {count} rows");
    }

    #[test]
    fn a_faulty_selector_is_named() {
        let own = [("own/page_parts.tsv".to_owned(), "host\tkind\tselector\n*\tbody\t]]\n*\tfoot\tp".to_owned())];
        let mut faults = Vec::new();
        Parts::read(&own, &mut faults);
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            faults,
            [
                "own/page_parts.tsv:2:8: `]]` is no CSS selector; write one such as .entry-content",
                "own/page_parts.tsv:3:3: `foot` is no part of a page; use body, title, section, day or cut",
            ]
        );
    }
}
