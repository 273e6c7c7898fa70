//! Log loss of each stage on reports that its model has not seen.
//!
//! It moves with every weight, where the figures of whole events jump: better to judge a small step by.

use std::collections::BTreeMap;

use maydani_core::events::features::Features;
use maydani_core::events::model::Model;

use crate::trainer::{Examples, Trainer, hold_all};

/// Log loss, summed.
#[derive(Default)]
struct Loss {
    sum: f64,
    weight: f64,
}

/// Log losses by stage.
#[derive(Default)]
struct Losses(BTreeMap<&'static str, Loss>);

impl Losses {
    fn note(&mut self, model: &mut Model, stage: &'static str, features: &Features, label: usize, weight: f32) {
        let mut p = Vec::new();
        if let Some(stage) = model.stage_mut(stage) {
            stage.probabilities(features, &mut p);
        }
        let loss = self.0.entry(stage).or_default();
        loss.sum -= f64::from(weight * p.get(label).copied().unwrap_or(0.0).max(1e-6).ln());
        loss.weight += f64::from(weight);
    }
}

/// Prints a line a stage: its mean log loss on the real reports, and the weight of their examples.
pub(crate) fn print(trainer: &Trainer<'_>, folds: u64) {
    let mut losses = Losses::default();
    for fold in 0..folds {
        let (seen, unseen) = trainer.divided(fold, folds);
        let heard = trainer.heard(fold, folds).0;
        let (mut model, _) = trainer.train(&seen, &heard);
        for at in unseen {
            let held = hold_all(&trainer.scenes[at], &model);
            let mut later: Examples = BTreeMap::new();
            trainer.value_examples(at, &held, &mut later);
            trainer.event_examples(at, &held, &model, &mut later);
            trainer.same_examples(at, &held, later.entry("same").or_default());
            for (stage, examples) in later {
                for example in examples {
                    losses.note(&mut model, stage, &Features::of(example.ids), example.label, example.weight);
                }
            }
            trainer.examples(at, &mut Features::default(), &mut |stage, features, label, weight| {
                losses.note(&mut model, stage, features, label, weight);
            });
        }
    }
    for (stage, loss) in losses.0 {
        println!("{stage:12} {:8.4} {:7.0}", loss.sum / loss.weight, loss.weight);
    }
}
