//! Whether a word of a text is a form of a given word, where no dictionary holds its forms: words
//! that must follow an event word, words that cancel it. All are normalised.

use crate::article::ARTICLE;

/// What may be written before a word. An article is before it only where the word has none itself.
const FRONTS: [&str; 10] = [ARTICLE, "و", "ب", "ل", "وال", "بال", "لل", "ف", "وب", "ول"];

/// What may be written before a stem that bears an ending.
const STEM_FRONTS: [&str; 7] = ["", ARTICLE, "و", "ب", "ل", "بال", "وال"];

/// What a stem may end in: accusative, pronouns, plural.
const ENDINGS: [&str; 11] = ["", "ا", "ه", "ها", "هم", "ته", "تها", "تهم", "ات", "اته", "اتها"];

/// Whether a word of a text is `word`, clitics and article aside.
#[must_use]
#[inline]
pub fn stands(text: &str, word: &str) -> bool {
    // Nearly all words end otherwise.
    if text.as_bytes().last() != word.as_bytes().last() {
        return false;
    }
    if text == word {
        return true;
    }
    // «ألغام» begins with its own letters, not with an article: «الألغام» is it, «غام» is not.
    text.strip_suffix(word).is_some_and(|front| FRONTS.contains(&front))
        || word.strip_prefix(ARTICLE).and_then(|bare| text.strip_suffix(bare)).is_some_and(|front| front == "لل")
}

/// The same, with an ending of its stem allowed («سيطرته» for «سيطرة»).
#[must_use]
#[inline]
pub fn stands_with_ending(text: &str, word: &str) -> bool {
    let bare = word.strip_prefix(ARTICLE).unwrap_or(word);
    let stem = bare.strip_suffix('ه').unwrap_or(bare);
    // Nearly no word holds the first two letters of the stem, without which it cannot be it.
    if let Some(first) = stem.as_bytes().first_chunk::<4>()
        && !text.as_bytes().windows(4).any(|part| part == first)
    {
        return false;
    }
    if stands(text, word) {
        return true;
    }
    // Where the stem first stands; behind the longest front it need not be looked for.
    let Some((at, _)) = text.char_indices().take(4).find(|&(at, _)| text[at..].starts_with(stem)) else {
        return false;
    };
    STEM_FRONTS.contains(&&text[..at]) && ENDINGS.contains(&&text[at + stem.len()..])
}

#[cfg(test)]
mod tests {
    use super::{stands, stands_with_ending};

    #[test]
    fn clitics_and_article_aside() {
        assert!(stands("وبالغام", "بالغام") && stands("الالغام", "الغام") && stands("للقبض", "القبض"));
        assert!(!stands("غام", "الغام") && !stands("القبضه", "القبض") && !stands("كالقبض", "القبض"));
    }

    #[test]
    fn endings_of_the_stem() {
        for word in ["سيطره", "السيطره", "سيطرته", "بسيطرتها", "سيطرات"] {
            assert!(stands_with_ending(word, "سيطره"), "{word}");
            assert!(stands_with_ending(word, "السيطره"), "{word}");
        }
        assert!(!stands_with_ending("سيطروا", "سيطره") && !stands_with_ending("يسيطر", "سيطره"));
    }
}
