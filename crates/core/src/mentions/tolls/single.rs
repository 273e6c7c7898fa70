//! One victim right after the act, whom no word of the codebook names: «مقتل رئيس المركز».

use std::ops::Range;

use maydani_text::inflect::Number;
use maydani_text::{ARTICLE, Gap, WordKind};

use super::near::Act;
use super::victims::Victims;
use super::{Finder, Tie, TollMention};
use crate::codebook::{Beside, Kind, WordClass};
use crate::record::TollKind;

impl Finder<'_, '_> {
    /// «مقتل رئيس المركز», «أصيب رابع», «توقيف مالك الشاحنة»: one, right after the act.
    pub(super) fn single(&mut self, act: &Act, sentence: &Range<usize>) {
        let text = &self.analysis.text;
        let (hit, entry) = (&act.hit, &self.book.tolls[act.hit.index]);
        // «القبض على آخر», but «القضاء على الإرهاب».
        let arrested = entry.kind == TollKind::Arrested;
        let on = [hit.end, act.end].into_iter().find(|&at| arrested && self.is(at, WordClass::On));
        // «قبضت على»: the word that must follow is «على» itself.
        let within = arrested && act.end > hit.end && act.end <= hit.end + 3 && self.is(act.end - 1, WordClass::On);
        let at = on.map_or(act.end, |at| at + 1);
        let on = on.is_some() || within;
        // «مقتل المؤذن وثلاثة لاجئين»: who is joined to one leaves him alone.
        let tied = |toll: &TollMention| {
            toll.words.start <= at && at < toll.words.end
                || toll.words.start == at + 1 && !text.norm(at + 1).starts_with('و')
        };
        if hit.kind != Kind::Toll
            || entry.person
            || entry.kind == TollKind::Displaced
            || hit.form.pronoun()
            || hit.form.plural_subject()
            || hit.form.present()
            || hit.form.definite() && !on
            || at >= sentence.end
            || self.out.iter().rev().take(12).chain(self.others.iter().rev().take(12)).any(tied)
        {
            return;
        }
        let parent = || {
            let one = self.is(at, WordClass::Parent) && at + 1 < sentence.end;
            (one && (text.norm(at + 1).starts_with('و') || self.is(at + 1, WordClass::With)))
                .then(|| Victims::of_number(Number::One, at..at + 1, None))
        };
        // «مقتل من في السيارتين», «قتل كل من فيها»
        let of = at + usize::from(self.is(at, WordClass::Each));
        if self.is(of, WordClass::Of) && of + 1 < sentence.end && text.norm(of + 1).starts_with("في") {
            self.add(hit, entry.kind, Victims::of_number(Number::Many, at..of + 2, None), Tie::Near);
            return;
        }
        if let Some(victims) = self.owned(at).or_else(|| self.dual_person(at)).or_else(parent) {
            // «مريضين»: two, or some.
            if victims.max == Some(2) && text.norm(at).ends_with("ين") {
                self.add(hit, entry.kind, Victims { max: None, ..victims.clone() }, Tie::Read);
            }
            self.add(hit, entry.kind, victims, Tie::Near);
            return;
        }
        // «استشهاد رجال الأمن»: people who also have a name of their own.
        if let Some(people) = self.analysis.kind_at(at, Kind::Person)
            && (self.book.persons[people.index].number != Number::One || people.end > at + 1)
        {
            // «خطف مسلحون موظفا»: they did it.
            let own = |toll: &TollMention| toll.act == hit.start;
            if people.end == at + 1 && text.norm(at).ends_with("ون") || self.out.iter().rev().take(12).any(own) {
                return;
            }
            let number = self.book.persons[people.index].number;
            let victims = Victims::of_number(number, at..people.end, self.actor_at(at));
            self.add(hit, entry.kind, victims, Tie::Near);
            return;
        }
        if !on && self.is(at - 1, WordClass::On) || !self.may_name_one(at) {
            return;
        }
        let mut end = at + 1;
        while end < sentence.end
            && end < at + 4
            && text.gap(end).only(Gap::INSIDE_NAME)
            && text.words()[end].kind == WordKind::Arabic
            && self.analysis.at(end).next().is_none()
            && !self.is(end, WordClass::Function)
        {
            end += 1;
        }
        let victims = Victims { words: at..end, min: 1, max: Some(1), approximate: false, of: None };
        self.add(hit, entry.kind, victims, Tie::Named);
    }

