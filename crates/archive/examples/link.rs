//! Links coded reports and writes the incidents, for measuring: records in, `incidents-jsonl` out.
//!
//! `cargo run --release -p maydani-archive --example link -- RECORDS.jsonl [WEIGHTS.tsv [ARCHIVE]] > incidents.jsonl`

use std::io::{BufRead, BufReader, Write};

use maydani_archive::{Archive, Filter};
use maydani_core::Record;
use maydani_linking::Weights;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let mut arguments = std::env::args().skip(1);
    let records = arguments.next().ok_or("name the records")?;
    let weights = arguments.next();
    let mut archive = Archive::open(&arguments.next().unwrap_or_else(|| ":memory:".into()))?;
    if let Some(path) = weights {
        archive.set_weights(Weights::parse(&std::fs::read_to_string(path)?)?);
    }
    let mut read: Vec<Record> = Vec::new();
    for line in BufReader::new(std::fs::File::open(records)?).lines() {
        read.push(serde_json::from_str(&line?)?);
    }
    archive.ingest(&read, "as given", "2026-01-01T00:00:00Z".parse()?)?;
    let linked = archive.link()?;
    eprintln!("{} events, {} pairs compared, {} incidents", linked.events, linked.compared, linked.incidents);
    let mut out = std::io::stdout().lock();
    let all = Filter { limit: usize::MAX >> 1, background: true, ..Filter::default() };
    let mut lines = Vec::new();
    archive.export_incidents(&all, &mut |line| {
        lines.push(serde_json::to_string(line).unwrap_or_default());
        Ok(())
    })?;
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
