//! What there is to review, and what became of it.

use std::collections::{BTreeMap, BTreeSet};

use maydani_core::Record;
use maydani_core::record::Event;
use serde::{Deserialize, Serialize};

use crate::decisions::event_of;
use crate::filter::Filter;
use crate::store::{Value, values};
use crate::{Archive, ArchiveError};

/// What an analyst decided on one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventState {
    /// Nothing.
    Unreviewed,
    /// It is coded right.
    Accepted,
    /// It was coded otherwise.
    Corrected,
    /// The program had missed it.
    Added,
    /// It is no event.
    Rejected,
}

/// Why an event comes early in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// The program is not sure.
    LowConfidence,
    /// Claims about its incident contradict each other.
    Conflicting,
}

/// An event to be reviewed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToReview {
    /// Its name, `report#event`.
    pub name: String,
    /// Its incident.
    pub incident: Option<String>,
    /// Why now.
    pub because: Vec<Because>,
    /// The report.
    pub report: ReportLine,
    /// The event.
    pub coded: Event,
}

/// A report, in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// Its id.
    pub id: String,
    /// The headline.
    pub title: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Day or time of publication.
    pub published: Option<String>,
}

/// Below this an event is looked at for its confidence.
const LOW: f64 = 0.6;
/// A conflict counts as much as so much less confidence.
const CONFLICT: f64 = 0.3;
/// More are not counted.
pub const MOST_TO_REVIEW: i64 = 10_000;

/// Confidence, incident, whether that is told in contradicting ways.
type Queued = (f64, Option<String>, bool);

const UNDECIDED: &str = "NOT EXISTS (SELECT 1 FROM decision_events m JOIN decisions d ON d.id = m.decision WHERE m.event = e.id
   AND d.kind IN ('accept', 'correct', 'add', 'reject') AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.revokes = d.id))";
const CONFLICTING: &str = "i.killed_low <> i.killed_high";

impl Archive {
    /// Events that fit the filter and that nobody has decided on: those that the program is least sure
    /// of and those whose incident is told in contradicting ways come first. And how many there are, up to
    /// 10,000.
    ///
    /// # Errors
    /// The store's own.
    pub fn to_review(&mut self, filter: &Filter) -> Result<(Vec<ToReview>, i64), ArchiveError> {
        let (conditions, values) = self.conditions(filter, 0)?;
        let wanted = filter.offset.saturating_add(filter.limit);
        // The queue merges two walks, each over an index, as far as this page needs.
        let walk = |more: &str| {
            format!(
                "SELECT e.id, e.confidence, i.incident, CASE WHEN {CONFLICTING} THEN 1 ELSE 0 END FROM events e
                   LEFT JOIN incidents i ON i.id = e.incident
                 WHERE {conditions} AND {UNDECIDED}{more} ORDER BY e.confidence, e.id LIMIT {wanted}"
            )
        };
        let mut queue: BTreeMap<i64, Queued> = BTreeMap::new();
        let conflicting = format!(" AND e.incident IN (SELECT i.id FROM incidents i WHERE {CONFLICTING})");
        for sql in [walk(""), walk(&conflicting)] {
            for row in self.rows(&sql, &values)? {
                queue.insert(row.int(0)?, (row.real(1)?, row.opt_text(2)?, row.int(3)? == 1));
            }
        }
        let rank = |confidence: f64, conflict: bool| confidence - if conflict { CONFLICT } else { 0.0 };
        let mut order: Vec<(i64, Queued)> = queue.into_iter().collect();
        order.sort_by(|a, b| rank(a.1.0, a.1.2).total_cmp(&rank(b.1.0, b.1.2)).then(a.0.cmp(&b.0)));
        let mut found = Vec::new();
        for (event, (confidence, incident, conflict)) in order.into_iter().skip(filter.offset).take(filter.limit) {
            found.push(self.one_to_review(event, confidence, incident, conflict)?);
        }
        let count = format!(
            "SELECT count(*) FROM (SELECT 1 FROM events e WHERE {conditions} AND {UNDECIDED} LIMIT {MOST_TO_REVIEW}) few"
        );
        Ok((found, self.number(&count, &values)?))
    }

    fn one_to_review(
        &mut self,
        event: i64,
        confidence: f64,
        incident: Option<String>,
        conflict: bool,
    ) -> Result<ToReview, ArchiveError> {
        let row = self
            .first(
                "SELECT r.report, e.event, e.ordinal, d.data, v.title, v.outlet, v.url, v.published FROM events e
                   JOIN event_data d ON d.event = e.id JOIN reports r ON r.id = e.report
                   JOIN versions v ON v.report = r.id AND v.number = r.version WHERE e.id = ?1",
                values![event],
            )?
            .ok_or_else(|| ArchiveError::Damaged(format!("event row {event} is gone")))?;
        let report = row.text(0)?.to_owned();
        let mut because = Vec::new();
        if confidence < LOW {
            because.push(Because::LowConfidence);
        }
        if conflict {
            because.push(Because::Conflicting);
        }
        Ok(ToReview {
            name: maydani_linking::facts::event_key(&report, row.text(1)?, row.int(2)?.unsigned_abs() as usize),
            incident,
            because,
            report: ReportLine {
                id: report,
                title: row.opt_text(4)?,
                outlet: row.opt_text(5)?,
                url: row.opt_text(6)?,
                published: row.opt_text(7)?,
            },
            coded: event_of(&row, 3)?,
        })
    }

