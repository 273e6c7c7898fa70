//! From mentions to events: which event words count, what belongs to each, which tell one event.

use super::figures::told_once;
use super::gather::{Gathered, Slot};
use super::holding::{Buffer, Chosen, Holding, TERRITORY, best, top};
use super::model::{Model, Thresholds};
use super::scene::Scene;
use crate::event_type::SubEventType;
use crate::mentions::actors::Party;
use crate::record::{Modality, PlaceKind};

/// Days before publication: of what ended earlier no annotated report tells as news.
const LONG_AGO: i32 = 90;

/// Where it is as probable as this that a place changes hands, fighting is only how.
const TAKEN: f32 = 0.6;
/// What may be how a place was taken.
const FIGHTING: [SubEventType; 3] = [SubEventType::ArmedClash, SubEventType::Attack, SubEventType::SuicideBomb];

/// One event, as indices into the scene.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Event words, the principal one first.
    pub triggers: Vec<usize>,
    /// Its type.
    pub kind: SubEventType,
    /// How sure the type is.
    pub kind_sure: f32,
    /// How sure it is an event at all.
    pub sure: f32,
    /// Who acts.
    pub actor1: Vec<Chosen>,
    /// Whom it is done to.
    pub actor2: Vec<Chosen>,
    /// Where.
    pub places: Vec<Chosen>,
    /// When.
    pub day: Option<Chosen>,
    /// Harm.
    pub tolls: Vec<Chosen>,
    /// Who says so.
    pub claim: Option<Chosen>,
    /// Said to have happened, or not.
    pub modality: Modality,
    /// Only recalled.
    pub background: bool,
}

