//! The one door to what the coder knows: codebook, gazetteer, coder.

use std::fs;
use std::path::{Path, PathBuf};

use maydani_core::gazetteer::{Gazetteer, GazetteerError};
use maydani_core::mentions::places::Places;
use maydani_core::{Record, Report};
use maydani_formats::Party;

use crate::args::{EntryKind, KnowledgeArgs};
use crate::gazetteer::{files, kept};

/// The codebook or a gazetteer is at fault. Each line says where and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct KnowledgeError(pub(crate) String);

/// What the coder knows, ready for work.
pub(crate) struct Knowledge;

fn not_yet<T>() -> Result<T, KnowledgeError> {
    Err(KnowledgeError("this build holds no coder yet".to_owned()))
}

impl Knowledge {
    /// The built-in knowledge with the analyst's own entries and places.
    pub(crate) fn load(_args: &KnowledgeArgs) -> Result<Self, KnowledgeError> {
        not_yet()
    }

    /// Codes a report.
    pub(crate) fn code(&self, _report: &Report) -> Record {
        unreachable!("no knowledge can be loaded yet")
    }

    /// Codes a report, each value with its reason.
    pub(crate) fn explain(&self, _report: &Report) -> Record {
        unreachable!("no knowledge can be loaded yet")
    }

    /// What ACLED's columns need to know of a party.
    pub(crate) fn party(&self, _key: &str) -> Option<Party> {
        None
    }

    /// Entries that hold `text`: one a line, columns divided by tabs.
    pub(crate) fn list(&self, _what: EntryKind, _text: Option<&str>) -> Vec<String> {
        Vec::new()
    }
}

/// Every fault of the built-in data files, or of the files of a folder laid over them.
pub(crate) fn check(_dir: Option<&Path>) -> Result<Vec<String>, KnowledgeError> {
    not_yet()
}

/// The built-in gazetteer, with the kept places and those of files and folders.
pub(crate) fn gazetteer(paths: &[PathBuf]) -> anyhow::Result<Gazetteer> {
    let mut texts: Vec<(String, String)> = Vec::new();
    let mut add = |file: &Path| {
        let shown = file.display().to_string();
        let text = fs::read_to_string(file).map_err(|error| KnowledgeError(format!("{shown}: {error}")))?;
        texts.push((shown, text));
        Ok::<(), KnowledgeError>(())
    };
    for file in kept::files() {
        add(&file)?;
    }
    for path in paths {
        for file in files(path).map_err(|error| KnowledgeError(format!("{error:#}")))? {
            add(&file)?;
        }
    }
    let texts = texts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    Ok(Gazetteer::with_files(texts).map_err(|fault: GazetteerError| KnowledgeError(fault.to_string()))?)
}

/// What is known of places alone.
pub(crate) fn places(paths: &[PathBuf]) -> anyhow::Result<Places> {
    Ok(Places::new(gazetteer(paths)?))
}
