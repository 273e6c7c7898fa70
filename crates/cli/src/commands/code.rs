//! `maydani code`: reports in, events out.

use std::collections::BTreeMap;
use std::io::{IsTerminal, stdout};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::available_parallelism;

use jiff::civil::Date;
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
    language: String,
    /// What of the report could not be used.
    fault: Option<String>,
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
    let mut languages: BTreeMap<String, u64> = BTreeMap::new();
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
                    *languages.entry(coded.language).or_default() += 1;
                    if let Some(fault) = coded.fault {
                        faults += 1;
                        progress.say(&format!("maydani: {fault}"));
                    }
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
    let arabic = languages.remove(ARABIC).is_some();
    if !languages.is_empty() {
        let (count, tags): (u64, Vec<&str>) =
            (languages.values().sum(), languages.keys().map(String::as_str).collect());
        let are = if count == 1 { "report is" } else { "reports are" };
        eprintln!("maydani: {count} {are} not in Arabic ({}): no events", tags.join(", "));
    }
    // A stray report in another language is no fault of an input; an input without Arabic is.
    let all_foreign = !arabic && !languages.is_empty();
    Ok(if faults == 0 && !all_foreign { Outcome::Done } else { Outcome::SomeInputFailed })
}

/// The language that is coded.
const ARABIC: &str = "ar";

fn read(report: Result<Unread, InputError>) -> Result<Report, InputError> {
    Ok(report?.read()?)
}

/// Codes one report. A defect of the coder that one report brings to light must not cost the others.
fn code(knowledge: &Knowledge, format: &dyn Format, report: &Report) -> Result<Coded, String> {
    let coded = catch_unwind(AssertUnwindSafe(|| {
        let record = knowledge.code(report);
        let text = format.record(&record);
        Coded { text, events: record.events.len(), language: record.report.language, fault: undated(report) }
    }));
    coded.map_err(|_| {
        let which = which(report);
        format!("report {which}: not coded, because of a defect in Maydani; please report it with the text")
    })
}

/// A day of publication that cannot be read leaves «yesterday» without a day: that must not go untold.
fn undated(report: &Report) -> Option<String> {
    let day = report.published.as_deref().filter(|day| day.get(..10).is_none_or(|day| day.parse::<Date>().is_err()))?;
    Some(format!(
        "report {}: its day of publication, «{day}», cannot be read, so its relative days stay open; write it as 2018-10-30",
        which(report)
    ))
}

/// The report's id, else how it begins.
fn which(report: &Report) -> String {
    report.id.clone().unwrap_or_else(|| report.text.chars().take(40).collect())
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
