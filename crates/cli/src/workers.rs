//! Work on many things at once, results in the order of the things, memory bounded.

mod queue;

use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use queue::Queue;

/// Batches under way for each worker: enough that none waits, few enough to keep memory flat.
const AHEAD: usize = 4;

/// Calls `work` on each thing of `things`, on so many threads, and `take` on each result, in order,
/// on this thread. Stops early when `take` fails. `size` tells how many bytes a thing holds.
///
/// With one thread everything happens on this one. Else one more thread draws the things, so that
/// reading and decompressing do not hold up the workers; a worker takes what waits, one thing or many.
pub(crate) fn in_order<T, R, E>(
    threads: NonZeroUsize,
    things: impl Iterator<Item = T> + Send,
    size: impl Fn(&T) -> usize + Send,
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
    let queue = Queue::new(threads.get());
    // When a worker takes things, the place where their results will come goes to this thread, which
    // waits at each place in turn.
    let (in_turn, turns) = sync_channel::<Receiver<Vec<R>>>(threads.get() * AHEAD);
    thread::scope(|scope| {
        let (queue, work) = (&queue, &work);
        let _stop = Finally(|| queue.stop());
        scope.spawn(move || {
            let _end = Finally(|| queue.end());
            for thing in things {
                let bytes = size(&thing);
                if !queue.put(thing, bytes) {
                    break;
                }
            }
        });
        for _ in 0..threads.get() {
            let in_turn = in_turn.clone();
            scope.spawn(move || {
                loop {
                    let (place, results) = sync_channel(1);
                    // Nobody waits, here and below, when this thread's caller has stopped early.
                    let taken = || drop(in_turn.send(results));
                    let Some(things) = queue.take(taken) else { break };
                    drop(place.send(things.into_iter().map(work).collect()));
                }
            });
        }
        drop(in_turn);
        for turn in turns {
            // A place without results: its worker panicked, which the scope passes on.
            let Ok(results) = turn.recv() else { break };
            for result in results {
                take(result)?;
            }
        }
        Ok(())
    })
}

/// What is done at the end of a scope, also when it ends in a panic.
struct Finally<F: FnMut()>(F);

impl<F: FnMut()> Drop for Finally<F> {
    fn drop(&mut self) {
        (self.0)();
    }
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
            let Ok(()) = in_order(
                threads(count),
                0..200u64,
                |_| 1 << 14,
                slow_first,
                |square| {
                    seen.push(square);
                    Ok::<(), Infallible>(())
                },
            );
            assert_eq!(seen, (0..200).map(|n| n * n).collect::<Vec<u64>>());
        }
    }

    #[test]
    fn no_more_is_drawn_than_can_be_held() {
        let (drawn, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let things = (0..500).inspect(|_| {
            let ahead =
                drawn.fetch_add(1, Ordering::SeqCst) - taken.load(Ordering::SeqCst).min(drawn.load(Ordering::SeqCst));
            // In the queue and in batches: 64 KiB each, of 8 KiB things.
            assert!(ahead <= (2 + 2 + 2 * AHEAD + 1) * 8 + 1, "{ahead} things under way");
        });
        let Ok(()) = in_order(
            threads(2),
            things,
            |_| 1 << 13,
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
                |_| 1,
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
