//! Reports: one with its passages, why they were coded, and the search.

use axum::extract::{Path, State};
use axum::response::Response;
use maydani_archive::Filter;
use maydani_core::Report;
use serde_json::{Value, json};

use crate::answer::{ErrorShape, Fault};
use crate::caller::Reader;
use crate::query::{FilterParams, PageParams, Query, cut};
use crate::state::{App, Asked};

/// A report with its events, versions and related reports.
#[utoipa::path(get, path = "/api/reports/{id}", tag = "reports", params(("id" = String, Path)),
    responses((status = 200, body = ref("#/components/schemas/Report")), (status = "default", body = ErrorShape)))]
pub(crate) async fn one(
    State(app): State<App>,
    _: Reader,
    Path(id): Path<String>,
    asked: Asked,
    query: Query,
) -> Result<Response, Fault> {
    query.end()?;
    app.kept(asked, move |archive| archive.report_view(&id)).await
}

/// Why each value was coded; codes the report anew.
#[utoipa::path(get, path = "/api/reports/{id}/why", tag = "reports", params(("id" = String, Path)),
    responses((status = 200, body = ref("#/components/schemas/Reasons")), (status = "default", body = ErrorShape)))]
pub(crate) async fn why(
    State(app): State<App>,
    _: Reader,
    Path(id): Path<String>,
    asked: Asked,
    query: Query,
) -> Result<Response, Fault> {
    query.end()?;
    let coder = app.coder.clone();
    app.kept(asked, move |archive| {
        let view = archive.report_view(&id)?;
        let read = view.report;
        let report = Report {
            id: Some(read.id),
            url: read.url,
            outlet: read.outlet,
            section: read.section,
            title: read.title,
            published: read.published,
            text: read.text,
            ..Report::default()
        };
        let explained = coder.explain(&report);
        let events: Vec<Value> = view
            .events
            .iter()
            .filter_map(|event| {
                let same = explained.events.iter().find(|other| other.id == event.coded.id)?;
                Some(json!({"name": event.name, "why": same.why}))
            })
            .collect();
        Ok(json!({"events": events}))
    })
    .await
}

/// Reports that hold all the words of `q`, newest first.
#[utoipa::path(get, path = "/api/search", tag = "reports", params(FilterParams, PageParams),
    responses((status = 200, body = ref("#/components/schemas/Hits")), (status = "default", body = ErrorShape)))]
pub(crate) async fn search(
    State(app): State<App>,
    _: Reader,
    asked: Asked,
    mut query: Query,
) -> Result<Response, Fault> {
    let (mut filter, (limit, offset)) = (query.filter()?, query.page()?);
    query.end()?;
    let words = filter.text.take().ok_or_else(|| Fault::bad("give the words to look for as `q`"))?;
    app.kept(asked, move |archive| {
        let mut hits = archive.search(&words, &Filter { limit: limit + 1, offset, ..filter })?;
        let next = cut(&mut hits, limit, offset);
        Ok(json!({"hits": hits, "next": next}))
    })
    .await
}
