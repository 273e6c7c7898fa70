//! Words that name an event, with their frames: `events.tsv`.

use maydani_text::fold::normalise;
use maydani_text::inflect::{self, Number};

use super::Codebook;
use super::cell::{Wording, alternatives, split_rest};
use super::entry::Kind;
use super::table::{At, Fault, Row, Table};
use crate::event_type::SubEventType;

/// What a word alone says of the event's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// The word decides.
    Fixed(SubEventType),
    /// Bombardment: the means decides.
    Strike,
    /// An explosion: suicide or not.
    Blast,
    /// Death: an effect, and an event where no cause is named.
    Kill,
    /// Injury: the same.
    Wound,
    /// An attack: the target decides.
    Assault,
    /// A place taken: the taker decides.
    Take,
    /// A place lost.
    Lose,
    /// Arrest.
    Detain,
    /// Abduction.
    Abduct,
    /// Fighters taken.
    Capture,
    /// Destruction.
    Destroy,
    /// An advance.
    Advance,
    /// An attack repelled.
    Repel,
    /// A light verb (شن، نفذ): names no event itself, hands its subject to the event word after it.
    Light,
}

impl Class {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "strike" => Self::Strike,
            "blast" => Self::Blast,
            "kill" => Self::Kill,
            "wound" => Self::Wound,
            "assault" => Self::Assault,
            "take" => Self::Take,
            "lose" => Self::Lose,
            "detain" => Self::Detain,
            "abduct" => Self::Abduct,
            "capture" => Self::Capture,
            "destroy" => Self::Destroy,
            "advance" => Self::Advance,
            "repel" => Self::Repel,
            "light" => Self::Light,
            code => Self::Fixed(SubEventType::from_code(code)?),
        })
    }

    /// A small number: for features.
    #[must_use]
    pub fn id(self) -> u32 {
        match self {
            Self::Fixed(kind) => 100 + kind as u32,
            Self::Strike => 1,
            Self::Blast => 2,
            Self::Kill => 3,
            Self::Wound => 4,
            Self::Assault => 5,
            Self::Take => 6,
            Self::Lose => 7,
            Self::Detain => 8,
            Self::Abduct => 9,
            Self::Capture => 10,
            Self::Destroy => 11,
            Self::Advance => 12,
            Self::Repel => 13,
            Self::Light => 14,
        }
    }

    /// Says what came of an event rather than what it was.
    #[must_use]
    pub const fn is_effect(self) -> bool {
        matches!(self, Self::Kill | Self::Wound | Self::Destroy)
    }
}

/// Part of speech of an event word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Position {
    /// A verb whose subject acts.
    Verb,
    /// A verb whose subject suffers.
    Passive,
    /// A verbal noun.
    Noun,
    /// Fixed words.
    Phrase,
}

/// How a party stands to an event word.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Subject of the verb.
    Subject,
    /// Object of the verb.
    Object,
    /// The noun bound to a verbal noun.
    Bound,
    /// An adjective of the noun.
    Adjective,
    /// After a preposition (normalised).
    After(String),
}

/// The role that a relation gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Who acts.
    Actor1,
    /// Whom it is done to.
    Actor2,
    /// One side or the other.
    Either,
}

/// The relations of an event word and the roles that they give.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame(Vec<(Relation, Role)>);

impl Frame {
    /// The role of a relation.
    #[must_use]
    pub fn role(&self, relation: &Relation) -> Option<Role> {
        self.0.iter().find(|(known, _)| known == relation).map(|(_, role)| *role)
    }

    /// The role after a preposition, normalised.
    #[must_use]
    pub fn role_after(&self, preposition: &str) -> Option<Role> {
        self.0.iter().find(|(known, _)| matches!(known, Relation::After(p) if p == preposition)).map(|(_, role)| *role)
    }

