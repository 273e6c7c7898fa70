//! What analysts correct in a coding, and add to it: kept as decisions, and laid over every coding of
//! the report that the machine makes afterwards.

use jiff::Timestamp;
use maydani_core::Record;
use maydani_core::record::{Event, Passage};
use maydani_linking::Facts;

use crate::decisions::{Anchor, event_of};
use crate::ingest::{Replaced, modality};
use crate::store::values;
use crate::{Archive, ArchiveError};

/// The codebook of a coding that decisions made.
const BY_DECISIONS: &str = "decisions";

/// A machine's record with what analysts made of it.
pub(crate) struct Corrected {
    /// The events.
    pub(crate) events: Vec<Event>,
    /// Which of them each decision made: number, ordinal, id.
    made: Vec<(i64, i64, String)>,
}

impl Archive {
    /// A machine's record with the corrections and additions of its report; `None` where there are none
    /// that its text still bears out.
    pub(crate) fn corrected(&mut self, record: &Record) -> Result<Option<Corrected>, ArchiveError> {
        let rows = self.rows(
            "SELECT d.kind, d.data, m.anchor, d.id, m.ordinal FROM decision_events m JOIN decisions d ON d.id = m.decision
             WHERE m.report = ?1 AND d.kind IN ('correct', 'add') AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.revokes = d.id)
             ORDER BY d.id",
            values![&record.report.id],
        )?;
        let mut corrected = Corrected { events: record.events.clone(), made: Vec::new() };
        for row in rows {
            let mut event = event_of(&row, 1)?;
            if !find_passages(&mut event, &record.report.text) {
                continue;
            }
            if row.text(0)? == "add" {
                corrected.made.push((row.int(3)?, row.int(4)?, event.id.clone()));
                corrected.events.push(event);
                continue;
            }
            let anchor: Anchor =
                serde_json::from_str(row.text(2)?).map_err(|error| ArchiveError::json("an anchor", &error))?;
            let anchors: Vec<Anchor> = corrected.events.iter().map(Anchor::of).collect();
            let best = anchor.best(anchors.iter().zip(0..));
            if let Some(at) = best.and_then(|at| usize::try_from(at).ok()) {
                event.id.clone_from(&corrected.events[at].id);
                corrected.made.push((row.int(3)?, row.int(4)?, event.id.clone()));
                corrected.events[at] = event;
            }
        }
        corrected.events.sort_by_key(|event| event.evidence.first().map_or(event.trigger.start, |first| first.start));
        Ok((!corrected.made.is_empty()).then_some(corrected))
    }

    /// Keeps a machine's coding that decisions overrule as history.
    pub(crate) fn store_history(&mut self, record: &Record, (coding, report): (i64, i64)) -> Result<(), ArchiveError> {
        for (ordinal, (event, facts)) in record.events.iter().zip(Facts::of(record)).enumerate() {
            let first = facts.day().unwrap_or(crate::stored_day::UNKNOWN_DAY);
            let last = facts.days.map_or(first, |(_, last)| last);
            let id = self.number(
                "INSERT INTO events (coding, report, ordinal, event, current, linked, kind, modality, background, day, last_day, confidence)
                 VALUES (?1, ?2, ?3, ?4, 0, 1, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING id",
                values![
                    coding, report, ordinal, &event.id, event.sub_event_type.code(), modality(event.modality),
                    event.background, first, last, event.confidence,
                ],
            )?;
            let data = serde_json::to_string(event).map_err(|error| ArchiveError::json("an event", &error))?;
            let kept = serde_json::to_string(&facts).map_err(|error| ArchiveError::json("an event's facts", &error))?;
            self.execute("INSERT INTO event_data (event, data, facts) VALUES (?1, ?2, ?3)", values![id, data, kept])?;
        }
        Ok(())
    }

    /// Stores a coding that decisions made, as the current one.
    pub(crate) fn store_decided(
        &mut self,
        record: &Record,
        corrected: Corrected,
        (version, report): (i64, i64),
        replaced: &[Replaced],
        now: &str,
    ) -> Result<(), ArchiveError> {
        let record = Record { events: corrected.events, ..record.clone() };
        let coding = self.number(
            "INSERT INTO codings (version, codebook, coded_at, events, decided) VALUES (?1, ?2, ?3, ?4, 1) RETURNING id",
            values![version, BY_DECISIONS, now, record.events.len()],
        )?;
        self.store_events(&record, (coding, report), replaced)?;
        // A correction may leave the passage and the type that it was anchored by: it knows its event.
        for (decision, ordinal, event) in corrected.made {
            self.execute(
                "UPDATE decision_events SET event = (SELECT max(id) FROM events WHERE coding = ?3 AND event = ?4)
                 WHERE decision = ?1 AND ordinal = ?2",
                values![decision, ordinal, coding, event],
            )?;
        }
        Ok(())
    }

    /// The events that the machine coded last in a version.
    pub(crate) fn machine_events(&mut self, version: i64) -> Result<Vec<Event>, ArchiveError> {
        let coding = self.number(
            "SELECT coalesce(same_as, id) FROM codings WHERE version = ?1 AND decided = 0 ORDER BY id DESC LIMIT 1",
            values![version],
        )?;
        self.rows(
            "SELECT d.data FROM events e JOIN event_data d ON d.event = e.id WHERE e.coding = ?1 ORDER BY e.ordinal",
            values![coding],
        )?
        .iter()
        .map(|row| event_of(row, 0))
        .collect()
    }

    /// Lays the decisions of now over the machine's coding of a report. Call [`Archive::link`] then.
    pub(crate) fn rebuild(&mut self, report: &str, now: &str) -> Result<(), ArchiveError> {
        let row = self
            .first(
                "SELECT r.id, v.id FROM reports r JOIN versions v ON v.report = r.id AND v.number = r.version WHERE r.report = ?1",
                values![report],
            )?
            .ok_or_else(|| ArchiveError::Unknown { what: "report", id: report.to_owned() })?;
        let (id, version) = (row.int(0)?, row.int(1)?);
        let mut record = self.record(report)?;
        record.events = self.machine_events(version)?;
        let corrected = self.corrected(&record)?;
        let corrected = corrected.unwrap_or_else(|| Corrected { events: record.events.clone(), made: Vec::new() });
        let replaced = self.retire(id)?;
        self.store_decided(&record, corrected, (version, id), &replaced, now)
    }

    /// Stores that an event is to be coded otherwise.
    pub(crate) fn correct(
        &mut self,
        event: &str,
        to: &Event,
        by: &str,
        note: Option<&str>,
        now: Timestamp,
    ) -> Result<i64, ArchiveError> {
        let row = self.event_row(event)?;
        let found = self
            .first(
                "SELECT r.report, e.event FROM events e JOIN reports r ON r.id = e.report WHERE e.id = ?1",
                values![row],
            )?
            .ok_or_else(|| ArchiveError::Damaged(format!("event row {row} is gone")))?;
        let report = found.text(0)?;
        let mut to = self.checked_event(report, to)?;
        found.text(1)?.clone_into(&mut to.id);
        let id = self.store_correction("correct", &to, by, note, now)?;
        self.store_anchor(id, 0, row, 0)?;
        self.rebuild(report, &now.to_string())?;
        Ok(id)
    }

    /// Stores an event that the program missed.
    pub(crate) fn add(
        &mut self,
        report: &str,
        to: &Event,
        by: &str,
        note: Option<&str>,
        now: Timestamp,
    ) -> Result<i64, ArchiveError> {
        let mut to = self.checked_event(report, to)?;
        let next = self.number("SELECT coalesce(max(id), 0) + 1 FROM decisions", &[])?;
        to.id = format!("added-{next}");
        let id = self.store_correction("add", &to, by, note, now)?;
        let anchor =
            serde_json::to_string(&Anchor::of(&to)).map_err(|error| ArchiveError::json("an anchor", &error))?;
        self.execute(
            "INSERT INTO decision_events (decision, ordinal, side, anchor, report) VALUES (?1, 0, 0, ?2, ?3)",
            values![id, anchor, report],
        )?;
        self.rebuild(report, &now.to_string())?;
        Ok(id)
    }

    fn store_correction(
        &mut self,
        kind: &str,
        to: &Event,
        by: &str,
        note: Option<&str>,
        now: Timestamp,
    ) -> Result<i64, ArchiveError> {
        let data = serde_json::to_string(to).map_err(|error| ArchiveError::json("an event", &error))?;
        self.number(
            "INSERT INTO decisions (made_at, made_by, kind, note, data) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
            values![now.to_string(), by, kind, note, data],
        )
    }

    /// Whether a decision that is to be taken back is a correction or addition.
    ///
    /// # Errors
    /// No such decision, one that takes back itself, or one that was taken back already.
    pub(crate) fn revoke_of_correction(&mut self, decision: i64) -> Result<bool, ArchiveError> {
        let row = self
            .first("SELECT kind FROM decisions WHERE id = ?1 AND kind <> 'revoke'", values![decision])?
            .ok_or_else(|| ArchiveError::Unknown { what: "decision", id: decision.to_string() })?;
        if self.first("SELECT 1 FROM decisions WHERE revokes = ?1", values![decision])?.is_some() {
            return Err(ArchiveError::Decision(format!("decision {decision} was taken back already")));
        }
        Ok(matches!(row.text(0)?, "correct" | "add"))
    }

    /// Takes a correction or addition back.
    pub(crate) fn revoke_correction(
        &mut self,
        decision: i64,
        by: &str,
        note: Option<&str>,
        now: Timestamp,
    ) -> Result<i64, ArchiveError> {
        let id = self.number(
            "INSERT INTO decisions (made_at, made_by, kind, note, revokes) VALUES (?1, ?2, 'revoke', ?3, ?4) RETURNING id",
            values![now.to_string(), by, note, decision],
        )?;
        let row = self.first("SELECT report FROM decision_events WHERE decision = ?1", values![decision])?;
        if let Some(row) = row {
            self.rebuild(row.text(0)?, &now.to_string())?;
        }
        Ok(id)
    }

    /// Checks and completes an event as an analyst gives it, against the text of its report.
    pub(crate) fn checked_event(&mut self, report: &str, event: &Event) -> Result<Event, ArchiveError> {
        let text: Vec<char> = self.record(report)?.report.text.chars().collect();
        let mut event = event.clone();
        event.event_type = event.sub_event_type.event_type();
        event.why.clear();
        if event.evidence.is_empty() {
            return Err(ArchiveError::Decision("an event needs a passage as evidence".into()));
        }
        let mut fault = None;
        each_passage(&mut event, &mut |passage| {
            let (start, end) = (passage.start as usize, passage.end as usize);
            match text.get(start..end) {
                Some(chars) if start < end => passage.text = chars.iter().collect(),
                _ => fault = Some((start, end)),
            }
        });
        match fault {
            None => Ok(event),
            Some((start, end)) => Err(ArchiveError::Decision(format!(
                "{start}..{end} is no passage of {report}, which has {} characters",
                text.len()
            ))),
        }
    }
}

