//! `maydani evaluate`: how well reports were coded, against annotated ones.

use std::io::{Write, stdout};

use maydani_evaluate::{rows, score};

use crate::args::EvaluateArgs;
use crate::exit::Outcome;

pub(crate) fn run(args: &EvaluateArgs) -> anyhow::Result<Outcome> {
    let figures = score(&rows(&args.gold)?, &rows(&args.coded)?);
    let mut shown = String::new();
    if args.by_type {
        shown += &figures.kinds_text();
    }
    shown += &if args.json { figures.json() + "\n" } else { figures.text() };
    stdout().lock().write_all(shown.as_bytes())?;
    Ok(Outcome::Done)
}
