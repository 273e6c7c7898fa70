//! Words that tell what happened: `events.tsv`, `means.tsv`, `tolls.tsv`, `cues.tsv`, `numbers.tsv`.

use maydani_text::ARTICLE;
use maydani_text::fold::normalise;
use maydani_text::inflect::{self, Form, Number};

use super::Codebook;
use super::entry::{FormBits, Kind};
use super::table::{At, Fault, Row, Table};
use crate::event_type::SubEventType;
use crate::record::TollKind;

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
    pub rest: Vec<String>,
    /// Words that cancel it (normalised).
    pub unless: Vec<String>,
    /// Where the entry stands.
    pub at: At,
}

/// Kinds of means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are the codebook's words")]
pub enum Means {
    Air,
    Drone,
    Artillery,
    Missile,
    Ied,
    Mine,
    Suicide,
    Chemical,
    Grenade,
    Gun,
    Sniper,
    Knife,
    Vehicle,
    Fire,
    Naval,
    Tank,
}

impl Means {
    const WORDS: [(&str, Self); 16] = [
        ("air", Self::Air),
        ("drone", Self::Drone),
        ("artillery", Self::Artillery),
        ("missile", Self::Missile),
        ("ied", Self::Ied),
        ("mine", Self::Mine),
        ("suicide", Self::Suicide),
        ("chemical", Self::Chemical),
        ("grenade", Self::Grenade),
        ("gun", Self::Gun),
        ("sniper", Self::Sniper),
        ("knife", Self::Knife),
        ("vehicle", Self::Vehicle),
        ("fire", Self::Fire),
        ("naval", Self::Naval),
        ("tank", Self::Tank),
    ];
}

/// A word that names a means.
#[derive(Debug, Clone)]
pub struct MeansWord {
    /// The means.
    pub means: Means,
    /// Where the entry stands.
    pub at: At,
}

/// A word that counts harm.
#[derive(Debug, Clone)]
pub struct TollWord {
    /// What befell them.
    pub kind: TollKind,
    /// What else it may tell, by who does it: a state arrests, others abduct.
    pub other: Option<TollKind>,
    /// Names the victims (قتيل) rather than the act (مقتل).
    pub person: bool,
    /// How many a person form means.
    pub number: Option<Number>,
    /// Words that must follow.
    pub rest: Vec<String>,
    /// Where the entry stands.
    pub at: At,
}

/// Kinds of cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are the codebook's words")]
pub enum CueKind {
    Background,
    Planned,
    Denied,
    Negation,
    Hypothetical,
    Habitual,
    Cause,
    Concurrent,
    SameSpeaker,
    TopicChange,
    SameEvent,
    Cumulative,
    Statement,
    Support,
    Breakdown,
    Attempt,
    Tally,
    Accuse,
    Claim,
}

impl CueKind {
    const WORDS: [(&str, Self); 19] = [
        ("background", Self::Background),
        ("planned", Self::Planned),
        ("denied", Self::Denied),
        ("negation", Self::Negation),
        ("hypothetical", Self::Hypothetical),
        ("habitual", Self::Habitual),
        ("cause", Self::Cause),
        ("concurrent", Self::Concurrent),
        ("same_speaker", Self::SameSpeaker),
        ("topic_change", Self::TopicChange),
        ("same_event", Self::SameEvent),
        ("cumulative", Self::Cumulative),
        ("statement", Self::Statement),
        ("support", Self::Support),
        ("breakdown", Self::Breakdown),
        ("attempt", Self::Attempt),
        ("tally", Self::Tally),
        ("accuse", Self::Accuse),
        ("claim", Self::Claim),
    ];
}

/// A word that turns a clause.
#[derive(Debug, Clone)]
pub struct Cue {
    /// What it does.
    pub kind: CueKind,
    /// Where the entry stands.
    pub at: At,
}

/// Kinds of counting word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NumberKind {
    /// A number.
    Cardinal,
    /// عدة، عشرات: at least `value`.
    Vague,
    /// نحو
    About,
    /// أكثر من
    AtLeast,
    /// أقل من
    AtMost,
    /// بين … و …
    Range,
    /// آخرين
    Other,
}

