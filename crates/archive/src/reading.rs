//! Archives opened by readers only, and how they notice that something changed.

use crate::store::Dialect;
use crate::{Archive, ArchiveError};

/// The pages that one reader keeps in memory, in KiB. The system keeps the rest of the file.
const READER_CACHE: u32 = 16 * 1024;

impl Archive {
    /// Opens an archive to read alone: nothing can be written through it, and it keeps little in
    /// memory, so that a server opens several. The archive must exist, in the layout of now.
    ///
    /// # Errors
    /// As [`Archive::open`].
    pub fn open_to_read(location: &str) -> Result<Self, ArchiveError> {
        let mut archive = Self::open(location)?;
        archive.store.script(&match archive.store.dialect() {
            Dialect::Sqlite => format!("PRAGMA query_only = ON; PRAGMA cache_size = -{READER_CACHE}"),
            Dialect::Postgres => "SET default_transaction_read_only = on".to_owned(),
        })?;
        Ok(archive)
    }

    /// A number that is another one after others have written. SQLite tells each connection only of
    /// what others wrote: ask the same reader again.
    ///
    /// # Errors
    /// The store's own.
    pub fn revision(&mut self) -> Result<i64, ArchiveError> {
        self.number(
            match self.store.dialect() {
                Dialect::Sqlite => "PRAGMA data_version",
                Dialect::Postgres => "SELECT txid_snapshot_xmax(txid_current_snapshot())",
            },
            &[],
        )
    }

    /// Runs several queries on one state of the archive, whatever others write meanwhile.
    ///
    /// # Errors
    /// Those of `work`, and the store's own.
    pub fn snapshot<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, ArchiveError>) -> Result<T, ArchiveError> {
        self.store.script(match self.store.dialect() {
            Dialect::Sqlite => "BEGIN",
            Dialect::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        })?;
        let outcome = work(self);
        let ended = self.store.rollback();
        let outcome = outcome?;
        ended.map(|()| outcome)
    }
}
