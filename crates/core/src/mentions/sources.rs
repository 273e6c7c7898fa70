//! Speakers: who says what a sentence says.

mod named;
mod office;
mod speaker;

use std::ops::Range;

use maydani_text::{Clitics, Gap, Preposition, WordKind};

use rustc_hash::FxHashMap;

use super::actors::{ActorMention, Party};
use crate::analysis::{Analysis, Hit};
use crate::codebook::{At, Codebook, Kind, ReportingKind, WordClass};
use crate::record::SourceKind;

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

/// How far before a verb of reporting its speaker begins.
const BEFORE: usize = 8;

/// How far from the beginning of a line the colon after its speaker stands: «عاجل | مراسل كذا: …».
const HEADING: usize = 14;

/// Finds the claims of a report.
#[must_use]
pub fn find(analysis: &Analysis<'_>, book: &Codebook, actors: &[ActorMention]) -> Vec<Claim> {
    let finder = Finder { analysis, book, actors, country: country_of(book, actors) };
    let mut out = Vec::new();
    for (number, sentence) in analysis.text.sentences().iter().enumerate() {
        finder.sentence(number, sentence, &mut out);
    }
    out
}

struct Finder<'a, 't> {
    analysis: &'a Analysis<'t>,
    book: &'a Codebook,
    actors: &'a [ActorMention],
    /// The home of most of the parties.
    country: Option<&'a str>,
}

/// The country whose parties the report names most often.
fn country_of<'a>(book: &'a Codebook, actors: &[ActorMention]) -> Option<&'a str> {
    let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
    for mention in actors {
        if let Party::Listed(index) = mention.party {
            *counts.entry(book.actors[index].country.as_str()).or_default() += 1;
        }
    }
    counts.remove("");
    counts.into_iter().max_by_key(|&(country, count)| (count, country)).map(|(country, _)| country)
}

impl Finder<'_, '_> {
    /// Adds the claims of a sentence to those of the sentences before it.
    fn sentence(&self, number: usize, sentence: &Range<usize>, out: &mut Vec<Claim>) {
        let before = out.len();
        out.extend(self.heading(number, sentence));
        let mut i = sentence.start;
        while i < sentence.end {
            let Some(hit) = self.analysis.kind_at(i, Kind::Reporting) else {
                i += 1;
                continue;
            };
            i = hit.end;
            let kind = self.book.reporting[hit.index].kind;
            // Whoever condemns an act is not the source of it.
            if matches!(kind, ReportingKind::Condemn | ReportingKind::Outlet) || self.belongs(hit) {
                continue;
            }
            let sentences = number..number + 1;
            match self.speaker_of(hit, kind, sentence, out) {
                Some(speaker) => {
                    let handed_on = speaker.kind != SourceKind::Media
                        && self.analysis.is(speaker.words.start.saturating_sub(1), WordClass::About);
                    let quoted_by = out[before..].iter().position(|claim| handed_on && claim.kind == SourceKind::Media);
                    let via = quoted_by.map(|at| Box::new(out.remove(before + at)));
                    out.push(Claim { reporting: kind, verb: hit.start, sentences, via, ..speaker });
                }
                // «وأضاف»: the speaker of the sentence before goes on.
                None if matches!(
                    kind,
                    ReportingKind::Continue | ReportingKind::Say | ReportingKind::Confirm | ReportingKind::Turn
                ) =>
                {
                    let last = out[..before].last().filter(|last| last.sentences.end + 2 > number).cloned();
                    if let Some(speaker) = last.or_else(|| self.unnamed_after(hit)) {
                        out.push(Claim { verb: hit.start, sentences, via: None, ..speaker });
                    }
                }
                None => {}
            }
        }
    }

    /// «قافلة تابعة للهلال الأحمر»: whose it is, while «وتابع» goes on speaking.
    fn belongs(&self, hit: &Hit) -> bool {
        let to = |word: usize| {
            let hits = self.analysis.at(word).any(|hit| hit.clitics.preposition == Some(Preposition::Li));
            hits || self.analysis.text.norm(word).starts_with("لل")
        };
        !hit.clitics.conjunction
            && self.analysis.is(hit.start, WordClass::Belonging)
            && hit.end < self.analysis.text.words().len()
            && to(hit.end)
    }

