//! Incidents as lines of JSON.

use serde::{Deserialize, Serialize};

use crate::filter::Filter;
use crate::incidents::Incident;
use crate::store::values;
use crate::{Archive, ArchiveError};

/// One incident of `--format incidents-jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncidentLine {
    /// Ids of its reports.
    pub reports: Vec<String>,
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

    fn incident_line(&mut self, incident: Incident) -> Result<IncidentLine, ArchiveError> {
        let rows = self.rows(
            "SELECT r.report, e.event, e.ordinal FROM incidents i JOIN events e ON e.incident = i.id JOIN reports r ON r.id = e.report
             WHERE i.incident = ?1 ORDER BY r.report, e.ordinal",
            values![&incident.id],
        )?;
        let (mut reports, mut events) = (Vec::new(), Vec::new());
        for row in rows {
            let report = row.text(0)?.to_owned();
            events.push(maydani_linking::facts::event_key(&report, row.text(1)?, row.int(2)?.unsigned_abs() as usize));
            if reports.last() != Some(&report) {
                reports.push(report);
            }
        }
        Ok(IncidentLine { reports, events, summary: incident })
    }
}
