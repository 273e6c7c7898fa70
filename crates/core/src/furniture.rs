//! Page furniture: the parts of a page's text that are not the report.
//!
//! Menus, lists of other headlines, share bars, comment forms, the interface of a social network,
//! second copies of one post. A text whose offsets are counted must not be changed, so they are
//! marked, not cut; the coder skips what is marked. To hide a sentence of the report is worse than
//! to leave a menu standing: a line is marked only for a word of the codebook or for a structure
//! that reports do not have.

mod pattern;
mod shape;

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::codebook::{Fault, own_files};

pub use pattern::Kind;
use pattern::{Patterns, folded_words};
use shape::{Line, is_account, is_headline, is_item};
pub use shape::{ends_sentence, is_paragraph};

const NAME: &str = "furniture.tsv";
const BUILT_IN: &str = include_str!("../../../codebook/furniture.tsv");

/// The furniture words of the codebook.
#[derive(Debug, Clone)]
pub struct Furniture {
    patterns: Patterns,
}

/// Marks the furniture of `text` by the built-in codebook; see [`Furniture::ranges`].
#[must_use]
pub fn furniture(text: &str) -> Vec<Range<usize>> {
    Furniture::built_in().ranges(text)
}

impl Furniture {
    /// The words that are compiled in.
    #[must_use]
    pub fn built_in() -> &'static Self {
        // A faulty row cannot pass the test `the_table_holds`.
        static FURNITURE: LazyLock<Furniture> = LazyLock::new(|| Furniture::checked(&[]).0);
        &FURNITURE
    }

    /// The built-in words under those of an analyst's own files, and every fault found; what can be
    /// read is read.
    #[must_use]
    pub fn checked(own: &[(String, String)]) -> (Self, Vec<Fault>) {
        let mut patterns = Patterns::default();
        let mut faults = Vec::new();
        // The first entry that matches a line counts.
        for (path, text) in own_files(own, NAME).chain([(NAME, BUILT_IN)]) {
            patterns.add(path, text, &mut faults);
        }
        (Self { patterns }, faults)
    }

    /// What the codebook says of one line of a page.
    #[must_use]
    pub fn kind(&self, line: &str) -> Option<Kind> {
        self.patterns.kind(line)
    }

    /// The byte ranges of `text` that are furniture: ascending, apart, on character boundaries.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let lines = shape::lines(text);
        // Most texts of a corpus are a headline and a paragraph or two: nothing to mark.
        if lines.len() < 2 {
            return Vec::new();
        }
        let mut page = Page::new(text, lines, self);
        page.mark_named();
        page.mark_head();
        page.mark_tail();
        page.mark_copies();
        page.ranges()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Paragraph,
    Short,
}

struct Page<'a> {
    text: &'a str,
    lines: Vec<Line>,
    kinds: Vec<Option<Kind>>,
    shapes: Vec<Shape>,
    marked: Vec<bool>,
}

/// This many short lines before the first paragraph are more than headline, caption and byline.
const LONG_HEAD: usize = 6;
/// This many headlines after the last paragraph are a list of other reports.
const LONG_TAIL: usize = 3;
/// A line of such a list is hardly longer, in bytes.
const LONGEST_LINK: usize = 250;
/// A copied line of fewer bytes («More», «سوريا») says nothing.
const SHORTEST_COPY: usize = 30;

impl<'a> Page<'a> {
    fn new(text: &'a str, lines: Vec<Line>, furniture: &Furniture) -> Self {
        let kinds = lines.iter().map(|line| furniture.kind(&text[line.at.clone()])).collect();
        let shape = |line: &Line| {
            if is_paragraph(&text[line.at.clone()]) { Shape::Paragraph } else { Shape::Short }
        };
        let shapes = lines.iter().map(shape).collect();
        let marked = vec![false; lines.len()];
        Self { text, lines, kinds, shapes, marked }
    }

