//! The examples that stand beside the entries of the codebook: the passages in «» must be found as
//! that entry, and a text after `!` must not give it.

use std::ops::Range;

use maydani_core::Codebook;
use maydani_core::analysis::{Analysis, Hit};
use maydani_core::codebook::{Class, Kind, Table, WordClass};
use maydani_core::mentions::actors::{self, Naming, Party};
use maydani_core::mentions::{sources, triggers};
use maydani_text::Text;

const FILES: [(&str, &str); 12] = [
    ("actors.tsv", include_str!("../../../codebook/actors.tsv")),
    ("adjectives.tsv", include_str!("../../../codebook/adjectives.tsv")),
    ("forces.tsv", include_str!("../../../codebook/forces.tsv")),
    ("persons.tsv", include_str!("../../../codebook/persons.tsv")),
    ("sources.tsv", include_str!("../../../codebook/sources.tsv")),
    ("reporting.tsv", include_str!("../../../codebook/reporting.tsv")),
    ("titles.tsv", include_str!("../../../codebook/titles.tsv")),
    ("events.tsv", include_str!("../../../codebook/events.tsv")),
    ("means.tsv", include_str!("../../../codebook/means.tsv")),
    ("tolls.tsv", include_str!("../../../codebook/tolls.tsv")),
    ("cues.tsv", include_str!("../../../codebook/cues.tsv")),
    ("numbers.tsv", include_str!("../../../codebook/numbers.tsv")),
];

/// An entry that stands in an example.
#[derive(Debug)]
struct Found {
    kind: Kind,
    /// `file:line` of the entry.
    place: String,
    /// The words that it covers, as bytes of the text.
    bytes: Range<u32>,
    /// Of an event word: what it says of the type.
    class: Option<Class>,
    /// The program takes it at its word: it chose this event word among those of the same form, it
    /// reads a speaker off this word of reporting, it needs nothing around this name.
    taken: bool,
}

impl Found {
    fn overlaps(&self, passage: &Range<u32>) -> bool {
        self.bytes.start < passage.end && passage.start < self.bytes.end
    }
}

/// The example without its marks, and the passages that they marked.
fn unmark(example: &str) -> (String, Vec<Range<u32>>) {
    let mut text = String::new();
    let mut passages = Vec::new();
    let mut open = None;
    for c in example.chars() {
        match c {
            '«' => open = Some(text.len() as u32),
            '»' => passages.extend(open.take().map(|start| start..text.len() as u32)),
            c => text.push(c),
        }
    }
    (text, passages)
}

fn read(text: &str, book: &Codebook) -> Vec<Found> {
    let analysis = Analysis::new(Text::new(text), book, |_| false);
    let parties = actors::find(&analysis, book, actors::Countries::default(), None);
    let claims = sources::find(&analysis, book, &parties);
    let found = |hit: &Hit, words: Range<usize>, taken: bool| {
        let span = analysis.text.span(words);
        let class = (hit.kind == Kind::Event).then(|| book.events[hit.index].class);
        Found { kind: hit.kind, place: place(book, hit), bytes: span.start..span.end, class, taken }
    };
    let looked_up = analysis.hits.iter().map(|hit| {
        let taken = match hit.kind {
            Kind::AmbiguousActor | Kind::Metonym | Kind::AmbiguousSource => false,
            Kind::Event => book.events[hit.index].class == Class::Light,
            Kind::Reporting => claims.iter().any(|claim| claim.verb == hit.start),
            _ => true,
        };
        found(hit, hit.start..hit.end, taken)
    });
    let triggers = triggers::find(&analysis, book);
    let triggers = triggers.iter().map(|trigger| found(&trigger.hit, trigger.words.clone(), true));
    // «دورية الشرطة البحرينية»: a party put together from its parts.
    let composed = parties.iter().filter(|party| party.naming == Naming::Force).map(|party| {
        let span = analysis.text.span(party.words.clone());
        let place = match party.party {
            Party::Listed(index) => book.place_of(book.actors[index].at),
            _ => book.place_of(party.entry),
        };
        Found { kind: Kind::Actor, place, bytes: span.start..span.end, class: None, taken: true }
    });
    looked_up.chain(triggers).chain(composed).collect()
}

