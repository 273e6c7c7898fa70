//! Serves an archive to the browser and to programs: the page, the API under `/api`, people and roles.
//!
//! [`Server::start`] opens the archive and makes the routes; [`Server::run`] answers until it is told to
//! stop. What blocks (the archive, password hashes, compression) runs on threads of its own.

mod annotated;
mod answer;
mod assets;
mod cache;
mod caller;
mod codebook;
mod control;
mod cors;
mod decisions;
mod draft;
mod export;
mod feed;
mod guard;
mod incidents;
mod listen;
mod login;
mod openapi;
mod overview;
pub mod password;
mod places;
mod points;
mod query;
mod reports;
mod review;
mod secret;
mod sent;
mod server;
mod session;
mod sources;
mod state;
mod timeline;
mod tokens;
mod updates;
mod users;
mod views;
mod workers;

pub use server::{Server, ServerError, Settings};
