//! `maydani dates`: the time expressions of lines of text.

use crate::args::{DatesArgs, KnowledgeArgs};
use crate::commands::lines;
use crate::exit::Outcome;
use crate::knowledge::Knowledge;

pub(crate) fn run(args: &DatesArgs) -> anyhow::Result<Outcome> {
    let knowledge = Knowledge::load(&KnowledgeArgs { gazetteer: Vec::new(), codebook: args.codebook.clone() })?;
    lines::each(args.input.as_deref(), "expressions", |text| knowledge.dates(text, args.published.as_deref()))
}
