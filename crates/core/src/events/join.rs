//! Joins event words into events.

use super::decide::{Buffer, Holding};
use super::model::{Model, Thresholds};
use super::same::Told;
use super::scene::Scene;
use crate::event_type::SubEventType;

impl Scene<'_> {
    /// Event words joined into events: indices into `held`, the principal word of each first.
    pub fn groups(
        &self,
        held: &[Holding],
        model: &Model,
        thresholds: &Thresholds,
        buffer: &mut Buffer,
    ) -> Vec<Vec<usize>> {
        let told: Vec<Told<'_>> =
            held.iter().map(|holding| self.told(holding, SubEventType::ALL, thresholds)).collect();
        let mut groups = self.join(&told, model, thresholds, buffer);
        for group in &mut groups {
            let members: Vec<&Holding> = group.iter().map(|&index| &held[index]).collect();
            let principal = self.principal(&members);
            group.swap(0, principal);
        }
        groups
    }

    /// Joins event words into events, each to the group that it fits best.
    fn join(&self, told: &[Told<'_>], model: &Model, thresholds: &Thresholds, buffer: &mut Buffer) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (index, this) in told.iter().enumerate() {
            let mut best: Option<(f32, usize)> = None;
            for (number, group) in groups.iter().enumerate() {
                let mut sum = 0.0;
                for &other in group {
                    buffer.features.clear();
                    self.same_features(&told[other], this, &mut buffer.features);
                    model.same.probabilities(&buffer.features, &mut buffer.out);
                    sum += buffer.out.get(1).copied().unwrap_or(0.0);
                }
                let mean = sum / group.len() as f32;
                if mean >= thresholds.same && best.is_none_or(|(top, _)| mean > top) {
                    best = Some((mean, number));
                }
            }
            match best {
                Some((_, number)) => groups[number].push(index),
                None => groups.push(vec![index]),
            }
        }
        groups
    }
}
