//! Speakers by their office: «مدير صحة المدينة الدكتور فلان», and who has none.

use std::ops::Range;

use maydani_text::{ARTICLE, Clitics, Gap, WordKind, article};

use super::{Claim, Finder};
use crate::codebook::{Kind, PersonKey, ReportingKind, TitleKind, WordClass};
use crate::mentions::actors::{Naming, Party};
use crate::record::SourceKind;

/// How many words a speaker's office and name may take.
const OFFICE: usize = 14;

impl Finder<'_, '_> {
    /// «وأوضح مدير صحة المدينة الدكتور فلان أن …»: the subject of a verb of reporting is who holds the
    /// office that follows it at once.
    pub(super) fn office_after(&self, after: Range<usize>, kind: ReportingKind) -> Option<Claim> {
        let mut at = after.start;
        while at < after.end
            && at < after.start + 7
            && !self.analysis.text.gap(at).any(Gap::STOP.and(Gap::LINE).and(Gap::COLON))
        {
            // «وفقا لمحافظ المدينة»: the preposition belongs to the formula.
            let governed = at == after.start && kind == ReportingKind::According;
            if let Some(office) = self.office_at(at, after.end, governed) {
                return Some(office);
            }
            at = self.after_aside(at)?;
        }
        None
    }

    /// «وكان محافظ المدينة فلان قد أعلن …».
    pub(super) fn office_before(&self, start: usize, verb: usize) -> Option<Claim> {
        let last = if verb > start && self.analysis.is(verb - 1, WordClass::Had) { verb - 1 } else { verb };
        // «مصدر طبي في مستشفى المدينة أفاد»: not the hospital.
        let within = |at: usize| {
            at > start && (self.analysis.is(at - 1, WordClass::In) || self.analysis.is(at - 1, WordClass::Of))
        };
        (start.max(verb.saturating_sub(OFFICE))..last).filter(|&at| !within(at)).find_map(|at| {
            self.office_at(at, last, false)
                .or_else(|| self.speaker_at(at, last))
                .filter(|speaker| speaker.words.end == last)
        })
    }

    /// «وقال والد الطفل إن …»: somebody without an office tells what he saw.
    pub(super) fn witness_after(&self, at: usize, end: usize) -> Option<Claim> {
        if at >= end || !self.analysis.text.gap(at).only(Gap::INSIDE_NAME) {
            return None;
        }
        let hit = self.analysis.kind_at(at, Kind::Person).filter(|hit| hit.clitics.preposition.is_none())?;
        let person = &self.book.persons[hit.index];
        if !matches!(&person.key, PersonKey::Actor(key) if key != "unidentified_armed_group") {
            return None;
        }
        let mut until = hit.end;
        while until < end
            && until < hit.end + 4
            && self.analysis.text.gap(until).only(Gap::INSIDE_NAME)
            && !self.ends_office(until)
        {
            until += 1;
        }
        // What he says follows at once.
        let says = until < end
            && (self.analysis.text.gap(until).any(Gap::COLON.and(Gap::QUOTE))
                || self.analysis.is(until, WordClass::ThatWitness));
        if !says {
            return None;
        }
        let name = self.book.english.name(self.analysis.text.slice(self.analysis.text.span(at..until)));
        let key = format!("other:{name}");
        Some(Claim::says(at..until, hit.clitics, key, name, SourceKind::Witness, person.at))
    }

    /// Who holds an office, as it stands in the text: the office with the name after it, or a name with
    /// the office after it («فلان الفلاني محافظ المدينة»). Of a listed party or speaker the key is theirs.
    pub(super) fn office_at(&self, at: usize, limit: usize, governed: bool) -> Option<Claim> {
        let text = &self.analysis.text;
        // Who is listed is found under the listed name.
        let listed = self.analysis.kind_at(at, Kind::Source).is_some()
            || self.mention_at(at).is_some_and(|mention| {
                matches!(mention.naming, Naming::Name | Naming::Ambiguous) && mention.party != Party::Fighter
            });
        if at >= limit || listed {
            return None;
        }
        let speaks = |word: usize| {
            self.analysis.kind_at(word, Kind::Title).filter(|hit| {
                (governed || hit.clitics.preposition.is_none())
                    && matches!(
                        self.book.titles[hit.index].kind,
                        TitleKind::Speaker
                            | TitleKind::Office
                            | TitleKind::Body
                            | TitleKind::Rank
                            | TitleKind::Honorific
                    )
            })
        };
        let unknown = |word: usize| {
            text.words()[word].kind == WordKind::Arabic
                && self.analysis.at(word).all(|hit| matches!(hit.kind, Kind::Number | Kind::Means))
                && !self.ends_office(word)
        };
        let hit = speaks(at).or_else(|| {
            // A name of up to four words that nothing lists, then the office.
            let mut word = at;
            while word < limit
                && word < at + 5
                && unknown(word)
                && (word == at || text.gap(word).only(Gap::INSIDE_NAME))
            {
                word += 1;
            }
            (word > at && word < limit && text.gap(word).only(Gap::INSIDE_NAME.and(Gap::COMMA)))
                .then(|| speaks(word))
                .flatten()
                .filter(|hit| matches!(self.book.titles[hit.index].kind, TitleKind::Speaker | TitleKind::Office))
        })?;
        let title = &self.book.titles[hit.index];
        let mut end = hit.end;
        while end < limit
            && end < at + OFFICE
            && text.gap(end).only(Gap::INSIDE_NAME)
            && (!self.ends_office(end) || self.analysis.is(end, WordClass::About) && end == hit.end)
            && (title.kind != TitleKind::Body || self.goes_on(hit.end, end))
        {
            end += 1;
        }
        let mut party = None;
        for word in at..end {
            let owner = self.analysis.kind_at(word, Kind::Source).filter(|hit| {
                !self.book.sources[hit.index].key.starts_with("other:") && self.book.sources[hit.index].key != "none"
            });
            if let Some(owner) = owner {
                let source = &self.book.sources[owner.index];
                party = Some((source.key.clone(), source.name.clone(), source.kind, owner.end));
                break;
            }
            if let Some(mention) = self.mention_at(word)
                && let Some((key, name, kind)) = self.as_speaker(mention)
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
            None if let Some((key, name)) = self.army_of(at..end) => (key, name, SourceKind::Official),
            // «وقال العميد ...», «قال المتحدث ...»: whose, the text has said before.
            None if bare => return None,
            None => {
                let name = self.book.english.name(text.slice(text.span(at..end)));
                let office = (at..end)
                    .filter_map(|word| self.analysis.kind_at(word, Kind::Title))
                    .any(|hit| self.book.titles[hit.index].kind != TitleKind::Honorific);
                let kind = if office { SourceKind::Official } else { SourceKind::Local };
                (format!("other:{name}"), name, kind)
            }
        };
        let clitics = if hit.start == at { hit.clitics } else { Clitics::default() };
        Some(Claim::says(at..end, clitics, key, name, kind, title.at))
    }

