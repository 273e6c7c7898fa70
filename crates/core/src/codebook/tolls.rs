//! Words that carry a toll: `tolls.tsv`.

use maydani_text::inflect::Number;

use super::Codebook;
use super::cell::{Wording, alternatives, split_rest};
use super::entry::{FormBits, Kind};
use super::events::Position;
use super::table::{At, Fault, Table};
use crate::record::TollKind;

/// Beside whom a word tells of harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// By itself.
    Anybody,
    /// Beside people counted or one person (قضى عامل).
    People,
    /// Beside people counted alone (سقط عشرة جنود).
    Counted,
    /// Where the number of those whom it names is told (عدد المعتقلين 50).
    Figure,
}

/// A word that counts harm.
#[derive(Debug, Clone)]
pub struct TollWord {
    /// What befell them.
    pub kind: TollKind,
    /// What else it may tell, by who does it to whom: a state arrests, others abduct, fighters are captured.
    pub others: Vec<TollKind>,
    /// Names the victims (قتيل) rather than the act (مقتل).
    pub person: bool,
    /// Beside whom it tells of harm.
    pub beside: Beside,
    /// A verb.
    pub verb: bool,
    /// How many a person form means.
    pub number: Option<Number>,
    /// Words that must follow.
    pub rest: Vec<Wording>,
    /// Where the entry stands.
    pub at: At,
}

impl Codebook {
    pub(super) fn load_tolls(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let words = &[
                ("killed", TollKind::Killed),
                ("wounded", TollKind::Wounded),
                ("killed_or_wounded", TollKind::KilledOrWounded),
                ("captured", TollKind::Captured),
                ("arrested", TollKind::Arrested),
                ("abducted", TollKind::Abducted),
                ("missing", TollKind::Missing),
                ("displaced", TollKind::Displaced),
                ("surrendered", TollKind::Surrendered),
            ];
            let kinds = row.each_of("kind", "kind of toll", words, faults);
            let Some(&kind) = kinds.first() else { continue };
            let number = match row.cell("number") {
                "1" => Some(Number::One),
                "2" => Some(Number::Two),
                "many" => Some(Number::Many),
                _ => None,
            };
            let position = row.cell("pos");
            let beside = match (row.cell("number"), position) {
                (_, "figure") => Beside::Figure,
                ("counted", _) => Beside::Counted,
                ("beside", _) => Beside::People,
                _ => Beside::Anybody,
            };
            let part = if beside == Beside::Anybody { Kind::Toll } else { Kind::CountedToll };
            let index = self.tolls.len();
            let mut entry = TollWord {
                kind,
                others: kinds[1..].to_vec(),
                person: position == "person",
                verb: position == "verb",
                beside,
                number,
                rest: Vec::new(),
                at: row.at(),
            };
            let mut lemmas = Vec::new();
            for word in row.list("word") {
                let (words, rest) = split_rest(word);
                entry.rest = rest;
                lemmas.push(words);
            }
            self.tolls.push(entry);
            for words in lemmas {
                match position {
                    "verb" => self.insert_forms(words, Position::Verb, part, index, &row, faults),
                    "passive" => self.insert_forms(words, Position::Passive, part, index, &row, faults),
                    "noun" => self.insert_forms(words, Position::Noun, part, index, &row, faults),
                    _ => {
                        let number = number.unwrap_or(Number::One);
                        for word in alternatives(words) {
                            self.with_article(&word, part, index, number);
                            if position == "person" && number == Number::One && !word.ends_with(['ة', 'ا', 'ى']) {
                                self.phrase(&format!("{word}ا"), part, index, FormBits::default());
                            }
                        }
                    }
                }
            }
        }
    }
}