    /// What was decided on events, by their rows, and by which decision; of several what weighs most.
    pub(crate) fn event_states(
        &mut self,
        events: &[i64],
    ) -> Result<BTreeMap<i64, (EventState, Option<i64>)>, ArchiveError> {
        let mut states = BTreeMap::new();
        for event in events {
            let mut best = (EventState::Unreviewed, None);
            for row in self.rows(
                "SELECT d.id, d.kind FROM decision_events m JOIN decisions d ON d.id = m.decision WHERE m.event = ?1
                   AND d.kind IN ('accept', 'correct', 'add', 'reject') AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.revokes = d.id)
                 ORDER BY d.id",
                values![*event],
            )? {
                let state = match row.text(1)? {
                    "reject" => EventState::Rejected,
                    "add" => EventState::Added,
                    "correct" => EventState::Corrected,
                    _ => EventState::Accepted,
                };
                best = best.max((state, Some(row.int(0)?)));
            }
            states.insert(*event, best);
        }
        Ok(states)
    }

    /// The states of events by their names; of names that no current event bears, none.
    ///
    /// # Errors
    /// The store's own.
    pub fn states_of(&mut self, names: &[String]) -> Result<BTreeMap<String, EventState>, ArchiveError> {
        let mut found = BTreeMap::new();
        for name in names {
            let Ok(row) = self.event_row(name) else { continue };
            let states = self.event_states(&[row])?;
            found.insert(name.clone(), states.get(&row).map_or(EventState::Unreviewed, |(state, _)| *state));
        }
        Ok(found)
    }

    /// Ids of reports on whose events anything was decided, in the order in which they were stored.
    ///
    /// # Errors
    /// The store's own.
    pub fn reviewed_reports(&mut self) -> Result<Vec<String>, ArchiveError> {
        self.rows(
            "SELECT r.report FROM reports r WHERE r.report IN (SELECT m.report FROM decision_events m JOIN decisions d ON d.id = m.decision
               WHERE d.kind IN ('accept', 'correct', 'add', 'reject') AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.revokes = d.id))
             ORDER BY r.id",
            &[],
        )?
        .iter()
        .map(|row| Ok(row.text(0)?.to_owned()))
        .collect()
    }

    /// A report with the events that analysts let stand, and whether every event of it was decided on.
    ///
    /// # Errors
    /// The archive holds no such report.
    pub fn reviewed(&mut self, report: &str) -> Result<(Record, bool), ArchiveError> {
        let mut record = self.record(report)?;
        let rows = self.rows(
            "SELECT e.id FROM events e JOIN reports r ON r.id = e.report WHERE r.report = ?1 AND e.current = 1 ORDER BY e.ordinal",
            values![report],
        )?;
        let rows: Vec<i64> = rows.iter().map(|row| row.int(0)).collect::<Result<_, _>>()?;
        let states = self.event_states(&rows)?;
        let state = |at: usize| rows.get(at).and_then(|row| states.get(row)).map(|(state, _)| *state);
        let whole = (0..rows.len()).all(|at| state(at) != Some(EventState::Unreviewed));
        let mut at = 0..;
        record.events.retain(|_| {
            let state = at.next().and_then(state);
            !matches!(state, None | Some(EventState::Rejected | EventState::Unreviewed))
        });
        Ok((record, whole))
    }

    /// The incidents that hold the events of a decision now, and the events' names.
    ///
    /// # Errors
    /// The store's own.
    pub fn concerned(&mut self, decision: i64) -> Result<(Vec<String>, Vec<String>), ArchiveError> {
        let decision = self
            .first("SELECT coalesce(revokes, id) FROM decisions WHERE id = ?1", values![decision])?
            .map_or(Ok(decision), |row| row.int(0))?;
        let rows = self.rows(
            "SELECT e.event, e.ordinal, m.report, i.incident FROM decision_events m JOIN events e ON e.id = m.event
               LEFT JOIN incidents i ON i.id = e.incident WHERE m.decision = ?1 ORDER BY m.ordinal",
            &[Value::Int(decision)],
        )?;
        let (mut incidents, mut events) = (BTreeSet::new(), Vec::new());
        for row in rows {
            events.push(maydani_linking::facts::event_key(
                row.text(2)?,
                row.text(0)?,
                row.int(1)?.unsigned_abs() as usize,
            ));
            incidents.extend(row.opt_text(3)?);
        }
        Ok((incidents.into_iter().collect(), events))
    }
}
