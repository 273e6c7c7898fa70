//! The words of time, read from the codebook.

use jiff::civil::Weekday;
use maydani_text::inflect::{self, Number};
use maydani_text::{ARTICLE, Phrases, Text};
use thiserror::Error;

use super::term::{self, Count, Term};
use crate::codebook::own_files;

/// One of the files: its columns, and what reads a row.
struct File {
    name: &'static str,
    built_in: &'static str,
    columns: &'static str,
    read: fn(&mut Lexicon, &Row<'_>) -> Result<(), LexiconError>,
}

const FILES: [File; 3] = [
    File {
        name: "months.tsv",
        built_in: include_str!("../../../../codebook/months.tsv"),
        columns: "number\tcalendar\ttradition\tguard\tforms\texamples",
        read: Lexicon::add_month,
    },
    File {
        name: "weekdays.tsv",
        built_in: include_str!("../../../../codebook/weekdays.tsv"),
        columns: "number\tforms\texamples",
        read: Lexicon::add_weekday,
    },
    File {
        name: "days.tsv",
        built_in: include_str!("../../../../codebook/days.tsv"),
        columns: "kind\tvalue\tforms\texamples",
        read: Lexicon::add_term,
    },
];

/// Between the forms of one entry.
const FORMS: char = '؛';

/// A fault of a data file.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{file}:{line}:{column}: {fault}")]
pub struct LexiconError {
    /// The file, as `codebook/months.tsv`.
    pub file: String,
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
        Self::with(&[])
    }

    /// The same with an analyst's own files, `(path, text)`, over it.
    ///
    /// # Errors
    /// The first line that cannot be read.
    pub fn with(own: &[(String, String)]) -> Result<Self, LexiconError> {
        let (lexicon, faults) = Self::checked(own);
        faults.into_iter().next().map_or(Ok(lexicon), Err)
    }

    /// The same, with every fault found; what can be read is read.
    #[must_use]
    pub fn checked(own: &[(String, String)]) -> (Self, Vec<LexiconError>) {
        let mut lexicon = Self::default();
        let mut faults = Vec::new();
        for file in &FILES {
            // What is read first is meant where two entries have one form.
            for (path, text) in own_files(own, file.name) {
                lexicon.load(path, text, file, &mut faults);
            }
            lexicon.load(&format!("codebook/{}", file.name), file.built_in, file, &mut faults);
        }
        (lexicon, faults)
    }

    fn load(&mut self, path: &str, text: &str, file: &File, faults: &mut Vec<LexiconError>) {
        let columns = file.columns.split('\t').count();
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let whole = |line, fault| LexiconError { file: path.to_owned(), line, column: 1, fault };
        if let Some((line, _)) = lines.next().filter(|(_, header)| header.trim_end() != file.columns) {
            let what = format!("the columns are not named; begin the file with {}", file.columns.replace('\t', ", "));
            faults.push(whole(line, what));
        }
        for (line, cells) in lines {
            let row = Row { file: path, line, cells: cells.split('\t').collect() };
            if row.cells.len() != columns {
                faults
                    .push(whole(line, format!("has {} cells, not {columns}; separate them by tabs", row.cells.len())));
            } else if let Err(fault) = (file.read)(self, &row) {
                faults.push(fault);
            }
        }
    }

    fn add_month(&mut self, row: &Row<'_>) -> Result<(), LexiconError> {
        let number = row.number(0, 1..=12)?;
        let calendar = term::calendar(row.cell(1)).ok_or_else(|| row.fault(1, "write gregorian or hijri"))?;
        let guard = term::guard(row.cell(3)).ok_or_else(|| row.fault(3, "write alone, always or nothing"))?;
        self.add(row, 4, |_| Term::Month { number, calendar, guard });
        Ok(())
    }

    fn add_weekday(&mut self, row: &Row<'_>) -> Result<(), LexiconError> {
        let number = row.number(0, 1..=7)?;
        let day = Weekday::from_monday_one_offset(number.cast_signed())
            .map_err(|_| row.fault(0, "write 1 (Monday) to 7 (Sunday)"))?;
        self.add(row, 1, |form| Term::Weekday {
            day, definite: form.starts_with(ARTICLE) || form.starts_with("الإ")
        });
        Ok(())
    }