    fn parse(cell: &str) -> Result<Self, String> {
        let mut pending = String::new();
        let mut out = Vec::new();
        for token in cell.split_whitespace() {
            if !pending.is_empty() {
                pending.push(' ');
            }
            pending.push_str(token);
            let Some((relation, role)) = pending.rsplit_once('=') else { continue };
            let role = match role {
                "actor1" | "actor1|place" | "place|actor1" => Role::Actor1,
                "actor2" | "actor2|place" | "place|actor2" => Role::Actor2,
                "both" | "actor1|actor2" | "actor2|actor1" => Role::Either,
                // What is no party is found by its own means.
                "place" | "none" | "weapon" | "weapons" | "place|weapons" | "means" | "cause" | "event" | "effect"
                | "source" | "kind" | "content" | "protesters" | "civilians" | "forces" => {
                    pending.clear();
                    continue;
                }
                other => return Err(format!("`{other}` is no role")),
            };
            let relation = match relation {
                "subj" => Relation::Subject,
                "obj" => Relation::Object,
                "idafa" => Relation::Bound,
                "adj" => Relation::Adjective,
                preposition => Relation::After(normalise(preposition)),
            };
            out.push((relation, role));
            pending.clear();
        }
        if pending.is_empty() { Ok(Self(out)) } else { Err(format!("`{pending}` has no role")) }
    }
}

/// A word that names events.
#[derive(Debug, Clone)]
pub struct EventWord {
    /// The lemma, as the entry writes it.
    pub lemma: String,
    /// What it says of the type.
    pub class: Class,
    /// Part of speech.
    pub position: Position,
    /// Roles of its relations.
    pub frame: Frame,
    /// Words that must follow within the clause (normalised): `ألقى يلقي + القبض`.
    pub rest: Vec<Wording>,
    /// Too common to name an event alone: a party must stand near («~»).
    pub beside_party: bool,
    /// Words that cancel it (normalised).
    pub unless: Vec<Wording>,
    /// Where the entry stands.
    pub at: At,
}

impl Codebook {
    pub(super) fn load_events(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let lemma = row.required("lemma", faults);
            let Some(class) = Class::parse(row.cell("class")) else {
                faults.push(row.fault(
                    "class",
                    format!("`{}` is no class of event word", row.cell("class")),
                    "use a sub-event code or strike, blast, kill, wound, assault, take, lose, detain, abduct, capture, destroy, advance or repel",
                ));
                continue;
            };
            let words = &[
                ("verb", Position::Verb),
                ("passive", Position::Passive),
                ("noun", Position::Noun),
                ("phrase", Position::Phrase),
            ];
            let Some(position) = row.one_of("pos", "part of speech", words, faults) else { continue };
            let frame = match Frame::parse(row.cell("frame")) {
                Ok(frame) => frame,
                Err(what) => {
                    faults.push(row.fault("frame", what, "write relation=role, roles actor1, actor2, both or place"));
                    continue;
                }
            };
            let (words, beside_party) = lemma.strip_suffix('~').map_or((lemma, false), |words| (words.trim(), true));
            let (words, rest) = split_rest(words);
            let index = self.events.len();
            self.events.push(EventWord {
                lemma: lemma.to_owned(),
                class,
                position,
                frame,
                rest,
                beside_party,
                unless: row.list("unless").map(Wording::new).collect(),
                at: row.at(),
            });
            self.insert_forms(words, position, Kind::Event, index, &row, faults);
        }
    }

    pub(super) fn insert_forms(
        &mut self,
        words: &str,
        position: Position,
        kind: Kind,
        index: usize,
        row: &Row<'_, '_>,
        faults: &mut Vec<Fault>,
    ) {
        match position {
            Position::Verb | Position::Passive => {
                let mut pair = words.split_whitespace();
                let (Some(past), Some(present)) = (pair.next(), pair.next()) else {
                    faults.push(row.fault(
                        "lemma",
                        format!("`{words}` lacks the present of the verb"),
                        "write past and present: قصف يقصف",
                    ));
                    return;
                };
                for (form, bits) in inflect::verb(past, present) {
                    self.phrase(&form, kind, index, bits.into());
                }
            }
            Position::Noun => {
                let mut parts = words.split('/').map(str::trim);
                let singular = parts.next().unwrap_or("");
                let plurals: Vec<&str> = parts.collect();
                if words.contains(' ') {
                    for word in alternatives(words) {
                        self.with_article(&word, kind, index, Number::One);
                    }
                } else {
                    for (form, bits) in inflect::noun(singular, &plurals) {
                        self.phrase(&form, kind, index, bits.into());
                    }
                }
            }
            Position::Phrase => {
                for word in alternatives(words) {
                    self.with_article(&word, kind, index, Number::One);
                }
            }
        }
    }
}
