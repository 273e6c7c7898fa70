//! Names that no gazetteer knows, told by where they stand: «القصر الجمهوري», the last of a list of
//! villages, «في X (جنوب)».

use maydani_text::{ARTICLE, Gap, WordKind, clitics};

use super::find::Finder;
use super::name::Name;
use super::words::Roles;
use super::{PlaceMention, Relation};
use crate::record::PlaceKind;

impl Finder<'_, '_, '_> {
    /// A site told by what it is: «القصر الجمهوري», «المشفى الوطني». Returns the word after it.
    pub(super) fn described(&mut self, i: usize) -> Option<usize> {
        let next = i + 1;
        if !self.follows(next) || !self.word(next).roles.any(Roles::DESCRIBES) {
            return None;
        }
        let mut found = None;
        let mut buffer = String::new();
        clitics::readings(self.text.norm(i), &mut buffer, |clitics, rest| {
            let word = self.places.words.get(rest.strip_prefix(ARTICLE).unwrap_or_default());
            if found.is_none() && !clitics.future && word.roles.any(Roles::DESCRIBED) {
                found = Some((clitics.peeled, rest.to_owned(), word.kind));
            }
        });
        let (peeled, bare, kind) = found?;
        // A place of that name is listed: «الميناء القديم».
        if self.known(i, peeled, &bare, false).is_some_and(|name| name.end > next) {
            return None;
        }
        let mut end = next + 1;
        while self.follows(end) && self.word(end).roles.any(Roles::SITE_ADJECTIVE) {
            end += 1;
        }
        let name = Name { start: i, end, peeled, bare, candidates: Vec::new() };
        self.push(name, i..end, i..end, Relation::At, kind.unwrap_or(PlaceKind::Site), true, true);
        Some(end)
    }

    /// The next of a list of bare names: «X وY والعلقمية بريف …».
    pub(super) fn strung(&mut self, i: usize) -> Option<usize> {
        let last = self.mentions.last()?;
        let small = |kind| matches!(kind, PlaceKind::Settlement | PlaceKind::Neighbourhood | PlaceKind::Area);
        if last.reach.end != i || !small(last.kind) {
            return None;
        }
        let before = self.mentions.len().checked_sub(2).map(|at| &self.mentions[at]);
        let adjacent = before.is_some_and(|first| first.reach.end == last.reach.start);
        let rest = self.text.norm(i).strip_prefix('و')?;
        let kind = last.kind;
        let roles = self.places.words.get(rest).roles;
        if !self.text.gap(i).only(Gap::INSIDE_NAME.and(Gap::COMMA)) {
            return None;
        }
        let next = i + 1;
        // «صيدا وأم المياذن وكحيل»
        if roles.any(Roles::OPENER)
            && self.follows(next)
            && text_is_arabic(self, next)
            && !self.is_plain_word(next)
            && !self.is_person_word(next)
            && !self.word(next).roles.any(Roles::LEADS.and(Roles::BLOCKER))
            && self.known(i, 2, rest, false).is_none_or(|name| name.end <= next)
            && (self.closes_or_goes_on(next + 1) || self.text.gap(next + 1).any(Gap::STOP.and(Gap::LINE)))
        {
            let name = Name { start: i, end: next + 1, peeled: 2, bare: rest.to_owned(), candidates: Vec::new() };
            self.push(name, i..next + 1, i..next + 1, Relation::At, kind, true, false);
            return Some(next + 1);
        }
        if !adjacent || rest.chars().count() < 4 {
            return None;
        }
        let known = self.known(i, 2, rest, false);
        let name = match known {
            Some(name) => name,
            None if roles.any(Roles::OPENER) && self.follows(i + 1) => {
                Name { start: i, end: i + 2, peeled: 2, bare: rest.to_owned(), candidates: Vec::new() }
            }
            None if rest.starts_with(ARTICLE) && !roles.any(Roles::ENDS_NAME.and(Roles::LEADS).and(Roles::BLOCKER)) => {
                Name { start: i, end: i + 1, peeled: 2, bare: rest.to_owned(), candidates: Vec::new() }
            }
            None => return None,
        };
        let end = name.end;
        if !self.ends_list(end) {
            return None;
        }
        self.push(name, i..end, i..end, Relation::At, kind, true, false);
        Some(end)
    }

    /// The next of a row of villages between commas: «X، Y، Z، خيارة، W», where two were known.
    pub(super) fn in_row(&mut self, i: usize) -> Option<usize> {
        let text = self.text;
        let [.., second, last] = self.mentions.as_slice() else { return None };
        let comma = |at: usize| {
            at < text.words().len()
                && text.gap(at).only(Gap::COMMA.and(Gap::SPACE).and(Gap::QUOTE))
                && text.gap(at).any(Gap::COMMA)
        };
        let village = |mention: &PlaceMention| matches!(mention.kind, PlaceKind::Settlement | PlaceKind::Neighbourhood);
        let joined = |mention: &PlaceMention, next: usize| mention.reach.end == next && comma(next) && village(mention);
        if !(joined(second, last.reach.start) && joined(last, i)) {
            return None;
        }
        // «، وY، وZ»
        let with_and = |mention: &PlaceMention| {
            let start = text.words()[mention.reach.start].original.start;
            text.norm(mention.reach.start).starts_with('و') && mention.span.start > start
        };
        let conjunct = text.norm(i).starts_with("وال") || with_and(last) && with_and(second);
        if conjunct && !text.norm(i).starts_with('و') {
            return None;
        }
        let peeled = if conjunct { 2 } else { 0 };
        let kind = last.kind;
        let bare = self.without(i, peeled);
        let plain = Roles::ENDS_NAME.and(Roles::BLOCKER);
        let end = (i + 1..=i + 2).find(|&end| comma(end) || self.located_after(end))?;
        let named = (i..end).all(|at| {
            let norm = if at == i { bare } else { text.norm(at) };
            let roles = self.places.words.get(norm).roles;
            text.words()[at].kind == WordKind::Arabic
                && (at == i || self.follows(at))
                && !self.claimed[at]
                && !roles.any(plain)
                && (!roles.any(Roles::LEADS) || roles.any(Roles::OPENER) && at == i && end > i + 1)
        });
        let person = self.places.gazetteer.is_person(bare) && end > i + 1;
        if !named || person || bare.chars().count() < 2 {
            return None;
        }
        let known = self.known(i, peeled, bare, false).filter(|name| name.end == end);
        let candidates = known.map_or_else(Vec::new, |name| name.candidates);
        let name = Name { start: i, end, peeled, bare: bare.to_owned(), candidates };
        self.push(name, i..end, i..end, Relation::At, kind, true, false);
        Some(end)
    }

    /// A name that no gazetteer knows, told to be the capital of somewhere: «في X، عاصمة ولاية Y», «إلى X (مركز
    /// محافظة Y)».
    pub(super) fn seat(&mut self, i: usize) -> Option<usize> {
        let text = self.text;
        if text.words()[i].kind != WordKind::Arabic {
            return None;
        }
        let after_preposition = i > 0 && self.joins(i) && self.word(i - 1).roles.any(Roles::PREPOSITION);
        let peeled = match text.norm(i).chars().next()? {
            _ if after_preposition => 0,
            'ب' => 2,
            _ => return None,
        };
        let seat = |at: usize| {
            let near = Gap::INSIDE_NAME.and(Gap::COMMA).and(Gap::OPEN);
            let roles = |at: usize| self.places.words.get(text.norm(at)).roles;
            at + 1 < text.words().len()
                && text.gap(at).only(near)
                && !self.claimed[at]
                && roles(at).any(Roles::SEAT)
                && self.joins(at + 1)
                && (roles(at + 1).any(Roles::TITLE)
                    || self
                        .known(at + 1, 0, text.norm(at + 1), false)
                        .is_some_and(|name| self.all_wide(&name.candidates)))
        };
        let end = (i + 1..=i + 2).find(|&end| seat(end))?;
        let bare = self.without(i, peeled);
        let plain = Roles::ENDS_NAME.and(Roles::LEADS).and(Roles::REFERS).and(Roles::BLOCKER);
        let named = (i..end).all(|at| {
            let norm = if at == i { bare } else { text.norm(at) };
            // «زيارته لأربيل عاصمة الإقليم», «اختيارها عاصمة»
            let owned = norm.ends_with("ها") || norm.ends_with("هم") || at > i && norm.starts_with(['ل', 'ب']);
            (at == i || self.follows(at))
                && !owned
                && !self.claimed[at]
                && !self.places.words.get(norm).roles.any(plain)
        });
        if !named || bare.chars().count() < 3 {
            return None;
        }
        let known = self.known(i, peeled, bare, false).filter(|name| name.end == end);
        let candidates = known.map_or_else(Vec::new, |name| name.candidates);
        let name = Name { start: i, end, peeled, bare: bare.to_owned(), candidates };
        self.push(name, i..end, i..end, Relation::At, PlaceKind::Settlement, true, false);
        Some(end)
    }

    /// A name with its side of the country in brackets: «في X (جنوب)», «وX (شمال شرق)».
    pub(super) fn aside(&mut self, i: usize) -> Option<usize> {
        let text = self.text;
        let side =
            |at: usize| at < text.words().len() && self.word(at).roles.any(Roles::DIRECTION.and(Roles::ADJECTIVE));
        let closes = |at: usize| at >= text.words().len() || text.gap(at).any(Gap::CLOSE);
        let next = i + 1;
        let bracketed =
            side(next) && text.gap(next).any(Gap::OPEN) && (closes(next + 1) || side(next + 1) && closes(next + 2));
        if !bracketed || text.words()[i].kind != WordKind::Arabic {
            return None;
        }
        let norm = text.norm(i);
        let after_preposition = i > 0 && self.joins(i) && self.word(i - 1).roles.any(Roles::PREPOSITION);
        let peeled = match norm.chars().next()? {
            _ if after_preposition => 0,
            'و' | 'ب' => 2,
            _ => return None,
        };
        let bare = self.without(i, peeled);
        let roles = self.places.words.get(bare).roles;
        if bare.chars().count() < 3 || roles.any(Roles::ENDS_NAME.and(Roles::LEADS)) {
            return None;
        }
        let name = Name { start: i, end: next, peeled, bare: bare.to_owned(), candidates: Vec::new() };
        self.push(name, i..next, i..next, Relation::At, PlaceKind::Settlement, true, false);
        Some(next)
    }
}

fn text_is_arabic(finder: &Finder<'_, '_, '_>, i: usize) -> bool {
    finder.text.words()[i].kind == WordKind::Arabic
}
