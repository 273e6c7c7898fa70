//! Parties and people: `actors.tsv`, `adjectives.tsv`, `forces.tsv`, `persons.tsv`.

use maydani_text::ARTICLE;
use maydani_text::inflect::{self, Form, Number};

use super::Codebook;
use super::entry::{FormBits, Kind};
use super::table::{At, Fault, Table};

/// What kind of party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActorKind {
    /// A state's forces.
    State,
    /// An armed group against a state.
    Rebel,
    /// A militia beside a state, a tribe.
    Militia,
    /// A state's forces outside their country.
    External,
    /// Unarmed people.
    Civilian,
    /// Peaceful demonstrators.
    Protesters,
    /// Violent demonstrators.
    Rioters,
    /// Armed people without a known party.
    Unidentified,
}

impl ActorKind {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "state" => Self::State,
            "rebel" => Self::Rebel,
            "militia" => Self::Militia,
            "external" => Self::External,
            "civilian" => Self::Civilian,
            "protesters" => Self::Protesters,
            "rioters" => Self::Rioters,
            "unidentified" => Self::Unidentified,
            _ => return None,
        })
    }

    /// The word for it in actors.tsv.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Rebel => "rebel",
            Self::Militia => "militia",
            Self::External => "external",
            Self::Civilian => "civilian",
            Self::Protesters => "protesters",
            Self::Rioters => "rioters",
            Self::Unidentified => "unidentified",
        }
    }

    /// Unarmed.
    #[must_use]
    pub const fn unarmed(self) -> bool {
        matches!(self, Self::Civilian | Self::Protesters | Self::Rioters)
    }

    /// A government's forces, at home or abroad.
    #[must_use]
    pub const fn governmental(self) -> bool {
        matches!(self, Self::State | Self::External)
    }
}

/// A party.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Its key.
    pub key: String,
    /// English name.
    pub name: String,
    /// Arabic name.
    pub name_ar: String,
    /// Its kind.
    pub kind: ActorKind,
    /// Of a militia: it fights for a community (a tribe, a people), not for a political end.
    pub identity: bool,
    /// Home country, ISO 3166-1 alpha-2; empty when none.
    pub country: String,
    /// Countries where it operates.
    pub area: Vec<String>,
    /// Camp: parties of one camp are allies.
    pub side: String,
    /// The party that it is part of; empty when none.
    pub member_of: String,
    /// First and last year of its existence, where known: before and after, its ambiguous names mean others.
    pub active: (Option<i16>, Option<i16>),
    /// Where the entry stands.
    pub at: At,
}

impl Actor {
    /// Whether it may have been there in a year.
    #[must_use]
    pub fn active_in(&self, year: i16) -> bool {
        self.active.0.is_none_or(|first| first <= year) && self.active.1.is_none_or(|last| year <= last)
    }
}

/// «2015-», «2012-2017», «-2011»; empty where nothing is known.
fn years(cell: &str) -> Option<(Option<i16>, Option<i16>)> {
    if cell.is_empty() {
        return Some((None, None));
    }
    let (first, last) = cell.split_once('-')?;
    let year = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
    Some((year(first)?, year(last)?))
}

/// A relational adjective: what party it means on a force, on police, on people.
#[derive(Debug, Clone)]
pub struct Adjective {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Its English name.
    pub country_en: String,
    /// Key on a force, an aircraft, a raid.
    pub force: String,
    /// Key on police.
    pub police: String,
    /// Key on people.
    pub people: String,
    /// Where the entry stands.
    pub at: At,
}

