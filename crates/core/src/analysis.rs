//! The entries of the codebook that stand in one report, each word looked up once.

use std::ops::Range;

use maydani_text::{Clitics, Gap, PhraseMatch, Text};

use crate::codebook::{Codebook, CueKind, Entry, FormBits, Kind, WordClass, WordClasses};

/// An entry found in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// What was peeled off the first word.
    pub clitics: Clitics,
    /// Its part of the codebook.
    pub kind: Kind,
    /// Its place in that part.
    pub index: usize,
    /// The form of the word.
    pub form: FormBits,
}

/// A report's text with the entries that stand in it.
#[derive(Debug)]
pub struct Analysis<'t> {
    /// The text.
    pub text: Text<'t>,
    /// Hits by first word.
    pub hits: Vec<Hit>,
    first: Vec<u32>,
    /// The classes of each word.
    classes: Vec<WordClasses>,
    /// For each word, how many clause boundaries precede it.
    boundaries: Vec<u32>,
}

/// Names hold together: of two that overlap the longer stands.
const fn is_name(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Actor
            | Kind::AmbiguousActor
            | Kind::Metonym
            | Kind::Source
            | Kind::Adjective
            | Kind::Force
            | Kind::Person
            | Kind::Title
    )
}

/// Where two names of one length begin at one word, the lower rank stands.
const fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Actor => 0,
        Kind::AmbiguousActor => 1,
        Kind::Metonym | Kind::Source => 2,
        Kind::Person => 3,
        Kind::Title => 4,
        Kind::Force => 5,
        _ => 6,
    }
}

/// «أمام» (in front of) folds to what «إمام» (imam) does: what the text wrote tells them apart.
fn is_in_front(text: &Text<'_>, word: usize) -> bool {
    // «وأمام», not «الإمام».
    let before = text.norm(word).strip_suffix("امام");
    before.is_some_and(|before| before.chars().count() <= 2 && !before.ends_with('ل'))
        && !text.slice(text.words()[word].original).contains('إ')
}

impl<'t> Analysis<'t> {
    /// Looks the report's words up. Words for which `skip` holds (page furniture) have no entries.
    #[must_use]
    pub fn new(text: Text<'t>, book: &Codebook, skip: impl Fn(usize) -> bool) -> Self {
        let readings = book.phrases.read(&text);
        let mut hits: Vec<Hit> = Vec::new();
        let mut found: Vec<PhraseMatch<Entry>> = Vec::new();
        let mut named_until = 0;
        let mut firm_until = 0;
        for i in 0..text.words().len() {
            if skip(i) {
                continue;
            }
            found.clear();
            book.phrases.matches_at(&text, &readings, i, &mut found);
            if is_in_front(&text, i) {
                found.retain(|m| m.value.kind != Kind::Person);
            }
            if found.is_empty() {
                continue;
            }
            // Longest first, then the reading that peels least, then by rank.
            found.sort_by_key(|m| {
                (usize::MAX - m.end, m.clitics.peeled, rank(m.value.kind), m.value.kind, m.value.index)
            });
            // Inside a name no other begins, so none reaches beyond it.
            let free = i >= named_until;
            let mut names = found.iter().filter(|m| free && is_name(m.value.kind));
            let name_end = names.clone().next().map_or(0, |m| m.end);
            let firm_end = names.find(|m| m.value.kind != Kind::Force).map_or(0, |m| m.end);
            let mut seen: Vec<(Kind, usize, u8)> = Vec::new();
            for m in &found {
                let kind = m.value.kind;
                // «طيران التحالف» tells the means too, «تعزيزات عسكرية» (a force) the event.
                let (until, end) = match kind {
                    Kind::Means => (0, 0),
                    Kind::Event => (firm_until, firm_end),
                    _ => (named_until, name_end),
                };
                if is_name(kind) {
                    // Names of one length at one word stand side by side (رجال الأمن: police or
                    // persons); the mention finders choose.
                    if !free || m.end < name_end {
                        continue;
                    }
                } else {
                    let inside_earlier = i < until && m.end <= until && until > i + 1;
                    let begins_name = m.end < end && end - i > 1 && kind != Kind::Reporting;
                    if inside_earlier || begins_name {
                        continue;
                    }
                }
                // Of one part of the codebook the longest stands; several entries may share it.
                if seen.iter().any(|&(k, end, peeled)| k == kind && (end > m.end || peeled < m.clitics.peeled)) {
                    continue;
                }
                seen.push((kind, m.end, m.clitics.peeled));
                hits.push(Hit {
                    start: m.start,
                    end: m.end,
                    clitics: m.clitics,
                    kind,
                    index: m.value.index as usize,
                    form: m.value.form,
                });
            }
            named_until = named_until.max(name_end);
            firm_until = firm_until.max(firm_end);
        }
        let mut first = Vec::with_capacity(text.words().len() + 1);
        let mut at = 0;
        for i in 0..=text.words().len() {
            while at < hits.len() && hits[at].start < i {
                at += 1;
            }
            first.push(at as u32);
        }
        let classes = readings.whole_words().iter().map(|&word| book.classes_of(word)).collect();
        let mut analysis = Self { text, hits, first, classes, boundaries: Vec::new() };
        analysis.boundaries = analysis.count_boundaries(book);
        analysis
    }

