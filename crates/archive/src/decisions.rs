//! What analysts decide: one occurrence, two, no event at all; and the state of a review. Stored for
//! good, found again after recoding, taken back only by another decision.

use std::collections::BTreeSet;

use jiff::Timestamp;
use maydani_core::record::Event;
use serde::{Deserialize, Serialize};

use crate::store::{Row, values};
use crate::{Archive, ArchiveError};

/// A decision to be made. Events are named by their ids as the archive gives them (`report#event`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Decision {
    /// These incidents are one occurrence.
    Merge {
        /// Their ids.
        incidents: Vec<String>,
    },
    /// These events of an incident are another occurrence than the rest of it.
    Split {
        /// The incident.
        incident: String,
        /// The events that leave it.
        events: Vec<String>,
    },
    /// These are no events: the program misread the report.
    Reject {
        /// The events.
        events: Vec<String>,
    },
    /// The incident was looked at.
    Review {
        /// The incident.
        incident: String,
        /// `confirmed`, `disputed`, `rejected` or `unreviewed`.
        state: String,
    },
    /// These events are coded right.
    Accept {
        /// The events.
        events: Vec<String>,
    },
    /// An event is to be coded otherwise.
    Correct {
        /// The event.
        event: String,
        /// What it should be; of its passages only the spans count, its id stays.
        to: Box<Event>,
    },
    /// The program missed an event.
    Add {
        /// The report.
        report: String,
        /// The event; of its passages only the spans count, its id is made.
        to: Box<Event>,
    },
    /// An earlier decision is taken back.
    Revoke {
        /// Its number.
        decision: i64,
    },
}

/// States of a review.
pub const STATES: [&str; 4] = ["unreviewed", "confirmed", "disputed", "rejected"];

/// A decision that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Its number.
    pub id: i64,
    /// When.
    pub made_at: String,
    /// By whom.
    pub made_by: String,
    /// `together`, `apart`, `reject`, `review`, `accept`, `correct`, `add`, `revoke`.
    pub kind: String,
    /// What the analyst wrote.
    pub note: Option<String>,
    /// The state, of a review.
    pub state: Option<String>,
    /// Which decision it takes back.
    pub revokes: Option<i64>,
    /// Whether it was taken back.
    pub revoked: bool,
    /// Its events; an event that no current coding has is `null`.
    pub events: Vec<Option<String>>,
}

/// An incident that a merge took in, and how many of the merge's events were its.
#[derive(Debug, Serialize, Deserialize)]
struct Merged {
    incident: String,
    events: usize,
}

/// How an event is found again when its report has been coded anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The id in the record.
    pub event: String,
    /// The sub-event type.
    pub kind: String,
    /// First code point of the principal passage.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
    /// The principal passage.
    pub passage: String,
}

impl Anchor {
    pub(crate) fn of(event: &Event) -> Self {
        let principal = event.evidence.first().unwrap_or(&event.trigger);
        Self {
            event: event.id.clone(),
            kind: event.sub_event_type.code().to_owned(),
            start: principal.start,
            end: principal.end,
            passage: principal.text.clone(),
        }
    }

    /// Of several, the one that it fits best, if any.
    pub(crate) fn best<'a>(&self, others: impl Iterator<Item = (&'a Self, i64)>) -> Option<i64> {
        others
            .map(|(other, id)| (self.fit(other), id))
            .filter(|(fit, _)| *fit > 0)
            .max_by_key(|(fit, id)| (*fit, std::cmp::Reverse(*id)))
            .map(|(_, id)| id)
    }

    /// How well it fits an event: 0 not at all. The id decides; then the passage, then the type.
    fn fit(&self, other: &Self) -> u32 {
        if !self.event.is_empty() && self.event == other.event && self.kind == other.kind {
            return u32::MAX;
        }
        let shared = self.end.min(other.end).saturating_sub(self.start.max(other.start));
        let same_words = self.passage == other.passage;
        if shared == 0 && !same_words {
            return 0;
        }
        let kind = u32::from(self.kind == other.kind) * 10_000;
        kind + u32::from(same_words) * 5_000 + shared.min(4_000) + 1
    }
}

