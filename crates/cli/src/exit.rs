//! How a run ended, as the shell sees it.

use std::io;
use std::process::ExitCode;

/// The exit codes, as `maydani --help` and `docs/COMMAND-LINE.md` list them.
pub(crate) const HELP: &str = "\
Exit codes:
  0    everything was done
  1    some input could not be read, or none of it is in Arabic; the rest was done, and each fault is
       told on standard error
  2    the command line was not understood
  3    the codebook or a gazetteer is at fault; nothing was coded
  130  stopped by Ctrl-C; what was written ends with a whole line";

/// How a command ended, when it ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was done.
    Done,
    /// Some input could not be read; the rest was done.
    SomeInputFailed,
    /// The codebook or a gazetteer is at fault.
    KnowledgeAtFault,
}

/// Says a failure on standard error and gives the exit code.
pub(crate) fn code(outcome: anyhow::Result<Outcome>) -> ExitCode {
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeInputFailed) => ExitCode::from(1),
        Ok(Outcome::KnowledgeAtFault) => ExitCode::from(3),
        // The reader of a pipe that has seen enough (`| head`) is no failure.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("maydani: {}", said(&error));
            let knowledge = error.is::<crate::knowledge::KnowledgeError>();
            ExitCode::from(if knowledge { 3 } else { 1 })
        }
    }
}

/// An error and its causes, each once: many errors name their cause already.
fn said(error: &anyhow::Error) -> String {
    error.chain().skip(1).fold(error.to_string(), |said, cause| {
        let cause = cause.to_string();
        if said.contains(&cause) { said } else { format!("{said}: {cause}") }
    })
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let source = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    source.is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
