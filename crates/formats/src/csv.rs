//! CSV: one row an event, several values in one cell divided by `; `.

use maydani_core::Record;
use maydani_core::record::{Event, Toll, TollKind};

use crate::Format;
use crate::cells::{code, join, maybe, row, text};

/// The columns, in order.
pub const COLUMNS: &[&str] = &[
    "report_id",
    "url",
    "outlet",
    "section",
    "title",
    "published",
    "event_id",
    "event_type",
    "sub_event_type",
    "modality",
    "background",
    "trigger",
    "evidence",
    "actor1",
    "actor1_key",
    "actor2",
    "actor2_key",
    "place",
    "place_id",
    "country",
    "admin1",
    "latitude",
    "longitude",
    "geo_precision",
    "start_day",
    "end_day",
    "time_precision",
    "date_text",
    "killed_min",
    "killed_max",
    "wounded_min",
    "wounded_max",
    "tolls",
    "source",
    "source_key",
    "source_kind",
    "via",
    "confidence",
];

/// Writes one row an event. Values of several places keep their order in every place column.
#[derive(Debug, Clone, Copy, Default)]
pub struct Csv;

impl Format for Csv {
    fn open(&self) -> String {
        row(COLUMNS)
    }

    fn record(&self, record: &Record) -> String {
        record.events.iter().map(|event| event_row(record, event)).collect()
    }
}

fn event_row(record: &Record, event: &Event) -> String {
    let report = &record.report;
    let optional = |value: &Option<String>| value.as_deref().map(text).unwrap_or_default();
    let date = event.date.as_ref();
    let (killed_min, killed_max) = total(&event.tolls, TollKind::Killed);
    let (wounded_min, wounded_max) = total(&event.tolls, TollKind::Wounded);
    row([
        text(&report.id),
        optional(&report.url),
        optional(&report.outlet),
        optional(&report.section),
        optional(&report.title),
        optional(&report.published),
        event.id.clone(),
        event.event_type.label().to_owned(),
        event.sub_event_type.code().to_owned(),
        code(event.modality),
        event.background.to_string(),
        text(&event.trigger.text),
        text(&join(event.evidence.iter().map(|passage| &passage.text))),
        text(&join(event.actor1.iter().map(|actor| &actor.name))),
        join(event.actor1.iter().map(|actor| &actor.key)),
        text(&join(event.actor2.iter().map(|actor| &actor.name))),
        join(event.actor2.iter().map(|actor| &actor.key)),
        text(&join(event.places.iter().map(|place| &place.name))),
        join(event.places.iter().map(|place| place.id.as_deref().unwrap_or_default())),
        join(event.places.iter().map(|place| place.country.as_deref().unwrap_or_default())),
        join(event.places.iter().map(|place| place.admin1.as_deref().unwrap_or_default())),
        join(event.places.iter().map(|place| maybe(place.latitude))),
        join(event.places.iter().map(|place| maybe(place.longitude))),
        join(event.places.iter().map(|place| place.geo_precision.to_string())),
        maybe(date.and_then(|date| date.start_day.clone())),
        maybe(date.and_then(|date| date.end_day.clone())),
        maybe(date.and_then(|date| date.time_precision)),
        date.map(|date| text(&date.passage.text)).unwrap_or_default(),
        killed_min,
        killed_max,
        wounded_min,
        wounded_max,
        text(&join(event.tolls.iter().map(toll_text))),
        event.source.as_ref().map(|source| text(&source.name)).unwrap_or_default(),
        event.source.as_ref().map(|source| source.key.clone()).unwrap_or_default(),
        event.source.as_ref().map(|source| code(source.kind)).unwrap_or_default(),
        text(&join(event.via.iter().map(|relay| &relay.passage.text))),
        format!("{:.2}", event.confidence),
    ])
}

/// `killed sdf 70` , `wounded civilians 2-5`, `killed unknown 20+`.
#[must_use]
pub fn toll_text(toll: &Toll) -> String {
    format!("{} {} {}", code(toll.kind), toll.of, range(toll.min, toll.max))
}

/// `70`, `2-5` or, without an upper end, `20+`.
#[must_use]
pub fn range(min: u32, max: Option<u32>) -> String {
    match max {
        Some(max) if max == min => min.to_string(),
        Some(max) => format!("{min}-{max}"),
        None => format!("{min}+"),
    }
}

/// Tolls of a kind added up; the upper end is empty where one of them is open, both where there is none.
fn total(tolls: &[Toll], kind: TollKind) -> (String, String) {
    let mut of_kind = tolls.iter().filter(|toll| toll.kind == kind).peekable();
    if of_kind.peek().is_none() {
        return (String::new(), String::new());
    }
    let (min, max) = of_kind.fold((0u64, Some(0u64)), |(min, max), toll| {
        (min + u64::from(toll.min), max.zip(toll.max).map(|(sum, max)| sum + u64::from(max)))
    });
    (min.to_string(), maybe(max))
}
