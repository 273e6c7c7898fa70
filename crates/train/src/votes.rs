//! Sentences with votes on whether they tell of an event: the columns `id,accept,reject,total,label,text`.

use std::path::Path;

use anyhow::{Context, Result};
use maydani_core::{EventType, Report};
use serde::Deserialize;

/// One sentence.
pub(crate) struct Voted {
    /// The sentence as a report.
    pub(crate) report: Report,
    /// Whether the readers saw an event of `kinds` in it.
    pub(crate) told: bool,
    /// How much its label weighs.
    pub(crate) weight: f32,
    /// What the readers were asked for.
    pub(crate) kinds: &'static [EventType],
}

#[derive(Deserialize)]
struct Row {
    id: String,
    accept: u32,
    reject: u32,
    label: String,
    text: String,
}

const VIOLENCE: &[EventType] = &[EventType::Battles, EventType::Explosions, EventType::ViolenceAgainstCivilians];
const UNREST: &[EventType] = &[EventType::Protests, EventType::Riots];

/// Reads a file of votes; its name tells what was asked for.
pub(crate) fn read(path: &Path) -> Result<Vec<Voted>> {
    let kinds = if path.to_string_lossy().contains("protest") { UNREST } else { VIOLENCE };
    let mut out = Vec::new();
    let mut rows = csv::Reader::from_path(path).with_context(|| format!("cannot read {}", path.display()))?;
    for (number, row) in rows.deserialize::<Row>().enumerate() {
        let row = row.with_context(|| format!("{}: row {}", path.display(), number + 2))?;
        let told = match row.label.as_str() {
            "yes" => true,
            "easy no" | "difficult no" => false,
            _ if row.accept + row.reject >= 2 => row.accept > row.reject,
            _ => continue,
        };
        let weight = if matches!(row.label.as_str(), "yes" | "easy no" | "difficult no") { 1.0 } else { 0.5 };
        let published = row
            .id
            .rsplit('_')
            .next()
            .and_then(|day| Some(format!("{}-{}-{}", day.get(..4)?, day.get(4..6)?, day.get(6..8)?)));
        out.push(Voted {
            report: Report { id: Some(format!("{number}:{}", row.id)), published, text: row.text, ..Report::default() },
            told,
            weight,
            kinds,
        });
    }
    Ok(out)
}
