//! Compares two events: points, and the reasons for them.

use std::sync::LazyLock;

use maydani_core::event_type::SubEventType;
use maydani_core::record::{Modality, PlaceKind};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::facts::{Facts, PlaceFacts};
use crate::news::weekday_of;
use crate::weights::Weights;

/// One reason for or against two events being one occurrence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The entry of `codebook/linking.tsv`.
    pub weight: String,
    /// Its points, as they counted here.
    pub points: f64,
    /// What was compared, for a reader: `Hajin`, `3 and 4`.
    pub detail: String,
}

/// Two events compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The points of all reasons.
    pub score: f64,
    /// The reasons, in the order place, day, type, sides, tolls, words.
    pub reasons: Vec<Reason>,
}

impl Comparison {
    fn add(&mut self, weight: &str, points: f64, detail: impl Into<String>) {
        self.score += points;
        self.reasons.push(Reason { weight: weight.to_owned(), points, detail: detail.into() });
    }
}

macro_rules! add {
    ($comparison:ident, $weights:ident.$name:ident, $($detail:tt)*) => {
        $comparison.add(stringify!($name), $weights.$name, format!($($detail)*))
    };
}

impl Weights {
    /// Compares two events. The same for (a, b) and (b, a), reasons included.
    #[must_use]
    pub fn compare(&self, a: &Facts, b: &Facts) -> Comparison {
        let (a, b) = if a.id <= b.id { (a, b) } else { (b, a) };
        let mut found = Comparison { score: 0.0, reasons: Vec::with_capacity(8) };
        if a.report == b.report {
            add!(found, self.same_report, "{}", a.report);
        }
        self.places(a, b, &mut found);
        self.days(a, b, &mut found);
        self.types(a, b, &mut found);
        self.sides(a, b, &mut found);
        self.toll("killed", a.killed, b.killed, &mut found);
        self.toll("wounded", a.wounded, b.wounded, &mut found);
        self.words(a, b, &mut found);
        if (a.modality == Modality::Denied) != (b.modality == Modality::Denied) {
            add!(found, self.denial, "");
        }
        if a.recalled || b.recalled {
            add!(found, self.recalled, "");
        } else if a.aside || b.aside {
            add!(found, self.aside, "");
        }
        found
    }

