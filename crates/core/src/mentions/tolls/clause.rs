//! One who stands before the verb: «أن حبيب لقي مصرعه», «القائد الذي قتل».

use std::ops::Range;

use maydani_text::inflect::Number;
use maydani_text::{Gap, WordKind};

use super::near::Act;
use super::victims::Victims;
use super::{Finder, Tie};
use crate::codebook::{Kind, WordClass};
use crate::record::TollKind;

/// How far before it a pair may stand.
const NEAR: usize = 9;
/// How far from its verb a subject may begin.
const FAR: usize = 18;
/// How far from it one who opens the sentence.
const OPENS: usize = 5;

impl Finder<'_, '_> {
    /// The one whom a clause opened by أن, or a relative clause, tells of.
    pub(super) fn subject(&mut self, act: &Act, sentence: &Range<usize>) {
        let hit = act.hit;
        let entry = &self.book.tolls[hit.index];
        let own = |toll: &super::TollMention| toll.act == hit.start && toll.kind != TollKind::KilledOrWounded;
        if !entry.verb
            || hit.form.pronoun()
            || hit.clitics.future
            || entry.kind == TollKind::Displaced
            || self.out.iter().rev().take(12).chain(self.others.iter().rev().take(12)).any(own)
            || !self.without_object(act, sentence)
        {
            return;
        }
        let kind = entry.kind;
        let victims = self.after_relative(hit.start, sentence).or_else(|| self.after_that(act, sentence));
        if let Some(victims) = victims {
            let tie = if victims.of.is_some() { Tie::Near } else { Tie::Named };
            self.add(&hit, kind, victims, tie);
        }
    }

    /// «لقي القائد ونائبه حتفهما», «إلى أن قتلا»: two, as the verb or the word after it tells.
    pub(super) fn two(&mut self, act: &Act, sentence: &Range<usize>) {
        let hit = act.hit;
        let entry = &self.book.tolls[hit.index];
        let text = &self.analysis.text;
        let own = |toll: &super::TollMention| toll.act == hit.start && toll.min > 1;
        if !entry.verb || self.out.iter().rev().take(12).chain(self.others.iter().rev().take(12)).any(own) {
            return;
        }
        let verb = text.norm(hit.start);
        let dual = hit.form.plural_subject()
            && !hit.form.present()
            && verb.ends_with('ا')
            && !verb.ends_with("نا")
            && !verb.ends_with("وا")
            && (hit.kind == Kind::Toll || entry.kind == TollKind::Killed)
            && self.without_object(act, sentence)
            && self.pair_before(hit.start, sentence);
        let rest = act.end > hit.end && text.norm(act.end - 1).ends_with("هما");
        if dual || rest {
            let victims = Victims::of_number(Number::Two, hit.start..if rest { act.end } else { hit.end }, None);
            self.add(&hit, entry.kind, victims, Tie::Near);
        }
    }

    /// «مدنيا وامرأة», «الضابطين», «أنهما» before a verb; not «شنقا» after «أعدم».
    fn pair_before(&self, verb: usize, sentence: &Range<usize>) -> bool {
        let text = &self.analysis.text;
        let from = sentence.start.max(verb.saturating_sub(NEAR));
        (from..verb).any(|at| {
            let people =
                self.actor_at(at).filter(|&index| self.is_people(index)).map(|index| self.actors[index].number);
            let joined = text.norm(at).starts_with('و') || at > from && text.is_and(at - 1);
            people == Some(Number::Two)
                || joined && (people == Some(Number::One) || self.owned(at).is_some())
                || text.norm(at).ends_with("هما")
        })
    }

    /// Nobody stands after the verb: «قتل في», «قتل،».
    fn without_object(&self, act: &Act, sentence: &Range<usize>) -> bool {
        let at = act.end;
        at >= sentence.end
            || self.analysis.text.gap(at).any(Gap::COMMA.and(Gap::STOP).and(Gap::LINE).and(Gap::QUOTE))
            || self.is(at, WordClass::Preposition) && !self.is(at, WordClass::To)
            || self.is(at, WordClass::Function)
            || self.is(at, WordClass::Time)
            || self.analysis.at(at).any(|hit| hit.clitics.preposition.is_some())
            || self.analysis.at(at).next().is_none() && self.analysis.text.norm(at).starts_with('ب')
            || act.end > act.hit.end
            || self.joined_act(at).is_some()
    }

    /// «القائد الذي قتل», «الحارسين اللذين خطفا»
    fn after_relative(&self, verb: usize, sentence: &Range<usize>) -> Option<Victims> {
        let at = verb.checked_sub(1).filter(|&at| at > sentence.start && self.is(at, WordClass::Relative))?;
        let word = self.analysis.text.norm(at);
        let number = match word {
            "الذي" | "التي" => Number::One,
            _ if word.starts_with("الل") && !word.ends_with("اتي") => Number::Two,
            _ => Number::Many,
        };
        // Whom the clause is about: a person, not the day or the army.
        let of = (at.saturating_sub(4)..at)
            .find_map(|word| self.actor_at(word).filter(|&index| self.is_people(index)))
            .filter(|&index| self.actors[index].words.end <= at)?;
        let start = self.actors[of].words.start;
        (self.actors[of].number == number && self.analysis.boundaries_between(start, verb) == 0)
            .then(|| Victims::of_number(number, start..verb + 1, Some(of)))
    }

    /// «أن حبيب لقي مصرعه»
    fn after_that(&self, act: &Act, sentence: &Range<usize>) -> Option<Victims> {
        let text = &self.analysis.text;
        let verb = act.hit.start;
        if act.hit.form.plural_subject() || act.hit.form.present() || act.hit.clitics.peeled > 0 {
            return None;
        }
        let from = sentence.start.max(verb.saturating_sub(FAR));
        let that = (from..verb).rev().find(|&at| self.is(at, WordClass::ThatSubject));
        let opens = || {
            let near = verb - sentence.start <= OPENS && self.actor_at(sentence.start).is_some();
            near.then_some(sentence.start)
        };
        let at = that.map(|that| that + 1).or_else(opens)?;
        let other = (at..verb).any(|word| {
            self.analysis.at(word).any(|hit| {
                matches!(hit.kind, Kind::Toll | Kind::Reporting | Kind::Number)
                    && !matches!(hit.kind, Kind::Number if word > at)
                    || hit.kind == Kind::Force && word == at
            }) || self.part_begins(word)
        });
        if at >= verb || other || text.words()[at].kind != WordKind::Arabic {
            return None;
        }
        let of = self.actor_at(at);
        let event = |word: usize| self.analysis.kind_at(word, Kind::Event).is_some();
        if of.is_none() && (act.hit.kind != Kind::Toll || (at..verb).any(event))
            || of.is_some_and(|index| !self.is_people(index) || self.actors[index].number != Number::One)
            || of.is_none() && !self.may_name_one(at)
        {
            return None;
        }
        let end = of.map_or(verb.min(at + 3), |index| self.actors[index].words.end);
        Some(Victims { words: at..end, min: 1, max: Some(1), approximate: false, of })
    }
}

#[cfg(test)]
mod tests {
    use crate::mentions::tolls::tests::others;

    #[test]
    fn one_before_the_verb() {
        assert_eq!(others("قال الأهالي إن سالم المنصوري لقي مصرعه في الوادي."), ["Named Killed 1 Some(1)"]);
        assert_eq!(others("دفنت البلدة المزارع الذي قتل في الوادي."), ["Near Killed 1 Some(1)"]);
    }
}
