//! How the reasons of a value read: the codebook's entries, and the program's own terms as words.

use std::fmt::Debug;

use crate::days::{Lexicon, Step};

/// A term of the program as words: `AirDroneStrike` is «air drone strike», `After("علي")` «after علي».
pub(crate) fn words(term: impl Debug) -> String {
    let mut out = String::new();
    for c in format!("{term:?}").chars() {
        match c {
            '"' | ')' | ']' => {}
            '(' | '[' => out.push(' '),
            c if c.is_ascii_uppercase() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
                out.push(c.to_ascii_lowercase());
            }
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// The entries that an expression of time is made of, and the rules that read it, the widest first.
pub(crate) fn of_day(derivation: &[Step], lexicon: &Lexicon) -> (String, String) {
    let (mut entries, mut rules) = (Vec::new(), Vec::new());
    for step in derivation {
        match step {
            Step::Rule(rule) => rules.push(*rule),
            Step::Entry(id) => entries.push(lexicon.entry(*id).place.trim_start_matches("codebook/")),
        }
    }
    // «14/3/2016» is read by rules alone.
    let entries = if entries.is_empty() { "no entry".to_owned() } else { entries.join(", ") };
    (entries, rules.join(", "))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn terms_read_as_words() {
        #[derive(Debug)]
        #[expect(dead_code, reason = "read by Debug")]
        enum Term {
            AirStrike,
            After(&'static str),
        }
        assert_eq!(words(Term::AirStrike), "air strike");
        assert_eq!(words(Term::After("علي")), "after علي");
    }
}
