//! Who: two events by their parties.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Comparison, add};
use crate::facts::Facts;
use crate::weights::Weights;

impl Weights {
    pub(super) fn sides(&self, a: &Facts, b: &Facts, found: &mut Comparison) {
        let shared = |x: &[String], y: &[String]| x.iter().find(|key| y.contains(key)).cloned();
        let known = |keys: &[String]| keys.iter().any(|key| !is_vague(key));
        if let Some(key) = shared(&a.actor1, &b.actor1) {
            let points = if is_vague(&key) { self.side_same / 2.0 } else { self.side_same };
            found.add("side_same", points, key);
        } else if let Some(key) =
            shared(&a.actor1, &b.actor2).or_else(|| shared(&a.actor2, &b.actor1)).filter(|key| !is_vague(key))
        {
            found.add("side_swapped", self.side_swapped, key);
        } else if known(&a.actor1) && known(&b.actor1) && allied(&a.actor1, &b.actor1) {
            add!(found, self.side_allied, "{} / {}", a.actor1[0], b.actor1[0]);
        } else if known(&a.actor1) && known(&b.actor1) {
            add!(found, self.side_differs, "{} / {}", a.actor1[0], b.actor1[0]);
        }
        if let Some(key) = shared(&a.actor2, &b.actor2) {
            found.add("target_same", self.target_same, key);
        } else if known(&a.actor2) && known(&b.actor2) && !allied(&a.actor2, &b.actor2) {
            add!(found, self.target_differs, "{} / {}", a.actor2[0], b.actor2[0]);
        }
    }
}

/// Keys that stand for anybody.
fn is_vague(key: &str) -> bool {
    matches!(key, "civilians" | "unknown" | "unidentified_armed_group") || key.starts_with("other:")
}

/// Whether two of them fight on one side, by `codebook/actors.tsv`.
fn allied(a: &[String], b: &[String]) -> bool {
    static SIDES: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
        let mut lines = include_str!("../../../../codebook/actors.tsv").lines().filter(|line| !line.starts_with('#'));
        let side = lines.next().and_then(|head| head.split('\t').position(|cell| cell == "side"));
        lines
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let key = cells.next()?;
                Some((key, cells.nth(side? - 1)?)).filter(|(_, side)| !side.is_empty())
            })
            .collect()
    });
    let sides = |keys: &[String]| keys.iter().filter_map(|key| SIDES.get(key.as_str()).copied()).collect::<Vec<_>>();
    let ours = sides(a);
    sides(b).iter().any(|side| ours.contains(side))
}

#[cfg(test)]
mod tests {
    #[test]
    fn allies_are_known() {
        let key = |key: &str| vec![key.to_owned()];
        assert!(super::allied(&key("us_forces"), &key("global_coalition")));
        assert!(!super::allied(&key("us_forces"), &key("syrian_army")));
        assert!(!super::allied(&key("nobody"), &key("nobody")));
    }
}
