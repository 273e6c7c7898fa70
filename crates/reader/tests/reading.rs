//! Whatever comes in: every report that can be read is read, and every fault is said with its place.

use std::io::Write as _;

use maydani_core::Report;
use maydani_reader::{Fault, Limits, Options, ReadError, Source, reports};

const TEXT: &str = "غارة على قرية الصفا\n\nقصفت طائرة حربية قرية الصفا مساء أمس، وأصيب مدنيان.";

fn read_as(name: &str, bytes: impl Into<Vec<u8>>, options: &Options) -> Vec<Result<Report, ReadError>> {
    let source = Source::Bytes { name: name.to_owned(), bytes: bytes.into() };
    reports([source], options).collect()
}

fn read(bytes: impl Into<Vec<u8>>) -> Vec<Result<Report, ReadError>> {
    read_as("input", bytes, &Options::default())
}

fn one(bytes: impl Into<Vec<u8>>) -> Report {
    let mut all = read(bytes);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).expect("a report")
}

fn faults(all: &[Result<Report, ReadError>]) -> Vec<String> {
    all.iter().filter_map(|read| read.as_ref().err()).map(ToString::to_string).collect()
}

fn json_line(id: usize) -> String {
    serde_json::json!({ "id": id, "text": TEXT }).to_string() + "\n"
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[test]
fn json_lines_keep_their_text_to_the_letter() {
    let text = "  عنوان\u{200f} \n\n سطر\r\nأول .  \n";
    let line = serde_json::json!({"id": 7, "url": "u", "outlet": " ", "published": null, "text": text,
        "unknown": {"deep": [1]}});
    let options =
        Options { outlet: Some("النهار".into()), published: Some("2018-10-30".into()), ..Options::default() };
    let all = read_as("a.jsonl", line.to_string(), &options);
    let report = all[0].as_ref().expect("a report");
    assert_eq!(report.text, text);
    assert_eq!(report.id.as_deref(), Some("7"));
    assert_eq!(report.title.as_deref(), Some("عنوان\u{200f}"));
    assert_eq!(report.outlet.as_deref(), Some("النهار"));
    assert_eq!(report.published.as_deref(), Some("2018-10-30"));
}

#[test]
fn an_address_tells_the_day_and_the_headline_of_a_page_without_its_article() {
    let menus = "السبت 1 آب, 2026\n\nأزمة الوقود تتواصل في المدينة\n\nافتتاح معرض للكتاب\n\nENGLISH";
    let url = "https://example.org/2022/02/16/%D8%BA%D8%A7%D8%B1%D8%A9-على-قرية-الصفا?fbclid=x";
    let with = |text: &str, published: Option<&str>| {
        one(serde_json::json!({"url": url, "published": published, "text": text}).to_string())
    };
    let unread = with(menus, None);
    assert!(unread.title_from_url);
    assert_eq!((unread.text.as_str(), unread.title.as_deref()), ("غارة على قرية الصفا", Some("غارة على قرية الصفا")));
    assert_eq!(unread.published.as_deref(), Some("2022-02-16"));
    assert_eq!(with(menus, Some("2022-02-17")).published.as_deref(), Some("2022-02-17"));
    for text in [TEXT, "شب حريق في أحد مخازن الحبوب في المدينة مساء أمس ولم يصب أحد."]
    {
        let read = with(text, None);
        assert_eq!((read.text.as_str(), read.title_from_url), (text, false));
    }
}

#[test]
fn a_title_given_apart_stands_before_the_text_once() {
    let with = |title: &str, text: &str| one(serde_json::json!({"title": title, "text": text}).to_string()).text;
    assert_eq!(with("غارة على قرية الصفا ", TEXT), TEXT);
    assert_eq!(with("غارة", "قصفت طائرة."), "غارة\n\nقصفت طائرة.");
    let without = one(serde_json::json!({"text": "سطر واحد بلا عنوان"}).to_string());
    assert_eq!((without.title, without.text.as_str()), (None, "سطر واحد بلا عنوان"));
}

#[test]
fn bad_lines_are_said_and_the_others_read() {
    let input = format!(
        "{}{{\"id\": \"x\", \"text\": \"نص\n\n{}{{\"text\": 5}}\n{{\"id\": 1}}\nكلام\n{}",
        json_line(1),
        json_line(2),
        json_line(3)
    );
    let all = read_as("day.jsonl", input, &Options::default());
    assert_eq!(all.iter().filter(|read| read.is_ok()).count(), 3);
    let faults = faults(&all);
    assert_eq!(faults.len(), 4, "{faults:?}");
    assert!(faults[0].starts_with("day.jsonl:2:"), "{}", faults[0]);
    assert!(faults[0].ends_with("the JSON ends too early; complete the line or remove it, the other lines were read"));
    assert!(faults[1].starts_with("day.jsonl:5:10: invalid type: integer `5`, expected a string"), "{}", faults[1]);
    assert!(faults[2].contains("missing field `text`"), "{}", faults[2]);
    assert!(faults[3].starts_with("day.jsonl:7:1: expected value"), "{}", faults[3]);
}

#[test]
fn a_truncated_only_line_is_a_fault() {
    let line = json_line(1);
    let all = read_as("cut.jsonl", &line.as_bytes()[..line.len() - 20], &Options::default());
    assert!(matches!(&all[..], [Err(ReadError { fault: Fault::TruncatedJson, .. })]), "{all:?}");
}

#[test]
fn packed_files_are_told_by_their_bytes() {
    let plain: String = (0..2000).map(json_line).collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(plain.as_bytes()).expect("packs");
    let gzip = gzip.finish().expect("packs");
    let mut xz = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).expect("packs");
    xz.write_all(plain.as_bytes()).expect("packs");
    let xz = xz.finish().expect("packs");
    let zstd = ruzstd::encoding::compress_to_vec(plain.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    for packed in [&gzip, &xz, &zstd] {
        let all = read(packed.as_slice());
        assert_eq!(all.len(), 2000);
        assert!(all.iter().all(Result::is_ok));
        // Two files put together are one file with the reports of both.
        assert_eq!(read([packed.as_slice(), packed.as_slice()].concat()).len(), 4000);
        // The first half of a file gives the first reports, then says where it broke off.
        let half = read(&packed[..packed.len() / 2]);
        let faults = faults(&half);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].contains("broke off"), "{faults:?}");
    }
    let skippable = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3], zstd.as_slice()].concat();
    assert_eq!(read(skippable).len(), 2000);
}

