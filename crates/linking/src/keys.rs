//! Keys by which events find those that they are compared with.

use maydani_core::record::PlaceKind;

use crate::facts::Facts;
use crate::near_duplicates;

/// Cells of a degree: a cell of 0.2° is some 20 km wide.
const CELLS: f64 = 5.0;
/// Of the hashed words of a passage, how many become keys: the smallest hashes, so that copies agree.
const RAREST: usize = 4;

/// Keys by which events are found for comparison: those under which an event is kept, and those under
/// which it seeks others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    /// It is kept under these.
    pub stored: Vec<i64>,
    /// It is compared with what is kept under these.
    pub sought: Vec<i64>,
}

impl Keys {
    fn both(&mut self, key: i64) {
        self.stored.push(key);
        self.sought.push(key);
    }
}

/// The keys of an event. Whichever of two events comes first, the other finds it.
#[must_use]
pub fn candidate_keys(facts: &Facts) -> Keys {
    let mut keys = Keys::default();
    let key = |text: String| near_duplicates::hash(&text).cast_signed();
    for place in &facts.places {
        let narrow = place.is_precise();
        if !matches!(place.kind, PlaceKind::Governorate | PlaceKind::Country) {
            keys.both(key(format!("name {}", place.name)));
            for (latitude, longitude) in place.at.iter().chain(&place.namesakes) {
                let (row, column) = ((latitude * CELLS).floor() as i32, (longitude * CELLS).floor() as i32);
                keys.stored.push(key(format!("cell {row} {column}")));
                for (dr, dc) in (-1..=1).flat_map(|dr| (-1..=1).map(move |dc| (dr, dc))) {
                    keys.sought.push(key(format!("cell {} {}", row + dr, column + dc)));
                }
            }
        }
        let province = if place.kind == PlaceKind::Governorate { Some(&place.name) } else { place.admin1.as_ref() };
        let group = facts.kind.event_type().label();
        if let (Some(country), Some(province)) = (&place.country, province) {
            // A report that names the province alone meets the narrow and the wide; the narrow only it.
            let (in_narrow, in_wide) =
                (key(format!("in {country} {province} {group}")), key(format!("all {country} {province} {group}")));
            keys.stored.push(if narrow { in_narrow } else { in_wide });
            keys.sought.push(in_wide);
            if !narrow {
                keys.sought.push(in_narrow);
            }
        }
        if place.kind == PlaceKind::Country {
            keys.both(key(format!("country {:?} {}", place.country, facts.kind.code())));
        }
    }
    for word in facts.words.iter().take(RAREST) {
        keys.both(key(format!("word {word}")));
    }
    for list in [&mut keys.stored, &mut keys.sought] {
        list.sort_unstable();
        list.dedup();
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::candidate_keys;
    use crate::compare::tests::facts;

    #[test]
    fn neighbours_share_a_key() {
        let a = facts("a", "x", Some((34.799, 40.799)), None);
        let b = facts("b", "y", Some((34.801, 40.801)), None);
        let keys = candidate_keys(&b);
        assert!(candidate_keys(&a).sought.iter().any(|key| keys.stored.contains(key)));
        assert!(candidate_keys(&a).stored.iter().any(|key| keys.sought.contains(key)));
    }
}
