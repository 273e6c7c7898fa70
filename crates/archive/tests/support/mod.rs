//! Records made for tests, and a PostgreSQL of the tests' own.

#![allow(dead_code, unused_imports, unused_macros, reason = "each test file uses a part of it")]

pub(crate) mod generated;
pub(crate) mod postgres;
pub(crate) mod records;
pub(crate) mod stores;
