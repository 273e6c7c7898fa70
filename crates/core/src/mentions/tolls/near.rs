//! Tolls that nothing ties to their act: people counted near one. What is not found can never be
//! chosen; the learned stage chooses.

use std::ops::Range;

use maydani_text::inflect::Number;
use maydani_text::{ARTICLE, WordKind};

use super::victims::Victims;
use super::{Finder, Tie, TollMention};
use crate::analysis::Hit;
use crate::codebook::{Beside, Kind, NumberKind, WordClass};
use crate::mentions::numbers::count_at;
use crate::mentions::triggers::rest_within;
use crate::record::TollKind;

/// How far behind an act people may be counted.
const BEHIND: usize = 25;
/// How far before an act people may be counted.
const BEFORE: usize = 12;
/// The same for a word that tells of harm only beside people counted.
const BESIDE: usize = 6;

/// A word for harm, with the word that must follow it.
pub(super) struct Act {
    pub(super) hit: Hit,
    pub(super) end: usize,
}

impl Finder<'_, '_> {
    /// What else may be a toll in a sentence; those from `first` on are tied in it.
    pub(super) fn others(&mut self, sentence: &Range<usize>, first: usize) {
        let acts = self.acts(sentence);
        self.figures(sentence);
        self.wishes(sentence);
        if acts.is_empty() {
            return;
        }
        let counted_until = std::mem::take(&mut self.counted_until);
        let other = self.others.len();
        self.readings(first);
        self.people_near(&acts, sentence, first);
        for act in &acts {
            self.counted_act(act, sentence);
            self.with_pronoun(act);
            self.single(act, sentence);
            self.subject(act, sentence);
            self.two(act, sentence);
            self.one_beside(act, sentence);
        }
        self.company(sentence, first, other);
        self.counted_until = counted_until;
    }

    fn acts(&self, sentence: &Range<usize>) -> Vec<Act> {
        let hits = self.analysis.within(sentence.clone()).iter();
        hits.filter(|hit| matches!(hit.kind, Kind::Toll | Kind::CountedToll) && self.follows(hit, sentence))
            .filter(|hit| {
                let entry = &self.book.tolls[hit.index];
                if entry.beside == Beside::Figure {
                    return false;
                }
                // «بإصابات خفيفة»: how they were hurt.
                let told = hit.start > sentence.start && self.is_number_of(hit.start - 1);
                !entry.person || hit.clitics.preposition.is_none() && (told || !hit.form.definite())
            })
            .map(|hit| {
                let rest = &self.book.tolls[hit.index].rest;
                let last = rest_within(self.analysis, rest, hit.end, sentence.end);
                Act { hit: *hit, end: last.map_or(hit.end, |last| hit.end.max(last + 1)) }
            })
            .collect()
    }

    pub(super) fn add(&mut self, hit: &Hit, kind: TollKind, victims: Victims, tie: Tie) {
        let known = |toll: &TollMention| {
            toll.kind == kind && (toll.min, toll.max) == (victims.min, victims.max) && toll.words == victims.words
        };
        if self.out.iter().rev().take(12).chain(self.others.iter().rev().take(12)).any(known) {
            return;
        }
        let mention = self.mention(hit, kind, victims, tie);
        self.others.push(mention);
    }

