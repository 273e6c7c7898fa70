//! Where the rules read: the words of a text, with what the lexicon knows of each.

use std::cell::Cell;

use maydani_text::{Clitics, Gap, Phrases, Text, WordKind};

use super::Mode;
use super::lexicon::{EntryId, Known, Lexicon};
use super::meaning::Meaning;
use super::term::{Calendar, Count, Hour, Term, Unit};

/// Between words of one expression.
const SOFT: Gap = Gap::SPACE.and(Gap::QUOTE).and(Gap::HASH).and(Gap::UNDERSCORE);
/// Between the parts of a date: «الأربعاء، 22 يناير», «آب (أغسطس)», «كانون الثاني/يناير».
const LOOSE: Gap = SOFT.and(Gap::COMMA).and(Gap::OPEN).and(Gap::CLOSE).and(Gap::DASH).and(Gap::SLASH);

/// See [`Parser::nested`]. In two thousand reports, no expression needed a depth of more than 6 or more
/// than 25 calls.
const MAX_DEPTH: u8 = 8;
const MAX_CALLS: u16 = 60;

/// What may be written onto the first word of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// Nothing.
    Bare,
    /// و or ف, and nothing else.
    And,
    /// Anything or nothing.
    Any,
}

/// Why an expression reads as it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// A rule of the grammar.
    Rule(&'static str),
    /// An entry of the codebook.
    Entry(EntryId),
}

/// Words that a rule has read.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// First word, and one past the last.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) meaning: Meaning,
    pub(super) why: Vec<Step>,
}

impl Node {
    /// A node one past whose last word is `end`.
    pub(super) fn new(start: usize, end: usize, meaning: Meaning, rule: &'static str) -> Self {
        Self { start, end, meaning, why: vec![Step::Rule(rule)] }
    }

    /// The same words and what leads to them, with another meaning.
    pub(super) fn wrap(
        mut self,
        start: usize,
        rule: &'static str,
        meaning: impl FnOnce(Box<Meaning>) -> Meaning,
    ) -> Self {
        self.start = start;
        self.meaning = meaning(Box::new(self.meaning));
        self.why.insert(0, Step::Rule(rule));
        self
    }

    pub(super) fn until(mut self, end: usize) -> Self {
        self.end = self.end.max(end);
        self
    }
}

#[derive(Debug, Clone, Copy)]
struct Token {
    end: u32,
    clitics: Clitics,
    known: Known,
}

