//! The codebook: what the program knows, as data that an analyst can edit, compiled once.
//!
//! The built-in files lie in `codebook/` at the root of the repository, one entry a line. An
//! analyst's own files of the same names go over them: an entry with a known key replaces the
//! built-in one, any other is added.

mod actors;
mod cell;
mod control;
mod cues;
mod english;
mod entry;
mod events;
mod means;
mod numbers;
mod own;
mod speakers;
mod table;
mod tolls;
mod word_classes;

use std::sync::OnceLock;

use maydani_text::Phrases;
use rustc_hash::FxHashMap;

pub use actors::{Actor, ActorKind, Adjective, Force, ForceClass, Person, PersonKey};
pub use cell::Wording;
pub use control::{Control, Part, Shape, ShapeKind, Sign};
pub use cues::{Cue, CueKind};
pub use english::{English, EnglishKind, EnglishWord};
pub use entry::{Entry, FormBits, Kind};
pub use events::{Class, EventWord, Frame, Position, Relation, Role};
pub use means::{Means, MeansWord};
pub use numbers::{NumberKind, NumberWord};
pub use own::own_files;
pub use speakers::{Reporting, ReportingKind, Source, Title, TitleKind};
pub use table::{At, Fault, Row, Table};
pub use tolls::{Beside, TollWord};
pub use word_classes::{WordClass, WordClasses, words_of};

macro_rules! built_in {
    ($($name:literal),* $(,)?) => { [$(($name, include_str!(concat!("../../../../codebook/", $name)))),*] };
}

const BUILT_IN: [(&str, &str); 15] = built_in![
    "word_classes.tsv",
    "actors.tsv",
    "adjectives.tsv",
    "forces.tsv",
    "persons.tsv",
    "sources.tsv",
    "reporting.tsv",
    "titles.tsv",
    "events.tsv",
    "means.tsv",
    "tolls.tsv",
    "cues.tsv",
    "numbers.tsv",
    "control.tsv",
    "english.tsv",
];

/// Files that other modules of this crate read.
const ELSEWHERE: [&str; 7] =
    ["days.tsv", "furniture.tsv", "months.tsv", "place_stopwords.tsv", "place_words.tsv", "places.tsv", "weekdays.tsv"];

/// Room for the phrases of the built-in files, so that the dictionary need not grow while it is filled.
const ROOM: usize = 1 << 17;

/// The codebook could not be compiled.
#[derive(Debug, thiserror::Error)]
#[error("the codebook has {} faults:\n{}", faults.len(), faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct CodebookError {
    /// Every fault found.
    pub faults: Vec<Fault>,
}

/// The compiled codebook.
#[derive(Debug, Clone, Default)]
pub struct Codebook {
    /// Parties.
    pub actors: Vec<Actor>,
    /// Relational adjectives.
    pub adjectives: Vec<Adjective>,
    /// Nouns that make a party together with a name.
    pub forces: Vec<Force>,
    /// Words for people.
    pub persons: Vec<Person>,
    /// Speakers and outlets.
    pub sources: Vec<Source>,
    /// Verbs and formulas of reporting.
    pub reporting: Vec<Reporting>,
    /// Titles of speakers.
    pub titles: Vec<Title>,
    /// Words that name events.
    pub events: Vec<EventWord>,
    /// Words that name means.
    pub means: Vec<MeansWord>,
    /// Words that count harm.
    pub tolls: Vec<TollWord>,
    /// Words that turn a clause.
    pub cues: Vec<Cue>,
    /// Words that count.
    pub numbers: Vec<NumberWord>,
    /// English for words of names that nothing lists.
    pub english: English,
    /// Wordings that say who holds a place.
    pub control: Control,
    /// Every phrase of the above but those of control.
    pub phrases: Phrases<Entry>,
    /// By word of the dictionary: its classes.
    classed: Vec<word_classes::ClassedWord>,
    files: Vec<String>,
    actor_of: FxHashMap<String, u16>,
    source_of: FxHashMap<String, u16>,
    /// Speakers by normalised name, made when first asked for.
    source_named: OnceLock<FxHashMap<String, u16>>,
}

impl Codebook {
    /// The codebook that comes with the program.
    ///
    /// # Errors
    /// Where a data file has a fault; the repository's tests make sure that none has.
    pub fn built_in() -> Result<Self, CodebookError> {
        Self::with(&[])
    }

    /// The built-in codebook with an analyst's own files, `(name, text)`, over it.
    ///
    /// # Errors
    /// Where a data file has a fault.
    pub fn with(overlays: &[(String, String)]) -> Result<Self, CodebookError> {
        let (codebook, faults) = Self::checked(overlays);
        if faults.is_empty() { Ok(codebook) } else { Err(CodebookError { faults }) }
    }