impl Archive {
    /// Stores a decision and groups the incidents anew that it concerns. Returns its number.
    ///
    /// # Errors
    /// An incident, event or decision that the archive does not hold; a decision that makes no sense.
    pub fn decide(
        &mut self,
        decision: &Decision,
        by: &str,
        note: Option<&str>,
        now: Timestamp,
    ) -> Result<i64, ArchiveError> {
        let id = self.transaction(|archive| archive.decide_now(decision, by, note, now))?;
        // A correction makes new events; of other decisions nothing is left to link.
        self.link()?;
        Ok(id)
    }

    fn decide_now(
        &mut self,
        decision: &Decision,
        by: &str,
        note: Option<&str>,
        now: Timestamp,
    ) -> Result<i64, ArchiveError> {
        let mut sides: Vec<(i64, i64)> = Vec::new();
        let mut merged: Vec<Merged> = Vec::new();
        let (kind, state, revokes) = match decision {
            Decision::Merge { incidents } => {
                for incident in incidents {
                    let events = self.events_of_incident(incident)?;
                    merged.push(Merged { incident: self.incident(incident)?.id, events: events.len() });
                    sides.extend(events.into_iter().map(|event| (event, 0)));
                }
                if incidents.iter().collect::<BTreeSet<_>>().len() < 2 {
                    return Err(ArchiveError::Decision("a merge names two incidents or more".into()));
                }
                ("together", None, None)
            }
            Decision::Split { incident, events } => {
                let all = self.events_of_incident(incident)?;
                let leaving = events.iter().map(|event| self.event_row(event)).collect::<Result<BTreeSet<_>, _>>()?;
                if leaving.is_empty() || !leaving.iter().all(|event| all.contains(event)) || leaving.len() == all.len()
                {
                    return Err(ArchiveError::Decision(format!(
                        "a split names some events of {incident}, not all and none of another"
                    )));
                }
                sides.extend(all.into_iter().map(|event| (event, i64::from(leaving.contains(&event)))));
                ("apart", None, None)
            }
            Decision::Reject { events } | Decision::Accept { events } => {
                for event in events {
                    sides.push((self.event_row(event)?, 0));
                }
                if events.is_empty() {
                    return Err(ArchiveError::Decision("name one event or more".into()));
                }
                (if matches!(decision, Decision::Reject { .. }) { "reject" } else { "accept" }, None, None)
            }
            Decision::Correct { event, to } => return self.correct(event, to, by, note, now),
            Decision::Add { report, to } => return self.add(report, to, by, note, now),
            Decision::Review { incident, state } => {
                if !STATES.contains(&state.as_str()) {
                    return Err(ArchiveError::Decision(format!(
                        "`{state}` is no state of a review; it is one of {}",
                        STATES.join(", ")
                    )));
                }
                sides.extend(self.events_of_incident(incident)?.into_iter().map(|event| (event, 0)));
                ("review", Some(state), None)
            }
            Decision::Revoke { decision } => {
                let rows = self.rows(
                    "SELECT event FROM decision_events WHERE decision = ?1 AND event IS NOT NULL",
                    values![*decision],
                )?;
                if self.revoke_of_correction(*decision)? {
                    return self.revoke_correction(*decision, by, note, now);
                }
                for row in rows {
                    sides.push((row.int(0)?, 0));
                }
                ("revoke", None, Some(*decision))
            }
        };
        let data = if merged.is_empty() { None } else { Some(json("merged incidents", &merged)?) };
        let id = self.number(
            "INSERT INTO decisions (made_at, made_by, kind, note, state, revokes, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id",
            values![now.to_string(), by, kind, note, state, revokes, data],
        )?;
        if kind == "accept" {
            for (ordinal, (event, side)) in sides.iter().enumerate() {
                self.store_anchor(id, ordinal, *event, *side)?;
            }
            return Ok(id);
        }
        if revokes.is_none() {
            for (ordinal, (event, side)) in sides.iter().enumerate() {
                self.store_anchor(id, ordinal, *event, *side)?;
            }
        }
        let events: BTreeSet<i64> = sides.into_iter().map(|(event, _)| event).collect();
        let rejected = self.rejected(&events.iter().copied().collect::<Vec<_>>())?;
        for event in &events {
            self.execute("UPDATE events SET rejected = ?2 WHERE id = ?1", values![*event, rejected.contains(event)])?;
        }
        // What they were grouped with may hang together otherwise now.
        let mut touched = events.clone();
        for event in &events {
            for row in self.rows(
                "SELECT o.id FROM events e JOIN events o ON o.incident = e.incident WHERE e.id = ?1",
                values![*event],
            )? {
                touched.insert(row.int(0)?);
            }
        }
        if let Some(revoked) = revokes {
            self.give_back_incidents(revoked)?;
        }
        self.group(touched)?;
        Ok(id)
    }

