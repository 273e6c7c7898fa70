//! `maydani export`: the archive's incidents or events for other programs.

use std::io::{BufWriter, Write, stdout};

use maydani_archive::{ArchiveError, Filter};
use maydani_formats::{AcledCsv, Csv, Format, GeoJson, Jsonl};

use super::archive_maintain::existing;
use crate::archive_args::{ExportArgs, ExportFormat};
use crate::exit::Outcome;
use crate::knowledge::Knowledge;

/// Rows of one query.
const PAGE: usize = 1000;

pub(crate) fn run(args: &ExportArgs, archive: &str) -> anyhow::Result<Outcome> {
    let mut archive = existing(archive)?;
    // An export is whole unless a limit is given: the default limit is one for people who look on.
    let limited = std::env::args().any(|argument| argument == "--limit" || argument.starts_with("--limit="));
    let filter = Filter { limit: if limited { args.filter.limit } else { usize::MAX >> 1 }, ..args.filter.filter() };
    let mut out = BufWriter::new(stdout().lock());
    let knowledge;
    let format: Box<dyn Format> = match args.format {
        ExportFormat::IncidentsJsonl => {
            let mut failed = None;
            archive
                .export_incidents(&filter, &mut |line| {
                    let written = serde_json::to_writer(&mut out, line)
                        .map_err(std::io::Error::from)
                        .and_then(|()| out.write_all(b"\n"));
                    written.map_err(|error| {
                        let said = ArchiveError::Damaged(error.to_string());
                        failed = Some(error);
                        said
                    })
                })
                .or_else(|error| failed.take().map_or(Err(anyhow::Error::from(error)), |error| Err(error.into())))?;
            out.flush()?;
            return Ok(Outcome::Done);
        }
        ExportFormat::Jsonl => Box::new(Jsonl { why: false }),
        ExportFormat::Csv => Box::new(Csv),
        ExportFormat::Geojson => Box::new(GeoJson),
        ExportFormat::AcledCsv => {
            knowledge = Knowledge::load(&args.knowledge)?;
            Box::new(AcledCsv { party: |key: &str| knowledge.party(key) })
        }
    };
    out.write_all(format.open().as_bytes())?;
    let mut any = false;
    let mut left = filter.limit;
    let mut offset = filter.offset;
    while left > 0 {
        let page = Filter { limit: left.min(PAGE), offset, ..filter.clone() };
        let (records, events) = archive.records(&page)?;
        if events == 0 {
            break;
        }
        for record in &records {
            let text = format.record(record);
            if text.is_empty() {
                continue;
            }
            if any {
                out.write_all(format.between().as_bytes())?;
            }
            any = true;
            out.write_all(text.as_bytes())?;
        }
        offset += events;
        left -= events.min(left);
    }
    out.write_all(format.close().as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}
