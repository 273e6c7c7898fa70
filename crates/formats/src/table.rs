//! The table that a person reads.
//!
//! Cells are in English names, and every Arabic passage stands on a line of its own: a terminal that
//! lays out right-to-left text would otherwise reorder neighbouring Arabic cells into each other, and
//! one that does not still shows the columns straight.

use anstyle::{AnsiColor, Style};
use maydani_core::record::{Event, Modality, PlaceValue, TollKind};
use maydani_core::{EventType, Record};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::Format;
use crate::csv::range;

/// Writes a block a report: its headline, then a row an event, each with its passage.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Characters in a line.
    pub width: usize,
    /// Use colours.
    pub colour: bool,
}

/// Narrower terminals get lines that wrap.
const NARROWEST: usize = 72;
const DAY: usize = 12;
const SHARE: usize = 6;
/// Keeps a line of Arabic under its row: a terminal would else move it to the right-hand side.
const LEFT_TO_RIGHT: char = '\u{200e}';

const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();

impl Format for Table {
    fn record(&self, record: &Record) -> String {
        let report = &record.report;
        let headline = report.title.as_deref().or_else(|| report.text.lines().find(|line| !line.trim().is_empty()));
        let mut block = String::new();
        self.line(&mut block, "", BOLD, headline.unwrap_or(&report.id));
        let known =
            [report.published.as_deref(), report.outlet.as_deref(), report.section.as_deref(), report.caution()];
        let known: Vec<String> = known.into_iter().flatten().map(printable).collect();
        let count = match (report.language.as_str(), record.events.len()) {
            ("ar", 0) => "no event".to_owned(),
            ("ar", 1) => "1 event".to_owned(),
            ("ar", many) => format!("{many} events"),
            (language, _) => format!("not in Arabic ({language}): not coded"),
        };
        let about = known.into_iter().chain([count]).collect::<Vec<_>>();
        // A mark on both sides of the dot: an Arabic outlet beside an Arabic section would change places.
        let about = about.join(&format!("{LEFT_TO_RIGHT}  ·  {LEFT_TO_RIGHT}"));
        self.line(&mut block, "", DIM, &about);
        if !record.events.is_empty() {
            self.rows(&mut block, &record.events);
        }
        block.push('\n');
        block
    }
}

impl Table {
    fn rows(&self, block: &mut String, events: &[Event]) {
        let columns = self.columns();
        let heads = ["DAY", "EVENT", "WHO", "AGAINST WHOM", "WHERE", "TOLL", "SURE"];
        let head: String = heads.iter().zip(columns).map(|(head, width)| cell(head, width)).collect();
        self.line(block, "  ", DIM, head.trim_end());
        for event in events {
            let cells = [
                day(event),
                kind(event),
                side(event.actor1.iter().map(|actor| actor.name.as_str())),
                side(event.actor2.iter().map(|actor| actor.name.as_str())),
                side(event.places.iter().map(place).collect::<Vec<_>>().iter().map(String::as_str)),
                tolls(event),
                format!("{:.0}%", event.confidence * 100.0),
            ];
            let colour = Style::new().fg_color(Some(colour_of(event.event_type).into()));
            let style = if event.background { colour.dimmed() } else { colour };
            // A cell that does not fit goes on below itself.
            let wrapped: Vec<Vec<String>> =
                cells.iter().zip(columns).map(|(text, width)| wrap(text, width - 2)).collect();
            let height = wrapped.iter().map(Vec::len).max().unwrap_or(1);
            for at in 0..height {
                let mut line = String::new();
                for (column, (lines, width)) in wrapped.iter().zip(columns).enumerate() {
                    let text = cell(lines.get(at).map_or("", String::as_str), width);
                    if column == 1 { self.paint(&mut line, style, &text) } else { line.push_str(&text) }
                }
                block.push_str("  ");
                block.push_str(line.trim_end());
                block.push('\n');
            }
            if let Some(passage) = event.evidence.first() {
                let source = event.source.as_ref().map(|source| format!("{}: ", source.name)).unwrap_or_default();
                let room = self.width.max(NARROWEST) - DAY - 4 - source.width();
                let line = format!("{LEFT_TO_RIGHT}{source}«{}»", shorten(&passage.text, room));
                self.line(block, &" ".repeat(2 + DAY), DIM, &line);
            }
        }
    }

