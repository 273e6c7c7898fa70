//! Cells of comma-separated files.

use serde::Serialize;

/// One row, quoted where needed (RFC 4180), ended by a line feed.
#[must_use]
pub fn row<S: AsRef<str>>(cells: impl IntoIterator<Item = S>) -> String {
    let mut line = String::new();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            line.push(',');
        }
        push(&mut line, cell.as_ref());
    }
    line.push('\n');
    line
}

fn push(line: &mut String, cell: &str) {
    if cell.contains([',', '"', '\n', '\r']) {
        line.push('"');
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(cell);
    }
}

/// Text of a report, for a cell: spreadsheets run a cell that begins with one of these characters
/// as a formula, so an apostrophe goes before it. The exact text is in the JSON Lines.
#[must_use]
pub fn text(passage: &str) -> String {
    if passage.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{passage}") } else { passage.to_owned() }
}

/// Several values in one cell.
pub(crate) fn join<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> String {
    let values: Vec<S> = values.into_iter().collect();
    values.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join("; ")
}

/// A number or nothing.
pub(crate) fn maybe<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// The code of a kind (`armed_clash`, `killed`), as it is written in records.
pub(crate) fn code<T: Serialize>(kind: T) -> String {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_where_needed() {
        assert_eq!(row(["a", "b,c", "say \"so\"", "two\nlines", ""]), "a,\"b,c\",\"say \"\"so\"\"\",\"two\nlines\",\n");
    }

    #[test]
    fn text_is_never_a_formula() {
        assert_eq!(text("=1+1"), "'=1+1");
        assert_eq!(text("هجين"), "هجين");
    }
}
