//! What stands after the `?`: the filter, the page, and nothing unknown.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use maydani_archive::{Filter, Near, STATES};
use maydani_core::SubEventType;
use maydani_linking::day;
use utoipa::IntoParams;

use crate::answer::Fault;

/// Longest value of a parameter, in bytes.
const LONGEST: usize = 2_000;
/// The furthest that pages go.
const FURTHEST: usize = 10_000_000;

/// The parameters of a request. Each endpoint takes out those that it knows; what is left is refused.
#[derive(Debug, Clone)]
pub(crate) struct Query(Vec<(String, String)>);

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts.uri.query().unwrap_or("")))
    }
}

impl Query {
    pub(crate) fn of(query: &str) -> Self {
        Self(form_urlencoded::parse(query.as_bytes()).into_owned().filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The value of a parameter that is given once.
    pub(crate) fn take(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let mut values = self.take_all(name)?;
        match (values.pop(), values.is_empty()) {
            (value, true) => Ok(value),
            _ => Err(Fault::bad(format!("`{name}` is given twice"))),
        }
    }

    fn take_all(&mut self, name: &str) -> Result<Vec<String>, Fault> {
        let (found, rest) = std::mem::take(&mut self.0).into_iter().partition(|(key, _)| key == name);
        self.0 = rest;
        let found: Vec<(String, String)> = found;
        if found.iter().any(|(_, value)| value.len() > LONGEST) {
            return Err(Fault::bad(format!("`{name}` is longer than {LONGEST} bytes")));
        }
        Ok(found.into_iter().map(|(_, value)| value).collect())
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, name: &str) -> Result<bool, Fault> {
        match self.take(name)?.as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => Err(Fault::bad(format!("`{name}={other}`: it is true or false"))),
        }
    }

    /// One of some words.
    pub(crate) fn one_of(&mut self, name: &str, words: &[&str]) -> Result<Option<String>, Fault> {
        match self.take(name)? {
            Some(word) if !words.contains(&word.as_str()) => {
                Err(Fault::bad(format!("`{name}={word}`: it is one of {}", words.join(", "))))
            }
            word => Ok(word),
        }
    }

    /// A day.
    pub(crate) fn day(&mut self, name: &str) -> Result<Option<i32>, Fault> {
        let Some(text) = self.take(name)? else { return Ok(None) };
        match day::parse(&text).filter(|_| text.len() == 10) {
            Some(day) => Ok(Some(day)),
            None => Err(Fault::bad(format!("`{name}={text}`: write a day as 2018-10-30"))),
        }
    }

    /// A whole number up to `most`.
    pub(crate) fn count(&mut self, name: &str, default: usize, most: usize) -> Result<usize, Fault> {
        match self.take(name)? {
            None => Ok(default),
            Some(text) => match text.parse() {
                Ok(count) if (1..=most).contains(&count) => Ok(count),
                _ => Err(Fault::bad(format!("`{name}={text}`: it is a number from 1 to {most}"))),
            },
        }
    }

    fn numbers<const N: usize>(&mut self, name: &str, form: &str) -> Result<Option<[f64; N]>, Fault> {
        let Some(text) = self.take(name)? else { return Ok(None) };
        let numbers: Vec<f64> = text
            .split(',')
            .filter_map(|part| part.trim().parse().ok())
            .filter(|number: &f64| number.is_finite())
            .collect();
        match <[f64; N]>::try_from(numbers) {
            Ok(numbers) if text.split(',').count() == N => Ok(Some(numbers)),
            _ => Err(Fault::bad(format!("`{name}={text}`: write {form}"))),
        }
    }

    /// The filter, without a limit of its own.
    pub(crate) fn filter(&mut self) -> Result<Filter, Fault> {
        let near = self.numbers("near", "34.7,40.8,20 (degrees north, degrees east, kilometres)")?;
        let near = near.map(|[latitude, longitude, radius]| Near { latitude, longitude, radius });
        if near.is_some_and(|near| near.latitude.abs() > 90.0 || !(0.0..=5000.0).contains(&near.radius)) {
            return Err(Fault::bad("`near`: up to 90 degrees north or south, and up to 5000 kilometres"));
        }
        let bounds = self.numbers("bbox", "west,south,east,north in degrees")?;
        let mut kinds = Vec::new();
        for list in self.take_all("type")? {
            for kind in list.split(',').map(str::trim).filter(|kind| !kind.is_empty()) {
                if !SubEventType::ALL.iter().any(|known| known.code() == kind) {
                    return Err(Fault::bad(format!(
                        "`type={kind}`: it is a sub-event type as `/api/codebook` lists them"
                    )));
                }
                kinds.push(kind.to_owned());
            }
        }
        kinds.sort();
        kinds.dedup();
        let confidence = self.numbers::<1>("confidence", "a number from 0 to 1")?.map(|[share]| share);
        Ok(Filter {
            place: self.take("place")?,
            near,
            bounds: bounds.map(|[west, south, east, north]| [south, west, north, east]),
            country: self.take("country")?,
            province: self.take("province")?,
            first_day: self.day("from")?,
            last_day: self.day("to")?,
            kinds,
            actor: self.take("actor")?,
            source: self.take("source")?,
            outlet: self.take("outlet")?,
            text: self.take("q")?,
            confidence,
            review: self.one_of("review", &STATES)?,
            modality: self.one_of("modality", &["asserted", "denied", "planned"])?,
            background: self.flag("background")?,
            ..Filter::default()
        })
    }

    /// The page: how many, and after how many.
    pub(crate) fn page(&mut self) -> Result<(usize, usize), Fault> {
        let limit = self.count("limit", 50, 500)?;
        let offset =
            match self.take("cursor")? {
                None => 0,
                Some(cursor) => cursor.parse().ok().filter(|offset| *offset <= FURTHEST).ok_or_else(|| {
                    Fault::bad(format!("`cursor={cursor}`: give the `next` of the page before as it is"))
                })?,
            };
        Ok((limit, offset))
    }

    /// Refuses what no one took.
    pub(crate) fn end(self) -> Result<(), Fault> {
        match self.0.first() {
            None => Ok(()),
            Some((name, _)) => Err(Fault::bad(format!("`{name}` is no parameter of this path; see /api/openapi.json"))),
        }
    }
}

/// Cuts a page that was asked for with one more than `limit`; returns the cursor of the next one.
pub(crate) fn cut<T>(found: &mut Vec<T>, limit: usize, offset: usize) -> Option<String> {
    let more = found.len() > limit;
    found.truncate(limit);
    more.then(|| (offset + limit).to_string())
}

/// The filter, for the OpenAPI document.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `Query::filter` reads")]
pub(crate) struct FilterParams {
    /// A place: gazetteer id, Arabic or English name.
    place: Option<String>,
    /// A circle: degrees north, degrees east, kilometres.
    #[param(example = "34.7,40.8,20")]
    near: Option<String>,
    /// A box: west, south, east, north in degrees.
    #[param(example = "35.5,32.0,42.5,37.5")]
    bbox: Option<String>,
    /// ISO 3166-1 alpha-2.
    country: Option<String>,
    /// Name of a province.
    province: Option<String>,
    /// First day.
    #[param(format = Date)]
    from: Option<String>,
    /// Last day, inclusive.
    #[param(format = Date)]
    to: Option<String>,
    /// Sub-event types, any of them; repeated or divided by commas.
    r#type: Option<Vec<String>>,
    /// Key of a party, on either side.
    actor: Option<String>,
    /// Key of who says so.
    source: Option<String>,
    /// The outlet.
    outlet: Option<String>,
    /// Words of the report; «phrases» stand in one piece.
    q: Option<String>,
    /// Lowest confidence.
    #[param(minimum = 0, maximum = 1)]
    confidence: Option<f64>,
    /// `unreviewed`, `confirmed`, `disputed`, `rejected`.
    review: Option<String>,
    /// `asserted`, `denied`, `planned`.
    modality: Option<String>,
    /// Also what reports only recall.
    background: Option<bool>,
}

/// The page, for the OpenAPI document.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `Query::page` reads")]
pub(crate) struct PageParams {
    /// At most so many.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::Query;

