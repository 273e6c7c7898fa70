//! `maydani explain`: how a report was coded, and why.

use std::io::stdout;

use maydani_formats::{Format, Jsonl};

use crate::args::{Colour, ExplainArgs, ExplainFormat};
use crate::exit::Outcome;
use crate::explain::{html, text};
use crate::input::Reports;
use crate::knowledge::Knowledge;
use crate::output::{Frame, Output};
use crate::screen;

pub(crate) fn run(args: &ExplainArgs, colour: Colour) -> anyhow::Result<Outcome> {
    let reports = Reports::open(std::slice::from_ref(&args.input), &args.about, &args.knowledge)?;
    let knowledge = Knowledge::load(&args.knowledge)?;
    let colour = screen::colour(colour);
    let close = if args.html { html::CLOSE } else { "" };
    let output = Output::new(Box::new(stdout()), Frame { between: "", close }, false);
    output.close_on_interrupt()?;
    if args.html {
        output.open(html::OPEN);
    }
    let mut outcome = Outcome::Done;
    for (at, report) in reports.enumerate() {
        match report {
            Ok(report) => {
                let record = knowledge.explain(&report);
                let shown = match (args.html, args.format) {
                    (true, _) => html::page(&record, at + 1),
                    (false, ExplainFormat::Text) => text::page(&record, colour),
                    (false, ExplainFormat::Jsonl) => Jsonl { why: true }.record(&record),
                };
                output.record(&shown)?;
            }
            Err(fault) => {
                eprintln!("maydani: {fault}");
                outcome = Outcome::SomeInputFailed;
            }
        }
    }
    output.close()?;
    Ok(outcome)
}
