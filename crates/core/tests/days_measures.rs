//! How well days are read, on material that lies beside the project (`../shared`); skipped without it.
//! Each test prints its figures (`cargo test --test days_measures -- --nocapture`), with the misses
//! where `DAYS_MISSES` is set, and fails when a share falls below what was reached.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use maydani_core::days::{DayExpression, Lexicon, Mode, expressions};
use maydani_text::Text;
use serde_json::Value;

fn shared(file: &str) -> Option<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let path: PathBuf = root.join(file);
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: ../shared/{file} is not here");
        return None;
    };
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

fn day(value: &Value) -> Option<Date> {
    value.as_str()?.get(..10)?.parse().ok()
}

fn misses() -> bool {
    std::env::var_os("DAYS_MISSES").is_some()
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// An expression with its offsets in code points.
struct Found<'t> {
    start: usize,
    end: usize,
    text: &'t str,
    of: DayExpression,
}

fn find<'t>(text: &'t str, published: Option<Date>, lexicon: &Lexicon, mode: Mode) -> Vec<Found<'t>> {
    let read = Text::new(text);
    let found = expressions(&read, published, lexicon, mode);
    let points = |byte: u32| text[..byte as usize].chars().count();
    found
        .into_iter()
        .map(|of| Found { start: points(of.span.start), end: points(of.span.end), text: read.slice(of.span), of })
        .collect()
}

/// Events of annotated reports. An event's date counts as found where an expression overlaps an
/// occurrence of its surface, and as right where that expression has exactly the annotated days
/// (none, where the annotation leaves them open).
fn gold(file: &str) -> Option<(f64, f64)> {
    let reports = shared(file)?;
    let lexicon = Lexicon::builtin().unwrap();
    let (mut dated, mut found_dates, mut right, mut news, mut news_right) = (0, 0, 0, 0, 0);
    let (mut all, mut spurious, mut recalls) = (0, 0, 0);
    for line in reports.lines() {
        let report: Value = serde_json::from_str(line).unwrap();
        let text = report["text"].as_str().unwrap();
        let published = day(&report["published"]);
        let found = find(text, published, &lexicon, Mode::News);
        let mut surfaces = Vec::new();
        for event in report["events"].as_array().unwrap() {
            let date = &event["date"];
            let Some(surface) = date["surface"].as_str() else { continue };
            let background = event["background"].as_bool().unwrap_or(false);
            surfaces.push(surface);
            let spans: Vec<_> = text.match_indices(surface).map(|(at, _)| (at, at + surface.len())).collect();
            let overlapping: Vec<_> = found
                .iter()
                .filter(|f| spans.iter().any(|&(s, e)| (f.of.span.start as usize) < e && s < f.of.span.end as usize))
                .collect();
            let fits = |f: &&&Found<'_>| f.of.start == day(&date["start"]) && f.of.end == day(&date["end"]);
            let hit = overlapping.iter().find(fits);
            dated += 1;
            found_dates += usize::from(!overlapping.is_empty());
            right += usize::from(hit.is_some());
            if !background {
                news += 1;
                news_right += usize::from(hit.is_some());
            }
            recalls += usize::from(hit.is_some_and(|f| f.of.recalled == background));
            if hit.is_none() && misses() {
                let read: Vec<_> = overlapping.iter().map(|f| (f.text, f.of.start, f.of.end)).collect();
                println!("{} «{surface}» {}..{} read as {read:?}", report["id"], date["start"], date["end"]);
            }
        }
        for f in found.iter().filter(|f| !f.of.dateline) {
            all += 1;
            if !surfaces.iter().any(|s| s.contains(f.text) || f.text.contains(s)) {
                spurious += 1;
                if std::env::var_os("DAYS_OTHERS").is_some() {
                    println!("{} other: «{}» {:?}..{:?}", report["id"], f.text, f.of.start, f.of.end);
                }
            }
        }
    }
    println!(
        "{file}: {dated} dated events; found {:.1} %, right {:.1} %; news alone {news}, right {:.1} %; \
         recalled as annotated {:.1} % of those right; {all} expressions, {spurious} of no event",
        share(found_dates, dated),
        share(right, dated),
        share(news_right, news),
        share(recalls, right),
    );
    Some((share(right, dated), share(news_right, news)))
}

#[test]
fn dates_of_annotated_events() {
    if let Some((right, news)) = gold("gold/train.jsonl") {
        assert!(right >= 96.5, "right: {right:.1} %");
        assert!(news >= 98.0, "of the news: {news:.1} %");
    }
}

