//! Links new events to those of other reports, and groups them into incidents.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use maydani_core::record::Modality;
use maydani_linking::keys::candidate_keys;
use maydani_linking::{Decided, Facts, Link, cluster};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::store::values;
use crate::stored_day::UNKNOWN_DAY;
use crate::{Archive, ArchiveError};

/// Events that are linked in one transaction.
const BATCH: i64 = 500;
/// Days apart within which two events are compared; beyond, none is one occurrence.
const WINDOW: i64 = 3;
/// Facts kept in memory while linking.
const KEPT: usize = 50_000;

/// What linking did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// Events looked at.
    pub events: usize,
    /// Pairs compared.
    pub compared: usize,
    /// Incidents made anew or changed.
    pub incidents: usize,
}

#[derive(Default)]
struct Seen {
    facts: FxHashMap<i64, Rc<Facts>>,
}

impl Archive {
    /// Links what is not linked yet. Each batch is one transaction: ended halfway, the next call goes
    /// on. The outcome does not depend on the order in which reports came.
    ///
    /// # Errors
    /// The store's own.
    pub fn link(&mut self) -> Result<Linked, ArchiveError> {
        self.link_with(|_| {})
    }

    /// As [`Archive::link`]; `progress` is told after each batch what is done.
    ///
    /// # Errors
    /// The store's own.
    pub fn link_with(&mut self, mut progress: impl FnMut(&Linked)) -> Result<Linked, ArchiveError> {
        let mut done = Linked::default();
        let mut seen = Seen::default();
        loop {
            let batch = self.transaction(|archive| archive.link_batch(&mut seen))?;
            if batch.events == 0 {
                return Ok(done);
            }
            done.events += batch.events;
            done.compared += batch.compared;
            done.incidents += batch.incidents;
            progress(&done);
        }
    }

    /// Compares and groups everything anew, with the weights of now. Decisions stay.
    ///
    /// # Errors
    /// The store's own.
    pub fn relink(&mut self) -> Result<Linked, ArchiveError> {
        self.transaction(|archive| {
            archive.execute("DELETE FROM links", &[])?;
            archive.execute("DELETE FROM link_keys", &[])?;
            let mut after = 0;
            loop {
                let rows = archive.rows(
                    "SELECT e.id, e.day, d.facts FROM events e JOIN event_data d ON d.event = e.id
                     WHERE e.current = 1 AND e.id > ?1 ORDER BY e.id LIMIT 1000",
                    values![after],
                )?;
                let Some(last) = rows.last() else { return Ok(()) };
                after = last.int(0)?;
                for row in &rows {
                    for key in candidate_keys(&parse(row.text(2)?)?).stored {
                        archive.execute(
                            "INSERT INTO link_keys (key, day, event) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                            values![key, row.int(1)?, row.int(0)?],
                        )?;
                    }
                }
                archive.execute(
                    "UPDATE events SET linked = 0 WHERE current = 1 AND id <= ?1 AND linked <> 0",
                    values![after],
                )?;
            }
        })?;
        self.link()
    }

    fn link_batch(&mut self, seen: &mut Seen) -> Result<Linked, ArchiveError> {
        let mut done = Linked::default();
        let pending = self.rows(
            "SELECT id, linked, day FROM events WHERE current = 1 AND linked <> 1 ORDER BY id LIMIT ?1",
            values![BATCH],
        )?;
        let mut touched = BTreeSet::new();
        if seen.facts.len() > KEPT {
            seen.facts.clear();
        }
        for row in &pending {
            let (event, state, day) = (row.int(0)?, row.int(1)?, row.int(2)?);
            touched.insert(event);
            if state == 0 {
                done.compared += self.compare_with_others(event, day, seen)?;
            }
        }
        done.events = pending.len();
        done.incidents = self.group(touched)?;
        for row in &pending {
            self.execute("UPDATE events SET linked = 1 WHERE id = ?1", values![row.int(0)?])?;
        }
        Ok(done)
    }

