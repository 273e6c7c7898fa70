//! Days as whole numbers: days since 1970-01-01.

use std::sync::LazyLock;

use jiff::civil::Date;
use maydani_core::codebook::Table;
use maydani_core::days::{Lexicon, Mode, expressions};
use maydani_text::{ARTICLE, Text, normalise};

/// A day, counted from 1970-01-01.
pub type Day = i32;

static LEXICON: LazyLock<Option<Lexicon>> = LazyLock::new(|| Lexicon::builtin().ok());

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

/// The last such month and day up to a day; `None` where there is none (30 February).
#[must_use]
pub fn latest_before(until: Day, month: i8, day: i8) -> Option<Day> {
    let until = EPOCH.checked_add(jiff::Span::new().try_days(until).ok()?).ok()?;
    let on = |year| Date::new(year, month, day).ok().filter(|date| *date <= until).map(of);
    on(until.year()).or_else(|| on(until.year() - 1))
}

/// The day in an address: `/2022/02/16/`, `/2022/2/16/`, `/2022-02-16`.
#[must_use]
pub fn of_url(url: &str) -> Option<Day> {
    let path = url.split_once("://")?.1.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split(['/', '-']).collect();
    parts.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        let year = year.parse().ok().filter(|_| year.len() == 4).filter(|year| (1990..2100).contains(year))?;
        let day: String = day.chars().take_while(char::is_ascii_digit).collect();
        let small = |text: &str| text.parse::<i8>().ok().filter(|_| text.len() <= 2);
        Date::new(year, small(month)?, small(&day)?).ok().map(of)
    })
}

/// The weekdays by name, without the article, and their numbers (0 Sunday … 6 Saturday).
static WEEKDAYS: LazyLock<Vec<(String, u8)>> = LazyLock::new(|| {
    let file = include_str!("../../../codebook/weekdays.tsv");
    let table = Table::read("weekdays.tsv", 0, file, &[], &mut Vec::new());
    let rows = table.rows().filter_map(|row| Some((row.cell("number").parse::<u8>().ok()?, row.list("forms"))));
    let named = rows.flat_map(|(number, forms)| forms.map(move |form| (normalise(form), number % 7)));
    named.filter(|(name, _)| !name.starts_with(ARTICLE)).collect()
});

/// The weekday that a time expression names (0 Sunday … 6 Saturday), if just one.
#[must_use]
pub fn weekday(normalised: &str) -> Option<u8> {
    let mut found = None;
    for word in normalised.split_whitespace() {
        let word = word.trim_start_matches(['و', 'ل', 'ب']);
        let word = word.strip_prefix(ARTICLE).unwrap_or(word);
        if let Some(&(_, weekday)) = WEEKDAYS.iter().find(|(name, _)| name == word) {
            if found.is_some_and(|seen| seen != weekday) {
                return None;
            }
            found = Some(weekday);
        }
    }
    found
}

/// The month and day that an expression names without a year («الثلاثاء 30 أيار»).
#[must_use]
pub fn month_and_day(expression: &str) -> Option<(i8, i8)> {
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

/// The day of a date line that a text prints («الاثنين, 21 نوفمبر 2022, 23:54»).
#[must_use]
pub fn printed(text: &str) -> Option<Day> {
    let has_year = text.split(|c: char| !c.is_numeric()).any(|number| number.chars().count() == 4);
    let lexicon = LEXICON.as_ref().filter(|_| has_year)?;
    let found = expressions(&Text::new(text), None, lexicon, Mode::News);
    found.iter().find(|found| found.dateline && found.precision == Some(1))?.start.map(of)
}

#[cfg(test)]
mod tests {
    use super::{iso, latest_before, month_and_day, of_url, parse, printed, weekday};

    #[test]
    fn days_count_from_1970() {
        assert_eq!(parse("1970-01-02"), Some(1));
        assert_eq!(parse("2018-10-29T12:00:00Z").map(iso).as_deref(), Some("2018-10-29"));
        assert_eq!(parse("gestern"), None);
        assert_eq!(iso(-1), "1969-12-31");
    }

    #[test]
    fn days_in_addresses() {
        let day = |url| of_url(url).map(iso);
        assert_eq!(day("https://a.example/ar/2022/02/16/x").as_deref(), Some("2022-02-16"));
        assert_eq!(day("https://a.example/2021/8/18/x").as_deref(), Some("2021-08-18"));
        assert_eq!(day("https://a.example/news-2021-08-18?a").as_deref(), Some("2021-08-18"));
        assert_eq!(day("https://a.example/archives/541400/12/11"), None);
    }

    #[test]
    fn date_lines() {
        let day = |text| printed(text).map(iso);
        let page = "قصف على القرية\n\nالاثنين, 21 نوفمبر 2022, 23:54\n\nقصفت طائرة مسيرة القرية صباح اليوم";
        assert_eq!(day(page).as_deref(), Some("2022-11-21"));
        assert_eq!(day("قصفت طائرة مسيرة القرية في 21 نوفمبر 2021 وقتل مدني كان يعمل في حقله"), None);
    }

    #[test]
    fn the_last_such_day() {
        let before = |month, day| latest_before(parse("2021-12-11").unwrap_or(0), month, day).map(iso);
        assert_eq!(before(12, 3).as_deref(), Some("2021-12-03"));
        assert_eq!(before(12, 28).as_deref(), Some("2020-12-28"));
        assert_eq!(before(2, 30), None);
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
