//! The article, and how a definite word begins.

/// The article, written onto its noun.
pub const ARTICLE: &str = "ال";

/// The article alone, then with what is written before it: ل, ب and و, ك and ف, و with ل.
const OPENINGS: [&str; 7] = [ARTICLE, "لل", "بال", "وال", "كال", "فال", "ولل"];

/// How a definite word begins: with the article alone or after ل.
pub const ALONE_OR_AFTER_LI: &[&str] = OPENINGS.split_at(2).0;

/// The same, or after ب or و.
pub const AFTER_FREQUENT: &[&str] = OPENINGS.split_at(4).0;

/// The same, or after any clitic.
pub const AFTER_ONE: &[&str] = OPENINGS.split_at(6).0;

/// The same, or after two.
pub const AFTER_ANY: &[&str] = &OPENINGS;

/// After one clitic, and not alone.
pub const ONLY_AFTER_ONE: &[&str] = AFTER_ONE.split_at(1).1;

/// Whether a normalised word begins in one of these ways.
#[must_use]
#[inline]
pub fn begins(word: &str, openings: &[&str]) -> bool {
    openings.iter().any(|opening| word.starts_with(opening))
}

/// A normalised word without what it begins with, whole where it begins in none of these ways.
#[must_use]
#[inline]
pub fn without<'w>(word: &'w str, openings: &[&str]) -> &'w str {
    openings.iter().find_map(|opening| word.strip_prefix(opening)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::{AFTER_ANY, AFTER_FREQUENT, AFTER_ONE, ALONE_OR_AFTER_LI, ONLY_AFTER_ONE, begins, without};

    #[test]
    fn no_opening_begins_as_another_does() {
        for one in AFTER_ANY {
            assert_eq!(AFTER_ANY.iter().filter(|other| one.starts_with(*other)).count(), 1, "{one}");
        }
    }

    #[test]
    fn openings_by_what_stands_before_the_article() {
        for (word, bare) in [("الجيش", "جيش"), ("للجيش", "جيش"), ("وللجيش", "جيش"), ("جيش", "جيش")]
        {
            assert_eq!(without(word, AFTER_ANY), bare);
        }
        assert_eq!(without("وللجيش", AFTER_ONE), "وللجيش");
        assert!(begins("كالجيش", AFTER_ONE) && !begins("كالجيش", AFTER_FREQUENT));
        assert!(begins("بالجيش", AFTER_FREQUENT) && !begins("بالجيش", ALONE_OR_AFTER_LI));
        assert!(begins("للجيش", ONLY_AFTER_ONE) && !begins("الجيش", ONLY_AFTER_ONE));
    }
}
