//! Control of places: who is said to hold them, since when, by whom said.

use std::collections::BTreeMap;

use maydani_core::record::{Modality, PlaceKind};
use maydani_linking::control::{Standing, Taking, timeline};
use maydani_linking::day::{self, Day};
use maydani_linking::facts::name_key;
use serde::{Deserialize, Serialize};

use crate::filter::Filter;
use crate::incidents::MemberRow;
use crate::{Archive, ArchiveError};

/// Sub-event types that change who holds a place.
const KINDS: [&str; 3] =
    ["government_regains_territory", "non_state_overtakes_territory", "non_violent_transfer_of_territory"];

/// One claim that a place changed hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlClaim {
    /// The day told, else that of publication.
    pub day: String,
    /// Who is said to hold it.
    pub holders: Vec<String>,
    /// Who is said to have held it before.
    pub before: Vec<String>,
    /// Whether the source denies it.
    pub denied: bool,
    /// Key of who says so; `null` where the outlet itself does.
    pub source: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// The report.
    pub report: String,
    /// The event, `report#event`.
    pub event: String,
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
        let mut places: BTreeMap<(String, String), (PlaceControl, Said)> = BTreeMap::new();
        for member in self.matching_rows(&filter)? {
            if member.event.modality == Modality::Planned || member.event.actor1.is_empty() {
                continue;
            }
            let Some(day) = member.facts.day() else { continue };
            for place in &member.event.places {
                let wide = matches!(place.kind, PlaceKind::Country | PlaceKind::Governorate | PlaceKind::Area);
                let other = asked.as_ref().is_some_and(|(id, ar, en)| {
                    place.id.as_ref() != Some(id) && name_key(&place.name_ar) != *ar && place.name.to_lowercase() != *en
                });
                if wide || other {
                    continue;
                }
                let key = (place.name.clone(), place.id.clone().unwrap_or_default());
                let entry = places.entry(key).or_insert_with(|| {
                    let control = PlaceControl {
                        place: place.id.clone(),
                        name: place.name.clone(),
                        name_ar: place.name_ar.clone(),
                        country: place.country.clone(),
                        latitude: place.latitude,
                        longitude: place.longitude,
                        timeline: Vec::new(),
                    };
                    (control, Vec::new())
                });
                entry.1.push(claim(&member, day));
            }
        }
        Ok(places
            .into_values()
            .map(|(place, claims)| with_timeline(place, claims, at))
            .filter(|place| !place.timeline.is_empty())
            .collect())
    }
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
        event: member.name.clone(),
        passage: member.event.evidence.first().map_or_else(String::new, |passage| passage.text.clone()),
    };
    (Taking { day: on, holders, denied }, said)
}

fn with_timeline(mut place: PlaceControl, mut claims: Said, at: Day) -> PlaceControl {
    claims.sort_by(|a, b| (a.0.day, &a.1.event).cmp(&(b.0.day, &b.1.event)));
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
