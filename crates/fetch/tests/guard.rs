//! No request leads into a private network, however it is written or led there.

mod server;

use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use maydani_fetch::{Answer, Client, Fault, FetchError, Names, Request, Settings, Url, Validators};
use server::{Reply, Server};

/// A name service of the test's own.
#[derive(Debug, Default)]
struct Book(HashMap<&'static str, Vec<IpAddr>>);

impl Book {
    fn with(mut self, host: &'static str, addresses: &[&str]) -> Arc<Self> {
        self.0.insert(host, addresses.iter().map(|text| text.parse().expect("an address")).collect());
        Arc::new(self)
    }
}

impl Names for Book {
    fn look_up(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        self.0.get(host).cloned().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no such name"))
    }
}

fn get(names: Arc<Book>, address: &str, private: &[&str]) -> Result<Answer, FetchError> {
    let settings = Settings { pause: Duration::ZERO, ..Settings::default() };
    let private: Vec<String> = private.iter().map(|&host| host.to_owned()).collect();
    let url = Url::parse(address).expect("an address");
    Client::with_names(settings, names).get(&Request { url: &url, known: &Validators::default(), private: &private })
}

fn is_private(found: &Result<Answer, FetchError>) -> bool {
    matches!(found, Err(FetchError { fault: Fault::Private { .. }, .. }))
}

#[test]
fn literal_addresses_are_refused_in_every_spelling() {
    let server = Server::new(|_| Reply::ok("secret"));
    for host in [
        "127.0.0.1",
        "127.1",
        "0x7f000001",
        "0x7f.0.0.1",
        "2130706433",
        "0177.0.0.1",
        "017700000001",
        "0",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "１２７.0.0.1",
        "127。0。0。1",
    ] {
        let found = get(Arc::default(), &server.at(host, "/"), &[]);
        assert!(is_private(&found), "{host}: {found:?}");
    }
    for address in ["http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://10.0.0.7:8080/"] {
        let found = get(Arc::default(), address, &[]);
        assert!(is_private(&found), "{address}: {found:?}");
    }
    assert!(server.paths().is_empty(), "the server was asked: {:?}", server.paths());
}

#[test]
fn a_name_in_a_private_network_is_refused() {
    let server = Server::new(|_| Reply::ok("secret"));
    for answers in [&["127.0.0.1"][..], &["::1"], &["1.1.1.1", "127.0.0.1"], &["::ffff:127.0.0.1"], &["192.168.0.1"]] {
        let found = get(Book::default().with("news.example", answers), &server.at("news.example", "/"), &[]);
        assert!(is_private(&found), "{answers:?}: {found:?}");
    }
    let said = get(Book::default().with("news.example", &["127.0.0.1"]), &server.at("news.example", "/"), &[]);
    assert!(
        said.unwrap_err().to_string().ends_with(
            "/: news.example is at 127.0.0.1, in a private or reserved network, and was not asked; if it is yours, allow it: \
             --allow-private news.example"
        )
    );
    assert!(server.paths().is_empty());
}

#[test]
fn redirects_into_private_networks_are_refused() {
    for target in [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0x7f000001/",
        "//[::1]/",
        "http://inside.example/",
        "https://127.0.0.1/",
    ] {
        let secret = Server::new(|_| Reply::ok("secret"));
        let port = secret.port;
        let target = target.replacen("1/", &format!("1:{port}/"), 1);
        let to = target.clone();
        let server = Server::new(move |asked| if asked.path == "/" { Reply::to(&to) } else { Reply::status(404) });
        let names = Book(HashMap::from([("inside.example", vec!["127.0.0.1".parse().expect("an address")])]));
        // The first host is allowed, as one that lies outside would be; the second is not.
        let names = names.with("open.example", &["127.0.0.1"]);
        let found = get(names, &server.at("open.example", "/"), &["open.example"]);
        assert!(is_private(&found), "{target}: {found:?}");
        assert_eq!(server.paths(), ["/robots.txt", "/"]);
        assert!(secret.paths().is_empty(), "{target} was asked");
    }
}

#[test]
fn robots_txt_leads_into_no_private_network_either() {
    let secret = Server::new(|_| Reply::ok("secret"));
    let to = secret.at("127.0.0.1", "/robots.txt");
    let server = Server::new(move |_| Reply::to(&to));
    let names = Book::default().with("open.example", &["127.0.0.1"]);
    assert!(is_private(&get(names, &server.at("open.example", "/"), &["open.example"])));
    assert!(secret.paths().is_empty());
}

#[test]
fn what_was_allowed_for_one_request_is_not_for_the_next() {
    let server = Server::new(|_| {
        Reply::Raw(Box::new(|stream| {
            use std::io::Write;
            // The connection stays open, to be used again.
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            std::thread::sleep(Duration::from_millis(500));
        }))
    });
    let settings = Settings { pause: Duration::ZERO, ..Settings::default() };
    let client = Client::with_names(settings, Book::default().with("open.example", &["127.0.0.1"]));
    let url = Url::parse(&server.at("open.example", "/")).expect("an address");
    let (known, private) = (Validators::default(), ["open.example".to_owned()]);
    client.get(&Request { url: &url, known: &known, private: &private }).expect("allowed");
    let found = client.get(&Request { url: &url, known: &known, private: &[] });
    assert!(is_private(&found), "{found:?}");
}

#[test]
fn only_the_web_is_asked() {
    let server = Server::new(|_| Reply::to("file:///etc/passwd"));
    let found = get(Arc::default(), &server.at("127.0.0.1", "/"), &["127.0.0.1"]);
    assert!(matches!(&found, Err(FetchError { fault: Fault::Address(_), .. })), "{found:?}");
    for (address, said) in [
        (
            "ftp://example.org/x",
            "is no address of the web (ftp: is neither http nor https); write it as https://host/path",
        ),
        (
            "https://me:secret@example.org/",
            "carries a name or password, which are not sent; write the address without them",
        ),
    ] {
        let found = get(Arc::default(), address, &[]).unwrap_err();
        assert_eq!(found.fault.to_string(), said);
    }
    let found = get(Arc::default(), "https://nowhere.example/", &[]).unwrap_err();
    assert!(matches!(found.fault, Fault::NoHost { .. }), "{found}");
}
