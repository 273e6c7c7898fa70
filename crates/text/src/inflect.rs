//! Inflection: the forms under which a lemma of the codebook stands in a report.
//!
//! Made once, when the codebook is compiled; the text is then matched, never analysed. Lemmas are
//! given in plain spelling (قصف يقصف؛ غارة/غارات); the forms come out in the same spelling and are
//! normalised by the dictionary.

use crate::article::ARTICLE;

/// Object and possessive pronouns that are written onto a word.
const PRONOUNS: [&str; 8] = ["ه", "ها", "هم", "هما", "هن", "نا", "ني", "كم"];

/// Number of a noun form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Number {
    /// One.
    One,
    /// Two: Arabic has a form of its own.
    Two,
    /// Three and more.
    Many,
}

/// What a form says beyond its lemma.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of its own that a form bears or not")]
pub struct Form {
    /// Of a noun.
    pub number: Number,
    /// Of a noun: it bears the article.
    pub definite: bool,
    /// A pronoun is attached: object of a verb, possessor of a noun.
    pub pronoun: bool,
    /// Of a verb: present, so perhaps habitual or future.
    pub present: bool,
    /// Of a verb: a plural subject is part of the form (قصفوا).
    pub plural_subject: bool,
    /// Of a verb: its subject is feminine (قصفت، تقصف).
    pub feminine: bool,
}

impl Form {
    /// One, without any mark.
    pub const PLAIN: Self = Self {
        number: Number::One,
        definite: false,
        pronoun: false,
        present: false,
        plural_subject: false,
        feminine: false,
    };
}

/// Forms of a verb from its third person singular masculine, past and present.
#[must_use]
pub fn verb(past: &str, present: &str) -> Vec<(String, Form)> {
    let mut out = Vec::with_capacity(96);
    past_forms(past, &mut out);
    present_forms(present, &mut out);
    out
}

fn with_pronouns(stem: &str, form: Form, out: &mut Vec<(String, Form)>) {
    for pronoun in PRONOUNS {
        out.push((format!("{stem}{pronoun}"), Form { pronoun: true, ..form }));
    }
}

fn past_forms(past: &str, out: &mut Vec<(String, Form)>) {
    let plain = Form::PLAIN;
    let many = Form { plural_subject: true, ..plain };
    out.push((past.to_owned(), plain));
    let defective = past.strip_suffix(['ى', 'ا']);
    // لقي، توفي: لقوا، توفوا.
    if let Some(short) = past.strip_suffix('ي') {
        out.push((format!("{short}وا"), many));
    }
    let (stem, joined) = defective.map_or((past, past.to_owned()), |stem| (stem, format!("{stem}ا")));
    let she = Form { feminine: true, ..plain };
    out.push((format!("{stem}ت"), she));
    out.push((format!("{stem}وا"), many));
    out.push((format!("{stem}تا"), Form { feminine: true, ..many }));
    out.push((if defective.is_some() { format!("{stem}يا") } else { format!("{stem}ا") }, many));
    out.push((if defective.is_some() { format!("{stem}ينا") } else { format!("{stem}نا") }, many));
    with_pronouns(&joined, plain, out);
    with_pronouns(&format!("{stem}ت"), she, out);
    with_pronouns(&format!("{stem}و"), many, out);
}

fn present_forms(present: &str, out: &mut Vec<(String, Form)>) {
    let form = Form { present: true, ..Form::PLAIN };
    let many = Form { plural_subject: true, ..form };
    let Some(stem) = present.strip_prefix('ي') else { return };
    let defective = stem.strip_suffix(['ى', 'ي', 'و']);
    for person in ["ي", "ت", "ن"] {
        let feminine = person == "ت";
        let subject = if person == "ن" { many } else { Form { feminine, ..form } };
        let many = Form { feminine, ..many };
        out.push((format!("{person}{stem}"), subject));
        let joined = stem.strip_suffix('ى').map_or_else(|| stem.to_owned(), |s| format!("{s}ا"));
        with_pronouns(&format!("{person}{joined}"), subject, out);
        if let Some(short) = defective {
            out.push((format!("{person}{short}"), subject)); // لم يلقِ
        }
        if person != "ن" {
            let short = defective.unwrap_or(stem);
            for ending in ["ون", "وا"] {
                out.push((format!("{person}{short}{ending}"), many));
            }
            out.push((format!("{person}{stem}ان"), many));
            with_pronouns(&format!("{person}{short}ون"), many, out);
            with_pronouns(&format!("{person}{short}و"), many, out);
        }
    }
}

