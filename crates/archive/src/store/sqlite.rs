//! SQLite: the archive in one file.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql};

use super::{Dialect, Row, Store, Value, failed, migrations};
use crate::ArchiveError;

/// An archive in one SQLite file.
pub struct Sqlite {
    connection: Connection,
    location: String,
}

impl Sqlite {
    /// Opens or makes the file, and brings an older layout up to date.
    ///
    /// # Errors
    /// No SQLite file, no right to write it, or a newer layout.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        let location = path.display().to_string();
        let fault = |error: &rusqlite::Error| ArchiveError::Open {
            location: location.clone(),
            what: format!("{error}; name another file with --archive, or restore a backup"),
        };
        let connection = Connection::open(path).map_err(|error| fault(&error))?;
        connection.busy_timeout(Duration::from_secs(60)).map_err(|error| fault(&error))?;
        connection.set_prepared_statement_cache_capacity(128);
        // WAL with FULL: a commit is on the disk before it is reported, and readers never wait.
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 PRAGMA cache_size = -131072; PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY;",
            )
            .map_err(|error| fault(&error))?;
        let mut store = Self { connection, location };
        let location = store.location.clone();
        migrations::run(&mut store, &location)?;
        Ok(store)
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Real(value) => ValueRef::Real(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}

fn set(cell: &mut Value, found: ValueRef<'_>) -> Result<(), ArchiveError> {
    match (&mut *cell, found) {
        (Value::Text(held), ValueRef::Text(bytes)) => {
            held.clear();
            held.push_str(text(bytes)?);
        }
        (_, ValueRef::Null) => *cell = Value::Null,
        (_, ValueRef::Integer(value)) => *cell = Value::Int(value),
        (_, ValueRef::Real(value)) => *cell = Value::Real(value),
        (_, ValueRef::Text(bytes)) => *cell = Value::Text(text(bytes)?.to_owned()),
        (_, ValueRef::Blob(bytes)) => *cell = Value::Bytes(bytes.to_vec()),
    }
    Ok(())
}

fn text(bytes: &[u8]) -> Result<&str, ArchiveError> {
    std::str::from_utf8(bytes).map_err(|error| ArchiveError::Damaged(format!("text that is not UTF-8: {error}")))
}

impl Store for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, ArchiveError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| failed(sql, &error))?;
        let touched = statement.execute(rusqlite::params_from_iter(values)).map_err(|error| failed(sql, &error))?;
        Ok(touched as u64)
    }

    fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        each: &mut dyn FnMut(&Row) -> Result<bool, ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| failed(sql, &error))?;
        let columns = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(values)).map_err(|error| failed(sql, &error))?;
        // One row is written over, so that its texts are not made anew each time.
        let mut cells = Row(vec![Value::Null; columns]);
        while let Some(row) = rows.next().map_err(|error| failed(sql, &error))? {
            for (column, cell) in cells.0.iter_mut().enumerate() {
                set(cell, row.get_ref(column).map_err(|error| failed(sql, &error))?)?;
            }
            if !each(&cells)? {
                break;
            }
        }
        Ok(())
    }

    fn script(&mut self, sql: &str) -> Result<(), ArchiveError> {
        self.connection.execute_batch(sql).map_err(|error| failed(sql, &error))
    }

    fn begin(&mut self) -> Result<(), ArchiveError> {
        self.script("BEGIN IMMEDIATE")
    }

    fn commit(&mut self) -> Result<(), ArchiveError> {
        self.script("COMMIT")
    }

    fn rollback(&mut self) -> Result<(), ArchiveError> {
        self.script("ROLLBACK")
    }

    fn check(&mut self) -> Result<Vec<String>, ArchiveError> {
        let mut faults = Vec::new();
        self.each("PRAGMA integrity_check", &[], &mut |row| {
            let said = row.text(0)?;
            if said != "ok" {
                faults.push(said.to_owned());
            }
            Ok(true)
        })?;
        self.each("PRAGMA foreign_key_check", &[], &mut |row| {
            faults.push(format!(
                "row {:?} of {} refers to a row of {} that is gone",
                row.0[1],
                row.text(0)?,
                row.text(2)?
            ));
            Ok(true)
        })?;
        if let Err(error) = self.execute("INSERT INTO report_text (report_text) VALUES ('integrity-check')", &[]) {
            faults.push(format!("report_text: {error}"));
        }
        Ok(faults)
    }

    fn copy_to(&mut self, path: &Path) -> Result<(), ArchiveError> {
        // VACUUM INTO reads one state of the archive while others go on writing.
        self.execute("VACUUM INTO ?1", &[Value::Text(path.display().to_string())])?;
        Ok(())
    }

    fn bytes(&mut self) -> Result<u64, ArchiveError> {
        let mut bytes = 0;
        self.each("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", &[], &mut |row| {
            bytes = row.int(0)?.unsigned_abs();
            Ok(true)
        })?;
        Ok(bytes)
    }
}

impl std::fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sqlite({})", self.location)
    }
}
