//! Layouts of the archive: one numbered SQL file each, run in order, each in its own transaction.

use super::{Dialect, Store, Value, first};
use crate::ArchiveError;

const SQLITE: &[&str] = &[
    include_str!("../../migrations/sqlite/0001_first.sql"),
    include_str!("../../migrations/sqlite/0002_watch.sql"),
    include_str!("../../migrations/sqlite/0003_people.sql"),
    include_str!("../../migrations/sqlite/0004_map.sql"),
    include_str!("../../migrations/sqlite/0005_control.sql"),
];
const POSTGRES: &[&str] = &[
    include_str!("../../migrations/postgres/0001_first.sql"),
    include_str!("../../migrations/postgres/0002_watch.sql"),
    include_str!("../../migrations/postgres/0003_people.sql"),
    include_str!("../../migrations/postgres/0004_map.sql"),
    include_str!("../../migrations/postgres/0005_control.sql"),
];

/// Brings a store to the newest layout.
pub(super) fn run(store: &mut dyn Store, location: &str) -> Result<(), ArchiveError> {
    let scripts = match store.dialect() {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    if layout(store).ok() == Some(scripts.len()) {
        return Ok(());
    }
    // Two programs may open a new archive at once: the second waits here, and finds it made.
    store.begin()?;
    let outcome = bring_up(store, scripts, location);
    match outcome {
        Ok(()) => store.commit(),
        Err(error) => {
            store.rollback()?;
            Err(error)
        }
    }
}

fn layout(store: &mut dyn Store) -> Result<usize, ArchiveError> {
    let row = first(store, "SELECT max(number) FROM layouts", &[])?;
    let found = row.and_then(|row| row.opt_int(0).ok().flatten()).unwrap_or(0);
    usize::try_from(found).map_err(|_| ArchiveError::Damaged(format!("layout {found}")))
}

fn bring_up(store: &mut dyn Store, scripts: &[&str], location: &str) -> Result<(), ArchiveError> {
    store.script("CREATE TABLE IF NOT EXISTS layouts (number BIGINT PRIMARY KEY)")?;
    let found = layout(store)?;
    if found > scripts.len() {
        return Err(ArchiveError::Newer { location: location.to_owned(), found, known: scripts.len() });
    }
    for (at, script) in scripts.iter().enumerate().skip(found) {
        store.script(script)?;
        store.execute("INSERT INTO layouts (number) VALUES (?1)", &[Value::from(at + 1)])?;
    }
    Ok(())
}
