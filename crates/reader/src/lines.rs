//! Lines of bytes, with a bound on how much one line may hold.

use std::io::{self, BufRead};

use crate::unpack::Bytes;

/// The lines of an input, numbered from 1.
pub(crate) struct Lines {
    bytes: Bytes,
    line: Vec<u8>,
    number: u64,
    limit: usize,
}

/// One line.
pub(crate) enum Line<'a> {
    /// The line without its end.
    Whole(&'a [u8]),
    /// It is longer than the limit and was passed over.
    TooLong,
}

impl Lines {
    pub(crate) fn new(bytes: Bytes, limit: usize) -> Self {
        Self { bytes, line: Vec::new(), number: 0, limit }
    }

    /// The number of the last line given, or of the one at which reading broke off.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// The next line, `None` after the last.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        self.number += 1;
        let mut taken = 0;
        let mut too_long = false;
        loop {
            let chunk = match self.bytes.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                if taken == 0 {
                    return Ok(None);
                }
                break;
            }
            let end = memchr::memchr(b'\n', chunk);
            let piece = &chunk[..end.unwrap_or(chunk.len())];
            if self.line.len() + piece.len() > self.limit {
                too_long = true;
                // A long line must not keep its memory for the lines after it.
                self.line = Vec::new();
            }
            if !too_long {
                self.line.extend_from_slice(piece);
            }
            let used = piece.len() + usize::from(end.is_some());
            taken += used;
            self.bytes.consume(used);
            if end.is_some() {
                break;
            }
        }
        if too_long {
            return Ok(Some(Line::TooLong));
        }
        if self.line.last() == Some(&b'\r') {
            self.line.pop();
        }
        Ok(Some(Line::Whole(&self.line)))
    }
}
