//! What can be said on the command line about the server and its users.

use std::net::SocketAddr;

use clap::{Args, Subcommand, ValueEnum};
use maydani_archive::Role;

use crate::shared_args::KnowledgeArgs;

const SERVE_EXAMPLES: &str = "\
Examples:
  maydani serve
  maydani serve --archive syria.maydani --listen 127.0.0.1:8080
  maydani user add amal --role administrator && maydani serve --listen 0.0.0.0:7171";

#[derive(Debug, Args)]
#[command(after_help = SERVE_EXAMPLES)]
pub(crate) struct ServeArgs {
    /// Address and port; one that other machines reach needs users
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7171")]
    pub(crate) listen: SocketAddr,

    /// Map tiles from this address, with {z}, {x} and {y} [default: the bundled map alone]
    #[arg(long, value_name = "URL")]
    pub(crate) tiles: Option<String>,

    /// Let pages of this site read the GeoJSON endpoints, as https://kepler.gl; may be repeated
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) allow_origin: Vec<String>,

    #[command(flatten)]
    pub(crate) knowledge: KnowledgeArgs,
}

#[derive(Debug, Args)]
pub(crate) struct UserArgs {
    #[command(subcommand)]
    pub(crate) command: UserCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Add a user; asks for the password, or reads it as one line from a pipe
    #[command(
        after_help = "Examples:\n  maydani user add amal --role administrator\n  pass maydani | maydani user add omar"
    )]
    Add {
        /// The name: letters, digits and . - _ @
        name: String,
        /// What the user may do
        #[arg(long, value_name = "ROLE", default_value = "reader")]
        role: RoleName,
    },
    /// List users
    #[command(after_help = "Examples:\n  maydani user list")]
    List,
    /// Remove a user with sessions, tokens and views; decisions stay
    #[command(after_help = "Examples:\n  maydani user remove omar")]
    Remove {
        /// The name
        name: String,
    },
}

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RoleName {
    /// Look
    Reader,
    /// Look and decide
    Reviewer,
    /// Look, decide, and see to users
    Administrator,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Reader => Self::Reader,
            RoleName::Reviewer => Self::Reviewer,
            RoleName::Administrator => Self::Administrator,
        }
    }
}
