//! Checks, counts, backs up and restores.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::archive::is_postgres;
use crate::store::{Dialect, Sqlite, Store};
use crate::{Archive, ArchiveError, store};

/// A fault that a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What is wrong.
    pub what: String,
}

/// Counts of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// Reports.
    pub reports: i64,
    /// Versions of them.
    pub versions: i64,
    /// Codings.
    pub codings: i64,
    /// Codebooks that coded them.
    pub codebooks: i64,
    /// Current events.
    pub events: i64,
    /// Current statements of who holds a place.
    pub statements: i64,
    /// Events not linked yet.
    pub unlinked: i64,
    /// Pairs of events that speak for one incident, or nearly.
    pub links: i64,
    /// Incidents.
    pub incidents: i64,
    /// Incidents that more than one report tells.
    pub shared_incidents: i64,
    /// Groups of near-duplicate reports with two or more members.
    pub reprinted: i64,
    /// Reports in them.
    pub reprints: i64,
    /// Decisions of analysts.
    pub decisions: i64,
    /// Decided events that no current coding has.
    pub lost_anchors: i64,
    /// First and last day of publication.
    pub first_day: Option<String>,
    /// As above.
    pub last_day: Option<String>,
    /// Bytes on the disk.
    pub bytes: u64,
}

/// What must hold: a sentence, and a statement that counts where it does not.
const RULES: &[(&str, &str)] = &[
    (
        "reports without their current version",
        "SELECT count(*) FROM reports r WHERE NOT EXISTS (SELECT 1 FROM versions v WHERE v.report = r.id AND v.number = r.version)",
    ),
    ("versions without a coding", "SELECT count(*) FROM versions v WHERE NOT EXISTS (SELECT 1 FROM codings c WHERE c.version = v.id)"),
    (
        "codings that lack events",
        "SELECT count(*) FROM codings c WHERE c.same_as IS NULL AND c.events <> (SELECT count(*) FROM events e WHERE e.coding = c.id)",
    ),
    (
        "current events of a version that is not current",
        "SELECT count(*) FROM events e JOIN codings c ON c.id = e.coding JOIN versions v ON v.id = c.version JOIN reports r ON r.id = e.report
         WHERE e.current = 1 AND (v.report <> r.id OR v.number <> r.version)",
    ),
    ("events without their data", "SELECT count(*) FROM events e WHERE NOT EXISTS (SELECT 1 FROM event_data d WHERE d.event = e.id)"),
    ("linked events without an incident", "SELECT count(*) FROM events WHERE current = 1 AND linked = 1 AND incident IS NULL"),
    ("old events in an incident", "SELECT count(*) FROM events WHERE current = 0 AND incident IS NOT NULL"),
    (
        "incidents whose count of events is wrong",
        "SELECT count(*) FROM incidents i WHERE i.events = 0 OR (i.events <> (SELECT count(*) FROM events e WHERE e.incident = i.id)
           AND NOT EXISTS (SELECT 1 FROM events e WHERE e.incident = i.id AND e.linked <> 1)
           AND NOT EXISTS (SELECT 1 FROM events e WHERE e.current = 1 AND e.linked <> 1))",
    ),
    (
        "places or actors of old events",
        "SELECT (SELECT count(*) FROM event_places p JOIN events e ON e.id = p.event WHERE e.current = 0)
           + (SELECT count(*) FROM event_actors a JOIN events e ON e.id = a.event WHERE e.current = 0)",
    ),
    (
        "links of old events",
        "SELECT count(*) FROM links l JOIN events a ON a.id = l.a JOIN events b ON b.id = l.b WHERE a.current = 0 OR b.current = 0",
    ),
    ("keys of old events", "SELECT count(*) FROM link_keys k LEFT JOIN events e ON e.id = k.event WHERE e.id IS NULL OR e.current = 0"),
    (
        "current statements of a version that is not current",
        "SELECT count(*) FROM statements s JOIN codings c ON c.id = s.coding JOIN versions v ON v.id = c.version JOIN reports r ON r.id = s.report
         WHERE s.current = 1 AND (v.report <> r.id OR v.number <> r.version)",
    ),
    ("reports whose voice is gone", "SELECT count(*) FROM reports r LEFT JOIN reports v ON v.id = r.voice WHERE v.id IS NULL"),
    ("other names of incidents that are gone", "SELECT count(*) FROM incident_aliases a LEFT JOIN incidents i ON i.incident = a.incident WHERE i.id IS NULL"),
];

impl Archive {
    /// Looks for faults: of the store, and of what must hold between its tables.
    ///
    /// # Errors
    /// The store's own.
    pub fn check(&mut self) -> Result<Vec<Fault>, ArchiveError> {
        let mut faults: Vec<Fault> = self.store.check()?.into_iter().map(|what| Fault { what }).collect();
        let indexed = match self.store.dialect() {
            Dialect::Sqlite => "SELECT (SELECT count(*) FROM reports) - (SELECT count(*) FROM report_text_docsize)",
            Dialect::Postgres => "SELECT (SELECT count(*) FROM reports) - (SELECT count(*) FROM report_text)",
        };
        let mut rules: Vec<(&str, &str)> = RULES.to_vec();
        rules.push(("reports missing from the search", indexed));
        for (what, sql) in rules {
            let count = self.number(sql, &[])?;
            if count != 0 {
                faults.push(Fault { what: format!("{count} {what}") });
            }
        }
        Ok(faults)
    }

