//! Whether two event words tell of one occurrence.

use super::features::{Features, distance_step, template, word_id};
use super::holding::{Chosen, Holding, TERRITORY, best, top};
use super::model::Thresholds;
use super::scene::Scene;
use crate::codebook::{CueKind, Kind};
use crate::event_type::SubEventType;
use crate::mentions::triggers::Trigger;

/// Words on either side of an event word that are compared.
const NEAR: usize = 12;

/// What is known of an event word before words are joined into events.
#[derive(Debug, Clone)]
pub struct Told<'a> {
    /// What the learned stages say of it.
    pub holding: &'a Holding,
    /// Index of the event word.
    pub trigger: usize,
    /// Its type.
    pub kind: SubEventType,
    /// How sure its type is, 0 to 1.
    pub sure: f32,
    /// Parties in their roles, as keys.
    pub actor1: Vec<String>,
    /// The other side.
    pub actor2: Vec<String>,
    /// Names of its places.
    pub places: Vec<String>,
    /// Its day.
    pub day: Option<(jiff::civil::Date, jiff::civil::Date)>,
    /// Its tolls: kind, least, most.
    pub tolls: Vec<(u32, u32, Option<u32>)>,
}

fn overlap<T: PartialEq>(a: &[T], b: &[T]) -> u32 {
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    let shared = a.iter().filter(|x| b.contains(x)).count();
    if shared == 0 {
        1
    } else if shared == a.len().max(b.len()) {
        3
    } else {
        2
    }
}

