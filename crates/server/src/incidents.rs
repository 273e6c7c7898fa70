//! Incidents: the list, the map, and one with everything said about it.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, State};
use axum::response::Response;
use maydani_archive::{Archive, ArchiveError, Claim, EventState, Filter, Incident, Member, Summary};
use maydani_linking::summary::Rule;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::answer::{ErrorShape, Fault};
use crate::caller::Reader;
use crate::query::{FilterParams, PageParams, Query, cut};
use crate::state::{App, Asked};

#[derive(Serialize)]
struct Page {
    incidents: Vec<Incident>,
    next: Option<String>,
}

/// Incidents that hold an event which fits the filter, newest first.
#[utoipa::path(get, path = "/api/incidents", tag = "incidents", params(FilterParams, PageParams),
    responses((status = 200, body = serde_json::Value), (status = "default", body = ErrorShape)))]
pub(crate) async fn list(State(app): State<App>, _: Reader, asked: Asked, mut query: Query) -> Result<Response, Fault> {
    let (filter, (limit, offset)) = (query.filter()?, query.page()?);
    query.end()?;
    app.kept(asked, move |archive| {
        let mut incidents = archive.incidents(&Filter { limit: limit + 1, offset, ..filter })?;
        let next = cut(&mut incidents, limit, offset);
        Ok(Page { incidents, next })
    })
    .await
}

/// Points of one answer.
const MOST_POINTS: usize = 20_000;

/// Incidents as points, compact; opens in QGIS and kepler.gl.
#[utoipa::path(get, path = "/api/incidents.geojson", tag = "incidents",
    params(FilterParams, ("limit" = Option<u32>, Query, minimum = 1, maximum = 20000), ("unlocated" = Option<bool>, Query)),
    responses((status = 200, body = serde_json::Value, content_type = "application/geo+json"), (status = "default", body = ErrorShape)))]
pub(crate) async fn map(State(app): State<App>, _: Reader, asked: Asked, mut query: Query) -> Result<Response, Fault> {
    let filter = query.filter()?;
    let (limit, unlocated) = (query.count("limit", MOST_POINTS, MOST_POINTS)?, query.flag("unlocated")?);
    query.end()?;
    app.kept_as(asked, "application/geo+json", move |archive| {
        let mut found = archive.incidents(&Filter { limit: limit + 1, offset: 0, ..filter })?;
        let truncated = found.len() > limit;
        found.truncate(limit);
        Ok(points(&found, unlocated, truncated).into_bytes())
    })
    .await
}

fn points(found: &[Incident], with_unlocated: bool, truncated: bool) -> String {
    let located = |incident: &Incident| incident.latitude.zip(incident.longitude).is_some();
    let unlocated = found.iter().filter(|incident| !located(incident)).count();
    let mut out = format!(
        "{{\"type\":\"FeatureCollection\",\"found\":{},\"unlocated\":{unlocated},\"truncated\":{truncated},\"features\":[",
        found.len()
    );
    let shown = found.iter().filter(|incident| with_unlocated || located(incident));
    for (at, incident) in shown.enumerate() {
        out.push_str(if at > 0 { ",\n" } else { "\n" });
        out.push_str(&point(incident).to_string());
    }
    out.push_str("\n]}\n");
    out
}

/// Five decimals are a metre.
fn degrees(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}

