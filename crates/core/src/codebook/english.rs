//! English for words of unlisted names: `english.tsv`.

use maydani_text::{ARTICLE, inflect, normalise};
use rustc_hash::FxHashMap;

use super::Codebook;
use super::table::{At, Fault, Table};
use crate::gazetteer::Gazetteer;
use crate::record::PlaceKind;

/// Inhabitants from which a town's name is known here: names of smaller ones are often names of people too.
const KNOWN_TOWN: u32 = 200_000;

/// How a word stands in an English name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnglishKind {
    /// Who holds an office: «Commander of …», before the person's name.
    Person,
    /// An institution, or people: «Council of …».
    Body,
    /// What stands after its name: «Al-Tawhid Brigade».
    Named,
    /// Before what it describes.
    Adjective,
    /// Before a name: «Maj. Gen.».
    Rank,
    /// A name of people or groups.
    Name,
    /// A province, country or large town.
    Place,
    /// Between two parts: «for», «in».
    Link,
}

/// A word or phrase in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnglishWord {
    /// As it is written.
    pub english: String,
    /// How it stands.
    pub kind: EnglishKind,
    /// Where the entry stands; none for a place.
    pub at: Option<At>,
}

/// What is known of English for words of names.
#[derive(Debug, Clone, Default)]
pub struct English {
    /// By normalised words, with their article where the entry has one.
    words: FxHashMap<String, EnglishWord>,
}

/// Words of the longest entry.
const LONGEST: usize = 4;

impl English {
    /// The longest entry at the first of these normalised words, and how many words it has.
    #[must_use]
    pub fn longest(&self, words: &[&str]) -> Option<(&EnglishWord, usize)> {
        (1..=words.len().min(LONGEST)).rev().find_map(|count| Some((self.named(&words[..count])?, count)))
    }

    fn named(&self, words: &[&str]) -> Option<&EnglishWord> {
        let bare =
            |word: &str| word.strip_prefix(ARTICLE).filter(|rest| rest.chars().count() > 1).unwrap_or(word).to_owned();
        self.words
            .get(&words.join(" "))
            .or_else(|| self.words.get(&words.iter().map(|word| bare(word)).collect::<Vec<_>>().join(" ")))
    }

    /// Adds the names of provinces, countries and large towns.
    pub(crate) fn add_places(&mut self, gazetteer: &Gazetteer) {
        for place in gazetteer.iter() {
            let wide = matches!(place.kind, PlaceKind::Governorate | PlaceKind::Country);
            if !(wide || place.population >= KNOWN_TOWN) || gazetteer.is_person(place.name_ar) {
                continue;
            }
            let name = normalise(place.name_ar);
            // «الشمالية» is a state of Sudan, and a word.
            if self.named(&name.split(' ').collect::<Vec<_>>()).is_none() {
                let english = place.name.to_owned();
                self.words.insert(name, EnglishWord { english, kind: EnglishKind::Place, at: None });
            }
        }
    }
}

impl Codebook {
    pub(super) fn load_english(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        let kinds = &[
            ("person", EnglishKind::Person),
            ("body", EnglishKind::Body),
            ("named", EnglishKind::Named),
            ("adjective", EnglishKind::Adjective),
            ("rank", EnglishKind::Rank),
            ("name", EnglishKind::Name),
            ("link", EnglishKind::Link),
        ];
        for row in table.rows() {
            let Some(kind) = row.one_of("kind", "kind of word", kinds, faults) else { continue };
            let english = row.required("english", faults);
            let entry = || EnglishWord { english: english.to_owned(), kind, at: Some(row.at()) };
            for word in row.list("word") {
                let known = self.english.words.entry(normalise(word)).or_insert_with(entry);
                // An analyst's own file is read first, and stands.
                if known.at.is_some_and(|at| at.file == row.at().file && at.line != row.at().line) {
                    let word = &known.english;
                    faults.push(row.fault(
                        "word",
                        format!("a word is «{word}» on another line"),
                        "keep one of the two",
                    ));
                }
            }
            for word in row.list("word").filter(|_| kind == EnglishKind::Adjective) {
                // «ليبيا» is a country.
                for (form, _) in inflect::adjective(word).into_iter().filter(|(form, _)| !form.ends_with('ا')) {
                    self.english.words.entry(normalise(&form)).or_insert_with(entry);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::codebook::Codebook;

    fn own(rows: &str) -> Vec<(String, String)> {
        vec![("english.tsv".to_owned(), format!("word\tkind\tenglish\texamples\n{rows}"))]
    }

    #[test]
    fn an_own_entry_goes_over_the_built_in_one() {
        let book = Codebook::with(&own("قائد\tperson\tChief\t\n")).expect("no fault");
        assert_eq!(book.english.name("قائد الشرطة"), "Chief of Police");
    }

    #[test]
    fn a_word_with_two_entries_is_a_fault() {
        let (_, faults) = Codebook::checked(&own("كذا\tname\tKatha\t\nكذا\tname\tKitha\t\n"));
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults, ["english.tsv:3:1: a word is «Katha» on another line; keep one of the two"]);
    }
}
