//! Tab-separated data files: a header line, one entry a line, `#` comments.

use std::fmt;

/// A fault in a data file: where it stands, what it is, what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}:{line}:{column}: {what}; {remedy}")]
pub struct Fault {
    /// Name of the data file.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

/// Where an entry stands: `actors.tsv:12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct At {
    /// Index of the file in the codebook's list of files.
    pub file: u16,
    /// Line, from 1.
    pub line: u32,
}

/// A data file, split into cells.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    /// Its name, for faults.
    pub name: &'a str,
    /// Index of the file in the codebook's list of files.
    pub file: u16,
    header: Vec<&'a str>,
    rows: Vec<(u32, &'a str)>,
}

impl<'a> Table<'a> {
    /// Reads a file. Faults are added to `faults`; what can be read is read.
    #[must_use]
    pub fn read(name: &'a str, file: u16, text: &'a str, columns: &[&str], faults: &mut Vec<Fault>) -> Self {
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
        let header: Vec<&str> =
            lines.next().map_or_else(Vec::new, |(_, line)| line.split('\t').map(str::trim).collect());
        let table = Self { name, file, header, rows: lines.collect() };
        for column in columns {
            if !table.header.contains(column) {
                faults.push(table.fault(
                    1,
                    1,
                    format!("the column `{column}` is missing"),
                    format!("name the columns {}", columns.join(", ")),
                ));
            }
        }
        for &(line, row) in &table.rows {
            let cells = row.split('\t').count();
            if cells > table.header.len() {
                let at = row.split('\t').take(table.header.len()).map(|cell| cell.chars().count() + 1).sum::<usize>();
                faults.push(table.fault(
                    line,
                    at as u32,
                    format!("{cells} cells under {} columns", table.header.len()),
                    "remove the surplus tab".to_owned(),
                ));
            }
        }
        table
    }

    /// Its rows.
    pub fn rows(&self) -> impl Iterator<Item = Row<'a, '_>> {
        self.rows.iter().map(|&(line, text)| Row { table: self, line, text })
    }

    fn fault(&self, line: u32, column: u32, what: String, remedy: String) -> Fault {
        Fault { file: self.name.to_owned(), line, column, what, remedy }
    }
}

/// One entry.
#[derive(Clone, Copy)]
pub struct Row<'a, 't> {
    table: &'t Table<'a>,
    line: u32,
    text: &'a str,
}

impl fmt::Debug for Row<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.table.name, self.line)
    }
}

impl<'a> Row<'a, '_> {
    /// Where the entry stands.
    #[must_use]
    pub const fn at(&self) -> At {
        At { file: self.table.file, line: self.line }
    }

    /// The cell under `column`, trimmed; empty where there is none.
    #[must_use]
    pub fn cell(&self, column: &str) -> &'a str {
        let Some(index) = self.table.header.iter().position(|name| *name == column) else { return "" };
        self.text.split('\t').nth(index).unwrap_or("").trim()
    }

    /// The parts of a list cell.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.cell(column).split('؛').map(str::trim).filter(|part| !part.is_empty())
    }

    /// A fault at the cell under `column`.
    #[must_use]
    pub fn fault(&self, column: &str, what: String, remedy: &str) -> Fault {
        let index = self.table.header.iter().position(|name| *name == column).unwrap_or(0);
        let at = self.text.split('\t').take(index).map(|cell| cell.chars().count() + 1).sum::<usize>() + 1;
        self.table.fault(self.line, at as u32, what, remedy.to_owned())
    }

    /// What the word under `column` stands for, or a fault: it is no `noun` (kind of toll).
    #[must_use]
    pub fn one_of<T: Copy>(&self, column: &str, noun: &str, words: &[(&str, T)], faults: &mut Vec<Fault>) -> Option<T> {
        self.meant(self.cell(column), column, noun, words, faults)
    }

    /// The same for each word of a list under `column`, of which there must be one.
    #[must_use]
    pub fn each_of<T: Copy>(&self, column: &str, noun: &str, words: &[(&str, T)], faults: &mut Vec<Fault>) -> Vec<T> {
        let mut cells: Vec<&str> = self.list(column).collect();
        if cells.is_empty() {
            cells.push("");
        }
        cells.into_iter().filter_map(|cell| self.meant(cell, column, noun, words, faults)).collect()
    }

    fn meant<T: Copy>(
        &self,
        cell: &str,
        column: &str,
        noun: &str,
        words: &[(&str, T)],
        faults: &mut Vec<Fault>,
    ) -> Option<T> {
        let meant = words.iter().find(|(word, _)| *word == cell).map(|(_, meant)| *meant);
        if meant.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let (last, others) = known.split_last().unwrap_or((&"nothing", &[]));
            let remedy = format!("use {}{}{last}", others.join(", "), if others.is_empty() { "" } else { " or " });
            faults.push(self.fault(column, format!("`{cell}` is no {noun}"), &remedy));
        }
        meant
    }

    /// The cell under `column`, which must not be empty.
    #[must_use]
    pub fn required(&self, column: &str, faults: &mut Vec<Fault>) -> &'a str {
        let cell = self.cell(column);
        if cell.is_empty() {
            faults.push(self.fault(column, format!("`{column}` is empty"), "fill it or remove the line"));
        }
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn an_unknown_word_is_told_with_those_known() {
        let mut faults = Vec::new();
        let table = Table::read("own.tsv", 0, "word\tkind\nأ\tone\nب\tthree\n", &["word", "kind"], &mut faults);
        let kinds = [("one", 1), ("two", 2)];
        let found: Vec<_> = table.rows().map(|row| row.one_of("kind", "kind of word", &kinds, &mut faults)).collect();
        assert_eq!(found, [Some(1), None]);
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["own.tsv:3:3: `three` is no kind of word; use one or two"]);
    }
}
