//! Bounds on what servers send, and manners towards them.

mod server;

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use maydani_fetch::{Answer, Client, Fault, FetchError, Limits, Page, Request, Settings, Stop, Url, Validators};
use server::{Reply, Server};

fn settings() -> Settings {
    let limits = Limits { sent: 1 << 20, unpacked: 2 << 20, time: Duration::from_secs(20) };
    Settings { pause: Duration::ZERO, limits, ..Settings::default() }
}

fn ask(client: &Client, address: &str, known: &Validators) -> Result<Answer, FetchError> {
    let url = Url::parse(address).expect("an address");
    client.get(&Request { url: &url, known, private: &["localhost".to_owned()] })
}

fn fault(server: &Server, settings: Settings, path: &str) -> Fault {
    ask(&Client::new(settings), &server.at("localhost", path), &Validators::default()).expect_err("a fault").fault
}

fn page(server: &Server, path: &str) -> Page {
    match ask(&Client::new(settings()), &server.at("localhost", path), &Validators::default()) {
        Ok(Answer::Page(page)) => page,
        other => panic!("{path}: {other:?}"),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).expect("packed");
    packed.finish().expect("packed")
}

#[test]
fn a_body_without_end_is_left() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/endless" => Reply::Raw(Box::new(|stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            while stream.write_all(&[b'x'; 4096]).is_ok() {}
        })),
        "/announced" => Reply::Raw(Box::new(|stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx");
        })),
        "/headers" => Reply::Raw(Box::new(|stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
            while stream.write_all(b"X-More: and more\r\n").is_ok() {}
        })),
        _ => Reply::status(404),
    });
    assert_eq!(
        fault(&server, settings(), "/endless").to_string(),
        "is larger than 1 MiB and was left out; give the address of a smaller part"
    );
    assert!(matches!(fault(&server, settings(), "/announced"), Fault::Large(1)));
    assert!(matches!(fault(&server, settings(), "/headers"), Fault::Connection(_)));
}

#[test]
fn a_body_that_explodes_is_left() {
    let bomb = gzip(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < 1 << 17);
    let twice = gzip(&bomb);
    let server = Server::new(move |asked| match asked.path.as_str() {
        "/bomb" => Reply::ok(bomb.clone()).with("Content-Encoding", "gzip"),
        "/twice" => Reply::ok(twice.clone()).with("Content-Encoding", "gzip, gzip"),
        "/br" => Reply::ok("x").with("Content-Encoding", "br"),
        "/short" => Reply::ok(gzip(b"a report")[..12].to_vec()).with("Content-Encoding", "gzip"),
        "/good" => Reply::ok(gzip("قصفت".as_bytes())).with("Content-Encoding", "gzip"),
        _ => Reply::status(404),
    });
    assert!(matches!(fault(&server, settings(), "/bomb"), Fault::Explodes(2)));
    assert!(matches!(fault(&server, settings(), "/twice"), Fault::Packed(_)));
    assert!(matches!(fault(&server, settings(), "/br"), Fault::Packed(_)));
    assert!(matches!(fault(&server, settings(), "/short"), Fault::Connection(_)));
    assert_eq!(page(&server, "/good").bytes, "قصفت".as_bytes());
}

#[test]
fn a_server_that_answers_drop_by_drop_is_left() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/drops" => Reply::Raw(Box::new(|stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while stream.write_all(b"x").is_ok() {
                std::thread::sleep(Duration::from_millis(50));
            }
        })),
        "/silent" => Reply::Raw(Box::new(|_| std::thread::sleep(Duration::from_secs(30)))),
        _ => Reply::status(404),
    });
    let limits = Limits { time: Duration::from_millis(700), ..settings().limits };
    for path in ["/drops", "/silent"] {
        let began = Instant::now();
        let fault = fault(&server, Settings { limits, ..settings() }, path);
        assert!(matches!(fault, Fault::Slow(_)), "{path}: {fault}");
        assert!(began.elapsed() < Duration::from_secs(15), "{path} took {:?}", began.elapsed());
    }
}

#[test]
fn a_body_that_breaks_off_is_no_page() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/cut" => Reply::Raw(Box::new(|stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
        })),
        "/noise" => Reply::Raw(Box::new(|stream| {
            let _ = stream.write_all(b"\x00\x01\x02 this is no HTTP\r\n\r\n");
        })),
        _ => Reply::status(404),
    });
    for path in ["/cut", "/noise"] {
        let fault = fault(&server, settings(), path);
        assert!(matches!(fault, Fault::Connection(_)), "{path}: {fault}");
        assert!(!fault.is_lasting());
    }
}

