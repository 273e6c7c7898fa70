//! `maydani dates`: lines in, lines out, side by side.

mod program;

use program::Program;
use serde_json::{Value, json};

fn dates(arguments: &[&str], input: &[u8]) -> (Option<i32>, Vec<Value>, String) {
    let ran = Program::new(["dates"].iter().chain(arguments)).input(input).run();
    let lines = ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    (ran.code, lines, ran.err)
}

#[test]
fn each_line_has_its_answer() {
    let input = "قصفت الطائرات هجين أمس.\n\nلا زمن هنا\r\nفي 15 نيسان/أبريل 2018";
    let (code, lines, _) = dates(&["--published", "2018-10-30"], input.as_bytes());
    assert_eq!(code, Some(0));
    assert_eq!(lines.len(), 4);
    assert_eq!(
        lines[0],
        json!({"text": "قصفت الطائرات هجين أمس.", "expressions":
            [{"start": 19, "end": 22, "text": "أمس", "start_day": "2018-10-29", "end_day": "2018-10-29"}]})
    );
    assert_eq!(lines[1], json!({"text": "", "expressions": []}));
    assert_eq!(lines[2], json!({"text": "لا زمن هنا", "expressions": []}));
    assert_eq!(lines[3]["expressions"][0]["start_day"], "2018-04-15");
}

#[test]
fn without_a_day_of_publication_a_weekday_stays_unresolved() {
    let (_, lines, _) = dates(&[], "يوم الجمعة".as_bytes());
    assert_eq!(lines[0]["expressions"][0]["start_day"], Value::Null);
}

#[test]
fn a_line_that_is_not_utf_8_is_told_and_keeps_its_place() {
    let (code, lines, err) = dates(&["--published", "2018-10-30"], b"\xc7\xe1\xed\xe6\xe3\n\xd8\xa3\xd9\x85\xd8\xb3\n");
    assert_eq!(code, Some(1));
    assert_eq!(lines.len(), 2);
    assert!(err.contains("standard input:1:1: not UTF-8"), "{err}");
    assert_eq!(lines[1]["expressions"][0]["start_day"], "2018-10-29");
}

#[test]
fn order_is_kept_over_many_lines() {
    let input: String = (0..5000).map(|n| format!("{n} أمس\n")).collect();
    let (_, lines, _) = dates(&["--published", "2018-10-30"], input.as_bytes());
    assert_eq!(lines.len(), 5000);
    assert!(lines.iter().enumerate().all(|(n, line)| line["text"] == format!("{n} أمس")));
}

#[test]
fn a_missing_file_is_a_fault() {
    let ran = Program::new(["dates", "none.txt"]).run();
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.starts_with("maydani: none.txt: "), "{}", ran.err);
}
