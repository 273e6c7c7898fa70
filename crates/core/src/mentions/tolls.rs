//! Tolls: how many were killed, wounded, taken, driven out.

use std::ops::Range;

use maydani_text::inflect::Number;
use maydani_text::{Gap, WordKind};

use super::actors::{ActorMention, Naming, Party};
use super::numbers::{Count, count_at};
use crate::analysis::{Analysis, Hit};
use crate::codebook::{ActorKind, At, Codebook, CueKind, Kind};
use crate::record::TollKind;

/// A toll that stands in the text.
#[derive(Debug, Clone)]
pub struct TollMention {
    /// The counting passage.
    pub words: Range<usize>,
    /// The word that says what befell them.
    pub act: usize,
    /// What befell them.
    pub kind: TollKind,
    /// Lowest number meant.
    pub min: u32,
    /// Highest number meant; none when open.
    pub max: Option<u32>,
    /// About.
    pub approximate: bool,
    /// Index of the mention that names the victims.
    pub of: Option<usize>,
    /// A part of a total that is told too (بينهم طفلان).
    pub part: bool,
    /// The entry that gave it.
    pub entry: At,
}

/// Finds the tolls of a report.
#[must_use]
pub fn find(analysis: &Analysis<'_>, book: &Codebook, actors: &[ActorMention]) -> Vec<TollMention> {
    let mut finder = Finder { analysis, book, actors, out: Vec::new(), counted_until: 0 };
    for sentence in analysis.text.sentences() {
        finder.sentence(sentence.clone());
    }
    finder.out
}

struct Finder<'a, 't> {
    analysis: &'a Analysis<'t>,
    book: &'a Codebook,
    actors: &'a [ActorMention],
    out: Vec<TollMention>,
    counted_until: usize,
}

/// Who and how many stand at a word.
struct Victims {
    words: Range<usize>,
    min: u32,
    max: Option<u32>,
    approximate: bool,
    of: Option<usize>,
}

impl Finder<'_, '_> {
    fn sentence(&mut self, sentence: Range<usize>) {
        let mut i = sentence.start;
        while i < sentence.end {
            let hit = self
                .analysis
                .at(i)
                .filter(|hit| hit.kind == Kind::Toll)
                .find(|hit| self.follows(hit, &sentence))
                .copied();
            if let Some(hit) = hit {
                if self.book.tolls[hit.index].person {
                    self.person(&hit, &sentence);
                } else {
                    self.act(&hit, &sentence);
                }
            }
            i += 1;
        }
    }

    /// Whether what an entry asks for after the word is there.
    fn follows(&self, hit: &Hit, sentence: &Range<usize>) -> bool {
        let rest = &self.book.tolls[hit.index].rest;
        rest.is_empty() || super::triggers::rest_within(self.analysis, rest, hit.end, sentence.end).is_some()
    }

    fn actor_at(&self, word: usize) -> Option<usize> {
        let at = self.actors.partition_point(|mention| mention.words.end <= word);
        self.actors.get(at).filter(|mention| mention.words.start == word).map(|_| at)
    }

    fn is_people(&self, index: usize) -> bool {
        let mention = &self.actors[index];
        match mention.naming {
            Naming::Person | Naming::Fighter => true,
            Naming::Force => mention.force == Some(crate::codebook::ForceClass::Member),
            Naming::Name => {
                matches!(mention.party, Party::Listed(i) if self.book.actors[i].kind.unarmed() || self.book.actors[i].kind == ActorKind::Unidentified)
            }
            _ => false,
        }
    }