impl Scene<'_> {
    /// The events of the report.
    #[must_use]
    pub fn decide(&self, model: &Model, thresholds: &Thresholds) -> Vec<Decided> {
        let mut buffer = Buffer::default();
        let mut held: Vec<Holding> = Vec::new();
        for index in 0..self.triggers.len() {
            if self.keep(index, model, &mut buffer) >= thresholds.keep {
                held.push(self.hold(index, model, &mut buffer));
            }
        }
        let groups = self.groups(&held, model, thresholds, &mut buffer);
        let mut event = |group: &[usize]| {
            self.event(&group.iter().map(|&index| &held[index]).collect::<Vec<_>>(), model, thresholds, &mut buffer)
        };
        let (mut groups, mut out): (Vec<Vec<usize>>, Vec<Decided>) = groups
            .into_iter()
            .map(|group| {
                let event = event(&group);
                (group, event)
            })
            .filter(|(_, event)| event.sure >= thresholds.event)
            .unzip();
        while let Some((first, second)) = self.taken_twice(&out) {
            out.remove(second);
            let more = groups.remove(second);
            groups[first].extend(more);
            out[first] = event(&groups[first]);
        }
        out.sort_by_key(|event| self.triggers[event.triggers[0]].words.start);
        out
    }

    /// Two events that are one: the same side takes the same place, and no day sets them apart.
    fn taken_twice(&self, events: &[Decided]) -> Option<(usize, usize)> {
        let taker = |event: &Decided| -> Vec<String> {
            event.actor1.iter().filter_map(|side| self.actors[side.index].key(self.book)).collect()
        };
        let place = |chosen: &Chosen| &self.places[chosen.index].value.name;
        let same = |a: &Decided, b: &Decided| {
            let within = |a: &Decided, b: &Decided| {
                let in_b = |x: &Chosen| !self.is_wide(x) && b.places.iter().any(|y| place(x) == place(y));
                !a.places.is_empty() && a.places.iter().all(in_b)
            };
            let day = |event: &Decided| event.day.and_then(|day| self.days[day.index].start);
            TERRITORY.contains(&a.kind)
                && a.kind == b.kind
                && a.modality == b.modality
                && a.background == b.background
                && taker(a).iter().any(|key| taker(b).contains(key))
                && (within(a, b) || within(b, a))
                && day(a).zip(day(b)).is_none_or(|(a, b)| a == b)
        };
        (0..events.len())
            .flat_map(|second| (0..second).map(move |first| (first, second)))
            .find(|&(first, second)| same(&events[first], &events[second]))
    }

    /// The type of a group, and how sure it is.
    #[must_use]
    pub fn group_kind(&self, members: &[&Holding]) -> (SubEventType, f32) {
        let mut scores = vec![0.0_f32; SubEventType::ALL.len()];
        for member in members {
            let effect = self.triggers[member.trigger].word(self.book).class.is_effect();
            // «أضرم محتجون النار»: what they did tells the type, not what they are called.
            let called = members.len() > 1 && self.names_party(member.trigger);
            let weight = member.keep * if effect || called { 0.5 } else { 1.0 };
            for (score, &kind) in scores.iter_mut().zip(SubEventType::ALL) {
                *score += weight * member.kind(kind).max(0.001).ln();
            }
        }
        let mut kind = best(&scores)
            .and_then(|(at, _)| SubEventType::ALL.get(at).copied())
            .unwrap_or(SubEventType::OtherStrategic);
        let held = |kind: SubEventType| members.iter().map(|member| member.kind(kind)).fold(0.0, f32::max);
        // Fighting that changes who holds a place is coded as the territory type (CODEBOOK.md, 1.4).
        if FIGHTING.contains(&kind) && held(TERRITORY[0]) > TAKEN {
            kind = TERRITORY[0];
        }
        if TERRITORY.contains(&kind) {
            let own = |kind: SubEventType| -> f32 {
                let p = |member: &&Holding| member.kinds.get(kind as usize).copied().unwrap_or(0.0);
                members.iter().map(|member| member.keep * p(member).max(0.001).ln()).sum()
            };
            let [first, second] = TERRITORY;
            kind = if own(second) > own(first) { second } else { first };
        }
        (kind, held(kind))
    }

    /// Which member of a group is its principal word.
    pub(super) fn principal(&self, members: &[&Holding]) -> usize {
        let (kind, _) = self.group_kind(members);
        let scores: Vec<f32> = members
            .iter()
            .map(|member| {
                let effect = self.triggers[member.trigger].word(self.book).class.is_effect();
                let headline = self.is_headline(self.triggers[member.trigger].sentence);
                let fits = member.kind(kind);
                member.keep + fits - if effect { 0.5 } else { 0.0 } - if headline { 0.3 } else { 0.0 }
            })
            .collect();
        best(&scores).map_or(0, |(at, _)| at)
    }

    fn keep(&self, index: usize, model: &Model, buffer: &mut Buffer) -> f32 {
        buffer.features.clear();
        self.detect_features(index, &mut buffer.features);
        model.keep.probabilities(&buffer.features, &mut buffer.out);
        buffer.out.get(1).copied().unwrap_or(0.0)
    }

    fn event(&self, members: &[&Holding], model: &Model, thresholds: &Thresholds, buffer: &mut Buffer) -> Decided {
        let (kind, kind_sure) = self.group_kind(members);
        buffer.features.clear();
        self.group_features(members, kind, &mut buffer.features);
        let sure = {
            model.event.probabilities(&buffer.features, &mut buffer.out);
            yes((), &buffer.out)
        };
        let mut triggers: Vec<usize> = members.iter().map(|member| member.trigger).collect();
        triggers[1..].sort_unstable();
        buffer.features.clear();
        self.modality_features(triggers[0], &mut buffer.features);
        model.modality.probabilities(&buffer.features, &mut buffer.out);
        let modality = match best(&buffer.out) {
            Some((1, _)) => Modality::Denied,
            Some((2, _)) => Modality::Planned,
            _ => Modality::Asserted,
        };
        let background = {
            model.background.probabilities(&buffer.features, &mut buffer.out);
            yes((), &buffer.out)
        } > 0.5;
        let (actor1, actor2) = self.parties(members, model, thresholds, buffer);
        let kind = self.taken_by(kind, &actor1);
        let mut places = self.values(Slot::Place, members, model, buffer);
        let mut days = self.values(Slot::Day, members, model, buffer);
        let mut tolls = self.values(Slot::Toll, members, model, buffer);
        let claims = self.values(Slot::Claim, members, model, buffer);
        if places.iter().any(|c| c.sure >= thresholds.place) {
            places.retain(|c| c.sure >= thresholds.place);
        } else {
            let only = top(&places).filter(|c| c.sure >= thresholds.only_place);
            places = only.into_iter().collect();
        }
        if places.iter().any(|c| !self.is_wide(c)) {
            places.retain(|c| !self.is_wide(c));
        }
        places.sort_by_key(|c| self.places[c.index].mention.words.start);
        tolls.retain(|c| c.sure >= thresholds.toll);
        let mut tolls = told_once(tolls, |toll| self.tolls[toll.index].words.clone());
        tolls.sort_by_key(|c| self.tolls[c.index].words.start);
        days.retain(|c| c.sure >= thresholds.day);
        let day = top(&days);
        let long_ago = day.is_some_and(|day| self.ended_long_ago(day.index));
        Decided {
            triggers,
            kind,
            kind_sure,
            sure,
            actor1,
            actor2,
            places,
            day,
            tolls,
            claim: top(&claims).filter(|c| c.sure >= thresholds.claim),
            modality,
            background: background || long_ago,
        }
    }

    /// Whether a place is a whole province or country.
    fn is_wide(&self, place: &Chosen) -> bool {
        matches!(self.places[place.index].value.kind, PlaceKind::Governorate | PlaceKind::Country)
    }

    /// Whether a time ended so long before publication that what happened then is only recalled.
    fn ended_long_ago(&self, day: usize) -> bool {
        let days = self.published.zip(self.days[day].end).map(|(published, end)| (published - end).get_days());
        days.is_some_and(|days| days > LONG_AGO)
    }

    /// Who takes a place decides of which type that is.
    fn taken_by(&self, kind: SubEventType, takers: &[Chosen]) -> SubEventType {
        let taken = TERRITORY.contains(&kind);
        let known: Vec<bool> =
            takers.iter().filter_map(|taker| self.fights_for_state(&self.actors[taker.index])).collect();
        match (taken, known.is_empty()) {
            (true, false) if known.contains(&true) => SubEventType::GovernmentRegainsTerritory,
            (true, false) => SubEventType::NonStateOvertakesTerritory,
            _ => kind,
        }
    }

    /// The values of a slot, each with how sure it is as a value of the event.
    fn values(&self, slot: Slot, members: &[&Holding], model: &Model, buffer: &mut Buffer) -> Vec<Chosen> {
        let kind = self.group_kind(members).0;
        let all = self.gather(slot, members);
        (0..all.len())
            .map(|at| {
                buffer.features.clear();
                self.gathered_features(slot, &all, at, members, kind, &mut buffer.features);
                model.value.probabilities(&buffer.features, &mut buffer.out);
                Chosen { index: all[at].index, sure: buffer.out.get(1).copied().unwrap_or(0.0) }
            })
            .collect()
    }

    /// Parties of two sides do not act together against nobody: the less sure side is the other.
    fn part_sides(&self, all: &[Gathered], actor1: &mut Vec<Chosen>, actor2: &mut Vec<Chosen>) {
        let side = |chosen: &Chosen| match self.actors[chosen.index].party {
            Party::Listed(index) => Some(self.book.actors[index].side.as_str()).filter(|side| !side.is_empty()),
            _ => None,
        };
        let leaning = |chosen: &Chosen| {
            all.iter().find(|value| value.index == chosen.index).map_or(0.0, |value| value.other - value.top)
        };
        if !actor2.is_empty() || actor1.len() < 2 {
            return;
        }
        let Some(first) = actor1.iter().min_by(|a, b| leaning(a).total_cmp(&leaning(b))).and_then(&side) else {
            return;
        };
        let (ours, theirs): (Vec<Chosen>, Vec<Chosen>) =
            actor1.iter().partition(|chosen| side(chosen).is_none_or(|side| side == first));
        *actor1 = ours;
        *actor2 = theirs;
    }

    /// The parties of an event, each key in one role.
    fn parties(
        &self,
        members: &[&Holding],
        model: &Model,
        thresholds: &Thresholds,
        buffer: &mut Buffer,
    ) -> (Vec<Chosen>, Vec<Chosen>) {
        let kind = self.group_kind(members).0;
        let all = self.gather(Slot::Actor, members);
        let (mut actor1, mut actor2) = (Vec::new(), Vec::new());
        for at in 0..all.len() {
            buffer.features.clear();
            self.gathered_features(Slot::Actor, &all, at, members, kind, &mut buffer.features);
            model.party.probabilities(&buffer.features, &mut buffer.out);
            let index = all[at].index;
            if let [_, first, second] = buffer.out[..] {
                let (first, second) = if self.harmed(index, kind) { (0.0, first + second) } else { (first, second) };
                if first >= second && first >= thresholds.role {
                    actor1.push(Chosen { index, sure: first });
                } else if second > first && second >= thresholds.role {
                    actor2.push(Chosen { index, sure: second });
                }
            }
        }
        self.part_sides(&all, &mut actor1, &mut actor2);
        // Whoever fires on a crowd acts, however the report tells it.
        if kind == SubEventType::ExcessiveForce
            && !actor1.is_empty()
            && actor1.iter().all(|chosen| self.is_crowd(chosen.index))
            && !actor2.iter().any(|chosen| self.is_crowd(chosen.index))
        {
            std::mem::swap(&mut actor1, &mut actor2);
        }
        for list in [&mut actor1, &mut actor2] {
            list.sort_by_key(|c| self.actors[c.index].words.start);
        }
        (actor1, actor2)
    }
}

fn yes((): (), out: &[f32]) -> f32 {
    out.get(1).copied().unwrap_or(0.0)
}
