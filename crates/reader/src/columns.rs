//! Which column of a table holds what; their names are `codebook/columns.tsv`.

use csv::StringRecord;
use maydani_core::codebook::{Fault, Table as Entries};
use maydani_core::furniture::line_key;

use crate::table_files::files;

pub(crate) const NAME: &str = "columns.tsv";
const TABLE: &str = include_str!("../../../codebook/columns.tsv");

/// The fields of a report that a column may hold.
const FIELDS: [&str; 7] = ["text", "title", "id", "url", "outlet", "section", "published"];

/// The names of columns by field, those that count first in front.
#[derive(Debug, Clone)]
pub(crate) struct Names(Vec<(String, String)>);

impl Names {
    pub(crate) fn read(own: &[(String, String)], faults: &mut Vec<Fault>) -> Self {
        let mut names = Vec::new();
        for (path, text) in files(own, NAME, TABLE) {
            let table = Entries::read(path, 0, text, &["field", "names"], faults);
            for row in table.rows() {
                let field = row.cell("field");
                if !FIELDS.contains(&field) {
                    let remedy = format!("use one of {}", FIELDS.join(", "));
                    faults.push(row.fault("field", format!("`{field}` is no field of a report"), &remedy));
                }
                names.extend(row.list("names").map(|name| (field.to_owned(), line_key(name))));
            }
        }
        Self(names)
    }

    fn of<'n>(&'n self, field: &str) -> impl Iterator<Item = &'n str> {
        self.0.iter().filter(move |(known, _)| known == field).map(|(_, name)| name.as_str())
    }
}

/// Where each field stands in a row.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) text: usize,
    pub(crate) title: Option<usize>,
    pub(crate) id: Option<usize>,
    pub(crate) url: Option<usize>,
    pub(crate) outlet: Option<usize>,
    pub(crate) section: Option<usize>,
    pub(crate) published: Option<usize>,
}

impl Columns {
    /// The columns of a header row, `None` where none of them holds texts.
    pub(crate) fn of(header: &StringRecord, names: &Names) -> Option<Self> {
        let header: Vec<String> = header.iter().map(line_key).collect();
        let column = |field: &str| names.of(field).find_map(|name| header.iter().position(|column| column == name));
        Some(Self {
            text: column("text")?,
            title: column("title"),
            id: column("id"),
            url: column("url"),
            outlet: column("outlet"),
            section: column("section"),
            published: column("published"),
        })
    }
}
