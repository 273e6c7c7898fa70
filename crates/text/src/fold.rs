//! Folding: what happens to one character on its way into the normalised view.
//!
//! Vowel signs, tatweel, zero-width and bidirectional controls go; hamza carriers, alef maqsura,
//! ta marbuta and Persian letters meet their plain Arabic fellows; presentation forms become the
//! letters they show; Arabic-Indic and Persian digits become ASCII ones.

use unicode_normalization::UnicodeNormalization;

/// The outcome of folding one character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folded {
    /// It leaves no trace.
    Nothing,
    /// One character.
    One(char),
    /// A compatibility form: several characters, see [`expand`].
    Several,
}

/// Folds one character.
#[must_use]
#[inline]
pub fn fold(c: char) -> Folded {
    if is_plain(c) { Folded::One(c) } else { fold_other(c) }
}

/// The space and the letters that fold to themselves: nearly every character of a report.
#[inline]
const fn is_plain(c: char) -> bool {
    /// By distance from U+0620: ا ب, ت to غ, ف to و, ي.
    const PLAIN: u64 = 0b11 << 7 | ((1 << 17) - 1) << 10 | 0xff << 33 | 1 << 42;
    let at = (c as u32).wrapping_sub(0x620);
    at < 64 && PLAIN >> at & 1 == 1 || c == ' '
}

#[expect(clippy::match_same_arms, reason = "the frequent ranges come first: most characters are decided there")]
fn fold_other(c: char) -> Folded {
    use Folded::{Nothing, One, Several};
    match c {
        'A'..='Z' => One(c.to_ascii_lowercase()),
        '\0'..='\u{7f}' => One(c),
        'أ' | 'إ' | 'آ' | 'ٱ' | '\u{672}' | '\u{673}' => One('ا'),
        'ى' | 'ئ' | 'ی' | 'ې' | 'ێ' => One('ي'),
        'ؤ' | 'ۆ' | 'ۇ' => One('و'),
        'ة' | 'ہ' | 'ۀ' | 'ە' | 'ھ' | 'ۃ' => One('ه'),
        'ک' | 'گ' | 'ڪ' => One('ك'),
        'پ' => One('ب'),
        'چ' => One('ج'),
        'ڤ' | 'ڨ' => One('ف'),
        'ژ' => One('ز'),
        '٠'..='٩' => One(digit(c, '٠')),
        '۰'..='۹' => One(digit(c, '۰')),
        '\u{640}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{610}'..='\u{61a}'
        | '\u{61c}'
        | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}'
        | '\u{6e7}'
        | '\u{6e8}'
        | '\u{6ea}'..='\u{6ed}'
        | '\u{8d3}'..='\u{8ff}'
        | '\u{300}'..='\u{36f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ad}' => Nothing,
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{ff01}'..='\u{ff5e}' => Several,
        '\u{600}'..='\u{6ff}' => One(c),
        'À'..='ɏ' => latin(c),
        _ => One(c),
    }
}

fn digit(c: char, zero: char) -> char {
    char::from(b'0' + (c as u32 - zero as u32) as u8)
}

/// Accented Latin letters lose their accents: «Médecins» and «Medecins» meet.
fn latin(c: char) -> Folded {
    let base = c.nfkd().next().unwrap_or(c);
    base.to_lowercase().next().map_or(Folded::One(c), Folded::One)
}

/// The folded characters of a compatibility form.
pub fn expand(c: char) -> impl Iterator<Item = char> {
    c.nfkc().flat_map(|part| {
        let one = match fold(part) {
            Folded::One(folded) => Some(folded),
            Folded::Nothing | Folded::Several => None,
        };
        one.into_iter()
    })
}

/// Whether a folded character is a hamza written beside its carrier instead of on it («الطوارىء» for
/// «الطوارئ»). It leaves no trace, as the one on the carrier leaves none.
#[must_use]
pub fn is_hamza_beside_ya(before: Option<char>, folded: char) -> bool {
    folded == 'ء' && before == Some('ي')
}

/// The normalised form of a whole string, spaces kept: for keys and comparisons.
#[must_use]
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    normalise_into(text, &mut out);
    out
}

/// The same, added to `out`.
pub(crate) fn normalise_into(text: &str, out: &mut String) {
    let mut before = out.chars().next_back();
    let mut push = |folded| {
        if !is_hamza_beside_ya(before, folded) {
            out.push(folded);
            before = Some(folded);
        }
    };
    for c in text.chars() {
        match fold(c) {
            Folded::Nothing => {}
            Folded::One(folded) => push(folded),
            Folded::Several => expand(c).for_each(&mut push),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[test]
    fn spelling_variants_meet() {
        for (a, b) in [
            ("إدلب", "ادلب"),
            ("قَصَفَ", "قصف"),
            ("اســتهدف", "استهدف"),
            ("ﻻ ﺍﻟﻘﺼﻒ", "لا القصف"),
            ("سورية", "سوريه"),
            ("مصطفى", "مصطفي"),
            ("الطوارىء", "الطوارئ"),
            ("برىء", "بريء"),
            ("کرکوک", "كركوك"),
            ("١٢٣ ۴۵۶", "123 456"),
            ("قت\u{200d}ل\u{202b}", "قتل"),
            ("Médecins", "medecins"),
        ] {
            assert_eq!(normalise(a), normalise(b), "{a} / {b}");
        }
    }

    #[test]
    fn plain_letters_fold_to_themselves() {
        for c in (' '..='\u{6ff}').filter(|&c| super::is_plain(c)) {
            assert_eq!(super::fold_other(c), super::Folded::One(c), "{c}");
        }
        assert!("ابتثجحخدذرزسشصضطظعغفقكلمنهوي ".chars().all(super::is_plain));
    }

    #[test]
    fn different_words_stay_apart() {
        assert_ne!(normalise("قتل"), normalise("قاتل"));
        assert_ne!(normalise("جرح"), normalise("جرى"));
        assert_ne!(normalise("سوء"), normalise("سو"));
    }
}
