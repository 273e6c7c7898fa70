//! What the caller knows that the input may not say, and how much one input may hold.

use std::sync::Arc;

use crate::tables::Tables;

/// Fills what an input does not give, and bounds it.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day or time of publication of reports that have none.
    pub published: Option<String>,
    /// The outlet of reports that name none.
    pub outlet: Option<String>,
    /// Bounds.
    pub limits: Limits,
    /// What is known of pages and tables.
    pub tables: Arc<Tables>,
}

impl Default for Options {
    fn default() -> Self {
        Self { published: None, outlet: None, limits: Limits::default(), tables: Tables::built_in() }
    }
}

/// How much one piece of an input may hold, so that memory stays bounded whatever comes.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes in one line of JSON Lines.
    pub line: usize,
    /// Bytes in one page, text or JSON object.
    pub document: usize,
    /// Bytes in one whole input, unpacked: for inputs from strangers, which may unpack to anything.
    pub input: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { line: 16 << 20, document: 16 << 20, input: u64::MAX }
    }
}
