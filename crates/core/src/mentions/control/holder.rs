//! The party of a statement of control.

use maydani_text::Gap;

use super::{LOOSE, Reader, Reading};
use crate::codebook::{ActorKind, Kind, Shape, ShapeKind};
use crate::mentions::actors::{ActorMention, Party};

impl Reader<'_, '_> {
    pub(super) fn party_at(&self, at: usize) -> Option<usize> {
        let first = self.scene.actors.partition_point(|actor| actor.words.start < at);
        self.scene.actors.get(first).filter(|actor| actor.words.start == at).map(|_| first)
    }

    /// Whether a party can hold a place: it is named, and armed or a state.
    fn holds(&self, actor: &ActorMention) -> bool {
        match &actor.party {
            Party::Listed(index) => matches!(
                self.scene.book.actors[*index].kind,
                ActorKind::State | ActorKind::Rebel | ActorKind::Militia | ActorKind::External
            ),
            Party::Other(_) => actor.force.is_some(),
            Party::Fighter => false,
        }
    }

    pub(super) fn holder_after(&self, said: &mut Reading) -> Option<()> {
        let mut at = self.skipped(said.words.end);
        // «عناصر تنظيم X», «مسلحي X»: the party follows.
        for _ in 0..LOOSE {
            if at > said.words.start && !self.joined(at) {
                return None;
            }
            match self.party_at(at) {
                Some(index) if self.holds(&self.scene.actors[index]) => {
                    self.take_holders(index, said);
                    return Some(());
                }
                Some(index) if self.scene.actors[index].party == Party::Fighter => {
                    at = self.skipped(self.scene.actors[index].words.end);
                }
                None if [Kind::Force, Kind::Person].iter().any(|kind| self.analysis.kind_at(at, *kind).is_some()) => {
                    at = self.skipped(at + 1);
                }
                _ => return None,
            }
        }
        None
    }

    /// The party and those joined to it («و»); other names of it in brackets go with it.
    fn take_holders(&self, first: usize, said: &mut Reading) {
        said.holders.push(first);
        said.words.end = self.scene.actors[first].words.end;
        while let Some(next) = self.party_at(said.words.end) {
            let actor = &self.scene.actors[next];
            let same = said.holders.iter().any(|&held| self.scene.actors[held].party == actor.party);
            let and = actor.clitics.conjunction && self.joined(actor.words.start) && self.holds(actor);
            if !same && !and {
                break;
            }
            if !same {
                said.holders.push(next);
            }
            said.words.end = actor.words.end;
        }
    }

    /// The party whose mention ends before word `at`.
    pub(super) fn holder_before(&self, shape: &Shape, at: usize, said: &mut Reading) -> Option<()> {
        let open = if shape.kind == ShapeKind::Attribute { Gap::COMMA.and(Gap::CLOSE) } else { Gap::CLOSE };
        if !self.analysis.text.gap(at).only(Gap::INSIDE_NAME.and(open)) {
            return None;
        }
        let range = self.sentence_range();
        let last = self.scene.actors.partition_point(|actor| actor.words.start < at);
        let mut index = last.checked_sub(1)?;
        let end = self.scene.actors[index].words.end;
        if end > at || !(end..at).all(|word| self.describes(word)) || at - end > LOOSE {
            return None;
        }
        if self.scene.actors[index].words.start < range.start || !self.holds(&self.scene.actors[index]) {
            return None;
        }
        // «تنظيم الدولة الإسلامية (داعش)»
        while let Some(before) = index.checked_sub(1) {
            let (one, two) = (&self.scene.actors[before], &self.scene.actors[index]);
            let same = one.party == two.party && one.words.end == two.words.start;
            if !same {
                break;
            }
            index = before;
        }
        said.holders.push(index);
        said.words.start = self.scene.actors[index].words.start;
        // «الجيش وحزب الله يسيطرون»: both; «الجيش وحزب الله الذي يسيطر»: the one.
        while let Some(before) = index.checked_sub(1).filter(|_| shape.kind != ShapeKind::Attribute) {
            let (one, two) = (&self.scene.actors[before], &self.scene.actors[index]);
            let and = two.clitics.conjunction && one.words.end == two.words.start && self.joined(two.words.start);
            if !and || one.words.start < range.start || !self.holds(one) {
                break;
            }
            said.holders.insert(0, before);
            said.words.start = one.words.start;
            index = before;
        }
        Some(())
    }
}
