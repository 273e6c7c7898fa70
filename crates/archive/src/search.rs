//! Full-text search over normalised Arabic, the article and clitics forgiven.

use std::fmt::Write as _;

use maydani_text::{Text, clitics};
use serde::{Deserialize, Serialize};

use crate::filter::Filter;
use crate::full_text::{match_expression, stems, text_matches, without_article};
use crate::store::{Value, values};
use crate::stored_day::UNKNOWN_DAY;
use crate::{Archive, ArchiveError};

/// Of very common words, this many of the reports stored last are looked at.
const MOST_HITS: i64 = 5_000;

/// A report that holds the words looked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// The report's id.
    pub report: String,
    /// The headline.
    pub title: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// The sentence that holds the first of the words.
    pub passage: String,
    /// How many events were coded in it.
    pub events: usize,
}

impl Archive {
    /// Reports that hold all the words of a query, newest first; a «phrase» in quotation marks must
    /// stand in one piece. A query of common words looks at the 5,000 stored last.
    ///
    /// # Errors
    /// The store's own.
    pub fn search(&mut self, query: &str, filter: &Filter) -> Result<Vec<Hit>, ArchiveError> {
        let Some(matching) = match_expression(query, self.store.dialect()) else { return Ok(Vec::new()) };
        let table = text_matches(self.store.dialect(), 1);
        let mut values = vec![Value::from(matching)];
        let mut sql = format!(
            "SELECT r.id, r.report FROM ({table} ORDER BY report DESC LIMIT {MOST_HITS}) m JOIN reports r ON r.id = m.report WHERE 1 = 1"
        );
        if let Some(first) = filter.first_day {
            values.push(first.into());
            let _ = write!(sql, " AND r.day >= ?{}", values.len());
        }
        if let Some(last) = filter.last_day {
            values.push(last.into());
            let _ = write!(sql, " AND r.day <= ?{} AND r.day <> {UNKNOWN_DAY}", values.len());
        }
        if let Some(outlet) = &filter.outlet {
            values.push(outlet.into());
            let _ = write!(sql, " AND r.outlet = ?{}", values.len());
        }
        if filter.looks_at_events() {
            let mut events = Filter { text: None, outlet: None, first_day: None, last_day: None, ..filter.clone() };
            events.review = None;
            let (condition, more) = self.conditions(&events, values.len())?;
            values.extend(more);
            let _ = write!(sql, " AND EXISTS (SELECT 1 FROM events e WHERE e.report = r.id AND {condition})");
        }
        let _ = write!(sql, " ORDER BY r.day DESC, r.id DESC LIMIT {} OFFSET {}", filter.limit, filter.offset);
        let wanted = stems(query);
        let found = self.rows(&sql, &values)?;
        let mut hits = Vec::with_capacity(found.len());
        for row in found {
            hits.push(self.hit(row.int(0)?, row.text(1)?, &wanted)?);
        }
        Ok(hits)
    }

    fn hit(&mut self, report: i64, id: &str, wanted: &[String]) -> Result<Hit, ArchiveError> {
        let row = self
            .first(
                "SELECT v.title, v.outlet, v.url, v.published, v.text,
                   (SELECT count(*) FROM events e WHERE e.report = r.id AND e.current = 1)
                 FROM reports r JOIN versions v ON v.report = r.id AND v.number = r.version WHERE r.id = ?1",
                values![report],
            )?
            .ok_or_else(|| ArchiveError::Damaged(format!("report {id} has no current version")))?;
        let text = row.text(4)?;
        let title = row.opt_text(0)?.or_else(|| text.lines().next().map(str::to_owned));
        Ok(Hit {
            report: id.to_owned(),
            title,
            outlet: row.opt_text(1)?,
            url: row.opt_text(2)?,
            published: row.opt_text(3)?,
            passage: passage(text, wanted),
            events: row.int(5)?.unsigned_abs() as usize,
        })
    }
}

/// The sentence with the first of the words, shortened.
fn passage(source: &str, wanted: &[String]) -> String {
    const LONGEST: usize = 240;
    let text = Text::new(source);
    let mut buffer = String::new();
    let found = (0..text.words().len()).find(|i| {
        let mut any = false;
        clitics::readings(text.norm(*i), &mut buffer, |_, reading| {
            any |= wanted.iter().any(|word| word == without_article(reading));
        });
        any
    });
    let Some(word) = found else { return source.chars().take(LONGEST).collect() };
    let sentence = text.sentences().get(text.sentence_of(word)).cloned().unwrap_or(word..word + 1);
    text.slice(text.span(sentence)).chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::passage;

    #[test]
    fn the_passage_holds_the_word() {
        assert_eq!(passage("عنوان\n\nقال مصدر. قصف الجيش البلدة. انتهى", &["بلده".into()]), "قصف الجيش البلدة");
    }
}
