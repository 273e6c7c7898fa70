//! The section words of outlets: `codebook/sections.tsv`.

use std::collections::HashSet;

use maydani_core::codebook::{Fault, Table};
use maydani_core::furniture::line_key;

use crate::table_files::files;

pub(crate) const NAME: &str = "sections.tsv";
const TABLE: &str = include_str!("../../../codebook/sections.tsv");

/// The names of sections.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sections(HashSet<String>);

impl Sections {
    pub(crate) fn read(own: &[(String, String)], faults: &mut Vec<Fault>) -> Self {
        let mut sections = HashSet::new();
        for (path, text) in files(own, NAME, TABLE) {
            let table = Table::read(path, 0, text, &["section"], faults);
            for row in table.rows() {
                sections.insert(line_key(row.required("section", faults)));
            }
        }
        Self(sections)
    }

    /// Whether the line is nothing but the name of a section.
    pub(crate) fn has(&self, line: &str) -> bool {
        line.len() < 80 && self.0.contains(&line_key(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds() {
        let mut faults = Vec::new();
        let sections = Sections::read(&[], &mut faults);
        assert_eq!(faults, []);
        let mut rows = 0;
        for row in TABLE.lines().filter(|row| !row.starts_with('#')).skip(1) {
            let mut cells = row.split('\t').skip(1);
            for example in cells.next().expect("an example").split(" | ") {
                assert!(sections.has(example), "{row}: «{example}»");
            }
            for example in cells.flat_map(|cell| cell.split(" | ")) {
                assert!(!sections.has(example), "{row}: «{example}»");
            }
            rows += 1;
        }
        assert!(rows > 60, "only {rows} rows");
    }
}
