//! Copies an archive from one store into another, empty one.

use super::{Dialect, Store, Value, rows};
use crate::ArchiveError;
use crate::full_text::index_words;

/// Tables in an order in which every reference finds its row, with their columns; the first ones are
/// the key by which they are read.
const TABLES: &[(&str, &str, &str)] = &[
    ("reports", "id", "id, report, version, outlet, day, voice, sketch"),
    ("versions", "id", "id, report, number, hash, url, outlet, section, title, published, language, text, stored_at"),
    ("codings", "id", "id, version, codebook, coded_at, events, same_as, decided"),
    (
        "incidents",
        "id",
        "id, incident, kind, first_day, last_day, place, place_ar, country, admin1, latitude, longitude, geo_precision, events, reports,
         outlets, sources, killed_low, killed_high, confidence, modality, review",
    ),
    (
        "events",
        "id",
        "id, coding, report, ordinal, event, current, linked, rejected, kind, modality, background, day, last_day, confidence, source,
         outlet, country, admin1, incident, south, north, west, east",
    ),
    ("event_data", "event", "event, data, facts"),
    ("event_places", "id", "id, event, day, place, name, name_en, latitude, longitude"),
    (
        "statements",
        "id",
        "id, coding, report, ordinal, statement, current, day, source, outlet, country, admin1, place, name, name_en, data",
    ),
    ("provinces", "country, admin1", "country, admin1"),
    ("event_actors", "actor, event, role", "actor, event, role"),
    ("sketch_bands", "band, report", "band, report"),
    ("near_duplicates", "a, b", "a, b, likeness"),
    ("link_keys", "key, day, event", "key, day, event"),
    ("links", "a, b", "a, b, score, reasons"),
    ("incident_aliases", "alias", "alias, incident"),
    ("decisions", "id", "id, made_at, made_by, kind, note, state, revokes, data"),
    ("decision_events", "decision, ordinal", "decision, ordinal, side, anchor, report, event"),
    ("watched", "address", "address, entry, etag, modified, asked_at, next_at, failures, fault"),
    ("users", "name", "name, role, password, made_at, last_login"),
    ("tokens", "id", "id, hash, owner, name, role, made_at, expires_at, last_used"),
    ("views", "id", "id, owner, name, query, shared, made_at"),
];

/// Copies everything, in one transaction of each store.
pub(crate) fn copy(from: &mut dyn Store, to: &mut dyn Store) -> Result<(), ArchiveError> {
    // One state of the source, whatever others write meanwhile.
    from.script(match from.dialect() {
        Dialect::Sqlite => "BEGIN",
        Dialect::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    })?;
    to.begin()?;
    let outcome = copy_tables(from, to);
    from.rollback()?;
    match outcome {
        Ok(()) => to.commit(),
        Err(error) => {
            to.rollback()?;
            Err(error)
        }
    }
}

fn copy_tables(from: &mut dyn Store, to: &mut dyn Store) -> Result<(), ArchiveError> {
    for (table, key, columns) in TABLES {
        let count = columns.split(',').count();
        let marks: Vec<String> = (1..=count).map(|at| format!("?{at}")).collect();
        let insert = format!("INSERT INTO {table} ({columns}) VALUES ({})", marks.join(", "));
        from.each(&format!("SELECT {columns} FROM {table} ORDER BY {key}"), &[], &mut |row| {
            to.execute(&insert, &row.0)?;
            Ok(true)
        })?;
        if to.dialect() == Dialect::Postgres && *key == "id" {
            let next = format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))");
            rows(to, &next, &[])?;
        }
    }
    from.each(
        "SELECT r.id, v.text FROM reports r JOIN versions v ON v.report = r.id AND v.number = r.version ORDER BY r.id",
        &[],
        &mut |row| {
            let (words, readings) = index_words(row.text(1)?);
            let sql = super::index_statement(to.dialect());
            to.execute(sql, &[Value::Int(row.int(0)?), Value::Text(words), Value::Text(readings)])?;
            Ok(true)
        },
    )?;
    Ok(())
}