    fn compare_with_others(&mut self, event: i64, day: i64, seen: &mut Seen) -> Result<usize, ArchiveError> {
        let facts = self.facts(event, seen)?;
        let unknown = i64::from(UNKNOWN_DAY);
        let mut candidates = FxHashSet::default();
        for key in candidate_keys(&facts).sought {
            let found = if day == unknown {
                self.rows("SELECT event FROM link_keys WHERE key = ?1", values![key])?
            } else {
                self.rows(
                    "SELECT event FROM link_keys WHERE key = ?1 AND day BETWEEN ?2 AND ?3
                     UNION ALL SELECT event FROM link_keys WHERE key = ?1 AND day = ?4",
                    values![key, day - WINDOW, day + WINDOW, unknown],
                )?
            };
            for row in found {
                candidates.insert(row.int(0)?);
            }
        }
        candidates.remove(&event);
        let mut candidates: Vec<i64> = candidates.into_iter().collect();
        candidates.sort_unstable();
        for other in &candidates {
            let theirs = self.facts(*other, seen)?;
            // What is only announced has not occurred yet.
            if (facts.modality == Modality::Planned) != (theirs.modality == Modality::Planned) {
                continue;
            }
            let compared = self.weights.compare(&facts, &theirs);
            if compared.score >= self.weights.keep {
                let reasons =
                    serde_json::to_string(&compared.reasons).map_err(|error| ArchiveError::json("reasons", &error))?;
                self.execute(
                    "INSERT INTO links (a, b, score, reasons) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                    values![event.min(*other), event.max(*other), compared.score, reasons],
                )?;
            }
        }
        Ok(candidates.len())
    }

    fn facts(&mut self, event: i64, seen: &mut Seen) -> Result<Rc<Facts>, ArchiveError> {
        if let Some(facts) = seen.facts.get(&event) {
            return Ok(Rc::clone(facts));
        }
        let row = self
            .first("SELECT facts FROM event_data WHERE event = ?1", values![event])?
            .ok_or_else(|| ArchiveError::Damaged(format!("event row {event} is gone")))?;
        let facts = Rc::new(parse(row.text(0)?)?);
        seen.facts.insert(event, Rc::clone(&facts));
        Ok(facts)
    }

    /// Groups the events that hang together with the touched ones anew. Returns how many incidents
    /// that made or changed.
    pub(crate) fn group(&mut self, mut touched: BTreeSet<i64>) -> Result<usize, ArchiveError> {
        let mut changed = 0;
        while let Some(start) = touched.pop_first() {
            let component = self.component(start)?;
            for event in &component.events {
                touched.remove(event);
            }
            changed += self.regroup(&component)?;
        }
        Ok(changed)
    }

    /// All events that links or decisions tie to one event, directly or through others.
    fn component(&mut self, start: i64) -> Result<Component, ArchiveError> {
        let mut component = Component::default();
        let mut open = vec![start];
        let mut incidents = BTreeSet::new();
        let threshold = self.weights.link;
        while let Some(event) = open.pop() {
            if !component.events.insert(event) {
                continue;
            }
            // Those it is grouped with now: their link may be gone.
            let incident = self.first("SELECT incident FROM events WHERE id = ?1", values![event])?;
            if let Some(incident) = incident.map(|row| row.opt_int(0)).transpose()?.flatten()
                && incidents.insert(incident)
            {
                for row in self.rows("SELECT id FROM events WHERE incident = ?1", values![incident])? {
                    open.push(row.int(0)?);
                }
            }
            let links = self.rows(
                "SELECT a, b, score FROM links WHERE a = ?1 UNION ALL SELECT a, b, score FROM links WHERE b = ?1",
                values![event],
            )?;
            for row in links {
                let (a, b, score) = (row.int(0)?, row.int(1)?, row.real(2)?);
                component.links.insert((a, b), score);
                if score >= threshold {
                    open.push(if a == event { b } else { a });
                }
            }
            for other in self.decided_with(event)? {
                open.push(other);
            }
        }
        Ok(component)
    }