    fn line(&self, index: usize) -> &'a str {
        &self.text[self.lines[index].at.clone()]
    }

    /// A paragraph of the body: reads as one and is not named by the codebook.
    fn is_body(&self, index: usize) -> bool {
        self.shapes[index] == Shape::Paragraph && self.kinds[index].is_none()
    }

    /// Marks the lines that the codebook names, and what it says follows them.
    fn mark_named(&mut self) {
        let first = (0..self.lines.len()).find(|&index| self.is_body(index));
        let mut in_list = false;
        let mut in_reply = false;
        let mut body_seen = false;
        for index in 0..self.lines.len() {
            match self.kinds[index] {
                Some(Kind::List) => {
                    (in_list, in_reply) = (true, false);
                    self.marked[index] = true;
                }
                Some(Kind::Line) => {
                    in_reply = false;
                    self.marked[index] = true;
                }
                Some(Kind::Reply) => {
                    in_reply = true;
                    self.marked[index] = true;
                }
                Some(Kind::SignOff | Kind::Outlet) => self.marked[index] = body_seen,
                Some(Kind::End) if body_seen => {
                    self.marked[index..].fill(true);
                    return;
                }
                Some(Kind::End) => self.marked[index] = true,
                None if in_reply => self.marked[index] = true,
                None if self.shapes[index] == Shape::Paragraph => {
                    (in_list, body_seen) = (false, true);
                }
                None => {
                    // A list above the body may run up to the report's own headline.
                    let is_head = first.is_some_and(|first| index < first);
                    in_list = in_list && !(is_head && self.headline() == Some(index));
                    self.marked[index] = in_list || is_account(self.line(index));
                }
            }
        }
    }

    /// The line before the body that shares most words with the first paragraphs of the body.
    fn headline(&self) -> Option<usize> {
        let first = (0..self.lines.len()).find(|&index| self.is_body(index))?;
        let bodies = (first..self.lines.len()).filter(|&index| self.is_body(index));
        let lead: FxHashSet<String> = bodies.take(3).flat_map(|index| self.words(index)).collect();
        let mut best = (1, None);
        for index in (0..first).filter(|&index| self.kinds[index].is_none()) {
            let words = self.words(index);
            let shared = words.iter().filter(|word| lead.contains(*word)).count();
            if shared > best.0 && shared * 3 >= words.len() {
                best = (shared, Some(index));
            }
        }
        best.1
    }

    /// The words of a line that carry meaning, without the article and joined particles.
    fn words(&self, index: usize) -> FxHashSet<String> {
        folded_words(self.line(index), 80).into_iter().filter_map(|word| stem(&word)).collect()
    }

    /// Marks a long run of other headlines and labels before the report's own headline.
    fn mark_head(&mut self) {
        let Some(first) = (0..self.lines.len()).find(|&index| self.is_body(index)) else {
            self.mark_bare_menu();
            return;
        };
        if first < LONG_HEAD {
            return;
        }
        if let Some(headline) = self.headline() {
            self.marked[..headline].fill(true);
        }
    }

    /// Marks a page that holds nothing but a menu and other headlines.
    fn mark_bare_menu(&mut self) {
        let named = self.kinds.iter().filter(|kind| matches!(kind, Some(Kind::Line))).count();
        let is_post = (0..self.lines.len()).any(|index| is_account(self.line(index)));
        // A menu is labels for a good part; a page of headlines and posts may be the report.
        let is_menu = named * 3 >= self.lines.len();
        if is_menu && self.lines.len() - named >= LONG_HEAD && !is_post {
            self.marked.fill(true);
        }
    }

    /// Marks a run of other headlines after the body.
    fn mark_tail(&mut self) {
        let bodies = (0..self.lines.len()).filter(|&index| self.is_body(index) && !self.marked[index]);
        let bodies: Vec<usize> = bodies.collect();
        let Some(&last) = bodies.last() else { return };
        // Where paragraphs do not end in full stops, a line without one is no sign.
        let stops = bodies.iter().filter(|&&index| shape::ends_sentence(self.line(index))).count();
        if stops * 3 < bodies.len() * 2 || self.line(last).ends_with([':', '：']) {
            return;
        }
        let tail = last + 1..self.lines.len();
        let open: Vec<usize> = tail.clone().filter(|&index| !self.marked[index]).collect();
        let is_link = |line: &str| !is_item(line) && line.len() <= LONGEST_LINK;
        let is_list = open.iter().all(|&index| is_link(self.line(index)));
        let headlines = open.iter().filter(|&&index| is_headline(self.line(index))).count();
        let has_list = tail.clone().any(|index| self.kinds[index] == Some(Kind::List));
        // Where the page itself names a list, the links to the next and the last report stand before it.
        if is_list && headlines >= if has_list { LONG_TAIL - 1 } else { LONG_TAIL } {
            self.marked[tail].fill(true);
        }
    }

    /// Marks second copies of one line.
    fn mark_copies(&mut self) {
        let mut seen = FxHashSet::default();
        for index in 0..self.lines.len() {
            let line = self.line(index);
            if !self.marked[index] && line.len() >= SHORTEST_COPY && !seen.insert(line) {
                self.marked[index] = true;
            }
        }
    }

    fn ranges(&self) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut open = false;
        for (line, &marked) in self.lines.iter().zip(&self.marked) {
            match ranges.last_mut() {
                Some(last) if marked && open => last.end = line.at.end,
                _ if marked => ranges.push(line.at.clone()),
                _ => {}
            }
            open = marked;
        }
        ranges
    }
}

/// A rough stem, good enough to see that two lines tell of the same thing.
fn stem(word: &str) -> Option<String> {
    let mut rest = word;
    for prefix in ["و", "ف", "ب", "ل", "ك", "ال"] {
        if let Some(shorter) = rest.strip_prefix(prefix)
            && shorter.chars().count() >= 3
        {
            rest = shorter;
        }
    }
    (rest.chars().count() >= 3 && !is_number_word(rest)).then(|| rest.to_owned())
}

fn is_number_word(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// The line's words as they are compared: without vowels, hamza, punctuation and letter case.
#[must_use]
pub fn line_key(line: &str) -> String {
    folded_words(line, usize::MAX).join(" ")
}
