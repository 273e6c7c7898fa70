//! What queries ask for, and how that is said in SQL.

use maydani_linking::facts::name_key;
use maydani_text::normalise;
use serde::{Deserialize, Serialize};

use crate::full_text::{match_expression, text_matches};
use crate::store::{Dialect, Value};
use crate::stored_day::UNKNOWN_DAY;
use crate::{Archive, ArchiveError};

/// A circle on the map.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Near {
    /// Degrees north of its middle.
    pub latitude: f64,
    /// Degrees east of its middle.
    pub longitude: f64,
    /// Kilometres.
    pub radius: f64,
}

/// What a query asks for. Everything that is given must hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// A place: gazetteer id, Arabic or English name.
    pub place: Option<String>,
    /// A circle.
    pub near: Option<Near>,
    /// A box: south, west, north, east in degrees.
    pub bounds: Option<[f64; 4]>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Province.
    pub province: Option<String>,
    /// First day, days since 1970-01-01.
    pub first_day: Option<i32>,
    /// Last day, inclusive.
    pub last_day: Option<i32>,
    /// Sub-event types, any of them.
    pub kinds: Vec<String>,
    /// A key of an actor, on either side.
    pub actor: Option<String>,
    /// A key of who says so.
    pub source: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// Words of the report.
    pub text: Option<String>,
    /// Lowest confidence.
    pub confidence: Option<f64>,
    /// Review state of the incident: `unreviewed`, `confirmed`, `disputed`, `rejected`.
    pub review: Option<String>,
    /// Said to have happened, denied, planned.
    pub modality: Option<String>,
    /// Events that reports only recall, too.
    pub background: bool,
    /// At most so many.
    pub limit: usize,
    /// After so many.
    pub offset: usize,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            place: None,
            near: None,
            bounds: None,
            country: None,
            province: None,
            first_day: None,
            last_day: None,
            kinds: Vec::new(),
            actor: None,
            source: None,
            outlet: None,
            text: None,
            confidence: None,
            review: None,
            modality: None,
            background: false,
            limit: 100,
            offset: 0,
        }
    }
}

impl Filter {
    /// Whether it asks for anything that only events have.
    pub(crate) fn looks_at_events(&self) -> bool {
        self.place.is_some()
            || self.near.is_some()
            || self.bounds.is_some()
            || self.country.is_some()
            || self.province.is_some()
            || !self.kinds.is_empty()
            || self.actor.is_some()
            || self.source.is_some()
            || self.confidence.is_some()
            || self.modality.is_some()
    }

    /// The smallest box around the circle, and the box asked for.
    pub(crate) fn boxes(&self) -> Vec<[f64; 4]> {
        let circle = self.near.map(|near| {
            let north = near.radius / KM_PER_DEGREE;
            let east = north / near.latitude.to_radians().cos().max(0.01);
            [near.latitude - north, near.longitude - east, near.latitude + north, near.longitude + east]
        });
        circle.into_iter().chain(self.bounds).collect()
    }
}

pub(crate) const KM_PER_DEGREE: f64 = 111.2;

/// A condition that fewer events meet is asked first, by its own index; others while walking by day. Measured on a
/// million events: where the two ways take about as long for 500 incidents.
const FEW: i64 = 7_000;
/// The same of a box: the walk's own index holds the box around an event's places, so that the walk is the quicker one sooner.
const FEW_IN_BOX: i64 = 4_000;

/// Of a word that fewer reports hold, their events are asked by the index of reports.
const FEW_REPORTS: i64 = 5_000;

struct Sql {
    text: String,
    values: Vec<Value>,
    given: usize,
}

impl Sql {
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.given + self.values.len())
    }

    fn and(&mut self, condition: &str) {
        if !self.text.is_empty() {
            self.text.push_str(" AND ");
        }
        self.text.push_str(condition);
    }
}

