//! The objects of a JSON text that spans lines, one after the other.
//!
//! Only the brackets are counted here; each object is parsed on its own, so that memory holds one
//! object at a time and a bad object costs no other.

use std::io::{self, BufRead};

use crate::unpack::Bytes;

/// The objects at one depth of a JSON text.
pub(crate) struct Items {
    bytes: Bytes,
    item: Vec<u8>,
    limit: usize,
    /// Line of the byte read last, and of the item's first byte.
    line: u64,
    start: u64,
}

/// One object.
pub(crate) enum Item<'a> {
    /// Its bytes.
    Whole(&'a [u8]),
    /// It is larger than the limit and was passed over.
    TooLarge,
    /// The text ends within it.
    Truncated,
}

impl Items {
    pub(crate) fn new(bytes: Bytes, limit: usize) -> Self {
        Self { bytes, item: Vec::new(), limit, line: 1, start: 1 }
    }

    /// The line on which the last item begins.
    pub(crate) fn start(&self) -> u64 {
        self.start
    }

    /// The next byte.
    pub(crate) fn take_byte(&mut self) -> io::Result<Option<u8>> {
        let Some(&byte) = self.bytes.fill_buf()?.first() else { return Ok(None) };
        self.bytes.consume(1);
        self.line += u64::from(byte == b'\n');
        Ok(Some(byte))
    }

    /// Goes to the next object of the array that is open; false behind the array's end.
    pub(crate) fn skip_to_object(&mut self) -> io::Result<bool> {
        loop {
            match self.bytes.fill_buf()?.first() {
                Some(b'{') => return Ok(true),
                Some(b']') | None => {
                    self.take_byte()?;
                    return Ok(false);
                }
                Some(_) => self.take_byte()?,
            };
        }
    }

    /// The next object, `None` after the last.
    pub(crate) fn next(&mut self) -> io::Result<Option<Item<'_>>> {
        self.item.clear();
        let (mut depth, mut in_string, mut escaped, mut too_large) = (0_u32, false, false, false);
        loop {
            let chunk = self.bytes.fill_buf()?;
            if chunk.is_empty() {
                return Ok((depth > 0).then_some(Item::Truncated));
            }
            // Between objects only an opening brace matters.
            let skipped = if depth == 0 {
                let skipped = memchr::memchr(b'{', chunk).unwrap_or(chunk.len());
                self.line += memchr::memchr_iter(b'\n', &chunk[..skipped]).count() as u64;
                skipped
            } else {
                0
            };
            if depth == 0 && skipped < chunk.len() {
                self.start = self.line;
            }
            let mut end = skipped;
            let mut closed = false;
            for &byte in &chunk[skipped..] {
                end += 1;
                match byte {
                    b'\n' => self.line += 1,
                    _ if escaped => escaped = false,
                    b'\\' if in_string => escaped = true,
                    b'"' => in_string = !in_string,
                    b'{' if !in_string => depth += 1,
                    b'}' if !in_string => {
                        depth -= 1;
                        closed = depth == 0;
                    }
                    _ => {}
                }
                if closed {
                    break;
                }
            }
            if self.item.len() + end - skipped > self.limit {
                too_large = true;
                self.item = Vec::new();
            }
            if !too_large {
                self.item.extend_from_slice(&chunk[skipped..end]);
            }
            self.bytes.consume(end);
            if closed {
                let item = if too_large { Item::TooLarge } else { Item::Whole(&self.item) };
                return Ok(Some(item));
            }
        }
    }
}
