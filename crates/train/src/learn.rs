//! Softmax regression by AdaGrad, the same result every time.

use maydani_core::events::weights::Stage;
use rustc_hash::FxHashMap;

/// One training example.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    pub(crate) ids: Vec<u64>,
    pub(crate) label: usize,
    pub(crate) weight: f32,
}

/// How a stage is learned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) epochs: usize,
    pub(crate) rate: f32,
    /// L2, per example and epoch.
    pub(crate) decay: f32,
    /// Features counted in fewer examples are left out.
    pub(crate) least: u32,
    /// L1, per example and epoch.
    pub(crate) lasso: f32,
    /// Smaller weights are left out: they would fill the files and say little.
    pub(crate) floor: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { epochs: 20, rate: 0.01, decay: 0.005, least: 3, lasso: 0.001, floor: 0.03 }
    }
}

impl Settings {
    /// How a stage is learned, chosen by the log loss of unseen reports (`--losses`).
    pub(crate) fn of(stage: &str) -> Self {
        match stage {
            // Many classes share few examples: what is rare must be learned in fewer steps.
            "kind" => Self { rate: 0.02, lasso: 0.002, floor: 0.04, ..Self::default() },
            _ => Self::default(),
        }
    }
}

/// Weights by feature hash.
pub(crate) type Rows = Vec<(u64, Vec<f32>)>;

pub(crate) fn learn(classes: usize, examples: &[Example], settings: Settings) -> Rows {
    let mut counted: FxHashMap<u64, u32> = FxHashMap::default();
    for example in examples {
        for id in &example.ids {
            *counted.entry(*id).or_default() += 1;
        }
    }
    let mut hashes: Vec<u64> =
        counted.iter().filter(|(_, count)| **count >= settings.least).map(|(hash, _)| *hash).collect();
    hashes.sort_unstable();
    let index: FxHashMap<u64, usize> = hashes.iter().enumerate().map(|(at, hash)| (*hash, at)).collect();
    let dense: Vec<Box<[u32]>> = examples
        .iter()
        .map(|example| example.ids.iter().filter_map(|id| index.get(id).map(|&at| at as u32)).collect())
        .collect();

    // Each weight beside the sum of its squared gradients: they are read and written together.
    let mut cells = vec![(0.0_f32, 1e-6_f32); hashes.len() * classes];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut scores = vec![0.0_f32; classes];
    // The mean over the later epochs: steadier than the last word.
    let mut sum_of = vec![0.0_f32; cells.len()];
    for epoch in 0..settings.epochs {
        for i in (1..order.len()).rev() {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            order.swap(i, (seed % (i as u64 + 1)) as usize);
        }
        for &at in &order {
            let example = &examples[at];
            scores.fill(0.0);
            for &feature in &dense[at] {
                for (score, (weight, _)) in scores.iter_mut().zip(&cells[feature as usize * classes..]) {
                    *score += weight;
                }
            }
            let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let sum: f32 = scores.iter().map(|score| (score - top).exp()).sum();
            for (class, score) in scores.iter_mut().enumerate() {
                let p = (*score - top).exp() / sum;
                *score = (p - if class == example.label { 1.0 } else { 0.0 }) * example.weight;
            }
            for &feature in &dense[at] {
                for (score, (weight, square)) in scores.iter().zip(&mut cells[feature as usize * classes..]) {
                    let gradient = score + settings.decay * *weight;
                    *square += gradient * gradient;
                    let rate = settings.rate / square.sqrt();
                    let moved = *weight - rate * gradient;
                    *weight = moved.signum() * (moved.abs() - rate * settings.lasso).max(0.0);
                }
            }
        }
        if epoch * 2 >= settings.epochs {
            for (sum, (weight, _)) in sum_of.iter_mut().zip(&cells) {
                *sum += weight;
            }
        }
    }
    let later = settings.epochs - settings.epochs.div_ceil(2);
    let weights: Vec<f32> = sum_of
        .into_iter()
        .map(|sum| sum / later.max(1) as f32)
        .map(|weight| if weight.abs() < settings.floor { 0.0 } else { weight })
        .collect();
    hashes
        .into_iter()
        .enumerate()
        .map(|(at, hash)| (hash, weights[at * classes..(at + 1) * classes].to_vec()))
        .collect()
}

pub(crate) fn stage(classes: &[String], rows: &Rows) -> Stage {
    Stage::new(classes, rows.iter().cloned())
}
