//! Arabic names in Latin letters, for names that no entry of the codebook gives in English.
//!
//! A plain consonant transcription without diacritics: good enough to be told apart and looked up,
//! never shown as the established English name.

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
        let latin: String = stem.chars().map(letter).collect();
        let mut chars = latin.chars();
        if let Some(first) = chars.next() {
            out.extend(first.to_uppercase());
            out.push_str(chars.as_str());
        }
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
        assert_eq!(transcribe("لواء التوحيد"), "Lwa' Al-Twhyd");
        assert_eq!(transcribe("كتيبة 9"), "Ktybh 9");
    }
}
