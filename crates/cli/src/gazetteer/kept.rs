//! Places kept for every later run, in the user's data folder.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::Context;

/// Where they lie: `$MAYDANI_DATA`, else `$XDG_DATA_HOME/maydani`, else `~/.local/share/maydani`.
pub(crate) fn folder() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let data = set("MAYDANI_DATA")
        .or_else(|| set("XDG_DATA_HOME").map(|data| data.join("maydani")))
        .or_else(|| set("HOME").map(|home| home.join(".local/share/maydani")))?;
    Some(data.join("gazetteer"))
}

/// The kept files, sorted by name; none where nothing was added yet.
pub(crate) fn files() -> Vec<PathBuf> {
    folder().filter(|folder| folder.is_dir()).and_then(|folder| super::files(&folder).ok()).unwrap_or_default()
}

/// Keeps places under a name; what was kept under it before is replaced whole or not at all.
pub(crate) fn keep(name: &str, text: &str) -> anyhow::Result<PathBuf> {
    let folder = folder().context("no folder to keep places in: set HOME or MAYDANI_DATA")?;
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let (file, unfinished) = (folder.join(format!("{name}.txt")), folder.join(format!(".{name}.unfinished")));
    fs::write(&unfinished, text).with_context(|| unfinished.display().to_string())?;
    fs::rename(&unfinished, &file).with_context(|| file.display().to_string())?;
    Ok(file)
}
