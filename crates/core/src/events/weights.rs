//! Learned weights: one linear model a stage.
//!
//! What a feature says is shown by `maydani explain`, which makes its name anew.

use std::borrow::Cow;
use std::ops::Range;

use super::features::Features;
use super::weight_table::{Cell, SLOT, home, key, table};

/// Bytes of a cell: the class and the weight.
const CELL: usize = 1 + 4;

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
    table: Cow<'static, [u8]>,
    /// Where the slots stand in the table; the cells follow.
    slots: Range<usize>,
    /// How many slots keys are spread over.
    homes: usize,
}

impl Stage {
    /// A stage from its weights, as training makes them: of each feature's hash the weights of all classes.
    #[must_use]
    pub fn new(classes: &[String], rows: impl Iterator<Item = (u64, Vec<f32>)>) -> Self {
        let cells = |row: Vec<f32>| -> Vec<Cell> {
            match *row {
                [no, yes] => vec![(1, yes - no)],
                _ => (0..).zip(row).filter(|(_, weight)| *weight != 0.0).collect(),
            }
        };
        let rows = rows.map(|(hash, row)| (kept_hash(hash), cells(row))).collect();
        Self::read(Cow::Owned(table(classes, rows))).unwrap_or_default()
    }

    /// The stage of a table: `None` where it is none.
    pub(crate) fn read(table: Cow<'static, [u8]>) -> Option<Self> {
        let end = memchr::memchr(b'\n', &table)?;
        let mut classes: Vec<String> = str::from_utf8(&table[..end]).ok()?.split('\t').map(str::to_owned).collect();
        let slots: usize = classes.pop()?.parse().ok()?;
        let homes = classes.pop()?.parse().ok()?;
        Some(Self { classes, table, slots: end + 1..end + 1 + slots, homes })
    }

    /// Its classes.
    #[must_use]
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// The value of a feature's slot, among the slots of the table.
    fn find(&self, slots: &[u8], feature: u64) -> Option<[u8; 4]> {
        let hash = kept_hash(feature);
        let wanted = key(hash);
        for slot in slots.get(home(hash, self.homes) * SLOT..)?.chunks_exact(SLOT) {
            let (found, value) = slot.split_first_chunk()?;
            let found = u64::from_le_bytes(*found);
            if found == wanted {
                return value.first_chunk().copied();
            }
            // An empty slot, or one of a later key: keys ascend from a home on.
            if found == 0 || found > wanted {
                return None;
            }
        }
        None
    }

    /// The slots and the cells.
    fn parts(&self) -> (&[u8], &[u8]) {
        let (slots, cells) = self.table.split_at_checked(self.slots.end).unwrap_or_default();
        (slots.get(self.slots.start..).unwrap_or_default(), cells)
    }

    /// What a feature gives to each class; `None` if it has no weights.
    fn weigh(&self, (slots, cells): (&[u8], &[u8]), feature: u64, mut add: impl FnMut(usize, f32)) -> Option<()> {
        let value = self.find(slots, feature)?;
        if self.classes.len() == 2 {
            add(1, f32::from_le_bytes(value));
            return Some(());
        }
        let (count, cells) = cells.get(u32::from_le_bytes(value) as usize..)?.split_first()?;
        for cell in cells.chunks_exact(CELL).take(usize::from(*count)) {
            let (class, weight) = cell.split_first()?;
            add(usize::from(*class), f32::from_le_bytes(*weight.first_chunk()?));
        }
        Some(())
    }

    /// Probabilities of the classes.
    pub fn probabilities(&self, features: &Features, out: &mut Vec<f32>) {
        out.clear();
        out.resize(self.classes.len(), 0.0);
        let parts = self.parts();
        for id in &features.ids {
            self.weigh(parts, *id, |class, weight| out[class] += weight);
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
        let weight = |feature: u64| {
            let mut of_class = 0.0;
            let add = |other, weight| of_class += if other == class { weight } else { 0.0 };
            self.weigh(self.parts(), feature, add).map(|()| of_class)
        };
        let mut out: Vec<(String, f32)> =
            features.ids.iter().zip(names).filter_map(|(id, name)| Some((name.clone(), weight(*id)?))).collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        out.truncate(most);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Stage;
    use crate::events::weight_file::read;
    use crate::events::weight_table::table;

    fn stage(text: &str) -> Stage {
        let (classes, rows) = read(text).expect("weights");
        Stage::read(table(&classes, rows).into()).expect("a table")
    }

    #[test]
    fn weights_are_read_in_hundredths() {
        let two = stage("no\tyes\n0000000000ff\t-40\n");
        assert_eq!(two.classes(), ["no", "yes"]);
        let features = super::Features::of(vec![0x00ff_1234]);
        let mut out = Vec::new();
        two.probabilities(&features, &mut out);
        assert!((out[1] - 1.0 / (1.0 + 0.4_f32.exp())).abs() < 1e-6, "{out:?}");
        let three = stage("a\tb\tc\n0000000000ff\t2=150\n");
        three.probabilities(&features, &mut out);
        assert!(out[2] > out[0] && (out[0] - out[1]).abs() < 1e-6, "{out:?}");
    }

    #[test]
    fn every_feature_is_found_and_no_other() {
        // Crowded at both ends and in the middle, so that keys meet in their homes and run past the last one.
        let hashes = (0..40_u64).flat_map(|n| [n, (1 << 47) + n * 3, (1 << 48) - 1 - n]);
        let rows: Vec<(u64, Vec<f32>)> = hashes.map(|hash| (hash << 16, vec![0.0, hash as f32, 1.0])).collect();
        let classes = ["a", "b", "c"].map(str::to_owned);
        let stage = Stage::new(&classes, rows.iter().cloned());
        for (hash, row) in &rows {
            let mut found = vec![0.0; 3];
            stage.weigh(stage.parts(), *hash, |class, weight| found[class] += weight).expect("weights");
            assert_eq!(&found, row, "{hash:x}");
        }
        for other in [41_u64, (1 << 47) + 1, (1 << 47) - 1, (1 << 48) - 41] {
            assert!(stage.find(stage.parts().0, other << 16).is_none(), "{other:x}");
        }
        assert!(Stage::default().find(&[], 1).is_none());
    }

    #[test]
    fn a_wrong_line_is_named() {
        let fault = |text| read(text).expect_err("a fault");
        assert_eq!(fault("a\tb\tc\n0000000000ff\t7=3\n"), (2, "no such class"));
        assert_eq!(fault("a\tb\tc\n0000000000ff\t7\n"), (2, "no class"));
        assert_eq!(fault("no\tyes\n0000000000ff\t1=7\n"), (2, "no weight"));
        assert_eq!(fault("no\tyes\nffffffffffffffff\t7\n"), (2, "no hash of 48 bits"));
        assert_eq!(fault(""), (1, "no classes"));
    }

    #[test]
    fn the_program_holds_all_weights() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codebook/weights");
        let mut model = crate::events::model::Model::built_in();
        for name in crate::events::model::Model::STAGES {
            let text = std::fs::read_to_string(folder.join(format!("{name}.tsv"))).expect("a file of weights");
            let (classes, rows) = read(&text).expect("weights");
            let stage = model.stage_mut(name).expect("a stage");
            assert_eq!(stage.classes(), classes, "{name}");
            for (hash, row) in rows {
                let mut held = Vec::new();
                stage
                    .weigh(stage.parts(), hash << 16, |class, weight| held.push((class as u8, weight)))
                    .expect("weights");
                assert_eq!(held, row, "{name}.tsv, {hash:012x}");
            }
        }
    }
}
