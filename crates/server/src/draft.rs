//! Events as analysts write them: spans and keys; names, texts and types are filled in.

use maydani_core::Codebook;
use maydani_core::SubEventType;
use maydani_core::record::{
    ActorValue, DateValue, Event, Modality, Passage, PlaceKind, PlaceValue, Relay, SourceKind, SourceValue, Toll,
    TollKind,
};
use maydani_linking::day;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::answer::Fault;

/// Code points `start..end` of the report's text.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
pub(crate) struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The archive fills in the text.
    const fn passage(self) -> Passage {
        Passage { start: self.start, end: self.end, text: String::new() }
    }
}

/// An event, of which `sub_event_type` and `evidence` are needed.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Draft {
    #[schema(value_type = String)]
    sub_event_type: SubEventType,
    evidence: Vec<Span>,
    trigger: Option<Span>,
    #[schema(value_type = Option<String>)]
    modality: Option<Modality>,
    #[serde(default)]
    background: bool,
    #[serde(default)]
    actor1: Vec<DraftActor>,
    #[serde(default)]
    actor2: Vec<DraftActor>,
    #[serde(default)]
    places: Vec<DraftPlace>,
    date: Option<DraftDate>,
    #[serde(default)]
    tolls: Vec<DraftToll>,
    source: Option<DraftSource>,
    #[serde(default)]
    via: Vec<DraftRelay>,
}

/// A party by its key, or `other:English name`.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DraftActor {
    key: String,
    /// Of a key that another codebook knows.
    name: Option<String>,
    #[serde(default)]
    name_ar: String,
    start: u32,
    end: u32,
}

/// A place; what `/api/places` gives may be handed on as it is.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DraftPlace {
    name: String,
    #[serde(default)]
    name_ar: String,
    id: Option<String>,
    country: Option<String>,
    admin1: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    #[schema(value_type = Option<String>)]
    kind: Option<PlaceKind>,
    geo_precision: Option<u8>,
    start: u32,
    end: u32,
}

/// Days, as ISO writes them; absent where the words cannot be resolved.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DraftDate {
    start_day: Option<String>,
    end_day: Option<String>,
    start: u32,
    end: u32,
}

/// A toll; `max` absent: as many as `min`; `null`: or more.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DraftToll {
    #[schema(value_type = String)]
    kind: TollKind,
    of: Option<String>,
    min: u32,
    #[serde(default)]
    #[schema(value_type = Option<u32>)]
    max: Most,
    #[serde(default)]
    approximate: bool,
    source: Option<DraftSource>,
    start: u32,
    end: u32,
}

/// The highest number of a toll.
#[derive(Debug, Clone, Copy, Default)]
enum Most {
    /// Not given.
    #[default]
    AsLeast,
    /// `null`.
    Open,
    Number(u32),
}

impl<'de> Deserialize<'de> for Most {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|number| number.map_or(Self::Open, Self::Number))
    }
}

/// A source by its key, or `other:English name`.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DraftSource {
    key: String,
    /// Of a key that another codebook knows.
    name: Option<String>,
    #[schema(value_type = Option<String>)]
    kind: Option<SourceKind>,
    start: u32,
    end: u32,
}

/// An agency by its key, or `other:English name`.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DraftRelay {
    key: String,
    start: u32,
    end: u32,
}

impl Draft {
    /// The event that it describes; passages have no text yet.
    pub(crate) fn event(self, book: &Codebook) -> Result<Event, Fault> {
        let first = *self.evidence.first().ok_or_else(|| Fault::bad("`evidence`: an event needs a passage"))?;
        let actors =
            |actors: Vec<DraftActor>| actors.into_iter().map(|actor| actor.value(book)).collect::<Result<_, _>>();
        Ok(Event {
            id: String::new(),
            event_type: self.sub_event_type.event_type(),
            sub_event_type: self.sub_event_type,
            modality: self.modality.unwrap_or(Modality::Asserted),
            background: self.background,
            trigger: self.trigger.unwrap_or(first).passage(),
            evidence: self.evidence.into_iter().map(Span::passage).collect(),
            actor1: actors(self.actor1)?,
            actor2: actors(self.actor2)?,
            places: self.places.into_iter().map(DraftPlace::value).collect::<Result<_, _>>()?,
            date: self.date.map(DraftDate::value).transpose()?,
            tolls: self.tolls.into_iter().map(|toll| toll.value(book)).collect::<Result<_, _>>()?,
            source: self.source.map(|source| source.value(book)).transpose()?,
            via: self.via.into_iter().map(|relay| relay.value(book)).collect::<Result<_, _>>()?,
            confidence: 1.0,
            why: Vec::new(),
        })
    }
}

