//! How many incidents there were, by day.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::filter::Filter;
use crate::stored_day::iso;
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
        let mut bins = Bins::new(step);
        self.store.each(&sql, &values, &mut |row| {
            let day = row.opt_int(0)?.and_then(iso);
            bins.add(day.as_deref(), row.text(1)?, row.int(2)?);
            Ok(true)
        })?;
        Ok(bins.done())
    }
}

/// Adds up incidents by stretch and type.
pub(crate) struct Bins {
    step: Step,
    found: i64,
    undated: i64,
    starts: BTreeMap<String, BTreeMap<String, i64>>,
}

impl Bins {
    pub(crate) fn new(step: Step) -> Self {
        Self { step, found: 0, undated: 0, starts: BTreeMap::new() }
    }

    /// So many incidents of a first day and a type.
    pub(crate) fn add(&mut self, day: Option<&str>, kind: &str, count: i64) {
        self.found += count;
        let Some(day) = day else {
            self.undated += count;
            return;
        };
        let start = match self.step {
            Step::Day => day.to_owned(),
            Step::Month => format!("{}-01", day.rsplit_once('-').map_or("", |(month, _)| month)),
            Step::Year => format!("{}-01-01", day.split('-').next().unwrap_or("")),
        };
        *self.starts.entry(start).or_default().entry(kind.to_owned()).or_default() += count;
    }

    pub(crate) fn done(self) -> Timeline {
        let bins = self.starts.into_iter();
        let bins = bins.map(|(start, types)| Bin { start, incidents: types.values().sum(), types }).collect();
        Timeline { found: self.found, undated: self.undated, bins }
    }
}
