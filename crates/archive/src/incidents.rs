//! Incidents: their summary rows, lists of them, and one with all its members.

use std::collections::{BTreeMap, BTreeSet};

use maydani_core::record::{Event, Modality, PlaceKind, PlaceValue};
use maydani_linking::independence::{self, Origin};
use maydani_linking::{Facts, Reason};
use serde::{Deserialize, Serialize};

use crate::decisions::event_of;
use crate::filter::Filter;
use crate::ingest::modality;
use crate::link::parse;
use crate::store::{Row, Value, values};
use crate::stored_day::iso;
use crate::{Archive, ArchiveError};

/// One occurrence, as all its reports together tell it. Its texts are its own, or borrowed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident<T = String> {
    /// Its id; keeps as long as most of its events stay together.
    #[serde(rename = "incident")]
    pub id: T,
    /// The sub-event type that most reports give.
    pub sub_event_type: T,
    /// First day told.
    pub first_day: Option<T>,
    /// Last day told.
    pub last_day: Option<T>,
    /// The place that most reports give, in English.
    pub place: Option<T>,
    /// The same in Arabic.
    pub place_ar: Option<T>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<T>,
    /// Province.
    pub admin1: Option<T>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// 1 the place itself, 2 near or part of it, 3 province or wider, 0 not located.
    pub geo_precision: Option<i64>,
    /// Events linked.
    pub event_count: i64,
    /// Reports whose news it is (of all, where all only recall it).
    pub report_count: i64,
    /// Outlets that ran them.
    pub outlet_count: i64,
    /// Sources that do not go back to each other.
    pub independent_sources: i64,
    /// Lowest number of dead that any claim gives.
    pub killed_low: Option<i64>,
    /// Highest number of dead that any claim gives.
    pub killed_high: Option<i64>,
    /// Highest confidence of its events.
    pub confidence: f64,
    /// `asserted` where any report asserts it, else `denied`, else `planned`.
    pub modality: T,
    /// `unreviewed`, `confirmed`, `disputed`, `rejected`.
    pub review: T,
}

/// An event of an incident, and why it is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Its name, `report#event`.
    pub event: String,
    /// The report.
    pub report: String,
    /// The outlet.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Day or time of publication.
    pub published: Option<String>,
    /// Members with the same number are reprints or rewrites of one text.
    pub voice: i64,
    /// Members with the same number go back to one source.
    pub source_group: usize,
    /// The event as coded.
    pub coded: Event,
    /// The member that it fits best.
    pub linked_to: Option<String>,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// What is needed of a member to sum up and to list claims.
pub(crate) struct MemberRow {
    pub(crate) row: i64,
    pub(crate) name: String,
    pub(crate) report: String,
    pub(crate) voice: i64,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) event: Event,
    pub(crate) facts: Facts,
}

const MEMBERS: &str =
    "SELECT e.id, e.event, e.ordinal, r.report, r.voice, v.outlet, v.url, v.title, v.published, d.data, d.facts
   FROM events e JOIN event_data d ON d.event = e.id JOIN reports r ON r.id = e.report JOIN versions v ON v.report = r.id AND v.number = r.version";

const COLUMNS: &str = "i.incident, i.kind, i.first_day, i.last_day, i.place, i.place_ar, i.country, i.admin1, i.latitude, i.longitude,
   i.geo_precision, i.events, i.reports, i.outlets, i.sources, i.killed_low, i.killed_high, i.confidence, i.modality, i.review";

/// Incidents read by one statement.
const TOGETHER: usize = 100;

impl Archive {
    /// Incidents that hold an event which fits the filter, newest first.
    ///
    /// # Errors
    /// The store's own.
    pub fn incidents(&mut self, filter: &Filter) -> Result<Vec<Incident>, ArchiveError> {
        let (conditions, values) = self.conditions(filter, 0)?;
        let wanted = filter.offset.saturating_add(filter.limit);
        let mut order: Vec<i64> = Vec::new();
        let mut seen = BTreeSet::new();
        let sql = format!(
            "SELECT e.incident FROM events e WHERE {conditions} AND e.incident IS NOT NULL ORDER BY e.day DESC, e.id DESC"
        );
        self.store.each(&sql, &values, &mut |row| {
            let incident = row.int(0)?;
            if seen.insert(incident) {
                order.push(incident);
            }
            Ok(order.len() < wanted)
        })?;
        let order: Vec<i64> = order.into_iter().skip(filter.offset).collect();
        let mut found: BTreeMap<i64, Incident> = BTreeMap::new();
        for some in order.chunks(TOGETHER) {
            // Always as many parameters, so that the statement is prepared once.
            let ids: Vec<Value> = (0..TOGETHER).map(|at| Value::from(*some.get(at).unwrap_or(&some[0]))).collect();
            let marks: Vec<String> = (1..=TOGETHER).map(|at| format!("?{at}")).collect();
            let sql = format!("SELECT {COLUMNS}, i.id FROM incidents i WHERE i.id IN ({})", marks.join(", "));
            for row in self.rows(&sql, &ids)? {
                found.insert(row.int(20)?, incident_of(&row)?);
            }
        }
        Ok(order.iter().filter_map(|incident| found.remove(incident)).collect())
    }

