//! Whose a word is by the report around it: which of several parties of one name, whose police, army, government.

use maydani_text::inflect::Number;
use rustc_hash::FxHashMap;

use super::{ActorMention, Countries, Naming, Party, SECURITY_FORCES, party, person};
use crate::analysis::Analysis;
use crate::codebook::{Codebook, ForceClass, Kind, PersonKey, WordClass};

/// The government of the country told of, until that is known.
pub(super) const GOVERNMENT: &str = "Government";

/// How many words may stand between a soldier and the side that the text tells: «جنود من لواء تابع للجيش».
const OWN: usize = 3;

/// Settles what the words alone leave open.
pub(super) fn settle(
    analysis: &Analysis<'_>,
    book: &Codebook,
    mentions: &mut [ActorMention],
    ambiguous: &[(usize, Vec<usize>)],
    countries: &Countries,
) {
    let home = Home::of(book, countries);
    resolve(analysis, book, mentions, ambiguous, countries, &home);
    police_of_the_country(analysis, book, mentions, &home);
    soldiers(analysis, book, mentions, &home);
    for mention in mentions.iter_mut() {
        if mention.party == Party::Other(GOVERNMENT.to_owned()) {
            mention.party = home.government();
        }
    }
}

/// The country that the report tells of most, as far as adjectives.tsv knows it.
#[derive(Default)]
struct Home {
    country: String,
    name: String,
    seen: u32,
    army: Option<Party>,
    police: Option<Party>,
}

impl Home {
    fn of(book: &Codebook, countries: &Countries) -> Self {
        let most =
            countries.iter().filter(|(country, _)| !country.is_empty()).max_by_key(|(country, seen)| (*seen, *country));
        let Some((country, seen)) = most else { return Self::default() };
        let adjective = book.adjectives.iter().find(|adjective| adjective.country == *country);
        let Some(adjective) = adjective else { return Self::default() };
        let key = |key: &str| (!key.is_empty()).then(|| party(book, key)).flatten();
        Self {
            country: country.clone(),
            name: adjective.country_en.clone(),
            seen: *seen,
            // «قتل جندي» in Gaza is no fighter of a Palestinian faction.
            army: key(&adjective.force).filter(|army| match army {
                Party::Listed(index) => book.actors[*index].kind.governmental(),
                _ => true,
            }),
            police: key(&adjective.police),
        }
    }

    fn government(&self) -> Party {
        Party::Other(if self.name.is_empty() { GOVERNMENT.to_owned() } else { format!("Government of {}", self.name) })
    }
}

