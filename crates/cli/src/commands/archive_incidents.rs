//! `maydani incidents`: a list, or one with its reports and why they were linked.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _, stdout};

use maydani_archive::{Incident, Member};
use serde_json::json;

use super::archive_maintain::existing;
use super::archive_rows::{Rows, or_dash, write};
use crate::archive_args::{IncidentsArgs, RowFormat};
use crate::exit::Outcome;

pub(crate) fn run(args: &IncidentsArgs, archive: &str) -> anyhow::Result<Outcome> {
    let mut archive = existing(archive)?;
    let Some(id) = &args.incident else {
        write(&archive.incidents(&args.filter.filter())?, args.format)?;
        return Ok(Outcome::Done);
    };
    let (incident, members) = (archive.incident(id)?, archive.members(id)?);
    let for_people = args.format.map_or(stdout().is_terminal(), |format| format == RowFormat::Table);
    if for_people {
        write(&[incident], Some(RowFormat::Table))?;
        stdout().lock().write_all(shown(&members).as_bytes())?;
    } else if args.format.is_none_or(|format| format == RowFormat::Jsonl) {
        println!("{}", json!({"incident": incident, "members": members}));
    } else {
        write(&[incident], args.format)?;
    }
    Ok(Outcome::Done)
}

impl Rows for Incident {
    const HEADS: &'static [&'static str] =
        &["DAY", "EVENT", "WHERE", "KILLED", "REPORTS", "OUTLETS", "INDEPENDENT", "REVIEW", "INCIDENT"];

    fn cells(&self) -> (Vec<String>, Option<String>) {
        let killed = match (self.killed_low, self.killed_high) {
            (Some(low), Some(high)) if low != high => format!("{low}-{high}"),
            (Some(low), _) => low.to_string(),
            _ => "–".to_owned(),
        };
        let cells = vec![
            or_dash(self.first_day.as_deref()),
            self.sub_event_type.replace('_', " "),
            format!("{} {}", or_dash(self.place.as_deref()), self.country.as_deref().unwrap_or_default())
                .trim_end()
                .to_owned(),
            killed,
            self.report_count.to_string(),
            self.outlet_count.to_string(),
            self.independent_sources.to_string(),
            self.review.clone(),
            self.id.clone(),
        ];
        (cells, None)
    }

    fn point(&self) -> Option<(f64, f64)> {
        self.latitude.zip(self.longitude)
    }
}

fn shown(members: &[Member]) -> String {
    let mut out = String::new();
    for member in members {
        let _ = writeln!(
            out,
            "\n{}\n  {}  {}  source {}  text {}",
            member.event,
            or_dash(member.published.as_deref()),
            or_dash(member.outlet.as_deref()),
            member.source_group + 1,
            member.voice,
        );
        if let Some(passage) = member.coded.evidence.first() {
            let plain: String = passage.text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            let _ = writeln!(out, "  \u{2068}{plain}\u{2069}");
        }
        if let Some(other) = &member.linked_to {
            let reasons: Vec<String> = member
                .reasons
                .iter()
                .map(|reason| {
                    format!(
                        "{} {:+.1} \u{2068}{}\u{2069}",
                        reason.weight.replace('_', " "),
                        reason.points,
                        reason.detail
                    )
                })
                .collect();
            let _ = writeln!(out, "  linked to {other}: {}", reasons.join(", "));
        }
    }
    out
}
