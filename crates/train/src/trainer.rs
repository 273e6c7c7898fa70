//! Learns every stage from annotated reports.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use maydani_core::SubEventType;
use maydani_core::events::features::Features;
use maydani_core::events::gather::Slot;
use maydani_core::events::holding::{Buffer, Holding};
use maydani_core::events::model::{Model, Thresholds};
use maydani_core::events::same::Told;
use maydani_core::events::scene::{Lone, Scene};
use maydani_core::events::weights::kept_hash;

use crate::align::Strength;
use crate::cores::on_all_cores;
use crate::folds::{fold_of, part_of, voted_id};
use crate::gold::GoldReport;
use crate::learn::{self, Example, Rows, Settings};
use crate::{align, cells, votes};

/// What is learned from.
pub(crate) struct Trainer<'a> {
    /// Reports before this one are reviewed.
    pub(crate) reviewed: usize,
    /// Reports before this one are real, and measured; the invented ones are only learned from.
    pub(crate) real: usize,
    /// Reports from this one on are parts of those reviewed: event words and groups are learned from
    /// them, and no values, which the whole reports teach.
    pub(crate) parts: usize,
    pub(crate) gold: &'a [GoldReport],
    pub(crate) scenes: &'a [Scene<'a>],
    pub(crate) voted: &'a [votes::Voted],
    pub(crate) sentences: &'a [Scene<'a>],
}

/// How much a voted sentence weighs beside an annotated event word.
const VOTE: f32 = 1.0;
/// The same of a sentence as short as a post: cut out of an article it says little of posts, which tell an act in full.
const SHORT_VOTE: f32 = 0.2;
/// How much reports teach beside the reviewed ones.
struct Weight {
    /// Whether a word tells of an event.
    words: f32,
    /// What an event word tells: type, parties, places, days, tolls, claims.
    values: f32,
    /// Groups of event words.
    groups: f32,
}
const REVIEWED: Weight = Weight { words: 1.0, values: 1.0, groups: 1.0 };
/// Read by one reader.
const ONE_READER: Weight = Weight { words: 0.25, values: 0.5, groups: 0.5 };
/// Invented: full of events, and in one writer's words.
const INVENTED: Weight = Weight { words: 0.05, values: 0.15, groups: 0.05 };
/// A line of a reviewed report, which teaches as a whole, too.
const PART: Weight = Weight { words: 0.125, values: 0.0, groups: 0.25 };

/// Examples by stage.
pub(crate) type Examples = BTreeMap<&'static str, Vec<Example>>;
/// Classes and weights by stage.
pub(crate) type Learned = BTreeMap<&'static str, (Vec<String>, Rows)>;
/// A model, and its weights as they are written.
pub(crate) type Trained = (Model, Learned);

const MODALITIES: [&str; 3] = ["asserted", "denied", "planned"];