impl Archive {
    /// The conditions on `events e` that a filter makes, and their values, which follow `given`
    /// parameters.
    pub(crate) fn conditions(&mut self, filter: &Filter, given: usize) -> Result<(String, Vec<Value>), ArchiveError> {
        let mut sql = Sql { text: "e.current = 1".into(), values: Vec::new(), given };
        if filter.review.as_deref() != Some("rejected") {
            sql.and("e.rejected = 0");
        }
        if !filter.background {
            sql.and("e.background = 0");
        }
        if let Some(first) = filter.first_day {
            let first = sql.value(first);
            // The index counts first days; a span that began earlier reaches in from the days before.
            sql.and(&format!("e.last_day >= {first} AND e.day >= {first} - 31"));
        }
        if let Some(last) = filter.last_day {
            let last = sql.value(last);
            sql.and(&format!("e.day <= {last} AND e.day <> {UNKNOWN_DAY}"));
        }
        for (column, wanted) in [
            ("country", &filter.country),
            ("source", &filter.source),
            ("outlet", &filter.outlet),
            ("modality", &filter.modality),
        ] {
            if let Some(wanted) = wanted {
                let value = sql.value(wanted);
                sql.and(&format!("e.{column} = {value}"));
            }
        }
        if let Some(province) = &filter.province {
            self.province_condition(province, filter.country.as_deref(), &mut sql)?;
        }
        if let Some(least) = filter.confidence {
            let least = sql.value(least);
            sql.and(&format!("e.confidence >= {least}"));
        }
        if !filter.kinds.is_empty() {
            let kinds: Vec<String> = filter.kinds.iter().map(|kind| sql.value(kind)).collect();
            sql.and(&format!("e.kind IN ({})", kinds.join(", ")));
        }
        if let Some(actor) = &filter.actor {
            let values = [Value::from(actor)];
            let few = |names: &[String]| format!("SELECT event FROM event_actors WHERE actor = {}", names[0]);
            let each = |names: &[String]| {
                format!("SELECT 1 FROM event_actors x WHERE x.actor = {} AND x.event = e.id", names[0])
            };
            self.either(
                FEW,
                &Condition { text: &few, values: &values },
                &Condition { text: &each, values: &values },
                &mut sql,
            )?;
        }
        if let Some(place) = &filter.place {
            let values = [Value::from(place), Value::from(name_key(place)), Value::from(place.to_lowercase())];
            let few = |names: &[String]| {
                let [id, ar, en] = names else { return String::new() };
                format!(
                    "SELECT event FROM event_places WHERE place = {id} UNION ALL SELECT event FROM event_places WHERE name = {ar}
                       UNION ALL SELECT event FROM event_places WHERE name_en = {en}"
                )
            };
            let are_few = self.at_most(FEW, &few, &values)?;
            let names = values.map(|value| sql.value(value));
            // Of more, events are walked by day (`+` keeps their rows out), and looked up in the list.
            sql.and(&format!("{}e.id IN ({})", if are_few { "" } else { "+" }, few(&names)));
        }
        for bounds in filter.boxes() {
            self.box_condition(bounds, filter, &mut sql)?;
        }
        if let Some(near) = filter.near {
            let cosine = near.latitude.to_radians().cos() * KM_PER_DEGREE;
            let (lat, lon, radius) =
                (sql.value(near.latitude), sql.value(near.longitude), sql.value(near.radius * near.radius));
            let (down, across) = (sql.value(KM_PER_DEGREE * KM_PER_DEGREE), sql.value(cosine * cosine));
            sql.and(&format!(
                "EXISTS (SELECT 1 FROM event_places p WHERE p.event = e.id AND
                   (p.latitude - {lat}) * (p.latitude - {lat}) * {down} + (p.longitude - {lon}) * (p.longitude - {lon}) * {across} <= {radius})"
            ));
        }
        if let Some(text) = &filter.text {
            self.text_condition(text, &mut sql)?;
        }
        if let Some(review) = &filter.review {
            let value = sql.value(review);
            sql.and(&format!("EXISTS (SELECT 1 FROM incidents i WHERE i.id = e.incident AND i.review = {value})"));
        }
        Ok((sql.text, sql.values))
    }

    /// The same on `statements e`, as far as their columns tell.
    pub(crate) fn conditions_on_statements(&mut self, filter: &Filter) -> Result<(String, Vec<Value>), ArchiveError> {
        let mut sql = Sql { text: "e.current = 1".into(), values: Vec::new(), given: 0 };
        sql.and(&format!("e.day <> {UNKNOWN_DAY}"));
        if let Some(last) = filter.last_day {
            let last = sql.value(last);
            sql.and(&format!("e.day <= {last}"));
        }
        for (column, wanted) in [("country", &filter.country), ("source", &filter.source), ("outlet", &filter.outlet)] {
            if let Some(wanted) = wanted {
                let value = sql.value(wanted);
                sql.and(&format!("e.{column} = {value}"));
            }
        }
        if let Some(province) = &filter.province {
            self.province_condition(province, filter.country.as_deref(), &mut sql)?;
        }
        if let Some(place) = &filter.place {
            let (id, ar, en) = (sql.value(place), sql.value(name_key(place)), sql.value(place.to_lowercase()));
            sql.and(&format!("(e.place = {id} OR e.name = {ar} OR e.name_en = {en})"));
        }
        if let Some(text) = &filter.text {
            self.text_condition(text, &mut sql)?;
        }
        Ok((sql.text, sql.values))
    }

    /// Provinces are stored as the gazetteer writes them, and asked for as anybody writes them.
    fn province_condition(&mut self, province: &str, country: Option<&str>, sql: &mut Sql) -> Result<(), ArchiveError> {
        let mut names = Vec::new();
        let wanted = (name_key(province), normalise(province));
        let found = self.rows("SELECT country, admin1 FROM provinces ORDER BY country, admin1", &[])?;
        for row in found {
            let admin1 = row.text(1)?;
            let fits = name_key(admin1) == wanted.0 || normalise(admin1) == wanted.1;
            if fits && country.is_none_or(|country| row.text(0).is_ok_and(|found| found == country)) {
                names.push((row.text(0)?.to_owned(), admin1.to_owned()));
            }
        }
        let any: Vec<String> = names
            .into_iter()
            .map(|(country, admin1)| {
                let (country, admin1) = (sql.value(country), sql.value(admin1));
                format!("(e.country = {country} AND e.admin1 = {admin1})")
            })
            .collect();
        sql.and(&if any.is_empty() { "1 = 0".to_owned() } else { format!("({})", any.join(" OR ")) });
        Ok(())
    }

    fn box_condition(
        &mut self,
        [south, west, north, east]: [f64; 4],
        filter: &Filter,
        sql: &mut Sql,
    ) -> Result<(), ArchiveError> {
        let (first, last) = (filter.first_day.unwrap_or(i32::MIN / 2), filter.last_day.unwrap_or(i32::MAX / 2));
        let asked = [south.into(), north.into(), west.into(), east.into(), first.into(), last.into()];
        let bands = match self.store.dialect() {
            // As its index is written: whole tenths of a degree, towards zero.
            Dialect::Sqlite => {
                let (first, last) = ((south.max(-90.0) * 10.0) as i64, (north.min(90.0) * 10.0) as i64);
                let bands: Vec<String> = (first..=last).map(|band| band.to_string()).collect();
                format!("CAST(latitude * 10 AS INTEGER) IN ({}) AND ", bands.join(", "))
            }
            Dialect::Postgres => String::new(),
        };
        let few = |names: &[String]| {
            let [s, n, w, e, from, to] = names else { return String::new() };
            format!(
                "SELECT event FROM event_places WHERE {bands}latitude BETWEEN {s} AND {n} AND longitude BETWEEN {w} AND {e}
                   AND day >= {from} - 31 AND day <= {to}"
            )
        };
        let each = |names: &[String]| {
            let [s, n, w, e, ..] = names else { return String::new() };
            format!(
                "SELECT 1 FROM event_places p WHERE p.event = e.id AND p.latitude BETWEEN {s} AND {n} AND p.longitude BETWEEN {w} AND {e}"
            )
        };
        let exact = &asked[..4];
        let are_few = self.either(
            FEW_IN_BOX,
            &Condition { text: &few, values: &asked },
            &Condition { text: &each, values: exact },
            sql,
        )?;
        if !are_few {
            // The walk's own index holds the box around the places, in hundredths: most events end here.
            let hundredths =
                [(north * 100.0).ceil(), (south * 100.0).floor(), (east * 100.0).ceil(), (west * 100.0).floor()];
            let names: Vec<String> = hundredths.iter().map(|value| sql.value(*value as i64)).collect();
            sql.and(&format!(
                "e.south <= {} AND e.north >= {} AND e.west <= {} AND e.east >= {}",
                names[0], names[1], names[2], names[3]
            ));
        }
        Ok(())
    }

    fn text_condition(&mut self, text: &str, sql: &mut Sql) -> Result<(), ArchiveError> {
        let dialect = self.store.dialect();
        let Some(matching) = match_expression(text, dialect) else {
            sql.and("1 = 0");
            return Ok(());
        };
        let count = format!("SELECT count(*) FROM ({} LIMIT {}) few", text_matches(dialect, 1), FEW_REPORTS + 1);
        let found = self.number(&count, &[Value::from(&matching)])?;
        // Of more reports, events are still walked by day (`+` keeps the index of reports out). The list of reports is
        // made once, however many they are: the index names 340,000 in 16 ms, and asking it of each event takes 20 µs.
        let walk = if found <= FEW_REPORTS { "" } else { "+" };
        sql.value(matching);
        let at = sql.given + sql.values.len();
        sql.and(&format!("{walk}e.report IN ({})", text_matches(dialect, at)));
        Ok(())
    }

    /// A condition asked by its own index where few events meet it, else of each event met on the way.
    /// Both are written with the given names of their parameters. Returns whether few meet it.
    fn either(&mut self, most: i64, few: &Condition, each: &Condition, sql: &mut Sql) -> Result<bool, ArchiveError> {
        let are_few = self.at_most(most, few.text, few.values)?;
        let condition = if are_few { few } else { each };
        let names: Vec<String> = condition.values.iter().map(|value| sql.value(value.clone())).collect();
        let text = (condition.text)(&names);
        sql.and(&if are_few { format!("e.id IN ({text})") } else { format!("EXISTS ({text})") });
        Ok(are_few)
    }

    /// Whether a statement, written with the names of its parameters, finds no more than so many.
    fn at_most(
        &mut self,
        most: i64,
        text: &dyn Fn(&[String]) -> String,
        values: &[Value],
    ) -> Result<bool, ArchiveError> {
        let names: Vec<String> = (1..=values.len()).map(|at| format!("?{at}")).collect();
        let count = format!("SELECT count(*) FROM ({} LIMIT {}) few", text(&names), most + 1);
        Ok(self.number(&count, values)? <= most)
    }
}

/// A statement, written with the names of its parameters, and their values.
struct Condition<'a> {
    text: &'a dyn Fn(&[String]) -> String,
    values: &'a [Value],
}
