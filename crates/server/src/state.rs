//! What every request shares.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::Thread;
use std::time::{Duration, Instant};

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use maydani_archive::{Archive, ArchiveError, Atlas, Filter};
use maydani_core::Coder;
use serde::Serialize;
use tokio::sync::{Semaphore, watch};

use crate::answer::Fault;
use crate::cache::{Cache, Kept};
use crate::caller::Caller;
use crate::login::WrongLogins;
use crate::workers::Workers;

/// How answers are compressed: quickly, they change with the archive.
const LEVEL: u32 = 4;
/// How long readers wait for the first atlas.
const STARTING: Duration = Duration::from_secs(2);
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
    /// What the list, the map and the timeline show, and the revision that it is of.
    atlas: Mutex<Option<(u64, Arc<Atlas>)>>,
    /// Whether the atlas has been read, or found too large.
    looked: watch::Sender<bool>,
    /// Reads the atlas anew.
    pub(crate) watcher: OnceLock<Thread>,
    /// Work on the atlas keeps a core busy: more at a time would only make each slower.
    cores: Semaphore,
    pub(crate) coder: Arc<Coder>,
    /// Whether it listens on this machine alone.
    pub(crate) loopback: bool,
    /// Whether anybody must log in.
    pub(crate) login: AtomicBool,
    pub(crate) tiles: Option<String>,
    pub(crate) page_policy: axum::http::HeaderValue,
    /// Sites whose pages may read the map's data.
    pub(crate) origins: Vec<axum::http::HeaderValue>,
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
        origins: Vec<axum::http::HeaderValue>,
    ) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            location,
            readers,
            writer,
            cache: Cache::default(),
            assets: Mutex::default(),
            revision: watch::Sender::new(1),
            atlas: Mutex::default(),
            looked: watch::Sender::new(false),
            watcher: OnceLock::new(),
            cores: Semaphore::new(cores),
            coder,
            loopback,
            login: AtomicBool::new(login),
            tiles,
            page_policy,
            origins,
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
        if let Some(watcher) = self.watcher.get() {
            watcher.unpark();
        }
    }

    /// What is held in memory, unless the archive has changed since or the filter asks for more than it knows.
    fn atlas(&self, filter: &Filter) -> Option<Arc<Atlas>> {
        let held = self.atlas.lock().unwrap_or_else(PoisonError::into_inner);
        let (revision, atlas) = held.as_ref().filter(|_| Atlas::knows(filter))?;
        (*revision == *self.revision.borrow()).then(|| Arc::clone(atlas))
    }

    /// Whether what is held in memory is of an older state of the archive.
    pub(crate) fn atlas_is_old(&self) -> bool {
        let held = self.atlas.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().is_some_and(|(revision, _)| *revision != *self.revision.borrow())
    }

    /// The archive has changed, and the atlas, read after `revision`, knows of it. Whoever wrote meanwhile is not in it.
    pub(crate) fn changed_to(&self, revision: u64, atlas: Option<Atlas>) {
        let mut held = self.atlas.lock().unwrap_or_else(PoisonError::into_inner);
        self.revision.send_modify(|now| {
            let of = if *now == revision { revision + 1 } else { revision };
            *held = atlas.map(|atlas| (of, Arc::new(atlas)));
            *now += 1;
        });
        self.looked.send_replace(true);
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
        self.kept_as(asked, "application/json", move |archive| bytes(&work(archive)?)).await
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

    /// An answer that is kept until the archive changes, made from memory where that knows what the filter asks.
    pub(crate) async fn kept_of(
        &self,
        asked: Asked,
        kind: &'static str,
        filter: Filter,
        from_memory: impl FnOnce(&Atlas, &Filter) -> Result<Vec<u8>, ArchiveError> + Send + 'static,
        from_archive: impl FnOnce(&mut Archive, &Filter) -> Result<Vec<u8>, ArchiveError> + Send + 'static,
    ) -> Result<Response, Fault> {
        // When the server has just started, the atlas is sooner there than SQL has answered everybody.
        let _ = tokio::time::timeout(STARTING, self.looked.subscribe().wait_for(|looked| *looked)).await;
        let revision = *self.revision.borrow();
        let make = || async {
            let Some(atlas) = self.atlas(&filter) else {
                let work = move |archive: &mut Archive| from_archive(archive, &filter);
                return self.readers.ask(|archive| Ok(Kept::new(archive.snapshot(work)?, kind, LEVEL))).await;
            };
            let _core = self.cores.acquire().await.map_err(|closed| Fault::failed(&closed))?;
            let work = move || Ok(Kept::new(from_memory(&atlas, &filter)?, kind, LEVEL));
            tokio::task::spawn_blocking(work).await.map_err(|panic| Fault::failed(&panic))?
        };
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

/// An answer as JSON.
pub(crate) fn bytes(answer: &impl Serialize) -> Result<Vec<u8>, ArchiveError> {
    serde_json::to_vec(answer).map_err(|error| ArchiveError::Damaged(error.to_string()))
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
