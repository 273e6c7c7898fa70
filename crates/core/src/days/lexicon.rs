//! The words of time, read from the codebook.

use jiff::civil::Weekday;
use maydani_text::inflect::{self, Number};
use maydani_text::{Phrases, Text};
use thiserror::Error;

use super::term::{self, Count, Term};

const MONTHS: &str = include_str!("../../../../codebook/months.tsv");
const WEEKDAYS: &str = include_str!("../../../../codebook/weekdays.tsv");
const DAYS: &str = include_str!("../../../../codebook/days.tsv");

/// Between the forms of one entry.
const FORMS: char = '؛';

/// A fault of a data file.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{file}:{line}:{column}: {fault}")]
pub struct LexiconError {
    /// The file, as `codebook/months.tsv`.
    pub file: &'static str,
    /// Counted from 1.
    pub line: usize,
    /// The column of the table, counted from 1.
    pub column: usize,
    /// What is wrong, and what to do.
    pub fault: String,
}

/// An entry of the codebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub(super) u32);

/// Where an entry stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `codebook/months.tsv:12`.
    pub place: String,
    /// What its examples say: a text and the days that it must be read as.
    pub examples: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) term: Term,
    pub(super) entry: EntryId,
}

/// The words of time and what they mean.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    pub(super) phrases: Phrases<Known>,
    entries: Vec<Entry>,
}

impl Lexicon {
    /// The lexicon of the codebook that is compiled in.
    ///
    /// # Errors
    /// A fault of those files, which the tests of this crate exclude.
    pub fn builtin() -> Result<Self, LexiconError> {
        Self::parse(MONTHS, WEEKDAYS, DAYS)
    }

    /// A lexicon from the contents of `months.tsv`, `weekdays.tsv` and `days.tsv`.
    ///
    /// # Errors
    /// The first line that cannot be read.
    pub fn parse(months: &str, weekdays: &str, days: &str) -> Result<Self, LexiconError> {
        let mut lexicon = Self::default();
        for row in rows("codebook/months.tsv", months, 6) {
            let row = row?;
            let number = row.number(0, 1..=12)?;
            let calendar = term::calendar(row.cells[1]).ok_or_else(|| row.fault(1, "write gregorian or hijri"))?;
            let guard = term::guard(row.cells[3]).ok_or_else(|| row.fault(3, "write alone, always or nothing"))?;
            lexicon.add(&row, 4, |_| Term::Month { number, calendar, guard });
        }
        for row in rows("codebook/weekdays.tsv", weekdays, 3) {
            let row = row?;
            let number = row.number(0, 1..=7)?;
            let day = Weekday::from_monday_one_offset(number.cast_signed())
                .map_err(|_| row.fault(0, "write 1 (Monday) to 7 (Sunday)"))?;
            lexicon
                .add(&row, 1, |form| Term::Weekday {
                    day, definite: form.starts_with("ال") || form.starts_with("الإ")
                });
        }
        for row in rows("codebook/days.tsv", days, 4) {
            let row = row?;
            if row.cells[0] == "unit" {
                lexicon.add_unit(&row)?;
                continue;
            }
            let Some(term) = Term::parse(row.cells[0], row.cells[1]) else {
                return Err(row.fault(0, "no such kind, or its value does not fit; see crates/core/src/days/term.rs"));
            };
            lexicon.add(&row, 2, |_| term);
        }
        Ok(lexicon)
    }