    /// «مقتل 3 أطفال», «أصيب مدنيان», «قتل الجيش 5 مسلحين».
    fn act(&mut self, hit: &Hit, sentence: &Range<usize>) {
        let mut kind = self.book.tolls[hit.index].kind;
        let mut from = hit.end;
        // «مقتل وإصابة عدد»: counted together.
        if let Some(next) =
            self.analysis.kind_at(from, Kind::Toll).filter(|next| next.clitics.conjunction && next.start == from)
        {
            let other = &self.book.tolls[next.index];
            if !other.person && from < sentence.end {
                kind = together(kind, other.kind);
                from = next.end;
            }
        } else if from + 1 < sentence.end
            && self.analysis.text.norm(from) == "و"
            && let Some(next) = self.analysis.kind_at(from + 1, Kind::Toll)
            && !self.book.tolls[next.index].person
        {
            kind = together(kind, self.book.tolls[next.index].kind);
            from = next.end;
        }
        // The second act of such a pair has been counted with the first.
        if hit.start < self.counted_until
            && self.out.last().is_some_and(|last| last.act < hit.start && last.words.start > hit.start)
        {
            return;
        }
        let limit = sentence.end.min(from + 9);
        let mut at = from;
        while at < limit {
            if at > from && self.analysis.text.gap(at).any(Gap::STOP.and(Gap::LINE).and(Gap::SEMICOLON)) {
                break;
            }
            if self.part_begins(at) {
                break;
            }
            if let Some(next) = self.analysis.kind_at(at, Kind::Toll) {
                if self.book.tolls[next.index].person {
                    // «سقوط قتلى»: the person form counts for itself.
                    return;
                }
                break;
            }
            if let Some(victims) = self.victims_at(at, at == from) {
                let mut end = victims.words.end;
                self.push(hit, kind, victims);
                // «15 رجل أمن و3 عمال»: parts without a total.
                while let Some(more) = self.joined_at(end, sentence.end) {
                    end = more.words.end;
                    self.push(hit, kind, more);
                }
                return;
            }
            at += 1;
        }
        // «7 عناصر من التنظيم قتلوا»: the victims stand before the verb.
        if hit.form.plural_subject() || from >= sentence.end || self.analysis.text.gap(from).any(Gap::COMMA) {
            let start = sentence.start.max(hit.start.saturating_sub(8));
            let before = (start..hit.start).find(|&at| {
                self.analysis.boundaries_between(at, hit.start) == 0
                    && !self.part_begins(at)
                    && at >= self.counted_until
                    && self.victims_at(at, true).is_some()
            });
            if let Some(victims) =
                before.and_then(|at| self.victims_at(at, true)).filter(|victims| victims.words.end <= hit.start)
            {
                self.push(hit, kind, victims);
                return;
            }
        }
        // «مقتله»: one, named before.
        if hit.form.pronoun() && matches!(kind, TollKind::Killed | TollKind::Wounded) {
            let text = self.analysis.text.norm(hit.start);
            let one = text.ends_with('ه') || text.ends_with("ها");
            let (min, max) = if one { (1, Some(1)) } else { (2, None) };
            self.push(hit, kind, Victims { words: hit.start..hit.end, min, max, approximate: false, of: None });
        }
    }

