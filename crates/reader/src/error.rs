//! What can be wrong with an input: what, where, and what to do.

use std::fmt;
use std::io;

/// One fault of an input. The reports around it are read all the same.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {fault}")]
pub struct ReadError {
    /// Where.
    pub place: Place,
    /// What, and what to do.
    #[source]
    pub fault: Fault,
}

/// A place in an input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file's path, or `(stdin)`.
    pub source: String,
    /// Line, from 1.
    pub line: Option<u64>,
    /// Column in bytes, from 1.
    pub column: Option<usize>,
}

impl Place {
    /// A source as a whole.
    pub(crate) fn of(source: &str) -> Self {
        Self { source: source.to_owned(), line: None, column: None }
    }

    /// A line of a source.
    pub(crate) fn line(source: &str, line: u64) -> Self {
        Self { source: source.to_owned(), line: Some(line), column: None }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ":{column}")?;
        }
        Ok(())
    }
}

/// What is wrong with an input.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The file or folder is not there or not open to us.
    #[error("cannot be opened ({0}); check the path and the right to read it")]
    Open(#[source] io::Error),
    /// The bytes end too early or cannot be unpacked.
    #[error("reading broke off ({0}); what stands before was read, fetch the file again for the rest")]
    BrokenOff(#[source] io::Error),
    /// No bytes, or only blanks.
    #[error("is empty; give a file with a report in it")]
    Empty,
    /// A folder without a file.
    #[error("is a folder without files; give files or a folder that holds some")]
    EmptyFolder,
    /// Bytes that are no text.
    #[error("holds {0}, no text; give text, HTML, JSON Lines, or these packed with gzip, xz or zstd")]
    Binary(&'static str),
    /// A line above [`crate::Limits::line`].
    #[error("the line is longer than {0} MiB and was left out; split it into one report a line")]
    LongLine(usize),
    /// A document above [`crate::Limits::document`].
    #[error("the document is larger than {0} MiB and was left out; split it into its reports")]
    LargeDocument(usize),
    /// A JSON value that ends before it is complete.
    #[error("the JSON ends too early; complete the line or remove it, the other lines were read")]
    TruncatedJson,
    /// No JSON, or not of the form of a report.
    #[error("{0}; write one object with a «text» a line, the other lines were read")]
    Json(String),
    /// A page that is built to exhaust whoever reads it.
    #[error("the page {0}, more than any report needs, and was left out; give the text of its report")]
    Overgrown(&'static str),
    /// XML that cannot be followed.
    #[error("the XML is broken ({0}); fetch the feed again, the items before were read")]
    Xml(String),
    /// A feed or sitemap whose items name neither headline nor text.
    #[error("its items have neither headline nor text; fetch the pages that it lists")]
    NoHeadlines,
    /// A table that cannot be followed.
    #[error("{0}; write the row anew or remove it, the other rows were read")]
    Table(String),
    /// A web archive record that cannot be followed.
    #[error("the record is broken ({0}); fetch the archive again, the records before were read")]
    Warc(&'static str),
    /// A page or text in which nothing is left beside its furniture.
    #[error("no report was found on the page; give the page of one report, or its text")]
    NoReport,
}

/// MiB, rounded up, for messages.
pub(crate) fn mebibytes(bytes: usize) -> usize {
    bytes.div_ceil(1 << 20)
}