    /// Widths of the seven columns, each with two blanks at its end.
    fn columns(&self) -> [usize; 7] {
        let free = self.width.clamp(NARROWEST, 160) - 2 - DAY - SHARE;
        let part = |share: usize| free * share / 100;
        [DAY, part(23), part(20), part(20), part(20), part(17), SHARE]
    }

    fn paint(&self, text: &mut String, style: Style, words: &str) {
        if self.colour {
            *text += &format!("{style}{words}{style:#}");
        } else {
            text.push_str(words);
        }
    }

    fn line(&self, block: &mut String, indent: &str, style: Style, words: &str) {
        block.push_str(indent);
        self.paint(block, style, &printable(words));
        block.push('\n');
    }
}

fn day(event: &Event) -> String {
    let Some(date) = &event.date else { return "–".to_owned() };
    match (&date.start_day, &date.end_day) {
        (Some(start), Some(end)) if start != end => format!("{start} {end}"),
        (Some(start), _) => start.clone(),
        (None, _) => "?".to_owned(),
    }
}

fn kind(event: &Event) -> String {
    let label = event.sub_event_type.code().replace('_', " ");
    let modality = match event.modality {
        Modality::Asserted => "",
        Modality::Denied => " (denied)",
        Modality::Planned => " (planned)",
    };
    let background = if event.background { " (recalled)" } else { "" };
    label + modality + background
}

fn place(place: &PlaceValue) -> String {
    let name = &place.name;
    match (place.latitude, place.geo_precision, &place.country) {
        (None, ..) | (_, 0, _) => format!("{name} (not located)"),
        (_, _, Some(country)) => format!("{name} {country}"),
        _ => name.clone(),
    }
}

fn side<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() { "–".to_owned() } else { printable(&names.join(", ")) }
}

fn tolls(event: &Event) -> String {
    let all = event.tolls.iter().map(|toll| {
        let kind = match toll.kind {
            TollKind::Killed => "killed",
            TollKind::Wounded => "wounded",
            TollKind::KilledOrWounded => "killed or wounded",
            TollKind::Captured => "captured",
            TollKind::Arrested => "arrested",
            TollKind::Abducted => "abducted",
            TollKind::Missing => "missing",
            TollKind::Displaced => "displaced",
            TollKind::Surrendered => "surrendered",
        };
        format!("{} {kind}", range(toll.min, toll.max))
    });
    all.collect::<Vec<_>>().join(", ")
}

fn colour_of(kind: EventType) -> AnsiColor {
    match kind {
        EventType::Battles => AnsiColor::Red,
        EventType::Explosions => AnsiColor::Yellow,
        EventType::ViolenceAgainstCivilians => AnsiColor::Magenta,
        EventType::Protests => AnsiColor::Green,
        EventType::Riots => AnsiColor::Cyan,
        EventType::Strategic => AnsiColor::Blue,
    }
}

fn cell(text: &str, width: usize) -> String {
    text.to_owned() + &" ".repeat(width.saturating_sub(text.width()))
}

/// Breaks at blanks, and within a word that is longer than the line.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut word = word;
        while let Some(line) = lines.last_mut() {
            let gap = usize::from(!line.is_empty());
            if line.width() + gap + word.width() <= width {
                line.push_str(&" ".repeat(gap));
                line.push_str(word);
                break;
            }
            if line.is_empty() {
                let (head, tail) = split_at_width(word, width);
                line.push_str(head);
                word = tail;
            }
            lines.push(String::new());
        }
    }
    lines
}

fn split_at_width(word: &str, width: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, letter) in word.char_indices() {
        used += letter.width().unwrap_or(0);
        if used > width && at > 0 {
            return word.split_at(at);
        }
    }
    (word, "")
}

fn shorten(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    split_at_width(text, width.saturating_sub(1)).0.trim_end().to_owned() + "…"
}

/// Text of a report must not drive the terminal: control characters become blanks.
fn printable(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_at_blanks_and_inside_long_words() {
        assert_eq!(wrap("Deir ez-Zor SY", 9), ["Deir", "ez-Zor SY"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 3), [""]);
    }

    #[test]
    fn shortens_to_the_width() {
        assert_eq!(shorten("هجين", 10), "هجين");
        assert_eq!(shorten("abcdef", 4), "abc…");
    }

    #[test]
    fn a_report_cannot_drive_the_terminal() {
        assert_eq!(printable("a\u{1b}[2Jb"), "a [2Jb");
    }
}
