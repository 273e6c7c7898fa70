//! What the server answers, asked as a browser or a program would, without a connection.

mod guard;
mod incidents;
mod openapi;
mod people;
mod review;
mod support;
mod views;
