//! Packed bytes to plain ones: gzip, xz and zstd, told by their first bytes.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Bytes that come in order and can be looked at before they are taken.
pub(crate) type Bytes = Box<dyn BufRead + Send>;

/// So many bytes are looked at to tell what an input is.
const LOOK: usize = 64 * 1024;
/// A window above this is a file made to exhaust memory; `xz -9` needs 64 MiB, `zstd --ultra` 128.
const LARGEST_WINDOW: u64 = 160 << 20;

/// Boxes a stream with a buffer.
pub(crate) fn buffered(bytes: impl Read + Send + 'static) -> Bytes {
    Box::new(BufReader::with_capacity(LOOK, bytes))
}

/// The bytes as they were before packing.
pub(crate) fn unpack(packed: impl Read + Send + 'static) -> io::Result<Bytes> {
    let (head, bytes) = look(packed)?;
    Ok(match head.as_slice() {
        [0x1f, 0x8b, ..] => buffered(MultiGzDecoder::new(bytes)),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => {
            let limit = u32::try_from(LARGEST_WINDOW / 1024).unwrap_or(u32::MAX);
            let plain = XzReader::new_mem_limit(bytes, true, limit);
            buffered(plain)
        }
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => buffered(Zstd::new(bytes)),
        _ => bytes,
    })
}

/// The first bytes of an input, and the whole of it. At a slow pipe it waits for one line only.
pub(crate) fn look(mut bytes: impl Read + Send + 'static) -> io::Result<(Vec<u8>, Bytes)> {
    let mut head = vec![0; LOOK];
    let mut filled = 0;
    while filled < LOOK && !(filled >= 512 && head[..filled].contains(&b'\n')) {
        match bytes.read(&mut head[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if filled == 0 => return Err(error),
            // What came before the fault is read; the fault comes again after it.
            Err(error) => {
                head.truncate(filled);
                let rest = Cursor::new(head.clone()).chain(Broken(Some(error)));
                return Ok((head, buffered(rest)));
            }
        }
    }
    head.truncate(filled);
    let whole = Cursor::new(head.clone()).chain(bytes);
    Ok((head, buffered(whole)))
}

/// Nothing but a fault that came while looking ahead.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// All frames of a zstd file, one after the other.
struct Zstd {
    bytes: Bytes,
    decoder: FrameDecoder,
    within: bool,
}

impl Zstd {
    fn new(bytes: Bytes) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(LARGEST_WINDOW);
        Self { bytes, decoder, within: false }
    }

    /// Goes to the next frame; false at the end of the file.
    fn next_frame(&mut self) -> io::Result<bool> {
        use FrameDecoderError::ReadFrameHeaderError as Header;
        while !self.within {
            if self.bytes.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.init(&mut self.bytes) {
                Ok(()) => self.within = true,
                Err(Header(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut (&mut self.bytes).take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
            }
        }
        Ok(true)
    }
}

impl Read for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.next_frame()? {
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                let decoded = self.decoder.decode_blocks(&mut self.bytes, one);
                decoded.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.within = false;
        }
        Ok(0)
    }
}
