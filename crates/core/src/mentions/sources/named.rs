//! Speakers whom nothing lists: a name right after the verb, a government by its capital, people, a body.

use std::ops::Range;

use maydani_text::{Clitics, Gap, WordKind, article};

use super::{Claim, Finder};
use crate::analysis::Hit;
use crate::codebook::{Kind, PersonKey, ReportingKind, TitleKind, WordClass};
use crate::mentions::actors::{Naming, Party};
use crate::record::SourceKind;

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
        // «قال أيضا إن»: an adverb.
        if until == at || until == at + 1 && text.norm(at).ends_with('ا') {
            return None;
        }
        let says = until < end && (self.analysis.is(until, WordClass::ThatWitness) || text.gap(until).any(Gap::COLON));
        // «قال فلان الفلاني، وهو معلم»: who he is; «قالت فلانة في تصريح».
        let who = |at: usize| {
            self.analysis.is(at, WordClass::EndsOffice)
                || self.analysis.at(at).any(|hit| matches!(hit.kind, Kind::Title | Kind::Person))
        };
        let aside = until < end
            && if text.gap(until).any(Gap::COMMA.and(Gap::OPEN)) {
                who(until)
            } else {
                self.analysis.is(until, WordClass::In)
                    || self.analysis.is(until, WordClass::EndsOffice)
                        && !self.analysis.is(until, WordClass::Preposition)
                        && !self.analysis.is(until, WordClass::BeforeNoun)
            };
        // «تابع "أريده أن …"»: the words said, not who says them.
        let opened = text.gap(at).any(Gap::QUOTE) && !(until < end && text.gap(until).any(Gap::QUOTE));
        // A single word that no clause of speech follows may be anything.
        if opened || !(says || aside && until > at + 1 && kind != ReportingKind::Continue) {
            return None;
        }
        let name = text.slice(text.span(at..until));
        let introduced = told.iter().rev().find(|claim| {
            claim.words.len() > 1 && claim.words.clone().any(|word| text.norm(word) == text.norm(until - 1))
        });
        if let Some(claim) = introduced {
            return Some(Claim { words: at..until, clitics: Clitics::default(), via: None, ..claim.clone() });
        }
        let name = self.book.english.name(name);
        let verb = self.analysis.kind_at(at.checked_sub(1)?, Kind::Reporting)?;
        let entry = self.book.reporting[verb.index].at;
        Some(Claim::says(at..until, Clitics::default(), format!("other:{name}"), name, SourceKind::Local, entry))
    }

    /// «أوضح الدفاع المدني أن …»: a name of several bodies, of the country that the report tells of.
    pub(super) fn ambiguous_at(&self, at: usize) -> Option<Claim> {
        let text = &self.analysis.text;
        if at >= text.words().len() {
            return None;
        }
        let bodies = || {
            self.analysis.at(at).filter(|hit| {
                hit.kind == Kind::AmbiguousSource && self.book.sources[hit.index].kind != SourceKind::Media
            })
        };
        let first = bodies().next()?;
        let source = |index: usize| &self.book.sources[index];
        let here = bodies().find(|hit| self.country == Some(source(hit.index).country.as_str()));
        let words: Range<usize> = first.start..first.end;
        let only = here.or_else(|| (bodies().count() == 1).then_some(first));
        if let Some(one) = only.map(|hit| source(hit.index)) {
            return Some(Claim::says(words, first.clitics, one.key.clone(), one.name.clone(), one.kind, one.at));
        }
        let name = self.book.english.name(text.slice(text.span(words.clone())));
        let source = source(first.index);
        Some(Claim::says(words, first.clitics, format!("other:{name}"), name, source.kind, source.at))
    }

    /// «الدفاع المدني أوضح أن …», «الدفاع المدني: …».
    pub(super) fn ambiguous_before(&self, from: usize, end: usize) -> Option<Claim> {
        (from..end).find_map(|at| self.ambiguous_at(at).filter(|speaker| speaker.words.end == end))
    }

    /// «قال أحد الأعيان إن …», «روت إحدى المعلمات».
    pub(super) fn one_of_after(&self, at: usize, kind: ReportingKind) -> Option<Claim> {
        let text = &self.analysis.text;
        let reports = matches!(kind, ReportingKind::Say | ReportingKind::Confirm | ReportingKind::According);
        if !reports || at + 1 >= text.words().len() || !self.analysis.is(at, WordClass::OneOf) {
            return None;
        }
        let inside = text.gap(at + 1).only(Gap::INSIDE_NAME) && text.words()[at + 1].kind == WordKind::Arabic;
        let listed = self.analysis.kind_at(at, Kind::Source).is_some();
        // «يعتبر أحد أوجه الدعم»: what he says follows.
        let count = text.words().len();
        let says = (at + 2..count.min(at + 7)).any(|word| {
            self.analysis.is(word, WordClass::ThatWitness) || text.gap(word).any(Gap::COLON.and(Gap::QUOTE))
        });
        if !inside || listed || self.ends_office(at + 1) || !says && kind != ReportingKind::According {
            return None;
        }
        let name = self.book.english.name(text.slice(text.span(at..at + 2)));
        let entry = self.analysis.kind_at(at.checked_sub(1)?, Kind::Reporting)?;
        let entry = self.book.reporting[entry.index].at;
        Some(Claim::says(at..at + 2, Clitics::default(), format!("other:{name}"), name, SourceKind::Witness, entry))
    }

    /// «وأضاف البيان أن …», «قال المسؤول إن …» where the report has named nobody before.
    pub(super) fn unnamed_after(&self, verb: &Hit) -> Option<Claim> {
        let text = &self.analysis.text;
        let hit = self.analysis.kind_at(verb.end, Kind::Title).filter(|hit| hit.clitics.preposition.is_none())?;
        let title = &self.book.titles[hit.index];
        let kind = match title.kind {
            TitleKind::Document | TitleKind::BackReference => SourceKind::Anonymous,
            TitleKind::Speaker | TitleKind::Office => SourceKind::Official,
            _ => return None,
        };
        let definite = article::begins(text.norm(hit.start), article::ALONE_OR_AFTER_LI);
        if !definite || !text.gap(hit.start).only(Gap::INSIDE_NAME) {
            return None;
        }
        let name = self.book.english.name(text.slice(text.span(hit.start..hit.end)));
        Some(Claim::says(hit.start..hit.end, hit.clitics, format!("other:{name}"), name, kind, title.at))
    }

    /// «موسكو نفت …»: a government by its capital that opens the clause.
    pub(super) fn metonym_before(&self, start: usize, verb: usize) -> Option<Claim> {
        let at = verb.checked_sub(1).filter(|&at| at >= start)?;
        let from = (start.max(at.saturating_sub(2))..=at)
            .find(|&from| self.mention_at(from).is_some_and(|mention| mention.words.end == verb))?;
        let opens = from == start || self.analysis.is(from - 1, WordClass::EndsOffice) || {
            self.analysis.text.gap(from).any(Gap::COMMA.and(Gap::STOP))
        };
        opens.then(|| self.government_at(from)).flatten()
    }

    /// A word that may belong to a person's name.
    fn is_name_word(&self, at: usize) -> bool {
        let word = self.analysis.text.norm(at);
        self.analysis.text.words()[at].kind == WordKind::Arabic
            && word.len() > 4
            && self.analysis.at(at).all(|hit| matches!(hit.kind, Kind::Number | Kind::Means))
            && !self.ends_office(at)
            && !self.analysis.is(at, WordClass::Function)
            && !self.analysis.is(at, WordClass::NoName)
    }

    /// «وقالت موسكو إن …», «نفت أنقرة»: a government by its capital or country, right after the verb.
    pub(super) fn metonym_after(&self, at: usize, kind: ReportingKind) -> Option<Claim> {
        (kind != ReportingKind::Outlet).then(|| self.government_at(at)).flatten()
    }

    fn government_at(&self, at: usize) -> Option<Claim> {
        let mention = self.mention_at(at)?;
        if mention.naming != Naming::Metonym || mention.clitics.peeled > 0 {
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
        let name = self.book.english.name(text.slice(text.span(at..hit.end)));
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
        let name = self.book.english.name(text.slice(text.span(hit.start..hit.end)));
        let words = hit.start..hit.end;
        Some(Claim::says(words, hit.clitics, format!("other:{name}"), name, SourceKind::Official, title.at))
    }
}