    fn places(&self, a: &Facts, b: &Facts, found: &mut Comparison) {
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

    fn days(&self, a: &Facts, b: &Facts, found: &mut Comparison) {
        if let (Some(x), Some(y), true) = (month_day(a), month_day(b), a.days.is_none() || b.days.is_none()) {
            let weekdays = a.weekday.zip(b.weekday).is_none_or(|(x, y)| x == y);
            // Months as if they had 31 days: only neighbours matter.
            let apart = (i32::from(x.0) * 31 + i32::from(x.1) - i32::from(y.0) * 31 - i32::from(y.1)).abs();
            return match apart {
                0 if weekdays => add!(found, self.day_month_same, "{}/{}", x.1, x.0),
                1 => add!(found, self.day_month_next, "{}/{} / {}/{}", x.1, x.0, y.1, y.0),
                _ => add!(found, self.day_month_differs, "{}/{} / {}/{}", x.1, x.0, y.1, y.0),
            };
        }
        match (a.days, b.days) {
            (Some(x), Some(y)) => self.day_spans(x, y, found),
            (Some(days), None) => self.day_and_publication(days, b, found),
            (None, Some(days)) => self.day_and_publication(days, a, found),
            (None, None) => match (a.published, b.published) {
                (Some(x), Some(y)) if (x - y).abs() <= 1 => {
                    add!(found, self.day_published_both, "{}", crate::day::iso(x));
                }
                (Some(x), Some(y)) if (x - y).abs() > 7 => {
                    add!(found, self.day_published_far, "{} days", (x - y).abs());
                }
                _ => self.weekdays(a, b, found),
            },
        }
    }

    fn day_spans(&self, a: (i32, i32), b: (i32, i32), found: &mut Comparison) {
        let gap = (b.0 - a.1).max(a.0 - b.1).max(0);
        let long = (a.1 - a.0).max(b.1 - b.0);
        let detail = || {
            if a == b { crate::day::iso(a.0) } else { format!("{} / {}", crate::day::iso(a.0), crate::day::iso(b.0)) }
        };
        match gap {
            0 if long <= 1 => add!(found, self.day_same, "{}", detail()),
            0 => add!(found, self.day_overlap, "{}", detail()),
            1 => add!(found, self.day_next, "{}", detail()),
            2 => add!(found, self.day_2, "{}", detail()),
            3 => add!(found, self.day_3, "{}", detail()),
            _ => add!(found, self.day_far, "{}", detail()),
        }
    }

    fn day_and_publication(&self, days: (i32, i32), undated: &Facts, found: &mut Comparison) {
        match undated.published.map(|published| published - days.1) {
            Some(0..=2) => add!(found, self.day_published, "{}", crate::day::iso(days.0)),
            Some(3..=7) => add!(found, self.day_unknown, "{}", crate::day::iso(days.0)),
            Some(_) => add!(found, self.day_published_far, "{}", crate::day::iso(days.0)),
            None => {
                // Of a week's span every weekday is one.
                let told = if days.1 - days.0 >= 6 { None } else { Some(weekday_of(days.0)) };
                self.weekday_pair((told, false), named_weekday(undated), found);
            }
        }
    }

    fn weekdays(&self, a: &Facts, b: &Facts, found: &mut Comparison) {
        self.weekday_pair(named_weekday(a), named_weekday(b), found);
    }

    /// Two weekdays, each with whether it is only that of the report's news.
    fn weekday_pair(&self, a: (Option<u8>, bool), b: (Option<u8>, bool), found: &mut Comparison) {
        let (Some(x), Some(y)) = (a.0, b.0) else { return add!(found, self.day_unknown, "") };
        let name = |weekday: u8| WEEKDAYS[usize::from(weekday % 7)];
        let detail = if x == y { name(x).to_owned() } else { format!("{} / {}", name(x), name(y)) };
        let (weight, points) = match ((7 + x - y) % 7, a.1 || b.1) {
            (0, false) => ("day_weekday", self.day_weekday),
            (1 | 6, false) => ("day_weekday_next", self.day_weekday_next),
            (_, false) => ("day_weekday_differs", self.day_weekday_differs),
            (0, true) => ("day_news", self.day_news),
            (1 | 6, true) => ("day_news_next", self.day_news_next),
            (_, true) => ("day_news_differs", self.day_news_differs),
        };
        found.add(weight, points, detail);
    }

    fn types(&self, a: &Facts, b: &Facts, found: &mut Comparison) {
        let detail =
            if a.kind == b.kind { a.kind.code().to_owned() } else { format!("{} / {}", a.kind.code(), b.kind.code()) };
        if a.kind == b.kind && a.kind != SubEventType::OtherStrategic {
            found.add("type_same", self.type_same, detail);
        } else if self.near(a.kind, b.kind) {
            found.add("type_near", self.type_near, detail);
        } else if a.kind.event_type() == b.kind.event_type() {
            found.add("type_group", self.type_group, detail);
        } else {
            found.add("type_differs", self.type_differs, detail);
        }
    }

    fn sides(&self, a: &Facts, b: &Facts, found: &mut Comparison) {
        let shared = |x: &[String], y: &[String]| x.iter().find(|key| y.contains(key)).cloned();
        let known = |keys: &[String]| keys.iter().any(|key| !is_vague(key));
        if let Some(key) = shared(&a.actor1, &b.actor1) {
            let points = if is_vague(&key) { self.side_same / 2.0 } else { self.side_same };
            found.add("side_same", points, key);
        } else if let Some(key) =
            shared(&a.actor1, &b.actor2).or_else(|| shared(&a.actor2, &b.actor1)).filter(|key| !is_vague(key))
        {
            found.add("side_swapped", self.side_swapped, key);
        } else if known(&a.actor1) && known(&b.actor1) && allied(&a.actor1, &b.actor1) {
            add!(found, self.side_allied, "{} / {}", a.actor1[0], b.actor1[0]);
        } else if known(&a.actor1) && known(&b.actor1) {
            add!(found, self.side_differs, "{} / {}", a.actor1[0], b.actor1[0]);
        }
        if let Some(key) = shared(&a.actor2, &b.actor2) {
            found.add("target_same", self.target_same, key);
        } else if known(&a.actor2) && known(&b.actor2) && !allied(&a.actor2, &b.actor2) {
            add!(found, self.target_differs, "{} / {}", a.actor2[0], b.actor2[0]);
        }
    }

    fn toll(&self, kind: &str, a: Option<(u32, Option<u32>)>, b: Option<(u32, Option<u32>)>, found: &mut Comparison) {
        let (Some((a_min, a_max)), Some((b_min, b_max))) = (a, b) else { return };
        let exact = a_max == Some(a_min) && b_max == Some(b_min);
        let detail = if a_min == b_min { format!("{kind} {a_min}") } else { format!("{kind} {a_min} and {b_min}") };
        let (low, high) = (a_min.min(b_min), a_min.max(b_min));
        let overlap = a_max.is_none_or(|max| max >= b_min) && b_max.is_none_or(|max| max >= a_min);
        let close = high - low <= 1 || f64::from(high) <= f64::from(low) * 1.35;
        match (exact && low == high, low) {
            (true, HIGH..) => found.add("toll_equal_high", self.toll_equal_high, detail),
            (true, 2..) => found.add("toll_equal", self.toll_equal, detail),
            (true, _) => found.add("toll_equal_one", self.toll_equal_one, detail),
            (false, HIGH..) if close => found.add("toll_near", self.toll_near, detail),
            (false, _) if overlap => found.add("toll_vague", self.toll_vague, detail),
            (false, _) if close => found.add("toll_near_low", self.toll_near_low, detail),
            (false, _) if f64::from(high) > f64::from(low) * 2.0 + 2.0 => {
                found.add("toll_differs", self.toll_differs, detail);
            }
            _ => {}
        }
    }

    fn words(&self, a: &Facts, b: &Facts, found: &mut Comparison) {
        if a.words.len().min(b.words.len()) < FEWEST_WORDS {
            return;
        }
        let share = f64::from(shared_words(&a.words, &b.words)) / ((a.words.len() * b.words.len()) as f64).sqrt();
        let detail = format!("{:.0} %", share * 100.0);
        match share {
            // An outlet repeats its own background from report to report.
            0.12.. if a.outlet.is_some() && a.outlet == b.outlet => {
                found.add("text_own_copy", self.text_own_copy, detail);
            }
            0.45.. => found.add("text_copy", self.text_copy, detail),
            0.2.. => found.add("text_like", self.text_like, detail),
            0.12.. => found.add("text_some", self.text_some, detail),
            ..0.04 => found.add("text_other", self.text_other, detail),
            _ => {}
        }
    }
}

const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The weekday of an undated event, and whether it is only that of the report's news.
fn named_weekday(facts: &Facts) -> (Option<u8>, bool) {
    match facts.weekday {
        Some(weekday) => (Some(weekday), false),
        None => (facts.news_weekday, true),
    }
}

/// Numbers from here on are seldom the same by chance.
const HIGH: u32 = 5;
/// So many places of one event are a list, as of all that was shelled in a day.
const LIST: usize = 4;
/// Of reports that name fewer places it says little that they name the same.
const FEWEST_PLACES: usize = 2;
/// Of fewer telling words nothing can be said.
const FEWEST_WORDS: usize = 4;

/// Month and day: named without a year, or those of the one day told.
fn month_day(facts: &Facts) -> Option<(i8, i8)> {
    facts.month_day.or_else(|| {
        facts.days.filter(|(first, last)| first == last).and_then(|(first, _)| crate::day::month_day_of(first))
    })
}

/// Keys that stand for anybody.
fn is_vague(key: &str) -> bool {
    matches!(key, "civilians" | "unknown" | "unidentified_armed_group") || key.starts_with("other:")
}

/// Whether two of them fight on one side, by `codebook/actors.tsv`.
fn allied(a: &[String], b: &[String]) -> bool {
    static SIDES: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
        let mut lines = include_str!("../../../codebook/actors.tsv").lines().filter(|line| !line.starts_with('#'));
        let side = lines.next().and_then(|head| head.split('\t').position(|cell| cell == "side"));
        lines
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let key = cells.next()?;
                Some((key, cells.nth(side? - 1)?)).filter(|(_, side)| !side.is_empty())
            })
            .collect()
    });
    let sides = |keys: &[String]| keys.iter().filter_map(|key| SIDES.get(key.as_str()).copied()).collect::<Vec<_>>();
    let ours = sides(a);
    sides(b).iter().any(|side| ours.contains(side))
}

