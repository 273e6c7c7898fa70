//! `maydani code`: reports in, events out.

use std::io::{IsTerminal, stdout};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::available_parallelism;

use maydani_core::Report;
use maydani_formats::{AcledCsv, Csv, Format, GeoJson, Jsonl, Table};
use maydani_reader::Unread;

use crate::args::{CodeArgs, Colour, FormatName};
use crate::exit::Outcome;
use crate::input::{InputError, Reports};
use crate::knowledge::Knowledge;
use crate::output::{Frame, Output};
use crate::progress::Progress;
use crate::{screen, workers};

/// One report's part of the output.
struct Coded {
    text: String,
    events: usize,
}

pub(crate) fn run(args: &CodeArgs, colour: Colour) -> anyhow::Result<Outcome> {
    let reports = Reports::open(&args.inputs, &args.about, &args.knowledge)?;
    let knowledge = Knowledge::load(&args.knowledge)?;
    let on_terminal = stdout().is_terminal();
    let name = args.format.unwrap_or(if on_terminal { FormatName::Table } else { FormatName::Jsonl });
    let format = format(name, &knowledge, colour);

    let frame = Frame { between: format.between(), close: format.close() };
    let output = Output::new(Box::new(stdout()), frame, on_terminal);
    output.close_on_interrupt()?;
    output.open(&format.open());

    let mut progress = Progress::new(&reports);
    let mut faults = 0_u64;
    workers::in_order(
        threads(args.threads),
        reports.unread(),
        |report| report.as_ref().map_or(0, Unread::size),
        |report| code(&knowledge, format.as_ref(), &read(report).map_err(|fault| fault.to_string())?),
        |coded| {
            match coded {
                Ok(coded) => {
                    progress.report(coded.events);
                    output.record(&coded.text)?;
                }
                Err(fault) => {
                    faults += 1;
                    progress.say(&format!("maydani: {fault}"));
                }
            }
            Ok::<(), anyhow::Error>(())
        },
    )?;
    output.close()?;
    drop(progress);
    Ok(if faults == 0 { Outcome::Done } else { Outcome::SomeInputFailed })
}

fn read(report: Result<Unread, InputError>) -> Result<Report, InputError> {
    Ok(report?.read()?)
}

/// Codes one report. A defect of the coder that one report brings to light must not cost the others.
fn code(knowledge: &Knowledge, format: &dyn Format, report: &Report) -> Result<Coded, String> {
    let coded = catch_unwind(AssertUnwindSafe(|| {
        let record = knowledge.code(report);
        Coded { text: format.record(&record), events: record.events.len() }
    }));
    coded.map_err(|_| {
        let start: String = report.text.chars().take(40).collect();
        let which = report.id.as_deref().unwrap_or(&start);
        format!("report {which}: not coded, because of a defect in Maydani; please report it with the text")
    })
}

fn format<'k>(name: FormatName, knowledge: &'k Knowledge, colour: Colour) -> Box<dyn Format + 'k> {
    match name {
        FormatName::Table => Box::new(Table { width: screen::width(), colour: screen::colour(colour) }),
        FormatName::Jsonl => Box::new(Jsonl { why: false }),
        FormatName::Csv => Box::new(Csv),
        FormatName::Geojson => Box::new(GeoJson),
        FormatName::AcledCsv => Box::new(AcledCsv { party: |key: &str| knowledge.party(key) }),
    }
}

/// So many threads as asked for, else one a core.
pub(crate) fn threads(asked: Option<u16>) -> NonZeroUsize {
    let asked = asked.and_then(|count| NonZeroUsize::new(usize::from(count)));
    asked.or_else(|| available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}
