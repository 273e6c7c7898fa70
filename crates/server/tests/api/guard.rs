//! Other sites' pages, foreign names, headers, connections.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::{Ask, FRIEND, Site};

#[tokio::test]
async fn another_sites_page_changes_nothing() {
    let site = Site::local();
    let decision = json!({"kind": "accept", "events": ["a#a-0"]});
    let post = || Ask::new(Method::POST, "/api/decisions").json(&decision);
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "http://localhost:7171.evil.example"),
        ("origin", "http://localhost:8080"),
        ("origin", "null"),
        ("cookie", "maydani=x"),
    ] {
        let answer = site.ask(post().header(name, value)).await;
        assert_eq!((answer.status, answer.error().as_str()), (StatusCode::FORBIDDEN, "cross_site"), "{name}: {value}");
    }
    // A form of another site can send no JSON.
    let form = Ask::new(Method::POST, "/api/decisions").raw(decision.to_string().into_bytes());
    assert_eq!(site.ask(form.header("content-type", "text/plain")).await.error(), "bad_request");
    assert!(site.archive().decisions().unwrap().is_empty());
    for (name, value) in
        [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "none"), ("origin", "http://localhost:7171")]
    {
        assert_eq!(site.ask(post().header(name, value)).await.status, StatusCode::CREATED, "{name}: {value}");
    }
    assert_eq!(site.ask(post()).await.status, StatusCode::CREATED, "a program without a cookie");
    assert_eq!(site.ask(Ask::post("/api/decisions", &decision).raw(vec![b' '; 2 << 20])).await.error(), "too_large");
}

#[tokio::test]
async fn a_named_site_reads_the_maps_data_and_nothing_else() {
    let allowed = "access-control-allow-origin";
    for site in [Site::local(), Site::with_people()] {
        let get =
            |path: &str, origin: &str| Ask::get(path).header("origin", origin).header("sec-fetch-site", "cross-site");
        for path in ["/api/incidents.geojson?limit=5", "/api/control.geojson?at=2018-10-30"] {
            let answer = site.ask(get(path, FRIEND)).await;
            assert_eq!(answer.header(allowed), FRIEND, "{path}");
            assert!(answer.headers.get_all("vary").iter().any(|vary| vary == "Origin"), "{path}");
            for other in
                ["https://evil.example", "null", "http://kepler.example", "https://kepler.example.evil.example"]
            {
                let answer = site.ask(get(path, other)).await;
                assert_eq!(answer.header(allowed), "", "{path} for {other}");
                assert!(answer.headers.get_all("vary").iter().any(|vary| vary == "Origin"), "{path} for {other}");
            }
        }
        for path in ["/api/incidents", "/api/session", "/api/openapi.json", "/api/export?format=geojson", "/"] {
            assert_eq!(site.ask(get(path, FRIEND)).await.header(allowed), "", "{path}");
        }
        let ask = |method: &str, path: &str, origin: &str| {
            Ask::new(Method::OPTIONS, path).header("origin", origin).header("access-control-request-method", method)
        };
        let answer = site.ask(ask("GET", "/api/incidents.geojson", FRIEND)).await;
        assert_eq!((answer.status, answer.header(allowed)), (StatusCode::NO_CONTENT, FRIEND));
        assert_eq!(answer.header("access-control-allow-methods"), "GET, HEAD");
        for (path, origin) in [("/api/incidents.geojson", "https://evil.example"), ("/api/decisions", FRIEND)] {
            let answer = site.ask(ask("POST", path, origin)).await;
            assert_ne!(answer.status, StatusCode::NO_CONTENT);
            assert_eq!(answer.header(allowed), "");
        }
        let answer = site.ask(ask("GET", "/api/incidents.geojson", FRIEND)).await;
        assert_eq!(answer.header("access-control-allow-credentials"), "", "never with a cookie");
    }
    // Who must log in must do so from there too, by a token.
    let site = Site::with_people();
    let answer = site.ask(Ask::get("/api/incidents.geojson").header("origin", FRIEND)).await;
    assert_eq!((answer.status, answer.error().as_str()), (StatusCode::UNAUTHORIZED, "login_required"));
    // On loopback a foreign name is refused here as elsewhere.
    let preflight = Ask::new(Method::OPTIONS, "/api/incidents.geojson").header("host", "evil.example");
    let preflight = preflight.header("origin", FRIEND).header("access-control-request-method", "GET");
    assert_eq!(Site::local().ask(preflight).await.error(), "wrong_host");
}

#[tokio::test]
async fn on_loopback_only_names_of_this_machine_are_served() {
    let site = Site::local();
    for host in ["evil.example", "localhost.evil.example", "192.0.2.7:7171"] {
        for path in ["/api/incidents", "/"] {
            let answer = site.ask(Ask::get(path).header("host", host)).await;
            assert_eq!(
                (answer.status, answer.error().as_str()),
                (StatusCode::MISDIRECTED_REQUEST, "wrong_host"),
                "{host}"
            );
        }
    }
    assert_eq!(site.ask(Ask::get("/api/incidents").without("host")).await.error(), "wrong_host");
    for host in ["127.0.0.1:7171", "[::1]:7171", "LOCALHOST"] {
        assert_eq!(site.ask(Ask::get("/api/incidents").header("host", host)).await.status, StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn no_answer_can_become_markup_or_script() {
    let site = Site::local();
    for path in [
        "/",
        "/incidents/x",
        "/api/incidents",
        "/api/nothing",
        "/assets/none.js",
        "/api/export?format=csv",
        "/api/incidents?limit=x",
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
    let page = site.get("/").await;
    assert!(page.header("content-security-policy").contains("script-src 'self';"));
    assert!(page.header("content-type").starts_with("text/html"));
    // What was asked for comes back in JSON alone.
    let echo = site.get("/api/%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert_eq!((echo.status, echo.header("content-type")), (StatusCode::NOT_FOUND, "application/json"));
}

#[tokio::test]
async fn a_connection_is_answered_and_ended() {
    let (server, _folder) = Site::local().into_server();
    let (told, address) = tokio::sync::oneshot::channel();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run(
        move |address| {
            told.send(address).unwrap();
        },
        async {
            let _ = stopped.await;
        },
    ));
    let address = address.await.unwrap();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /api/updates HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut events = String::new();
    let mut buffer = [0; 4096];
    let read = stream.read(&mut buffer).await.unwrap();
    events.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
    assert!(events.contains("content-type: text/event-stream"), "{events}");
    let decision = json!({"kind": "accept", "events": ["a#a-0"]}).to_string();
    let mut other = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!(
        "POST /api/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{decision}",
        decision.len()
    );
    other.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    other.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    while !events.contains("event: archive\ndata: {\"revision\":") {
        let read = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut buffer)).await.unwrap().unwrap();
        assert!(read > 0, "the stream ended: {events}");
        events.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
    }
    stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(10), running).await.expect("it stops").unwrap().unwrap();
}
