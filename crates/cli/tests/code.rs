//! `maydani code`: order, faults, formats, interruption.

mod program;

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

use program::{Folder, Program};
use serde_json::Value;

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/reports.jsonl");

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// The examples over and over, each with an id of its own.
fn many(times: usize) -> String {
    let examples = lines(&std::fs::read_to_string(EXAMPLES).expect("examples"));
    let mut text = String::new();
    for time in 0..times {
        for (at, example) in examples.iter().enumerate() {
            let mut report = example.clone();
            report["id"] = format!("{time}-{at}").into();
            text += &(report.to_string() + "\n");
        }
    }
    text
}

#[test]
fn records_come_in_the_order_of_the_reports_and_the_same_at_any_thread_count() {
    let input = many(20);
    let one = Program::new(["code", "-", "--threads", "1"]).input(input.clone()).run();
    assert_eq!(one.code, Some(0), "{}", one.err);
    let ids = |text: &str| {
        lines(text).iter().map(|line| line.pointer("/report/id").or(line.get("id")).cloned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&one.out), ids(&input));
    for threads in ["2", "7"] {
        let other = Program::new(["code", "-", "--threads", threads]).input(input.clone()).run();
        assert!(other.out == one.out, "{threads} threads write other bytes than one");
    }
}

#[test]
fn a_record_is_as_the_schema_says() {
    let ran = Program::new(["code", EXAMPLES]).run();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let mut events = 0;
    for record in lines(&ran.out) {
        assert_eq!(record["schema"], "maydani/1");
        let text: Vec<char> = record["report"]["text"].as_str().expect("text").chars().collect();
        for event in record["events"].as_array().expect("events") {
            events += 1;
            assert!(event.get("why").is_none(), "reasons are for explain");
            let mut passages = vec![&event["trigger"]];
            for list in ["evidence", "actor1", "actor2", "places", "tolls", "via"] {
                passages.extend(event[list].as_array().expect("a list"));
            }
            passages.extend([&event["date"], &event["source"]].into_iter().filter(|value| !value.is_null()));
            for passage in passages {
                let at = |key: &str| usize::try_from(passage[key].as_u64().expect("an offset")).expect("small");
                let words: String = text[at("start")..at("end")].iter().collect();
                assert_eq!(passage["text"], words.as_str(), "offsets of {passage}");
            }
        }
    }
    assert!(events >= 15, "{events} events in the bundled examples");
}

#[test]
fn a_page_saved_without_its_article_says_that_its_headline_is_of_the_address() {
    let input = serde_json::json!({"url": "https://example.org/2022/02/16/إصابة-ثلاثة-مدنيين-في-قصف-مدفعي-على-سرمين",
        "text": "أزمة الوقود تتواصل في المدينة\n\nافتتاح معرض للكتاب"})
    .to_string();
    let coded = Program::new(["code", "-"]).input(input.clone()).run();
    let record = &lines(&coded.out)[0];
    assert_eq!(record["report"]["title_from_url"], true);
    assert_eq!(record["report"]["published"], "2022-02-16");
    assert_eq!(record["events"][0]["places"][0]["text"], "سرمين", "{record}");
    for command in [["code", "--format", "table"], ["explain", "--format", "text"]] {
        let shown = Program::new(command.into_iter().chain(["-"])).input(input.clone()).run();
        assert!(shown.out.contains("headline read from the address"), "{}", shown.out);
    }
}

#[test]
fn a_faulty_line_is_told_and_the_rest_is_done() {
    let input = "{\"id\": \"a\", \"text\": \"قصفت طائرات بلدة حاس\"}\n{\"id\": \"b\", \"te\n{\"id\": \"c\", \"text\": \"هدوء\"}\n";
    let ran = Program::new(["code", "-"]).input(input).run();
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("(stdin):2"), "{}", ran.err);
    let ids: Vec<Value> = lines(&ran.out).iter().map(|record| record["report"]["id"].clone()).collect();
    assert_eq!(ids, ["a", "c"]);
}

#[test]
fn what_is_no_report_is_told_and_the_rest_is_done() {
    let folder = Folder::new();
    folder.write("a-empty.txt", "");
    folder.write("b-binary.txt", [0_u8, 159, 146, 150, 0, 1, 2, 3]);
    folder.write("c-report.txt", "قصفت طائرات بلدة حاس");
    let ran = Program::new(["code".as_ref(), folder.path().as_os_str()]).run();
    assert_eq!(ran.code, Some(1));
    assert_eq!(lines(&ran.out).len(), 1, "{}", ran.out);
    assert!(ran.err.contains("a-empty.txt") && ran.err.contains("b-binary.txt"), "{}", ran.err);
    assert_eq!(Program::new(["code", "/nonexistent/report.txt"]).run().code, Some(1));
}

