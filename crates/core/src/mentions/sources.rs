//! Speakers: who says what a sentence says.

mod office;
mod speaker;

use std::ops::Range;

use maydani_text::{Clitics, Gap};

use super::actors::ActorMention;
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

/// Finds the claims of a report.
#[must_use]
pub fn find(analysis: &Analysis<'_>, book: &Codebook, actors: &[ActorMention]) -> Vec<Claim> {
    let finder = Finder { analysis, book, actors };
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
            if matches!(kind, ReportingKind::Condemn | ReportingKind::Outlet) {
                continue;
            }
            let sentences = number..number + 1;
            match self.speaker_of(hit, kind, sentence) {
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
                    if let Some(last) = out[..before].last().filter(|last| last.sentences.end + 2 > number).cloned() {
                        out.push(Claim { verb: hit.start, sentences, via: None, ..last });
                    }
                }
                None => {}
            }
        }
    }

    /// Who speaks by a word of reporting.
    fn speaker_of(&self, hit: &Hit, kind: ReportingKind, sentence: &Range<usize>) -> Option<Claim> {
        if kind == ReportingKind::Continue {
            return self.speaker_within(hit.end, sentence.end.min(hit.end + 5));
        }
        let after = || {
            self.office_after(hit.end..sentence.end, kind)
                .or_else(|| self.speaker_within(hit.end, sentence.end.min(hit.end + REACH)))
        };
        let witness = || {
            let tells = matches!(kind, ReportingKind::Say | ReportingKind::Confirm);
            tells.then(|| self.witness_after(hit.end, sentence.end)).flatten()
        };
        let before = || {
            if matches!(kind, ReportingKind::According | ReportingKind::Quote) {
                return None;
            }
            let from = sentence.start.max(hit.start.saturating_sub(6));
            self.office_before(sentence.start, hit.start).or_else(|| self.speaker_before(from, hit.start))
        };
        after().or_else(witness).or_else(before)
    }

    /// «المرصد: …», «مراسل حلب اليوم: …».
    fn heading(&self, number: usize, sentence: &Range<usize>) -> Option<Claim> {
        let colon = (sentence.start + 1..sentence.end.min(sentence.start + 8))
            .find(|&at| self.analysis.text.gap(at).any(Gap::COLON))?;
        let speaker = self
            .office_at(sentence.start, sentence.end, false)
            .filter(|office| office.words.end == colon)
            .or_else(|| self.speaker_before(sentence.start, colon))?;
        Some(Claim { reporting: ReportingKind::Say, verb: colon, sentences: number..number + 1, ..speaker })
    }
}
