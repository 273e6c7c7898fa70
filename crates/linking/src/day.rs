//! Days as whole numbers: days since 1970-01-01.

use std::sync::LazyLock;

use jiff::civil::Date;
use maydani_core::days::{Lexicon, Mode, expressions};
use maydani_text::Text;

/// A day, counted from 1970-01-01.
pub type Day = i32;

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// The day at the front of an ISO day or time; `None` where there is none.
#[must_use]
pub fn parse(text: &str) -> Option<Day> {
    let date: Date = text.get(..10)?.parse().ok()?;
    Some(of(date))
}

/// The number of a civil date.
#[must_use]
pub fn of(date: Date) -> Day {
    EPOCH.until(date).map_or(0, |span| span.get_days())
}

/// The ISO form of a day.
#[must_use]
pub fn iso(day: Day) -> String {
    let span = jiff::Span::new().try_days(day);
    span.and_then(|span| EPOCH.checked_add(span)).map_or_else(|_| String::new(), |date| date.to_string())
}

/// Month and day of a day.
#[must_use]
pub fn month_day_of(day: Day) -> Option<(i8, i8)> {
    let date = EPOCH.checked_add(jiff::Span::new().try_days(day).ok()?).ok()?;
    Some((date.month(), date.day()))
}

/// The weekday that a time expression names (0 Sunday … 6 Saturday), if just one.
#[must_use]
pub fn weekday(normalised: &str) -> Option<u8> {
    const NAMES: [&str; 7] = ["احد", "اثنين", "ثلاثاء", "اربعاء", "خميس", "جمعه", "سبت"];
    let mut found = None;
    for word in normalised.split_whitespace() {
        let word = word.trim_start_matches(['و', 'ل', 'ب']);
        let word = word.strip_prefix("ال").unwrap_or(word);
        if let Some(at) = NAMES.iter().position(|name| *name == word) {
            if found.is_some_and(|seen| seen != at as u8) {
                return None;
            }
            found = Some(at as u8);
        }
    }
    found
}

/// The month and day that an expression names without a year («الثلاثاء 30 أيار»).
#[must_use]
pub fn month_and_day(expression: &str) -> Option<(i8, i8)> {
    static LEXICON: LazyLock<Option<Lexicon>> = LazyLock::new(|| Lexicon::builtin().ok());
    let text = Text::new(expression);
    if expression.split(|c: char| !c.is_numeric()).any(|number| number.chars().count() == 4) {
        return None; // the year is there
    }
    // Read as if published on several days: what names a month and a day stays, what is counted from
    // today moves; a weekday beside it fits some of the years alone.
    let days = [(2019, 12, 25), (2021, 11, 20), (2022, 12, 31), (2023, 12, 10), (2024, 12, 5)];
    let found: Vec<(i8, i8)> = days
        .iter()
        .filter_map(|(year, month, day)| {
            let found = expressions(&text, Some(jiff::civil::date(*year, *month, *day)), LEXICON.as_ref()?, Mode::News);
            let start = found.iter().find(|found| found.precision == Some(1))?.start?;
            Some((start.month(), start.day()))
        })
        .collect();
    let first = *found.first()?;
    (found.len() > 1 && found.iter().all(|one| *one == first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::{iso, month_and_day, parse, weekday};

    #[test]
    fn days_count_from_1970() {
        assert_eq!(parse("1970-01-02"), Some(1));
        assert_eq!(parse("2018-10-29T12:00:00Z").map(iso).as_deref(), Some("2018-10-29"));
        assert_eq!(parse("gestern"), None);
        assert_eq!(iso(-1), "1969-12-31");
    }

    #[test]
    fn months_and_days_without_a_year() {
        assert_eq!(month_and_day("صباح اليوم الثلاثاء 30 أيار"), Some((5, 30)));
        assert_eq!(month_and_day("يوم الجمعة"), None);
        assert_eq!(month_and_day("اليوم"), None);
        assert_eq!(month_and_day("30 أيار 2021"), None);
    }

    #[test]
    fn weekdays() {
        assert_eq!(weekday("يوم الجمعه"), Some(5));
        assert_eq!(weekday("والاحد"), Some(0));
        assert_eq!(weekday("السبت والاحد"), None);
        assert_eq!(weekday("امس"), None);
    }
}
