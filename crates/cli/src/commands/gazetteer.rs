//! `maydani gazetteer`: places kept for every later run.

use std::fs;
use std::io::{Write, stdout};
use std::path::Path;

use anyhow::{Context, bail};
use maydani_core::gazetteer::Gazetteer;

use crate::args::{GazetteerArgs, GazetteerCommand};
use crate::exit::Outcome;
use crate::gazetteer::{arabic, fetch, files, kept};
use crate::knowledge::KnowledgeError;

pub(crate) fn run(args: &GazetteerArgs) -> anyhow::Result<Outcome> {
    match &args.command {
        GazetteerCommand::Install { countries, from } => {
            for country in countries {
                install(&country.to_uppercase(), from)?;
            }
        }
        GazetteerCommand::Add { files: paths } => {
            for path in paths {
                for file in files(path)? {
                    add(&file)?;
                }
            }
        }
        GazetteerCommand::List => list()?,
    }
    Ok(Outcome::Done)
}

fn install(country: &str, from: &str) -> anyhow::Result<()> {
    if country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_uppercase()) {
        bail!("`{country}` is no ISO country code; give two letters, as in SY");
    }
    let text = fetch::country(from, country)?;
    keep(country, &format!("{country}.txt"), &text)
}

fn add(file: &Path) -> anyhow::Result<()> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    if name.is_empty() || name.starts_with('.') {
        bail!("{}: give the file a name, as in places.txt", file.display());
    }
    keep(&name, &file.display().to_string(), &text)
}

/// Checks a file before it is kept: a faulty one would stop every later run.
fn keep(name: &str, shown: &str, text: &str) -> anyhow::Result<()> {
    Gazetteer::with_files([(shown, text)]).map_err(|fault| KnowledgeError(fault.to_string()))?;
    let (places, count) = arabic(text);
    if count == 0 {
        bail!("{shown}: no place with an Arabic name; expected GeoNames' layout (19 columns divided by tabs)");
    }
    let file = kept::keep(name, &places)?;
    writeln!(stdout(), "{name}: {count} places with an Arabic name, kept in {}", file.display())?;
    Ok(())
}

fn list() -> anyhow::Result<()> {
    for file in kept::files() {
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        writeln!(stdout(), "{}\t{} places", file.display(), text.lines().count())?;
    }
    Ok(())
}