    /// One incident, by its id or by one that it bore before.
    ///
    /// # Errors
    /// The archive holds no such incident.
    pub fn incident(&mut self, id: &str) -> Result<Incident, ArchiveError> {
        let row = self.incident_row(id)?;
        let sql = format!("SELECT {COLUMNS} FROM incidents i WHERE i.id = ?1");
        let row = self
            .first(&sql, values![row])?
            .ok_or_else(|| ArchiveError::Unknown { what: "incident", id: id.to_owned() })?;
        incident_of(&row)
    }

    /// The events of an incident, and why each is there.
    ///
    /// # Errors
    /// The archive holds no such incident.
    pub fn members(&mut self, id: &str) -> Result<Vec<Member>, ArchiveError> {
        let incident = self.incident_row(id)?;
        let rows = self.member_rows(incident)?;
        let groups = independence::sources(&rows.iter().map(origin).collect::<Vec<_>>());
        let names: BTreeMap<i64, String> = rows.iter().map(|member| (member.row, member.name.clone())).collect();
        let mut members = Vec::with_capacity(rows.len());
        for (member, source_group) in rows.into_iter().zip(groups) {
            let (linked_to, reasons) = self.best_link(member.row, &names)?;
            members.push(Member {
                event: member.name,
                report: member.report,
                outlet: member.outlet,
                url: member.url,
                title: member.title,
                published: member.published,
                voice: member.voice,
                source_group,
                coded: member.event,
                linked_to,
                reasons,
            });
        }
        Ok(members)
    }

