//! Annotated reports (`annotations/README.md`).

use maydani_core::Report;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct GoldReport {
    pub(crate) id: String,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) text: String,
    pub(crate) events: Vec<GoldEvent>,
    /// Which event each event word tells of, where readers said so word by word.
    #[serde(skip)]
    pub(crate) words: Vec<GoldWord>,
}

/// What an event word tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tells {
    /// None of the report's events.
    Nothing,
    /// The event of this number.
    Event(usize),
    /// Several of them at once.
    Several,
}

/// An event word and what it tells of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GoldWord {
    /// Bytes of the report.
    pub(crate) at: (usize, usize),
    pub(crate) tells: Tells,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct GoldEvent {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) evidence: Vec<String>,
    pub(crate) trigger: String,
    pub(crate) modality: String,
    #[serde(default)]
    pub(crate) background: bool,
    pub(crate) actor1: Vec<GoldActor>,
    pub(crate) actor2: Vec<GoldActor>,
    pub(crate) places: Vec<GoldPlace>,
    pub(crate) date: Option<GoldDate>,
    #[serde(default)]
    pub(crate) tolls: Vec<GoldToll>,
    pub(crate) source: Option<GoldActor>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct GoldActor {
    pub(crate) surface: String,
    pub(crate) key: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct GoldPlace {
    pub(crate) surface: String,
    #[serde(default)]
    pub(crate) name_en: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct GoldDate {
    pub(crate) surface: String,
    pub(crate) start: Option<String>,
    pub(crate) end: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct GoldToll {
    pub(crate) kind: String,
    pub(crate) min: u32,
    pub(crate) max: Option<u32>,
    pub(crate) surface: String,
}

impl GoldReport {
    pub(crate) fn report(&self) -> Report {
        Report {
            id: Some(self.id.clone()),
            outlet: self.outlet.clone(),
            published: self.published.clone(),
            text: self.text.clone(),
            ..Report::default()
        }
    }
}
