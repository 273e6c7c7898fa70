//! From sources to reports: opening, unpacking, telling kinds apart.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use maydani_core::report::Report;

use crate::encoding::{Narrowed, wide};
use crate::error::{Fault, Place, ReadError, mebibytes};
use crate::feed::Feed;
use crate::json::Json;
use crate::json_lines::JsonLines;
use crate::kind::Kind;
use crate::options::Options;
use crate::table::Table;
use crate::unpack::{Bytes, look, unpack};
use crate::unread::{Form, Unread};
use crate::walk::{Found, Walk};
use crate::warc::Warc;

/// Where reports come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file, or a folder: its files in sorted order.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// Bytes at hand.
    Bytes {
        /// What messages call them.
        name: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// Bytes that an address gave.
    Fetched {
        /// The address.
        url: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
}

/// The reports of all sources, in order. One input is open at a time, and of it one report is held.
pub fn reports(sources: impl IntoIterator<Item = Source>, options: &Options) -> Reports {
    Reports {
        sources: sources.into_iter().collect(),
        folder: Walk::default(),
        open: None,
        options: options.clone(),
        bytes_read: Arc::default(),
    }
}

/// Iterator of [`reports`]. A fault is an item too; the reports after it follow.
pub struct Reports {
    sources: VecDeque<Source>,
    folder: Walk,
    open: Option<Items>,
    options: Options,
    bytes_read: Arc<AtomicU64>,
}

impl Reports {
    /// Bytes taken from the sources so far, packed as they are there: for a progress bar.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Ordering::Relaxed)
    }

    /// The next report, to be read on another thread.
    pub fn next_unread(&mut self) -> Option<Unread> {
        loop {
            if let Some(item) = self.open.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            self.open = None;
            if let Err(error) = self.open_next()? {
                return Some(Err(error).into());
            }
        }
    }

    /// Opens the next file, `None` when there is none.
    fn open_next(&mut self) -> Option<Result<(), ReadError>> {
        let fault = |name: String, fault| Err(ReadError { place: Place::of(&name), fault });
        match self.folder.next() {
            Some(Found::File(path)) => {
                let name = path.display().to_string();
                return Some(match File::open(&path) {
                    Ok(file) => self.open(&name, None, file),
                    Err(error) => fault(name, Fault::Open(error)),
                });
            }
            Some(Found::Unreadable(path, error)) => {
                return Some(fault(path.display().to_string(), Fault::Open(error)));
            }
            Some(Found::EmptyFolder(path)) => {
                return Some(fault(path.display().to_string(), Fault::EmptyFolder));
            }
            None => {}
        }
        match self.sources.pop_front()? {
            Source::File(path) => {
                self.folder = Walk::new(path);
                Some(Ok(()))
            }
            Source::Stdin => Some(self.open("(stdin)", None, io::stdin())),
            Source::Bytes { name, bytes } => Some(self.open(&name, None, Cursor::new(bytes))),
            Source::Fetched { url, bytes } => Some(self.open(&url, Some(&url), Cursor::new(bytes))),
        }
    }

    fn open(&mut self, name: &str, url: Option<&str>, packed: impl Read + Send + 'static) -> Result<(), ReadError> {
        let counted = Counted { bytes: packed, count: Arc::clone(&self.bytes_read) };
        match input(name, url, counted, &self.options) {
            Ok(open) => {
                self.open = Some(open);
                Ok(())
            }
            Err(fault) => Err(ReadError { place: Place::of(name), fault }),
        }
    }
}

impl Iterator for Reports {
    type Item = Result<Report, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_unread().map(Unread::read)
    }
}

type Items = Box<dyn Iterator<Item = Unread> + Send>;

/// The reports of one input.
fn input(name: &str, url: Option<&str>, packed: impl Read + Send + 'static, options: &Options) -> Result<Items, Fault> {
    let (kind, head, bytes) = told(name, packed, options)?;
    let options = options.clone();
    let one = |form, bytes, options: Options| -> Result<Items, Fault> {
        let bytes = document(bytes, options.limits.document)?;
        Ok(Box::new(std::iter::once(Unread::new(form, bytes, Place::of(name), options))))
    };
    let fetched = url.is_some();
    Ok(match kind {
        Kind::JsonLines => Box::new(JsonLines::new(name.to_owned(), bytes, options)),
        Kind::Json => items(Json::plain(name.to_owned(), bytes, options)),
        Kind::Telegram => items(Json::telegram(name.to_owned(), bytes, options)),
        Kind::JsonFeed => items(Json::feed(name.to_owned(), bytes, options)),
        Kind::Feed => items(Feed::new(name.to_owned(), &head, bytes, options)),
        Kind::Warc => items(Warc::new(name.to_owned(), bytes, options)),
        Kind::Table(separator) => items(Table::new(name.to_owned(), &head, bytes, separator, options)),
        Kind::Html => one(Form::Page { fetched }, bytes, options)?,
        Kind::Text => one(Form::Text { fetched }, bytes, options)?,
        Kind::Empty => return Err(Fault::Empty),
        Kind::Binary(what) => return Err(Fault::Binary(what)),
    })
}

/// Items that are read as they are found.
fn items(read: impl Iterator<Item = Result<Report, ReadError>> + Send + 'static) -> Items {
    Box::new(read.map(Unread::from))
}

/// What an input is, its first bytes, and the whole of it, unpacked.
pub(crate) fn told(
    name: &str,
    packed: impl Read + Send + 'static,
    options: &Options,
) -> Result<(Kind, Vec<u8>, Bytes), Fault> {
    let plain = Ending { bytes: unpack(packed).map_err(Fault::Open)?, left: options.limits.input };
    let (mut head, mut bytes) = look(plain).map_err(Fault::BrokenOff)?;
    if let Some(encoding) = wide(&head) {
        (head, bytes) = look(Narrowed::new(bytes, encoding)).map_err(Fault::BrokenOff)?;
    }
    Ok((Kind::of(&head, name, &options.tables.names), head, bytes))
}

/// Bytes that end in a fault where there are more than an input may hold.
struct Ending {
    bytes: Bytes,
    left: u64,
}

impl Read for Ending {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, "it unpacks to more than may be taken from the web")
        })?;
        Ok(read)
    }
}

/// The bytes of a whole document.
fn document(bytes: Bytes, limit: usize) -> Result<Vec<u8>, Fault> {
    let mut whole = Vec::new();
    bytes.take(limit as u64 + 1).read_to_end(&mut whole).map_err(Fault::BrokenOff)?;
    if whole.len() > limit { Err(Fault::LargeDocument(mebibytes(limit))) } else { Ok(whole) }
}

struct Counted<R> {
    bytes: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
