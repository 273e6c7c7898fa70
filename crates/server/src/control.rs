//! Who is said to hold places, on a day.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use maydani_archive::{Filter, PlaceControl};
use maydani_linking::day::{self, Day};
use serde_json::{Value, json};

use crate::answer::{ErrorShape, Fault};
use crate::caller::Reader;
use crate::query::{FilterParams, Query};
use crate::state::{App, Asked};

fn read(mut query: Query) -> Result<(Filter, Day), Fault> {
    let filter = query.filter()?;
    let today = || day::parse(&Timestamp::now().to_string()).unwrap_or_default();
    let at = query.day("at")?.unwrap_or_else(today);
    query.end()?;
    if filter.first_day.is_some() || filter.last_day.is_some() {
        return Err(Fault::bad("control of places takes `at`, not `from` and `to`"));
    }
    Ok((filter, at))
}

/// Places and their timelines up to a day.
#[utoipa::path(get, path = "/api/control", tag = "control", params(FilterParams, ("at" = Option<String>, Query, format = Date)),
    responses((status = 200, body = ref("#/components/schemas/Control")), (status = "default", body = ErrorShape)))]
pub(crate) async fn list(State(app): State<App>, _: Reader, asked: Asked, query: Query) -> Result<Response, Fault> {
    let (filter, at) = read(query)?;
    app.kept(asked.and(&day::iso(at)), move |archive| {
        Ok(json!({"at": day::iso(at), "places": archive.control(&filter, at)?}))
    })
    .await
}

/// One point a place, with what is said on a day.
#[utoipa::path(get, path = "/api/control.geojson", tag = "control", params(FilterParams, ("at" = Option<String>, Query, format = Date)),
    responses((status = 200, body = ref("#/components/schemas/ControlMap"), content_type = "application/geo+json"), (status = "default", body = ErrorShape)))]
pub(crate) async fn map(State(app): State<App>, _: Reader, asked: Asked, query: Query) -> Result<Response, Fault> {
    let (filter, at) = read(query)?;
    app.kept_as(asked.and(&day::iso(at)), "application/geo+json", move |archive| {
        let places = archive.control(&filter, at)?;
        let features: Vec<Value> = places.iter().filter_map(point).collect();
        Ok(json!({"type": "FeatureCollection", "at": day::iso(at), "features": features}).to_string().into_bytes())
    })
    .await
}

fn point(place: &PlaceControl) -> Option<Value> {
    let held = place.timeline.last()?;
    let sources: BTreeSet<&str> =
        held.claims.iter().filter_map(|claim| claim.source.as_deref().or(claim.outlet.as_deref())).collect();
    Some(json!({
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place.longitude?, place.latitude?]},
        "properties": {
            "place": place.place, "name": place.name, "name_ar": place.name_ar, "country": place.country, "holders": held.holders,
            "standing": held.standing, "from": held.from, "claims": held.claims.len(),
            "statements": held.claims.iter().filter(|claim| claim.statement.is_some()).count(), "sources": sources,
        },
    }))
}
