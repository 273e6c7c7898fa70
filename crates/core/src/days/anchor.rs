//! The day that a page prints as its own: date lines, and dates of «today».

use jiff::civil::{Date, Weekday};
use maydani_text::{Gap, WordKind};

use super::interval::plus;
use super::meaning::{Meaning, Partial};
use super::parser::{Lead, Node, Parser};
use super::resolve::Reference;
use super::term::{Term, Unit};

/// A date line has at most so many words besides its date.
const OTHER_WORDS: usize = 3;
/// A date in foreign letters is the page's own where it stands among its first words.
const HEAD_WORDS: usize = 80;
/// The years that a page may be of.
const PAGE_YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;
/// How far a line is followed.
const LINE_WORDS: usize = 24;

/// Whether a date stands in a line of its own, or after «التاريخ» and the like.
pub(super) fn is_dateline(parser: &Parser<'_>, node: &Node) -> bool {
    if !node.meaning.printed().is_some_and(|date| date.day.is_some() && date.month.is_some()) {
        return false;
    }
    if of_a_post(parser, node) || labelled(parser, node) {
        return true;
    }
    in_own_line(parser, node)
}

fn in_own_line(parser: &Parser<'_>, node: &Node) -> bool {
    // A date that a preposition ties to a word is told, not printed: «في 30 آب».
    let told = parser.has_preposition(node.start) || parser.introduced(node.start);
    !told && words_beside(parser, node).is_some_and(|words| words <= OTHER_WORDS)
}

fn labelled(parser: &Parser<'_>, node: &Node) -> bool {
    let before = (1..=3).filter_map(|back| node.start.checked_sub(back));
    before.into_iter().any(|i| parser.is(i, Lead::Any, Term::Label) == Some(node.start))
        && (parser.gap(node.start).any(Gap::COLON) || node.start == 1)
}

/// How many words, numbers aside, a date has beside it in its line; none where the line is long.
fn words_beside(parser: &Parser<'_>, node: &Node) -> Option<usize> {
    let starts_line = |i: usize| i == 0 || i >= parser.len() || parser.gap(i).any(Gap::LINE);
    let (mut start, mut end) = (node.start, node.end);
    while !starts_line(start) {
        start -= 1;
        if node.start - start > LINE_WORDS {
            return None;
        }
    }
    while !starts_line(end) {
        end += 1;
        if end - node.end > LINE_WORDS {
            return None;
        }
    }
    Some((start..node.start).chain(node.end..end).filter(|&i| !parser.is_digits(i)).count())
}

/// The day of a page without a known day of publication: its labelled date, else its date line, else
/// the dates of posts that it shows, else the full date of «اليوم السبت 25 تشرين الثاني 2023», of its
/// headline or of its last line. «اليوم الأحد» corrects it to that weekday.
pub(super) fn printed_day(parser: &Parser<'_>, nodes: &[Node], datelines: &[bool]) -> Option<Date> {
    let lines = || nodes.iter().zip(datelines).filter(|(node, line)| **line && full(node)).map(|(node, _)| node);
    let own =
        || lines().filter(|node| !of_a_post(parser, node) || (node.start < HEAD_WORDS && in_own_line(parser, node)));
    if let Some(found) = own().filter_map(day).find(|date| Some(date.weekday()) == todays_weekday(nodes)) {
        return Some(found);
    }
    if let Some(node) = own().find(|node| labelled(parser, node)).or_else(|| own().next()) {
        return corrected(day(node)?, nodes, -1);
    }
    if let Some(found) = nodes.iter().filter(|node| full(node)).find_map(|node| told_from(parser, node, day(node)?)) {
        return Some(found);
    }
    // A page shows posts that are older than itself, the latest by a few days at most.
    if let Some(latest) = lines().filter(|node| !in_own_line(parser, node)).filter_map(day).max() {
        return corrected(latest, nodes, 1);
    }
    if let Some(found) = day_of_its_weekday(nodes) {
        return Some(found);
    }
    let first_line = (1..parser.len()).find(|&i| parser.gap(i).any(Gap::LINE)).unwrap_or(0);
    let last_line = (1..parser.len()).rev().find(|&i| parser.gap(i).any(Gap::LINE)).unwrap_or(parser.len());
    nodes
        .iter()
        .filter(|node| full(node) && (node.end <= first_line || node.start >= last_line))
        .find(|node| parser.unit(node.start, Lead::Any).is_none_or(|((unit, ..), _)| unit == Unit::Day))
        .and_then(day)
}

/// The day of publication that «اليوم السبت 25 تشرين الثاني 2023» or «أمس الأحد 3/9/2023» implies.
fn told_from(parser: &Parser<'_>, node: &Node, date: Date) -> Option<Date> {
    let says = |shift| (node.start..node.end).any(|i| parser.is(i, Lead::Any, Term::Day(shift)).is_some());
    if says(-1) {
        return plus(date, 1);
    }
    says(0).then_some(date)
}

