//! The gazetteer: which places bear an Arabic name, and where they lie.
//!
//! It is built from the two files of the project (`gazetteer/places.tsv` and the hand-kept
//! `codebook/places.tsv`) and from any number of files in the layout of a GeoNames country dump.
//! A name is looked up by the normalised words of a text, the longest name first; how spelling
//! variants meet is told in [`key`].

mod build;
mod geonames;
mod key;
mod point;
mod table;

use maydani_text::ARTICLE;
use rustc_hash::FxHashMap;
use thiserror::Error;

use crate::record::PlaceKind;
use geonames::Town;
use key::Key;
pub use point::Point;

/// A fault in a file of places.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum GazetteerError {
    /// A line that does not have the columns of its layout.
    #[error("{file}:{line}: {found} columns where {wanted} are wanted; separate columns by tabs")]
    Columns {
        /// The file's name as given.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Columns found.
        found: usize,
        /// Columns of the layout.
        wanted: usize,
    },
    /// A value that its column does not allow.
    #[error("{file}:{line}:{column}: `{value}` is no {wanted}")]
    Value {
        /// The file's name as given.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// The text found.
        value: String,
        /// What the column holds.
        wanted: &'static str,
    },
}

/// Stands for one place of one [`Gazetteer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceId(u32);

/// Where an entry comes from: of namesakes, the better known comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// `codebook/places.tsv`.
    Codebook,
    /// `gazetteer/places.tsv`.
    BuiltIn,
    /// A file given by the user.
    Added,
}

/// A piece of the gazetteer's pool of strings.
#[derive(Debug, Clone, Copy)]
struct Name {
    at: u32,
    len: u16,
}

/// One place, compact.
#[derive(Debug, Clone)]
struct Entry {
    /// The part of the id after its prefix.
    id: Name,
    prefix: IdPrefix,
    name: Name,
    name_ar: Name,
    kind: PlaceKind,
    country: [u8; 2],
    admin1: Option<PlaceId>,
    /// Degrees; NaN when unknown.
    latitude: f32,
    longitude: f32,
    population: u32,
    origin: Origin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum IdPrefix {
    GeoNames,
    Maydani,
    Local,
}

/// One place, as it is read from a gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place<'g> {
    /// Stands for it.
    pub id: PlaceId,
    /// English name.
    pub name: &'g str,
    /// Arabic name.
    pub name_ar: &'g str,
    /// What it is.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'g str>,
    /// The first-level division that it lies in.
    pub admin1: Option<PlaceId>,
    /// Degrees north and east; none when the entry gives no point.
    pub point: Option<Point>,
    /// People, 0 when unknown.
    pub population: u32,
    /// Where the entry comes from.
    pub origin: Origin,
}

/// Places that bear the name found at some word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match<'g> {
    /// How many words the name has.
    pub words: usize,
    /// Its bearers, the best known first.
    pub places: &'g [PlaceId],
}

/// What must stand before a name that is also an everyday word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Needs {
    /// Nothing: it is no everyday word.
    #[default]
    Nothing,
    /// At least a preposition.
    Preposition,
    /// A preposition, and other places of its country told with it.
    Country,
    /// A word for a kind of place.
    PlaceWord,
}

impl Needs {
    /// Whether a preposition alone makes it no place.
    #[must_use]
    pub const fn is_everyday(self) -> bool {
        matches!(self, Self::Country | Self::PlaceWord)
    }
}

/// An entry of `codebook/place_stopwords.tsv`.
#[derive(Debug, Clone, Copy, Default)]
struct Everyday {
    needs: Needs,
    person: bool,
}

/// Places by name.
#[derive(Debug, Clone)]
pub struct Gazetteer {
    strings: String,
    entries: Vec<Entry>,
    /// Which stretch of `bearers` bears the name of a key.
    names: FxHashMap<Key, (u32, u32)>,
    bearers: Vec<PlaceId>,
    /// By some bits of the first word's key: how many words its longest name has. Most words of a
    /// text begin no name, and are told by this table alone.
    longest: Vec<u8>,
    everyday: FxHashMap<Key, Everyday>,
    /// While building: who bears what, and the longest name by first word.
    named: Vec<(Key, PlaceId)>,
    /// Divisions by country and folded Latin name or code.
    divisions: FxHashMap<([u8; 2], String), PlaceId>,
    /// While building: the built-in towns by country, noted when a file needs them.
    towns: FxHashMap<[u8; 2], Vec<Town>>,
}

const FIRST_BITS: u32 = 17;
/// The most words in one name.
pub const LONGEST_NAME: usize = 6;

