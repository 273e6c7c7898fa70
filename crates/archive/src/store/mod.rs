//! The store beneath an archive: statements in, rows out.

pub(crate) mod copy;
mod migrations;
mod postgres;
mod sqlite;
mod tls;

use crate::ArchiveError;

pub use postgres::Postgres;
pub use sqlite::Sqlite;

/// Which SQL a store speaks where the two differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// A value of a row or a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// A number.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// Runs statements. Parameters are written `?1`, `?2` …
pub trait Store: Send {
    /// The SQL it speaks.
    fn dialect(&self) -> Dialect;

    /// Runs a statement; returns how many rows it touched.
    ///
    /// # Errors
    /// The store's own.
    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, ArchiveError>;

    /// Runs a query and hands over its rows; `each` may end it by returning false.
    ///
    /// # Errors
    /// The store's own, and those of `each`.
    fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        each: &mut dyn FnMut(&Row) -> Result<bool, ArchiveError>,
    ) -> Result<(), ArchiveError>;

    /// Runs several statements without parameters.
    ///
    /// # Errors
    /// The store's own.
    fn script(&mut self, sql: &str) -> Result<(), ArchiveError>;

    /// Begins a transaction that writes; others wait for their turn.
    ///
    /// # Errors
    /// The store's own.
    fn begin(&mut self) -> Result<(), ArchiveError>;

    /// Makes lasting what was written since `begin`.
    ///
    /// # Errors
    /// The store's own.
    fn commit(&mut self) -> Result<(), ArchiveError>;

    /// Forgets what was written since `begin`.
    ///
    /// # Errors
    /// The store's own.
    fn rollback(&mut self) -> Result<(), ArchiveError>;

    /// Faults of the store itself (pages, indexes, references).
    ///
    /// # Errors
    /// The store's own.
    fn check(&mut self) -> Result<Vec<String>, ArchiveError>;

    /// Writes a consistent copy of the whole archive to a new SQLite file, if the store can.
    ///
    /// # Errors
    /// The store's own, and that the store cannot.
    fn copy_to(&mut self, path: &std::path::Path) -> Result<(), ArchiveError>;

    /// How many bytes it takes.
    ///
    /// # Errors
    /// The store's own.
    fn bytes(&mut self) -> Result<u64, ArchiveError>;
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row(pub Vec<Value>);

impl Row {
    fn wrong(&self, column: usize, wanted: &str) -> ArchiveError {
        ArchiveError::Damaged(format!("column {column} is {:?}, not {wanted}", self.0.get(column)))
    }

    /// A whole number.
    ///
    /// # Errors
    /// The column holds something else.
    pub fn int(&self, column: usize) -> Result<i64, ArchiveError> {
        self.opt_int(column)?.ok_or_else(|| self.wrong(column, "a whole number"))
    }

    /// A whole number or nothing.
    ///
    /// # Errors
    /// The column holds something else.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>, ArchiveError> {
        match self.0.get(column) {
            Some(Value::Int(value)) => Ok(Some(*value)),
            Some(Value::Null) => Ok(None),
            _ => Err(self.wrong(column, "a whole number")),
        }
    }

    /// A number.
    ///
    /// # Errors
    /// The column holds something else.
    pub fn real(&self, column: usize) -> Result<f64, ArchiveError> {
        self.opt_real(column)?.ok_or_else(|| self.wrong(column, "a number"))
    }

    /// A number or nothing.
    ///
    /// # Errors
    /// The column holds something else.
    pub fn opt_real(&self, column: usize) -> Result<Option<f64>, ArchiveError> {
        match self.0.get(column) {
            Some(Value::Real(value)) => Ok(Some(*value)),
            Some(Value::Int(value)) => Ok(Some(*value as f64)),
            Some(Value::Null) => Ok(None),
            _ => Err(self.wrong(column, "a number")),
        }
    }

    /// Text.
    ///
    /// # Errors
    /// The column holds something else.
    pub fn text(&self, column: usize) -> Result<&str, ArchiveError> {
        match self.0.get(column) {
            Some(Value::Text(value)) => Ok(value),
            _ => Err(self.wrong(column, "text")),
        }
    }

    /// Text or nothing, as its own.
    ///
    /// # Errors
    /// The column holds something else.
    pub fn opt_text(&self, column: usize) -> Result<Option<String>, ArchiveError> {
        Ok(self.opt_str(column)?.map(str::to_owned))
    }

    /// Text or nothing.
    ///
    /// # Errors
    /// The column holds something else.
    pub fn opt_str(&self, column: usize) -> Result<Option<&str>, ArchiveError> {
        match self.0.get(column) {
            Some(Value::Text(value)) => Ok(Some(value)),
            Some(Value::Null) => Ok(None),
            _ => Err(self.wrong(column, "text")),
        }
    }

    /// Bytes or nothing.
    ///
    /// # Errors
    /// The column holds something else.
    pub fn opt_bytes(&self, column: usize) -> Result<Option<&[u8]>, ArchiveError> {
        match self.0.get(column) {
            Some(Value::Bytes(value)) => Ok(Some(value)),
            Some(Value::Null) => Ok(None),
            _ => Err(self.wrong(column, "bytes")),
        }
    }
}

/// All rows of a query.
pub(crate) fn rows(store: &mut dyn Store, sql: &str, values: &[Value]) -> Result<Vec<Row>, ArchiveError> {
    let mut found = Vec::new();
    store.each(sql, values, &mut |row| {
        found.push(row.clone());
        Ok(true)
    })?;
    Ok(found)
}

/// The first row of a query.
pub(crate) fn first(store: &mut dyn Store, sql: &str, values: &[Value]) -> Result<Option<Row>, ArchiveError> {
    let mut found = None;
    store.each(sql, values, &mut |row| {
        found = Some(row.clone());
        Ok(false)
    })?;
    Ok(found)
}

/// Puts the words of a report (parameters: report, words, readings) into the index.
pub(crate) const fn index_statement(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "INSERT INTO report_text (rowid, words, readings) VALUES (?1, ?2, ?3)",
        Dialect::Postgres => {
            "INSERT INTO report_text (report, words) VALUES
               (?1, setweight(to_tsvector('simple', ?2::text), 'A') || setweight(to_tsvector('simple', ?3::text), 'B'))"
        }
    }
}

pub(crate) fn failed(sql: &str, error: &dyn std::fmt::Display) -> ArchiveError {
    let mut short: String = sql.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = short.char_indices().nth(120) {
        short.truncate(at);
        short.push('…');
    }
    ArchiveError::Statement { what: error.to_string(), sql: short }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Int(value.into())
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(value.into())
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Int(value.into())
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Parameters of a statement.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::store::Value::from($value)),*] };
}
pub(crate) use values;