#[test]
fn redirects_are_followed_and_end() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/old" => Reply::to("/new?a=1"),
        "/new?a=1" => Reply::ok("here"),
        "/round" => Reply::to("/round"),
        "/nowhere" => Reply::status(302),
        "/odd" => Reply::to("http://[broken"),
        "/gone" => Reply::status(410),
        "/ill" => Reply::status(500),
        _ => Reply::status(404),
    });
    let found = page(&server, "/old");
    assert_eq!(
        (found.url.as_str(), found.bytes.as_slice()),
        (server.at("localhost", "/new?a=1").as_str(), b"here".as_slice())
    );
    assert_eq!(
        fault(&server, settings(), "/round").to_string(),
        "leads on more than 5 times; give the address at which it ends"
    );
    assert_eq!(server.paths().iter().filter(|path| *path == "/round").count(), 6);
    assert!(matches!(fault(&server, settings(), "/nowhere"), Fault::RedirectNowhere(_)));
    assert!(matches!(fault(&server, settings(), "/odd"), Fault::RedirectNowhere(_)));
    assert!(fault(&server, settings(), "/gone").is_lasting());
    assert!(!fault(&server, settings(), "/ill").is_lasting());
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = Server::new(|asked| match asked.headers.get("if-none-match").map(String::as_str) {
        Some("\"1\"") => Reply::status(304),
        _ => Reply::ok("news").with("ETag", "\"1\"").with("Last-Modified", "Sun, 22 Nov 2026 09:00:00 GMT"),
    });
    let client = Client::new(settings());
    let address = server.at("localhost", "/feed");
    let Answer::Page(first) = ask(&client, &address, &Validators::default()).expect("an answer") else {
        panic!("unchanged before it was seen")
    };
    assert_eq!(ask(&client, &address, &first.validators).expect("an answer"), Answer::Unchanged);
    let asked = server.asked();
    assert_eq!(asked[0].headers.get("if-none-match"), None);
    assert_eq!(asked[1].headers["if-modified-since"], "Sun, 22 Nov 2026 09:00:00 GMT");
    assert_eq!(server.paths().iter().filter(|path| *path == "/robots.txt").count(), 1, "robots.txt is kept");
}

#[test]
fn the_program_says_who_it_is() {
    let server = Server::new(|_| Reply::ok("news"));
    let client = Client::new(Settings { contact: Some("https://example.org/maydani".into()), ..settings() });
    ask(&client, &server.at("localhost", "/"), &Validators::default()).expect("an answer");
    let asked = &server.asked()[0];
    assert_eq!(
        asked.headers["user-agent"],
        format!("Maydani/{} (+https://example.org/maydani)", env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(asked.headers["accept-encoding"], "gzip");
}

#[test]
fn robots_txt_is_heeded_at_each_hop() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::ok("User-agent: *\nDisallow: /private/\n"),
        "/door" => Reply::to("/private/room"),
        _ => Reply::ok("text"),
    });
    assert_eq!(page(&server, "/open").bytes, b"text");
    for path in ["/private/x", "/door"] {
        assert!(matches!(fault(&server, settings(), path), Fault::Robots), "{path}");
    }
    assert!(!server.paths().iter().any(|path| path.starts_with("/private")));
}

#[test]
fn a_robots_txt_that_cannot_be_read_forbids_one_that_is_missing_does_not() {
    let server = Server::new(|asked| if asked.path == "/robots.txt" { Reply::status(500) } else { Reply::ok("x") });
    let fault = fault(&server, settings(), "/");
    assert!(matches!(fault, Fault::NoRobots(500)) && !fault.is_lasting(), "{fault}");
    assert!(server.asked().is_empty());
    let server = Server::new(|asked| if asked.path == "/robots.txt" { Reply::status(404) } else { Reply::ok("x") });
    assert_eq!(page(&server, "/").bytes, b"x");
}

#[test]
fn a_server_that_asks_to_wait_is_left_alone() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/busy" => Reply::status(429).with("Retry-After", "3600"),
        "/down" => Reply::status(503),
        "/robots.txt" => Reply::status(404),
        _ => Reply::ok("x"),
    });
    let client = Client::new(settings());
    let get = |path: &str| ask(&client, &server.at("localhost", path), &Validators::default());
    let fault = get("/busy").unwrap_err().fault;
    assert_eq!(fault.wait(), Some(Duration::from_secs(3600)));
    assert_eq!(fault.to_string(), "the server asks to wait 3600 seconds; try again then");
    // The whole host is left alone, without asking it.
    let fault = get("/other").unwrap_err().fault;
    assert!(fault.wait().is_some_and(|wait| wait > Duration::from_secs(3500)), "{fault}");
    assert_eq!(server.asked().len(), 1);
    let other = Client::new(settings());
    let fault = ask(&other, &server.at("localhost", "/down"), &Validators::default()).unwrap_err().fault;
    assert_eq!(fault.wait(), Some(Duration::from_secs(60)));
}

#[test]
fn requests_to_one_host_keep_their_distance() {
    let server = Server::new(|_| Reply::ok("x"));
    let (pause, jitter) = (Duration::from_millis(600), Duration::from_millis(300));
    let client = Client::new(Settings { pause, ..settings() });
    std::thread::scope(|scope| {
        for path in ["/a", "/b", "/c"] {
            let (client, server) = (&client, &server);
            scope.spawn(move || ask(client, &server.at("localhost", path), &Validators::default()).expect("an answer"));
        }
    });
    let mut times: Vec<Instant> = server.asked().iter().map(|asked| asked.at).collect();
    times.sort();
    assert_eq!(times.len(), 3);
    for pair in times.windows(2) {
        assert!(pair[1] - pair[0] + jitter >= pause, "{:?} apart", pair[1] - pair[0]);
    }
}

#[test]
fn the_end_is_not_waited_for() {
    let server = Server::new(|_| {
        Reply::Raw(Box::new(|stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while stream.write_all(b"x").is_ok() {
                std::thread::sleep(Duration::from_millis(20));
            }
        }))
    });
    let stop = Stop::default();
    let client = Client::new(Settings { stop: stop.clone(), ..settings() });
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        stop.ask();
    });
    let began = Instant::now();
    let found = ask(&client, &server.at("localhost", "/robots.txt"), &Validators::default()).unwrap_err();
    assert!(matches!(found.fault, Fault::Stopped), "{found}");
    assert!(began.elapsed() < Duration::from_secs(15));
}
