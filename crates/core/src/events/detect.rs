//! Whether an event word names an event of the report, and of what type.

use super::features::{Features, template, word_id};
use super::scene::{Lone, Scene, Slot};
use crate::codebook::{ActorKind, Class, CueKind, Kind, Means, Role};
use crate::event_type::SubEventType;
use crate::mentions::actors::{ActorMention, Party};
use crate::mentions::triggers::Trigger;

impl Scene<'_> {
    /// The type that the rules give an event word.
    #[must_use]
    pub fn rule_type(&self, trigger: &Trigger) -> SubEventType {
        let means = || self.means_within(&self.analysis.clause_of(trigger.words.start));
        trigger.rule.unwrap_or_else(|| self.rule_type_by(trigger, &means()))
    }

    /// The same, by means that stand elsewhere.
    fn rule_type_by(&self, trigger: &Trigger, means: &[Means]) -> SubEventType {
        let class = trigger.word(self.book).class;
        let has = |wanted: &[Means]| means.iter().any(|means| wanted.contains(means));
        match class {
            Class::Fixed(kind) => kind,
            Class::Strike if has(&[Means::Chemical]) => SubEventType::ChemicalWeapon,
            Class::Strike if has(&[Means::Air, Means::Drone]) => SubEventType::AirDroneStrike,
            Class::Strike if has(&[Means::Ied, Means::Mine]) => SubEventType::RemoteExplosiveIed,
            Class::Strike if has(&[Means::Grenade]) => SubEventType::Grenade,
            Class::Strike => SubEventType::ShellingArtilleryMissile,
            Class::Blast if has(&[Means::Suicide]) => SubEventType::SuicideBomb,
            Class::Blast => SubEventType::RemoteExplosiveIed,
            Class::Kill | Class::Wound | Class::Assault | Class::Destroy => {
                if has(&[Means::Suicide]) {
                    SubEventType::SuicideBomb
                } else if has(&[Means::Air, Means::Drone]) {
                    SubEventType::AirDroneStrike
                } else if has(&[Means::Artillery, Means::Missile, Means::Tank]) {
                    SubEventType::ShellingArtilleryMissile
                } else if has(&[Means::Ied, Means::Mine]) {
                    SubEventType::RemoteExplosiveIed
                } else if class == Class::Destroy {
                    SubEventType::LootingPropertyDestruction
                } else if self.armed_near(trigger) {
                    SubEventType::ArmedClash
                } else {
                    SubEventType::Attack
                }
            }
            Class::Take => {
                if self.taker_is_government(trigger) {
                    SubEventType::GovernmentRegainsTerritory
                } else {
                    SubEventType::NonStateOvertakesTerritory
                }
            }
            Class::Lose | Class::Advance => SubEventType::ChangeToGroupActivity,
            Class::Detain => SubEventType::Arrests,
            Class::Abduct => SubEventType::Abduction,
            Class::Capture | Class::Repel => SubEventType::ArmedClash,
            Class::Light => SubEventType::OtherStrategic,
        }
    }

    fn means_within(&self, words: &std::ops::Range<usize>) -> Vec<Means> {
        self.analysis
            .within(words.clone())
            .iter()
            .filter(|hit| hit.kind == Kind::Means)
            .map(|hit| self.book.means[hit.index].means)
            .collect()
    }

    fn armed_near(&self, trigger: &Trigger) -> bool {
        let clause = self.analysis.clause_of(trigger.words.start);
        let armed = |party: &Party| match party {
            Party::Listed(index) => !self.book.actors[*index].kind.unarmed(),
            Party::Other(_) | Party::Fighter => true,
        };
        self.actors
            .iter()
            .filter(|mention| clause.contains(&mention.words.start))
            .filter(|mention| armed(&mention.party))
            .count()
            >= 2
    }

    /// Whether who takes a place fights for a state: the actor1 of the frame, else who stands last
    /// before the event word, else the nearest party.
    fn taker_is_government(&self, trigger: &Trigger) -> bool {
        let sentence = self.analysis.sentence_range(trigger.words.start);
        let here = || self.actors.iter().enumerate().filter(|(_, mention)| sentence.contains(&mention.words.start));
        let framed = |index: usize| {
            self.framed
                .get(index)
                .into_iter()
                .flatten()
                .any(|framed| framed.role == Role::Actor1 && self.triggers[framed.trigger].words == trigger.words)
        };
        here()
            .find(|(index, _)| framed(*index))
            .or_else(|| here().rfind(|(_, mention)| mention.words.end <= trigger.words.start))
            .or_else(|| here().min_by_key(|(_, mention)| mention.words.start.abs_diff(trigger.words.start)))
            .is_some_and(|(_, mention)| self.fights_for_state(mention) == Some(true))
    }

    /// Whether a party fights for a state (CODEBOOK.md, 1 and 4: its forces, or a militia on its
    /// side); none where the codebook does not know the party.
    pub(super) fn fights_for_state(&self, mention: &ActorMention) -> Option<bool> {
        let Party::Listed(index) = mention.party else { return None };
        let actor = &self.book.actors[index];
        let allied = || {
            !actor.side.is_empty()
                && self.book.actors.iter().any(|other| other.kind == ActorKind::State && other.side == actor.side)
        };
        Some(actor.kind.governmental() || actor.kind == ActorKind::Militia && allied())
    }

    /// Features of an event word: for `keep` and `kind`.
    #[expect(clippy::too_many_lines, reason = "one list of features, in the order of their subjects")]
    pub fn detect_features(&self, index: usize, out: &mut Features) {
        let trigger = &self.triggers[index];
        let entry = trigger.word(self.book);
        let class = entry.class.id();
        let lemma = word_id(&entry.lemma);
        let position = entry.position as u32;
        let form = u32::from(trigger.hit.form.bits());
        let sentence = self.analysis.sentence_range(trigger.words.start);
        let word = trigger.words.start;
        let rule = self.rule_type(trigger) as u32;
        let headline = u32::from(self.is_headline(trigger.sentence));
        out.add(template("bias"), &[]);
        out.add(template("class"), &[class]);
        out.add(template("lemma"), &[lemma]);
        out.add(template("lemma form"), &[lemma, form]);
        out.add(template("light"), &[u32::from(trigger.light.is_some()), class]);
        out.add(template("class position form"), &[class, position, form]);
        out.add(template("rule"), &[rule]);
        out.add(template("rule class"), &[rule, class]);
        // The means may stand further off: in the sentence, or anywhere in the report.
        let wider = self.rule_type_by(trigger, &self.means_within(&sentence)) as u32;
        out.add(template("rule sentence"), &[wider]);
        out.add(template("rule sentence class"), &[wider, rule, class]);
        let all = self.means_within(&(0..self.analysis.text.words().len()));
        let widest = self.rule_type_by(trigger, &all) as u32;
        out.add(template("rule report"), &[widest, rule]);
        out.add(template("rule report class"), &[widest, wider, class]);
        let count = |wanted: &[Means]| all.iter().filter(|means| wanted.contains(means)).count();
        let (air, ground, planted) = (
            count(&[Means::Air, Means::Drone]),
            count(&[Means::Artillery, Means::Missile, Means::Tank]),
            count(&[Means::Ied, Means::Mine, Means::Suicide]),
        );
        let step = |n: usize| n.min(3) as u32;
        out.add(template("report means"), &[step(air), step(ground), step(planted)]);
        out.add(
            template("report means class"),
            &[u32::from(air > ground), u32::from(ground > 0), u32::from(planted > 0), class],
        );
        let near = word.saturating_sub(4).max(sentence.start)..(trigger.words.end + 4).min(sentence.end);
        for hit in self.analysis.within(near).iter().filter(|hit| hit.kind == Kind::Means) {
            let means = self.book.means[hit.index].means as u32;
            out.add(template("near means"), &[means]);
            out.add(template("near means class"), &[means, class, u32::from(hit.start < word)]);
            out.add(template("near means lemma"), &[means, lemma]);
        }
        out.add(template("headline"), &[headline]);
        out.add(template("headline class"), &[headline, class]);
        let place = match (self.lone(), trigger.sentence) {
            (Some(Lone::Post), _) => 6,
            (Some(Lone::Passage), _) => 5,
            (None, 0) => 0,
            (None, 1) => 1,
            (None, 2..=3) => 2,
            (None, 4..=7) => 3,
            (None, _) => 4,
        };
        out.add(template("sentence"), &[place]);
        out.add(template("sentence class"), &[place, class]);
        for (offset, name) in [(-2_isize, template("two before")), (-1, template("before"))] {
            let (slot, id) = self.slot(word.checked_add_signed(offset), &sentence);
            out.add(name, &[slot as u32, id]);
            out.add(name, &[slot as u32, id, class, 7]);
        }
        for (offset, name) in [(0, template("after")), (1, template("two after"))] {
            let (slot, id) = self.slot(Some(trigger.words.end + offset), &sentence);
            out.add(name, &[slot as u32, id]);
            out.add(name, &[slot as u32, id, class, 7]);
        }
        for (offset, name) in [(-1_isize, template("word before")), (0, template("word after"))] {
            let at = if offset < 0 { word.checked_sub(1) } else { Some(trigger.words.end) };
            if let Some(at) = at.filter(|at| sentence.contains(at)) {
                out.add(name, &[word_id(self.analysis.text.norm(at))]);
            }
        }
        // What is written on it: «لاستعادة» is a purpose.
        let clitics = trigger.hit.clitics;
        let written = clitics.preposition.map_or(0, |preposition| preposition as u32 + 1) * 4
            + 2 * u32::from(clitics.conjunction)
            + u32::from(clitics.future);
        out.add(template("written"), &[written]);
        out.add(template("written class"), &[written, class]);
        out.add(template("written lemma"), &[written, lemma]);
        self.phrase_features(trigger, lemma, out);
        self.sided_features(trigger, out);
        // What the clause and the sentence hold.
        let clause = self.analysis.clause_of(word);
        self.holds(&clause, class, template("clause"), template("clause class"), out);
        self.holds(&sentence, class, template("sentence holds"), template("sentence holds class"), out);
        for (range, name) in [(&clause, template("clause places")), (&sentence, template("sentence places"))] {
            let places =
                self.places.iter().filter(|place| range.contains(&place.mention.words.start)).count().min(2) as u32;
            let days = self.days.iter().filter(|day| range.contains(&day.words.start)).count().min(1) as u32;
            let tolls = self.tolls.iter().filter(|toll| range.contains(&toll.words.start)).count().min(2) as u32;
            out.add(name, &[places, days]);
            out.add(name, &[places, days, class, 3]);
            out.add(name, &[tolls, 9, class]);
        }
        let own = self.tolls.iter().any(|toll| toll.act == word);
        out.add(template("own toll"), &[u32::from(own), class]);
        if entry.class.is_effect() {
            let caused = self
                .triggers
                .iter()
                .any(|other| other.sentence == trigger.sentence && !other.word(self.book).class.is_effect());
            out.add(template("cause in sentence"), &[u32::from(caused), class]);
        }
        for mention in self.actors.iter().filter(|mention| sentence.contains(&mention.words.start)) {
            let kind = self.party_kind(mention);
            let after = u32::from(mention.words.start >= trigger.words.end);
            let near = u32::from(self.analysis.boundaries_between(mention.words.start, word) == 0);
            out.add(template("party"), &[kind, after, near]);
            out.add(template("party class"), &[kind, after, near, class]);
            if near == 1 && (mention.words.start == trigger.words.end || mention.words.end == word) {
                out.add(template("adjacent party"), &[kind, after, lemma]);
            }
        }
        let spoken = self.claims.iter().any(|claim| claim.sentences.contains(&trigger.sentence));
        out.add(template("spoken"), &[u32::from(spoken), class]);
        let others =
            self.triggers.iter().filter(|other| other.sentence == trigger.sentence && other.words != trigger.words);
        for other in others {
            let before = u32::from(other.words.start < word);
            out.add(template("other trigger"), &[other.word(self.book).class.id(), before]);
            out.add(template("other trigger class"), &[other.word(self.book).class.id(), before, class]);
        }
    }

    fn holds(
        &self,
        range: &std::ops::Range<usize>,
        class: u32,
        one: super::features::Template,
        two: super::features::Template,
        out: &mut Features,
    ) {
        for hit in self.analysis.within(range.clone()) {
            let (part, id) = match hit.kind {
                Kind::Means => (1, self.book.means[hit.index].means as u32),
                Kind::Cue => (2, self.book.cues[hit.index].kind as u32),
                Kind::Reporting => (3, self.book.reporting[hit.index].kind as u32),
                Kind::Force => (4, self.book.forces[hit.index].class as u32),
                _ => continue,
            };
            out.add(one, &[part, id]);
            out.add(two, &[part, id, class]);
        }
    }

    /// Features of modality and background.
    pub fn modality_features(&self, index: usize, out: &mut Features) {
        let trigger = &self.triggers[index];
        let entry = trigger.word(self.book);
        let sentence = self.analysis.sentence_range(trigger.words.start);
        let word = trigger.words.start;
        out.add(template("bias"), &[]);
        out.add(template("class"), &[entry.class.id()]);
        out.add(template("form"), &[u32::from(trigger.hit.form.bits()), entry.position as u32]);
        out.add(template("future"), &[u32::from(trigger.hit.clitics.future)]);
        for hit in self.analysis.within(sentence.clone()) {
            let before = u32::from(hit.start < word);
            let boundaries = self.analysis.boundaries_between(hit.start, word).min(2);
            match hit.kind {
                Kind::Cue => {
                    let kind = self.book.cues[hit.index].kind;
                    out.add(template("cue"), &[kind as u32, before, boundaries]);
                    if before == 1 && word - hit.start <= 4 {
                        out.add(template("cue near"), &[kind as u32]);
                    }
                    if kind == CueKind::Negation && hit.end == word {
                        out.add(template("negated"), &[]);
                    }
                }
                Kind::Reporting => {
                    out.add(template("reporting"), &[self.book.reporting[hit.index].kind as u32, before]);
                }
                _ => {}
            }
        }
        for day in self.days.iter().filter(|day| sentence.contains(&day.words.start)) {
            out.add(
                template("recalled"),
                &[u32::from(day.recalled), self.analysis.boundaries_between(day.words.start, word).min(2)],
            );
            if let (Some(published), Some(start)) = (self.published, day.start) {
                let days = (published - start).get_days();
                let step = match days {
                    i32::MIN..=-1 => 0,
                    0..=1 => 1,
                    2..=4 => 2,
                    5..=9 => 3,
                    10..=30 => 4,
                    _ => 5,
                };
                out.add(template("age"), &[step, self.analysis.boundaries_between(day.words.start, word).min(2)]);
            }
        }
        let place = trigger.sentence.min(8) as u32;
        let last = self.analysis.text.sentences().len().saturating_sub(trigger.sentence + 1).min(4) as u32;
        out.add(template("sentence"), &[place]);
        out.add(template("from the end"), &[last]);
        let (slot, id) = self.slot(word.checked_sub(1), &sentence);
        out.add(template("before"), &[slot as u32, id]);
        if slot == Slot::Other
            && let Some(before) = word.checked_sub(1)
        {
            out.add(template("word before"), &[word_id(self.analysis.text.norm(before))]);
        }
        self.sided_features(trigger, out);
        // The paragraph opens with a formula of recall («يذكر أن»).
        let opening = self.analysis.within(sentence.start..sentence.end.min(sentence.start + 3));
        for hit in opening.iter().filter(|hit| hit.kind == Kind::Cue) {
            out.add(template("opening"), &[self.book.cues[hit.index].kind as u32]);
        }
    }
}
