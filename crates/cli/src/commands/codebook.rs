//! `maydani codebook`: what the coder knows, checked and listed.

use std::io::{Write, stdout};
use std::path::Path;

use crate::args::{CodebookArgs, CodebookCommand, EntryKind, KnowledgeArgs};
use crate::exit::Outcome;
use crate::knowledge::{self, Knowledge};

pub(crate) fn run(args: &CodebookArgs) -> anyhow::Result<Outcome> {
    match &args.command {
        CodebookCommand::Check { dir } => check(dir.as_deref()),
        CodebookCommand::List { what, text, codebook } => list(*what, text.as_deref(), codebook.as_deref()),
    }
}

fn check(dir: Option<&Path>) -> anyhow::Result<Outcome> {
    let faults = knowledge::check(dir)?;
    for fault in &faults {
        eprintln!("{fault}");
    }
    let what = dir.map_or_else(|| "built-in codebook".to_owned(), |dir| dir.display().to_string());
    let count = match faults.len() {
        0 => "no fault".to_owned(),
        1 => "1 fault".to_owned(),
        many => format!("{many} faults"),
    };
    writeln!(stdout(), "{what}: {count}")?;
    Ok(if faults.is_empty() { Outcome::Done } else { Outcome::KnowledgeAtFault })
}

fn list(what: EntryKind, text: Option<&str>, codebook: Option<&Path>) -> anyhow::Result<Outcome> {
    let knowledge = Knowledge::load(&KnowledgeArgs { gazetteer: Vec::new(), codebook: codebook.map(Path::to_owned) })?;
    let mut lines = knowledge.list(what, text).join("\n");
    if !lines.is_empty() {
        lines.push('\n');
    }
    stdout().lock().write_all(lines.as_bytes())?;
    Ok(Outcome::Done)
}