impl Gazetteer {
    /// How many places it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// One place.
    #[must_use]
    pub fn place(&self, id: PlaceId) -> Place<'_> {
        let entry = &self.entries[id.0 as usize];
        Place {
            id,
            name: self.string(entry.name),
            name_ar: self.string(entry.name_ar),
            kind: entry.kind,
            country: std::str::from_utf8(&entry.country).ok().filter(|code| !code.trim().is_empty()),
            admin1: entry.admin1,
            point: point_of(entry),
            population: entry.population,
            origin: entry.origin,
        }
    }

    /// What a place is.
    #[must_use]
    pub fn kind(&self, id: PlaceId) -> PlaceKind {
        self.entries[id.0 as usize].kind
    }

    /// Where a place's entry comes from.
    #[must_use]
    pub fn origin(&self, id: PlaceId) -> Origin {
        self.entries[id.0 as usize].origin
    }

    /// The id that the record shows: `geonames:…`, `maydani:…`, or `local:…` for numbers that are
    /// not GeoNames' own.
    #[must_use]
    pub fn public_id(&self, id: PlaceId) -> String {
        let entry = &self.entries[id.0 as usize];
        let prefix = match entry.prefix {
            IdPrefix::GeoNames => "geonames",
            IdPrefix::Maydani => "maydani",
            IdPrefix::Local => "local",
        };
        format!("{prefix}:{}", self.string(entry.id))
    }

    /// Whether a place is a first-level division (قطاع غزة is one, and an area in reports).
    #[must_use]
    pub fn is_division(&self, id: PlaceId) -> bool {
        let entry = &self.entries[id.0 as usize];
        entry.kind == PlaceKind::Governorate || self.string(entry.id).starts_with("admin1:")
    }

    /// A country by its code.
    #[must_use]
    pub fn country(&self, code: &str) -> Option<PlaceId> {
        // Countries open the first file.
        let mut countries = self.iter().take_while(|place| place.kind == PlaceKind::Country);
        countries.find(|place| place.country == Some(code)).map(|place| place.id)
    }

    /// Every place, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = Place<'_>> {
        (0..self.entries.len() as u32).map(|id| self.place(PlaceId(id)))
    }

    /// The longest name that begins with the first of `words`, which are normalised.
    #[must_use]
    pub fn longest<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Option<Match<'_>> {
        let mut words = words.into_iter();
        self.find(Key::EMPTY.and_word(words.next()?), words)
    }

    /// The same where the article of the first word is put or left out (الباغوز / باغوز). Only
    /// after a word for a kind of place is that safe.
    #[must_use]
    pub fn longest_with_other_article<'w>(
        &self,
        first: &'w str,
        rest: impl IntoIterator<Item = &'w str>,
    ) -> Option<Match<'_>> {
        match first.strip_prefix(ARTICLE) {
            Some(bare) if bare.chars().count() >= 2 => self.find(Key::EMPTY.and_letters(bare), rest),
            Some(_) => None,
            None => self.find(Key::EMPTY.and_letters(ARTICLE).and_letters(first), rest),
        }
    }

    /// Every bearer of a whole name.
    #[must_use]
    pub fn named(&self, name: &str) -> &[PlaceId] {
        self.bearers_of(Key::of_name(&maydani_text::normalise(name))).unwrap_or_default()
    }

    /// What must stand before a name, given by its normalised words.
    #[must_use]
    pub fn needs<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Needs {
        let key = words.into_iter().fold(Key::EMPTY, Key::and_word);
        self.everyday.get(&key).map_or(Needs::Nothing, |entry| entry.needs)
    }

    /// Whether a normalised word is a person's name or a rank.
    #[must_use]
    pub fn is_person(&self, word: &str) -> bool {
        self.everyday.get(&Key::of_name(word)).is_some_and(|entry| entry.person)
    }

    fn find<'w>(&self, first: Key, words: impl IntoIterator<Item = &'w str>) -> Option<Match<'_>> {
        let most = usize::from(self.longest[first.bits(FIRST_BITS)]).min(LONGEST_NAME);
        if most == 0 {
            return None;
        }
        let mut keys = [first; LONGEST_NAME];
        let mut count = 1;
        for word in words.into_iter().take(most - 1) {
            keys[count] = keys[count - 1].and_word(word);
            count += 1;
        }
        (1..=count).rev().find_map(|length| {
            let key = keys[length - 1];
            let places = self.bearers_of(key)?;
            Some(Match { words: length, places })
        })
    }

    fn bearers_of(&self, key: Key) -> Option<&[PlaceId]> {
        let &(from, to) = self.names.get(&key)?;
        Some(&self.bearers[from as usize..to as usize])
    }

    fn string(&self, name: Name) -> &str {
        &self.strings[name.at as usize..name.at as usize + usize::from(name.len)]
    }
}

fn point_of(entry: &Entry) -> Option<Point> {
    (!entry.latitude.is_nan()).then(|| Point { latitude: degrees(entry.latitude), longitude: degrees(entry.longitude) })
}

/// Five decimals, about a metre: an `f32` holds no more of a longitude.
fn degrees(value: f32) -> f64 {
    (f64::from(value) * 1e5).round() / 1e5
}

