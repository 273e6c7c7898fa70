//! Codes reports and stores them, for `ingest` and `watch`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use maydani_archive::{Archive, ArchiveError, Ingested};
use maydani_core::{Record, Report};
use maydani_reader::ReadError;

use crate::knowledge::Knowledge;

/// Reports stored in one transaction, at most.
const BATCH: usize = 256;
/// A report waits no longer than this to be stored.
const PATIENCE: Duration = Duration::from_millis(500);

/// Codes one report. A defect of the coder that one report brings to light must not cost the others.
pub(crate) fn code(knowledge: &Knowledge, report: &Report) -> Result<Record, String> {
    catch_unwind(AssertUnwindSafe(|| knowledge.code(report))).map_err(|_| {
        let start: String = report.text.chars().take(40).collect();
        let which = report.id.as_deref().unwrap_or(&start);
        format!("report {which}: not coded, because of a defect in Maydani; please report it with the text")
    })
}

/// Reads on as long as reading brings no defect of Maydani to light: a run of weeks must not end at one page.
pub(crate) fn careful<T>(
    mut items: impl Iterator<Item = Result<T, ReadError>>,
    address: &str,
) -> impl Iterator<Item = Result<T, String>> {
    let mut is_sound = true;
    std::iter::from_fn(move || {
        if !is_sound {
            return None;
        }
        let Ok(item) = catch_unwind(AssertUnwindSafe(|| items.next())) else {
            is_sound = false;
            return Some(Err(format!(
                "{address}: not read, because of a defect in Maydani; please report it with the page"
            )));
        };
        Some(item?.map_err(|fault| fault.to_string()))
    })
}

/// Coded reports on their way into the archive.
pub(crate) struct Batch {
    records: Vec<Record>,
    since: Instant,
    codebook: String,
    /// What became of those stored.
    pub(crate) done: Ingested,
}

impl Batch {
    /// An empty one, of reports coded by this codebook.
    pub(crate) fn new(codebook: String) -> Self {
        Self { records: Vec::new(), since: Instant::now(), codebook, done: Ingested::default() }
    }

    /// Takes a report; stores all of them when they are many or have waited.
    pub(crate) fn add(&mut self, record: Record, archive: &mut Archive) -> Result<(), ArchiveError> {
        self.records.push(record);
        if self.records.len() >= BATCH || self.since.elapsed() >= PATIENCE {
            self.store(archive)?;
        }
        Ok(())
    }

    /// Stores all of them. When it returns, they are on the disk.
    pub(crate) fn store(&mut self, archive: &mut Archive) -> Result<(), ArchiveError> {
        if !self.records.is_empty() {
            self.done = self.done.and(archive.ingest(&self.records, &self.codebook, Timestamp::now())?);
            self.records.clear();
        }
        self.since = Instant::now();
        Ok(())
    }
}
