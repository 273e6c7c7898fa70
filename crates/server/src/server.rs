//! Puts the server together.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use axum::extract::DefaultBodyLimit;
use axum::http::HeaderValue;
use axum::middleware::from_fn_with_state;
use axum::{Router, response::IntoResponse};
use maydani_archive::{Archive, ArchiveError};
use maydani_core::Coder;
use thiserror::Error;
use tokio::net::TcpListener;

use crate::answer::Fault;
use crate::sent::LARGEST_BODY;
use crate::state::{App, Shared};
use crate::workers::Workers;
use crate::{assets, cors, guard, listen, openapi};

/// How a server is set up.
pub struct Settings {
    /// The archive: a file, or `postgres://…`.
    pub archive: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Address of map tiles, with `{z}`, `{x}` and `{y}`; none where the bundled map does.
    pub tiles: Option<String>,
    /// Sites whose pages may read the GeoJSON endpoints, as `https://kepler.gl`.
    pub origins: Vec<String>,
    /// Knows why values were coded, and where places are.
    pub coder: Arc<Coder>,
}

/// Why a server does not start.
#[derive(Debug, Error)]
pub enum ServerError {
    /// The archive.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// Others could ask, and nobody would have to log in.
    #[error(
        "{0} can be reached from other machines, and the archive has no users; make one first: maydani user add NAME --role administrator"
    )]
    NoUsers(SocketAddr),
    /// The tiles' address.
    #[error("--tiles {0}: write an address as https://host/{{z}}/{{x}}/{{y}}.png")]
    Tiles(String),
    /// No site.
    #[error(
        "--allow-origin {0}: write scheme and host as browsers do, as https://kepler.gl, with no path; `*` would let in every page that anybody opens"
    )]
    Origin(String),
    /// The address is taken or not allowed.
    #[error("{address}: {source}; name another one by --listen")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The cause.
        source: std::io::Error,
    },
}

/// A server, ready to answer.
pub struct Server {
    listen: SocketAddr,
    routes: Router,
    app: App,
}

/// How often the archive is asked whether others have written.
const LOOK: Duration = Duration::from_millis(500);
/// How many times as long as reading the atlas took it is not read again, so that readers have the machine while much is written.
const REST: u32 = 2;

impl Server {
    /// Opens the archive and makes the routes.
    ///
    /// # Errors
    /// The archive cannot be opened; others could reach it without users; the tiles' address or a site is none.
    pub fn start(settings: Settings) -> Result<Self, ServerError> {
        let Settings { archive: location, listen, tiles, origins, coder } = settings;
        let page_policy: HeaderValue = guard::page_policy(tiles.as_deref())
            .ok_or_else(|| ServerError::Tiles(tiles.clone().unwrap_or_default()))?;
        let origins = origins
            .into_iter()
            .map(|text| cors::origin(&text).ok_or(ServerError::Origin(text)))
            .collect::<Result<Vec<HeaderValue>, _>>()?;
        let has_users = Archive::open(&location)?.has_users()?;
        let loopback = listen.ip().is_loopback();
        if !loopback && !has_users {
            return Err(ServerError::NoUsers(listen));
        }
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let (to_read, to_write) = (location.clone(), location.clone());
        let readers = Workers::start((cores * 2).clamp(4, 16), move || Archive::open_to_read(&to_read))?;
        let writer = Workers::start(1, move || Archive::open(&to_write))?;
        let shared = Shared::new(
            location.clone(),
            readers,
            writer,
            coder,
            loopback,
            !loopback || has_users,
            tiles,
            page_policy,
            origins,
        );
        let app = App(Arc::new(shared));
        let shared = Arc::downgrade(&app.0);
        let looking = Archive::open_to_read(&location)?;
        let watcher = std::thread::spawn(move || watch(looking, &location, &shared));
        let _ = app.watcher.set(watcher.thread().clone());
        let routes = routes(&app);
        Ok(Self { listen, routes, app })
    }

    /// The routes, to be asked without a connection.
    pub fn routes(&self) -> Router {
        self.routes.clone()
    }

    /// Answers until `stop` is done. `ready` is told the address, when connections are taken.
    ///
    /// # Errors
    /// The address is taken or not allowed.
    pub async fn run(self, ready: impl FnOnce(SocketAddr), stop: impl Future<Output = ()>) -> Result<(), ServerError> {
        let fault = |source| ServerError::Listen { address: self.listen, source };
        let listener = TcpListener::bind(self.listen).await.map_err(fault)?;
        ready(listener.local_addr().map_err(fault)?);
        listen::run(listener, self.routes, stop).await;
        drop(self.app);
        Ok(())
    }
}

fn routes(app: &App) -> Router {
    let (api, _) = openapi::api();
    api.fallback(assets::page)
        .method_not_allowed_fallback(|| async { Fault::method().into_response() })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(app.clone(), guard::guard))
        .with_state(app.clone())
}

/// Looks whether anybody has written, until the server is gone, and reads the atlas anew.
fn watch(mut archive: Archive, location: &str, server: &Weak<Shared>) {
    // Nothing is known at first: what was written while the server started is looked at too.
    let mut known = None;
    loop {
        let Some(server) = server.upgrade() else { return };
        let now = archive.revision();
        if let Err(error) = &now {
            eprintln!("maydani: {error}");
            if let Ok(again) = Archive::open_to_read(location) {
                archive = again;
            }
        }
        let now = now.ok();
        let mut rest = Duration::ZERO;
        if now != known || server.atlas_is_old() {
            known = now;
            // On loopback the first user brings the login with it.
            match archive.has_users() {
                Ok(has_users) => {
                    server.login.store(!server.loopback || has_users, Ordering::Relaxed);
                    server.believe_nobody();
                }
                // Asked again at the next look.
                Err(_) => known = None,
            }
            let began = Instant::now();
            let revision = *server.revision.borrow();
            // What others wrote is shown when it is held in memory: until then readers are answered from there as before.
            match archive.snapshot(Archive::atlas) {
                Ok(atlas) => server.changed_to(revision, atlas),
                Err(error) => {
                    eprintln!("maydani: {error}");
                    server.changed_to(revision, None);
                }
            }
            rest = began.elapsed() * REST;
        }
        drop(server);
        std::thread::sleep(rest);
        std::thread::park_timeout(LOOK);
    }
}
