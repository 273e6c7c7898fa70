//! `maydani archive`: check, stats, backup, restore, relink.

use std::path::Path;

use anyhow::Context;
use maydani_archive::Archive;
use maydani_linking::Weights;

use crate::archive_args::{ArchiveArgs, ArchiveCommand};
use crate::exit::Outcome;

pub(crate) fn run(args: &ArchiveArgs, location: &str) -> anyhow::Result<Outcome> {
    match &args.command {
        ArchiveCommand::Check => return check(location),
        ArchiveCommand::Stats => println!("{}", serde_json::to_string_pretty(&existing(location)?.stats()?)?),
        ArchiveCommand::Backup { file } => existing(location)?.backup(file)?,
        ArchiveCommand::Restore { file } => Archive::restore(file, location)?,
        ArchiveCommand::Relink { weights } => {
            let mut archive = existing(location)?;
            if let Some(path) = weights {
                let tsv = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
                archive.set_weights(Weights::parse(&tsv)?);
            }
            let linked = archive.relink()?;
            eprintln!("{} events, {} pairs compared, {} incidents", linked.events, linked.compared, linked.incidents);
        }
    }
    Ok(Outcome::Done)
}

fn check(location: &str) -> anyhow::Result<Outcome> {
    let faults = existing(location)?.check()?;
    for fault in &faults {
        println!("{}", fault.what);
    }
    if faults.is_empty() {
        eprintln!("{location}: no fault");
        return Ok(Outcome::Done);
    }
    eprintln!("{location}: faults found; restore a backup, or report this with the lines above");
    Ok(Outcome::SomeInputFailed)
}

/// An archive that is there: looking at one must not make it.
pub(crate) fn existing(location: &str) -> anyhow::Result<Archive> {
    if !location.contains("://") && !Path::new(location).exists() {
        anyhow::bail!("{location}: no such archive; `maydani ingest` makes one, `--archive` names another");
    }
    Ok(Archive::open(location)?)
}
