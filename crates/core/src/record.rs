//! The record that coding a report produces: one JSON object a report (`maydani/1`).
//!
//! Offsets count Unicode code points into the report's text, end exclusive, as in the W3C Web
//! Annotation model's `TextPositionSelector`.

use serde::{Deserialize, Serialize};

use crate::event_type::{EventType, SubEventType};

/// The name and version of the record's form.
pub const SCHEMA: &str = "maydani/1";

/// One coded report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The report as it was read.
    pub report: RecordReport,
    /// What it tells, in the order of the principal passages.
    pub events: Vec<Event>,
    /// Statements that somebody holds a place, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub control: Vec<ControlStatement>,
}

/// The report's own part of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordReport {
    /// The id given with the input, else a hash of the normalised text.
    pub id: String,
    /// Where it was published.
    pub url: Option<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The section word of the page.
    pub section: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Whether the headline, and so every event, was read from the address, since the page was saved
    /// without its article. Archives do not keep it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub title_from_url: bool,
    /// ISO day or time, or null when unknown.
    pub published: Option<String>,
    /// BCP 47 tag; events are coded for `ar` alone.
    pub language: String,
    /// Exactly the characters that the offsets count.
    pub text: String,
}

impl RecordReport {
    /// What a reader must know of where the text is from, where it is not the page's own.
    #[must_use]
    pub fn caution(&self) -> Option<&'static str> {
        self.title_from_url.then_some("headline read from the address: the page was saved without its article")
    }
}

/// A passage: code points `start..end` of the report's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The characters themselves.
    pub text: String,
}

/// One occurrence that the report states, denies or announces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Stable: the same input and the same codebook give the same id.
    pub id: String,
    /// The ACLED event type.
    pub event_type: EventType,
    /// The ACLED sub-event type, as the code used in files.
    pub sub_event_type: SubEventType,
    /// Whether it is said to have happened.
    pub modality: Modality,
    /// Only recalled: clearly older than the news told; so is all that ended more than 90 days before publication.
    pub background: bool,
    /// The words that name the event.
    pub trigger: Passage,
    /// The clauses that state it, the principal one first.
    pub evidence: Vec<Passage>,
    /// Who acts.
    pub actor1: Vec<ActorValue>,
    /// Whom it is done to.
    pub actor2: Vec<ActorValue>,
    /// Where.
    pub places: Vec<PlaceValue>,
    /// When; null when the report gives no expression for it.
    pub date: Option<DateValue>,
    /// The dead, wounded, taken, displaced.
    pub tolls: Vec<Toll>,
    /// Who says so; null when the outlet itself asserts it.
    pub source: Option<SourceValue>,
    /// The relays between that origin and the outlet.
    pub via: Vec<Relay>,
    /// Share of events like this one that are right, 0 to 1.
    pub confidence: f64,
    /// Why each value was coded: the codebook entry and the pattern. Kept for `explain`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Why>,
}

/// A statement that a party holds a place: a state, not the act of taking it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ControlStatement {
    /// Stable: the same input and the same codebook give the same id.
    pub id: String,
    /// The place.
    pub place: PlaceValue,
    /// Who is said to hold it; several hold it together.
    pub holder: Vec<ActorValue>,
    /// The passages that state it, the first one first.
    pub evidence: Vec<Passage>,
    /// «Since …», up to the day of publication; null when it is stated for that day alone.
    pub date: Option<DateValue>,
    /// Who says so; null when the outlet itself asserts it.
    pub source: Option<SourceValue>,
    /// The relays between that origin and the outlet.
    pub via: Vec<Relay>,
    /// Why each value was coded. Kept for `explain`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Why>,
}

/// Said to have happened, said not to have, or announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// Said to have happened.
    Asserted,
    /// A source says it did not happen.
    Denied,
    /// Ordered, threatened, announced, predicted, called for; not yet happened.
    Planned,
}

/// A party of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorValue {
    /// A key of `codebook/actors.tsv` or `other:English name`.
    pub key: String,
    /// English name.
    pub name: String,
    /// Arabic name.
    pub name_ar: String,
    /// The naming passage.
    #[serde(flatten)]
    pub passage: Passage,
}

