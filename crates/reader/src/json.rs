//! JSON texts that span lines: an array of reports or one report, Telegram exports, JSON feeds.

use maydani_core::report::Report;

use crate::error::{Fault, Place, ReadError, mebibytes};
use crate::json_items::Item;
use crate::json_object;
use crate::json_seek::Seek;
use crate::options::Options;
use crate::unpack::Bytes;
use crate::{json_feed, telegram};

/// Reads one object; `names` are those given before it. `None` for one that is no report.
type Read = fn(&[u8], names: &[String], &Options) -> Option<Result<Report, Fault>>;

/// The reports of a JSON text.
pub(crate) struct Json {
    source: String,
    objects: Seek,
    read: Read,
    options: Options,
    seen: bool,
    done: bool,
}

impl Json {
    /// An array of objects as in JSON Lines, or one such object.
    pub(crate) fn plain(source: String, bytes: Bytes, options: Options) -> Self {
        let objects = Seek::new(bytes, options.limits.document, None, &[]);
        let read: Read = |json, _, options| Some(json_object::report(json, options).map_err(|(fault, _)| fault));
        Self { source, objects, read, options, seen: false, done: false }
    }

    /// An export of Telegram Desktop.
    pub(crate) fn telegram(source: String, bytes: Bytes, options: Options) -> Self {
        let objects = Seek::new(bytes, options.limits.document, Some("messages"), &["name", "id"]);
        Self { source, objects, read: telegram::report, options, seen: false, done: false }
    }

    /// A JSON feed.
    pub(crate) fn feed(source: String, bytes: Bytes, options: Options) -> Self {
        let objects = Seek::new(bytes, options.limits.document, Some("items"), &["title"]);
        let read: Read = |json, names, options| Some(json_feed::report(json, names, options));
        Self { source, objects, read, options, seen: false, done: false }
    }

    /// The next object's report, `None` at the end, `Some(None)` for an object that is no report.
    #[expect(clippy::option_option, reason = "the end of the text, and an object without a report")]
    fn object(&mut self) -> Option<Option<Result<Report, Fault>>> {
        let limit = self.options.limits.document;
        let read = match self.objects.next() {
            Ok(Some((Item::Whole(json), names))) => (self.read)(json, names, &self.options),
            Ok(Some((Item::TooLarge, _))) => Some(Err(Fault::LargeDocument(mebibytes(limit)))),
            Ok(Some((Item::Truncated, _))) => {
                self.done = true;
                Some(Err(Fault::TruncatedJson))
            }
            Ok(None) => {
                self.done = true;
                return None;
            }
            Err(error) => {
                self.done = true;
                Some(Err(Fault::BrokenOff(error)))
            }
        };
        Some(read)
    }
}

impl Iterator for Json {
    type Item = Result<Report, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let Some(object) = self.object() else {
                let place = Place::of(&self.source);
                return (!self.seen).then_some(Err(ReadError { place, fault: Fault::Empty }));
            };
            if let Some(read) = object {
                self.seen = true;
                let place = Place::line(&self.source, self.objects.start());
                return Some(read.map_err(|fault| ReadError { place, fault }));
            }
        }
        None
    }
}
