//! `maydani ingest` of addresses and `maydani watch`, against a server on loopback.

mod program;
#[path = "../../fetch/tests/server/mod.rs"]
mod server;

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use program::{Folder, Program, Ran};
use serde_json::Value;
use server::{Asked, Reply, Server};

const FIRST: &str = "قصفت طائرات حربية بلدة حاس بريف إدلب الجنوبي أمس ما أدى إلى مقتل ثلاثة مدنيين.";
const SECOND: &str = "انفجرت عبوة ناسفة في مدينة هجين بريف دير الزور صباح اليوم وأصيب خمسة أشخاص.";
const CHANGED: &str = "قصفت طائرات حربية بلدة حاس بريف إدلب الجنوبي أمس ما أدى إلى مقتل خمسة مدنيين بينهم طفل.";

fn page(title: &str, text: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>{title}</title><meta property='og:site_name' content='وكالة النهر'></head>\
         <body><nav><a href='/'>الرئيسية</a></nav><article><h1>{title}</h1><p>{text}</p><p>وقال مصدر محلي إن الحصيلة أولية.</p></article></body></html>"
    )
}

fn item(server_host: &str, number: u32, title: &str, text: &str) -> String {
    format!(
        "<item><title>{title}</title><link>http://{server_host}/{number}</link><guid>http://{server_host}/{number}</guid>\
         <pubDate>Tue, 30 Oct 2018 10:00:00 GMT</pubDate><description>{text}</description></item>"
    )
}

fn feed(items: &str) -> String {
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>وكالة النهر</title>{items}</channel></rss>")
}

fn host(asked: &Asked) -> String {
    asked.headers["host"].clone()
}

fn ingest(folder: &Folder, arguments: &[&str]) -> Ran {
    let archive = folder.path().join("a.maydani").display().to_string();
    Program::new(["ingest", "--archive", &archive].iter().chain(arguments)).run()
}

/// Writes a sources.toml and watches it once.
fn watch(folder: &Folder, sources: &str) -> Ran {
    let archive = folder.path().join("a.maydani").display().to_string();
    let file = folder.write("sources.toml", format!("pause = \"0s\"\nevery = \"1s\"\n{sources}"));
    let file = file.display().to_string();
    Program::new(["watch", &file, "--once", "--archive", &archive, "--allow-private", "localhost"]).run()
}

fn stats(folder: &Folder) -> Value {
    let archive = folder.path().join("a.maydani").display().to_string();
    let check = Program::new(["archive", "check", "--archive", &archive]).run();
    assert_eq!(check.code, Some(0), "{}{}", check.out, check.err);
    let ran = Program::new(["archive", "stats", "--archive", &archive]).run();
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {} {}", ran.out, ran.err))
}

fn last(ran: &Ran) -> &str {
    ran.err.lines().last().unwrap_or_default()
}

