//! The one door to what the coder knows: codebook, gazetteer, coder.

use std::fs;
use std::mem::ManuallyDrop;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use maydani_core::codebook::Fault;
use maydani_core::days::Lexicon;
use maydani_core::gazetteer::GazetteerError;
use maydani_core::mentions::places::Places;
use maydani_core::{Codebook, Coder, Gazetteer, Record, Report};
use maydani_formats::Party;
use maydani_reader::Tables;

use crate::gazetteer::{files, kept};
use crate::shared_args::KnowledgeArgs;

/// The codebook or a gazetteer is at fault. Each line says where and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct KnowledgeError(pub(crate) String);

/// What the coder knows, ready for work.
pub(crate) struct Knowledge {
    /// Never dropped: it is needed to the end of the program, where the system takes all memory at once.
    coder: ManuallyDrop<Coder>,
    tables: Arc<Tables>,
}

impl Knowledge {
    /// The built-in knowledge with the analyst's own entries and places.
    pub(crate) fn load(args: &KnowledgeArgs) -> anyhow::Result<Self> {
        let own = own_files(args.codebook.as_deref())?;
        // The two are about as much work as each other.
        let (book, places) = thread::scope(|scope| {
            let book = scope.spawn(|| codebook(&own));
            let places = gazetteer(&args.gazetteer, &own);
            (book.join().unwrap_or_else(|panic| resume_unwind(panic)), places)
        });
        let mut coder = Coder::new(book?, places?);
        if !own.is_empty() {
            coder = coder.and_then(|coder| coder.with_own(&own));
        }
        let coder = coder.map_err(|fault| KnowledgeError(fault.to_string()))?;
        Ok(Self { coder: ManuallyDrop::new(coder), tables: tables(args)? })
    }

    /// What the reader is to know.
    pub(crate) fn tables(&self) -> Arc<Tables> {
        Arc::clone(&self.tables)
    }

    /// The coder itself.
    pub(crate) fn into_coder(self) -> Coder {
        ManuallyDrop::into_inner(self.coder)
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
        self.coder.codebook().actor(key).map(Party::of)
    }
}

/// The built-in codebook with an analyst's own files over it.
pub(crate) fn codebook(own: &[(String, String)]) -> anyhow::Result<Codebook> {
    Ok(Codebook::with(own).map_err(|error| KnowledgeError(error.to_string()))?)
}

/// The built-in words for days with an analyst's own over them.
pub(crate) fn days(own: &[(String, String)]) -> anyhow::Result<Lexicon> {
    Ok(Lexicon::with(own).map_err(|fault| KnowledgeError(fault.to_string()))?)
}

/// What the reader knows, with an analyst's own files over it.
pub(crate) fn tables(args: &KnowledgeArgs) -> anyhow::Result<Arc<Tables>> {
    let own = own_files(args.codebook.as_deref())?;
    if own.is_empty() {
        return Ok(Tables::built_in());
    }
    let (tables, faults) = Tables::checked(&own);
    if faults.is_empty() { Ok(Arc::new(tables)) } else { Err(KnowledgeError(lines(&faults)).into()) }
}

/// Every fault of the built-in codebook, or of a folder's files over it, one a line.
pub(crate) fn faults(dir: Option<&Path>) -> anyhow::Result<Vec<String>> {
    let own = own_files(dir)?;
    let (_, faults) = Codebook::checked(&own);
    let mut faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    faults.extend(Lexicon::checked(&own).1.iter().map(ToString::to_string));
    faults.extend(Tables::checked(&own).1.iter().map(ToString::to_string));
    let gazetteer = Gazetteer::with(&own, []).or_else(|fault| {
        faults.push(fault.to_string());
        Gazetteer::built_in()
    });
    // A fault of the built-in one is told by now.
    if let Ok(gazetteer) = gazetteer {
        faults.extend(Places::with(gazetteer, &own).1.iter().map(ToString::to_string));
    }
    Ok(faults)
}

fn lines(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The files of an analyst's folder, path and text, sorted by path; none without a folder.
pub(crate) fn own_files(dir: Option<&Path>) -> Result<Vec<(String, String)>, KnowledgeError> {
    let Some(dir) = dir else { return Ok(Vec::new()) };
    let fault = |path: &Path, what: &dyn std::fmt::Display| KnowledgeError(format!("{}: {what}", path.display()));
    let entries = fs::read_dir(dir).map_err(|error| fault(dir, &error))?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| fault(dir, &error))?.path();
        if path.extension().is_some_and(|ext| ext == "tsv") {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        return Err(fault(dir, &"no *.tsv in this folder; give a folder with files of the codebook"));
    }
    let mut files = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut known = Codebook::file_names().chain(Tables::file_names());
        if !known.any(|known| known == name) {
            let mut known: Vec<&str> = Codebook::file_names().chain(Tables::file_names()).collect();
            known.sort_unstable();
            let what = format!("no file of the codebook has this name; name it one of {}", known.join(", "));
            return Err(fault(&path, &what));
        }
        let text = fs::read(&path).map_err(|error| fault(&path, &error))?;
        let text = String::from_utf8(text).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let line = String::from_utf8_lossy(&error.as_bytes()[..at]).matches('\n').count() + 1;
            KnowledgeError(format!("{}:{line}: not UTF-8; save the file as UTF-8", path.display()))
        })?;
        // Some editors begin a file with a byte-order mark.
        files.push((path.display().to_string(), text.trim_start_matches('\u{feff}').to_owned()));
    }
    Ok(files)
}

/// The built-in gazetteer, with the kept places, those of files and folders, and an analyst's own.
pub(crate) fn gazetteer(paths: &[PathBuf], own: &[(String, String)]) -> anyhow::Result<Gazetteer> {
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
    Ok(Gazetteer::with(own, texts).map_err(|fault: GazetteerError| KnowledgeError(fault.to_string()))?)
}

/// What is known of places alone.
pub(crate) fn places(args: &KnowledgeArgs) -> anyhow::Result<Places> {
    let own = own_files(args.codebook.as_deref())?;
    let (places, faults) = Places::with(gazetteer(&args.gazetteer, &own)?, &own);
    if faults.is_empty() { Ok(places) } else { Err(KnowledgeError(lines(&faults)).into()) }
}

/// The version of the codebook that codes: the program's, and a hash of what was laid over it.
pub(crate) fn version(args: &KnowledgeArgs) -> String {
    let mut version = env!("CARGO_PKG_VERSION").to_owned();
    let mut files: Vec<std::path::PathBuf> = args.gazetteer.clone();
    if let Some(dir) = &args.codebook {
        files.extend(dir.read_dir().into_iter().flatten().flatten().map(|entry| entry.path()));
    }
    files.sort();
    let mut hasher = blake3::Hasher::new();
    let mut any = false;
    for file in files {
        if let Ok(bytes) = std::fs::read(&file) {
            any = true;
            hasher.update(&bytes);
        }
    }
    if any {
        version.push('+');
        version.push_str(&hasher.finalize().to_hex()[..12]);
    }
    version
}