    /// Who speaks by a word of reporting.
    fn speaker_of(&self, hit: &Hit, kind: ReportingKind, sentence: &Range<usize>, told: &[Claim]) -> Option<Claim> {
        // Whom nothing lists follows the verb at once, and nobody who is listed stands right before it;
        // «أخبروا» has its subject before it, «بين» is more often a preposition.
        let governs = matches!(kind, ReportingKind::According | ReportingKind::Quote);
        let before_it = || {
            (sentence.start.max(hit.start.saturating_sub(REACH))..hit.start)
                .find_map(|at| self.speaker_at(at, hit.start).filter(|speaker| speaker.words.end == hit.start))
                .filter(|speaker| speaker.kind != SourceKind::Media)
        };
        let adjoining =
            (!governs && !hit.clitics.conjunction && self.analysis.text.gap(hit.start).only(Gap::INSIDE_NAME))
                .then(before_it)
                .flatten();
        let free = adjoining.is_none()
            && !hit.form.plural_subject()
            && !(hit.start..hit.end)
                .any(|word| self.analysis.is(word, WordClass::Function) || self.analysis.is(word, WordClass::PartOf));
        let named = || {
            free.then(|| {
                self.ambiguous_at(hit.end)
                    .or_else(|| self.named_after(hit.end, sentence.end, kind, told))
                    .or_else(|| self.one_of_after(hit.end, kind))
            })
            .flatten()
        };
        if kind == ReportingKind::Continue {
            return self.speaker_within(hit.end, sentence.end.min(hit.end + 5)).or_else(named);
        }
        let after = || {
            self.office_after(hit.end..sentence.end, kind)
                .or_else(|| free.then(|| self.metonym_after(hit.end, kind)).flatten())
                .or_else(named)
                .or_else(|| {
                    let next = (hit.end < sentence.end).then(|| self.speaker_at(hit.end, hit.end + REACH)).flatten();
                    adjoining.clone().filter(|_| next.is_none())
                })
                .or_else(|| {
                    // «قال شقيقه للقناة»: the people, not to whom it was said.
                    let to = |speaker: &Claim| speaker.clitics.preposition.is_some() && !governs;
                    let listed = self.speaker_within(hit.end, sentence.end.min(hit.end + REACH));
                    let handed = listed.as_ref().is_some_and(to);
                    if handed && free { self.people_after(hit.end, kind).or(listed) } else { listed }
                })
        };
        let tells = matches!(kind, ReportingKind::Say | ReportingKind::Confirm | ReportingKind::According);
        let witness = || tells.then(|| self.witness_after(hit.end, sentence.end)).flatten();
        let people = || (tells && free).then(|| self.people_after(hit.end, kind)).flatten();
        let before = || {
            if governs {
                return None;
            }
            let from = sentence.start.max(hit.start.saturating_sub(BEFORE));
            self.office_before(sentence.start, hit.start)
                .or_else(|| self.ambiguous_before(sentence.start, hit.start))
                .or_else(|| self.speaker_before(from, hit.start))
                .or_else(|| self.metonym_before(sentence.start, hit.start))
        };
        after()
            .or_else(witness)
            .or_else(people)
            .or_else(before)
            .or_else(|| free.then(|| self.body_after(hit.end, kind)).flatten())
    }

    /// «المرصد: …», «مراسل حلب اليوم: …».
    fn heading(&self, number: usize, sentence: &Range<usize>) -> Option<Claim> {
        // «10:30 الوزارة: …»: a time of day has a colon of its own.
        let digits = |at: usize| self.analysis.text.words()[at].kind == WordKind::Number;
        let colon = (sentence.start + 1..sentence.end.min(sentence.start + HEADING))
            .find(|&at| self.analysis.text.gap(at).any(Gap::COLON) && !(digits(at - 1) && digits(at)))?;
        let from = (sentence.start..colon).find(|&at| !digits(at))?;
        let ends_there = |speaker: &Claim| speaker.words.end == colon;
        let near = colon < sentence.start + 8;
        let speaker = self
            .office_at(from, sentence.end, false)
            .filter(ends_there)
            .or_else(|| near.then(|| self.speaker_before(from, colon)).flatten())
            .or_else(|| {
                (from..colon).find_map(|at| {
                    let office = || self.office_at(at, colon, false).filter(ends_there);
                    self.speaker_at(at, colon).filter(ends_there).or_else(office)
                })
            })
            .or_else(|| self.ambiguous_before(from, colon))
            .or_else(|| self.body_before(from, colon))?;
        Some(Claim { reporting: ReportingKind::Say, verb: colon, sentences: number..number + 1, ..speaker })
    }
}
