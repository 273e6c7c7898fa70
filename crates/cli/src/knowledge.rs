//! The one door to what the coder knows: codebook, gazetteer, coder.

use std::fs;
use std::path::{Path, PathBuf};

use maydani_core::gazetteer::{Gazetteer, GazetteerError};
use maydani_core::mentions::places::Places;
use maydani_core::{Codebook, Coder, Record, Report};
use maydani_core::codebook::ActorKind;
use maydani_formats::{Party, PartyKind};

use crate::args::{EntryKind, KnowledgeArgs};
use crate::gazetteer::{files, kept};

/// The codebook or a gazetteer is at fault. Each line says where and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct KnowledgeError(pub(crate) String);

/// What the coder knows, ready for work.
pub(crate) struct Knowledge {
    coder: Coder,
}

impl Knowledge {
    /// The built-in knowledge with the analyst's own entries and places.
    pub(crate) fn load(args: &KnowledgeArgs) -> anyhow::Result<Self> {
        let overlays = args.codebook.as_deref().map_or_else(|| Ok(Vec::new()), overlays)?;
        let book = Codebook::with(&overlays).map_err(|error| KnowledgeError(error.to_string()))?;
        let coder = Coder::new(book, gazetteer(&args.gazetteer)?).map_err(|error| KnowledgeError(error.to_string()))?;
        Ok(Self { coder })
    }

    /// Codes a report.
    pub(crate) fn code(&self, report: &Report) -> Record {
        self.coder.code(report)
    }

    /// Codes a report, each value with its reason.
    pub(crate) fn explain(&self, report: &Report) -> Record {
        self.coder.explain(report)
    }

    /// What ACLED's columns need to know of a party.
    pub(crate) fn party(&self, key: &str) -> Option<Party> {
        let actor = self.coder.codebook().actor(key)?;
        let kind = match actor.kind {
            ActorKind::State => PartyKind::State,
            ActorKind::Rebel => PartyKind::Rebel,
            ActorKind::Militia | ActorKind::Unidentified => PartyKind::PoliticalMilitia,
            ActorKind::External => PartyKind::External,
            ActorKind::Civilian => PartyKind::Civilians,
            ActorKind::Protesters => PartyKind::Protesters,
            ActorKind::Rioters => PartyKind::Rioters,
        };
        Some(Party { kind, home: actor.country.as_bytes().try_into().ok() })
    }

    /// Entries that hold `text`: one a line, columns divided by tabs.
    pub(crate) fn list(&self, what: EntryKind, text: Option<&str>) -> Vec<String> {
        let book = self.coder.codebook();
        let lines: Vec<String> = match what {
            EntryKind::Actors => book
                .actors
                .iter()
                .map(|actor| format!("{}\t{}\t{}\t{}\t{}", actor.key, actor.name, actor.name_ar, actor.kind.word(), book.place_of(actor.at)))
                .collect(),
            EntryKind::Sources => book
                .sources
                .iter()
                .map(|source| format!("{}\t{}\t{}\t{}", source.key, source.name, source.name_ar, book.place_of(source.at)))
                .collect(),
            EntryKind::Events => {
                book.events.iter().map(|word| format!("{}\t{:?}\t{:?}\t{}", word.lemma, word.position, word.class, book.place_of(word.at))).collect()
            }
            EntryKind::Places => {
                let places = self.coder.places().gazetteer();
                places.iter().map(|place| format!("{}\t{}\t{}\t{}", places.public_id(place.id), place.name, place.name_ar, place.country.unwrap_or(""))).collect()
            }
        };
        let wanted = text.map(maydani_text::normalise);
        lines.into_iter().filter(|line| wanted.as_ref().is_none_or(|wanted| maydani_text::normalise(line).contains(wanted.as_str()))).collect()
    }
}

/// An analyst's own data files: the `.tsv` files of a folder.
fn overlays(dir: &Path) -> Result<Vec<(String, String)>, KnowledgeError> {
    let fault = |path: &Path, error: std::io::Error| KnowledgeError(format!("{}: {error}", path.display()));
    let mut paths: Vec<PathBuf> = fs::read_dir(dir)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
        .map_err(|error| fault(dir, error))?;
    paths.sort();
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "tsv"))
        .map(|path| fs::read_to_string(&path).map(|text| (path.display().to_string(), text)).map_err(|error| fault(&path, error)))
        .collect()
}

/// Every fault of the built-in data files, or of the files of a folder laid over them.
pub(crate) fn check(dir: Option<&Path>) -> Result<Vec<String>, KnowledgeError> {
    let overlays = dir.map_or_else(|| Ok(Vec::new()), overlays)?;
    let (_, faults) = Codebook::checked(&overlays);
    Ok(faults.iter().map(ToString::to_string).collect())
}

/// The built-in gazetteer, with the kept places and those of files and folders.
pub(crate) fn gazetteer(paths: &[PathBuf]) -> anyhow::Result<Gazetteer> {
    let mut texts: Vec<(String, String)> = Vec::new();
    let mut add = |file: &Path| {
        let shown = file.display().to_string();
        let text = fs::read_to_string(file).map_err(|error| KnowledgeError(format!("{shown}: {error}")))?;
        texts.push((shown, text));
        Ok::<(), KnowledgeError>(())
    };
    for file in kept::files() {
        add(&file)?;
    }
    for path in paths {
        for file in files(path).map_err(|error| KnowledgeError(format!("{error:#}")))? {
            add(&file)?;
        }
    }
    let texts = texts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    Ok(Gazetteer::with_files(texts).map_err(|fault: GazetteerError| KnowledgeError(fault.to_string()))?)
}

/// What is known of places alone.
pub(crate) fn places(paths: &[PathBuf]) -> anyhow::Result<Places> {
    Ok(Places::new(gazetteer(paths)?))
}
