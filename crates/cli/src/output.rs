//! Standard output in whole records: what was written ends with a whole line, also after Ctrl-C.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::Context;

/// Written to the system when so many bytes wait.
const ENOUGH: usize = 1 << 16;

/// What stands between and after the records of a format.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) between: &'static str,
    pub(crate) close: &'static str,
}

/// Records on their way to standard output. Clones write to the same place.
#[derive(Clone)]
pub(crate) struct Output {
    pending: Arc<Mutex<Pending>>,
}

struct Pending {
    sink: Box<dyn Write + Send>,
    frame: Frame,
    /// Whole records, not yet handed to the system.
    waiting: Vec<u8>,
    any: bool,
    /// Every record at once, for a person who looks on.
    eager: bool,
}

impl Output {
    /// Output to `sink`; `eager` hands every record on at once.
    pub(crate) fn new(sink: Box<dyn Write + Send>, frame: Frame, eager: bool) -> Self {
        let pending = Pending { sink, frame, waiting: Vec::with_capacity(ENOUGH), any: false, eager };
        Self { pending: Arc::new(Mutex::new(pending)) }
    }

    /// What stands before the first record.
    pub(crate) fn open(&self, text: &str) {
        self.lock().waiting.extend_from_slice(text.as_bytes());
    }

    /// One whole record; an empty one is passed over.
    pub(crate) fn record(&self, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let mut pending = self.lock();
        if pending.any {
            let between = pending.frame.between;
            pending.waiting.extend_from_slice(between.as_bytes());
        }
        pending.any = true;
        pending.waiting.extend_from_slice(text.as_bytes());
        if pending.eager || pending.waiting.len() >= ENOUGH { pending.hand_on() } else { Ok(()) }
    }

    /// What stands after the last record, and everything that still waits.
    pub(crate) fn close(&self) -> io::Result<()> {
        let mut pending = self.lock();
        let close = pending.frame.close;
        pending.waiting.extend_from_slice(close.as_bytes());
        pending.hand_on()
    }

    /// From now on Ctrl-C (and SIGTERM, SIGHUP) closes the output whole and ends the program with
    /// code 130. A second Ctrl-C does not wait for a reader that has stopped reading.
    pub(crate) fn close_on_interrupt(&self) -> anyhow::Result<()> {
        let output = self.clone();
        let asked = AtomicBool::new(false);
        ctrlc::set_handler(move || {
            if asked.swap(true, Ordering::SeqCst) {
                std::process::exit(130);
            }
            let output = output.clone();
            // On a thread of its own, so that a second signal is heard while this one waits.
            thread::spawn(move || {
                // The lock is held to the end: nothing more can be written behind the last line.
                let mut pending = output.lock();
                let close = pending.frame.close;
                pending.waiting.extend_from_slice(close.as_bytes());
                // There is nobody left to tell of a failure.
                let _ = pending.hand_on();
                std::process::exit(130);
            });
        })
        .context("cannot listen for Ctrl-C")
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pending {
    fn hand_on(&mut self) -> io::Result<()> {
        let written = self.sink.write_all(&self.waiting).and_then(|()| self.sink.flush());
        self.waiting.clear();
        written
    }
}
