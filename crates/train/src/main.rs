//! Learns the weights of the coder's stages from annotated reports.
//!
//! `maydani-train --gazetteer DIR --out codebook/weights REPORTS.jsonl…` writes the weights;
//! `--held-out OUT.jsonl` codes every report by a model that has not seen it instead.

mod align;
mod annotations;
mod cells;
mod coverage;
mod gold;
mod learn;
mod votes;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;
use maydani_core::coder::Coder;
use maydani_core::events::decide::{Buffer, Holding};
use maydani_core::events::features::Features;
use maydani_core::events::gather::Slot;
use maydani_core::events::model::{Model, Thresholds};
use maydani_core::events::same::Told;
use maydani_core::events::scene::Scene;
use maydani_core::furniture::Furniture;
use maydani_core::{Codebook, Gazetteer, Report, SubEventType};
use rustc_hash::FxHashMap;

use gold::GoldReport;
use learn::{Example, Rows, Settings};

/// Learns the weights of the coder's stages from annotated reports.
#[derive(Parser)]
struct Arguments {
    /// Annotated reports, one JSON object a line.
    #[arg(required_unless_present = "annotations")]
    reports: Vec<PathBuf>,
    /// Annotations apart from their texts; `--held-out` only learns from them.
    #[arg(long, requires = "texts")]
    annotations: Vec<PathBuf>,
    /// The texts of `--annotations`, by id: files that `maydani code` reads.
    #[arg(long)]
    texts: Vec<PathBuf>,
    /// Writes all annotated reports with their texts, for `maydani evaluate`, and no weights.
    #[arg(long)]
    join: Option<PathBuf>,
    /// A folder of files in GeoNames' layout, added to the built-in gazetteer.
    #[arg(long)]
    gazetteer: Option<PathBuf>,
    /// Sentences with votes (`assault….csv`, `protest….csv`): more examples of what is no event.
    #[arg(long)]
    votes: Vec<PathBuf>,
    /// Where the weights go.
    #[arg(long, default_value = "codebook/weights")]
    out: PathBuf,
    /// Writes records coded by models that have not seen the report, and no weights.
    #[arg(long)]
    held_out: Option<PathBuf>,
    /// Thresholds for `--held-out`, as name=value.
    #[arg(long = "set")]
    thresholds: Vec<String>,
    /// Other thresholds to try in the same `--held-out` run («place=0.5 role=0.4»): the records of
    /// the n-th are added to the file OUT.n.
    #[arg(long)]
    scan: Vec<String>,
    /// Prints how many annotated values have a mention at all: the ceiling of what can be learned.
    #[arg(long)]
    coverage: bool,
    /// Prints the log loss of each stage on reports that its model has not seen.
    #[arg(long)]
    losses: bool,
    /// Parts for `--held-out` and `--losses`.
    #[arg(long, default_value_t = 5)]
    folds: u64,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut gold: Vec<GoldReport> = Vec::new();
    for path in &arguments.reports {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            gold.push(
                serde_json::from_str(line)
                    .with_context(|| format!("{}:{}: no annotated report", path.display(), number + 1))?,
            );
        }
    }
    let asked = gold.len();
    gold.extend(annotations::read(&arguments.annotations, &arguments.texts)?);
    if let Some(path) = &arguments.join {
        let lines: Vec<String> = gold.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
        return fs::write(path, lines.join("\n") + "\n").with_context(|| format!("cannot write {}", path.display()));
    }
    let gazetteer = gazetteer(arguments.gazetteer.as_ref())?;
    let coder = Coder::with_model(Codebook::built_in()?, gazetteer.clone(), Model::default())?;
    let reports: Vec<Report> = gold.iter().map(GoldReport::report).collect();
    let scenes: Vec<Scene<'_>> =
        reports.iter().map(|report| coder.scene(report, &Furniture::built_in().ranges(&report.text))).collect();
    let mut voted = Vec::new();
    for path in &arguments.votes {
        voted.extend(votes::read(path)?);
    }
    let sentences: Vec<Scene<'_>> = voted.iter().map(|voted| coder.scene(&voted.report, &[])).collect();
    let trainer = Trainer { asked, gold: &gold, scenes: &scenes, voted: &voted, sentences: &sentences };

    if arguments.coverage {
        coverage::print(&gold, &scenes);
        return Ok(());
    }
    if arguments.losses {
        for (stage, loss) in trainer.losses(arguments.folds) {
            println!("{stage:12} {:8.4} {:7.0}", loss.sum / loss.weight, loss.weight);
        }
        return Ok(());
    }
    if let Some(path) = &arguments.held_out {
        let thresholds = thresholds(&arguments.thresholds)?;
        let mut records = BTreeMap::new();
        for fold in 0..arguments.folds {
            let (seen, unseen): (Vec<usize>, Vec<usize>) =
                (0..gold.len()).partition(|&at| at >= asked || fold_of(&gold[at].id, arguments.folds) != fold);
            let heard: Vec<usize> =
                (0..voted.len()).filter(|&at| sentence_fold(&voted[at], arguments.folds) != fold).collect();
            let (model, _) = trainer.train(&seen, &heard);
            for (number, scan) in arguments.scan.iter().enumerate() {
                let pairs: Vec<String> = scan.split_whitespace().map(str::to_owned).collect();
                let coder = Coder::with_model(Codebook::built_in()?, gazetteer.clone(), model.clone())?
                    .with_thresholds(self::thresholds(&pairs)?);
                let name = format!("{}.{number}", path.display());
                let mut file = fs::OpenOptions::new().create(true).append(true).open(&name)?;
                for &at in &unseen {
                    writeln!(file, "{}", serde_json::to_string(&coder.code(&reports[at]))?)?;
                }
                for at in (0..voted.len()).filter(|&at| sentence_fold(&voted[at], arguments.folds) == fold) {
                    writeln!(file, "{}", serde_json::to_string(&coder.code(&voted[at].report))?)?;
                }
            }
            let coder = Coder::with_model(Codebook::built_in()?, gazetteer.clone(), model)?.with_thresholds(thresholds);
            for at in (0..voted.len()).filter(|&at| sentence_fold(&voted[at], arguments.folds) == fold) {
                records.insert(gold.len() + at, coder.code(&voted[at].report));
            }
            for at in unseen {
                records.insert(at, coder.code(&reports[at]));
            }
        }
        let mut file = fs::File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
        for record in records.values() {
            writeln!(file, "{}", serde_json::to_string(record)?)?;
        }
        return Ok(());
    }
    let all: Vec<usize> = (0..gold.len()).collect();
    let heard: Vec<usize> = (0..voted.len()).collect();
    let (_, rows) = trainer.train(&all, &heard);
    trainer.write(&rows, &arguments.out)
}

