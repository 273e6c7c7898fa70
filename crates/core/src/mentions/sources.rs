//! Speakers: who says what a sentence says.

use std::ops::Range;

use maydani_text::{ARTICLE, Clitics, Gap, article};

use super::actors::{ActorMention, Naming, Party};
use crate::analysis::Analysis;
use crate::codebook::{At, Codebook, Kind, PersonKey, ReportingKind, Source, TitleKind, WordClass};
use crate::record::SourceKind;
use crate::transcribe::transcribe;

/// A speaker and what it governs.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The naming passage.
    pub words: Range<usize>,
    /// What was peeled off its first word.
    pub clitics: Clitics,
    /// Key of the codebook or `other:English name`.
    pub key: String,
    /// English name.
    pub name: String,
    /// What kind of speaker.
    pub kind: SourceKind,
    /// How it speaks.
    pub reporting: ReportingKind,
    /// The word of reporting.
    pub verb: usize,
    /// The sentences that it governs.
    pub sentences: Range<usize>,
    /// An outlet that quotes it.
    pub via: Option<Box<Claim>>,
    /// The entry that gave it.
    pub entry: At,
}

impl Claim {
    /// A speaker alone: its verb and the sentences that it governs are told by whoever found it.
    fn says(words: Range<usize>, clitics: Clitics, key: String, name: String, kind: SourceKind, entry: At) -> Self {
        let verb = words.start;
        Self { words, clitics, key, name, kind, reporting: ReportingKind::Say, verb, sentences: 0..0, via: None, entry }
    }
}

/// How far from a verb of reporting its speaker stands.
const REACH: usize = 10;

/// Finds the claims of a report.
#[must_use]
pub fn find(analysis: &Analysis<'_>, book: &Codebook, actors: &[ActorMention]) -> Vec<Claim> {
    let mut out: Vec<Claim> = Vec::new();
    let sentences = analysis.text.sentences();
    for (number, sentence) in sentences.iter().enumerate() {
        let before = out.len();
        if let Some(claim) = heading(analysis, book, actors, number, sentence) {
            out.push(claim);
        }
        let mut i = sentence.start;
        while i < sentence.end {
            let Some(hit) = analysis.kind_at(i, Kind::Reporting) else {
                i += 1;
                continue;
            };
            let entry = &book.reporting[hit.index];
            // Whoever condemns an act is not the source of it.
            if matches!(entry.kind, ReportingKind::Condemn | ReportingKind::Outlet) {
                i = hit.end;
                continue;
            }
            let office = || office_after(analysis, book, actors, hit.end..sentence.end, entry.kind);
            let found = if entry.kind == ReportingKind::Continue {
                speaker_within(analysis, book, actors, hit.end, sentence.end.min(hit.end + 5))
            } else {
                let before = !matches!(entry.kind, ReportingKind::According | ReportingKind::Quote);
                let from = sentence.start.max(i.saturating_sub(6));
                office()
                    .or_else(|| speaker_within(analysis, book, actors, hit.end, sentence.end.min(hit.end + REACH)))
                    .or_else(|| {
                        matches!(entry.kind, ReportingKind::Say | ReportingKind::Confirm)
                            .then(|| witness_after(analysis, book, hit.end, sentence.end))
                            .flatten()
                    })
                    .or_else(|| before.then(|| office_before(analysis, book, actors, sentence.start, i)).flatten())
                    .or_else(|| before.then(|| speaker_before(analysis, book, actors, from, i)).flatten())
            };
            match found {
                Some(speaker) => {
                    let quoted_by = out[before..].iter().position(|claim| {
                        claim.kind == SourceKind::Media
                            && speaker.kind != SourceKind::Media
                            && analysis.is(speaker.words.start.saturating_sub(1), WordClass::About)
                    });
                    let via = quoted_by.map(|at| Box::new(out.remove(before + at)));
                    out.push(Claim { reporting: entry.kind, verb: i, sentences: number..number + 1, via, ..speaker });
                }
                // «وأضاف»: the speaker of the sentence before goes on.
                None if matches!(
                    entry.kind,
                    ReportingKind::Continue | ReportingKind::Say | ReportingKind::Confirm | ReportingKind::Turn
                ) =>
                {
                    if let Some(last) = out[..before].last().filter(|last| last.sentences.end + 2 > number).cloned() {
                        out.push(Claim { verb: i, sentences: number..number + 1, via: None, ..last });
                    }
                }
                None => {}
            }
            i = hit.end;
        }
    }
    out
}

