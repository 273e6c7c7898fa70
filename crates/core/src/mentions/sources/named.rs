//! Speakers whom nothing lists: a name right after the verb, a government by its capital, people, a body.

use std::ops::Range;

use maydani_text::{Clitics, Gap, WordKind, article};

use super::{Claim, Finder};
use crate::codebook::{Kind, PersonKey, ReportingKind, TitleKind, WordClass};
use crate::mentions::actors::{Naming, Party};
use crate::record::SourceKind;
use crate::transcribe::transcribe;

/// How many words a name takes.
const NAME: usize = 4;

impl Finder<'_, '_> {
    /// «وقال فلان الفلاني إن …», «قال فلان، وهو معلم، …»: words that nothing lists, between a verb of saying and
    /// what he says or who he is. Whom the report has introduced before keeps his key.
    pub(super) fn named_after(&self, at: usize, end: usize, kind: ReportingKind, told: &[Claim]) -> Option<Claim> {
        if !matches!(
            kind,
            ReportingKind::Say
                | ReportingKind::Confirm
                | ReportingKind::Announce
                | ReportingKind::Claim
                | ReportingKind::Deny
                | ReportingKind::Continue
        ) {
            return None;
        }
        let text = &self.analysis.text;
        let mut until = at;
        while until < end && until < at + NAME && text.gap(until).only(Gap::INSIDE_NAME) && self.is_name_word(until) {
            until += 1;
        }
        if until == at {
            return None;
        }
        let says = until < end && (self.analysis.is(until, WordClass::ThatWitness) || text.gap(until).any(Gap::COLON));
        let aside = until < end && text.gap(until).any(Gap::COMMA.and(Gap::OPEN))
            || until < end && self.analysis.is(until, WordClass::Function) && self.analysis.is(until, WordClass::NoName);
        // A single word before a comma may be anything.
        if !says && !(aside && until > at + 1 && kind != ReportingKind::Continue) {
            return None;
        }
        let name = text.slice(text.span(at..until));
        let introduced = told.iter().rev().find(|claim| {
            claim.words.len() > 1 && claim.words.clone().any(|word| text.norm(word) == text.norm(until - 1))
        });
        if let Some(claim) = introduced {
            return Some(Claim { words: at..until, clitics: Clitics::default(), via: None, ..claim.clone() });
        }
        let name = transcribe(name);
        let verb = self.analysis.kind_at(at.checked_sub(1)?, Kind::Reporting)?;
        let entry = self.book.reporting[verb.index].at;
        Some(Claim::says(at..until, Clitics::default(), format!("other:{name}"), name, SourceKind::Local, entry))
    }

    /// A word that may belong to a person's name.
    fn is_name_word(&self, at: usize) -> bool {
        let word = self.analysis.text.norm(at);
        self.analysis.text.words()[at].kind == WordKind::Arabic
            && word.len() > 4
            && !word.ends_with('ا')
            && self.analysis.at(at).all(|hit| matches!(hit.kind, Kind::Number | Kind::Means))
            && !self.ends_office(at)
            && !self.analysis.is(at, WordClass::Function)
            && !self.analysis.is(at, WordClass::NoName)
    }

    /// «وقالت موسكو إن …», «نفت أنقرة»: a government by its capital or country, right after the verb.
    pub(super) fn metonym_after(&self, at: usize, kind: ReportingKind) -> Option<Claim> {
        if matches!(kind, ReportingKind::According | ReportingKind::Quote | ReportingKind::Outlet) {
            return None;
        }
        self.government_at(at)
    }

    fn government_at(&self, at: usize) -> Option<Claim> {
        let mention = self.mention_at(at)?;
        if mention.naming != Naming::Metonym || mention.clitics.preposition.is_some() {
            return None;
        }
        let (key, name) = match &mention.party {
            Party::Listed(index) => (self.book.actors[*index].key.clone(), self.book.actors[*index].name.clone()),
            Party::Other(name) => (format!("other:{name}"), name.clone()),
            Party::Fighter => return None,
        };
        Some(Claim::says(mention.words.clone(), mention.clitics, key, name, SourceKind::Official, mention.entry))
    }

    /// «روت ممرضة وصلت إلى …», «بحسب نازحين»: people right after the word of reporting.
    pub(super) fn people_after(&self, at: usize, kind: ReportingKind) -> Option<Claim> {
        let text = &self.analysis.text;
        if at >= text.words().len() || !text.gap(at).only(Gap::INSIDE_NAME) {
            return None;
        }
        let hit = self.analysis.kind_at(at, Kind::Person)?;
        let person = &self.book.persons[hit.index];
        let PersonKey::Actor(key) = &person.key else { return None };
        let governed = kind == ReportingKind::According;
        // «ذكر مدنيين»: in the oblique they are the object.
        let object = !governed && (text.norm(hit.end - 1).ends_with("ين") || hit.clitics.preposition.is_some());
        // «يؤكد لأبيه»: to whom it is said.
        if key == "unidentified_armed_group" || object || hit.clitics.peeled > 0 && !governed {
            return None;
        }
        let name = transcribe(text.slice(text.span(at..hit.end)));
        let words: Range<usize> = hit.start..hit.end;
        Some(Claim::says(words, hit.clitics, format!("other:{name}"), name, SourceKind::Witness, person.at))
    }

    /// «وقالت الداخلية إن …», «بحسب الصحة»: a body named by one word.
    pub(super) fn body_after(&self, at: usize, kind: ReportingKind) -> Option<Claim> {
        if kind == ReportingKind::Quote {
            return None;
        }
        let text = &self.analysis.text;
        (at < text.words().len() && text.gap(at).only(Gap::INSIDE_NAME)).then(|| self.body_at(at)).flatten()
    }

    /// «الداخلية: …».
    pub(super) fn body_before(&self, from: usize, colon: usize) -> Option<Claim> {
        let at = colon.checked_sub(1).filter(|&at| at >= from)?;
        self.body_at(at).or_else(|| self.government_at(at))
    }

    fn body_at(&self, at: usize) -> Option<Claim> {
        let hit = self.analysis.kind_at(at, Kind::Title)?;
        let title = &self.book.titles[hit.index];
        let text = &self.analysis.text;
        let definite = article::begins(text.norm(hit.start), article::AFTER_ANY);
        if title.kind != TitleKind::Body || !definite {
            return None;
        }
        let name = transcribe(text.slice(text.span(hit.start..hit.end)));
        let words = hit.start..hit.end;
        Some(Claim::says(words, hit.clitics, format!("other:{name}"), name, SourceKind::Official, title.at))
    }
}
