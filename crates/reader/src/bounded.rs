//! Bytes with a bound on what one item may take, for parsers that hold an item whole.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::error::{Fault, mebibytes};
use crate::unpack::Bytes;

/// Bytes that end in a fault when more than the limit is taken between two calls of [`Allowance::renew`].
pub(crate) struct Bounded {
    bytes: Bytes,
    allowance: Allowance,
}

/// What may still be taken.
#[derive(Clone)]
pub(crate) struct Allowance {
    left: Arc<AtomicUsize>,
    limit: usize,
}

impl Bounded {
    pub(crate) fn new(bytes: Bytes, limit: usize) -> (Self, Allowance) {
        let allowance = Allowance { left: Arc::new(AtomicUsize::new(limit)), limit };
        (Self { bytes, allowance: allowance.clone() }, allowance)
    }
}

impl Allowance {
    /// An item is done; the next may take as much.
    pub(crate) fn renew(&self) {
        self.left.store(self.limit, Ordering::Relaxed);
    }

    /// The fault behind a parser's error: the bound, or that the bytes broke off.
    pub(crate) fn fault(&self, error: io::Error) -> Fault {
        if self.left.load(Ordering::Relaxed) == 0 {
            Fault::LargeDocument(mebibytes(self.limit))
        } else {
            Fault::BrokenOff(error)
        }
    }
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Bounded {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = self.allowance.left.load(Ordering::Relaxed);
        let chunk = self.bytes.fill_buf()?;
        if left == 0 && !chunk.is_empty() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "one item is too large"));
        }
        Ok(&chunk[..chunk.len().min(left)])
    }

    fn consume(&mut self, count: usize) {
        self.bytes.consume(count);
        let left = &self.allowance.left;
        left.store(left.load(Ordering::Relaxed).saturating_sub(count), Ordering::Relaxed);
    }
}
