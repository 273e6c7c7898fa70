//! Keeps reports, codings, incidents and reviews: SQLite in one file, or PostgreSQL for teams.
//!
//! One SQL for both ([`store`]); what differs (full-text search, boxes on the map, migrations) stands
//! in the file of each. Everything is written in transactions: what was reported as stored is stored.
//! The clock is passed in.

mod archive;
mod atlas;
mod claims;
mod control;
mod corrections;
mod decisions;
mod error;
mod export;
mod filter;
mod full_text;
mod incidents;
mod ingest;
mod link;
mod maintain;
mod overview;
mod people;
mod reading;
mod recode;
mod reports;
mod review;
mod search;
mod sources;
mod statements;
pub mod store;
mod stored_day;
mod timeline;
mod views;
mod watched;

pub use archive::Archive;
pub use atlas::Atlas;
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
pub use overview::{Counted, Overview};
pub use people::{NewToken, Role, Token, User};
pub use recode::{Change, Recoded};
pub use reports::{Related, Relation, ReportEvent, ReportView, Version};
pub use review::{Because, EventState, MOST_TO_REVIEW, ReportLine, ToReview};
pub use search::Hit;
pub use sources::{Fared, MOST_EVENTS, SourceCounts, Standing};
pub use timeline::{Bin, Step, Timeline};
pub use views::View;
pub use watched::Watched;