/// The rules read from here; they are in the modules `numbers`, `dates`, `periods` and `moments`.
pub(super) struct Parser<'t> {
    pub(super) text: &'t Text<'t>,
    pub(super) mode: Mode,
    tokens: Vec<Token>,
    /// Where each word's tokens begin.
    starts: Vec<u32>,
    /// How deep the rules have called each other, and how often for this expression.
    depth: Cell<u8>,
    calls: Cell<u16>,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t Text<'t>, mode: Mode, lexicon: &Lexicon) -> Self {
        let phrases: &Phrases<Known> = &lexicon.phrases;
        let readings = phrases.read(text);
        let count = text.words().len();
        let mut tokens = Vec::new();
        let mut starts = Vec::with_capacity(count + 1);
        let mut found = Vec::new();
        for i in 0..count {
            starts.push(tokens.len() as u32);
            phrases.matches_at(text, &readings, i, &mut found);
            tokens.extend(found.drain(..).filter(|m| !m.clitics.future).map(|m| Token {
                end: m.end as u32,
                clitics: m.clitics,
                known: m.value,
            }));
        }
        starts.push(tokens.len() as u32);
        Self { text, mode, tokens, starts, depth: Cell::new(0), calls: Cell::new(0) }
    }

    /// Tries a rule that leads back to itself. No expression nests deeper or is tried in more ways;
    /// a text made to («مطلع مطلع مطلع …») costs no more than others.
    pub(super) fn nested<T>(&self, rule: impl FnOnce() -> Option<T>) -> Option<T> {
        if self.depth.get() == 0 {
            self.calls.set(0);
        }
        if self.depth.get() >= MAX_DEPTH || self.calls.get() >= MAX_CALLS {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        self.calls.set(self.calls.get() + 1);
        let found = rule();
        self.depth.set(self.depth.get() - 1);
        found
    }

    pub(super) fn everything(&self) -> bool {
        self.mode == Mode::Everything
    }

    pub(super) fn len(&self) -> usize {
        self.text.words().len()
    }

    fn tokens(&self, i: usize) -> &[Token] {
        if i >= self.len() {
            return &[];
        }
        &self.tokens[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    /// Whether an expression may begin at word `i`.
    pub(super) fn may_start(&self, i: usize) -> bool {
        if self.tokens(i).is_empty() {
            return self.is_digits(i) || self.norm(i) == "ال";
        }
        self.tokens(i).iter().any(|token| token.known.term.opens())
    }

    /// The longest phrase at word `i` for which `read` gives something, and one past its end.
    pub(super) fn term<T>(&self, i: usize, lead: Lead, read: impl Fn(Term) -> Option<T>) -> Option<(T, usize)> {
        self.tokens(i)
            .iter()
            .filter(|token| match lead {
                Lead::Bare => token.clitics.peeled == 0,
                Lead::And => token.clitics.conjunction && token.clitics.preposition.is_none(),
                Lead::Any => true,
            })
            .filter_map(|token| read(token.known.term).map(|value| (value, token.end as usize)))
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
    }

    pub(super) fn is(&self, i: usize, lead: Lead, wanted: Term) -> Option<usize> {
        self.term(i, lead, |term| (term == wanted).then_some(())).map(|((), end)| end)
    }

    /// The same, after no more than spaces.
    pub(super) fn then(&self, i: usize, wanted: Term) -> Option<usize> {
        if self.soft(i) { self.is(i, Lead::Bare, wanted) } else { None }
    }

    pub(super) fn then_term<T>(&self, i: usize, read: impl Fn(Term) -> Option<T>) -> Option<(T, usize)> {
        if self.soft(i) { self.term(i, Lead::Bare, read) } else { None }
    }

    /// `i` or, where it stands there, one past the wanted word.
    pub(super) fn skip(&self, i: usize, wanted: Term) -> usize {
        self.then(i, wanted).unwrap_or(i)
    }

    /// Whether the word before `i` is the wanted one.
    pub(super) fn follows(&self, i: usize, wanted: Term) -> bool {
        i > 0 && self.soft(i) && self.is(i - 1, Lead::Any, wanted) == Some(i)
    }

    /// How many bytes of the first word are clitics, for the words of an expression from `i`.
    pub(super) fn peeled(&self, i: usize) -> usize {
        let tokens = self.tokens(i);
        let whole = tokens.iter().any(|token| token.clitics.peeled == 0);
        // «لليوم» hides its article; cutting «ل» off would leave no word.
        let conjunction = tokens.iter().any(|token| token.clitics.conjunction);
        let rest = if conjunction { self.norm(i).get(2..).unwrap_or_default() } else { self.norm(i) };
        if rest.starts_with("لل") {
            return if conjunction { 2 } else { 0 };
        }
        if whole { 0 } else { tokens.iter().map(|token| token.clitics.peeled as usize).max().unwrap_or(0) }
    }

    /// Whether a preposition is written onto word `i`.
    pub(super) fn has_preposition(&self, i: usize) -> bool {
        self.tokens(i).iter().any(|token| token.clitics.preposition.is_some())
    }

    /// The entries of the codebook that words `range` are known by.
    pub(super) fn entries(&self, start: usize, end: usize, out: &mut Vec<Step>) {
        let mut i = start;
        while i < end {
            let longest = self.tokens(i).iter().filter(|token| token.end as usize <= end).max_by_key(|token| token.end);
            if let Some(token) = longest {
                out.push(Step::Entry(token.known.entry));
            }
            i = longest.map_or(i + 1, |token| token.end as usize);
        }
    }

    pub(super) fn gap(&self, i: usize) -> Gap {
        self.text.gap(i)
    }

    pub(super) fn soft(&self, i: usize) -> bool {
        i < self.len() && self.gap(i).only(SOFT)
    }

    pub(super) fn loose(&self, i: usize) -> bool {
        i < self.len() && self.gap(i).only(LOOSE)
    }

    pub(super) fn norm(&self, i: usize) -> &str {
        if i < self.len() { self.text.norm(i) } else { "" }
    }

    pub(super) fn is_digits(&self, i: usize) -> bool {
        self.text.words().get(i).is_some_and(|word| word.kind == WordKind::Number)
    }

    /// A number in digits, and how many digits.
    pub(super) fn digits(&self, i: usize) -> Option<(u32, usize)> {
        if !self.is_digits(i) {
            return None;
        }
        let digits = self.norm(i);
        Some((digits.parse().ok()?, digits.len()))
    }

    /// «سابق», «متأخرة», «الأولى» of a time word.
    pub(super) fn time_adjective(&self, i: usize) -> Option<(Hour, usize)> {
        self.then_term(i, |term| match term {
            Term::TimeAdjective(hour) => Some(hour),
            _ => None,
        })
    }

    /// Past an «and» before word `i`: where the next phrase begins, and how.
    pub(super) fn and(&self, i: usize) -> Option<(usize, Lead)> {
        if !self.loose(i) {
            return None;
        }
        if i < self.len() && self.text.is_and(i) {
            return (i + 1 < self.len() && self.soft(i + 1)).then_some((i + 1, Lead::Bare));
        }
        self.tokens(i).iter().any(|token| token.clitics.conjunction).then_some((i, Lead::And))
    }

    /// A unit with the number and article of its form.
    pub(super) fn unit(&self, i: usize, lead: Lead) -> Option<((Unit, Count, bool), usize)> {
        self.term(i, lead, |term| match term {
            Term::Unit { unit, count, definite } => Some((unit, count, definite)),
            _ => None,
        })
    }

    pub(super) fn unit_is(&self, i: usize, lead: Lead, wanted: Unit, count: Count) -> Option<usize> {
        self.term(i, lead, |term| match term {
            Term::Unit { unit, count: found, .. } => (unit == wanted && found == count).then_some(()),
            _ => None,
        })
        .map(|((), end)| end)
    }

    pub(super) fn turn(&self, i: usize) -> Option<(i8, usize)> {
        // «(أغسطس) الجاري»: a bracket may close before it.
        if i >= self.len() || !self.gap(i).only(SOFT.and(Gap::CLOSE)) {
            return None;
        }
        let turn = |i| {
            self.term(i, Lead::Bare, |term| match term {
                Term::Turn(turn) => Some(turn),
                _ => None,
            })
        };
        // «الأسبوع بعد القادم», «قبل الماضي»: two steps.
        if let Some(next) = self.is(i, Lead::Bare, Term::After).or_else(|| self.is(i, Lead::Bare, Term::Before)) {
            let (turn, end) = turn(next)?;
            return (turn != 0).then_some((2 * turn, end));
        }
        turn(i)
    }

    pub(super) fn era(&self, i: usize) -> Option<(Calendar, usize)> {
        if i >= self.len() || !self.gap(i).only(SOFT.and(Gap::OPEN).and(Gap::CLOSE)) {
            return None;
        }
        self.term(i, Lead::Bare, |term| match term {
            Term::Era(calendar) => Some(calendar),
            _ => None,
        })
    }
}
