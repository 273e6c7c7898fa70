//! Codes an Arabic report into events and claims that can be checked.
//!
//! Pure: no I/O, clock, network or globals. The same report and the same codebook give the same
//! record, on any machine, at any thread count.

pub mod analysis;
pub mod codebook;
pub mod coder;
pub mod days;
mod english_name;
pub mod event_type;
pub mod events;
pub mod furniture;
pub mod gazetteer;
pub mod language;
pub mod mentions;
pub mod passages;
mod reasons;
pub mod record;
pub mod report;
pub mod transcribe;

pub use codebook::Codebook;
pub use coder::Coder;
pub use event_type::{EventType, SubEventType};
pub use gazetteer::Gazetteer;
pub use record::Record;
pub use report::Report;