    /// «13 قتيلا», «قتلى وجرحى», «قتيلان».
    fn person(&mut self, hit: &Hit, sentence: &Range<usize>) {
        let entry = &self.book.tolls[hit.index];
        let number = entry.number.unwrap_or_else(|| hit.form.number());
        if let Some(count) = self.count_before(hit.start, sentence.start) {
            let of = self.following(hit.end, sentence.end);
            let words = count.words.start..hit.end;
            self.push(
                hit,
                entry.kind,
                Victims { words, min: count.min, max: count.max, approximate: count.approximate, of },
            );
            return;
        }
        let text = &self.analysis.text;
        // «5 بين قتيل وجريح».
        if hit.start >= sentence.start + 2
            && matches!(text.norm(hit.start - 1), "بين" | "ما بين")
            && let Some(count) = self.count_before(hit.start - 1, sentence.start)
        {
            self.push(
                hit,
                TollKind::KilledOrWounded,
                Victims {
                    words: count.words,
                    min: count.min,
                    max: count.max,
                    approximate: count.approximate,
                    of: None,
                },
            );
            self.counted_until = hit.end + 1;
            return;
        }
        if hit.start < self.counted_until {
            return;
        }
        // «المصابين هم 6 أطفال», «القتلى البالغ عددهم 6».
        if hit.form.definite() {
            let to = sentence.end.min(hit.end + 4);
            let named = (hit.end..to).find(|&at| matches!(self.analysis.text.norm(at), "هم" | "عددهم" | "بلغ"));
            if let Some(victims) =
                named.and_then(|at| (at + 1 < sentence.end).then(|| self.victims_at(at + 1, true)).flatten())
            {
                let kind = entry.kind;
                self.push(hit, kind, victims);
                return;
            }
        }
        let after_toll = hit.clitics.conjunction && self.out.last().is_some_and(|last| last.words.end == hit.start);
        if hit.form.definite() && !after_toll {
            return;
        }
        let (min, max) = match number {
            Number::One => (1, Some(1)),
            Number::Two => (2, Some(2)),
            Number::Many => (2, None),
        };
        let of = self.following(hit.end, sentence.end);
        self.push(hit, entry.kind, Victims { words: hit.start..hit.end, min, max, approximate: false, of });
    }

    /// The victims after a person form: «قتيل من قوات النظام», «3 جرحى مدنيين».
    fn following(&self, at: usize, end: usize) -> Option<usize> {
        let text = &self.analysis.text;
        let next = if at < end && matches!(text.norm(at), "من" | "بين" | "صفوف") { at + 1 } else { at };
        let next = if next + 1 < end && text.norm(next) == "صفوف" { next + 1 } else { next };
        (next < end && text.gap(next).only(Gap::INSIDE_NAME)).then(|| self.actor_at(next)).flatten()
    }

    fn count_before(&self, word: usize, start: usize) -> Option<Count> {
        (start.max(word.saturating_sub(5))..word)
            .find_map(|at| count_at(self.analysis, self.book, at).filter(|count| count.words.end == word))
    }

    /// Further victims joined to those before by و, counted on their own.
    fn joined_at(&self, at: usize, end: usize) -> Option<Victims> {
        let text = &self.analysis.text;
        if at >= end || text.gap(at).any(Gap::STOP.and(Gap::LINE).and(Gap::SEMICOLON)) {
            return None;
        }
        let joined = self.analysis.at(at).any(|hit| hit.clitics.conjunction && matches!(hit.kind, Kind::Number));
        let from = if text.norm(at) == "و" { at + 1 } else { at };
        if from == at && !joined || from >= end {
            return None;
        }
        let count = count_at(self.analysis, self.book, from).filter(|count| !count.vague)?;
        self.actor_at(count.words.end)?;
        self.victims_at(from, true)
    }

    /// «أحد عناصر …»: one of them.
    fn one_of(&self, at: usize) -> Option<Victims> {
        let text = &self.analysis.text;
        if !matches!(text.norm(at), "احد" | "احدي")
            || at + 1 >= text.words().len()
            || !text.gap(at + 1).only(Gap::INSIDE_NAME)
        {
            return None;
        }
        let of = self.actor_at(at + 1);
        let member = self.analysis.at(at + 1).any(|hit| match hit.kind {
            Kind::Force => self.book.forces[hit.index].class == crate::codebook::ForceClass::Member,
            Kind::Person => true,
            _ => false,
        });
        (member || of.is_some()).then(|| {
            let end = of.map_or(at + 2, |index| self.actors[index].words.end);
            Victims { words: at..end, min: 1, max: Some(1), approximate: false, of }
        })
    }

