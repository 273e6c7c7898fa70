//! Asks servers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use ureq::http::{HeaderMap, header};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use crate::body::{mebibytes, sent, unpacked};
use crate::error::{Fault, FetchError};
use crate::guard::{Guard, Names, SystemNames};
use crate::pace::Pace;
use crate::retry_after::retry_after;
use crate::robots::{self, Robots};
use crate::settings::{Limits, Settings};

/// A robots.txt is believed for so long, as RFC 9309 asks.
const ROBOTS_AGE: Duration = Duration::from_secs(24 * 3600);
/// One that could not be read is asked for again after this.
const NO_ROBOTS_AGE: Duration = Duration::from_secs(600);
/// Sites whose robots.txt is kept.
const MOST_ROBOTS: usize = 100;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Where.
    pub url: &'a Url,
    /// By what the last answer is known again.
    pub known: &'a Validators,
    /// Hosts that may lie in a private network.
    pub private: &'a [String],
}

/// By what a server knows whether a thing has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`, to the letter.
    pub etag: Option<String>,
    /// `Last-Modified`, to the letter.
    pub modified: Option<String>,
}

/// What a server gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The same as last time.
    Unchanged,
    /// A body.
    Page(Page),
}

/// A body, and where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it was, after redirects.
    pub url: Url,
    /// The body, unpacked as sent.
    pub bytes: Vec<u8>,
    /// For the next request.
    pub validators: Validators,
}

/// Asks servers; may be shared between threads. Requests to one host wait for each other.
#[derive(Debug)]
pub struct Client {
    settings: Settings,
    names: Arc<dyn Names>,
    agent: Agent,
    pace: Pace,
    robots: Mutex<HashMap<String, Kept>>,
}

/// What is known of a site's robots.txt, and until when it is believed.
#[derive(Debug, Clone)]
struct Kept {
    said: Result<Robots, u16>,
    until: Instant,
}

enum Hop {
    Answer(Box<Answer>),
    To(String),
}

