//! Tables: CSV and its kin with a column of texts.

use csv::{ReaderBuilder, StringRecord};
use maydani_core::report::Report;

use crate::bounded::{Allowance, Bounded};
use crate::columns::{Columns, Names};
use crate::dateline::dateline;
use crate::encoding::{Narrowed, guessed};
use crate::error::{Fault, Place, ReadError};
use crate::given::Given;
use crate::options::Options;
use crate::published::published;
use crate::unpack::{Bytes, buffered};

/// The separator of a table with a column of texts, by the head of the input; `None` for any other text.
pub(crate) fn separator(head: &[u8], names: &Names) -> Option<u8> {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = line.strip_prefix(b"\xef\xbb\xbf".as_slice()).unwrap_or(line);
    let (line, ..) = guessed(head).decode_without_bom_handling(line);
    b",;\t|".iter().copied().find(|&separator| {
        let mut rows = ReaderBuilder::new().delimiter(separator).has_headers(false).from_reader(line.as_bytes());
        let header = rows.records().next().and_then(Result::ok).unwrap_or_default();
        header.len() > 1 && Columns::of(&header, names).is_some()
    })
}

/// The reports of a table, one a row.
pub(crate) struct Table {
    source: String,
    rows: csv::Reader<Bounded>,
    allowance: Allowance,
    columns: Option<Columns>,
    row: StringRecord,
    options: Options,
    seen: bool,
    done: bool,
}

impl Table {
    pub(crate) fn new(source: String, head: &[u8], bytes: Bytes, separator: u8, options: Options) -> Self {
        let plain = buffered(Narrowed::new(bytes, guessed(head)));
        let (bounded, allowance) = Bounded::new(plain, options.limits.document);
        let rows = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(bounded);
        let row = StringRecord::new();
        Self { source, rows, allowance, columns: None, row, options, seen: false, done: false }
    }

    fn read(&mut self) -> Result<Option<Report>, Fault> {
        if self.columns.is_none() {
            let header = self.rows.headers().map_err(|error| fault(&self.allowance, error))?;
            self.columns = Columns::of(header, &self.options.tables.names);
        }
        let Some(columns) = &self.columns else { return Err(Fault::Empty) };
        loop {
            self.allowance.renew();
            if !self.rows.read_record(&mut self.row).map_err(|error| fault(&self.allowance, error))? {
                return Ok(None);
            }
            let cell = |column: Option<usize>| self.row.get(column?).map(ToOwned::to_owned);
            let Some(text) = self.row.get(columns.text) else {
                let what = format!(
                    "the row has {} columns, the text should stand in column {}",
                    self.row.len(),
                    columns.text + 1
                );
                return Err(Fault::Table(what));
            };
            if text.trim().is_empty() && columns.title.is_none_or(|title| self.row.get(title).is_none_or(str::is_empty))
            {
                continue;
            }
            let day = cell(columns.published);
            let given = Given {
                id: cell(columns.id),
                url: cell(columns.url),
                outlet: cell(columns.outlet),
                section: cell(columns.section),
                title: cell(columns.title),
                published: day.and_then(|day| published(&day).or_else(|| dateline(&day))),
                text: text.to_owned(),
            };
            return Ok(Some(given.into_report(&self.options)));
        }
    }
}

impl Iterator for Table {
    type Item = Result<Report, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let read = self.read();
        let line = self.row.position().map_or(1, csv::Position::line);
        let place = Place::line(&self.source, line);
        match read {
            Ok(Some(report)) => {
                self.seen = true;
                Some(Ok(report))
            }
            Ok(None) => {
                self.done = true;
                let place = Place::of(&self.source);
                (!self.seen).then_some(Err(ReadError { place, fault: Fault::Empty }))
            }
            Err(fault) => {
                self.seen = true;
                self.done = !matches!(fault, Fault::Table(_));
                Some(Err(ReadError { place, fault }))
            }
        }
    }
}

fn fault(allowance: &Allowance, error: csv::Error) -> Fault {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => allowance.fault(error),
        other => Fault::Table(format!("{other:?}")),
    }
}
