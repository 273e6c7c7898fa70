//! What one event word holds before words are joined: whether it names an event, of what type, and the
//! mentions that may belong to it, each with how sure the learned stages are.

use maydani_text::Gap;

use super::features::Features;
use super::model::Model;
use super::scene::{PlaceNamed, Scene};
use super::weights::Stage;
use crate::analysis::Hit;
use crate::codebook::{Class, Kind, Position};
use crate::event_type::SubEventType;
use crate::mentions::actors::{ActorMention, Naming};
use crate::mentions::triggers::Trigger;
use crate::record::PlaceKind;

/// A value chosen from the scene's mentions, with how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chosen {
    /// Index among the scene's mentions of its kind.
    pub index: usize,
    /// Probability.
    pub sure: f32,
}

/// A place changes hands; who takes it decides between the two.
pub(super) const TERRITORY: [SubEventType; 2] =
    [SubEventType::GovernmentRegainsTerritory, SubEventType::NonStateOvertakesTerritory];
/// Words after an anniversary within which what it remembers is named.
const REMEMBERED: usize = 3;
/// How much the rule's type counts for a word that alone decides.
const RULE_FIXED: f32 = 0.5;
/// The same for words whose means or parties decide.
const RULE_OPEN: f32 = 0.2;

/// What one event word holds, before words are joined.
#[derive(Debug, Clone)]
pub struct Holding {
    /// Index of the event word.
    pub trigger: usize,
    /// Probability that it names an event.
    pub keep: f32,
    /// Probabilities of the types.
    pub kinds: Vec<f32>,
    pub(super) actor1: Vec<Chosen>,
    pub(super) actor2: Vec<Chosen>,
    pub(super) places: Vec<Chosen>,
    pub(super) days: Vec<Chosen>,
    pub(super) tolls: Vec<Chosen>,
    pub(super) claims: Vec<Chosen>,
}

impl Scene<'_> {
    /// Whether a party is looked at for an event word.
    #[must_use]
    pub fn role_candidate(&self, trigger: &Trigger, index: usize) -> bool {
        let mention = &self.actors[index];
        // Who only supports a side is no party of the event, nor is a word of a place's name.
        if mention.key(self.book).is_none() || self.supports(&mention.words) || self.is_in_place_name(mention) {
            return false;
        }
        let sentence = self.analysis.text.sentence_of(mention.words.start);
        sentence == trigger.sentence || sentence + 1 == trigger.sentence || self.is_headline(sentence)
    }

    /// Whether a place is looked at for an event word.
    #[must_use]
    pub fn place_candidate(&self, trigger: &Trigger, index: usize) -> bool {
        let place = &self.places[index];
        // Who only supports a side, or acts, is not where it happens, either.
        let words = &place.mention.words;
        if place.value.kind == PlaceKind::Country && (self.supports(words) || self.is_subject(words.start)) {
            return false;
        }
        let sentence = self.analysis.text.sentence_of(place.mention.words.start);
        sentence <= trigger.sentence + 1 && sentence + 3 >= trigger.sentence || sentence <= 1
    }

    /// «حي الشيخ جراح» has no surgeon.
    fn is_in_place_name(&self, mention: &ActorMention) -> bool {
        let holds = |place: &PlaceNamed| {
            let words = &place.mention.words;
            let within = words.start < mention.words.start && mention.words.end <= words.end;
            within && place.value.id.is_some()
        };
        mention.naming == Naming::Person && self.places.iter().any(holds)
    }

    /// «استهدفت إسرائيل مواقع»، «أعلنت تركيا»: a state right after a verb in the feminine is its subject.
    fn is_subject(&self, word: usize) -> bool {
        let Some(before) = word.checked_sub(1) else { return false };
        let verb = |hit: &Hit| {
            let is_verb = match hit.kind {
                Kind::Event => self.book.events[hit.index].position == Position::Verb,
                Kind::Reporting => true,
                _ => false,
            };
            is_verb && hit.end == word && hit.form.feminine()
        };
        self.analysis.text.gap(word).only(Gap::INSIDE_NAME) && self.analysis.at(before).any(verb)
    }

    /// Whether a day is looked at for an event word.
    #[must_use]
    pub fn day_candidate(&self, trigger: &Trigger, index: usize) -> bool {
        let day = &self.days[index];
        if day.anniversary {
            return (day.words.end..=day.words.end + REMEMBERED).contains(&trigger.words.start);
        }
        let sentence = self.analysis.text.sentence_of(day.words.start);
        sentence <= trigger.sentence + 1 && sentence + 3 >= trigger.sentence || sentence <= 2 || day.dateline
    }

    /// Whether a toll is looked at for an event word.
    #[must_use]
    pub fn toll_candidate(&self, trigger: &Trigger, index: usize) -> bool {
        let sentence = self.analysis.text.sentence_of(self.tolls[index].words.start);
        sentence <= trigger.sentence + 1 && sentence + 1 >= trigger.sentence
    }

    /// Whether a claim is looked at for an event word.
    #[must_use]
    pub fn claim_candidate(&self, trigger: &Trigger, index: usize) -> bool {
        let sentence = self.claims[index].sentences.start;
        sentence <= trigger.sentence && sentence + 2 >= trigger.sentence
    }

    /// What the learned stages say of one event word.
    #[must_use]
    pub fn hold(&self, index: usize, model: &Model, buffer: &mut Buffer) -> Holding {
        let trigger = &self.triggers[index];
        let Buffer { features, out } = buffer;
        features.clear();
        self.detect_features(index, features);
        model.keep.probabilities(features, out);
        let keep = out.get(1).copied().unwrap_or(0.0);
        model.kind.probabilities(features, out);
        let mut kinds = out.clone();
        // The codebook's own word on the type counts beside the learned one, more so where a word
        // alone decides: rare types have few examples to learn from.
        let rule = self.rule_type(trigger) as usize;
        let share = if matches!(trigger.word(self.book).class, Class::Fixed(_)) { RULE_FIXED } else { RULE_OPEN };
        for (kind, p) in kinds.iter_mut().enumerate() {
            *p = *p * (1.0 - share) + if kind == rule { share } else { 0.0 };
        }
        Holding {
            trigger: index,
            keep,
            kinds,
            actor1: Vec::new(),
            actor2: Vec::new(),
            places: Vec::new(),
            days: Vec::new(),
            tolls: Vec::new(),
            claims: Vec::new(),
        }
        .filled(self, trigger, model, buffer)
    }
}

