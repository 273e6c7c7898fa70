//! The entries of `codebook/furniture.tsv` and how one line of a page is compared with them.

use maydani_text::fold::{Folded, expand, fold};
use rustc_hash::FxHashMap;

use crate::codebook::Fault;

/// What an entry says of the line that it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The line is furniture.
    Line,
    /// The line opens a list of other headlines.
    List,
    /// The post after the line is another reader's.
    Reply,
    /// The editors sign; furniture after the body only.
    SignOff,
    /// The outlet's name alone; furniture after the body only.
    Outlet,
    /// After the body, everything from here on is furniture.
    End,
}

impl Kind {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "line" => Self::Line,
            "list" => Self::List,
            "reply" => Self::Reply,
            "sign_off" => Self::SignOff,
            "outlet" => Self::Outlet,
            "end" => Self::End,
            _ => return None,
        })
    }
}

/// A line of more words than this is a paragraph, whatever it begins with.
const MOST_WORDS: usize = 34;
/// A longer first word than this begins no entry.
const LONGEST_FIRST: usize = 40;
/// Words that a sign-off may have in all.
const SIGN_OFF_WORDS: usize = 8;

#[derive(Debug, Clone)]
enum Part {
    Word(String),
    Number,
    Words,
}

#[derive(Debug, Clone)]
struct Entry {
    parts: Vec<Part>,
    kind: Kind,
}

/// All entries, found by their first word.
#[derive(Debug, Clone, Default)]
pub(super) struct Patterns {
    named: FxHashMap<String, Vec<Entry>>,
    numbered: Vec<Entry>,
    open: Vec<Entry>,
}

impl Patterns {
    /// Adds the entries of a table; see the head of `codebook/furniture.tsv` for its form.
    pub(super) fn add(&mut self, path: &str, table: &str, faults: &mut Vec<Fault>) {
        for (line, row) in (1..).zip(table.lines()) {
            // A pattern may begin with the sign of a hashtag.
            let is_note = row.starts_with("# ") || row == "#";
            if row.trim().is_empty() || is_note || row.starts_with("pattern\t") {
                continue;
            }
            if let Err((cell, what, remedy)) = self.add_row(row) {
                let before = row.split('\t').take(cell).map(|cell| cell.chars().count() as u32 + 1);
                faults.push(Fault {
                    file: path.to_owned(),
                    line,
                    column: 1 + before.sum::<u32>(),
                    what,
                    remedy: remedy.to_owned(),
                });
            }
        }
    }

    /// Adds an entry; a fault is its cell, what it is and what to do.
    fn add_row(&mut self, row: &str) -> Result<(), (usize, String, &'static str)> {
        let mut cells = row.split('\t');
        let pattern = cells.next().unwrap_or_default();
        let word = cells.next().unwrap_or_default();
        let kind = Kind::parse(word)
            .ok_or_else(|| (1, format!("unknown kind «{word}»"), "write line, list, reply, sign_off, outlet or end"))?;
        if cells.next().is_none_or(str::is_empty) {
            return Err((2, "no example".to_owned(), "add a line of a page that matches"));
        }
        let entry = Entry { parts: parts(pattern), kind };
        match entry.parts.first() {
            None => return Err((0, "empty pattern".to_owned(), "write the words of the line")),
            Some(Part::Word(first)) => self.named.entry(first.clone()).or_default().push(entry),
            Some(Part::Number) => self.numbered.push(entry),
            Some(Part::Words) => self.open.push(entry),
        }
        Ok(())
    }

    /// The kind of a line, `None` for one that no entry names.
    pub(super) fn kind(&self, line: &str) -> Option<Kind> {
        let first = folded_words(line, 1).pop()?;
        if first.len() > LONGEST_FIRST {
            return None;
        }
        let named = self.named.get(first.as_str()).map_or(&[][..], Vec::as_slice);
        let numbered: &[Entry] = if is_number(&first) { &self.numbered } else { &[] };
        // Entries that begin with anything are few and speak of short lines.
        let open: &[Entry] = if line.len() < 160 { &self.open } else { &[] };
        if named.is_empty() && numbered.is_empty() && open.is_empty() {
            return None;
        }
        let words = folded_words(line, MOST_WORDS + 1);
        if words.len() > MOST_WORDS {
            return None;
        }
        let entries = named.iter().chain(numbered).chain(open);
        entries.filter(|entry| fits(entry, &words, line)).map(|entry| entry.kind).next()
    }
}

fn fits(entry: &Entry, words: &[String], line: &str) -> bool {
    // «تحرير: ليلى» signs and «شاهد أيضاً: صور المهرجان» points elsewhere; «تحرير المدينة تم اليوم.» and
    // «شاهد أيضاً سكان القرية طائرات تحلق.» are sentences of a report.
    let is_open = entry.parts.iter().any(|part| matches!(part, Part::Words));
    let signs = matches!(entry.kind, Kind::SignOff | Kind::Outlet);
    let is_loose = signs || (entry.kind == Kind::Line && is_open);
    if is_loose && super::shape::ends_sentence(line) {
        return false;
    }
    if signs && words.len() > SIGN_OFF_WORDS {
        return false;
    }
    matches(&entry.parts, words)
}

fn matches(parts: &[Part], words: &[String]) -> bool {
    match parts.split_first() {
        None => words.is_empty(),
        Some((Part::Word(part), rest)) => words.first() == Some(part) && matches(rest, &words[1..]),
        Some((Part::Number, rest)) => words.first().is_some_and(|word| is_number(word)) && matches(rest, &words[1..]),
        Some((Part::Words, rest)) => (1..=words.len()).any(|n| matches(rest, &words[n..])),
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn parts(pattern: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for piece in pattern.split_whitespace() {
        match piece {
            "<n>" => parts.push(Part::Number),
            "<words>" => parts.push(Part::Words),
            _ => parts.extend(folded_words(piece, usize::MAX).into_iter().map(Part::Word)),
        }
    }
    parts
}

/// The first `most` words of a line, folded so that spelling habits do not count.
pub(crate) fn folded_words(line: &str, most: usize) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in line.chars() {
        match fold(c) {
            Folded::Nothing => {}
            Folded::One(c) if is_letter(c) => word.push(c),
            Folded::Several => word.extend(expand(c).filter(|&c| is_letter(c))),
            Folded::One(_) if word.is_empty() => {}
            Folded::One(_) => {
                words.push(std::mem::take(&mut word));
                if words.len() >= most {
                    return words;
                }
            }
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Letters and digits; the table of Unicode is asked only for those of other scripts.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        'ء'..='ي' => true,
        '\u{600}'..='\u{61f}' => false,
        _ => c.is_alphanumeric(),
    }
}
