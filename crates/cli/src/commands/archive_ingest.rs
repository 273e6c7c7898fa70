//! `maydani ingest`: reports in, incidents in the archive.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use maydani_archive::{Archive, ArchiveError, Ingested, ReportKey};
use maydani_core::Record;
use maydani_reader::ReadError;

use crate::archive_args::IngestArgs;
use crate::commands::code::threads;
use crate::exit::Outcome;
use crate::input::Reports;
use crate::knowledge::Knowledge;
use crate::progress::Progress;
use crate::workers;

/// Reports stored in one transaction, at most.
const BATCH: usize = 256;
/// A report waits no longer than this to be stored.
const PATIENCE: Duration = Duration::from_millis(500);

pub(crate) fn run(args: &IngestArgs, archive: &str) -> anyhow::Result<Outcome> {
    let reports = Reports::open(&args.inputs, &args.about)?;
    let knowledge = Knowledge::load(&args.knowledge)?;
    let codebook = crate::knowledge::version(&args.knowledge);
    let mut store = Archive::open(archive)?;
    // A second door to the archive for the thread that reads: what is held is not coded again.
    let mut held = Archive::open(archive)?;
    let passed = AtomicUsize::new(0);
    let mut progress = Progress::new(&reports);
    let fresh = reports.filter(|report| match report {
        Ok(report) => {
            let known =
                report.id.as_deref().is_some_and(|id| held.holds(&ReportKey::new(id, &report.text)).unwrap_or(false));
            passed.fetch_add(usize::from(known), Ordering::Relaxed);
            !known
        }
        Err(_) => true,
    });
    let mut batch = Batch { records: Vec::new(), since: Instant::now(), done: Ingested::default() };
    let mut faults = 0_u64;
    workers::in_order(
        threads(args.threads),
        fresh,
        |report| report.as_ref().map_or(0, |report| report.text.len()),
        |report| code(&knowledge, report),
        |coded| {
            match coded {
                Ok(record) => {
                    progress.report(record.events.len());
                    batch.records.push(record);
                    if batch.records.len() >= BATCH || batch.since.elapsed() >= PATIENCE {
                        batch.store(&mut store, &codebook)?;
                    }
                }
                Err(fault) => {
                    faults += 1;
                    progress.say(&format!("maydani: {fault}"));
                }
            }
            Ok::<(), ArchiveError>(())
        },
    )?;
    batch.store(&mut store, &codebook)?;
    progress.say("linking");
    let linked = store.link()?;
    drop(progress);
    let known = batch.done.known + passed.load(Ordering::Relaxed);
    eprintln!(
        "{} new reports, {} changed, {known} held already; {} events; {} incidents made or changed",
        batch.done.new, batch.done.changed, batch.done.events, linked.incidents
    );
    Ok(if faults == 0 { Outcome::Done } else { Outcome::SomeInputFailed })
}

/// Codes one report. A defect of the coder that one report brings to light must not cost the others.
fn code(knowledge: &Knowledge, report: Result<maydani_core::Report, ReadError>) -> Result<Record, String> {
    let report = report.map_err(|fault| fault.to_string())?;
    catch_unwind(AssertUnwindSafe(|| knowledge.code(&report))).map_err(|_| {
        let start: String = report.text.chars().take(40).collect();
        let which = report.id.as_deref().unwrap_or(&start);
        format!("report {which}: not coded, because of a defect in Maydani; please report it with the text")
    })
}

struct Batch {
    records: Vec<Record>,
    since: Instant,
    done: Ingested,
}

impl Batch {
    fn store(&mut self, archive: &mut Archive, codebook: &str) -> Result<(), ArchiveError> {
        if !self.records.is_empty() {
            self.done = self.done.and(archive.ingest(&self.records, codebook, Timestamp::now())?);
            self.records.clear();
        }
        self.since = Instant::now();
        Ok(())
    }
}
