//! Reports from files, folders and standard input.

use std::io::{IsTerminal, stdin};
use std::path::PathBuf;

use maydani_core::Report;

use crate::args::AboutArgs;

/// A stream of reports; a fault is told in its turn, and the stream goes on behind it.
pub(crate) type Reports = Box<dyn Iterator<Item = Result<Report, String>> + Send>;

/// The reports of the inputs, in order; `about` fills what they do not say themselves.
pub(crate) fn reports(inputs: &[PathBuf], about: &AboutArgs) -> anyhow::Result<Reports> {
    if inputs.is_empty() && stdin().is_terminal() {
        anyhow::bail!("nothing to read: give files or folders, or pipe reports in (see `maydani code --help`)");
    }
    let (published, outlet) = (about.published.clone(), about.outlet.clone());
    let fill = move |report: Report| Report {
        published: report.published.or_else(|| published.clone()),
        outlet: report.outlet.or_else(|| outlet.clone()),
        ..report
    };
    Ok(Box::new(read(inputs).map(move |report| report.map(&fill))))
}

fn read(inputs: &[PathBuf]) -> impl Iterator<Item = Result<Report, String>> + Send + use<> {
    let inputs = inputs.to_vec();
    inputs.into_iter().map(|path| Err(format!("{}: this build holds no reader yet", path.display())))
}

/// Whether a run reads more than one report for certain or perhaps, so that progress is worth telling.
pub(crate) fn many(inputs: &[PathBuf]) -> bool {
    let single = |path: &PathBuf| path.is_file() && path.extension().is_some_and(|ext| ext == "txt" || ext == "html");
    inputs.len() != 1 || !inputs.iter().all(single)
}
