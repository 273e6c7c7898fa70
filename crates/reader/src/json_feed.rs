//! JSON feeds (<https://www.jsonfeed.org/version/1.1/>).

use maydani_core::report::Report;
use serde_json::Value;

use crate::error::Fault;
use crate::given::Given;
use crate::json_object::value;
use crate::options::Options;
use crate::page::fragment;
use crate::published::published;

/// The report of an item; `names` holds the feed's title.
pub(crate) fn report(json: &[u8], names: &[String], options: &Options) -> Result<Report, Fault> {
    value(json).and_then(|item| item_report(&item, names, options))
}

fn item_report(item: &Value, names: &[String], options: &Options) -> Result<Report, Fault> {
    let word = |key: &str| match &item[key] {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let title = word("title");
    let body = word("content_text").or_else(|| word("content_html").map(|html| fragment(&html)));
    let text = body.or_else(|| word("summary")).or_else(|| title.clone()).ok_or(Fault::NoHeadlines)?;
    let given = Given {
        id: word("id"),
        url: word("url").or_else(|| word("external_url")),
        outlet: names.first().cloned(),
        section: item["tags"][0].as_str().map(ToOwned::to_owned),
        published: item["date_published"].as_str().and_then(published),
        title,
        text,
    };
    Ok(given.into_report(options))
}
