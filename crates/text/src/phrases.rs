//! A dictionary of phrases, matched at word starts.
//!
//! Every category of the codebook puts its phrases into one dictionary, so that each word of a
//! report is looked up once.

use rustc_hash::FxHashMap;

use crate::clitics::{Clitics, readings};
use crate::fold::normalise_into;
use crate::words::{Gap, Text};

/// A word of a dictionary; small numbers, so that a list may hold what else is known of each word.
pub type WordId = u32;
type Node = u32;

/// The id of every word that a dictionary does not know.
pub const UNKNOWN: WordId = 0;
const ROOT: Node = 0;

/// Phrases and the values that they stand for.
///
/// A tree of words. Most phrases are one word, so the tree's first level is a plain list.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    vocabulary: FxHashMap<Box<str>, WordId>,
    /// By word: the node of the phrases that begin with it, [`ROOT`] where none does.
    first: Vec<Node>,
    edges: FxHashMap<(Node, WordId), Node>,
    /// By node: its first and last value in `values`.
    chains: Vec<(u32, u32)>,
    /// Values, each with the next one of its node.
    values: Vec<(T, u32)>,
}

/// No value, no next value.
const NONE: u32 = u32::MAX;

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

impl Readings {
    /// The id of each word of the text as it stands, nothing peeled off.
    #[must_use]
    pub fn whole_words(&self) -> &[WordId] {
        &self.exact
    }
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self {
            vocabulary: FxHashMap::default(),
            first: vec![ROOT],
            edges: FxHashMap::default(),
            chains: vec![(NONE, NONE)],
            values: Vec::new(),
        }
    }
}

impl<T: Copy + PartialEq> Phrases<T> {
    /// Makes room for so many phrases.
    pub fn reserve(&mut self, phrases: usize) {
        self.vocabulary.reserve(phrases);
        self.first.reserve(phrases);
        self.chains.reserve(phrases);
        self.values.reserve(phrases);
    }

    /// Adds a phrase. Quotation marks and hyphens between its words do not count.
    pub fn insert(&mut self, phrase: &str, value: T) {
        // Nearly all phrases are letters and spaces, and need no scanner.
        if phrase.chars().all(|c| c == ' ' || matches!(c, 'ء'..='ي' if c != '\u{640}')) {
            let mut word = String::with_capacity(phrase.len());
            let mut node = ROOT;
            for letters in phrase.split(' ').filter(|letters| !letters.is_empty()) {
                word.clear();
                normalise_into(letters, &mut word);
                node = self.step(node, &word);
            }
            self.add(node, value);
        } else {
            let text = Text::new(phrase);
            self.insert_words((0..text.words().len()).map(|i| text.norm(i)), value);
        }
    }

    /// Adds a phrase whose words are normalised already.
    pub fn insert_words<'w>(&mut self, words: impl Iterator<Item = &'w str>, value: T) {
        let mut node = ROOT;
        for word in words {
            node = self.step(node, word);
        }
        self.add(node, value);
    }

    /// The id of a normalised word, which the dictionary then knows, though no phrase may begin with it.
    pub fn learn(&mut self, word: &str) -> WordId {
        if let Some(&known) = self.vocabulary.get(word) {
            return known;
        }
        let id = self.first.len() as WordId;
        self.vocabulary.insert(word.into(), id);
        self.first.push(ROOT);
        id
    }

    /// The id of a normalised word, [`UNKNOWN`] where the dictionary does not know it.
    #[must_use]
    pub fn id(&self, word: &str) -> WordId {
        self.vocabulary.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// The values of a normalised word that is a phrase of its own.
    pub fn values_of_word(&self, word: &str) -> impl Iterator<Item = T> {
        self.values_of(self.first[self.id(word) as usize])
    }

    /// The node one word further, made where there is none.
    fn step(&mut self, node: Node, word: &str) -> Node {
        let id = self.learn(word);
        let new = self.chains.len() as Node;
        let next = if node == ROOT {
            let first = &mut self.first[id as usize];
            if *first == ROOT {
                *first = new;
            }
            *first
        } else {
            *self.edges.entry((node, id)).or_insert(new)
        };
        if next == new {
            self.chains.push((NONE, NONE));
        }
        next
    }

    fn add(&mut self, node: Node, value: T) {
        if node == ROOT || self.values_of(node).any(|known| known == value) {
            return;
        }
        let new = self.values.len() as u32;
        self.values.push((value, NONE));
        let (first, last) = &mut self.chains[node as usize];
        if *first == NONE {
            *first = new;
        } else {
            self.values[*last as usize].1 = new;
        }
        *last = new;
    }

    /// The values of a node, in the order in which they were added.
    fn values_of(&self, node: Node) -> impl Iterator<Item = T> {
        let mut at = self.chains[node as usize].0;
        std::iter::from_fn(move || {
            let &(value, next) = self.values.get(at as usize)?;
            at = next;
            Some(value)
        })
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
            let mut node = self.first[id as usize];
            if node == ROOT {
                continue;
            }
            let mut end = i + 1;
            loop {
                out.extend(self.values_of(node).map(|value| PhraseMatch { start: i, end, clitics, value }));
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
    use super::{PhraseMatch, Phrases, UNKNOWN};
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
    fn plain_phrases_read_as_the_scanner_reads_them() {
        for phrase in ["الطوارىء", "أم  الفحم", " برىء ءأ", "ي ء", "مستشفى الولادة", "ئ", "ىء"]
        {
            let mut plain = Phrases::default();
            plain.insert(phrase, 1);
            let text = Text::new(phrase);
            let mut scanned = Phrases::default();
            scanned.insert_words((0..text.words().len()).map(|i| text.norm(i)), 1);
            assert_eq!(find(&plain, phrase), find(&scanned, phrase), "{phrase}");
            assert_eq!(find(&plain, phrase).len(), 1, "{phrase}");
        }
    }

    #[test]
    fn values_of_one_phrase_keep_their_order() {
        let mut phrases = Phrases::default();
        for (phrase, value) in [("تنظيم داعش", 3), ("داعش", 1), ("تنظيم داعش", 2), ("داعش", 0), ("داعش", 1)]
        {
            phrases.insert(phrase, value);
        }
        assert_eq!(find(&phrases, "تنظيم داعش"), [(0, 2, 3), (0, 2, 2), (1, 2, 1), (1, 2, 0)]);
    }

    #[test]
    fn a_word_learned_is_no_phrase() {
        let mut phrases = Phrases::default();
        let that = phrases.learn("ان");
        phrases.insert("تنظيم داعش", 1);
        assert_eq!(find(&phrases, "وان تنظيم داعش ان"), [(1, 3, 1)]);
        assert_eq!((phrases.learn("ان"), phrases.id("ان"), phrases.id("داعش ان")), (that, that, UNKNOWN));
        let text = Text::new("وان ان غير");
        assert_eq!(phrases.read(&text).whole_words(), [UNKNOWN, that, UNKNOWN]);
    }

    #[test]
    fn a_comma_breaks_a_phrase() {
        let mut phrases = Phrases::default();
        phrases.insert("تنظيم داعش", 1);
        assert_eq!(find(&phrases, "تنظيم، داعش"), []);
    }
}
