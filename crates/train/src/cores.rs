//! Work that is done on all cores at once.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// What `work` makes of each number below `count` (folds, parts, stages), in their order; as many at once as the machine
/// has cores.
pub(crate) fn on_all_cores<T: Send>(count: u64, work: impl Fn(u64) -> T + Sync) -> Vec<T> {
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

#[cfg(test)]
mod tests {
    use super::on_all_cores;

    #[test]
    fn what_is_made_stays_in_order() {
        assert_eq!(
            on_all_cores(100, |number| number * number),
            (0..100).map(|number| number * number).collect::<Vec<u64>>()
        );
        assert!(on_all_cores(0, |number| number).is_empty());
    }
}
