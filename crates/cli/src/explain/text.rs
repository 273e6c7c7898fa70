//! An explanation for the terminal.

use anstyle::{AnsiColor, Style};
use maydani_core::Record;
use maydani_core::record::{ControlStatement, Event, Why};

use super::passages::{Piece, Role, of_event, pieces};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// The report with its passages marked, then each event with its values and their reasons.
pub(crate) fn page(record: &Record, colour: bool) -> String {
    let mut page = String::new();
    if let Some(caution) = record.report.caution() {
        page.push_str(&paint(DIM, &format!("({caution})\n"), colour));
    }
    for piece in pieces(record) {
        page.push_str(&marked(&piece, colour));
    }
    if !page.ends_with('\n') {
        page.push('\n');
    }
    for (at, event) in record.events.iter().enumerate() {
        page.push('\n');
        page.push_str(&about(at + 1, event, colour));
    }
    for said in &record.control {
        page.push('\n');
        page.push_str(&held(said, colour));
    }
    if record.events.is_empty() {
        page.push_str(if record.report.language == "ar" { "\nNo event.\n" } else { "\nNot in Arabic: not coded.\n" });
    }
    page
}

/// In colour a passage is painted by what it says; without, it stands in brackets with its field.
fn marked(piece: &Piece<'_>, colour: bool) -> String {
    let text = printable(piece.text);
    let Some(mark) = piece.marks.iter().rfind(|mark| mark.role != Role::Evidence).or_else(|| piece.marks.first())
    else {
        return text;
    };
    match (colour, mark.role) {
        (true, role) => paint(style(role), &text, true),
        (false, Role::Evidence) => text,
        (false, role) => format!("[{text}]({}:{})", mark.event + 1, role.field()),
    }
}

fn about(number: usize, event: &Event, colour: bool) -> String {
    let recalled = if event.background { ", recalled" } else { "" };
    let head = format!(
        "{number}. {} / {} ({}{recalled}), sure {:.0}%",
        event.event_type.label(),
        event.sub_event_type.code(),
        format!("{:?}", event.modality).to_lowercase(),
        event.confidence * 100.0
    );
    let mut lines = paint(BOLD, &head, colour) + "\n";
    for (role, passage) in of_event(event) {
        let value = value(event, role, passage);
        let field = paint(style(role), &format!("{:9}", role.field()), colour);
        // The span before the words: behind them a right-to-left terminal would turn it round.
        let text = printable(&passage.text).replace('\n', " ");
        lines += &format!("   {field} {value}{}..{} «{text}»\n", passage.start, passage.end);
    }
    lines + &because(&event.why, colour)
}

/// A statement that somebody holds a place.
fn held(said: &ControlStatement, colour: bool) -> String {
    let holders: Vec<String> = said.holder.iter().map(|actor| format!("{} ({})", actor.name, actor.key)).collect();
    let id = said.place.id.as_deref().unwrap_or("not in the gazetteer");
    let head = format!("Control: {} ({id}) is held by {}", said.place.name, holders.join(", "));
    let mut lines = paint(BOLD, &head, colour) + "\n";
    for passage in &said.evidence {
        let text = printable(&passage.text).replace('\n', " ");
        lines += &format!("   evidence  {}..{} «{text}»\n", passage.start, passage.end);
    }
    lines + &because(&said.why, colour)
}

fn because(why: &[Why], colour: bool) -> String {
    let line = |why: &Why| format!("   because  {}: {} ({})", why.field, printable(&why.pattern), why.entry);
    why.iter().map(|why| paint(DIM, &line(why), colour) + "\n").collect()
}

/// What was coded from a passage, before the passage itself.
fn value(event: &Event, role: Role, passage: &maydani_core::record::Passage) -> String {
    let value = match role {
        Role::Evidence | Role::Trigger | Role::Via => None,
        Role::Actor1 => event
            .actor1
            .iter()
            .find(|actor| actor.passage == *passage)
            .map(|actor| format!("{} ({})", actor.name, actor.key)),
        Role::Actor2 => event
            .actor2
            .iter()
            .find(|actor| actor.passage == *passage)
            .map(|actor| format!("{} ({})", actor.name, actor.key)),
        Role::Place => event.places.iter().find(|place| place.passage == *passage).map(|place| {
            let id = place.id.as_deref().unwrap_or("not in the gazetteer");
            let others = place.alternatives.len();
            let doubt = if others == 0 { String::new() } else { format!(", or {others} other places of that name") };
            format!("{} ({id}{doubt})", place.name)
        }),
        Role::Date => event.date.as_ref().map(|date| match (&date.start_day, &date.end_day) {
            (Some(start), Some(end)) if start != end => format!("{start} to {end}"),
            (Some(start), _) => start.clone(),
            (None, _) => "not resolved".to_owned(),
        }),
        Role::Toll => event.tolls.iter().find(|toll| toll.passage == *passage).map(maydani_formats::csv::toll_text),
        Role::Source => event.source.as_ref().map(|source| format!("{} ({})", source.name, source.key)),
    };
    value.map(|value| value + " ").unwrap_or_default()
}

const fn style(role: Role) -> Style {
    let colour = match role {
        Role::Evidence => return Style::new().underline(),
        Role::Trigger => AnsiColor::Red,
        Role::Actor1 => AnsiColor::Magenta,
        Role::Actor2 => AnsiColor::Blue,
        Role::Place => AnsiColor::Green,
        Role::Date => AnsiColor::Cyan,
        Role::Toll => AnsiColor::Yellow,
        Role::Source | Role::Via => AnsiColor::BrightBlack,
    };
    Style::new().fg_color(Some(anstyle::Color::Ansi(colour))).bold()
}

fn paint(style: Style, text: &str, colour: bool) -> String {
    if colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

/// Text of a report must not drive the terminal: control characters but line feeds become blanks.
fn printable(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() && letter != '\n' { ' ' } else { letter }).collect()
}
