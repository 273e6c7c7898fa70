//! The shape of a line: does it read as a paragraph, or as a headline or a label?

use std::ops::Range;

/// A line that is not empty, without the blanks around it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Where it stands, in bytes of the text.
    pub(super) at: Range<usize>,
}

/// The lines of a text that are not blank.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes());
    for end in ends.chain(std::iter::once(text.len())) {
        let line = &text[start..end];
        let left = line.trim_start_matches(is_blank);
        let body = left.trim_end_matches(is_blank);
        if !body.is_empty() {
            let from = end - left.len();
            lines.push(Line { at: from..from + body.len() });
        }
        start = end + 1;
    }
    lines
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}')
}

/// A headline is seldom longer, in bytes of UTF-8 (two for an Arabic letter).
const LONGEST_HEADLINE: usize = 300;
/// A paragraph that ends in a full stop has at least this many bytes; «د. علي حسن.» has not.
const SHORTEST_PARAGRAPH: usize = 50;
/// Fewer bytes are a label («سوريا», «قسد»), not a headline.
const SHORTEST_HEADLINE: usize = 36;

/// Whether the line ends as a sentence does. Headlines end in «؟», «!» and «…» too, so only a full
/// stop counts, behind whatever quotes and brackets.
#[must_use]
pub fn ends_sentence(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '”' | '“' | '»' | '«' | ')' | ']' | '\'' | '’')
    });
    end.ends_with(['.', '۔']) && !end.ends_with("..")
}

/// Whether the line reads as a paragraph of a report.
#[must_use]
pub fn is_paragraph(line: &str) -> bool {
    line.len() > LONGEST_HEADLINE || (line.len() >= SHORTEST_PARAGRAPH && ends_sentence(line))
}

/// Whether a line that is no paragraph is long enough for a headline.
pub(super) fn is_headline(line: &str) -> bool {
    line.len() >= SHORTEST_HEADLINE
}

/// Whether the line is an item of a list that belongs to the report: «- قرية الصفا», «3) حي الزهور».
pub(super) fn is_item(line: &str) -> bool {
    let line = line.trim_start_matches(['\u{200F}', '\u{200E}', ' ']);
    let after_number = line.trim_start_matches(|c: char| c.is_numeric());
    let is_numbered = after_number.len() < line.len() && after_number.starts_with(['-', ')', '.', '–', '/', ':']);
    is_numbered || line.starts_with(['-', '–', '—', '•', '*', '·', '▪', '●', '◾', '◼', '✅'])
}

/// Whether the line names the account that posted: «Sham Post @ShamPost».
pub(super) fn is_account(line: &str) -> bool {
    line.len() < 160
        && line.rsplit([' ', '\u{200F}', '\u{A0}']).next().is_some_and(|last| {
            last.strip_prefix('@')
                .is_some_and(|name| name.len() > 1 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
        })
}
