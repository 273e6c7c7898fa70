//! Keeps reports, codings, incidents and reviews: SQLite in one file, or PostgreSQL for teams.
//!
//! One SQL for both ([`store`]); what differs (full-text search, boxes on the map, migrations) stands
//! in the file of each. Everything is written in transactions: what was reported as stored is stored.
//! The clock is passed in.

mod archive;
mod claims;
mod control;
mod decisions;
mod error;
mod export;
mod filter;
mod incidents;
mod ingest;
mod link;
mod maintain;
mod recode;
mod search;
pub mod store;
mod watched;

pub use archive::Archive;
pub use claims::{Claim, Claims, Field, Summary};
pub use control::{ControlClaim, Held, PlaceControl};
pub use decisions::{Anchor, Decision, Made, STATES};
pub use error::ArchiveError;
pub use export::IncidentLine;
pub use filter::{Filter, Near};
pub use incidents::{Incident, Member};
pub use ingest::{Ingested, ReportKey};
pub use link::Linked;
pub use maintain::{Fault, Stats};
pub use recode::{Change, Recoded};
pub use search::Hit;
pub use watched::Watched;