/// Extractor cases of Recognizers-Text: found where an expression overlaps the expected passage; a case
/// that expects none is right where none is found.
#[test]
fn extractor_cases() {
    let Some(cases) = shared("dates/recognizers_DateExtractor.json") else { return };
    let cases: Vec<Value> = serde_json::from_str(&cases).unwrap();
    let lexicon = Lexicon::builtin().unwrap();
    let (mut found_cases, mut exact) = (0, 0);
    for case in &cases {
        let text = case["Input"].as_str().unwrap();
        let published = day(&case["Context"]["ReferenceDateTime"]).or(Date::new(2016, 11, 7).ok());
        let found = find(text, published, &lexicon, Mode::Everything);
        let results = case["Results"].as_array().unwrap();
        let span = |result: &Value| {
            let start = result["Start"].as_u64().unwrap() as usize;
            (start, start + result["Length"].as_u64().unwrap() as usize)
        };
        let overlaps = results.iter().map(span).all(|(s, e)| found.iter().any(|f| f.start < e && s < f.end));
        let same = results.iter().map(span).all(|span| found.iter().any(|f| (f.start, f.end) == span));
        let hit = overlaps && found.len() == results.len();
        found_cases += usize::from(hit);
        exact += usize::from(same && found.len() == results.len());
        if !hit && misses() {
            let read: Vec<_> = found.iter().map(|f| f.text).collect();
            println!("«{text}» expected {:?}, found {read:?}", results.iter().map(|r| &r["Text"]).collect::<Vec<_>>());
        }
    }
    let figure = share(found_cases, cases.len());
    println!(
        "extractor: {} cases, found {figure:.1} %, with the very passage {:.1} %",
        cases.len(),
        share(exact, cases.len())
    );
    assert!(figure >= 99.5, "found: {figure:.1} %");
}

/// Period cases of Recognizers-Text: resolved where an expression that overlaps the expected passage
/// has the expected interval, of the past or the future reading. Their ends are exclusive for
/// periods, inclusive for ranges told by two days: ours, inclusive, may equal either that end or the
/// day before it. Cases without days (seasons) count as resolved where they are found.
#[test]
fn period_cases() {
    let Some(cases) = shared("dates/recognizers_DatePeriodParser.json") else { return };
    let cases: Vec<Value> = serde_json::from_str(&cases).unwrap();
    let lexicon = Lexicon::builtin().unwrap();
    let (mut resolved, mut found_cases) = (0, 0);
    for case in &cases {
        let text = case["Input"].as_str().unwrap();
        let published = day(&case["Context"]["ReferenceDateTime"]);
        let found = find(text, published, &lexicon, Mode::Everything);
        let mut all_found = true;
        let mut all_resolved = true;
        for result in case["Results"].as_array().unwrap() {
            let start = result["Start"].as_u64().unwrap() as usize;
            let end = start + result["Length"].as_u64().unwrap() as usize;
            let overlapping: Vec<_> = found.iter().filter(|f| f.start < end && start < f.end).collect();
            let expected: Vec<_> = ["PastResolution", "FutureResolution"]
                .iter()
                .map(|reading| &result["Value"][reading])
                .filter_map(|days| Some((day(&days["startDate"])?, day(&days["endDate"])?)))
                .collect();
            let right = overlapping.iter().any(|f| {
                expected.iter().any(|&(first, last)| {
                    f.of.start == Some(first)
                        && f.of.end.is_some_and(|end| end == last || end.tomorrow().is_ok_and(|next| next == last))
                })
            });
            all_found &= !overlapping.is_empty();
            all_resolved &= if expected.is_empty() { !overlapping.is_empty() } else { right };
            if misses() && !(if expected.is_empty() { !overlapping.is_empty() } else { right }) {
                let read: Vec<_> = found.iter().map(|f| (f.text, f.of.start, f.of.end)).collect();
                println!("{} «{text}» expected {} {expected:?}, found {read:?}", published.unwrap(), result["Text"]);
            }
        }
        found_cases += usize::from(all_found);
        resolved += usize::from(all_resolved);
    }
    let figure = share(resolved, cases.len());
    println!("periods: {} cases, resolved {figure:.1} %, found {:.1} %", cases.len(), share(found_cases, cases.len()));
    assert!(figure >= 85.0, "resolved: {figure:.1} %");
}
