//! What the event words of one event say together: each value once, with how surely and how often.

use std::collections::BTreeMap;

use super::features::{Features, template};
use super::holding::{Chosen, Holding};
use super::scene::{Lone, Scene};
use crate::codebook::Role;
use crate::mentions::actors::Party;
use crate::record::PlaceKind;
use maydani_text::ARTICLE;

/// The slots that are gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Slot {
    /// Parties.
    Actor,
    /// Places.
    Place,
    /// Days.
    Day,
    /// Tolls.
    Toll,
    /// Claims.
    Claim,
}

/// One value of a slot, as all the event words of an event see it.
#[derive(Debug, Clone, Copy)]
pub struct Gathered {
    /// The mention that is surest.
    pub index: usize,
    /// The event word that is surest of it.
    pub trigger: usize,
    /// Highest probability; for parties, as actor1.
    pub top: f32,
    /// For parties: highest probability as actor2.
    pub other: f32,
    /// As the principal event word sees it.
    pub principal: f32,
    /// Event words that see it in their own sentence.
    pub beside: u32,
    /// Event words that believe it.
    pub votes: u32,
}

impl Scene<'_> {
    /// The values of a slot for a group of event words, the first of them the principal one.
    #[must_use]
    pub fn gather(&self, slot: Slot, members: &[&Holding]) -> Vec<Gathered> {
        let mut best: BTreeMap<String, Gathered> = BTreeMap::new();
        for (number, member) in members.iter().enumerate() {
            let sentence = self.triggers[member.trigger].sentence;
            let lists: [&[Chosen]; 2] = match slot {
                Slot::Actor => [&member.actor1, &member.actor2],
                Slot::Place => [&member.places, &[]],
                Slot::Day => [&member.days, &[]],
                Slot::Toll => [&member.tolls, &[]],
                Slot::Claim => [&member.claims, &[]],
            };
            for (role, list) in lists.iter().enumerate() {
                for chosen in *list {
                    let Some((key, at)) = self.value_of(slot, chosen.index) else { continue };
                    let entry = best.entry(key).or_insert(Gathered {
                        index: chosen.index,
                        trigger: member.trigger,
                        top: 0.0,
                        other: 0.0,
                        principal: 0.0,
                        beside: 0,
                        votes: 0,
                    });
                    if chosen.sure > entry.top.max(entry.other) {
                        entry.index = chosen.index;
                        entry.trigger = member.trigger;
                    }
                    let value = if role == 0 { &mut entry.top } else { &mut entry.other };
                    *value = value.max(chosen.sure);
                    if number == 0 {
                        entry.principal = entry.principal.max(chosen.sure);
                    }
                    if role == 0 {
                        entry.beside += u32::from(at == sentence);
                    }
                    entry.votes += u32::from(chosen.sure > 0.5);
                }
            }
        }
        best.into_values().collect()
    }

    /// What makes two mentions one value, and the sentence of a mention.
    fn value_of(&self, slot: Slot, index: usize) -> Option<(String, usize)> {
        let sentence = |word: usize| self.analysis.text.sentence_of(word);
        Some(match slot {
            Slot::Actor => (self.actors[index].key(self.book)?, sentence(self.actors[index].words.start)),
            Slot::Place => {
                let place = &self.places[index];
                let name = maydani_text::normalise(&place.value.name_ar);
                let bare = name.strip_prefix(ARTICLE).unwrap_or(&name).to_owned();
                (
                    format!("{bare} {}", u32::from(place.value.kind == PlaceKind::Area)),
                    sentence(place.mention.words.start),
                )
            }
            Slot::Day => {
                let day = &self.days[index];
                let key = match (day.start, day.end) {
                    (Some(start), Some(end)) => format!("{start} {end}"),
                    _ => self.analysis.text.slice(day.span).to_owned(),
                };
                (key, sentence(day.words.start))
            }
            Slot::Toll => {
                let toll = &self.tolls[index];
                (format!("{:?} {} {:?}", toll.kind, toll.min, toll.max), sentence(toll.words.start))
            }
            Slot::Claim => (self.claims[index].key.clone(), self.claims[index].sentences.start),
        })
    }

    /// Features of one gathered value among the others of its slot.
    pub fn gathered_features(
        &self,
        slot: Slot,
        all: &[Gathered],
        at: usize,
        members: &[&Holding],
        kind: crate::SubEventType,
        out: &mut Features,
    ) {
        let event = kind as u32;
        let group = members;
        let members = group.len();
        let this = &all[at];
        let step = |p: f32| match p {
            p if p < 0.02 => 0,
            p if p < 0.05 => 1,
            p if p < 0.1 => 2,
            p if p < 0.2 => 3,
            p if p < 0.35 => 4,
            p if p < 0.5 => 5,
            p if p < 0.65 => 6,
            p if p < 0.8 => 7,
            p if p < 0.9 => 8,
            p if p < 0.97 => 9,
            _ => 10,
        };
        let size = members.min(5) as u32;
        let rank = all.iter().filter(|other| other.top > this.top).count().min(4) as u32;
        let rank_other = all.iter().filter(|other| other.other > this.other).count().min(4) as u32;
        let best = all.iter().map(|other| other.top).fold(0.0, f32::max);
        let ratio = step(this.top / best.max(0.001));
        let slot_id = slot as u32;
        let kind = match slot {
            Slot::Actor => self.party_kind(&self.actors[this.index]),
            Slot::Place => self.places[this.index].value.kind as u32,
            Slot::Day => {
                u32::from(self.days[this.index].precision.unwrap_or(0)) + 4 * u32::from(self.days[this.index].dateline)
            }
            Slot::Toll => self.tolls[this.index].kind as u32,
            Slot::Claim => self.claims[this.index].kind as u32,
        };
        out.add(template("bias"), &[slot_id]);
        out.add(template("top"), &[slot_id, step(this.top)]);
        out.add(template("top rank"), &[slot_id, step(this.top), rank]);
        out.add(template("top ratio"), &[slot_id, step(this.top), ratio]);
        out.add(template("top size"), &[slot_id, step(this.top), size]);
        out.add(template("principal"), &[slot_id, step(this.principal)]);
        out.add(template("principal size"), &[slot_id, step(this.principal), size]);
        out.add(template("votes"), &[slot_id, this.votes.min(4), size]);
        out.add(template("beside"), &[slot_id, this.beside.min(4), size]);
        out.add(template("rank"), &[slot_id, rank, all.len().min(6) as u32]);
        out.add(template("kind"), &[slot_id, kind]);
        out.add(template("kind top"), &[slot_id, kind, step(this.top)]);
        out.add(template("kind rank"), &[slot_id, kind, rank]);
        let believed = all.iter().filter(|other| other.top > 0.5).count().min(4) as u32;
        out.add(template("believed"), &[slot_id, believed, u32::from(this.top > 0.5)]);
        match slot {
            Slot::Actor => {
                out.add(template("other"), &[step(this.other)]);
                out.add(template("other rank"), &[step(this.other), rank_other]);
                out.add(template("other top"), &[step(this.other), step(this.top)]);
                out.add(template("kind other"), &[kind, step(this.other)]);
                let strongest = all.iter().map(|other| other.other).fold(0.0, f32::max);
                out.add(template("other ratio"), &[step(this.other), step(this.other / strongest.max(0.001))]);
                out.add(template("event kind"), &[event, kind]);
                out.add(template("event kind top"), &[event, kind, step(this.top) / 3]);
                out.add(template("event kind other"), &[event, kind, step(this.other) / 3]);
                out.add(template("event top other"), &[event, step(this.top) / 2, step(this.other) / 2]);
                let margin = ((this.top - this.other) * 10.0).round() as i32 + 10;
                out.add(template("margin"), &[margin.unsigned_abs()]);
                out.add(template("margin kind"), &[margin.unsigned_abs() / 3, kind]);
                self.side_features(all, at, group, out);
            }
            Slot::Place => {
                let specific = |at: usize| self.places[all[at].index].value.kind.is_specific();
                let others = (0..all.len())
                    .filter(|&other| other != at && specific(other) && all[other].top > 0.4)
                    .count()
                    .min(3) as u32;
                out.add(template("specific others"), &[others, kind, step(this.top)]);
                out.add(template("located"), &[u32::from(self.places[this.index].mention.locates), others]);
            }
            Slot::Toll => {
                let toll = &self.tolls[this.index];
                let rivals = all.iter().filter(|other| self.tolls[other.index].kind == toll.kind);
                let rank = rivals.filter(|other| other.top > this.top).count().min(3) as u32;
                out.add(template("rivals"), &[rank, step(this.top)]);
                out.add(template("part"), &[u32::from(toll.part), rank]);
                out.add(template("vague"), &[u32::from(toll.max.is_none()), rank, step(this.top)]);
            }
            Slot::Day | Slot::Claim => {}
        }
        self.among_features(slot, all, at, out);
        self.seen_features(slot, this, out);
        out.add(template("event slot"), &[slot_id, event, step(this.top)]);
        out.add(template("event slot kind"), &[slot_id, event, kind, step(this.top) / 4]);
        // The best rival, and whether this one stands beside the principal word.
        let rival =
            all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other.top).fold(0.0, f32::max);
        out.add(template("rival"), &[slot_id, step(this.top), step(rival)]);
        let beside = this.beside > 0;
        let others = all.iter().enumerate().any(|(other, value)| other != at && value.beside > 0);
        out.add(template("beside others"), &[slot_id, u32::from(beside), u32::from(others), step(this.top)]);
    }

    /// A value as the event word sees it that is surest of it.
    fn seen_features(&self, slot: Slot, value: &Gathered, out: &mut Features) {
        let trigger = &self.triggers[value.trigger];
        out.nest(slot as u32, |out| match slot {
            Slot::Actor => self.role_features(trigger, value.index, out),
            Slot::Place => self.place_features(trigger, value.index, out),
            Slot::Day => self.day_features(trigger, value.index, out),
            Slot::Toll => self.toll_features(trigger, value.index, out),
            Slot::Claim => self.claim_features(trigger, value.index, out),
        });
    }

    /// Features of a party among the other parties of the event: frames, victims, whose side the
    /// surest rivals are on.
    fn side_features(&self, all: &[Gathered], at: usize, members: &[&Holding], out: &mut Features) {
        let key = self.actors[all[at].index].key(self.book);
        let mut framed = [0_u32; 2];
        let mut victim = 0;
        for (index, mention) in self.actors.iter().enumerate() {
            if mention.key(self.book) != key {
                continue;
            }
            for frame in &self.framed[index] {
                if members.iter().any(|member| member.trigger == frame.trigger) {
                    match frame.role {
                        Role::Actor1 => framed[0] = (framed[0] + 1).min(2),
                        Role::Actor2 => framed[1] = (framed[1] + 1).min(2),
                        Role::Either => {}
                    }
                }
            }
            let suffers = self.tolls.iter().any(|toll| {
                toll.of == Some(index)
                    && members.iter().any(|member| {
                        self.triggers[member.trigger].words.start == toll.act
                            || member.tolls.iter().any(|c| c.sure > 0.5 && self.tolls[c.index].act == toll.act)
                    })
            });
            victim |= u32::from(suffers);
        }
        let decile = |p: f32| (1..5).filter(|&fifth| p * 5.0 >= fifth as f32).count() as u32;
        out.add(template("framed"), &[framed[0], framed[1], decile(all[at].top), decile(all[at].other)]);
        out.add(template("framed only"), &[framed[0], framed[1]]);
        out.add(template("suffers"), &[victim, decile(all[at].top), decile(all[at].other)]);
        let side = |index: usize| match self.actors[index].party {
            Party::Listed(actor) => Some(self.book.actors[actor].side.as_str()).filter(|side| !side.is_empty()),
            _ => None,
        };
        let mine = side(all[at].index);
        let same = |other: usize| match (mine, side(other)) {
            (Some(a), Some(b)) => 1 + u32::from(a == b),
            _ => 0,
        };
        let rivals = || all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other);
        let first = rivals().max_by(|a, b| a.top.total_cmp(&b.top));
        let second = rivals().max_by(|a, b| a.other.total_cmp(&b.other));
        let code = |rival: Option<&Gathered>, p: fn(&Gathered) -> f32| {
            rival.map_or(0, |rival| 1 + decile(p(rival)) * 3 + same(rival.index))
        };
        let (one, two) = (code(first, |g| g.top), code(second, |g| g.other));
        out.add(template("rival first"), &[one, decile(all[at].top), decile(all[at].other)]);
        out.add(template("rival second"), &[two, decile(all[at].top), decile(all[at].other)]);
        out.add(template("rivals"), &[one, two]);
    }

    /// Features of a group of event words as an event of the report.
    pub fn group_features(&self, members: &[&Holding], kind: crate::SubEventType, out: &mut Features) {
        let step = |p: f32| (0..10).filter(|tenth| p * 10.0 >= (tenth + 1) as f32).count() as u32;
        let top = members.iter().map(|member| member.keep).fold(0.0, f32::max);
        let principal = &self.triggers[members[0].trigger];
        let word = principal.word(self.book);
        let size = members.len().min(4) as u32;
        let believed = |slot: Slot| {
            self.gather(slot, members).iter().filter(|value| value.top.max(value.other) > 0.5).count().min(2) as u32
        };
        let (actors, places, days, tolls) =
            (believed(Slot::Actor), believed(Slot::Place), believed(Slot::Day), believed(Slot::Toll));
        let sure = members.iter().filter_map(|member| member.kinds.get(kind as usize)).copied().fold(0.0, f32::max);
        let class = word.class.id();
        out.add(template("bias"), &[]);
        out.add(template("keep"), &[step(top)]);
        out.add(template("keep size"), &[step(top), size]);
        out.add(template("principal keep"), &[step(members[0].keep), size]);
        out.add(template("kind"), &[kind as u32]);
        out.add(template("kind size"), &[kind as u32, size]);
        out.add(template("sure"), &[step(sure)]);
        out.add(template("sure keep"), &[step(sure) / 2, step(top) / 2]);
        out.add(template("class"), &[class]);
        out.add(template("class size"), &[class, size]);
        out.add(template("holds"), &[actors, places, days, tolls]);
        out.add(template("actors places"), &[actors, places, size]);
        out.add(template("places size"), &[places, size, u32::from(principal.hit.form.definite())]);
        out.add(template("tolls"), &[tolls, class]);
        out.add(template("definite"), &[u32::from(principal.hit.form.definite()), size]);
        out.add(template("effect"), &[u32::from(word.class.is_effect()), size, places]);
        let headline = members.iter().filter(|member| self.is_headline(self.triggers[member.trigger].sentence)).count();
        out.add(template("headline"), &[u32::from(headline > 0), u32::from(headline == members.len()), size]);
        let sentence = match self.lone() {
            Some(Lone::Post) => 15,
            Some(Lone::Passage) => 12,
            None => principal.sentence.min(9) as u32,
        };
        out.add(template("sentence"), &[sentence]);
        out.add(template("sentence size"), &[sentence / 3, size]);
        // A place or side of its own, not shared with an event told before.
        let own_place = members.iter().any(|member| {
            member.places.iter().any(|c| {
                c.sure > 0.5
                    && self.analysis.text.sentence_of(self.places[c.index].mention.words.start)
                        == self.triggers[member.trigger].sentence
            })
        });
        let own_actor = members.iter().any(|member| {
            member.actor1.iter().chain(&member.actor2).any(|c| {
                c.sure > 0.5
                    && self.analysis.text.sentence_of(self.actors[c.index].words.start)
                        == self.triggers[member.trigger].sentence
            })
        });
        out.add(template("own"), &[u32::from(own_place), u32::from(own_actor), size]);
        out.add(template("own class"), &[u32::from(own_place), u32::from(own_actor), class]);
        let total = self.triggers.len().min(40) as u32 / 8;
        out.add(template("total"), &[total, size]);
    }
}
