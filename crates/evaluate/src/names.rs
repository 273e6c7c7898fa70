//! When two spellings name the same thing.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Prefixes of the article, the longest first.
const ARTICLES: [&str; 6] = ["وال", "بال", "كال", "فال", "لل", "ال"];

/// A name without marks, spelling variants, punctuation and articles.
pub(crate) fn plain(name: &str) -> String {
    let folded: String = name
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter) && *letter != 'ـ')
        .map(|letter| match letter {
            'إ' | 'أ' | 'آ' | 'ٱ' => 'ا',
            'ى' | 'ئ' => 'ي',
            'ة' => 'ه',
            'ؤ' => 'و',
            letter if letter.is_alphanumeric() || letter == '_' => letter,
            _ => ' ',
        })
        .collect();
    let folded = folded.to_lowercase();
    let words = folded
        .split_whitespace()
        .map(|word| ARTICLES.iter().find_map(|article| word.strip_prefix(article)).unwrap_or(word));
    words.collect::<Vec<_>>().join(" ")
}

/// Whether one name is the other, or whole words of it.
pub(crate) fn near(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    let (one, other) = (one.as_str(), other.as_str());
    !one.is_empty() && !other.is_empty() && (one == other || holds(other, one) || holds(one, other))
}

fn holds(whole: &str, part: &str) -> bool {
    format!(" {whole} ").contains(&format!(" {part} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_variants_meet() {
        assert!(near("الأباغوز", "الاباغوز"));
        assert!(near("دير الزور", "ريف دير الزور"));
        assert!(near("ُهَجين", "هجين"));
        assert!(!near("هجين", "هج"));
        assert!(!near("", "هجين"));
    }
}
