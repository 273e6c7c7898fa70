//! How many incidents there were, by day.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::filter::Filter;
use crate::search::iso;
use crate::{Archive, ArchiveError};

/// Stretches of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Days.
    Day,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// The incidents of one stretch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// Its first day.
    pub start: String,
    /// How many.
    pub incidents: i64,
    /// How many of each sub-event type.
    pub types: BTreeMap<String, i64>,
}

/// Incidents by the first day told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// How many in all.
    pub found: i64,
    /// How many of them have no day.
    pub undated: i64,
    /// Stretches that have any, the first one first.
    pub bins: Vec<Bin>,
}

impl Archive {
    /// Counts the incidents that hold an event which fits the filter; limit and offset are not asked.
    ///
    /// # Errors
    /// The store's own.
    pub fn timeline(&mut self, filter: &Filter, step: Step) -> Result<Timeline, ArchiveError> {
        let (conditions, values) = self.conditions(filter, 0)?;
        let sql = format!(
            "SELECT i.first_day, i.kind, count(*) FROM incidents i WHERE i.id IN
               (SELECT e.incident FROM events e WHERE {conditions} AND e.incident IS NOT NULL) GROUP BY i.first_day, i.kind"
        );
        let (mut found, mut undated) = (0, 0);
        let mut bins: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
        self.store.each(&sql, &values, &mut |row| {
            let count = row.int(2)?;
            found += count;
            let Some(day) = row.opt_int(0)?.and_then(iso) else {
                undated += count;
                return Ok(true);
            };
            let start = match step {
                Step::Day => day,
                Step::Month => format!("{}-01", day.rsplit_once('-').map_or("", |(month, _)| month)),
                Step::Year => format!("{}-01-01", day.split('-').next().unwrap_or("")),
            };
            *bins.entry(start).or_default().entry(row.text(1)?.to_owned()).or_default() += count;
            Ok(true)
        })?;
        let bins =
            bins.into_iter().map(|(start, types)| Bin { start, incidents: types.values().sum(), types }).collect();
        Ok(Timeline { found, undated, bins })
    }
}
