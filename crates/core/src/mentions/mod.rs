//! What a report mentions: parties, places, counts, speakers, event words, statements of control (days have a room of
//! their own).

pub mod actors;
pub mod control;
pub mod numbers;
pub mod places;
pub mod sources;
pub mod tolls;
pub mod triggers;
