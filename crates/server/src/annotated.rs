//! Reviewed reports in the form of annotated ones, which train and test the coder.

use maydani_core::Record;
use maydani_core::record::{ActorValue, Event};
use serde_json::{Value, json};

/// One report, one line.
pub(crate) fn line(record: &Record) -> String {
    let read = &record.report;
    let events: Vec<Value> = record.events.iter().map(event).collect();
    json!({
        "id": read.id, "url": read.url, "outlet": read.outlet, "published": read.published, "text": read.text, "events": events,
    })
    .to_string()
}

fn event(event: &Event) -> Value {
    let actors = |actors: &[ActorValue]| -> Vec<Value> {
        actors.iter().map(|actor| json!({"surface": actor.passage.text, "key": actor.key})).collect()
    };
    let places: Vec<Value> = event
        .places
        .iter()
        .map(|place| {
            json!({"surface": place.passage.text, "name_en": place.name, "country": place.country, "kind": place.kind})
        })
        .collect();
    let tolls: Vec<Value> = event
        .tolls
        .iter()
        .map(|toll| {
            json!({"kind": toll.kind, "of": toll.of, "min": toll.min, "max": toll.max, "surface": toll.passage.text})
        })
        .collect();
    let date = event
        .date
        .as_ref()
        .map(|date| json!({"surface": date.passage.text, "start": date.start_day, "end": date.end_day}));
    let source = event
        .source
        .as_ref()
        .map(|source| json!({"surface": source.passage.text, "key": source.key, "kind": source.kind}));
    json!({
        "type": event.sub_event_type, "evidence": event.evidence.iter().map(|passage| &passage.text).collect::<Vec<_>>(),
        "trigger": event.trigger.text, "modality": event.modality, "background": event.background,
        "actor1": actors(&event.actor1), "actor2": actors(&event.actor2), "places": places, "date": date, "tolls": tolls,
        "source": source, "via": event.via.iter().map(|relay| &relay.passage.text).collect::<Vec<_>>(),
    })
}
