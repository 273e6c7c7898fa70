//! `maydani places`: the places of lines of text.

use maydani_core::mentions::places::Setting;

use crate::args::PlacesArgs;
use crate::commands::lines;
use crate::exit::Outcome;
use crate::knowledge;

pub(crate) fn run(args: &PlacesArgs) -> anyhow::Result<Outcome> {
    let places = knowledge::places(&args.knowledge)?;
    lines::each(args.input.as_deref(), "places", |line| places.read(line, Setting::default()))
}
