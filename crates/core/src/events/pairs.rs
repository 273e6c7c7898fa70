//! How a mention stands to an event word: the features that decide roles, places, days and tolls.

use std::ops::Range;

use maydani_text::Clitics;
use rustc_hash::FxHashMap;

use super::features::{Features, distance_step, template, word_id};
use super::scene::{Framed, Scene};
use crate::EventType;
use crate::codebook::{Class, CueKind, ForceClass, Kind, Position, Relation, Role, WordClass};
use crate::mentions::actors::{ActorMention, Naming, Party};
use crate::mentions::tolls::Tie;
use crate::mentions::triggers::Trigger;

/// Where a mention stands, seen from an event word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stand {
    after: bool,
    distance: u32,
    boundaries: u32,
    preposition: u32,
    triggers_between: u32,
    /// Sentences from the event word to the mention: 0 the same, 1 the one before, 2 further up,
    /// 3 the headline, 4 after.
    sentences: u32,
}

impl Stand {
    /// Side, sentences, distance, boundaries and preposition, as numbers.
    pub(crate) const fn codes(self) -> [u32; 5] {
        [
            self.sentences * 2 + self.after as u32,
            self.distance,
            self.boundaries,
            self.preposition,
            self.triggers_between,
        ]
    }

    /// Side and sentences as one number, and boundaries.
    pub(crate) const fn place(self) -> [u32; 2] {
        [self.sentences * 2 + self.after as u32, self.boundaries]
    }
}

