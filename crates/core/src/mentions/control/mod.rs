//! Statements of control: that a party holds a place, said as a state («المدينة التي يسيطر عليها…»). That
//! it took one is an event.
//!
//! A shape of `control.tsv` counts where both names stand in it as mentions, with nothing between
//! that could make it speak of another place or party.

mod holder;
mod place;

use std::ops::Range;

use maydani_text::{Gap, PhraseMatch};

use crate::analysis::Analysis;
use crate::codebook::{Kind, Part, Shape, ShapeKind, Sign};
use crate::events::scene::Scene;

/// A statement that a party holds a place; the numbers are places in the lists of the scene.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The place.
    pub place: usize,
    /// Who holds it.
    pub holders: Vec<usize>,
    /// The passage, both names included.
    pub words: Range<usize>,
    /// «منذ …»
    pub since: Option<usize>,
    /// Who says so.
    pub claim: Option<usize>,
    /// The shape.
    pub shape: usize,
}

/// How many words may stand between a name and the words of a shape.
const LOOSE: usize = 4;
/// How near a word that cancels a shape must follow it.
const AFTER: usize = 2;
/// The same for words that a shape names itself.
const UNLESS: usize = 3;

/// Finds the statements of control of a report, in order.
#[must_use]
pub fn find(scene: &Scene<'_>) -> Vec<Statement> {
    let text = &scene.analysis.text;
    let sentence = |word: usize| text.sentence_of(word);
    let mut with_party: Vec<usize> = scene.actors.iter().map(|actor| sentence(actor.words.start)).collect();
    with_party.sort_unstable();
    let mut sentences: Vec<usize> = scene.places.iter().map(|place| sentence(place.mention.words.start)).collect();
    sentences.dedup();
    sentences.retain(|sentence| with_party.binary_search(sentence).is_ok());
    let mut out = Vec::new();
    if sentences.is_empty() {
        return out;
    }
    let signs = &scene.book.control.signs;
    let readings = signs.read(text);
    let mut found = Vec::new();
    for sentence in sentences {
        found.clear();
        for word in text.sentences()[sentence].clone() {
            signs.matches_at(text, &readings, word, &mut found);
        }
        if found.iter().any(|sign| matches!(sign.value, Sign::Shape(_))) {
            Reader { scene, analysis: &scene.analysis, sentence, signs: &found }.read(&mut out);
        }
    }
    out
}

/// Reads one sentence.
struct Reader<'r, 'a> {
    scene: &'r Scene<'a>,
    analysis: &'r Analysis<'a>,
    sentence: usize,
    signs: &'r [PhraseMatch<Sign>],
}

/// What a shape was read to say.
#[derive(Default)]
struct Reading {
    places: Vec<usize>,
    holders: Vec<usize>,
    words: Range<usize>,
}

impl Reader<'_, '_> {
    fn read(&self, out: &mut Vec<Statement>) {
        for sign in self.signs {
            let Sign::Shape(number) = sign.value else { continue };
            let shape = &self.scene.book.control.shapes[number as usize];
            // «سيسيطر», «ليسيطر»: not yet.
            if sign.clitics.future || sign.clitics.preposition.is_some() {
                continue;
            }
            let Some(said) = self.shape(shape, sign) else { continue };
            if self.cancelled(shape, sign, &said) {
                continue;
            }
            let since = self.since(said.words.end);
            let end = since.map_or(said.words.end, |day| self.scene.days[day].words.end);
            for &place in &said.places {
                out.push(Statement {
                    place,
                    holders: said.holders.clone(),
                    words: said.words.start..end,
                    since,
                    claim: self.claim(&said.words),
                    shape: number.into(),
                });
            }
        }
    }

    fn shape(&self, shape: &Shape, first: &PhraseMatch<Sign>) -> Option<Reading> {
        let mut said = Reading { words: first.start..first.end, ..Reading::default() };
        match shape.before {
            Some(Part::Place) => self.place_before(shape, first, &mut said)?,
            Some(Part::Holder) => self.holder_before(shape, first.start, &mut said)?,
            _ => {}
        }
        for part in &shape.after {
            match part {
                Part::Place => self.place_after(&mut said)?,
                Part::Holder => self.holder_after(&mut said)?,
                Part::Words(words) => self.words_after(words, &mut said)?,
            }
        }
        Some(said)
    }

    fn sentence_range(&self) -> Range<usize> {
        self.analysis.text.sentences()[self.sentence].clone()
    }

