//! Which events fit a filter: the same as [`crate::filter`] says in SQL.

use maydani_linking::facts::name_key;
use maydani_text::normalise;

use super::texts::Text;
use super::{Atlas, Event, Hundredths, Place, Row};
use crate::filter::{Filter, KM_PER_DEGREE, Near};
use crate::stored_day::UNKNOWN_DAY;

/// A text that a filter asks for.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    Anything,
    Text(Text),
    /// A text that no row holds.
    Unknown,
}

impl Wanted {
    fn is(self, found: Option<Text>) -> bool {
        match self {
            Self::Anything => true,
            Self::Text(text) => found == Some(text),
            Self::Unknown => false,
        }
    }
}

/// A filter, its texts looked up.
struct Asked<'a> {
    filter: &'a Filter,
    kinds: Vec<Text>,
    country: Wanted,
    source: Wanted,
    outlet: Wanted,
    modality: Wanted,
    review: Wanted,
    actor: Wanted,
    place: Option<[Option<Text>; 3]>,
    provinces: Option<Vec<u32>>,
    boxes: Vec<[f64; 4]>,
    rejected: bool,
}

impl Atlas {
    /// Hands over each incident that holds an event which fits, the newest first, until `each` returns false.
    pub(super) fn walk<'a>(&'a self, filter: &Filter, mut each: impl FnMut(&'a Row) -> bool) {
        let asked = self.look_up(filter);
        let boxes: Vec<Hundredths> = asked.boxes.iter().map(Hundredths::around).collect();
        let mut seen = vec![0_u64; self.incidents.len().div_ceil(64)];
        for at in self.days(filter) {
            if boxes.iter().any(|asked| !asked.meets(self.boxes[at])) {
                continue;
            }
            let event = &self.events[at];
            let (word, bit) = (event.incident as usize / 64, 1 << (event.incident % 64));
            let row = &self.incidents[event.incident as usize];
            if seen[word] & bit != 0 || !self.fits(at, event, row, &asked) {
                continue;
            }
            seen[word] |= bit;
            if !each(row) {
                return;
            }
        }
    }

