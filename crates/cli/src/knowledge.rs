//! The one door to what the coder knows: codebook, gazetteer, coder.

use std::path::Path;

use maydani_core::{Record, Report};
use maydani_formats::Party;
use serde_json::Value;

use crate::args::{EntryKind, KnowledgeArgs};

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

    /// The places of a text.
    pub(crate) fn places(&self, _text: &str) -> Vec<Value> {
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
