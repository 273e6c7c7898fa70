//! What an archive holds, for menus.

use serde::{Deserialize, Serialize};

use crate::stored_day::iso;
use crate::{Archive, ArchiveError};

/// What an archive holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Reports.
    pub reports: i64,
    /// Current events.
    pub events: i64,
    /// Incidents.
    pub incidents: i64,
    /// Decisions of analysts.
    pub decisions: i64,
    /// First day of an incident.
    pub first_day: Option<String>,
    /// Last day of an incident.
    pub last_day: Option<String>,
    /// Sub-event types, the most frequent first.
    pub types: Vec<Counted>,
    /// Outlets, those with most reports first, up to 500.
    pub outlets: Vec<Counted>,
    /// Countries, the most frequent first.
    pub countries: Vec<Counted>,
    /// Country and province.
    pub provinces: Vec<(String, String)>,
}

/// A value and how often there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The value.
    pub value: String,
    /// How often.
    pub count: i64,
}

impl Archive {
    /// What the archive holds.
    ///
    /// # Errors
    /// The store's own.
    pub fn overview(&mut self) -> Result<Overview, ArchiveError> {
        let days = self.first("SELECT min(first_day), max(first_day) FROM incidents", &[])?;
        let day = |at: usize| -> Result<Option<String>, ArchiveError> {
            Ok(days.as_ref().map(|row| row.opt_int(at)).transpose()?.flatten().and_then(iso))
        };
        let (first_day, last_day) = (day(0)?, day(1)?);
        let provinces = self
            .rows("SELECT country, admin1 FROM provinces ORDER BY country, admin1", &[])?
            .iter()
            .map(|row| Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned())))
            .collect::<Result<_, ArchiveError>>()?;
        Ok(Overview {
            reports: self.number("SELECT count(*) FROM reports", &[])?,
            events: self.number("SELECT count(*) FROM events WHERE current = 1", &[])?,
            incidents: self.number("SELECT count(*) FROM incidents", &[])?,
            decisions: self.number("SELECT count(*) FROM decisions", &[])?,
            first_day,
            last_day,
            types: self.counted("SELECT kind, count(*) FROM incidents GROUP BY kind")?,
            outlets: self
                .counted("SELECT outlet, count(*) FROM reports WHERE outlet IS NOT NULL GROUP BY outlet ORDER BY 2 DESC LIMIT 500")?,
            countries: self.counted("SELECT country, count(*) FROM incidents WHERE country IS NOT NULL GROUP BY country")?,
            provinces,
        })
    }

    fn counted(&mut self, sql: &str) -> Result<Vec<Counted>, ArchiveError> {
        let mut counted = self
            .rows(sql, &[])?
            .iter()
            .map(|row| Ok(Counted { value: row.text(0)?.to_owned(), count: row.int(1)? }))
            .collect::<Result<Vec<_>, ArchiveError>>()?;
        counted.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        Ok(counted)
    }
}
