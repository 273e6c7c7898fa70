//! Finds the places that a report mentions, and tells which of the namesakes each one is.
//!
//! [`words`] holds the words around names (`codebook/place_words.tsv`). [`find`] finds the mentions: by
//! the words that [`lead`] to them, as the next of a [`list`], by their [`position`], as a [`landmark`], by
//! [`reference`] to what was named, or bare; [`name`] tells what is a name, [`kind`] of what. [`choose`] picks among namesakes by the report's other places.

mod choose;
#[cfg(test)]
mod examples;
mod find;
mod kind;
mod landmark;
mod lead;
mod list;
mod name;
mod position;
mod reference;
mod values;
mod words;

use std::ops::Range;

use maydani_text::{Gap, Original, Span, Text, clitics};

use crate::codebook::Fault;
use crate::gazetteer::{Gazetteer, GazetteerError, PlaceId};
use crate::record::{PlaceKind, PlaceValue};
use words::{PlaceWords, Roles};

/// How the named place stands to what is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Relation {
    /// It is the place.
    #[default]
    At,
    /// Near it, on its edge.
    Near,
    /// On one side of it: north of it, or its north.
    Direction,
    /// In the countryside around it.
    Countryside,
}

/// A place that the report mentions.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMention {
    /// The words of the surface, clitics of the first one included.
    pub words: Range<usize>,
    /// From the first word that leads to the name (بريف، في محيط مدينة) to the last that follows it.
    pub reach: Range<usize>,
    /// The surface without clitics.
    pub span: Span<Original>,
    /// What it is.
    pub kind: PlaceKind,
    /// How it stands to what is told.
    pub relation: Relation,
    /// A word for a kind of place stands before the name.
    pub cued: bool,
    /// The bearers of the name that fit its kind; empty for a name that no gazetteer knows.
    pub candidates: Vec<PlaceId>,
    /// The one that is meant, when the report tells.
    pub choice: Option<PlaceId>,
    /// Where none is chosen: the place that it is told to lie in or by, or only its country.
    pub anchor: Option<PlaceId>,
    /// The surface is more than the chosen place's name: a site at it, its countryside.
    pub around: bool,
    /// For [`Relation::Direction`]: on which side, in degrees clockwise from north.
    pub bearing: Option<f64>,
    /// The mention that says where this one lies (X بريف Y).
    pub within: Option<usize>,
    /// This mention only says where another one lies.
    pub locates: bool,
    /// The first mention of the list that this one stands in (X وY وZ); itself where it stands alone.
    pub list: usize,
}

/// What is known of places: the gazetteer and the words around names.
#[derive(Debug, Clone)]
pub struct Places {
    gazetteer: Gazetteer,
    words: PlaceWords,
}

/// What is known, besides its places, of where a report is set: countries, ISO 3166-1 alpha-2.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting<'a> {
    /// The country that the outlet writes for.
    pub home: Option<&'a str>,
    /// The country that the parties it names are at home in.
    pub parties: Option<&'a str>,
}

impl Places {
    /// Over a gazetteer.
    #[must_use]
    pub fn new(gazetteer: Gazetteer) -> Self {
        Self { gazetteer, words: PlaceWords::checked(&[]).0 }
    }

    /// The same with an analyst's own `place_words.tsv` over the built-in words; every fault of it.
    #[must_use]
    pub fn with(gazetteer: Gazetteer, own: &[(String, String)]) -> (Self, Vec<Fault>) {
        let (words, faults) = PlaceWords::checked(own);
        (Self { gazetteer, words }, faults)
    }

    /// Over the built-in gazetteer.
    ///
    /// # Errors
    /// See [`Gazetteer::built_in`].
    pub fn built_in() -> Result<Self, GazetteerError> {
        Gazetteer::built_in().map(Self::new)
    }

    /// The gazetteer alone.
    #[must_use]
    pub fn into_gazetteer(self) -> Gazetteer {
        self.gazetteer
    }

    /// The gazetteer.
    #[must_use]
    pub const fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The places that a text mentions, in order. Words in `claimed` (ranges in order: the names of
    /// parties, page furniture) are passed by.
    #[must_use]
    pub fn mentions(&self, text: &Text<'_>, claimed: &[Range<usize>], setting: Setting<'_>) -> Vec<PlaceMention> {
        let mut mentions = find::Finder::new(self, text, claimed).find();
        choose::choose(&self.gazetteer, &self.words, text, &mut mentions, setting);
        choose::drop_stray(&self.gazetteer, &mut mentions);
        mentions
    }

    /// Whether a word that may name a party or an outlet belongs to a place's name: «جبل قاسيون», «حي السراج»,
    /// «العاصمة اللبنانية».
    #[must_use]
    pub fn claims(&self, text: &Text<'_>, word: usize) -> bool {
        let joined = |at: usize| at > 0 && text.gap(at).only(Gap::INSIDE_NAME) && !text.gap(at).any(Gap::DASH);
        let mut claims = false;
        let mut buffer = String::new();
        // «وأم المياذن»: it begins the name.
        if word + 1 < text.words().len() && joined(word + 1) {
            clitics::readings(text.norm(word), &mut buffer, |clitics, first| {
                let begun = || self.gazetteer.longest([first, text.norm(word + 1)]);
                claims |= !clitics.future && begun().is_some_and(|found| found.words > 1);
            });
        }
        if !joined(word) {
            return claims;
        }
        let mut from = |start: usize| {
            clitics::readings(text.norm(start), &mut buffer, |clitics, first| {
                let mut words = vec![first];
                words.extend((start + 1..=word).map(|at| text.norm(at)));
                let whole = self.gazetteer.longest(words.iter().copied());
                claims |= !clitics.future && whole.is_some_and(|found| found.words == words.len());
                // «حي السراج»: only a place word before it tells that the name is a place's.
                let leads = self.words.get(first).roles.any(Roles::TITLE.and(Roles::PART).and(Roles::DIRECTION));
                let named = || self.gazetteer.longest(std::iter::once(text.norm(word))).is_some();
                claims |= start + 1 == word && leads && named();
            });
        };
        from(word - 1);
        if joined(word - 1) {
            from(word - 2);
        }
        claims
    }

    /// The places of a text as the record shows them.
    #[must_use]
    pub fn read(&self, text: &str, setting: Setting<'_>) -> Vec<PlaceValue> {
        let text = Text::new(text);
        let mentions = self.mentions(&text, &[], setting);
        self.values(&mentions, &text)
    }
}