/// Chooses among the parties that an ambiguous name may mean.
fn resolve(
    analysis: &Analysis<'_>,
    book: &Codebook,
    mentions: &mut [ActorMention],
    ambiguous: &[(usize, Vec<usize>)],
    countries: &Countries,
    home: &Home,
) {
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
    let seen = |country: &str| countries.get(country).copied().unwrap_or(0);
    let area = |index: usize| book.actors[index].area.iter().map(|country| seen(country)).max().unwrap_or(0);
    for (at, candidates) in ambiguous {
        if let Some(speaker) = own_forces(analysis, mentions, *at) {
            mentions[*at].party = speaker;
            mentions[*at].naming = Naming::Ambiguous;
            continue;
        }
        let score = |index: usize| {
            let actor = &book.actors[index];
            let area = area(index);
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
        let mention = &mut mentions[*at];
        match best {
            // «الشرطة» of a country that no candidate is at home in.
            Some((_, index))
                if book.actors[index].country != home.country
                    && !named.contains_key(&index)
                    && home.seen > area(index) * 2 =>
            {
                match local(analysis, book, mention, home) {
                    Some(party) => mention.party = party,
                    None => mention.party = Party::Listed(index),
                }
                mention.naming = Naming::Ambiguous;
            }
            Some((_, index)) => {
                mention.party = Party::Listed(index);
                mention.naming = Naming::Ambiguous;
            }
            // Where nothing in the report points to one of them, the words keep what they mean anywhere.
            None if mention.party == Party::Fighter => unlisted(analysis, book, mention, candidates, home),
            None => {}
        }
    }
}

/// «الجيش: قواتنا تتصدى للهجوم»: the forces of the party that is named before them, which speaks.
fn own_forces(analysis: &Analysis<'_>, mentions: &[ActorMention], at: usize) -> Option<Party> {
    let words = &mentions[at].words;
    if words.len() != 1 || !analysis.is(words.start, WordClass::OurForces) {
        return None;
    }
    let sentence = analysis.sentence_range(words.start);
    let named = |mention: &&ActorMention| {
        sentence.contains(&mention.words.start) && matches!(mention.naming, Naming::Name | Naming::Force)
    };
    mentions[..at].iter().rev().find(named).map(|mention| mention.party.clone())
}

/// What forces.tsv says of a name that actors.tsv gives to several: the police, the army, the government of the country told of.
fn local(analysis: &Analysis<'_>, book: &Codebook, mention: &ActorMention, home: &Home) -> Option<Party> {
    let hit = analysis.kind_at(mention.words.start, Kind::Force).filter(|hit| hit.end == mention.words.end)?;
    match book.forces[hit.index].class {
        ForceClass::Police => home.police.clone().or_else(|| party(book, SECURITY_FORCES)),
        ForceClass::Force => home.army.clone(),
        ForceClass::Government => Some(home.government()),
        _ => None,
    }
}

/// An ambiguous name of none of those that actors.tsv knows.
fn unlisted(analysis: &Analysis<'_>, book: &Codebook, mention: &mut ActorMention, candidates: &[usize], home: &Home) {
    if let Some(party) = local(analysis, book, mention, home) {
        mention.party = party;
        return;
    }
    // «فرق الإنقاذ», «النظام الجديد»: no party.
    let barred = |hit: &&crate::analysis::Hit| hit.end == mention.words.end;
    if analysis
        .kind_at(mention.words.start, Kind::Force)
        .filter(barred)
        .is_some_and(|hit| matches!(book.forces[hit.index].class, ForceClass::None | ForceClass::Side))
    {
        return;
    }
    // «الشباب», «طالبان»: people, where they are no party.
    let people = analysis.kind_at(mention.words.start, Kind::Person).filter(|hit| {
        // «المتمردون» are a side, if none that is known.
        hit.end == mention.words.end && book.persons[hit.index].key != PersonKey::Fighter
    });
    if let Some(hit) = people {
        // «طالبان»: two students beside other victims only.
        let two = book.persons[hit.index].number == Number::Two;
        match candidates {
            [one] if two && !beside_victims(analysis, mention) => mention.party = Party::Listed(*one),
            _ if book.persons[hit.index].key == PersonKey::None => {}
            _ => *mention = person(analysis, book, hit),
        }
        return;
    }
    let name = book.english.name(analysis.text.slice(analysis.text.span(mention.words.clone())));
    mention.party = Party::Other(name);
}

/// Whether people are told of right before: «بينهم طالبان», «قتل طالبان», «معلم وطالبان».
fn beside_victims(analysis: &Analysis<'_>, mention: &ActorMention) -> bool {
    let Some(before) = mention.words.start.checked_sub(1) else { return false };
    mention.clitics.conjunction && analysis.kind_at(before, Kind::Person).is_some()
        || analysis.is(before, WordClass::PartOf)
        || analysis.at(before).any(|hit| matches!(hit.kind, Kind::Toll | Kind::Number))
}

/// «الشرطة», «شرطي»: of the country that the report tells of most.
fn police_of_the_country(analysis: &Analysis<'_>, book: &Codebook, mentions: &mut [ActorMention], home: &Home) {
    let Some(any) = book.actors.iter().position(|actor| actor.key == SECURITY_FORCES) else { return };
    let Some(police) = &home.police else { return };
    for mention in mentions.iter_mut().filter(|mention| mention.party == Party::Listed(any)) {
        let told = mention.words.clone().any(|word| analysis.is(word, WordClass::Police));
        if told {
            mention.party = police.clone();
        }
    }
}

/// «جندي», «ضابط» whose side the text does not tell: of the army that the report names, or of the country it tells of.
fn soldiers(analysis: &Analysis<'_>, book: &Codebook, mentions: &mut [ActorMention], home: &Home) {
    let mut named: FxHashMap<&Party, u32> = FxHashMap::default();
    for mention in mentions.iter() {
        let told = matches!(mention.naming, Naming::Name | Naming::Force | Naming::Ambiguous);
        if told && is_army(book, &mention.party) {
            *named.entry(&mention.party).or_default() += 1;
        }
    }
    // One that is named far more often than all others together is the one whose soldiers need no name.
    let all: u32 = named.values().sum();
    let army = match named.into_iter().max_by_key(|&(party, count)| (count, party)) {
        Some((party, count)) if count * 4 >= all * 3 => Some(party.clone()),
        Some(_) => None,
        None => home.army.clone(),
    };
    let Some(army) = army else { return };
    let open: Vec<usize> = (0..mentions.len())
        .filter(|&at| mentions[at].party == Party::Fighter && mentions[at].naming == Naming::Fighter)
        .filter(|&at| {
            analysis
                .kind_at(mentions[at].words.start, Kind::Person)
                .is_some_and(|hit| book.persons[hit.index].key == PersonKey::Army)
        })
        .filter(|&at| !tells_side(analysis, book, mentions, at))
        .collect();
    for at in open {
        mentions[at].party = army.clone();
    }
}

/// An army of a state: adjectives.tsv puts it on forces and not on police alone.
fn is_army(book: &Codebook, party: &Party) -> bool {
    match party {
        Party::Listed(index) => {
            let actor = &book.actors[*index];
            let key = &actor.key;
            actor.kind.governmental()
                && !actor.country.is_empty()
                && book.adjectives.iter().any(|adjective| adjective.force == *key)
        }
        _ => false,
    }
}

/// Whether the text tells the side of the soldiers it names: «جنود من الفصيل», «عنصر في صفوف الجيش».
fn tells_side(analysis: &Analysis<'_>, book: &Codebook, mentions: &[ActorMention], at: usize) -> bool {
    let end = mentions[at].words.end;
    let next = mentions.get(at + 1).filter(|next| next.party != Party::Fighter || next.naming == Naming::Ambiguous);
    let Some(next) = next.map(|next| next.words.start) else { return false };
    let noun = |word: usize| {
        analysis.kind_at(word, Kind::Force).is_some_and(|hit| book.forces[hit.index].class != ForceClass::Act)
    };
    next <= end + OWN
        && (end..next).all(|word| {
            analysis.is(word, WordClass::PartOf)
                || analysis.is(word, WordClass::ToVictims)
                || analysis.is(word, WordClass::Belonging)
                || analysis.is(word, WordClass::In)
                || noun(word)
        })
}