    /// The incidents of a merge that is taken back bear their events again, each under its own id; what else has come
    /// to them meanwhile is grouped afterwards.
    fn give_back_incidents(&mut self, merge: i64) -> Result<(), ArchiveError> {
        let data = self.first("SELECT data FROM decisions WHERE id = ?1 AND kind = 'together'", values![merge])?;
        // Merges of older archives do not know it.
        let Some(data) = data.map(|row| row.opt_text(0)).transpose()?.flatten() else { return Ok(()) };
        let merged: Vec<Merged> =
            serde_json::from_str(&data).map_err(|error| ArchiveError::json("merged incidents", &error))?;
        let rows =
            self.rows("SELECT event FROM decision_events WHERE decision = ?1 ORDER BY ordinal", values![merge])?;
        let mut events = rows.iter();
        for Merged { incident, events: count } in merged {
            let mut own = None;
            for row in events.by_ref().take(count) {
                let Some(event) = row.opt_int(0)? else { continue };
                let own = match own {
                    Some(own) => own,
                    None => *own.insert(self.incident_again(&incident)?),
                };
                self.execute("UPDATE events SET incident = ?2 WHERE id = ?1", values![event, own])?;
            }
        }
        Ok(())
    }

    pub(crate) fn store_anchor(
        &mut self,
        decision: i64,
        ordinal: usize,
        event: i64,
        side: i64,
    ) -> Result<(), ArchiveError> {
        let row = self
            .first(
                "SELECT d.data, r.report FROM events e JOIN event_data d ON d.event = e.id JOIN reports r ON r.id = e.report
                 WHERE e.id = ?1",
                values![event],
            )?
            .ok_or_else(|| ArchiveError::Damaged(format!("event row {event} is gone")))?;
        let anchor = json("an anchor", &Anchor::of(&event_of(&row, 0)?))?;
        self.execute(
            "INSERT INTO decision_events (decision, ordinal, side, anchor, report, event) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            values![decision, ordinal, side, anchor, row.text(1)?, event],
        )?;
        Ok(())
    }

    /// Finds the events of earlier decisions again in the current coding of a report.
    pub(crate) fn anchor_again(&mut self, id: &str, report: i64) -> Result<(), ArchiveError> {
        let anchors =
            self.rows("SELECT decision, ordinal, anchor FROM decision_events WHERE report = ?1", values![id])?;
        if anchors.is_empty() {
            return Ok(());
        }
        let mut current = Vec::new();
        for row in self.rows(
            "SELECT e.id, d.data FROM events e JOIN event_data d ON d.event = e.id
                 WHERE e.report = ?1 AND e.current = 1 ORDER BY e.ordinal",
            values![report],
        )? {
            current.push((row.int(0)?, Anchor::of(&event_of(&row, 1)?)));
        }
        for row in anchors {
            let anchor: Anchor =
                serde_json::from_str(row.text(2)?).map_err(|error| ArchiveError::json("an anchor", &error))?;
            let best = anchor.best(current.iter().map(|(event, other)| (other, *event)));
            self.execute(
                "UPDATE decision_events SET event = ?3 WHERE decision = ?1 AND ordinal = ?2",
                values![row.int(0)?, row.int(1)?, best],
            )?;
        }
        let events: Vec<i64> = current.iter().map(|(event, _)| *event).collect();
        for event in self.rejected(&events)? {
            self.execute("UPDATE events SET rejected = 1 WHERE id = ?1", values![event])?;
        }
        Ok(())
    }

