//! Parts of the reports that learn and are measured in turn.

use crate::votes::Voted;

/// The part that a report is measured in.
pub(crate) fn fold_of(id: &str, folds: u64) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in id.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (hash >> 20) % folds
}

/// Parts inside a training set, apart from those of `--held-out`.
pub(crate) fn part_of(id: &str, parts: u64) -> u64 {
    fold_of(&format!("{id}/"), parts)
}

/// The id of a sentence that readers voted on, without its row: the sentence may be annotated, too,
/// and belongs to one part then.
pub(crate) fn voted_id(voted: &Voted) -> &str {
    let id = voted.report.id.as_deref().unwrap_or("");
    id.split_once(':').map_or(id, |(_, id)| id)
}
