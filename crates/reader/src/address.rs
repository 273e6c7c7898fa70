//! What the address of a page tells of it: the host, the day, and the headline that sites write into it.

use std::collections::HashSet;

use maydani_core::furniture::{is_paragraph, line_key};
use percent_encoding::percent_decode_str;

use crate::published::published;

/// The host of an address, without port.
pub(crate) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    host.rsplit('@').next()?.split(':').next().filter(|host| !host.is_empty())
}

/// The host and the path of an address, to the letter.
fn path(url: &str) -> Option<&str> {
    url.split_once("://")?.1.split(['?', '#']).next()
}

/// The day in an address: `/2022/02/16/`, `/2022/2/16/`, `/2022-02-16`, `/20220216-headline`.
pub(crate) fn day(url: &str) -> Option<String> {
    let path = path(url)?;
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let parted = numbers.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        let joined = path.contains(&format!("{year}/{month}/{day}")) || path.contains(&format!("{year}-{month}-{day}"));
        if year.len() != 4 || month.len() > 2 || day.len() > 2 || !joined {
            return None;
        }
        published(&format!("{year}-{month:0>2}-{day:0>2}"))
    });
    // Eight digits alone may be the number of the page.
    parted.or_else(|| {
        path.split('/').find_map(|part| {
            let (number, slug) = part.split_once('-')?;
            let is_day = number.len() == 8 && number.bytes().all(|b| b.is_ascii_digit()) && !slug.is_empty();
            is_day.then(|| published(&format!("{}-{}-{}", &number[..4], &number[4..6], &number[6..])))?
        })
    })
}

/// Fewer words are a section («أخبار-سوريا»).
const FEWEST_WORDS: usize = 4;
/// WordPress cuts a headline in an address at so many bytes, in the middle of a word.
const CUT: std::ops::RangeInclusive<usize> = 195..=200;
/// What is left of a word that was cut, in characters; a longer rest is no other word.
const LONGEST_REST: usize = 3;
/// A number of so many digits behind the headline is the page's.
const SHORTEST_NUMBER: usize = 5;

/// The headline in an address: its last part that is several Arabic words.
pub(crate) fn headline(url: &str) -> Option<String> {
    let is_arabic = |word: &str| word.chars().filter(|c| ('\u{620}'..='\u{64a}').contains(c)).count() >= 2;
    path(url)?.rsplit('/').find_map(|part| {
        let decoded = percent_decode_str(part).decode_utf8().ok()?;
        let is_ending = |ending: &str| ending.len() <= 5 && ending.bytes().all(|b| b.is_ascii_alphabetic());
        let name = decoded.rsplit_once('.').filter(|(_, ending)| is_ending(ending)).map_or(&*decoded, |(name, _)| name);
        let plain = name.replace(['-', '_', '+'], " ");
        let mut words: Vec<&str> = plain.split_whitespace().collect();
        let encoded: usize = decoded.chars().map(|c| if c.is_ascii() { 1 } else { 3 * c.len_utf8() }).sum();
        let is_rest = |word: &str| word.chars().count() <= LONGEST_REST && CUT.contains(&encoded);
        let is_page = |word: &str| word.len() >= SHORTEST_NUMBER && word.bytes().all(|b| b.is_ascii_digit());
        words.pop_if(|word| is_rest(word) || is_page(word));
        (words.iter().filter(|word| is_arabic(word)).count() >= FEWEST_WORDS).then(|| words.join(" "))
    })
}

/// Whether a page's text holds no article, not one paragraph. So it is where a site needs a program to
/// show the article, and only menus and headlines of others were saved.
pub(crate) fn holds_no_article(text: &str) -> bool {
    !text.lines().map(str::trim).any(is_paragraph)
}

/// Whether a text has a third of a headline's words, so that it may be what the headline is about.
pub(crate) fn tells_of(text: &str, headline: &str) -> bool {
    let text = line_key(text);
    let told: HashSet<&str> = text.split(' ').collect();
    let headline = line_key(headline);
    let words: Vec<&str> = headline.split(' ').filter(|word| word.chars().count() > 2).collect();
    3 * words.iter().filter(|word| told.contains(*word)).count() >= words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_day() {
        let cases = [
            ("https://example.org/2022/02/16/غارة", Some("2022-02-16")),
            ("https://example.org/news/2022/2/6/1234", Some("2022-02-06")),
            ("https://example.org/a-2022-02-16", Some("2022-02-16")),
            ("https://example.org/ar/20220120-قصف", Some("2022-01-20")),
            ("https://example.org/news/20220120", None),
            ("https://example.org/2022/02/غارة", None),
            ("https://example.org/2022/13/16/غارة", None),
            ("https://example.org/?day=2022-02-16", None),
        ];
        for (url, wanted) in cases {
            assert_eq!(day(url).as_deref(), wanted, "{url}");
        }
    }

    #[test]
    fn reads_the_headline() {
        let cases = [
            ("https://example.org/ar/غارة-على-ريف-حلب/", Some("غارة على ريف حلب")),
            (
                "https://example.org/%D8%BA%D8%A7%D8%B1%D8%A9-%D8%B9%D9%84%D9%89-%D8%B1%D9%8A%D9%81-%D8%AD%D9%84%D8%A8",
                Some("غارة على ريف حلب"),
            ),
            ("https://example.org/جريحان-في-غارة-على-القرية/12345/?fbclid=x", Some("جريحان في غارة على القرية")),
            ("https://example.org/إصابة_طفل_بقصف_على_القرية.html", Some("إصابة طفل بقصف على القرية")),
            ("https://example.org/غارة-على-قرية-الصفا-117032", Some("غارة على قرية الصفا")),
            ("https://example.org/أخبار-سوريا/12345", None),
            ("https://example.org/thlath-shhdaa-bqsf-ala-idlb", None),
            ("غارة-على-ريف-حلب", None),
        ];
        for (url, wanted) in cases {
            assert_eq!(headline(url).as_deref(), wanted, "{url}");
        }
    }

    #[test]
    fn drops_the_word_that_was_cut() {
        let slug = "ارتفاع-حصيلة-ضحايا-القصف-على-قريتي-الع";
        let encoded: usize = slug.chars().map(|c| if c.is_ascii() { 1 } else { 6 }).sum();
        assert!(CUT.contains(&encoded), "{encoded}");
        assert_eq!(
            headline(&format!("https://example.org/{slug}")).as_deref(),
            Some("ارتفاع حصيلة ضحايا القصف على قريتي")
        );
    }

    #[test]
    fn tells_an_article_from_a_list_of_headlines() {
        let list = "السبت 1 آب, 2026\n\nأزمة الوقود تتواصل في المدينة\n\nافتتاح معرض للكتاب\n\nENGLISH";
        assert!(holds_no_article(list));
        let article = "أعلن المكتب الإعلامي في المدينة اليوم أن طفلين أصيبا بجروح في قصف على الحي الشرقي منها.";
        assert!(!holds_no_article(&format!("{list}\n\n{article}")));
        assert!(!tells_of(list, "جريحان بغارة على القرية"));
        assert!(tells_of("إصابة طفلين في قصف للحي الشرقي", "إصابة طفلين بقصف"));
    }
}
