//! Saved views: names for queries.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::store::{Row, values};
use crate::{Archive, ArchiveError};

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The query string of the page.
    pub query: String,
    /// Whether others see it.
    pub shared: bool,
    /// Whose it is.
    pub owner: String,
    /// When made.
    pub made_at: String,
}

const COLUMNS: &str = "SELECT id, name, query, shared, owner, made_at FROM views";

fn view(row: &Row) -> Result<View, ArchiveError> {
    Ok(View {
        id: row.int(0)?,
        name: row.text(1)?.to_owned(),
        query: row.text(2)?.to_owned(),
        shared: row.int(3)? != 0,
        owner: row.text(4)?.to_owned(),
        made_at: row.text(5)?.to_owned(),
    })
}

impl Archive {
    /// The views of somebody, and those that others share.
    ///
    /// # Errors
    /// The store's own.
    pub fn views(&mut self, owner: &str) -> Result<Vec<View>, ArchiveError> {
        let sql = format!("{COLUMNS} WHERE owner = ?1 OR shared = 1 ORDER BY name, id");
        self.rows(&sql, values![owner])?.iter().map(view).collect()
    }

    /// A view that somebody may see.
    ///
    /// # Errors
    /// There is none.
    pub fn view(&mut self, owner: &str, id: i64) -> Result<View, ArchiveError> {
        let sql = format!("{COLUMNS} WHERE id = ?2 AND (owner = ?1 OR shared = 1)");
        let row = self.first(&sql, values![owner, id])?;
        row.map_or_else(|| Err(ArchiveError::Unknown { what: "view", id: id.to_string() }), |row| view(&row))
    }

    /// Saves a view; returns its number.
    ///
    /// # Errors
    /// The store's own.
    pub fn add_view(
        &mut self,
        owner: &str,
        name: &str,
        query: &str,
        shared: bool,
        now: Timestamp,
    ) -> Result<i64, ArchiveError> {
        self.number(
            "INSERT INTO views (owner, name, query, shared, made_at) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
            values![owner, name, query, shared, now.to_string()],
        )
    }

    /// Changes a view of one's own.
    ///
    /// # Errors
    /// There is none.
    pub fn change_view(
        &mut self,
        owner: &str,
        id: i64,
        name: Option<&str>,
        query: Option<&str>,
        shared: Option<bool>,
    ) -> Result<(), ArchiveError> {
        let changed = self.execute(
            "UPDATE views SET name = coalesce(?3, name), query = coalesce(?4, query), shared = coalesce(?5, shared)
             WHERE owner = ?1 AND id = ?2",
            values![owner, id, name, query, shared],
        )?;
        if changed == 0 { Err(ArchiveError::Unknown { what: "view", id: id.to_string() }) } else { Ok(()) }
    }

    /// Removes a view of one's own.
    ///
    /// # Errors
    /// There is none.
    pub fn remove_view(&mut self, owner: &str, id: i64) -> Result<(), ArchiveError> {
        match self.execute("DELETE FROM views WHERE owner = ?1 AND id = ?2", values![owner, id])? {
            0 => Err(ArchiveError::Unknown { what: "view", id: id.to_string() }),
            _ => Ok(()),
        }
    }
}