/// What a force noun does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ForceClass {
    /// Is the party itself (قوات، طيران).
    Force,
    /// Police and security.
    Police,
    /// Makes a named group with the proper name after it (لواء، كتيبة).
    Group,
    /// A person of it (عنصر، جندي).
    Member,
    /// A thing of it (موقع، رتل).
    Asset,
    /// What it does (غارة، قصف): an adjective on it names who does it.
    Act,
    /// Its government.
    Government,
    /// Like a group, of a noun common elsewhere: only before a quoted name.
    WeakGroup,
    /// No party, though its parts look like one.
    None,
    /// Of an army: a number names it, a name only in quotation marks.
    Unit,
    /// A part of a government: a party only with its country's adjective.
    Organ,
    /// A party with its adjective (الاحتلال، النظام), and alone no army.
    Side,
}

/// A force noun.
#[derive(Debug, Clone)]
pub struct Force {
    /// What it does.
    pub class: ForceClass,
    /// Where the entry stands.
    pub at: At,
}

/// What a word for people says of their side.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PersonKey {
    /// A key of actors.tsv.
    Actor(String),
    /// Armed; the side stands elsewhere.
    Fighter,
    /// A soldier: of the army of the country told of, where the text does not tell another side.
    Army,
    /// Police or security of the country told of.
    Security,
    /// Not told.
    Unknown,
    /// No person, though its parts look like one.
    None,
}

/// A word for people.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their side.
    pub key: PersonKey,
    /// How many the word means.
    pub number: Number,
    /// child, woman, commander …
    pub class: String,
    /// Where the entry stands.
    pub at: At,
}

