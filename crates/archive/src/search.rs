//! Full-text search over normalised Arabic, the article and clitics forgiven.

use std::fmt::Write as _;

use maydani_linking::day;
use maydani_text::{Text, WordKind, clitics, normalise};
use serde::{Deserialize, Serialize};

use crate::filter::Filter;
use crate::ingest::UNKNOWN_DAY;
use crate::store::{Dialect, Value, values};
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

/// Reports whose text matches parameter `at`.
pub(crate) fn text_matches(dialect: Dialect, at: usize) -> String {
    match dialect {
        Dialect::Sqlite => {
            format!("SELECT rowid AS report FROM report_text WHERE report_text MATCH ?{at}")
        }
        Dialect::Postgres => {
            format!("SELECT report FROM report_text WHERE words @@ to_tsquery('simple', ?{at}::text)")
        }
    }
}

/// The words of a text for the index: each normalised, without conjunction and article where these are
/// sure; and beside them what a word may be once its clitics are peeled.
pub(crate) fn index_words(text: &str) -> (String, String) {
    let text = Text::new(text);
    let (mut words, mut others) = (String::new(), String::new());
    let mut buffer = String::new();
    for i in 0..text.words().len() {
        let norm = text.norm(i);
        let bare = without_article(norm);
        words.push_str(bare);
        words.push(' ');
        if text.words()[i].kind == WordKind::Arabic {
            clitics::readings(norm, &mut buffer, |_, reading| {
                let reading = without_article(reading);
                if reading != bare && reading.chars().count() > 1 {
                    others.push_str(reading);
                    others.push(' ');
                }
            });
        }
    }
    (words, others)
}

fn without_article(word: &str) -> &str {
    for prefix in ["وال", "فال", "بال", "كال", "ال"] {
        if let Some(rest) = word.strip_prefix(prefix)
            && rest.chars().count() > 2
        {
            return rest;
        }
    }
    word
}

/// Under which words a query's word is looked up.
pub(crate) fn term_readings(word: &str) -> Vec<String> {
    let norm = normalise(word);
    let mut found = vec![without_article(&norm).to_owned()];
    if let Some(rest) = norm.strip_prefix("لل").filter(|rest| rest.chars().count() > 2) {
        found.push(rest.to_owned());
    }
    found.dedup();
    found
}

fn stems(query: &str) -> Vec<String> {
    let text = Text::new(query);
    (0..text.words().len()).flat_map(|i| term_readings(text.norm(i))).collect()
}

/// A query in the language of the index; `None` where it holds no word.
pub(crate) fn match_expression(query: &str, dialect: Dialect) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for (at, piece) in query.split(['"', '«', '»', '“', '”']).enumerate() {
        let text = Text::new(piece);
        let words: Vec<&str> = (0..text.words().len()).map(|i| text.norm(i)).collect();
        if words.is_empty() {
            continue;
        }
        if at % 2 == 1 {
            let bare: Vec<&str> = words.iter().map(|word| without_article(word)).collect();
            parts.push(match dialect {
                Dialect::Sqlite => format!("words : \"{}\"", bare.join(" ")),
                Dialect::Postgres => {
                    format!("({})", bare.iter().map(|word| format!("'{word}':A")).collect::<Vec<_>>().join(" <-> "))
                }
            });
        } else {
            for word in words {
                let any = term_readings(word);
                parts.push(match dialect {
                    Dialect::Sqlite => {
                        format!("({})", any.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" OR "))
                    }
                    Dialect::Postgres => {
                        format!("({})", any.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" | "))
                    }
                });
            }
        }
    }
    let and = match dialect {
        Dialect::Sqlite => " AND ",
        Dialect::Postgres => " & ",
    };
    (!parts.is_empty()).then(|| parts.join(and))
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

/// A stored day in its ISO form.
pub(crate) fn iso(stored: i64) -> Option<String> {
    i32::try_from(stored).ok().filter(|stored| *stored != UNKNOWN_DAY).map(day::iso)
}

#[cfg(test)]
mod tests {
    use super::{Dialect, index_words, match_expression, passage};

    #[test]
    fn article_and_clitics_are_forgiven() {
        let (words, others) = index_words("والبلدة وبدمشق للجيش");
        assert_eq!(words, "بلده وبدمشق للجيش ");
        assert_eq!(others.split_whitespace().collect::<Vec<_>>(), ["بدمشق", "دمشق", "جيش", "لجيش"]);
    }

    #[test]
    fn queries_of_both_stores() {
        assert_eq!(match_expression("قصف البلدة", Dialect::Sqlite).as_deref(), Some("(\"قصف\") AND (\"بلده\")"));
        assert_eq!(match_expression("«معرة النعمان»", Dialect::Sqlite).as_deref(), Some("words : \"معره نعمان\""));
        assert_eq!(
            match_expression("«معرة النعمان» قصف", Dialect::Postgres).as_deref(),
            Some("('معره':A <-> 'نعمان':A) & ('قصف')")
        );
        assert_eq!(match_expression("!?*", Dialect::Sqlite), None);
        assert_eq!(match_expression("a' OR 1", Dialect::Postgres).as_deref(), Some("('a') & ('or') & ('1')"));
    }

    #[test]
    fn the_passage_holds_the_word() {
        assert_eq!(passage("عنوان\n\nقال مصدر. قصف الجيش البلدة. انتهى", &["بلده".into()]), "قصف الجيش البلدة");
    }
}
