//! What each outlet and source claimed, and how often others say the same.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use maydani_archive::Standing;
use maydani_core::Codebook;
use maydani_linking::affiliation;
use serde_json::{Value, json};

use crate::answer::{ErrorShape, Fault};
use crate::caller::Reader;
use crate::query::{FilterParams, Query};
use crate::state::{App, Asked};

/// Counts, no verdicts.
#[utoipa::path(get, path = "/api/sources", tag = "reports", params(FilterParams),
    responses((status = 200, body = ref("#/components/schemas/Sources")), (status = "default", body = ErrorShape)))]
pub(crate) async fn sources(
    State(app): State<App>,
    _: Reader,
    asked: Asked,
    mut query: Query,
) -> Result<Response, Fault> {
    let filter = query.filter()?;
    query.end()?;
    let coder = app.coder.clone();
    app.kept(asked, move |archive| {
        let counts = archive.source_counts(&filter)?;
        let book = coder.codebook();
        let sources = lines(&counts.sources, |key| {
            let source = book.source(key);
            json!({
                "key": key, "name": source.map_or_else(|| key.strip_prefix("other:"), |source| Some(&source.name)),
                "name_ar": source.map(|source| &source.name_ar), "kind": source.map(|source| source.kind),
                "affiliation": affiliation::of_source(key),
            })
        });
        let outlets = lines(&counts.outlets, |key| {
            let source = of_outlet(book, key);
            json!({
                "key": key, "name": source.map(|source| &source.name), "name_ar": source.map(|source| &source.name_ar),
                "kind": source.map(|source| source.kind), "affiliation": affiliation::of_outlet(key),
            })
        });
        Ok(json!({"events": counts.events, "complete": counts.complete, "sources": sources, "outlets": outlets}))
    })
    .await
}

fn of_outlet<'b>(book: &'b Codebook, outlet: &str) -> Option<&'b maydani_core::codebook::Source> {
    book.source(outlet).or_else(|| book.sources.iter().find(|source| source.outlet.iter().any(|name| name == outlet)))
}

/// Those with most claims first.
fn lines(counts: &BTreeMap<String, Standing>, about: impl Fn(&str) -> Value) -> Vec<Value> {
    let mut order: Vec<(&String, &Standing)> = counts.iter().collect();
    order.sort_by(|a, b| b.1.all.claims.cmp(&a.1.all.claims).then(a.0.cmp(b.0)));
    order
        .into_iter()
        .map(|(key, standing)| {
            let mut line = about(key);
            for (name, count) in [
                ("claims", standing.all.claims),
                ("borne_out", standing.all.borne_out),
                ("contradicted", standing.all.contradicted),
                ("alone", standing.all.alone),
            ] {
                line[name] = count.into();
            }
            line["fields"] = json!(standing.fields);
            line
        })
        .collect()
}