    fn count_boundaries(&self, book: &Codebook) -> Vec<u32> {
        let marks = Gap::COMMA.and(Gap::SEMICOLON).and(Gap::COLON).and(Gap::OPEN).and(Gap::CLOSE).and(Gap::LINE);
        let mut count = 0;
        (0..self.text.words().len())
            .map(|i| {
                let gap = self.text.gap(i);
                let turns = self.at(i).any(|hit| {
                    hit.kind == Kind::Cue
                        && matches!(
                            book.cues[hit.index].kind,
                            CueKind::Concurrent | CueKind::TopicChange | CueKind::Cause
                        )
                });
                if gap.any(marks) || turns {
                    count += 1;
                }
                if gap.any(Gap::STOP) {
                    count += 1;
                }
                count
            })
            .collect()
    }

    /// The hits that begin at a word.
    pub fn at(&self, word: usize) -> impl Iterator<Item = &Hit> {
        let range = match (self.first.get(word), self.first.get(word + 1)) {
            (Some(&a), Some(&b)) => a as usize..b as usize,
            _ => 0..0,
        };
        self.hits[range].iter()
    }

    /// The hit of one part of the codebook that begins at a word.
    #[must_use]
    pub fn kind_at(&self, word: usize, kind: Kind) -> Option<&Hit> {
        self.at(word).find(|hit| hit.kind == kind)
    }

    /// Whether a word as it stands is of a class; past the last word, no.
    #[must_use]
    pub fn is(&self, word: usize, class: WordClass) -> bool {
        self.classes.get(word).is_some_and(|classes| classes.has(class))
    }

    /// The hits that begin in a range of words.
    #[must_use]
    pub fn within(&self, words: Range<usize>) -> &[Hit] {
        let end = words.end.min(self.first.len().saturating_sub(1));
        let start = words.start.min(end);
        &self.hits[self.first[start] as usize..self.first[end] as usize]
    }

    /// How many clause boundaries stand between two words.
    #[must_use]
    pub fn boundaries_between(&self, a: usize, b: usize) -> u32 {
        let (a, b) = (a.min(b), a.max(b));
        match (self.boundaries.get(a), self.boundaries.get(b)) {
            (Some(x), Some(y)) => y - x,
            _ => 0,
        }
    }

    /// The clause around a word: up to the next boundaries, within its sentence.
    #[must_use]
    pub fn clause_of(&self, word: usize) -> Range<usize> {
        let sentence = self.sentence_range(word);
        let same = |i: &usize| self.boundaries[*i] == self.boundaries[word];
        let start = (sentence.start..=word).rev().take_while(same).last().unwrap_or(word);
        let end = (word..sentence.end).take_while(same).last().unwrap_or(word) + 1;
        start..end
    }

    /// The sentence around a word.
    #[must_use]
    pub fn sentence_range(&self, word: usize) -> Range<usize> {
        self.text.sentences().get(self.text.sentence_of(word)).cloned().unwrap_or(0..0)
    }
}
