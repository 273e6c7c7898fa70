//! Which event each event word of an annotated report tells of (`annotations/README.md`).
//!
//! Evidence holds an event's best passages alone; a word that tells of it again stands outside them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::gold::{GoldReport, GoldWord, Tells};

#[derive(Deserialize)]
struct Line {
    id: String,
    /// First and one past the last code point, and the event's number: −1 is none, −2 several.
    words: Vec<(usize, usize, i32)>,
}

/// Reads what the words of `reports` tell of; lines about other reports are passed over.
///
/// # Errors
/// A file that cannot be read, a line of another form, a word outside its text, an event that the report has not.
pub(crate) fn read(path: &Path, reports: &mut [GoldReport]) -> Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    for (at, report) in reports.iter().enumerate() {
        by_id.insert(report.id.clone(), at);
    }
    for (number, line) in text.lines().enumerate() {
        let place = || format!("{}:{}", path.display(), number + 1);
        let line: Line = serde_json::from_str(line).with_context(|| format!("{}: no words", place()))?;
        let Some(&at) = by_id.get(&line.id) else { continue };
        if !reports[at].words.is_empty() {
            bail!("{}: the words of report {} stand twice", place(), line.id);
        }
        let report = &mut reports[at];
        let starts: Vec<usize> =
            report.text.char_indices().map(|(at, _)| at).chain(std::iter::once(report.text.len())).collect();
        for (from, to, event) in line.words {
            let (Some(&start), Some(&end)) = (starts.get(from), starts.get(to)) else {
                bail!("{}: word {from}..{to} lies outside the text of report {}", place(), line.id)
            };
            if start >= end {
                bail!("{}: word {from}..{to} of report {} ends before it begins", place(), line.id);
            }
            let tells = match event {
                -1 => Tells::Nothing,
                -2 => Tells::Several,
                event => match usize::try_from(event) {
                    Ok(event) if event < report.events.len() => Tells::Event(event),
                    _ => bail!("{}: report {} has no event {event}", place(), line.id),
                },
            };
            report.words.push(GoldWord { at: (start, end), tells });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::gold::{GoldReport, Tells};

    fn report() -> GoldReport {
        let event = serde_json::json!({"type": "air_drone_strike", "trigger": "قصفت", "evidence": ["قصفت طائرة القرية"],
            "modality": "asserted", "actor1": [], "actor2": [], "places": [], "date": null, "source": null});
        let report = serde_json::json!({"id": "r", "outlet": null, "published": null,
            "text": "قصفت طائرة القرية. وقال شاهد إن القصف أخاف الناس.", "events": [event]});
        serde_json::from_value(report).expect("a report")
    }

    fn words(name: &str, text: &str) -> anyhow::Result<GoldReport> {
        let path = std::env::temp_dir().join(format!("maydani-words-{}-{name}.jsonl", std::process::id()));
        std::fs::write(&path, text)?;
        let mut reports = [report()];
        let read = read(&path, &mut reports);
        std::fs::remove_file(path)?;
        let [report] = reports;
        read.map(|()| report)
    }

    #[test]
    fn words_are_found_by_their_code_points() {
        let report = words("told", r#"{"id":"r","words":[[0,4,0],[32,37,0],[38,42,-1]]}"#).expect("words");
        let told: Vec<(&str, Tells)> =
            report.words.iter().map(|word| (&report.text[word.at.0..word.at.1], word.tells)).collect();
        assert_eq!(told, [("قصفت", Tells::Event(0)), ("القصف", Tells::Event(0)), ("أخاف", Tells::Nothing)]);
    }

    #[test]
    fn an_event_that_the_report_has_not_is_refused() {
        let error = words("wrong", "{\"id\":\"other\",\"words\":[]}\n{\"id\":\"r\",\"words\":[[0,4,1]]}\n")
            .expect_err("a fault");
        assert!(error.to_string().ends_with("jsonl:2: report r has no event 1"), "{error}");
        let error = words("outside", r#"{"id":"r","words":[[0,400,0]]}"#).expect_err("a fault");
        assert!(error.to_string().contains("outside the text"), "{error}");
        let error = words("backward", r#"{"id":"r","words":[[4,0,0]]}"#).expect_err("a fault");
        assert!(error.to_string().contains("ends before it begins"), "{error}");
        let twice = "{\"id\":\"r\",\"words\":[[0,4,0]]}\n".repeat(2);
        let error = words("twice", &twice).expect_err("a fault");
        assert!(error.to_string().contains("stand twice"), "{error}");
    }
}
