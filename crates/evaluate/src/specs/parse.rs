//! From Markdown to cases.

use maydani_core::{Report, SubEventType};
use thiserror::Error;

use super::{Case, Expected, ExpectedField, MARK, Marked};

/// A spec file that cannot be understood.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{file}:{line}: {fault}; specs/README.md tells the form")]
pub struct SpecError {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: String,
}

/// The fields of an event.
const FIELDS: [&str; 7] = ["who", "whom", "where", "when", "toll", "says", "via"];

/// The cases of a spec file.
///
/// # Errors
/// When a line is not understood.
pub fn cases(file: &str, text: &str) -> Result<Vec<Case>, SpecError> {
    let lines: Vec<&str> = text.lines().collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].starts_with("## ")).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts.iter().zip(ends).map(|(start, end)| case(file, &lines[*start..end], *start + 1)).collect()
}

/// A case from its heading on; `first` is the heading's line number.
fn case(file: &str, lines: &[&str], first: usize) -> Result<Case, SpecError> {
    let fault = |line: usize, fault: String| SpecError { file: file.to_owned(), line, fault };
    let mut case = Case {
        name: lines[0].trim_start_matches("## ").trim().to_owned(),
        report: Report::default(),
        events: Vec::new(),
        more: Marked { line: first, not_yet: false },
    };
    let mut quotation: Vec<&str> = Vec::new();
    let mut last = first;
    for (at, line) in lines.iter().enumerate().skip(1) {
        let number = first + at;
        let (content, not_yet) = match line.trim_end().strip_suffix(MARK) {
            Some(content) => (content, true),
            None => (line.trim_end(), false),
        };
        let mark = Marked { line: number, not_yet };
        if !content.is_empty() {
            last = number;
        }
        if let Some(quoted) = content.strip_prefix('>') {
            quotation.push(quoted.strip_prefix(' ').unwrap_or(quoted));
        } else if content == "- more events" {
            case.more = mark;
        } else if let Some(event) = content.strip_prefix("- ") {
            case.events.push(expected(event, mark).map_err(|wrong| fault(number, wrong))?);
        } else if let Some(field) = content.strip_prefix("  - ") {
            let Some(event) = case.events.last_mut() else {
                return Err(fault(number, "a field without an event".into()));
            };
            add_field(event, field, mark).map_err(|wrong| fault(number, wrong))?;
        } else if let Some(about) = content.strip_prefix("Published ").or_else(|| content.strip_prefix("Outlet ")) {
            let about = about.trim_end_matches('.');
            let (day, outlet) = about.split_once(", outlet ").unwrap_or((about, ""));
            if content.starts_with("Published") {
                case.report.published = Some(day.to_owned());
                case.report.outlet = (!outlet.is_empty()).then(|| outlet.to_owned());
            } else {
                case.report.outlet = Some(about.to_owned());
            }
        }
        // Any other line explains the case to its reader.
    }
    if quotation.is_empty() {
        return Err(fault(first, "a case without a report".to_owned()));
    }
    if !case.more.not_yet {
        case.more.line = last;
    }
    case.report.text = quotation.join("\n");
    case.report.title = quotation.first().map(|line| (*line).to_owned());
    case.report.id = Some(case.name.clone());
    Ok(case)
}

fn expected(line: &str, mark: Marked) -> Result<Expected, String> {
    let (kind, words) = line.split_once(' ').unwrap_or((line, ""));
    if SubEventType::from_code(kind).is_none() {
        return Err(format!("`{kind}` is no sub-event code"));
    }
    let words = quoted(words).ok_or("the event's words, as in «words», are missing")?;
    Ok(Expected {
        kind: kind.to_owned(),
        words: words.to_owned(),
        mark,
        fields: Vec::new(),
        modality: "asserted".to_owned(),
        background: false,
    })
}

fn add_field(event: &mut Expected, line: &str, mark: Marked) -> Result<(), String> {
    match line.trim() {
        "background" => event.background = true,
        modality @ ("denied" | "planned") => modality.clone_into(&mut event.modality),
        field => {
            let (name, values) = field.split_once(':').ok_or(format!("`{field}` is no field"))?;
            if !FIELDS.contains(&name) {
                return Err(format!("`{name}` is no field; fields are {}", FIELDS.join(", ")));
            }
            let values = values.trim();
            let values = if values == "—" {
                Vec::new()
            } else {
                values.split(';').map(|value| value.trim().to_owned()).collect()
            };
            event.fields.push(ExpectedField { name: name.to_owned(), values, mark });
        }
    }
    Ok(())
}

/// What stands between « and ».
pub(super) fn quoted(text: &str) -> Option<&str> {
    text.trim().strip_prefix('«')?.strip_suffix('»')
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = "# Subject\n\nWhy.\n\n## A raid\n\nPublished 2018-10-30, outlet قناة.\n\n> غارة\n>\n> قتل اثنان في غارة.\n\n\
        - air_drone_strike «غارة»\n  - who: —\n  - toll: killed civilians 2 (not yet)\n  - planned\n\n## None\n\n> لا شيء.\n";

    #[test]
    fn a_case_is_read() {
        let read = cases("a.md", SPEC).expect("cases");
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].report.text, "غارة\n\nقتل اثنان في غارة.");
        assert_eq!(read[0].report.published.as_deref(), Some("2018-10-30"));
        assert_eq!(read[0].report.outlet.as_deref(), Some("قناة"));
        let event = &read[0].events[0];
        assert_eq!(
            (event.kind.as_str(), event.words.as_str(), event.modality.as_str()),
            ("air_drone_strike", "غارة", "planned")
        );
        assert_eq!(event.fields[0].values, Vec::<String>::new());
        assert_eq!(event.fields[1].mark, Marked { line: 15, not_yet: true });
        assert!(read[1].events.is_empty());
    }

    #[test]
    fn a_fault_says_where() {
        let error = cases("a.md", "## A\n\n> نص\n\n- raid «غارة»\n").expect_err("a fault");
        assert_eq!(error.to_string(), "a.md:5: `raid` is no sub-event code; specs/README.md tells the form");
    }
}
