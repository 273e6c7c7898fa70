//! What can be said on the command line about archives.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};
use maydani_archive::{Filter, Near};
use maydani_linking::summary::Rule;

use crate::shared_args::{AboutArgs, KnowledgeArgs, day};

const INGEST_EXAMPLES: &str = "\
Examples:
  maydani ingest reports.jsonl pages/
  maydani ingest https://news.example.org/rss
  maydani ingest news.jsonl.xz --archive syria.maydani
  maydani ingest reports.jsonl --archive 'postgres://maydani@db.example.org/maydani?sslmode=verify-full'";

#[derive(Debug, Args)]
#[command(after_help = INGEST_EXAMPLES)]
pub(crate) struct IngestArgs {
    /// Files, folders, addresses of pages and feeds, or - for standard input; what the archive holds already is passed over
    #[arg(value_name = "FILE|DIR|https://…|-", value_hint = ValueHint::AnyPath)]
    pub(crate) inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) about: AboutArgs,

    #[command(flatten)]
    pub(crate) knowledge: KnowledgeArgs,

    /// Threads that code [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,

    #[command(flatten)]
    pub(crate) web: WebArgs,
}

/// How the web is asked.
#[derive(Debug, Args)]
pub(crate) struct WebArgs {
    /// A host that may lie in a private network, such as your own server; may be repeated
    #[arg(long, value_name = "HOST")]
    pub(crate) allow_private: Vec<String>,
}

const WATCH_EXAMPLES: &str = "\
Examples:
  maydani watch sources.toml
  maydani watch sources.toml --archive syria.maydani --gazetteer SY.txt
  */15 * * * *  maydani watch sources.toml --once --archive /srv/syria.maydani     (a line of cron)

A sources.toml:
  contact = \"https://example.org/who-we-are\"
  [[source]]
  address = \"https://news.example.org/rss\"
  follow = true                 # fetch the page of each entry

docs/WATCH.md tells every setting.";

#[derive(Debug, Args)]
#[command(after_help = WATCH_EXAMPLES)]
pub(crate) struct WatchArgs {
    /// What to watch
    #[arg(value_name = "SOURCES.TOML", value_hint = ValueHint::FilePath)]
    pub(crate) sources: PathBuf,

    /// Ask what is due now, store it, and end
    #[arg(long)]
    pub(crate) once: bool,

    #[command(flatten)]
    pub(crate) web: WebArgs,

    #[command(flatten)]
    pub(crate) knowledge: KnowledgeArgs,
}

/// What to look for. Everything that is given must hold.
#[derive(Debug, Args)]
pub(crate) struct FilterArgs {
    /// A place: its name in Arabic or English, or its gazetteer id
    #[arg(long, value_name = "NAME")]
    pub(crate) place: Option<String>,

    /// Within a circle: degrees north, degrees east, kilometres (34.7,40.8,20)
    #[arg(long, value_name = "LAT,LON,KM", value_parser = near, allow_hyphen_values = true)]
    pub(crate) near: Option<Near>,

    /// A country, as ISO 3166-1 writes it (SY)
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Option<String>,

    /// A province
    #[arg(long, value_name = "NAME")]
    pub(crate) province: Option<String>,

    /// From this day on (2018-10-30)
    #[arg(long, value_name = "DAY", value_parser = number_of_day)]
    pub(crate) from: Option<i32>,

    /// Up to and with this day
    #[arg(long, value_name = "DAY", value_parser = number_of_day)]
    pub(crate) to: Option<i32>,

    /// A sub-event type (air_drone_strike); may be repeated
    #[arg(long = "type", value_name = "TYPE", value_parser = kind)]
    pub(crate) kinds: Vec<String>,

    /// A party on either side, by its key (`maydani codebook list actors`)
    #[arg(long, value_name = "KEY")]
    pub(crate) actor: Option<String>,

    /// Who says so, by its key (`maydani codebook list sources`)
    #[arg(long, value_name = "KEY")]
    pub(crate) source: Option<String>,

    /// The outlet, as the reports name it
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,

    /// Words of the report; a «phrase» in quotation marks stands in one piece
    #[arg(long, value_name = "WORDS")]
    pub(crate) words: Option<String>,

    /// Lowest confidence, 0 to 1
    #[arg(long, value_name = "SHARE")]
    pub(crate) confidence: Option<f64>,

    /// State of review
    #[arg(long, value_name = "STATE", value_parser = maydani_archive::STATES)]
    pub(crate) review: Option<String>,

    /// Said to have happened, denied, or planned
    #[arg(long, value_name = "MODALITY", value_parser = ["asserted", "denied", "planned"])]
    pub(crate) modality: Option<String>,

    /// What reports only recall, too
    #[arg(long)]
    pub(crate) background: bool,

    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) limit: usize,

    /// After so many
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
}

