//! The section words of outlets: `codebook/sections.tsv`.

use std::collections::HashSet;
use std::sync::LazyLock;

use maydani_core::furniture::line_key;

const TABLE: &str = include_str!("../../../codebook/sections.tsv");

/// Whether the line is nothing but the name of a section.
pub(crate) fn is_section(line: &str) -> bool {
    static SECTIONS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let rows = TABLE.lines().filter(|row| !row.starts_with('#'));
        rows.skip(1).filter_map(|row| row.split('\t').next()).map(line_key).collect()
    });
    line.len() < 80 && SECTIONS.contains(&line_key(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds() {
        let mut rows = 0;
        for row in TABLE.lines().filter(|row| !row.starts_with('#')).skip(1) {
            let mut cells = row.split('\t').skip(1);
            for example in cells.next().expect("an example").split(" | ") {
                assert!(is_section(example), "{row}: «{example}»");
            }
            for example in cells.flat_map(|cell| cell.split(" | ")) {
                assert!(!is_section(example), "{row}: «{example}»");
            }
            rows += 1;
        }
        assert!(rows > 60, "only {rows} rows");
    }
}
