//! Feeds and news sitemaps: RSS, RDF, Atom, and `urlset` with headlines.
//!
//! Read as a stream, one item at a time. No entity that a document defines is ever expanded, so that
//! none can grow; a broken item ends the feed, the items before it are given.

use maydani_core::report::Report;
use quick_xml::Reader;
use quick_xml::errors::Error as XmlError;
use quick_xml::escape::escape;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::bounded::{Allowance, Bounded};
use crate::encoding::{Narrowed, declared};
use crate::entry::Entry;
use crate::error::{Fault, Place, ReadError};
use crate::given::Given;
use crate::options::Options;
use crate::page::fragment;
use crate::published::published;
use crate::unpack::{Bytes, buffered};

/// The reports of a feed.
pub(crate) struct Feed {
    source: String,
    xml: Reader<Bounded>,
    allowance: Allowance,
    options: Options,
    buffer: Vec<u8>,
    /// The feed's own title: the outlet.
    outlet: Option<String>,
    seen: bool,
    items: bool,
    done: bool,
}

impl Feed {
    pub(crate) fn new(source: String, head: &[u8], bytes: Bytes, options: Options) -> Self {
        let plain = buffered(Narrowed::new(bytes, declared(head)));
        let (bounded, allowance) = Bounded::new(plain, options.limits.document);
        let mut xml = Reader::from_reader(bounded);
        let config = xml.config_mut();
        // Feeds are often not well formed; what can be told is taken.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.expand_empty_elements = true;
        Self {
            source,
            xml,
            allowance,
            options,
            buffer: Vec::new(),
            outlet: None,
            seen: false,
            items: false,
            done: false,
        }
    }

    /// The next item, `None` after the last.
    fn item(&mut self) -> Result<Option<Item>, Fault> {
        // With the name of its element: `<url>` is an item of a sitemap, and a part of an item's picture.
        let mut item: Option<(String, Item)> = None;
        let mut field: Option<Open> = None;
        loop {
            self.buffer.clear();
            let event = self.xml.read_event_into(&mut self.buffer).map_err(|error| fault(&self.allowance, error))?;
            match event {
                Event::Eof if item.is_some() || field.is_some() => {
                    let early = std::io::ErrorKind::UnexpectedEof;
                    return Err(Fault::BrokenOff(early.into()));
                }
                Event::Eof => return Ok(None),
                Event::Start(start) => match &mut field {
                    Some(open) => open.start(&start),
                    None if item.is_none() && is_item(start.local_name().as_ref()) => {
                        item = Some((start.local_name().as_ref().to_owned(), Item::default()));
                    }
                    None => field = Field::of(&start, item.as_mut().map(|(_, item)| item)).map(Open::new),
                },
                Event::End(end) => {
                    let name = end.local_name();
                    let name = name.as_ref();
                    if let Some(mut open) = field.take() {
                        if open.end(name) {
                            match &mut item {
                                Some((_, item)) => item.fill(open.field, open.text),
                                None => self.head(open.field, &open.text),
                            }
                        } else {
                            field = Some(open);
                        }
                    } else if let Some((_, done)) = item.take_if(|(element, _)| element == name) {
                        self.allowance.renew();
                        return Ok(Some(Item { is_sitemap: name == "sitemap", ..done }));
                    }
                }
                Event::Text(text) => {
                    if let Some(open) = &mut field {
                        open.text(&text.into_inner());
                    }
                }
                Event::CData(text) => {
                    if let Some(open) = &mut field {
                        open.text(&text.into_inner());
                    }
                }
                Event::GeneralRef(entity) => {
                    if let Some(open) = &mut field {
                        open.entity(&entity);
                    }
                }
                _ => {}
            }
        }
    }

    fn head(&mut self, field: Field, text: &str) {
        if field == Field::Title && self.outlet.is_none() {
            self.outlet = plain(text);
        }
    }

    /// The next item with what a follower needs to know of it; `None` after the last.
    pub(crate) fn next_entry(&mut self) -> Option<Result<Entry, ReadError>> {
        if self.done {
            return None;
        }
        let item = self.item().transpose()?;
        self.done = item.is_err();
        Some(match item {
            Ok(item) => Ok(Entry {
                url: filled(&item.url),
                is_sitemap: item.is_sitemap,
                changed: filled(&item.changed).or_else(|| filled(&item.updated)),
                report: self.report(&item),
            }),
            Err(fault) => Err(ReadError { place: Place::of(&self.source), fault }),
        })
    }

    fn report(&self, item: &Item) -> Option<Report> {
        let title = plain(&item.title);
        let longer = if item.content.len() >= item.summary.len() { &item.content } else { &item.summary };
        let body = fragment(longer);
        let text = match (&title, body.is_empty()) {
            (None, true) => return None,
            (Some(title), true) => title.clone(),
            _ => body,
        };
        let given = Given {
            id: filled(&item.id).or_else(|| filled(&item.url)),
            url: filled(&item.url),
            outlet: plain(&item.outlet).or_else(|| self.outlet.clone()),
            section: plain(&item.section),
            published: published(&item.published).or_else(|| published(&item.updated)),
            title,
            text,
        };
        Some(given.into_report(&self.options))
    }
}