impl Scene<'_> {
    /// What joining looks at.
    #[must_use]
    pub fn told<'a>(&self, holding: &'a Holding, kinds: &[SubEventType], thresholds: &Thresholds) -> Told<'a> {
        let (kind, sure) = best(&holding.kinds).map_or((SubEventType::OtherStrategic, 0.0), |(at, sure)| {
            (kinds.get(at).copied().unwrap_or(SubEventType::OtherStrategic), sure)
        });
        let keys = |chosen: &[Chosen]| -> Vec<String> {
            let mut keys: Vec<String> = chosen
                .iter()
                .filter(|c| c.sure >= thresholds.role)
                .filter_map(|c| self.actors[c.index].key(self.book))
                .collect();
            keys.sort();
            keys.dedup();
            keys
        };
        let mut places: Vec<String> = holding
            .places
            .iter()
            .filter(|c| c.sure >= thresholds.place)
            .map(|c| self.places[c.index].value.name_ar.clone())
            .collect();
        places.sort();
        places.dedup();
        Told {
            holding,
            trigger: holding.trigger,
            kind,
            sure,
            actor1: keys(&holding.actor1),
            actor2: keys(&holding.actor2),
            places,
            day: top(&holding.days).filter(|c| c.sure >= thresholds.day).and_then(|c| {
                let day = &self.days[c.index];
                Some((day.start?, day.end?))
            }),
            tolls: holding
                .tolls
                .iter()
                .filter(|c| c.sure >= thresholds.toll)
                .map(|c| {
                    let toll = &self.tolls[c.index];
                    (toll.kind as u32, toll.min, toll.max)
                })
                .collect(),
        }
    }

    /// Features of two event words as one event; `a` stands before `b`.
    pub fn same_features(&self, a: &Told<'_>, b: &Told<'_>, out: &mut Features) {
        let (first, second) = (&self.triggers[a.trigger], &self.triggers[b.trigger]);
        let (one, two) = (first.word(self.book), second.word(self.book));
        let gap = (second.sentence - first.sentence).min(6) as u32;
        let headline = u32::from(self.is_headline(first.sentence));
        let (taking_a, taking_b) = (TERRITORY.contains(&a.kind), TERRITORY.contains(&b.kind));
        let kinds =
            u32::from(a.kind == b.kind || taking_a && taking_b) + u32::from(a.kind.event_type() == b.kind.event_type());
        let places = overlap(&a.places, &b.places);
        let actor1 = overlap(&a.actor1, &b.actor1);
        let actor2 = overlap(&a.actor2, &b.actor2);
        let tolls = overlap(&a.tolls, &b.tolls);
        let days = match (a.day, b.day) {
            (Some(day), Some(other)) if day == other => 2,
            (Some(_), Some(_)) => 1,
            _ => 0,
        };
        let definite = u32::from(second.hit.form.definite());
        let effects = u32::from(one.class.is_effect()) + 2 * u32::from(two.class.is_effect());
        out.add(template("bias"), &[]);
        out.add(template("gap"), &[gap, headline]);
        out.add(template("kinds"), &[kinds]);
        out.add(template("kinds gap"), &[kinds, gap, headline]);
        out.add(template("kind pair"), &[a.kind as u32, b.kind as u32, u32::from(gap == 0)]);
        // A battle and the capture that it ends in are one event.
        if taking_a != taking_b && kinds == 1 {
            out.add(template("captured"), &[u32::from(taking_b), gap.min(3), actor1, places]);
            out.add(template("captured sides"), &[u32::from(taking_b), gap.min(1), actor1, actor2]);
        }
        out.add(template("class pair"), &[one.class.id(), two.class.id(), gap.min(1)]);
        out.add(template("lemma"), &[u32::from(word_id(&one.lemma) == word_id(&two.lemma)), gap.min(2)]);
        out.add(template("places"), &[places]);
        out.add(template("places kinds"), &[places, kinds, gap.min(2), headline]);
        out.add(template("actors"), &[actor1, actor2]);
        out.add(template("actors kinds"), &[actor1, actor2, kinds]);
        out.add(template("actor1 places"), &[actor1, places, kinds]);
        out.add(template("tolls"), &[tolls]);
        out.add(template("tolls kinds"), &[tolls, kinds, places]);
        out.add(template("days"), &[days, places]);
        out.add(template("definite"), &[definite, kinds, gap.min(2)]);
        out.add(template("definite places"), &[definite, places, kinds]);
        out.add(template("effects"), &[effects, gap.min(2), kinds]);
        out.add(template("positions"), &[one.position as u32, two.position as u32, gap.min(1)]);
        // Roles crossed: they fire back.
        let crossed = overlap(&a.actor1, &b.actor2).max(overlap(&a.actor2, &b.actor1));
        out.add(template("crossed"), &[crossed, kinds]);
        if gap == 0 {
            let (from, to) = (first.words.end, second.words.start);
            out.add(template("distance"), &[distance_step(to.saturating_sub(from)), effects, kinds]);
            out.add(
                template("boundaries"),
                &[self.analysis.boundaries_between(from.saturating_sub(1), to).min(4), effects, kinds],
            );
            for hit in self.analysis.within(from..to) {
                if hit.kind == Kind::Cue {
                    out.add(template("cue between"), &[self.book.cues[hit.index].kind as u32]);
                    out.add(template("cue between kinds"), &[self.book.cues[hit.index].kind as u32, kinds, effects]);
                }
            }
            let conjunction = second.hit.clitics.conjunction || to > from && self.analysis.text.is_and(to - 1);
            out.add(template("conjunction"), &[u32::from(conjunction), kinds, effects]);
            let between = self.triggers[a.trigger + 1..b.trigger].len().min(3) as u32;
            out.add(template("between"), &[between, effects]);
        } else {
            let sentence = self.analysis.sentence_range(second.words.start);
            let paragraph = self.analysis.text.gap(sentence.start).any(maydani_text::Gap::PARAGRAPH);
            out.add(template("paragraph"), &[u32::from(paragraph), gap.min(2), kinds]);
            for hit in self.analysis.within(sentence.start..second.words.start) {
                if hit.kind == Kind::Cue {
                    let kind = self.book.cues[hit.index].kind;
                    out.add(template("cue before"), &[kind as u32, gap.min(2)]);
                    if matches!(kind, CueKind::TopicChange | CueKind::SameEvent) {
                        out.add(template("turn"), &[kind as u32, kinds, places]);
                    }
                }
            }
            let opening = self.analysis.text.norm(sentence.start);
            out.add(template("opening"), &[word_id(opening), kinds.min(1)]);
        }
        self.echo_features(a, b, kinds, gap, out);
        self.around_both(first, second, out);
        self.agree_features(a.holding, b.holding, kinds, gap, out);
        let has = |told: &Told<'_>| {
            u32::from(!told.places.is_empty())
                + 2 * u32::from(!told.actor1.is_empty())
                + 4 * u32::from(!told.tolls.is_empty())
        };
        out.add(template("holds"), &[has(a), has(b), kinds]);
    }

    /// What the words around both share, and how many like them stand between.
    fn echo_features(&self, a: &Told<'_>, b: &Told<'_>, kinds: u32, gap: u32, out: &mut Features) {
        let (first, second) = (&self.triggers[a.trigger], &self.triggers[b.trigger]);
        let headline = u32::from(self.is_headline(first.sentence));
        let group = |index: usize| self.rule_type(&self.triggers[index]).event_type();
        let mine = group(b.trigger);
        let between = (a.trigger + 1..b.trigger)
            .filter(|&index| group(index) == mine && !self.triggers[index].word(self.book).class.is_effect())
            .count()
            .min(4) as u32;
        let alike = (0..self.triggers.len()).filter(|&index| group(index) == mine).take(8).count() as u32 / 2;
        let definite = u32::from(second.hit.form.definite());
        out.add(template("like between"), &[between, kinds, gap.min(2)]);
        out.add(template("like between definite"), &[between, kinds, definite, headline]);
        out.add(template("alike"), &[alike, kinds, gap.min(2)]);
        if gap > 0 {
            let shared = self.shared_words(first, second);
            out.add(template("shared"), &[shared, kinds]);
            out.add(template("shared definite"), &[shared, definite, headline, kinds]);
            out.add(template("shared gap"), &[shared, gap.min(3)]);
        }
        // A place of its own beside the second one.
        let clause = self.analysis.clause_of(second.words.start);
        let own = self.places.iter().any(|place| {
            clause.contains(&place.mention.words.start)
                && !place.mention.locates
                && !a.places.contains(&place.value.name_ar)
                && !matches!(
                    place.value.kind,
                    crate::record::PlaceKind::Country | crate::record::PlaceKind::Governorate
                )
        });
        out.add(template("own place"), &[u32::from(own), kinds, gap.min(2)]);
        out.add(template("own place like"), &[u32::from(own), between, kinds, headline]);
        let light = u32::from(first.light.is_some()) + 2 * u32::from(second.light.is_some());
        out.add(template("lights"), &[light, kinds, gap.min(1)]);
        out.add(template("spread"), &[(b.trigger - a.trigger).min(6) as u32, kinds, headline]);
    }

    /// How many words that say something stand near both, in three steps.
    fn shared_words(&self, first: &Trigger, second: &Trigger) -> u32 {
        let words = |trigger: &Trigger| {
            let sentence = self.analysis.sentence_range(trigger.words.start);
            let near = trigger.words.start.saturating_sub(NEAR).max(sentence.start)
                ..(trigger.words.end + NEAR).min(sentence.end);
            near.filter(|word| !trigger.words.contains(word))
                .map(|word| self.bare(word))
                .filter(|text| text.chars().count() > 3)
                .collect::<Vec<_>>()
        };
        let theirs = words(second);
        let mut shared: Vec<&str> = words(first).into_iter().filter(|word| theirs.contains(word)).collect();
        shared.sort_unstable();
        shared.dedup();
        shared.len().min(4) as u32
    }
}
