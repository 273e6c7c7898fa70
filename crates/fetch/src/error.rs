//! Why an address could not be fetched, and what to do.

use std::io;
use std::net::IpAddr;
use std::time::Duration;

/// An address that could not be fetched.
#[derive(Debug, thiserror::Error)]
#[error("{url}: {fault}")]
pub struct FetchError {
    /// The address that was asked for last: after redirects, where they led.
    pub url: String,
    /// What, and what to do.
    #[source]
    pub fault: Fault,
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// Not an address, or not of the web.
    #[error("is no address of the web ({0}); write it as https://host/path")]
    Address(String),
    /// A name and password in the address.
    #[error("carries a name or password, which are not sent; write the address without them")]
    Credentials,
    /// In a private network.
    #[error(
        "{host} is at {address}, in a private or reserved network, and was not asked; if it is yours, allow it: --allow-private {host}"
    )]
    Private {
        /// The host as the address names it.
        host: String,
        /// Where it lies.
        address: IpAddr,
    },
    /// The name service knows no such host, or does not answer.
    #[error("{host} was not found ({what}); check the address and the connection")]
    NoHost {
        /// The host as the address names it.
        host: String,
        /// The name service's answer.
        what: String,
    },
    /// robots.txt asks not to.
    #[error("the site's robots.txt asks not to fetch this; leave it out, or ask the site's keepers")]
    Robots,
    /// robots.txt could not be read, which means «no» (RFC 9309).
    #[error(
        "the site's robots.txt cannot be read (the server answered {0}), so nothing may be fetched there yet; try again later"
    )]
    NoRobots(u16),
    /// The server asks to wait.
    #[error("the server asks to wait {} seconds; try again then", .0.as_secs())]
    Later(Duration),
    /// Another answer than the thing asked for.
    #[error("the server answered {0}; {remedy}", remedy = if *.0 < 500 { "check the address" } else { "try again later" })]
    Status(u16),
    /// One redirect after the other.
    #[error("leads on more than {0} times; give the address at which it ends")]
    Redirects(u32),
    /// A redirect without an address.
    #[error("leads on to «{0}», which is no address of the web; give the address at which the thing lies")]
    RedirectNowhere(String),
    /// More than may be sent.
    #[error("is larger than {0} MiB and was left out; give the address of a smaller part")]
    Large(u64),
    /// More than it may unpack to.
    #[error("unpacks to more than {0} MiB and was left out; it may be made to exhaust memory")]
    Explodes(u64),
    /// Packed otherwise than asked for.
    #[error("is packed as «{0}», which was not asked for; tell the site's keepers")]
    Packed(String),
    /// The answer took too long.
    #[error("took too long ({0}); try again later")]
    Slow(String),
    /// The connection, its encryption or the protocol failed.
    #[error("the connection failed ({0}); try again later")]
    Connection(String),
    /// The end was asked for.
    #[error("was left because of the end of the program; it is asked again")]
    Stopped,
}

impl Fault {
    /// Whether asking again gives the same, unless somebody changes something.
    #[must_use]
    pub const fn is_lasting(&self) -> bool {
        match self {
            Self::Status(status) => *status < 500 && !matches!(*status, 401 | 403 | 408 | 425 | 429),
            Self::Address(_)
            | Self::Credentials
            | Self::Private { .. }
            | Self::Robots
            | Self::Redirects(_)
            | Self::RedirectNowhere(_)
            | Self::Large(_)
            | Self::Explodes(_)
            | Self::Packed(_) => true,
            _ => false,
        }
    }

    /// How long the server asks to wait.
    #[must_use]
    pub const fn wait(&self) -> Option<Duration> {
        match self {
            Self::Later(wait) => Some(*wait),
            _ => None,
        }
    }
}

/// The fault behind an error of the library.
impl From<ureq::Error> for Fault {
    fn from(error: ureq::Error) -> Self {
        match error {
            ureq::Error::Other(inner) => match inner.downcast::<Self>() {
                Ok(fault) => *fault,
                Err(inner) => Self::Connection(inner.to_string()),
            },
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                Self::Connection("it broke off".into())
            }
            ureq::Error::Timeout(phase) => Self::Slow(phase.to_string()),
            other => Self::Connection(other.to_string()),
        }
    }
}
