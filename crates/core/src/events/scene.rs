//! Everything that one report mentions, before events are made of it.

use std::ops::Range;

use jiff::civil::Date;
use maydani_text::Clitics;
use rustc_hash::FxHashMap;

use crate::EventType;
use crate::analysis::Analysis;
use crate::codebook::{Codebook, Kind, Role, WordClass};
use crate::days::DayExpression;
use crate::mentions::actors::ActorMention;
use crate::mentions::places::PlaceMention;
use crate::mentions::sources::Claim;
use crate::mentions::tolls::TollMention;
use crate::mentions::triggers::Trigger;
use crate::record::PlaceValue;

/// A lone sentence of fewer words is a post.
const LONG: usize = 15;

/// A report of one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lone {
    /// A short one: a post or a headline, which tells no more than the act.
    Post,
    /// A longer one, perhaps cut out of a report.
    Passage,
}

/// A place that the report names.
#[derive(Debug, Clone)]
pub struct PlaceNamed {
    /// The mention.
    pub mention: PlaceMention,
    /// What is coded of it.
    pub value: PlaceValue,
    /// What was peeled off its first word.
    pub clitics: Clitics,
}

/// A role that an event word's frame gives a party.
#[derive(Debug, Clone, Copy)]
pub struct Framed {
    /// Index of the event word.
    pub trigger: usize,
    /// The role.
    pub role: Role,
}

/// What one report mentions.
#[derive(Debug)]
pub struct Scene<'a> {
    /// Words and entries.
    pub analysis: Analysis<'a>,
    /// The codebook.
    pub book: &'a Codebook,
    /// Parties.
    pub actors: Vec<ActorMention>,
    /// Counts of harm.
    pub tolls: Vec<TollMention>,
    /// Speakers.
    pub claims: Vec<Claim>,
    /// Event words.
    pub triggers: Vec<Trigger>,
    /// Places.
    pub places: Vec<PlaceNamed>,
    /// Times.
    pub days: Vec<DayExpression>,
    /// Day of publication.
    pub published: Option<Date>,
    /// The roles that the frames of event words give each mention of a party.
    pub framed: Vec<Vec<Framed>>,
    /// How often the frames make a party actor1 and actor2: over all, and by type of event.
    pub leanings: FxHashMap<(String, Option<EventType>), (u32, u32)>,
}

/// What stands at a word, coarsely: for features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Slot {
    /// Nothing known.
    Other = 0,
    /// A function word; features look at the word itself.
    Function,
    /// An event word.
    Event,
    /// A word of reporting.
    Reporting,
    /// A party.
    Actor,
    /// A force noun.
    Force,
    /// A means.
    Means,
    /// A number.
    Number,
    /// A toll word.
    Toll,
    /// A place.
    Place,
    /// A time.
    Day,
    /// A cue.
    Cue,
    /// A title.
    Title,
    /// Before the first or after the last word of the sentence.
    Edge,
}

impl Scene<'_> {
    /// What stands at a word of a sentence.
    #[must_use]
    pub fn slot(&self, word: Option<usize>, sentence: &Range<usize>) -> (Slot, u32) {
        let Some(word) = word.filter(|word| sentence.contains(word)) else { return (Slot::Edge, 0) };
        let text = self.analysis.text.norm(word);
        if self.analysis.is(word, WordClass::Function) {
            return (Slot::Function, super::features::word_id(text));
        }
        if covers(self.places.iter().map(|place| &place.mention.words), word) {
            return (Slot::Place, 0);
        }
        if covers(self.days.iter().map(|day| &day.words), word) {
            return (Slot::Day, 0);
        }
        let mut best = (Slot::Other, 0);
        for hit in self.analysis.at(word) {
            let slot = match hit.kind {
                Kind::Event => (Slot::Event, self.book.events[hit.index].class.id()),
                Kind::Reporting => (Slot::Reporting, 0),
                Kind::Actor | Kind::AmbiguousActor | Kind::Metonym | Kind::Person | Kind::Adjective => (Slot::Actor, 0),
                Kind::Force => (Slot::Force, self.book.forces[hit.index].class as u32),
                Kind::Means => (Slot::Means, self.book.means[hit.index].means as u32),
                Kind::Number => (Slot::Number, 0),
                Kind::Toll => (Slot::Toll, 0),
                Kind::CountedToll => (Slot::Other, 0),
                Kind::Cue => (Slot::Cue, self.book.cues[hit.index].kind as u32),
                Kind::Title | Kind::Source | Kind::AmbiguousSource => (Slot::Title, 0),
            };
            if best.0 == Slot::Other || slot.0 == Slot::Event {
                best = slot;
            }
        }
        if best.0 == Slot::Other && self.analysis.text.words()[word].kind == maydani_text::WordKind::Number {
            best = (Slot::Number, 0);
        }
        best
    }

    /// The sentence that is the headline: the first, when a line break ends it.
    #[must_use]
    pub fn is_headline(&self, sentence: usize) -> bool {
        sentence == 0
            && self.analysis.text.sentences().len() > 1
            && self.analysis.text.gap(self.analysis.text.sentences()[0].end).any(maydani_text::Gap::LINE)
    }

    /// A report of one sentence: a post or a headline, or a longer sentence, perhaps cut out of a report.
    #[must_use]
    pub fn lone(&self) -> Option<Lone> {
        let [sentence] = self.analysis.text.sentences() else { return None };
        Some(if sentence.len() < LONG { Lone::Post } else { Lone::Passage })
    }

    /// The preposition before a mention: written on it, or the word before.
    #[must_use]
    pub fn preposition(&self, words: &Range<usize>, clitics: Clitics, sentence: &Range<usize>) -> u32 {
        if let Some(preposition) = clitics.preposition {
            return preposition as u32 + 1;
        }
        let Some(before) = words.start.checked_sub(1).filter(|word| sentence.contains(word)) else { return 0 };
        let text = self.analysis.text.norm(before);
        if !self.analysis.is(before, WordClass::Function) && !self.analysis.is(before, WordClass::BeforeParty) {
            return 0;
        }
        // «من قبل», «على يد», «في صفوف»: both words count.
        let first = before
            .checked_sub(1)
            .filter(|word| sentence.contains(word))
            .map_or("", |word| self.analysis.text.norm(word));
        if self.analysis.is(before, WordClass::Compound) {
            return super::features::word_id(first).wrapping_mul(31).wrapping_add(super::features::word_id(text));
        }
        super::features::word_id(text)
    }
}

fn covers<'r>(mut ranges: impl Iterator<Item = &'r Range<usize>>, word: usize) -> bool {
    ranges.any(|range| range.contains(&word))
}
