//! The fields of a report as an input gives them.

use maydani_core::report::Report;
use serde::Deserialize;
use serde::de::Deserializer;

use crate::address;
use crate::dateline::dateline;
use crate::options::Options;
use crate::published::published;

/// The fields that are read; others are passed over.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Given {
    #[serde(default, deserialize_with = "word")]
    pub(crate) id: Option<String>,
    #[serde(default)]
    pub(crate) url: Option<String>,
    #[serde(default)]
    pub(crate) outlet: Option<String>,
    #[serde(default)]
    pub(crate) section: Option<String>,
    #[serde(default)]
    pub(crate) title: Option<String>,
    #[serde(default)]
    pub(crate) published: Option<String>,
    pub(crate) text: String,
}

impl Given {
    /// The text stays as given, since offsets are counted in it; only a headline that is given apart
    /// and does not begin the text is put before it. Where the text holds no article, the headline in
    /// the address takes its place.
    pub(crate) fn into_report(self, options: &Options) -> Report {
        let filled = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
        let url = filled(self.url);
        let mut text = self.text;
        let mut title_from_url = false;
        let title = match filled(self.title) {
            Some(title) => {
                let headline = title.trim();
                if !text.trim_start().starts_with(headline) {
                    text = format!("{headline}\n\n{text}");
                }
                Some(title)
            }
            None => match url.as_deref().and_then(|url| headline_unread(&text, url)) {
                Some(headline) => {
                    title_from_url = true;
                    text.clone_from(&headline);
                    Some(headline)
                }
                None => headline(&text),
            },
        };
        Report {
            id: filled(self.id),
            outlet: filled(self.outlet).or_else(|| options.outlet.clone()),
            section: filled(self.section),
            title,
            title_from_url,
            published: filled(self.published)
                .map(readable)
                .or_else(|| url.as_deref().and_then(address::day))
                .or_else(|| options.published.clone()),
            url,
            text,
        }
    }
}

/// A day of publication, made an ISO day where it is written otherwise; what cannot be read stays as given.
fn readable(day: String) -> String {
    if day.get(..10).is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok()) {
        return day;
    }
    published(&day).or_else(|| dateline(&day)).unwrap_or(day)
}

/// The headline in the address of a page whose text tells nothing of it and holds no article.
fn headline_unread(text: &str, url: &str) -> Option<String> {
    let headline = address::headline(url)?;
    (address::holds_no_article(text) && !address::tells_of(text, &headline)).then_some(headline)
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