/// The year of publication, where the text prints it («العام الحالي 2023»); and the day of
/// «اليوم السبت 5 آب» in that year, or the day it calls Sunday after the last date that it tells.
pub(super) fn printed_year(parser: &Parser<'_>, nodes: &[Node]) -> (Option<i16>, Option<Date>) {
    let Some(year) = nodes.iter().find_map(|node| node.meaning.this_year()) else { return (None, None) };
    let reference = Reference { year: Some(year), ..Reference::default() };
    let dates = || {
        let dated = nodes.iter().filter(|node| node.meaning.printed().is_some_and(|date| date.day.is_some()));
        dated.filter_map(|node| Some((node, node.meaning.resolve(reference)?.start)))
    };
    let latest = || {
        let named = todays_weekday(nodes)?;
        let latest = dates().map(|(_, date)| date).filter(|date| date.year() == year).max()?;
        corrected(latest, nodes, 1).filter(|today| today.weekday() == named)
    };
    let told = dates().find_map(|(node, date)| told_from(parser, node, date));
    (Some(year), told.or_else(latest))
}

/// Whether it prints a date in full, of years that pages are of.
fn full(node: &Node) -> bool {
    let full = node.meaning.printed().is_some_and(Partial::full);
    full && day(node).is_some_and(|date| PAGE_YEARS.contains(&date.year()))
}

fn day(node: &Node) -> Option<Date> {
    node.meaning.resolve(Reference::default()).map(|days| days.start)
}

/// «5:02 AM · Jul 2, 2022»: in foreign letters.
fn of_a_post(parser: &Parser<'_>, node: &Node) -> bool {
    (node.start..node.end).any(|i| parser.text.words()[i].kind == WordKind::Foreign)
}

/// The weekday that the text calls today.
fn todays_weekday(nodes: &[Node]) -> Option<Weekday> {
    nodes.iter().find_map(|node| match node.meaning {
        Meaning::Day(0, day) => day,
        _ => None,
    })
}

/// A date moved to the weekday that the text calls today: the last one before a date line, the next one after a post.
fn corrected(printed: Date, nodes: &[Node], towards: i32) -> Option<Date> {
    let Some(named) = todays_weekday(nodes) else { return Some(printed) };
    let distance = if towards < 0 { named.until(printed.weekday()) } else { printed.weekday().until(named) };
    // A date further off is of another page, or of the day it was fetched.
    if distance > 3 { Some(printed) } else { plus(printed, towards * i32::from(distance)) }
}

/// «اليوم الأحد» in a text that prints one full date, a Sunday.
fn day_of_its_weekday(nodes: &[Node]) -> Option<Date> {
    let named = todays_weekday(nodes)?;
    let mut printed = nodes
        .iter()
        .filter(|node| full(node))
        .filter_map(|node| node.meaning.resolve(Reference::default()))
        .map(|days| days.start);
    let first = printed.next()?;
    (first.weekday() == named && printed.all(|other| other == first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use maydani_text::Text;

    use crate::days::{Lexicon, Mode, expressions};

    /// The day that a page without a known day of publication tells by `told`.
    fn day(page: &str, told: &str) -> String {
        let text = Text::new(page);
        let lexicon = Lexicon::builtin().unwrap();
        let found = expressions(&text, None, &lexicon, Mode::News);
        let found = found.iter().find(|found| text.slice(found.span) == told).unwrap();
        found.start.map_or("unknown".to_owned(), |day| day.to_string())
    }

    #[test]
    fn a_date_line_is_the_day_of_the_page() {
        let page = "قتيل في مداهمة\n\nالأربعاء, فبراير 9, 2022\nسوريا\n\nقُتل شاب ليلة أمس في البلدة.";
        assert_eq!(day(page, "ليلة أمس"), "2022-02-08");
        let page = "قتلى بصاروخ\n\nآخر تحديث: 27.07.2023 | 11:42 دمشق\n\nقُتل مدنيان مساء الأربعاء.";
        assert_eq!(day(page, "مساء الأربعاء"), "2023-07-26");
    }

    #[test]
    fn a_labelled_date_wins_over_the_day_of_fetching() {
        let page = "الجمعة ١٢ ايار ٢٠٢٣\n\nالتاريخ: 2023-05-02 الوقت: 01:13\n\nأصيب سبعة أمس في غارة.";
        assert_eq!(day(page, "أمس"), "2023-05-01");
    }

    #[test]
    fn posts_are_older_than_their_page() {
        let page = "قصف على البلدة اليوم الخميس.\n— مرصد ميداني للأخبار العاجلة (@marsad) September 21, 2022\n";
        assert_eq!(day(page, "اليوم الخميس"), "2022-09-22");
    }

    #[test]
    fn today_with_its_full_date_tells_the_other_days() {
        let page = "قُتل عشرة اليوم السبت 25 تشرين الثاني 2023 في القصف، وأصيب آخر أمس في انفجار لغم.";
        assert_eq!(day(page, "أمس"), "2023-11-24");
    }

    #[test]
    fn the_year_it_calls_this_one() {
        let page =
            "أصيب مدني بقصف اليوم الأحد. ومنذ بداية العام الحالي 2023 حتى يوم 25 تشرين الثاني استجابت فرق الإسعاف.";
        assert_eq!(day(page, "اليوم الأحد"), "2023-11-26");
    }

    #[test]
    fn a_date_of_history_is_none_of_the_page() {
        let page = "قصف على البلدة اليوم الأحد أوقع جرحى. وتسري في المنطقة هدنة منذ 5 آذار 2020 لم تصمد طويلا.";
        assert_eq!(day(page, "اليوم الأحد"), "unknown");
    }
}
