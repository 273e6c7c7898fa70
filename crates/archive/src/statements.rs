//! Statements that somebody holds a place: stored with each coding, asked for with the events.

use maydani_core::Record;
use maydani_core::record::{ControlStatement, PlaceKind};
use maydani_linking::day::{self, Day};
use maydani_linking::facts::{day_of_news, event_key, name_key};

use crate::filter::{Filter, KM_PER_DEGREE, Near};
use crate::store::{Row, values};
use crate::stored_day::UNKNOWN_DAY;
use crate::{Archive, ArchiveError};

/// A current statement, as the timeline of a place needs it.
#[derive(Debug, Clone)]
pub(crate) struct StatementRow {
    /// `report#statement`
    pub(crate) name: String,
    pub(crate) report: String,
    pub(crate) outlet: Option<String>,
    pub(crate) day: Day,
    pub(crate) said: ControlStatement,
}

impl Archive {
    /// Stores the statements of a coding as the current ones of its report.
    pub(crate) fn store_statements(
        &mut self,
        record: &Record,
        (coding, report): (i64, i64),
    ) -> Result<(), ArchiveError> {
        self.execute("UPDATE statements SET current = 0 WHERE report = ?1 AND current = 1", values![report])?;
        let news = day_of_news(record);
        for (ordinal, said) in record.control.iter().enumerate() {
            let place = &said.place;
            let told = said.date.as_ref().and_then(|date| date.end_day.as_deref()).and_then(day::parse);
            let name = if place.name_ar.is_empty() { &place.passage.text } else { &place.name_ar };
            let data = serde_json::to_string(said).map_err(|error| ArchiveError::json("a statement", &error))?;
            self.execute(
                "INSERT INTO statements (coding, report, ordinal, statement, current, day, source, outlet, country, admin1, place, name,
                   name_en, data)
                 VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                values![
                    coding,
                    report,
                    ordinal,
                    &said.id,
                    told.or(news).unwrap_or(UNKNOWN_DAY),
                    said.source.as_ref().map(|source| &source.key),
                    record.report.outlet.as_ref(),
                    place.country.as_ref(),
                    place.admin1.as_ref(),
                    place.id.as_ref(),
                    name_key(name),
                    place.name.to_lowercase(),
                    data,
                ],
            )?;
            if let Some((country, admin1)) = place.country.as_ref().zip(place.admin1.as_ref()) {
                self.store_province(country, admin1)?;
            }
        }
        Ok(())
    }

    /// The current statements of a report, in their order.
    pub(crate) fn statements_of(&mut self, report: i64) -> Result<Vec<ControlStatement>, ArchiveError> {
        self.rows("SELECT data FROM statements WHERE report = ?1 AND current = 1 ORDER BY ordinal", values![report])?
            .iter()
            .map(|row| said(row, 0))
            .collect()
    }

    /// The current statements of a filter, by day. What only events have (a confidence, a review) no
    /// statement meets.
    pub(crate) fn matching_statements(&mut self, filter: &Filter) -> Result<Vec<StatementRow>, ArchiveError> {
        let asserted = filter.modality.as_deref().is_none_or(|modality| modality == "asserted");
        if filter.confidence.is_some() || filter.review.is_some() || !asserted {
            return Ok(Vec::new());
        }
        let (conditions, values) = self.conditions_on_statements(filter)?;
        let sql = format!(
            "SELECT r.report, e.outlet, e.day, e.statement, e.ordinal, e.data FROM statements e JOIN reports r ON r.id = e.report
             WHERE {conditions} ORDER BY e.day DESC, e.id DESC"
        );
        let mut found = Vec::new();
        for row in self.rows(&sql, &values)? {
            let (report, said) = (row.text(0)?.to_owned(), said(&row, 5)?);
            if !fits(filter, &said) {
                continue;
            }
            found.push(StatementRow {
                name: event_key(&report, row.text(3)?, row.int(4)?.unsigned_abs() as usize),
                report,
                outlet: row.opt_text(1)?,
                day: Day::try_from(row.int(2)?).map_err(|_| ArchiveError::Damaged("the day of a statement".into()))?,
                said,
            });
        }
        Ok(found)
    }
}

fn said(row: &Row, column: usize) -> Result<ControlStatement, ArchiveError> {
    serde_json::from_str(row.text(column)?).map_err(|error| ArchiveError::json("a statement", &error))
}

/// What a filter asks of a statement beyond its columns.
fn fits(filter: &Filter, said: &ControlStatement) -> bool {
    let point = said.place.latitude.zip(said.place.longitude);
    let near = |near: &Near| {
        point.is_some_and(|(latitude, longitude)| {
            let north = (latitude - near.latitude) * KM_PER_DEGREE;
            let east = (longitude - near.longitude) * near.latitude.to_radians().cos() * KM_PER_DEGREE;
            north * north + east * east <= near.radius * near.radius
        })
    };
    let inside = |[south, west, north, east]: &[f64; 4]| {
        point.is_some_and(|(latitude, longitude)| {
            (*south..=*north).contains(&latitude) && (*west..=*east).contains(&longitude)
        })
    };
    filter.near.as_ref().is_none_or(near)
        && filter.bounds.as_ref().is_none_or(inside)
        && filter.actor.as_ref().is_none_or(|key| said.holder.iter().any(|actor| actor.key == *key))
        && !matches!(said.place.kind, PlaceKind::Country | PlaceKind::Governorate | PlaceKind::Area)
}
