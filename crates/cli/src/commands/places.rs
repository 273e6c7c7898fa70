//! `maydani places`: the places of lines of text.

use crate::args::PlacesArgs;
use crate::commands::lines;
use crate::exit::Outcome;
use crate::knowledge::Knowledge;

pub(crate) fn run(args: &PlacesArgs) -> anyhow::Result<Outcome> {
    let knowledge = Knowledge::load(&args.knowledge)?;
    lines::each(args.input.as_deref(), "places", |text| knowledge.places(text))
}
