//! Parties and people that a report names.

mod context;
mod group;
mod office;

use std::ops::Range;

use maydani_text::inflect::Number;
use maydani_text::{ARTICLE, Clitics, Gap, Preposition, WordKind, article};
use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, Hit};
use crate::codebook::{At, Codebook, ForceClass, Kind, PersonKey, Source, WordClass};
use crate::record::SourceKind;

/// Whom a mention means.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Party {
    /// An entry of actors.tsv.
    Listed(usize),
    /// A party that the codebook does not list, under its own name (English or transcribed).
    Other(String),
    /// Fighters whose party stands elsewhere.
    Fighter,
}

/// How the text names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Naming {
    /// By name.
    Name,
    /// By a name that means this party only here.
    Ambiguous,
    /// By a force noun with an adjective (القوات التركية).
    Force,
    /// By an adjective alone (غارات روسية).
    Adjective,
    /// By a group noun with a name that the codebook does not know (لواء …).
    Group,
    /// By a word for people.
    Person,
    /// By a word for fighters without a party.
    Fighter,
    /// By the name of a state or capital.
    Metonym,
}

/// A mention of a party.
#[derive(Debug, Clone)]
pub struct ActorMention {
    /// Its words.
    pub words: Range<usize>,
    /// What was peeled off the first word.
    pub clitics: Clitics,
    /// Whom it means.
    pub party: Party,
    /// How it is named.
    pub naming: Naming,
    /// How many a word for people means.
    pub number: Number,
    /// The force noun before the name, if one stands there.
    pub force: Option<ForceClass>,
    /// The entry that gave it.
    pub entry: At,
}

impl ActorMention {
    /// The key under which it is coded; none for fighters without a party.
    #[must_use]
    pub fn key(&self, book: &Codebook) -> Option<String> {
        self.party.key(book)
    }
}

impl Party {
    /// The key under which it is coded; none for fighters without a party.
    #[must_use]
    pub fn key(&self, book: &Codebook) -> Option<String> {
        match self {
            Self::Listed(index) => Some(book.actors[*index].key.clone()),
            Self::Other(name) => Some(format!("other:{name}")),
            Self::Fighter => None,
        }
    }
}

/// How often the report speaks of each country: decides ambiguous names.
pub type Countries = FxHashMap<String, u32>;

/// Finds the parties of a report. `countries` is what its places and outlet tell of its country, `year` that of its
/// publication.
#[must_use]
pub fn find(
    analysis: &Analysis<'_>,
    book: &Codebook,
    mut countries: Countries,
    year: Option<i16>,
) -> Vec<ActorMention> {
    let mut out = Vec::new();
    let mut ambiguous: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut i = 0;
    let count = analysis.text.words().len();
    while i < count {
        match mention_at(analysis, book, i) {
            Some((mention, candidates)) => {
                i = mention.words.end;
                let words = mention.words.clone();
                if let Some(candidates) = candidates {
                    ambiguous.push((out.len(), candidates));
                } else if let Party::Listed(index) = mention.party
                    && matches!(mention.naming, Naming::Name | Naming::Force)
                {
                    *countries.entry(book.actors[index].country.clone()).or_default() += 2;
                }
                let first = mention.entry;
                let open = ambiguous.last().is_some_and(|(at, _)| *at == out.len());
                out.push(mention);
                // A form that two entries list names both parties.
                for hit in analysis.at(words.start).filter(|hit| hit.kind == Kind::Actor && hit.end == words.end) {
                    if !open
                        && book.actors[hit.index].at != first
                        && out.last().is_some_and(|last| last.naming == Naming::Name)
                    {
                        out.push(listed(hit, book, hit.index, Naming::Name));
                    }
                }
            }
            None => i += 1,
        }
    }
    for (_, candidates) in &mut ambiguous {
        candidates.retain(|&index| year.is_none_or(|year| book.actors[index].active_in(year)));
    }
    context::settle(analysis, book, &mut out, &ambiguous, &countries);
    out
}

/// Security of the country told of.
const SECURITY_FORCES: &str = "security_forces";
/// People of whom nothing more is known.
pub(crate) const CIVILIANS: &str = "civilians";

