//! Where threads that fetch get their tasks: one host at a time for each.

use std::collections::{BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use maydani_core::Report;
use maydani_fetch::{Answer, Client, Fault, FetchError, Request, Url, Validators};

/// Hosts asked at a time. A slow one must not hold up the others; more would only wait for the coder.
const THREADS: usize = 4;

/// Something to fetch, for a source.
#[derive(Debug)]
pub(crate) struct Task {
    /// Which source's.
    pub(crate) source: usize,
    pub(crate) url: Url,
    pub(crate) known: Validators,
    /// Hosts that may lie in a private network.
    pub(crate) private: Vec<String>,
    pub(crate) what: What,
}

/// What a task is for.
#[derive(Debug)]
pub(crate) enum What {
    /// A source, or a sitemap that it lists, so many levels down; the entry's hash.
    List(u32, Option<String>),
    /// A page that a feed lists: the entry's hash, and its report as far as the feed carries it.
    Page(String, Option<Box<Report>>),
}

/// What came of a task.
pub(crate) struct Fetched {
    pub(crate) task: Task,
    pub(crate) answer: Result<Answer, FetchError>,
}

/// Tasks that wait, and hosts that are being asked.
#[derive(Default)]
struct Waiting {
    tasks: VecDeque<Task>,
    busy: BTreeSet<String>,
}

/// Hands tasks to threads.
#[derive(Clone, Default)]
pub(crate) struct Desk {
    waiting: Arc<(Mutex<Waiting>, Condvar)>,
}

impl Desk {
    /// Starts the threads; what they fetch comes out of the channel. Few wait in it, so that memory
    /// stays bounded. The threads end with the program.
    pub(crate) fn open(client: Client) -> (Self, Receiver<Fetched>) {
        let desk = Self::default();
        let client = Arc::new(client);
        let (out, fetched) = sync_channel(1);
        for _ in 0..THREADS {
            let (desk, client, out): (Self, Arc<Client>, SyncSender<Fetched>) =
                (desk.clone(), Arc::clone(&client), out.clone());
            thread::spawn(move || {
                loop {
                    let task = desk.take();
                    let host = host(&task);
                    let request = Request { url: &task.url, known: &task.known, private: &task.private };
                    let answer = catch_unwind(AssertUnwindSafe(|| client.get(&request))).unwrap_or_else(|_| {
                        let fault = Fault::Connection("a defect in Maydani; please report it with the address".into());
                        Err(FetchError { url: task.url.to_string(), fault })
                    });
                    desk.free(&host);
                    if out.send(Fetched { task, answer }).is_err() {
                        break;
                    }
                }
            });
        }
        (desk, fetched)
    }

    /// Puts a task behind the others.
    pub(crate) fn add(&self, task: Task) {
        self.waiting.0.lock().unwrap_or_else(PoisonError::into_inner).tasks.push_back(task);
        self.waiting.1.notify_one();
    }

    /// The first task whose host nobody asks; waits for one.
    fn take(&self) -> Task {
        let mut waiting = self.waiting.0.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let free = waiting.tasks.iter().position(|task| !waiting.busy.contains(&host(task)));
            if let Some(task) = free.and_then(|at| waiting.tasks.remove(at)) {
                waiting.busy.insert(host(&task));
                return task;
            }
            waiting = self.waiting.1.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn free(&self, host: &str) {
        self.waiting.0.lock().unwrap_or_else(PoisonError::into_inner).busy.remove(host);
        self.waiting.1.notify_all();
    }
}

fn host(task: &Task) -> String {
    task.url.host_str().unwrap_or_default().to_owned()
}
