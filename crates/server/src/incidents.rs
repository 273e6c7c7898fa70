//! Incidents: the list, the map, and one with everything said about it.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, State};
use axum::response::Response;
use maydani_archive::{Archive, ArchiveError, Claim, EventState, Filter, Incident, Member, Summary};
use maydani_linking::summary::Rule;
use serde::Serialize;

use crate::answer::{ErrorShape, Fault};
use crate::caller::Reader;
use crate::points::points;
use crate::query::{FilterParams, PageParams, Query, cut};
use crate::state::{App, Asked, bytes};

#[derive(Serialize)]
struct Page<T> {
    incidents: Vec<Incident<T>>,
    next: Option<String>,
}

/// Incidents that hold an event which fits the filter, newest first.
#[utoipa::path(get, path = "/api/incidents", tag = "incidents", params(FilterParams, PageParams),
    responses((status = 200, body = ref("#/components/schemas/Incidents")), (status = "default", body = ErrorShape)))]
pub(crate) async fn list(State(app): State<App>, _: Reader, asked: Asked, mut query: Query) -> Result<Response, Fault> {
    let (filter, (limit, offset)) = (query.filter()?, query.page()?);
    query.end()?;
    app.kept_of(
        asked,
        "application/json",
        Filter { limit: limit + 1, offset, ..filter },
        move |atlas, filter| page(atlas.incidents(filter), limit, offset),
        move |archive, filter| page(archive.incidents(filter)?, limit, offset),
    )
    .await
}

fn page<T: Serialize>(mut incidents: Vec<Incident<T>>, limit: usize, offset: usize) -> Result<Vec<u8>, ArchiveError> {
    let next = cut(&mut incidents, limit, offset);
    bytes(&Page { incidents, next })
}

/// Points of one answer.
const MOST_POINTS: usize = 20_000;

/// Incidents as points, compact; opens in QGIS and kepler.gl.
#[utoipa::path(get, path = "/api/incidents.geojson", tag = "incidents",
    params(FilterParams, ("limit" = Option<u32>, Query, minimum = 1, maximum = 20000), ("unlocated" = Option<bool>, Query)),
    responses((status = 200, body = ref("#/components/schemas/IncidentMap"), content_type = "application/geo+json"), (status = "default", body = ErrorShape)))]
pub(crate) async fn map(State(app): State<App>, _: Reader, asked: Asked, mut query: Query) -> Result<Response, Fault> {
    let filter = query.filter()?;
    let (limit, unlocated) = (query.count("limit", MOST_POINTS, MOST_POINTS)?, query.flag("unlocated")?);
    query.end()?;
    app.kept_of(
        asked,
        "application/geo+json",
        Filter { limit: limit + 1, offset: 0, ..filter },
        move |atlas, filter| points(&atlas.incidents(filter), limit, unlocated),
        move |archive, filter| points(&archive.incidents(filter)?, limit, unlocated),
    )
    .await
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
    responses((status = 200, body = ref("#/components/schemas/Told")), (status = "default", body = ErrorShape)))]
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
