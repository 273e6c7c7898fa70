//! One struck together with others who are counted or told after him, as one number:
//! «قائد وأربعة من مرافقيه», «أم وثلاث من بناتها», «مع خمسة آخرين».

use std::ops::Range;

use maydani_text::Gap;
use maydani_text::inflect::Number;

use super::victims::Victims;
use super::{Finder, Tie, TollMention};
use crate::codebook::{Kind, WordClass};
use crate::mentions::numbers::count_at;

/// How many words may stand between one and those with him.
const BETWEEN: usize = 9;
/// How many those with him may be.
const MANY: u32 = 60;

impl Finder<'_, '_> {
    /// Sums over the tolls of a sentence; those from `first` and `other` on are its.
    pub(super) fn company(&mut self, sentence: &Range<usize>, first: usize, other: usize) {
        let tolls: Vec<TollMention> = self.out[first..].iter().chain(&self.others[other..]).cloned().collect();
        for toll in tolls.iter().filter(|toll| !toll.part) {
            // «سبعة أطفال ومعلمتهم»: after many one is told alone.
            let end = toll.words.end;
            let alone = (end..sentence.end.min(end + 2))
                .find(|&at| self.begins_with_and(at) && self.analysis.boundaries_between(toll.words.start, at) == 0)
                .filter(|_| toll.min > 1)
                .and_then(|at| self.owned(at))
                .filter(|victims| victims.max.is_some());
            let tie = if alone.is_some() { Tie::Near } else { Tie::Read };
            let sum = self.after_one(toll, sentence).or_else(|| self.behind_one(toll, sentence));
            let sum = sum.map(|(words, sum)| Victims {
                words,
                min: sum,
                max: Some(sum),
                approximate: toll.approximate,
                of: toll.of,
            });
            let Some(victims) = alone.or(sum) else { continue };
            let hit = self.analysis.at(toll.act).find(|hit| {
                matches!(hit.kind, Kind::Toll | Kind::CountedToll) && self.book.tolls[hit.index].at == toll.entry
            });
            if let Some(hit) = hit.copied() {
                self.add(&hit, toll.kind, victims, tie);
            }
        }
    }

    /// «قائد الكتيبة وأربعة من مرافقيه»: those with one who is told.
    fn after_one(&self, toll: &TollMention, sentence: &Range<usize>) -> Option<(Range<usize>, u32)> {
        if (toll.min, toll.max) != (1, Some(1)) {
            return None;
        }
        let text = &self.analysis.text;
        let mut sum = 1;
        let (mut at, mut end) = (toll.words.end, toll.words.end);
        while at < sentence.end.min(end + BETWEEN) {
            if text.gap(at).any(Gap::STOP.and(Gap::LINE).and(Gap::SEMICOLON))
                || self.part_begins(at)
                || self.toll_at(at, sentence).is_some()
            {
                break;
            }
            if let Some((more, next)) = self.joined_with(at, sentence) {
                sum += more;
                at = next;
                end = next;
            } else {
                at += 1;
            }
        }
        (sum > 1).then_some((toll.words.start..end, sum))
    }

    /// «أم وثلاث من بناتها», «قتل مع خمسة آخرين»: those with one whom no entry tells, or who was told before.
    fn behind_one(&self, toll: &TollMention, sentence: &Range<usize>) -> Option<(Range<usize>, u32)> {
        let text = &self.analysis.text;
        let (act, start) = (toll.act, toll.words.start);
        let many = toll.max.filter(|&max| max == toll.min && max <= MANY)?;
        if start <= act + 1 || start > act + BETWEEN || self.analysis.boundaries_between(act, start) > 0 {
            return None;
        }
        let with = self.is(start - 1, WordClass::With) && start == act + 2;
        let before = if text.is_and(start - 1) { start - 1 } else { start };
        let joined = before < start || text.norm(start).starts_with('و') && self.begins_with_and(start);
        let himself = joined && before == act + 2 && self.is(before - 1, WordClass::Himself);
        let owned = self.own(start, toll.words.end, sentence.end);
        // Between stands one alone: no number, no party, and nobody counted already.
        let alone = joined
            && owned
            && before > act + 1
            && (act + 1..before).all(|at| {
                !self.analysis.at(at).any(|hit| matches!(hit.kind, Kind::Number | Kind::Toll | Kind::CountedToll))
                    && !self.is(at, WordClass::Preposition)
            });
        (with || himself || alone).then(|| (act + 1..toll.words.end, many + 1))
    }

    /// Those who are joined at a word to those before it: how many, and where they end.
    fn joined_with(&self, at: usize, sentence: &Range<usize>) -> Option<(u32, usize)> {
        let text = &self.analysis.text;
        let next = if text.is_and(at) || self.is(at, WordClass::With) { at + 1 } else { at };
        if next >= sentence.end || next == at && !self.begins_with_and(at) {
            return None;
        }
        if let Some(count) = count_at(self.analysis, self.book, next) {
            let many = count.max.filter(|&max| max == count.min && max <= MANY && !count.vague)?;
            // «في السادسة والعشرين»
            if self.analysis.kind_at(next, Kind::Number).is_some_and(|hit| hit.form.definite()) {
                return None;
            }
            let end = count.words.end;
            // «وثلاث من بناتها», «وعشرة جنود», «وخمسة آخرين»
            let people = self.own(next, end, sentence.end)
                || self.actor_at(end).is_some_and(|index| self.is_people(index))
                || self.actor_at(end + 1).is_some_and(|_| self.is(end, WordClass::Of));
            let end = if self.is(end, WordClass::Of) { end + 2 } else { end + 1 };
            return people.then_some((many, end.min(sentence.end)));
        }
        // «وأطفالها الأربعة», «ومرافقه»
        if self.bears_pronoun(next)
            && let Some(numbered) = self.number_with_article(next + 1, sentence.end)
        {
            return Some(numbered);
        }
        if let Some(victims) = self.owned(next) {
            return Some((victims.max?, next + 1));
        }
        // «ومعه المصري أبو معاذ»
        let one = self
            .actor_at(next)
            .filter(|&index| next > at && self.is_people(index) && self.actors[index].number == Number::One)?;
        (!text.is_and(at)).then_some((1, self.actors[one].words.end))
    }

    /// «ثلاث من بناتها», «أطفاله»: those who belong to one told before.
    fn own(&self, start: usize, end: usize, limit: usize) -> bool {
        (start..limit.min(end + 2))
            .any(|at| self.bears_pronoun(at) && (at < end || self.is(at - 1, WordClass::Of) || at == end))
    }

    /// «وأربعة», «وابنه»; not «والي».
    fn begins_with_and(&self, word: usize) -> bool {
        self.analysis.at(word).any(|hit| hit.clitics.conjunction)
            || self.analysis.text.norm(word).starts_with('و') && self.owned(word).is_some()
    }
}

#[cfg(test)]
mod tests {
    use crate::mentions::tolls::tests::others;

    #[test]
    fn one_with_others() {
        assert_eq!(others("مقتل ضابط وعشرة جنود في الكمين."), ["Read Killed 11 Some(11)"]);
        assert_eq!(
            others("قتل قائد الكتيبة في الجبل وأربعة من مرافقيه."),
            ["Read Killed 5 Some(5)", "Near Killed 4 Some(4)"]
        );
    }

    #[test]
    fn one_before_others() {
        assert_eq!(others("قتل المختار مع خمسة آخرين."), ["Read Killed 6 Some(6)", "Near Killed 5 Some(5)"]);
        assert_eq!(others("قتل هو وابنه عند الحاجز."), ["Read Killed 2 Some(2)"]);
    }
}
