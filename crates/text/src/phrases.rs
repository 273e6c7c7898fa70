//! A dictionary of phrases, matched at word starts.
//!
//! Every category of the codebook puts its phrases into one dictionary, so that each word of a
//! report is looked up once.

use rustc_hash::FxHashMap;

use crate::clitics::{Clitics, readings};
use crate::words::{Gap, Text};

type WordId = u32;
type Node = u32;

const UNKNOWN: WordId = 0;
const ROOT: Node = 0;

/// Phrases and the values that they stand for.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    vocabulary: FxHashMap<Box<str>, WordId>,
    edges: FxHashMap<(Node, WordId), Node>,
    values: Vec<Vec<T>>,
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhraseMatch<T> {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// What was peeled off the first word.
    pub clitics: Clitics,
    /// What the phrase stands for.
    pub value: T,
}

/// The readings of every word of one text that a dictionary knows.
#[derive(Debug, Clone, Default)]
pub struct Readings {
    /// Where each word's readings begin in `known`.
    starts: Vec<u32>,
    known: Vec<(Clitics, WordId)>,
    /// The id of each word as it stands.
    exact: Vec<WordId>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { vocabulary: FxHashMap::default(), edges: FxHashMap::default(), values: vec![Vec::new()] }
    }
}

impl<T: Copy + PartialEq> Phrases<T> {
    /// Adds a phrase. Quotation marks and hyphens between its words do not count.
    pub fn insert(&mut self, phrase: &str, value: T) {
        let text = Text::new(phrase);
        self.insert_words((0..text.words().len()).map(|i| text.norm(i)), value);
    }

    /// Adds a phrase whose words are normalised already.
    pub fn insert_words<'w>(&mut self, words: impl Iterator<Item = &'w str>, value: T) {
        let mut node = ROOT;
        for word in words {
            let next_id = self.vocabulary.len() as WordId + 1;
            let id = if let Some(&id) = self.vocabulary.get(word) {
                id
            } else {
                self.vocabulary.insert(word.into(), next_id);
                next_id
            };
            let next_node = self.values.len() as Node;
            node = *self.edges.entry((node, id)).or_insert_with(|| next_node);
            if node == next_node {
                self.values.push(Vec::new());
            }
        }
        let values = &mut self.values[node as usize];
        if node != ROOT && !values.contains(&value) {
            values.push(value);
        }
    }

    /// Looks every word of a text up, once.
    #[must_use]
    pub fn read(&self, text: &Text<'_>) -> Readings {
        let count = text.words().len();
        let mut out = Readings {
            starts: Vec::with_capacity(count + 1),
            known: Vec::with_capacity(count),
            exact: Vec::with_capacity(count),
        };
        let mut buffer = String::new();
        for i in 0..count {
            out.starts.push(out.known.len() as u32);
            let mut exact = UNKNOWN;
            readings(text.norm(i), &mut buffer, |clitics, rest| {
                if let Some(&id) = self.vocabulary.get(rest) {
                    if clitics.peeled == 0 {
                        exact = id;
                    }
                    out.known.push((clitics, id));
                }
            });
            out.exact.push(exact);
        }
        out.starts.push(out.known.len() as u32);
        out
    }

    /// Every phrase that begins at word `i`; its later words stand as they are in the dictionary,
    /// with nothing between them but what may stand inside a name.
    pub fn matches_at(&self, text: &Text<'_>, readings: &Readings, i: usize, out: &mut Vec<PhraseMatch<T>>) {
        let known = &readings.known[readings.starts[i] as usize..readings.starts[i + 1] as usize];
        for &(clitics, id) in known {
            let Some(&first) = self.edges.get(&(ROOT, id)) else { continue };
            let mut node = first;
            let mut end = i + 1;
            loop {
                for &value in &self.values[node as usize] {
                    out.push(PhraseMatch { start: i, end, clitics, value });
                }
                if end >= readings.exact.len() || !text.gap(end).only(Gap::INSIDE_NAME) {
                    break;
                }
                let Some(&next) = self.edges.get(&(node, readings.exact[end])) else { break };
                node = next;
                end += 1;
            }
        }
    }

    /// How many words the dictionary knows.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.vocabulary.len()
    }
}

#[cfg(test)]
mod tests {
    use super::{PhraseMatch, Phrases};
    use crate::words::Text;

    fn find(phrases: &Phrases<u8>, text: &str) -> Vec<(usize, usize, u8)> {
        let text = Text::new(text);
        let readings = phrases.read(&text);
        let mut out: Vec<PhraseMatch<u8>> = Vec::new();
        for i in 0..text.words().len() {
            phrases.matches_at(&text, &readings, i, &mut out);
        }
        out.iter().map(|m| (m.start, m.end, m.value)).collect()
    }

    #[test]
    fn finds_phrases_with_clitics_and_quotes() {
        let mut phrases = Phrases::default();
        phrases.insert("تنظيم داعش", 1);
        phrases.insert("داعش", 2);
        phrases.insert("الجيش", 3);
        assert_eq!(find(&phrases, "لتنظيم ” داعش ” وللجيش"), [(0, 2, 1), (1, 2, 2), (2, 3, 3)]);
    }

    #[test]
    fn a_comma_breaks_a_phrase() {
        let mut phrases = Phrases::default();
        phrases.insert("تنظيم داعش", 1);
        assert_eq!(find(&phrases, "تنظيم، داعش"), []);
    }
}