    fn regroup(&mut self, component: &Component) -> Result<usize, ArchiveError> {
        let mut rows: Vec<i64> = Vec::new();
        let mut names: Vec<String> = Vec::new();
        let mut reports: Vec<usize> = Vec::new();
        let mut old: Vec<Option<i64>> = Vec::new();
        for event in &component.events {
            let row = self.first(
                "SELECT r.report, e.event, e.ordinal, e.incident, r.id FROM events e JOIN reports r ON r.id = e.report
                 WHERE e.id = ?1 AND e.current = 1",
                values![*event],
            )?;
            if let Some(row) = row {
                rows.push(*event);
                names.push(maydani_linking::facts::event_key(
                    row.text(0)?,
                    row.text(1)?,
                    row.int(2)?.unsigned_abs() as usize,
                ));
                old.push(row.opt_int(3)?);
                reports.push(usize::try_from(row.int(4)?).unwrap_or_default());
            }
        }
        let place: FxHashMap<i64, usize> = rows.iter().enumerate().map(|(at, event)| (*event, at)).collect();
        let rejected = self.rejected(&rows)?;
        let links: Vec<Link> = component
            .links
            .iter()
            .filter_map(|((a, b), score)| Some(Link { a: *place.get(a)?, b: *place.get(b)?, score: *score }))
            .filter(|link| !rejected.contains(&rows[link.a]) && !rejected.contains(&rows[link.b]))
            .collect();
        let decisions: Vec<Decided> = self
            .decided(&component.events)?
            .into_iter()
            .filter_map(|(a, b, together)| {
                let (a, b) = (*place.get(&a)?, *place.get(&b)?);
                Some(if together { Decided::Together(a, b) } else { Decided::Apart(a, b) })
            })
            .collect();
        let groups = cluster(&names, &reports, &links, &decisions, self.weights.link, self.weights.stranger);
        let kept = keep_incidents(&groups, &old);
        let mut changed = Vec::with_capacity(groups.len());
        let mut left: BTreeSet<i64> = old.iter().flatten().copied().collect();
        for (group, incident) in groups.iter().zip(kept) {
            let members: Vec<i64> = group.iter().map(|at| rows[*at]).collect();
            let first_name = group.first().map_or("", |at| names[*at].as_str());
            let incident = match incident {
                Some(incident) => incident,
                None => self.new_incident(first_name)?,
            };
            left.remove(&incident);
            for (at, event) in group.iter().zip(&members) {
                if old[*at] != Some(incident) {
                    self.execute("UPDATE events SET incident = ?2 WHERE id = ?1", values![*event, incident])?;
                }
            }
            changed.push(incident);
        }
        // Only now is every event where it belongs.
        for incident in &changed {
            self.refresh_incident(*incident)?;
        }
        for gone in left {
            let heir = old.iter().position(|incident| *incident == Some(gone)).map(|at| rows[at]);
            self.close_incident(gone, heir)?;
        }
        Ok(changed.len())
    }
}

#[derive(Default)]
struct Component {
    events: BTreeSet<i64>,
    links: BTreeMap<(i64, i64), f64>,
}

/// Which incident each group goes on as: the one that most of its events were in, each incident once.
fn keep_incidents(groups: &[Vec<usize>], old: &[Option<i64>]) -> Vec<Option<i64>> {
    let mut shares: Vec<(usize, i64, usize)> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
        for incident in group.iter().filter_map(|event| old[*event]) {
            *counts.entry(incident).or_default() += 1;
        }
        shares.extend(counts.into_iter().map(|(incident, count)| (count, incident, at)));
    }
    shares.sort_by_key(|(count, incident, at)| (std::cmp::Reverse(*count), *incident, *at));
    let mut kept = vec![None; groups.len()];
    let mut taken = BTreeSet::new();
    for (_, incident, at) in shares {
        if kept[at].is_none() && taken.insert(incident) {
            kept[at] = Some(incident);
        }
    }
    kept
}

pub(crate) fn parse(facts: &str) -> Result<Facts, ArchiveError> {
    serde_json::from_str(facts).map_err(|error| ArchiveError::json("an event's facts", &error))
}

#[cfg(test)]
mod tests {
    use super::keep_incidents;

    #[test]
    fn an_incident_goes_on_where_most_of_its_events_are() {
        let old = [Some(1), Some(1), Some(2), None];
        assert_eq!(keep_incidents(&[vec![0], vec![1, 2], vec![3]], &old), [Some(1), Some(2), None]);
        assert_eq!(keep_incidents(&[vec![0, 1, 2, 3]], &old), [Some(1)]);
    }
}
