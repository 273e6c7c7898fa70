//! Links events of different reports into incidents, and says why.
//!
//! Pure: no I/O, clock, network or globals. A report is turned into [`Facts`] once; pairs of facts
//! are [`compare`](Weights::compare)d by the weights of `codebook/linking.tsv`; [`cluster`] makes
//! groups of the pairs and of an analyst's decisions. The outcome depends on the events and the
//! decisions alone, never on the order in which they came.

pub mod affiliation;
pub mod cluster;
pub mod compare;
pub mod control;
pub mod day;
pub mod distance;
pub mod facts;
pub mod independence;
pub mod keys;
pub mod near_duplicates;
mod news;
pub mod summary;
pub mod weights;

pub use cluster::{Decided, Link, cluster};
pub use compare::{Comparison, Reason};
pub use facts::{Facts, PlaceFacts};
pub use near_duplicates::Sketch;
pub use weights::{Weights, WeightsError};
