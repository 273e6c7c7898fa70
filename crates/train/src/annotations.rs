//! Annotations that stand apart from their texts (`annotations/README.md`), joined with them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use maydani_core::Report;
use maydani_reader::{Options, Source, reports};
use serde::Deserialize;

use crate::gold::{GoldActor, GoldDate, GoldEvent, GoldPlace, GoldReport, GoldToll};

/// A passage: first and one past the last code point.
type At = [usize; 2];

#[derive(Deserialize)]
struct Annotated {
    id: String,
    /// Code points of the text: another text under the same id is refused.
    length: usize,
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    trigger: At,
    evidence: Vec<At>,
    #[serde(default)]
    modality: Option<String>,
    #[serde(default)]
    background: bool,
    #[serde(default)]
    actor1: Vec<Keyed>,
    #[serde(default)]
    actor2: Vec<Keyed>,
    #[serde(default)]
    places: Vec<Place>,
    #[serde(default)]
    date: Option<Date>,
    #[serde(default)]
    tolls: Vec<Toll>,
    #[serde(default)]
    source: Option<Keyed>,
}

#[derive(Deserialize)]
struct Keyed {
    at: At,
    key: String,
}

#[derive(Deserialize)]
struct Place {
    at: At,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Date {
    at: At,
    start: Option<String>,
    end: Option<String>,
}

#[derive(Deserialize)]
struct Toll {
    at: At,
    kind: String,
    min: u32,
    max: Option<u32>,
}

/// Reads the annotations and finds their texts by id.
///
/// # Errors
/// A file that cannot be read, a line that is no annotation, a passage outside its text, a report
/// whose text is missing or another than the annotated one.
pub(crate) fn read(files: &[PathBuf], texts: &[PathBuf]) -> Result<Vec<GoldReport>> {
    let mut wanted: BTreeMap<String, Option<Annotated>> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    for file in files {
        let lines = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        for (number, line) in lines.lines().enumerate() {
            let annotated: Annotated = serde_json::from_str(line)
                .with_context(|| format!("{}:{}: no annotation", file.display(), number + 1))?;
            order.push(annotated.id.clone());
            wanted.insert(annotated.id.clone(), Some(annotated));
        }
    }
    let mut found: BTreeMap<String, GoldReport> = BTreeMap::new();
    for path in texts {
        for report in reports([Source::File(path.clone())], &Options::default()) {
            let report = report.with_context(|| format!("cannot read {}", path.display()))?;
            let Some(annotated) = report.id.as_ref().and_then(|id| wanted.get_mut(id)).and_then(Option::take) else {
                continue;
            };
            let id = annotated.id.clone();
            found.insert(id, join(annotated, report, path)?);
        }
    }
    order
        .into_iter()
        .map(|id| {
            found.remove(&id).with_context(|| {
                format!("report {id} is annotated, but its text is in none of the files given with --texts")
            })
        })
        .collect()
}

fn join(annotated: Annotated, report: Report, path: &Path) -> Result<GoldReport> {
    let starts: Vec<usize> =
        report.text.char_indices().map(|(at, _)| at).chain(std::iter::once(report.text.len())).collect();
    let Annotated { id, length, events } = annotated;
    if starts.len() != length + 1 {
        bail!("{}: the text of report {id} is not the annotated one", path.display());
    }
    let passage = |at: At| -> Result<String> {
        match (starts.get(at[0]), starts.get(at[1])) {
            (Some(&from), Some(&to)) if from < to => Ok(report.text[from..to].to_owned()),
            _ => bail!("report {id}: passage {}..{} lies outside the text", at[0], at[1]),
        }
    };
    let keyed = |of: &Keyed| Ok(GoldActor { surface: passage(of.at)?, key: of.key.clone() });
    let events = events
        .iter()
        .map(|event| {
            Ok(GoldEvent {
                kind: event.kind.clone(),
                evidence: event.evidence.iter().map(|&at| passage(at)).collect::<Result<_>>()?,
                trigger: passage(event.trigger)?,
                modality: event.modality.clone().unwrap_or_else(|| "asserted".to_owned()),
                background: event.background,
                actor1: event.actor1.iter().map(keyed).collect::<Result<_>>()?,
                actor2: event.actor2.iter().map(keyed).collect::<Result<_>>()?,
                places: event
                    .places
                    .iter()
                    .map(|place| Ok(GoldPlace { surface: passage(place.at)?, name_en: place.name.clone() }))
                    .collect::<Result<_>>()?,
                date: event
                    .date
                    .as_ref()
                    .map(|date| {
                        anyhow::Ok(GoldDate {
                            surface: passage(date.at)?,
                            start: date.start.clone(),
                            end: date.end.clone(),
                        })
                    })
                    .transpose()?,
                tolls: event
                    .tolls
                    .iter()
                    .map(|toll| {
                        Ok(GoldToll {
                            kind: toll.kind.clone(),
                            min: toll.min,
                            max: toll.max,
                            surface: passage(toll.at)?,
                        })
                    })
                    .collect::<Result<_>>()?,
                source: event.source.as_ref().map(keyed).transpose()?,
            })
        })
        .collect::<Result<Vec<GoldEvent>>>()?;
    Ok(GoldReport {
        id,
        outlet: report.outlet,
        published: report.published,
        text: report.text,
        events,
        words: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("maydani-annotations-{}-{name}.jsonl", std::process::id()));
        fs::write(&path, text).expect("a temporary file");
        path
    }

    const NOTE: &str = r#"{"id":"r","length":18,"events":[{"type":"air_drone_strike","trigger":[0,4],"evidence":[[0,18]],"actor1":[{"at":[5,10],"key":"turkish_forces"}]}]}"#;

    #[test]
    fn passages_are_found_in_the_text() {
        let notes = file("notes", NOTE);
        let texts = file("texts", r#"{"id":"r","text":"قصفت طائرة القرية."}"#);
        let read = read(std::slice::from_ref(&notes), std::slice::from_ref(&texts)).expect("joined");
        assert_eq!(read[0].events[0].trigger, "قصفت");
        assert_eq!(read[0].events[0].actor1[0].surface, "طائرة");
        assert_eq!(read[0].events[0].modality, "asserted");
        fs::remove_file(notes).and_then(|()| fs::remove_file(texts)).expect("cleaned up");
    }

    #[test]
    fn another_text_is_refused() {
        let notes = file("notes-other", NOTE);
        let texts = file("texts-other", r#"{"id":"r","text":"قصفت طائرة القرية أمس."}"#);
        let error = read(std::slice::from_ref(&notes), std::slice::from_ref(&texts)).expect_err("another text");
        assert!(error.to_string().contains("not the annotated one"), "{error}");
        let missing = read(std::slice::from_ref(&notes), &[]).expect_err("no text");
        assert!(missing.to_string().contains("--texts"), "{missing}");
        fs::remove_file(notes).and_then(|()| fs::remove_file(texts)).expect("cleaned up");
    }
}