impl FilterArgs {
    /// As the archive takes it.
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            place: self.place.clone(),
            near: self.near,
            bounds: None,
            country: self.country.clone(),
            province: self.province.clone(),
            first_day: self.from,
            last_day: self.to,
            kinds: self.kinds.clone(),
            actor: self.actor.clone(),
            source: self.source.clone(),
            outlet: self.outlet.clone(),
            text: self.words.clone(),
            confidence: self.confidence,
            review: self.review.clone(),
            modality: self.modality.clone(),
            background: self.background,
            limit: self.limit,
            offset: self.offset,
        }
    }
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowFormat {
    /// For people
    Table,
    /// One JSON object a line
    Jsonl,
    /// One row each
    Csv,
    /// One feature each
    Geojson,
}

const INCIDENTS_EXAMPLES: &str = "\
Examples:
  maydani incidents --place هجين --from 2018-10-01 --to 2018-10-31
  maydani incidents --near 34.7,40.8,20 --type air_drone_strike --format geojson > map.geojson
  maydani incidents inc-4c1be7a6c0de";

#[derive(Debug, Args)]
#[command(after_help = INCIDENTS_EXAMPLES)]
pub(crate) struct IncidentsArgs {
    /// Show this one: its reports, and why each is there
    #[arg(value_name = "INCIDENT")]
    pub(crate) incident: Option<String>,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    /// How to write them [default: table on a terminal, else jsonl]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<RowFormat>,
}

const CLAIMS_EXAMPLES: &str = "\
Examples:
  maydani claims inc-4c1be7a6c0de
  maydani claims inc-4c1be7a6c0de --rule highest
  maydani claims --source sohr --from 2018-10-01 --format csv > claims.csv";

#[derive(Debug, Args)]
#[command(after_help = CLAIMS_EXAMPLES)]
pub(crate) struct ClaimsArgs {
    /// The claims about this incident, and a summary value for each field
    #[arg(value_name = "INCIDENT")]
    pub(crate) incident: Option<String>,

    /// How summary values are chosen [default: numbers lowest, else what most independent sources say]
    #[arg(long, value_name = "RULE", value_parser = rule, requires = "incident")]
    pub(crate) rule: Option<Rule>,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    /// How to write them [default: table on a terminal, else jsonl]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<RowFormat>,
}

const CONTROL_EXAMPLES: &str = "\
Examples:
  maydani control --place هجين
  maydani control --at 2018-12-31 --province \"Deir ez-Zor\" --format geojson > held.geojson";

#[derive(Debug, Args)]
#[command(after_help = CONTROL_EXAMPLES)]
pub(crate) struct ControlArgs {
    /// On this day [default: today]
    #[arg(long, value_name = "DAY", value_parser = number_of_day)]
    pub(crate) at: Option<i32>,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    /// How to write them [default: table on a terminal, else jsonl]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<RowFormat>,
}

const SEARCH_EXAMPLES: &str = "\
Examples:
  maydani search قصف البلدة
  maydani search '«معرة النعمان» سوق' --from 2016-01-01";

#[derive(Debug, Args)]
#[command(after_help = SEARCH_EXAMPLES)]
pub(crate) struct SearchArgs {
    /// Words; a «phrase» in quotation marks stands in one piece. Article, clitics and spelling are forgiven
    #[arg(value_name = "WORDS", required = true)]
    pub(crate) query: Vec<String>,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    /// How to write them [default: table on a terminal, else jsonl]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<RowFormat>,
}

const EXPORT_EXAMPLES: &str = "\
Examples:
  maydani export --format incidents-jsonl > incidents.jsonl
  maydani export --format acled-csv --country SY --from 2018-01-01 > syria.csv";

#[derive(Debug, Args)]
#[command(after_help = EXPORT_EXAMPLES)]
pub(crate) struct ExportArgs {
    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "incidents-jsonl")]
    pub(crate) format: ExportFormat,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) knowledge: KnowledgeArgs,
}

/// What an export writes. Without `--limit` everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// One line an incident, with its reports and events
    IncidentsJsonl,
    /// One record a line, as `maydani code` writes it
    Jsonl,
    /// One row an event
    Csv,
    /// One feature an event and place
    Geojson,
    /// ACLED's 31 columns, one row an event and place
    AcledCsv,
}

const DECIDE_EXAMPLES: &str = "\
Examples:
  maydani decide merge inc-4c1be7a6c0de inc-90d2aa1f3b77 --note 'same squadron'
  maydani decide split inc-4c1be7a6c0de 'report-7#3fa1'
  maydani decide review inc-4c1be7a6c0de confirmed
  maydani decide list
  maydani decide revoke 12";

#[derive(Debug, Args)]
#[command(after_help = DECIDE_EXAMPLES)]
pub(crate) struct DecideArgs {
    /// Who decides
    #[arg(long, value_name = "NAME", env = "USER", default_value = "analyst", global = true)]
    pub(crate) by: String,