/// A counting word.
#[derive(Debug, Clone)]
pub struct NumberWord {
    /// Its kind.
    pub kind: NumberKind,
    /// Its value, where it has one.
    pub value: u32,
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
            let (words, rest) = split_rest(lemma);
            let index = self.events.len();
            self.events.push(EventWord {
                lemma: lemma.to_owned(),
                class,
                position,
                frame,
                rest,
                unless: row.list("unless").map(normalise).collect(),
                at: row.at(),
            });
            self.insert_forms(words, position, Kind::Event, index, &row, faults);
        }
    }

    fn insert_forms(
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

    pub(super) fn load_means(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let Some(means) = row.one_of("means", "means", &Means::WORDS, faults) else { continue };
            let index = self.means.len();
            self.means.push(MeansWord { means, at: row.at() });
            for word in row.list("word").flat_map(alternatives) {
                self.with_article(&word, Kind::Means, index, Number::One);
            }
        }
    }

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
            let part = if row.cell("number") == "counted" { Kind::CountedToll } else { Kind::Toll };
            let index = self.tolls.len();
            let mut entry = TollWord {
                kind,
                other: kinds.get(1).copied(),
                person: position == "person",
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

    pub(super) fn load_cues(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let Some(kind) = row.one_of("kind", "kind of cue", &CueKind::WORDS, faults) else { continue };
            let index = self.cues.len();
            self.cues.push(Cue { kind, at: row.at() });
            for word in row.list("cue").flat_map(alternatives) {
                self.phrase(&word, Kind::Cue, index, FormBits::default());
            }
        }
    }

    pub(super) fn load_numbers(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let words = &[
                ("number", NumberKind::Cardinal),
                ("cardinal", NumberKind::Cardinal),
                ("vague", NumberKind::Vague),
                ("approx", NumberKind::About),
                ("atleast", NumberKind::AtLeast),
                ("atmost", NumberKind::AtMost),
                ("range", NumberKind::Range),
                ("other", NumberKind::Other),
            ];
            let Some(kind) = row.one_of("kind", "kind of number", words, faults) else { continue };
            let index = self.numbers.len();
            let value = row.cell("value").parse().unwrap_or(0);
            if matches!(kind, NumberKind::Cardinal | NumberKind::Vague) && row.cell("value").parse::<u32>().is_err() {
                faults.push(row.fault("value", format!("`{}` is no number", row.cell("value")), "write it in digits"));
            }
            self.numbers.push(NumberWord { kind, value, at: row.at() });
            for word in row.list("word").flat_map(alternatives) {
                let word = word.as_str();
                self.phrase(word, Kind::Number, index, FormBits::default());
                if matches!(kind, NumberKind::Cardinal | NumberKind::Vague | NumberKind::Other)
                    && !word.contains(' ')
                    && !word.starts_with(ARTICLE)
                {
                    let form = Form {
                        number: Number::One,
                        definite: true,
                        pronoun: false,
                        present: false,
                        plural_subject: false,
                    };
                    self.phrase(&format!("{ARTICLE}{word}"), Kind::Number, index, form.into());
                    if !word.ends_with(['ة', 'ا', 'ى', 'ن']) {
                        self.phrase(&format!("{word}ا"), Kind::Number, index, FormBits::default());
                    }
                }
            }
        }
    }
}

/// Splits `ألقى يلقي + القبض` into the verb and what must follow, normalised and without article.
fn split_rest(lemma: &str) -> (&str, Vec<String>) {
    match lemma.split_once('+') {
        Some((words, rest)) => {
            let rest = rest.split('/').map(|word| normalise(word.trim())).collect();
            (words.trim(), rest)
        }
        None => (lemma, Vec::new()),
    }
}

/// The phrases of a cell in which each word may have alternatives: `ارتفع/ارتفعت عدد/حصيلة`.
pub(super) fn alternatives(cell: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for slot in cell.split_whitespace() {
        let mut next = Vec::with_capacity(out.len());
        for front in &out {
            for word in slot.split('/').filter(|word| !word.is_empty()) {
                next.push(if front.is_empty() { word.to_owned() } else { format!("{front} {word}") });
            }
        }
        out = next;
    }
    out
}