/// A place of an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceValue {
    /// `geonames:…`, `maydani:…` or null when no gazetteer knows it.
    pub id: Option<String>,
    /// English name.
    pub name: String,
    /// Arabic name.
    pub name_ar: String,
    /// ISO 3166-1 alpha-2, or null when not known.
    pub country: Option<String>,
    /// Province, when known.
    pub admin1: Option<String>,
    /// Degrees north; null when unknown or when namesakes could not be told apart.
    pub latitude: Option<f64>,
    /// Degrees east; null as above.
    pub longitude: Option<f64>,
    /// What it is.
    pub kind: PlaceKind,
    /// 1 the place itself, 2 near or part of it, 3 province or wider, 0 not located.
    pub geo_precision: u8,
    /// Namesakes that the report does not rule out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<PlaceAlternative>,
    /// The naming passage.
    #[serde(flatten)]
    pub passage: Passage,
}

/// A namesake that the report does not rule out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceAlternative {
    /// Gazetteer id.
    pub id: String,
    /// English name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Province.
    pub admin1: Option<String>,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// Kinds of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// City, town, village.
    Settlement,
    /// Part of a town.
    Neighbourhood,
    /// Second-level division.
    District,
    /// First-level division.
    Governorate,
    /// Country.
    Country,
    /// Base, crossing, airport, hospital, camp, road.
    Site,
    /// Region, countryside, river bank.
    Area,
}

impl PlaceKind {
    /// A place that one can stand in, not a division or region around it.
    #[must_use]
    pub const fn is_specific(self) -> bool {
        matches!(self, Self::Settlement | Self::Site | Self::Neighbourhood)
    }
}

/// When, resolved against the day of publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateValue {
    /// ISO day; null where the expression cannot be resolved.
    pub start_day: Option<String>,
    /// ISO day, inclusive; null as above.
    pub end_day: Option<String>,
    /// ACLED: 1 the day, 2 within a week, 3 within a month or wider; null when unresolved.
    pub time_precision: Option<u8>,
    /// The expression.
    #[serde(flatten)]
    pub passage: Passage,
}

/// Harm or loss, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toll {
    /// What befell them.
    pub kind: TollKind,
    /// An actor key, `civilians` or `unknown`.
    pub of: String,
    /// Lowest number meant.
    pub min: u32,
    /// Highest number meant; null when open («more than»).
    pub max: Option<u32>,
    /// «About», «nearly».
    pub approximate: bool,
    /// Only where the toll has another source than the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceValue>,
    /// The counting passage.
    #[serde(flatten)]
    pub passage: Passage,
}

/// Kinds of toll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TollKind {
    /// Dead.
    Killed,
    /// Wounded.
    Wounded,
    /// Dead and wounded counted together.
    KilledOrWounded,
    /// Fighters taken.
    Captured,
    /// Taken by an authority.
    Arrested,
    /// Civilians taken by force.
    Abducted,
    /// Missing.
    Missing,
    /// Driven from home.
    Displaced,
    /// Gave themselves up.
    Surrendered,
}

/// Who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceValue {
    /// A key of the codebook or `other:English name`.
    pub key: String,
    /// English name.
    pub name: String,
    /// What kind of speaker.
    pub kind: SourceKind,
    /// The naming passage.
    #[serde(flatten)]
    pub passage: Passage,
}

/// Kinds of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A state, ministry, army.
    Official,
    /// An armed group.
    ArmedGroup,
    /// An outlet or its correspondent.
    Media,
    /// A monitor of human rights.
    Monitor,
    /// Aid or health.
    Aid,
    /// Eyewitnesses.
    Witness,
    /// Local people, activists.
    Local,
    /// Not named.
    Anonymous,
}

/// An outlet or agency through which a claim came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relay {
    /// A key of the codebook or `other:English name`.
    pub key: String,
    /// The naming passage.
    #[serde(flatten)]
    pub passage: Passage,
}

/// Why one value was coded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// Which value: `sub_event_type`, `actor1[0]`, `date` …
    pub field: String,
    /// The codebook entry, as `file:line`.
    pub entry: String,
    /// The pattern or feature that decided.
    pub pattern: String,
}
