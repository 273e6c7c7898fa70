//! Bodies, within bounds.

use std::io::{self, Read};

use flate2::bufread::MultiGzDecoder;

use crate::error::Fault;
use crate::settings::{Limits, Stop};

/// A body as it is sent.
pub(crate) fn sent(body: impl Read, limit: u64, stop: &Stop) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let mut body = body.take(limit + 1);
    let mut chunk = [0; 16 * 1024];
    loop {
        if stop.is_asked() {
            return Err(Fault::Stopped);
        }
        match body.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(ureq::Error::from(error).into()),
        }
        if bytes.len() as u64 > limit {
            return Err(Fault::Large(mebibytes(limit)));
        }
    }
    Ok(bytes)
}

/// A body unpacked, by what the server says of it.
pub(crate) fn unpacked(bytes: Vec<u8>, encoding: Option<&str>, limits: &Limits) -> Result<Vec<u8>, Fault> {
    match encoding.map(|encoding| encoding.trim().to_ascii_lowercase()).as_deref() {
        None | Some("" | "identity") => Ok(bytes),
        Some("gzip" | "x-gzip") => {
            let mut plain = Vec::new();
            let read = MultiGzDecoder::new(bytes.as_slice()).take(limits.unpacked + 1).read_to_end(&mut plain);
            read.map_err(|error| Fault::Connection(format!("its gzip is broken: {error}")))?;
            if plain.len() as u64 > limits.unpacked {
                return Err(Fault::Explodes(mebibytes(limits.unpacked)));
            }
            Ok(plain)
        }
        Some(other) => Err(Fault::Packed(other.chars().take(40).collect())),
    }
}

/// MiB, rounded up, for messages.
pub(crate) fn mebibytes(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}
