//! Web archives: WARC, plain or packed (Common Crawl's news among them).
//!
//! Pages (`response`, `resource`) and texts (`conversion`) are read; requests, metadata and other
//! kinds of content are passed over. A record that is too large or broken costs only itself.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};
use maydani_core::report::Report;

use crate::encoding::{decode, decode_page};
use crate::error::{Fault, Place, ReadError, mebibytes};
use crate::options::Options;
use crate::page::page;
use crate::pasted::pasted;
use crate::unpack::Bytes;

/// Headers of a record may take so many bytes.
const LARGEST_HEAD: usize = 64 * 1024;

/// The reports of a web archive.
pub(crate) struct Warc {
    source: String,
    bytes: Bytes,
    options: Options,
    seen: bool,
    done: bool,
}

/// The headers of a record or of a page that count here.
#[derive(Debug, Default)]
struct Head {
    kind: String,
    url: String,
    content: String,
    length: Option<u64>,
    chunked: bool,
    packed: String,
    first: String,
}

impl Warc {
    pub(crate) fn new(source: String, bytes: Bytes, options: Options) -> Self {
        Self { source, bytes, options, seen: false, done: false }
    }

    /// The next page: its address, and its report or what is wrong with it. `None` at the end.
    #[expect(clippy::type_complexity, reason = "a page's fault must not end the archive, an archive's must")]
    fn record(&mut self) -> Result<Option<(String, Result<Report, Fault>)>, Fault> {
        loop {
            let Some(head) = Head::read(&mut self.bytes, true)? else { return Ok(None) };
            if !head.first.starts_with("WARC/") {
                return Err(Fault::Warc("it does not begin with WARC/"));
            }
            let Some(length) = head.length else { return Err(Fault::Warc("it has no Content-Length")) };
            let limit = self.options.limits.document;
            let wanted = matches!(head.kind.as_str(), "response" | "resource" | "conversion");
            if !wanted || length > limit as u64 {
                skip(&mut self.bytes, length)?;
                if wanted {
                    return Ok(Some((head.url, Err(Fault::LargeDocument(mebibytes(limit))))));
                }
                continue;
            }
            let mut block = Vec::new();
            (&mut self.bytes).take(length).read_to_end(&mut block).map_err(Fault::BrokenOff)?;
            if (block.len() as u64) < length {
                return Err(Fault::BrokenOff(io::ErrorKind::UnexpectedEof.into()));
            }
            if let Some(read) = content(&head, &block, &self.options) {
                return Ok(Some((head.url, read)));
            }
        }
    }
}

impl Iterator for Warc {
    type Item = Result<Report, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let (source, read) = match self.record() {
            Ok(Some((url, read))) => (format!("{} ({url})", self.source), read),
            Ok(None) => {
                self.done = true;
                let place = Place::of(&self.source);
                return (!self.seen).then_some(Err(ReadError { place, fault: Fault::Empty }));
            }
            Err(fault) => {
                self.done = true;
                (self.source.clone(), Err(fault))
            }
        };
        self.seen = true;
        Some(read.map_err(|fault| ReadError { place: Place::of(&source), fault }))
    }
}

/// The report of a record, `None` for what is no page (an image, a redirect, an error page).
fn content(head: &Head, block: &[u8], options: &Options) -> Option<Result<Report, Fault>> {
    let url = Some(head.url.as_str()).filter(|url| !url.is_empty());
    if head.kind == "conversion" {
        let text = decode(block).ok_or(Fault::Binary("bytes"));
        return Some(text.and_then(|text| pasted(&text, url, options)));
    }
    let is_http = head.content.starts_with("application/http");
    let mut rest = block;
    let http = if is_http { Head::read(&mut rest, false).ok().flatten()? } else { Head::default() };
    let is_found = !is_http || http.first.split(' ').nth(1) == Some("200");
    let kind = if is_http { &http.content } else { &head.content };
    let is_page = kind.is_empty() || kind.starts_with("text/html") || kind.starts_with("application/xhtml");
    let is_text = kind.starts_with("text/plain");
    if !is_found || !(is_page || is_text) {
        return None;
    }
    let body = match body(&http, rest, options.limits.document) {
        Ok(body) => body,
        Err(fault) => return Some(Err(fault)),
    };
    Some(if is_page {
        let html = decode_page(&body).ok_or(Fault::Binary("bytes"));
        html.and_then(|html| page(&html, url, options))
    } else {
        let text = decode(&body).ok_or(Fault::Binary("bytes"));
        text.and_then(|text| pasted(&text, url, options))
    })
}

