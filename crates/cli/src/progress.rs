//! How far a long run has come, on standard error, only where a person looks on.

use std::io::{IsTerminal, stderr, stdout};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::input::Reports;

/// Smaller inputs are done before a bar could be read.
const WORTH_A_BAR: u64 = 1 << 18;

/// Counts reports and events while they are coded.
pub(crate) struct Progress {
    bar: ProgressBar,
    read: Arc<AtomicU64>,
    reports: u64,
    events: u64,
}

impl Progress {
    /// A bar that shows itself only to a person who waits for much.
    pub(crate) fn new(reports: &Reports) -> Self {
        let much = reports.total.is_none_or(|bytes| bytes >= WORTH_A_BAR);
        // Tables on the same terminal would be torn by a bar below them.
        let seen = much && stderr().is_terminal() && !stdout().is_terminal();
        let target = if seen { ProgressDrawTarget::stderr_with_hz(8) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(reports.total, target);
        let template = match reports.total {
            Some(_) => "{wide_bar} {percent}%  {msg}  {binary_bytes_per_sec}  {eta} left",
            None => "{spinner} {msg}  {binary_bytes_per_sec}  {elapsed}",
        };
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        if seen {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self { bar, read: reports.read(), reports: 0, events: 0 }
    }

    /// One more report is coded.
    pub(crate) fn report(&mut self, events: usize) {
        self.reports += 1;
        self.events += events as u64;
        if !self.bar.is_hidden() {
            self.bar.set_position(self.read.load(Ordering::Relaxed));
            self.bar.set_message(format!("{} reports, {} events", self.reports, self.events));
        }
    }

    /// Says a line on standard error without tearing the bar.
    pub(crate) fn say(&self, line: &str) {
        self.bar.suspend(|| eprintln!("{line}"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
