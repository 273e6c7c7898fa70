//! Things on their way from the one thread that finds them to the workers.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A worker takes no more things at once than this, and no more after this many bytes: enough that
/// taking them costs little beside the work on them.
const BATCH: usize = 64;
const BATCH_BYTES: usize = 1 << 16;

/// A queue with a bound on what it holds.
pub(super) struct Queue<T> {
    workers: usize,
    state: Mutex<State<T>>,
    /// There is something to take, or nothing will come any more.
    filled: Condvar,
    /// There is room, or nothing will be taken any more.
    emptied: Condvar,
}

struct State<T> {
    things: VecDeque<(T, usize)>,
    bytes: usize,
    /// No more things will come.
    ended: bool,
    /// Nobody wants the results any more.
    stopped: bool,
}

impl<T> Queue<T> {
    pub(super) fn new(workers: usize) -> Self {
        let state = State { things: VecDeque::new(), bytes: 0, ended: false, stopped: false };
        Self { workers, state: Mutex::new(state), filled: Condvar::new(), emptied: Condvar::new() }
    }

    /// Puts a thing of so many bytes in, when there is room. False when nobody wants it any more.
    pub(super) fn put(&self, thing: T, bytes: usize) -> bool {
        let full = |state: &mut State<T>| {
            let full = state.things.len() >= self.workers * BATCH || state.bytes >= self.workers * BATCH_BYTES;
            full && !state.stopped
        };
        let mut state = self.emptied.wait_while(self.lock(), full).unwrap_or_else(PoisonError::into_inner);
        if state.stopped {
            return false;
        }
        state.bytes += bytes;
        state.things.push_back((thing, bytes));
        drop(state);
        self.filled.notify_one();
        true
    }

    /// The next things: a worker's share of what waits. Calls `taken` before anybody else can take.
    /// `None` when there will be no more.
    pub(super) fn take(&self, taken: impl FnOnce()) -> Option<Vec<T>> {
        let empty = |state: &mut State<T>| state.things.is_empty() && !state.ended && !state.stopped;
        let mut state = self.filled.wait_while(self.lock(), empty).unwrap_or_else(PoisonError::into_inner);
        if state.stopped || state.things.is_empty() {
            return None;
        }
        let most = state.things.len().div_ceil(self.workers).min(BATCH);
        let (mut batch, mut bytes) = (Vec::with_capacity(most), 0);
        while batch.len() < most && bytes < BATCH_BYTES {
            let Some((thing, size)) = state.things.pop_front() else { break };
            batch.push(thing);
            bytes += size;
        }
        state.bytes -= bytes;
        taken();
        drop(state);
        self.emptied.notify_one();
        Some(batch)
    }

    /// No more things will come; those that wait are taken.
    pub(super) fn end(&self) {
        self.lock().ended = true;
        self.filled.notify_all();
    }

    /// Nobody wants the results any more.
    pub(super) fn stop(&self) {
        self.lock().stopped = true;
        self.filled.notify_all();
        self.emptied.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