fn thresholds(given: &[String]) -> Result<Thresholds> {
    let mut out = Thresholds::default();
    for pair in given {
        let (name, value) = pair.split_once('=').with_context(|| format!("`{pair}` is not name=value"))?;
        let value: f32 = value.parse().with_context(|| format!("`{pair}`: no number"))?;
        match name {
            "keep" => out.keep = value,
            "event" => out.event = value,
            "role" => out.role = value,
            "place" => out.place = value,
            "only_place" => out.only_place = value,
            "day" => out.day = value,
            "toll" => out.toll = value,
            "claim" => out.claim = value,
            "same" => out.same = value,
            _ => anyhow::bail!("`{name}` is no threshold"),
        }
    }
    Ok(out)
}

fn gazetteer(folder: Option<&PathBuf>) -> Result<Gazetteer> {
    let Some(folder) = folder else { return Ok(Gazetteer::built_in()?) };
    let mut files: Vec<(String, String)> = Vec::new();
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt")) {
        files.push((path.display().to_string(), fs::read_to_string(path)?));
    }
    Ok(Gazetteer::with_files(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))?)
}

fn fold_of(id: &str, folds: u64) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in id.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (hash >> 20) % folds
}

/// Parts inside a training set, apart from those of `--held-out`.
fn part_of(id: &str, parts: u64) -> u64 {
    fold_of(&format!("{id}/"), parts)
}

fn sentence_fold(voted: &votes::Voted, folds: u64) -> u64 {
    fold_of(voted.report.id.as_deref().unwrap_or(""), folds)
}

/// Log loss, summed.
#[derive(Default)]
struct Loss {
    sum: f64,
    weight: f64,
}

