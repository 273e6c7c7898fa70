//! Whose the victims are, where the word for them does not tell it.

use std::ops::Range;

use maydani_text::inflect::Number;
use maydani_text::{Gap, Preposition};

use super::Finder;
use crate::codebook::{ActorKind, Kind, WordClass};
use crate::mentions::actors::{ActorMention, Naming, Party};

/// The class of «آخرون» in persons.tsv.
const OTHERS: &str = "other";

impl Finder<'_, '_> {
    /// Fighters are of the party that follows them, «seven others» of that of all victims told before them in the
    /// sentence; else what the word says.
    pub(super) fn whose(&self, of: usize) -> usize {
        let mention = &self.actors[of];
        let end = self.analysis.text.words().len();
        if self.is_others(mention) {
            // «عدد آخر من الأشخاص»
            let told = mention.words.end < end && self.is(mention.words.end, WordClass::PartOf);
            let named = told.then(|| self.following(mention.words.end, end)).flatten();
            return named.or_else(|| self.told_before(mention.words.start)).unwrap_or(of);
        }
        let unknown = match mention.party {
            Party::Fighter => true,
            Party::Listed(party) => {
                mention.naming == Naming::Person && self.book.actors[party].kind == ActorKind::Unidentified
            }
            Party::Other(_) => false,
        };
        let owner = if unknown { self.owner(mention).or_else(|| self.possessor(&mention.words)) } else { None };
        owner.unwrap_or(of)
    }

    /// «12 عنصرا من داعش», «ستة عناصر للنظام», «أفراد حرس الحدود».
    fn owner(&self, fighters: &ActorMention) -> Option<usize> {
        let end = self.analysis.text.words().len();
        let next = fighters.words.end;
        if next >= end || !self.analysis.text.gap(next).only(Gap::INSIDE_NAME) {
            return None;
        }
        let owner = if self.is(next, WordClass::PartOf) { self.following(next, end) } else { self.actor_at(next) }?;
        let mention = &self.actors[owner];
        let led = next < mention.words.start || mention.clitics.preposition == Some(Preposition::Li);
        let bound = fighters.number == Number::Many && mention.clitics.peeled == 0;
        let named = mention.party != Party::Fighter && !self.is_people(owner) && mention.naming != Naming::Adjective;
        (named && (led || bound)).then_some(owner)
    }

    /// «نعت القسام ثلاثة من مقاتليها»: the party named last before them, in their sentence.
    pub(super) fn possessor(&self, victims: &Range<usize>) -> Option<usize> {
        let count = self.analysis.text.words().len();
        let next = victims.end + usize::from(victims.end < count && self.is(victims.end, WordClass::PartOf));
        let word = [victims.end.saturating_sub(1), next]
            .into_iter()
            .find(|&word| word < count && self.is_member(word) && self.bears_pronoun(word))?;
        let sentence = self.analysis.sentence_range(word);
        let named = |mention: &ActorMention| {
            mention.party != Party::Fighter
                && matches!(mention.naming, Naming::Name | Naming::Ambiguous | Naming::Force | Naming::Group)
        };
        let until = self.actors.partition_point(|mention| mention.words.end <= word);
        (0..until)
            .rev()
            .take_while(|&at| self.actors[at].words.start >= sentence.start)
            .find(|&at| named(&self.actors[at]) && !self.is_people(at))
    }

    fn is_others(&self, mention: &ActorMention) -> bool {
        let person = self.analysis.kind_at(mention.words.start, Kind::Person);
        person.is_some_and(|hit| self.book.persons[hit.index].class == OTHERS)
    }

    /// Whose the victims before a word are, in its sentence, where all are of one party.
    fn told_before(&self, word: usize) -> Option<usize> {
        let sentence = self.analysis.sentence_range(word);
        let before = |words: &Range<usize>| words.end <= word && sentence.contains(&words.start);
        let key = |of: usize| self.actors[of].key(self.book);
        let mut told = self.out.iter().filter(|toll| before(&toll.words)).map(|toll| toll.of);
        let first = told.next()??;
        told.all(|of| of.and_then(key) == key(first)).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::in_scene;

    /// The party of each toll, as a key.
    fn whose(text: &str) -> Vec<String> {
        in_scene(text, |scene| {
            let key = |of: usize| scene.actors[of].key(scene.book);
            scene.tolls.iter().map(|toll| toll.of.and_then(key).unwrap_or_default()).collect()
        })
    }

    #[test]
    fn fighters_are_of_the_party_that_follows() {
        assert_eq!(whose("مقتل 12 عنصرا من داعش و8 من الحوثيين."), ["islamic_state", "houthis"]);
        assert_eq!(whose("إصابة ستة عناصر لقسد بانفجار لغم."), ["sdf"]);
        assert_eq!(whose("مقتل 49 مسلحا من تنظيم داعش."), ["islamic_state"]);
        assert_eq!(whose("نعت حركة حماس ثلاثة من مقاتليها قتلوا في مواجهات مع الجيش الإسرائيلي."), ["hamas"]);
        assert_eq!(whose("مقتل ثلاثة عناصر."), [""]);
    }

    #[test]
    fn others_are_of_those_told_before() {
        assert_eq!(whose("قتل ثلاثة لاجئين وأصيب سبعة آخرون بالقصف."), ["refugees", "refugees"]);
        // Of two parties nobody knows which.
        let both = whose("قتل جنديان من الحوثيين وثلاثة عمال وأصيب سبعة آخرون بالقصف.");
        assert_eq!(both.last().map(String::as_str), Some(""), "{both:?}");
    }
}
