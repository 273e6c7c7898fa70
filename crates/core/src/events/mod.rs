//! Events: who did what to whom, where, when, according to whom.
//!
//! Rules find the mentions and describe how they stand to each other; small linear models, learned
//! from annotated reports, weigh the descriptions.

mod agree;
mod among;
mod around;
mod attach;
pub mod crowd;
pub mod decide;
mod detect;
pub mod features;
mod figures;
pub mod gather;
pub mod holding;
mod join;
pub mod model;
mod pairs;
mod path;
pub mod same;
pub mod scene;
mod ties;
#[cfg(test)]
mod weight_file;
mod weight_table;
pub mod weights;

pub use pairs::may_mention;
