//! The selectors of `codebook/page_parts.tsv`.

use std::sync::LazyLock;

use dom_query::Matcher;

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

struct Part {
    host: &'static str,
    kind: Kind,
    matcher: Matcher,
}

fn parts() -> &'static [Part] {
    static PARTS: LazyLock<Vec<Part>> = LazyLock::new(|| rows().filter_map(|row| part(row).ok()).collect());
    &PARTS
}

fn rows() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|row| !row.starts_with('#')).skip(1)
}

fn part(row: &'static str) -> Result<Part, String> {
    let mut cells = row.split('\t');
    let host = cells.next().unwrap_or_default();
    let kind = match cells.next() {
        Some("body") => Kind::Body,
        Some("title") => Kind::Title,
        Some("section") => Kind::Section,
        Some("day") => Kind::Day,
        Some("cut") => Kind::Cut,
        other => return Err(format!("unknown kind {other:?}")),
    };
    let selector = cells.next().unwrap_or_default();
    let matcher = Matcher::new(selector).map_err(|_| format!("no selector: {selector}"))?;
    Ok(Part { host, kind, matcher })
}

/// The selectors of a kind that count for a host, those of the host itself first.
pub(super) fn selectors(kind: Kind, host: &str) -> impl Iterator<Item = &'static Matcher> {
    let is_own = move |part: &Part, host: &str| {
        host == part.host || host.strip_suffix(part.host).is_some_and(|rest| rest.ends_with('.'))
    };
    let host = host.to_owned();
    let general = host.clone();
    let of_kind = move || parts().iter().filter(move |part| part.kind == kind);
    let own = of_kind().filter(move |part| is_own(part, &host));
    let any = of_kind().filter(move |part| part.host == "*" && !is_own(part, &general));
    own.chain(any).map(|part| &part.matcher)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds() {
        let mut count = 0;
        for row in rows() {
            let part = part(row).unwrap_or_else(|fault| panic!("{row}: {fault}"));
            let example = row.split('\t').nth(3).unwrap_or_else(|| panic!("{row}: no example"));
            let document = dom_query::Document::from(format!("<body>{example}نص</body>"));
            assert!(document.select_matcher(&part.matcher).exists(), "{row}: the example does not match");
            count += 1;
        }
        assert!(count > 60, "only {count} rows");
    }
}
