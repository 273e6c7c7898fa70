//! Reports from files, folders and standard input.

use std::io::{IsTerminal, stdin};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use maydani_core::Report;
use maydani_reader::{Options, ReadError, Source, Unread};

use crate::args::AboutArgs;

/// A stream of reports; a fault is told in its turn, and the stream goes on behind it.
pub(crate) struct Reports {
    items: maydani_reader::Reports,
    read: Arc<AtomicU64>,
    /// Bytes that the inputs hold, where that is known beforehand.
    pub(crate) total: Option<u64>,
}

impl Reports {
    /// The reports of the inputs, in order; `about` fills what they do not say themselves.
    pub(crate) fn open(inputs: &[PathBuf], about: &AboutArgs) -> anyhow::Result<Self> {
        let no_input = inputs.is_empty() || inputs.iter().any(|path| path.as_os_str() == "-");
        if inputs.is_empty() && stdin().is_terminal() {
            anyhow::bail!("nothing to read: give files or folders, or pipe reports in (see `maydani code --help`)");
        }
        let source = |path: &PathBuf| if path.as_os_str() == "-" { Source::Stdin } else { Source::File(path.clone()) };
        let sources: Vec<Source> = match inputs {
            [] => vec![Source::Stdin],
            inputs => inputs.iter().map(source).collect(),
        };
        let options =
            Options { published: about.published.clone(), outlet: about.outlet.clone(), ..Options::default() };
        Ok(Self {
            items: maydani_reader::reports(sources, &options),
            read: Arc::default(),
            total: (!no_input).then(|| inputs.iter().map(|path| size(path)).sum()),
        })
    }

    /// Bytes read so far, to be looked at while another thread reads.
    pub(crate) fn read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// The same reports, to be read on other threads.
    pub(crate) fn unread(mut self) -> impl Iterator<Item = Unread> + Send {
        std::iter::from_fn(move || {
            let next = self.items.next_unread();
            self.note_read();
            next
        })
    }

    fn note_read(&self) {
        self.read.store(self.items.bytes_read(), Ordering::Relaxed);
    }
}

impl Iterator for Reports {
    type Item = Result<Report, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.items.next();
        self.note_read();
        next
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
