//! Clitics: conjunctions and prepositions written onto the word (و ف ب ك ل س).
//!
//! Peeling only proposes: a reading counts when its rest is a known word, so that names which begin
//! that way (الباب، والي، بلدة، لبنان) stay whole wherever the codebook knows them.

use crate::article::ARTICLE;

/// A preposition, written on the word or alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Preposition {
    /// ب
    Bi,
    /// ل
    Li,
    /// ك
    Ka,
}

/// What was peeled off the front of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Clitics {
    /// و or ف.
    pub conjunction: bool,
    /// A preposition.
    pub preposition: Option<Preposition>,
    /// The س of the future.
    pub future: bool,
    /// How many normalised bytes were peeled.
    pub peeled: u8,
    /// The rest is no part of the word as written: for «للجيش» it is «الجيش», its article restored.
    pub restored: bool,
}

impl Clitics {
    /// The normalised byte of the word from which it is shown: without what was peeled, but with the
    /// preposition («للجيش») where the rest was restored.
    #[must_use]
    pub const fn shown_from(self) -> usize {
        self.peeled as usize - if self.restored { "ل".len() } else { 0 }
    }
}

/// Calls `found` with every reading of a normalised word, the whole word first.
/// `buffer` is scratch space for readings whose article is restored.
pub fn readings(word: &str, buffer: &mut String, mut found: impl FnMut(Clitics, &str)) {
    found(Clitics::default(), word);
    if word.len() < 6 || !word.is_char_boundary(2) {
        return; // one letter and a rest of at least two
    }
    let (first, rest) = word.split_at(2);
    match first {
        "و" | "ف" => {
            let clitics = Clitics { conjunction: true, peeled: 2, ..Clitics::default() };
            found(clitics, rest);
            preposition(rest, clitics, buffer, &mut found);
        }
        _ => preposition(word, Clitics::default(), buffer, &mut found),
    }
}

fn preposition(word: &str, clitics: Clitics, buffer: &mut String, found: &mut impl FnMut(Clitics, &str)) {
    if word.len() < 6 || !word.is_char_boundary(2) {
        return;
    }
    let (first, rest) = word.split_at(2);
    let peeled = clitics.peeled + 2;
    match first {
        "ب" => found(Clitics { preposition: Some(Preposition::Bi), peeled, ..clitics }, rest),
        "ك" => found(Clitics { preposition: Some(Preposition::Ka), peeled, ..clitics }, rest),
        "ل" => {
            let with = Clitics { preposition: Some(Preposition::Li), peeled, ..clitics };
            if let Some(stem) = rest.strip_prefix('ل') {
                buffer.clear();
                buffer.push_str(ARTICLE);
                buffer.push_str(stem);
                found(Clitics { restored: true, ..with }, buffer);
            }
            found(with, rest);
        }
        "س" => found(Clitics { future: true, peeled, ..clitics }, rest),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::readings;

    fn all(word: &str) -> Vec<String> {
        let mut out = Vec::new();
        readings(word, &mut String::new(), |_, rest| out.push(rest.to_owned()));
        out
    }

    #[test]
    fn peels_conjunction_and_preposition() {
        assert_eq!(all("وبدمشق"), ["وبدمشق", "بدمشق", "دمشق"]);
        assert_eq!(all("للجيش"), ["للجيش", "الجيش", "لجيش"]);
        assert_eq!(all("سيقصف"), ["سيقصف", "يقصف"]);
    }

    #[test]
    fn a_restored_article_is_shown_as_written() {
        for word in ["للجيش", "وللجيش"] {
            let mut shown = "";
            readings(word, &mut String::new(), |clitics, rest| {
                if rest == "الجيش" {
                    shown = &word[clitics.shown_from()..];
                }
            });
            assert_eq!(shown, "للجيش");
        }
    }

    #[test]
    fn the_whole_word_comes_first() {
        assert_eq!(all("لبنان")[0], "لبنان");
        assert_eq!(all("في"), ["في"]);
    }
}