    /// Why
    #[arg(long, value_name = "TEXT", global = true)]
    pub(crate) note: Option<String>,

    #[command(subcommand)]
    pub(crate) command: DecideCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DecideCommand {
    /// Several incidents are one occurrence
    Merge {
        /// Their ids
        #[arg(value_name = "INCIDENT", required = true, num_args = 2..)]
        incidents: Vec<String>,
    },
    /// Some events of an incident are another occurrence
    Split {
        /// The incident
        #[arg(value_name = "INCIDENT")]
        incident: String,
        /// The events that leave it, as `maydani incidents INCIDENT` names them
        #[arg(value_name = "EVENT", required = true)]
        events: Vec<String>,
    },
    /// These are no events: the report was misread
    Reject {
        /// The events
        #[arg(value_name = "EVENT", required = true)]
        events: Vec<String>,
    },
    /// Set the state of an incident
    Review {
        /// The incident
        #[arg(value_name = "INCIDENT")]
        incident: String,
        /// Its state
        #[arg(value_name = "STATE", value_parser = maydani_archive::STATES)]
        state: String,
    },
    /// Take a decision back
    Revoke {
        /// Its number, as `maydani decide list` gives it
        #[arg(value_name = "NUMBER")]
        decision: i64,
    },
    /// List all decisions, one JSON object a line
    List,
}

const RECODE_EXAMPLES: &str = "\
Examples:
  maydani recode
  maydani recode --codebook my-codebook/ --write";

#[derive(Debug, Args)]
#[command(after_help = RECODE_EXAMPLES)]
pub(crate) struct RecodeArgs {
    /// Store the new codings; without it, only what would change is shown
    #[arg(long)]
    pub(crate) write: bool,

    /// Only count what changes
    #[arg(long)]
    pub(crate) quiet: bool,

    #[command(flatten)]
    pub(crate) knowledge: KnowledgeArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ArchiveArgs {
    #[command(subcommand)]
    pub(crate) command: ArchiveCommand,
}

const BACKUP_EXAMPLES: &str = "\
Examples:
  maydani archive backup monday.maydani
  maydani archive backup monday.maydani --archive postgres://maydani@localhost/maydani";

const RESTORE_EXAMPLES: &str = "\
Examples:
  maydani archive restore monday.maydani --archive new.maydani
  maydani archive restore monday.maydani --archive postgres://maydani@localhost/empty";

#[derive(Debug, Subcommand)]
pub(crate) enum ArchiveCommand {
    /// Look for faults; exit code 1 where there are any
    #[command(after_help = "Examples:\n  maydani archive check")]
    Check,
    /// Count what it holds, as JSON
    #[command(after_help = "Examples:\n  maydani archive stats")]
    Stats,
    /// Write a copy to a new file, while others go on writing
    #[command(after_help = BACKUP_EXAMPLES)]
    Backup {
        /// The new file
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Make a new archive out of a backup
    #[command(after_help = RESTORE_EXAMPLES)]
    Restore {
        /// The backup
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Compare and group all events anew
    #[command(after_help = "Examples:\n  maydani archive relink\n  maydani archive relink --weights my-linking.tsv")]
    Relink {
        /// Other weights, in the layout of codebook/linking.tsv
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        weights: Option<PathBuf>,
    },
}

fn number_of_day(text: &str) -> Result<i32, String> {
    let iso = day(text)?;
    maydani_linking::day::parse(&iso).ok_or_else(|| "expected a day such as 2018-10-30".to_owned())
}

fn near(text: &str) -> Result<Near, String> {
    let numbers: Vec<f64> = text.split(',').filter_map(|number| number.trim().parse().ok()).collect();
    match numbers[..] {
        [latitude, longitude, radius] if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 && radius > 0.0 => {
            Ok(Near { latitude, longitude, radius })
        }
        _ => Err("expected degrees north, degrees east and kilometres, such as 34.7,40.8,20".to_owned()),
    }
}

fn kind(text: &str) -> Result<String, String> {
    maydani_core::SubEventType::from_code(text)
        .map(|kind| kind.code().to_owned())
        .ok_or_else(|| "expected a sub-event type such as air_drone_strike".to_owned())
}

fn rule(text: &str) -> Result<Rule, String> {
    serde_json::from_value(serde_json::Value::String(text.replace('-', "_")))
        .map_err(|_| "expected lowest, highest, latest or most-independent".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{kind, near, rule};

    #[test]
    fn values_are_checked() {
        assert!(near("34.7,40.8,20").is_ok());
        assert!(near("134.7,40.8,20").is_err() && near("34.7,40.8").is_err());
        assert!(kind("attack").is_ok() && kind("bombs").is_err());
        assert!(rule("most-independent").is_ok() && rule("best").is_err());
    }
}
