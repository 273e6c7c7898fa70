//! Work on many things at once, results in the order of the things, memory bounded.

use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Things under way for each worker: enough that none waits, few enough to keep memory flat.
const AHEAD: usize = 4;

/// Calls `work` on each thing of `things`, on so many threads, and `take` on each result, in order,
/// on this thread. Stops early when `take` fails.
///
/// With one thread everything happens on this one. Else one more thread draws the things, so that
/// reading and decompressing do not hold up the workers. At most `AHEAD` things a worker are under way.
pub(crate) fn in_order<T, R, E>(
    threads: NonZeroUsize,
    things: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send,
    R: Send,
{
    if threads.get() == 1 {
        for thing in things {
            take(work(thing))?;
        }
        return Ok(());
    }
    // A thing goes to the workers with the place where its result must go; the places, in order, go
    // to this thread, which waits at each.
    let (to_workers, jobs) = sync_channel::<(T, SyncSender<R>)>(threads.get());
    let (in_turn, turns) = sync_channel::<Receiver<R>>(threads.get() * AHEAD);
    let jobs = Mutex::new(jobs);
    thread::scope(|scope| {
        scope.spawn(move || {
            for thing in things {
                let (place, result) = sync_channel(1);
                // A closed channel: this thread has stopped early, or a worker has panicked.
                if in_turn.send(result).is_err() || to_workers.send((thing, place)).is_err() {
                    break;
                }
            }
        });
        for _ in 0..threads.get() {
            let (jobs, work) = (&jobs, &work);
            scope.spawn(move || {
                loop {
                    let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((thing, place)) = job else { break };
                    // Nobody waits at the place when this thread has stopped early.
                    let _ = place.send(work(thing));
                }
            });
        }
        for turn in turns {
            // A place without a result: its worker panicked, which the scope passes on.
            let Ok(result) = turn.recv() else { break };
            take(result)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn threads(count: usize) -> NonZeroUsize {
        NonZeroUsize::new(count).expect("some threads")
    }

    #[test]
    fn order_is_kept_at_any_thread_count() {
        for count in [1, 2, 3, 8] {
            let mut seen = Vec::new();
            let slow_first = |n: u64| {
                thread::sleep(Duration::from_micros(if n.is_multiple_of(7) { 900 } else { 10 }));
                n * n
            };
            let Ok(()) = in_order(threads(count), 0..200u64, slow_first, |square| {
                seen.push(square);
                Ok::<(), Infallible>(())
            });
            assert_eq!(seen, (0..200).map(|n| n * n).collect::<Vec<u64>>());
        }
    }

    #[test]
    fn no_more_is_drawn_than_can_be_held() {
        let (drawn, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let things = (0..500).inspect(|_| {
            let ahead =
                drawn.fetch_add(1, Ordering::SeqCst) - taken.load(Ordering::SeqCst).min(drawn.load(Ordering::SeqCst));
            assert!(ahead <= 2 * AHEAD + 2 * 2 + 2, "{ahead} things under way");
        });
        let Ok(()) = in_order(
            threads(2),
            things,
            |n| n,
            |_| {
                taken.fetch_add(1, Ordering::SeqCst);
                thread::sleep(Duration::from_micros(20));
                Ok::<(), Infallible>(())
            },
        );
        assert_eq!(taken.into_inner(), 500);
    }

    #[test]
    fn stops_when_the_taker_fails() {
        for count in [1, 4] {
            let mut taken = 0;
            let ended = in_order(
                threads(count),
                0..,
                |n: u64| n,
                |n| {
                    taken += 1;
                    if n == 9 { Err("enough") } else { Ok(()) }
                },
            );
            assert_eq!((ended, taken), (Err("enough"), 10));
        }
    }
}