    /// Where the words go on after a word that stands between a verb of reporting and its subject.
    pub(super) fn after_aside(&self, at: usize) -> Option<usize> {
        if let Some(hit) = self.analysis.kind_at(at, Kind::Reporting)
            && self.book.reporting[hit.index].kind == ReportingKind::Turn
        {
            return Some(hit.end);
        }
        // «لـ«الصحيفة»», the preposition written apart.
        if self.analysis.is(at, WordClass::To) && at + 1 < self.analysis.text.words().len() {
            return Some(at + 2);
        }
        let outlet = self
            .analysis
            .kind_at(at, Kind::Source)
            .or_else(|| self.analysis.kind_at(at, Kind::AmbiguousSource))
            .filter(|hit| hit.clitics.preposition.is_some() && self.book.sources[hit.index].kind == SourceKind::Media);
        outlet.map(|hit| hit.end).or_else(|| self.analysis.is(at, WordClass::Time).then_some(at + 1))
    }

    /// A word that a speaker's name and office cannot hold: what is said begins, or something else.
    pub(super) fn ends_office(&self, at: usize) -> bool {
        let word = self.analysis.text.norm(at);
        self.analysis.is(at, WordClass::Time)
            // «على», not «علي».
            || self.analysis.text.slice(self.analysis.text.span(at..at + 1)) == "على"
            || self.analysis.is(at, WordClass::EndsOffice)
            || self.analysis.at(at).any(|hit| match hit.kind {
                Kind::Reporting | Kind::Toll => true,
                // «منظمة التحرير»: in the genitive part of a name; «المجلس التفجير» is its object.
                Kind::Event => {
                    let bound = at > 0 && !article::begins(self.analysis.text.norm(at - 1), article::ALONE_OR_AFTER_LI);
                    !(bound && word.starts_with(ARTICLE))
                }
                // «لوكالة كذا»: to whom it was said.
                Kind::Source | Kind::AmbiguousSource => {
                    hit.clitics.preposition.is_some() && self.book.sources[hit.index].kind == SourceKind::Media
                }
                Kind::Title => {
                    hit.clitics.preposition.is_some()
                        && matches!(self.book.titles[hit.index].kind, TitleKind::Outlet | TitleKind::Staff)
                }
                _ => false,
            })
    }

    /// The army whose office a speaker holds.
    pub(super) fn army_of(&self, words: Range<usize>) -> Option<(String, String)> {
        let military = words.clone().any(|word| self.analysis.is(word, WordClass::Army));
        if !military {
            return None;
        }
        let mut words = words;
        let adjective = words.find_map(|word| self.analysis.kind_at(word, Kind::Adjective))?;
        let actor = self.book.actor(&self.book.adjectives[adjective.index].force)?;
        Some((actor.key.clone(), actor.name.clone()))
    }

    /// The name of a body goes on: one word in the genitive («سلطات المدينة»), then what agrees with it.
    /// «أعلنت وزارة الدفاع حصيلة …» has the object after it.
    pub(super) fn goes_on(&self, after: usize, at: usize) -> bool {
        let definite = |word: usize| article::begins(self.analysis.text.norm(word), article::AFTER_FREQUENT);
        definite(at)
            || at == after && !definite(at - 1)
            || self.analysis.is(at, WordClass::In)
            || self.analysis.is(at - 1, WordClass::In)
            || self.analysis.at(at).any(|hit| hit.clitics.preposition.is_some())
    }
}
