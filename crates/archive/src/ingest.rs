//! Takes coded reports in: new ones, changed ones, known ones.

use jiff::Timestamp;
use maydani_core::Record;
use maydani_core::record::{Modality, PlaceValue};
use maydani_linking::keys::candidate_keys;
use maydani_linking::near_duplicates::{ONE_VOICE, REPRINT_DAYS, Sketch};
use maydani_linking::{Facts, day, facts::name_key};

use crate::decisions::{Anchor, event_of};
use crate::full_text::index_words;
use crate::store::{Dialect, index_statement, values};
use crate::stored_day::UNKNOWN_DAY;
use crate::{Archive, ArchiveError};

/// What became of the reports handed in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ingested {
    /// Reports that the archive did not hold.
    pub new: usize,
    /// Reports whose text had changed: kept as a new version.
    pub changed: usize,
    /// Reports that it held already, letter for letter.
    pub known: usize,
    /// Events stored.
    pub events: usize,
}

impl Ingested {
    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            new: self.new + other.new,
            changed: self.changed + other.changed,
            known: self.known + other.known,
            events: self.events + other.events,
        }
    }
}

/// An event taken out of use, and the incident that it was in.
pub(crate) struct Replaced {
    pub(crate) anchor: Anchor,
    pub(crate) incident: i64,
}

/// By what a report is known again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportKey {
    id: String,
    hash: String,
}

impl ReportKey {
    /// The key of a report by its id and text: the day of publication may come to light in coding.
    #[must_use]
    pub fn new(id: &str, text: &str) -> Self {
        Self { id: id.to_owned(), hash: blake3::hash(text.as_bytes()).to_hex()[..32].to_owned() }
    }

    fn of(record: &Record) -> Self {
        Self::new(&record.report.id, &record.report.text)
    }
}

impl Archive {
    /// Whether a report is held already, letter for letter: then it need not be coded again.
    ///
    /// # Errors
    /// The store's own.
    pub fn holds(&mut self, key: &ReportKey) -> Result<bool, ArchiveError> {
        let found = self.first(
            "SELECT 1 FROM versions v JOIN reports r ON r.id = v.report WHERE r.report = ?1 AND v.hash = ?2",
            values![&key.id, &key.hash],
        )?;
        Ok(found.is_some())
    }

    /// Stores coded reports in one transaction. When it returns, they are on the disk; a report that
    /// is held already changes nothing. Call [`Archive::link`] afterwards.
    ///
    /// # Errors
    /// The store's own; nothing is stored then.
    pub fn ingest(&mut self, records: &[Record], codebook: &str, now: Timestamp) -> Result<Ingested, ArchiveError> {
        let now = now.to_string();
        self.transaction(|archive| {
            let mut done = Ingested::default();
            for record in records {
                archive.ingest_one(record, codebook, &now, &mut done)?;
            }
            Ok(done)
        })
    }

    fn ingest_one(
        &mut self,
        record: &Record,
        codebook: &str,
        now: &str,
        done: &mut Ingested,
    ) -> Result<(), ArchiveError> {
        let key = ReportKey::of(record);
        let known = self.first("SELECT id, version FROM reports WHERE report = ?1", values![&key.id])?;
        let published = record.report.published.as_deref().and_then(day::parse).unwrap_or(UNKNOWN_DAY);
        let outlet = record.report.outlet.as_ref();
        let sketch = Sketch::of(&record.report.text);
        let bytes = sketch.as_ref().map(Sketch::to_bytes);
        let mut heirs = Vec::new();
        let (report, number) = if let Some(row) = known {
            let (report, version) = (row.int(0)?, row.int(1)?);
            if self
                .first("SELECT 1 FROM versions WHERE report = ?1 AND hash = ?2", values![report, &key.hash])?
                .is_some()
            {
                done.known += 1;
                return Ok(());
            }
            heirs = self.retire(report)?;
            self.forget_text(report)?;
            self.execute(
                "UPDATE reports SET version = ?2, outlet = ?3, day = ?4, sketch = ?5 WHERE id = ?1",
                values![report, version + 1, outlet, published, bytes],
            )?;
            done.changed += 1;
            (report, version + 1)
        } else {
            let report = self.number(
                "INSERT INTO reports (report, version, outlet, day, voice, sketch) VALUES (?1, 1, ?2, ?3, 0, ?4) RETURNING id",
                values![&key.id, outlet, published, bytes],
            )?;
            self.execute("UPDATE reports SET voice = id WHERE id = ?1", values![report])?;
            done.new += 1;
            (report, 1)
        };
        let read = &record.report;
        let version = self.number(
            "INSERT INTO versions (report, number, hash, url, outlet, section, title, published, language, text, stored_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING id",
            values![
                report, number, &key.hash, read.url.as_ref(), outlet, read.section.as_ref(), read.title.as_ref(),
                read.published.as_ref(), &read.language, &read.text, now,
            ],
        )?;
        self.index_text(report, &record.report.text)?;
        if let Some(sketch) = sketch {
            self.find_reprints(report, published, &sketch)?;
        }
        done.events += record.events.len();
        self.store_coding(record, report, version, &heirs, codebook, now)
    }

