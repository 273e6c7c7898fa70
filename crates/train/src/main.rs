//! Learns the weights of the coder's stages from annotated reports.
//!
//! `maydani-train --gazetteer DIR --out codebook/weights REPORTS.jsonl…` writes the weights;
//! `--held-out OUT.jsonl` codes every report by a model that has not seen it instead.

mod align;
mod annotations;
mod cells;
mod cores;
mod coverage;
mod folds;
mod gold;
mod held_out;
mod learn;
mod losses;
mod parts;
mod trainer;
mod votes;
mod words;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;
use maydani_core::coder::Coder;
use maydani_core::events::model::Model;
use maydani_core::events::scene::Scene;
use maydani_core::furniture::Furniture;
use maydani_core::{Codebook, Gazetteer, Report};

use gold::GoldReport;
use held_out::Measured;
use trainer::Trainer;

/// Learns the weights of the coder's stages from annotated reports.
#[derive(Parser)]
struct Arguments {
    /// Annotated reports, one JSON object a line.
    #[arg(required_unless_present = "annotations")]
    reports: Vec<PathBuf>,
    /// Annotations apart from their texts, by one reader.
    #[arg(long, requires = "texts")]
    annotations: Vec<PathBuf>,
    /// Annotated reports that were invented, their texts with them: learned from like `--annotations`,
    /// never measured.
    #[arg(long)]
    invented: Vec<PathBuf>,
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
    /// Writes records of all real reports and voted sentences, coded by models that have not seen
    /// them, and no weights.
    #[arg(long)]
    held_out: Option<PathBuf>,
    /// Thresholds for `--held-out`, as name=value.
    #[arg(long = "set")]
    thresholds: Vec<String>,
    /// Other thresholds to try in the same `--held-out` run («place=0.5 role=0.4»): the records of
    /// the n-th are written to OUT.n.
    #[arg(long)]
    scan: Vec<String>,
    /// Which event each event word tells of, for some of the annotated reports.
    #[arg(long)]
    words: Vec<PathBuf>,
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
    let reviewed = gold.len();
    gold.extend(annotations::read(&arguments.annotations, &arguments.texts)?);
    let real = gold.len();
    gold.extend(annotations::read(&arguments.invented, &arguments.invented)?);
    if let Some(path) = &arguments.join {
        let lines: Vec<String> = gold.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
        return fs::write(path, lines.join("\n") + "\n").with_context(|| format!("cannot write {}", path.display()));
    }
    for path in &arguments.words {
        words::read(path, &mut gold)?;
    }
    let parts = gold.len();
    let cut: Vec<GoldReport> = gold[..reviewed].iter().flat_map(parts::parts).collect();
    gold.extend(cut);
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
    let trainer = Trainer { reviewed, real, parts, gold: &gold, scenes: &scenes, voted: &voted, sentences: &sentences };

    if arguments.coverage {
        coverage::print(&gold[..parts], &scenes[..parts]);
        return Ok(());
    }
    if arguments.losses {
        losses::print(&trainer, arguments.folds);
        return Ok(());
    }
    if let Some(path) = &arguments.held_out {
        let measured = Measured { folds: arguments.folds, thresholds: &arguments.thresholds, scan: &arguments.scan };
        return held_out::write(&trainer, &reports, &gazetteer, &measured, path);
    }
    let all: Vec<usize> = (0..gold.len()).collect();
    let heard: Vec<usize> = (0..voted.len()).collect();
    let (_, rows) = trainer.train(&all, &heard);
    Trainer::write(&rows, &arguments.out)
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
