//! Parties and people that a report names.

use std::ops::Range;

use maydani_text::inflect::Number;
use maydani_text::{ARTICLE, Clitics, Gap, WordKind};
use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, Hit};
use crate::codebook::{At, Codebook, ForceClass, Kind, PersonKey, WordClass};

/// Whom a mention means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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

/// Finds the parties of a report. `countries` is what its places and outlet tell of its country.
#[must_use]
pub fn find(analysis: &Analysis<'_>, book: &Codebook, mut countries: Countries) -> Vec<ActorMention> {
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
    resolve(&mut out, &ambiguous, book, &countries);
    police_of_the_country(analysis, &mut out, book, &countries);
    out
}

/// Chooses among the parties that an ambiguous name may mean.
fn resolve(mentions: &mut [ActorMention], ambiguous: &[(usize, Vec<usize>)], book: &Codebook, countries: &Countries) {
    let mut named: FxHashMap<usize, u32> = FxHashMap::default();
    let mut sides: FxHashMap<&str, u32> = FxHashMap::default();
    for mention in mentions.iter() {
        if let (Party::Listed(index), Naming::Name | Naming::Force) = (&mention.party, mention.naming) {
            *named.entry(*index).or_default() += 1;
            let side = book.actors[*index].side.as_str();
            if !side.is_empty() {
                *sides.entry(side).or_default() += 1;
            }
        }
    }
    for (at, candidates) in ambiguous {
        let score = |index: usize| {
            let actor = &book.actors[index];
            let seen = |country: &str| countries.get(country).copied().unwrap_or(0);
            let area = actor.area.iter().map(|country| seen(country)).max().unwrap_or(0);
            let known = named.get(&index).copied().unwrap_or(0);
            if area == 0 && known == 0 {
                return 0;
            }
            known * 6 + area * 2 + seen(&actor.country).min(area) + sides.get(actor.side.as_str()).copied().unwrap_or(0)
        };
        let mut best: Option<(u32, usize)> = None;
        for &candidate in candidates {
            let value = score(candidate);
            if value > best.map_or(0, |(top, _)| top) {
                best = Some((value, candidate));
            }
        }
        // Where nothing in the report points to one of them, the words keep what they mean anywhere,
        // or stay without a party.
        if let Some((_, index)) = best {
            mentions[*at].party = Party::Listed(index);
            mentions[*at].naming = Naming::Ambiguous;
        }
    }
}

/// «الشرطة», «شرطي»: of the country that the report tells of most.
fn police_of_the_country(
    analysis: &Analysis<'_>,
    mentions: &mut [ActorMention],
    book: &Codebook,
    countries: &Countries,
) {
    let Some(any) = book.actors.iter().position(|actor| actor.key == SECURITY_FORCES) else { return };
    let most =
        countries.iter().filter(|(country, _)| !country.is_empty()).max_by_key(|(country, seen)| (*seen, *country));
    let Some((country, _)) = most else { return };
    let police = book
        .adjectives
        .iter()
        .find(|adjective| adjective.country == *country && !adjective.police.is_empty())
        .and_then(|adjective| party(book, &adjective.police));
    let Some(police) = police else { return };
    for mention in mentions.iter_mut().filter(|mention| mention.party == Party::Listed(any)) {
        let told = mention.words.clone().any(|word| analysis.text.norm(word).contains("شرط"));
        if told {
            mention.party = police.clone();
        }
    }
}

/// Security of the country told of.
const SECURITY_FORCES: &str = "security_forces";

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
        return people.map(|hit| (person(analysis, book, hit), None));
    }
    if let Some(hit) = analysis.kind_at(i, Kind::Force) {
        let entry = &book.forces[hit.index];
        if matches!(entry.class, ForceClass::Act | ForceClass::None) {
            return None; // the adjective after it is a mention of its own
        }
        if let Some(found) = force(analysis, book, hit, entry.class, entry.at) {
            return Some((found, None));
        }
    }
    if let Some(hit) = analysis.kind_at(i, Kind::Person) {
        return (book.persons[hit.index].key != PersonKey::None).then(|| (person(analysis, book, hit), None));
    }
    if let Some(hit) = analysis.kind_at(i, Kind::Adjective) {
        return adjective(analysis, book, hit).map(|mention| (mention, None));
    }
    if let Some(hit) = analysis.kind_at(i, Kind::Toll) {
        return victims(analysis, book, hit).map(|mention| (mention, None));
    }
    None
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
    let quoted = hit.end < count && text.gap(hit.end).any(Gap::QUOTE);
    if class == ForceClass::Group || class == ForceClass::WeakGroup && quoted {
        return group(analysis, hit, at);
    }
    None
}

/// A group noun with a name that the codebook does not know.
fn group(analysis: &Analysis<'_>, hit: &Hit, at: At) -> Option<ActorMention> {
    let text = &analysis.text;
    let count = text.words().len();
    let start = hit.end;
    if start >= count || !text.gap(start).only(Gap::INSIDE_NAME) || text.words()[start].kind != WordKind::Arabic {
        return None;
    }
    let known = |word: usize| analysis.at(word).any(|h| !matches!(h.kind, Kind::Number | Kind::Cue));
    let quoted = text.gap(start).any(Gap::QUOTE);
    let mut end = start;
    while end < count && end < start + 4 && (end == start || text.gap(end).only(Gap::INSIDE_NAME)) {
        if end > start && quoted && text.gap(end).any(Gap::QUOTE) {
            break;
        }
        let word = text.norm(end);
        if !quoted && (known(end) || word.len() <= 6 || end > start && !word.starts_with(ARTICLE)) {
            break;
        }
        end += 1;
    }
    if end == start {
        return None;
    }
    let name = crate::transcribe::transcribe(text.slice(text.span(hit.start..end)));
    Some(ActorMention {
        words: hit.start..end,
        clitics: hit.clitics,
        party: Party::Other(name),
        naming: Naming::Group,
        number: Number::Many,
        force: Some(ForceClass::Group),
        entry: at,
    })
}

/// «سقوط 32 قتيلا», «خلف شهداء»: counted dead of whom nothing more is said are civilians.
fn victims(analysis: &Analysis<'_>, book: &Codebook, hit: &Hit) -> Option<ActorMention> {
    let text = &analysis.text;
    let counted = hit.start > 0
        && (analysis.kind_at(hit.start - 1, Kind::Number).is_some()
            || text.words()[hit.start - 1].kind == WordKind::Number);
    if !book.tolls[hit.index].person || !counted {
        return None;
    }
    // «قتيلا من الفصيل», «قتيلا في صفوفه», «قتيلا مدنيا», «وجرحى من …»: whose they are follows.
    let told = (hit.end..(hit.end + 4).min(text.words().len()))
        .take_while(|&at| text.gap(at).only(Gap::INSIDE_NAME))
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
    let civilians = book.actors.iter().position(|actor| actor.key == "civilians")?;
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
        PersonKey::Fighter => {
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
    let plural = hit.form.number() != Number::One && !analysis.text.norm(hit.start).ends_with("ات");
    let people = (counted || plural) && !entry.people.is_empty();
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
