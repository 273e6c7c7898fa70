//! Joins event words into events.

use super::holding::{Buffer, Holding};
use super::model::{Model, Thresholds};
use super::same::Told;
use super::scene::Scene;
use super::ties::Ties;
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
        let mut groups = self.ties(&told, model, thresholds, buffer).groups();
        for group in &mut groups {
            let members: Vec<&Holding> = group.iter().map(|&index| &held[index]).collect();
            let principal = self.principal(&members);
            group.swap(0, principal);
        }
        groups
    }

    /// How the event words are tied.
    fn ties(&self, told: &[Told<'_>], model: &Model, thresholds: &Thresholds, buffer: &mut Buffer) -> Ties {
        let bound = log_odds(thresholds.same);
        let mut ties = Ties::new(told.len());
        let sentences: Vec<usize> = told.iter().map(|one| self.triggers[one.trigger].sentence).collect();
        let heads = sentences.iter().take_while(|&&sentence| self.is_headline(sentence)).count();
        for (second, this) in told.iter().enumerate() {
            let near = sentences.partition_point(|sentence| sentence + REACH < sentences[second]);
            for first in (0..heads.min(near)).chain(near..second) {
                buffer.features.clear();
                self.same_features(&told[first], this, &mut buffer.features);
                model.same.probabilities(&buffer.features, &mut buffer.out);
                let same = buffer.out.get(1).copied().unwrap_or(0.0);
                ties.put(first, second, log_odds(same) - bound);
            }
        }
        ties
    }
}

/// Event words more sentences apart are not compared, save with the headline: nearly none of them tell of
/// one event, and a page without end must not take the square of its length.
const REACH: usize = 40;

/// Bounded, so that no pair outvotes all others.
fn log_odds(likely: f32) -> f32 {
    let likely = likely.clamp(0.002, 0.998);
    (likely / (1.0 - likely)).ln()
}
