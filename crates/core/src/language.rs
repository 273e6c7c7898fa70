//! Which language a document is in, as far as the coder must know: Arabic, or not.
//!
//! Decided for a document as a whole, by its letters: one word alone proves nothing.

use std::ops::Range;

/// A language that is written in Arabic letters, or something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Arabic.
    Arabic,
    /// Persian, Dari.
    Persian,
    /// Urdu.
    Urdu,
    /// Kurdish in Arabic letters (Sorani).
    Kurdish,
    /// Pashto.
    Pashto,
    /// Fewer than half of the letters are Arabic ones, or there are none.
    Other,
}

impl Language {
    /// The BCP 47 tag; `und` for a language that is not told apart.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::Persian => "fa",
            Self::Urdu => "ur",
            Self::Kurdish => "ckb",
            Self::Pashto => "ps",
            Self::Other => "und",
        }
    }
}

/// The language of a document.
///
/// Loan letters (پ گ چ ڤ) and Persian ی and ک occur in Arabic texts: names, foreign keyboards. So a
/// letter must be frequent before it decides, and ة, which only Arabic writes often, speaks against.
/// `furniture` are the parts to leave out (byte ranges, ascending, as [`crate::furniture::furniture`]
/// gives them): the interface of a social network is English around an Arabic post.
#[must_use]
pub fn language(text: &str, furniture: &[Range<usize>]) -> Language {
    let mut count = Letters::default();
    let mut from = 0;
    for range in furniture {
        count.add(text.get(from..range.start).unwrap_or_default());
        from = range.end;
    }
    count.add(text.get(from..).unwrap_or_default());
    if count.arabic + count.other == 0 {
        // A page that is nothing but a menu still has a language.
        count.add(text);
    }
    let Letters { arabic, other, .. } = count;
    if arabic == 0 || other > arabic {
        return Language::Other;
    }
    // At least one letter in `one_in` is such a letter.
    let frequent = |letters: usize, one_in: usize| letters > 1 && letters * one_in >= arabic;
    if frequent(count.kurdish, 33) {
        Language::Kurdish
    } else if frequent(count.urdu, 33) {
        Language::Urdu
    } else if frequent(count.pashto, 33) {
        Language::Pashto
    } else if frequent(count.persian, 66) && !frequent(count.ta_marbuta, 60) {
        Language::Persian
    } else {
        Language::Arabic
    }
}

#[derive(Default)]
struct Letters {
    arabic: usize,
    other: usize,
    kurdish: usize,
    urdu: usize,
    pashto: usize,
    persian: usize,
    ta_marbuta: usize,
}

impl Letters {
    fn add(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                'ة' => self.ta_marbuta += 1,
                'ە' | 'ێ' | 'ۆ' | 'ڕ' | 'ڵ' => self.kurdish += 1,
                'ٹ' | 'ڈ' | 'ڑ' | 'ں' | 'ے' | 'ہ' | 'ھ' => self.urdu += 1,
                'ښ' | 'ځ' | 'څ' | 'ډ' | 'ړ' | 'ږ' | 'ۍ' | 'ې' | 'ګ' | 'ټ' => {
                    self.pashto += 1;
                }
                'پ' | 'چ' | 'ژ' | 'گ' => self.persian += 1,
                _ => {}
            }
            match c {
                '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D3}' | '\u{6D5}' | '\u{750}'..='\u{77F}' => {
                    self.arabic += 1;
                }
                '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => self.arabic += 1,
                // Vowel signs and the like are no letters of another script.
                '\u{600}'..='\u{6FF}' => {}
                _ if c.is_alphabetic() => self.other += 1,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_arabic_from_its_neighbours() {
        let cases = [
            ("سقطت ثلاث قذائف على أطراف البلدة مساء أمس، ولم تُسجَّل إصابات بين السكان.", "ar"),
            // Persian keyboards and loan letters do not make a text Persian.
            ("قصفت المدفعیة قریة گرمیان في ناحیة چمچمال، وأصیب مدني وفق مصادر محلیة.", "ar"),
            ("به گزارش خبرگزاری، در پی انفجار در شهر سه نفر زخمی شدند و پلیس محل را بست.", "fa"),
            ("پولیس نے بتایا کہ دھماکے میں تین افراد زخمی ہوئے ہیں اور علاقے کو گھیرے میں لے لیا گیا۔", "ur"),
            ("بەپێی ئاژانسێکی هەواڵ، سێ کەس لە تەقینەوەیەکدا بریندار بوون لە ناوەندی شارەکە.", "ckb"),
            ("په ښار کې د چاودنې له امله درې کسان ټپیان شوي دي، پولیسو سیمه کلابنده کړې ده.", "ps"),
            ("Three shells fell on the outskirts of the town last night.", "und"),
            ("12 – 15 !", "und"),
            ("", "und"),
        ];
        for (text, tag) in cases {
            assert_eq!(language(text, &[]).tag(), tag, "{text}");
        }
    }

    #[test]
    fn vowel_signs_are_no_foreign_letters() {
        assert_eq!(language("قُصِفَتِ القَرْيَةُ", &[]), Language::Arabic);
    }

    #[test]
    fn leaves_the_furniture_out() {
        let text = "Copy link to Tweet and embed this Tweet in your own page\nانفجار قرب الحاجز";
        let at = text.find('\n').map(|end| 0..end).into_iter().collect::<Vec<_>>();
        assert_eq!(language(text, &[]), Language::Other);
        assert_eq!(language(text, &at), Language::Arabic);
        let all = 0..text.len();
        assert_eq!(language("قائمة", std::slice::from_ref(&all)), Language::Arabic);
    }
}
