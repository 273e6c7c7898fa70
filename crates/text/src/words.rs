//! Words of a text, with what stands between them, and its sentences.

use std::ops::Range;

use crate::fold::{Folded, expand, fold, is_hamza_beside_ya};
use crate::span::{Normalised, Original, Span};

/// What kind of word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordKind {
    /// Arabic letters.
    Arabic,
    /// Digits; the normalised form holds ASCII digits without grouping marks.
    Number,
    /// Letters of another script.
    Foreign,
}

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Gap(u16);

impl Gap {
    /// Space.
    pub const SPACE: Self = Self(1);
    /// A quotation mark of any kind.
    pub const QUOTE: Self = Self(1 << 1);
    /// A comma.
    pub const COMMA: Self = Self(1 << 2);
    /// A semicolon.
    pub const SEMICOLON: Self = Self(1 << 3);
    /// A colon.
    pub const COLON: Self = Self(1 << 4);
    /// An opening bracket.
    pub const OPEN: Self = Self(1 << 5);
    /// A closing bracket.
    pub const CLOSE: Self = Self(1 << 6);
    /// A dash or hyphen.
    pub const DASH: Self = Self(1 << 7);
    /// A full stop, exclamation or question mark, ellipsis.
    pub const STOP: Self = Self(1 << 8);
    /// A line break.
    pub const LINE: Self = Self(1 << 9);
    /// An empty line.
    pub const PARAGRAPH: Self = Self(1 << 10);
    /// A slash.
    pub const SLASH: Self = Self(1 << 11);
    /// The sign of a hashtag.
    pub const HASH: Self = Self(1 << 12);
    /// An underscore.
    pub const UNDERSCORE: Self = Self(1 << 13);
    /// Anything else.
    pub const OTHER: Self = Self(1 << 14);

    /// Marks that may stand inside a name («تنظيم ” داعش ”», #الشبكة_السورية).
    pub const INSIDE_NAME: Self =
        Self(Self::SPACE.0 | Self::QUOTE.0 | Self::DASH.0 | Self::UNDERSCORE.0 | Self::HASH.0);

    /// Whether it holds any of `marks`.
    #[must_use]
    pub const fn any(self, marks: Self) -> bool {
        self.0 & marks.0 != 0
    }

    /// Whether it holds nothing besides `marks`.
    #[must_use]
    pub const fn only(self, marks: Self) -> bool {
        self.0 & !marks.0 == 0
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// One word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the original.
    pub original: Span<Original>,
    /// Where it stands in the normalised text.
    pub normalised: Span<Normalised>,
    /// Its kind.
    pub kind: WordKind,
    /// What stands before it.
    pub gap: Gap,
}

/// A text and its normalised view.
#[derive(Debug, Clone, Default)]
pub struct Text<'a> {
    original: &'a str,
    normalised: String,
    words: Vec<Word>,
    sentences: Vec<Range<usize>>,
    tail: Gap,
}

impl<'a> Text<'a> {
    /// Reads a text. Texts of 4 GiB and more are not accepted by readers; offsets are 32 bits wide.
    #[must_use]
    pub fn new(original: &'a str) -> Self {
        Scanner::new(original).scan()
    }