    fn refused(query: &str) -> bool {
        let mut query = Query::of(query);
        query.filter().is_err() || query.page().is_err() || query.end().is_err()
    }

    #[test]
    fn a_filter_is_read_whole() {
        let mut query = Query::of(
            "bbox=35.5,32,42.5,37.5&type=attack,arrests&type=attack&q=%D9%87%D8%AC%D9%8A%D9%86&from=2018-10-01&limit=7&cursor=14&place=",
        );
        let filter = query.filter().unwrap();
        assert_eq!(filter.bounds, Some([32.0, 35.5, 37.5, 42.5]));
        assert_eq!(filter.kinds, ["arrests", "attack"]);
        assert_eq!((filter.text.as_deref(), filter.first_day, filter.place), (Some("هجين"), Some(17_805), None));
        assert_eq!(query.page().unwrap(), (7, 14));
        assert!(query.end().is_ok());
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for query in [
            "bbox=1,2,3",
            "bbox=1,2,3,x",
            "near=1,2,NaN",
            "near=91,0,1",
            "type=war",
            "from=2018-13-01",
            "from=yesterday",
            "confidence=high",
            "review=good",
            "background=yes",
            "limit=0",
            "limit=501",
            "cursor=-1",
            "cursor=x",
            "nonsense=1",
            "place=a&place=b",
        ] {
            assert!(refused(query), "{query}");
        }
        assert!(!refused("background=false&limit=500"));
    }
}
