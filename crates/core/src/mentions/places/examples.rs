//! The examples of the codebook's files of places: «passages» that must be found with exactly
//! these bounds, and after `!` texts in which no place stands.

use super::{Places, Setting};

const FILES: [(&str, &str, usize); 2] = [
    ("codebook/place_words.tsv", include_str!("../../../../../codebook/place_words.tsv"), 4),
    ("codebook/places.tsv", include_str!("../../../../../codebook/places.tsv"), 9),
];

/// The text without its marks, and the marked passages.
fn unmark(example: &str) -> (String, Vec<(usize, usize)>) {
    let mut text = String::new();
    let mut passages = Vec::new();
    let mut open = None;
    for c in example.chars() {
        match c {
            '«' => open = Some(text.chars().count()),
            '»' => passages.extend(open.take().map(|start| (start, text.chars().count()))),
            c => text.push(c),
        }
    }
    (text, passages)
}

#[test]
fn the_examples_of_the_codebook_hold() {
    let places = Places::built_in().unwrap();
    let mut faults = Vec::new();
    let mut count = 0;
    for (file, table, column) in FILES {
        for (at, line) in table.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let Some(cell) = line.split('\t').nth(column).filter(|cell| !matches!(*cell, "" | "examples")) else {
                continue;
            };
            for example in cell.split(" | ") {
                count += 1;
                let (text, wanted) = unmark(example.trim_start_matches('!'));
                let found = places.read(&text, Setting::default());
                let spans: Vec<_> = found.iter().map(|p| (p.passage.start as usize, p.passage.end as usize)).collect();
                let holds = if example.starts_with('!') {
                    spans.is_empty()
                } else {
                    wanted.iter().all(|span| spans.contains(span))
                };
                if !holds {
                    let texts: Vec<_> = found.iter().map(|p| p.passage.text.as_str()).collect();
                    faults.push(format!("{file}:{}: {example} found {texts:?}", at + 1));
                }
            }
        }
    }
    assert!(count > 80, "only {count} examples");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Whatever words come in whatever order, every passage is the text between its offsets.
#[test]
fn passages_resolve_in_any_text() {
    let places = Places::built_in().unwrap();
    let table = FILES[0].1;
    let leading: Vec<&str> =
        table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').next()).collect();
    let others = [
        "دير الزور",
        "حلب",
        "ديرالزور",
        "وكفرنبل",
        "للباب",
        "بدمشق",
        "قُصِفت",
        "«",
        "»",
        "،",
        " – ",
        "\n",
        ".",
        "#ريف_حلب",
        "و",
        "12",
        "X",
        "عبد",
        "محمد",
        "الـبـاب",
        "تل",
        "‏",
        "أبو_حردوب",
        "\"عين شيب\"",
    ];
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..12 {
            text.push_str(if next(2) == 0 { leading[next(leading.len())] } else { others[next(others.len())] });
            if next(8) > 0 {
                text.push(' ');
            }
        }
        let read = maydani_text::Text::new(&text);
        let from = next(read.words().len() + 1);
        let claimed = from..(from + next(4)).min(read.words().len());
        for mention in places.mentions(&read, std::slice::from_ref(&claimed), Setting::default()) {
            let apart = mention.words.end <= claimed.start || mention.words.start >= claimed.end;
            // A site is named by its owner: مسجد قوات الطوارئ.
            let wider = mention.words.len() > claimed.len();
            let owned = wider && mention.words.start <= claimed.start && mention.words.end >= claimed.end;
            let apart = apart || owned;
            assert!(claimed.is_empty() || apart, "{text}: {claimed:?} {:?}", mention.words);
        }
        let characters: Vec<char> = text.chars().collect();
        for place in places.read(&text, Setting { home: Some("SY"), ..Setting::default() }) {
            let passage: String = characters[place.passage.start as usize..place.passage.end as usize].iter().collect();
            assert_eq!(passage, place.passage.text, "{text}");
            assert!(!passage.trim().is_empty(), "{text}");
        }
    }
}