    /// People counted who are tied to no act: to the nearest before them and the nearest after.
    fn people_near(&mut self, acts: &[Act], sentence: &Range<usize>, first: usize) {
        let mut at = sentence.start;
        while at < sentence.end {
            if let Some(tied) = self.out[first..].iter().find(|toll| toll.words.contains(&at)).cloned() {
                at = tied.words.end;
                self.subject_again(&tied, acts, sentence);
                self.victims_again(&tied, acts);
                self.nearer(&tied, acts);
                self.more(&tied, sentence);
                continue;
            }
            let Some(victims) = self.people_counted(at, acts, sentence) else {
                at += 1;
                continue;
            };
            at = victims.words.end.max(at + 1);
            let words = victims.words.clone();
            let own = |act: &Act| self.out[first..].iter().any(|toll| toll.act == act.hit.start);
            let behind = acts
                .iter()
                .filter(|act| {
                    let reach = if act.hit.kind == Kind::Toll { BEHIND } else { BESIDE };
                    act.hit.end <= words.start && words.start.saturating_sub(act.end) <= reach
                })
                .max_by_key(|act| (act.end, act.hit.kind == Kind::Toll));
            let before = acts
                .iter()
                .filter(|act| act.hit.start >= words.end && act.hit.start - words.end <= BEFORE)
                .filter(|act| {
                    act.hit.form.plural_subject()
                        || act.hit.form.pronoun()
                        || act.hit.kind == Kind::Toll && (act.hit.start - words.end <= 2 || !own(act))
                        || act.end > act.hit.end
                })
                .min_by_key(|act| act.hit.start);
            let kind = |act: &Act| self.book.tolls[act.hit.index].kind;
            let mut found: Vec<(Hit, TollKind)> = before.map(|act| (act.hit, kind(act))).into_iter().collect();
            if let Some(act) = behind.filter(|act| before.is_none_or(|other| kind(other) != kind(act))) {
                found.push((act.hit, kind(act)));
            }
            // «عشرات سقطوا بين قتيل وجريح»
            let among = (words.end..sentence.end.min(words.end + 3)).find(|&word| self.is(word, WordClass::Among));
            if let Some(hit) = among.and_then(|word| self.analysis.kind_at(word + 1, Kind::Toll)) {
                found.push((*hit, TollKind::KilledOrWounded));
            }
            for (hit, kind) in found {
                let others: Vec<TollKind> =
                    self.besides(&hit, kind).filter(|&other| self.befalls(other, victims.of)).collect();
                for other in others {
                    self.add(&hit, other, victims.clone(), Tie::Near);
                }
                self.add(&hit, kind, victims.clone(), Tie::Near);
            }
        }
    }

    /// People at a word with a number beside them, or two of them.
    fn people_counted(&self, at: usize, acts: &[Act], sentence: &Range<usize>) -> Option<Victims> {
        let text = &self.analysis.text;
        // «توقيف أحدهم», «مقتل أحد البحارة»
        let adjacent =
            (self.is(at, WordClass::OneOf) || text.norm(at).starts_with("احد")) && acts.iter().any(|act| act.end == at);
        if text.words()[at].kind != WordKind::Number
            && text.norm(at) != ARTICLE
            && !adjacent
            && !self.analysis.at(at).any(|hit| matches!(hit.kind, Kind::Number | Kind::Person | Kind::Force))
        {
            return None;
        }
        if let Some(victims) = self.numbered(at, sentence) {
            return Some(victims);
        }
        let mut victims = self.victims_at(at, adjacent)?;
        victims.words.end = victims.words.end.min(sentence.end);
        let (words, of) = (victims.words.clone(), victims.of);
        match count_at(self.analysis, self.book, at) {
            Some(count) => {
                // «اللواء 153 العميد»: no number of people.
                let one =
                    of.is_some_and(|of| self.actors[of].number == Number::One && self.actors[of].words.len() == 1);
                if one && count.words.end < words.end && text.norm(count.words.end).starts_with(ARTICLE) {
                    return None;
                }
                let end = count.words.end;
                if of.is_none() && words.end == end && count.min > 1 && self.some_of(at, end, acts, sentence) {
                    victims.words.end = end + 2;
                }
                let words = victims.words.clone();
                let bare = of.is_none() && words.end == count.words.end;
                let before = at.saturating_sub(1);
                let told = self.is(before, WordClass::NumberTo)
                    && sentence.clone().any(|word| self.is_number_of(word))
                    // «البالغ عددهم 250»
                    || self.is(before, WordClass::NumberTold) && text.norm(before).contains("عدد");
                let again = bare && count.max.is_some() && self.same_again(at, &words, sentence);
                if bare && victims.max == Some(1) {
                    return None; // «إصابة واحدة»
                }
                // «قتل منهم 75»
                let from = at - usize::from(at > 0 && self.is(at - 1, WordClass::OfThem));
                let beside = acts.iter().any(|act| [at, from].contains(&act.end) || act.hit.end == at);
                let subject =
                    !count.vague && (self.subject_of(words.end, sentence) || self.closes(&words, acts, sentence));
                if bare
                    && !(count.vague && count.min >= 20
                        || beside
                        || told
                        || again
                        || subject
                        || self.is(words.end, WordClass::OfThem))
                {
                    return None;
                }
            }
            None if victims.max == Some(2) || self.is(at, WordClass::OneOf) || adjacent => {}
            None => return None,
        }
        let from = sentence.start.max(words.start.saturating_sub(6));
        // «قتلت منهم 28»: no part of a total.
        let part = (from..words.start).any(|word| {
            self.part_begins(word)
                && self.analysis.boundaries_between(word, words.start) == 0
                && !acts.iter().any(|act| act.end == word && self.analysis.boundaries_between(act.hit.start, word) == 0)
        });
        if part || victims.min == 0 {
            return None;
        }
        if victims.max.is_some() && self.at_least(&words, sentence) {
            victims.max = None;
        }
        Some(victims)
    }

