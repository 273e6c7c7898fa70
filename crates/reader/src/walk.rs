//! Files of a folder, in sorted order.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What is still to be opened, the next one last.
#[derive(Default)]
pub(crate) struct Walk {
    paths: Vec<PathBuf>,
}

/// A file to read, or a folder that cannot be.
pub(crate) enum Found {
    File(PathBuf),
    Unreadable(PathBuf, io::Error),
    EmptyFolder(PathBuf),
}

impl Walk {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { paths: vec![path] }
    }

    /// The next file. Folders are opened when their turn comes; hidden files and linked folders within
    /// a folder are passed over, so that no walk goes in circles.
    pub(crate) fn next(&mut self) -> Option<Found> {
        while let Some(path) = self.paths.pop() {
            if !path.is_dir() {
                return Some(Found::File(path));
            }
            match entries(&path) {
                Ok(entries) if entries.is_empty() => return Some(Found::EmptyFolder(path)),
                Ok(entries) => self.paths.extend(entries.into_iter().rev()),
                Err(error) => return Some(Found::Unreadable(path, error)),
            }
        }
        None
    }
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        let is_linked_folder = entry.file_type()?.is_symlink() && entry.path().is_dir();
        if !is_hidden && !is_linked_folder {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}
