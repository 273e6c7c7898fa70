//! Annotated and coded reports, as both are written.

use std::collections::BTreeSet;
use std::path::Path;

use maydani_core::SubEventType;
use serde_json::Value;
use thiserror::Error;

/// A file that cannot be scored.
#[derive(Debug, Error)]
pub enum EvaluateError {
    /// It cannot be read.
    #[error("{file}: {source}")]
    Read {
        /// The file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// A line is no JSON.
    #[error("{file}:{line}: not JSON ({source}); every line must be one report")]
    Json {
        /// The file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Why.
        source: serde_json::Error,
    },
    /// A line lacks what a report must have.
    #[error("{file}:{line}: {missing} is missing; expected an annotated report or a record that `maydani code` wrote")]
    Shape {
        /// The file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is missing.
        missing: String,
    },
}

/// One report with its events: an annotation, or a record that coding produced.
#[derive(Debug, Clone)]
pub struct Row {
    pub(crate) id: String,
    /// The text of an annotated report.
    pub(crate) text: Option<String>,
    /// The text that a record's offsets count; an annotation has no offsets.
    pub(crate) shown: Option<String>,
    events: Vec<Value>,
}

/// The reports of a file of JSON Lines.
///
/// # Errors
/// When the file cannot be read, or a line is no report; the error says which.
pub fn rows(path: &Path) -> Result<Vec<Row>, EvaluateError> {
    let file = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|source| EvaluateError::Read { file: file.clone(), source })?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| row(&file, at + 1, line)).collect()
}

fn row(file: &str, line: usize, text: &str) -> Result<Row, EvaluateError> {
    let value: Value =
        serde_json::from_str(text).map_err(|source| EvaluateError::Json { file: file.to_owned(), line, source })?;
    let shape = |missing: &str| EvaluateError::Shape { file: file.to_owned(), line, missing: missing.to_owned() };
    let report = value.get("report").unwrap_or(&value);
    let id = report.get("id").and_then(Value::as_str).ok_or_else(|| shape("id"))?.to_owned();
    let text_of = |value: Option<&Value>| value?.get("text")?.as_str().map(ToOwned::to_owned);
    let shown = text_of(value.get("report"));
    let text = text_of(Some(&value)).or_else(|| shown.clone());
    let events = value.get("events").and_then(Value::as_array).cloned().unwrap_or_default();
    for event in &events {
        if kind(event).is_none() {
            return Err(shape(&format!("`type` of an event of {id}")));
        }
    }
    Ok(Row { id, text, shown, events })
}

fn kind(event: &Value) -> Option<&str> {
    event.get("sub_event_type").filter(|kind| !kind.is_null()).or_else(|| event.get("type"))?.as_str()
}

/// An event as the scorer compares it. Offsets count code points.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) kind: String,
    pub(crate) group: String,
    pub(crate) modality: String,
    pub(crate) background: bool,
    pub(crate) trigger: (usize, usize),
    pub(crate) spans: Vec<(usize, usize)>,
    pub(crate) sentences: BTreeSet<usize>,
    pub(crate) actor1: Vec<Named>,
    pub(crate) actor2: Vec<Named>,
    pub(crate) places: Vec<Named>,
    pub(crate) days: Option<(String, String)>,
    pub(crate) tolls: Vec<(String, Option<i64>, Option<i64>)>,
    pub(crate) source: Option<Named>,
}

/// A key (of a place: its English name) and the words that stand in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) key: String,
    pub(crate) words: String,
}

/// The text that offsets and passages refer to, with its sentences.
pub(crate) struct Page<'t> {
    text: &'t str,
    /// The byte at which each code point begins, and the text's length.
    bytes: Vec<usize>,
    ends: Vec<usize>,
}

