//! Watches feeds, sitemaps and pages.
//!
//! `sources` reads what to watch, `desk` hands tasks to the threads that fetch, `rounds` keeps count of
//! what belongs to one poll of a source, and `run` codes and stores what comes in, on one thread.

mod desk;
mod entry;
mod rounds;
mod run;
mod sources;

pub(crate) use run::Watch;
pub(crate) use sources::Sources;
