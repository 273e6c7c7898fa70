//! How a client behaves.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How a client behaves towards servers, and what it takes from them.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How keepers of a server reach who runs this: an address of a page or `mailto:`; part of the user agent.
    pub contact: Option<String>,
    /// Between two requests to one host. A site's `Crawl-delay` may lengthen it, to a minute at most.
    pub pause: Duration,
    /// Redirects followed for one request.
    pub redirects: u32,
    /// Bounds of one request.
    pub limits: Limits,
    /// Ends waiting and reading.
    pub stop: Stop,
}

/// How much one request may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a body as it is sent.
    pub sent: u64,
    /// Bytes of a body unpacked.
    pub unpacked: u64,
    /// From looking up the name to the last byte.
    pub time: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            contact: None,
            pause: Duration::from_secs(2),
            redirects: 5,
            limits: Limits::default(),
            stop: Stop::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { sent: 16 << 20, unpacked: 64 << 20, time: Duration::from_secs(60) }
    }
}

/// A wish to end, shared between threads.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Ends what waits or reads.
    pub fn ask(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether the end was asked for.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// Waits until then, false when asked to end before.
    #[must_use]
    pub fn wait_until(&self, then: Instant) -> bool {
        // Short naps: a sleeping thread cannot be woken by a signal's flag.
        const NAP: Duration = Duration::from_millis(50);
        while !self.is_asked() {
            let left = then.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return true;
            }
            sleep(left.min(NAP));
        }
        false
    }
}