    /// «اختطفهما», «مقتلهم»: the victims were named before.
    fn with_pronoun(&mut self, act: &Act) {
        let text = &self.analysis.text;
        let hit = act.hit;
        // «القبض عليه»
        let on = [act.end - 1, act.end]
            .into_iter()
            .find(|&word| word >= hit.end && word < text.words().len() && self.is(word, WordClass::OnWhom));
        if let Some(on) = on.filter(|_| hit.kind == Kind::Toll) {
            let (min, max) = self.of_pronoun(on);
            let victims = Victims { words: hit.start..on + 1, min, max, approximate: false, of: None };
            self.add(&hit, self.book.tolls[hit.index].kind, victims, Tie::Near);
            return;
        }
        let hit = &hit;
        // «تعرضه لإصابة» tells of another.
        if !self.book.tolls[hit.index].rest.is_empty() {
            return;
        }
        if !hit.form.pronoun() || hit.kind != Kind::Toll || self.out.iter().rev().take(12).any(|t| t.act == hit.start) {
            return;
        }
        let (min, max) = self.of_pronoun(hit.start);
        let victims = Victims { words: hit.start..hit.end, min, max, approximate: false, of: None };
        self.add(hit, self.book.tolls[hit.index].kind, victims, Tie::Near);
    }

    /// «ما لا يقل عن شخصين», «28 من مسلحي الفصيل على الأقل».
    pub(super) fn at_least(&self, words: &Range<usize>, sentence: &Range<usize>) -> bool {
        let before = (sentence.start.max(words.start.saturating_sub(4))..words.start).any(|at| {
            self.analysis.kind_at(at, Kind::Number).is_some_and(|hit| {
                hit.end == words.start
                    && !self.is(at, WordClass::LeastAfter)
                    && self.book.numbers[hit.index].kind == NumberKind::AtLeast
            })
        });
        before || self.at_least_after(words.end, sentence.end)
    }
}

#[cfg(test)]
mod tests {
    use crate::mentions::tolls::tests::others;

    #[test]
    fn people_counted_in_the_sentence_of_an_act() {
        assert_eq!(others("خسرت الكتيبة في الكمين سبعة جنود."), ["Near Killed 7 Some(7)"]);
        assert_eq!(others("سقطت البلدة بعد سبعة أيام."), [""; 0]);
        assert_eq!(
            others("نصب الفصيل للكتيبة التي تضم عشرين مقاتلا كمينا أدى إلى مقتلهم."),
            ["Near Killed 20 Some(20)"]
        );
        assert_eq!(others("وقوع خمسة مقاتلين في الأسر."), ["Near Captured 5 Some(5)"]);
    }

    #[test]
    fn parts_of_a_total_are_none() {
        assert_eq!(others("قتل عشرة مدنيين في القرية بينهم ثلاثة أطفال."), [""; 0]);
    }

    #[test]
    fn at_least_before_two() {
        assert_eq!(others("مقتل ما لا يقل عن شخصين في السوق."), [""; 0]);
    }
}
