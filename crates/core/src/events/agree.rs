//! How far what two event words hold agrees, each value counted by how sure it is.

use super::features::{Features, template};
use super::holding::{Chosen, Holding};
use super::scene::Scene;
use crate::gazetteer::Point;
use crate::record::{PlaceKind, PlaceValue};

/// Kilometres within which two places are one for an event.
const NEAR: f64 = 15.0;

/// How surely two event words share a value, and how surely they hold different ones.
#[derive(Debug, Clone, Copy, Default)]
struct Agreement {
    shared: f32,
    wider: f32,
    apart: f32,
}

impl Agreement {
    /// As one number each, in five steps.
    fn codes(self) -> [u32; 3] {
        let step = |p: f32| [0.1, 0.3, 0.5, 0.8].iter().filter(|&&bound| p >= bound).count() as u32;
        [step(self.shared), step(self.wider), step(self.apart)]
    }
}

/// How two values stand to each other.
enum Stand {
    Same,
    Wider,
    Apart,
    Unrelated,
}

fn agreement(a: &[Chosen], b: &[Chosen], stand: impl Fn(usize, usize) -> Stand) -> Agreement {
    let (mut none, mut wider) = (1.0, 0.0_f32);
    let mut apart = 0.0_f32;
    for one in a {
        for two in b {
            let both = one.sure * two.sure;
            match stand(one.index, two.index) {
                Stand::Same => none *= 1.0 - both,
                Stand::Wider => wider = wider.max(both),
                Stand::Apart => apart = apart.max(both),
                Stand::Unrelated => {}
            }
        }
    }
    Agreement { shared: 1.0 - none, wider, apart: apart * none }
}

impl Scene<'_> {
    /// Features of what two event words hold, as one event; `kinds` tells how their types stand and
    /// `gap` how many sentences part them.
    pub(super) fn agree_features(&self, a: &Holding, b: &Holding, kinds: u32, gap: u32, out: &mut Features) {
        let party = |a: usize, b: usize| match (self.actors[a].key(self.book), self.actors[b].key(self.book)) {
            (Some(one), Some(two)) if one == two => Stand::Same,
            (Some(_), Some(_)) => Stand::Apart,
            _ => Stand::Unrelated,
        };
        let place = |a: usize, b: usize| places_stand(&self.places[a].value, &self.places[b].value);
        let day = |a: usize, b: usize| match (&self.days[a], &self.days[b]) {
            (one, two) if one.start.is_none() || two.start.is_none() => Stand::Unrelated,
            (one, two) if one.start == two.start && one.end == two.end => Stand::Same,
            (one, two) if one.start <= two.end && two.start <= one.end => Stand::Wider,
            _ => Stand::Apart,
        };
        let toll = |a: usize, b: usize| match (&self.tolls[a], &self.tolls[b]) {
            (one, two) if one.kind != two.kind => Stand::Unrelated,
            (one, two) if one.min == two.min && one.max == two.max => Stand::Same,
            _ => Stand::Apart,
        };
        let first = agreement(&a.actor1, &b.actor1, party).codes();
        let second = agreement(&a.actor2, &b.actor2, party).codes();
        let crossed = agreement(&a.actor1, &b.actor2, party).codes();
        let places = agreement(&a.places, &b.places, place).codes();
        let days = agreement(&a.days, &b.days, day).codes();
        let tolls = agreement(&a.tolls, &b.tolls, toll).codes();
        let gap = gap.min(2);
        for (number, codes) in [first, second, crossed, places, days, tolls].iter().enumerate() {
            let number = number as u32;
            out.add(template("agree"), &[number, codes[0], codes[1], codes[2]]);
            out.add(template("agree kinds"), &[number, codes[0], codes[1], codes[2], kinds]);
            out.add(template("agree gap"), &[number, codes[0], codes[2], gap]);
        }
        out.add(template("agree sides"), &[first[0], first[2], second[0], second[2], kinds]);
        out.add(template("agree where"), &[places[0], places[1], places[2], first[0], kinds]);
        out.add(template("agree who where"), &[places[0], places[2], first[0] + second[0], tolls[2], kinds]);
    }
}

fn places_stand(a: &PlaceValue, b: &PlaceValue) -> Stand {
    let wide = |place: &PlaceValue| {
        matches!(place.kind, PlaceKind::Governorate | PlaceKind::Country | PlaceKind::Area | PlaceKind::District)
    };
    if a.name_ar == b.name_ar {
        return Stand::Same;
    }
    let inside = |inner: &PlaceValue, outer: &PlaceValue| {
        wide(outer)
            && (outer.kind == PlaceKind::Country && outer.country.is_some() && inner.country == outer.country
                || inner.admin1.is_some() && inner.admin1 == outer.admin1)
    };
    if inside(a, b) || inside(b, a) {
        return Stand::Wider;
    }
    let point = |place: &PlaceValue| Some(Point { latitude: place.latitude?, longitude: place.longitude? });
    match (point(a), point(b)) {
        (Some(one), Some(two)) if one.rough_distance(two) <= NEAR => Stand::Wider,
        _ => Stand::Apart,
    }
}
