//! Saved views.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::Timestamp;
use maydani_archive::View;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::answer::{ErrorShape, Fault, Fresh};
use crate::caller::Reader;
use crate::query::Query;
use crate::sent::Sent;
use crate::state::App;
use crate::tokens::number;

/// Views of one person.
const MOST: usize = 200;
const LONGEST_NAME: usize = 200;
const LONGEST_QUERY: usize = 4_000;

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    view: View,
    feed: String,
}

fn shown(view: View) -> Shown {
    Shown { feed: format!("/api/views/{}/feed.atom", view.id), view }
}

/// One's own views, and those that others share.
#[utoipa::path(get, path = "/api/views", tag = "views",
    responses((status = 200, body = ref("#/components/schemas/Views")), (status = "default", body = ErrorShape)))]
pub(crate) async fn list(
    State(app): State<App>,
    Reader(caller): Reader,
    query: Query,
) -> Result<impl IntoResponse, Fault> {
    query.end()?;
    let views = app.readers.ask(move |archive| archive.views(&caller.name)).await?;
    Ok(Fresh(StatusCode::OK, json!({"views": views.into_iter().map(shown).collect::<Vec<_>>()})))
}

/// A view to be saved.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewView {
    name: String,
    /// The query string of the page, kept as it is.
    query: String,
    #[serde(default)]
    shared: bool,
}

fn check(name: Option<&str>, query: Option<&str>) -> Result<(), Fault> {
    if name.is_some_and(|name| name.trim().is_empty() || name.len() > LONGEST_NAME) {
        return Err(Fault::bad(format!("`name` has 1 to {LONGEST_NAME} bytes")));
    }
    if query.is_some_and(|query| query.len() > LONGEST_QUERY) {
        return Err(Fault::bad(format!("`query` has {LONGEST_QUERY} bytes at most")));
    }
    Ok(())
}

/// Saves a view.
#[utoipa::path(post, path = "/api/views", tag = "views", request_body = NewView,
    responses((status = 201, body = ref("#/components/schemas/View")), (status = "default", body = ErrorShape)))]
pub(crate) async fn add(
    State(app): State<App>,
    Reader(caller): Reader,
    Sent(new): Sent<NewView>,
) -> Result<impl IntoResponse, Fault> {
    check(Some(&new.name), Some(&new.query))?;
    let view = app
        .writer
        .ask(move |archive| {
            if archive.views(&caller.name)?.iter().filter(|view| view.owner == caller.name).count() >= MOST {
                return Err(maydani_archive::ArchiveError::Decision(format!(
                    "you have {MOST} views; remove one first"
                )));
            }
            let id = archive.add_view(&caller.name, &new.name, &new.query, new.shared, Timestamp::now())?;
            archive.view(&caller.name, id)
        })
        .await?;
    Ok(Fresh(StatusCode::CREATED, shown(view)))
}

/// What is to be changed of a view.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Changes {
    name: Option<String>,
    query: Option<String>,
    shared: Option<bool>,
}

/// Changes a view of one's own.
#[utoipa::path(patch, path = "/api/views/{id}", tag = "views", params(("id" = i64, Path)), request_body = Changes,
    responses((status = 200, body = ref("#/components/schemas/View")), (status = "default", body = ErrorShape)))]
pub(crate) async fn change(
    State(app): State<App>,
    Reader(caller): Reader,
    Path(id): Path<String>,
    Sent(changes): Sent<Changes>,
) -> Result<impl IntoResponse, Fault> {
    let id = number(&id, "view")?;
    check(changes.name.as_deref(), changes.query.as_deref())?;
    let view = app
        .writer
        .ask(move |archive| {
            archive.change_view(&caller.name, id, changes.name.as_deref(), changes.query.as_deref(), changes.shared)?;
            archive.view(&caller.name, id)
        })
        .await?;
    Ok(Fresh(StatusCode::OK, shown(view)))
}

/// Removes a view of one's own.
#[utoipa::path(delete, path = "/api/views/{id}", tag = "views", params(("id" = i64, Path)),
    responses((status = 204), (status = "default", body = ErrorShape)))]
pub(crate) async fn remove(
    State(app): State<App>,
    Reader(caller): Reader,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Fault> {
    let id = number(&id, "view")?;
    app.writer.ask(move |archive| archive.remove_view(&caller.name, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