impl Client {
    /// A client that looks names up as this machine does.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self::with_names(settings, Arc::new(SystemNames))
    }

    /// A client that looks names up otherwise.
    #[must_use]
    pub fn with_names(settings: Settings, names: Arc<dyn Names>) -> Self {
        let agent = agent(&settings, Guard::new(Arc::clone(&names), &[]));
        Self { settings, names, agent, pace: Pace::default(), robots: Mutex::default() }
    }

    /// Fetches an address: waits for its host's turn, asks robots.txt, follows redirects.
    ///
    /// # Errors
    /// See [`Fault`].
    pub fn get(&self, request: &Request) -> Result<Answer, FetchError> {
        let agent = self.agent(request.private);
        self.follow(&agent, request.url, &self.settings.limits, |url, is_new_host| {
            let robots = self.robots(&agent, url)?;
            let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
            if !robots.allows(path) {
                return Err(Fault::Robots);
            }
            // A redirect within a site is part of one request.
            if is_new_host {
                self.turn(url, robots.delay)?;
            }
            Ok(request.known)
        })
    }

    /// The guard of one request; what is allowed for it is not for the next.
    fn agent(&self, private: &[String]) -> Agent {
        if private.is_empty() {
            return self.agent.clone();
        }
        agent(&self.settings, Guard::new(Arc::clone(&self.names), private))
    }

    /// Asks, and goes where redirects lead; `gate` lets each hop pass.
    fn follow<'v>(
        &self,
        agent: &Agent,
        url: &Url,
        limits: &Limits,
        gate: impl Fn(&Url, bool) -> Result<&'v Validators, Fault>,
    ) -> Result<Answer, FetchError> {
        let mut url = url.clone();
        let mut host = None;
        for _ in 0..=self.settings.redirects {
            let hop = check(&url).and_then(|()| {
                let is_new_host = host.as_deref() != url.host_str();
                let known = gate(&url, is_new_host)?;
                self.hop(agent, &url, known, limits)
            });
            match hop {
                Ok(Hop::Answer(answer)) => return Ok(*answer),
                Ok(Hop::To(location)) => {
                    host = url.host_str().map(ToOwned::to_owned);
                    let next = url.join(&location);
                    url = next.map_err(|_| FetchError {
                        url: url.to_string(),
                        fault: Fault::RedirectNowhere(location.chars().take(200).collect()),
                    })?;
                }
                Err(fault) => return Err(FetchError { url: url.to_string(), fault }),
            }
        }
        Err(FetchError { url: url.to_string(), fault: Fault::Redirects(self.settings.redirects) })
    }

    /// One request and its answer.
    fn hop(&self, agent: &Agent, url: &Url, known: &Validators, limits: &Limits) -> Result<Hop, Fault> {
        if self.settings.stop.is_asked() {
            return Err(Fault::Stopped);
        }
        let mut request = agent.get(url.as_str());
        if let Some(etag) = &known.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(modified) = &known.modified {
            request = request.header(header::IF_MODIFIED_SINCE, modified);
        }
        let answer = request.call().map_err(Fault::from)?;
        let (head, body) = answer.into_parts();
        let said = |name: header::HeaderName| text(&head.headers, &name);
        let host = url.host_str().unwrap_or_default();
        match head.status.as_u16() {
            200 | 203 => {
                self.pace.welcome(host);
                let bytes = self.body(body, said(header::CONTENT_ENCODING).as_deref(), limits)?;
                let validators = Validators { etag: said(header::ETAG), modified: said(header::LAST_MODIFIED) };
                Ok(Hop::Answer(Box::new(Answer::Page(Page { url: url.clone(), bytes, validators }))))
            }
            304 => {
                self.pace.welcome(host);
                Ok(Hop::Answer(Box::new(Answer::Unchanged)))
            }
            301 | 302 | 303 | 307 | 308 => {
                said(header::LOCATION).map(Hop::To).ok_or_else(|| Fault::RedirectNowhere(String::new()))
            }
            429 | 503 => {
                let wait = said(header::RETRY_AFTER).and_then(|value| retry_after(&value, Timestamp::now()));
                Err(Fault::Later(self.pace.refused(host, wait)))
            }
            status => Err(Fault::Status(status)),
        }
    }

    fn body(&self, body: Body, encoding: Option<&str>, limits: &Limits) -> Result<Vec<u8>, Fault> {
        if body.content_length().is_some_and(|length| length > limits.sent) {
            return Err(Fault::Large(mebibytes(limits.sent)));
        }
        let bytes = sent(body.into_reader(), limits.sent, &self.settings.stop)?;
        unpacked(bytes, encoding, limits)
    }

    fn turn(&self, url: &Url, delay: Option<Duration>) -> Result<(), Fault> {
        let pause = delay.unwrap_or_default().max(self.settings.pause);
        self.pace.turn(url.host_str().unwrap_or_default(), pause, &self.settings.stop)
    }

    /// What the site's robots.txt says to us.
    fn robots(&self, agent: &Agent, url: &Url) -> Result<Robots, Fault> {
        let site = url.origin().ascii_serialization();
        let kept = self.robots.lock().unwrap_or_else(PoisonError::into_inner).get(&site).cloned();
        let said = match kept.filter(|kept| kept.until > Instant::now()) {
            Some(kept) => kept.said,
            None => self.fetch_robots(agent, url, site)?,
        };
        said.map_err(Fault::NoRobots)
    }

    fn fetch_robots(&self, agent: &Agent, url: &Url, site: String) -> Result<Result<Robots, u16>, Fault> {
        let address = url.join("/robots.txt").map_err(|error| Fault::Address(error.to_string()))?;
        let limits = Limits { sent: robots::MOST_BYTES, unpacked: robots::MOST_BYTES, ..self.settings.limits };
        let none = Validators::default();
        let found = self.follow(agent, &address, &limits, |url, is_new_host| {
            if is_new_host {
                self.turn(url, None)?;
            }
            Ok(&none)
        });
        let said = match found {
            Ok(Answer::Page(page)) => Ok(Robots::parse(&page.bytes)),
            // No robots.txt forbids nothing; nor does one that leads in circles or nowhere.
            Ok(Answer::Unchanged) => Ok(Robots::default()),
            Err(FetchError { fault, .. }) => match fault {
                Fault::Status(status) if status >= 500 => Err(status),
                Fault::Status(_) | Fault::Redirects(_) | Fault::RedirectNowhere(_) => Ok(Robots::default()),
                // Whoever has so much to say has not said «come in».
                Fault::Large(_) | Fault::Explodes(_) => return Err(Fault::Robots),
                // The page would fare no better.
                other => return Err(other),
            },
        };
        let age = if said.is_ok() { ROBOTS_AGE } else { NO_ROBOTS_AGE };
        let mut robots = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        if robots.len() >= MOST_ROBOTS {
            robots.clear();
        }
        robots.insert(site, Kept { said: said.clone(), until: Instant::now() + age });
        Ok(said)
    }
}

fn agent(settings: &Settings, guard: Guard) -> Agent {
    let contact = settings.contact.as_ref().map(|contact| format!(" (+{contact})")).unwrap_or_default();
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        // Each request connects anew: the guard sees it, and no server is kept waiting through the pause.
        .max_idle_connections(0)
        // A proxy would look names up where the guard does not see it.
        .proxy(None)
        .user_agent(format!("Maydani/{}{contact}", env!("CARGO_PKG_VERSION")))
        .accept("text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5")
        .accept_encoding("gzip")
        .timeout_resolve(Some(settings.limits.time.min(Duration::from_secs(10))))
        .timeout_connect(Some(settings.limits.time.min(Duration::from_secs(15))))
        .timeout_global(Some(settings.limits.time))
        .build();
    Agent::with_parts(config, DefaultConnector::default(), guard)
}

/// An address of the web.
///
/// # Errors
/// It is none, or carries a name or password.
pub fn address(text: &str) -> Result<Url, FetchError> {
    let url = Url::parse(text).map_err(|error| Fault::Address(error.to_string()));
    let checked = url.and_then(|url| check(&url).map(|()| url));
    checked.map_err(|fault| FetchError { url: text.to_owned(), fault })
}

/// Whether an address is one of the web, without a name and password.
fn check(url: &Url) -> Result<(), Fault> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Fault::Address(format!("{}: is neither http nor https", url.scheme())));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(Fault::Address("it names no host".into()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Fault::Credentials);
    }
    Ok(())
}

fn text(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned)
}
