//! `maydani codebook`: what the coder knows, checked and listed.

use std::io::{Write, stdout};
use std::path::Path;

use maydani_core::analysis::Analysis;
use maydani_core::codebook::Kind;
use maydani_core::{Codebook, Gazetteer};
use maydani_text::{Text, normalise};

use crate::args::{CodebookArgs, CodebookCommand, EntryKind};
use crate::exit::Outcome;
use crate::knowledge;

pub(crate) fn run(args: &CodebookArgs) -> anyhow::Result<Outcome> {
    match &args.command {
        CodebookCommand::Check { dir } => check(dir.as_deref()),
        CodebookCommand::List { what, text, codebook } => list(*what, text.as_deref(), codebook.as_deref()),
    }
}

fn check(dir: Option<&Path>) -> anyhow::Result<Outcome> {
    let faults = knowledge::faults(dir)?;
    for fault in &faults {
        eprintln!("{fault}");
    }
    let what = dir.map_or_else(|| "built-in codebook".to_owned(), |dir| dir.display().to_string());
    let count = match faults.len() {
        0 => "no fault".to_owned(),
        1 => "1 fault".to_owned(),
        many => format!("{many} faults"),
    };
    writeln!(stdout(), "{what}: {count}")?;
    Ok(if faults.is_empty() { Outcome::Done } else { Outcome::KnowledgeAtFault })
}

fn list(what: EntryKind, text: Option<&str>, dir: Option<&Path>) -> anyhow::Result<Outcome> {
    let wanted = text.map(Wanted::new);
    let own = knowledge::own_files(dir)?;
    let lines = match what {
        EntryKind::Places => places(&knowledge::gazetteer(&[], &own)?, wanted.as_ref()),
        _ => entries(&knowledge::codebook(&own)?, what, wanted.as_ref()),
    };
    let text: String = lines.into_iter().map(|line| line + "\n").collect();
    stdout().lock().write_all(text.as_bytes())?;
    Ok(Outcome::Done)
}

/// What an entry must hold: in English in any case, in Arabic in any spelling.
struct Wanted<'t> {
    given: &'t str,
    english: String,
    arabic: String,
}

impl<'t> Wanted<'t> {
    fn new(given: &'t str) -> Self {
        Self { given, english: given.to_lowercase(), arabic: normalise(given) }
    }

    fn is_in(&self, cells: &[&str]) -> bool {
        cells.iter().any(|cell| cell.to_lowercase().contains(&self.english) || normalise(cell).contains(&self.arabic))
    }
}

fn entries(book: &Codebook, what: EntryKind, wanted: Option<&Wanted<'_>>) -> Vec<String> {
    // Names that the lists below do not show: the coder itself looks them up.
    let named: Vec<(Kind, usize)> = wanted.map_or_else(Vec::new, |wanted| {
        let analysis = Analysis::new(Text::new(wanted.given), book, |_| false);
        analysis.hits.iter().map(|hit| (hit.kind, hit.index)).collect()
    });
    let shown = |kinds: &[Kind], index: usize, cells: &[&str]| {
        let hit = kinds.iter().any(|kind| named.contains(&(*kind, index)));
        wanted.is_none_or(|wanted| hit || wanted.is_in(cells))
    };
    let mut lines = Vec::new();
    match what {
        EntryKind::Actors => {
            for (index, actor) in book.actors.iter().enumerate() {
                let kind = actor.kind.word();
                let cells = [&*actor.key, &actor.name, &actor.name_ar, kind, &actor.country];
                if shown(&[Kind::Actor, Kind::AmbiguousActor], index, &cells) {
                    lines.push(format!("{}\t{}", cells.join("\t"), book.place_of(actor.at)));
                }
            }
        }
        EntryKind::Sources => {
            for (index, source) in book.sources.iter().enumerate() {
                let kind = serde_json::to_value(source.kind).ok();
                let kind = kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default();
                let cells = [&*source.key, &source.name, &source.name_ar, kind, &source.country];
                if shown(&[Kind::Source], index, &cells) {
                    lines.push(format!("{}\t{}", cells.join("\t"), book.place_of(source.at)));
                }
            }
        }
        EntryKind::Events => {
            for (index, word) in book.events.iter().enumerate() {
                let position = format!("{:?}", word.position).to_lowercase();
                let class = match word.class {
                    maydani_core::codebook::Class::Fixed(kind) => kind.code().to_owned(),
                    class => format!("{class:?}").to_lowercase(),
                };
                let cells = [&*word.lemma, &position, &class];
                if shown(&[Kind::Event], index, &cells) {
                    lines.push(format!("{}\t{}", cells.join("\t"), book.place_of(word.at)));
                }
            }
        }
        EntryKind::Control => {
            for shape in &book.control.shapes {
                let kind = format!("{:?}", shape.kind).to_lowercase();
                let cells = [&*shape.words, &kind];
                if shown(&[], 0, &cells) {
                    lines.push(format!("{}\t{}", cells.join("\t"), book.place_of(shape.at)));
                }
            }
        }
        EntryKind::Places => {}
    }
    lines
}

fn places(gazetteer: &Gazetteer, wanted: Option<&Wanted<'_>>) -> Vec<String> {
    let bearers = wanted.map(|wanted| gazetteer.named(wanted.given)).unwrap_or_default();
    let mut lines = Vec::new();
    for place in gazetteer.iter() {
        let cells = [place.name, place.name_ar];
        if wanted.is_none_or(|wanted| bearers.contains(&place.id) || wanted.is_in(&cells)) {
            let kind = serde_json::to_value(place.kind).ok();
            let kind = kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default().to_owned();
            let point =
                place.point.map_or_else(|| "\t".to_owned(), |at| format!("{:.4}\t{:.4}", at.latitude, at.longitude));
            let country = place.country.unwrap_or_default();
            let id = gazetteer.public_id(place.id);
            lines.push(format!("{id}\t{}\t{}\t{kind}\t{country}\t{point}", place.name, place.name_ar));
        }
    }
    lines
}