type Found = (ActorMention, Option<Vec<usize>>);

fn mention_at(analysis: &Analysis<'_>, book: &Codebook, i: usize) -> Option<Found> {
    let candidates = |end: usize| -> Vec<usize> {
        analysis.at(i).filter(|h| h.kind == Kind::AmbiguousActor && h.end == end).map(|h| h.index).collect()
    };
    if let Some(hit) = analysis.kind_at(i, Kind::Actor) {
        // A state's forces without a country («قوات الأمن») are those of the area that the report is set in.
        let actor = &book.actors[hit.index];
        let open = actor.kind.governmental() && actor.country.is_empty();
        let others = if open { candidates(hit.end) } else { Vec::new() };
        return Some((listed(hit, book, hit.index, Naming::Name), (!others.is_empty()).then_some(others)));
    }
    if let Some(hit) = analysis.kind_at(i, Kind::AmbiguousActor) {
        let candidates = candidates(hit.end);
        // «القوات الحكومية السورية»: an adjective after it decides.
        if let Some(found) = force(analysis, book, hit, ForceClass::Force, At { file: 0, line: 0 }) {
            return Some((found, None));
        }
        // «القيادة العامة لقوات البيشمركة»: whose command it is follows.
        if let Some(of) = analysis.kind_at(hit.end, Kind::Actor).filter(|of| {
            of.clitics.preposition == Some(Preposition::Li) && analysis.text.gap(of.start).only(Gap::INSIDE_NAME)
        }) {
            let mut mention = listed(of, book, of.index, Naming::Name);
            mention.words.start = hit.start;
            mention.clitics = hit.clitics;
            return Some((mention, None));
        }
        let mut mention = listed(hit, book, hit.index, Naming::Ambiguous);
        mention.party = Party::Fighter;
        return Some((mention, Some(candidates)));
    }
    if let Some(hit) = analysis.kind_at(i, Kind::Metonym) {
        return Some((listed(hit, book, hit.index, Naming::Metonym), None));
    }
    if let Some(source) = analysis.kind_at(i, Kind::Source) {
        // «الأهالي» speak, and are hit; who speaks here is no party, nor is a body that only speaks.
        let reports = |word: usize| analysis.kind_at(word, Kind::Reporting).is_some();
        let count = analysis.text.words().len();
        let speaks = (i.saturating_sub(3)..i).any(reports)
            || source.end < count && (reports(source.end) || analysis.is(source.end, WordClass::ThatSpeaks));
        if speaks {
            return None;
        }
        let people = analysis
            .kind_at(i, Kind::Person)
            .filter(|person| person.end == source.end && matches!(book.persons[person.index].key, PersonKey::Actor(_)));
        return people
            .map(|hit| person(analysis, book, hit))
            .or_else(|| body(source, book))
            .map(|mention| (mention, None));
    }
    if let Some(hit) = analysis.kind_at(i, Kind::Force) {
        let entry = &book.forces[hit.index];
        if matches!(entry.class, ForceClass::Act | ForceClass::None) {
            return None; // the adjective after it is a mention of its own
        }
        if let Some(found) = force(analysis, book, hit, entry.class, entry.at) {
            return Some((found, None));
        }
        if entry.class == ForceClass::Government
            && let Some(found) = government(analysis, hit, entry.at)
        {
            return Some((found, None));
        }
    }
    if let Some(hit) = analysis.kind_at(i, Kind::Person) {
        let names = book.persons[hit.index].key != PersonKey::None && !is_demand(analysis, book, hit);
        let own = || names.then(|| (person(analysis, book, hit), None));
        return men_of(analysis, book, hit).or_else(own);
    }
    if let Some(hit) = analysis.kind_at(i, Kind::Adjective) {
        return adjective(analysis, book, hit).map(|mention| (mention, None));
    }
    if let Some(hit) = analysis.kind_at(i, Kind::Title) {
        return office::holder(analysis, book, hit).map(|mention| (mention, None));
    }
    if let Some(hit) = analysis.kind_at(i, Kind::Toll) {
        return victims(analysis, book, hit).map(|mention| (mention, None));
    }
    None
}