impl Iterator for Feed {
    type Item = Result<Report, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.item() {
                Ok(Some(item)) => {
                    self.items = true;
                    if let Some(report) = self.report(&item) {
                        self.seen = true;
                        return Some(Ok(report));
                    }
                }
                Ok(None) => {
                    self.done = true;
                    let fault = if self.items { Fault::NoHeadlines } else { Fault::Empty };
                    let place = Place::of(&self.source);
                    return (!self.seen).then_some(Err(ReadError { place, fault }));
                }
                Err(fault) => {
                    self.done = true;
                    return Some(Err(ReadError { place: Place::of(&self.source), fault }));
                }
            }
        }
        None
    }
}

fn fault(allowance: &Allowance, error: XmlError) -> Fault {
    match error {
        XmlError::Io(error) => allowance.fault(std::io::Error::new(error.kind(), error.to_string())),
        XmlError::Syntax(_) => {
            allowance.fault(std::io::Error::new(std::io::ErrorKind::UnexpectedEof, error.to_string()))
        }
        other => Fault::Xml(other.to_string()),
    }
}

#[derive(Debug, Default)]
struct Item {
    id: String,
    url: String,
    title: String,
    outlet: String,
    section: String,
    published: String,
    updated: String,
    changed: String,
    content: String,
    summary: String,
    is_sitemap: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Id,
    Url,
    Title,
    Outlet,
    Section,
    Published,
    Updated,
    Changed,
    Content,
    Summary,
}

impl Field {
    /// The field that an element holds. Atom's links and categories hold theirs in attributes.
    fn of(start: &BytesStart, item: Option<&mut Item>) -> Option<Self> {
        let name = start.local_name();
        let name = name.as_ref();
        if let Some(item) = item {
            match name {
                "link" if item.url.is_empty() => {
                    let is_page = attribute(start, "rel").is_none_or(|rel| rel == "alternate");
                    if let Some(href) = attribute(start, "href").filter(|_| is_page) {
                        item.url = href;
                    }
                }
                "category" => {
                    if let Some(term) = attribute(start, "term").filter(|_| item.section.is_empty()) {
                        item.section = term;
                    }
                }
                _ => {}
            }
        }
        Some(match name {
            "guid" | "id" => Self::Id,
            "link" | "loc" => Self::Url,
            "title" => Self::Title,
            "name" => Self::Outlet,
            "category" | "keywords" => Self::Section,
            "pubDate" | "published" | "date" | "publication_date" => Self::Published,
            "updated" | "modified" => Self::Updated,
            // Of a sitemap's page, which may be much older.
            "lastmod" => Self::Changed,
            "encoded" | "content" => Self::Content,
            "description" | "summary" => Self::Summary,
            _ => return None,
        })
    }
}

/// A field that is being read.
struct Open {
    field: Field,
    text: String,
    /// Elements open within it: Atom's XHTML.
    depth: usize,
    markup: bool,
}

impl Open {
    fn new(field: Field) -> Self {
        Self { field, text: String::new(), depth: 0, markup: false }
    }

    fn start(&mut self, start: &BytesStart) {
        self.depth += 1;
        self.markup = true;
        self.tag("<", start.local_name().as_ref());
    }

    /// Whether the field itself ends.
    fn end(&mut self, name: &str) -> bool {
        if self.depth == 0 {
            return true;
        }
        self.depth -= 1;
        self.tag("</", name);
        false
    }

    fn tag(&mut self, open: &str, name: &str) {
        self.text.push_str(open);
        self.text.push_str(name);
        self.text.push('>');
    }

    fn text(&mut self, text: &str) {
        if self.markup {
            self.text.push_str(&escape(text));
        } else {
            self.text.push_str(text);
        }
    }

    /// The five entities of XML and characters by number; others stay as they are written.
    fn entity(&mut self, entity: &BytesRef) {
        if let Ok(Some(c)) = entity.resolve_char_ref() {
            self.text(c.encode_utf8(&mut [0; 4]));
            return;
        }
        let name = entity.borrow().into_inner();
        if let Some(text) = quick_xml::escape::resolve_predefined_entity(&name) {
            self.text(text);
        } else {
            self.text.push('&');
            self.text.push_str(&name);
            self.text.push(';');
        }
    }
}

impl Item {
    /// The first of a kind counts: a feed's `media:title` must not replace the headline.
    fn fill(&mut self, field: Field, text: String) {
        let place = match field {
            Field::Id => &mut self.id,
            Field::Url => &mut self.url,
            Field::Title => &mut self.title,
            Field::Outlet => &mut self.outlet,
            Field::Section => &mut self.section,
            Field::Published => &mut self.published,
            Field::Updated => &mut self.updated,
            Field::Changed => &mut self.changed,
            Field::Content => &mut self.content,
            Field::Summary => &mut self.summary,
        };
        if place.trim().is_empty() {
            *place = text;
        }
    }
}

fn is_item(name: &str) -> bool {
    matches!(name, "item" | "entry" | "url" | "sitemap")
}

fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    start.try_get_attribute(name).ok()?.map(|attribute| attribute.value.to_string())
}

fn filled(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A label's text: feeds write it as HTML too.
fn plain(text: &str) -> Option<String> {
    let text = if text.contains(['&', '<']) { fragment(text) } else { text.to_owned() };
    filled(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
