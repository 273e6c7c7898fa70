//! Days: from expressions of time («مساء اليوم الاثنين 30 كانون الثاني») to days.
//!
//! The words are data (`codebook/months.tsv`, `weekdays.tsv`, `days.tsv`); the rules over them read
//! an expression into a `meaning`, which `resolve` ties to the day of publication or, where that is
//! unknown, to a day that the page prints (`anchor`). Rules: `numbers` in digits and words, `dates` of a
//! calendar, `periods` (weeks to centuries), `today`, `weekdays`, `distances` («منذ», «قبل»), `ranges`;
//! `moments` chooses among them.

mod anchor;
mod dates;
mod distances;
mod interval;
mod lexicon;
mod meaning;
mod moments;
mod numbers;
mod parser;
mod periods;
mod ranges;
mod resolve;
mod term;
mod today;
mod weekdays;

use std::ops::Range;

use jiff::civil::Date;
use maydani_text::{Gap, Original, Span, Text};

use interval::{Interval, days_between};
use meaning::{Meaning, RECALLED_AFTER};
use parser::{Node, Parser};
use resolve::Reference;

pub use lexicon::{Entry, EntryId, Lexicon, LexiconError};
pub use parser::Step;

/// How readily something is read as a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// As in reports: what is told has happened, and a number alone is no date.
    #[default]
    News,
    /// Whatever may be a time («15», «الصيف»): for texts that are known to speak of dates. Where
    /// CODEBOOK.md settles reports alone it follows Recognizers-Text: early and late in a month are
    /// halves, «خلال يومين» lies ahead, a weekday's passage begins after «يوم».
    Everything,
}

/// An expression of time and the days that it means.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each may hold beside each other, and features ask for them one by one"
)]
pub struct DayExpression {
    /// Its words.
    pub words: Range<usize>,
    /// Its passage, without clitics before it.
    pub span: Span<Original>,
    /// First day; none where the expression cannot be resolved.
    pub start: Option<Date>,
    /// Last day, inclusive; none as above.
    pub end: Option<Date>,
    /// ACLED: 1 the day, 2 within a week, 3 within a month or wider; none when unresolved.
    pub precision: Option<u8>,
    /// Rules and codebook entries that read it.
    pub derivation: Vec<Step>,
    /// Clearly older than the news that the report tells.
    pub recalled: bool,
    /// Told without a day («الآن», «مؤخراً», «في وقت سابق»): a weaker witness than any other.
    pub vague: bool,
    /// A date line of the page rather than a part of the narration.
    pub dateline: bool,
    /// «الذكرى الثانية للهجوم»: the day of what is remembered, which follows it.
    pub anniversary: bool,
}

/// The expressions of time of a text, in order; they do not overlap.
///
/// Without `published`, they are resolved against the page's date line, or else a full date that the
/// text prints as its own day.
#[must_use]
pub fn expressions(text: &Text<'_>, published: Option<Date>, lexicon: &Lexicon, mode: Mode) -> Vec<DayExpression> {
    let parser = Parser::new(text, mode, lexicon);
    let nodes = nodes(&parser);
    let datelines: Vec<bool> = nodes.iter().map(|node| anchor::is_dateline(&parser, node)).collect();
    let today = published.or_else(|| anchor::printed_day(&parser, &nodes, &datelines));
    let (year, dated) = if today.is_none() { anchor::printed_year(&parser, &nodes) } else { (None, None) };
    let today = today.or(dated);
    let mut last = None;
    let mut out = Vec::with_capacity(nodes.len());
    for (node, dateline) in nodes.into_iter().zip(datelines) {
        let days = node.meaning.resolve(Reference { today, last, mode, year });
        if days.is_some() && !dateline {
            last = days;
        }
        out.push(expression(&parser, node, days, today, dateline));
    }
    out
}

fn nodes(parser: &Parser<'_>) -> Vec<Node> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < parser.len() {
        if parser.may_start(i)
            && let Some(node) = parser.expression(i)
        {
            i = node.end;
            out.push(node);
            continue;
        }
        i += 1;
    }
    out
}

fn expression(
    parser: &Parser<'_>,
    node: Node,
    days: Option<Interval>,
    today: Option<Date>,
    dateline: bool,
) -> DayExpression {
    let words = node.start..node.end;
    let text = parser.text;
    let mut span = text.span_without(words.clone(), parser.peeled(node.start));
    // Where everything is asked for, «يوم» before a weekday is left out, as Recognizers-Text does.
    if let Some(at) = parser.day_word_before_weekday(node.start).filter(|_| parser.everything()) {
        span = text.span(at..node.end);
    }
    // «آب (أغسطس)»: the bracket that it opens, it closes.
    let opened = (node.start + 1..node.end).filter(|&i| text.gap(i).any(Gap::OPEN)).count();
    let closed = (node.start + 1..node.end).filter(|&i| text.gap(i).any(Gap::CLOSE)).count();
    if opened > closed && text.original()[span.end as usize..].starts_with([')', ']']) {
        span.end += 1;
    }
    let recalled = recalled(&node.meaning, days, today);
    let vague = node.meaning.vague();
    let anniversary = matches!(node.meaning, Meaning::Anniversary(_));
    let mut derivation = node.why;
    parser.entries(node.start, node.end, &mut derivation);
    DayExpression {
        words,
        span,
        start: days.map(|days| days.start),
        end: days.map(|days| days.end),
        precision: days.map(Interval::precision),
        derivation,
        recalled,
        vague,
        dateline,
        anniversary,
    }
}

/// By its words where nothing is known of the day of publication, else by its distance.
fn recalled(meaning: &Meaning, days: Option<Interval>, today: Option<Date>) -> bool {
    let (Some(days), Some(today)) = (days, today) else { return meaning.recalls() };
    let from = if matches!(meaning, Meaning::Since(_)) { days.start } else { days.end };
    days_between(from, today) > RECALLED_AFTER
}
