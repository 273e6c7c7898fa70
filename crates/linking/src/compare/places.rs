//! Where: two events by their places.

use maydani_core::record::PlaceKind;

use super::{Comparison, add, shared_words};
use crate::distance::kilometres;
use crate::facts::{Facts, PlaceFacts};
use crate::weights::Weights;

/// So many places of one event are a list, as of all that was shelled in a day.
const LIST: usize = 4;
/// Of reports that name fewer places it says little that they name the same.
const FEWEST_PLACES: usize = 2;

impl Weights {
    pub(super) fn places(&self, a: &Facts, b: &Facts, found: &mut Comparison) {
        let mut best: Option<(&str, f64, String)> = None;
        for one in &a.places {
            for other in &b.places {
                let (weight, points, detail) = self.place(one, other);
                if best.as_ref().is_none_or(|(_, most, _)| points > *most) {
                    best = Some((weight, points, detail));
                }
            }
        }
        match best {
            Some((weight, points, detail)) => found.add(weight, points, detail),
            None => add!(found, self.place_unknown, ""),
        }
        if a.places.len().max(b.places.len()) >= LIST {
            add!(found, self.place_list, "{} and {} places", a.places.len(), b.places.len());
        }
        if a.report != b.report && a.report_places.len().min(b.report_places.len()) >= FEWEST_PLACES {
            let shared = shared_words(&a.report_places, &b.report_places);
            let all = a.report_places.len() as u32 + b.report_places.len() as u32 - shared;
            let detail = || format!("{shared} of {all} places");
            match f64::from(shared) / f64::from(all) {
                0.5.. => found.add("report_places_same", self.report_places_same, detail()),
                0.25.. => found.add("report_places_some", self.report_places_some, detail()),
                ..0.1 => found.add("report_places_other", self.report_places_other, detail()),
                _ => {}
            }
        }
    }

    fn place(&self, a: &PlaceFacts, b: &PlaceFacts) -> (&'static str, f64, String) {
        let same_id = a.id.is_some() && a.id == b.id;
        let same_name = a.name == b.name && !a.name.is_empty();
        let countries = a.country.as_ref().zip(b.country.as_ref());
        let other_country = countries.is_some_and(|(x, y)| x != y);
        let names = || if same_name { a.name.clone() } else { format!("{} / {}", a.name, b.name) };
        if same_id
            || (same_name
                && !other_country
                && a.at.is_some() == b.at.is_some()
                && a.at == b.at
                && a.namesakes.is_empty()
                && b.namesakes.is_empty())
        {
            return match a.kind.max(b.kind) {
                PlaceKind::Country => ("place_same_country", self.place_same_country, names()),
                PlaceKind::Governorate => ("place_same_province", self.place_same_province, names()),
                PlaceKind::District | PlaceKind::Area if !(a.is_precise() || b.is_precise()) => {
                    ("place_same_wide", self.place_same_wide, names())
                }
                _ if a.seat || b.seat => ("place_same_seat", self.place_same_seat, names()),
                _ => ("place_same", self.place_same, names()),
            };
        }
        // One of the two is wide: does it hold the other?
        if !a.is_precise() || !b.is_precise() {
            return self.wide_place(a, b, other_country, names());
        }
        if let Some((one, other)) = a.at.zip(b.at) {
            let km = kilometres(one, other);
            let detail = format!("{}, {km:.0} km", names());
            return match km {
                ..=2.0 => ("place_2km", self.place_2km, detail),
                ..=5.0 => ("place_5km", self.place_5km, detail),
                ..=15.0 => ("place_15km", self.place_15km, detail),
                ..=40.0 => ("place_40km", self.place_40km, detail),
                _ => ("place_far", self.place_far, detail),
            };
        }
        if same_name && !other_country {
            return ("place_name", self.place_name, names());
        }
        if a.namesakes.iter().chain(&a.at).any(|x| b.namesakes.iter().chain(&b.at).any(|y| kilometres(*x, *y) <= 5.0)) {
            return ("place_namesake", self.place_namesake, names());
        }
        ("place_differs", self.place_differs, names())
    }

    fn wide_place(
        &self,
        a: &PlaceFacts,
        b: &PlaceFacts,
        other_country: bool,
        names: String,
    ) -> (&'static str, f64, String) {
        if other_country {
            return ("place_far", self.place_far, names);
        }
        let (wide, narrow) = if a.is_precise() || (a.kind < b.kind && !b.is_precise()) { (b, a) } else { (a, b) };
        let holds = match wide.kind {
            PlaceKind::Country => wide.country.is_some() && wide.country == narrow.country,
            _ => narrow
                .admin1
                .as_ref()
                .is_some_and(|admin1| *admin1 == wide.name || wide.admin1.as_ref() == Some(admin1)),
        };
        let close = wide.at.zip(narrow.at).is_some_and(|(x, y)| kilometres(x, y) <= 30.0);
        match (holds, wide.kind) {
            (true, PlaceKind::Country) => ("place_same_country", self.place_same_country, names),
            (true, _) if narrow.is_precise() => ("place_inside", self.place_inside, names),
            (true, _) => ("place_same_province", self.place_same_province, names),
            (false, PlaceKind::District | PlaceKind::Area) if close => ("place_inside", self.place_inside, names),
            _ => ("place_differs", self.place_differs, names),
        }
    }
}