fn place(book: &Codebook, hit: &Hit) -> String {
    let i = hit.index;
    book.place_of(match hit.kind {
        Kind::Actor | Kind::AmbiguousActor | Kind::Metonym => book.actors[i].at,
        Kind::Adjective => book.adjectives[i].at,
        Kind::Force => book.forces[i].at,
        Kind::Person => book.persons[i].at,
        Kind::Source | Kind::AmbiguousSource => book.sources[i].at,
        Kind::Reporting => book.reporting[i].at,
        Kind::Title => book.titles[i].at,
        Kind::Event => book.events[i].at,
        Kind::Means => book.means[i].at,
        Kind::Toll | Kind::CountedToll => book.tolls[i].at,
        Kind::Cue => book.cues[i].at,
        Kind::Number => book.numbers[i].at,
    })
}

/// Whether the entry at `place` is found on a passage. Where two event words share a form (the verb
/// and the noun «قتل») either may be chosen, if both say the same of the type.
fn holds(place: &str, passage: &Range<u32>, found: &[Found]) -> bool {
    let here = || found.iter().filter(|found| found.overlaps(passage));
    here().any(|entry| {
        entry.place == place
            && (entry.class.is_none() || here().any(|chosen| chosen.taken && chosen.class == entry.class))
    })
}

/// A plain word has all the classes that its line gives it, and no others, where an example shows it.
#[test]
fn every_example_of_a_classed_word_holds() {
    let book = Codebook::built_in().unwrap();
    let file = include_str!("../../../codebook/word_classes.tsv");
    for row in Table::read("word_classes.tsv", 0, file, &["examples"], &mut Vec::new()).rows() {
        let (text, passages) = unmark(row.cell("examples"));
        let [passage] = &passages[..] else { panic!("{row:?}: mark one passage with «»") };
        let analysis = Analysis::new(Text::new(&text), &book, |_| false);
        let word = analysis.text.word_at(passage.start);
        assert_eq!(analysis.text.span(word..word + 1).range(), passage.start as usize..passage.end as usize, "{row:?}");
        let classes = WordClass::ALL.iter().filter(|&&class| analysis.is(word, class)).map(|class| class.name());
        let mut told: Vec<&str> = row.list("classes").collect();
        told.sort_by_key(|name| WordClass::ALL.iter().position(|class| class.name() == *name));
        assert_eq!(classes.collect::<Vec<_>>(), told, "{row:?}");
    }
}

#[test]
fn every_example_of_the_codebook_holds() {
    let book = Codebook::built_in().unwrap();
    let mut faults = Vec::new();
    let mut count = 0;
    for (file, table) in FILES {
        for row in Table::read(file, 0, table, &["examples"], &mut Vec::new()).rows() {
            let place = format!("{file}:{}", row.at().line);
            for example in row.cell("examples").split('|').map(str::trim).filter(|example| !example.is_empty()) {
                count += 1;
                let (text, passages) = unmark(example.trim_start_matches('!'));
                let found = read(&text, &book);
                let held = if example.starts_with('!') {
                    !found.iter().any(|entry| entry.place == place && entry.taken)
                } else {
                    !passages.is_empty() && passages.iter().all(|passage| holds(&place, passage, &found))
                };
                if !held {
                    let told = found.iter().map(|f| {
                        format!("{:?} {} «{}»", f.kind, f.place, &text[f.bytes.start as usize..f.bytes.end as usize])
                    });
                    faults.push(format!("{place}: {example}\n    found {}", told.collect::<Vec<_>>().join(", ")));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} of {count} examples do not hold:\n{}", faults.len(), faults.join("\n"));
    assert!(count > 2000, "only {count} examples");
}
