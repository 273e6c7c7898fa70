//! Control of places: who is said to hold them, since when, by whom said: by events that change it, and by
//! statements that somebody holds a place.

use std::collections::BTreeMap;

use maydani_core::record::{Modality, PlaceKind, PlaceValue};
use maydani_linking::control::{Standing, Taking, timeline};
use maydani_linking::day::{self, Day};
use maydani_linking::facts::name_key;
use serde::{Deserialize, Serialize};

use crate::filter::Filter;
use crate::incidents::MemberRow;
use crate::statements::StatementRow;
use crate::{Archive, ArchiveError};

/// Sub-event types that change who holds a place.
const KINDS: [&str; 3] =
    ["government_regains_territory", "non_state_overtakes_territory", "non_violent_transfer_of_territory"];

/// One claim of who holds a place: that it changed hands (an event), or that somebody holds it (a statement).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlClaim {
    /// The day told, else that of publication.
    pub day: String,
    /// Who is said to hold it.
    pub holders: Vec<String>,
    /// Who is said to have held it before; empty of a statement.
    pub before: Vec<String>,
    /// Whether the source denies it.
    pub denied: bool,
    /// Key of who says so; `null` where the outlet itself does.
    pub source: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// The report.
    pub report: String,
    /// The event, `report#event`; `null` of a statement.
    pub event: Option<String>,
    /// The statement, `report#statement`; `null` of an event.
    pub statement: Option<String>,
    /// The passage.
    pub passage: String,
}

/// A stretch of time in which a place has a claimed holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// First day.
    pub from: String,
    /// Last day; `null` where it lasts.
    pub until: Option<String>,
    /// Claimed holders.
    pub holders: Vec<String>,
    /// Claimed, disputed, or only last claimed.
    pub standing: Standing,
    /// The claims that this rests on.
    pub claims: Vec<ControlClaim>,
}

/// The timeline of one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceControl {
    /// Gazetteer id.
    pub place: Option<String>,
    /// English name.
    pub name: String,
    /// Arabic name.
    pub name_ar: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Its stretches, the first one first.
    pub timeline: Vec<Held>,
}

/// Claims as the timeline takes them, and as they are shown.
type Said = Vec<(Taking, ControlClaim)>;

impl Archive {
    /// Who is said to hold the places of a filter on a day, by name of place. The days of the filter
    /// are not asked: a place is held since before.
    ///
    /// # Errors
    /// The store's own.
    pub fn control(&mut self, filter: &Filter, at: Day) -> Result<Vec<PlaceControl>, ArchiveError> {
        let filter = Filter {
            kinds: KINDS.iter().map(|kind| (*kind).to_owned()).collect(),
            first_day: None,
            last_day: Some(at),
            background: true,
            limit: usize::MAX >> 1,
            offset: 0,
            ..filter.clone()
        };
        let asked = filter.place.as_deref().map(|place| (place.to_owned(), name_key(place), place.to_lowercase()));
        let other = |place: &PlaceValue| {
            asked.as_ref().is_some_and(|(id, ar, en)| {
                place.id.as_ref() != Some(id) && name_key(&place.name_ar) != *ar && place.name.to_lowercase() != *en
            })
        };
        let mut places: BTreeMap<(String, String), (PlaceControl, Said)> = BTreeMap::new();
        for member in self.matching_rows(&filter)? {
            if member.event.modality == Modality::Planned || member.event.actor1.is_empty() {
                continue;
            }
            let Some(day) = member.facts.day() else { continue };
            for place in &member.event.places {
                let wide = matches!(place.kind, PlaceKind::Country | PlaceKind::Governorate | PlaceKind::Area);
                if !wide && !other(place) {
                    of_place(&mut places, place).push(claim(&member, day));
                }
            }
        }
        for row in self.matching_statements(&filter)? {
            of_place(&mut places, &row.said.place).push(stated(&row));
        }
        Ok(places
            .into_values()
            .map(|(place, claims)| with_timeline(place, claims, at))
            .filter(|place| !place.timeline.is_empty())
            .collect())
    }
}

/// What is said of a place.
fn of_place<'p>(places: &'p mut BTreeMap<(String, String), (PlaceControl, Said)>, place: &PlaceValue) -> &'p mut Said {
    let key = (place.name.clone(), place.id.clone().unwrap_or_default());
    let control = || PlaceControl {
        place: place.id.clone(),
        name: place.name.clone(),
        name_ar: place.name_ar.clone(),
        country: place.country.clone(),
        latitude: place.latitude,
        longitude: place.longitude,
        timeline: Vec::new(),
    };
    &mut places.entry(key).or_insert_with(|| (control(), Vec::new())).1
}

fn stated(row: &StatementRow) -> (Taking, ControlClaim) {
    let mut holders: Vec<String> = row.said.holder.iter().map(|actor| actor.key.clone()).collect();
    holders.sort();
    holders.dedup();
    let claim = ControlClaim {
        day: day::iso(row.day),
        holders: holders.clone(),
        before: Vec::new(),
        denied: false,
        source: row.said.source.as_ref().map(|source| source.key.clone()),
        outlet: row.outlet.clone(),
        report: row.report.clone(),
        event: None,
        statement: Some(row.name.clone()),
        passage: row.said.evidence.first().map_or_else(String::new, |passage| passage.text.clone()),
    };
    (Taking { day: row.day, holders, denied: false, state: true }, claim)
}

fn claim(member: &MemberRow, on: Day) -> (Taking, ControlClaim) {
    let mut holders: Vec<String> = member.event.actor1.iter().map(|actor| actor.key.clone()).collect();
    holders.sort();
    holders.dedup();
    let denied = member.event.modality == Modality::Denied;
    let said = ControlClaim {
        day: day::iso(on),
        holders: holders.clone(),
        before: member.event.actor2.iter().map(|actor| actor.key.clone()).collect(),
        denied,
        source: member.event.source.as_ref().map(|source| source.key.clone()),
        outlet: member.outlet.clone(),
        report: member.report.clone(),
        event: Some(member.name.clone()),
        statement: None,
        passage: member.event.evidence.first().map_or_else(String::new, |passage| passage.text.clone()),
    };
    (Taking { day: on, holders, denied, state: false }, said)
}

fn with_timeline(mut place: PlaceControl, mut claims: Said, at: Day) -> PlaceControl {
    claims.sort_by(|a, b| (a.0.day, &a.1.event, &a.1.statement).cmp(&(b.0.day, &b.1.event, &b.1.statement)));
    let takings: Vec<Taking> = claims.iter().map(|(taking, _)| taking.clone()).collect();
    for stretch in timeline(&takings, at) {
        place.timeline.push(Held {
            from: day::iso(stretch.from),
            until: stretch.until.map(day::iso),
            holders: stretch.holders,
            standing: stretch.standing,
            claims: stretch.claims.iter().map(|claim| claims[*claim].1.clone()).collect(),
        });
    }
    place
}
