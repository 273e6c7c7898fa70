//! The examples of the codebook's files of places: «passages» that must be found with exactly
//! these bounds, and after `!` texts in which no place stands.

use super::Places;

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
                let found = places.read(&text, None);
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