#[test]
fn addresses_are_ingested_as_files_are() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/1?utm_source=x" => Reply::ok(page("قصف على حاس", FIRST)),
        "/rss" => {
            Reply::ok(feed(&(item(&host(asked), 2, "انفجار في هجين", SECOND) + &item(&host(asked), 3, "قصف", FIRST))))
        }
        "/map" => Reply::ok("<urlset><url><loc>http://localhost/9</loc></url></urlset>"),
        "/lines" => Reply::ok(format!("{{\"id\": \"l1\", \"text\": \"{SECOND}\"}}\n{{\"id\": ")),
        _ => Reply::status(404),
    });
    let folder = Folder::new();
    let (first, rss) = (server.at("localhost", "/1?utm_source=x"), server.at("localhost", "/rss"));
    let ran = ingest(&folder, &[&first, &rss, "--allow-private", "localhost", "--published", "2018-10-30"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(last(&ran).starts_with("3 new reports, 0 changed, 0 held already; "), "{}", ran.err);
    let ran = ingest(&folder, &[&first, &rss, "--allow-private", "localhost"]);
    assert!(last(&ran).starts_with("0 new reports, 0 changed, 3 held already; 0 events;"), "{}", ran.err);
    // What cannot be read is said, the rest is done.
    let lines = server.at("localhost", "/lines");
    let (map, gone) = (server.at("localhost", "/map"), server.at("localhost", "/gone"));
    let ran = ingest(&folder, &[&gone, &map, &lines, "--allow-private", "localhost"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains(&format!("maydani: {gone}: the server answered 404; check the address")), "{}", ran.err);
    assert!(
        ran.err.contains(&format!("maydani: {map}: its items have neither headline nor text; fetch the pages")),
        "{}",
        ran.err
    );
    assert!(ran.err.contains(&format!("maydani: {lines}:2:7: the JSON ends too early")), "{}", ran.err);
    assert!(last(&ran).starts_with("1 new reports"), "{}", ran.err);
    let archive = folder.path().join("a.maydani").display().to_string();
    let found = Program::new(["search", "حاس", "--format", "jsonl", "--archive", &archive]).run();
    assert!(found.out.contains(&server.at("localhost", "/1\"")), "the address without its tracking: {}", found.out);
}

#[test]
fn private_networks_are_not_asked() {
    let folder = Folder::new();
    let server = Server::new(|asked| match asked.path.as_str() {
        "/in" => Reply::to(&format!("http://127.0.0.1:{}/secret", host(asked).rsplit(':').next().expect("a port"))),
        "/cloud" => Reply::to("http://169.254.169.254/latest/meta-data/"),
        _ => Reply::ok(page("قصف على حاس", FIRST)),
    });
    for (path, allowed, said) in [
        ("/1", &[][..], "localhost is at "),
        (
            "/in",
            &["--allow-private", "localhost"],
            "127.0.0.1 is at 127.0.0.1, in a private or reserved network, and was not asked;",
        ),
        (
            "/cloud",
            &["--allow-private", "localhost"],
            "169.254.169.254 is at 169.254.169.254, in a private or reserved network",
        ),
    ] {
        let address = server.at("localhost", path);
        let ran = ingest(&folder, &[&[address.as_str()], allowed].concat());
        assert_eq!(ran.code, Some(1), "{path}");
        assert!(ran.err.contains(said), "{path}: {}", ran.err);
    }
    for address in [server.at("0x7f000001", "/1"), server.at("[::ffff:127.0.0.1]", "/1"), server.at("2130706433", "/1")]
    {
        let ran = ingest(&folder, &[&address, "--allow-private", "localhost"]);
        assert!(ran.code == Some(1) && ran.err.contains("in a private or reserved network"), "{address}: {}", ran.err);
    }
    assert_eq!(server.asked().iter().map(|asked| asked.path.as_str()).collect::<Vec<_>>(), ["/in", "/cloud"]);
    assert_eq!(stats(&folder)["reports"], 0);
}

#[test]
fn other_commands_do_not_touch_the_network() {
    let server = Server::new(|_| Reply::ok(FIRST));
    let address = server.at("127.0.0.1", "/1");
    for command in ["code", "explain"] {
        let ran = Program::new([command, &address]).run();
        assert_eq!(ran.code, Some(1));
        assert!(
            ran.err.contains("is an address, and this command reads files only; `maydani ingest` fetches"),
            "{}",
            ran.err
        );
    }
    assert!(server.paths().is_empty());
}

#[test]
fn a_feed_is_followed_once_and_its_changes_are_kept() {
    let now = Arc::new(Mutex::new(1_u32));
    let state = Arc::clone(&now);
    let server = Server::new(move |asked| {
        let version = *state.lock().expect("a lock");
        match asked.path.as_str() {
            "/rss" if asked.headers.get("if-none-match") == Some(&format!("\"{version}\"")) => Reply::status(304),
            "/rss" => {
                let title = if version < 3 { "قصف على حاس" } else { "قصف على حاس (تحديث)" };
                let mut items = item(&host(asked), 1, title, "مقتطف");
                if version >= 2 {
                    items += &item(&host(asked), 2, "انفجار في هجين", "مقتطف آخر");
                }
                Reply::ok(feed(&items)).with("ETag", &format!("\"{version}\""))
            }
            "/1" => Reply::ok(page("قصف على حاس", if version < 3 { FIRST } else { CHANGED })),
            "/2" => Reply::ok(page("انفجار في هجين", SECOND)),
            _ => Reply::status(404),
        }
    });
    let folder = Folder::new();
    let sources = format!("[[source]]\naddress = \"{}\"\nfollow = true\n", server.at("localhost", "/rss"));
    let asked = || -> Vec<String> {
        let seen = server.asked();
        seen.iter().map(|asked| asked.path.clone()).collect()
    };
    let hourly = sources.replace("follow", "every = \"1h\"\nfollow");
    let ran = watch(&folder, &hourly);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("/rss: 1 new, 0 changed; "), "{}", ran.err);
    assert!(last(&ran).starts_with("1 new reports, 0 changed, 0 held already; "), "{}", ran.err);
    assert_eq!(asked(), ["/rss", "/1"]);
    // Not due again: nothing is asked.
    let ran = watch(&folder, &hourly);
    assert!(last(&ran).starts_with("0 new reports"), "{}", ran.err);
    assert_eq!(asked(), ["/rss", "/1"]);
    // Due again, and unchanged.
    sleep(Duration::from_millis(1100));
    let ran = watch(&folder, &sources);
    assert!(last(&ran).starts_with("0 new reports, 0 changed, 0 held already; 0 events; 0 incidents"), "{}", ran.err);
    assert_eq!(asked().last().map(String::as_str), Some("/rss"));
    let one = stats(&folder);
    assert_eq!((one["reports"].clone(), one["versions"].clone()), (1.into(), 1.into()));
    // Something new.
    *now.lock().expect("a lock") = 2;
    sleep(Duration::from_millis(1100));
    let ran = watch(&folder, &sources);
    assert!(last(&ran).starts_with("1 new reports, 0 changed"), "{}", ran.err);
    assert_eq!(
        asked().iter().filter(|path| *path == "/1").count(),
        1,
        "a page that was read is not asked again: {:?}",
        asked()
    );
    // Something changed: the old version is kept.
    *now.lock().expect("a lock") = 3;
    sleep(Duration::from_millis(1100));
    let ran = watch(&folder, &sources);
    assert!(last(&ran).starts_with("0 new reports, 1 changed"), "{}", ran.err);
    let three = stats(&folder);
    assert_eq!((three["reports"].clone(), three["versions"].clone()), (2.into(), 3.into()));
}

#[test]
fn sitemaps_lead_to_sitemaps_and_pages_a_few_at_a_time() {
    let server = Server::new(|asked| {
        let host = host(asked);
        match asked.path.as_str() {
            "/index.xml" => {
                Reply::ok(format!("<sitemapindex><sitemap><loc>http://{host}/map.xml</loc></sitemap></sitemapindex>"))
            }
            "/map.xml" => {
                let urls: String = (1..=5)
                    .map(|day| format!("<url><loc>http://{host}/p{day}</loc><lastmod>2018-10-0{day}</lastmod></url>"))
                    .collect();
                Reply::ok(format!("<urlset>{urls}</urlset>")).with("ETag", "\"1\"")
            }
            "/p3" => Reply::to("/"),
            "/" => Reply::ok(page("وكالة النهر", "أحدث الأخبار من كل مكان.")),
            path => Reply::ok(page("خبر", &format!("{FIRST} رقم {path}"))),
        }
    });
    let folder = Folder::new();
    let sources = format!(
        "[[source]]\naddress = \"{}\"\nfollow = true\npages = 2\nsince = \"2018-10-02\"\n",
        server.at("localhost", "/index.xml")
    );
    let mut new = Vec::new();
    for _ in 0..3 {
        let ran = watch(&folder, &sources);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        new.push(last(&ran).split(',').next().unwrap_or_default().to_owned());
        sleep(Duration::from_millis(1100));
    }
    // The first page is too old, the third is gone (its site leads to the front page).
    assert_eq!(new, ["1 new reports", "2 new reports", "0 new reports"]);
    let asked: Vec<String> = server.asked().iter().map(|asked| asked.path.clone()).collect();
    assert!(!asked.contains(&"/p1".to_owned()), "{asked:?}");
    assert_eq!(asked.iter().filter(|path| path.starts_with("/p")).count(), 4, "{asked:?}");
    assert_eq!(stats(&folder)["reports"], 3);
}

#[test]
fn what_fails_is_said_and_tried_again_later() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::ok("User-agent: maydani\nDisallow: /closed\n"),
        "/rss" => {
            let host = host(asked);
            let items = item(&host, 404, "قصف على حاس", FIRST) + &item(&host, 500, "انفجار في هجين", SECOND);
            Reply::ok(feed(&items)).with("ETag", "\"1\"")
        }
        "/busy" => Reply::status(429).with("Retry-After", "7200"),
        "/500" => Reply::status(500),
        "/bomb" => Reply::ok("<html><p>".repeat(1000)).with("Content-Encoding", "gzip"),
        _ => Reply::status(404),
    });
    let folder = Folder::new();
    let source = |path: &str| format!("[[source]]\naddress = \"{}\"\nfollow = true\n", server.at("localhost", path));
    let ran = watch(&folder, &source("/rss"));
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.err.contains("/404: the server answered 404; check the address\n"), "{}", ran.err);
    assert!(ran.err.contains("/500: the server answered 500; try again later\n"), "{}", ran.err);
    // The page is gone: what the feed carries stands for it. The other is waited for.
    assert!(last(&ran).starts_with("1 new reports"), "{}", ran.err);
    sleep(Duration::from_millis(1100));
    let ran = watch(&folder, &source("/rss"));
    assert_eq!((ran.code, last(&ran).starts_with("0 new reports")), (Some(0), true), "{}", ran.err);
    assert_eq!(server.asked().iter().filter(|asked| asked.path == "/500").count(), 1, "it is left alone for a while");
    assert_eq!(server.asked().iter().filter(|asked| asked.headers.contains_key("if-none-match")).count(), 0);

    for (path, said) in [
        ("/closed", "robots.txt asks not to fetch this; leave it out, or ask the site's keepers; asked again in "),
        ("/bomb", "the connection failed (its gzip is broken"),
        ("/busy", "the server asks to wait 7200 seconds; try again then; asked again in "),
    ] {
        let ran = watch(&folder, &source(path));
        assert!(ran.code == Some(1) && ran.err.contains(said), "{path}: {}", ran.err);
    }
    // A restart remembers whom to leave alone.
    let before = server.asked().len();
    sleep(Duration::from_millis(1100));
    let ran = watch(&folder, &source("/busy"));
    assert_eq!((ran.code, server.asked().len()), (Some(0), before), "{}", ran.err);
}

