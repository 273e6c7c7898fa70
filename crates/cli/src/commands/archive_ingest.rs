//! `maydani ingest`: reports in, incidents in the archive.

use std::sync::atomic::{AtomicUsize, Ordering};

use maydani_archive::{Archive, ArchiveError, ReportKey};

use crate::archive_args::IngestArgs;
use crate::commands::code::threads;
use crate::exit::Outcome;
use crate::input::Reports;
use crate::intake::{Batch, code};
use crate::knowledge::Knowledge;
use crate::progress::Progress;
use crate::workers;

pub(crate) fn run(args: &IngestArgs, archive: &str) -> anyhow::Result<Outcome> {
    let reports = Reports::with_web(&args.inputs, &args.about, &args.knowledge, &args.web)?;
    let knowledge = Knowledge::load(&args.knowledge)?;
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
    let mut batch = Batch::new(crate::knowledge::version(&args.knowledge));
    let mut faults = 0_u64;
    workers::in_order(
        threads(args.threads),
        fresh,
        |report| report.as_ref().map_or(0, |report| report.text.len()),
        |report| code(&knowledge, &report.map_err(|fault| fault.to_string())?),
        |coded| {
            match coded {
                Ok(record) => {
                    progress.report(record.events.len());
                    batch.add(record, &mut store)?;
                }
                Err(fault) => {
                    faults += 1;
                    progress.say(&format!("maydani: {fault}"));
                }
            }
            Ok::<(), ArchiveError>(())
        },
    )?;
    batch.store(&mut store)?;
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