    /// The same, with every fault found; what can be read is read.
    #[must_use]
    pub fn checked(overlays: &[(String, String)]) -> (Self, Vec<Fault>) {
        let mut book = Self::default();
        book.phrases.reserve(ROOM);
        let mut faults = Vec::new();
        // Overlays first: the first entry of a key stands, later ones are passed over.
        for (name, _) in BUILT_IN {
            for (path, text) in own_files(overlays, name) {
                book.load(name, path, text, &mut faults);
            }
        }
        for (name, text) in BUILT_IN {
            book.load(name, name, text, &mut faults);
        }
        book.check_references(&mut faults);
        faults.sort();
        (book, faults)
    }

    /// The names of the built-in files, which an analyst's own files bear too.
    pub fn file_names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name).chain(ELSEWHERE)
    }

    fn load(&mut self, kind: &str, name: &str, text: &str, faults: &mut Vec<Fault>) {
        let file = self.files.len() as u16;
        self.files.push(name.to_owned());
        let read = |columns: &[&str], faults: &mut Vec<Fault>| Table::read(name, file, text, columns, faults);
        match kind {
            "word_classes.tsv" => self.load_word_classes(&read(&["word", "classes"], faults), faults),
            "actors.tsv" => {
                let table = read(&["key", "name_en", "name_ar", "kind", "country", "also", "examples"], faults);
                self.load_actors(&table, faults);
            }
            "adjectives.tsv" => self.load_adjectives(
                &read(&["adjective", "country", "force", "police", "people", "examples"], faults),
                faults,
            ),
            "forces.tsv" => self.load_forces(&read(&["word", "class", "examples"], faults), faults),
            "persons.tsv" => self.load_persons(&read(&["words", "key", "number", "class", "examples"], faults), faults),
            "sources.tsv" => {
                self.load_sources(&read(&["key", "name_en", "name_ar", "kind", "also", "examples"], faults), faults);
            }
            "reporting.tsv" => self.load_reporting(&read(&["words", "kind", "side", "examples"], faults), faults),
            "titles.tsv" => self.load_titles(&read(&["word", "kind", "examples"], faults), faults),
            "events.tsv" => {
                self.load_events(&read(&["lemma", "pos", "class", "frame", "unless", "examples"], faults), faults);
            }
            "means.tsv" => self.load_means(&read(&["word", "means", "examples"], faults), faults),
            "tolls.tsv" => self.load_tolls(&read(&["word", "kind", "pos", "number", "examples"], faults), faults),
            "cues.tsv" => self.load_cues(&read(&["cue", "kind", "examples"], faults), faults),
            "control.tsv" => self.load_control(&read(&["words", "kind", "unless", "examples"], faults), faults),
            "english.tsv" => self.load_english(&read(&["word", "kind", "english", "examples"], faults), faults),
            "numbers.tsv" => self.load_numbers(&read(&["word", "kind", "value", "examples"], faults), faults),
            _ => {}
        }
    }

    /// `file:line` of an entry.
    #[must_use]
    pub fn place_of(&self, at: At) -> String {
        format!("{}:{}", self.files.get(at.file as usize).map_or("?", String::as_str), at.line)
    }

    /// The party of a key.
    #[must_use]
    pub fn actor(&self, key: &str) -> Option<&Actor> {
        self.actor_of.get(key).map(|&index| &self.actors[index as usize])
    }

    /// The speaker of a key.
    #[must_use]
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.source_of.get(key).map(|&index| &self.sources[index as usize])
    }

    /// The speaker of a key, else the first that bears a name, as outlet too.
    #[must_use]
    pub fn source_named(&self, name: &str) -> Option<&Source> {
        let named = || {
            let named = self.source_named.get_or_init(|| {
                let mut named = FxHashMap::default();
                for (index, source) in (0..).zip(&self.sources) {
                    for name in [&source.name_ar, &source.name].into_iter().chain(&source.outlet) {
                        named.entry(maydani_text::normalise(name)).or_insert(index);
                    }
                }
                named
            });
            named.get(&maydani_text::normalise(name)).map(|&index| &self.sources[index as usize])
        };
        self.source(name).or_else(named)
    }

    /// Adds a phrase for an entry.
    fn phrase(&mut self, phrase: &str, kind: Kind, index: usize, form: FormBits) {
        self.phrases.insert(phrase, Entry { kind, index: index as u16, form });
    }
}