#[cfg(test)]
mod tests {
    use super::{Gazetteer, Needs};
    use crate::record::PlaceKind;

    fn names(gazetteer: &Gazetteer, text: &str) -> Vec<(usize, String)> {
        let text = maydani_text::normalise(text);
        let found = gazetteer.longest(text.split(' '));
        found.map_or_else(Vec::new, |found| {
            found.places.iter().map(|&id| (found.words, gazetteer.place(id).name.to_owned())).collect()
        })
    }

    #[test]
    fn the_built_in_files_are_sound() {
        let gazetteer = Gazetteer::built_in().unwrap();
        assert!(gazetteer.len() > 6000);
        assert!(gazetteer.iter().all(|place| place.country.is_some() || place.kind == PlaceKind::Area));
    }

    #[test]
    fn spelling_variants_meet() {
        let gazetteer = Gazetteer::built_in().unwrap();
        for text in ["دير الزور", "ديرالزور", "دير الزّور"] {
            assert!(names(&gazetteer, text).iter().any(|(_, name)| name == "Deir ez-Zor"), "{text}");
        }
        for text in ["سوريا", "سورية"] {
            assert_eq!(names(&gazetteer, text), [(1, "Syria".to_owned())], "{text}");
        }
        assert!(!names(&gazetteer, "ادلب").is_empty());
        assert!(!names(&gazetteer, "صنعا").is_empty());
    }

    #[test]
    fn the_longest_name_wins() {
        let gazetteer = Gazetteer::built_in().unwrap();
        assert_eq!(names(&gazetteer, "جنوب السودان اليوم"), [(2, "South Sudan".to_owned())]);
        assert_eq!(names(&gazetteer, "ريف دمشق الغربي")[0].0, 2);
    }

    #[test]
    fn the_article_may_come_or_go_after_a_place_word() {
        let gazetteer = Gazetteer::built_in().unwrap();
        assert!(gazetteer.longest(["درباس"]).is_none());
        assert!(gazetteer.longest_with_other_article("سفيره", []).is_some());
    }

    #[test]
    fn added_files_in_geonames_layout() {
        let line = "7\tKafr Test\tKafr Test\tKafr Tist,كفر الاختبار\t35.9\t36.7\tP\tPPL\tSY\t\t12\t\t\t\t40\t\t\t\t";
        let gazetteer = Gazetteer::with_files([("SY.txt", line)]).unwrap();
        let id = gazetteer.named("كفر الإختبار")[0];
        let place = gazetteer.place(id);
        assert_eq!(gazetteer.public_id(id), "geonames:7");
        assert_eq!(place.admin1.map(|id| gazetteer.place(id).name), Some("Idlib"));
        assert_eq!(place.point.map(|p| (p.latitude, p.longitude)), Some((35.9, 36.7)));
    }

    #[test]
    fn added_files_in_the_layout_of_the_codebook() {
        let own = "id\tname_en\tname_ar\tkind\tcountry\tadmin1\tlat\tlon\talso\texamples\n\
                   own-1\tNew Camp\tمخيم الاختبار الجديد\tsite\tSY\tIdlib\t35.9\t36.7\t\t\n";
        let gazetteer = Gazetteer::with_files([("own.tsv", own)]).unwrap();
        let id = gazetteer.named("مخيم الاختبار الجديد")[0];
        assert_eq!(gazetteer.public_id(id), "maydani:own-1");
        let faulty = own.replace("site", "camp");
        let error = Gazetteer::with_files([("own.tsv", faulty.as_str())]).unwrap_err();
        assert_eq!(error.to_string(), "own.tsv:2:4: `camp` is no kind of place");
    }

    #[test]
    fn an_analysts_own_places_and_everyday_words() {
        let places = "sy-qalaat-al-madiq\tOur Castle\tقلعة المضيق\tsite\tSY\tHama\t35.4\t36.4\t\t\n";
        let everyday = "درعا\tplace_word\tword\nبرج\tnothing\t";
        let own = [("own/places.tsv", places), ("own/place_stopwords.tsv", everyday)];
        let own = own.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let gazetteer = Gazetteer::with(&own, []).unwrap();
        let named = |gazetteer: &Gazetteer| gazetteer.place(gazetteer.named("قلعة المضيق")[0]).name.to_owned();
        assert_eq!(named(&Gazetteer::built_in().unwrap()), "Qalaat al-Madiq");
        assert_eq!(named(&gazetteer), "Our Castle");
        assert_eq!(gazetteer.needs(["درعا"]), Needs::PlaceWord);
        assert_eq!(gazetteer.needs(["برج"]), Needs::Nothing);
    }

    #[test]
    fn a_faulty_line_is_named() {
        let error = Gazetteer::with_files([("SY.txt", "7\tKafr")]).unwrap_err();
        assert_eq!(error.to_string(), "SY.txt:1: 2 columns where 19 are wanted; separate columns by tabs");
    }
}
