//! Types, parties and sources with their names, for labels and menus.

use axum::extract::State;
use axum::response::Response;
use maydani_core::codebook::ActorKind;
use maydani_core::{EventType, SubEventType};
use maydani_formats::acled::sub_event_label;
use serde_json::{Value, json};

use crate::answer::{ErrorShape, Fault};
use crate::caller::Reader;
use crate::query::Query;
use crate::state::{App, Asked};

/// Arabic names of types: code, name.
const NAMES_AR: &str = include_str!("names_ar.tsv");

/// Types, parties and sources.
#[utoipa::path(get, path = "/api/codebook", tag = "choices",
    responses((status = 200, body = ref("#/components/schemas/Codebook")), (status = "default", body = ErrorShape)))]
pub(crate) async fn codebook(State(app): State<App>, _: Reader, asked: Asked, query: Query) -> Result<Response, Fault> {
    query.end()?;
    let coder = app.coder.clone();
    app.kept(asked, move |_| {
        let book = coder.codebook();
        let types: Vec<Value> = SubEventType::ALL.iter().map(|kind| type_line(*kind)).collect();
        let actors: Vec<Value> = book
            .actors
            .iter()
            .map(|actor| {
                json!({
                    "key": actor.key, "name": actor.name, "name_ar": actor.name_ar, "kind": actor_kind(actor.kind),
                    "country": given(&actor.country), "side": given(&actor.side),
                })
            })
            .collect();
        let sources: Vec<Value> = book
            .sources
            .iter()
            .map(|source| {
                json!({
                    "key": source.key, "name": source.name, "name_ar": source.name_ar, "kind": source.kind,
                    "country": given(&source.country), "affiliation": given(&source.affiliation), "outlets": source.outlet,
                })
            })
            .collect();
        Ok(json!({"types": types, "actors": actors, "sources": sources}))
    })
    .await
}

fn given(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn type_line(kind: SubEventType) -> Value {
    json!({
        "code": kind.code(), "name": sub_event_label(kind), "name_ar": name_ar(kind.code()),
        "event_type": kind.event_type().label(), "event_type_ar": name_ar(event_type_code(kind.event_type())),
    })
}

fn name_ar(code: &str) -> Option<&'static str> {
    NAMES_AR.lines().filter_map(|line| line.split_once('\t')).find(|(known, _)| *known == code).map(|(_, name)| name)
}

const fn event_type_code(kind: EventType) -> &'static str {
    match kind {
        EventType::Battles => "battles",
        EventType::Explosions => "explosions",
        EventType::ViolenceAgainstCivilians => "violence_against_civilians",
        EventType::Protests => "protests",
        EventType::Riots => "riots",
        EventType::Strategic => "strategic",
    }
}

const fn actor_kind(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::State => "state",
        ActorKind::Rebel => "rebel",
        ActorKind::Militia => "militia",
        ActorKind::Unidentified => "unidentified",
        ActorKind::External => "external",
        ActorKind::Civilian => "civilian",
        ActorKind::Protesters => "protesters",
        ActorKind::Rioters => "rioters",
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMES_AR, SubEventType, event_type_code, name_ar};

    #[test]
    fn every_type_has_an_arabic_name() {
        for kind in SubEventType::ALL {
            assert!(name_ar(kind.code()).is_some(), "{}", kind.code());
            assert!(name_ar(event_type_code(kind.event_type())).is_some());
        }
        assert_eq!(NAMES_AR.lines().count(), SubEventType::ALL.len() + 6);
    }
}