    fn look_up<'a>(&self, filter: &'a Filter) -> Asked<'a> {
        let find = |text: &Option<String>| match text.as_ref().map(|text| self.texts.find(text)) {
            None => Wanted::Anything,
            Some(Some(text)) => Wanted::Text(text),
            Some(None) => Wanted::Unknown,
        };
        Asked {
            filter,
            kinds: filter.kinds.iter().filter_map(|kind| self.texts.find(kind)).collect(),
            country: find(&filter.country),
            source: find(&filter.source),
            outlet: find(&filter.outlet),
            modality: find(&filter.modality),
            review: find(&filter.review),
            actor: find(&filter.actor),
            place: filter
                .place
                .as_ref()
                .map(|place| [place.clone(), name_key(place), place.to_lowercase()].map(|name| self.texts.find(&name))),
            provinces: filter.province.as_ref().map(|province| self.provinces_called(province)),
            boxes: filter.boxes(),
            rejected: filter.review.as_deref() == Some("rejected"),
        }
    }

    fn provinces_called(&self, name: &str) -> Vec<u32> {
        let wanted = (name_key(name), normalise(name));
        let fits = |(_, admin1): &(Text, Text)| {
            let found = self.texts.get(*admin1);
            name_key(found) == wanted.0 || normalise(found) == wanted.1
        };
        (0..).zip(&self.provinces).filter(|(_, province)| fits(province)).map(|(at, _)| at).collect()
    }

    /// The stretch of events whose first day may fit.
    fn days(&self, filter: &Filter) -> std::ops::Range<usize> {
        let until = |least: i32| self.events.partition_point(|event| event.day >= least);
        let start = filter.last_day.map_or(0, |last| self.events.partition_point(|event| event.day > last));
        let known = filter.last_day.map_or(usize::MAX, |_| until(UNKNOWN_DAY + 1));
        // As in SQL, a span that began up to a month earlier reaches in.
        let reaching = filter.first_day.map_or(usize::MAX, |first| until(first.saturating_sub(31)));
        start..known.min(reaching).min(self.events.len()).max(start)
    }

    fn fits(&self, at: usize, event: &Event, row: &Row, asked: &Asked) -> bool {
        let filter = asked.filter;
        (!event.rejected || asked.rejected)
            && (!event.background || filter.background)
            && filter.first_day.is_none_or(|first| event.last_day >= first)
            && filter.confidence.is_none_or(|least| event.confidence >= least)
            && (filter.kinds.is_empty() || asked.kinds.contains(&event.kind))
            && asked.country.is(event.country)
            && asked.source.is(event.source)
            && asked.outlet.is(event.outlet)
            && asked.modality.is(Some(event.modality))
            && asked.review.is(Some(row.review))
            && asked.provinces.as_ref().is_none_or(|any| event.province.is_some_and(|at| any.contains(&at)))
            && (matches!(asked.actor, Wanted::Anything)
                || self.actors_of(at).iter().any(|actor| asked.actor.is(Some(*actor))))
            && self.lies(at, asked)
    }

    fn lies(&self, at: usize, asked: &Asked) -> bool {
        let any = |fits: &dyn Fn(&Place) -> bool| self.places_of(at).iter().any(fits);
        let called = |[id, name, name_en]: [Option<Text>; 3]| {
            any(&|place: &Place| {
                id.is_some() && place.id == id || Some(place.name) == name || Some(place.name_en) == name_en
            })
        };
        asked.place.is_none_or(called)
            && asked.boxes.iter().all(|[south, west, north, east]| {
                any(&|place: &Place| {
                    (*south..=*north).contains(&place.latitude) && (*west..=*east).contains(&place.longitude)
                })
            })
            && asked.filter.near.is_none_or(|near| any(&|place: &Place| is_near(near, place)))
    }

    fn places_of(&self, at: usize) -> &[Place] {
        let start = at.checked_sub(1).map_or(0, |before| self.events[before].places_end);
        &self.places[start as usize..self.events[at].places_end as usize]
    }

    fn actors_of(&self, at: usize) -> &[Text] {
        let start = at.checked_sub(1).map_or(0, |before| self.events[before].actors_end);
        &self.actors[start as usize..self.events[at].actors_end as usize]
    }
}

fn is_near(near: Near, place: &Place) -> bool {
    let cosine = near.latitude.to_radians().cos() * KM_PER_DEGREE;
    let (down, across) = (place.latitude - near.latitude, place.longitude - near.longitude);
    down * down * (KM_PER_DEGREE * KM_PER_DEGREE) + across * across * (cosine * cosine) <= near.radius * near.radius
}

impl Hundredths {
    /// Holds nothing, and meets nothing.
    pub(super) const EMPTY: Self = Self([i16::MAX, i16::MIN, i16::MAX, i16::MIN]);

    /// A box of degrees, rounded outwards.
    fn around([south, west, north, east]: &[f64; 4]) -> Self {
        let (down, up) = (|value: &f64| (value * 100.0).floor() as i16, |value: &f64| (value * 100.0).ceil() as i16);
        Self([down(south), up(north), down(west), up(east)])
    }

    /// With one more place in it.
    pub(super) fn and(self, place: &Place) -> Self {
        if place.latitude.is_nan() || place.longitude.is_nan() {
            return self;
        }
        let more = Self::around(&[place.latitude, place.longitude, place.latitude, place.longitude]).0;
        let [south, north, west, east] = self.0;
        Self([south.min(more[0]), north.max(more[1]), west.min(more[2]), east.max(more[3])])
    }

    fn meets(self, other: Self) -> bool {
        let ([south, north, west, east], other) = (self.0, other.0);
        other[0] <= north && other[1] >= south && other[2] <= east && other[3] >= west
    }
}