    /// Counts.
    ///
    /// # Errors
    /// The store's own.
    pub fn stats(&mut self) -> Result<Stats, ArchiveError> {
        let mut count = |sql: &str| self.number(sql, &[]);
        let (reports, versions, codings) = (
            count("SELECT count(*) FROM reports")?,
            count("SELECT count(*) FROM versions")?,
            count("SELECT count(*) FROM codings")?,
        );
        let codebooks = count("SELECT count(DISTINCT codebook) FROM codings")?;
        let events = count("SELECT count(*) FROM events WHERE current = 1")?;
        let statements = count("SELECT count(*) FROM statements WHERE current = 1")?;
        let unlinked = count("SELECT count(*) FROM events WHERE current = 1 AND linked <> 1")?;
        let (links, incidents) = (count("SELECT count(*) FROM links")?, count("SELECT count(*) FROM incidents")?);
        let shared_incidents = count("SELECT count(*) FROM incidents WHERE reports > 1")?;
        let reprinted = count("SELECT count(*) FROM (SELECT voice FROM reports GROUP BY voice HAVING count(*) > 1) g")?;
        let reprints = count(
            "SELECT count(*) FROM reports WHERE voice IN (SELECT voice FROM reports GROUP BY voice HAVING count(*) > 1)",
        )?;
        let decisions = count("SELECT count(*) FROM decisions")?;
        let lost_anchors = count("SELECT count(*) FROM decision_events WHERE event IS NULL")?;
        let days = self.first("SELECT min(day), max(day) FROM reports WHERE day > -1000000", &[])?;
        let day = |at: usize| -> Result<Option<String>, ArchiveError> {
            Ok(days.as_ref().map(|row| row.opt_int(at)).transpose()?.flatten().and_then(crate::stored_day::iso))
        };
        let (first_day, last_day) = (day(0)?, day(1)?);
        let bytes = self.store.bytes()?;
        Ok(Stats {
            reports,
            versions,
            codings,
            codebooks,
            events,
            statements,
            unlinked,
            links,
            incidents,
            shared_incidents,
            reprinted,
            reprints,
            decisions,
            lost_anchors,
            first_day,
            last_day,
            bytes,
        })
    }

    /// Writes a copy of the whole archive, as it is now, to a new SQLite file. Others may go on
    /// writing. The copy is checked before it bears its name.
    ///
    /// # Errors
    /// The file exists, cannot be written, or the copy is faulty.
    pub fn backup(&mut self, path: &Path) -> Result<(), ArchiveError> {
        let file = |source: std::io::Error| ArchiveError::File { path: path.display().to_string(), source };
        if path.exists() {
            return Err(file(std::io::Error::new(
                std::io::ErrorKind::AlreadyExists,
                "exists already; name a new file",
            )));
        }
        let part = path.with_extension("part");
        let _ = std::fs::remove_file(&part);
        match self.store.dialect() {
            Dialect::Sqlite => self.store.copy_to(&part)?,
            Dialect::Postgres => {
                let mut copy = Sqlite::open(&part)?;
                store::copy::copy(self.store.as_mut(), &mut copy)?;
                copy.script("PRAGMA journal_mode = DELETE")?;
            }
        }
        let mut copy = Self::open(&part.display().to_string())?;
        let faults = copy.check()?;
        copy.store.script("PRAGMA journal_mode = DELETE")?;
        drop(copy);
        if let Some(fault) = faults.first() {
            return Err(ArchiveError::Damaged(format!("the copy is faulty: {}", fault.what)));
        }
        std::fs::rename(&part, path).map_err(file)
    }

    /// Makes an archive at a new location out of a backup.
    ///
    /// # Errors
    /// The backup is faulty, or the location holds an archive already.
    pub fn restore(backup: &Path, location: &str) -> Result<(), ArchiveError> {
        if !backup.exists() {
            let source = std::io::Error::new(std::io::ErrorKind::NotFound, "no such file");
            return Err(ArchiveError::File { path: backup.display().to_string(), source });
        }
        if is_postgres(location) {
            let mut target = Self::open(location)?;
            if target.number("SELECT count(*) FROM reports", &[])? > 0 {
                return Err(ArchiveError::Open {
                    location: location.to_owned(),
                    what: "holds reports already; name an empty database".into(),
                });
            }
            let mut source = Sqlite::open(backup)?;
            return store::copy::copy(&mut source, target.store.as_mut());
        }
        let mut source = Self::open(&backup.display().to_string())?;
        source.backup(Path::new(location))
    }
}