/// «طالب محتجون بالإفراج»: whoever follows demands, and is no student.
fn is_demand(analysis: &Analysis<'_>, book: &Codebook, hit: &Hit) -> bool {
    let entry = &book.persons[hit.index];
    let who = |next: &Hit| {
        next.clitics.peeled == 0 && matches!(next.kind, Kind::Person | Kind::Title | Kind::Actor | Kind::Source)
    };
    entry.class == "student"
        && entry.number == Number::One
        && !hit.form.definite()
        && hit.end < analysis.text.words().len()
        && analysis.text.gap(hit.end).only(Gap::INSIDE_NAME)
        && analysis.at(hit.end).any(who)
}

/// «رجال حرس الحدود»: men of the force whose name follows are that force, and no civilians.
fn men_of(analysis: &Analysis<'_>, book: &Codebook, hit: &Hit) -> Option<Found> {
    let bound = book.persons[hit.index].class == "man" && !hit.form.definite();
    let next = hit.end;
    if !bound || next >= analysis.text.words().len() || !analysis.text.gap(next).only(Gap::INSIDE_NAME) {
        return None;
    }
    let names = |hit: &Hit| {
        let of_force = |class| matches!(class, ForceClass::Force | ForceClass::Police);
        hit.clitics.peeled == 0
            && match hit.kind {
                Kind::Actor => !book.actors[hit.index].kind.unarmed(),
                Kind::AmbiguousActor => true,
                Kind::Force => of_force(book.forces[hit.index].class),
                _ => false,
            }
    };
    if !analysis.at(next).any(names) {
        return None;
    }
    let (mut mention, candidates) = mention_at(analysis, book, next)?;
    mention.words.start = hit.start;
    mention.clitics = hit.clitics;
    mention.number = book.persons[hit.index].number;
    Some((mention, candidates))
}

fn listed(hit: &Hit, book: &Codebook, index: usize, naming: Naming) -> ActorMention {
    ActorMention {
        words: hit.start..hit.end,
        clitics: hit.clitics,
        party: Party::Listed(index),
        naming,
        number: Number::Many,
        force: None,
        entry: book.actors[index].at,
    }
}

/// «هاجموا الأمم المتحدة»: a body or a leader of sources.tsv where it does not speak.
fn body(hit: &Hit, book: &Codebook) -> Option<ActorMention> {
    let Source { key, name, kind, affiliation, at, .. } = &book.sources[hit.index];
    // «مصادر أمنية», an outlet: nobody to whom a thing is done by this name.
    let nobody = key == "none" || key.starts_with("other:") && affiliation.is_empty();
    if nobody || !matches!(kind, SourceKind::Official | SourceKind::ArmedGroup | SourceKind::Aid) {
        return None;
    }
    let party = party(book, key).unwrap_or_else(|| Party::Other(name.clone()));
    Some(ActorMention {
        words: hit.start..hit.end,
        clitics: hit.clitics,
        party,
        naming: Naming::Metonym,
        number: Number::Many,
        force: None,
        entry: *at,
    })
}

/// «الحكومة»: of the country that the report tells of; «حكومة فلان»: of whoever leads it.
fn government(analysis: &Analysis<'_>, hit: &Hit, at: At) -> Option<ActorMention> {
    let text = &analysis.text;
    let mut end = hit.end;
    if !article::begins(text.norm(hit.end - 1), article::AFTER_FREQUENT) {
        // Whose it is stands after it, in words that nothing lists.
        while end < text.words().len()
            && end < hit.end + 2
            && text.gap(end).only(Gap::INSIDE_NAME)
            && text.words()[end].kind == WordKind::Arabic
            && text.norm(end).len() > 4
            // «حكومة ائتلافية», «حكومة وشعبا»: no name.
            && !text.norm(end).ends_with('ه')
            && !text.norm(end).ends_with('ا')
            && !text.norm(end).starts_with('و')
            && analysis.at(end).next().is_none()
        {
            end += 1;
        }
        if end == hit.end {
            return None;
        }
    }
    Some(ActorMention {
        words: hit.start..end,
        clitics: hit.clitics,
        party: Party::Other(context::GOVERNMENT.to_owned()),
        naming: Naming::Ambiguous,
        number: Number::Many,
        force: Some(ForceClass::Government),
        entry: at,
    })
}

