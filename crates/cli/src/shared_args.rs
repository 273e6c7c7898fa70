//! Arguments that several commands share.

use std::path::PathBuf;

use clap::{Args, ValueHint};

/// What the coder knows besides the built-in codebook and gazetteer.
#[derive(Debug, Args)]
pub(crate) struct KnowledgeArgs {
    /// More places: a file in GeoNames' layout, or a folder of *.txt; may be repeated
    #[arg(long, value_name = "FILE|DIR", value_hint = ValueHint::AnyPath)]
    pub(crate) gazetteer: Vec<PathBuf>,

    /// Your own entries, laid over the built-in codebook
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) codebook: Option<PathBuf>,
}

/// What is known of the reports, where they do not say it themselves.
#[derive(Debug, Args)]
pub(crate) struct AboutArgs {
    /// Day of publication of reports that carry none (2018-10-30)
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) published: Option<String>,

    /// Outlet of reports that carry none
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,
}

/// A day as ISO 8601 writes it.
pub(crate) fn day(text: &str) -> Result<String, String> {
    let day: jiff::civil::Date = text.parse().map_err(|_| "expected a day such as 2018-10-30".to_owned())?;
    Ok(day.to_string())
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn a_day_is_a_day() {
        assert_eq!(day("2018-10-30"), Ok("2018-10-30".to_owned()));
        assert!(day("2018-02-30").is_err());
        assert!(day("yesterday").is_err());
    }
}
