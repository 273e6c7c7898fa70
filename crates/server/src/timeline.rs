//! How many incidents there were, by day, month or year.

use axum::extract::State;
use axum::response::Response;
use maydani_archive::{Step, Timeline};
use serde_json::{Value, json};

use crate::answer::{ErrorShape, Fault};
use crate::caller::Reader;
use crate::query::{FilterParams, Query};
use crate::state::{App, Asked, bytes};

/// Incidents by the first day told.
#[utoipa::path(get, path = "/api/timeline", tag = "incidents",
    params(FilterParams, ("by" = Option<String>, Query, description = "day, month (default), year"), ("types" = Option<bool>, Query)),
    responses((status = 200, body = ref("#/components/schemas/Timeline")), (status = "default", body = ErrorShape)))]
pub(crate) async fn timeline(
    State(app): State<App>,
    _: Reader,
    asked: Asked,
    mut query: Query,
) -> Result<Response, Fault> {
    let filter = query.filter()?;
    let by = query.one_of("by", &["day", "month", "year"])?.unwrap_or_else(|| "month".to_owned());
    let types = query.flag("types")?;
    query.end()?;
    let step = match by.as_str() {
        "day" => Step::Day,
        "year" => Step::Year,
        _ => Step::Month,
    };
    app.kept_of(
        asked,
        "application/json",
        filter,
        move |atlas, filter| bytes(&line(atlas.timeline(filter, step), step, types)),
        move |archive, filter| bytes(&line(archive.timeline(filter, step)?, step, types)),
    )
    .await
}

fn line(found: Timeline, by: Step, types: bool) -> Value {
    let bins: Vec<_> = found
        .bins
        .into_iter()
        .map(|bin| {
            let mut line = json!({"start": bin.start, "incidents": bin.incidents});
            if types {
                line["types"] = json!(bin.types);
            }
            line
        })
        .collect();
    json!({"by": by, "found": found.found, "undated": found.undated, "bins": bins})
}
