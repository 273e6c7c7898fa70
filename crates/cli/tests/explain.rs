//! `maydani explain`: every value with its reason, and a page that text cannot break.

mod program;

use program::Program;
use serde_json::Value;

const REPORT: &str = "غارات روسية على إدلب\n\nقصفت طائرات روسية بلدة حاس أمس، بحسب المرصد السوري لحقوق الإنسان.";

#[test]
fn reasons_name_an_entry_of_the_codebook() {
    let ran = Program::new(["explain", "-", "--published", "2018-10-30", "--format", "jsonl"]).input(REPORT).run();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let record: Value = serde_json::from_str(&ran.out).expect("JSON");
    let why = record["events"][0]["why"].as_array().expect("reasons");
    let entry = |field: &str| why.iter().find(|why| why["field"] == field).and_then(|why| why["entry"].as_str());
    let named = entry("sub_event_type").expect("a reason for the type");
    assert!(named.contains("events.tsv:"), "{named}");
    for field in ["actor1[0]", "places[0]", "date"] {
        assert!(entry(field).is_some(), "no reason for {field}: {why:?}");
    }
    let day = entry("date").expect("a reason for the day");
    assert!(day.starts_with("days.tsv:") && day[9..].parse::<u32>().is_ok(), "{day}");
}

#[test]
fn the_terminal_shows_passages_and_reasons() {
    let ran = Program::new(["explain", "-", "--published", "2018-10-30"]).input(REPORT).run();
    assert!(ran.out.contains("](1:trigger)"), "{}", ran.out);
    assert!(ran.out.contains("air_drone_strike"), "{}", ran.out);
    assert!(ran.out.contains("because"), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn the_page_is_right_to_left_and_text_never_becomes_markup() {
    let hostile = "<script>alert(1)</script> \"onload='x' قصفت طائرات روسية بلدة حاس</div><img src=x onerror=alert(1)>";
    let ran = Program::new(["explain", "-", "--html", "--outlet", "<b>قناة</b>"]).input(hostile).run();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("<!doctype html>\n<html lang=\"ar\" dir=\"rtl\">"));
    assert!(ran.out.ends_with("</html>\n"));
    for markup in ["<script", "<img", "<b>"] {
        assert!(!ran.out.contains(markup), "{markup} in {}", ran.out);
    }
    assert!(ran.out.contains("default-src 'none'"));
    assert!(!ran.out.contains("http://") && !ran.out.contains("https://"), "nothing is fetched");
}

#[test]
fn a_statement_of_control_is_explained() {
    let text = "خبر\n\nسقطت قذيفة على مدينة الرقة التي يسيطر عليها تنظيم داعش.\n";
    for form in [&["explain", "-"][..], &["explain", "-", "--html"][..]] {
        let ran = Program::new(form.iter().copied()).input(text).run();
        for told in ["الرقة التي يسيطر عليها تنظيم داعش", "(islamic_state)", "control.tsv:", "HOLDER"]
        {
            assert!(ran.out.contains(told), "{form:?} lacks {told}: {}", ran.out);
        }
    }
}
