//! Writes records as tables, JSON Lines, CSV, GeoJSON and ACLED's columns.
//!
//! One module a format. A format is pure: it turns one record into text, so that records can be
//! written by many threads and joined in order by one.

pub mod acled;
pub mod cells;
pub mod countries;
pub mod csv;
pub mod geojson;
pub mod jsonl;
pub mod table;

use maydani_core::Record;

pub use acled::{AcledCsv, Party, PartyKind};
pub use csv::Csv;
pub use geojson::GeoJson;
pub use jsonl::Jsonl;
pub use table::Table;

/// A way to write records: what stands before, between and after them.
///
/// The whole output is `open`, then the non-empty texts of `record` joined by `between`, then
/// `close`; it is well-formed after any number of records.
pub trait Format: Send + Sync {
    /// Stands before the first record.
    fn open(&self) -> String {
        String::new()
    }

    /// One record; empty where the format has nothing to say about it (no event, no row).
    fn record(&self, record: &Record) -> String;

    /// Stands between two non-empty records.
    fn between(&self) -> &'static str {
        ""
    }

    /// Stands after the last record.
    fn close(&self) -> &'static str {
        ""
    }
}
