//! `maydani gazetteer`: places kept for every later run.

use crate::args::GazetteerArgs;
use crate::exit::Outcome;

pub(crate) fn run(_args: &GazetteerArgs) -> anyhow::Result<Outcome> {
    anyhow::bail!("not in this build yet: give places with --gazetteer FILE")
}
