//! Telegram Desktop's export of a channel or of an account (`result.json`).

use maydani_core::report::Report;
use serde_json::Value;

use crate::error::Fault;
use crate::given::Given;
use crate::json_object::value;
use crate::options::Options;
use crate::published::published;

/// The report of a post; `names` are the channel's name and id. Posts without text (pictures, «joined
/// the group») are none.
pub(crate) fn report(json: &[u8], names: &[String], options: &Options) -> Option<Result<Report, Fault>> {
    match value(json) {
        Ok(post) => post_report(&post, names, options).map(Ok),
        Err(fault) => Some(Err(fault)),
    }
}

fn post_report(post: &Value, names: &[String], options: &Options) -> Option<Report> {
    if post["type"].as_str().is_some_and(|kind| kind != "message") {
        return None;
    }
    let text = match &post["text"] {
        Value::Null => text(&post["text_entities"]),
        given => text(given),
    };
    if text.trim().is_empty() {
        return None;
    }
    let [channel, channel_id] = names else { return None };
    // Ids count within a channel.
    let id =
        post["id"].as_i64().map(|id| if channel_id.is_empty() { id.to_string() } else { format!("{channel_id}/{id}") });
    let given = Given {
        id,
        outlet: Some(channel.clone()),
        published: post["date"].as_str().and_then(published),
        text,
        ..Given::default()
    };
    Some(given.into_report(options))
}

/// A text is a string, or a list of strings and of objects (links, hashtags, bold) that hold one.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(pieces) => {
            pieces.iter().filter_map(|piece| piece.as_str().or_else(|| piece["text"].as_str())).collect()
        }
        _ => String::new(),
    }
}