/// The English name of `other:…`, or that of a key which the codebook of then knew.
fn other<'k>(field: &str, key: &'k str, name: Option<&'k str>) -> Result<&'k str, Fault> {
    let named = |name: &&str| !name.is_empty() && name.len() <= 200;
    let is_key = !key.is_empty() && key.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_');
    let known = match key.strip_prefix("other:") {
        Some(name) => Some(name),
        None => name.filter(|_| is_key),
    };
    known.map(str::trim).filter(named).ok_or_else(|| {
        Fault::bad(format!(
            "`{field}`: `{key}` is no key of the codebook; write `other:English name` for what it does not know"
        ))
    })
}

impl DraftActor {
    fn value(self, book: &Codebook) -> Result<ActorValue, Fault> {
        let (name, name_ar) = match book.actor(&self.key) {
            Some(actor) => (actor.name.clone(), actor.name_ar.clone()),
            None => (other("actor", &self.key, self.name.as_deref())?.to_owned(), self.name_ar),
        };
        Ok(ActorValue { key: self.key, name, name_ar, passage: Span { start: self.start, end: self.end }.passage() })
    }
}

impl DraftPlace {
    fn value(self) -> Result<PlaceValue, Fault> {
        if self.name.trim().is_empty() {
            return Err(Fault::bad("`places`: a place needs a name"));
        }
        let fits = |value: Option<f64>, most: f64| value.is_none_or(|value| value.is_finite() && value.abs() <= most);
        if !fits(self.latitude, 90.0)
            || !fits(self.longitude, 180.0)
            || self.latitude.is_some() != self.longitude.is_some()
        {
            return Err(Fault::bad(format!("`places`: {}: degrees north and east, both or none", self.name)));
        }
        let kind = self.kind.unwrap_or(PlaceKind::Settlement);
        let usual = match kind {
            _ if self.latitude.is_none() => 0,
            PlaceKind::Country | PlaceKind::Governorate => 3,
            PlaceKind::Area | PlaceKind::District => 2,
            _ => 1,
        };
        Ok(PlaceValue {
            id: self.id,
            name: self.name,
            name_ar: self.name_ar,
            country: self.country,
            admin1: self.admin1,
            latitude: self.latitude,
            longitude: self.longitude,
            kind,
            geo_precision: self.geo_precision.filter(|precision| *precision <= 3).unwrap_or(usual),
            alternatives: Vec::new(),
            passage: Span { start: self.start, end: self.end }.passage(),
        })
    }
}

impl DraftDate {
    fn value(self) -> Result<DateValue, Fault> {
        let read = |text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => match day::parse(text).filter(|_| text.len() == 10) {
                Some(day) => Ok(Some(day)),
                None => Err(Fault::bad(format!("`date`: `{text}`: write a day as 2018-10-30"))),
            },
        };
        let start = read(&self.start_day)?;
        let end = read(&self.end_day)?.or(start);
        if start.is_none() && end.is_some() || start > end {
            return Err(Fault::bad("`date`: `start_day` comes first"));
        }
        let precision = start.zip(end).map(|(start, end)| match end - start {
            0 => 1,
            1..=6 => 2,
            _ => 3,
        });
        Ok(DateValue {
            start_day: start.map(day::iso),
            end_day: end.map(day::iso),
            time_precision: precision,
            passage: Span { start: self.start, end: self.end }.passage(),
        })
    }
}

impl DraftToll {
    fn value(self, book: &Codebook) -> Result<Toll, Fault> {
        let max = match self.max {
            Most::AsLeast => Some(self.min),
            Most::Open => None,
            Most::Number(number) => Some(number),
        };
        if max.is_some_and(|max| max < self.min) {
            return Err(Fault::bad("`tolls`: `max` is less than `min`"));
        }
        let of = self.of.unwrap_or_else(|| "unknown".to_owned());
        if of != "unknown" && book.actor(&of).is_none() {
            other("tolls", &of, Some(&of))?;
        }
        Ok(Toll {
            kind: self.kind,
            of,
            min: self.min,
            max,
            approximate: self.approximate,
            source: self.source.map(|source| source.value(book)).transpose()?,
            passage: Span { start: self.start, end: self.end }.passage(),
        })
    }
}

impl DraftSource {
    fn value(self, book: &Codebook) -> Result<SourceValue, Fault> {
        let (name, kind) = match (book.source(&self.key), book.actor(&self.key)) {
            (Some(source), _) => (source.name.clone(), source.kind),
            (None, Some(actor)) => (actor.name.clone(), self.kind.unwrap_or(SourceKind::Official)),
            (None, None) => (
                other("source", &self.key, self.name.as_deref())?.to_owned(),
                self.kind.unwrap_or(SourceKind::Anonymous),
            ),
        };
        Ok(SourceValue { key: self.key, name, kind, passage: Span { start: self.start, end: self.end }.passage() })
    }
}

impl DraftRelay {
    fn value(self, book: &Codebook) -> Result<Relay, Fault> {
        if book.source(&self.key).is_none() {
            other("via", &self.key, Some(&self.key))?;
        }
        Ok(Relay { key: self.key, passage: Span { start: self.start, end: self.end }.passage() })
    }
}
