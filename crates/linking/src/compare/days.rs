//! When: two events by their days.

use super::{Comparison, add};
use crate::day;
use crate::facts::Facts;
use crate::news::weekday_of;
use crate::weights::Weights;

const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

impl Weights {
    pub(super) fn days(&self, a: &Facts, b: &Facts, found: &mut Comparison) {
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
                    add!(found, self.day_published_both, "{}", day::iso(x));
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
            if a == b { day::iso(a.0) } else { format!("{} / {}", day::iso(a.0), day::iso(b.0)) }
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
            Some(0..=2) => add!(found, self.day_published, "{}", day::iso(days.0)),
            Some(3..=7) => add!(found, self.day_unknown, "{}", day::iso(days.0)),
            Some(_) => add!(found, self.day_published_far, "{}", day::iso(days.0)),
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
}

/// The weekday of an undated event, and whether it is only that of the report's news.
fn named_weekday(facts: &Facts) -> (Option<u8>, bool) {
    match facts.weekday {
        Some(weekday) => (Some(weekday), false),
        None => (facts.news_weekday, true),
    }
}

/// Month and day: named without a year, or those of the one day told.
fn month_day(facts: &Facts) -> Option<(i8, i8)> {
    facts
        .month_day
        .or_else(|| facts.days.filter(|(first, last)| first == last).and_then(|(first, _)| day::month_day_of(first)))
}
