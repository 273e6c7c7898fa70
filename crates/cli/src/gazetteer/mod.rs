//! Places beyond the built-in ones: files given with `--gazetteer`, files kept for every run, and
//! GeoNames' country files fetched.

pub(crate) mod fetch;
pub(crate) mod kept;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

/// The files that a path stands for: itself, or of a folder its `*.txt`, sorted by name.
pub(crate) fn files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).with_context(|| path.display().to_string())? {
        let file = entry.with_context(|| path.display().to_string())?.path();
        // GeoNames' own read-me bears the same ending.
        let named = file.extension().is_some_and(|ext| ext == "txt")
            && file.file_stem().is_some_and(|stem| !stem.eq_ignore_ascii_case("readme"));
        if named && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        anyhow::bail!("{}: no *.txt in this folder; give files in GeoNames' layout", path.display());
    }
    Ok(files)
}

/// Lines of GeoNames' layout that hold an Arabic letter, and how many: a place without an Arabic
/// name cannot be found in Arabic text, and every run would read it.
pub(crate) fn arabic(text: &str) -> (String, usize) {
    let letter = |letter: char| matches!(letter, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}');
    let lines: Vec<&str> = text.lines().filter(|line| line.contains(letter)).collect();
    let count = lines.len();
    (lines.into_iter().map(|line| format!("{line}\n")).collect(), count)
}
