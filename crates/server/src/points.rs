//! Incidents as GeoJSON, written point by point: a map has thousands.

use std::io::Write;

use maydani_archive::{ArchiveError, Incident};
use serde::Serialize;

/// A point. What is usual is left out.
#[derive(Serialize)]
struct Point<'a> {
    r#type: &'static str,
    geometry: Option<Geometry>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Geometry {
    r#type: &'static str,
    coordinates: [f64; 2],
}

#[derive(Serialize)]
struct Properties<'a> {
    id: &'a str,
    r#type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_day: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place_ar: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    admin1: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<i64>,
    reports: i64,
    sources: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    killed: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    killed_high: Option<i64>,
    confidence: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    modality: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<&'a str>,
}

/// Length of a point, more or less.
const ABOUT: usize = 300;

/// The first `limit` of what was found, which may be one more.
pub(crate) fn points<T: AsRef<str>>(
    found: &[Incident<T>],
    limit: usize,
    with_unlocated: bool,
) -> Result<Vec<u8>, ArchiveError> {
    let truncated = found.len() > limit;
    let found = &found[..found.len().min(limit)];
    let unlocated = found.iter().filter(|incident| geometry(incident).is_none()).count();
    let mut out = Vec::with_capacity((found.len() + 1) * ABOUT);
    let fault = |error: &dyn std::fmt::Display| ArchiveError::Damaged(error.to_string());
    write!(
        out,
        "{{\"type\":\"FeatureCollection\",\"found\":{},\"unlocated\":{unlocated},\"truncated\":{truncated},\"features\":[",
        found.len()
    )
    .map_err(|error| fault(&error))?;
    let mut between: &[u8] = b"\n";
    for incident in found {
        let geometry = geometry(incident);
        if geometry.is_some() || with_unlocated {
            out.extend_from_slice(between);
            serde_json::to_writer(&mut out, &point(incident, geometry)).map_err(|error| fault(&error))?;
            between = b",\n";
        }
    }
    out.extend_from_slice(b"\n]}\n");
    Ok(out)
}

fn geometry<T>(incident: &Incident<T>) -> Option<Geometry> {
    let (latitude, longitude) = incident.latitude.zip(incident.longitude)?;
    Some(Geometry { r#type: "Point", coordinates: [degrees(longitude), degrees(latitude)] })
}

/// Five decimals are a metre.
fn degrees(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}

fn text<T: AsRef<str>>(text: Option<&T>) -> Option<&str> {
    text.map(AsRef::as_ref)
}

fn point<T: AsRef<str>>(incident: &Incident<T>, geometry: Option<Geometry>) -> Point<'_> {
    let is_wide = incident.geo_precision == Some(3);
    let (day, last_day) = (text(incident.first_day.as_ref()), text(incident.last_day.as_ref()));
    let properties = Properties {
        id: incident.id.as_ref(),
        r#type: incident.sub_event_type.as_ref(),
        day,
        last_day: last_day.filter(|_| last_day != day),
        place: text(incident.place.as_ref()),
        place_ar: text(incident.place_ar.as_ref()),
        country: text(incident.country.as_ref()).filter(|_| is_wide),
        admin1: text(incident.admin1.as_ref()).filter(|_| is_wide),
        precision: incident.geo_precision,
        reports: incident.report_count,
        sources: incident.independent_sources,
        killed: incident.killed_low,
        killed_high: incident.killed_high.filter(|_| incident.killed_high != incident.killed_low),
        confidence: (incident.confidence * 100.0).round() / 100.0,
        modality: Some(incident.modality.as_ref()).filter(|modality| *modality != "asserted"),
        review: Some(incident.review.as_ref()).filter(|review| *review != "unreviewed"),
    };
    Point { r#type: "Feature", geometry, properties }
}
