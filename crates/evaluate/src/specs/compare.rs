//! What was coded, against what must be.

use maydani_core::Record;
use maydani_core::record::{ActorValue, Event, Passage, Toll};
use serde_json::Value;

use super::parse::quoted;
use super::{Case, Expected, ExpectedField};
use crate::names::near;

/// A line of a spec that does not tell what is coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFault {
    /// Of the spec file, from 1.
    pub line: usize,
    /// What was expected and what came.
    pub fault: String,
    /// The line is marked as not yet coded, and is coded now.
    pub comes_true: bool,
    /// It is about events that are not in the spec.
    pub more: bool,
}

/// Every line of the case that does not tell what is coded.
#[must_use]
pub fn compare(case: &Case, record: &Record) -> Vec<LineFault> {
    let mut faults = Vec::new();
    let mut free: Vec<&Event> = record.events.iter().collect();
    for expected in &case.events {
        let fits = free.iter().enumerate().filter(|(_, event)| is(expected, event, &record.report.text));
        // Of several that fit, the one with the most fields right.
        let best = fits.max_by_key(|(at, event)| (fields_right(expected, event), std::cmp::Reverse(*at)));
        let found = best.map(|(at, _)| at).map(|at| free.remove(at));
        let line = expected.mark.line;
        match (found, expected.mark.not_yet) {
            (None, false) => {
                let fault = format!("{} «{}» is not coded", expected.kind, expected.words);
                faults.push(LineFault { line, fault, comes_true: false, more: false });
            }
            // The fields of an event that is known to be missed ask for nothing.
            (None, true) => {}
            (Some(event), not_yet) => {
                if not_yet {
                    let fault = "is coded now: take the mark off".to_owned();
                    faults.push(LineFault { line, fault, comes_true: true, more: false });
                }
                faults.extend(expected.fields.iter().filter_map(|field| field_fault(field, event)));
            }
        }
    }
    let more = free.iter().map(|event| format!("{} «{}»", event.sub_event_type.code(), event.trigger.text));
    let more: Vec<String> = more.collect();
    match (more.is_empty(), case.more.not_yet) {
        (false, false) => {
            let fault = format!("more events than expected: {}", more.join(", "));
            faults.push(LineFault { line: case.more.line, fault, comes_true: false, more: true });
        }
        (true, true) => {
            let fault = "no more events are coded now: take the line out".to_owned();
            faults.push(LineFault { line: case.more.line, fault, comes_true: true, more: true });
        }
        _ => {}
    }
    faults
}

/// The coded event is of the kind, modality and time, and one of its passages lies on the words.
fn is(expected: &Expected, event: &Event, text: &str) -> bool {
    let modality = serde_json::to_value(event.modality).ok();
    let passages = event.evidence.iter().chain([&event.trigger]);
    let told = passages.into_iter().any(|passage| touches(passage, &expected.words, text));
    event.sub_event_type.code() == expected.kind
        && modality.as_ref().and_then(Value::as_str) == Some(expected.modality.as_str())
        && event.background == expected.background
        && told
}

/// Whether a passage shares a character with one of the places where the words stand.
fn touches(passage: &Passage, words: &str, text: &str) -> bool {
    let length = words.chars().count();
    text.match_indices(words).any(|(at, _)| {
        let start = text[..at].chars().count();
        (passage.start as usize) < start + length && start < passage.end as usize
    })
}

fn fields_right(expected: &Expected, event: &Event) -> usize {
    expected.fields.iter().filter(|field| right(field, event)).count()
}

fn field_fault(field: &ExpectedField, event: &Event) -> Option<LineFault> {
    let (right, line) = (right(field, event), field.mark.line);
    let wanted = if field.values.is_empty() { "—".to_owned() } else { field.values.join("; ") };
    match (right, field.mark.not_yet) {
        (true, true) => {
            Some(LineFault { line, fault: "is coded now: take the mark off".into(), comes_true: true, more: false })
        }
        (false, false) => {
            let fault = format!("{}: expected {wanted}, coded {}", field.name, shown(&field.name, event));
            Some(LineFault { line, fault, comes_true: false, more: false })
        }
        _ => None,
    }
}

