//! Wordings that say who holds a place: `control.tsv`.

use maydani_text::Phrases;
use maydani_text::fold::normalise;

use super::Codebook;
use super::cell::alternatives;
use super::table::{At, Fault, Row, Table};

/// How a shape stands in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShapeKind {
    /// It qualifies the noun before it, whatever the clause says.
    Attribute,
    /// A clause of its own: words ahead of it may cancel it.
    Clause,
    /// The same; in a headline this form tells an act.
    Verb,
}

/// A part of a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words, each one of several (normalised).
    Words(Vec<Vec<String>>),
    /// A mention of a place.
    Place,
    /// A mention of a party.
    Holder,
}

/// A wording that says who holds a place.
#[derive(Debug, Clone)]
pub struct Shape {
    /// As the entry writes it.
    pub words: String,
    /// How it stands in its clause.
    pub kind: ShapeKind,
    /// What stands before its first words.
    pub before: Option<Part>,
    /// What stands after its first words.
    pub after: Vec<Part>,
    /// Words that cancel it (normalised).
    pub unless: Vec<String>,
    /// Where the entry stands.
    pub at: At,
}

/// What a phrase of `control.tsv` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The first words of a shape.
    Shape(u16),
    /// Cancels a clause that it stands ahead of.
    NotBefore,
    /// Cancels a shape that it stands directly before.
    NotBeside,
    /// Cancels a shape that it follows.
    NotAfter,
    /// What is held is a part of the place.
    Part,
    /// May stand between words and names.
    Between,
    /// Before a place it makes something else the subject.
    NotSubject,
    /// Agrees with a masculine noun: not with a town.
    Masculine,
    /// Begins a relative clause: no adjective.
    Relative,
    /// A time after it tells since when.
    Since,
}

/// `control.tsv`, compiled. Its phrases have a dictionary of their own: few reports need it.
#[derive(Debug, Clone, Default)]
pub struct Control {
    /// The shapes.
    pub shapes: Vec<Shape>,
    /// The first words of the shapes, and the words around them.
    pub signs: Phrases<Sign>,
}

impl Codebook {
    pub(super) fn load_control(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let words = row.required("words", faults);
            let kind = match row.cell("kind") {
                "attribute" => ShapeKind::Attribute,
                "clause" => ShapeKind::Clause,
                "verb" => ShapeKind::Verb,
                word => {
                    let Some(sign) = sign(word) else {
                        faults.push(row.fault(
                            "kind",
                            format!("`{word}` is no kind of statement"),
                            "use attribute, clause, verb, not_before, not_beside, not_after, part, between, not_subject, masculine, relative or since",
                        ));
                        continue;
                    };
                    for phrase in row.list("words").flat_map(alternatives) {
                        self.control.signs.insert(&phrase, sign);
                    }
                    continue;
                }
            };
            if self.control.shapes.iter().any(|shape| shape.words == words) {
                continue;
            }
            match shape(words, kind, &row) {
                Ok((shape, first)) => {
                    let sign = Sign::Shape(self.control.shapes.len() as u16);
                    for phrase in alternatives(first) {
                        self.control.signs.insert(&phrase, sign);
                    }
                    self.control.shapes.push(shape);
                }
                Err(what) => faults.push(row.fault(
                    "words",
                    what,
                    "write PLACE and HOLDER once each, with words between or after them",
                )),
            }
        }
    }
}

fn sign(word: &str) -> Option<Sign> {
    Some(match word {
        "not_before" => Sign::NotBefore,
        "not_beside" => Sign::NotBeside,
        "not_after" => Sign::NotAfter,
        "part" => Sign::Part,
        "between" => Sign::Between,
        "not_subject" => Sign::NotSubject,
        "masculine" => Sign::Masculine,
        "relative" => Sign::Relative,
        "since" => Sign::Since,
        _ => return None,
    })
}

/// A shape, and its first words.
fn shape<'r>(words: &'r str, kind: ShapeKind, row: &Row<'r, '_>) -> Result<(Shape, &'r str), String> {
    let mut parts: Vec<(Part, &str)> = Vec::new();
    let mut rest = words;
    while !rest.is_empty() {
        let end = ["PLACE", "HOLDER"].iter().filter_map(|slot| rest.find(slot)).min();
        let (literal, next) = rest.split_at(end.unwrap_or(rest.len()));
        for literal in literal.split('…').map(str::trim).filter(|literal| !literal.is_empty()) {
            let split = |word: &str| word.split('/').map(normalise).collect();
            parts.push((Part::Words(literal.split_whitespace().map(split).collect()), literal));
        }
        rest = next;
        for (slot, part) in [("PLACE", Part::Place), ("HOLDER", Part::Holder)] {
            if let Some(after) = rest.strip_prefix(slot) {
                parts.push((part, ""));
                rest = after;
            }
        }
    }
    for slot in [Part::Place, Part::Holder] {
        if parts.iter().filter(|(part, _)| *part == slot).count() != 1 {
            return Err(format!("`{words}` does not name PLACE and HOLDER once each"));
        }
    }
    let at = parts.iter().position(|(part, _)| matches!(part, Part::Words(_)));
    let Some(at) = at.filter(|at| *at < 2) else {
        return Err(format!("`{words}` has no words at its beginning or after its first name"));
    };
    let first = parts[at].1;
    let mut parts = parts.into_iter().map(|(part, _)| part);
    let before = if at == 1 { parts.next() } else { None };
    let shape = Shape {
        words: words.to_owned(),
        kind,
        before,
        after: parts.skip(1).collect(),
        unless: row.list("unless").map(normalise).collect(),
        at: row.at(),
    };
    Ok((shape, first))
}