struct Trainer<'a> {
    asked: usize,
    gold: &'a [GoldReport],
    scenes: &'a [Scene<'a>],
    voted: &'a [votes::Voted],
    sentences: &'a [Scene<'a>],
}

/// How much a voted sentence weighs beside an annotated event word.
const VOTE: f32 = 0.7;
/// How much the event words of `--annotations`, which one reader read, weigh beside the others.
const ONE_READER: f32 = 0.5;

type Examples = BTreeMap<&'static str, Vec<Example>>;
type Learned = BTreeMap<&'static str, (Vec<String>, Rows)>;
type Trained = (Model, Learned);

const MODALITIES: [&str; 3] = ["asserted", "denied", "planned"];

impl Trainer<'_> {
    fn train(&self, seen: &[usize], heard: &[usize]) -> Trained {
        let (mut model, mut rows) = self.first_stages(seen, heard);
        // Joining and gathering see what the first stages would say of reports that they do not know.
        let parts = 4;
        let mut held: Vec<Vec<(usize, Vec<Holding>)>> = Vec::new();
        let mut listened: Vec<Vec<(usize, Vec<Holding>)>> = Vec::new();
        for part in 0..parts {
            let (known, unknown): (Vec<usize>, Vec<usize>) =
                seen.iter().partition(|&&at| part_of(&self.gold[at].id, parts) != part);
            let (apart, rest): (Vec<usize>, Vec<usize>) = heard
                .iter()
                .partition(|&&at| part_of(self.voted[at].report.id.as_deref().unwrap_or(""), parts) == part);
            let (inner, _) = self.first_stages(&known, &rest);
            let mut buffer = Buffer::default();
            listened.push(
                apart
                    .into_iter()
                    .map(|at| {
                        (
                            at,
                            (0..self.sentences[at].triggers.len())
                                .map(|index| self.sentences[at].hold(index, &inner, &mut buffer))
                                .collect(),
                        )
                    })
                    .collect::<Vec<(usize, Vec<Holding>)>>(),
            );
            held.push(
                unknown
                    .into_iter()
                    .map(|at| {
                        (
                            at,
                            (0..self.scenes[at].triggers.len())
                                .map(|index| self.scenes[at].hold(index, &inner, &mut buffer))
                                .collect(),
                        )
                    })
                    .collect(),
            );
        }
        let mut examples: Examples = BTreeMap::new();
        let joined: Vec<Vec<Example>> = held
            .iter()
            .map(|part| {
                let mut out = Vec::new();
                for (at, held) in part {
                    self.same_examples(*at, held, &mut out);
                    self.value_examples(*at, held, &mut examples);
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
                same: learn::stage(&classes("same"), &learn::learn(2, &others, Settings::default())),
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

    fn learn(examples: Examples, model: &mut Model, rows: &mut Learned) {
        for (stage, examples) in examples {
            let classes = classes(stage);
            let learned = learn::learn(classes.len(), &examples, Settings::default());
            if let Some(slot) = model.stage_mut(stage) {
                *slot = learn::stage(&classes, &learned);
            }
            rows.insert(stage, (classes, learned));
        }
    }

    /// The values of every annotated event, gathered over its event words.
    fn value_examples(&self, at: usize, held: &[Holding], out: &mut Examples) {
        let (scene, gold) = (&self.scenes[at], &self.gold[at]);
        let mut groups: BTreeMap<usize, Vec<(bool, &Holding)>> = BTreeMap::new();
        for (index, label) in align::triggers(scene, gold).iter().enumerate() {
            if let Some((event, strong)) = label {
                groups.entry(*event).or_default().push((*strong, &held[index]));
            }
        }
        let mut features = Features::default();
        for (number, mut group) in groups {
            group.sort_by_key(|(strong, _)| !strong);
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
    fn event_examples(&self, at: usize, held: &[Holding], model: &Model, out: &mut Examples) {
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
                if let Some((event, strong)) = aligned[kept[member].trigger] {
                    *counts.entry(event).or_default() += 1 + usize::from(strong);
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
        let mut features = Features::default();
        for (number, group) in groups.iter().enumerate() {
            let members: Vec<&Holding> = group.iter().map(|&member| &kept[member]).collect();
            features.clear();
            scene.group_features(&members, scene.group_kind(&members).0, &mut features);
            let label = usize::from(found.values().any(|(_, group)| *group == number));
            out.entry("event").or_default().push(Example { ids: features.ids.clone(), label, weight: 1.0 });
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
                weight: weight * VOTE,
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
                weight: weight * VOTE,
            });
        }
    }

    fn first_stages(&self, seen: &[usize], heard: &[usize]) -> Trained {
        let mut examples: Examples = BTreeMap::new();
        for &at in heard {
            self.voted_words(at, &mut examples);
        }
        for &at in seen {
            let share = if at >= self.asked { ONE_READER } else { 1.0 };
            self.examples(at, &mut Features::default(), &mut |stage, ids, label, weight| {
                let weight = weight * share;
                examples.entry(stage).or_default().push(Example { ids: ids.ids.clone(), label, weight });
            });
        }
        let mut model = Model::default();
        let mut rows = BTreeMap::new();
        Self::learn(examples, &mut model, &mut rows);
        (model, rows)
    }

    /// The log loss of each stage on the asked reports, by models that have not seen them. It moves
    /// with every weight, where the figures of whole events jump: better to judge a small step by.
    fn losses(&self, folds: u64) -> BTreeMap<&'static str, Loss> {
        let mut out: BTreeMap<&'static str, Loss> = BTreeMap::new();
        for fold in 0..folds {
            let (seen, unseen): (Vec<usize>, Vec<usize>) =
                (0..self.gold.len()).partition(|&at| at >= self.asked || fold_of(&self.gold[at].id, folds) != fold);
            let heard: Vec<usize> = (0..self.voted.len()).collect();
            let (mut model, _) = self.first_stages(&seen, &heard);
            for at in unseen {
                self.examples(at, &mut Features::default(), &mut |stage, features, label, weight| {
                    let mut p = Vec::new();
                    if let Some(stage) = model.stage_mut(stage) {
                        stage.probabilities(features, &mut p);
                    }
                    let loss = out.entry(stage).or_default();
                    loss.sum -= f64::from(weight * p.get(label).copied().unwrap_or(0.0).max(1e-6).ln());
                    loss.weight += f64::from(weight);
                });
            }
        }
        out
    }

    /// Every example of one report for the stages before joining.
    fn examples(&self, at: usize, features: &mut Features, give: &mut impl FnMut(&'static str, &Features, usize, f32)) {
        let (scene, gold) = (&self.scenes[at], &self.gold[at]);
        let aligned = align::triggers(scene, gold);
        for (index, label) in aligned.iter().enumerate() {
            let trigger = &scene.triggers[index];
            features.clear();
            scene.detect_features(index, features);
            let Some((number, strong)) = *label else {
                give("keep", features, 0, 1.0);
                continue;
            };
            let event = &gold.events[number];
            give("keep", features, 1, if event.background || !strong { 0.6 } else { 1.0 });
            if let Some(kind) = SubEventType::from_code(&event.kind) {
                give("kind", features, kind as usize, if strong { 1.0 } else { 0.6 });
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

    fn same_examples(&self, at: usize, held: &[Holding], out: &mut Vec<Example>) {
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

    /// Writes the weights with the names of their features.
    fn write(&self, rows: &Learned, folder: &PathBuf) -> Result<()> {
        let mut names: FxHashMap<u64, String> = FxHashMap::default();
        let mut note = |features: &Features| {
            for (id, name) in features.ids.iter().zip(features.names.iter().flatten()) {
                names.entry(*id).or_insert_with(|| name.clone());
            }
        };
        for at in 0..self.gold.len() {
            self.examples(at, &mut Features::named(), &mut |_, features, _, _| note(features));
        }
        fs::create_dir_all(folder)?;
        for (stage, (classes, learned)) in rows {
            let mut out = classes.join("\t");
            out.push('\n');
            for (hash, weights) in learned {
                let cells = cells::cells(weights);
                if !cells.is_empty() {
                    out.push_str(&format!(
                        "{hash:016x}\t{}\t{}\n",
                        names.get(hash).map_or("", String::as_str),
                        cells.join("\t")
                    ));
                }
            }
            let path = folder.join(format!("{stage}.tsv"));
            fs::write(&path, out).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }
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