impl Scene<'_> {
    pub(crate) fn stand(&self, trigger: &Trigger, words: &Range<usize>, clitics: Clitics) -> Stand {
        let after = words.start >= trigger.words.end;
        let distance =
            if after { words.start - trigger.words.end } else { trigger.words.start.saturating_sub(words.end) };
        let between = if after { trigger.words.end..words.start } else { words.end..trigger.words.start };
        let sentence = self.analysis.text.sentence_of(words.start);
        let sentences = match trigger.sentence.cmp(&sentence) {
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Less => 4,
            std::cmp::Ordering::Greater if self.is_headline(sentence) => 3,
            std::cmp::Ordering::Greater if trigger.sentence - sentence == 1 => 1,
            std::cmp::Ordering::Greater => 2,
        };
        let range = self.analysis.text.sentences().get(sentence).cloned().unwrap_or(0..0);
        Stand {
            after,
            distance: distance_step(distance),
            boundaries: self.analysis.boundaries_between(trigger.words.start, words.start).min(3),
            preposition: self.preposition(words, clitics, &range),
            triggers_between: self.triggers_within(&between).min(3),
            sentences,
        }
    }

    fn triggers_within(&self, words: &Range<usize>) -> u32 {
        let from = self.triggers.partition_point(|trigger| trigger.words.start < words.start);
        self.triggers[from..].iter().take_while(|trigger| trigger.words.start < words.end).count() as u32
    }

    /// The features that every pair has.
    pub(crate) fn pair_features(&self, trigger: &Trigger, words: &Range<usize>, stand: Stand, out: &mut Features) {
        let entry = trigger.word(self.book);
        let class = entry.class.id();
        let position = entry.position as u32;
        let after = u32::from(stand.after);
        let place = stand.sentences * 2 + after;
        out.add(template("bias"), &[]);
        out.add(template("class"), &[class]);
        out.add(template("where"), &[place]);
        out.add(template("where distance"), &[place, stand.distance]);
        out.add(template("where distance boundaries"), &[place, stand.distance, stand.boundaries]);
        out.add(template("where boundaries position"), &[place, stand.boundaries, position]);
        out.add(template("between"), &[place, stand.triggers_between]);
        out.add(template("between boundaries"), &[place, stand.triggers_between, stand.boundaries]);
        out.add(template("preposition"), &[stand.preposition]);
        self.rival_features(trigger, words, out);
        if stand.sentences == 0 {
            self.path_features(trigger, words, out);
            out.add(template("preposition class"), &[stand.preposition, class, after]);
            out.add(template("preposition position"), &[stand.preposition, position, after, stand.boundaries.min(1)]);
            let sentence = self.analysis.sentence_range(trigger.words.start);
            let (slot, id) = self.slot(words.start.checked_sub(1), &sentence);
            out.add(template("before"), &[slot as u32, id, after]);
            let (slot, id) = self.slot(Some(words.end), &sentence);
            out.add(template("after"), &[slot as u32, id, after]);
            if stand.after && stand.distance <= 3 {
                let (slot, id) = self.slot(Some(trigger.words.end), &sentence);
                out.add(template("trigger next"), &[slot as u32, id, position, stand.distance]);
            }
        }
    }

    /// Features of a party as actor1 or actor2 of an event word.
    pub fn role_features(&self, trigger: &Trigger, index: usize, out: &mut Features) {
        let mention = &self.actors[index];
        let stand = self.stand(trigger, &mention.words, mention.clitics);
        self.pair_features(trigger, &mention.words, stand, out);
        let entry = trigger.word(self.book);
        let class = entry.class.id();
        let position = entry.position as u32;
        let after = u32::from(stand.after);
        let naming = mention.naming as u32;
        let kind = self.party_kind(mention);
        out.add(template("naming"), &[naming]);
        out.add(template("kind"), &[kind]);
        out.add(template("kind class"), &[kind, class]);
        out.add(template("kind class where"), &[kind, class, after, stand.sentences]);
        out.add(template("naming where distance"), &[naming, after, stand.distance, stand.sentences]);
        out.add(template("kind preposition"), &[kind, stand.preposition, after]);
        let (leaning, often) = self.leaning(mention.key(self.book).as_deref(), None);
        out.add(template("leaning"), &[leaning, often]);
        out.add(template("leaning where"), &[leaning, stand.sentences, after]);
        out.add(template("leaning kind"), &[leaning, kind, class]);
        self.company_features(trigger, index, stand, kind, out);
        if let Some(force) = mention.force {
            out.add(template("force"), &[force as u32, after, position]);
        }
        // Counted victims.
        let victim = self.tolls.iter().find(|toll| toll.tie == Tie::Tied && toll.of == Some(index));
        if let Some(toll) = victim {
            let own = toll.act == trigger.words.start;
            out.add(template("victim"), &[toll.kind as u32, u32::from(own)]);
            out.add(template("victim class"), &[toll.kind as u32, class, u32::from(own), stand.boundaries.min(2)]);
        }
        let spoken = self.claims.iter().any(|claim| {
            claim.words.start <= mention.words.start
                && mention.words.end <= claim.words.end
                && claim.sentences.contains(&trigger.sentence)
        });
        if spoken {
            out.add(template("speaker"), &[u32::from(stand.boundaries == 0), after]);
        }
        if stand.sentences != 0 {
            out.add(template("elsewhere"), &[stand.sentences, kind, u32::from(self.has_actor_in_sentence(trigger))]);
            return;
        }
        let (relation, head) = self.relation(trigger, index);
        let relation_id = relation.as_ref().map_or(0, relation_id);
        out.add(template("relation"), &[relation_id]);
        out.add(template("relation position"), &[relation_id, position]);
        out.add(template("relation class"), &[relation_id, class]);
        out.add(template("relation kind"), &[relation_id, kind]);
        out.add(template("relation kind class"), &[relation_id, kind, class]);
        out.add(template("relation lemma"), &[relation_id, word_id(&entry.lemma)]);
        let role = relation.as_ref().and_then(|relation| entry.frame.role(relation)).map_or(0, |role| match role {
            Role::Actor1 => 1,
            Role::Actor2 => 2,
            Role::Either => 3,
        });
        out.add(template("frame"), &[role]);
        out.add(template("frame kind"), &[role, kind]);
        out.add(template("frame distance"), &[role, stand.distance, stand.boundaries]);
        out.add(template("coordinated"), &[u32::from(head != index), role]);
        let rank = self.rank(trigger, index);
        out.add(template("rank"), &[rank, after]);
        out.add(template("rank position kind"), &[rank, after, position, kind]);
        out.add(template("rank class"), &[rank, after, class]);
        self.agreement_features(trigger, mention, rank, after, out);
    }

    /// A verb agrees with its subject in gender («استهدفت المدفعية الموقع»), a plural or a pronoun on it
    /// tells that the subject or the object stands elsewhere («استهدفوا الموقع»، «اعتقلته الشرطة»).
    fn agreement_features(&self, trigger: &Trigger, mention: &ActorMention, rank: u32, after: u32, out: &mut Features) {
        let verb =
            trigger.light.and_then(|light| self.analysis.kind_at(light, Kind::Event)).map_or(trigger.hit, |hit| *hit);
        let head = self.bare(mention.words.start);
        let head_id = word_id(head);
        out.add(template("head"), &[head_id, after, trigger.word(self.book).class.id()]);
        if !matches!(self.book.events[verb.index].position, Position::Verb | Position::Passive) {
            if trigger.hit.form.pronoun() && after == 0 {
                self.possessor_features(trigger, mention, head, rank, out);
            }
            return;
        }
        let form = verb.form;
        let verb = u32::from(form.feminine()) + 2 * u32::from(form.plural_subject()) + 4 * u32::from(form.pronoun());
        let ending =
            ["ات", "ون", "ين", "ه", "ا"].iter().position(|ending| head.ends_with(ending)).map_or(0, |at| at as u32 + 1);
        out.add(template("verb form"), &[verb, after, rank]);
        out.add(template("agrees"), &[verb, ending, after, rank.min(1)]);
        out.add(template("agrees head"), &[verb, head_id, after]);
    }

    /// «اعتقلت القوات عددا من المسلحين بعد هجومهم»: whose the act is stands before it, and agrees with its pronoun.
    fn possessor_features(&self, trigger: &Trigger, mention: &ActorMention, head: &str, rank: u32, out: &mut Features) {
        let word = self.analysis.text.norm(trigger.words.end - 1);
        let code = |word: &str, endings: &[&str]| {
            endings.iter().position(|ending| word.ends_with(ending)).map_or(0, |at| at as u32 + 1)
        };
        let pronoun = code(word, &["ها", "هم", "هما", "ه"]);
        let form = code(head, &["ات", "ون", "ين", "ه"]);
        out.add(template("possessor"), &[pronoun, form, rank]);
        out.add(template("possessor kind"), &[pronoun, self.party_kind(mention), rank]);
    }

    /// The roles that the frames of event words give each mention of a party, in its sentence.
    #[must_use]
    pub fn frame(&self) -> Vec<Vec<Framed>> {
        let mut out: Vec<Vec<Framed>> = vec![Vec::new(); self.actors.len()];
        for (trigger, event_word) in self.triggers.iter().enumerate() {
            let sentence = self.analysis.sentence_range(event_word.words.start);
            for (index, mention) in self.actors.iter().enumerate() {
                if !sentence.contains(&mention.words.start) {
                    continue;
                }
                let (Some(relation), _) = self.relation(event_word, index) else { continue };
                if let Some(role) = event_word.word(self.book).frame.role(&relation) {
                    out[index].push(Framed { trigger, role });
                }
            }
        }
        out
    }

    /// How often the frames make each party actor1 and actor2, over all and by type of event: who
    /// attacks in one sentence attacks in the next.
    #[must_use]
    pub fn lean(&self) -> FxHashMap<(String, Option<EventType>), (u32, u32)> {
        let mut out: FxHashMap<(String, Option<EventType>), (u32, u32)> = FxHashMap::default();
        for (mention, framed) in self.actors.iter().zip(&self.framed) {
            let Some(key) = mention.key(self.book) else { continue };
            for framed in framed {
                let group = self.rule_type(&self.triggers[framed.trigger]).event_type();
                for group in [None, Some(group)] {
                    let entry = out.entry((key.clone(), group)).or_default();
                    match framed.role {
                        Role::Actor1 => entry.0 += 1,
                        Role::Actor2 => entry.1 += 1,
                        Role::Either => {}
                    }
                }
            }
        }
        out
    }

    /// Which way a party leans: 0 unknown, 1 always actor1, 2 always actor2, 3 and 4 rather so.
    fn leaning(&self, key: Option<&str>, group: Option<EventType>) -> (u32, u32) {
        let lean = key.and_then(|key| self.leanings.get(&(key.to_owned(), group)).copied()).unwrap_or_default();
        let leaning = match lean {
            (0, 0) => 0,
            (a, b) if a >= b * 3 => 1,
            (a, b) if b >= a * 3 => 2,
            (a, b) if a > b => 3,
            _ => 4,
        };
        (leaning, (lean.0 + lean.1).min(3))
    }

    /// Features of what else is known: the party's role in other event words' frames, and whether
    /// this event word's frame is filled by others.
    fn company_features(&self, trigger: &Trigger, index: usize, stand: Stand, kind: u32, out: &mut Features) {
        let class = trigger.word(self.book).class;
        let group = self.rule_type(trigger).event_type();
        let mention = &self.actors[index];
        let key = mention.key(self.book);
        let (leaning, often) = self.leaning(key.as_deref(), Some(group));
        out.add(template("leaning group"), &[leaning, often, stand.sentences]);
        out.add(template("leaning group kind"), &[leaning, kind, group as u32]);
        let owner = self.framed[index]
            .iter()
            .filter(|framed| self.triggers[framed.trigger].words != trigger.words)
            .min_by_key(|framed| self.triggers[framed.trigger].words.start.abs_diff(mention.words.start));
        if let Some(owner) = owner {
            let other = &self.triggers[owner.trigger];
            let other_class = other.word(self.book).class;
            let kinds = u32::from(self.rule_type(other) == self.rule_type(trigger))
                + u32::from(self.rule_type(other).event_type() == group);
            let role = owner.role as u32;
            let effects = u32::from(other_class.is_effect()) + 2 * u32::from(class.is_effect());
            out.add(template("owner"), &[role, kinds, effects, stand.boundaries.min(2), stand.sentences]);
            out.add(template("owner class"), &[role, other_class.id(), class.id()]);
        } else {
            out.add(template("no owner"), &[stand.sentences, stand.boundaries.min(2)]);
        }
        let mut filled = [0_u32; 2];
        for (other, framed) in self.actors.iter().zip(&self.framed) {
            if other.key(self.book) == key {
                continue;
            }
            for framed in framed.iter().filter(|framed| self.triggers[framed.trigger].words == trigger.words) {
                match framed.role {
                    Role::Actor1 => filled[0] = 1,
                    Role::Actor2 => filled[1] = 1,
                    Role::Either => {}
                }
            }
        }
        let victims = self.tolls.iter().any(|toll| {
            toll.tie == Tie::Tied && toll.act == trigger.words.start && toll.of.is_some_and(|of| of != index)
        });
        out.add(template("filled"), &[filled[0], filled[1], stand.sentences, u32::from(stand.after)]);
        out.add(template("filled kind"), &[filled[0], filled[1], kind, stand.sentences]);
        out.add(template("filled leaning"), &[filled[0], filled[1], leaning, stand.sentences]);
        out.add(template("victims taken"), &[u32::from(victims), kind, stand.sentences]);
        let sentence = self.analysis.sentence_range(trigger.words.start);
        let mut here: Vec<Option<String>> = self
            .actors
            .iter()
            .filter(|other| sentence.contains(&other.words.start))
            .filter_map(|other| other.key(self.book).map(Some))
            .collect();
        here.sort();
        here.dedup();
        let count = here.len().min(4) as u32;
        out.add(template("parties here"), &[count, stand.sentences, u32::from(here.contains(&key))]);
        out.add(template("parties here class"), &[count, kind, class.id(), u32::from(stand.sentences == 0)]);
    }

    /// The kind of a party, as a number.
    pub(crate) fn party_kind(&self, mention: &ActorMention) -> u32 {
        match &mention.party {
            Party::Listed(index) => self.book.actors[*index].kind as u32,
            Party::Other(_) => 20,
            Party::Fighter => 21,
        }
    }

    fn has_actor_in_sentence(&self, trigger: &Trigger) -> bool {
        let range = self.analysis.sentence_range(trigger.words.start);
        self.actors.iter().any(|mention| range.contains(&mention.words.start))
    }

    /// Whether a party or country, by its words, only supports another («المدعومة من الولايات المتحدة»).
    pub(crate) fn supports(&self, words: &Range<usize>) -> bool {
        let from = words.start.saturating_sub(3);
        (from..words.start).any(|word| {
            self.analysis.kind_at(word, Kind::Cue).is_some_and(|hit| self.book.cues[hit.index].kind == CueKind::Support)
        })
    }

    /// How many parties stand between the event word and this one, on its side.
    fn rank(&self, trigger: &Trigger, index: usize) -> u32 {
        let mention = &self.actors[index];
        let count = if mention.words.start >= trigger.words.end {
            self.actors[..index].iter().rev().take_while(|other| other.words.start >= trigger.words.end).count()
        } else {
            self.actors[index + 1..].iter().take_while(|other| other.words.end <= trigger.words.start).count()
        };
        count.min(3) as u32
    }

    /// Whether «and» joins a mention of a party to the one before it.
    pub(super) fn joins_party(&self, index: usize) -> bool {
        let (Some(mention), Some(before)) =
            (self.actors.get(index), index.checked_sub(1).and_then(|before| self.actors.get(before)))
        else {
            return false;
        };
        let gap = mention.words.start.saturating_sub(before.words.end);
        gap == 0 && mention.clitics.conjunction
            || gap == 1 && self.analysis.text.is_and(before.words.end)
            || gap == 1
                && mention.force.is_none()
                && self.analysis.kind_at(before.words.end, Kind::Force).is_some_and(|hit| hit.clitics.conjunction)
    }

    /// The grammatical relation of a party to an event word, and the head of its coordination.
    pub(crate) fn relation(&self, trigger: &Trigger, index: usize) -> (Option<Relation>, usize) {
        let mut head = index;
        // «الحوثيين وقوات صالح»: the second stands as the first does.
        while self.joins_party(head) {
            let (mention, before) = (&self.actors[head], &self.actors[head - 1]);
            if before.words.start < trigger.words.end && mention.words.start >= trigger.words.end {
                break;
            }
            head -= 1;
        }
        let mention = &self.actors[head];
        let entry = trigger.word(self.book);
        let verbal = matches!(entry.position, Position::Verb | Position::Passive);
        let sentence = self.analysis.sentence_range(trigger.words.start);
        if let Some(light) = trigger.light {
            // «شن الطيران غارات», «الطيران يشن غارات»: the subject of the light verb acts.
            let between = mention.words.start > light && mention.words.end <= trigger.words.start;
            let before = mention.words.end == light;
            if (between || before) && self.preposition_word(mention, &sentence).is_none() {
                return (Some(Relation::Subject), head);
            }
        }
        if mention.words.start < trigger.words.end {
            // Before a verb stands its subject.
            let beside = trigger.words.start - mention.words.end.min(trigger.words.start) <= 1;
            let subject =
                verbal && (beside || self.told_of_itself(trigger).any(|speaker| overlap(speaker, &mention.words)));
            return (subject.then_some(Relation::Subject), head);
        }
        let preposition = self.preposition_word(mention, &sentence);
        if let Some(preposition) = preposition {
            return (Some(Relation::After(preposition)), head);
        }
        if mention.naming == Naming::Adjective && !verbal {
            return (Some(Relation::Adjective), head);
        }
        // Force nouns and things of a party before its name belong to it.
        let mut start = mention.words.start;
        while start > trigger.words.end
            && self.analysis.at(start - 1).any(|hit| {
                matches!(hit.kind, Kind::Force | Kind::Number | Kind::Person) || hit.kind == Kind::Means && !verbal
            })
        {
            start -= 1;
        }
        if start != mention.words.start
            && let Some(preposition) = self.preposition_before(start, &sentence)
        {
            return (Some(Relation::After(preposition)), head);
        }
        let asset = (start..mention.words.start).any(|word| {
            self.analysis
                .kind_at(word, Kind::Force)
                .is_some_and(|hit| self.book.forces[hit.index].class == ForceClass::Asset)
        });
        let earlier =
            self.actors[..head].iter().rev().take_while(|other| other.words.start >= trigger.words.end).count();
        let relation = match (verbal, earlier) {
            (true, 0) if !asset && self.told_of_itself(trigger).next().is_none() => Relation::Subject,
            (true, _) => Relation::Object,
            (false, _) if start == trigger.words.end => Relation::Bound,
            (false, _) => return (None, head),
        };
        (Some(relation), head)
    }

    /// Who tells of itself: «قالت الكتائب إنها استهدفت دبابة للجيش». The pronoun is the subject, so that
    /// whoever follows the verb is not; after «أنه» alone another may be («أنه قصف الجيش …»).
    fn told_of_itself<'s>(&'s self, trigger: &'s Trigger) -> impl Iterator<Item = &'s Range<usize>> {
        let start = trigger.words.start;
        let that = (1..=2)
            .filter_map(|back| start.checked_sub(back))
            .find(|&word| self.analysis.is(word, WordClass::ThatItself))
            .filter(|&word| {
                let empty = self.analysis.text.norm(word).ends_with("نه");
                let next = |actor: &&ActorMention| actor.words.start == trigger.words.end;
                !empty || !self.actors.iter().filter(next).any(|actor| actor.naming != Naming::Adjective)
            });
        let sentence = self.analysis.sentence_range(start);
        self.claims
            .iter()
            .filter(move |claim| that.is_some_and(|that| sentence.start <= claim.verb && claim.verb < that))
            .map(|claim| &claim.words)
    }

    fn preposition_word(&self, mention: &ActorMention, sentence: &Range<usize>) -> Option<String> {
        use maydani_text::Preposition;
        if let Some(preposition) = mention.clitics.preposition {
            return Some(
                match preposition {
                    Preposition::Bi => "ب",
                    Preposition::Li => "ل",
                    Preposition::Ka => "ك",
                }
                .to_owned(),
            );
        }
        self.preposition_before(mention.words.start, sentence)
    }

    fn preposition_before(&self, word: usize, sentence: &Range<usize>) -> Option<String> {
        let text = &self.analysis.text;
        let before = word.checked_sub(1).filter(|word| sentence.contains(word))?;
        let last = text.norm(before);
        if self.analysis.is(before, WordClass::CompoundRole) {
            let first = before.checked_sub(1).map_or("", |word| text.norm(word));
            return Some(format!("{first} {last}"));
        }
        if self.analysis.is(before, WordClass::Belonging) {
            return Some("ل".to_owned());
        }
        self.analysis.is(before, WordClass::Preposition).then(|| last.to_owned())
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn relation_id(relation: &Relation) -> u32 {
    match relation {
        Relation::Subject => 1,
        Relation::Object => 2,
        Relation::Bound => 3,
        Relation::Adjective => 4,
        Relation::After(preposition) => word_id(preposition),
    }
}

/// Whether a word of this class may mention an event of the type.
#[must_use]
pub fn may_mention(class: Class, kind: crate::SubEventType) -> bool {
    use crate::EventType::{Battles, Explosions, Strategic, ViolenceAgainstCivilians};
    let group = kind.event_type();
    match class {
        Class::Fixed(fixed) => fixed == kind || fixed.event_type() == group,
        Class::Strike | Class::Blast => group == Explosions || group == Battles,
        Class::Kill | Class::Wound | Class::Assault => group != Strategic,
        Class::Take | Class::Lose | Class::Advance | Class::Repel => group == Battles || group == Strategic,
        Class::Detain | Class::Abduct | Class::Capture => {
            matches!(group, Strategic | ViolenceAgainstCivilians | Battles)
        }
        Class::Destroy => true,
        Class::Light => false,
    }
}
