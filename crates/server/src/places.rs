//! Places of the gazetteer, for those who correct.

use std::collections::HashSet;

use axum::extract::State;
use axum::response::Response;
use maydani_core::Gazetteer;
use maydani_core::gazetteer::Place;
use maydani_linking::facts::name_key;
use serde_json::{Value, json};

use crate::answer::{ErrorShape, Fault};
use crate::caller::Reader;
use crate::query::Query;
use crate::state::{App, Asked};

/// Places by Arabic or English name: those so named first, then those that begin so.
#[utoipa::path(get, path = "/api/places", tag = "choices",
    params(("q" = String, Query), ("limit" = Option<u32>, Query, minimum = 1, maximum = 50)),
    responses((status = 200, body = ref("#/components/schemas/Places")), (status = "default", body = ErrorShape)))]
pub(crate) async fn places(
    State(app): State<App>,
    _: Reader,
    asked: Asked,
    mut query: Query,
) -> Result<Response, Fault> {
    let limit = query.count("limit", 20, 50)?;
    let wanted = query.take("q")?.ok_or_else(|| Fault::bad("give the name to look for as `q`"))?;
    query.end()?;
    let coder = app.coder.clone();
    app.kept(asked, move |_| {
        let (key, english) = (name_key(&wanted), wanted.trim().to_lowercase());
        let gazetteer = coder.places().gazetteer();
        let mut found: Vec<(u8, std::cmp::Reverse<u32>, Place)> = Vec::new();
        for place in gazetteer.iter() {
            let (ar, en) = (name_key(place.name_ar), place.name.to_lowercase());
            let rank = if ar == key || en == english {
                0
            } else if !key.is_empty() && ar.starts_with(&key) || !english.is_empty() && en.starts_with(&english) {
                1
            } else {
                continue;
            };
            found.push((rank, std::cmp::Reverse(place.population), place));
        }
        found.sort_by_key(|(rank, people, place)| (*rank, *people, place.name));
        // The files overlap: some places stand in two.
        let mut seen = HashSet::new();
        found.retain(|(_, _, place)| seen.insert(gazetteer.public_id(place.id)));
        found.truncate(limit);
        let places: Vec<Value> = found.into_iter().map(|(_, _, place)| line(gazetteer, place)).collect();
        Ok(json!({"places": places}))
    })
    .await
}

fn line(gazetteer: &Gazetteer, place: Place) -> Value {
    json!({
        "id": gazetteer.public_id(place.id), "name": place.name, "name_ar": place.name_ar, "country": place.country,
        "admin1": place.admin1.map(|division| gazetteer.place(division).name), "latitude": place.point.map(|point| point.latitude),
        "longitude": place.point.map(|point| point.longitude), "kind": place.kind,
    })
}
