//! Other sites that may read the map's data: kepler.gl and its like run in the browser, which lets a page read another site's
//! answers only where that site says so (the Fetch standard's CORS protocol). They read GeoJSON, and nothing else; never with a cookie.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;

/// What they may read.
const OPEN: [&str; 2] = ["/api/incidents.geojson", "/api/control.geojson"];
/// How long a browser may remember that it may, in seconds.
const REMEMBERED: HeaderValue = HeaderValue::from_static("600");
/// Chromium asks this before it lets a page of the web ask the machine that it runs on.
const ASK_LOCAL: HeaderName = HeaderName::from_static("access-control-request-private-network");
const ALLOW_LOCAL: HeaderName = HeaderName::from_static("access-control-allow-private-network");

/// An origin as browsers write it: scheme, host and perhaps port, no path. `*` would let in every page that anybody opens.
pub(crate) fn origin(text: &str) -> Option<HeaderValue> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-:[]".contains(c);
    (!host.is_empty() && host.chars().all(fits)).then(|| HeaderValue::from_str(text).ok()).flatten()
}

/// What a request is to the sites that may read.
pub(crate) enum Site {
    /// Such a site cannot be meant: nothing is to be said.
    None,
    /// It could be one of them, but is not: caches must not mix up the answers.
    Other,
    /// One of them.
    Allowed(HeaderValue),
}

impl Site {
    pub(crate) fn of(allowed: &[HeaderValue], request: &Request) -> Self {
        let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
        if allowed.is_empty() || !reads || !OPEN.contains(&request.uri().path()) {
            return Self::None;
        }
        let origin = request.headers().get(header::ORIGIN);
        allowed
            .iter()
            .find(|allowed| Some(*allowed) == origin)
            .map_or(Self::Other, |found| Self::Allowed(found.clone()))
    }

    /// The answer to a browser that asks whether its page may ask.
    pub(crate) fn preflight(&self, request: &Request) -> Option<Response> {
        let asks = request.method() == Method::OPTIONS
            && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
            && matches!(self, Self::Allowed(_));
        asks.then(|| {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NO_CONTENT;
            let headers = response.headers_mut();
            headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD"));
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("authorization"));
            headers.insert(header::ACCESS_CONTROL_MAX_AGE, REMEMBERED);
            if request.headers().contains_key(ASK_LOCAL) {
                headers.insert(ALLOW_LOCAL, HeaderValue::from_static("true"));
            }
            response
        })
    }

    pub(crate) fn mark(self, headers: &mut HeaderMap) {
        if !matches!(self, Self::None) {
            headers.append(header::VARY, HeaderValue::from_static("Origin"));
        }
        if let Self::Allowed(origin) = self {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn origins() {
        for fits in ["https://kepler.gl", "http://localhost:8080", "https://[::1]:8443"] {
            assert_eq!(origin(fits).unwrap().to_str().unwrap(), fits);
        }
        for other in [
            "*",
            "null",
            "",
            "https://",
            "kepler.gl",
            "https://kepler.gl/",
            "https://Kepler.gl",
            "https://a b",
            "ftp://a",
        ] {
            assert!(origin(other).is_none(), "{other}");
        }
    }
}