#[test]
fn a_source_may_allow_its_own_host_and_no_other() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/rss" => {
            let port = host(asked).rsplit(':').next().expect("a port").to_owned();
            Reply::ok(feed(
                &(item(&host(asked), 1, "قصف", FIRST) + &item(&format!("127.0.0.1:{port}"), 2, "سر", SECOND)),
            ))
        }
        _ => Reply::ok(page("قصف على حاس", FIRST)),
    });
    let folder = Folder::new();
    let source = format!(
        "pause = \"0s\"\n[[source]]\naddress = \"{}\"\nfollow = true\nallow_private = true\n",
        server.at("localhost", "/rss")
    );
    let file = folder.write("sources.toml", source).display().to_string();
    let archive = folder.path().join("a.maydani").display().to_string();
    let ran = Program::new(["watch", &file, "--once", "--archive", &archive]).run();
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("127.0.0.1 is at 127.0.0.1, in a private or reserved network"), "{}", ran.err);
    assert_eq!(server.asked().iter().map(|asked| asked.path.as_str()).collect::<Vec<_>>(), ["/rss", "/1"]);
}

#[test]
fn faults_of_the_file_are_told_with_their_place() {
    let folder = Folder::new();
    let file = folder.write("sources.toml", "[[source]]\naddress = \"news.example/rss\"\n").display().to_string();
    let ran = Program::new(["watch", &file, "--once"]).run();
    assert_eq!(ran.code, Some(1));
    assert_eq!(
        ran.err,
        format!(
            "maydani: {file}:2:11: «news.example/rss» is no address of the web (relative URL without a base); write it as https://host/path\n"
        )
    );
    let missing = folder.path().join("none.toml").display().to_string();
    let ran = Program::new(["watch", &missing]).run();
    assert!(ran.err.starts_with(&format!("maydani: {missing}: cannot be opened (")), "{}", ran.err);
}

