//! The guard before every request: the right host, no other site's page, who asks; and the headers of
//! every answer.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use crate::answer::Fault;
use crate::caller::Caller;
use crate::cors;
use crate::secret;
use crate::state::App;

/// Where the request comes from, as the connection tells.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// What answers nobody needs to log in for.
const OPEN: [&str; 3] = ["/api/session", "/api/login", "/api/logout"];

pub(crate) async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let is_api = is_api(request.uri().path());
    let is_feed = request.uri().path().ends_with("/feed.atom");
    let site = cors::Site::of(&app.origins, &request);
    let mut response = match right_host(&app, request.headers()) {
        Err(fault) => fault.into_response(),
        // Browsers ask whether they may ask without cookie and token.
        Ok(()) => match site.preflight(&request) {
            Some(allowed) => allowed,
            None => match admit(&app, &mut request).await {
                Ok(()) => next.run(request).await,
                Err(fault) => fault.into_response(),
            },
        },
    };
    let headers = response.headers_mut();
    site.mark(headers);
    if is_feed && app.needs_login() {
        // Feed readers ask for a password where they are told so; browsers would for every path.
        headers
            .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"Maydani\", charset=\"UTF-8\""));
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let policy = if is_api {
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox")
    } else {
        app.page_policy.clone()
    };
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// Whether a path belongs to the API.
pub(crate) fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// The policy of the page: its own files alone, and the tiles that the operator names.
pub(crate) fn page_policy(tiles: Option<&str>) -> Option<HeaderValue> {
    let origin = match tiles {
        None => String::new(),
        Some(tiles) => format!(" {}", origin_of(tiles)?),
    };
    HeaderValue::from_str(&format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:{origin}; font-src 'self'; \
         connect-src 'self'{origin}; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ))
    .ok()
}

/// Scheme, host and port of an address.
fn origin_of(address: &str) -> Option<&str> {
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let scheme = address.len() - host.len();
    let end = host.find('/').unwrap_or(host.len());
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:*[]".contains(c);
    (end > 0 && host[..end].chars().all(plain)).then(|| &address[..scheme + end])
}

/// A page of a foreign name that leads here (DNS rebinding) would be one's own for the browser.
fn right_host(app: &App, headers: &HeaderMap) -> Result<(), Fault> {
    if app.loopback && !host(headers).is_some_and(is_local) {
        return Err(Fault::wrong_host());
    }
    Ok(())
}

async fn admit(app: &App, request: &mut Request) -> Result<(), Fault> {
    let headers = request.headers();
    let path = request.uri().path();
    if !is_api(path) {
        return Ok(());
    }
    let by_token = headers.contains_key(header::AUTHORIZATION);
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    if !safe && !by_token && !same_site(headers) {
        return Err(Fault::cross_site());
    }
    let caller = identify(app, headers).await?;
    if caller.is_none() && !OPEN.contains(&path) {
        return Err(Fault::login_required());
    }
    if let Some(caller) = caller {
        request.extensions_mut().insert(caller);
    }
    Ok(())
}

fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}

fn is_local(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => return rest.split(']').next().is_some_and(|address| address == "::1"),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether a change is asked for by Maydani's own page, or by no page at all.
fn same_site(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    match text(header::ORIGIN) {
        Some(origin) => origin.split_once("://").map(|(_, rest)| rest) == host(headers),
        // Browsers send one of the two with every change; a program that bears a cookie must do so too.
        None => !headers.contains_key(header::COOKIE),
    }
}

async fn identify(app: &App, headers: &HeaderMap) -> Result<Option<Caller>, Fault> {
    if !app.needs_login() {
        return Ok(Some(Caller::local()));
    }
    if let Some(token) = headers.get(header::AUTHORIZATION).map(token_of) {
        let Some(token) = token else { return Ok(None) };
        let hash = secret::hash(&token);
        let asked = hash.clone();
        return app
            .believed(&hash, || async {
                let now = Timestamp::now();
                let known = app.readers.ask(move |archive| archive.token(&asked, now)).await?;
                let Some((id, name, role)) = known else { return Ok(None) };
                app.writer.ask(move |archive| archive.used_token(id, now)).await?;
                Ok(Some(Caller { name, role }))
            })
            .await;
    }
    let Some(session) = session_of(app, headers) else { return Ok(None) };
    let hash = secret::hash(session);
    let asked = hash.clone();
    app.believed(&hash, || async {
        let known = app.readers.ask(move |archive| archive.session(&asked, Timestamp::now())).await?;
        Ok(known.map(|(name, role)| Caller { name, role }))
    })
    .await
}

/// The name of the session's cookie. Off loopback it is one that only this host can set, over TLS.
pub(crate) fn cookie_name(app: &App) -> &'static str {
    if app.loopback { "maydani" } else { "__Host-maydani" }
}

/// The secret of the session that a request bears.
pub(crate) fn session_of<'h>(app: &App, headers: &'h HeaderMap) -> Option<&'h str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(name, _)| *name == cookie_name(app)).map(|(_, value)| value)
}

/// `Bearer mdn_…`, or the password of Basic.
fn token_of(value: &HeaderValue) -> Option<String> {
    let (scheme, rest) = value.to_str().ok()?.split_once(' ')?;
    let token = if scheme.eq_ignore_ascii_case("bearer") {
        rest.trim().to_owned()
    } else if scheme.eq_ignore_ascii_case("basic") {
        let pair = String::from_utf8(base64(rest.trim())?).ok()?;
        pair.split_once(':')?.1.to_owned()
    } else {
        return None;
    };
    token.starts_with("mdn_").then_some(token)
}

/// Decodes base64, of which nothing else here has need.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0);
    for c in text.trim_end_matches('=').bytes() {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{HeaderValue, base64, is_local, origin_of, page_policy, token_of};

    #[test]
    fn names_of_this_machine() {
        for local in ["localhost", "localhost:7171", "127.0.0.1:7171", "[::1]:7171", "127.9.9.9"] {
            assert!(is_local(local), "{local}");
        }
        for foreign in
            ["evil.example", "localhost.evil.example:7171", "192.0.2.1", "[::2]", "", "127.0.0.1.evil.example"]
        {
            assert!(!is_local(foreign), "{foreign}");
        }
    }

    #[test]
    fn tokens() {
        let of = |text: &'static str| token_of(&HeaderValue::from_static(text));
        assert_eq!(of("Bearer mdn_abc").as_deref(), Some("mdn_abc"));
        assert_eq!(of("Basic eDptZG5fYWJj").as_deref(), Some("mdn_abc"));
        assert_eq!(of("Basic ????"), None);
        assert_eq!(of("Bearer other"), None);
        assert_eq!(base64("aGVsbG8=").unwrap(), b"hello");
    }

    #[test]
    fn tiles_open_their_own_host_alone() {
        assert_eq!(origin_of("https://tiles.example.org/{z}/{x}/{y}.png"), Some("https://tiles.example.org"));
        assert_eq!(origin_of("javascript:alert(1)"), None);
        assert_eq!(origin_of("https://a b; script-src *"), None);
        let policy = page_policy(Some("https://tiles.example.org/{z}/{x}/{y}.png")).unwrap();
        assert!(policy.to_str().unwrap().contains("img-src 'self' data: blob: https://tiles.example.org;"));
        assert!(!policy.to_str().unwrap().contains("unsafe"));
    }
}