    /// The entry with this id.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// All entries, in the order of the files.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn open(&mut self, row: &Row<'_>) -> EntryId {
        let id = EntryId(self.entries.len() as u32);
        let examples = row.cells.last().copied().unwrap_or_default().to_owned();
        self.entries.push(Entry { place: format!("{}:{}", row.file, row.line), examples });
        id
    }

    fn add(&mut self, row: &Row<'_>, column: usize, term: impl Fn(&str) -> Term) {
        let entry = self.open(row);
        for form in row.cells[column].split(FORMS).map(str::trim) {
            self.phrases.insert(form, Known { term: term(form), entry });
        }
    }

    /// Units are inflected: singular/plural, of which either may be missing.
    fn add_unit(&mut self, row: &Row<'_>) -> Result<(), LexiconError> {
        let unit = term::unit(row.cells[1]).ok_or_else(|| row.fault(1, "no such unit of time"))?;
        let entry = self.open(row);
        if unit == term::Unit::Weekend {
            for form in row.cells[2].split(FORMS).map(str::trim) {
                let term = Term::Unit { unit, count: Count::One, definite: true };
                self.phrases.insert(form, Known { term, entry });
            }
            return Ok(());
        }
        for form in row.cells[2].split(FORMS).map(str::trim) {
            let (singular, plural) = form.split_once('/').unwrap_or((form, ""));
            let plurals = if plural.is_empty() { &[][..] } else { &[plural][..] };
            for (word, form) in inflect::noun(singular, plurals) {
                // Possessed units (يومه) tell no day; a bound dual (يومي السبت والأحد) does.
                if form.pronoun {
                    continue;
                }
                let count = match form.number {
                    Number::One => Count::One,
                    Number::Two => Count::Two,
                    Number::Many => Count::Many,
                };
                let term = Term::Unit { unit, count, definite: form.definite };
                self.phrases.insert(&word, Known { term, entry });
            }
            let bound = Text::new(singular).words().len() == 1 && !singular.ends_with('ة');
            if bound && !singular.is_empty() {
                let term = Term::Unit { unit, count: Count::Two, definite: false };
                self.phrases.insert(&format!("{singular}ي"), Known { term, entry });
            }
        }
        Ok(())
    }
}

struct Row<'a> {
    file: &'static str,
    line: usize,
    cells: Vec<&'a str>,
}

impl Row<'_> {
    fn fault(&self, column: usize, fault: &str) -> LexiconError {
        let cell = self.cells.get(column).copied().unwrap_or_default();
        LexiconError { file: self.file, line: self.line, column: column + 1, fault: format!("«{cell}»: {fault}") }
    }

    fn number(&self, column: usize, range: std::ops::RangeInclusive<u8>) -> Result<u8, LexiconError> {
        self.cells[column]
            .parse()
            .ok()
            .filter(|number| range.contains(number))
            .ok_or_else(|| self.fault(column, &format!("write a number from {} to {}", range.start(), range.end())))
    }
}

/// The lines of a table after its header, without comments.
fn rows<'a>(file: &'static str, table: &'a str, columns: usize) -> impl Iterator<Item = Result<Row<'a>, LexiconError>> {
    let lines = table.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.skip(1).map(move |(at, line)| {
        let row = Row { file, line: at + 1, cells: line.split('\t').collect() };
        if row.cells.len() == columns {
            Ok(row)
        } else {
            let fault = format!("has {} cells, not {columns}; separate them by tabs", row.cells.len());
            Err(LexiconError { file, line: at + 1, column: 1, fault })
        }
    })
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    #[test]
    fn the_builtin_codebook_is_sound() {
        let lexicon = Lexicon::builtin().unwrap();
        assert!(lexicon.entries().len() > 150);
    }

    #[test]
    fn faults_name_their_place() {
        let months = "number\tcalendar\ttradition\tguard\tforms\texamples\n13\tgregorian\t\t\tكذا\t";
        let fault = Lexicon::parse(months, "", "").unwrap_err();
        assert_eq!(fault.to_string(), "codebook/months.tsv:2:1: «13»: write a number from 1 to 12");
        let fault = Lexicon::parse("", "", "h\nday\t0\tاليوم").unwrap_err();
        assert_eq!(fault.to_string(), "codebook/days.tsv:2:1: has 3 cells, not 4; separate them by tabs");
    }
}
