//! A server on a made archive, and ways to ask it.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use jiff::Timestamp;
use maydani_archive::{Archive, Role};
use maydani_core::{Codebook, Coder, Gazetteer, Record};
use maydani_server::{Server, ServerError, Settings, password};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

#[path = "../../../archive/tests/support/records.rs"]
#[allow(dead_code, reason = "a part of it is used")]
pub(crate) mod records;

use records::{BODIES, HAJIN, SUSAH, TADMUR, Told, record};

/// A site that may read the map's data.
pub(crate) const FRIEND: &str = "https://kepler.example";

pub(crate) const PASSWORD: &str = "correct horse battery";

fn coder() -> Arc<Coder> {
    static CODER: OnceLock<Arc<Coder>> = OnceLock::new();
    let made = || Coder::new(Codebook::built_in().unwrap(), Gazetteer::built_in().unwrap()).unwrap();
    Arc::clone(CODER.get_or_init(|| Arc::new(made())))
}

/// Four reports: two of one strike, which count the dead otherwise; one of another; one of a town taken.
pub(crate) fn reports() -> Vec<Record> {
    let mut third = record("c", "Enab", "2018-10-21", BODIES[2], &[Told::strike(TADMUR, "2018-10-20", 9)]);
    third.events[0].confidence = 0.4;
    vec![
        record("a", "Enab", "2018-10-29", BODIES[0], &[Told::strike(HAJIN, "2018-10-29", 3)]),
        record("b", "Shaam", "2018-10-30", BODIES[1], &[Told::strike(HAJIN, "2018-10-29", 4)]),
        third,
        record("d", "Enab", "2018-10-26", BODIES[3], &[Told::taking(SUSAH, "2018-10-26", "islamic_state", "sdf")]),
    ]
}

pub(crate) struct Site {
    folder: TempDir,
    pub(crate) routes: Router,
    server: Server,
}

/// One answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The word of the error, whose shape is always the same.
    pub(crate) fn error(&self) -> String {
        let json = self.json();
        let shape = json.as_object().unwrap();
        assert_eq!(shape.keys().collect::<Vec<_>>(), ["error", "message"], "{json}");
        shape["error"].as_str().unwrap().to_owned()
    }
}

/// One request to be.
pub(crate) struct Ask {
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Ask {
    pub(crate) fn new(method: Method, path: &str) -> Self {
        Self { method, path: path.to_owned(), headers: vec![("host", "localhost:7171".to_owned())], body: Vec::new() }
    }

    pub(crate) fn get(path: &str) -> Self {
        Self::new(Method::GET, path)
    }

    /// As the page's own script would.
    pub(crate) fn post(path: &str, body: &Value) -> Self {
        Self::new(Method::POST, path).json(body).header("sec-fetch-site", "same-origin")
    }

    pub(crate) fn json(mut self, body: &Value) -> Self {
        self.body = body.to_string().into_bytes();
        self.header("content-type", "application/json")
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self
    }

    pub(crate) fn raw(mut self, body: Vec<u8>) -> Self {
        self.body = body;
        self
    }
}

impl Site {
    /// On loopback, without users.
    pub(crate) fn local() -> Self {
        Self::with("127.0.0.1:0", &[]).unwrap()
    }

    /// With one user of each role.
    pub(crate) fn with_people() -> Self {
        Self::with("192.0.2.1:443", &[("rima", Role::Reader), ("walid", Role::Reviewer), ("amal", Role::Administrator)])
            .unwrap()
    }

    pub(crate) fn with(listen: &str, users: &[(&str, Role)]) -> Result<Self, ServerError> {
        static HASH: OnceLock<String> = OnceLock::new();
        let folder = tempfile::tempdir().unwrap();
        let location = folder.path().join("archive.maydani").display().to_string();
        let mut archive = Archive::open(&location).unwrap();
        archive.ingest(&reports(), "1", "2018-11-01T12:00:00Z".parse().unwrap()).unwrap();
        archive.link().unwrap();
        for (name, role) in users {
            let hash = HASH.get_or_init(|| password::hash(PASSWORD).unwrap());
            archive.add_user(name, *role, hash, Timestamp::now()).unwrap();
        }
        let settings = Settings {
            archive: location,
            listen: listen.parse().unwrap(),
            tiles: None,
            origins: vec![FRIEND.to_owned()],
            coder: coder(),
        };
        let server = Server::start(settings)?;
        Ok(Self { folder, routes: server.routes(), server })
    }

    /// The archive, as another program would open it.
    pub(crate) fn archive(&self) -> Archive {
        Archive::open(&self.folder.path().join("archive.maydani").display().to_string()).unwrap()
    }

    pub(crate) fn into_server(self) -> (Server, TempDir) {
        (self.server, self.folder)
    }

    pub(crate) async fn ask(&self, ask: Ask) -> Answer {
        let mut request = Request::builder().method(ask.method).uri(&ask.path);
        for (name, value) in ask.headers {
            request = request.header(name, value);
        }
        let response = self.routes.clone().oneshot(request.body(Body::from(ask.body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Ask::get(path)).await
    }

    /// What a path answers, which must be well.
    pub(crate) async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.json()
    }

    /// The cookie of somebody who logs in.
    pub(crate) async fn cookie(&self, name: &str) -> String {
        let login = Ask::post("/api/login", &serde_json::json!({"name": name, "password": PASSWORD}));
        let answer = self.ask(login).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let set = answer.headers.get(header::SET_COOKIE).unwrap().to_str().unwrap();
        set.split(';').next().unwrap().to_owned()
    }

    /// The id of the incident at a place.
    pub(crate) async fn incident(&self, place: &str) -> String {
        let found = self.json(&format!("/api/incidents?place={place}")).await;
        found["incidents"][0]["incident"].as_str().unwrap().to_owned()
    }
}
