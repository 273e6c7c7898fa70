//! `maydani user`: who may log in.

use std::io::{IsTerminal, stdin};

use anyhow::{Context, bail};
use jiff::Timestamp;
use maydani_archive::Archive;
use maydani_server::password;

use super::archive_maintain::existing;
use crate::exit::Outcome;
use crate::serve_args::{UserArgs, UserCommand};

pub(crate) fn run(args: &UserArgs, location: &str) -> anyhow::Result<Outcome> {
    match &args.command {
        UserCommand::Add { name, role } => {
            password::check_name(name)?;
            // The archive may be made here: users come before the first report.
            let mut archive = Archive::open(location)?;
            let stored = password::hash(&asked(name)?)?;
            archive.add_user(name, (*role).into(), &stored, Timestamp::now())?;
            eprintln!("{location}: {name} may log in");
        }
        UserCommand::List => {
            for user in existing(location)?.users()? {
                let seen = user.last_login.as_deref().unwrap_or("never");
                println!("{}\t{}\tmade {}\tlast login {seen}", user.name, user.role.word(), user.made_at);
            }
        }
        UserCommand::Remove { name } => {
            // Who has the archive's file needs no administrator's leave.
            existing(location)?.remove_user(name, true)?;
            eprintln!("{location}: {name} is removed");
        }
    }
    Ok(Outcome::Done)
}

/// Asks for a password twice on a terminal; else it is the first line of standard input.
fn asked(name: &str) -> anyhow::Result<String> {
    if !stdin().is_terminal() {
        let mut line = String::new();
        stdin().read_line(&mut line).context("the password could not be read from standard input")?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let first = rpassword::prompt_password(format!("Password of {name} (12 characters or more): "))?;
    let second = rpassword::prompt_password("Once more: ")?;
    if first != second {
        bail!("the two differ; nothing was stored");
    }
    Ok(first)
}