#[test]
fn encodings_are_told_and_decoded() {
    let bom = |order: fn(u16) -> [u8; 2]| utf16(&format!("\u{feff}{TEXT}"), order);
    let (windows, _, faulty) = encoding_rs::WINDOWS_1256.encode(TEXT);
    assert!(!faulty);
    let inputs: [Vec<u8>; 7] = [
        TEXT.into(),
        format!("\u{feff}{TEXT}").into(),
        bom(u16::to_le_bytes),
        bom(u16::to_be_bytes),
        utf16(TEXT, u16::to_le_bytes),
        utf16(TEXT, u16::to_be_bytes),
        windows.into_owned(),
    ];
    for (number, input) in inputs.into_iter().enumerate() {
        assert_eq!(one(input).text, TEXT, "input {number}");
    }
    // Lines too: each on its own in an 8-bit encoding, the stream as a whole in UTF-16.
    let lines: String = (0..500).map(json_line).collect();
    let (windows, ..) = encoding_rs::WINDOWS_1256.encode(&lines);
    for input in [windows.into_owned(), utf16(&lines, u16::to_le_bytes), utf16(&lines, u16::to_be_bytes)] {
        let all = read(input);
        assert_eq!(all.len(), 500);
        assert!(all.iter().all(|read| read.as_ref().is_ok_and(|report| report.text == TEXT)));
    }
    // One broken character is no other encoding.
    let mut broken = TEXT.as_bytes().to_vec();
    let at = TEXT.find("مساء").expect("a word");
    broken.remove(at);
    assert_eq!(one(broken).text, TEXT.replace("مساء", "\u{fffd}ساء"));
}

#[test]
fn no_text_is_said() {
    let cases: [(&[u8], &str); 6] = [
        (b"", "input: is empty; give a file with a report in it"),
        (b" \n\t\r\n", "input: is empty; give a file with a report in it"),
        (
            b"%PDF-1.7\n%abc",
            "input: holds a PDF document, no text; give text, HTML, JSON Lines, or these packed with gzip, xz or zstd",
        ),
        (
            b"\x00\x01\x02\x03\x00\xff\xfe\x07 binary",
            "input: holds bytes, no text; give text, HTML, JSON Lines, or these packed with gzip, xz or zstd",
        ),
        (b"\x1f\x8b\x08", "input: reading broke off"),
        (b"[]", "input: is empty; give a file with a report in it"),
    ];
    for (input, message) in cases {
        let all = read(input);
        let faults = faults(&all);
        assert!(all.len() == 1 && faults[0].starts_with(message), "{all:?}");
    }
}

#[test]
fn a_line_too_long_costs_only_itself() {
    let long = format!("{{\"text\": \"{}\"}}\n", "ا".repeat(25 << 20));
    let all = read_as("big.jsonl", format!("{}{long}{}", json_line(1), json_line(2)), &Options::default());
    assert_eq!(all.iter().filter(|read| read.is_ok()).count(), 2);
    assert_eq!(
        faults(&all),
        ["big.jsonl:2: the line is longer than 16 MiB and was left out; split it into one report a line"]
    );
    let all = read_as("big.txt", "ا".repeat(25 << 20), &Options::default());
    assert_eq!(
        faults(&all),
        ["big.txt: the document is larger than 16 MiB and was left out; split it into its reports"]
    );
}

