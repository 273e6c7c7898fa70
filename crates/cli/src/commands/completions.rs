//! `maydani completions`: what a shell needs to complete commands and options.

use std::io::{Write, stdout};

use clap::CommandFactory;

use crate::args::{Arguments, CompletionsArgs};
use crate::exit::Outcome;

pub(crate) fn run(args: &CompletionsArgs) -> anyhow::Result<Outcome> {
    // Into memory first: the generator panics when a pipe closes.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Arguments::command(), "maydani", &mut script);
    stdout().lock().write_all(&script)?;
    Ok(Outcome::Done)
}