    /// Events that a merge ties to this one.
    pub(crate) fn decided_with(&mut self, event: i64) -> Result<Vec<i64>, ArchiveError> {
        self.rows(
            "SELECT DISTINCT o.event FROM decision_events m JOIN decisions d ON d.id = m.decision
               JOIN decision_events o ON o.decision = m.decision
             WHERE m.event = ?1 AND o.event IS NOT NULL AND o.event <> ?1 AND d.kind = 'together'
               AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.revokes = d.id)",
            values![event],
        )?
        .iter()
        .map(|row| row.int(0))
        .collect()
    }

    /// Pairs of these events on which was decided, in the order in which it was: (a, b, together).
    pub(crate) fn decided(&mut self, events: &BTreeSet<i64>) -> Result<Vec<(i64, i64, bool)>, ArchiveError> {
        let mut decisions: BTreeSet<(i64, bool)> = BTreeSet::new();
        for event in events {
            let rows = self.rows(
                "SELECT d.id, d.kind FROM decision_events m JOIN decisions d ON d.id = m.decision
                 WHERE m.event = ?1 AND d.kind IN ('together', 'apart')
                   AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.revokes = d.id)",
                values![*event],
            )?;
            for row in rows {
                decisions.insert((row.int(0)?, row.text(1)? == "together"));
            }
        }
        let mut pairs = Vec::new();
        for (decision, together) in decisions {
            let mut sides: [Vec<i64>; 2] = [Vec::new(), Vec::new()];
            for row in self.rows(
                "SELECT event, side FROM decision_events WHERE decision = ?1 AND event IS NOT NULL ORDER BY ordinal",
                values![decision],
            )? {
                sides[usize::from(row.int(1)? == 1)].push(row.int(0)?);
            }
            if together {
                pairs.extend(sides[0].windows(2).map(|pair| (pair[0], pair[1], true)));
            } else {
                pairs.extend(sides[0].iter().flat_map(|a| sides[1].iter().map(move |b| (*a, *b, false))));
            }
        }
        Ok(pairs)
    }

    /// Which of the events an analyst rejected.
    pub(crate) fn rejected(&mut self, events: &[i64]) -> Result<BTreeSet<i64>, ArchiveError> {
        let mut found = BTreeSet::new();
        for event in events {
            let row = self.first(
                "SELECT 1 FROM decision_events m JOIN decisions d ON d.id = m.decision WHERE m.event = ?1 AND d.kind = 'reject'
                   AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.revokes = d.id)",
                values![*event],
            )?;
            if row.is_some() {
                found.insert(*event);
            }
        }
        Ok(found)
    }

    /// The review state of an incident: that of the last review of most of whose events it holds any.
    pub(crate) fn review_state(&mut self, incident: i64) -> Result<String, ArchiveError> {
        let row = self.first(
            "SELECT d.state FROM decisions d JOIN decision_events m ON m.decision = d.id JOIN events e ON e.id = m.event
             WHERE e.incident = ?1 AND d.kind = 'review' AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.revokes = d.id)
             ORDER BY d.id DESC LIMIT 1",
            values![incident],
        )?;
        Ok(row.map(|row| row.opt_text(0)).transpose()?.flatten().unwrap_or_else(|| "unreviewed".into()))
    }

    /// Every decision, the last one first.
    ///
    /// # Errors
    /// The store's own.
    pub fn decisions(&mut self) -> Result<Vec<Made>, ArchiveError> {
        self.decisions_about(None, None, usize::MAX >> 1, 0)
    }

    /// Decisions, of one event or one report where these are named, the last one first.
    ///
    /// # Errors
    /// No such event, or the store's own.
    pub fn decisions_about(
        &mut self,
        event: Option<&str>,
        report: Option<&str>,
        limit: usize,
        offset: usize,
    ) -> Result<Vec<Made>, ArchiveError> {
        let event = event.map(|event| self.event_row(event)).transpose()?;
        let rows = self.rows(
            "SELECT d.id, d.made_at, d.made_by, d.kind, d.note, d.state, d.revokes,
               (SELECT count(*) FROM decisions r WHERE r.revokes = d.id) FROM decisions d
             WHERE (?1 = 0 OR EXISTS (SELECT 1 FROM decision_events m WHERE m.decision = coalesce(d.revokes, d.id) AND m.event = ?1))
               AND (?2 = '' OR EXISTS (SELECT 1 FROM decision_events m WHERE m.decision = coalesce(d.revokes, d.id) AND m.report = ?2))
             ORDER BY d.id DESC LIMIT ?3 OFFSET ?4",
            values![event.unwrap_or(0), report.unwrap_or(""), limit, offset],
        )?;
        let mut made = Vec::with_capacity(rows.len());
        for row in rows {
            let mut events = Vec::new();
            for event in self.rows(
                "SELECT e.event, e.ordinal, m.report FROM decision_events m LEFT JOIN events e ON e.id = m.event
                 WHERE m.decision = ?1 ORDER BY m.ordinal",
                values![row.int(0)?],
            )? {
                events.push(event_name(&event)?);
            }
            made.push(Made {
                id: row.int(0)?,
                made_at: row.text(1)?.to_owned(),
                made_by: row.text(2)?.to_owned(),
                kind: row.text(3)?.to_owned(),
                note: row.opt_text(4)?,
                state: row.opt_text(5)?,
                revokes: row.opt_int(6)?,
                revoked: row.int(7)? > 0,
                events,
            });
        }
        Ok(made)
    }

    /// The row of a current event by its name `report#event`.
    pub(crate) fn event_row(&mut self, name: &str) -> Result<i64, ArchiveError> {
        let unknown = || ArchiveError::Unknown { what: "event", id: name.to_owned() };
        // Ids of reports may hold the sign too.
        for (at, _) in name.match_indices('#') {
            let (report, event) = (&name[..at], &name[at + 1..]);
            let rows = self.rows(
                "SELECT e.id, e.event, e.ordinal FROM events e JOIN reports r ON r.id = e.report WHERE r.report = ?1 AND e.current = 1",
                values![report],
            )?;
            for row in rows {
                let id = row.text(1)?;
                if id == event || (id.is_empty() && row.int(2)?.to_string() == event) {
                    return row.int(0);
                }
            }
        }
        Err(unknown())
    }
}