#[test]
fn json_that_spans_lines() {
    let object = |id: u32| serde_json::json!({"id": id, "text": format!("{TEXT} {{\"\\ }}")});
    let array = serde_json::to_string_pretty(&[object(1), object(2), object(3)]).expect("JSON");
    let all = read_as("all.json", array.as_str(), &Options::default());
    assert!(all.len() == 3 && all.iter().all(Result::is_ok), "{all:?}");
    assert_eq!(one(serde_json::to_string_pretty(&object(1)).expect("JSON")).id.as_deref(), Some("1"));
    let cut = read_as("all.json", &array.as_bytes()[..array.len() - 30], &Options::default());
    assert_eq!(cut.len(), 3);
    assert_eq!(
        faults(&cut),
        ["all.json:10: the JSON ends too early; complete the line or remove it, the other lines were read"]
    );
    let small = Options { limits: Limits { document: 100, ..Limits::default() }, ..Options::default() };
    assert_eq!(faults(&read_as("all.json", array, &small)).len(), 3);
}

#[test]
fn folders_are_read_in_order() {
    let folder = std::env::temp_dir().join(format!("maydani-reader-{}", std::process::id()));
    let inner = folder.join("b");
    std::fs::create_dir_all(&inner).expect("a folder");
    std::fs::create_dir_all(folder.join("d")).expect("a folder");
    for (name, id) in [("c.jsonl", 3), ("a.jsonl", 1), ("b/z.jsonl", 2), (".hidden", 9)] {
        std::fs::write(folder.join(name), json_line(id)).expect("a file");
    }
    let sources = [Source::File(folder.clone()), Source::File(folder.join("none"))];
    let mut walk = reports(sources, &Options::default());
    let all: Vec<_> = walk.by_ref().collect();
    std::fs::remove_dir_all(&folder).expect("removed");
    let ids: Vec<_> = all.iter().filter_map(|read| read.as_ref().ok()?.id.as_deref()).collect();
    assert_eq!(ids, ["1", "2", "3"]);
    let faults = faults(&all);
    assert!(faults[0].ends_with("d: is a folder without files; give files or a folder that holds some"), "{faults:?}");
    assert!(faults[1].contains("none: cannot be opened"), "{faults:?}");
    assert_eq!(walk.bytes_read(), json_line(1).len() as u64 * 3);
}

#[test]
fn a_page_as_pasted() {
    let options = Options { outlet: Some("تلفزيون الشرق".into()), ..Options::default() };
    let body = TEXT.split("\n\n").nth(1).expect("a body");
    let page = format!(
        "\u{feff}\r\nميداني\r\n\r\nغارة على قرية الصفا\r\nالأربعاء, فبراير 9, 2022\r\n\r\n{body}\r\n\r\nتلفزيون الشرق\r\n\r\n\
         مقالات ذات صلة\r\n\r\nافتتاح معرض الكتاب\r\n\r\nزر الذهاب إلى الأعلى\r\n"
    );
    for options in [&options, &Options::default()] {
        let all = read_as("page.txt", page.as_str(), options);
        let report = all[0].as_ref().expect("a report");
        assert_eq!(report.section.as_deref(), Some("ميداني"));
        assert_eq!(report.title.as_deref(), Some("غارة على قرية الصفا"));
        assert_eq!(report.outlet.as_deref(), Some("تلفزيون الشرق"));
        assert_eq!(report.published.as_deref(), Some("2022-02-09"));
        let text = format!("غارة على قرية الصفا\n\nالأربعاء, فبراير 9, 2022\n\n{body}");
        assert_eq!(report.text, text);
    }
    // An outlet that no entry of the codebook names is cut when the caller names it.
    let signed = format!("{TEXT}\n\nعين الصفا");
    let options = Options { outlet: Some("عين الصفا".into()), ..Options::default() };
    assert_eq!(read_as("page.txt", signed, &options)[0].as_ref().expect("a report").text, TEXT);
}

/// Needs `../shared/seed`; says so and passes without it.
#[test]
fn the_seed_page() {
    let seed = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seed");
    let (Ok(page), Ok(gold)) =
        (std::fs::read(format!("{seed}/page.txt")), std::fs::read_to_string(format!("{seed}/gold.jsonl")))
    else {
        eprintln!("skipped: ../shared/seed is not there");
        return;
    };
    let gold: serde_json::Value = serde_json::from_str(&gold).expect("JSON");
    for outlet in [Some("تلفزيون الخبر".to_owned()), None] {
        let options = Options { outlet, ..Options::default() };
        let report = read_as("page.txt", page.clone(), &options).remove(0).expect("a report");
        assert_eq!(Some(report.text.as_str()), gold["text"].as_str());
        assert_eq!(report.section.as_deref(), Some("ميداني"));
        assert_eq!(report.outlet.as_deref(), Some("تلفزيون الخبر"));
    }
}

/// Needs `../shared/corpus`; says so and passes without it.
#[test]
fn the_corpus_streams() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus/news-2015-07.jsonl.xz");
    if !std::path::Path::new(path).exists() {
        eprintln!("skipped: ../shared/corpus is not there");
        return;
    }
    let all = reports([Source::File(path.into())], &Options::default());
    assert_eq!(all.flatten().count(), 14_966);
}
