//! `maydani dates`: the time expressions of lines of text.

use anyhow::Context;
use jiff::civil::Date;
use maydani_core::days::{Lexicon, Mode, expressions};
use maydani_text::Text;
use serde_json::{Value, json};

use crate::args::DatesArgs;
use crate::commands::lines;
use crate::exit::Outcome;
use crate::knowledge::KnowledgeError;

pub(crate) fn run(args: &DatesArgs) -> anyhow::Result<Outcome> {
    let lexicon = Lexicon::builtin().map_err(|fault| KnowledgeError(fault.to_string()))?;
    let published: Option<Date> = args.published.as_deref().map(str::parse).transpose().context("--published")?;
    let mode = if args.news { Mode::News } else { Mode::Everything };
    lines::each(args.input.as_deref(), "expressions", |line| find(line, published, &lexicon, mode))
}

fn find(line: &str, published: Option<Date>, lexicon: &Lexicon, mode: Mode) -> Vec<Value> {
    let text = Text::new(line);
    let mut counted = lines::Counted::new(line);
    let found = expressions(&text, published, lexicon, mode);
    let found = found.into_iter().map(|expression| {
        let (start, end) = (counted.points(expression.span.start), counted.points(expression.span.end));
        json!({
            "start": start,
            "end": end,
            "text": text.slice(expression.span),
            "start_day": expression.start.map(|day| day.to_string()),
            "end_day": expression.end.map(|day| day.to_string()),
        })
    });
    found.collect()
}