fn party(book: &Codebook, key: &str) -> Option<Party> {
    if let Some(name) = key.strip_prefix("other:") {
        return Some(Party::Other(name.to_owned()));
    }
    book.actors.iter().position(|actor| actor.key == key).map(Party::Listed)
}

/// A force noun and what follows it: an adjective, or the name of a group.
fn force(analysis: &Analysis<'_>, book: &Codebook, hit: &Hit, class: ForceClass, at: At) -> Option<ActorMention> {
    let text = &analysis.text;
    let count = text.words().len();
    let from = hit.end;
    // «الطيران الحربي الروسي», «طائرة مسيرة تركية»: up to three words that are no name of their own.
    for next in from..from + 4 {
        if next >= count || !text.gap(next).only(Gap::INSIDE_NAME) {
            break;
        }
        if let Some(adjective) = analysis.kind_at(next, Kind::Adjective) {
            if adjective.clitics.peeled > 0 && !adjective.clitics.conjunction {
                break;
            }
            let entry = &book.adjectives[adjective.index];
            // «شرطيان تركيان» are of the police, whatever the class of their word.
            let police = class == ForceClass::Police
                || analysis
                    .kind_at(hit.start, Kind::Person)
                    .is_some_and(|person| book.persons[person.index].key == PersonKey::Security);
            let key = if police && !entry.police.is_empty() { &entry.police } else { &entry.force };
            let party = party(book, key)?;
            return Some(ActorMention {
                words: hit.start..adjective.end,
                clitics: hit.clitics,
                party,
                naming: Naming::Force,
                // «ضابط إسرائيلي»: one.
                number: analysis
                    .kind_at(hit.start, Kind::Person)
                    .map_or(Number::Many, |person| book.persons[person.index].number),
                force: Some(class),
                entry: entry.at,
            });
        }
        let passes = analysis.kind_at(next, Kind::Means).is_some()
            || analysis.kind_at(next, Kind::Force).is_some_and(|h| h.clitics.peeled == 0)
            || text.norm(next).starts_with(ARTICLE) && analysis.at(next).next().is_none();
        if !passes {
            break;
        }
    }
    group::named(analysis, book, hit, class, at)
}

/// «سقوط 32 قتيلا», «خلف شهداء»: counted dead of whom nothing more is said are civilians.
fn victims(analysis: &Analysis<'_>, book: &Codebook, hit: &Hit) -> Option<ActorMention> {
    let text = &analysis.text;
    let counted = hit.start > 0
        && (analysis.kind_at(hit.start - 1, Kind::Number).is_some()
            || text.words()[hit.start - 1].kind == WordKind::Number);
    // «سقط قتيلان»: the form counts them.
    let two = book.tolls[hit.index].number == Some(Number::Two) && hit.clitics.preposition.is_none();
    if !book.tolls[hit.index].person || !counted && !two {
        return None;
    }
    // «قتيلا من الفصيل», «قتيلا في صفوفه», «قتيلا مدنيا», «وجرحى من …»: whose they are follows.
    let told = (hit.end..(hit.end + 4).min(text.words().len()))
        .take_while(|&at| text.gap(at).only(Gap::INSIDE_NAME))
        // «14 قتيلا جراء القصف التركي», «بغارة روسية»: whose the deed was.
        .take_while(|&at| {
            analysis.is(at, WordClass::In)
                || analysis.is(at, WordClass::PartOf)
                || !analysis.is(at, WordClass::BeforeNoun)
                    && !analysis.at(at).any(|hit| {
                        hit.kind == Kind::Event
                            || hit.kind == Kind::Force && book.forces[hit.index].class == ForceClass::Act
                    })
        })
        .any(|at| {
            analysis.is(at, WordClass::PartOf)
                || analysis.at(at).any(|hit| {
                    matches!(
                        hit.kind,
                        Kind::Person
                            | Kind::Adjective
                            | Kind::Force
                            | Kind::Actor
                            | Kind::AmbiguousActor
                            | Kind::Metonym
                    )
                })
        });
    if told {
        return None;
    }
    let civilians = book.actors.iter().position(|actor| actor.key == CIVILIANS)?;
    Some(ActorMention { naming: Naming::Person, ..listed(hit, book, civilians, Naming::Person) })
}

