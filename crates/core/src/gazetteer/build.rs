//! Building the gazetteer: its files, the names that places bear, places that two files tell.

use rustc_hash::{FxHashMap, FxHashSet};

use super::key::{self, Key};
use super::{
    Everyday, FIRST_BITS, Gazetteer, GazetteerError, IdPrefix, LONGEST_NAME, Name, Needs, Origin, PlaceId, point_of,
    table,
};
use crate::codebook::own_files;

/// The settlements of the built-in gazetteer.
const SETTLEMENTS: &str = include_str!("../../../../gazetteer/places.tsv");
/// Countries, divisions, regions, sites, villages of known battles.
const SUPPLEMENT: &str = include_str!("../../../../codebook/places.tsv");
/// Names that are everyday words.
const EVERYDAY: &str = include_str!("../../../../codebook/place_stopwords.tsv");

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
                "country" => Needs::Country,
                "place_word" => Needs::PlaceWord,
                _ => {
                    let line = table::Line { file, line: at + 1 };
                    return Err(line.fault(2, needs, "need (nothing, preposition, country or place_word)"));
                }
            };
            let person = cells.next() == Some("person");
            self.everyday.insert(Key::of_name(&maydani_text::normalise(word)), Everyday { needs, person });
        }
        Ok(())
    }

    /// Keeps a string. Names are far shorter than 64 KiB; a longer one is cut at a character.
    pub(super) fn keep(&mut self, text: &str) -> Name {
        let mut len = text.len().min(usize::from(u16::MAX));
        while !text.is_char_boundary(len) {
            len -= 1;
        }
        let at = self.strings.len() as u32;
        self.strings.push_str(&text[..len]);
        Name { at, len: len as u16 }
    }

    /// Notes that a place bears a normalised name.
    pub(super) fn bear(&mut self, name: &str, id: PlaceId) {
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
