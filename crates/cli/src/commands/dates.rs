//! `maydani dates`: the time expressions of lines of text.

use anyhow::Context;
use jiff::civil::Date;
use maydani_core::days::{Lexicon, Mode, expressions};
use maydani_text::Text;
use serde::Serialize;

use crate::args::DatesArgs;
use crate::commands::lines;
use crate::exit::Outcome;
use crate::knowledge;

pub(crate) fn run(args: &DatesArgs) -> anyhow::Result<Outcome> {
    let lexicon = knowledge::days(&knowledge::own_files(args.codebook.as_deref())?)?;
    let published: Option<Date> = args.published.as_deref().map(str::parse).transpose().context("--published")?;
    let mode = if args.news { Mode::News } else { Mode::Everything };
    lines::each(args.input.as_deref(), "expressions", |line| find(line, published, &lexicon, mode))
}

/// An expression as it is written.
#[derive(Serialize)]
struct Found {
    start: usize,
    end: usize,
    text: String,
    start_day: Option<String>,
    end_day: Option<String>,
}

fn find(line: &str, published: Option<Date>, lexicon: &Lexicon, mode: Mode) -> Vec<Found> {
    let text = Text::new(line);
    let mut counted = lines::Counted::new(line);
    let found = expressions(&text, published, lexicon, mode).into_iter().map(|expression| Found {
        start: counted.points(expression.span.start),
        end: counted.points(expression.span.end),
        text: text.slice(expression.span).to_owned(),
        start_day: expression.start.map(|day| day.to_string()),
        end_day: expression.end.map(|day| day.to_string()),
    });
    found.collect()
}
