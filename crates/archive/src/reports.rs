//! One report as a reader sees it: its events, what was decided on them, and related reports.

use maydani_core::record::{Event, RecordReport};
use serde::{Deserialize, Serialize};

use crate::decisions::event_of;
use crate::review::EventState;
use crate::store::values;
use crate::{Archive, ArchiveError};

/// A report with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportView {
    /// The report.
    pub report: RecordReport,
    /// Its events, in the order of their passages.
    pub events: Vec<ReportEvent>,
    /// Its versions, the first one first.
    pub versions: Vec<Version>,
    /// Reports that tell the same.
    pub related: Vec<Related>,
}

/// An event of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportEvent {
    /// Its name, `report#event`.
    pub name: String,
    /// Its incident.
    pub incident: Option<String>,
    /// What was decided on it.
    pub state: EventState,
    /// By which decision.
    pub decision: Option<i64>,
    /// The event.
    pub coded: Event,
}

/// A version of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its number, from 1.
    pub number: i64,
    /// When it was stored.
    pub stored_at: String,
}

/// Why a report is related to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Its text is nearly the same.
    Reprint,
    /// It tells of the same incident.
    SameIncident,
}

/// A related report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Related {
    /// Its id.
    pub report: String,
    /// The headline.
    pub title: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// Day or time of publication.
    pub published: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Why.
    pub why: Relation,
    /// Of a reprint: the share of the text that is the same, 0 to 1.
    pub likeness: Option<f64>,
}

/// As many related reports are given.
const MOST_RELATED: usize = 30;

impl Archive {
    /// A report as a reader sees it.
    ///
    /// # Errors
    /// The archive holds no such report.
    pub fn report_view(&mut self, id: &str) -> Result<ReportView, ArchiveError> {
        let report = self.record(id)?.report;
        let rows = self.rows(
            "SELECT e.id, e.event, e.ordinal, d.data, i.incident FROM events e JOIN event_data d ON d.event = e.id
               JOIN reports r ON r.id = e.report LEFT JOIN incidents i ON i.id = e.incident
             WHERE r.report = ?1 AND e.current = 1 ORDER BY e.ordinal",
            values![id],
        )?;
        let ids: Vec<i64> = rows.iter().map(|row| row.int(0)).collect::<Result<_, _>>()?;
        let states = self.event_states(&ids)?;
        let mut events = Vec::with_capacity(rows.len());
        for row in &rows {
            let (state, decision) = states.get(&row.int(0)?).copied().unwrap_or((EventState::Unreviewed, None));
            events.push(ReportEvent {
                name: maydani_linking::facts::event_key(id, row.text(1)?, row.int(2)?.unsigned_abs() as usize),
                incident: row.opt_text(4)?,
                state,
                decision,
                coded: event_of(row, 3)?,
            });
        }
        let versions = self
            .rows(
                "SELECT v.number, v.stored_at FROM versions v JOIN reports r ON r.id = v.report WHERE r.report = ?1 ORDER BY v.number",
                values![id],
            )?
            .iter()
            .map(|row| Ok(Version { number: row.int(0)?, stored_at: row.text(1)?.to_owned() }))
            .collect::<Result<_, ArchiveError>>()?;
        let related = self.related(id)?;
        Ok(ReportView { report, events, versions, related })
    }

    fn related(&mut self, id: &str) -> Result<Vec<Related>, ArchiveError> {
        const COLUMNS: &str = "o.report, v.title, v.outlet, v.published, v.url";
        let reprints = self.rows(
            &format!(
                "SELECT {COLUMNS}, n.likeness FROM (SELECT b AS other, likeness FROM near_duplicates n JOIN reports r ON r.id = n.a
                     WHERE r.report = ?1 UNION ALL
                   SELECT a AS other, likeness FROM near_duplicates n JOIN reports r ON r.id = n.b WHERE r.report = ?1) n
                   JOIN reports o ON o.id = n.other JOIN versions v ON v.report = o.id AND v.number = o.version
                 ORDER BY n.likeness DESC, o.report LIMIT {MOST_RELATED}"
            ),
            values![id],
        )?;
        let told = self.rows(
            &format!(
                "SELECT DISTINCT {COLUMNS} FROM events e JOIN reports r ON r.id = e.report JOIN events s ON s.incident = e.incident
                   JOIN reports o ON o.id = s.report JOIN versions v ON v.report = o.id AND v.number = o.version
                 WHERE r.report = ?1 AND e.current = 1 AND o.id <> r.id ORDER BY v.published, o.report LIMIT {MOST_RELATED}"
            ),
            values![id],
        )?;
        let mut related: Vec<Related> = Vec::new();
        for (rows, why) in [(reprints, Relation::Reprint), (told, Relation::SameIncident)] {
            for row in rows {
                let report = row.text(0)?.to_owned();
                if related.len() < MOST_RELATED && related.iter().all(|known| known.report != report) {
                    related.push(Related {
                        report,
                        title: row.opt_text(1)?,
                        outlet: row.opt_text(2)?,
                        published: row.opt_text(3)?,
                        url: row.opt_text(4)?,
                        why,
                        likeness: if why == Relation::Reprint { row.opt_real(5)? } else { None },
                    });
                }
            }
        }
        Ok(related)
    }
}
