//! The commands, one module each.

pub(crate) mod archive_claims;
pub(crate) mod archive_control;
pub(crate) mod archive_decide;
pub(crate) mod archive_export;
pub(crate) mod archive_incidents;
pub(crate) mod archive_ingest;
pub(crate) mod archive_maintain;
pub(crate) mod archive_recode;
pub(crate) mod archive_rows;
pub(crate) mod archive_search;
pub(crate) mod code;
pub(crate) mod codebook;
pub(crate) mod completions;
pub(crate) mod dates;
pub(crate) mod evaluate;
pub(crate) mod explain;
pub(crate) mod gazetteer;
pub(crate) mod places;
pub(crate) mod serve;
pub(crate) mod user;
pub(crate) mod watch;

mod lines;
