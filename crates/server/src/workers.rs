//! Threads that hold an open archive each and do what blocks, so that the async runtime never does.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use maydani_archive::{Archive, ArchiveError};
use tokio::sync::oneshot;

use crate::answer::Fault;

/// Work on an archive; returns whether the connection may be broken.
type Job = Box<dyn FnOnce(&mut Archive) -> bool + Send>;
type Open = dyn Fn() -> Result<Archive, ArchiveError> + Send + Sync;

/// Requests that may wait; more are told to come again.
const WAITING: usize = 2048;

/// A few threads, each with its own connection.
pub(crate) struct Workers {
    queue: SyncSender<Job>,
}

impl Workers {
    /// Starts `count` threads. Each opens the archive before this returns.
    pub(crate) fn start(
        count: usize,
        open: impl Fn() -> Result<Archive, ArchiveError> + Send + Sync + 'static,
    ) -> Result<Self, ArchiveError> {
        let (queue, jobs) = sync_channel::<Job>(WAITING);
        let jobs = Arc::new(Mutex::new(jobs));
        let open: Arc<Open> = Arc::new(open);
        for _ in 0..count {
            let (archive, jobs, open) = (open()?, Arc::clone(&jobs), Arc::clone(&open));
            std::thread::spawn(move || work(archive, &jobs, &*open));
        }
        Ok(Self { queue })
    }

    /// Runs `work` on one of the threads.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Archive) -> Result<T, ArchiveError> + Send + 'static,
    ) -> Result<T, Fault> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |archive| {
            // Whoever asked may have gone.
            if answer.is_closed() {
                return false;
            }
            let outcome = work(archive);
            let broken = matches!(outcome, Err(ArchiveError::Statement { .. } | ArchiveError::Open { .. }));
            let _ = answer.send(outcome);
            broken
        });
        match self.queue.try_send(job) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => return Err(Fault::busy()),
            Err(TrySendError::Disconnected(_)) => return Err(Fault::failed(&"the archive's threads have ended")),
        }
        match answered.await {
            Ok(outcome) => outcome.map_err(Fault::from),
            Err(_) => Err(Fault::failed(&"a request made the program panic; this is a fault of Maydani")),
        }
    }
}

fn work(mut archive: Archive, jobs: &Mutex<Receiver<Job>>, open: &Open) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        let broken = catch_unwind(AssertUnwindSafe(|| job(&mut archive))).unwrap_or(true);
        // A database server may have been restarted.
        if broken && let Ok(again) = open() {
            archive = again;
        }
    }
}