impl Codebook {
    pub(super) fn load_actors(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let key = row.required("key", faults);
            if self.actor_of.contains_key(key) {
                let first = &self.actors[self.actor_of[key] as usize];
                if first.at.file == row.at().file {
                    faults.push(row.fault("key", format!("the key `{key}` stands twice"), "keep one line a key"));
                }
                continue;
            }
            let identity = row.cell("kind") == "identity_militia";
            let Some(kind) = ActorKind::parse(if identity { "militia" } else { row.cell("kind") }) else {
                faults.push(row.fault(
                    "kind",
                    format!("`{}` is no kind of party", row.cell("kind")),
                    "use state, rebel, militia, identity_militia, external, civilian, protesters, rioters or unidentified",
                ));
                continue;
            };
            let Some(active) = years(row.cell("active")) else {
                let told = format!("`{}` are no years", row.cell("active"));
                faults.push(row.fault("active", told, "write 2015-, 2012-2017 or -2011"));
                continue;
            };
            let index = self.actors.len();
            self.actor_of.insert(key.to_owned(), index as u16);
            let name_ar = row.required("name_ar", faults);
            self.actors.push(Actor {
                key: key.to_owned(),
                name: row.required("name_en", faults).to_owned(),
                name_ar: name_ar.to_owned(),
                kind,
                identity,
                country: row.cell("country").to_owned(),
                area: row.list("area").flat_map(str::split_whitespace).map(str::to_owned).collect(),
                side: row.cell("side").to_owned(),
                member_of: row.cell("member_of").to_owned(),
                active,
                at: row.at(),
            });
            let ambiguous: Vec<&str> = row.list("ambiguous").collect();
            for name in std::iter::once(name_ar).chain(row.list("also")) {
                // «أنصار الشريعة (ليبيا)»: the bracket is a note to the reader.
                let name = name.split('(').next().unwrap_or(name).trim();
                if !ambiguous.contains(&name) {
                    self.phrase(name, Kind::Actor, index, FormBits::default());
                }
            }
            for name in ambiguous {
                self.phrase(name, Kind::AmbiguousActor, index, FormBits::default());
            }
            for name in row.list("metonyms") {
                self.phrase(name, Kind::Metonym, index, FormBits::default());
            }
        }
    }

    pub(super) fn load_adjectives(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let index = self.adjectives.len();
            for (form, bits) in inflect::adjective(row.required("adjective", faults)) {
                self.phrase(&form, Kind::Adjective, index, bits.into());
            }
            for word in row.list("also") {
                self.with_article(word, Kind::Adjective, index, Number::Many);
            }
            self.adjectives.push(Adjective {
                country: row.cell("country").to_owned(),
                country_en: row.cell("country_en").to_owned(),
                force: row.cell("force").to_owned(),
                police: row.cell("police").to_owned(),
                people: row.cell("people").to_owned(),
                at: row.at(),
            });
        }
    }

    pub(super) fn load_forces(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let words = &[
                ("force", ForceClass::Force),
                ("police", ForceClass::Police),
                ("group", ForceClass::Group),
                ("member", ForceClass::Member),
                ("asset", ForceClass::Asset),
                ("act", ForceClass::Act),
                ("government", ForceClass::Government),
                ("weak_group", ForceClass::WeakGroup),
                ("none", ForceClass::None),
                ("unit", ForceClass::Unit),
                ("organ", ForceClass::Organ),
                ("side", ForceClass::Side),
            ];
            let Some(class) = row.one_of("class", "class of force", words, faults) else { continue };
            let index = self.forces.len();
            self.forces.push(Force { class, at: row.at() });
            for word in row.list("word") {
                self.with_article(word, Kind::Force, index, Number::One);
            }
        }
    }

    pub(super) fn load_persons(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let key = match row.required("key", faults) {
                "fighter" => PersonKey::Fighter,
                "army" => PersonKey::Army,
                "security" => PersonKey::Security,
                "unknown" | "suspects" => PersonKey::Unknown,
                "none" => PersonKey::None,
                key => PersonKey::Actor(key.to_owned()),
            };
            let words = &[("1", Number::One), ("2", Number::Two), ("many", Number::Many)];
            let Some(number) = row.one_of("number", "number", words, faults) else { continue };
            let index = self.persons.len();
            self.persons.push(Person { key, number, class: row.cell("class").to_owned(), at: row.at() });
            for word in row.list("words") {
                self.with_article(word, Kind::Person, index, number);
                if number == Number::One && !word.ends_with(['ة', 'ا', 'ى', 'ء']) && !word.contains(' ') {
                    self.phrase(&format!("{word}ا"), Kind::Person, index, FormBits::default());
                }
            }
        }
    }

    /// A word with and without the article; of several words, the article stands on each or on none.
    pub(super) fn with_article(&mut self, word: &str, kind: Kind, index: usize, number: Number) {
        let form = Form { number, ..Form::PLAIN };
        self.phrase(word, kind, index, form.into());
        if word.split(' ').all(|part| !part.starts_with(ARTICLE) && part.chars().count() > 2) {
            let definite: Vec<String> = word.split(' ').map(|part| format!("{ARTICLE}{part}")).collect();
            let form = FormBits::from(Form { definite: true, ..form });
            self.phrase(&definite.join(" "), kind, index, form);
            if definite.len() == 2 {
                // The bound phrase: only its second part bears the article.
                let bound = word.replacen(' ', " ال", 1);
                self.phrase(&bound, kind, index, form);
            }
        }
    }

    pub(super) fn check_references(&self, faults: &mut Vec<Fault>) {
        let mut check = |key: &str, at: At, column: &str| {
            if !key.is_empty() && !key.starts_with("other:") && self.actor(key).is_none() && self.source(key).is_none()
            {
                faults.push(Fault {
                    file: self.files[at.file as usize].clone(),
                    line: at.line,
                    column: 1,
                    what: format!("`{column}` names `{key}`, which no entry of actors.tsv has"),
                    remedy: "add the party to actors.tsv or write `other:English name`".to_owned(),
                });
            }
        };
        for actor in &self.actors {
            check(&actor.member_of, actor.at, "member_of");
        }
        for adjective in &self.adjectives {
            check(&adjective.force, adjective.at, "force");
            check(&adjective.police, adjective.at, "police");
            check(&adjective.people, adjective.at, "people");
        }
        for person in &self.persons {
            if let PersonKey::Actor(key) = &person.key {
                check(key, person.at, "key");
            }
        }
    }
}
