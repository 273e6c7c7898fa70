//! The day of publication where a page only prints it: «الأربعاء, فبراير 9, 2022», «2022-02-16 11:00».

use std::sync::LazyLock;

use maydani_core::days::{Lexicon, Mode, expressions};
use maydani_core::furniture::line_key;
use maydani_text::Text;

/// Lines that a date line stands in: the head of the page, or its end.
const HEAD_LINES: usize = 15;
const END_LINES: usize = 3;
/// A longer line, in bytes, is no date line.
const LONGEST: usize = 120;

/// The first line of a page that is a date and little else, as an ISO day.
pub(crate) fn dateline(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let end = lines.len().saturating_sub(END_LINES).max(HEAD_LINES.min(lines.len()));
    lines.iter().take(HEAD_LINES).chain(&lines[end..]).find_map(|line| day(line))
}

/// The day that a short line gives in full, with its year.
fn day(line: &str) -> Option<String> {
    let has_year = line.chars().filter(|c| c.is_numeric()).count() >= 4;
    if line.len() > LONGEST || !has_year {
        return None;
    }
    english(line).or_else(|| arabic(line))
}

fn arabic(line: &str) -> Option<String> {
    static LEXICON: LazyLock<Option<Lexicon>> = LazyLock::new(|| Lexicon::builtin().ok());
    let text = Text::new(line);
    let found = expressions(&text, None, LEXICON.as_ref()?, Mode::News);
    let mut dates = found.iter().filter(|found| found.precision == Some(1) && found.start == found.end);
    let in_dates = |word: usize| found.iter().any(|found| found.words.contains(&word));
    // Beside the date stands a clock time or a word such as «التاريخ» or «نشر»; more is a sentence.
    let is_plain = |&word: &usize| {
        let norm = text.norm(word);
        !in_dates(word) && norm.chars().count() > 2 && !norm.starts_with(|c: char| c.is_ascii_digit())
    };
    let is_sentence = (0..text.words().len()).filter(is_plain).count() > 2;
    let date = dates.find_map(|found| found.start)?;
    (!is_sentence && (1990..2100).contains(&date.year())).then(|| date.to_string())
}

/// «October 5, 2023, 8:58 am», «5 Oct 2023»: Arabic sites print them too.
fn english(line: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let key = line_key(line);
    let words: Vec<&str> = key.split(' ').collect();
    let month = |word: &str| MONTHS.iter().position(|month| word.starts_with(month)).map(|at| at + 1);
    let day = |word: &str| word.parse::<u8>().ok().filter(|day| (1..=31).contains(day));
    let year = |word: &str| word.parse::<u16>().ok().filter(|year| (1990..2100).contains(year));
    words.windows(3).find_map(|window| {
        let [a, b, c] = window else { return None };
        let ((Some(month), Some(day), ..) | (.., Some(day), Some(month))) = (month(a), day(b), day(a), month(b)) else {
            return None;
        };
        Some(format!("{:04}-{month:02}-{day:02}", year(c)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_date_lines() {
        let cases = [
            ("الأربعاء, فبراير 9, 2022", "2022-02-09"),
            ("الجمعة ,١٢ ايار ,٢٠٢٣", "2023-05-12"),
            ("السبت 3 كانون الأول 2022", "2022-12-03"),
            ("تاريخ النشر: 2022-02-16 11:00:00", "2022-02-16"),
            ("24/02/2022", "2022-02-24"),
            ("October 5, 2023, 8:58 am", "2023-10-05"),
            ("نشر في 5 أكتوبر/ 2021", "2021-10-05"),
        ];
        for (line, day) in cases {
            assert_eq!(dateline(&format!("عنوان الخبر\n\n{line}\n\nنص الخبر.")).as_deref(), Some(day), "{line}");
        }
    }

    #[test]
    fn leaves_the_dates_of_the_story() {
        for line in
            ["قصفت المدفعية القرية في 24 شباط 2022 وأصيب مدنيان", "35/13/2022", "بين 12 و15 مدنياً", "الأربعاء 9 شباط"]
        {
            assert_eq!(dateline(line), None, "{line}");
        }
    }
}
