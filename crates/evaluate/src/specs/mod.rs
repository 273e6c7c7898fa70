//! Specs: reports in Markdown with what must be coded from them. `specs/README.md` tells the form.

mod compare;
mod parse;

use maydani_core::Report;

pub use compare::{LineFault, compare};
pub use parse::{SpecError, cases};

/// One case of a spec file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its heading.
    pub name: String,
    /// The report to code.
    pub report: Report,
    /// What must be coded.
    pub events: Vec<Expected>,
    /// The line, from 1, that owns up to events that are not there; the heading's where there is none.
    pub more: Marked,
}

/// One event that must be coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Sub-event code.
    pub kind: String,
    /// Words of the report that tell it.
    pub words: String,
    /// Its line, and whether it is known to be missed.
    pub mark: Marked,
    /// Its fields.
    pub fields: Vec<ExpectedField>,
    /// Denied, planned or, where nothing is said, asserted.
    pub modality: String,
    /// Only recalled.
    pub background: bool,
}

/// One field of an event that must be coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedField {
    /// `who`, `whom`, `where`, `when`, `toll`, `says`, `via`.
    pub name: String,
    /// The values; none for `—`.
    pub values: Vec<String>,
    /// Its line, and whether it is known to be wrong.
    pub mark: Marked,
}

/// A line of a spec file that may be marked as not yet coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// From 1.
    pub line: usize,
    /// It ends with the mark.
    pub not_yet: bool,
}

/// What stands at the end of a line that is known to be missed.
pub const MARK: &str = " (not yet)";

/// Lines whose mark must change so that the spec tells what is coded: adds and removes [`MARK`], and
/// the line that owns up to more events.
#[must_use]
pub fn marked(spec: &str, faults: &[LineFault]) -> String {
    let mut lines: Vec<String> = spec.lines().map(ToOwned::to_owned).collect();
    let mut removed = Vec::new();
    let mut added: Vec<(usize, String)> = Vec::new();
    for fault in faults {
        let Some(line) = fault.line.checked_sub(1).and_then(|at| lines.get_mut(at)) else { continue };
        match (fault.more, fault.comes_true) {
            (false, true) => *line = line.trim_end_matches(MARK).to_owned(),
            (false, false) => line.push_str(MARK),
            (true, true) => removed.push(fault.line - 1),
            (true, false) => added.push((fault.line, format!("- more events{MARK}"))),
        }
    }
    // From the end, so that the numbers before stay right.
    let mut changes: Vec<(usize, Option<String>)> = removed.into_iter().map(|at| (at, None)).collect();
    changes.extend(added.into_iter().map(|(at, line)| (at, Some(line))));
    changes.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    for (at, change) in changes {
        match change {
            None => drop(lines.remove(at)),
            Some(line) => insert_more(&mut lines, at, line),
        }
    }
    lines.join("\n") + "\n"
}

/// Puts the line behind the last line of a case whose last written line is `at` (from 1).
fn insert_more(lines: &mut Vec<String>, at: usize, line: String) {
    let at = at.min(lines.len());
    // A case without a list: a blank line goes before.
    let list = lines[at - 1].trim_start().starts_with('-');
    lines.insert(at, line);
    if !list {
        lines.insert(at, String::new());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(line: usize, comes_true: bool, more: bool) -> LineFault {
        LineFault { line, fault: String::new(), comes_true, more }
    }

    #[test]
    fn marks_are_set_and_removed() {
        let spec = "## A\n\n> نص\n\n- attack «نص»\n  - who: — (not yet)\n\n## B\n\n> نص\n\n## C\n\n> نص\n\n- more events (not yet)\n";
        let changed = marked(
            spec,
            &[fault(5, false, false), fault(6, true, false), fault(10, false, true), fault(16, true, true)],
        );
        assert_eq!(
            changed,
            "## A\n\n> نص\n\n- attack «نص» (not yet)\n  - who: —\n\n## B\n\n> نص\n\n- more events (not yet)\n\n## C\n\n> نص\n\n"
        );
    }
}
