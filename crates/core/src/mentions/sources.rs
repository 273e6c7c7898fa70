//! Speakers: who says what a sentence says.

use std::ops::Range;

use maydani_text::{Clitics, Gap};

use super::actors::{ActorMention, Naming, Party};
use crate::analysis::Analysis;
use crate::codebook::{At, Codebook, Kind, ReportingKind, Source, TitleKind};
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
            let found = if entry.kind == ReportingKind::Continue {
                speaker_within(analysis, book, actors, hit.end, sentence.end.min(hit.end + 5))
            } else {
                speaker_within(analysis, book, actors, hit.end, sentence.end.min(hit.end + REACH)).or_else(|| {
                    let from = sentence.start.max(i.saturating_sub(6));
                    (!matches!(entry.kind, ReportingKind::According | ReportingKind::Quote))
                        .then(|| speaker_before(analysis, book, actors, from, i))
                        .flatten()
                })
            };
            match found {
                Some(speaker) => {
                    let quoted_by = out[before..].iter().position(|claim| {
                        claim.kind == SourceKind::Media
                            && speaker.kind != SourceKind::Media
                            && analysis.text.norm(speaker.words.start.saturating_sub(1)) == "عن"
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
    let speaker = speaker_before(analysis, book, actors, sentence.start, colon)?;
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
        if matches!(analysis.text.norm(at), "ان" | "انه" | "انها" | "انهم" | "بان" | "بانه") {
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

fn speaker_at(
    analysis: &Analysis<'_>,
    book: &Codebook,
    actors: &[ActorMention],
    at: usize,
    to: usize,
) -> Option<Claim> {
    let claim = |words: Range<usize>, clitics, key: String, name: String, kind, entry| Claim {
        words,
        clitics,
        key,
        name,
        kind,
        reporting: ReportingKind::Say,
        verb: at,
        sentences: 0..0,
        via: None,
        entry,
    };
    let listed = |source: &Source, words, clitics| {
        claim(words, clitics, source.key.clone(), source.name.clone(), source.kind, source.at)
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
                return Some(claim(hit.start..mention.words.end, hit.clitics, key, name, kind, mention.entry));
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
            return Some(claim(
                hit.start..end,
                hit.clitics,
                format!("other:{name}"),
                name,
                SourceKind::Media,
                title.at,
            ));
        }
    }
    let mention = mention_at(actors, at)?;
    let (key, name, kind) = as_speaker(book, mention)?;
    Some(claim(mention.words.clone(), mention.clitics, key, name, kind, mention.entry))
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