/// The body of a page as the site sent it: put together from chunks, unpacked.
fn body<'a>(http: &Head, sent: &'a [u8], limit: usize) -> Result<Cow<'a, [u8]>, Fault> {
    // Crawlers often undo the chunks and keep the header.
    let whole =
        if http.chunked { unchunked(sent).map_or(Cow::Borrowed(sent), Cow::Owned) } else { Cow::Borrowed(sent) };
    let is_gzip = whole.starts_with(&[0x1f, 0x8b]);
    let unpack: Box<dyn Read + '_> = match http.packed.as_str() {
        _ if is_gzip => Box::new(MultiGzDecoder::new(whole.as_ref())),
        "deflate" if whole.first() == Some(&0x78) => Box::new(ZlibDecoder::new(whole.as_ref())),
        _ => return Ok(whole),
    };
    let mut plain = Vec::new();
    unpack.take(limit as u64 + 1).read_to_end(&mut plain).map_err(Fault::BrokenOff)?;
    if plain.len() > limit { Err(Fault::LargeDocument(mebibytes(limit))) } else { Ok(Cow::Owned(plain)) }
}

/// The pieces of a chunked body put together, `None` where it is not chunked after all.
fn unchunked(mut sent: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = memchr::memchr(b'\n', sent)?;
        let size = std::str::from_utf8(&sent[..end]).ok()?.trim().split(';').next()?;
        let size = usize::from_str_radix(size.trim(), 16).ok()?;
        sent = &sent[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(sent.get(..size)?);
        sent = sent.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

impl Head {
    /// Reads headers up to the blank line, `None` at the end of the bytes. Before a WARC record blank
    /// lines may stand.
    fn read(bytes: &mut impl BufRead, after_blanks: bool) -> Result<Option<Self>, Fault> {
        let mut head = Self::default();
        let mut taken = 0;
        let mut line = Vec::new();
        loop {
            line.clear();
            let room = (LARGEST_HEAD - taken) as u64;
            let read = bytes.take(room).read_until(b'\n', &mut line).map_err(Fault::BrokenOff)?;
            taken += read;
            if taken >= LARGEST_HEAD {
                return Err(Fault::Warc("its headers do not end"));
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim();
            match (read, text.is_empty(), head.first.is_empty()) {
                (0, _, true) => return Ok(None),
                (0, ..) => return Err(Fault::BrokenOff(io::ErrorKind::UnexpectedEof.into())),
                (_, true, true) if after_blanks => {}
                (_, true, _) => return Ok(Some(head)),
                (_, false, true) => text.clone_into(&mut head.first),
                (_, false, false) => head.header(text),
            }
        }
    }

    fn header(&mut self, line: &str) {
        let Some((name, value)) = line.split_once(':') else { return };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => value.clone_into(&mut self.kind),
            "warc-target-uri" => value.trim_matches(['<', '>']).clone_into(&mut self.url),
            "content-type" => self.content = value.to_ascii_lowercase(),
            "content-length" => self.length = value.parse().ok(),
            "transfer-encoding" => self.chunked = value.eq_ignore_ascii_case("chunked"),
            "content-encoding" => self.packed = value.to_ascii_lowercase(),
            _ => {}
        }
    }
}

fn skip(bytes: &mut Bytes, length: u64) -> Result<(), Fault> {
    let skipped = io::copy(&mut bytes.take(length), &mut io::sink()).map_err(Fault::BrokenOff)?;
    if skipped < length {
        return Err(Fault::BrokenOff(io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(())
}
