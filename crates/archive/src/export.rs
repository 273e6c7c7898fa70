//! Incidents as lines of JSON, and events as the records that coding made.

use std::collections::BTreeMap;

use maydani_core::Record;
use maydani_core::record::{RecordReport, SCHEMA};
use serde::{Deserialize, Serialize};

use crate::decisions::event_of;
use crate::filter::Filter;
use crate::incidents::Incident;
use crate::link::parse;
use crate::store::values;
use crate::{Archive, ArchiveError};

/// One incident of `--format incidents-jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncidentLine {
    /// Ids of the reports whose news it is; of all, where all only recall it.
    pub reports: Vec<String>,
    /// Ids of later reports that only recall it.
    pub recalled_by: Vec<String>,
    /// Its events, `report#event`.
    pub events: Vec<String>,
    /// The incident itself.
    #[serde(flatten)]
    pub summary: Incident,
}

impl Archive {
    /// Hands over one line for each incident that fits the filter, newest first.
    ///
    /// # Errors
    /// The store's own, and those of `each`.
    pub fn export_incidents(
        &mut self,
        filter: &Filter,
        each: &mut dyn FnMut(&IncidentLine) -> Result<(), ArchiveError>,
    ) -> Result<usize, ArchiveError> {
        let incidents = self.incidents(filter)?;
        let count = incidents.len();
        for incident in incidents {
            each(&self.incident_line(incident)?)?;
        }
        Ok(count)
    }

    /// Records of the events that fit the filter, newest first, each with those events alone; and how
    /// many events they are.
    ///
    /// # Errors
    /// The store's own.
    pub fn records(&mut self, filter: &Filter) -> Result<(Vec<Record>, usize), ArchiveError> {
        let members = self.matching_rows(filter)?;
        let count = members.len();
        let mut records: Vec<Record> = Vec::new();
        let mut place: BTreeMap<String, usize> = BTreeMap::new();
        for member in members {
            let next = records.len();
            let at = *place.entry(member.report.clone()).or_insert(next);
            if at == next {
                records.push(self.record_without_events(&member.report)?);
            }
            records[at].events.push(member.event);
        }
        for record in &mut records {
            record
                .events
                .sort_by_key(|event| event.evidence.first().map_or(event.trigger.start, |passage| passage.start));
        }
        Ok((records, count))
    }

    /// The record of a report as it is coded now.
    ///
    /// # Errors
    /// The archive holds no such report.
    pub fn record(&mut self, report: &str) -> Result<Record, ArchiveError> {
        let mut record = self.record_without_events(report)?;
        let rows = self.rows(
            "SELECT d.data FROM events e JOIN event_data d ON d.event = e.id JOIN reports r ON r.id = e.report WHERE r.report = ?1 AND e.current = 1 ORDER BY e.ordinal",
            values![report],
        )?;
        for row in rows {
            record.events.push(event_of(&row, 0)?);
        }
        let id = self.number("SELECT id FROM reports WHERE report = ?1", values![report])?;
        record.control = self.statements_of(id)?;
        Ok(record)
    }

    fn record_without_events(&mut self, report: &str) -> Result<Record, ArchiveError> {
        let row = self
            .first(
                "SELECT v.url, v.outlet, v.section, v.title, v.published, v.language, v.text
                 FROM reports r JOIN versions v ON v.report = r.id AND v.number = r.version WHERE r.report = ?1",
                values![report],
            )?
            .ok_or_else(|| ArchiveError::Unknown { what: "report", id: report.to_owned() })?;
        let read = RecordReport {
            id: report.to_owned(),
            url: row.opt_text(0)?,
            outlet: row.opt_text(1)?,
            section: row.opt_text(2)?,
            title: row.opt_text(3)?,
            title_from_url: false,
            published: row.opt_text(4)?,
            language: row.text(5)?.to_owned(),
            text: row.text(6)?.to_owned(),
        };
        Ok(Record { schema: SCHEMA.to_owned(), report: read, events: Vec::new(), control: Vec::new() })
    }

    fn incident_line(&mut self, incident: Incident) -> Result<IncidentLine, ArchiveError> {
        let rows = self.rows(
            "SELECT r.report, e.event, e.ordinal, d.facts FROM incidents i
               JOIN events e ON e.incident = i.id JOIN event_data d ON d.event = e.id JOIN reports r ON r.id = e.report
             WHERE i.incident = ?1 ORDER BY r.report, e.ordinal",
            values![&incident.id],
        )?;
        // Of each report, whether it tells the incident as news.
        let mut told: BTreeMap<String, bool> = BTreeMap::new();
        let mut events = Vec::new();
        for row in rows {
            let report = row.text(0)?.to_owned();
            events.push(maydani_linking::facts::event_key(&report, row.text(1)?, row.int(2)?.unsigned_abs() as usize));
            *told.entry(report).or_default() |= !parse(row.text(3)?)?.recalled;
        }
        let any = told.values().any(|news| *news);
        let (reports, recalled_by): (Vec<_>, Vec<_>) = told.into_iter().partition(|(_, news)| *news || !any);
        let ids = |told: Vec<(String, bool)>| told.into_iter().map(|(report, _)| report).collect();
        let (reports, recalled_by) = (ids(reports), ids(recalled_by));
        Ok(IncidentLine { reports, recalled_by, events, summary: incident })
    }
}