/// How many entries two sorted lists share.
fn shared_words(a: &[u32], b: &[u32]) -> u32 {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    shared
}

/// Distance on the sphere, in kilometres.
#[must_use]
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat1, lat2) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = (lat2 - lat1, (b.1 - a.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
    12742.0 * h.sqrt().min(1.0).asin()
}

/// Keys by which events are found for comparison: those under which an event is kept, and those under
/// which it seeks others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    /// It is kept under these.
    pub stored: Vec<i64>,
    /// It is compared with what is kept under these.
    pub sought: Vec<i64>,
}

/// The keys of an event. Whichever of two events comes first, the other finds it.
#[must_use]
pub fn candidate_keys(facts: &Facts) -> Keys {
    let mut keys = Keys::default();
    let key = |text: String| crate::near_duplicates::hash(&text).cast_signed();
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

impl Keys {
    fn both(&mut self, key: i64) {
        self.stored.push(key);
        self.sought.push(key);
    }
}

/// Cells of a degree: a cell of 0.2° is some 20 km wide.
const CELLS: f64 = 5.0;
/// Of the hashed words of a passage, how many become keys: the smallest hashes, so that copies agree.
const RAREST: usize = 4;

#[cfg(test)]
mod tests {
    use maydani_core::event_type::SubEventType;
    use maydani_core::record::{Modality, PlaceKind};

    use super::{Facts, PlaceFacts, candidate_keys, kilometres};
    use crate::weights::Weights;

    fn facts(id: &str, place: &str, at: Option<(f64, f64)>, day: Option<i32>) -> Facts {
        Facts {
            id: id.into(),
            report: format!("report of {id}"),
            kind: SubEventType::AirDroneStrike,
            modality: Modality::Asserted,
            days: day.map(|day| (day, day)),
            published: None,
            weekday: None,
            news_weekday: None,
            month_day: None,
            recalled: false,
            aside: false,
            outlet: None,
            places: vec![PlaceFacts {
                id: None,
                name: place.into(),
                country: Some("SY".into()),
                admin1: None,
                at,
                namesakes: Vec::new(),
                kind: PlaceKind::Settlement,
                seat: false,
            }],
            actor1: vec!["turkish_forces".into()],
            actor2: Vec::new(),
            killed: None,
            wounded: None,
            words: Vec::new(),
            report_places: Vec::new(),
        }
    }

    #[test]
    fn same_village_same_day_same_means_is_one() {
        let weights = Weights::built_in().unwrap();
        let (mut a, mut b) = (
            facts("a", "هجين", Some((34.7, 40.8)), Some(17_000)),
            facts("b", "هجين", Some((34.7, 40.8)), Some(17_000)),
        );
        a.killed = Some((3, Some(3)));
        b.killed = Some((4, Some(4)));
        let found = weights.compare(&a, &b);
        assert!(found.score >= weights.link);
        let said: Vec<&str> = found.reasons.iter().map(|reason| reason.weight.as_str()).collect();
        assert_eq!(said, ["place_same", "day_same", "type_same", "side_same", "toll_near_low"]);
        assert_eq!(found, weights.compare(&b, &a));
    }

    #[test]
    fn weekdays_of_the_news_count_where_no_day_is_told() {
        let weights = Weights::built_in().unwrap();
        let told = |a: &mut Facts, b: &mut Facts| {
            let found = weights.compare(a, b);
            found.reasons[1].weight.clone()
        };
        let (mut a, mut b) = (facts("a", "هجين", None, None), facts("b", "هجين", None, None));
        assert_eq!(told(&mut a, &mut b), "day_unknown");
        (a.weekday, b.weekday) = (Some(6), Some(0));
        assert_eq!(told(&mut a, &mut b), "day_weekday_next");
        (b.weekday, b.news_weekday) = (None, Some(6));
        assert_eq!(told(&mut a, &mut b), "day_news");
        b.news_weekday = Some(3);
        assert_eq!(told(&mut a, &mut b), "day_news_differs");
        // 17,000 was a Monday, 18 July 2016.
        (a.days, b.news_weekday) = (Some((17_000, 17_000)), Some(1));
        assert_eq!(told(&mut a, &mut b), "day_news");
    }

    #[test]
    fn tolls_that_say_little_count_little() {
        let weights = Weights::built_in().unwrap();
        let toll = |a, b| {
            let (mut x, mut y) = (facts("a", "هجين", None, None), facts("b", "هجين", None, None));
            (x.killed, y.killed) = (Some(a), Some(b));
            weights.compare(&x, &y).reasons.last().map(|reason| reason.weight.clone()).unwrap_or_default()
        };
        assert_eq!(toll((1, Some(1)), (1, Some(1))), "toll_equal_one");
        assert_eq!(toll((3, Some(3)), (3, Some(3))), "toll_equal");
        assert_eq!(toll((12, Some(12)), (12, Some(12))), "toll_equal_high");
        assert_eq!(toll((12, Some(12)), (14, Some(14))), "toll_near");
        assert_eq!(toll((2, None), (14, Some(14))), "toll_vague");
        assert_eq!(toll((1, Some(1)), (14, Some(14))), "toll_differs");
    }

    #[test]
    fn allies_are_known() {
        let key = |key: &str| vec![key.to_owned()];
        assert!(super::allied(&key("us_forces"), &key("global_coalition")));
        assert!(!super::allied(&key("us_forces"), &key("syrian_army")));
        assert!(!super::allied(&key("nobody"), &key("nobody")));
    }

    #[test]
    fn another_day_or_another_place_is_not() {
        let weights = Weights::built_in().unwrap();
        let a = facts("a", "هجين", Some((34.7, 40.8)), Some(17_000));
        for b in
            [facts("b", "هجين", Some((34.7, 40.8)), Some(17_010)), facts("b", "تدمر", Some((34.5, 38.2)), Some(17_000))]
        {
            assert!(weights.compare(&a, &b).score < weights.link);
        }
    }

    #[test]
    fn neighbours_share_a_key() {
        let a = facts("a", "x", Some((34.799, 40.799)), None);
        let b = facts("b", "y", Some((34.801, 40.801)), None);
        let keys = candidate_keys(&b);
        assert!(candidate_keys(&a).sought.iter().any(|key| keys.stored.contains(key)));
        assert!(candidate_keys(&a).stored.iter().any(|key| keys.sought.contains(key)));
        assert!(kilometres((34.7, 40.8), (34.7, 40.8)).abs() < 1e-9);
        assert!((kilometres((33.513, 36.292), (36.202, 37.134)) - 309.0).abs() < 5.0);
    }
}
