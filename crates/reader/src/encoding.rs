//! Bytes to characters: UTF-8, UTF-16, and the Arabic code pages of older sites and archives.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::unpack::Bytes;

/// The characters of a document or of a line. Bytes that are no text in any likely encoding give
/// `None`.
pub(crate) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf".as_slice()).unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Cow::Borrowed(text));
    }
    if let Some(encoding) = wide(bytes) {
        let (text, faulty) = encoding.decode_with_bom_removal(bytes);
        return (!faulty).then_some(text);
    }
    // One broken character in UTF-8 is no other encoding.
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
    let sound = lossy.chars().filter(|c| !c.is_ascii()).count() - broken;
    if broken * 20 <= sound {
        return Some(lossy);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let (text, faulty) = detector.guess(None, Utf8Detection::Deny).decode_without_bom_handling(bytes);
    let is_text = !faulty && !text.contains(|c: char| c.is_control() && !c.is_whitespace());
    is_text.then_some(text)
}

/// The characters of a web page, which may say what its encoding is.
pub(crate) fn decode_page(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let said = if std::str::from_utf8(bytes).is_err() { said(bytes) } else { None };
    let decoded = said.map(|encoding| encoding.decode_without_bom_handling(bytes));
    match decoded {
        Some((text, false)) => Some(text),
        _ => decode(bytes),
    }
}

/// The encoding that a page names in its head: `<meta charset=windows-1256>` and older forms.
fn said(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let label = head.split_once("charset=")?.1.trim_start_matches(['"', '\'', ' ']);
    let label = label.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next()?;
    // A page that says UTF-8 and is not is told by its bytes.
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_single_byte())
}

/// The encoding of a stream by its head: what an XML declaration says, else what the bytes look like.
pub(crate) fn declared(head: &[u8]) -> &'static Encoding {
    let line = String::from_utf8_lossy(&head[..head.len().min(200)]).to_ascii_lowercase();
    let label = line.split_once("encoding=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let label = label.and_then(|rest| rest.split(['"', '\'']).next()).unwrap_or_default();
    let said = Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_single_byte());
    said.unwrap_or_else(|| guessed(head))
}

/// UTF-8, or the 8-bit encoding that the bytes look like. The head may end within a character.
pub(crate) fn guessed(head: &[u8]) -> &'static Encoding {
    match std::str::from_utf8(head) {
        Ok(_) => UTF_8,
        Err(error) if error.valid_up_to() + 4 > head.len() => UTF_8,
        Err(error) if error.valid_up_to() > 0 && !head[..error.valid_up_to()].is_ascii() => UTF_8,
        Err(_) => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(head, false);
            detector.guess(None, Utf8Detection::Deny)
        }
    }
}

/// Which UTF-16 the bytes are, told by the byte order mark or by the zeros and sixes that every
/// second byte of Latin and Arabic text is.
pub(crate) fn wide(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &head[..head.len().min(1024) & !1];
    let high = |at: usize| head.iter().skip(at).step_by(2).filter(|byte| matches!(byte, 0x00 | 0x06)).count();
    let (first, second) = (high(0), high(1));
    let half = head.len() / 2;
    if half < 4 {
        None
    } else if second * 10 >= half * 9 && first * 2 < half {
        Some(UTF_16LE)
    } else if first * 10 >= half * 9 && second * 2 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Another encoding turned into UTF-8 as it is read.
pub(crate) struct Narrowed {
    bytes: Bytes,
    decoder: Decoder,
    ready: Vec<u8>,
    at: usize,
    done: bool,
}

impl Narrowed {
    pub(crate) fn new(bytes: Bytes, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { bytes, decoder, ready: Vec::new(), at: 0, done: false }
    }
}

impl Read for Narrowed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.done {
            let chunk = self.bytes.fill_buf()?;
            let (used, last) = (chunk.len(), chunk.is_empty());
            self.ready.resize(self.decoder.max_utf8_buffer_length(used).unwrap_or(used * 3 + 16), 0);
            let (_, _, written, _) = self.decoder.decode_to_utf8(chunk, &mut self.ready, last);
            self.ready.truncate(written);
            self.at = 0;
            self.bytes.consume(used);
            self.done = last;
        }
        let count = buffer.len().min(self.ready.len() - self.at);
        buffer[..count].copy_from_slice(&self.ready[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}