/// «المرصد: …», «مراسل حلب اليوم: …».
fn heading(
    analysis: &Analysis<'_>,
    book: &Codebook,
    actors: &[ActorMention],
    number: usize,
    sentence: &Range<usize>,
) -> Option<Claim> {
    let colon =
        (sentence.start + 1..sentence.end.min(sentence.start + 8)).find(|&at| analysis.text.gap(at).any(Gap::COLON))?;
    let speaker = office_at(analysis, book, actors, sentence.start, sentence.end, false)
        .filter(|office| office.words.end == colon)
        .or_else(|| speaker_before(analysis, book, actors, sentence.start, colon))?;
    Some(Claim { reporting: ReportingKind::Say, verb: colon, sentences: number..number + 1, ..speaker })
}

fn speaker_within(
    analysis: &Analysis<'_>,
    book: &Codebook,
    actors: &[ActorMention],
    from: usize,
    to: usize,
) -> Option<Claim> {
    for at in from..to {
        let gap = analysis.text.gap(at);
        if at > from && gap.any(Gap::STOP.and(Gap::COLON).and(Gap::LINE).and(Gap::SEMICOLON)) {
            return None;
        }
        // The words said begin here.
        if analysis.is(at, WordClass::ThatSpeech) {
            return None;
        }
        if let Some(claim) = speaker_at(analysis, book, actors, at, to) {
            return Some(claim);
        }
    }
    None
}

fn speaker_before(
    analysis: &Analysis<'_>,
    book: &Codebook,
    actors: &[ActorMention],
    from: usize,
    to: usize,
) -> Option<Claim> {
    (from..to).find_map(|at| speaker_at(analysis, book, actors, at, to).filter(|claim| claim.words.end <= to))
}

/// How many words a speaker's office and name may take.
const OFFICE: usize = 14;

/// «وأوضح مدير صحة المدينة الدكتور فلان أن …»: the subject of a verb of reporting is who holds the
/// office that follows it at once.
fn office_after(
    analysis: &Analysis<'_>,
    book: &Codebook,
    actors: &[ActorMention],
    after: Range<usize>,
    kind: ReportingKind,
) -> Option<Claim> {
    let mut at = after.start;
    while at < after.end && at < after.start + 7 && !analysis.text.gap(at).any(Gap::STOP.and(Gap::LINE).and(Gap::COLON))
    {
        // «وفقا لمحافظ المدينة»: the preposition belongs to the formula.
        let governed = at == after.start && kind == ReportingKind::According;
        if let Some(office) = office_at(analysis, book, actors, at, after.end, governed) {
            return Some(office);
        }
        at = after_aside(analysis, book, at)?;
    }
    None
}

/// «وقال والد الطفل إن …»: somebody without an office tells what he saw.
fn witness_after(analysis: &Analysis<'_>, book: &Codebook, at: usize, end: usize) -> Option<Claim> {
    if at >= end || !analysis.text.gap(at).only(Gap::INSIDE_NAME) {
        return None;
    }
    let hit = analysis.kind_at(at, Kind::Person).filter(|hit| hit.clitics.preposition.is_none())?;
    let person = &book.persons[hit.index];
    if !matches!(&person.key, PersonKey::Actor(key) if key != "unidentified_armed_group") {
        return None;
    }
    let mut until = hit.end;
    while until < end
        && until < hit.end + 4
        && analysis.text.gap(until).only(Gap::INSIDE_NAME)
        && !ends_office(analysis, book, until)
    {
        until += 1;
    }
    // What he says follows at once.
    let says = until < end
        && (analysis.text.gap(until).any(Gap::COLON.and(Gap::QUOTE)) || analysis.is(until, WordClass::ThatWitness));
    if !says {
        return None;
    }
    let name = transcribe(analysis.text.slice(analysis.text.span(at..until)));
    let key = format!("other:{name}");
    Some(Claim::says(at..until, hit.clitics, key, name, SourceKind::Witness, person.at))
}

