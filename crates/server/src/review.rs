//! What there is to review.

use axum::extract::State;
use axum::response::Response;
use maydani_archive::Filter;
use serde_json::json;

use crate::answer::{ErrorShape, Fault};
use crate::caller::Reader;
use crate::query::{FilterParams, PageParams, Query, cut};
use crate::state::{App, Asked};

/// Events nobody has decided on, low confidence and conflicting first.
#[utoipa::path(get, path = "/api/review", tag = "review", params(FilterParams, PageParams),
    responses((status = 200, body = ref("#/components/schemas/Queue")), (status = "default", body = ErrorShape)))]
pub(crate) async fn queue(
    State(app): State<App>,
    _: Reader,
    asked: Asked,
    mut query: Query,
) -> Result<Response, Fault> {
    let (filter, (limit, offset)) = (query.filter()?, query.page()?);
    query.end()?;
    app.kept(asked, move |archive| {
        let (mut events, remaining) = archive.to_review(&Filter { limit: limit + 1, offset, ..filter })?;
        let next = cut(&mut events, limit, offset);
        Ok(json!({"remaining": remaining, "events": events, "next": next}))
    })
    .await
}
