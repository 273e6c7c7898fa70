//! Numbers beside no word for people that tell of people all the same: «35 قتلوا»,
//! «فسقط ستة.», «أربعة من مرافقيه», «14 إصابة».

use std::ops::Range;

use maydani_text::{ARTICLE, Gap, WordKind};

use super::near::Act;
use super::victims::Victims;
use super::{Finder, Tie, TollMention};
use crate::codebook::{Kind, WordClass};

impl Finder<'_, '_> {
    /// «ركابها الثلاثة», «الأجانب التسعة عشر»: the number after those whom no entry names.
    pub(super) fn numbered(&self, at: usize, sentence: &Range<usize>) -> Option<Victims> {
        let text = &self.analysis.text;
        let noun = at.checked_sub(1).filter(|&noun| noun >= sentence.start)?;
        let (value, end) = self.number_with_article(at, sentence.end)?;
        let word = text.norm(noun);
        let plural = word.starts_with(ARTICLE) && (word.ends_with("ين") || word.ends_with("ون"));
        let of = (noun.saturating_sub(2)..=noun)
            .find_map(|word| self.actor_at(word).filter(|&index| self.actors[index].words.end == at))
            .filter(|&index| self.is_people(index));
        let barred = [WordClass::Time, WordClass::NoUnit, WordClass::Elsewhen, WordClass::Function];
        // Numbers that end in ة count men.
        let men = text.norm(at).ends_with('ه') && self.bears_pronoun(noun) && self.analysis.at(noun).next().is_none();
        (of.is_some() || plural || men).then_some(()).filter(|()| !barred.iter().any(|class| self.is(noun, *class)))?;
        let start = of.map_or(noun, |index| self.actors[index].words.start);
        Some(Victims { words: start..end, min: value, max: Some(value), approximate: false, of })
    }

    /// «أربعة من مرافقيه», «ثلاثة من عمال الوردية» right beside an act: people, though no entry tells.
    pub(super) fn some_of(&self, at: usize, end: usize, acts: &[Act], sentence: &Range<usize>) -> bool {
        let group = end + 1;
        if group >= sentence.end
            || !self.is(end, WordClass::Of)
            || !self.analysis.text.gap(end).only(Gap::SPACE)
            || !self.analysis.text.gap(group).only(Gap::INSIDE_NAME.and(Gap::QUOTE))
            || self.analysis.kind_at(group, Kind::Number).is_some()
            || self.analysis.text.words()[group].kind == WordKind::Number
        {
            return false;
        }
        let barred = [WordClass::Function, WordClass::NoUnit, WordClass::Time, WordClass::Elsewhen];
        self.bears_pronoun(group)
            || !self.is(at.saturating_sub(1), WordClass::In) // «في 16 من الشهر»
                && !barred.iter().any(|class| self.is(group, *class))
                && (acts.iter().any(|act| act.end <= at && at - act.end <= 2)
                    || (1..=3).any(|more| self.subject_of(group + more, sentence)))
    }

    /// «قضى ثلاثة في السوق، واثنان في الجسر»: as those counted before, elsewhere.
    pub(super) fn same_again(&self, at: usize, words: &Range<usize>, sentence: &Range<usize>) -> bool {
        let text = &self.analysis.text;
        let joined = text.is_and(at - usize::from(at > 0))
            || self.analysis.kind_at(at, Kind::Number).is_some_and(|hit| hit.clitics.conjunction);
        let next = words.end;
        joined
            && next < sentence.end
            && (self.is(next, WordClass::In) || self.analysis.at(next).any(|hit| hit.clitics.preposition.is_some()))
            && self.out.iter().rev().take(3).any(|toll| {
                toll.words.end <= at && toll.words.start >= sentence.start && toll.max.is_some() && !toll.part
            })
    }

    /// «فسقط أمامها ستة.»: a number in words that closes the clause of an act.
    pub(super) fn closes(&self, words: &Range<usize>, acts: &[Act], sentence: &Range<usize>) -> bool {
        let text = &self.analysis.text;
        let ends = words.end >= sentence.end
            || text.gap(words.end).any(Gap::COMMA.and(Gap::STOP).and(Gap::LINE).and(Gap::SEMICOLON));
        let ends = ends || self.part_begins(words.end);
        ends && text.words()[words.start].kind == WordKind::Arabic
            && !self.is(words.start - usize::from(words.start > 0), WordClass::Preposition)
            && !self
                .analysis
                .kind_at(words.start, Kind::Number)
                .is_some_and(|hit| hit.form.definite() || hit.clitics.conjunction || hit.clitics.preposition.is_some())
            && acts.iter().any(|act| {
                act.end <= words.start
                    && words.start - act.end <= 4
                    && self.analysis.boundaries_between(act.hit.start, words.start) == 0
            })
    }

    /// «35 قتلوا», «تسعة على الأقل قتلوا»: a verb with those before it as its subject.
    pub(super) fn subject_of(&self, end: usize, sentence: &Range<usize>) -> bool {
        let least = end + 1 < sentence.end && self.is(end + 1, WordClass::Least);
        let at = if least { end + 2 } else { end };
        at < sentence.end
            && self.analysis.text.gap(at).only(Gap::INSIDE_NAME.and(Gap::QUOTE))
            && self.analysis.at(at).any(|hit| {
                matches!(hit.kind, Kind::Toll | Kind::CountedToll)
                    && hit.form.plural_subject()
                    && self.follows(hit, sentence)
            })
    }

    /// «14 إصابة», «ثلاثون حالة اختناق»: harm itself is counted.
    pub(super) fn counted_act(&mut self, act: &Act, sentence: &Range<usize>) {
        let hit = act.hit;
        let entry = &self.book.tolls[hit.index];
        let plain = !hit.form.definite() && !hit.form.pronoun() && hit.clitics.peeled == 0;
        if entry.person || entry.verb || !plain {
            return;
        }
        let count = self.count_before(hit.start, sentence.start);
        let known = |toll: &TollMention| toll.words.contains(&(hit.start - 1));
        let Some(count) = count.filter(|count| !count.vague || count.min >= 20) else { return };
        // «وفي عام 2013 قتل»
        let year = (1900..2100).contains(&count.min);
        let beside = self.analysis.text.gap(hit.start).only(Gap::SPACE);
        if count.min > 1 && !year && beside && !self.out.iter().rev().take(12).any(known) {
            let victims = Victims::counted(&count, count.words.start..hit.end, None);
            self.add(&hit, entry.kind, victims, Tie::Near);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::mentions::tolls::tests::others;

    #[test]
    fn numbers_that_tell_of_people() {
        assert_eq!(others("أطلقوا النار فسقط أمامها ستة."), ["Near Killed 6 Some(6)"]);
        assert_eq!(others("أحصى المشفى 14 إصابة."), ["Near Wounded 14 Some(14)"]);
        assert_eq!(others("وفي عام 2013 إصابة."), [""; 0]);
    }
}
