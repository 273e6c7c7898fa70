//! The archive from end to end: ingest, ask, decide, recode, back up. All reports are made up.

mod program;

use program::{Folder, Program, Ran};
use serde_json::{Value, json};

/// Two outlets on one air strike, a town taken, a bomb.
fn reports() -> String {
    let reports = [
        json!({"id": "n1", "outlet": "وكالة النهر", "url": "https://nahr.example/1", "published": "2018-10-30",
            "text": "غارة على هجين\n\nقال المرصد السوري لحقوق الإنسان إن طائرات التحالف الدولي قصفت أمس الاثنين مدينة هجين بريف دير الزور الشرقي، ما أدى إلى مقتل ثلاثة مدنيين."}),
        json!({"id": "d1", "outlet": "شبكة الدير", "published": "2018-10-30",
            "text": "ضحايا في هجين\n\nقتل أربعة مدنيين بقصف لطائرات التحالف الدولي على مدينة هجين شرقي دير الزور يوم الاثنين، وفق ما أفادت سانا."}),
        json!({"id": "n2", "outlet": "وكالة النهر", "published": "2018-11-02",
            "text": "السيطرة على تدمر\n\nسيطرت قوات النظام السوري أمس الخميس على مدينة تدمر بعد اشتباكات مع تنظيم الدولة."}),
        json!({"id": "d2", "outlet": "شبكة الدير", "published": "2018-11-03",
            "text": "انفجار في الرقة\n\nانفجرت عبوة ناسفة في مدينة الرقة صباح الجمعة وأصيب خمسة أشخاص."}),
    ];
    reports.iter().map(|report| format!("{report}\n")).collect()
}

/// An archive in a folder of its own.
struct Case(Folder);