    /// Stores one coding of a version, and what analysts corrected in it; its events and statements become the current
    /// ones of the report, and go on in the incidents of those that they replace.
    pub(crate) fn store_coding(
        &mut self,
        record: &Record,
        report: i64,
        version: i64,
        replaced: &[Replaced],
        codebook: &str,
        now: &str,
    ) -> Result<(), ArchiveError> {
        let coding = self.number(
            "INSERT INTO codings (version, codebook, coded_at, events) VALUES (?1, ?2, ?3, ?4) RETURNING id",
            values![version, codebook, now, record.events.len()],
        )?;
        self.store_statements(record, (coding, report))?;
        match self.corrected(record)? {
            None => self.store_events(record, (coding, report), replaced),
            Some(corrected) => {
                self.store_history(record, (coding, report))?;
                self.store_decided(record, corrected, (version, report), replaced, now)
            }
        }
    }

    pub(crate) fn store_events(
        &mut self,
        record: &Record,
        (coding, report): (i64, i64),
        replaced: &[Replaced],
    ) -> Result<(), ArchiveError> {
        for (ordinal, (event, facts)) in record.events.iter().zip(Facts::of(record)).enumerate() {
            let incident = Anchor::of(event).best(replaced.iter().map(|old| (&old.anchor, old.incident)));
            self.store_event((coding, report), (record, ordinal), &facts, incident)?;
        }
        for old in replaced {
            self.close_if_empty(old.incident)?;
        }
        self.anchor_again(&record.report.id, report)
    }

