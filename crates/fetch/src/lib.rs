//! Fetches pages, feeds and sitemaps: politely, and never from within private networks.
//!
//! An address on the web may lead anywhere: by itself, by a redirect, by what the name service answers.
//! Every connection goes through [`Guard`], which sees the addresses that are connected to, so that no
//! spelling of an address and no changing answer of a name server leads around it.
//!
//! | against | stands |
//! |---|---|
//! | requests into private, loopback, link-local and reserved networks | [`is_public`], asked for each connection |
//! | redirects without end, or to other schemes | [`Settings::redirects`], one gate for each hop |
//! | endless and exploding bodies | [`Limits`] on what is sent and on what it unpacks to |
//! | servers that answer drop by drop | [`Limits::time`] over the whole of a request |
//! | being a burden | a pause for each host, `Retry-After`, back-off, robots.txt, ETag and Last-Modified |
//!
//! No proxy of the environment is used: it would resolve names where the guard does not see it.

mod body;
mod client;
mod error;
mod guard;
mod pace;
mod retry_after;
mod robots;
mod settings;

pub use client::{Answer, Client, Page, Request, Validators, address};
pub use error::{Fault, FetchError};
pub use guard::{Guard, Names, SystemNames, is_public};
pub use settings::{Limits, Settings, Stop};
pub use url::Url;