/// Watches without end, until the test says so.
fn start(folder: &Folder, sources: &str) -> std::process::Child {
    let file = folder.write("sources.toml", sources);
    let mut command = Command::new(env!("CARGO_BIN_EXE_maydani"));
    command.arg("watch").arg(file).arg("--archive").arg(folder.path().join("a.maydani"));
    command.args(["--allow-private", "localhost"]).env("MAYDANI_DATA", "/nonexistent");
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

fn wait_for(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(120), "{what} does not come");
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn it_runs_until_it_is_told_to_end_and_goes_on_after_a_kill() {
    let server = Server::new(|asked| {
        let number = asked.path.trim_start_matches('/');
        match asked.path.as_str() {
            "/rss" => Reply::ok(feed(&(0..30).map(|n| item(&host(asked), n, "قصف", "مقتطف")).collect::<String>()))
                .with("ETag", "\"1\""),
            // One page never comes to an end.
            "/7" => Reply::Raw(Box::new(|stream| {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                while stream.write_all(b"x").is_ok() {
                    sleep(Duration::from_millis(20));
                }
            })),
            _ => Reply::ok(page("قصف على حاس", &format!("{FIRST} وهذا الخبر رقم {number} من النشرة."))),
        }
    });
    let folder = Folder::new();
    let sources = format!(
        "pause = \"0s\"\nevery = \"1s\"\n[[source]]\naddress = \"{}\"\nfollow = true\n",
        server.at("localhost", "/rss")
    );
    let mut child = start(&folder, &sources);
    wait_for("the page without end", || server.asked().iter().any(|asked| asked.path == "/7"));
    child.kill().expect("killed");
    child.wait().expect("gone");
    let killed = stats(&folder)["reports"].as_u64().expect("a number");
    assert!((1..30).contains(&killed), "{killed}");
    let asked = server.asked().len();

    let mut child = start(&folder, &sources);
    wait_for("the page without end", || server.asked()[asked..].iter().any(|asked| asked.path == "/7"));
    let again = server.asked()[asked..].iter().filter(|asked| asked.path != "/rss" && asked.path != "/7").count();
    // What was fetched and not stored is asked again; what was stored is not, but for the last one, where
    // the kill came between its report and the note of it.
    assert!((7..=8).contains(&(again as u64 + killed)), "{killed} stored, then {:?}", server.paths());
    wait_for("the rest", || stats(&folder)["reports"] == 7);
    let began = Instant::now();
    assert!(Command::new("kill").arg(child.id().to_string()).status().expect("kill runs").success());
    let ended = child.wait().expect("ended");
    assert_eq!(ended.code(), Some(0));
    // The page without end would take a minute.
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    let mut said = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("text");
    assert!(said.lines().last().unwrap_or_default().contains(" new reports, 0 changed"), "{said}");
    assert_eq!(stats(&folder)["reports"], 7);
}

/// KiB that a process holds.
fn memory(pid: u32) -> u64 {
    let status = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default().to_owned();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()
}

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_polls() {
    // Each poll of each feed is new, with a new report.
    let count = Arc::new(Mutex::new(0_u32));
    let counted = Arc::clone(&count);
    let server = Server::new(move |asked| {
        let mut count = counted.lock().expect("a lock");
        *count += 1;
        let padding = "x".repeat(1 << 19);
        Reply::ok(
            feed(&item(&host(asked), *count, "قصف", &format!("{FIRST} رقم {count}"))) + &format!("<!--{padding}-->"),
        )
    });
    let sources: String = (0..8)
        .map(|n| format!("[[source]]\naddress = \"{}\"\n", server.at("localhost", &format!("/rss{n}"))))
        .collect();
    let folder = Folder::new();
    let mut child = start(&folder, &format!("pause = \"0s\"\nevery = \"1s\"\n{sources}"));
    let polls = || *count.lock().expect("a lock");
    wait_for("the first polls", || polls() > 20);
    let early = memory(child.id());
    wait_for("more polls", || polls() > 80);
    let late = memory(child.id());
    assert!(Command::new("kill").arg(child.id().to_string()).status().expect("kill runs").success());
    assert_eq!(child.wait().expect("ended").code(), Some(0));
    assert!(early > 0 && late < early + 20_000, "{early} KiB after 20 polls of 512 KiB, {late} KiB after 80");
}
