//! The command line of Maydani.

mod archive_args;
mod args;
mod commands;
mod exit;
mod explain;
mod gazetteer;
mod input;
mod intake;
mod knowledge;
mod output;
mod progress;
mod screen;
mod serve_args;
mod shared_args;
mod watch;
mod web;
mod workers;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let archive = arguments.archive.as_str();
    let outcome = match arguments.command {
        Command::Code(args) => commands::code::run(&args, arguments.color),
        Command::Explain(args) => commands::explain::run(&args, arguments.color),
        Command::Dates(args) => commands::dates::run(&args),
        Command::Places(args) => commands::places::run(&args),
        Command::Codebook(args) => commands::codebook::run(&args),
        Command::Gazetteer(args) => commands::gazetteer::run(&args),
        Command::Evaluate(args) => commands::evaluate::run(&args),
        Command::Ingest(args) => commands::archive_ingest::run(&args, archive),
        Command::Watch(args) => commands::watch::run(&args, archive),
        Command::Incidents(args) => commands::archive_incidents::run(&args, archive),
        Command::Claims(args) => commands::archive_claims::run(&args, archive),
        Command::Control(args) => commands::archive_control::run(&args, archive),
        Command::Search(args) => commands::archive_search::run(&args, archive),
        Command::Export(args) => commands::archive_export::run(&args, archive),
        Command::Decide(args) => commands::archive_decide::run(&args, archive),
        Command::Recode(args) => commands::archive_recode::run(&args, archive),
        Command::Archive(args) => commands::archive_maintain::run(&args, archive),
        Command::Serve(args) => commands::serve::run(&args, archive),
        Command::User(args) => commands::user::run(&args, archive),
        Command::Completions(args) => commands::completions::run(&args),
    };
    exit::code(outcome)
}
