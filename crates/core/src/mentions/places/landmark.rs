//! Landmarks: sites told by what they are, by whom they belong to, by a number: «المربع الأمني»,
//! «سوق الخضار», «مبنى إدارة المجاهدين», «معسكر 48», «السفارة التركية».
//!
//! No gazetteer knows them, so they get no point. Bodies that also speak (مديرية الصحة) count only
//! where a word of place stands before them.

use maydani_text::{ARTICLE, Clitics, Gap, Preposition, WordKind, clitics};

use super::Relation;
use super::find::Finder;
use super::lead::Cue;
use super::name::Name;
use super::words::{PlaceWord, Roles, Standing};
use crate::record::PlaceKind;

/// The most nouns that stand in a row before the one with its article: «مقر قيادة قوات الأمن».
const MOST_NOUNS: usize = 3;
/// The most adjectives after it.
const MOST_ADJECTIVES: usize = 3;

impl Finder<'_, '_, '_> {
    /// What a site is called as it stands: «المربع الأمني». Returns the word after it.
    pub(super) fn phrase(&mut self, i: usize) -> Option<usize> {
        let mut found = None;
        let mut buffer = String::new();
        clitics::readings(self.text.norm(i), &mut buffer, |clitics, rest| {
            if found.is_none()
                && !clitics.future
                && let Some(phrase) = self.places.words.phrase(rest, |at| self.next(i, at))
            {
                found = Some((clitics, rest.to_owned(), phrase));
            }
        });
        let (clitics, bare, (length, word, needs)) = found?;
        if !self.stands(i, clitics, needs) {
            // «قالت مديرية الصحة» is no mention of a village Al-Sihha.
            let leads = self.places.words.get(&bare).roles.any(Roles::LEADS);
            return (length > 1 && leads).then_some(i + length);
        }
        let end = self.number_after(self.adjectives(i + length));
        // A place of that name is listed.
        let listed = |name: Name| {
            name.end > i + 1 || end == i + 1 && !self.needs_of(&name).is_everyday() // «المطار» is a village too
        };
        if self.known(i, clitics.peeled, &bare, false).is_some_and(listed) {
            return None;
        }
        let name = Name { start: i, end, peeled: clitics.peeled, bare, candidates: Vec::new() };
        self.push(name, i..end, i..end, Relation::At, word.kind.unwrap_or(PlaceKind::Site), true, true);
        Some(end)
    }

    /// A landmark whose first word alone another stage took for something else: «الطريق الدولي», where an
    /// outlet is called «الطريق».
    pub(super) fn landmark_of_claimed(&mut self, i: usize) -> Option<usize> {
        let taken = |at: usize| self.claimed.get(at) == Some(&true);
        if taken(i + 1) || i > 0 && taken(i - 1) {
            return None;
        }
        let count = self.mentions.len();
        let end = self.phrase(i).or_else(|| self.landmark(i))?;
        if end == i + 1 {
            self.mentions.truncate(count);
            return None;
        }
        Some(end)
    }

    /// A landmark told by what it is for, by a nation, by a number, at word `i`. Returns the word after it.
    pub(super) fn landmark(&mut self, i: usize) -> Option<usize> {
        let mut found = None;
        let mut buffer = String::new();
        clitics::readings(self.text.norm(i), &mut buffer, |clitics, rest| {
            if found.is_some() || clitics.future {
                return;
            }
            let end = self.landmark_end(i, clitics, rest);
            found = end.map(|(end, kind)| (clitics.peeled, rest.to_owned(), end, kind));
        });
        let (peeled, bare, end, kind) = found?;
        // A place of that name is listed.
        if self.known(i, peeled, &bare, false).is_some_and(|name| name.end >= end && name.end > i + 1) {
            return None;
        }
        let name = Name { start: i, end, peeled, bare, candidates: Vec::new() };
        self.push(name, i..end, i..end, Relation::At, kind, true, true);
        Some(end)
    }

    /// Where a landmark that begins with `noun` ends, and what it is.
    fn landmark_end(&self, i: usize, clitics: Clitics, noun: &str) -> Option<(usize, PlaceKind)> {
        let words = &self.places.words;
        let word = words.get(noun);
        let kind = word.kind.unwrap_or(PlaceKind::Site);
        if let Some(bare) = noun.strip_prefix(ARTICLE) {
            let word = words.get(bare);
            // A hospital does not speak.
            let needs = if word.roles.any(Roles::DESCRIBED) && !bare.ends_with('ه') {
                Standing::Placed
            } else {
                Standing::BySite
            };
            let nations = self.is_nations(i + 1) || !bare.ends_with('ه') && self.follows(i + 1) && self.is_nisba(i + 1);
            if word.roles.any(Roles::OF_NATION) && self.stands(i, clitics, needs) && nations {
                return Some((self.adjectives(i + 2), PlaceKind::Site));
            }
        }
        if word.roles.any(Roles::NUMBERED)
            && let Some(end) = self.numbered(i + 1)
        {
            return Some((end, kind));
        }
        let body = word.roles.any(Roles::BODY) && !self.stands(i, clitics, Standing::BySite);
        if !word.roles.any(Roles::CONSTRUCT) || body {
            return None;
        }
        self.complement(i + 1, word).map(|end| (end, kind))
    }

    /// The normalised word `at` words after word `i`, where it goes on the same phrase.
    fn next(&self, i: usize, at: usize) -> Option<&str> {
        (i + 1..=i + at).all(|word| self.follows(word)).then(|| self.text.norm(i + at))
    }

    /// Whether before word `i` stands what a landmark there needs.
    fn stands(&self, i: usize, clitics: Clitics, needs: Standing) -> bool {
        if needs == Standing::Anywhere || clitics.conjunction && self.follows_place(i) {
            return true;
        }
        let inside = clitics.preposition == Some(Preposition::Bi);
        if i == 0 || inside || !self.text.gap(i).only(Gap::INSIDE_NAME) {
            return inside && needs == Standing::Placed;
        }
        let before = self.word(i - 1).roles;
        let by_site = self.before(i).roles.any(Roles::AT_SITE.and(Roles::NEAR)) || before.any(Roles::UPON);
        let said_of_all = before.any(Roles::OF_BODIES);
        by_site || needs == Standing::Placed && !said_of_all && self.cue_before(i, Clitics::default()) != Cue::None
    }

    /// What says whose a site is, from word `start` on. Returns the word after it.
    fn complement(&self, start: usize, site: PlaceWord) -> Option<usize> {
        for at in start..=start + MOST_NOUNS {
            let gap = Gap::INSIDE_NAME;
            if at >= self.text.words().len() || !self.text.gap(at).only(gap) || self.text.gap(at).any(Gap::QUOTE) {
                return None;
            }
            if self.claimed[at] {
                // «مقر قيادة الفرقة الأولى», where another stage found the party.
                return site.roles.any(Roles::OWNED).then(|| self.claim_end(at)).flatten();
            }
            let norm = self.text.norm(at);
            // «مسجد لقوات الطوارئ»
            let norm = norm.strip_prefix('ل').filter(|rest| self.is_owner(rest) && at == start).unwrap_or(norm);
            let roles = self.places.words.get(norm).roles;
            // «سوق الاتصالات» is no site, «مبنى الاتصالات» one.
            let is_abstract = roles.any(Roles::ABSTRACT) && !site.roles.any(Roles::OWNED);
            if self.text.words()[at].kind != WordKind::Arabic || is_abstract {
                return None;
            }
            if norm.starts_with(ARTICLE) && norm.chars().count() > 4 {
                // «بقيادة السعودية»
                if self.known(at, 0, norm, false).is_some_and(|name| self.allowed(&name, Cue::None)) {
                    return None;
                }
                return Some(self.adjectives(at + 1));
            }
            if !self.is_owner(norm) {
                return None;
            }
        }
        None
    }

    /// Whether a noun may stand between a site and its owner's name: «مقر قيادة …», «مبنى فرع …».
    fn is_owner(&self, norm: &str) -> bool {
        self.places.words.get(norm).roles.any(Roles::CONSTRUCT.and(Roles::BETWEEN).and(Roles::BLOCKER))
    }

    /// The end of what another stage found at word `start`.
    fn claim_end(&self, start: usize) -> Option<usize> {
        let joined = |at: usize| self.claimed.get(at) == Some(&true) && self.text.gap(at).only(Gap::INSIDE_NAME);
        let end = (start + 1..start + 6).take_while(|&at| joined(at)).last().map_or(start + 1, |last| last + 1);
        (self.claimed.get(end) != Some(&true)).then_some(end)
    }

    /// The word after the adjectives that stand at word `at`: «الأمن العسكري», «الحكومة التايلاندية».
    fn adjectives(&self, start: usize) -> usize {
        let mut at = start;
        while at < start + MOST_ADJECTIVES && (self.follows(at) && self.is_adjective(at) || self.is_claimed_nation(at))
        {
            at += 1;
        }
        at
    }

    fn is_nisba(&self, at: usize) -> bool {
        let norm = self.text.norm(at);
        norm.starts_with(ARTICLE) && (norm.ends_with('ي') || norm.ends_with("يه")) && norm.len() > 10
    }

    pub(super) fn is_adjective(&self, at: usize) -> bool {
        let norm = self.text.norm(at);
        self.is_nisba(at)
            && !self.places.words.get(norm).roles.any(Roles::ENDS_NAME.and(Roles::BINDS))
            && self.known(at, 0, norm, false).is_none()
            || self.word(at).roles.any(Roles::SITE_ADJECTIVE.and(Roles::DESCRIBES))
    }

    /// Whether a nation's adjective stands at word `at`: «… التركية», «… السعودي».
    fn is_nations(&self, at: usize) -> bool {
        self.is_claimed_nation(at)
            || self.follows(at) && {
                let norm = self.text.norm(at);
                norm.starts_with(ARTICLE) && norm.ends_with("يه") && norm.len() > 12 && !self.is_plain_word(at)
            }
    }

    /// Whether the adjective at word `at` is one that another stage took for a party: «السفارة الأردنية».
    pub(super) fn is_claimed_nation(&self, at: usize) -> bool {
        let taken = |at: usize| self.claimed.get(at) == Some(&true);
        let norm = if taken(at) { self.text.norm(at) } else { return false };
        let alone = !taken(at + 1) && (at == 0 || !taken(at - 1));
        let gap = self.text.gap(at);
        gap.only(Gap::INSIDE_NAME)
            && !gap.any(Gap::DASH)
            && alone
            && norm.starts_with(ARTICLE)
            && (norm.ends_with("يه") || norm.ends_with('ي'))
            && norm.len() > 10
    }

    /// A number that tells a site at word `at`: «48», «22 مايو الرئاسي», «رقم 47».
    fn numbered(&self, at: usize) -> Option<usize> {
        let end = self.number_after(at);
        if end > at && end > at + 1 {
            return Some(end);
        }
        if !self.is_number(at) {
            return None;
        }
        let next = at + 1;
        let described = |at: usize| self.follows(at) && self.word(at).roles.any(Roles::DESCRIBES);
        if self.follows(next) && described(next + 1) {
            return Some(next + 2);
        }
        if described(next) {
            return Some(next + 1);
        }
        // «معسكر 48», and not a camp with 48 men.
        let ends = !self.joins(next)
            || self.placed_after(next)
            || self.text.norm(next).starts_with('و')
            || self.is_plain_word(next);
        ends.then_some(next)
    }

    fn is_number(&self, at: usize) -> bool {
        self.joins(at) && self.text.words()[at].kind == WordKind::Number
    }

    /// The word after a road's number that may stand at word `at`: «رقم 14», «M4».
    fn number_after(&self, at: usize) -> usize {
        if self.joins(at) && self.text.words()[at].kind == WordKind::Foreign && self.text.norm(at).len() <= 4 {
            // «M4»: a letter and the number written on it.
            let written_on = self.is_number(at + 1) && self.text.gap(at + 1) == Gap::default();
            return at + 1 + usize::from(written_on);
        }
        if self.joins(at) && self.word(at).roles.any(Roles::BEFORE_NUMBER) && self.is_number(at + 1) {
            return at + 2;
        }
        at
    }
}
