//! The day that a page prints as its own: date lines, and dates of «today».

use jiff::civil::Date;
use maydani_text::{Gap, WordKind};

use super::meaning::{Meaning, Partial, Reference};
use super::parser::{Lead, Node, Parser};
use super::term::{Term, Unit};

/// A date line has at most so many words besides its date.
const OTHER_WORDS: usize = 3;
/// How far a line is followed.
const LINE_WORDS: usize = 24;

/// Whether a date stands in a line of its own, or after «التاريخ» and the like.
pub(super) fn is_dateline(parser: &Parser<'_>, node: &Node) -> bool {
    if !node.meaning.printed().is_some_and(|date| date.day.is_some() && date.month.is_some()) {
        return false;
    }
    let foreign = (node.start..node.end).any(|i| parser.text.words()[i].kind == WordKind::Foreign);
    if foreign || labelled(parser, node) {
        return true; // «5:02 AM · Jul 2, 2022» of a post
    }
    // A date that a preposition ties to a word is told, not printed: «في 30 آب».
    let told = parser.has_preposition(node.start) || parser.introduced(node.start);
    let before = others(parser, node.start, |i| i.checked_sub(1), |i| parser.gap(i).any(Gap::LINE));
    let after = others(
        parser,
        node.end,
        |i| (i < parser.len()).then_some(i + 1),
        |i| i >= parser.len() || parser.gap(i).any(Gap::LINE),
    );
    match (before, after) {
        (Some(before), Some(after)) => !told && before + after <= OTHER_WORDS,
        _ => false,
    }
}

fn labelled(parser: &Parser<'_>, node: &Node) -> bool {
    let before = (1..=3).filter_map(|back| node.start.checked_sub(back));
    before.into_iter().any(|i| parser.is(i, Lead::Any, Term::Label) == Some(node.start))
        && (parser.gap(node.start).any(Gap::COLON) || node.start == 1)
}

/// How many words lie between `i` and the end of its line; none where it is a long one.
fn others(
    parser: &Parser<'_>,
    mut i: usize,
    step: impl Fn(usize) -> Option<usize>,
    ends: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut words = 0;
    while !ends(i) {
        if words > LINE_WORDS {
            return None;
        }
        match step(i) {
            Some(next) if next <= parser.len() => i = next,
            _ => break,
        }
        words += 1;
    }
    Some(words)
}

/// The day of a page without a known day of publication: its labelled date, else its date line, else
/// the full date of «اليوم السبت 25 تشرين الثاني 2023» or of its headline or last line.
pub(super) fn printed_day(parser: &Parser<'_>, nodes: &[Node], datelines: &[bool]) -> Option<Date> {
    let full = |node: &&Node| node.meaning.printed().is_some_and(Partial::full);
    let day = |node: &Node| node.meaning.resolve(Reference::default()).map(|days| days.start);
    let lines = || nodes.iter().zip(datelines).filter(|(_, line)| **line).map(|(node, _)| node).filter(full);
    if let Some(node) = lines().find(|node| labelled(parser, node)).or_else(|| lines().next()) {
        return day(node);
    }
    let today = |node: &&Node| {
        full(node)
            && (node.start..node.end).any(|i| parser.is(i, Lead::Any, Term::Day(0)).is_some())
    };
    if let Some(node) = nodes.iter().find(today) {
        return day(node);
    }
    if let Some(found) = day_of_its_weekday(nodes) {
        return Some(found);
    }
    let first_line = (1..parser.len()).find(|&i| parser.gap(i).any(Gap::LINE)).unwrap_or(0);
    let last_line = (1..parser.len()).rev().find(|&i| parser.gap(i).any(Gap::LINE)).unwrap_or(parser.len());
    nodes
        .iter()
        .filter(full)
        .find(|node| node.end <= first_line || node.start >= last_line)
        .filter(|node| !since(&node.meaning) && parser.unit(node.start, Lead::Any).is_none_or(|((unit, ..), _)| unit == Unit::Day))
        .and_then(day)
}

/// «اليوم الأحد» in a text that prints one full date, a Sunday.
fn day_of_its_weekday(nodes: &[Node]) -> Option<Date> {
    let named = nodes.iter().find_map(|node| match node.meaning {
        Meaning::Day(0, Some(day)) => Some(day),
        _ => None,
    })?;
    let mut printed = nodes
        .iter()
        .filter(|node| node.meaning.printed().is_some_and(Partial::full))
        .filter_map(|node| node.meaning.resolve(Reference::default()))
        .map(|days| days.start);
    let first = printed.next()?;
    (first.weekday() == named && printed.all(|other| other == first)).then_some(first)
}

fn since(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Since(_))
}
