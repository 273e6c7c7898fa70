//! What can go wrong.

use thiserror::Error;

/// What can go wrong with an archive.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// The store cannot be opened.
    #[error("{location}: cannot be opened as an archive: {what}")]
    Open {
        /// File or address, without a password.
        location: String,
        /// The cause.
        what: String,
    },
    /// The archive was written by a newer program.
    #[error(
        "{location}: written by a newer version of maydani (layout {found}, this program knows {known}); update maydani"
    )]
    Newer {
        /// File or address, without a password.
        location: String,
        /// Its layout.
        found: usize,
        /// The newest that this program knows.
        known: usize,
    },
    /// A statement failed.
    #[error("archive: {what} (in: {sql})")]
    Statement {
        /// The cause.
        what: String,
        /// The statement, shortened.
        sql: String,
    },
    /// A stored value is not what it should be.
    #[error("archive: {0}; run `maydani archive check`")]
    Damaged(String),
    /// An incident, report, event or decision that the archive does not hold.
    #[error("{what} `{id}` is not in the archive; `maydani {}` lists them", if *what == "decision" { "decide list" } else { "incidents" })]
    Unknown {
        /// What was looked for.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// A decision that makes no sense.
    #[error("{0}")]
    Decision(String),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: String,
        /// The cause.
        source: std::io::Error,
    },
    /// The weights of linking are at fault.
    #[error(transparent)]
    Weights(#[from] maydani_linking::WeightsError),
}

impl ArchiveError {
    pub(crate) fn json(what: &str, error: &serde_json::Error) -> Self {
        Self::Damaged(format!("{what}: {error}"))
    }
}