    /// «قضى فيها عامل», «أودى بعامل»: one, near a word that tells of death only beside people.
    pub(super) fn one_beside(&mut self, act: &Act, sentence: &Range<usize>) {
        let text = &self.analysis.text;
        let (hit, entry) = (act.hit, &self.book.tolls[act.hit.index]);
        if hit.kind != Kind::CountedToll
            || entry.beside != Beside::People
            || hit.form.present()
            || hit.form.pronoun()
            || hit.form.plural_subject()
        {
            return;
        }
        let to = sentence.end.min(act.end + 3);
        let found = (act.end..to)
            .take_while(|&at| {
                self.analysis.boundaries_between(hit.start, at) == 0
                    && !self.part_begins(at)
                    && self.analysis.kind_at(at, Kind::Number).is_none()
                    && text.words()[at].kind == WordKind::Arabic
            })
            .find_map(|at| {
                let index = self.actor_at(at).filter(|&index| self.is_people(index))?;
                let mention = &self.actors[index];
                let plain = !text.norm(at).starts_with(ARTICLE) || at == act.end;
                let one = mention.number == Number::One && plain;
                one.then(|| Victims::of_number(Number::One, mention.words.clone(), Some(index)))
            });
        if let Some(victims) = found {
            self.add(&hit, entry.kind, victims, Tie::Near);
        }
    }

    /// «بائع», «وزير»: the codebook knows the word as it stands.
    fn stands_whole(&self, at: usize) -> bool {
        self.analysis.at(at).any(|hit| matches!(hit.kind, Kind::Person | Kind::Title) && hit.clitics.peeled == 0)
    }

    /// A word that may name or describe one person, as far as its form tells.
    pub(super) fn may_name_one(&self, at: usize) -> bool {
        let text = &self.analysis.text;
        let word = text.norm(at);
        let barred = [
            WordClass::Function,
            WordClass::Preposition,
            WordClass::NoUnit,
            WordClass::NoName,
            WordClass::Time,
            WordClass::Each,
            WordClass::Auxiliary,
            WordClass::OnWhom,
        ];
        text.words()[at].kind == WordKind::Arabic
            && text.gap(at).only(Gap::INSIDE_NAME.and(Gap::QUOTE))
            && word.chars().count() > 2
            && (!word.starts_with(['ب', 'ل', 'و', 'ف', 'ك']) || self.stands_whole(at))
            && !["ون", "ين", "ات", "ان"].iter().any(|ending| word.ends_with(ending))
            && (word.starts_with(ARTICLE) || !text.slice(text.span(at..at + 1)).ends_with('ة'))
            && !barred.iter().any(|class| self.is(at, *class))
            && (self.analysis.at(at).any(|hit| hit.kind == Kind::Title)
                || self.analysis.at(at).all(|hit| match hit.kind {
                    Kind::Person => self.book.persons[hit.index].number == Number::One,
                    // A leader under his name: «حسن نصر الله».
                    Kind::Source => hit.end > at + 1,
                    // «داعشي», «أميركي»
                    Kind::Adjective | Kind::Actor => {
                        word.ends_with(['ي', 'ا'])
                            && !word.starts_with(ARTICLE)
                            && self.analysis.kind_at(at, Kind::Adjective).is_some()
                    }
                    _ => false,
                }))
    }
}

#[cfg(test)]
mod tests {
    use crate::mentions::tolls::tests::others;

    #[test]
    fn one_whom_the_codebook_does_not_know() {
        assert_eq!(others("أصيب رابع بشظية."), ["Named Wounded 1 Some(1)"]);
        assert_eq!(others("وأعلن البيان القضاء على الفساد."), [""; 0]);
    }
}
