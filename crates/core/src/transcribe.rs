//! Arabic names in Latin letters, for names that no entry of the codebook gives in English.
//!
//! A plain transcription of the letters, without diacritics and without the short vowels that Arabic
//! does not write: good enough to be told apart and looked up, never shown as the established English
//! name.

use maydani_text::ARTICLE;

/// Transcribes a name.
#[must_use]
pub fn transcribe(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in maydani_text::normalise(name).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        let (article, stem) = match word.strip_prefix(ARTICLE) {
            Some(stem) if stem.chars().count() > 1 => ("Al-", stem),
            _ => ("", word),
        };
        out.push_str(article);
        let latin = letters(stem);
        let mut chars = latin.chars();
        if let Some(first) = chars.next() {
            out.extend(first.to_uppercase());
            out.push_str(chars.as_str());
        }
    }
    out
}

/// The letters of a word: waw and ya between consonants and ya at the end are vowels, so is the ending -ah.
fn letters(stem: &str) -> String {
    let letters: Vec<char> = stem.chars().collect();
    let is_vowel = |at: usize| matches!(letters.get(at), Some('ا' | 'و' | 'ي'));
    let mut out = String::with_capacity(stem.len());
    for (at, &c) in letters.iter().enumerate() {
        let last = at + 1 == letters.len();
        let between = at > 0 && !is_vowel(at - 1) && !is_vowel(at + 1);
        out.push_str(match c {
            'و' if between => "u",
            'ي' if between => "i",
            'ه' if last && at > 1 && !is_vowel(at - 1) => "a",
            _ => letter(c),
        });
    }
    out
}

fn letter(c: char) -> &'static str {
    match c {
        'ا' => "a",
        'ه' | 'ح' => "h",
        'ب' => "b",
        'ت' | 'ط' => "t",
        'ث' => "th",
        'ج' => "j",
        'خ' => "kh",
        'د' | 'ض' => "d",
        'ذ' => "dh",
        'ر' => "r",
        'ز' | 'ظ' => "z",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'ع' | 'ء' => "'",
        'غ' => "gh",
        'ف' => "f",
        'ق' => "q",
        'ك' => "k",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        'و' => "w",
        'ي' => "y",
        '0' => "0",
        '1' => "1",
        '2' => "2",
        '3' => "3",
        '4' => "4",
        '5' => "5",
        '6' => "6",
        '7' => "7",
        '8' => "8",
        '9' => "9",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::transcribe;

    #[test]
    fn names() {
        assert_eq!(transcribe("لواء التوحيد"), "Lwa' Al-Tuhid");
        assert_eq!(transcribe("كتيبة 9"), "Ktiba 9");
        assert_eq!(transcribe("الجبوري"), "Al-Jburi");
        assert_eq!(transcribe("طه ياسين"), "Th Yasin");
    }
}
