//! `maydani evaluate`: how well reports were coded, against annotated ones.

use crate::args::EvaluateArgs;
use crate::exit::Outcome;

pub(crate) fn run(_args: &EvaluateArgs) -> anyhow::Result<Outcome> {
    anyhow::bail!("not in this build yet")
}
