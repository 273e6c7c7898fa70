//! What a page says of itself: headline, outlet, section, day of publication, address.

use dom_query::Document;
use maydani_core::furniture::line_key;
use serde_json::Value;

use super::parts::{Kind, Parts};
use crate::address::host;
use crate::dateline::dateline;
use crate::published::published;
use crate::tables::Tables;

/// The facts of a page, each from the first place that gives it.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) title: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) section: Option<String>,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
}

/// Reads JSON-LD, meta elements, and the elements that the codebook names.
pub(super) fn facts(document: &Document, url: Option<&str>, tables: &Tables) -> Facts {
    let linked = Linked::of(document);
    let address = url.map(ToOwned::to_owned).or_else(|| {
        let canonical = document.select_single("link[rel=canonical]").attr("href").map(|href| href.to_string());
        canonical.or_else(|| meta(document, &["og:url"])).filter(|href| href.starts_with("http"))
    });
    let host = address.as_deref().and_then(host).unwrap_or_default();
    let outlet = meta(document, &["og:site_name"]).or(linked.outlet).or_else(|| meta(document, &["application-name"]));
    let title = title(document, host, linked.title, outlet.as_deref(), &tables.parts);
    let section = section(document, host, tables)
        .or(linked.section)
        .or_else(|| meta(document, &["article:section"]))
        .filter(|section| title.as_ref() != Some(section));
    let published = linked
        .published
        .or_else(|| meta(document, &DAY_NAMES).as_deref().and_then(published))
        .or_else(|| day(document, host, &tables.parts));
    Facts { title, outlet, section, published, url: address }
}

const DAY_NAMES: [&str; 12] = [
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datePublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "parsely-pub-date",
];

/// The content of the first meta element of one of the names.
fn meta(document: &Document, names: &[&str]) -> Option<String> {
    let metas = document.select("meta[content]");
    names.iter().find_map(|wanted| {
        let mut found = metas.nodes().iter().filter(|node| {
            ["property", "name", "itemprop"]
                .iter()
                .any(|attribute| node.attr(attribute).is_some_and(|name| name.eq_ignore_ascii_case(wanted)))
        });
        found.find_map(|node| filled(&node.attr("content")?))
    })
}

fn filled(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The headline: the element that the codebook names, where it agrees with what the page says of
/// itself elsewhere; sites add their own name to the latter.
fn title(
    document: &Document,
    host: &str,
    linked: Option<String>,
    outlet: Option<&str>,
    parts: &Parts,
) -> Option<String> {
    let said = linked
        .or_else(|| meta(document, &["og:title", "twitter:title"]))
        .or_else(|| filled(&document.select_single("head title").text()));
    let said = said.map(|said| without_outlet(&said, outlet));
    let mut printed = parts
        .selectors(Kind::Title, host)
        .filter_map(|matcher| filled(&document.select_single_matcher(matcher).text()));
    let headings = document.select("h1");
    let mut first = headings.nodes().iter().filter_map(|node| filled(&node.text()));
    let Some(said) = said else {
        return printed.next().or_else(|| (headings.length() == 1).then(|| first.next()).flatten());
    };
    let key = line_key(&said);
    let agrees = |heading: &String| {
        let heading = line_key(heading);
        !heading.is_empty() && (key.contains(&heading) || heading.contains(&key))
    };
    printed.chain(first).find(agrees).or(Some(said))
}

/// «الخبر - الموقع», «الخبر | الموقع»: the part before the outlet's name.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    for parting in [" | ", " - ", " – ", " — ", " :: ", " » ", " • "] {
        let Some((before, after)) = title.rsplit_once(parting) else { continue };
        let is_outlet = outlet.is_some_and(|outlet| {
            let (after, outlet) = (line_key(after), line_key(outlet));
            !after.is_empty() && (outlet.contains(&after) || after.contains(&outlet))
        });
        if is_outlet || parting == " | " || parting == " :: " {
            return before.trim().to_owned();
        }
    }
    title.to_owned()
}

fn section(document: &Document, host: &str, tables: &Tables) -> Option<String> {
    tables.parts.selectors(Kind::Section, host).find_map(|matcher| {
        let found = document.select_matcher(matcher);
        let names: Vec<String> = found.nodes().iter().filter_map(|node| filled(&node.text())).collect();
        let known = names.iter().rev().find(|name| tables.sections.has(name));
        known.or_else(|| names.last().filter(|name| name.split(' ').count() <= 3)).cloned()
    })
}

fn day(document: &Document, host: &str, parts: &Parts) -> Option<String> {
    parts.selectors(Kind::Day, host).find_map(|matcher| {
        let found = document.select_single_matcher(matcher);
        let node = found.nodes().first()?;
        let given = ["datetime", "content"].iter().find_map(|name| published(&node.attr(name)?));
        given.or_else(|| dateline(&filled(&node.text())?))
    })
}

/// What the page's JSON-LD says of the article.
#[derive(Default)]
struct Linked {
    title: Option<String>,
    outlet: Option<String>,
    section: Option<String>,
    published: Option<String>,
}

impl Linked {
    fn of(document: &Document) -> Self {
        let scripts = document.select("script[type='application/ld+json']");
        let values = scripts.nodes().iter().filter_map(|node| serde_json::from_str::<Value>(&node.text()).ok());
        for value in values {
            if let Some(article) = article(&value, 4) {
                return Self::from_article(article);
            }
        }
        Self::default()
    }

    fn from_article(article: &Value) -> Self {
        let text = |value: &Value| value.as_str().and_then(filled).map(|text| unescaped(&text));
        let section = match &article["articleSection"] {
            Value::Array(sections) => sections.iter().filter_map(text).next_back(),
            section => text(section),
        };
        let publisher = match &article["publisher"] {
            Value::Array(publishers) => publishers.first().unwrap_or(&Value::Null),
            publisher => publisher,
        };
        Self {
            title: text(&article["headline"]).or_else(|| text(&article["name"])),
            outlet: text(&publisher["name"]),
            section,
            published: article["datePublished"].as_str().and_then(published),
        }
    }
}

/// The article within lists, graphs and the pages that hold it; not deeper than JSON-LD goes.
fn article(value: &Value, depth: u32) -> Option<&Value> {
    if depth == 0 {
        return None;
    }
    match value {
        Value::Array(values) => values.iter().find_map(|value| article(value, depth - 1)),
        Value::Object(_) => {
            let is_article = |kind: &Value| {
                kind.as_str().is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("BlogPosting"))
            };
            let kind = &value["@type"];
            if is_article(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is_article)) {
                return Some(value);
            }
            ["@graph", "mainEntity", "mainEntityOfPage"].iter().find_map(|key| article(&value[*key], depth - 1))
        }
        _ => None,
    }
}

/// Sites write HTML's escapes into their JSON.
fn unescaped(text: &str) -> String {
    if text.contains('&') { Document::from(text).text().to_string() } else { text.to_owned() }
}
