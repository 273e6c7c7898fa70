//! Codes stored reports anew, after the codebook changed.

use jiff::Timestamp;
use maydani_core::record::{ControlStatement, Event};
use maydani_core::{Record, Report};
use serde::{Deserialize, Serialize};

use crate::store::values;
use crate::{Archive, ArchiveError};

/// Reports coded in one transaction.
const BATCH: i64 = 100;

/// What recoding changes in one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The report.
    pub report: String,
    /// Events that are no longer coded so.
    pub gone: Vec<Event>,
    /// Events that were not coded so before.
    pub new: Vec<Event>,
    /// Statements of control that are no longer coded so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements_gone: Vec<ControlStatement>,
    /// Statements of control that were not coded so before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements_new: Vec<ControlStatement>,
}

/// What recoding did, or would do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recoded {
    /// Reports coded anew.
    pub reports: usize,
    /// Reports whose events or statements of control changed.
    pub changed: usize,
    /// Events no longer coded so.
    pub gone: usize,
    /// Events not coded so before.
    pub new: usize,
    /// Statements of control no longer coded so.
    pub statements_gone: usize,
    /// Statements of control not coded so before.
    pub statements_new: usize,
}

impl Archive {
    /// Codes every stored report anew with `code`. What changes is handed to `each`; it is stored, and
    /// the old coding kept as history, where `write` says so: call [`Archive::link`] then.
    ///
    /// # Errors
    /// The store's own, and those of `each`.
    pub fn recode(
        &mut self,
        code: &mut dyn FnMut(&Report) -> Record,
        codebook: &str,
        now: Timestamp,
        write: bool,
        each: &mut dyn FnMut(&Change) -> Result<(), ArchiveError>,
    ) -> Result<Recoded, ArchiveError> {
        let now = now.to_string();
        let mut done = Recoded::default();
        let mut after = 0;
        loop {
            let next = if write {
                self.transaction(|archive| archive.recode_batch(after, code, codebook, Some(&now), each, &mut done))?
            } else {
                self.recode_batch(after, code, codebook, None, each, &mut done)?
            };
            match next {
                Some(last) => after = last,
                None => return Ok(done),
            }
        }
    }

    fn recode_batch(
        &mut self,
        after: i64,
        code: &mut dyn FnMut(&Report) -> Record,
        codebook: &str,
        write: Option<&str>,
        each: &mut dyn FnMut(&Change) -> Result<(), ArchiveError>,
        done: &mut Recoded,
    ) -> Result<Option<i64>, ArchiveError> {
        let rows = self.rows(
            "SELECT r.id, r.report, v.id, v.url, v.outlet, v.section, v.title, v.published, v.text
             FROM reports r JOIN versions v ON v.report = r.id AND v.number = r.version WHERE r.id > ?1 ORDER BY r.id LIMIT ?2",
            values![after, BATCH],
        )?;
        let mut last = None;
        for row in rows {
            let (report, version) = (row.int(0)?, row.int(2)?);
            last = Some(report);
            let read = Report {
                id: Some(row.text(1)?.to_owned()),
                url: row.opt_text(3)?,
                outlet: row.opt_text(4)?,
                section: row.opt_text(5)?,
                title: row.opt_text(6)?,
                published: row.opt_text(7)?,
                text: row.text(8)?.to_owned(),
                ..Report::default()
            };
            let record = code(&read);
            let (events, statements) = (self.machine_events(version)?, self.statements_of(report)?);
            done.reports += 1;
            let change = difference(row.text(1)?, &events, &statements, &record);
            if let Some((change, _)) = &change {
                done.changed += 1;
                done.gone += change.gone.len();
                done.new += change.new.len();
                done.statements_gone += change.statements_gone.len();
                done.statements_new += change.statements_new.len();
                each(change)?;
            }
            let Some(now) = write else { continue };
            if change.as_ref().is_some_and(|(_, events)| *events) {
                let replaced = self.retire(report)?;
                self.store_coding(&record, report, version, &replaced, codebook, now)?;
                continue;
            }
            let coding = self.number(
                "INSERT INTO codings (version, codebook, coded_at, events, same_as)
                 SELECT ?1, ?2, ?3, c.events, coalesce(c.same_as, c.id) FROM codings c
                 WHERE c.version = ?1 AND c.decided = 0 ORDER BY c.id DESC LIMIT 1 RETURNING id",
                values![version, codebook, now],
            )?;
            if change.is_some() {
                self.store_statements(&record, (coding, report))?;
            }
        }
        Ok(last)
    }
}

/// What differs between two codings, the derivations left aside, and whether their events do; `None` where
/// nothing does.
fn difference(report: &str, events: &[Event], statements: &[ControlStatement], new: &Record) -> Option<(Change, bool)> {
    let bare = |events: &[Event]| -> Vec<Event> {
        events.iter().map(|event| Event { why: Vec::new(), ..event.clone() }).collect()
    };
    let bare_said = |statements: &[ControlStatement]| -> Vec<ControlStatement> {
        statements.iter().map(|said| ControlStatement { why: Vec::new(), ..said.clone() }).collect()
    };
    let (old, coded) = (bare(events), bare(&new.events));
    let (said, say) = (bare_said(statements), bare_said(&new.control));
    if old == coded && said == say {
        return None;
    }
    let change = Change {
        report: report.to_owned(),
        gone: without(&old, &coded),
        new: without(&coded, &old),
        statements_gone: without(&said, &say),
        statements_new: without(&say, &said),
    };
    Some((change, old != coded))
}

fn without<T: Clone + PartialEq>(all: &[T], others: &[T]) -> Vec<T> {
    all.iter().filter(|one| !others.contains(one)).cloned().collect()
}
