//! Parts of the reports that learn and are measured in turn.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

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

/// What `work` makes of each number below `count` (folds, parts, stages), in their order; as many at once as the machine
/// has cores.
pub(crate) fn each<T: Send>(count: u64, work: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, |cores| cores.get() as u64).min(count);
    let next = AtomicU64::new(0);
    let mut done: Vec<(u64, T)> = thread::scope(|scope| {
        let take = || {
            let mut mine = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return mine;
                }
                mine.push((number, work(number)));
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(take)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, made)| made).collect()
}
