//! What every request shares.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use maydani_archive::{Archive, ArchiveError};
use maydani_core::Coder;
use serde::Serialize;
use tokio::sync::{Semaphore, watch};

use crate::answer::Fault;
use crate::cache::{Cache, Kept};
use crate::caller::Caller;
use crate::login::WrongLogins;
use crate::workers::Workers;

/// How answers are compressed: quickly, they change with the archive.
const LEVEL: u32 = 5;
/// How long a session is believed without asking the archive again.
const BELIEVED: Duration = Duration::from_secs(3);
/// Sessions believed at a time.
const MOST_BELIEVED: usize = 10_000;
/// What the browser may keep: it asks each time whether the answer is still the same.
const CACHING: &str = "private, no-cache";

/// What every request shares.
#[derive(Clone)]
pub(crate) struct App(pub(crate) Arc<Shared>);

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

pub(crate) struct Shared {
    pub(crate) location: String,
    pub(crate) readers: Workers,
    pub(crate) writer: Workers,
    pub(crate) cache: Cache,
    pub(crate) assets: Mutex<HashMap<String, Arc<Kept>>>,
    pub(crate) revision: watch::Sender<u64>,
    pub(crate) coder: Arc<Coder>,
    /// Whether it listens on this machine alone.
    pub(crate) loopback: bool,
    /// Whether anybody must log in.
    pub(crate) login: AtomicBool,
    pub(crate) tiles: Option<String>,
    pub(crate) page_policy: axum::http::HeaderValue,
    pub(crate) wrong_logins: WrongLogins,
    /// Each hash of a password takes 20 MiB.
    pub(crate) hashing: Semaphore,
    pub(crate) exports: Arc<Semaphore>,
    pub(crate) listeners: Arc<Semaphore>,
    believed: Mutex<HashMap<String, (Instant, Option<Caller>)>>,
}

impl Shared {
    #[expect(clippy::too_many_arguments, reason = "called once")]
    pub(crate) fn new(
        location: String,
        readers: Workers,
        writer: Workers,
        coder: Arc<Coder>,
        loopback: bool,
        login: bool,
        tiles: Option<String>,
        page_policy: axum::http::HeaderValue,
    ) -> Self {
        Self {
            location,
            readers,
            writer,
            cache: Cache::default(),
            assets: Mutex::default(),
            revision: watch::Sender::new(1),
            coder,
            loopback,
            login: AtomicBool::new(login),
            tiles,
            page_policy,
            wrong_logins: WrongLogins::default(),
            hashing: Semaphore::new(2),
            exports: Arc::new(Semaphore::new(4)),
            listeners: Arc::new(Semaphore::new(1000)),
            believed: Mutex::default(),
        }
    }

    /// Whether anybody must log in.
    pub(crate) fn needs_login(&self) -> bool {
        self.login.load(Ordering::Relaxed)
    }

    /// The archive has changed.
    pub(crate) fn changed(&self) {
        self.revision.send_modify(|revision| *revision += 1);
    }

    /// Writes; what was kept is asked anew afterwards.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Archive) -> Result<T, ArchiveError> + Send + 'static,
    ) -> Result<T, Fault> {
        let outcome = self.writer.ask(work).await;
        self.changed();
        outcome
    }

    /// An answer that is kept until the archive changes, as JSON.
    pub(crate) async fn kept<T: Serialize>(
        &self,
        asked: Asked,
        work: impl FnOnce(&mut Archive) -> Result<T, ArchiveError> + Send + 'static,
    ) -> Result<Response, Fault> {
        self.kept_as(asked, "application/json", move |archive| {
            serde_json::to_vec(&work(archive)?).map_err(|error| ArchiveError::Damaged(error.to_string()))
        })
        .await
    }

    /// An answer that is kept until the archive changes.
    pub(crate) async fn kept_as(
        &self,
        asked: Asked,
        kind: &'static str,
        work: impl FnOnce(&mut Archive) -> Result<Vec<u8>, ArchiveError> + Send + 'static,
    ) -> Result<Response, Fault> {
        let revision = *self.revision.borrow();
        let make = || self.readers.ask(move |archive| Ok(Kept::new(archive.snapshot(work)?, kind, LEVEL)));
        let kept = self.cache.get(asked.key, revision, make).await?;
        Ok(kept.response(&asked.headers, CACHING))
    }

    /// Who a secret belongs to; asks the archive only now and then.
    pub(crate) async fn believed<F>(&self, hash: &str, ask: impl FnOnce() -> F) -> Result<Option<Caller>, Fault>
    where
        F: Future<Output = Result<Option<Caller>, Fault>>,
    {
        let lock = || self.believed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((since, caller)) = lock().get(hash)
            && since.elapsed() < BELIEVED
        {
            return Ok(caller.clone());
        }
        let caller = ask().await?;
        let mut believed = lock();
        if believed.len() >= MOST_BELIEVED {
            believed.clear();
        }
        believed.insert(hash.to_owned(), (Instant::now(), caller.clone()));
        Ok(caller)
    }

    /// Users, sessions or tokens have changed.
    pub(crate) fn believe_nobody(&self) {
        self.believed.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// What an answer depends on: the path with its parameters, and what the client takes.
pub(crate) struct Asked {
    pub(crate) key: String,
    pub(crate) headers: HeaderMap,
}

impl Asked {
    /// The same, where the answer depends on more than the address.
    pub(crate) fn and(mut self, more: &str) -> Self {
        self.key.push(' ');
        self.key.push_str(more);
        self
    }
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        let key = parts.uri.path_and_query().map_or("", |asked| asked.as_str());
        if key.len() > 8 << 10 {
            return Err(Fault::bad("the address is longer than 8 KiB"));
        }
        Ok(Self { key: key.to_owned(), headers: parts.headers.clone() })
    }
}
