//! JSON Lines: `{"id", "url", "outlet", "title", "published", "text"}`, all but `text` optional.

use maydani_core::report::Report;

use crate::encoding::decode;
use crate::error::{Fault, Place, ReadError, mebibytes};
use crate::given::Given;
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

/// A report of one JSON object, or the fault and its column.
pub(crate) fn report(json: &[u8], options: &Options) -> Result<Report, (Fault, Option<usize>)> {
    let Some(json) = decode(json) else {
        return Err((Fault::Binary("bytes"), None));
    };
    let given: Given = serde_json::from_str(&json).map_err(|error| {
        let column = Some(error.column()).filter(|&column| column > 0);
        if error.is_eof() {
            return (Fault::TruncatedJson, column);
        }
        // serde_json ends its messages with the place; ours stands in front.
        let message = error.to_string();
        let what = message.split(" at line ").next().unwrap_or(&message).to_owned();
        (Fault::Json(what), column)
    })?;
    Ok(given.into_report(options))
}

/// Any JSON object of a larger text.
pub(crate) fn value(json: &[u8]) -> Result<serde_json::Value, Fault> {
    let json = decode(json).ok_or(Fault::Binary("bytes"))?;
    serde_json::from_str(&json).map_err(|error| Fault::Json(error.to_string()))
}
