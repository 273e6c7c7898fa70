//! Reports from files, folders, standard input and, where a command may ask it, the web.

use std::collections::VecDeque;
use std::io::{IsTerminal, stdin};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use maydani_core::Report;
use maydani_fetch::{Answer, Client, FetchError, Request, Settings, Validators, address};
use maydani_reader::{Options, ReadError, Source, Unread};

use crate::archive_args::WebArgs;
use crate::shared_args::{AboutArgs, KnowledgeArgs};
use crate::{knowledge, web};

/// A stream of reports; a fault is told in its turn, and the stream goes on behind it.
pub(crate) struct Reports {
    inputs: VecDeque<PathBuf>,
    about: Options,
    web: Option<Web>,
    open: Option<Open>,
    /// Bytes of the inputs that are done.
    passed: u64,
    read: Arc<AtomicU64>,
    /// Bytes that the inputs hold, where that is known beforehand.
    pub(crate) total: Option<u64>,
}

/// An input that could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InputError {
    /// Of a file.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Of an address.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// An address where none is fetched.
    #[error("{0}: is an address, and this command reads files only; `maydani ingest` fetches addresses")]
    Address(String),
}

/// An input that is being read.
enum Open {
    File(maydani_reader::Reports),
    Web(Box<dyn Iterator<Item = Result<Report, ReadError>> + Send>),
}

struct Web {
    client: Client,
    private: Vec<String>,
}

impl Reports {
    /// The reports of the inputs, in order; `about` fills what they do not say themselves.
    pub(crate) fn open(inputs: &[PathBuf], about: &AboutArgs, knowledge: &KnowledgeArgs) -> anyhow::Result<Self> {
        let no_size = |path: &PathBuf| path.as_os_str() == "-" || web::is_address(path).is_some();
        let no_input = inputs.is_empty() || inputs.iter().any(no_size);
        if inputs.is_empty() && stdin().is_terminal() {
            anyhow::bail!("nothing to read: give files or folders, or pipe reports in (see `maydani code --help`)");
        }
        let total = (!no_input).then(|| inputs.iter().map(|path| size(path)).sum());
        let inputs =
            if inputs.is_empty() { VecDeque::from([PathBuf::from("-")]) } else { inputs.iter().cloned().collect() };
        let about = Options {
            published: about.published.clone(),
            outlet: about.outlet.clone(),
            tables: knowledge::tables(knowledge)?,
            ..Options::default()
        };
        Ok(Self { inputs, about, web: None, open: None, passed: 0, read: Arc::default(), total })
    }

    /// As [`Reports::open`], and addresses are fetched.
    pub(crate) fn with_web(
        inputs: &[PathBuf],
        about: &AboutArgs,
        knowledge: &KnowledgeArgs,
        args: &WebArgs,
    ) -> anyhow::Result<Self> {
        let web = Web { client: Client::new(Settings::default()), private: args.allow_private.clone() };
        Ok(Self { web: Some(web), ..Self::open(inputs, about, knowledge)? })
    }

    /// Bytes read so far, to be looked at while another thread reads.
    pub(crate) fn read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// The same reports, to be read on other threads.
    pub(crate) fn unread(mut self) -> impl Iterator<Item = Result<Unread, InputError>> + Send {
        std::iter::from_fn(move || self.next_unread())
    }

    fn next_unread(&mut self) -> Option<Result<Unread, InputError>> {
        loop {
            let item = match &mut self.open {
                Some(Open::File(reports)) => {
                    let item = reports.next_unread();
                    self.read.store(self.passed + reports.bytes_read(), Ordering::Relaxed);
                    item
                }
                Some(Open::Web(reports)) => reports.next().map(Unread::from),
                None => None,
            };
            if let Some(item) = item {
                return Some(Ok(item));
            }
            self.passed = self.read.load(Ordering::Relaxed);
            self.open = None;
            let input = self.inputs.pop_front()?;
            match self.open_next(input) {
                Ok(open) => self.open = Some(open),
                Err(fault) => return Some(Err(fault)),
            }
        }
    }

    fn open_next(&mut self, input: PathBuf) -> Result<Open, InputError> {
        if let Some(text) = web::is_address(&input) {
            let web = self.web.as_ref().ok_or_else(|| InputError::Address(text.to_owned()))?;
            return Ok(Open::Web(Box::new(web.reports(text, &self.about)?)));
        }
        let source = if input.as_os_str() == "-" { Source::Stdin } else { Source::File(input) };
        Ok(Open::File(maydani_reader::reports([source], &self.about)))
    }
}

impl Web {
    fn reports(
        &self,
        text: &str,
        about: &Options,
    ) -> Result<impl Iterator<Item = Result<Report, ReadError>> + Send + use<>, InputError> {
        let known = Validators::default();
        let answer = self.client.get(&Request { url: &address(text)?, known: &known, private: &self.private })?;
        let options = web::options(about.published.clone(), about.outlet.clone(), Arc::clone(&about.tables));
        // «Unchanged» is only said to who knows something.
        let page = match answer {
            Answer::Page(page) => Some(page),
            Answer::Unchanged => None,
        };
        Ok(page.into_iter().flat_map(move |page| web::reports_of(page, &options)))
    }
}

impl Iterator for Reports {
    type Item = Result<Report, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.next_unread()?.and_then(|report| Ok(report.read()?)))
    }
}

/// Bytes of a file or of the files below a folder; what cannot be seen counts nothing, the reader
/// tells of it.
fn size(path: &Path) -> u64 {
    let Ok(about) = path.metadata() else { return 0 };
    if !about.is_dir() {
        return about.len();
    }
    let entries = path.read_dir().into_iter().flatten().flatten();
    // Links are not followed: one may lead back here.
    let inside = entries.filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_symlink()));
    inside.map(|entry| size(&entry.path())).sum()
}
