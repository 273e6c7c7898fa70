//! Places fetched and kept. The server is a local one.

mod program;

use std::io::{BufRead, BufReader, Cursor, Write};
use std::net::TcpListener;
use std::thread;

use program::{Folder, Program};

/// Two places in GeoNames' layout; the second has no Arabic name.
const PLACES: &str = "\
174448\tHajīn\tHajin\tHajin,هجين\t34.689\t40.831\tP\tPPL\tSY\t\t07\t\t\t\t37935\t\t213\tAsia/Damascus\t2020-01-01\n\
174449\tNowhere\tNowhere\t\t34.1\t40.1\tP\tPPL\tSY\t\t07\t\t\t\t0\t\t213\tAsia/Damascus\t2020-01-01\n";

/// Answers by path until the test ends; its address.
fn server(answer: impl Fn(&str) -> (u16, Vec<u8>) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut request = BufReader::new(stream.try_clone().expect("a clone")).lines();
            let first = request.next().expect("a request").expect("a line");
            let path = first.split(' ').nth(1).expect("a path");
            let _ = request.find(|line| line.as_ref().is_ok_and(String::is_empty));
            let (status, body) = answer(path);
            let head = format!("HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)).expect("answered");
        }
    });
    address
}

fn zipped(name: &str, text: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("readme.txt", "about"), (name, text)] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

#[test]
fn install_fetches_unpacks_and_keeps() {
    let address = server(|path| match path {
        "/dump/SY.zip" => (200, zipped("SY.txt", PLACES)),
        "/dump/LY.txt" => (200, PLACES.into()),
        "/dump/IQ.zip" => (200, b"no zip".to_vec()),
        "/dump/YE.zip" => (503, Vec::new()),
        _ => (404, Vec::new()),
    }) + "/dump";
    let data = Folder::new();
    let install = |country: &str| {
        Program::new(["gazetteer", "install", country, "--from", &address]).env("MAYDANI_DATA", data.path()).run()
    };
    for country in ["sy", "LY"] {
        let ran = install(country);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(ran.out.contains(": 1 places with an Arabic name, kept in "), "{}", ran.out);
        let kept = data.path().join(format!("gazetteer/{}.txt", country.to_uppercase()));
        assert_eq!(
            std::fs::read_to_string(kept).expect("kept"),
            PLACES.lines().next().expect("a line").to_owned() + "\n"
        );
    }
    for (country, said) in [
        ("IQ", "not a zip file"),
        ("YE", "answered 503"),
        ("ZZ", "not found; is ZZ an ISO country code"),
        ("Syria", "no ISO country code"),
    ] {
        let ran = install(country);
        assert_eq!(ran.code, Some(1), "{country}");
        assert!(ran.err.contains(said), "{country}: {}", ran.err);
    }
    let listed = Program::new(["gazetteer", "list"]).env("MAYDANI_DATA", data.path()).run();
    assert_eq!(listed.out.lines().count(), 2, "{}", listed.out);
}

#[test]
fn the_address_can_be_set_once_for_all() {
    let address = server(|path| if path == "/SY.txt" { (200, PLACES.into()) } else { (404, Vec::new()) });
    let data = Folder::new();
    let ran =
        Program::new(["gazetteer", "install", "SY"]).env("MAYDANI_DATA", data.path()).env("MAYDANI_GEONAMES", address);
    assert_eq!(ran.run().code, Some(0));
}

#[test]
fn add_keeps_files_and_folders_but_no_faulty_one() {
    let data = Folder::new();
    let mine = Folder::new();
    mine.write("a/mine.txt", PLACES);
    mine.write("a/readme.txt", "about");
    let faulty = mine.write("faulty.txt", "1\tone\n");
    let add = |path: &std::path::Path| {
        Program::new(["gazetteer".as_ref(), "add".as_ref(), path.as_os_str()]).env("MAYDANI_DATA", data.path()).run()
    };
    let ran = add(&mine.path().join("a"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(data.path().join("gazetteer/mine.txt").exists());
    assert!(!data.path().join("gazetteer/readme.txt").exists());
    let ran = add(&faulty);
    assert_eq!(ran.code, Some(3));
    assert!(ran.err.contains("faulty.txt:1: 2 columns where 19 are wanted"), "{}", ran.err);
    assert!(!data.path().join("gazetteer/faulty.txt").exists());
    assert_eq!(add(&mine.path().join("none.txt")).code, Some(1));
}