    /// The text as it was given.
    #[must_use]
    pub const fn original(&self) -> &'a str {
        self.original
    }

    /// Its words in order.
    #[must_use]
    #[inline]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Its sentences, as ranges of words. They tile the words.
    #[must_use]
    pub fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    /// The sentence that holds a word.
    #[must_use]
    pub fn sentence_of(&self, word: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.end <= word)
    }

    /// The normalised form of word `i`.
    #[must_use]
    #[inline]
    pub fn norm(&self, i: usize) -> &str {
        &self.normalised[self.words[i].normalised.range()]
    }

    /// Whether word `i` is the conjunction و, written apart from what it joins.
    #[must_use]
    #[inline]
    pub fn is_and(&self, i: usize) -> bool {
        self.norm(i) == "و"
    }

    /// The gap before word `i`; past the last word, what closes the text.
    #[must_use]
    #[inline]
    pub fn gap(&self, i: usize) -> Gap {
        self.words.get(i).map_or(self.tail, |word| word.gap)
    }

    /// The passage of the original that words `range` cover.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span<Original> {
        match (self.words.get(range.start), self.words.get(range.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if range.start < range.end => first.original.to(last.original),
            _ => Span::new(0, 0),
        }
    }

    /// The same, without the first `peeled` normalised bytes of the first word (its clitics).
    #[must_use]
    pub fn span_without(&self, range: Range<usize>, peeled: usize) -> Span<Original> {
        let mut span = self.span(range.clone());
        if peeled > 0 {
            span.start = self.original_at(range.start, peeled);
        }
        span
    }

    /// The characters of a span of the original.
    #[must_use]
    pub fn slice(&self, span: Span<Original>) -> &'a str {
        &self.original[span.range()]
    }

    /// Where in the original the normalised byte `offset` of word `i` comes from.
    #[must_use]
    pub fn original_at(&self, i: usize, offset: usize) -> u32 {
        let word = self.words[i];
        let mut seen = 0;
        let mut before = None;
        for (at, c) in self.original[word.original.range()].char_indices() {
            let mut width = 0;
            let mut count = |folded: char| {
                if folded.is_alphanumeric() && !is_hamza_beside_ya(before, folded) {
                    width += folded.len_utf8();
                    before = Some(folded);
                }
            };
            match fold(c) {
                Folded::Nothing => {}
                Folded::One(folded) => count(folded),
                Folded::Several => expand(c).for_each(count),
            }
            if width > 0 && seen >= offset {
                return word.original.start + at as u32;
            }
            seen += width;
        }
        word.original.end
    }

    /// The word at or after byte `at` of the original.
    #[must_use]
    pub fn word_at(&self, at: u32) -> usize {
        self.words.partition_point(|word| word.original.end <= at)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Arabic,
    Foreign,
    Digit,
    Mark(Gap),
}

#[inline]
fn class(c: char) -> Class {
    match c {
        '0'..='9' => Class::Digit,
        'a'..='z' => Class::Foreign,
        'ء'..='ي' | '\u{671}'..='\u{6d3}' | '\u{6fa}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Class::Arabic,
        '\n' | '\u{2028}' | '\u{2029}' => Class::Mark(Gap::LINE),
        '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’' | '‹' | '›' | '`' | '′' | '″' => {
            Class::Mark(Gap::QUOTE)
        }
        ',' | '،' | '٬' => Class::Mark(Gap::COMMA),
        ';' | '؛' => Class::Mark(Gap::SEMICOLON),
        ':' => Class::Mark(Gap::COLON),
        '(' | '[' | '{' | '﴾' => Class::Mark(Gap::OPEN),
        ')' | ']' | '}' | '﴿' => Class::Mark(Gap::CLOSE),
        '-' | '–' | '—' | '‐' | '‑' | '−' | '~' => Class::Mark(Gap::DASH),
        '.' | '!' | '?' | '؟' | '…' => Class::Mark(Gap::STOP),
        '/' | '\\' => Class::Mark(Gap::SLASH),
        '#' => Class::Mark(Gap::HASH),
        '_' => Class::Mark(Gap::UNDERSCORE),
        c if c.is_whitespace() => Class::Mark(Gap::SPACE),
        c if c.is_alphabetic() => Class::Foreign,
        c if c.is_numeric() => Class::Digit,
        _ => Class::Mark(Gap::OTHER),
    }
}

struct Scanner<'a> {
    text: Text<'a>,
    gap: Gap,
    /// A sentence ended since the last word.
    ended: bool,
    sentence_start: usize,
}

impl<'a> Scanner<'a> {
    fn new(original: &'a str) -> Self {
        let words = original.len() / 10;
        Self {
            text: Text {
                original,
                normalised: String::with_capacity(original.len()),
                words: Vec::with_capacity(words),
                sentences: Vec::with_capacity(words / 16 + 1),
                tail: Gap::default(),
            },
            gap: Gap::default(),
            ended: false,
            sentence_start: 0,
        }
    }

