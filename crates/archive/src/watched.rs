//! What `watch` must know after a restart.

use jiff::Timestamp;

use crate::store::{Row, values};
use crate::{Archive, ArchiveError};

/// A feed, sitemap or page that is asked for now and then.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Watched {
    /// Its address.
    pub address: String,
    /// What a feed said of the page when it was asked for, as a hash.
    pub entry: Option<String>,
    /// `ETag`, as the server gave it.
    pub etag: Option<String>,
    /// `Last-Modified`, as the server gave it.
    pub modified: Option<String>,
    /// When it last answered.
    pub asked_at: Option<Timestamp>,
    /// Not to be asked before; never again where there is none.
    pub next_at: Option<Timestamp>,
    /// Failures in a row.
    pub failures: u32,
    /// The last of them.
    pub fault: Option<String>,
}

impl Archive {
    /// What is known of an address.
    ///
    /// # Errors
    /// The store's own.
    pub fn watched(&mut self, address: &str) -> Result<Option<Watched>, ArchiveError> {
        let sql =
            "SELECT address, entry, etag, modified, asked_at, next_at, failures, fault FROM watched WHERE address = ?1";
        self.first(sql, values![address])?.as_ref().map(watched).transpose()
    }

    /// Keeps what is known of an address, in place of what was.
    ///
    /// # Errors
    /// The store's own.
    pub fn keep_watched(&mut self, watched: &Watched) -> Result<(), ArchiveError> {
        let time = |time: Option<Timestamp>| time.map(|time| time.to_string());
        self.transaction(|archive| {
            archive.execute(
                "INSERT INTO watched (address, entry, etag, modified, asked_at, next_at, failures, fault)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (address) DO UPDATE SET entry = excluded.entry, etag = excluded.etag,
                   modified = excluded.modified, asked_at = excluded.asked_at, next_at = excluded.next_at,
                   failures = excluded.failures, fault = excluded.fault",
                values![
                    &watched.address,
                    watched.entry.as_ref(),
                    watched.etag.as_ref(),
                    watched.modified.as_ref(),
                    time(watched.asked_at),
                    time(watched.next_at),
                    watched.failures,
                    watched.fault.as_ref(),
                ],
            )?;
            Ok(())
        })
    }
}

fn watched(row: &Row) -> Result<Watched, ArchiveError> {
    let time = |column: usize| -> Result<Option<Timestamp>, ArchiveError> {
        let text = row.opt_text(column)?;
        let time = text.map(|text| text.parse().map_err(|_| ArchiveError::Damaged(format!("«{text}» is no time"))));
        time.transpose()
    };
    Ok(Watched {
        address: row.text(0)?.to_owned(),
        entry: row.opt_text(1)?,
        etag: row.opt_text(2)?,
        modified: row.opt_text(3)?,
        asked_at: time(4)?,
        next_at: time(5)?,
        failures: u32::try_from(row.int(6)?).unwrap_or(u32::MAX),
        fault: row.opt_text(7)?,
    })
}
