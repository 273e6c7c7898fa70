//! The day of publication where a page only prints it: «الأربعاء, فبراير 9, 2022», «2022-02-16 11:00».

use maydani_core::furniture::line_key;

/// Lines that a date line stands in: the head of the page, or its end.
const HEAD_LINES: usize = 15;
const END_LINES: usize = 3;

/// The first line of a page that is a date and little else, as an ISO day.
pub(crate) fn dateline(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let end = lines.len().saturating_sub(END_LINES).max(HEAD_LINES.min(lines.len()));
    lines.iter().take(HEAD_LINES).chain(&lines[end..]).find_map(|line| day(line))
}

/// The day that a short line gives in full.
fn day(line: &str) -> Option<String> {
    if line.len() > 120 {
        return None;
    }
    let mut key = line_key(line);
    for (pair, one) in PAIRS {
        key = key.replace(pair, one);
    }
    let words: Vec<&str> = key.split(' ').collect();
    // A date, a weekday, a clock time and a word such as «التاريخ» or «نشر»; more is a sentence.
    if words.len() > 12 || words.iter().filter(|word| is_plain_word(word)).count() > 2 {
        return None;
    }
    words.windows(3).find_map(|window| {
        let [a, b, c] = window else { return None };
        let number = |word: &str| word.parse::<u32>().ok();
        match (number(a), number(b), number(c)) {
            (Some(year @ 1990..), Some(month), Some(day)) | (Some(day), Some(month), Some(year @ 1990..)) => {
                iso(year, month, day)
            }
            (Some(day), None, Some(year)) => iso(year, month(b)?, day),
            (None, Some(day), Some(year)) => iso(year, month(a)?, day),
            _ => None,
        }
    })
}

fn iso(year: u32, month: u32, day: u32) -> Option<String> {
    let is_day = (1990..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_day.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn is_plain_word(word: &str) -> bool {
    let is_weekday = WEEKDAYS.contains(&word);
    !is_weekday && month(word).is_none() && !word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().count() > 2
}

const WEEKDAYS: [&str; 7] = ["السبت", "الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه"];

fn month(word: &str) -> Option<u32> {
    MONTHS.iter().find(|(name, _)| *name == word).map(|(_, month)| *month)
}

/// Levantine months of two words, and their names of one.
const PAIRS: [(&str, &str); 4] =
    [("كانون الثاني", "يناير"), ("تشرين الاول", "اكتوبر"), ("تشرين الثاني", "نوفمبر"), ("كانون الاول", "ديسمبر")];

/// Names of one word, as [`line_key`] writes them.
const MONTHS: [(&str, u32); 52] = [
    ("يناير", 1),
    ("فبراير", 2),
    ("مارس", 3),
    ("ابريل", 4),
    ("مايو", 5),
    ("يونيو", 6),
    ("يوليو", 7),
    ("اغسطس", 8),
    ("سبتمبر", 9),
    ("اكتوبر", 10),
    ("نوفمبر", 11),
    ("ديسمبر", 12),
    ("شباط", 2),
    ("اذار", 3),
    ("نيسان", 4),
    ("ايار", 5),
    ("حزيران", 6),
    ("تموز", 7),
    ("اب", 8),
    ("ايلول", 9),
    ("جانفي", 1),
    ("فيفري", 2),
    ("افريل", 4),
    ("ماي", 5),
    ("جوان", 6),
    ("جويليه", 7),
    ("اوت", 8),
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("sept", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    ("غشت", 8),
];

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
