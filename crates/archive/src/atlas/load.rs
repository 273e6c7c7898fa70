//! Reads an atlas out of an archive.

use rustc_hash::FxHashMap;

use super::texts::Text;
use super::{Atlas, Event, Hundredths, MOST_EVENTS, Place, Row};
use crate::store::{self, values};
use crate::stored_day::iso;
use crate::{Archive, ArchiveError};

const INCIDENTS: &str = "SELECT id, incident, kind, first_day, last_day, place, place_ar, country, admin1, latitude, longitude,
   geo_precision, events, reports, outlets, sources, killed_low, killed_high, confidence, modality, review FROM incidents";
const EVENTS: &str = "SELECT id, incident, day, last_day, kind, modality, country, admin1, source, outlet, confidence, rejected, background
   FROM events WHERE current = 1 AND incident IS NOT NULL ORDER BY day DESC, id DESC";

impl Archive {
    /// What the list, the map and the timeline show of all incidents, to be held in memory; nothing where
    /// the archive is too large for that. Ask within [`Archive::snapshot`].
    ///
    /// # Errors
    /// The store's own.
    pub fn atlas(&mut self) -> Result<Option<Atlas>, ArchiveError> {
        let events = self.number("SELECT count(*) FROM events WHERE current = 1", &[])?;
        if events > MOST_EVENTS {
            return Ok(None);
        }
        let mut atlas = Atlas::default();
        let incidents = self.read_incidents(&mut atlas)?;
        let events = self.read_events(&mut atlas, &incidents)?;
        self.read_places(&mut atlas, &events)?;
        self.read_actors(&mut atlas, &events)?;
        Ok(Some(atlas))
    }

    fn read_incidents(&mut self, atlas: &mut Atlas) -> Result<FxHashMap<i64, u32>, ArchiveError> {
        let mut at = FxHashMap::default();
        self.store.each(INCIDENTS, values![], &mut |row| {
            let mut text = |column| -> Result<Option<Text>, ArchiveError> {
                Ok(row.opt_str(column)?.map(|text| atlas.texts.hold(text)))
            };
            let (place, place_ar, country, admin1) = (text(5)?, text(6)?, text(7)?, text(8)?);
            let mut day = |column| -> Result<Option<Text>, ArchiveError> {
                Ok(row.opt_int(column)?.and_then(iso).map(|day| atlas.texts.hold(&day)))
            };
            let (first_day, last_day) = (day(3)?, day(4)?);
            at.insert(row.int(0)?, atlas.incidents.len() as u32);
            atlas.incidents.push(Row {
                id: row.text(1)?.into(),
                kind: atlas.texts.hold(row.text(2)?),
                first_day,
                last_day,
                place,
                place_ar,
                country,
                admin1,
                latitude: row.opt_real(9)?,
                longitude: row.opt_real(10)?,
                geo_precision: opt_number(row, 11)?,
                events: number(row, 12)?,
                reports: number(row, 13)?,
                outlets: number(row, 14)?,
                sources: number(row, 15)?,
                killed_low: opt_number(row, 16)?,
                killed_high: opt_number(row, 17)?,
                confidence: row.real(18)?,
                modality: atlas.texts.hold(row.text(19)?),
                review: atlas.texts.hold(row.text(20)?),
            });
            Ok(true)
        })?;
        Ok(at)
    }