    fn scan(mut self) -> Text<'a> {
        let original = self.text.original;
        let mut open: Option<(Class, usize, usize)> = None; // class, original start, normalised start
        let mut end = 0; // original end of the open word
        let mut at = 0;
        while let Some(c) = original[at..].chars().next() {
            let next = at + c.len_utf8();
            match fold(c) {
                Folded::Nothing => {
                    // Tatweel and the like stay inside an open word, and break none.
                    if open.is_some()
                        && let Some(resume) = filter_break(original, at)
                    {
                        at = resume;
                        continue;
                    }
                }
                Folded::One(folded) => match class(folded) {
                    Class::Mark(mark) => {
                        if let Some(&(kind, _, _)) = open.as_ref()
                            && let Some(resume) = joined(original, kind, at, c)
                        {
                            at = resume;
                            continue;
                        }
                        self.close(&mut open, end);
                        self.mark(mark, &original[next..]);
                    }
                    kind => {
                        self.letter(kind, folded, at, end, &mut open);
                        end = next;
                    }
                },
                Folded::Several => {
                    for folded in expand(c) {
                        match class(folded) {
                            Class::Mark(mark) => {
                                self.close(&mut open, end);
                                self.mark(mark, &original[next..]);
                            }
                            kind => {
                                self.letter(kind, folded, at, end, &mut open);
                                end = next;
                            }
                        }
                    }
                }
            }
            at = next;
        }
        self.close(&mut open, end);
        self.text.tail = self.gap;
        let words = self.text.words.len();
        if self.sentence_start < words {
            self.text.sentences.push(self.sentence_start..words);
        }
        self.text
    }

    /// Adds a letter to the open word; opens one, and closes it where script or digits change.
    fn letter(&mut self, kind: Class, folded: char, at: usize, end: usize, open: &mut Option<(Class, usize, usize)>) {
        if open.is_some_and(|(class, _, _)| class != kind) {
            self.close(open, end);
        }
        if open.is_none() {
            *open = Some((kind, at, self.text.normalised.len()));
        } else if is_hamza_beside_ya(self.text.normalised.chars().next_back(), folded) {
            return;
        }
        self.text.normalised.push(folded);
    }

    fn close(&mut self, open: &mut Option<(Class, usize, usize)>, end: usize) {
        let Some((class, start, norm)) = open.take() else { return };
        let words = self.text.words.len();
        if self.ended && words > self.sentence_start {
            self.text.sentences.push(self.sentence_start..words);
            self.sentence_start = words;
        }
        self.text.words.push(Word {
            original: Span::new(start as u32, end as u32),
            normalised: Span::new(norm as u32, self.text.normalised.len() as u32),
            kind: match class {
                Class::Arabic => WordKind::Arabic,
                Class::Digit => WordKind::Number,
                Class::Foreign | Class::Mark(_) => WordKind::Foreign,
            },
            gap: self.gap,
        });
        self.gap = Gap::default();
        self.ended = false;
    }

    fn mark(&mut self, mark: Gap, rest: &str) {
        if mark == Gap::LINE && self.gap.any(Gap::LINE) {
            self.gap = self.gap.and(Gap::PARAGRAPH);
        }
        // «م. عبدالله» is one sentence: a stop after a single letter ends none.
        let initial = self.text.words.last().is_some_and(|word| {
            word.kind == WordKind::Arabic && word.normalised.end - word.normalised.start == 2 && mark == Gap::STOP
        });
        // «ا.ف.ب» is one name.
        if initial && rest.chars().next().is_some_and(is_arabic) {
            return;
        }
        self.gap = self.gap.and(mark);
        let closes = match mark {
            Gap::LINE => true,
            Gap::STOP | Gap::SEMICOLON => {
                let ends = |c: char| c.is_whitespace() || "\"”“»)؟!.".contains(c);
                !initial && (rest.chars().next().is_none_or(ends) || mark == Gap::STOP && self.glued(rest))
            }
            _ => false,
        };
        self.ended |= closes;
    }

    /// Whether the space after a full stop is only missing («غرب حلب.وقالت مصادر»): words of three letters or
    /// more on both sides; shorter ones are initials or spelt-out letters («ايه.سي»).
    fn glued(&self, rest: &str) -> bool {
        let whole = |word: &Word| word.kind == WordKind::Arabic && word.normalised.end - word.normalised.start >= 6;
        self.text.words.last().is_some_and(whole)
            && rest.chars().filter(|c| fold(*c) != Folded::Nothing).take(3).filter(|c| is_arabic(*c)).count() == 3
    }
}

fn is_arabic(letter: char) -> bool {
    matches!(fold(letter), Folded::One(folded) if class(folded) == Class::Arabic)
}

/// Inside a word broken up to pass filters («قتـ ـلى», «الصهيـ.ـ.ـوني»): `at` stands on a tatweel that
/// opens a run of tatweels, spaces and marks, the last of them a tatweel before a letter. Returns
/// where the word goes on.
fn filter_break(original: &str, at: usize) -> Option<usize> {
    let mut tatweels = 0;
    let mut last = '\0';
    let mut others = 0;
    for (offset, c) in original[at..].char_indices() {
        match c {
            '\u{640}' => tatweels += 1,
            ' ' | '.' | '*' | '-' | '|' | '~' | '\u{a0}' => others += 1,
            c => {
                let letter = matches!(fold(c), Folded::One(f) if class(f) == Class::Arabic);
                return (letter && last == '\u{640}' && tatweels > 1 && (1..=6).contains(&others))
                    .then_some(at + offset);
            }
        }
        last = c;
        if offset > 24 {
            break;
        }
    }
    None
}