fn json(what: &'static str, value: &impl Serialize) -> Result<String, ArchiveError> {
    serde_json::to_string(value).map_err(|error| ArchiveError::json(what, &error))
}

fn event_name(row: &Row) -> Result<Option<String>, ArchiveError> {
    let Some(event) = row.opt_text(0)? else { return Ok(None) };
    Ok(Some(maydani_linking::facts::event_key(row.text(2)?, &event, row.int(1)?.unsigned_abs() as usize)))
}

pub(crate) fn event_of(row: &Row, column: usize) -> Result<Event, ArchiveError> {
    serde_json::from_str(row.text(column)?).map_err(|error| ArchiveError::json("an event", &error))
}

#[cfg(test)]
mod tests {
    use super::Anchor;

    fn anchor(event: &str, kind: &str, start: u32, end: u32, passage: &str) -> Anchor {
        Anchor { event: event.into(), kind: kind.into(), start, end, passage: passage.into() }
    }

    #[test]
    fn an_event_is_found_again_by_id_passage_and_type() {
        let made = anchor("a", "attack", 10, 50, "قتل مسلحون");
        assert_eq!(made.fit(&anchor("a", "attack", 0, 5, "x")), u32::MAX);
        assert!(made.fit(&anchor("b", "attack", 12, 48, "x")) > made.fit(&anchor("b", "arrests", 10, 50, "x")));
        assert!(made.fit(&anchor("b", "attack", 100, 140, "قتل مسلحون")) > 0);
        assert_eq!(made.fit(&anchor("b", "attack", 100, 140, "x")), 0);
    }
}
