//! Learned weights: one linear model a stage, read from `codebook/weights/*.tsv`.
//!
//! A file's first line names its classes; every further line holds a feature's hash and, in
//! hundredths, `class=weight` pairs, or the weight of «yes» alone where the classes are no and yes.
//! Made by `maydani-train` from annotated reports. What a feature says is shown by `maydani explain`,
//! which makes its name anew.

use rustc_hash::FxHashMap;

use super::features::Features;
use crate::codebook::Fault;

/// The part of a feature's hash that its weight is kept under: two features of one would have to
/// meet among some hundred thousand, which 48 bits make unlikely.
#[must_use]
pub const fn kept_hash(hash: u64) -> u64 {
    hash >> 16
}

/// A linear model over features: one score a class.
#[derive(Debug, Clone, Default)]
pub struct Stage {
    classes: Vec<String>,
    offsets: FxHashMap<u64, u32>,
    weights: Vec<f32>,
}

impl Stage {
    /// A stage from its weights, as training makes them.
    #[must_use]
    pub fn new(classes: Vec<String>, rows: impl Iterator<Item = (u64, Vec<f32>)>) -> Self {
        let mut stage = Self { classes, ..Self::default() };
        for (hash, row) in rows {
            stage.offsets.insert(kept_hash(hash), stage.weights.len() as u32);
            stage.weights.extend(row);
        }
        stage
    }

    /// Reads a stage from its file.
    ///
    /// # Errors
    /// The first line that is not as it should be.
    pub fn read(file: &str, text: &str) -> Result<Self, Fault> {
        let fault = |line: usize, what: &str| Fault {
            file: file.to_owned(),
            line: line as u32 + 1,
            column: 1,
            what: what.to_owned(),
            remedy: "make the weights anew with maydani-train".to_owned(),
        };
        let mut lines = text.lines().enumerate();
        let Some((_, header)) = lines.next() else { return Ok(Self::default()) };
        let classes: Vec<String> = header.split('\t').map(str::to_owned).collect();
        let width = classes.len();
        let mut stage = Self { classes, ..Self::default() };
        for (number, line) in lines {
            let mut cells = line.split('\t');
            let hash = cells
                .next()
                .and_then(|hash| u64::from_str_radix(hash, 16).ok())
                .ok_or_else(|| fault(number, "no hash"))?;
            let offset = stage.weights.len();
            stage.offsets.insert(hash, offset as u32);
            stage.weights.resize(offset + width, 0.0);
            for cell in cells {
                let (class, weight) = cell.split_once('=').unwrap_or(("1", cell));
                let class: usize = class.parse().map_err(|_| fault(number, "no class"))?;
                let weight: i16 = weight.parse().map_err(|_| fault(number, "no weight"))?;
                *stage
                    .weights
                    .get_mut(offset + class)
                    .filter(|_| class < width)
                    .ok_or_else(|| fault(number, "no such class"))? = f32::from(weight) / 100.0;
            }
        }
        Ok(stage)
    }

    /// Its classes.
    #[must_use]
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// Whether it holds no weights.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Probabilities of the classes.
    pub fn probabilities(&self, features: &Features, out: &mut Vec<f32>) {
        out.clear();
        out.resize(self.classes.len(), 0.0);
        for id in &features.ids {
            if let Some(&offset) = self.offsets.get(&kept_hash(*id)) {
                let row = &self.weights[offset as usize..offset as usize + out.len()];
                for (score, weight) in out.iter_mut().zip(row) {
                    *score += weight;
                }
            }
        }
        let top = out.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut sum = 0.0;
        for score in out.iter_mut() {
            *score = (*score - top).exp();
            sum += *score;
        }
        for score in out.iter_mut() {
            *score /= sum;
        }
    }

    /// The features that spoke most for a class, with their weights.
    #[must_use]
    pub fn reasons(&self, features: &Features, class: usize, most: usize) -> Vec<(String, f32)> {
        let Some(names) = &features.names else { return Vec::new() };
        let mut out: Vec<(String, f32)> = features
            .ids
            .iter()
            .zip(names)
            .filter_map(|(id, name)| {
                let offset = *self.offsets.get(&kept_hash(*id))? as usize;
                Some((name.clone(), self.weights[offset + class]))
            })
            .collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        out.truncate(most);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Stage;

    #[test]
    fn weights_are_read_in_hundredths() {
        let stage = Stage::read("weights/test.tsv", "no\tyes\n0000000000ff\t-40\n").expect("a stage");
        assert_eq!(stage.classes(), ["no", "yes"]);
        let features = super::Features::of(vec![0x00ff_1234]);
        let mut out = Vec::new();
        stage.probabilities(&features, &mut out);
        assert!((out[1] - 1.0 / (1.0 + 0.4_f32.exp())).abs() < 1e-6, "{out:?}");
        let three = Stage::read("weights/test.tsv", "a\tb\tc\n0000000000ff\t2=150\n").expect("a stage");
        three.probabilities(&features, &mut out);
        assert!(out[2] > out[0] && (out[0] - out[1]).abs() < 1e-6, "{out:?}");
    }

    #[test]
    fn a_wrong_line_is_named() {
        let fault = Stage::read("weights/test.tsv", "no\tyes\n0000000000ff\t7=3\n").expect_err("a fault");
        assert_eq!((fault.line, fault.what.as_str()), (2, "no such class"));
    }
}