/// Whether the mark at `at` stands inside a word: a sign put between letters to pass filters
/// («يعد*مون»), or the grouping mark of a number (1,300). Returns where the word goes on.
fn joined(original: &str, kind: Class, at: usize, mark: char) -> Option<usize> {
    let rest = &original[at + mark.len_utf8()..];
    match (kind, mark) {
        (Class::Arabic, '*' | '^' | '|') => {
            let next = rest.chars().next()?;
            matches!(fold(next), Folded::One(f) if class(f) == Class::Arabic).then_some(at + mark.len_utf8())
        }
        (Class::Digit, ',' | '.' | '٬' | '،' | '٫') => {
            let digits = rest.chars().take_while(|c| matches!(fold(*c), Folded::One('0'..='9'))).count();
            let before =
                original[..at].chars().rev().take_while(|c| matches!(fold(*c), Folded::One('0'..='9'))).count();
            // 12.08.2015 is a date, 1.300 a number: no second group of another width may follow.
            let after = rest.chars().nth(3);
            (digits == 3 && (1..=3).contains(&before) && !matches!(after, Some('/' | '-')))
                .then_some(at + mark.len_utf8())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Gap, Text, WordKind};

    fn norms(text: &str) -> Vec<String> {
        let text = Text::new(text);
        (0..text.words().len()).map(|i| text.norm(i).to_owned()).collect()
    }

    #[test]
    fn words_broken_up_against_filters_are_whole() {
        assert_eq!(norms("قتـ ـلى واستشهـ ـاد"), ["قتلي", "واستشهاد"]);
        assert_eq!(norms("يعد*مون الصهيـ.ـ.ـوني"), ["يعدمون", "الصهيوني"]);
    }

    #[test]
    fn a_preposition_with_tatweel_is_its_own_word() {
        assert_eq!(norms("الأخير لـ” داعش ”"), ["الاخير", "ل", "داعش"]);
        assert_eq!(norms("لـ ـه"), ["له"]);
    }

    #[test]
    fn numbers() {
        assert_eq!(norms("1,300 و١٬٣٠٠ و15عنصرا"), ["1300", "و", "1300", "و", "15", "عنصرا"]);
        assert_eq!(norms("16-08-2021"), ["16", "08", "2021"]);
        assert_eq!(Text::new("١٢").words()[0].kind, WordKind::Number);
    }

    #[test]
    fn hashtags_open() {
        assert_eq!(norms("#الشبكة_السورية"), ["الشبكه", "السوريه"]);
    }

    #[test]
    fn spans_lead_back() {
        let source = "قُصِفت بِدمشق، ليلًا";
        let text = Text::new(source);
        assert_eq!(text.slice(text.words()[1].original), "بِدمشق");
        assert_eq!(text.slice(text.span_without(1..2, "ب".len())), "دمشق");
        assert!(text.gap(2).any(Gap::COMMA));
    }

    #[test]
    fn a_hamza_beside_its_carrier_belongs_to_the_word() {
        let text = Text::new("بطوارىء البلد ي ءا");
        assert_eq!(text.norm(0), "بطواري");
        assert_eq!(text.norm(3), "ءا");
        assert_eq!(text.slice(text.span_without(0..1, "ب".len())), "طوارىء");
    }

    #[test]
    fn a_stop_without_a_space_ends_a_sentence_but_no_initial_does() {
        assert_eq!(Text::new("قصفت غرب حلب.وقالت مصادر").sentences().len(), 2);
        let agency = Text::new("نقلت وكالة ا.ف.ب عن ايه.سي بيانا");
        assert_eq!(agency.sentences().len(), 1);
        assert!(agency.gap(3).only(Gap::INSIDE_NAME), "the stops of initials part no name");
    }

    #[test]
    fn sentences_tile_the_words() {
        let text = Text::new("عنوان\n\nقال م. أحمد كذا. وقال آخر؟ نعم");
        let mut next = 0;
        for sentence in text.sentences() {
            assert_eq!(sentence.start, next);
            next = sentence.end;
        }
        assert_eq!(next, text.words().len());
        assert_eq!(text.sentences().len(), 4);
    }
}