impl Case {
    /// With the reports above.
    fn new() -> Self {
        let case = Self(Folder::new());
        let ran = case.ingest(&reports(), "reports.jsonl");
        assert_eq!(
            (ran.code, ran.err.as_str()),
            (Some(0), "linking\n4 new reports, 0 changed, 0 held already; 4 events; 3 incidents made or changed\n")
        );
        case
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn ingest(&self, text: &str, name: &str) -> Ran {
        let file = self.0.write(name, text).display().to_string();
        self.run(&["ingest", &file])
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.on("a.maydani", arguments)
    }

    fn on(&self, archive: &str, arguments: &[&str]) -> Ran {
        Program::new(arguments).env("MAYDANI_ARCHIVE", self.path(archive)).env("USER", "layla").run()
    }

    /// Rows as JSON.
    fn rows(&self, arguments: &[&str]) -> Vec<Value> {
        let ran = self.run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
        ran.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
            .collect()
    }

    /// The id of the only incident with a type.
    fn incident(&self, kind: &str) -> String {
        let found = self.rows(&["incidents", "--type", kind]);
        assert_eq!(found.len(), 1, "{found:?}");
        found[0]["incident"].as_str().expect("an id").to_owned()
    }

    fn fails(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{arguments:?}: {}", ran.err);
        ran.err
    }
}

#[test]
fn incidents_show_their_reports_and_why_they_are_there() {
    let case = Case::new();
    let found = case.rows(&["incidents", "--place", "هجين"]);
    let incident = &found[0];
    assert_eq!(found.len(), 1);
    for (key, value) in [
        ("sub_event_type", json!("air_drone_strike")),
        ("first_day", json!("2018-10-29")),
        ("place", json!("Hajin")),
        ("country", json!("SY")),
        ("report_count", json!(2)),
        ("outlet_count", json!(2)),
        ("independent_sources", json!(2)),
        ("killed_low", json!(3)),
        ("killed_high", json!(4)),
        ("review", json!("unreviewed")),
    ] {
        assert_eq!(incident[key], value, "{key}");
    }
    let id = incident["incident"].as_str().expect("an id");
    let one = &case.rows(&["incidents", id])[0];
    let members = one["members"].as_array().expect("members");
    assert_eq!(members.len(), 2);
    let reasons: Vec<&str> = members
        .iter()
        .flat_map(|member| member["reasons"].as_array().expect("reasons"))
        .map(|reason| reason["weight"].as_str().expect("a name"))
        .collect();
    assert!(reasons.contains(&"place_same") && reasons.contains(&"day_same"), "{reasons:?}");
    let table = case.run(&["incidents", id, "--format", "table"]).out;
    assert!(table.contains("linked to ") && table.contains("toll near"), "{table}");

    // Filters that hold for none, one, two.
    for (filter, count) in [
        (&["--place", "لامكان"][..], 0),
        (&["--from", "2018-11-01"], 2),
        (&["--near", "34.69,40.83,5"], 1),
        (&["--type", "remote_explosive_ied", "--type", "air_drone_strike"], 2),
        (&["--actor", "syrian_army"], 1),
        (&["--source", "sohr"], 1),
        (&["--outlet", "شبكة الدير"], 2),
        (&["--words", "«عبوة ناسفة»"], 1),
        (&["--country", "IQ"], 0),
        (&["--review", "confirmed"], 0),
        (&["--limit", "1"], 1),
        (&["--offset", "2"], 1),
    ] {
        assert_eq!(case.rows(&[&["incidents"], filter].concat()).len(), count, "{filter:?}");
    }
    let csv = case.run(&["incidents", "--format", "csv"]).out;
    assert_eq!(csv.lines().count(), 4);
    let map: Value = serde_json::from_str(&case.run(&["incidents", "--format", "geojson"]).out).expect("JSON");
    assert_eq!(map["features"].as_array().expect("features").len(), 3);
    assert!(map["features"][0]["geometry"]["coordinates"][0].is_number());
}

#[test]
fn claims_stand_side_by_side_with_a_stated_rule() {
    let case = Case::new();
    let id = case.incident("air_drone_strike");
    let claims = &case.rows(&["claims", &id])[0];
    let killed: Vec<(&str, &str)> = claims["claims"]
        .as_array()
        .expect("claims")
        .iter()
        .filter(|claim| claim["field"] == "killed")
        .map(|claim| (claim["value"].as_str().expect("a value"), claim["source"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(killed.len(), 2);
    assert!(killed.contains(&("3", "sohr")) && killed.contains(&("4", "sana")), "{killed:?}");
    let summary = |arguments: &[&str]| {
        let claims = case.rows(arguments).remove(0);
        let all = claims["summary"].as_array().expect("summaries").clone();
        let one = all.into_iter().find(|summary| summary["field"] == "killed").expect("killed");
        (one["value"].clone(), one["rule"].clone())
    };
    assert_eq!(summary(&["claims", &id]), (json!("3"), json!("lowest")));
    assert_eq!(summary(&["claims", &id, "--rule", "highest"]), (json!("4"), json!("highest")));
    let table = case.run(&["claims", &id, "--format", "table"]).out;
    assert!(table.contains("syrian_government"), "whose mouth it is stands beside it:\n{table}");
    assert!(table.contains("killed 3 (rule: lowest; 2 claims, 2 values)"), "{table}");
    assert_eq!(case.run(&["claims", "--rule", "highest"]).code, Some(2), "a rule is for one incident");
    assert_eq!(
        case.fails(&["claims", "inc-000"]),
        "maydani: incident `inc-000` is not in the archive; `maydani incidents` lists them\n"
    );
}

#[test]
fn control_is_claimed_and_grows_old() {
    let case = Case::new();
    let standing = |at: &str| case.rows(&["control", "--at", at]).first().map(|held| held["standing"].clone());
    assert_eq!(standing("2018-11-20"), Some(json!("claimed")));
    assert_eq!(standing("2019-11-20"), Some(json!("last_claimed")));
    assert_eq!(standing("2018-10-01"), None, "nothing is claimed yet");
    let held = &case.rows(&["control", "--at", "2018-11-20", "--place", "تدمر"])[0];
    assert_eq!((held["holders"].clone(), held["from"].clone()), (json!(["syrian_army"]), json!("2018-11-01")));
    assert!(case.rows(&["control", "--place", "هجين"]).is_empty());
}

#[test]
fn search_forgives_spelling() {
    let case = Case::new();
    let ids = |words: &[&str]| -> Vec<String> {
        let found = case.rows(&[&["search"], words].concat());
        found.iter().map(|hit| hit["report"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(ids(&["هجين"]), ["d1", "n1"]);
    assert_eq!(ids(&["المدينة", "انفجار"]), ["d2"], "with the article");
    assert_eq!(ids(&["«عبوة ناسفة»"]), ["d2"]);
    assert!(ids(&["«ناسفة عبوة»"]).is_empty());
    assert!(ids(&["زلزال"]).is_empty());
    assert_eq!(ids(&["هجين", "--outlet", "وكالة النهر"]), ["n1"]);
}

#[test]
fn exports_are_whole_and_in_the_forms_of_code() {
    let case = Case::new();
    let incidents = case.rows(&["export"]);
    assert_eq!(incidents.len(), 3);
    let shared = incidents.iter().find(|line| line["reports"] == json!(["d1", "n1"])).expect("the air strike");
    assert_eq!(shared["events"].as_array().expect("events").len(), 2);
    let records = case.rows(&["export", "--format", "jsonl"]);
    assert_eq!(records.len(), 4);
    assert!(records.iter().all(|record| record["schema"] == "maydani/1"));
    let acled = case.run(&["export", "--format", "acled-csv", "--country", "SY"]).out;
    assert_eq!(acled.lines().count(), 5);
    assert_eq!(acled.lines().next().expect("a header").split(',').count(), 31);
    assert_eq!(case.run(&["export", "--format", "csv", "--from", "2018-11-01"]).out.lines().count(), 3);
    let map: Value = serde_json::from_str(&case.run(&["export", "--format", "geojson"]).out).expect("JSON");
    assert_eq!(map["features"].as_array().expect("features").len(), 4);
}

#[test]
fn the_same_again_adds_nothing_and_a_change_is_a_version() {
    let case = Case::new();
    let again = case.ingest(&reports(), "again.jsonl");
    assert_eq!(
        (again.code, again.err.as_str()),
        (Some(0), "linking\n0 new reports, 0 changed, 4 held already; 0 events; 0 incidents made or changed\n")
    );
    let changed = case.ingest(&reports().replace("ثلاثة مدنيين", "ستة مدنيين"), "changed.jsonl");
    assert!(changed.err.contains("0 new reports, 1 changed, 3 held already; 1 events;"), "{}", changed.err);
    let stats: Value = serde_json::from_str(&case.run(&["archive", "stats"]).out).expect("JSON");
    assert_eq!((&stats["reports"], &stats["versions"], &stats["events"]), (&json!(4), &json!(5), &json!(4)));
    assert_eq!(case.rows(&["incidents", "--place", "هجين"])[0]["killed_high"], 6);
    // Faulty lines are told, the others go in.
    let faulty = case.ingest("{\"id\": \"x\", \"text\": \"هدوء في المدينة.\"}\n{\"id\": \n", "faulty.jsonl");
    assert_eq!(faulty.code, Some(1));
    assert!(faulty.err.contains("faulty.jsonl:2:"), "{}", faulty.err);
    assert!(faulty.err.contains("1 new reports, 0 changed, 0 held already; 0 events;"), "{}", faulty.err);
    let none = case.run(&["ingest", &case.path("none.jsonl")]);
    assert_eq!(none.code, Some(1));
    assert!(none.err.contains("none.jsonl: cannot be opened ("), "{}", none.err);
}

#[test]
fn decisions_are_kept_listed_and_taken_back() {
    let case = Case::new();
    let (strike, bomb) = (case.incident("air_drone_strike"), case.incident("remote_explosive_ied"));
    let say = |arguments: &[&str]| {
        let ran = case.run(&[&["decide"], arguments].concat());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
        ran.out
    };
    assert_eq!(say(&["review", &strike, "confirmed", "--note", "seen on video"]), "decision 1\n");
    assert_eq!(case.rows(&["incidents", "--review", "confirmed"])[0]["incident"], strike.as_str());
    assert_eq!(say(&["merge", &strike, &bomb]), "decision 2\n");
    assert_eq!(case.rows(&["incidents"]).len(), 2);
    assert_eq!(say(&["revoke", "2"]), "decision 3\n");
    assert_eq!(case.rows(&["incidents"]).len(), 3);
    let one = case.rows(&["incidents", "--place", "هجين"]).remove(0);
    let strike = one["incident"].as_str().expect("an id").to_owned();
    let members = case.rows(&["incidents", &strike]).remove(0);
    let event = members["members"][0]["event"].as_str().expect("an id").to_owned();
    assert_eq!(say(&["split", &strike, &event]), "decision 4\n");
    assert_eq!(case.rows(&["incidents", "--place", "هجين"]).len(), 2);
    assert_eq!(say(&["reject", &event]), "decision 5\n");
    assert_eq!(case.rows(&["incidents", "--place", "هجين"]).len(), 1);
    // The machine undoes none of it.
    assert_eq!(case.run(&["archive", "relink"]).code, Some(0));
    assert_eq!(case.rows(&["incidents", "--place", "هجين"]).len(), 1);
    let listed = case.rows(&["decide", "list"]);
    let kinds: Vec<&str> = listed.iter().map(|made| made["kind"].as_str().expect("a kind")).collect();
    assert_eq!(kinds, ["reject", "apart", "revoke", "together", "review"], "the last one first");
    assert_eq!((&listed[4]["made_by"], &listed[4]["note"]), (&json!("layla"), &json!("seen on video")));
    assert_eq!(listed[3]["revoked"], true);

    for (arguments, said) in [
        (
            &["merge", &strike, "inc-000"][..],
            "incident `inc-000` is not in the archive; `maydani incidents` lists them",
        ),
        (&["reject", "n1#0"], "event `n1#0` is not in the archive; `maydani incidents` lists them"),
        (&["revoke", "99"], "decision `99` is not in the archive; `maydani decide list` lists them"),
        (&["revoke", "2"], "decision 2 was taken back already"),
    ] {
        assert_eq!(case.fails(&[&["decide"], arguments].concat()), format!("maydani: {said}\n"));
    }
    assert_eq!(case.run(&["decide", "review", &strike, "perhaps"]).code, Some(2));
    assert_eq!(case.run(&["decide", "merge", &strike]).code, Some(2), "one incident alone is not merged");
    assert_eq!(case.rows(&["decide", "list"]).len(), 5, "what failed is not kept");
}

#[test]
fn recoding_shows_before_it_writes_and_keeps_decisions() {
    let case = Case::new();
    let strike = case.incident("air_drone_strike");
    assert_eq!(case.run(&["decide", "review", &strike, "confirmed"]).code, Some(0));
    let same = case.run(&["recode"]);
    assert_eq!(
        (same.code, same.out.as_str(), same.err.as_str()),
        (Some(0), "", "0 of 4 reports would change: 0 events gone, 0 new\n")
    );
    let header = "key\tname_en\tname_ar\tkind\tcountry\talso\texamples\n";
    case.0.write(
        "own/actors.tsv",
        format!("{header}river_air_force\tRiver Air Force\tطائرات التحالف الدولي\texternal\tUS\t\t\n"),
    );
    let own = case.path("own");
    let shown = case.run(&["recode", "--codebook", &own]);
    assert_eq!(shown.code, Some(0), "{}", shown.err);
    assert_eq!(
        shown.err,
        "2 of 4 reports would change: 2 events gone, 2 new\nnothing was written; `maydani recode --write` stores it and keeps the old codings as history\n"
    );
    assert!(shown.out.contains("  - air_drone_strike") && shown.out.contains("river_air_force →"), "{}", shown.out);
    assert!(case.rows(&["incidents", "--actor", "river_air_force"]).is_empty(), "nothing was written");
    let written = case.run(&["recode", "--codebook", &own, "--write", "--quiet"]);
    assert_eq!((written.out.as_str(), written.err.as_str()), ("", "2 of 4 reports changed: 2 events gone, 2 new\n"));
    let found = case.rows(&["incidents", "--actor", "river_air_force"]);
    assert_eq!((&found[0]["incident"], &found[0]["review"]), (&json!(strike), &json!("confirmed")));
    let stats: Value = serde_json::from_str(&case.run(&["archive", "stats"]).out).expect("JSON");
    assert_eq!((&stats["codebooks"], &stats["lost_anchors"], &stats["events"]), (&json!(2), &json!(0), &json!(4)));
    assert_eq!(case.run(&["archive", "check"]).code, Some(0));
    case.0.write("bad/actors.tsv", "key\n");
    assert_eq!(case.run(&["recode", "--codebook", &case.path("bad")]).code, Some(3));
}

#[test]
fn backups_are_restored_and_nothing_is_overwritten() {
    let case = Case::new();
    let backup = case.path("monday.maydani");
    let ran = case.run(&["archive", "backup", &backup]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let twice = format!("maydani: {backup}: exists already; name a new file\n");
    assert_eq!(case.fails(&["archive", "backup", &backup]), twice);
    let here = case.path("a.maydani");
    assert_eq!(
        case.fails(&["archive", "restore", &backup]),
        format!("maydani: {here}: exists already; name a new file\n")
    );
    let missing = case.path("none.maydani");
    assert_eq!(
        case.on("b.maydani", &["archive", "restore", &missing]).err,
        format!("maydani: {missing}: no such file\n")
    );
    assert_eq!(case.on("b.maydani", &["archive", "restore", &backup]).code, Some(0));
    let check = case.on("b.maydani", &["archive", "check"]);
    assert_eq!((check.code, check.err), (Some(0), format!("{}: no fault\n", case.path("b.maydani"))));
    assert_eq!(case.on("b.maydani", &["export"]).out, case.run(&["export"]).out);
}

#[test]
fn an_archive_that_is_not_there_or_is_none_is_said() {
    let case = Case::new();
    let none = case.path("none.maydani");
    for command in [
        &["incidents"][..],
        &["claims"],
        &["control"],
        &["search", "قصف"],
        &["export"],
        &["decide", "list"],
        &["recode"],
        &["archive", "check"],
        &["archive", "stats"],
    ] {
        let ran = case.on("none.maydani", command);
        assert_eq!(ran.code, Some(1), "{command:?}");
        assert_eq!(
            ran.err,
            format!("maydani: {none}: no such archive; `maydani ingest` makes one, `--archive` names another\n")
        );
    }
    assert!(!std::path::Path::new(&none).exists(), "looking at an archive makes none");
    let junk =
        case.0.write("junk.maydani", "these are the words of a letter, and no archive at all").display().to_string();
    let ran = case.on("junk.maydani", &["archive", "check"]);
    let said =
        "cannot be opened as an archive: file is not a database; name another file with --archive, or restore a backup";
    assert_eq!((ran.code, ran.err), (Some(1), format!("maydani: {junk}: {said}\n")));
    let whole = std::fs::read(case.path("a.maydani")).expect("read");
    case.0.write("cut.maydani", &whole[..whole.len() / 2]);
    let ran = case.on("cut.maydani", &["archive", "check"]);
    assert_eq!(ran.code, Some(1), "half an archive: {}{}", ran.out, ran.err);
    let ran = Program::new(["archive", "stats", "--archive", "postgres://nobody:secret@127.0.0.1:1/none"]).run();
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.err.ends_with("; check the address and that the server runs\n") && !ran.err.contains("secret"),
        "{}",
        ran.err
    );
}

/// Inputs made to do harm: each is told, none ends the program, what is sound goes in.
#[test]
fn hostile_files_are_survived() {
    let case = Case::new();
    let gzip = |bytes: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut packed, bytes).expect("packed");
        packed.finish().expect("packed")
    };
    let page = "<html><body><p>قصفت طائرات حربية بلدة حاس أمس.</p></body></html>";
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/1\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    );
    let warc = record.repeat(3);
    let mut bomb = String::from("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"قصف\">");
    for (name, of) in [('b', 'a'), ('c', 'b'), ('d', 'c'), ('e', 'd'), ('f', 'e'), ('g', 'f'), ('h', 'g'), ('i', 'h')] {
        bomb += &format!("<!ENTITY {name} \"{}\">", format!("&{of};").repeat(10));
    }
    bomb += "]><rss><channel><item><title>قصف على حاس</title><guid>bomb</guid><description>&i;</description></item></channel></rss>";
    let telegram = "{\"name\": \"قناة\", \"type\": \"public_channel\", \"id\": 7, \"messages\": [\n\
        {\"id\": 1, \"type\": \"message\", \"date\": \"2018-10-30T10:00:00\", \"text\": \"قصفت طائرات حربية بلدة حاس.\"},\n\
        {\"type\": \"message\"}, {\"id\": null, \"text\": null}, 5, \"x\", {},\n\
        {\"id\": 2, \"text\": [{\"type\": \"bold\"}, {\"text\": \"هدوء في البلدة.\"}]}\n]}";
    let large = format!("<html><body>{}", "<p>كلام كثير لا ينتهي</p>".repeat(3 << 20));
    assert!(large.len() > 100 << 20);
    for (name, bytes, code, new, said) in [
        ("cut.warc", warc.as_bytes()[..warc.len() - 60].to_vec(), 1, 1, "cut.warc"),
        ("cut.warc.gz", gzip(warc.as_bytes())[..120].to_vec(), 1, 0, "reading broke off"),
        (
            "cut.jsonl.gz",
            {
                let all = gzip(reports().replace("\"id\":\"", "\"id\":\"z").repeat(50).as_bytes());
                all[..all.len() - 20].to_vec()
            },
            1,
            4,
            "reading broke off",
        ),
        ("bomb.xml", bomb.into_bytes(), 0, 1, ""),
        ("result.json", telegram.as_bytes().to_vec(), 0, 2, ""),
        (
            "cut.json",
            telegram.replace("\"id\": 7", "\"id\": 8").as_bytes()[..telegram.len() - 40].to_vec(),
            1,
            1,
            "the JSON ends too early",
        ),
        ("page.html", large.into_bytes(), 1, 0, "page.html: the document is larger than 16 MiB and was left out"),
    ] {
        let file = case.0.write(name, &bytes).display().to_string();
        let ran = case.run(&["ingest", &file]);
        assert_eq!(ran.code, Some(code), "{name}: {}", ran.err);
        assert!(ran.err.contains(said), "{name}: {}", ran.err);
        assert!(ran.err.contains(&format!("{new} new reports")), "{name}: {}", ran.err);
    }
    assert_eq!(case.run(&["archive", "check"]).code, Some(0));
    assert!(!case.run(&["export", "--format", "jsonl"]).out.contains("قصفقصفقصف"), "the bomb did not go off");
}
