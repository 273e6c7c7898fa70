//! The place of a statement of control.

use maydani_text::{Gap, PhraseMatch};

use super::{LOOSE, Reader, Reading};
use crate::codebook::{Shape, ShapeKind, Sign};
use crate::events::scene::PlaceNamed;
use crate::mentions::places::Relation;
use crate::record::PlaceKind;

impl Reader<'_, '_> {
    /// What one can hold: nobody holds a province by one statement.
    fn can_be_held(&self, index: usize) -> bool {
        let kind = self.scene.places[index].value.kind;
        kind.is_specific() || kind == PlaceKind::District
    }

    pub(super) fn place_after(&self, said: &mut Reading) -> Option<()> {
        let at = self.skipped(said.words.end);
        if !self.joined(at) {
            return None;
        }
        // «العاصمة صنعاء»: the word before the name may be its own, or one that may stand between.
        let begins = |place: &PlaceNamed| {
            let mention = &place.mention;
            (said.words.end..=at).contains(&mention.reach.start) && mention.words.end > at
        };
        let first = self.scene.places.iter().position(begins)?;
        let itself = self.scene.places[first].mention.relation == Relation::At;
        if !itself || !self.can_be_held(first) || self.names_part(first, self.list_of(first).len()) {
            return None;
        }
        let list = self.list_of(first);
        said.words.end = list.iter().map(|&index| self.scene.places[index].mention.words.end).max()?;
        said.places = list;
        Some(())
    }

    /// The mentions of the list that a mention opens, itself included.
    fn list_of(&self, first: usize) -> Vec<usize> {
        let member = |&index: &usize| index == first || self.scene.places[index].mention.list == first;
        (first..self.scene.places.len()).filter(member).filter(|&index| self.can_be_held(index)).collect()
    }

    pub(super) fn place_before(&self, shape: &Shape, words: &PhraseMatch<Sign>, said: &mut Reading) -> Option<()> {
        let text = &self.analysis.text;
        let at = words.start;
        let range = self.sentence_range();
        let last = self.scene.places.partition_point(|place| place.mention.words.start < at).checked_sub(1)?;
        let mut index = last;
        let mention = |index: usize| &self.scene.places[index].mention;
        let end = mention(index).reach.end.max(mention(index).words.end);
        if end > at || at - end > LOOSE || mention(index).words.start < range.start {
            return None;
        }
        let attribute = shape.kind == ShapeKind::Attribute;
        let masculine = attribute && self.stands(Sign::Masculine, at..at + 1);
        let marks = Gap::INSIDE_NAME.and(Gap::CLOSE);
        let marks = if attribute { marks.and(Gap::COMMA).and(Gap::OPEN) } else { marks };
        if !(end..=at).all(|word| text.gap(word).only(marks))
            || !(end..at).all(|word| self.describes(word) || self.stands(Sign::Between, word..word + 1))
        {
            return None;
        }
        // «مدينة X بريف Y التي …» speaks of X, as does «حي X في مدينة Y الذي …»: towns are feminine.
        let agrees = |index: usize| !(masculine && self.scene.places[index].value.kind == PlaceKind::Settlement);
        // «مدينة X شمال Y التي …»: X. «شمال Y التي …»: what lies there, not Y.
        let aside = |index: usize| mention(index).relation == Relation::Direction && !mention(index).cued;
        while !self.can_be_held(index) || !agrees(index) || aside(index) {
            let before = index.checked_sub(1)?;
            if mention(before).within != Some(index) || mention(before).words.start < range.start {
                return None;
            }
            index = before;
        }
        // «X قرب Y التي …»: either may be meant. «قرب Y التي …»: Y.
        if mention(index).locates || !attribute && mention(index).relation != Relation::At {
            return None;
        }
        let head = mention(index).list.min(index);
        let shares = head < index && mention(index).reach.start == mention(index).words.start;
        let named = if shares { self.list_of(head) } else { vec![index] };
        let first = *named.first()?;
        // «القصر في حي X لا يزال …»: the palace, not X.
        let part = if masculine { self.names_part(first, named.len()) } else { self.is_part(first, named.len()) };
        if part || !attribute && self.follows_preposition(first) {
            return None;
        }
        said.words.start = mention(first).reach.start.min(mention(first).words.start);
        said.places = named;
        Some(())
    }

    /// «في مدينة X», «بمدينة X»: the place is not what the clause speaks of.
    fn follows_preposition(&self, index: usize) -> bool {
        let place = &self.scene.places[index];
        let start = place.mention.reach.start.min(place.mention.words.start);
        let from = start.saturating_sub(1).max(self.sentence_range().start);
        place.clitics.preposition.is_some() || self.stands(Sign::NotSubject, from..start + 1)
    }

    /// «أحياء X», «معظم X»: what is held is a part of it.
    fn names_part(&self, index: usize, listed: usize) -> bool {
        let place = &self.scene.places[index].mention;
        let start = place.reach.start.min(place.words.start);
        listed == 1 && self.stands(Sign::Part, start..place.words.start + 1)
            || start > self.sentence_range().start && self.stands(Sign::Part, start - 1..start)
    }

    /// The same, and «مناطق في مدينة X».
    fn is_part(&self, index: usize, listed: usize) -> bool {
        let place = &self.scene.places[index].mention;
        let start = place.reach.start.min(place.words.start);
        let from = start.saturating_sub(LOOSE).max(self.sentence_range().start);
        self.names_part(index, listed) || self.follows_preposition(index) && self.stands(Sign::Part, from..start)
    }
}
