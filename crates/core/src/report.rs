//! A report as it enters the coder: one news item, its headline, a blank line, its body.

use serde::{Deserialize, Serialize};

/// One news item, as a reader hands it over. The coder changes nothing in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The id given with the input; [`Report::id_of`] makes one where there is none.
    #[serde(default)]
    pub id: Option<String>,
    /// Where the report was published.
    #[serde(default)]
    pub url: Option<String>,
    /// The outlet's name, as given.
    #[serde(default)]
    pub outlet: Option<String>,
    /// The heading under which the outlet ran it («ميداني»).
    #[serde(default)]
    pub section: Option<String>,
    /// The headline; part of [`Report::text`] too.
    #[serde(default)]
    pub title: Option<String>,
    /// Whether the headline was read from the address, since the page was saved without its article.
    #[serde(default)]
    pub title_from_url: bool,
    /// Day (`2018-10-29`) or time (RFC 3339) of publication.
    #[serde(default)]
    pub published: Option<String>,
    /// Headline, blank line, body: exactly the characters that offsets count.
    pub text: String,
}
