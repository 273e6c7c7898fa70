//! Reports that are found but not yet read: finding them is work for one thread, reading them for many.

use maydani_core::report::Report;

use crate::encoding::{decode, decode_page};
use crate::error::{Fault, Place, ReadError};
use crate::json_object;
use crate::options::Options;
use crate::page::page;
use crate::pasted::pasted;

/// A report that is still to be read, with all that reading it takes.
pub struct Unread(State);

enum State {
    Read(Box<Result<Report, ReadError>>),
    Bytes { form: Form, bytes: Vec<u8>, place: Place, options: Options },
}

/// What the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// One JSON object.
    Json,
    /// A web page; whether its address is the source.
    Page { fetched: bool },
    /// A pasted text; whether its address is the source.
    Text { fetched: bool },
}

impl Unread {
    pub(crate) fn new(form: Form, bytes: Vec<u8>, place: Place, options: Options) -> Self {
        Self(State::Bytes { form, bytes, place, options })
    }

    /// How many bytes it holds, roughly.
    #[must_use]
    pub fn size(&self) -> usize {
        match &self.0 {
            State::Read(read) => read.as_ref().as_ref().map_or(0, |report| report.text.len()),
            State::Bytes { bytes, .. } => bytes.len(),
        }
    }

    /// The report.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn read(self) -> Result<Report, ReadError> {
        let (form, bytes, place, options) = match self.0 {
            State::Read(read) => return *read,
            State::Bytes { form, bytes, place, options } => (form, bytes, place, options),
        };
        let url = |fetched| if fetched { Some(place.source.as_str()) } else { None };
        let no_text = || Fault::Binary("bytes");
        let read = match form {
            Form::Json => json_object::report(&bytes, &options),
            Form::Page { fetched } => {
                let html = decode_page(&bytes).ok_or_else(no_text);
                html.and_then(|html| page(&html, url(fetched), &options)).map_err(|fault| (fault, None))
            }
            Form::Text { fetched } => {
                let text = decode(&bytes).ok_or_else(no_text);
                text.and_then(|text| pasted(&text, url(fetched), &options)).map_err(|fault| (fault, None))
            }
        };
        read.map_err(|(fault, column)| ReadError { place: Place { column, ..place }, fault })
    }
}

impl From<Result<Report, ReadError>> for Unread {
    fn from(read: Result<Report, ReadError>) -> Self {
        Self(State::Read(Box::new(read)))
    }
}
