//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::archive_args::{
    ArchiveArgs, ClaimsArgs, ControlArgs, DecideArgs, ExportArgs, IncidentsArgs, IngestArgs, RecodeArgs, SearchArgs,
    WatchArgs,
};
use crate::exit;
use crate::serve_args::{ServeArgs, UserArgs};
use crate::shared_args::{AboutArgs, KnowledgeArgs, day};

/// Reads Arabic reports of conflict and keeps what they say as events and claims that can be checked.
#[derive(Debug, Parser)]
#[command(name = "maydani", version, max_term_width = 100, after_help = exit::HELP)]
pub(crate) struct Arguments {
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,

    /// The archive: a file, or postgres://user@host/database
    #[arg(
        long,
        global = true,
        value_name = "FILE|postgres://…",
        env = "MAYDANI_ARCHIVE",
        default_value = "archive.maydani",
        hide_env_values = true
    )]
    pub(crate) archive: String,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Code reports into events
    Code(CodeArgs),
    /// Show how one report was coded: each passage marked, each value with its reason
    Explain(ExplainArgs),
    /// Find time expressions in lines of text
    Dates(DatesArgs),
    /// Find places in lines of text
    Places(PlacesArgs),
    /// Check or list what the coder knows
    Codebook(CodebookArgs),
    /// Add places to the gazetteer
    Gazetteer(GazetteerArgs),
    /// Score coded reports against annotated ones
    Evaluate(EvaluateArgs),
    /// Code reports, store them in the archive, and link them into incidents
    Ingest(IngestArgs),
    /// Ask feeds, sitemaps and pages again and again, and ingest what is new
    Watch(WatchArgs),
    /// List incidents, or show one with its reports and why they were linked
    Incidents(IncidentsArgs),
    /// Show who says what, side by side
    Claims(ClaimsArgs),
    /// Show who is said to hold places, since when
    Control(ControlArgs),
    /// Search the reports of the archive
    Search(SearchArgs),
    /// Write the archive's incidents or events to other programs
    Export(ExportArgs),
    /// Merge, split, reject and review incidents; take such decisions back
    Decide(DecideArgs),
    /// Code the archive's reports anew after the codebook changed
    Recode(RecodeArgs),
    /// Check, count, back up, restore and relink the archive
    Archive(ArchiveArgs),
    /// Show the archive in the browser: map, timeline, claims, review; and answer programs
    Serve(ServeArgs),
    /// Add, list and remove those who may log in
    User(UserArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
}

const CODE_EXAMPLES: &str = "\
Examples:
  maydani code page.txt --published 2018-10-30 --outlet \"تلفزيون الخبر\"
  maydani code reports/ --format jsonl > coded.jsonl
  xzcat news.jsonl.xz | maydani code - --threads 2 > coded.jsonl
  maydani code reports.jsonl.zst --gazetteer SY.txt --format geojson > map.geojson";

#[derive(Debug, Args)]
#[command(after_help = CODE_EXAMPLES)]
pub(crate) struct CodeArgs {
    /// Files, folders, or - for standard input: text, HTML, JSON Lines, also compressed (gz, xz, zst)
    #[arg(value_name = "FILE|DIR|-", value_hint = ValueHint::AnyPath)]
    pub(crate) inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) about: AboutArgs,

    /// How to write the events [default: table on a terminal, else jsonl]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<FormatName>,

    #[command(flatten)]
    pub(crate) knowledge: KnowledgeArgs,

    /// Threads that code [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// How events are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatName {
    /// For people
    Table,
    /// One record a line
    Jsonl,
    /// One row an event
    Csv,
    /// One feature an event and place
    Geojson,
    /// ACLED's 31 columns, one row an event and place
    AcledCsv,
}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  maydani explain page.txt --published 2018-10-30
  maydani explain page.txt --html > page.html
  maydani explain page.txt --format jsonl";

#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub(crate) struct ExplainArgs {
    /// A file with one report or several, or - for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,

    #[command(flatten)]
    pub(crate) about: AboutArgs,

    /// Write a page of its own, to be read in a browser
    #[arg(long, conflicts_with = "format")]
    pub(crate) html: bool,

    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ExplainFormat,

    #[command(flatten)]
    pub(crate) knowledge: KnowledgeArgs,
}

/// How an explanation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// For people
    Text,
    /// The record with the reasons (`why`), one a line
    Jsonl,
}

const DATES_EXAMPLES: &str = "\
One JSON object a line, in the order of the lines read:
  {\"text\", \"expressions\": [{\"start\", \"end\", \"text\", \"start_day\", \"end_day\"}]}

Examples:
  echo 'قصف يوم الجمعة الماضي' | maydani dates --published 2018-10-30
  maydani dates --published 2018-10-30 lines.txt > dates.jsonl";

#[derive(Debug, Args)]
#[command(after_help = DATES_EXAMPLES)]
pub(crate) struct DatesArgs {
    /// One text a line [default: standard input]
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) input: Option<PathBuf>,

    /// The day that «today» means
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) published: Option<String>,

    /// Read as a report is read: what is told has happened, and a number alone is no date
    #[arg(long)]
    pub(crate) news: bool,

    /// Your own entries, laid over the built-in codebook
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) codebook: Option<PathBuf>,
}