impl<'t> Page<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { text, bytes, ends: sentence_ends(text) }
    }

    /// Where a passage first stands at or after a code point.
    fn find(&self, passage: &str, from: usize) -> Option<usize> {
        let from = *self.bytes.get(from)?;
        let at = from + self.text[from..].find(passage)?;
        self.bytes.binary_search(&at).ok()
    }

    fn sentence_of(&self, at: usize) -> usize {
        self.ends.iter().position(|end| at < *end).unwrap_or(self.ends.len() - 1)
    }

    /// A passage's span: as given, or found in the text.
    fn span(&self, passage: &Value) -> Option<(usize, usize)> {
        if let Some(words) = passage.as_str() {
            let at = self.find(words, 0)?;
            return Some((at, at + words.chars().count()));
        }
        let offset = |key: &str| passage.get(key).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
        Some((offset("start")?, offset("end")?))
    }

    pub(crate) fn events(&self, row: &Row) -> Vec<Event> {
        row.events.iter().map(|event| self.event(event)).collect()
    }

    fn event(&self, event: &Value) -> Event {
        let kind = kind(event).unwrap_or_default().to_owned();
        let given_group = event.get("event_type").and_then(Value::as_str).unwrap_or("?");
        let group = SubEventType::from_code(&kind).map_or(given_group, |kind| kind.event_type().label()).to_owned();
        let evidence = list(event, "evidence");
        let passages: Vec<(usize, usize)> = evidence.iter().filter_map(|passage| self.span(passage)).collect();
        let trigger = self.trigger(event, evidence, &passages);
        let spans: Vec<(usize, usize)> = passages.into_iter().chain([trigger]).collect();
        let named = |key: &str| list(event, key).iter().map(|value| named(value, "key")).collect();
        Event {
            modality: text(event, "modality").unwrap_or("asserted").to_owned(),
            background: event.get("background").and_then(Value::as_bool).unwrap_or(false),
            sentences: spans.iter().map(|(start, end)| self.sentence_of(usize::midpoint(*start, *end))).collect(),
            actor1: named("actor1"),
            actor2: named("actor2"),
            places: list(event, "places").iter().map(place).collect(),
            days: event.get("date").and_then(days),
            tolls: list(event, "tolls").iter().map(toll).collect(),
            source: event.get("source").filter(|source| source.is_object()).map(named_source),
            kind,
            group,
            trigger,
            spans,
        }
    }

    /// An annotation gives the trigger's words, which stand in or after the first evidence.
    fn trigger(&self, event: &Value, evidence: &[Value], passages: &[(usize, usize)]) -> (usize, usize) {
        let Some(trigger) = event.get("trigger") else { return (0, 0) };
        let Some(words) = trigger.as_str() else { return self.span(trigger).unwrap_or((0, 0)) };
        let base = evidence.first().and_then(Value::as_str).and_then(|first| self.find(first, 0)).unwrap_or(0);
        match self.find(words, base) {
            Some(at) => (at, at + words.chars().count()),
            None => passages.first().copied().unwrap_or((0, 0)),
        }
    }
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn words(value: &Value) -> String {
    let words = value.as_str().or_else(|| text(value, "surface").filter(|words| !words.is_empty()));
    words.or_else(|| text(value, "text")).unwrap_or_default().to_owned()
}

fn named(value: &Value, key: &str) -> Named {
    Named { key: text(value, key).unwrap_or_default().to_owned(), words: words(value) }
}

fn named_source(source: &Value) -> Named {
    named(source, "key")
}

fn place(place: &Value) -> Named {
    let name = text(place, "name_en").filter(|name| !name.is_empty()).or_else(|| text(place, "name"));
    Named { key: name.unwrap_or_default().to_owned(), words: words(place) }
}

/// The first and last day, where the date is resolved.
fn days(date: &Value) -> Option<(String, String)> {
    let (first, last) = if date.get("start_day").is_some() { ("start_day", "end_day") } else { ("start", "end") };
    let start = text(date, first).filter(|day| !day.is_empty())?;
    Some((start.to_owned(), text(date, last).unwrap_or_default().to_owned()))
}

fn toll(toll: &Value) -> (String, Option<i64>, Option<i64>) {
    let number = |key: &str| toll.get(key).and_then(Value::as_i64);
    (text(toll, "kind").unwrap_or_default().to_owned(), number("min"), number("max"))
}

/// Where sentences end: after a full stop or the like that a blank follows, and after line feeds.
fn sentence_ends(text: &str) -> Vec<usize> {
    let letters: Vec<char> = text.chars().collect();
    let mut ends = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        match letters[at] {
            '\n' => {
                while letters.get(at) == Some(&'\n') {
                    at += 1;
                }
                ends.push(at);
            }
            '.' | '!' | '?' | '؟' | '؛' => {
                at += 1;
                if letters.get(at).is_none_or(|next| next.is_whitespace()) {
                    ends.push(at);
                }
            }
            _ => at += 1,
        }
    }
    ends.push(letters.len());
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_stops_and_lines() {
        assert_eq!(sentence_ends("a. b.c\n\nd؟"), [2, 8, 10, 10]);
        assert_eq!(sentence_ends(""), [0]);
    }

    #[test]
    fn passages_are_found_by_code_points() {
        let page = Page::new("قصف هجين ثم هجين");
        assert_eq!(page.find("هجين", 0), Some(4));
        assert_eq!(page.find("هجين", 5), Some(12));
        assert_eq!(page.find("هجين", 99), None);
    }
}
