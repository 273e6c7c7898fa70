//! Compares two events: points, and the reasons for them.

mod days;
mod places;
mod sides;

use maydani_core::event_type::SubEventType;
use maydani_core::record::Modality;
use serde::{Deserialize, Serialize};

use crate::facts::Facts;
use crate::weights::Weights;

/// Numbers from here on are seldom the same by chance.
const HIGH: u32 = 5;
/// Of fewer telling words nothing can be said.
const FEWEST_WORDS: usize = 4;

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
use add;

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

#[cfg(test)]
pub(crate) mod tests {
    use maydani_core::event_type::SubEventType;
    use maydani_core::record::{Modality, PlaceKind};

    use crate::facts::{Facts, PlaceFacts};
    use crate::weights::Weights;

    pub(crate) fn facts(id: &str, place: &str, at: Option<(f64, f64)>, day: Option<i32>) -> Facts {
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
    fn another_day_or_another_place_is_not() {
        let weights = Weights::built_in().unwrap();
        let a = facts("a", "هجين", Some((34.7, 40.8)), Some(17_000));
        for b in
            [facts("b", "هجين", Some((34.7, 40.8)), Some(17_010)), facts("b", "تدمر", Some((34.5, 38.2)), Some(17_000))]
        {
            assert!(weights.compare(&a, &b).score < weights.link);
        }
    }
}
