//! The examples of the codebook's words: in each text the passage in «» is read by the entry beside
//! which it stands; a text that begins with `!` is not.

use std::path::Path;

use maydani_core::analysis::Analysis;
use maydani_core::codebook::{At, Class, Codebook, Kind};
use maydani_core::mentions::triggers;
use maydani_text::Text;

const FILES: [(&str, Kind); 5] = [
    ("events.tsv", Kind::Event),
    ("means.tsv", Kind::Means),
    ("tolls.tsv", Kind::Toll),
    ("cues.tsv", Kind::Cue),
    ("numbers.tsv", Kind::Number),
];

fn entry_at(book: &Codebook, kind: Kind, index: usize) -> At {
    match kind {
        Kind::Event => book.events[index].at,
        Kind::Means => book.means[index].at,
        Kind::Toll => book.tolls[index].at,
        Kind::Cue => book.cues[index].at,
        _ => book.numbers[index].at,
    }
}

/// The entries read at a byte of the text; of event words those that may name an event there.
fn read(book: &Codebook, text: &str, kind: Kind, byte: Option<u32>) -> Vec<u32> {
    let analysis = Analysis::new(Text::new(text), book, |_| false);
    let at_byte = |word: usize| {
        let span = analysis.text.words()[word].original;
        byte.is_none_or(|byte| (span.start..span.end).contains(&byte))
    };
    let is_light = |index: usize| book.events[index].class == Class::Light;
    let found = triggers::find(&analysis, book);
    analysis
        .hits
        .iter()
        .filter(|hit| hit.kind == kind && at_byte(hit.start))
        .filter(|hit| {
            kind != Kind::Event || is_light(hit.index) || found.iter().any(|trigger| trigger.words.start == hit.start)
        })
        .filter(|hit| {
            kind != Kind::Event
                || byte.is_some()
                || is_light(hit.index)
                || found.iter().any(|trigger| trigger.words.start == hit.start && trigger.hit.index == hit.index)
        })
        .map(|hit| entry_at(book, kind, hit.index).line)
        .collect()
}

#[test]
fn the_examples_of_the_words_hold() {
    let book = Codebook::built_in().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codebook");
    let mut faults = Vec::new();
    let mut count = 0;
    for (file, kind) in FILES {
        let table = std::fs::read_to_string(folder.join(file)).unwrap();
        for (line, row) in (1..).zip(table.lines()).filter(|(_, row)| !row.starts_with('#')).skip(1) {
            for example in row.rsplit('\t').next().unwrap_or("").split(" | ") {
                count += 1;
                let holds = if let Some(text) = example.strip_prefix('!') {
                    !read(&book, text, kind, None).contains(&line)
                } else {
                    let text = example.replace(['«', '»'], "");
                    let byte = example.find('«').and_then(|at| u32::try_from(at).ok());
                    byte.is_some() && read(&book, &text, kind, byte).contains(&line)
                };
                if !holds {
                    faults.push(format!("{file}:{line}: {example}"));
                }
            }
        }
    }
    assert!(count > 1000, "only {count} examples");
    assert!(faults.is_empty(), "{} of {count} examples fail:\n{}", faults.len(), faults.join("\n"));
}