/// «وكان محافظ المدينة فلان قد أعلن …».
fn office_before(
    analysis: &Analysis<'_>,
    book: &Codebook,
    actors: &[ActorMention],
    start: usize,
    verb: usize,
) -> Option<Claim> {
    let last = if verb > start && analysis.is(verb - 1, WordClass::Had) { verb - 1 } else { verb };
    (start.max(verb.saturating_sub(OFFICE))..last).find_map(|at| {
        office_at(analysis, book, actors, at, last, false)
            .or_else(|| speaker_at(analysis, book, actors, at, last))
            .filter(|speaker| speaker.words.end == last)
    })
}

/// Where the words go on after a word that stands between a verb of reporting and its subject.
fn after_aside(analysis: &Analysis<'_>, book: &Codebook, at: usize) -> Option<usize> {
    if let Some(hit) = analysis.kind_at(at, Kind::Reporting)
        && book.reporting[hit.index].kind == ReportingKind::Turn
    {
        return Some(hit.end);
    }
    // «لـ«الصحيفة»», the preposition written apart.
    if analysis.is(at, WordClass::To) && at + 1 < analysis.text.words().len() {
        return Some(at + 2);
    }
    let outlet = analysis
        .kind_at(at, Kind::Source)
        .or_else(|| analysis.kind_at(at, Kind::AmbiguousSource))
        .filter(|hit| hit.clitics.preposition.is_some() && book.sources[hit.index].kind == SourceKind::Media);
    outlet.map(|hit| hit.end).or_else(|| analysis.is(at, WordClass::Time).then_some(at + 1))
}

/// A word that a speaker's name and office cannot hold: what is said begins, or something else.
fn ends_office(analysis: &Analysis<'_>, book: &Codebook, at: usize) -> bool {
    let word = analysis.text.norm(at);
    analysis.is(at, WordClass::Time)
        // «على», not «علي».
        || analysis.text.slice(analysis.text.span(at..at + 1)) == "على"
        || analysis.is(at, WordClass::EndsOffice)
        || analysis.at(at).any(|hit| match hit.kind {
            Kind::Reporting | Kind::Toll => true,
            // «منظمة التحرير»: in the genitive part of a name; «المجلس التفجير» is its object.
            Kind::Event => {
                let bound = at > 0 && !article::begins(analysis.text.norm(at - 1), article::ALONE_OR_AFTER_LI);
                !(bound && word.starts_with(ARTICLE))
            }
            // «لوكالة كذا»: to whom it was said.
            Kind::Source | Kind::AmbiguousSource => {
                hit.clitics.preposition.is_some() && book.sources[hit.index].kind == SourceKind::Media
            }
            Kind::Title => {
                hit.clitics.preposition.is_some()
                    && matches!(book.titles[hit.index].kind, TitleKind::Outlet | TitleKind::Staff)
            }
            _ => false,
        })
}

/// The army whose office a speaker holds.
fn army_of(analysis: &Analysis<'_>, book: &Codebook, words: Range<usize>) -> Option<(String, String)> {
    let military = words.clone().any(|word| analysis.is(word, WordClass::Army));
    if !military {
        return None;
    }
    let mut words = words;
    let adjective = words.find_map(|word| analysis.kind_at(word, Kind::Adjective))?;
    let actor = book.actor(&book.adjectives[adjective.index].force)?;
    Some((actor.key.clone(), actor.name.clone()))
}

/// The name of a body goes on: one word in the genitive («سلطات المدينة»), then what agrees with it.
/// «أعلنت وزارة الدفاع حصيلة …» has the object after it.
fn goes_on(analysis: &Analysis<'_>, after: usize, at: usize) -> bool {
    let definite = |word: usize| article::begins(analysis.text.norm(word), article::AFTER_FREQUENT);
    definite(at)
        || at == after && !definite(at - 1)
        || analysis.is(at, WordClass::In)
        || analysis.is(at - 1, WordClass::In)
        || analysis.at(at).any(|hit| hit.clitics.preposition.is_some())
}

