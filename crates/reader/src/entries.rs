//! What feeds and sitemaps list, for whoever fetches it.

use std::io::Cursor;

use crate::entry::Entry;
use crate::error::ReadError;
use crate::feed::Feed;
use crate::json::Json;
use crate::kind::Kind;
use crate::options::Options;
use crate::source::told;

/// Iterator of [`entries`]. A fault is an item too, the last one.
pub struct Entries(Listing);

enum Listing {
    Xml(Box<Feed>),
    Json(Box<Json>),
}

/// What a feed or sitemap lists, in its order; `None` where the bytes are neither.
#[must_use]
pub fn entries(url: &str, bytes: &[u8], options: &Options) -> Option<Entries> {
    let (kind, head, plain) = told(url, Cursor::new(bytes.to_vec()), options).ok()?;
    let name = url.to_owned();
    match kind {
        Kind::Feed => Some(Entries(Listing::Xml(Box::new(Feed::new(name, &head, plain, options.clone()))))),
        Kind::JsonFeed => Some(Entries(Listing::Json(Box::new(Json::feed(name, plain, options.clone()))))),
        _ => None,
    }
}

impl Iterator for Entries {
    type Item = Result<Entry, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Listing::Xml(feed) => feed.next_entry(),
            Listing::Json(feed) => {
                let report = feed.next()?;
                Some(report.map(|report| Entry {
                    url: report.url.clone(),
                    is_sitemap: false,
                    changed: None,
                    report: Some(report),
                }))
            }
        }
    }
}