const PLACES_EXAMPLES: &str = "\
One JSON object a line, in the order of the lines read:
  {\"text\", \"places\": [{\"id\", \"name\", \"name_ar\", \"country\", \"latitude\", \"longitude\", \"kind\", …}]}

Examples:
  echo 'غارات على بلدة هجين بريف دير الزور' | maydani places
  maydani places --gazetteer SY.txt lines.txt > places.jsonl";

#[derive(Debug, Args)]
#[command(after_help = PLACES_EXAMPLES)]
pub(crate) struct PlacesArgs {
    /// One text a line [default: standard input]
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) input: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) knowledge: KnowledgeArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CodebookArgs {
    #[command(subcommand)]
    pub(crate) command: CodebookCommand,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  maydani codebook check
  maydani codebook check my-codebook/";

const LIST_EXAMPLES: &str = "\
Examples:
  maydani codebook list actors
  maydani codebook list actors الحشد
  maydani codebook list events حصار";

#[derive(Debug, Subcommand)]
pub(crate) enum CodebookCommand {
    /// Check data files: every fault with file:line:column and what to do
    #[command(after_help = CHECK_EXAMPLES)]
    Check {
        /// A folder of your own entries, checked over the built-in ones
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        dir: Option<PathBuf>,
    },
    /// List entries, one a line, columns divided by tabs
    #[command(after_help = LIST_EXAMPLES)]
    List {
        /// Which
        #[arg(value_name = "WHAT")]
        what: EntryKind,

        /// Only entries that hold this text, in Arabic or English
        #[arg(value_name = "TEXT")]
        text: Option<String>,

        /// Your own entries, laid over the built-in codebook
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        codebook: Option<PathBuf>,
    },
}

/// Kinds of entry that can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EntryKind {
    /// Parties
    Actors,
    /// Hand-kept places and place words
    Places,
    /// Event words and their frames
    Events,
    /// Sources and outlets
    Sources,
    /// Wordings that say who holds a place
    Control,
}

#[derive(Debug, Args)]
pub(crate) struct GazetteerArgs {
    #[command(subcommand)]
    pub(crate) command: GazetteerCommand,
}

const INSTALL_EXAMPLES: &str = "\
Examples:
  maydani gazetteer install SY IQ YE
  maydani gazetteer install LY --from http://127.0.0.1:8000/dump";

const ADD_EXAMPLES: &str = "\
Examples:
  maydani gazetteer add SY.txt
  maydani gazetteer add my-places/";

#[derive(Debug, Subcommand)]
pub(crate) enum GazetteerCommand {
    /// Fetch GeoNames' places of countries and keep them for every later run
    #[command(after_help = INSTALL_EXAMPLES)]
    Install {
        /// ISO codes of the countries (SY IQ YE …)
        #[arg(value_name = "COUNTRY", required = true)]
        countries: Vec<String>,

        /// Where the country files lie, as COUNTRY.zip or COUNTRY.txt
        #[arg(
            long,
            value_name = "ADDRESS",
            env = "MAYDANI_GEONAMES",
            default_value = "https://download.geonames.org/export/dump"
        )]
        from: String,
    },
    /// Keep the places of a file in GeoNames' layout for every later run
    #[command(after_help = ADD_EXAMPLES)]
    Add {
        /// Files, or folders of *.txt
        #[arg(value_name = "FILE|DIR", required = true, value_hint = ValueHint::AnyPath)]
        files: Vec<PathBuf>,
    },
    /// List what was added
    List,
}

const EVALUATE_EXAMPLES: &str = "\
Examples:
  maydani code gold.jsonl --format jsonl > coded.jsonl
  maydani evaluate gold.jsonl coded.jsonl
  maydani evaluate gold.jsonl coded.jsonl --by-type
  maydani evaluate reader-one.jsonl reader-two.jsonl";

#[derive(Debug, Args)]
#[command(after_help = EVALUATE_EXAMPLES)]
pub(crate) struct EvaluateArgs {
    /// Annotated reports, one a line
    #[arg(value_name = "GOLD", value_hint = ValueHint::FilePath)]
    pub(crate) gold: PathBuf,

    /// Coded reports, or a second reader's annotation
    #[arg(value_name = "CODED", value_hint = ValueHint::FilePath)]
    pub(crate) coded: PathBuf,

    /// Print the figures as one JSON object
    #[arg(long)]
    pub(crate) json: bool,

    /// Print counts by sub-event type first
    #[arg(long, conflicts_with = "json")]
    pub(crate) by_type: bool,
}

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  maydani completions bash > ~/.local/share/bash-completion/completions/maydani
  maydani completions zsh > ~/.zfunc/_maydani
  maydani completions fish > ~/.config/fish/completions/maydani.fish";

#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub(crate) struct CompletionsArgs {
    /// Which shell
    pub(crate) shell: Shell,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        Arguments::command().debug_assert();
    }
}