#[test]
fn another_language_is_said_and_not_coded() {
    let text = "نیروهای دولتی پس از درگیری‌های شدید کنترل این شهر را به دست گرفتند و ده‌ها نفر کشته شدند";
    let ran = Program::new(["code", "-"]).input(text).run();
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("1 report is not in Arabic (fa): no events"), "{}", ran.err);
    let record = &lines(&ran.out)[0];
    assert_ne!(record["report"]["language"], "ar");
    assert_eq!(record["events"], Value::Array(Vec::new()));
    let table = Program::new(["code", "-", "--format", "table"]).input(text).run().out;
    assert!(table.contains("not in Arabic"), "{table}");
}

#[test]
fn a_day_of_publication_that_cannot_be_read_is_told() {
    let line =
        |day: &str| format!("{{\"id\": \"a\", \"published\": \"{day}\", \"text\": \"قصفت طائرات بلدة حاس أمس\"}}\n");
    let ran = Program::new(["code", "-"]).input(line("Friday")).run();
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("report a: its day of publication, «Friday», cannot be read"), "{}", ran.err);
    for day in ["2018-10-30T08:00:00Z", "Tue, 30 Oct 2018 11:00:00 +0300", "30 تشرين الأول 2018"] {
        let ran = Program::new(["code", "-"]).input(line(day)).run();
        assert_eq!(ran.code, Some(0), "{day}: {}", ran.err);
        let read = lines(&ran.out)[0].pointer("/report/published").cloned().unwrap_or_default();
        assert!(read.as_str().is_some_and(|read| read.starts_with("2018-10-30")), "{day}: {read}");
    }
}

#[test]
fn day_and_outlet_given_fill_what_is_missing() {
    let input = "{\"text\": \"قصفت طائرات بلدة حاس أمس\"}\n{\"text\": \"قصف\", \"published\": \"2019-01-01\", \"outlet\": \"سانا\"}\n";
    let ran = Program::new(["code", "-", "--published", "2018-10-30", "--outlet", "قناة"]).input(input).run();
    let records = lines(&ran.out);
    assert_eq!(
        (&records[0]["report"]["published"], &records[0]["report"]["outlet"]),
        (&"2018-10-30".into(), &"قناة".into())
    );
    assert_eq!(
        (&records[1]["report"]["published"], &records[1]["report"]["outlet"]),
        (&"2019-01-01".into(), &"سانا".into())
    );
}

#[test]
fn formats_hold_every_event() {
    let records = lines(&Program::new(["code", EXAMPLES]).run().out);
    let events: Vec<&Value> = records.iter().flat_map(|record| record["events"].as_array().expect("events")).collect();

    let map: Value =
        serde_json::from_str(&Program::new(["code", EXAMPLES, "--format", "geojson"]).run().out).expect("GeoJSON");
    for event in &events {
        let feature = map["features"]
            .as_array()
            .expect("features")
            .iter()
            .find(|feature| feature["properties"]["event"] == event["id"]);
        assert!(feature.is_some(), "{} is not on the map", event["id"]);
    }

    let csv = Program::new(["code", EXAMPLES, "--format", "csv"]).run().out;
    assert!(csv.starts_with("report_id,url,outlet,"));
    assert_eq!(rows(&csv).len(), events.len() + 1);

    let acled = rows(&Program::new(["code", EXAMPLES, "--format", "acled-csv"]).run().out);
    assert!(acled.iter().all(|row| row.len() == 31), "ACLED has 31 columns");
    assert_eq!(acled[0][..4], ["event_id_cnty", "event_date", "year", "time_precision"]);
    let happened = events.iter().filter(|event| event["modality"] == "asserted" && event["background"] == false);
    let wanted: usize = happened.map(|event| event["places"].as_array().expect("places").len().max(1)).sum();
    assert_eq!(acled.len(), wanted + 1, "one row an event and place");

    let table = Program::new(["code", EXAMPLES, "--format", "table"]).run().out;
    assert!(!table.contains('\u{1b}'), "no colours in a pipe");
    let painted = Program::new(["code", EXAMPLES, "--format", "table", "--color", "always"]).run().out;
    assert!(painted.contains("\u{1b}["));
}

/// Rows of a comma-separated file.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    rows
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let folder = Folder::new();
    let input = folder.write("many.jsonl", many(60));
    let mut child = Command::new(env!("CARGO_BIN_EXE_maydani"))
        .arg("code")
        .arg(&input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut first).expect("a line");
    let ended = child.wait_with_output().expect("the program ends");
    assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
    assert!(ended.stderr.is_empty());
}

/// What was written when Ctrl-C came in the middle of a stream that does not end by itself.
#[cfg(unix)]
fn interrupted(format: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_maydani"))
        .args(["code", "-", "--threads", "2", "--format", format])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut stdout = child.stdout.take().expect("a pipe");
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).expect("UTF-8");
        text
    });
    // The input stays open: only the interrupt can end the program.
    stdin.write_all(many(40).as_bytes()).expect("written");
    stdin.flush().expect("written");
    std::thread::sleep(std::time::Duration::from_millis(400));
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(killed.success());
    assert_eq!(child.wait().expect("the program ends").code(), Some(130));
    drop(stdin);
    reader.join().expect("read")
}