    fn victims_at(&self, at: usize, adjacent: bool) -> Option<Victims> {
        let text = &self.analysis.text;
        if at < self.counted_until {
            return None;
        }
        if let Some(one) = self.one_of(at) {
            return Some(one);
        }
        if let Some(count) = count_at(self.analysis, self.book, at) {
            let end = count.words.end;
            let mut of = self.actor_at(end).filter(|_| text.gap(end).only(Gap::INSIDE_NAME));
            let mut words = count.words.clone();
            if let Some(index) = of {
                words.end = self.actors[index].words.end;
            } else if self.analysis.kind_at(end, Kind::Toll).is_some_and(|hit| self.book.tolls[hit.index].person) {
                return None; // counted with the person form
            } else {
                let other = self.analysis.kind_at(end, Kind::Number).is_some();
                let noun = end < text.words().len()
                    && text.gap(end).only(Gap::SPACE)
                    && text.words()[end].kind == WordKind::Arabic
                    && !other
                    && !matches!(
                        text.norm(end),
                        "في" | "من"
                            | "علي"
                            | "بينهم"
                            | "منهم"
                            | "جراء"
                            | "اثر"
                            | "خلال"
                            | "بعد"
                            | "داخل"
                            | "قرب"
                            | "امس"
                            | "اليوم"
                            | "الي"
                            | "بين"
                            | "علي الاقل"
                    )
                    && !text.norm(end).starts_with(['ب', 'ل', 'و', 'ف'])
                    && !self.analysis.at(end).any(|hit| hit.clitics.peeled > 0);
                if noun && !count.vague {
                    return None; // houses, days, kilometres
                }
                if other {
                    words.end = end + 1;
                }
                if text.norm(end.min(text.words().len() - 1)) == "من" {
                    of = self.following(end, text.words().len());
                }
                if count.vague && of.is_none() && noun && !matches!(text.norm(end), "الذين" | "كبير" | "غير" | "اخر")
                {
                    return None;
                }
            }
            return Some(Victims { words, min: count.min, max: count.max, approximate: count.approximate, of });
        }
        let index = self.actor_at(at)?;
        if !self.is_people(index) || !adjacent && self.actors[index].clitics.preposition.is_some() {
            return None;
        }
        let mention = &self.actors[index];
        // «مدنيين اثنين»: the number after the word.
        let end = mention.words.end;
        let pair = end < text.words().len() && matches!(text.norm(end), "اثنين" | "اثنان" | "اثنتين" | "اثنتان");
        let (min, max) = match mention.number {
            _ if pair => (2, Some(2)),
            Number::One => (1, Some(1)),
            Number::Two => (2, Some(2)),
            Number::Many => (2, None),
        };
        Some(Victims {
            words: mention.words.start..end + usize::from(pair),
            min,
            max,
            approximate: false,
            of: Some(index),
        })
    }

    /// «بينهم»: what follows is part of a total.
    fn part_begins(&self, at: usize) -> bool {
        self.analysis.at(at).any(|hit| hit.kind == Kind::Cue && self.book.cues[hit.index].kind == CueKind::Breakdown)
    }

    fn push(&mut self, hit: &Hit, kind: TollKind, victims: Victims) {
        let sentence = self.analysis.sentence_range(hit.start);
        let start = sentence.start.max(victims.words.start.saturating_sub(6));
        // «بينهم 3 أطفال قتلوا»: part of a total told before.
        let part = (start..victims.words.start)
            .any(|at| self.part_begins(at) && self.analysis.boundaries_between(at, victims.words.start) == 0);
        if victims.max == Some(0) || victims.min == 0 && victims.max.is_none() {
            return;
        }
        self.counted_until = self.counted_until.max(victims.words.end);
        self.out.push(TollMention {
            words: victims.words,
            act: hit.start,
            kind,
            min: victims.min,
            max: victims.max,
            approximate: victims.approximate,
            of: victims.of,
            part,
            entry: self.book.tolls[hit.index].at,
        });
    }
}

fn together(a: TollKind, b: TollKind) -> TollKind {
    if a == b { a } else { TollKind::KilledOrWounded }
}
