//! The routes, and the document that describes them: one list makes both.

use axum::Router;
use axum::response::IntoResponse;
use maydani_archive::ArchiveError;
use serde_json::{Map, Value};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::caller::Reader;
use crate::state::{App, Asked};
use crate::{
    codebook, control, decisions, export, feed, incidents, overview, places, reports, review, session, sources,
    timeline, tokens, updates, users, views,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Maydani",
        description = "Events and claims from Arabic reports of conflict: an archive's API. docs/API.md tells the same with examples.",
        license(name = "Apache-2.0 OR MIT")
    ),
    tags(
        (name = "incidents"), (name = "control"), (name = "reports"), (name = "review"), (name = "export"), (name = "views"),
        (name = "people"), (name = "choices")
    )
)]
struct Document;

/// The routes of the API and their document.
pub(crate) fn api() -> (Router<App>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(incidents::list))
        .routes(routes!(incidents::map))
        .routes(routes!(incidents::one))
        .routes(routes!(timeline::timeline))
        .routes(routes!(control::list))
        .routes(routes!(control::map))
        .routes(routes!(reports::one))
        .routes(routes!(reports::why))
        .routes(routes!(reports::search))
        .routes(routes!(sources::sources))
        .routes(routes!(review::queue))
        .routes(routes!(decisions::list, decisions::decide))
        .routes(routes!(places::places))
        .routes(routes!(export::export))
        .routes(routes!(views::list, views::add))
        .routes(routes!(views::change, views::remove))
        .routes(routes!(feed::feed))
        .routes(routes!(updates::updates))
        .routes(routes!(session::session))
        .routes(routes!(session::login))
        .routes(routes!(session::logout))
        .routes(routes!(users::list, users::add))
        .routes(routes!(users::change, users::remove))
        .routes(routes!(tokens::list, tokens::add))
        .routes(routes!(tokens::remove))
        .routes(routes!(codebook::codebook))
        .routes(routes!(overview::overview))
        .routes(routes!(document))
        .split_for_parts()
}

/// The forms of answers, by hand: a test asks every endpoint and holds its answer against them.
const ANSWERS: &str = include_str!("answers.json");

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", tag = "choices", responses((status = 200, body = serde_json::Value)))]
async fn document(axum::extract::State(app): axum::extract::State<App>, _: Reader, asked: Asked) -> impl IntoResponse {
    app.kept(asked, |_| {
        let fault = |error: serde_json::Error| ArchiveError::Damaged(error.to_string());
        let answers: Map<String, Value> = serde_json::from_str(ANSWERS).map_err(fault)?;
        let mut document = serde_json::to_value(api().1).map_err(fault)?;
        if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
            schemas.extend(answers);
        }
        Ok(document)
    })
    .await
}
