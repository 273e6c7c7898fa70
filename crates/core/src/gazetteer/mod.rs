//! The gazetteer: which places bear an Arabic name, and where they lie.
//!
//! It is built from the two files of the project (`gazetteer/places.tsv` and the hand-kept
//! `codebook/places.tsv`) and from any number of files in the layout of a GeoNames country dump.
//! A name is looked up by the normalised words of a text, the longest name first; how spelling
//! variants meet is told in [`key`].

mod geonames;
mod key;
mod table;

use rustc_hash::{FxHashMap, FxHashSet};
use thiserror::Error;

use crate::codebook::own_files;
use crate::record::PlaceKind;
use geonames::Town;
use key::Key;

/// The settlements of the built-in gazetteer.
const SETTLEMENTS: &str = include_str!("../../../../gazetteer/places.tsv");
/// Countries, divisions, regions, sites, villages of known battles.
const SUPPLEMENT: &str = include_str!("../../../../codebook/places.tsv");
/// Names that are everyday words.
const EVERYDAY: &str = include_str!("../../../../codebook/place_stopwords.tsv");

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

/// A point on the earth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

impl Point {
    /// Kilometres along the surface.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        let (a, b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half = ((b - a) / 2.0).sin().powi(2)
            + a.cos() * b.cos() * ((other.longitude - self.longitude).to_radians() / 2.0).sin().powi(2);
        12_742.0 * half.sqrt().min(1.0).asin()
    }

    /// The same, quickly: within a percent up to some hundred kilometres, of the right order beyond.
    #[must_use]
    pub fn rough_distance(self, other: Self) -> f64 {
        let north = other.latitude - self.latitude;
        let east = (other.longitude - self.longitude) * f64::midpoint(self.latitude, other.latitude).to_radians().cos();
        111.2 * north.hypot(east)
    }

    /// The direction to another point, in degrees clockwise from north.
    #[must_use]
    pub fn bearing(self, other: Self) -> f64 {
        let (a, b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let turn = (other.longitude - self.longitude).to_radians();
        let y = turn.sin() * b.cos();
        let x = a.cos() * b.sin() - a.sin() * b.cos() * turn.cos();
        y.atan2(x).to_degrees().rem_euclid(360.0)
    }
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
    /// A word for a kind of place.
    PlaceWord,
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
    /// The built-in gazetteer.
    ///
    /// # Errors
    /// When a built-in file is at fault; a test keeps that from happening.
    pub fn built_in() -> Result<Self, GazetteerError> {
        Self::with_files(std::iter::empty())
    }

    /// The built-in gazetteer and files in the layout of a GeoNames country dump or of
    /// `codebook/places.tsv`, each given by its name (for messages) and its text.
    ///
    /// # Errors
    /// When a line does not have that layout.
    pub fn with_files<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Self, GazetteerError> {
        Self::with(&[], files)
    }

    /// The same with an analyst's own `places.tsv` and `place_stopwords.tsv` over the built-in ones. A
    /// place with the id of a built-in one goes in its stead.
    ///
    /// # Errors
    /// When a line does not have its layout.
    pub fn with<'t>(
        own: &[(String, String)],
        files: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Self, GazetteerError> {
        let mut gazetteer = Self {
            strings: String::new(),
            entries: Vec::new(),
            names: FxHashMap::default(),
            bearers: Vec::new(),
            longest: vec![0; 1 << FIRST_BITS],
            everyday: FxHashMap::default(),
            named: Vec::new(),
            divisions: FxHashMap::default(),
            towns: FxHashMap::default(),
        };
        gazetteer.add_everyday("codebook/place_stopwords.tsv", EVERYDAY)?;
        for (path, text) in own_files(own, "place_stopwords.tsv") {
            gazetteer.add_everyday(path, text)?;
        }
        let own_places: Vec<(&str, &str)> = own_files(own, "places.tsv").collect();
        let replaced = own_places.iter().flat_map(|(_, text)| table::ids(text)).collect();
        gazetteer.add_table("codebook/places.tsv", SUPPLEMENT, Origin::Codebook, &replaced)?;
        for (path, text) in own_places {
            gazetteer.add_table(path, text, Origin::Codebook, &FxHashSet::default())?;
        }
        gazetteer.add_table("gazetteer/places.tsv", SETTLEMENTS, Origin::BuiltIn, &replaced)?;
        for (file, text) in files {
            if table::is_own(text) {
                gazetteer.add_table(file, text, Origin::Codebook, &FxHashSet::default())?;
            } else {
                if gazetteer.towns.is_empty() {
                    gazetteer.note_towns();
                }
                gazetteer.add_geonames(file, text)?;
            }
        }
        gazetteer.finish();
        Ok(gazetteer)
    }

    fn add_everyday(&mut self, file: &str, text: &str) -> Result<(), GazetteerError> {
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty()) {
            let mut cells = line.split('\t');
            let (word, needs) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            let needs = match needs {
                "needs" => continue,
                "nothing" => Needs::Nothing,
                "preposition" => Needs::Preposition,
                "place_word" => Needs::PlaceWord,
                _ => {
                    let line = table::Line { file, line: at + 1 };
                    return Err(line.fault(2, needs, "need (nothing, preposition or place_word)"));
                }
            };
            let person = cells.next() == Some("person");
            self.everyday.insert(Key::of_name(&maydani_text::normalise(word)), Everyday { needs, person });
        }
        Ok(())
    }

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
        match first.strip_prefix("ال") {
            Some(bare) if bare.chars().count() >= 2 => self.find(Key::EMPTY.and_letters(bare), rest),
            Some(_) => None,
            None => self.find(Key::EMPTY.and_letters("ال").and_letters(first), rest),
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

    /// Keeps a string. Names are far shorter than 64 KiB; a longer one is cut at a character.
    fn keep(&mut self, text: &str) -> Name {
        let mut len = text.len().min(usize::from(u16::MAX));
        while !text.is_char_boundary(len) {
            len -= 1;
        }
        let at = self.strings.len() as u32;
        self.strings.push_str(&text[..len]);
        Name { at, len: len as u16 }
    }

    /// Notes that a place bears a normalised name.
    fn bear(&mut self, name: &str, id: PlaceId) {
        let mut key = Key::EMPTY;
        let mut joined = Key::EMPTY;
        let mut first = None;
        let mut words = 0;
        for word in key::words(name) {
            key = key.and_word(word);
            joined = joined.and_letters(word);
            first.get_or_insert(key);
            words += 1;
        }
        let Some(first) = first else { return };
        if words > LONGEST_NAME {
            return;
        }
        self.bear_key(first, words, key, id);
        if words > 1 {
            self.bear_key(joined, 1, joined, id);
        } else if let Some((opener, rest)) = key::split_opener(name) {
            let first = Key::of_name(opener);
            self.bear_key(first, 2, first.and_word(rest), id);
        }
    }

    fn bear_key(&mut self, first: Key, words: usize, key: Key, id: PlaceId) {
        let most = &mut self.longest[first.bits(FIRST_BITS)];
        *most = (*most).max(words as u8);
        self.named.push((key, id));
    }

    fn finish(&mut self) {
        let mut named = std::mem::take(&mut self.named);
        named.sort_unstable();
        named.dedup();
        for group in named.chunk_by(|a, b| a.0 == b.0) {
            self.learn_sizes(group);
        }
        self.towns = FxHashMap::default();
        self.names.reserve(named.len());
        self.bearers.reserve(named.len());
        for group in named.chunk_by_mut(|a, b| a.0 == b.0) {
            group.sort_unstable_by_key(|&(_, id)| {
                let entry = &self.entries[id.0 as usize];
                (entry.origin != Origin::Codebook, std::cmp::Reverse(entry.population), id)
            });
            let from = self.bearers.len();
            for &(_, id) in &*group {
                // An entry without a point gives way to one that has it.
                let told_better = point_of(&self.entries[id.0 as usize]).is_none()
                    && group.iter().any(|&(_, other)| self.locates(other, id));
                if told_better {
                    continue;
                }
                let same = |&kept: &PlaceId| self.same_place(kept, id);
                if !self.bearers[from..].iter().any(same) {
                    self.bearers.push(id);
                }
            }
            let key = group[0].0;
            self.names.insert(key, (from as u32, self.bearers.len() as u32));
        }
    }

    /// A place kept by hand takes its size and its GeoNames id from the entry of the other files
    /// that is the same place; what the hand wrote stands.
    fn learn_sizes(&mut self, namesakes: &[(Key, PlaceId)]) {
        for &(_, kept) in namesakes {
            let entry = &self.entries[kept.0 as usize];
            if entry.origin != Origin::Codebook || point_of(entry).is_none() {
                continue;
            }
            for &(_, other) in namesakes {
                if other != kept && self.same_place(kept, other) {
                    let (population, prefix, id) = {
                        let other = &self.entries[other.0 as usize];
                        (other.population, other.prefix, other.id)
                    };
                    let entry = &mut self.entries[kept.0 as usize];
                    entry.population = entry.population.max(population);
                    if prefix == IdPrefix::GeoNames {
                        (entry.prefix, entry.id) = (prefix, id);
                    }
                }
            }
        }
    }

    /// Whether `known` may be the place of the entry `bare`, which has no point.
    fn locates(&self, known: PlaceId, bare: PlaceId) -> bool {
        let (known, bare) = (&self.entries[known.0 as usize], &self.entries[bare.0 as usize]);
        point_of(known).is_some()
            && known.kind == bare.kind
            && known.country == bare.country
            && (bare.admin1.is_none() || known.admin1.is_none() || known.admin1 == bare.admin1)
    }

    /// Whether two entries with one name are one place, told by two files.
    fn same_place(&self, a: PlaceId, b: PlaceId) -> bool {
        let (a, b) = (&self.entries[a.0 as usize], &self.entries[b.0 as usize]);
        a.origin != b.origin
            && a.kind == b.kind
            && a.country == b.country
            && match (point_of(a), point_of(b)) {
                (Some(a), Some(b)) => a.distance(b) < 6.0,
                _ => true,
            }
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
