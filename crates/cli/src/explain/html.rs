//! An explanation as a page of its own, right-to-left: no script, nothing fetched.

use maydani_core::Record;

/// Stands before the first report.
pub(crate) const OPEN: &str = "";
/// Stands after the last report.
pub(crate) const CLOSE: &str = "";

/// One report: its text with each coded passage marked, then its events with their reasons.
pub(crate) fn page(_record: &Record) -> String {
    String::new()
}
