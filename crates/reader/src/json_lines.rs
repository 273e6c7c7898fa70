//! JSON Lines: `{"id", "url", "outlet", "title", "published", "text"}`, all but `text` optional.

use crate::error::{Fault, Place, ReadError, mebibytes};
use crate::lines::{Line, Lines};
use crate::options::Options;
use crate::unpack::Bytes;
use crate::unread::{Form, Unread};

/// The reports of a JSON Lines input.
pub(crate) struct JsonLines {
    source: String,
    lines: Lines,
    options: Options,
    seen: bool,
    done: bool,
}

impl JsonLines {
    pub(crate) fn new(source: String, bytes: Bytes, options: Options) -> Self {
        let lines = Lines::new(bytes, options.limits.line);
        Self { source, lines, options, seen: false, done: false }
    }
}

impl Iterator for JsonLines {
    type Item = Unread;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let read = match self.lines.next() {
                Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => continue,
                Ok(Some(Line::Whole(line))) => Ok(line.to_vec()),
                Ok(Some(Line::TooLong)) => Err(Fault::LongLine(mebibytes(self.options.limits.line))),
                Ok(None) => {
                    self.done = true;
                    if self.seen {
                        return None;
                    }
                    return Some(Err(ReadError { place: Place::of(&self.source), fault: Fault::Empty }).into());
                }
                Err(error) => {
                    self.done = true;
                    Err(Fault::BrokenOff(error))
                }
            };
            self.seen = true;
            let place = Place::line(&self.source, self.lines.number());
            return Some(match read {
                Ok(json) => Unread::new(Form::Json, json, place, self.options.clone()),
                Err(fault) => Err(ReadError { place, fault }).into(),
            });
        }
        None
    }
}