/// Who holds an office, as it stands in the text: the office with the name after it, or a name with
/// the office after it («فلان الفلاني محافظ المدينة»). Of a listed party or speaker the key is theirs.
fn office_at(
    analysis: &Analysis<'_>,
    book: &Codebook,
    actors: &[ActorMention],
    at: usize,
    limit: usize,
    governed: bool,
) -> Option<Claim> {
    let text = &analysis.text;
    // Who is listed is found under the listed name.
    let listed = analysis.kind_at(at, Kind::Source).is_some()
        || mention_at(actors, at).is_some_and(|mention| {
            matches!(mention.naming, Naming::Name | Naming::Ambiguous) && mention.party != Party::Fighter
        });
    if at >= limit || listed {
        return None;
    }
    let speaks = |word: usize| {
        analysis.kind_at(word, Kind::Title).filter(|hit| {
            (governed || hit.clitics.preposition.is_none())
                && matches!(
                    book.titles[hit.index].kind,
                    TitleKind::Speaker | TitleKind::Body | TitleKind::Rank | TitleKind::Honorific
                )
        })
    };
    let unknown = |word: usize| {
        text.words()[word].kind == maydani_text::WordKind::Arabic
            && analysis.at(word).all(|hit| matches!(hit.kind, Kind::Number | Kind::Means))
            && !ends_office(analysis, book, word)
    };
    let hit = speaks(at).or_else(|| {
        // A name of up to four words that nothing lists, then the office.
        let mut word = at;
        while word < limit && word < at + 5 && unknown(word) && (word == at || text.gap(word).only(Gap::INSIDE_NAME)) {
            word += 1;
        }
        (word > at && word < limit && text.gap(word).only(Gap::INSIDE_NAME.and(Gap::COMMA)))
            .then(|| speaks(word))
            .flatten()
            .filter(|hit| book.titles[hit.index].kind == TitleKind::Speaker)
    })?;
    let title = &book.titles[hit.index];
    let mut end = hit.end;
    while end < limit
        && end < at + OFFICE
        && text.gap(end).only(Gap::INSIDE_NAME)
        && (!ends_office(analysis, book, end) || analysis.is(end, WordClass::About) && end == hit.end)
        && (title.kind != TitleKind::Body || goes_on(analysis, hit.end, end))
    {
        end += 1;
    }
    let mut party = None;
    for word in at..end {
        let owner = analysis
            .kind_at(word, Kind::Source)
            .filter(|hit| !book.sources[hit.index].key.starts_with("other:") && book.sources[hit.index].key != "none");
        if let Some(owner) = owner {
            let source = &book.sources[owner.index];
            party = Some((source.key.clone(), source.name.clone(), source.kind, owner.end));
            break;
        }
        if let Some(mention) = mention_at(actors, word)
            && let Some((key, name, kind)) = as_speaker(book, mention)
        {
            party = Some((key, name, kind, mention.words.end));
            break;
        }
    }
    let bare = end == hit.end && hit.start == at && hit.end == hit.start + 1;
    let (key, name, kind) = match party {
        Some((key, name, kind, until)) => {
            end = end.max(until);
            (key, name, kind)
        }
        // «المتحدث العسكري المصري», «وزير الدفاع …»: of the army of the country in the adjective.
        None if let Some((key, name)) = army_of(analysis, book, at..end) => (key, name, SourceKind::Official),
        // «وقال العميد ...», «قال المتحدث ...»: whose, the text has said before.
        None if bare => return None,
        None => {
            let name = transcribe(text.slice(text.span(at..end)));
            let office = (at..end)
                .filter_map(|word| analysis.kind_at(word, Kind::Title))
                .any(|hit| book.titles[hit.index].kind != TitleKind::Honorific);
            let kind = if office { SourceKind::Official } else { SourceKind::Local };
            (format!("other:{name}"), name, kind)
        }
    };
    let clitics = if hit.start == at { hit.clitics } else { maydani_text::Clitics::default() };
    Some(Claim::says(at..end, clitics, key, name, kind, title.at))
}

