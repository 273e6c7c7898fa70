//! PostgreSQL: an archive for teams.

use std::error::Error;
use std::path::Path;

use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use postgres::{Client, NoTls, Statement};
use rustc_hash::FxHashMap;

use super::tls::Encryption;
use super::{Dialect, Row, Store, Value, failed, migrations};
use crate::ArchiveError;

/// One writer at a time, as with SQLite: the key of the lock that writers take.
const WRITERS: i64 = 0x6d61_7964_616e_6901;

/// An archive in a PostgreSQL database.
pub struct Postgres {
    client: Client,
    location: String,
    prepared: FxHashMap<String, Statement>,
}

impl Postgres {
    /// Connects to `postgres://user@host/database?sslmode=verify-full`, and brings an older layout up to date.
    /// `sslmode` is `disable`, `prefer` (where none is given), `require` or `verify-full`; `sslrootcert` names
    /// a file of certificates to check the server's by.
    ///
    /// # Errors
    /// No connection, or a newer layout.
    pub fn open(address: &str) -> Result<Self, ArchiveError> {
        let location = without_password(address);
        let fault = |what| ArchiveError::Open { location: location.clone(), what };
        let encryption = Encryption::of(address).map_err(fault)?;
        let connected = match encryption.connector {
            Some(connector) => Client::connect(&encryption.address, connector),
            None => Client::connect(&encryption.address, NoTls),
        };
        let client = connected
            .map_err(|error| fault(format!("{}; check the address and that the server runs", said(&error))))?;
        let mut store = Self { client, location, prepared: FxHashMap::default() };
        let location = store.location.clone();
        migrations::run(&mut store, &location)?;
        Ok(store)
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement, ArchiveError> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&dollars(sql)).map_err(|error| failed(sql, &said(&error)))?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

/// The address as it may be shown.
fn without_password(address: &str) -> String {
    match (address.find("://"), address.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => {
            let user = address[scheme + 3..at].split(':').next().unwrap_or("");
            format!("{}{user}{}", &address[..scheme + 3], &address[at..])
        }
        _ => address.to_owned(),
    }
}

/// `?1` in SQLite's way becomes `$1`.
fn dollars(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut chars = sql.chars().peekable();
    while let Some(c) = chars.next() {
        let parameter = c == '?' && chars.peek().is_some_and(char::is_ascii_digit);
        out.push(if parameter { '$' } else { c });
    }
    out
}

/// PostgreSQL's errors say «db error» alone; the cause tells what happened.
fn said(error: &postgres::Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) if *kind == Type::INT4 => i32::try_from(*value)?.to_sql(kind, out),
            Self::Int(value) if *kind == Type::FLOAT8 => (*value as f64).to_sql(kind, out),
            Self::Int(value) => value.to_sql(&Type::INT8, out),
            Self::Real(value) => value.to_sql(&Type::FLOAT8, out),
            // PostgreSQL's text holds no NUL.
            Self::Text(value) if value.contains('\0') => value.replace('\0', "\u{fffd}").to_sql(kind, out),
            Self::Text(value) => value.to_sql(kind, out),
            Self::Bytes(value) => value.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(match *kind {
            Type::INT8 => Self::Int(i64::from_sql(kind, raw)?),
            Type::INT4 => Self::Int(i32::from_sql(kind, raw)?.into()),
            Type::FLOAT8 => Self::Real(f64::from_sql(kind, raw)?),
            Type::FLOAT4 => Self::Real(f32::from_sql(kind, raw)?.into()),
            Type::BOOL => Self::Int(bool::from_sql(kind, raw)?.into()),
            Type::BYTEA => Self::Bytes(Vec::from_sql(kind, raw)?),
            _ => Self::Text(String::from_sql(kind, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

impl Store for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, ArchiveError> {
        let statement = self.prepare(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        self.client.execute(&statement, &values).map_err(|error| failed(sql, &said(&error)))
    }

    fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        each: &mut dyn FnMut(&Row) -> Result<bool, ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let statement = self.prepare(sql)?;
        let mut rows = self.client.query_raw(&statement, values).map_err(|error| failed(sql, &said(&error)))?;
        while let Some(row) = rows.next().map_err(|error| failed(sql, &said(&error)))? {
            let mut cells = Vec::with_capacity(row.len());
            for column in 0..row.len() {
                cells.push(row.try_get(column).map_err(|error| failed(sql, &said(&error)))?);
            }
            if !each(&Row(cells))? {
                break;
            }
        }
        Ok(())
    }

    fn script(&mut self, sql: &str) -> Result<(), ArchiveError> {
        self.client.batch_execute(sql).map_err(|error| failed(sql, &said(&error)))
    }

    fn begin(&mut self) -> Result<(), ArchiveError> {
        self.script("BEGIN")?;
        self.script(&format!("SELECT pg_advisory_xact_lock({WRITERS})"))
    }

    fn commit(&mut self) -> Result<(), ArchiveError> {
        self.script("COMMIT")
    }

    fn rollback(&mut self) -> Result<(), ArchiveError> {
        self.script("ROLLBACK")
    }

    fn check(&mut self) -> Result<Vec<String>, ArchiveError> {
        // Constraints are always enforced, and pages carry checksums where the cluster has them.
        Ok(Vec::new())
    }

    fn copy_to(&mut self, _: &Path) -> Result<(), ArchiveError> {
        Err(ArchiveError::Open {
            location: self.location.clone(),
            what: "PostgreSQL archives are backed up by `pg_dump` and restored by `pg_restore`".into(),
        })
    }

    fn bytes(&mut self) -> Result<u64, ArchiveError> {
        let mut bytes = 0;
        self.each("SELECT pg_database_size(current_database())", &[], &mut |row| {
            bytes = row.int(0)?.unsigned_abs();
            Ok(true)
        })?;
        Ok(bytes)
    }
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Postgres({})", self.location)
    }
}

#[cfg(test)]
mod tests {
    use super::{dollars, without_password};

    #[test]
    fn parameters_and_passwords() {
        assert_eq!(dollars("a = ?1 AND b = ?12"), "a = $1 AND b = $12");
        assert_eq!(without_password("postgres://me:secret@host/db"), "postgres://me@host/db");
        assert_eq!(without_password("postgres://host/db"), "postgres://host/db");
    }
}