    fn read_events(
        &mut self,
        atlas: &mut Atlas,
        incidents: &FxHashMap<i64, u32>,
    ) -> Result<FxHashMap<i64, u32>, ArchiveError> {
        let mut at = FxHashMap::default();
        let mut provinces: FxHashMap<(Text, Text), u32> = FxHashMap::default();
        self.store.each(EVENTS, values![], &mut |row| {
            let Some(incident) = incidents.get(&row.int(1)?) else { return Ok(true) };
            let mut text = |column| -> Result<Option<Text>, ArchiveError> {
                Ok(row.opt_str(column)?.map(|text| atlas.texts.hold(text)))
            };
            let (country, admin1, source, outlet) = (text(6)?, text(7)?, text(8)?, text(9)?);
            let province = country.zip(admin1).map(|pair| {
                *provinces.entry(pair).or_insert_with(|| {
                    atlas.provinces.push(pair);
                    atlas.provinces.len() as u32 - 1
                })
            });
            at.insert(row.int(0)?, atlas.events.len() as u32);
            atlas.events.push(Event {
                incident: *incident,
                day: number(row, 2)?,
                last_day: number(row, 3)?,
                places_end: 0,
                actors_end: 0,
                kind: atlas.texts.hold(row.text(4)?),
                modality: atlas.texts.hold(row.text(5)?),
                country,
                province,
                source,
                outlet,
                confidence: row.real(10)?,
                rejected: row.int(11)? != 0,
                background: row.int(12)? != 0,
            });
            Ok(true)
        })?;
        Ok(at)
    }

    fn read_places(&mut self, atlas: &mut Atlas, events: &FxHashMap<i64, u32>) -> Result<(), ArchiveError> {
        let mut found: Vec<(u32, Place)> = Vec::new();
        let sql = "SELECT event, place, name, name_en, latitude, longitude FROM event_places";
        self.store.each(sql, values![], &mut |row| {
            let Some(event) = events.get(&row.int(0)?) else { return Ok(true) };
            let place = Place {
                id: row.opt_str(1)?.map(|id| atlas.texts.hold(id)),
                name: atlas.texts.hold(row.text(2)?),
                name_en: atlas.texts.hold(row.text(3)?),
                latitude: row.opt_real(4)?.unwrap_or(f64::NAN),
                longitude: row.opt_real(5)?.unwrap_or(f64::NAN),
            };
            found.push((*event, place));
            Ok(true)
        })?;
        found.sort_by_key(|(event, _)| *event);
        atlas.boxes = vec![Hundredths::EMPTY; atlas.events.len()];
        for (event, place) in &found {
            let around = &mut atlas.boxes[*event as usize];
            *around = around.and(place);
        }
        for (event, end) in atlas.events.iter_mut().zip(ends(found.iter().map(|(event, _)| *event))) {
            event.places_end = end;
        }
        atlas.places = found.into_iter().map(|(_, place)| place).collect();
        Ok(())
    }

    fn read_actors(&mut self, atlas: &mut Atlas, events: &FxHashMap<i64, u32>) -> Result<(), ArchiveError> {
        let mut found: Vec<(u32, Text)> = Vec::new();
        self.store.each("SELECT event, actor FROM event_actors", values![], &mut |row| {
            if let Some(event) = events.get(&row.int(0)?) {
                found.push((*event, atlas.texts.hold(row.text(1)?)));
            }
            Ok(true)
        })?;
        found.sort_unstable();
        found.dedup();
        for (event, end) in atlas.events.iter_mut().zip(ends(found.iter().map(|(event, _)| *event))) {
            event.actors_end = end;
        }
        atlas.actors = found.into_iter().map(|(_, actor)| actor).collect();
        Ok(())
    }
}

/// Where the rows of event 0, 1, 2 … end, given the events of the rows in their order; goes on for ever.
fn ends(events: impl Iterator<Item = u32>) -> impl Iterator<Item = u32> {
    let mut rows = (1..).zip(events).peekable();
    let mut end = 0;
    (0..).map(move |event| {
        while let Some((next, _)) = rows.next_if(|(_, of)| *of <= event) {
            end = next;
        }
        end
    })
}

fn number<T: TryFrom<i64>>(row: &store::Row, column: usize) -> Result<T, ArchiveError> {
    opt_number(row, column)?.ok_or_else(|| ArchiveError::Damaged(format!("column {column} is empty")))
}

fn opt_number<T: TryFrom<i64>>(row: &store::Row, column: usize) -> Result<Option<T>, ArchiveError> {
    let fit = |value: i64| {
        T::try_from(value).map_err(|_| ArchiveError::Damaged(format!("column {column} is {value}, which cannot be")))
    };
    row.opt_int(column)?.map(fit).transpose()
}