fn speaker_at(
    analysis: &Analysis<'_>,
    book: &Codebook,
    actors: &[ActorMention],
    at: usize,
    to: usize,
) -> Option<Claim> {
    let listed = |source: &Source, words, clitics| {
        Claim::says(words, clitics, source.key.clone(), source.name.clone(), source.kind, source.at)
    };
    let ambiguous = || {
        let titled = at.checked_sub(1).is_some_and(|before| analysis.kind_at(before, Kind::Title).is_some());
        analysis.kind_at(at, Kind::AmbiguousSource).filter(|_| titled || analysis.text.gap(at).any(Gap::QUOTE))
    };
    if let Some(hit) = analysis.kind_at(at, Kind::Source).or_else(ambiguous) {
        let source = &book.sources[hit.index];
        if source.key == "none" {
            return None;
        }
        return Some(listed(source, hit.start..hit.end, hit.clitics));
    }
    if let Some(hit) = analysis.kind_at(at, Kind::Title) {
        let title = &book.titles[hit.index];
        // Whose speaker: the next party or source.
        for next in hit.end..(hit.end + 5).min(to.max(hit.end + 5)).min(analysis.text.words().len()) {
            if analysis.text.gap(next).any(Gap::STOP.and(Gap::COMMA).and(Gap::COLON).and(Gap::LINE)) {
                break;
            }
            if let Some(source) =
                analysis.kind_at(next, Kind::Source).or_else(|| analysis.kind_at(next, Kind::AmbiguousSource))
            {
                return Some(listed(&book.sources[source.index], hit.start..source.end, hit.clitics));
            }
            if let Some(mention) = mention_at(actors, next)
                && let Some((key, name, kind)) = as_speaker(book, mention)
            {
                return Some(Claim::says(hit.start..mention.words.end, hit.clitics, key, name, kind, mention.entry));
            }
        }
        if title.kind == TitleKind::Outlet
            && hit.end < analysis.text.words().len()
            && analysis.text.gap(hit.end).only(Gap::INSIDE_NAME)
        {
            let quoted = analysis.text.gap(hit.end).any(Gap::QUOTE);
            let mut end = hit.end + 1;
            while quoted
                && end < (hit.end + 4).min(analysis.text.words().len())
                && !analysis.text.gap(end).any(Gap::QUOTE)
            {
                end += 1;
            }
            let name = transcribe(analysis.text.slice(analysis.text.span(hit.end..end)));
            let key = format!("other:{name}");
            return Some(Claim::says(hit.start..end, hit.clitics, key, name, SourceKind::Media, title.at));
        }
    }
    let mention = mention_at(actors, at)?;
    let (key, name, kind) = as_speaker(book, mention)?;
    Some(Claim::says(mention.words.clone(), mention.clitics, key, name, kind, mention.entry))
}

fn mention_at(actors: &[ActorMention], word: usize) -> Option<&ActorMention> {
    let at = actors.partition_point(|mention| mention.words.end <= word);
    actors.get(at).filter(|mention| mention.words.start == word)
}

/// A party as speaker: a state's is official, any other an armed group.
fn as_speaker(book: &Codebook, mention: &ActorMention) -> Option<(String, String, SourceKind)> {
    if !matches!(mention.naming, Naming::Name | Naming::Force | Naming::Ambiguous | Naming::Group) {
        return None;
    }
    match &mention.party {
        Party::Listed(index) => {
            let actor = &book.actors[*index];
            if actor.kind.unarmed() {
                return None;
            }
            let kind = if actor.kind.governmental() { SourceKind::Official } else { SourceKind::ArmedGroup };
            Some((actor.key.clone(), actor.name.clone(), kind))
        }
        Party::Other(name) => Some((format!("other:{name}"), name.clone(), SourceKind::ArmedGroup)),
        Party::Fighter => None,
    }
}
