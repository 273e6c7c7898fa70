//! JSON that spans lines: the objects of one array, one after the other, or one object alone.
//!
//! Only the brackets are counted here; each object is parsed on its own, so that memory holds one
//! object at a time and a bad object costs no other.

use std::io::{self, BufRead};

use maydani_core::report::Report;

use crate::error::{Fault, Place, ReadError, mebibytes};
use crate::json_lines::report;
use crate::options::Options;
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

/// The reports of a JSON array, or of one object.
pub(crate) struct Json {
    source: String,
    items: Items,
    options: Options,
    seen: bool,
    done: bool,
}

impl Json {
    pub(crate) fn new(source: String, bytes: Bytes, options: Options) -> Self {
        let items = Items::new(bytes, options.limits.document);
        Self { source, items, options, seen: false, done: false }
    }
}

impl Iterator for Json {
    type Item = Result<Report, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let read = match self.items.next() {
            Ok(Some(Item::Whole(object))) => report(object, &self.options).map_err(|(fault, _)| fault),
            Ok(Some(Item::TooLarge)) => Err(Fault::LargeDocument(mebibytes(self.options.limits.document))),
            Ok(Some(Item::Truncated)) => {
                self.done = true;
                Err(Fault::TruncatedJson)
            }
            Ok(None) => {
                self.done = true;
                let place = Place::of(&self.source);
                return (!self.seen).then_some(Err(ReadError { place, fault: Fault::Empty }));
            }
            Err(error) => {
                self.done = true;
                Err(Fault::BrokenOff(error))
            }
        };
        self.seen = true;
        let place = Place::line(&self.source, self.items.start());
        Some(read.map_err(|fault| ReadError { place, fault }))
    }
}
