//! Words that may name an event.

use std::ops::Range;

use maydani_text::Gap;
use maydani_text::forms::{stands, stands_with_ending};

use crate::analysis::{Analysis, Hit};
use crate::codebook::{Class, Codebook, EventWord, Kind, Position, WordClass, Wording};
use crate::event_type::SubEventType;

/// A word that may name an event.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// Its words.
    pub words: Range<usize>,
    /// The hit behind it.
    pub hit: Hit,
    /// Where the words that an entry asks for stand («… القبض»).
    pub rest: Option<usize>,
    /// Its sentence.
    pub sentence: usize,
    /// The light verb that hands its subject to it (شن … غارات).
    pub light: Option<usize>,
    /// The type that the rules give it, known once frames are.
    pub rule: Option<SubEventType>,
}

impl Trigger {
    /// The entry of events.tsv.
    #[must_use]
    pub fn word<'b>(&self, book: &'b Codebook) -> &'b EventWord {
        &book.events[self.hit.index]
    }
}

/// How far the words that an entry asks for may stand from its first word.
const REACH: usize = 8;
/// How near a word that cancels an entry must stand.
const CANCEL: usize = 3;

/// Finds the event words of a report.
#[must_use]
pub fn find(analysis: &Analysis<'_>, book: &Codebook) -> Vec<Trigger> {
    let mut out: Vec<Trigger> = Vec::new();
    for (sentence, range) in analysis.text.sentences().iter().enumerate() {
        let mut i = range.start;
        while i < range.end {
            match best_at(analysis, book, i, range) {
                Some((hit, rest)) => {
                    let end = rest.filter(|&at| at <= hit.end + 1).map_or(hit.end, |at| at + 1);
                    let light =
                        light_before(analysis, book, hit.start, range, out.last().map_or(0, |last| last.words.end));
                    out.push(Trigger { words: hit.start..end, hit, rest, sentence, light, rule: None });
                    i = hit.end;
                }
                None => i += 1,
            }
        }
    }
    out
}

/// A light verb before a verbal noun, with no event word and no boundary between.
fn light_before(
    analysis: &Analysis<'_>,
    book: &Codebook,
    word: usize,
    sentence: &Range<usize>,
    from: usize,
) -> Option<usize> {
    let from = from.max(sentence.start).max(word.saturating_sub(REACH + 4));
    (from..word).rev().take_while(|&at| !analysis.text.gap(at + 1).any(Gap::COMMA.and(Gap::STOP).and(Gap::COLON))).find(
        |&at| {
            analysis.at(at).any(|hit| {
                hit.kind == Kind::Event
                    && book.events[hit.index].class == Class::Light
                    && hit.clitics.preposition.is_none()
            })
        },
    )
}

fn best_at(
    analysis: &Analysis<'_>,
    book: &Codebook,
    i: usize,
    sentence: &Range<usize>,
) -> Option<(Hit, Option<usize>)> {
    analysis.kind_at(i, Kind::Event)?;
    let nominal = is_nominal(analysis, book, i, sentence);
    let mut best: Option<(u32, Hit, Option<usize>)> = None;
    for hit in analysis.at(i).filter(|hit| hit.kind == Kind::Event) {
        let word = &book.events[hit.index];
        if word.class == Class::Light || hit.end > sentence.end || cancelled(analysis, word, hit, sentence) {
            continue;
        }
        if word.beside_party && !party_near(analysis, hit, sentence) {
            continue;
        }
        let rest = if word.rest.is_empty() {
            None
        } else {
            match rest_within(analysis, &word.rest, hit.end, sentence.end) {
                Some(at) => Some(at),
                None => continue,
            }
        };
        let verbal = matches!(word.position, Position::Verb | Position::Passive);
        if verbal && hit.clitics.preposition.is_some() {
            continue; // a verb bears no preposition
        }
        let fits = u32::from(verbal != nominal);
        let score = u32::from(rest.is_some()) * 8
            + (hit.end - hit.start) as u32 * 4
            + fits * 2
            + u32::from(hit.clitics.peeled == 0);
        if best.as_ref().is_none_or(|(top, ..)| score > *top) {
            best = Some((score, *hit, rest));
        }
    }
    best.map(|(_, hit, rest)| (hit, rest))
}

/// Whether a form that may be verb or verbal noun (قصف، قتل) is a noun here.
fn is_nominal(analysis: &Analysis<'_>, book: &Codebook, i: usize, sentence: &Range<usize>) -> bool {
    let text = &analysis.text;
    if analysis.at(i).any(|hit| hit.kind == Kind::Event && (hit.clitics.preposition.is_some() || hit.form.definite())) {
        return true;
    }
    if i > sentence.start && text.gap(i).only(Gap::INSIDE_NAME) {
        if analysis.is(i - 1, WordClass::BeforeNoun) {
            return true;
        }
        // After a verb stands its noun: «شن هجوما», «تواصل قصف …».
        if analysis
            .at(i - 1)
            .any(|hit| hit.kind == Kind::Event && matches!(book.events[hit.index].position, Position::Verb))
        {
            return true;
        }
    } else if sentence.start == i && i == 0 {
        return true; // headlines open with nouns
    }
    let next = i + 1;
    next < sentence.end
        && text.gap(next).only(Gap::INSIDE_NAME)
        && analysis.at(next).any(|hit| hit.kind == Kind::Means && !hit.form.definite() && hit.clitics.peeled == 0)
}

fn cancelled(analysis: &Analysis<'_>, word: &EventWord, hit: &Hit, sentence: &Range<usize>) -> bool {
    if word.unless.is_empty() {
        return false;
    }
    let from = hit.start.saturating_sub(CANCEL).max(sentence.start);
    let to = (hit.end + CANCEL).min(sentence.end);
    (from..to).filter(|at| !(hit.start..hit.end).contains(at)).any(|at| {
        let here = analysis.text.norm(at);
        word.unless.iter().any(|cancel| {
            stands(here, &cancel.first)
                && (at + 1..).zip(&cancel.more).all(|(at, part)| at < to && stands(analysis.text.norm(at), part))
        })
    })
}

/// Whether a name or word for a party stands within reach, on either side.
fn party_near(analysis: &Analysis<'_>, hit: &Hit, sentence: &Range<usize>) -> bool {
    let from = hit.start.saturating_sub(REACH).max(sentence.start);
    let to = (hit.end + REACH).min(sentence.end);
    (from..hit.start).chain(hit.end..to).any(|at| {
        analysis.at(at).any(|found| {
            matches!(found.kind, Kind::Actor | Kind::AmbiguousActor | Kind::Metonym | Kind::Force | Kind::Person)
        })
    })
}

/// Where, within reach, one of `rest` stands: with article, clitic or attached pronoun.
#[must_use]
pub fn rest_within(analysis: &Analysis<'_>, rest: &[Wording], from: usize, end: usize) -> Option<usize> {
    let text = &analysis.text;
    for at in from..end.min(from + REACH) {
        if text.gap(at).any(Gap::STOP.and(Gap::SEMICOLON).and(Gap::LINE)) {
            return None;
        }
        for phrase in rest {
            if !stands_with_ending(text.norm(at), &phrase.first) {
                continue;
            }
            let last = at + phrase.more.len();
            let goes_on = last < end && (at + 1..).zip(&phrase.more).all(|(at, part)| stands(text.norm(at), part));
            if goes_on {
                return Some(last);
            }
        }
    }
    None
}
