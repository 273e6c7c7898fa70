//! A web page.

use maydani_core::report::Report;

use crate::error::Fault;
use crate::options::Options;

/// The report of a page; `url` is where it came from, when known.
pub(crate) fn page(_html: &str, _url: Option<&str>, _options: &Options) -> Result<Report, Fault> {
    Err(Fault::NoReport)
}