impl Trainer<'_> {
    /// The reports that are learned from and those that are measured in one of the folds.
    pub(crate) fn divided(&self, fold: u64, folds: u64) -> (Vec<usize>, Vec<usize>) {
        let of_fold = |at: usize| fold_of(&self.gold[at].id, folds) == fold;
        let is_invented = |at: usize| (self.real..self.parts).contains(&at);
        let seen = (0..self.gold.len()).filter(|&at| is_invented(at) || !of_fold(at)).collect();
        (seen, (0..self.real).filter(|&at| of_fold(at)).collect())
    }

    /// The voted sentences that are learned from and those that are measured in one of the folds.
    pub(crate) fn heard(&self, fold: u64, folds: u64) -> (Vec<usize>, Vec<usize>) {
        (0..self.voted.len()).partition(|&at| fold_of(voted_id(&self.voted[at]), folds) != fold)
    }

    /// Learns from reports `seen` and sentences `heard`.
    pub(crate) fn train(&self, seen: &[usize], heard: &[usize]) -> Trained {
        let (mut model, mut rows) = self.first_stages(seen, heard);
        // Joining and gathering see what the first stages would say of reports that they do not know.
        let parts = 4;
        let mut held: Vec<Vec<(usize, Vec<Holding>)>> = Vec::new();
        let mut listened: Vec<Vec<(usize, Vec<Holding>)>> = Vec::new();
        for (reports, sentences) in on_all_cores(parts, |part| {
            let (known, unknown): (Vec<usize>, Vec<usize>) =
                seen.iter().partition(|&&at| part_of(&self.gold[at].id, parts) != part);
            let (rest, apart): (Vec<usize>, Vec<usize>) =
                heard.iter().partition(|&&at| part_of(voted_id(&self.voted[at]), parts) != part);
            let (inner, _) = self.first_stages(&known, &rest);
            let reports = unknown.into_iter().map(|at| (at, hold_all(&self.scenes[at], &inner))).collect();
            (reports, apart.into_iter().map(|at| (at, hold_all(&self.sentences[at], &inner))).collect())
        }) {
            held.push(reports);
            listened.push(sentences);
        }
        let mut examples: Examples = BTreeMap::new();
        let joined: Vec<Vec<Example>> = held
            .iter()
            .map(|part| {
                let mut out = Vec::new();
                for (at, held) in part {
                    if *at < self.parts {
                        self.same_examples(*at, held, &mut out);
                        self.value_examples(*at, held, &mut examples);
                    }
                }
                out
            })
            .collect();
        for (part, reports) in held.iter().enumerate() {
            let others: Vec<Example> = joined
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != part)
                .flat_map(|(_, examples)| examples.clone())
                .collect();
            let inner = Model {
                same: learn::stage(&classes("same"), &learn::learn(2, &others, Settings::of("same"))),
                ..Model::default()
            };
            for (at, held) in reports {
                self.event_examples(*at, held, &inner, &mut examples);
            }
            for (at, held) in &listened[part] {
                self.voted_events(*at, held, &inner, &mut examples);
            }
        }
        examples.insert("same", joined.into_iter().flatten().collect());
        Self::learn(examples, &mut model, &mut rows);
        (model, rows)
    }

    fn weight(&self, at: usize) -> Weight {
        if at >= self.parts {
            PART
        } else if at >= self.real {
            INVENTED
        } else if at >= self.reviewed {
            ONE_READER
        } else {
            REVIEWED
        }
    }

    fn learn(examples: Examples, model: &mut Model, rows: &mut Learned) {
        let stages: Vec<_> = examples.into_iter().collect();
        let learned = on_all_cores(stages.len() as u64, |at| {
            let (stage, examples) = &stages[at as usize];
            learn::learn(classes(stage).len(), examples, Settings::of(stage))
        });
        for ((stage, _), learned) in stages.into_iter().zip(learned) {
            let classes = classes(stage);
            if let Some(slot) = model.stage_mut(stage) {
                *slot = learn::stage(&classes, &learned);
            }
            rows.insert(stage, (classes, learned));
        }
    }

    /// The values of every annotated event, gathered over its event words.
    pub(crate) fn value_examples(&self, at: usize, held: &[Holding], out: &mut Examples) {
        let (scene, gold) = (&self.scenes[at], &self.gold[at]);
        let mut groups: BTreeMap<usize, Vec<(Strength, &Holding)>> = BTreeMap::new();
        for (index, label) in align::triggers(scene, gold).iter().enumerate() {
            // Over words that tell again, too: so does the program.
            if let Some((event, strength)) = label {
                groups.entry(*event).or_default().push((*strength, &held[index]));
            }
        }
        let mut features = Features::default();
        for (number, mut group) in groups {
            group.sort_by_key(|(strength, _)| std::cmp::Reverse(*strength));
            let members: Vec<&Holding> = group.into_iter().map(|(_, holding)| holding).collect();
            let event = &gold.events[number];
            let kind = scene.group_kind(&members).0;
            for slot in [Slot::Actor, Slot::Place, Slot::Day, Slot::Toll, Slot::Claim] {
                let all = scene.gather(slot, &members);
                for value in 0..all.len() {
                    features.clear();
                    scene.gathered_features(slot, &all, value, &members, kind, &mut features);
                    let index = all[value].index;
                    let (stage, label) = match slot {
                        Slot::Actor => ("party", align::role(scene, index, event)),
                        Slot::Place => ("value", usize::from(align::place(scene, index, event))),
                        Slot::Day => ("value", usize::from(align::day(scene, index, event, &gold.text))),
                        Slot::Toll => ("value", usize::from(align::toll(scene, index, event))),
                        Slot::Claim => ("value", usize::from(align::claim(scene, index, event))),
                    };
                    out.entry(stage).or_default().push(Example { ids: features.ids.clone(), label, weight: 1.0 });
                }
            }
        }
    }

    /// Groups as the program would make them, and whether they are events.
    pub(crate) fn event_examples(&self, at: usize, held: &[Holding], model: &Model, out: &mut Examples) {
        let (scene, gold) = (&self.scenes[at], &self.gold[at]);
        let aligned = align::triggers(scene, gold);
        let thresholds = Thresholds::default();
        let kept: Vec<Holding> = held.iter().filter(|holding| holding.keep >= thresholds.keep).cloned().collect();
        let mut buffer = Buffer::default();
        let groups = scene.groups(&kept, model, &thresholds, &mut buffer);
        // Each annotated event is found by one group: the one that holds most of its words.
        let mut found: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for (number, group) in groups.iter().enumerate() {
            let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
            for &member in group {
                if let Some((event, strength)) = aligned[kept[member].trigger] {
                    *counts.entry(event).or_default() += 1 + usize::from(strength == Strength::Trigger);
                }
            }
            if let Some((event, count)) = counts.into_iter().max_by_key(|(event, count)| (*count, usize::MAX - *event))
            {
                let entry = found.entry(event).or_insert((count, number));
                if count > entry.0 {
                    *entry = (count, number);
                }
            }
        }
        let weight = self.weight(at).groups;
        let mut features = Features::default();
        for (number, group) in groups.iter().enumerate() {
            let members: Vec<&Holding> = group.iter().map(|&member| &kept[member]).collect();
            features.clear();
            scene.group_features(&members, scene.group_kind(&members).0, &mut features);
            let label = usize::from(found.values().any(|(_, group)| *group == number));
            out.entry("event").or_default().push(Example { ids: features.ids.clone(), label, weight });
        }
    }

    /// Groups of a sentence that readers voted on.
    fn voted_events(&self, at: usize, held: &[Holding], model: &Model, out: &mut Examples) {
        let (scene, voted) = (&self.sentences[at], &self.voted[at]);
        let thresholds = Thresholds::default();
        let kept: Vec<Holding> = held.iter().filter(|holding| holding.keep >= thresholds.keep).cloned().collect();
        let mut features = Features::default();
        let groups = scene.groups(&kept, model, &thresholds, &mut Buffer::default());
        let asked: Vec<(Vec<&Holding>, SubEventType)> = groups
            .iter()
            .map(|group| group.iter().map(|&member| &kept[member]).collect::<Vec<_>>())
            .map(|members| {
                let kind = scene.group_kind(&members).0;
                (members, kind)
            })
            .filter(|(_, kind)| voted.kinds.contains(&kind.event_type()))
            .collect();
        for (members, kind) in &asked {
            features.clear();
            scene.group_features(members, *kind, &mut features);
            let weight = if voted.told { voted.weight / asked.len() as f32 } else { voted.weight };
            out.entry("event").or_default().push(Example {
                ids: features.ids.clone(),
                label: usize::from(voted.told),
                weight: weight * vote(scene),
            });
        }
    }

    /// Event words of a sentence that readers voted on.
    fn voted_words(&self, at: usize, out: &mut Examples) {
        let (scene, voted) = (&self.sentences[at], &self.voted[at]);
        let asked: Vec<usize> = (0..scene.triggers.len())
            .filter(|&index| voted.kinds.contains(&scene.rule_type(&scene.triggers[index]).event_type()))
            .collect();
        let mut features = Features::default();
        for &index in &asked {
            features.clear();
            scene.detect_features(index, &mut features);
            let weight = if voted.told { voted.weight / asked.len() as f32 } else { voted.weight };
            out.entry("keep").or_default().push(Example {
                ids: features.ids.clone(),
                label: usize::from(voted.told),
                weight: weight * vote(scene),
            });
        }
    }

    fn first_stages(&self, seen: &[usize], heard: &[usize]) -> Trained {
        let mut examples: Examples = BTreeMap::new();
        for &at in heard {
            self.voted_words(at, &mut examples);
        }
        for &at in seen {
            let share = self.weight(at);
            self.examples(at, &mut Features::default(), &mut |stage, ids, label, weight| {
                let weight = weight * if stage == "keep" { share.words } else { share.values };
                if weight == 0.0 {
                    return;
                }
                examples.entry(stage).or_default().push(Example { ids: ids.ids.clone(), label, weight });
            });
        }
        let mut model = Model::default();
        let mut rows = BTreeMap::new();
        Self::learn(examples, &mut model, &mut rows);
        (model, rows)
    }

    /// Every example of one report for the stages before joining.
    pub(crate) fn examples(
        &self,
        at: usize,
        features: &mut Features,
        give: &mut impl FnMut(&'static str, &Features, usize, f32),
    ) {
        let (scene, gold) = (&self.scenes[at], &self.gold[at]);
        let aligned = align::triggers(scene, gold);
        for (index, label) in aligned.iter().enumerate() {
            let trigger = &scene.triggers[index];
            features.clear();
            scene.detect_features(index, features);
            let Some((number, strength)) = *label else {
                give("keep", features, 0, 1.0);
                continue;
            };
            let event = &gold.events[number];
            let share = if strength == Strength::Trigger { 1.0 } else { 0.6 };
            give("keep", features, 1, if event.background { 0.6 } else { share });
            // A word that tells again stands apart from the values: it would teach to take them from afar.
            if strength == Strength::Again {
                continue;
            }
            if let Some(kind) = SubEventType::from_code(&event.kind) {
                give("kind", features, kind as usize, share);
            }
            features.clear();
            scene.modality_features(index, features);
            give("modality", features, MODALITIES.iter().position(|name| *name == event.modality).unwrap_or(0), 1.0);
            give("background", features, usize::from(event.background), 1.0);
            for actor in (0..scene.actors.len()).filter(|&actor| scene.role_candidate(trigger, actor)) {
                features.clear();
                scene.role_features(trigger, actor, features);
                give("role", features, align::role(scene, actor, event), 1.0);
            }
            for place in (0..scene.places.len()).filter(|&place| scene.place_candidate(trigger, place)) {
                features.clear();
                scene.place_features(trigger, place, features);
                give("place", features, usize::from(align::place(scene, place, event)), 1.0);
            }
            for day in (0..scene.days.len()).filter(|&day| scene.day_candidate(trigger, day)) {
                features.clear();
                scene.day_features(trigger, day, features);
                give("day", features, usize::from(align::day(scene, day, event, &gold.text)), 1.0);
            }
            for toll in (0..scene.tolls.len()).filter(|&toll| scene.toll_candidate(trigger, toll)) {
                features.clear();
                scene.toll_features(trigger, toll, features);
                give("toll", features, usize::from(align::toll(scene, toll, event)), 1.0);
            }
            for claim in (0..scene.claims.len()).filter(|&claim| scene.claim_candidate(trigger, claim)) {
                features.clear();
                scene.claim_features(trigger, claim, features);
                give("claim", features, usize::from(align::claim(scene, claim, event)), 1.0);
            }
        }
    }

    pub(crate) fn same_examples(&self, at: usize, held: &[Holding], out: &mut Vec<Example>) {
        let scene = &self.scenes[at];
        let thresholds = Thresholds::default();
        let told: Vec<(Told<'_>, usize)> = align::triggers(scene, &self.gold[at])
            .iter()
            .enumerate()
            .filter_map(|(index, label)| {
                label.map(|(event, _)| (scene.told(&held[index], SubEventType::ALL, &thresholds), event))
            })
            .collect();
        let mut features = Features::default();
        for (j, (second, event)) in told.iter().enumerate() {
            for (first, other) in &told[..j] {
                features.clear();
                scene.same_features(first, second, &mut features);
                out.push(Example { ids: features.ids.clone(), label: usize::from(event == other), weight: 1.0 });
            }
        }
    }

    /// Writes the weights.
    pub(crate) fn write(rows: &Learned, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder)?;
        for (stage, (classes, learned)) in rows {
            let mut out = classes.join("\t");
            out.push('\n');
            for (hash, weights) in learned {
                let cells = cells::cells(weights);
                if !cells.is_empty() {
                    out.push_str(&format!("{:012x}\t{}\n", kept_hash(*hash), cells.join("\t")));
                }
            }
            let path = folder.join(format!("{stage}.tsv"));
            fs::write(&path, out).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }
}

fn vote(sentence: &Scene<'_>) -> f32 {
    if sentence.lone() == Some(Lone::Post) { SHORT_VOTE } else { VOTE }
}

fn classes(stage: &str) -> Vec<String> {
    let names: Vec<&str> = match stage {
        "kind" => SubEventType::ALL.iter().map(|kind| kind.code()).collect(),
        "role" | "party" => vec!["none", "actor1", "actor2"],
        "modality" => MODALITIES.to_vec(),
        "background" => vec!["news", "background"],
        _ => vec!["no", "yes"],
    };
    names.into_iter().map(str::to_owned).collect()
}

/// What the learned stages say of every event word of a scene.
pub(crate) fn hold_all(scene: &Scene<'_>, model: &Model) -> Vec<Holding> {
    let mut buffer = Buffer::default();
    (0..scene.triggers.len()).map(|index| scene.hold(index, model, &mut buffer)).collect()
}
