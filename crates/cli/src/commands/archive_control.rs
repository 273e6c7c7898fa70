//! `maydani control`: who is said to hold places.

use jiff::Timestamp;
use maydani_archive::{Held, PlaceControl};
use serde::Serialize;

use super::archive_maintain::existing;
use super::archive_rows::{Rows, or_dash, write};
use crate::archive_args::ControlArgs;
use crate::exit::Outcome;

pub(crate) fn run(args: &ControlArgs, archive: &str) -> anyhow::Result<Outcome> {
    let mut archive = existing(archive)?;
    let today = || maydani_linking::day::parse(&Timestamp::now().to_string()).unwrap_or_default();
    let found = archive.control(&args.filter.filter(), args.at.unwrap_or_else(today))?;
    let rows: Vec<Row> = found.iter().flat_map(rows).collect();
    write(&rows, args.format)?;
    Ok(Outcome::Done)
}

/// One stretch of one place.
#[derive(Serialize)]
struct Row<'a> {
    place: Option<&'a str>,
    name: &'a str,
    name_ar: &'a str,
    country: Option<&'a str>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    #[serde(flatten)]
    held: &'a Held,
}

fn rows(place: &PlaceControl) -> Vec<Row<'_>> {
    let row = |held| Row {
        place: place.place.as_deref(),
        name: &place.name,
        name_ar: &place.name_ar,
        country: place.country.as_deref(),
        latitude: place.latitude,
        longitude: place.longitude,
        held,
    };
    place.timeline.iter().map(row).collect()
}

/// How many claims, and how many of them are statements: «3 (1 stated)».
fn claims(held: &Held) -> String {
    let stated = held.claims.iter().filter(|claim| claim.statement.is_some()).count();
    match (held.claims.len(), stated) {
        (all, 0) => all.to_string(),
        (all, stated) => format!("{all} ({stated} stated)"),
    }
}

impl Rows for Row<'_> {
    const HEADS: &'static [&'static str] = &["PLACE", "HOLDER", "FROM", "UNTIL", "STANDING", "CLAIMS", "SAID BY"];

    fn cells(&self) -> (Vec<String>, Option<String>) {
        let standing = serde_json::to_value(self.held.standing)
            .ok()
            .and_then(|value| value.as_str().map(|text| text.replace('_', " ")));
        let mut sources: Vec<&str> =
            self.held.claims.iter().filter_map(|claim| claim.source.as_deref().or(claim.outlet.as_deref())).collect();
        sources.sort_unstable();
        sources.dedup();
        let cells = vec![
            format!("{} {}", self.name, self.country.unwrap_or_default()).trim_end().to_owned(),
            self.held.holders.join(" / "),
            self.held.from.clone(),
            or_dash(self.held.until.as_deref()),
            standing.unwrap_or_default(),
            claims(self.held),
            sources.join(", "),
        ];
        (cells, self.held.claims.first().map(|claim| claim.passage.clone()))
    }

    fn point(&self) -> Option<(f64, f64)> {
        self.latitude.zip(self.longitude)
    }
}
