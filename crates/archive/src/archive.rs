//! An archive, opened.

use std::path::Path;

use maydani_linking::Weights;

use crate::store::{Postgres, Sqlite, Store};
use crate::{ArchiveError, store};

/// An archive, opened. Several may be open on one file or database at a time, also in several
/// processes: each sees what others have committed.
pub struct Archive {
    pub(crate) store: Box<dyn Store>,
    pub(crate) weights: Weights,
}

impl Archive {
    /// Opens a file, or `postgres://user@host/database`; makes it where there is none, and brings an
    /// older layout up to date.
    ///
    /// # Errors
    /// The location is no archive, cannot be written, or was written by a newer program.
    pub fn open(location: &str) -> Result<Self, ArchiveError> {
        let store: Box<dyn Store> = if is_postgres(location) {
            Box::new(Postgres::open(location)?)
        } else {
            Box::new(Sqlite::open(Path::new(location))?)
        };
        Ok(Self { store, weights: Weights::built_in()? })
    }

    /// Links by other weights than the built-in ones.
    pub fn set_weights(&mut self, weights: Weights) {
        self.weights = weights;
    }

    /// Runs `work` in one transaction: all of it is stored, or nothing.
    pub(crate) fn transaction<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, ArchiveError>,
    ) -> Result<T, ArchiveError> {
        self.store.begin()?;
        match work(self) {
            Ok(outcome) => {
                self.store.commit()?;
                Ok(outcome)
            }
            Err(error) => {
                // The first error tells more than one of taking back.
                let _ = self.store.rollback();
                Err(error)
            }
        }
    }

    pub(crate) fn rows(&mut self, sql: &str, values: &[store::Value]) -> Result<Vec<store::Row>, ArchiveError> {
        store::rows(self.store.as_mut(), sql, values)
    }

    pub(crate) fn first(&mut self, sql: &str, values: &[store::Value]) -> Result<Option<store::Row>, ArchiveError> {
        store::first(self.store.as_mut(), sql, values)
    }

    pub(crate) fn execute(&mut self, sql: &str, values: &[store::Value]) -> Result<u64, ArchiveError> {
        self.store.execute(sql, values)
    }

    /// The first column of the first row.
    pub(crate) fn number(&mut self, sql: &str, values: &[store::Value]) -> Result<i64, ArchiveError> {
        self.first(sql, values)?.map_or(Ok(0), |row| row.int(0))
    }
}

/// Whether a location names a PostgreSQL database.
pub(crate) fn is_postgres(location: &str) -> bool {
    location.starts_with("postgres://") || location.starts_with("postgresql://")
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Archive").field("dialect", &self.store.dialect()).finish_non_exhaustive()
    }
}