fn right(field: &ExpectedField, event: &Event) -> bool {
    let wanted = &field.values;
    match field.name.as_str() {
        "who" => all(wanted, &event.actor1, |value, actor| party(value, &actor.key, &actor.passage)),
        "whom" => all(wanted, &event.actor2, |value, actor| party(value, &actor.key, &actor.passage)),
        "where" => all(wanted, &event.places, |value, place| {
            let (words, country) = value.split_once(" [").unwrap_or((value, ""));
            let country = country.trim_end_matches(']');
            near(words, &place.passage.text) && (country.is_empty() || place.country.as_deref() == Some(country))
        }),
        "when" => wanted.iter().map(String::as_str).eq(days(event).iter().map(String::as_str)),
        "toll" => all(wanted, &event.tolls, toll),
        "says" => all(wanted, event.source.as_slice(), |value, source| party(value, &source.key, &source.passage)),
        "via" => all(wanted, &event.via, |value, relay| party(value, &relay.key, &relay.passage)),
        _ => false,
    }
}

/// Each wanted value has its own coded one, and none is left over.
fn all<T>(wanted: &[String], coded: &[T], is: impl Fn(&str, &T) -> bool) -> bool {
    let mut free: Vec<&T> = coded.iter().collect();
    let found = wanted.iter().all(|value| match free.iter().position(|coded| is(value, coded)) {
        Some(at) => {
            free.remove(at);
            true
        }
        None => false,
    });
    found && free.is_empty()
}

fn party(value: &str, key: &str, passage: &Passage) -> bool {
    quoted(value).map_or(value == key, |words| near(words, &passage.text))
}

/// `killed civilians 5`, `wounded * 2+`, `killed * 3-4`; without the parties `displaced * 200+`.
fn toll(value: &str, coded: &Toll) -> bool {
    let mut parts = value.split_whitespace();
    let (kind, of, number) = (parts.next(), parts.next(), parts.next());
    let bounds = number.and_then(|number| {
        if let Some(min) = number.strip_suffix('+') {
            return Some((min.parse().ok()?, None));
        }
        let (min, max) = number.split_once('-').unwrap_or((number, number));
        Some((min.parse().ok()?, Some(max.parse().ok()?)))
    });
    let coded_kind = serde_json::to_value(coded.kind).ok();
    coded_kind.as_ref().and_then(Value::as_str) == kind
        && of.is_some_and(|of| of == "*" || of == coded.of)
        && bounds == Some((coded.min, coded.max))
}

/// The day, the days or `?`, as a spec writes them; none where no expression was coded.
fn days(event: &Event) -> Option<String> {
    let date = event.date.as_ref()?;
    Some(match (&date.start_day, &date.end_day) {
        (Some(start), Some(end)) if start != end => format!("{start}..{end}"),
        (Some(start), _) => start.clone(),
        (None, _) => "?".to_owned(),
    })
}

/// A field as it was coded, for a message.
fn shown(name: &str, event: &Event) -> String {
    let actors =
        |side: &[ActorValue]| side.iter().map(|actor| format!("{} «{}»", actor.key, actor.passage.text)).collect();
    let values: Vec<String> = match name {
        "who" => actors(&event.actor1),
        "whom" => actors(&event.actor2),
        "where" => event
            .places
            .iter()
            .map(|place| format!("{} [{}]", place.passage.text, place.country.as_deref().unwrap_or("?")))
            .collect(),
        "when" => days(event).into_iter().collect(),
        "toll" => event.tolls.iter().map(|toll| format!("{} «{}»", toll_shown(toll), toll.passage.text)).collect(),
        "says" => event.source.iter().map(|source| format!("{} «{}»", source.key, source.passage.text)).collect(),
        _ => event.via.iter().map(|relay| format!("{} «{}»", relay.key, relay.passage.text)).collect(),
    };
    if values.is_empty() { "—".to_owned() } else { values.join("; ") }
}

fn toll_shown(toll: &Toll) -> String {
    let kind = serde_json::to_value(toll.kind).ok();
    let kind = kind.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
    match toll.max {
        None => format!("{kind} {} {}+", toll.of, toll.min),
        Some(max) if max == toll.min => format!("{kind} {} {max}", toll.of),
        Some(max) => format!("{kind} {} {}-{max}", toll.of, toll.min),
    }
}
