//! Answers kept as bytes, plain and compressed, until the archive changes. Whoever asks for what is just
//! being made waits for it: the same question is never worked on twice at a time.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::sync::OnceCell;

use crate::answer::Fault;

/// Bytes kept in all.
const MOST: usize = 96 << 20;
/// Answers kept in all.
const MOST_ANSWERS: usize = 2048;
/// Shorter answers are not worth compressing.
const SHORT: usize = 1024;

/// An answer, ready to send.
pub(crate) struct Kept {
    plain: Bytes,
    gzip: Option<Bytes>,
    tag: HeaderValue,
    kind: &'static str,
}

impl Kept {
    /// Compresses: call it where blocking is allowed.
    pub(crate) fn new(plain: Vec<u8>, kind: &'static str, level: u32) -> Self {
        let text =
            kind.starts_with("text/") || kind.contains("json") || kind.contains("xml") || kind.contains("javascript");
        let gzip = (plain.len() >= SHORT && (text || kind == "application/wasm"))
            .then(|| {
                let mut packed = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::new(level));
                packed.write_all(&plain).and_then(|()| packed.finish()).ok().map(Bytes::from)
            })
            .flatten();
        let hash = blake3::hash(&plain).to_hex();
        let tag = HeaderValue::from_str(&format!("\"{}\"", &hash[..20])).unwrap_or(HeaderValue::from_static("\"\""));
        Self { plain: plain.into(), gzip, tag, kind }
    }

    fn size(&self) -> usize {
        self.plain.len() + self.gzip.as_ref().map_or(0, Bytes::len) + 512
    }

    /// The response to a request with these headers.
    pub(crate) fn response(&self, asked: &HeaderMap, caching: &'static str) -> Response {
        let mut response = Response::new(Body::empty());
        let known = asked.get(header::IF_NONE_MATCH).is_some_and(|tags| {
            tags.to_str().is_ok_and(|tags| {
                let tag = self.tag.to_str().unwrap_or("");
                tags.split(',').any(|known| known.trim().trim_start_matches("W/") == tag)
            })
        });
        let packed = self.gzip.as_ref().filter(|_| takes_gzip(asked));
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else {
            *response.body_mut() = Body::from(packed.unwrap_or(&self.plain).clone());
        }
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        headers.insert(header::ETAG, self.tag.clone());
        if self.gzip.is_some() {
            headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        }
        if packed.is_some() && !known {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }
}

/// Whether a client takes gzip.
pub(crate) fn takes_gzip(asked: &HeaderMap) -> bool {
    let codings = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    codings.flat_map(|codings| codings.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        matches!(name.trim(), "gzip" | "*") && !matches!(weight.trim(), "q=0" | "q=0.0")
    })
}

#[derive(Default)]
struct Shelf {
    slots: HashMap<String, Slot>,
    /// Counts up with every use: the smallest was used longest ago.
    clock: u64,
    /// Bytes of all.
    size: usize,
}

struct Slot {
    revision: u64,
    used: u64,
    /// Bytes; none while the answer is being made.
    size: usize,
    cell: Arc<OnceCell<Arc<Kept>>>,
}

/// What is kept.
#[derive(Default)]
pub(crate) struct Cache {
    kept: Mutex<Shelf>,
}

impl Cache {
    /// The answer of `key` for a revision of the archive; `make` makes it where there is none.
    pub(crate) async fn get<F>(&self, key: String, revision: u64, make: impl FnOnce() -> F) -> Result<Arc<Kept>, Fault>
    where
        F: Future<Output = Result<Kept, Fault>>,
    {
        let cell = self.cell(&key, revision);
        let mut is_new = false;
        let kept = cell
            .get_or_try_init(|| {
                is_new = true;
                async { make().await.map(Arc::new) }
            })
            .await
            .map(Arc::clone);
        if is_new {
            self.lock().weigh(&key, &cell);
        }
        kept
    }

    fn lock(&self) -> MutexGuard<'_, Shelf> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn cell(&self, key: &str, revision: u64) -> Arc<OnceCell<Arc<Kept>>> {
        let mut held = self.lock();
        held.clock += 1;
        let used = held.clock;
        let Shelf { slots, size, .. } = &mut *held;
        if let Some(slot) = slots.get_mut(key) {
            slot.used = used;
            if slot.revision < revision {
                *size -= slot.size;
                (slot.revision, slot.size, slot.cell) = (revision, 0, Arc::default());
            }
            return Arc::clone(&slot.cell);
        }
        let cell = Arc::default();
        slots.insert(key.to_owned(), Slot { revision, used, size: 0, cell: Arc::clone(&cell) });
        cell
    }
}

impl Shelf {
    /// Counts in what was just made, and drops what was used longest ago where there is too much.
    fn weigh(&mut self, key: &str, cell: &Arc<OnceCell<Arc<Kept>>>) {
        if let Some(slot) = self.slots.get_mut(key).filter(|slot| Arc::ptr_eq(&slot.cell, cell)) {
            match cell.get() {
                Some(kept) => slot.size = kept.size() + key.len(),
                // It failed: the next one tries again.
                None => drop(self.slots.remove(key)),
            }
            self.size += self.slots.get(key).map_or(0, |slot| slot.size);
        }
        if self.size > MOST || self.slots.len() > MOST_ANSWERS {
            self.make_room();
        }
    }

    /// Drops an eighth, so that this is seldom needed.
    fn make_room(&mut self) {
        let mut oldest: Vec<(u64, String)> = self
            .slots
            .iter()
            .filter(|(_, slot)| slot.cell.initialized() || Arc::strong_count(&slot.cell) == 1)
            .map(|(key, slot)| (slot.used, key.clone()))
            .collect();
        oldest.sort_unstable();
        for (_, key) in oldest {
            if self.size <= MOST / 8 * 7 && self.slots.len() <= MOST_ANSWERS / 8 * 7 {
                return;
            }
            if let Some(slot) = self.slots.remove(&key) {
                self.size -= slot.size;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cache, HeaderMap, HeaderValue, Kept, MOST_ANSWERS, header, takes_gzip};

    fn kept(text: &str) -> Kept {
        Kept::new(text.as_bytes().to_vec(), "text/plain", 1)
    }

    #[test]
    fn what_is_kept_is_bounded_and_made_once_a_revision() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let cache = Cache::default();
            let text = |revision, made| {
                let cache = &cache;
                async move {
                    let kept = cache.get("a".into(), revision, || async move { Ok(kept(made)) }).await.unwrap();
                    String::from_utf8(kept.plain.to_vec()).unwrap()
                }
            };
            assert_eq!(text(1, "one").await, "one");
            assert_eq!(text(1, "two").await, "one");
            assert_eq!(text(2, "three").await, "three");
            assert_eq!(text(1, "old").await, "three", "never back");
            let failed = cache.get("b".into(), 1, || async { Err(super::Fault::busy()) }).await;
            assert!(failed.is_err());
            for n in 0..MOST_ANSWERS + 10 {
                cache.get(n.to_string(), 1, || async { Ok(kept("x")) }).await.unwrap();
            }
            assert!(cache.lock().slots.len() <= MOST_ANSWERS);
        });
    }

    #[test]
    fn codings_that_a_client_takes() {
        let asked = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
            takes_gzip(&headers)
        };
        assert!(asked("br, gzip;q=0.8") && asked("*"));
        assert!(!asked("br") && !asked("gzip;q=0") && !takes_gzip(&HeaderMap::new()));
    }
}