fn point(incident: &Incident) -> Value {
    let geometry = incident.latitude.zip(incident.longitude).map_or(
        Value::Null,
        |(latitude, longitude)| json!({"type": "Point", "coordinates": [degrees(longitude), degrees(latitude)]}),
    );
    let mut properties = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            properties.insert(name.to_owned(), value);
        }
    };
    let wide = incident.geo_precision == Some(3);
    put("id", json!(incident.id));
    put("type", json!(incident.sub_event_type));
    put("day", json!(incident.first_day));
    put("last_day", json!(incident.last_day.as_ref().filter(|last| Some(*last) != incident.first_day.as_ref())));
    put("place", json!(incident.place));
    put("place_ar", json!(incident.place_ar));
    put("country", json!(incident.country.as_ref().filter(|_| wide)));
    put("admin1", json!(incident.admin1.as_ref().filter(|_| wide)));
    put("precision", json!(incident.geo_precision));
    put("reports", json!(incident.report_count));
    put("sources", json!(incident.independent_sources));
    put("killed", json!(incident.killed_low));
    put("killed_high", json!(incident.killed_high.filter(|high| Some(*high) != incident.killed_low)));
    put("confidence", json!((incident.confidence * 100.0).round() / 100.0));
    put("modality", json!(Some(&incident.modality).filter(|modality| *modality != "asserted")));
    put("review", json!(Some(&incident.review).filter(|review| *review != "unreviewed")));
    json!({"type": "Feature", "geometry": geometry, "properties": properties})
}

#[derive(Serialize)]
struct Told {
    incident: Incident,
    members: Vec<StatedMember>,
    claims: Vec<Claim>,
    summary: Vec<Summary>,
    reports: Vec<ReportOf>,
    voices: usize,
    source_groups: usize,
}

#[derive(Serialize)]
struct StatedMember {
    #[serde(flatten)]
    member: Member,
    state: EventState,
}

#[derive(Serialize)]
struct ReportOf {
    report: String,
    title: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    published: Option<String>,
    voice: i64,
    events: Vec<String>,
}

/// One incident: its events and why they are there, the claims side by side, the reports.
#[utoipa::path(get, path = "/api/incidents/{id}", tag = "incidents",
    params(("id" = String, Path), ("rule" = Option<String>, Query, description = "lowest, highest, latest, most_independent")),
    responses((status = 200, body = serde_json::Value), (status = "default", body = ErrorShape)))]
pub(crate) async fn one(
    State(app): State<App>,
    _: Reader,
    Path(id): Path<String>,
    asked: Asked,
    mut query: Query,
) -> Result<Response, Fault> {
    let rule =
        query.one_of("rule", &["lowest", "highest", "latest", "most_independent"])?.map(|rule| match rule.as_str() {
            "lowest" => Rule::Lowest,
            "highest" => Rule::Highest,
            "latest" => Rule::Latest,
            _ => Rule::MostIndependent,
        });
    query.end()?;
    app.kept(asked, move |archive| told(archive, &id, rule)).await
}

fn told(archive: &mut Archive, id: &str, rule: Option<Rule>) -> Result<Told, ArchiveError> {
    let incident = archive.incident(id)?;
    let members = archive.members(id)?;
    let claims = archive.claims_of(id, rule)?;
    let names: Vec<String> = members.iter().map(|member| member.event.clone()).collect();
    let states = archive.states_of(&names)?;
    let mut reports: BTreeMap<&str, ReportOf> = BTreeMap::new();
    for member in &members {
        let entry = reports.entry(&member.report).or_insert_with(|| ReportOf {
            report: member.report.clone(),
            title: member.title.clone(),
            outlet: member.outlet.clone(),
            url: member.url.clone(),
            published: member.published.clone(),
            voice: member.voice,
            events: Vec::new(),
        });
        entry.events.push(member.event.clone());
    }
    let mut reports: Vec<ReportOf> = reports.into_values().collect();
    reports.sort_by(|a, b| (&a.published, &a.report).cmp(&(&b.published, &b.report)));
    let voices = members.iter().map(|member| member.voice).collect::<BTreeSet<_>>().len();
    let source_groups = members.iter().map(|member| member.source_group).collect::<BTreeSet<_>>().len();
    let members = members
        .into_iter()
        .map(|member| {
            let state = states.get(&member.event).copied().unwrap_or(EventState::Unreviewed);
            StatedMember { member, state }
        })
        .collect();
    Ok(Told { incident, members, claims: claims.claims, summary: claims.summary, reports, voices, source_groups })
}
