//! Speakers by name: listed ones, parties, outlets after a title.

use maydani_text::Gap;

use super::{Claim, Finder};
use crate::codebook::{ForceClass, Kind, Source, TitleKind, WordClass};
use crate::mentions::actors::{ActorMention, Naming, Party};
use crate::record::SourceKind;
use crate::transcribe::transcribe;

impl Finder<'_, '_> {
    pub(super) fn speaker_within(&self, from: usize, to: usize) -> Option<Claim> {
        for at in from..to {
            let gap = self.analysis.text.gap(at);
            if at > from && gap.any(Gap::STOP.and(Gap::COLON).and(Gap::LINE).and(Gap::SEMICOLON)) {
                return None;
            }
            // The words said begin here.
            if self.analysis.is(at, WordClass::ThatSpeech) {
                return None;
            }
            if let Some(claim) = self.speaker_at(at, to) {
                return Some(claim);
            }
        }
        None
    }

    pub(super) fn speaker_before(&self, from: usize, to: usize) -> Option<Claim> {
        (from..to).find_map(|at| self.speaker_at(at, to).filter(|claim| claim.words.end <= to))
    }

    pub(super) fn speaker_at(&self, at: usize, to: usize) -> Option<Claim> {
        let listed = |source: &Source, words, clitics| {
            Claim::says(words, clitics, source.key.clone(), source.name.clone(), source.kind, source.at)
        };
        let ambiguous = || {
            let titled = at.checked_sub(1).is_some_and(|before| self.analysis.kind_at(before, Kind::Title).is_some());
            self.analysis
                .kind_at(at, Kind::AmbiguousSource)
                .filter(|_| titled || self.analysis.text.gap(at).any(Gap::QUOTE))
        };
        if let Some(hit) = self.analysis.kind_at(at, Kind::Source).or_else(ambiguous) {
            let source = &self.book.sources[hit.index];
            if source.key == "none" {
                return None;
            }
            return Some(listed(source, hit.start..hit.end, hit.clitics));
        }
        if let Some(hit) = self.analysis.kind_at(at, Kind::Title) {
            let title = &self.book.titles[hit.index];
            // «وزارة الداخلية أكدت»: the office is a party by itself.
            if title.kind == TitleKind::Body
                && let Some(mention) = self.mention_at(at).filter(|mention| mention.words.end >= hit.end)
                && let Some((key, name, kind)) = self.as_speaker(mention)
            {
                return Some(Claim::says(mention.words.clone(), mention.clitics, key, name, kind, mention.entry));
            }
            // Whose speaker: the next party or source.
            for next in hit.end..(hit.end + 5).min(to.max(hit.end + 5)).min(self.analysis.text.words().len()) {
                let ends = self.analysis.text.gap(next).any(Gap::STOP.and(Gap::COMMA).and(Gap::COLON).and(Gap::LINE));
                if ends || self.analysis.is(next, WordClass::ThatSpeech) {
                    break;
                }
                if let Some(source) = self
                    .analysis
                    .kind_at(next, Kind::Source)
                    .or_else(|| self.analysis.kind_at(next, Kind::AmbiguousSource))
                {
                    return Some(listed(&self.book.sources[source.index], hit.start..source.end, hit.clitics));
                }
                if let Some(mention) = self.mention_at(next)
                    && let Some((key, name, kind)) = self.as_speaker(mention)
                {
                    return Some(Claim::says(
                        hit.start..mention.words.end,
                        hit.clitics,
                        key,
                        name,
                        kind,
                        mention.entry,
                    ));
                }
            }
            if title.kind == TitleKind::Outlet
                && hit.end < self.analysis.text.words().len()
                && self.analysis.text.gap(hit.end).only(Gap::INSIDE_NAME)
            {
                let quoted = self.analysis.text.gap(hit.end).any(Gap::QUOTE);
                let mut end = hit.end + 1;
                while quoted
                    && end < (hit.end + 4).min(self.analysis.text.words().len())
                    && !self.analysis.text.gap(end).any(Gap::QUOTE)
                {
                    end += 1;
                }
                let name = transcribe(self.analysis.text.slice(self.analysis.text.span(hit.end..end)));
                let key = format!("other:{name}");
                return Some(Claim::says(hit.start..end, hit.clitics, key, name, SourceKind::Media, title.at));
            }
        }
        let mention = self.mention_at(at)?;
        let (key, name, kind) = self.as_speaker(mention)?;
        Some(Claim::says(mention.words.clone(), mention.clitics, key, name, kind, mention.entry))
    }

    pub(super) fn mention_at(&self, word: usize) -> Option<&ActorMention> {
        let at = self.actors.partition_point(|mention| mention.words.end <= word);
        self.actors.get(at).filter(|mention| mention.words.start == word)
    }

    /// A party as speaker: a state's is official, any other an armed group.
    pub(super) fn as_speaker(&self, mention: &ActorMention) -> Option<(String, String, SourceKind)> {
        if !matches!(mention.naming, Naming::Name | Naming::Force | Naming::Ambiguous | Naming::Group) {
            return None;
        }
        match &mention.party {
            Party::Listed(index) => {
                let actor = &self.book.actors[*index];
                if actor.kind.unarmed() {
                    return None;
                }
                let kind = if actor.kind.governmental() { SourceKind::Official } else { SourceKind::ArmedGroup };
                Some((actor.key.clone(), actor.name.clone(), kind))
            }
            Party::Other(name) => {
                let government = mention.force == Some(ForceClass::Government);
                let kind = if government { SourceKind::Official } else { SourceKind::ArmedGroup };
                Some((format!("other:{name}"), name.clone(), kind))
            }
            Party::Fighter => None,
        }
    }
}
