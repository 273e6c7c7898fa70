//! Reads pages, texts, JSON Lines, feeds, web archives, Telegram exports and tables, packed or not, into
//! reports. The kind is told by content.
//!
//! | input | what becomes a report |
//! |---|---|
//! | JSON Lines, a JSON array, one JSON object | each object with a `text`; the text is kept to the letter, unless it holds no article and the address bears a headline |
//! | pasted text | the whole, without section word, sign-off and page furniture |
//! | HTML | the page's report; headline, outlet, section, day from JSON-LD, meta elements, the page |
//! | RSS, RDF, Atom, JSON feeds | each item |
//! | news sitemaps | each headline; [`entries`] gives the pages that a feed or sitemap lists |
//! | WARC | each page and text |
//! | Telegram Desktop's `result.json` | each post with a text |
//! | CSV and its kin | each row, where a column holds texts |
//!
//! Each may be packed (gzip, xz, zstd), in UTF-8, UTF-16 or windows-1256. What cannot be read is an
//! error with its place in the stream; the reports around it are read. Memory holds one report.
//!
//! ```
//! use maydani_reader::{Options, Source, reports};
//!
//! let line = r#"{"id": "1", "text": "غارة على قرية الصفا\n\nقصفت طائرة قرية الصفا."}"#;
//! let source = Source::Bytes { name: "sample.jsonl".into(), bytes: line.into() };
//! let report = reports([source], &Options::default()).next().expect("one report")?;
//! assert_eq!(report.title.as_deref(), Some("غارة على قرية الصفا"));
//! # Ok::<(), maydani_reader::ReadError>(())
//! ```

mod address;
mod bounded;
mod columns;
mod dateline;
mod encoding;
mod entries;
mod entry;
mod error;
mod feed;
mod given;
mod json;
mod json_feed;
mod json_items;
mod json_lines;
mod json_object;
mod json_seek;
mod kind;
mod lines;
mod options;
mod page;
mod pasted;
mod published;
mod section;
mod source;
mod table;
mod table_files;
mod tables;
mod telegram;
mod unpack;
mod unread;
mod walk;
mod warc;

pub use entries::{Entries, entries};
pub use entry::Entry;
pub use error::{Fault, Place, ReadError};
pub use options::{Limits, Options};
pub use source::{Reports, Source, reports};
pub use tables::Tables;
pub use unread::Unread;
