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

/// What the weights look at when they choose an event's type, as people would say it; several features may look at one thing.
const LOOKED_AT: &[(&str, &str)] = &[
    ("adjacent party", "the party beside it"),
    ("after", "the words after it"),
    ("around", "the words around it"),
    ("around side", "the words around it"),
    ("before", "the words before it"),
    ("bias", "how often it is this"),
    ("cause in sentence", "a cause in its sentence"),
    ("class", "the event word"),
    ("class position form", "the event word"),
    ("clause", "what its clause holds"),
    ("clause class", "what its clause holds"),
    ("clause places", "places, days and tolls in its clause"),
    ("headline", "whether it is in the headline"),
    ("headline class", "whether it is in the headline"),
    ("lemma", "the event word"),
    ("lemma after", "the words after it"),
    ("lemma before", "the words before it"),
    ("lemma form", "the event word"),
    ("light", "the event word"),
    ("near means", "the weapon beside it"),
    ("near means class", "the weapon beside it"),
    ("near means lemma", "the weapon beside it"),
    ("near word", "the words beside it"),
    ("other trigger", "the other event words of its sentence"),
    ("other trigger class", "the other event words of its sentence"),
    ("own toll", "a toll of its own"),
    ("pair after", "the words after it"),
    ("pair before", "the words before it"),
    ("party", "the parties in its sentence"),
    ("party class", "the parties in its sentence"),
    ("report means", "the weapons in the report"),
    ("report means class", "the weapons in the report"),
    ("rule", "the event word and its weapon"),
    ("rule class", "the event word and its weapon"),
    ("rule report", "the weapons in the report"),
    ("rule report class", "the weapons in the report"),
    ("rule sentence", "the weapons in its sentence"),
    ("rule sentence class", "the weapons in its sentence"),
    ("sentence", "how far down it stands"),
    ("sentence class", "how far down it stands"),
    ("sentence holds", "what its sentence holds"),
    ("sentence holds class", "what its sentence holds"),
    ("sentence places", "places, days and tolls in its sentence"),
    ("spoken", "whether somebody says it"),
    ("two after", "the words after it"),
    ("two before", "the words before it"),
    ("word after", "the words after it"),
    ("word before", "the words before it"),
    ("written", "what is written on it"),
    ("written class", "what is written on it"),
    ("written lemma", "what is written on it"),
];

/// Learned features with their weights, as words: features that look at one thing are added up, the weightiest comes first.
pub(crate) fn weighed(features: &[(String, f32)]) -> String {
    let mut sums: Vec<(&str, f32)> = Vec::new();
    for (feature, weight) in features {
        let name = feature.split('(').next().unwrap_or(feature);
        let said = LOOKED_AT.iter().find(|(known, _)| *known == name).map_or(name, |(_, said)| said);
        match sums.iter_mut().find(|(known, _)| *known == said) {
            Some((_, sum)) => *sum += weight,
            None => sums.push((said, *weight)),
        }
    }
    sums.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    sums.iter().map(|(said, sum)| format!("{said} {sum:+.2}")).collect::<Vec<_>>().join(", ")
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
    use super::{LOOKED_AT, weighed, words};

    #[test]
    fn features_read_as_words() {
        let features = [("rule report(19,19)", 0.25), ("clause places(0,9,119)", 0.5), ("report means(0,1,0)", 0.5)];
        let features = features.map(|(name, weight)| (name.to_owned(), weight));
        assert_eq!(weighed(&features), "the weapons in the report +0.75, places, days and tolls in its clause +0.50");
    }

    /// A feature without words would show its name.
    #[test]
    fn every_feature_of_an_events_type_has_words() {
        let part = |source: &'static str, name: &str| {
            let (_, list) = source.split_once(&format!("fn {name}(")).expect("the function");
            let list = list.split("\n    }\n").next().expect("its end");
            list.split("template(\"").skip(1).map(|rest| rest.split('"').next().unwrap_or(rest))
        };
        let around = include_str!("events/around.rs");
        let names: Vec<&str> = part(include_str!("events/detect.rs"), "detect_features")
            .chain(part(around, "sided_features"))
            .chain(part(around, "phrase_features"))
            .collect();
        assert!(names.len() > 30, "{names:?}");
        for name in names {
            assert!(LOOKED_AT.iter().any(|(known, _)| *known == name), "{name}");
        }
    }

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