    /// Whether words `at - 1` and `at` stand together.
    fn joined(&self, at: usize) -> bool {
        at < self.sentence_range().end && self.analysis.text.gap(at).only(Gap::INSIDE_NAME)
    }

    /// The word after those that may stand between, times among them.
    fn skipped(&self, mut at: usize) -> usize {
        for _ in 0..LOOSE {
            let sign = self.signs.iter().filter(|sign| sign.start == at && sign.value == Sign::Between).map(|s| s.end);
            let day = self.scene.days.iter().filter(|day| day.words.start == at).map(|day| day.words.end);
            match sign.chain(day).max().filter(|_| self.joined(at)) {
                Some(end) => at = end,
                None => break,
            }
        }
        at
    }

    fn words_after(&self, words: &[Vec<String>], said: &mut Reading) -> Option<()> {
        let text = &self.analysis.text;
        let stands = |at: usize| {
            words.iter().enumerate().all(|(i, any)| {
                self.sentence_range().contains(&(at + i))
                    && (i == 0 || self.joined(at + i))
                    && any.iter().any(|word| word == text.norm(at + i))
            })
        };
        let mut at = said.words.end;
        for _ in 0..=LOOSE {
            if stands(at) {
                said.words.end = at + words.len();
                return Some(());
            }
            let next = self.skipped(at);
            at = if next > at {
                next
            } else if self.describes(at) {
                at + 1
            } else {
                return None;
            };
        }
        None
    }

    /// An adjective of the name before, or another name of it in brackets.
    fn describes(&self, at: usize) -> bool {
        let text = &self.analysis.text;
        let known = || self.analysis.at(at).any(|hit| matches!(hit.kind, Kind::Event | Kind::Cue | Kind::Reporting));
        at < self.sentence_range().end
            && (text.norm(at).starts_with("ال") && !known() && !self.stands(Sign::Relative, at..at + 1)
                || text.gap(at).any(Gap::OPEN) && self.party_at(at).is_some()
                || self.analysis.kind_at(at, Kind::Adjective).is_some_and(|hit| hit.clitics.peeled == 0))
    }

    /// Whether a sign begins in a range of words.
    fn stands(&self, sign: Sign, words: Range<usize>) -> bool {
        self.signs.iter().any(|known| known.value == sign && words.contains(&known.start))
    }

    fn cancelled(&self, shape: &Shape, first: &PhraseMatch<Sign>, said: &Reading) -> bool {
        let text = &self.analysis.text;
        let end = self.sentence_range().end;
        if first.start > 0 && self.stands(Sign::NotBeside, first.start - 1..first.start) {
            return true;
        }
        if self.stands(Sign::NotAfter, said.words.end..(said.words.end + AFTER).min(end)) {
            return true;
        }
        let after = first.end..(said.words.end + UNLESS).min(end);
        if after.clone().any(|word| shape.unless.iter().any(|known| known == text.norm(word))) {
            return true;
        }
        if shape.kind == ShapeKind::Attribute {
            return false;
        }
        shape.kind == ShapeKind::Verb && self.like_a_headline(said.words.start)
            || self.stands(Sign::NotBefore, self.analysis.clause_of(said.words.start).start..said.words.start)
    }

    /// In the first line, or where a clause opens with the subject, as headlines do.
    fn like_a_headline(&self, start: usize) -> bool {
        let text = &self.analysis.text;
        let count = text.words().len();
        let body = (1..count).find(|&word| text.gap(word).any(Gap::LINE)).unwrap_or(0);
        let party = self.party_at(start).is_some_and(|index| !self.scene.actors[index].clitics.conjunction);
        let opens = start == self.sentence_range().start || text.gap(start).any(Gap::COLON.and(Gap::STOP));
        start < body || party && opens
    }

    /// «منذ …» after the statement.
    fn since(&self, end: usize) -> Option<usize> {
        self.scene.days.iter().position(|day| {
            (end..=end + 1).contains(&day.words.start)
                && self.sentence_range().contains(&day.words.start)
                && self.stands(Sign::Since, day.words.start..day.words.start + 1)
        })
    }

    /// Whoever is said to say this sentence: the last who speaks before the statement, else the first.
    fn claim(&self, words: &Range<usize>) -> Option<usize> {
        // «حذر من ميليشيا X المسيطرة على …»: the holder is spoken of.
        let claims = || {
            let all = self.scene.claims.iter().enumerate();
            all.filter(|(_, claim)| claim.sentences.contains(&self.sentence) && !words.contains(&claim.words.start))
        };
        claims().rfind(|(_, claim)| claim.verb < words.start).or_else(|| claims().next()).map(|(index, _)| index)
    }
}
