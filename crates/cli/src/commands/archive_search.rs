//! `maydani search`: reports that hold words.

use maydani_archive::Hit;

use super::archive_maintain::existing;
use super::archive_rows::{Rows, or_dash, write};
use crate::archive_args::SearchArgs;
use crate::exit::Outcome;

pub(crate) fn run(args: &SearchArgs, archive: &str) -> anyhow::Result<Outcome> {
    let mut archive = existing(archive)?;
    write(&archive.search(&args.query.join(" "), &args.filter.filter())?, args.format)?;
    Ok(Outcome::Done)
}

impl Rows for Hit {
    const HEADS: &'static [&'static str] = &["PUBLISHED", "OUTLET", "EVENTS", "REPORT"];

    fn cells(&self) -> (Vec<String>, Option<String>) {
        let cells = vec![
            or_dash(self.published.as_deref()),
            or_dash(self.outlet.as_deref()),
            self.events.to_string(),
            self.report.clone(),
        ];
        (cells, Some(self.passage.clone()))
    }
}