    fn best_link(
        &mut self,
        event: i64,
        members: &BTreeMap<i64, String>,
    ) -> Result<(Option<String>, Vec<Reason>), ArchiveError> {
        let rows = self.rows(
            "SELECT a, b, reasons FROM (SELECT a, b, score, reasons FROM links WHERE a = ?1
               UNION ALL SELECT a, b, score, reasons FROM links WHERE b = ?1) l ORDER BY score DESC, a, b",
            values![event],
        )?;
        for row in rows {
            let (a, b) = (row.int(0)?, row.int(1)?);
            if let Some(other) = members.get(if a == event { &b } else { &a }) {
                let reasons =
                    serde_json::from_str(row.text(2)?).map_err(|error| ArchiveError::json("reasons", &error))?;
                return Ok((Some(other.clone()), reasons));
            }
        }
        Ok((None, Vec::new()))
    }

    pub(crate) fn member_rows(&mut self, incident: i64) -> Result<Vec<MemberRow>, ArchiveError> {
        let sql = format!("{MEMBERS} WHERE e.incident = ?1 ORDER BY e.day, r.report, e.ordinal");
        self.rows(&sql, values![incident])?.iter().map(member_row).collect()
    }

    pub(crate) fn matching_rows(&mut self, filter: &Filter) -> Result<Vec<MemberRow>, ArchiveError> {
        let (conditions, values) = self.conditions(filter, 0)?;
        let sql = format!(
            "{MEMBERS} WHERE {conditions} ORDER BY e.day DESC, e.id DESC LIMIT {} OFFSET {}",
            filter.limit, filter.offset
        );
        self.rows(&sql, &values)?.iter().map(member_row).collect()
    }

    pub(crate) fn incident_row(&mut self, id: &str) -> Result<i64, ArchiveError> {
        let row = self.first(
            "SELECT id FROM incidents WHERE incident = ?1
             UNION ALL SELECT i.id FROM incident_aliases a JOIN incidents i ON i.incident = a.incident WHERE a.alias = ?1",
            values![id],
        )?;
        row.map_or_else(|| Err(ArchiveError::Unknown { what: "incident", id: id.to_owned() }), |row| row.int(0))
    }

    pub(crate) fn events_of_incident(&mut self, id: &str) -> Result<Vec<i64>, ArchiveError> {
        let incident = self.incident_row(id)?;
        self.rows("SELECT id FROM events WHERE incident = ?1 ORDER BY id", values![incident])?
            .iter()
            .map(|row| row.int(0))
            .collect()
    }

    /// A new incident, named after its first event.
    pub(crate) fn new_incident(&mut self, first: &str) -> Result<i64, ArchiveError> {
        let hash = blake3::hash(first.as_bytes()).to_hex();
        let mut id = format!("inc-{}", &hash[..12]);
        for next in 2.. {
            // One that its first event has left may still bear the name.
            if self.first("SELECT 1 FROM incidents WHERE incident = ?1", values![&id])?.is_none() {
                break;
            }
            id = format!("inc-{}-{next}", &hash[..12]);
        }
        self.make_incident(&id)
    }

    /// An incident that lives, or lives again, under its id.
    pub(crate) fn incident_again(&mut self, id: &str) -> Result<i64, ArchiveError> {
        match self.first("SELECT id FROM incidents WHERE incident = ?1", values![id])? {
            Some(row) => row.int(0),
            None => self.make_incident(id),
        }
    }

    fn make_incident(&mut self, id: &str) -> Result<i64, ArchiveError> {
        self.execute("DELETE FROM incident_aliases WHERE alias = ?1", values![id])?;
        self.number(
            "INSERT INTO incidents (incident, kind, events, reports, outlets, sources, confidence, modality, review)
             VALUES (?1, '', 0, 0, 0, 0, 0.0, '', 'unreviewed') RETURNING id",
            values![id],
        )
    }

    /// Removes an incident that has lost all its events; its id goes on to where `heir` is now.
    pub(crate) fn close_incident(&mut self, incident: i64, heir: Option<i64>) -> Result<(), ArchiveError> {
        let gone = self.first("SELECT incident FROM incidents WHERE id = ?1", values![incident])?;
        self.execute("DELETE FROM incidents WHERE id = ?1", values![incident])?;
        let Some(gone) = gone else { return Ok(()) };
        let gone = gone.text(0)?;
        let heir = match heir {
            Some(event) => self.first(
                "SELECT i.incident FROM events e JOIN incidents i ON i.id = e.incident WHERE e.id = ?1",
                values![event],
            )?,
            None => None,
        };
        if heir.is_none() {
            self.execute("DELETE FROM incident_aliases WHERE incident = ?1", values![gone])?;
        }
        if let Some(row) = heir {
            let heir = row.text(0)?;
            self.execute("UPDATE incident_aliases SET incident = ?2 WHERE incident = ?1", values![gone, heir])?;
            self.execute(
                "INSERT INTO incident_aliases (alias, incident) VALUES (?1, ?2) ON CONFLICT (alias) DO UPDATE SET incident = excluded.incident",
                values![gone, heir],
            )?;
        }
        Ok(())
    }

    /// Removes an incident if it has lost its last event.
    pub(crate) fn close_if_empty(&mut self, incident: i64) -> Result<(), ArchiveError> {
        if self.first("SELECT 1 FROM events WHERE incident = ?1", values![incident])?.is_none() {
            self.close_incident(incident, None)?;
        }
        Ok(())
    }

    /// Writes the summary row of an incident anew.
    pub(crate) fn refresh_incident(&mut self, incident: i64) -> Result<(), ArchiveError> {
        let members = self.member_rows(incident)?;
        let review = self.review_state(incident)?;
        let days = || {
            members.iter().filter_map(|member| member.facts.days.or_else(|| member.facts.day().map(|day| (day, day))))
        };
        let place = common_place(&members);
        // Who only recalls it confirms nothing.
        let mut news: Vec<&MemberRow> = members.iter().filter(|member| !member.facts.recalled).collect();
        if news.is_empty() {
            news = members.iter().collect();
        }
        let kind = most(members.iter().map(|member| member.event.sub_event_type.code())).unwrap_or_default();
        let distinct = |values: &mut dyn Iterator<Item = String>| values.collect::<BTreeSet<_>>().len();
        let killed: Vec<(u32, u32)> = members
            .iter()
            .filter(|member| member.event.modality == Modality::Asserted)
            .filter_map(|member| member.facts.killed.map(|(min, max)| (min, max.unwrap_or(min))))
            .collect();
        let stance = [Modality::Asserted, Modality::Denied, Modality::Planned]
            .into_iter()
            .find(|stance| members.iter().any(|member| member.event.modality == *stance))
            .unwrap_or(Modality::Asserted);
        self.execute(
            "UPDATE incidents SET kind = ?2, first_day = ?3, last_day = ?4, place = ?5, place_ar = ?6, country = ?7, admin1 = ?8,
               latitude = ?9, longitude = ?10, geo_precision = ?11, events = ?12, reports = ?13, outlets = ?14, sources = ?15,
               killed_low = ?16, killed_high = ?17, confidence = ?18, modality = ?19, review = ?20 WHERE id = ?1",
            values![
                incident,
                kind,
                days().map(|(first, _)| first).min(),
                days().map(|(_, last)| last).max(),
                place.map(|place| &place.name),
                place.map(|place| &place.name_ar),
                place.and_then(|place| place.country.as_ref()),
                place.and_then(|place| place.admin1.as_ref()),
                place.and_then(|place| place.latitude),
                place.and_then(|place| place.longitude),
                place.map(|place| i64::from(place.geo_precision)),
                members.len(),
                distinct(&mut news.iter().map(|member| member.report.clone())),
                distinct(&mut news.iter().filter_map(|member| member.outlet.clone())),
                independence::count(&news.iter().map(|member| origin(member)).collect::<Vec<_>>()),
                killed.iter().map(|(low, _)| *low).min(),
                killed.iter().map(|(_, high)| *high).max(),
                members.iter().map(|member| member.event.confidence).fold(0.0, f64::max),
                modality(stance),
                review,
            ],
        )?;
        Ok(())
    }
}