impl Holding {
    /// Probability of a type; a place that changes hands is one type, until it is known who takes it.
    pub(super) fn kind(&self, kind: SubEventType) -> f32 {
        let p = |kind: SubEventType| self.kinds.get(kind as usize).copied().unwrap_or(0.0);
        if TERRITORY.contains(&kind) { TERRITORY.into_iter().map(p).sum() } else { p(kind) }
    }

    fn filled(mut self, scene: &Scene<'_>, trigger: &Trigger, model: &Model, buffer: &mut Buffer) -> Self {
        let Buffer { features, out } = buffer;
        for index in (0..scene.actors.len()).filter(|&index| scene.role_candidate(trigger, index)) {
            features.clear();
            scene.role_features(trigger, index, features);
            model.role.probabilities(features, out);
            if let [_, first, second] = out[..] {
                self.actor1.push(Chosen { index, sure: first });
                self.actor2.push(Chosen { index, sure: second });
            }
        }
        self.places = (0..scene.places.len())
            .filter(|&index| scene.place_candidate(trigger, index))
            .map(|index| buffer.chosen(&model.place, index, |features| scene.place_features(trigger, index, features)))
            .collect();
        self.days = (0..scene.days.len())
            .filter(|&index| scene.day_candidate(trigger, index))
            .map(|index| buffer.chosen(&model.day, index, |features| scene.day_features(trigger, index, features)))
            .collect();
        self.tolls = (0..scene.tolls.len())
            .filter(|&index| scene.toll_candidate(trigger, index))
            .map(|index| buffer.chosen(&model.toll, index, |features| scene.toll_features(trigger, index, features)))
            .collect();
        self.claims = (0..scene.claims.len())
            .filter(|&index| scene.claim_candidate(trigger, index))
            .map(|index| buffer.chosen(&model.claim, index, |features| scene.claim_features(trigger, index, features)))
            .collect();
        self
    }
}

/// Scratch space for features and probabilities.
#[derive(Debug, Default)]
pub struct Buffer {
    pub(super) features: Features,
    pub(super) out: Vec<f32>,
}

impl Buffer {
    /// A mention, and how sure a stage is of it by the features that `add` gives.
    fn chosen(&mut self, stage: &Stage, index: usize, add: impl FnOnce(&mut Features)) -> Chosen {
        self.features.clear();
        add(&mut self.features);
        stage.probabilities(&self.features, &mut self.out);
        Chosen { index, sure: self.out.get(1).copied().unwrap_or(0.0) }
    }
}

pub(super) fn best(values: &[f32]) -> Option<(usize, f32)> {
    values.iter().copied().enumerate().fold(
        None,
        |top: Option<(usize, f32)>, this| if top.is_none_or(|top| this.1 > top.1) { Some(this) } else { top },
    )
}

pub(super) fn top(all: &[Chosen]) -> Option<Chosen> {
    all.iter().copied().fold(
        None,
        |top: Option<Chosen>, this| if top.is_none_or(|top| this.sure > top.sure) { Some(this) } else { top },
    )
}
