//! `--codebook DIR`: an analyst's own entries reach every part of the program.

mod program;

use program::{Folder, Program};
use serde_json::Value;

fn coded(arguments: &[&str], input: &str) -> Vec<Value> {
    let ran = Program::new(arguments).input(input).run();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn own_words_for_days_and_places() {
    let folder = Folder::new();
    folder.write("days.tsv", "kind\tvalue\tforms\texamples\nday\t-1\tالبارحه القريبة\t\n");
    folder.write(
        "place_words.tsv",
        "word\trole\tkind\tnumber\texamples\nحارة الأجداد\ttitle\t\t\t\nنجع\ttitle\tsettlement\tone\t\n",
    );
    folder.write("places.tsv", "id\tname_en\tname_ar\tkind\tcountry\tadmin1\tlat\tlon\talso\texamples\nown-1\tOur Well\tبئر القوارير\tsettlement\tSY\tHama\t35.1\t37.1\t\t\n");
    let own = folder.path().to_str().expect("UTF-8");
    let day = |arguments: &[&str]| {
        let arguments = [&["dates", "--published", "2018-10-30"], arguments].concat();
        coded(&arguments, "قصف البارحه القريبة")[0].pointer("/expressions/0/text").cloned()
    };
    assert_eq!(day(&["--codebook", own]), Some("البارحه القريبة".into()));
    assert_ne!(day(&[]), Some("البارحه القريبة".into()));
    let place = |arguments: &[&str]| {
        let line = coded(&[&["places"], arguments].concat(), "قصف على بئر القوارير");
        line[0].pointer("/places/0/name").cloned()
    };
    assert_eq!(place(&["--codebook", own]), Some("Our Well".into()));
    assert_ne!(place(&[]), Some("Our Well".into()));
    let unknown = |arguments: &[&str]| {
        let line = coded(&[&["places"], arguments].concat(), "قصف على نجع الطرانيش أمس");
        line[0].pointer("/places/0/text").cloned()
    };
    assert_eq!(unknown(&["--codebook", own]), Some("الطرانيش".into()));
    assert_eq!(unknown(&[]), None);
    let listed = Program::new(["codebook", "list", "places", "القوارير", "--codebook", own]).run();
    assert!(listed.out.starts_with("maydani:own-1\tOur Well\t"), "{}", listed.out);
}

#[test]
fn own_words_for_pages_and_tables() {
    let folder = Folder::new();
    folder.write("sections.tsv", "section\texamples\nزاوية القوارير\tزاوية القوارير\n");
    folder.write("furniture.tsv", "pattern\tkind\texamples\nتبرع لنا الآن\tline\tتبرع لنا الآن\n");
    folder.write("columns.tsv", "field\tnames\ntext\tالحكاية\n");
    folder.write("page_parts.tsv", "host\tkind\tselector\n*\tsection\t.nook\n");
    let own = folder.path().to_str().expect("UTF-8");
    let page = "زاوية القوارير\nغارة على هجين\n\nقصفت طائرة بلدة هجين أمس.\nتبرع لنا الآن\nوقتل ثلاثة مدنيين في الغارة.";
    let report = |arguments: &[&str], input: &str| {
        let arguments = [&["code", "-", "--format", "jsonl"], arguments].concat();
        coded(&arguments, input)[0]["report"].clone()
    };
    let with = report(&["--codebook", own], page);
    assert_eq!(with["section"], "زاوية القوارير");
    assert!(!with["text"].as_str().expect("a text").contains("تبرع"), "{with}");
    let without = report(&[], page);
    assert_eq!(without["section"], Value::Null);
    assert!(without["text"].as_str().expect("a text").contains("تبرع"), "{without}");
    let table = "الرقم,الحكاية\n7,قصفت طائرة بلدة هجين.\n";
    assert_eq!(report(&["--codebook", own], table)["text"], "قصفت طائرة بلدة هجين.");
    assert_ne!(report(&[], table)["text"], "قصفت طائرة بلدة هجين.");
    let html = "<html><body><p class=nook>ركن القوارير</p><h1>غارة على هجين</h1><p>قصفت طائرة بلدة هجين أمس، \
                وقتل ثلاثة مدنيين في الغارة، وأصيب خمسة آخرون بجروح متفاوتة.</p></body></html>";
    assert_eq!(report(&["--codebook", own], html)["section"], "ركن القوارير");
    assert_eq!(report(&[], html)["section"], Value::Null);
}

#[test]
fn every_file_is_checked() {
    let folder = Folder::new();
    let files = [
        ("actors.tsv", "key\tname_en\tname_ar\tkind\tcountry\talso\texamples\nx\tX\tإكس\tarmy\tSY\t\t\n", ":2:"),
        ("columns.tsv", "field\tnames\nheading\tعنوان\n", ":2:1: `heading`"),
        ("days.tsv", "kind\tvalue\tforms\texamples\nday\tسوف\tأمس\t\nday\tx\tغدا\t\n", ":3:1: «day»"),
        ("furniture.tsv", "pattern\tkind\texamples\nكلمة\tmenu\tكلمة\n", ":2:6: unknown kind «menu»"),
        ("months.tsv", "nummer\n", ":1:1: the columns are not named"),
        ("page_parts.tsv", "host\tkind\tselector\n*\tbody\t]]\n", ":2:8: `]]`"),
        ("place_words.tsv", "word\trole\tkind\tnumber\texamples\nنجع\thamlet\t\t\t\n", ":2:5: `hamlet`"),
        ("places.tsv", "own-1\tOur Well\n", ":1: 2 columns where 10 are wanted"),
        ("sections.tsv", "name\nميداني\n", ":1:1: the column `section` is missing"),
        ("word_classes.tsv", "word\tclasses\nأحد\tone\n", ":2:5: `one`"),
    ];
    for (name, text, _) in files {
        folder.write(name, text);
    }
    let own = folder.path().to_str().expect("UTF-8");
    let ran = Program::new(["codebook", "check", own]).run();
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    for (name, _, fault) in files {
        assert!(ran.err.contains(&format!("{name}{fault}")), "{name}{fault} in {}", ran.err);
    }
    let coded = Program::new(["code", "-", "--codebook", own]).input("غارة على هجين").run();
    assert_eq!((coded.code, coded.out.as_str()), (Some(3), ""));
}
