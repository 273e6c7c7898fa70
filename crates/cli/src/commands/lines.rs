//! One text a line in, one JSON object a line out, in the same order.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, stdin, stdout};
use std::path::Path;

use anyhow::Context;
use serde::Serialize;

use crate::commands::code::threads;
use crate::exit::Outcome;
use crate::output::{Frame, Output};
use crate::workers;

/// Writes `{"text": line, name: [what `find` finds]}` for each line of a file or of standard input.
///
/// A line that is not UTF-8 is told on standard error and read with replacement characters, so that
/// lines in and lines out stay side by side.
pub(crate) fn each<T: Serialize>(
    input: Option<&Path>,
    name: &str,
    find: impl Fn(&str) -> Vec<T> + Sync,
) -> anyhow::Result<Outcome> {
    let input = input.filter(|path| path.as_os_str() != "-");
    let reader: Box<dyn BufRead + Send> = match input {
        Some(path) => Box::new(BufReader::new(File::open(path).with_context(|| path.display().to_string())?)),
        None => Box::new(BufReader::new(stdin())),
    };
    let shown = input.map_or_else(|| "standard input".to_owned(), |path| path.display().to_string());
    let output = Output::new(Box::new(stdout()), Frame { between: "", close: "" }, stdout().is_terminal());
    output.close_on_interrupt()?;
    let mut outcome = Outcome::Done;
    workers::in_order(
        threads(None),
        reader.split(b'\n').enumerate(),
        |(_, line)| line.as_ref().map_or(0, Vec::len),
        |(at, line)| {
            let mut line = line.with_context(|| shown.clone())?;
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            let (text, fault) = match String::from_utf8(line) {
                Ok(text) => (text, None),
                Err(error) => {
                    let fault = format!("{shown}:{}:{}: not UTF-8", at + 1, error.utf8_error().valid_up_to() + 1);
                    (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(fault))
                }
            };
            // Not through a map of serde_json, which would sort the names.
            let (shown_text, found) = (serde_json::to_string(&text)?, serde_json::to_string(&find(&text))?);
            Ok::<_, anyhow::Error>((format!("{{\"text\":{shown_text},\"{name}\":{found}}}\n"), fault))
        },
        |found| {
            let (line, fault) = found?;
            if let Some(fault) = fault {
                eprintln!("maydani: {fault}");
                outcome = Outcome::SomeInputFailed;
            }
            output.record(&line).map_err(anyhow::Error::from)
        },
    )?;
    output.close()?;
    Ok(outcome)
}

/// Code points of a line, counted from the bytes that spans count, in one pass.
pub(super) struct Counted<'t> {
    text: &'t str,
    bytes: usize,
    points: usize,
}

impl<'t> Counted<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, bytes: 0, points: 0 }
    }

    /// The code point at a byte; bytes are asked for in rising order.
    pub(super) fn points(&mut self, byte: u32) -> usize {
        let byte = byte as usize;
        self.points += self.text[self.bytes..byte].chars().count();
        self.bytes = byte;
        self.points
    }
}
