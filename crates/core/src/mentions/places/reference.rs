//! Areas told by what was named before, or by a side of a known place: «جنوب شرق البلاد», «وسط
//! المدينة», «الريف الشرقي لإدلب», «في العاصمة».

use maydani_text::{ARTICLE, Clitics, Preposition, clitics};

use super::Relation;
use super::find::Finder;
use super::lead::{Cue, Lead};
use super::name::Name;
use super::words::Roles;
use crate::record::PlaceKind;

impl Finder<'_, '_, '_> {
    /// A side of what was named before: «جنوب شرق البلاد», «ريف شمال البلاد». Returns the word after it.
    pub(super) fn side_of_it(&mut self, lead: &Lead) -> Option<usize> {
        let start = lead.countryside.into_iter().chain(lead.direction).min()?;
        lead.direction?;
        let at = lead.name;
        let bare = lead.part.is_none() && lead.title.is_none() && lead.region.is_none();
        if !bare || !self.follows(at) || !self.word(at).roles.any(Roles::REFERS) {
            return None;
        }
        let end = at + 1;
        let peeled = if start == lead.start { lead.peeled } else { 0 };
        let bare = self.without(start, peeled).to_owned();
        let name = Name { start, end, peeled, bare, candidates: Vec::new() };
        self.push(name, start..end, lead.start..end, Relation::At, PlaceKind::Area, true, true);
        Some(end)
    }

    /// A side of a known place, or «العاصمة», «المملكة» alone. Returns the word after it.
    pub(super) fn sided(&mut self, i: usize) -> Option<usize> {
        let mut found = None;
        let mut buffer = String::new();
        clitics::readings(self.text.norm(i), &mut buffer, |clitics, rest| {
            let word = self.places.words.get(rest);
            if found.is_none() && !clitics.future && word.roles.any(Roles::SIDED.and(Roles::STANDS)) {
                found = Some((clitics, word, rest.to_owned()));
            }
        });
        let (clitics, word, bare) = found?;
        if word.roles.any(Roles::STANDS) {
            let kind = word.kind.unwrap_or(PlaceKind::Area);
            return self.alone(i, clitics).then(|| {
                let name = Name { start: i, end: i + 1, peeled: clitics.peeled, bare, candidates: Vec::new() };
                self.push(name, i..i + 1, i..i + 1, Relation::At, kind, true, true);
                i + 1
            });
        }
        let mut at = i + 1;
        while at < i + 4 && self.follows(at) && self.is_side(at) {
            at += 1;
        }
        if at == i + 1 || !self.follows(at) {
            return None;
        }
        let mut of = None;
        let mut buffer = String::new();
        clitics::readings(self.text.norm(at), &mut buffer, |clitics, rest| {
            if of.is_none() && clitics.preposition == Some(Preposition::Li) && !clitics.conjunction {
                // «الريف الشرقي لمدينة إدلب»
                let title = self.places.words.get(rest).roles.any(Roles::TITLE) && self.follows(at + 1);
                let (start, peeled, rest) =
                    if title { (at + 1, 0, self.text.norm(at + 1)) } else { (at, clitics.peeled, rest) };
                of = self.known(start, peeled, rest, false).filter(|name| self.allowed(name, Cue::PlaceWord));
            }
        });
        let of = of?;
        let end = of.end;
        let name = Name { start: i, end, peeled: clitics.peeled, bare, candidates: of.candidates };
        if word.roles.any(Roles::RURAL) {
            self.push(name, i..end, i..end, Relation::Countryside, PlaceKind::Area, true, true);
        } else {
            self.push(name, i..end, i..end, Relation::Near, PlaceKind::Area, true, false);
        }
        Some(end)
    }

    /// «العاصمة الصومالية مقديشو»: the word at which the city's own name stands.
    pub(super) fn named_after(&self, name: &Name) -> Option<usize> {
        let next = name.end;
        let capital = name.end > name.start + 1 && self.word_is_capital(&name.bare) && self.joins(next);
        let own = capital.then(|| self.known(next, 0, self.text.norm(next), false)).flatten()?;
        own.candidates.iter().any(|id| name.candidates.contains(id)).then_some(next)
    }

    fn word_is_capital(&self, bare: &str) -> bool {
        let word = self.places.words.get(bare);
        word.roles.any(Roles::STANDS) && word.kind == Some(PlaceKind::Settlement)
    }

    /// Whether a word that refers to a place stands after a preposition and without an adjective or a name.
    fn alone(&self, i: usize, clitics: Clitics) -> bool {
        let before = i > 0 && self.joins(i) && self.word(i - 1).roles.any(Roles::INSIDE);
        let next = i + 1;
        (clitics.preposition == Some(Preposition::Bi) || before)
            && (!self.joins(next)
                || self.is_plain_word(next)
                || !self.is_told(self.text.norm(next))
                    && self
                        .known(next, 0, self.text.norm(next), true)
                        .is_none_or(|name| !self.allowed(&name, Cue::None)))
    }

    /// Whether a definite adjective tells which one it is: «المملكة المغربية», «الضفة الشرقية».
    fn is_told(&self, norm: &str) -> bool {
        norm.starts_with(ARTICLE) && (norm.ends_with("يه") || norm.ends_with('ي'))
            || self.places.words.get(norm).roles.any(Roles::ADJECTIVE.and(Roles::TELLS))
    }
}
