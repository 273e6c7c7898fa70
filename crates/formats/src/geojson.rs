//! GeoJSON (RFC 7946): one feature an event and located place.

use maydani_core::Record;
use maydani_core::record::{Event, PlaceValue};
use serde_json::{Value, json};

use crate::Format;
use crate::cells::code;
use crate::csv::toll_text;

/// Writes one feature collection. An event without a located place is a feature without a geometry,
/// so that no event is lost; a place that could not be told from its namesakes is never a point.
#[derive(Debug, Clone, Copy, Default)]
pub struct GeoJson;

impl Format for GeoJson {
    fn open(&self) -> String {
        "{\"type\":\"FeatureCollection\",\"features\":[\n".to_owned()
    }

    fn record(&self, record: &Record) -> String {
        let mut features = Vec::new();
        for event in &record.events {
            let located = event.places.iter().filter_map(|place| Some((place, point(place)?)));
            let before = features.len();
            features.extend(located.map(|(place, point)| feature(record, event, Some(place), &point)));
            if features.len() == before {
                features.push(feature(record, event, event.places.first(), &Value::Null));
            }
        }
        features.join(",\n")
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn close(&self) -> &'static str {
        "\n]}\n"
    }
}

fn point(place: &PlaceValue) -> Option<Value> {
    Some(json!({"type": "Point", "coordinates": [place.longitude?, place.latitude?]}))
}

fn feature(record: &Record, event: &Event, place: Option<&PlaceValue>, geometry: &Value) -> String {
    let date = event.date.as_ref();
    json!({
        "type": "Feature",
        "geometry": geometry,
        "properties": {
            "event": event.id,
            "event_type": event.event_type.label(),
            "sub_event_type": event.sub_event_type.code(),
            "modality": code(event.modality),
            "background": event.background,
            "trigger": event.trigger.text,
            "evidence": event.evidence.first().map(|passage| &passage.text),
            "actor1": event.actor1.iter().map(|actor| &actor.name).collect::<Vec<_>>(),
            "actor2": event.actor2.iter().map(|actor| &actor.name).collect::<Vec<_>>(),
            "place": place.map(|place| &place.name),
            "place_ar": place.map(|place| &place.name_ar),
            "place_id": place.and_then(|place| place.id.as_ref()),
            "place_kind": place.map(|place| code(place.kind)),
            "country": place.and_then(|place| place.country.as_ref()),
            "admin1": place.and_then(|place| place.admin1.as_ref()),
            "geo_precision": place.map(|place| place.geo_precision),
            "start_day": date.and_then(|date| date.start_day.as_ref()),
            "end_day": date.and_then(|date| date.end_day.as_ref()),
            "time_precision": date.and_then(|date| date.time_precision),
            "tolls": event.tolls.iter().map(toll_text).collect::<Vec<_>>(),
            "source": event.source.as_ref().map(|source| &source.name),
            "confidence": event.confidence,
            "report": record.report.id,
            "title": record.report.title,
            "outlet": record.report.outlet,
            "published": record.report.published,
            "url": record.report.url,
        },
    })
    .to_string()
}
