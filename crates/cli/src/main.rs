//! The command line of Maydani.

mod args;
mod commands;
mod exit;
mod explain;
mod gazetteer;
mod input;
mod knowledge;
mod output;
mod progress;
mod screen;
mod workers;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Code(args) => commands::code::run(&args, arguments.color),
        Command::Explain(args) => commands::explain::run(&args, arguments.color),
        Command::Dates(args) => commands::dates::run(&args),
        Command::Places(args) => commands::places::run(&args),
        Command::Codebook(args) => commands::codebook::run(&args),
        Command::Gazetteer(args) => commands::gazetteer::run(&args),
        Command::Evaluate(args) => commands::evaluate::run(&args),
        Command::Completions(args) => commands::completions::run(&args),
    };
    exit::code(outcome)
}
