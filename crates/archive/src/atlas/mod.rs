//! What the list, the map and the timeline show of all incidents, held in memory: a server answers from it
//! in a fraction of the time that SQL takes, whatever is asked. It is made anew when the archive has changed.

mod asked;
mod load;
mod texts;

use rustc_hash::FxHashMap;

use crate::filter::Filter;
use crate::incidents::Incident;
use crate::timeline::{self, Step, Timeline};
use texts::{Text, Texts};

/// Archives of more events are asked by SQL alone: 120,000 events in 100,000 incidents take 35 MiB.
pub(crate) const MOST_EVENTS: i64 = 1_000_000;

/// All incidents as the list, the map and the timeline show them, and of their events what filters ask.
#[derive(Debug, Default)]
pub struct Atlas {
    texts: Texts,
    incidents: Vec<Row>,
    /// As lists show them: by day, the newest first.
    events: Vec<Event>,
    /// The box around the places of each event, apart, so that a search for a piece of the map reads little.
    boxes: Vec<Hundredths>,
    /// Of the events in their order.
    places: Vec<Place>,
    actors: Vec<Text>,
    /// Pairs of country and province.
    provinces: Vec<(Text, Text)>,
}

/// An incident.
#[derive(Debug)]
struct Row {
    id: Box<str>,
    kind: Text,
    first_day: Option<Text>,
    last_day: Option<Text>,
    place: Option<Text>,
    place_ar: Option<Text>,
    country: Option<Text>,
    admin1: Option<Text>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    geo_precision: Option<i8>,
    events: u32,
    reports: u32,
    outlets: u32,
    sources: u32,
    killed_low: Option<u32>,
    killed_high: Option<u32>,
    confidence: f64,
    modality: Text,
    review: Text,
}

/// What filters ask of an event.
#[derive(Debug, Clone, Copy)]
struct Event {
    /// Its place among the incidents.
    incident: u32,
    day: i32,
    last_day: i32,
    /// Where its places and actors end; they begin where those of the event before end.
    places_end: u32,
    actors_end: u32,
    kind: Text,
    modality: Text,
    country: Option<Text>,
    /// Its place among the pairs.
    province: Option<u32>,
    source: Option<Text>,
    outlet: Option<Text>,
    confidence: f64,
    rejected: bool,
    background: bool,
}

/// A place that an event names.
#[derive(Debug, Clone, Copy)]
struct Place {
    id: Option<Text>,
    name: Text,
    name_en: Text,
    /// Degrees; of places that nobody located no number, which lies in no box.
    latitude: f64,
    longitude: f64,
}

/// A box, in hundredths of a degree: south, north, west, east.
#[derive(Debug, Clone, Copy)]
struct Hundredths([i16; 4]);

impl Atlas {
    /// Whether it can answer what a filter asks: it knows everything but the words of reports.
    #[must_use]
    pub fn knows(filter: &Filter) -> bool {
        filter.text.is_none()
    }

    /// Incidents that hold an event which fits the filter, newest first, as [`crate::Archive::incidents`] finds them.
    #[must_use]
    pub fn incidents(&self, filter: &Filter) -> Vec<Incident<&str>> {
        let wanted = filter.offset.saturating_add(filter.limit);
        let mut found = Vec::new();
        let mut met = 0;
        self.walk(filter, |row| {
            met += 1;
            if met > filter.offset && met <= wanted {
                found.push(self.incident(row));
            }
            met < wanted
        });
        found
    }

    /// Counts incidents as [`crate::Archive::timeline`] does.
    #[must_use]
    pub fn timeline(&self, filter: &Filter, step: Step) -> Timeline {
        let mut counts: FxHashMap<(Option<Text>, Text), i64> = FxHashMap::default();
        self.walk(filter, |row| {
            *counts.entry((row.first_day, row.kind)).or_default() += 1;
            true
        });
        let mut bins = timeline::Bins::new(step);
        for ((day, kind), count) in counts {
            bins.add(day.map(|day| self.texts.get(day)), self.texts.get(kind), count);
        }
        bins.done()
    }

    fn incident<'a>(&'a self, row: &'a Row) -> Incident<&'a str> {
        let text = |text: Text| self.texts.get(text);
        Incident {
            id: &row.id,
            sub_event_type: text(row.kind),
            first_day: row.first_day.map(text),
            last_day: row.last_day.map(text),
            place: row.place.map(text),
            place_ar: row.place_ar.map(text),
            country: row.country.map(text),
            admin1: row.admin1.map(text),
            latitude: row.latitude,
            longitude: row.longitude,
            geo_precision: row.geo_precision.map(i64::from),
            event_count: row.events.into(),
            report_count: row.reports.into(),
            outlet_count: row.outlets.into(),
            independent_sources: row.sources.into(),
            killed_low: row.killed_low.map(i64::from),
            killed_high: row.killed_high.map(i64::from),
            confidence: row.confidence,
            modality: text(row.modality),
            review: text(row.review),
        }
    }
}
