//! One JSON object: `{"id", "url", "outlet", "title", "published", "text"}`, all but `text` optional.

use maydani_core::report::Report;

use crate::encoding::decode;
use crate::error::Fault;
use crate::given::Given;
use crate::options::Options;

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

/// Any JSON object of a larger text.
pub(crate) fn value(json: &[u8]) -> Result<serde_json::Value, Fault> {
    let json = decode(json).ok_or(Fault::Binary("bytes"))?;
    serde_json::from_str(&json).map_err(|error| Fault::Json(error.to_string()))
}