/// Forms of a noun from its singular and its plurals. An empty singular gives plural forms alone.
#[must_use]
pub fn noun(singular: &str, plurals: &[&str]) -> Vec<(String, Form)> {
    let mut out = Vec::with_capacity(48);
    if !singular.is_empty() {
        let one = Form::PLAIN;
        number_forms(singular, one, &mut out);
        let base = bound(singular);
        if !singular.ends_with(['ة', 'ا', 'ى']) {
            out.push((format!("{singular}ا"), one));
        }
        let two = Form { number: Number::Two, ..one };
        for ending in ["ان", "ين"] {
            out.push((format!("{base}{ending}"), two));
            out.push((format!("{ARTICLE}{base}{ending}"), Form { definite: true, ..two }));
        }
        // The bound dual (غارتي، غارتا) of feminine nouns; for the others it reads like other words.
        if singular.ends_with('ة') {
            out.push((format!("{base}ي"), two));
            out.push((format!("{base}ا"), two));
        }
    }
    for plural in plurals {
        let many = Form { number: Number::Many, ..Form::PLAIN };
        number_forms(plural, many, &mut out);
        if let Some(stem) = plural.strip_suffix("ون") {
            number_forms(&format!("{stem}ين"), many, &mut out);
            out.push((format!("{stem}ي"), many));
            out.push((format!("{stem}و"), many));
        }
    }
    out
}

fn number_forms(word: &str, form: Form, out: &mut Vec<(String, Form)>) {
    out.push((word.to_owned(), form));
    if !word.starts_with(ARTICLE) {
        out.push((format!("{ARTICLE}{word}"), Form { definite: true, ..form }));
    }
    with_pronouns(&bound(word), form, out);
}

/// The form before an attached pronoun or a dual ending: ta marbuta opens.
fn bound(word: &str) -> String {
    word.strip_suffix('ة').map_or_else(|| word.to_owned(), |stem| format!("{stem}ت"))
}

/// Forms of a relational adjective (إسرائيلي): gender, number, article.
#[must_use]
pub fn adjective(masculine: &str) -> Vec<(String, Form)> {
    let mut out = Vec::with_capacity(24);
    let one = Form::PLAIN;
    let many = Form { number: Number::Many, ..one };
    let two = Form { number: Number::Two, ..one };
    for (ending, form) in [
        ("", one),
        ("ا", one),
        ("ة", one),
        ("ون", many),
        ("ين", many),
        ("ات", many),
        ("ان", two),
        ("تان", two),
        ("تين", two),
    ] {
        out.push((format!("{masculine}{ending}"), form));
        if ending != "ا" {
            out.push((format!("{ARTICLE}{masculine}{ending}"), Form { definite: true, ..form }));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{adjective, noun, verb};

    fn has(forms: &[(String, super::Form)], word: &str) -> bool {
        forms.iter().any(|(form, _)| form == word)
    }

    #[test]
    fn verbs() {
        let forms = verb("استهدف", "يستهدف");
        for word in ["استهدف", "استهدفت", "استهدفوا", "استهدفته", "استهدفوهم", "تستهدف", "يستهدفون", "يستهدفها"]
        {
            assert!(has(&forms, word), "{word}");
        }
        let forms = verb("ألقى", "يلقي");
        for word in ["ألقت", "ألقوا", "ألقاه", "يلقون", "تلقي", "يلق"] {
            assert!(has(&forms, word), "{word}");
        }
        assert!(!has(&forms, "ألقىت"));
        let forms = verb("لقي", "يلقى");
        for word in ["لقي", "لقيت", "لقوا", "لقيا", "يلقون"] {
            assert!(has(&forms, word), "{word}");
        }
    }

    #[test]
    fn nouns() {
        let forms = noun("غارة", &["غارات"]);
        for word in ["غارة", "الغارة", "غارتان", "غارتين", "غارتي", "غارات", "الغارات", "غاراته", "غارتها"]
        {
            assert!(has(&forms, word), "{word}");
        }
        let forms = noun("هجوم", &["هجمات"]);
        for word in ["هجوما", "هجومان", "هجومين", "هجومهم", "الهجمات"] {
            assert!(has(&forms, word), "{word}");
        }
    }

    #[test]
    fn adjectives() {
        let forms = adjective("إسرائيلي");
        for word in ["إسرائيلية", "الإسرائيليون", "إسرائيليا", "إسرائيليتين"] {
            assert!(has(&forms, word), "{word}");
        }
    }
}
