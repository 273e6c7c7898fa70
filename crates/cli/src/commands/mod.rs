//! The commands, one module each.

pub(crate) mod code;
pub(crate) mod codebook;
pub(crate) mod completions;
pub(crate) mod dates;
pub(crate) mod evaluate;
pub(crate) mod explain;
pub(crate) mod gazetteer;
pub(crate) mod places;

mod lines;
