//! Keys: which spellings are one name.
//!
//! Names are compared after normalisation, and then without the hamza that stands alone
//! (صنعاء / صنعا), and with ابن written بن. A name of several words is also known written as one
//! (ديرالزور), and one that begins like «تل» or «كفر» written as two (تل عفر).

/// A name, hashed. Two of 300,000 names meet by accident once in some hundred million gazetteers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key(u64);

impl Key {
    /// No word yet (the offset basis of FNV-1a).
    pub(super) const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    /// The key with one more word, which is normalised.
    pub(super) fn and_word(self, word: &str) -> Self {
        let word = if word == "ابن" { "بن" } else { word };
        if self == Self::EMPTY { self.and_letters(word) } else { self.and_letters(" ").and_letters(word) }
    }

    /// The key with more letters of the same word.
    pub(super) fn and_letters(self, letters: &str) -> Self {
        let hash = letters
            .chars()
            .filter(|&c| c != 'ء')
            .fold(self.0, |hash, c| (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3));
        Self(hash)
    }

    /// The key of a whole normalised name.
    pub(super) fn of_name(name: &str) -> Self {
        words(name).fold(Self::EMPTY, Self::and_word)
    }

    /// Its highest bits, as an index.
    pub(super) const fn bits(self, count: u32) -> usize {
        (self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - count)) as usize
    }
}

/// First words of names that are also written as one word. Part of what a key is, and no data: a
/// gazetteer that is read must be asked with the keys under which it was kept.
const JOINED: [&str; 9] = ["تل", "كفر", "دير", "عين", "خان", "بيت", "معر", "ابو", "ام"];

/// A word that begins names, cut off a name written as one word: «تلعفر», «كفرنبل».
pub(super) fn split_opener(word: &str) -> Option<(&str, &str)> {
    JOINED
        .iter()
        .find_map(|opener| Some((*opener, word.strip_prefix(opener)?)))
        .filter(|(_, rest)| rest.chars().count() >= 3)
}

/// The words of a normalised name.
pub(super) fn words(name: &str) -> impl Iterator<Item = &str> {
    // Nearly all are Arabic letters, for which the large table need not be asked.
    let inside = |c: char| matches!(c, 'ء'..='ي') || c != ' ' && c.is_alphanumeric();
    name.split(move |c: char| !inside(c)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn variants_have_one_key() {
        assert_eq!(Key::of_name("صنعاء"), Key::of_name("صنعا"));
        assert_eq!(Key::of_name("خان ابن وليد"), Key::of_name("خان بن-وليد"));
        assert_ne!(Key::of_name("الباب"), Key::of_name("باب"));
    }
}
