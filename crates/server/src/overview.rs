//! What the archive holds, for menus.

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use crate::answer::{ErrorShape, Fault};
use crate::caller::Reader;
use crate::query::Query;
use crate::state::{App, Asked};

/// Counts, days, types, outlets, countries and provinces.
#[utoipa::path(get, path = "/api/overview", tag = "choices",
    responses((status = 200, body = ref("#/components/schemas/Overview")), (status = "default", body = ErrorShape)))]
pub(crate) async fn overview(State(app): State<App>, _: Reader, asked: Asked, query: Query) -> Result<Response, Fault> {
    query.end()?;
    let revision = *app.revision.borrow();
    app.kept(asked, move |archive| {
        let found = archive.overview()?;
        let counted = |counts: &[maydani_archive::Counted], name: &str, of: &str| -> Vec<Value> {
            counts.iter().map(|counted| json!({name: counted.value, of: counted.count})).collect()
        };
        let provinces: Vec<Value> =
            found.provinces.iter().map(|(country, admin1)| json!({"country": country, "admin1": admin1})).collect();
        Ok(json!({
            "reports": found.reports, "events": found.events, "incidents": found.incidents, "decisions": found.decisions,
            "first_day": found.first_day, "last_day": found.last_day, "revision": revision,
            "types": counted(&found.types, "type", "incidents"),
            "outlets": counted(&found.outlets, "outlet", "reports"),
            "countries": counted(&found.countries, "country", "incidents"),
            "provinces": provinces,
        }))
    })
    .await
}
