//! JSON Lines: `{"id", "url", "outlet", "title", "published", "text"}`, all but `text` optional.

use maydani_core::report::Report;
use serde::Deserialize;
use serde::de::Deserializer;

use crate::encoding::decode;
use crate::error::{Fault, Place, ReadError, mebibytes};
use crate::lines::{Line, Lines};
use crate::options::Options;
use crate::unpack::Bytes;

/// The reports of a JSON Lines input.
pub(crate) struct JsonLines {
    source: String,
    lines: Lines,
    options: Options,
    seen: bool,
    done: bool,
}

impl JsonLines {
    pub(crate) fn new(source: String, bytes: Bytes, options: Options) -> Self {
        let lines = Lines::new(bytes, options.limits.line);
        Self { source, lines, options, seen: false, done: false }
    }
}

impl Iterator for JsonLines {
    type Item = Result<Report, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let read = match self.lines.next() {
                Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => continue,
                Ok(Some(Line::Whole(line))) => report(line, &self.options),
                Ok(Some(Line::TooLong)) => Err((Fault::LongLine(mebibytes(self.options.limits.line)), None)),
                Ok(None) => {
                    self.done = true;
                    if self.seen {
                        return None;
                    }
                    return Some(Err(ReadError { place: Place::of(&self.source), fault: Fault::Empty }));
                }
                Err(error) => {
                    self.done = true;
                    Err((Fault::BrokenOff(error), None))
                }
            };
            self.seen = true;
            return Some(read.map_err(|(fault, column)| {
                let place = Place { column, ..Place::line(&self.source, self.lines.number()) };
                ReadError { place, fault }
            }));
        }
        None
    }
}

/// A report of one JSON object, or the fault and its column.
pub(crate) fn report(json: &[u8], options: &Options) -> Result<Report, (Fault, Option<usize>)> {
    let Some(json) = decode(json) else {
        return Err((Fault::Binary("bytes"), None));
    };
    let given: Given = serde_json::from_str(&json).map_err(|error| {
        let column = Some(error.column()).filter(|&column| column > 0);
        if error.is_eof() {
            return (Fault::TruncatedJson, column);
        }
        // serde_json ends its messages with the place; ours stands in front.
        let message = error.to_string();
        let what = message.split(" at line ").next().unwrap_or(&message).to_owned();
        (Fault::Json(what), column)
    })?;
    Ok(given.into_report(options))
}

/// The fields that are read; others are passed over.
#[derive(Deserialize)]
struct Given {
    #[serde(default, deserialize_with = "word")]
    id: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    outlet: Option<String>,
    #[serde(default)]
    section: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    published: Option<String>,
    text: String,
}

impl Given {
    /// The text stays as given, since offsets are counted in it; only a headline that is given apart
    /// and does not begin the text is put before it.
    fn into_report(self, options: &Options) -> Report {
        let filled = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
        let mut text = self.text;
        let title = match filled(self.title) {
            Some(title) => {
                let headline = title.trim();
                if !text.trim_start().starts_with(headline) {
                    text = format!("{headline}\n\n{text}");
                }
                Some(title)
            }
            None => headline(&text),
        };
        Report {
            id: filled(self.id),
            url: filled(self.url),
            outlet: filled(self.outlet).or_else(|| options.outlet.clone()),
            section: filled(self.section),
            title,
            published: filled(self.published).or_else(|| options.published.clone()),
            text,
        }
    }
}

/// The first line, where a blank line follows it.
fn headline(text: &str) -> Option<String> {
    let (first, rest) = text.trim_start().split_once('\n')?;
    let second = rest.split('\n').next().unwrap_or_default();
    let headline = first.trim();
    (second.trim().is_empty() && !rest.trim().is_empty() && !headline.is_empty()).then(|| headline.to_owned())
}

/// An id may be a number.
fn word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Word {
        Text(String),
        Number(serde_json::Number),
    }
    let word = Option::<Word>::deserialize(deserializer)?;
    Ok(word.map(|word| match word {
        Word::Text(text) => text,
        Word::Number(number) => number.to_string(),
    }))
}
