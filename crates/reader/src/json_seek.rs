//! JSON texts whose reports stand in arrays of a larger object: Telegram Desktop's `result.json`
//! («messages»), JSON feeds («items»); or are the text itself, an array or one object.

use std::io;

use crate::json_items::{Item, Items};
use crate::unpack::Bytes;

/// A string outside the array that is longer than this is no name.
const LONGEST_NAME: usize = 1000;

/// The objects of every array with the wanted key, and the name given before each.
pub(crate) struct Seek {
    items: Items,
    wanted: Option<&'static str>,
    named: &'static [&'static str],
    within: bool,
    /// The last value of each key of `named`.
    names: Vec<String>,
}

impl Seek {
    /// `wanted` is the key of the array, `None` for the whole text; `named` are the keys of names to keep.
    pub(crate) fn new(
        bytes: Bytes,
        limit: usize,
        wanted: Option<&'static str>,
        named: &'static [&'static str],
    ) -> Self {
        let items = Items::new(bytes, limit);
        Self { items, wanted, named, within: false, names: vec![String::new(); named.len()] }
    }

    /// The line on which the last object begins.
    pub(crate) fn start(&self) -> u64 {
        self.items.start()
    }

    /// The next object and the names given before it, `None` after the last.
    pub(crate) fn next(&mut self) -> io::Result<Option<(Item<'_>, &[String])>> {
        while self.wanted.is_some() {
            if !self.within && !self.seek()? {
                return Ok(None);
            }
            self.within = self.items.skip_to_object()?;
            if self.within {
                break;
            }
        }
        Ok(self.items.next()?.map(|item| (item, self.names.as_slice())))
    }

    /// Goes behind the opening bracket of the next wanted array.
    fn seek(&mut self) -> io::Result<bool> {
        let mut key = String::new();
        let mut last = String::new();
        while let Some(byte) = self.items.take_byte()? {
            match byte {
                b'"' => last = self.string()?,
                b':' => key = std::mem::take(&mut last),
                b'[' if Some(key.as_str()) == self.wanted => return Ok(true),
                b',' | b'}' | b'{' | b'[' | b']' => {
                    let at = self.named.iter().position(|name| *name == key);
                    if let Some(at) = at.filter(|_| !last.is_empty() && last != "null") {
                        self.names[at] = std::mem::take(&mut last);
                    }
                    key.clear();
                }
                b if b.is_ascii_whitespace() => {}
                // A number: an id.
                b => {
                    if last.len() < LONGEST_NAME {
                        last.push(char::from(b));
                    }
                }
            }
        }
        Ok(false)
    }

    fn string(&mut self) -> io::Result<String> {
        let mut raw = vec![b'"'];
        let mut escaped = false;
        while let Some(byte) = self.items.take_byte()? {
            if raw.len() < LONGEST_NAME {
                raw.push(byte);
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => break,
                _ => {}
            }
        }
        Ok(serde_json::from_slice(&raw).unwrap_or_default())
    }
}
