//! The day of a report's news, and the days of its events that it tells only by the week or by «yesterday».

use std::sync::LazyLock;

use maydani_core::codebook::{WordClass, words_of};
use maydani_core::record::{Modality, Record};
use maydani_text::{ARTICLE, normalise};

use crate::day::{self, Day};

/// When the news of a report is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct News {
    /// Day of publication: given, in the address, that which an event calls «today», or that of a date line.
    pub(crate) day: Option<Day>,
    /// Last day that it tells of; the news is not older.
    pub(crate) last_told: Option<Day>,
    /// Its weekday, 0 Sunday … 6 Saturday.
    pub(crate) weekday: Option<u8>,
    /// Its month and day, where no year is known.
    pub(crate) month_day: Option<(i8, i8)>,
}

/// What an expression of time says without a day of publication.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// The weekday named.
    pub(crate) weekday: Option<u8>,
    /// The month and day named.
    pub(crate) month_day: Option<(i8, i8)>,
    /// «Today», or nothing that leads to another day.
    pub(crate) today: bool,
    /// «Yesterday».
    pub(crate) yesterday: bool,
}

impl News {
    /// The news of a report.
    pub(crate) fn of(record: &Record) -> Self {
        let told: Vec<(Option<Day>, Told)> = record
            .events
            .iter()
            .filter(|event| event.modality != Modality::Planned && !event.background)
            .filter_map(|event| event.date.as_ref())
            .map(|date| (date.start_day.as_deref().and_then(day::parse), Told::of(&date.passage.text)))
            .collect();
        let given = record.report.published.as_deref().and_then(day::parse);
        let by_url = || record.report.url.as_deref().and_then(day::of_url);
        let named = || told.iter().find(|(_, told)| told.today && told.says_today()).and_then(|(day, _)| *day);
        let printed = || day::printed(&record.report.text);
        let day = given.or_else(by_url).or_else(named).or_else(printed);
        let last_told = told.iter().filter_map(|(day, _)| *day).max();
        let weekday = day.map(weekday_of).or_else(|| weekday_in(&record.report.text)).or_else(|| {
            told.iter().find_map(|(_, told)| {
                told.weekday.map(|weekday| if told.yesterday { (weekday + 1) % 7 } else { weekday })
            })
        });
        let month_day = told.iter().find_map(|(_, told)| told.month_day.filter(|_| told.says_today()));
        Self { day, last_told, weekday, month_day }
    }

    /// The day of the news, or the least that it can be.
    pub(crate) fn latest(&self) -> Option<Day> {
        self.day.or(self.last_told)
    }

    /// The day of an event that the coder could not resolve.
    pub(crate) fn resolve(&self, told: Told) -> Option<Day> {
        let news = self.day?;
        if let Some((month, day)) = told.month_day {
            return day::latest_before(news + 1, month, day);
        }
        if let Some(weekday) = told.weekday {
            let back = (i32::from(weekday_of(news)) - i32::from(weekday)).rem_euclid(7);
            return Some(news - back);
        }
        told.yesterday.then_some(news - 1)
    }

    /// The weekday of an event that names none, where the report's own leads to it.
    pub(crate) fn weekday_of(&self, told: Option<Told>) -> Option<u8> {
        let weekday = self.weekday?;
        match told {
            Some(told) if told.yesterday => Some((weekday + 6) % 7),
            Some(told) if !told.today => None,
            _ => Some(weekday),
        }
    }
}

/// Words that lead to another day than that of the news.
static ELSEWHEN: LazyLock<Vec<String>> = LazyLock::new(|| plain(WordClass::Elsewhen));
static YESTERDAY: LazyLock<Vec<String>> = LazyLock::new(|| plain(WordClass::Yesterday));

fn plain(class: WordClass) -> Vec<String> {
    words_of(class).into_iter().map(normalise).collect()
}

fn holds(words: &[String], word: &str) -> bool {
    words.iter().any(|known| known == word)
}

impl Told {
    /// Reads an expression of time.
    pub(crate) fn of(expression: &str) -> Self {
        let normalised = normalise(expression);
        let words: Vec<&str> = normalised
            .split(|c: char| !c.is_alphanumeric())
            .map(|word| word.strip_prefix(ARTICLE).unwrap_or(word))
            .filter(|word| !word.is_empty())
            .collect();
        let yesterday =
            words.iter().any(|word| holds(&YESTERDAY, word)) || words.windows(2).any(|two| two == ["ليله", "ماضيه"]);
        let weekday = day::weekday(&normalised);
        let month_day = day::month_and_day(expression);
        let elsewhen = words.iter().any(|word| holds(&ELSEWHEN, word) || word.chars().all(char::is_numeric));
        Self { weekday, month_day, today: !yesterday && !elsewhen, yesterday }
    }

    /// Whether it is the day of the news itself, however else it is told.
    const fn says_today(self) -> bool {
        !self.yesterday
    }
}

/// The weekday of a day: 1970-01-01 was a Thursday.
pub(crate) fn weekday_of(day: Day) -> u8 {
    (day + 4).rem_euclid(7) as u8
}

/// The weekday of which a text speaks as «today», else the first that one of its longer lines names.
fn weekday_in(text: &str) -> Option<u8> {
    const LONG: usize = 12;
    let mut first = None;
    for line in text.lines() {
        if !line.contains(ARTICLE) {
            continue;
        }
        let normalised = normalise(line);
        let words: Vec<&str> = normalised.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        for (at, word) in words.iter().enumerate() {
            if !word.contains(ARTICLE) {
                continue;
            }
            let Some(weekday) = day::weekday(word) else { continue };
            let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
            if before == "اليوم" {
                return Some(weekday);
            }
            if words.len() >= LONG && first.is_none() {
                let yesterday = before.strip_prefix(ARTICLE).unwrap_or(before);
                first = Some(if holds(&YESTERDAY, yesterday) { (weekday + 1) % 7 } else { weekday });
            }
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::{News, Told, weekday_in};
    use crate::day;

    #[test]
    fn the_weekday_of_the_news() {
        assert_eq!(weekday_in("قال المصدر مساء اليوم الخميس إن القصف مستمر"), Some(4));
        let line = "قتل مدنيان بقصف مدفعي على أطراف القرية ليلة أمس الأربعاء وفق ما ذكر ناشطون في البلدة";
        assert_eq!(weekday_in(line), Some(4));
        assert_eq!(weekday_in("السبت 1 آب, 2026\nخبر"), None);
    }

    #[test]
    fn expressions_without_a_day() {
        assert_eq!(Told::of("صباح اليوم"), Told { today: true, ..Told::default() });
        assert!(Told::of("ليلة أمس").yesterday);
        assert!(!Told::of("منذ أشهر").today);
        assert!(!Told::of("خلال العقد الماضي").today);
    }

    #[test]
    fn days_by_publication() {
        let news = News { day: day::parse("2021-12-11"), weekday: Some(6), ..News::default() };
        let resolve = |expression: &str| news.resolve(Told::of(expression)).map(day::iso).unwrap_or_default();
        assert_eq!(resolve("أمس"), "2021-12-10");
        assert_eq!(resolve("يوم الخميس"), "2021-12-09");
        assert_eq!(resolve("الجمعة 3 كانون الأول"), "2021-12-03");
        assert_eq!(resolve("اليوم"), "");
        assert_eq!(news.weekday_of(Some(Told::of("أمس"))), Some(5));
        assert_eq!(news.weekday_of(None), Some(6));
        assert_eq!(news.weekday_of(Some(Told::of("قبل أيام"))), None);
    }
}
