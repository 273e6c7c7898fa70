//! `maydani claims`: who says what, side by side.

use std::io::{IsTerminal, stdout};

use maydani_archive::Claim;

use super::archive_maintain::existing;
use super::archive_rows::{Rows, or_dash, write};
use crate::archive_args::{ClaimsArgs, RowFormat};
use crate::exit::Outcome;

pub(crate) fn run(args: &ClaimsArgs, archive: &str) -> anyhow::Result<Outcome> {
    let mut archive = existing(archive)?;
    let Some(incident) = &args.incident else {
        write(&archive.claims(&args.filter.filter())?, args.format)?;
        return Ok(Outcome::Done);
    };
    let claims = archive.claims_of(incident, args.rule)?;
    let for_people = args.format.map_or(stdout().is_terminal(), |format| format == RowFormat::Table);
    if args.format.is_none_or(|format| format == RowFormat::Jsonl) && !for_people {
        println!("{}", serde_json::to_string(&claims)?);
        return Ok(Outcome::Done);
    }
    write(&claims.claims, args.format)?;
    if for_people {
        println!();
        for summary in &claims.summary {
            println!(
                "{} {} (rule: {}; {} claims, {} values)",
                code(&summary.field),
                summary.value,
                code(&summary.rule),
                summary.claims,
                summary.values
            );
        }
    }
    Ok(Outcome::Done)
}

fn code<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

impl Rows for Claim {
    const HEADS: &'static [&'static str] =
        &["FIELD", "VALUE", "SAID BY", "STATE", "OUTLET", "PUBLISHED", "MODALITY", "SOURCE"];

    fn cells(&self) -> (Vec<String>, Option<String>) {
        let cells = vec![
            code(&self.field),
            self.value.clone(),
            or_dash(self.source_name.as_deref().filter(|name| !name.is_empty())),
            or_dash(self.source_affiliation.as_deref().or(self.outlet_affiliation.as_deref())),
            or_dash(self.outlet.as_deref()),
            or_dash(self.published.as_deref()),
            self.modality.clone(),
            (self.source_group + 1).to_string(),
        ];
        (cells, Some(self.passage.text.clone()))
    }
}
