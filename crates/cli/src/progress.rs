//! How far a long run has come, on standard error, only where a person looks on.

use std::io::{IsTerminal, stderr};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Counts reports and events while they are coded.
pub(crate) struct Progress {
    bar: ProgressBar,
    events: u64,
}

impl Progress {
    /// A bar that shows itself only on a terminal, and only when `many` inputs are to come.
    pub(crate) fn new(many: bool) -> Self {
        // Tables on the same terminal would be torn by a bar below them.
        let seen = many && stderr().is_terminal() && !std::io::stdout().is_terminal();
        let target = if seen { ProgressDrawTarget::stderr_with_hz(8) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        let style = ProgressStyle::with_template("{spinner} {human_pos} reports, {msg} events  {per_sec}  {elapsed}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        if seen {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self { bar, events: 0 }
    }

    /// One more report is coded.
    pub(crate) fn report(&mut self, events: usize) {
        self.events += events as u64;
        self.bar.inc(1);
        if !self.bar.is_hidden() {
            self.bar.set_message(self.events.to_string());
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