    fn add_term(&mut self, row: &Row<'_>) -> Result<(), LexiconError> {
        if row.cell(0) == "unit" {
            return self.add_unit(row);
        }
        let what = "no such kind, or its value does not fit; see crates/core/src/days/term.rs";
        let term = Term::parse(row.cell(0), row.cell(1)).ok_or_else(|| row.fault(0, what))?;
        self.add(row, 2, |_| term);
        Ok(())
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
        for form in row.cell(column).split(FORMS).map(str::trim) {
            self.phrases.insert(form, Known { term: term(form), entry });
        }
    }

    /// Units are inflected: singular/plural, of which either may be missing.
    fn add_unit(&mut self, row: &Row<'_>) -> Result<(), LexiconError> {
        let unit = term::unit(row.cell(1)).ok_or_else(|| row.fault(1, "no such unit of time"))?;
        let entry = self.open(row);
        if unit == term::Unit::Weekend {
            for form in row.cell(2).split(FORMS).map(str::trim) {
                let term = Term::Unit { unit, count: Count::One, definite: true };
                self.phrases.insert(form, Known { term, entry });
            }
            return Ok(());
        }
        for form in row.cell(2).split(FORMS).map(str::trim) {
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

/// A line of a table after its header.
struct Row<'a> {
    file: &'a str,
    line: usize,
    cells: Vec<&'a str>,
}

impl<'a> Row<'a> {
    fn cell(&self, column: usize) -> &'a str {
        self.cells.get(column).copied().unwrap_or_default()
    }

    fn fault(&self, column: usize, fault: &str) -> LexiconError {
        let cell = self.cell(column);
        LexiconError {
            file: self.file.to_owned(),
            line: self.line,
            column: column + 1,
            fault: format!("«{cell}»: {fault}"),
        }
    }

    fn number(&self, column: usize, range: std::ops::RangeInclusive<u8>) -> Result<u8, LexiconError> {
        self.cell(column)
            .parse()
            .ok()
            .filter(|number| range.contains(number))
            .ok_or_else(|| self.fault(column, &format!("write a number from {} to {}", range.start(), range.end())))
    }
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    #[test]
    fn the_builtin_codebook_is_sound() {
        let lexicon = Lexicon::builtin().unwrap();
        assert!(lexicon.entries().len() > 150);
    }

    fn own(name: &str, text: &str) -> Vec<(String, String)> {
        vec![(format!("own/{name}"), text.to_owned())]
    }

    #[test]
    fn faults_name_their_place() {
        let months = "number\tcalendar\ttradition\tguard\tforms\texamples\n13\tgregorian\t\t\tكذا\t";
        let fault = Lexicon::with(&own("months.tsv", months)).unwrap_err();
        assert_eq!(fault.to_string(), "own/months.tsv:2:1: «13»: write a number from 1 to 12");
        let fault = Lexicon::with(&own("days.tsv", "kind\tvalue\tforms\texamples\nday\t0\tاليوم")).unwrap_err();
        assert_eq!(fault.to_string(), "own/days.tsv:2:1: has 3 cells, not 4; separate them by tabs");
    }

    #[test]
    fn an_own_word_goes_before_the_built_in_one() {
        let own = own("days.tsv", "kind\tvalue\tforms\texamples\nday\t-2\tالبارحة؛ قبل هالمسا\t");
        let day = |lexicon: &Lexicon, text: &str| {
            let published = "2018-10-30".parse().ok();
            let text = maydani_text::Text::new(text);
            let found = crate::days::expressions(&text, published, lexicon, crate::days::Mode::News);
            found.first().and_then(|day| day.start).map(|day| day.to_string())
        };
        let (built_in, with) = (Lexicon::builtin().unwrap(), Lexicon::with(&own).unwrap());
        assert_eq!(day(&built_in, "قصف قبل هالمسا"), None);
        assert_eq!(day(&with, "قصف قبل هالمسا").as_deref(), Some("2018-10-28"));
        assert_eq!(day(&with, "قصف أمس").as_deref(), Some("2018-10-29"));
    }
}
