//! Crowds and attackers: what people do tells what they are called.

use super::scene::Scene;
use crate::codebook::{ActorKind, Codebook, Kind, PersonKey, Role};
use crate::mentions::actors::{ActorMention, CIVILIANS, Party};
use crate::record::TollKind;
use crate::{EventType, SubEventType};

/// The party of a mention in an event of a type.
#[must_use]
pub fn party(book: &Codebook, mention: &ActorMention, kind: SubEventType, role: Role) -> Party {
    crowd(book, mention, kind, role).map_or_else(|| mention.party.clone(), Party::Listed)
}

/// The entry that a crowd has in an event: whoever riots are rioters, whoever gathers in peace are
/// protesters, also when they are called youths or residents (codebook, 4). None: it keeps its own.
fn crowd(book: &Codebook, mention: &ActorMention, kind: SubEventType, role: Role) -> Option<usize> {
    let Party::Listed(index) = mention.party else { return None };
    // «شخصان», «شاب» who attack are no civilians.
    if role == Role::Actor1 && armed(kind) {
        let unarmed = book.actors[index].key == CIVILIANS;
        return unarmed.then(|| book.actors.iter().position(|actor| actor.kind == ActorKind::Unidentified)).flatten();
    }
    let crowd = match (kind.event_type(), role) {
        (EventType::Riots, Role::Actor1) => ActorKind::Rioters,
        (EventType::Protests, Role::Actor1) => ActorKind::Protesters,
        (EventType::Protests, Role::Actor2) if kind != SubEventType::PeacefulProtest => ActorKind::Protesters,
        _ => return None,
    };
    let actor = &book.actors[index];
    let people = match actor.kind {
        ActorKind::Civilian => actor.member_of.is_empty(),
        ActorKind::Protesters | ActorKind::Rioters => true,
        _ => false,
    };
    // «فرقت الشرطة مشاغبين» keeps its word.
    let kept = role == Role::Actor2 && actor.kind == ActorKind::Rioters;
    if !people || kept || actor.kind == crowd {
        return None;
    }
    book.actors.iter().position(|actor| actor.kind == crowd)
}

impl Scene<'_> {
    /// Whether a mention is of people without arms.
    pub(crate) fn is_crowd(&self, index: usize) -> bool {
        matches!(self.actors[index].party, Party::Listed(actor) if self.book.actors[actor].kind.unarmed())
    }

    /// Whether a mention is a word for fighters or soldiers.
    pub(crate) fn bears_arms(&self, index: usize) -> bool {
        let person = self.analysis.kind_at(self.actors[index].words.start, Kind::Person);
        person.is_some_and(|hit| matches!(self.book.persons[hit.index].key, PersonKey::Fighter | PersonKey::Army))
    }

    /// Whether an event word is what a party is called («محتجون»).
    pub(super) fn names_party(&self, trigger: usize) -> bool {
        let words = &self.triggers[trigger].words;
        self.actors.iter().any(|actor| actor.words.start <= words.start && words.end <= actor.words.end)
    }

    /// Whether a mention is of civilians whom the report counts as killed or wounded («قتل شاب برصاص مجهولين»): the armed
    /// side of an event are others.
    pub(super) fn harmed(&self, index: usize, kind: SubEventType) -> bool {
        let counted = |kind| matches!(kind, TollKind::Killed | TollKind::Wounded | TollKind::KilledOrWounded);
        armed(kind)
            && self.actors[index].key(self.book).as_deref() == Some(CIVILIANS)
            && self.tolls.iter().any(|toll| toll.of == Some(index) && counted(toll.kind))
    }
}

/// Whoever does this bears arms.
fn armed(kind: SubEventType) -> bool {
    kind == SubEventType::LootingPropertyDestruction
        || matches!(kind.event_type(), EventType::Battles | EventType::Explosions | EventType::ViolenceAgainstCivilians)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;
    use crate::analysis::Analysis;
    use crate::mentions::actors;
    use maydani_text::Text;

    #[test]
    fn whoever_attacks_is_no_civilian() {
        let book = Codebook::built_in().unwrap();
        let analysis = Analysis::new(Text::new("شخصان"), &book, |_| false);
        let mention = actors::find(&analysis, &book, actors::Countries::default(), None).remove(0);
        let key = |kind, role| party(&book, &mention, kind, role).key(&book).unwrap();
        assert_eq!(key(SubEventType::Attack, Role::Actor1), "unidentified_armed_group");
        assert_eq!(key(SubEventType::Attack, Role::Actor2), "civilians");
        assert_eq!(key(SubEventType::Arrests, Role::Actor2), "civilians");
    }
}