#[test]
#[cfg(unix)]
fn an_interrupt_leaves_no_half_line() {
    let text = interrupted("jsonl");
    assert!(!text.is_empty() && text.ends_with('\n'));
    assert!(lines(&text).iter().all(|record| record["schema"] == "maydani/1"));
    let map: Value = serde_json::from_str(&interrupted("geojson")).expect("a whole collection");
    assert_eq!(map["type"], "FeatureCollection");
}

#[test]
fn a_faulty_gazetteer_or_codebook_ends_with_3_before_anything_is_coded() {
    let folder = Folder::new();
    let places = folder.write("places.txt", "1\tone\n");
    let ran = Program::new(["code", EXAMPLES, "--gazetteer", places.to_str().expect("UTF-8")]).run();
    assert_eq!((ran.code, ran.out.as_str()), (Some(3), ""));
    assert!(ran.err.contains("places.txt:1: 2 columns where 19 are wanted"), "{}", ran.err);

    folder.write(
        "mine/actors.tsv",
        "key\tname_en\tname_ar\tkind\tcountry\talso\texamples\nmine\tMine\tكتيبتي\twizard\tSY\t\t\n",
    );
    let mine = folder.path().join("mine");
    let mine = mine.to_str().expect("UTF-8");
    for arguments in [&["code", EXAMPLES, "--codebook", mine][..], &["codebook", "check", mine]] {
        let ran = Program::new(arguments).run();
        assert_eq!(ran.code, Some(3), "{arguments:?}");
        assert!(ran.err.contains("actors.tsv:2:"), "{}", ran.err);
    }

    folder.write("other/actor.tsv", "key\n");
    let other = folder.path().join("other");
    let ran = Program::new(["codebook", "check", other.to_str().expect("UTF-8")]).run();
    assert_eq!(ran.code, Some(3));
    assert!(
        ran.err.contains("actor.tsv: no file of the codebook has this name; name it one of actors.tsv"),
        "{}",
        ran.err
    );
}

#[test]
fn own_entries_go_over_the_built_in_ones() {
    let folder = Folder::new();
    let header = "key\tname_en\tname_ar\tkind\tcountry\talso\texamples\n";
    folder.write("actors.tsv", format!("{header}bottle_caps\tBottle Cap Brigade\tلواء أغطية القوارير\trebel\tSY\t\tهاجم «لواء أغطية القوارير» الحاجز\n"));
    let own = folder.path().to_str().expect("UTF-8");
    let checked = Program::new(["codebook", "check", own]).run();
    assert_eq!(checked.code, Some(0), "{}", checked.err);
    let listed = Program::new(["codebook", "list", "actors", "القوارير", "--codebook", own]).run();
    assert!(listed.out.starts_with("bottle_caps\tBottle Cap Brigade\t"), "{}", listed.out);
    // Several ways of saying it: this is about the name, not about how well any one verb is read.
    let text = "هجوم لواء أغطية القوارير على حاس\n\nسيطر لواء أغطية القوارير على بلدة حاس بعد معارك مع الجيش السوري أمس. \
        وقتل ثلاثة جنود من الجيش السوري في هجوم شنه لواء أغطية القوارير على حاجز في بلدة حزارين. \
        واندلعت اشتباكات عنيفة بين لواء أغطية القوارير والجيش السوري في مدينة معرة النعمان.";
    let acts = |arguments: &[&str]| {
        let ran = Program::new(["code", "-"].iter().chain(arguments)).input(text).run();
        let actors =
            lines(&ran.out).into_iter().flat_map(|record| record["events"].as_array().expect("events").clone());
        actors
            .flat_map(|event| event["actor1"].as_array().expect("actors").clone())
            .any(|actor| actor["key"] == "bottle_caps")
    };
    assert!(acts(&["--codebook", own]));
    assert!(!acts(&[]));
}

#[test]
fn the_built_in_codebook_has_no_fault_and_can_be_searched() {
    let checked = Program::new(["codebook", "check"]).run();
    assert_eq!((checked.code, checked.out.as_str()), (Some(0), "built-in codebook: no fault\n"));
    for (what, text, found) in [
        ("actors", "قسد", "sdf\t"),
        ("actors", "democratic forces", "sdf\t"),
        ("sources", "رويترز", "reuters\t"),
        ("places", "دير الزور", "Deir ez-Zor\t"),
        ("events", "حصار", "حصار"),
    ] {
        let listed = Program::new(["codebook", "list", what, text]).run();
        assert!(listed.out.contains(found), "{what} {text}: {}", listed.out);
    }
}
