//! What feeds and sitemaps say of a page.

use maydani_core::report::Report;

/// What a feed or sitemap says of one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The page's address, as the feed writes it.
    pub url: Option<String>,
    /// Whether it is a sitemap in its turn.
    pub is_sitemap: bool,
    /// When it last changed, as the feed writes it.
    pub changed: Option<String>,
    /// The report, as far as the feed carries it.
    pub report: Option<Report>,
}