/// Where a member's claims come from.
pub(crate) fn origin(member: &MemberRow) -> Origin {
    Origin {
        voice: member.voice,
        source: member.event.source.as_ref().map(|source| source.key.clone()),
        relays: member.event.via.iter().map(|relay| relay.key.clone()).collect(),
        outlet: member.outlet.clone(),
    }
}

/// The value given most often; of equals, the one that sorts first.
fn most<T: Ord + Copy>(given: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in given {
        *counts.entry(value).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(value, count)| (*count, std::cmp::Reverse(*value))).map(|(value, _)| value)
}

/// The place that most members give, a narrow one before a wide one.
fn common_place(members: &[MemberRow]) -> Option<&PlaceValue> {
    let wide = |place: &PlaceValue| matches!(place.kind, PlaceKind::Governorate | PlaceKind::Country);
    let places = || members.iter().flat_map(|member| &member.event.places);
    let narrow: Vec<&PlaceValue> = places().filter(|place| !wide(place)).collect();
    let from = if narrow.is_empty() { places().collect() } else { narrow };
    let name = most(from.iter().map(|place| place.name.as_str()))?;
    from.into_iter().filter(|place| place.name == name).max_by_key(|place| place.latitude.is_some())
}

fn member_row(row: &Row) -> Result<MemberRow, ArchiveError> {
    let report = row.text(3)?.to_owned();
    Ok(MemberRow {
        row: row.int(0)?,
        name: maydani_linking::facts::event_key(&report, row.text(1)?, row.int(2)?.unsigned_abs() as usize),
        report,
        voice: row.int(4)?,
        outlet: row.opt_text(5)?,
        url: row.opt_text(6)?,
        title: row.opt_text(7)?,
        published: row.opt_text(8)?,
        event: event_of(row, 9)?,
        facts: parse(row.text(10)?)?,
    })
}

fn incident_of(row: &Row) -> Result<Incident, ArchiveError> {
    Ok(Incident {
        id: row.text(0)?.to_owned(),
        sub_event_type: row.text(1)?.to_owned(),
        first_day: row.opt_int(2)?.and_then(iso),
        last_day: row.opt_int(3)?.and_then(iso),
        place: row.opt_text(4)?,
        place_ar: row.opt_text(5)?,
        country: row.opt_text(6)?,
        admin1: row.opt_text(7)?,
        latitude: row.opt_real(8)?,
        longitude: row.opt_real(9)?,
        geo_precision: row.opt_int(10)?,
        event_count: row.int(11)?,
        report_count: row.int(12)?,
        outlet_count: row.int(13)?,
        independent_sources: row.int(14)?,
        killed_low: row.opt_int(15)?,
        killed_high: row.opt_int(16)?,
        confidence: row.real(17)?,
        modality: row.text(18)?.to_owned(),
        review: row.text(19)?.to_owned(),
    })
}
