//! What texts say, as days: the corpus `days_corpus.tsv`, and the examples that stand beside the entries of `codebook/months.tsv`, `weekdays.tsv`, `days.tsv`:
//! each text is read in a report published on Wednesday 2024-05-15.

use jiff::civil::{Date, date};
use maydani_core::days::{DayExpression, Lexicon, Mode, expressions};
use maydani_text::Text;

const CORPUS: &str = include_str!("days_corpus.tsv");
const PUBLISHED: Date = date(2024, 5, 15);

/// What was found, in the notation of the examples.
fn told(found: &[DayExpression]) -> String {
    let days = |found: &DayExpression| match (found.start, found.end) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start}..{end}"),
        _ => "unresolved".to_owned(),
    };
    if found.is_empty() { "none".to_owned() } else { found.iter().map(days).collect::<Vec<_>>().join(" + ") }
}

#[test]
fn every_line_of_the_corpus_reads_as_it_says() {
    let lexicon = Lexicon::builtin().unwrap();
    let mut faults = Vec::new();
    let mut lines = 0;
    for line in CORPUS.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let [mode, published, days, text] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not four cells: {line}");
        };
        let mode = if mode == "all" { Mode::Everything } else { Mode::News };
        let published = (published != "-").then(|| published.parse().unwrap());
        let found = told(&expressions(&Text::new(text), published, &lexicon, mode));
        lines += 1;
        if found != days {
            faults.push(format!("«{text}» is read as {found}, not {days}"));
        }
    }
    assert!(faults.is_empty(), "{} of {lines} lines fail:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_example_of_the_codebook_reads_as_it_says() {
    let lexicon = Lexicon::builtin().unwrap();
    let mut faults = Vec::new();
    let mut examples = 0;
    for entry in lexicon.entries() {
        for example in entry.examples.split('|').map(str::trim).filter(|example| !example.is_empty()) {
            let Some((text, expected)) = example.rsplit_once(" = ") else {
                faults.push(format!("{}: «{example}» has no « = »", entry.place));
                continue;
            };
            examples += 1;
            let found = told(&expressions(&Text::new(text), Some(PUBLISHED), &lexicon, Mode::News));
            if found != expected {
                faults.push(format!("{}: «{text}» is read as {found}, not {expected}", entry.place));
            }
        }
    }
    assert!(faults.is_empty(), "{} of {examples} examples fail:\n{}", faults.len(), faults.join("\n"));
    assert!(examples > 100);
}