fn person(analysis: &Analysis<'_>, book: &Codebook, hit: &Hit) -> ActorMention {
    let entry = &book.persons[hit.index];
    let mut mention = ActorMention {
        words: hit.start..hit.end,
        clitics: hit.clitics,
        party: Party::Fighter,
        naming: Naming::Person,
        number: entry.number,
        force: None,
        entry: entry.at,
    };
    let adjective = (hit.end < analysis.text.words().len() && analysis.text.gap(hit.end).only(Gap::INSIDE_NAME))
        .then(|| analysis.kind_at(hit.end, Kind::Adjective))
        .flatten()
        .filter(|adjective| adjective.clitics.peeled == 0);
    match &entry.key {
        PersonKey::Actor(key) => {
            if let Some(party) = party(book, key) {
                mention.party = party;
            }
            if let Some(adjective) = adjective {
                mention.words.end = adjective.end;
            }
        }
        PersonKey::Fighter | PersonKey::Army => {
            mention.naming = Naming::Fighter;
            if let Some(adjective) = adjective {
                if let Some(party) = party(book, &book.adjectives[adjective.index].force) {
                    mention.party = party;
                    mention.naming = Naming::Force;
                    mention.force = Some(ForceClass::Member);
                }
                mention.words.end = adjective.end;
            }
        }
        PersonKey::Security => {
            mention.naming = Naming::Force;
            mention.force = Some(ForceClass::Police);
            let key = adjective
                .map(|adjective| book.adjectives[adjective.index].police.as_str())
                .filter(|key| !key.is_empty());
            if let Some(party) = party(book, key.unwrap_or(SECURITY_FORCES)) {
                mention.party = party;
            }
            if let Some(adjective) = adjective {
                mention.words.end = adjective.end;
            }
        }
        PersonKey::Unknown | PersonKey::None => mention.naming = Naming::Fighter,
    }
    mention
}

/// An adjective alone: on a noun that names an event it means the party's forces; counted or
/// plural it means people.
fn adjective(analysis: &Analysis<'_>, book: &Codebook, hit: &Hit) -> Option<ActorMention> {
    let entry = &book.adjectives[hit.index];
    let counted = hit.start > 0
        && (analysis.kind_at(hit.start - 1, Kind::Number).is_some()
            || analysis.text.words()[hit.start - 1].kind == WordKind::Number
            || analysis.kind_at(hit.start - 1, Kind::Toll).is_some_and(|toll| !book.tolls[toll.index].person));
    let word = analysis.text.norm(hit.start);
    // «غارتان إسرائيليتان», «غارات إسرائيلية»: on a thing, whose number it has.
    let of_things = word.ends_with("ات")
        || (word.ends_with("تان") || word.ends_with("تين")) && hit.start > 0 && {
            let noun = analysis.text.norm(hit.start - 1);
            (noun.ends_with("ان") || noun.ends_with("ين"))
                && analysis.text.gap(hit.start).only(Gap::INSIDE_NAME)
                && analysis.kind_at(hit.start - 1, Kind::Person).is_none()
                && analysis.kind_at(hit.start - 1, Kind::Number).is_none()
        };
    let plural = hit.form.number() != Number::One && !of_things;
    let people = (counted && !of_things || plural) && !entry.people.is_empty();
    let key = if people { &entry.people } else { &entry.force };
    if key.is_empty() {
        return None;
    }
    Some(ActorMention {
        words: hit.start..hit.end,
        clitics: hit.clitics,
        party: party(book, key)?,
        naming: if people { Naming::Person } else { Naming::Adjective },
        number: hit.form.number(),
        force: None,
        entry: entry.at,
    })
}