    fn store_event(
        &mut self,
        (coding, report): (i64, i64),
        (record, ordinal): (&Record, usize),
        facts: &Facts,
        incident: Option<i64>,
    ) -> Result<(), ArchiveError> {
        let (event, outlet) = (&record.events[ordinal], record.report.outlet.as_ref());
        let first = facts.day().unwrap_or(UNKNOWN_DAY);
        let last = facts.days.map_or(first, |(_, last)| last);
        let located = event.places.iter().find(|place| place.country.is_some());
        let around = around(&event.places);
        let data = serde_json::to_string(event).map_err(|error| ArchiveError::json("an event", &error))?;
        let kept = serde_json::to_string(facts).map_err(|error| ArchiveError::json("an event's facts", &error))?;
        let id = self.number(
            "INSERT INTO events (coding, report, ordinal, event, current, linked, kind, modality, background, day, last_day,
               confidence, source, outlet, country, admin1, incident, south, north, west, east)
             VALUES (?1, ?2, ?3, ?4, 1, 0, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19) RETURNING id",
            values![
                coding, report, ordinal, &event.id, event.sub_event_type.code(), modality(event.modality),
                event.background, first, last, event.confidence, event.source.as_ref().map(|source| &source.key), outlet,
                located.and_then(|place| place.country.as_ref()), located.and_then(|place| place.admin1.as_ref()),
                incident, around[0], around[1], around[2], around[3],
            ],
        )?;
        self.execute("INSERT INTO event_data (event, data, facts) VALUES (?1, ?2, ?3)", values![id, data, kept])?;
        if let Some((country, admin1)) = located.and_then(|place| place.country.as_ref().zip(place.admin1.as_ref())) {
            self.store_province(country, admin1)?;
        }
        for place in &event.places {
            self.store_place(id, place, first)?;
        }
        for (role, actors) in [(1, &event.actor1), (2, &event.actor2)] {
            for actor in actors {
                self.execute(
                    "INSERT INTO event_actors (actor, event, role) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                    values![&actor.key, id, role],
                )?;
            }
        }
        for key in candidate_keys(facts).stored {
            self.execute(
                "INSERT INTO link_keys (key, day, event) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                values![key, first, id],
            )?;
        }
        Ok(())
    }

    pub(crate) fn store_province(&mut self, country: &str, admin1: &str) -> Result<(), ArchiveError> {
        self.execute(
            "INSERT INTO provinces (country, admin1) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            values![country, admin1],
        )?;
        Ok(())
    }

    fn store_place(&mut self, event: i64, place: &PlaceValue, first: i32) -> Result<(), ArchiveError> {
        let name = if place.name_ar.is_empty() { &place.passage.text } else { &place.name_ar };
        self.execute(
            "INSERT INTO event_places (event, day, place, name, name_en, latitude, longitude)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            values![
                event,
                first,
                place.id.as_ref(),
                name_key(name),
                place.name.to_lowercase(),
                place.latitude,
                place.longitude
            ],
        )?;
        Ok(())
    }

    /// Takes a report's current events out of use; they stay as history.
    pub(crate) fn retire(&mut self, report: i64) -> Result<Vec<Replaced>, ArchiveError> {
        let mut replaced = Vec::new();
        let rows = self.rows(
            "SELECT e.id, e.day, d.facts, e.incident, d.data FROM events e JOIN event_data d ON d.event = e.id
             WHERE e.report = ?1 AND e.current = 1",
            values![report],
        )?;
        for row in rows {
            if let Some(incident) = row.opt_int(3)? {
                replaced.push(Replaced { anchor: Anchor::of(&event_of(&row, 4)?), incident });
            }
            let (event, day) = (row.int(0)?, row.int(1)?);
            let facts: Facts =
                serde_json::from_str(row.text(2)?).map_err(|error| ArchiveError::json("an event's facts", &error))?;
            for key in candidate_keys(&facts).stored {
                self.execute(
                    "DELETE FROM link_keys WHERE key = ?1 AND day = ?2 AND event = ?3",
                    values![key, day, event],
                )?;
            }
            // Those that were linked to it are grouped again without it.
            self.execute(
                "UPDATE events SET linked = 2 WHERE linked = 1 AND current = 1 AND id IN
                   (SELECT b FROM links WHERE a = ?1 UNION SELECT a FROM links WHERE b = ?1
                    UNION SELECT e.id FROM events e JOIN events o ON o.incident = e.incident WHERE o.id = ?1)",
                values![event],
            )?;
            self.execute("DELETE FROM links WHERE a = ?1 OR b = ?1", values![event])?;
            self.execute("DELETE FROM event_places WHERE event = ?1", values![event])?;
            self.execute("DELETE FROM event_actors WHERE event = ?1", values![event])?;
            self.execute("UPDATE events SET current = 0, linked = 1, incident = NULL WHERE id = ?1", values![event])?;
        }
        Ok(replaced)
    }

    fn index_text(&mut self, report: i64, text: &str) -> Result<(), ArchiveError> {
        let (words, readings) = index_words(text);
        self.execute(index_statement(self.store.dialect()), values![report, words, readings])?;
        Ok(())
    }

    fn forget_text(&mut self, report: i64) -> Result<(), ArchiveError> {
        let sql = match self.store.dialect() {
            Dialect::Sqlite => "DELETE FROM report_text WHERE rowid = ?1",
            Dialect::Postgres => "DELETE FROM report_text WHERE report = ?1",
        };
        self.execute(sql, values![report])?;
        if let Some(row) = self.first("SELECT sketch FROM reports WHERE id = ?1", values![report])?
            && let Some(sketch) = row.opt_bytes(0)?.and_then(Sketch::from_bytes)
        {
            for band in sketch.bands() {
                self.execute("DELETE FROM sketch_bands WHERE band = ?1 AND report = ?2", values![band, report])?;
            }
        }
        let voice = self.number("SELECT voice FROM reports WHERE id = ?1", values![report])?;
        self.execute("DELETE FROM near_duplicates WHERE a = ?1 OR b = ?1", values![report])?;
        self.regroup_voice(voice)
    }

    /// Finds the reports of which this is a reprint or rewrite, or that are one of it.
    fn find_reprints(&mut self, report: i64, published: i32, sketch: &Sketch) -> Result<(), ArchiveError> {
        let mut candidates = Vec::new();
        for band in sketch.bands() {
            for row in self.rows("SELECT report FROM sketch_bands WHERE band = ?1", values![band])? {
                candidates.push(row.int(0)?);
            }
            self.execute(
                "INSERT INTO sketch_bands (band, report) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                values![band, report],
            )?;
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut voice = self.number("SELECT voice FROM reports WHERE id = ?1", values![report])?;
        for other in candidates {
            let Some(row) = self.first("SELECT sketch, day, voice FROM reports WHERE id = ?1", values![other])? else {
                continue;
            };
            let (day, their_voice) = (row.int(1)?, row.int(2)?);
            let unknown = i64::from(UNKNOWN_DAY);
            let far =
                day != unknown && published != UNKNOWN_DAY && (day - i64::from(published)).abs() > REPRINT_DAYS.into();
            let Some(likeness) = row.opt_bytes(0)?.and_then(Sketch::from_bytes).map(|theirs| sketch.likeness(&theirs))
            else {
                continue;
            };
            if other == report || far || likeness < ONE_VOICE {
                continue;
            }
            self.execute(
                "INSERT INTO near_duplicates (a, b, likeness) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                values![report.min(other), report.max(other), likeness],
            )?;
            if their_voice != voice {
                let (keep, gone) = (voice.min(their_voice), voice.max(their_voice));
                self.count_again(gone)?;
                self.execute("UPDATE reports SET voice = ?1 WHERE voice = ?2", values![keep, gone])?;
                voice = keep;
            }
        }
        Ok(())
    }

    /// The reports of a voice anew from their near-duplicates: one of them has changed.
    fn regroup_voice(&mut self, voice: i64) -> Result<(), ArchiveError> {
        self.count_again(voice)?;
        let members: Vec<i64> = self
            .rows("SELECT id FROM reports WHERE voice = ?1 ORDER BY id", values![voice])?
            .iter()
            .map(|row| row.int(0))
            .collect::<Result<_, _>>()?;
        for member in &members {
            self.execute("UPDATE reports SET voice = id WHERE id = ?1", values![*member])?;
        }
        for member in members {
            for row in self.rows("SELECT a FROM near_duplicates WHERE b = ?1 ORDER BY a", values![member])? {
                let a = self.number("SELECT voice FROM reports WHERE id = ?1", values![row.int(0)?])?;
                let b = self.number("SELECT voice FROM reports WHERE id = ?1", values![member])?;
                if a != b {
                    self.execute("UPDATE reports SET voice = ?1 WHERE voice = ?2", values![a.min(b), a.max(b)])?;
                }
            }
        }
        Ok(())
    }

    /// Events of a voice are grouped, and their incidents counted, again.
    fn count_again(&mut self, voice: i64) -> Result<(), ArchiveError> {
        self.execute(
            "UPDATE events SET linked = 2 WHERE linked = 1 AND current = 1 AND report IN (SELECT id FROM reports WHERE voice = ?1)",
            values![voice],
        )?;
        Ok(())
    }
}

/// The word for a modality in the archive: that of the record.
pub(crate) const fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "asserted",
        Modality::Denied => "denied",
        Modality::Planned => "planned",
    }
}

/// The box around places: south, north, west, east in hundredths of a degree, rounded outwards.
fn around(places: &[PlaceValue]) -> [Option<i64>; 4] {
    let low = |degrees: fn(&PlaceValue) -> Option<f64>| {
        places.iter().filter_map(degrees).map(|degrees| (degrees * 100.0).floor() as i64).min()
    };
    let high = |degrees: fn(&PlaceValue) -> Option<f64>| {
        places.iter().filter_map(degrees).map(|degrees| (degrees * 100.0).ceil() as i64).max()
    };
    [
        low(|place| place.latitude),
        high(|place| place.latitude),
        low(|place| place.longitude),
        high(|place| place.longitude),
    ]
}

#[cfg(test)]
mod tests {
    use super::ReportKey;

    #[test]
    fn a_changed_text_has_another_key() {
        let key = ReportKey::new("a", "text");
        assert_eq!(key, ReportKey::new("a", "text"));
        assert_ne!(key, ReportKey::new("a", "text."));
        assert_ne!(key, ReportKey::new("b", "text"));
    }
}