/// Every passage of an event.
fn each_passage(event: &mut Event, each: &mut dyn FnMut(&mut Passage)) {
    each(&mut event.trigger);
    event.evidence.iter_mut().for_each(&mut *each);
    event.actor1.iter_mut().chain(&mut event.actor2).for_each(|actor| each(&mut actor.passage));
    event.places.iter_mut().for_each(|place| each(&mut place.passage));
    event.date.iter_mut().for_each(|date| each(&mut date.passage));
    for toll in &mut event.tolls {
        each(&mut toll.passage);
        toll.source.iter_mut().for_each(|source| each(&mut source.passage));
    }
    event.source.iter_mut().for_each(|source| each(&mut source.passage));
    event.via.iter_mut().for_each(|relay| each(&mut relay.passage));
}

/// Moves the passages of an event to where a changed text has them now; false where it lacks one.
fn find_passages(event: &mut Event, text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let mut all = true;
    each_passage(event, &mut |passage| {
        let wanted: Vec<char> = passage.text.chars().collect();
        let here = passage.start as usize;
        if chars.get(here..passage.end as usize) == Some(&wanted) {
            return;
        }
        let nearest = chars
            .windows(wanted.len().max(1))
            .enumerate()
            .filter(|(_, window)| *window == wanted)
            .min_by_key(|(at, _)| at.abs_diff(here));
        match nearest {
            Some((at, window)) => (passage.start, passage.end) = (at as u32, (at + window.len()) as u32),
            None => all = false,
        }
    });
    all
}

#[cfg(test)]
mod tests {
    use super::{Event, Passage, find_passages};

    fn event(start: u32, text: &str) -> Event {
        let passage = Passage { start, end: start + text.chars().count() as u32, text: text.into() };
        Event {
            id: String::new(),
            event_type: maydani_core::EventType::Battles,
            sub_event_type: maydani_core::SubEventType::ArmedClash,
            modality: maydani_core::record::Modality::Asserted,
            background: false,
            trigger: passage.clone(),
            evidence: vec![passage],
            actor1: Vec::new(),
            actor2: Vec::new(),
            places: Vec::new(),
            date: None,
            tolls: Vec::new(),
            source: None,
            via: Vec::new(),
            confidence: 1.0,
            why: Vec::new(),
        }
    }

    #[test]
    fn passages_follow_a_changed_text() {
        let mut moved = event(0, "اشتباكات");
        assert!(find_passages(&mut moved, "اندلعت اشتباكات"));
        assert_eq!((moved.trigger.start, moved.evidence[0].end), (7, 15));
        assert!(!find_passages(&mut event(0, "قصف"), "اندلعت اشتباكات"));
        assert!(!find_passages(&mut event(0, "قصف"), ""));
    }
}
