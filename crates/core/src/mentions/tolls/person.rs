//! Tolls told by words for the victims: «13 قتيلا», «قتلى وجرحى», «عدد القتلى إلى 10».

use std::ops::Range;

use maydani_text::{ARTICLE, Gap, WordKind};

use super::victims::Victims;
use super::{Finder, REACH, together};
use crate::analysis::Hit;
use crate::codebook::{Kind, NumberKind, WordClass};
use crate::mentions::numbers::{Count, count_at};
use crate::record::TollKind;

impl Finder<'_, '_> {
    /// «13 قتيلا», «قتلى وجرحى», «قتيلان».
    pub(super) fn person(&mut self, hit: &Hit, sentence: &Range<usize>) {
        let entry = &self.book.tolls[hit.index];
        let number = entry.number.unwrap_or_else(|| hit.form.number());
        if let Some(count) = self.count_before(hit.start, sentence.start) {
            // «عشرات القتلى والجرحى»: counted together.
            let pair = self.analysis.kind_at(hit.end, Kind::Toll).filter(|next| {
                let other = &self.book.tolls[next.index];
                next.clitics.conjunction && other.person && count.vague && count.min >= 20 && next.end <= sentence.end
            });
            let (kind, end) = pair.map_or((entry.kind, hit.end), |next| {
                (together(entry.kind, self.book.tolls[next.index].kind), next.end)
            });
            let of = self.following(end, sentence.end);
            self.push(hit, kind, Victims::counted(&count, count.words.start..end, of));
            return;
        }
        // «5 بين قتيل وجريح».
        if hit.start >= sentence.start + 2
            && self.is(hit.start - 1, WordClass::Among)
            && let Some(count) = self.count_before(hit.start - 1, sentence.start)
        {
            self.push(hit, TollKind::KilledOrWounded, Victims::counted(&count, count.words.clone(), None));
            self.counted_until = hit.end + 1;
            return;
        }
        // «أصيب رجل بإصابات خفيفة»: not the toll but how they were hurt.
        let manner = hit.clitics.preposition.is_some() && entry.kind == TollKind::Wounded;
        if hit.start < self.counted_until || manner {
            return;
        }
        // «المصابين هم 6 أطفال», «القتلى البالغ عددهم 6».
        let number_of = hit.start > sentence.start && self.is_number_of(hit.start - 1);
        if hit.form.definite() || number_of {
            if let Some(victims) = self.number_told(hit, sentence, number_of) {
                // «حصيلة الضحايا»: the dead.
                let kind = if number_of { TollKind::Killed } else { entry.kind };
                let kind = if entry.kind == TollKind::KilledOrWounded { kind } else { entry.kind };
                self.push_all(hit, kind, victims, sentence.end);
                return;
            }
            if number_of {
                return;
            }
        }
        let after_toll = hit.clitics.conjunction && self.out.last().is_some_and(|last| last.words.end == hit.start);
        if hit.form.definite() && !after_toll {
            return;
        }
        let of = self.following(hit.end, sentence.end).or_else(|| self.actor_at(hit.start));
        self.push(hit, entry.kind, Victims::of_number(number, hit.start..hit.end, of));
    }

    /// «عدد القتلى إلى 10», «المصابون هم 6 أطفال», «الشهداء الثلاثة»: the number after a person form.
    pub(super) fn number_told(&self, hit: &Hit, sentence: &Range<usize>, number_of: bool) -> Option<Victims> {
        let text = &self.analysis.text;
        // «المصابين 3 مدنيين»
        if hit.form.definite()
            && let Some(victims) = count_at(self.analysis, self.book, hit.end)
                .filter(|count| !count.vague && count.words.start < sentence.end && text.gap(hit.end).only(Gap::SPACE))
                .and_then(|_| self.victims_at(hit.end, false))
                .filter(|victims| victims.of.is_some())
        {
            return Some(victims);
        }
        let to = sentence.end.min(hit.end + if number_of { REACH } else { 4 });
        if let Some((value, end)) = self.number_with_article(hit.end, sentence.end) {
            let words = hit.start..end;
            return Some(Victims { words, min: value, max: Some(value), approximate: false, of: None });
        }
        for at in hit.end..to {
            if text.gap(at).any(Gap::STOP.and(Gap::LINE).and(Gap::SEMICOLON))
                || self.part_begins(at)
                || self.analysis.kind_at(at, Kind::Toll).is_some_and(|hit| !self.book.tolls[hit.index].person)
            {
                return None;
            }
            let told = self.is(at, WordClass::NumberTold) || number_of && self.is(at, WordClass::NumberTo);
            let counts = number_of
                && self.analysis.kind_at(at, Kind::Number).is_some_and(|hit| {
                    matches!(self.book.numbers[hit.index].kind, NumberKind::AtLeast | NumberKind::About)
                });
            let from = if told { at + 1 } else { at };
            if (told || counts)
                && from < sentence.end
                && let Some(victims) = self.victims_at(from, true)
            {
                return Some(victims);
            }
        }
        None
    }

    /// «الثلاثة», «التسعة عشر», «الـ 50» after those counted, and where it ends.
    pub(super) fn number_with_article(&self, at: usize, end: usize) -> Option<(u32, usize)> {
        let text = &self.analysis.text;
        if at >= end || !text.gap(at).only(Gap::SPACE) {
            return None;
        }
        let apart = at + 1 < end && text.norm(at) == ARTICLE && text.words()[at + 1].kind == WordKind::Number;
        let count = count_at(self.analysis, self.book, if apart { at + 1 } else { at })?;
        let exact = count.max.filter(|&max| max == count.min && max > 1 && !count.vague)?;
        // Not «ألف».
        let cardinal = |hit: &Hit| {
            self.book.numbers[hit.index].kind == NumberKind::Cardinal
                && text.norm(at).starts_with(ARTICLE)
                && hit.form.definite()
        };
        (apart || self.analysis.kind_at(at, Kind::Number).is_some_and(cardinal)).then_some((exact, count.words.end))
    }

    /// The victims after a person form: «قتيل من قوات النظام», «3 جرحى مدنيين».
    pub(super) fn following(&self, at: usize, end: usize) -> Option<usize> {
        let text = &self.analysis.text;
        let next = if at < end && self.is(at, WordClass::ToVictims) { at + 1 } else { at };
        let next = if next + 1 < end && self.is(next, WordClass::Ranks) { next + 1 } else { next };
        (next < end && text.gap(next).only(Gap::INSIDE_NAME)).then(|| self.actor_at(next)).flatten()
    }

    pub(super) fn count_before(&self, word: usize, start: usize) -> Option<Count> {
        (start.max(word.saturating_sub(5))..word)
            .find_map(|at| count_at(self.analysis, self.book, at).filter(|count| count.words.end == word))
    }

    /// «عدد القتلى», «لحصيلة القتلى»: after it those counted stand without a number.
    pub(super) fn is_number_of(&self, word: usize) -> bool {
        let bare = self.analysis.text.norm(word).trim_start_matches(['و', 'ل', 'ب']);
        self.book.is(bare, WordClass::NumberOf)
    }
}
