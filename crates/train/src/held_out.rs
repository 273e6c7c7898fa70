//! Records coded by models that have not seen the report.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use maydani_core::events::model::Thresholds;
use maydani_core::{Codebook, Coder, Gazetteer, Record, Report};

use crate::cores::on_all_cores;
use crate::trainer::Trainer;

/// How it is measured.
pub(crate) struct Measured<'a> {
    /// Parts, each coded by a model that learned from the others.
    pub(crate) folds: u64,
    /// Thresholds other than the built-in ones, `name=value`.
    pub(crate) thresholds: &'a [String],
    /// Other thresholds to try with the same models, `name=value` several times in one.
    pub(crate) scan: &'a [String],
}

/// Codes every report and voted sentence; the records of the n-th scan go to `PATH.n`.
pub(crate) fn write(
    trainer: &Trainer<'_>,
    reports: &[Report],
    gazetteer: &Gazetteer,
    measured: &Measured<'_>,
    path: &Path,
) -> Result<()> {
    let mut asked: Vec<(PathBuf, Thresholds)> = vec![(path.to_owned(), thresholds(measured.thresholds)?)];
    for (number, scan) in measured.scan.iter().enumerate() {
        let pairs: Vec<String> = scan.split_whitespace().map(str::to_owned).collect();
        asked.push((PathBuf::from(format!("{}.{number}", path.display())), thresholds(&pairs)?));
    }
    let mut records: Vec<BTreeMap<usize, Record>> = vec![BTreeMap::new(); asked.len()];
    let (gold, voted) = (trainer.gold, trainer.voted);
    let coded = on_all_cores(measured.folds, |fold| -> Result<Vec<BTreeMap<usize, Record>>> {
        let (seen, unseen) = trainer.divided(fold, measured.folds);
        let (heard, unheard) = trainer.heard(fold, measured.folds);
        let (model, _) = trainer.train(&seen, &heard);
        let code = |(_, thresholds): &(PathBuf, Thresholds)| {
            let coder = Coder::with_model(Codebook::built_in()?, gazetteer.clone(), model.clone())?
                .with_thresholds(*thresholds);
            let reports = unseen.iter().map(|&at| (at, coder.code(&reports[at])));
            let sentences = unheard.iter().map(|&at| (gold.len() + at, coder.code(&voted[at].report)));
            Ok(reports.chain(sentences).collect())
        };
        asked.iter().map(code).collect()
    });
    for fold in coded {
        for (all, coded) in records.iter_mut().zip(fold?) {
            all.extend(coded);
        }
    }
    for ((path, _), records) in asked.iter().zip(&records) {
        let mut out = String::new();
        for record in records.values() {
            writeln!(out, "{}", serde_json::to_string(record)?)?;
        }
        fs::write(path, out).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
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
