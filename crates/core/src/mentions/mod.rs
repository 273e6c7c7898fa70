//! What a report mentions.

pub mod places;
