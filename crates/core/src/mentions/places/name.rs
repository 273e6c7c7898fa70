//! Names: those that the gazetteer knows, with what must stand before them to count, and those
//! that only a leading word makes names.

use maydani_text::{ARTICLE, Gap, Preposition, WordKind, article, clitics};

use super::find::Finder;
use super::lead::{Cue, Lead};
use super::words::{Number, PlaceWord, Roles};
use crate::gazetteer::{LONGEST_NAME, Needs, PlaceId};
use crate::record::PlaceKind;

/// The most words in a name that no gazetteer knows.
const LONGEST_UNKNOWN: usize = 4;
/// The most words in the name of a site's owner.
const LONGEST_OWNER: usize = 6;

/// A name found in the text.
pub(super) struct Name {
    /// Its first word, and one past its last.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Bytes of the first word before the name, and what of the word is left.
    pub(super) peeled: u8,
    pub(super) bare: String,
    pub(super) candidates: Vec<PlaceId>,
}

impl<'t> Finder<'_, 't, '_> {
    /// A known name at word `i`, whose clitics leave `bare` of it.
    pub(super) fn known(&self, i: usize, peeled: u8, bare: &str, any_article: bool) -> Option<Name> {
        let rest = (i + 1..i + LONGEST_NAME).take_while(|&at| self.joins(at)).map(|at| self.text.norm(at));
        let gazetteer = &self.places.gazetteer;
        let found = gazetteer
            .longest(std::iter::once(bare).chain(rest.clone()))
            .or_else(|| any_article.then(|| gazetteer.longest_with_other_article(bare, rest)).flatten())?;
        // «حماة الوطن» begins with the name of a town, and is none.
        let after = i + found.words;
        let phrase = (i + 1..=after).map(|at| if at < self.text.words().len() { self.text.norm(at) } else { "" });
        if self.joins(after) && gazetteer.needs(std::iter::once(bare).chain(phrase)).is_everyday() {
            return None;
        }
        let candidates = found.places.to_vec();
        Some(Name { start: i, end: i + found.words, peeled, bare: bare.to_owned(), candidates })
    }

    /// Word `i` without the first `peeled` bytes.
    pub(super) fn without(&self, i: usize, peeled: u8) -> &'t str {
        self.text.norm(i).get(usize::from(peeled)..).unwrap_or_default()
    }

    /// What must stand before a known name.
    pub(super) fn needs_of(&self, name: &Name) -> Needs {
        let rest = (name.start + 1..name.end).map(|at| self.text.norm(at));
        self.places.gazetteer.needs(std::iter::once(name.bare.as_str()).chain(rest))
    }

    /// Whether a known name may count here, by what leads to it.
    pub(super) fn allowed(&self, name: &Name, cue: Cue) -> bool {
        let gazetteer = &self.places.gazetteer;
        if name.end > name.start + 1 {
            let rest = || (name.start + 1..name.end).map(|at| self.text.norm(at));
            // «علي صالح», «الشيخ يوسف»: villages bear such names, but people do too.
            let people = gazetteer.is_person(&name.bare) && self.all_added(&name.candidates);
            // «بن نايف», «أبو عمر»: names of people, unless the place is well known.
            let child = self.places.words.get(&name.bare).roles.any(Roles::KIN);
            if child && cue != Cue::PlaceWord && self.all_added(&name.candidates) {
                return false;
            }
            let short = name.bare.chars().count() < 3
                && self.all_added(&name.candidates)
                && !self.places.words.get(&name.bare).roles.any(Roles::OPENER);
            if (people || short) && cue != Cue::PlaceWord {
                return false;
            }
            return cue.meets(gazetteer.needs(std::iter::once(name.bare.as_str()).chain(rest())));
        }
        // Two letters make too many words («لك»), and one folded spelling many names: «إب» is a town,
        // «آب» a month.
        if name.bare.chars().count() < 3 && cue != Cue::PlaceWord && !self.spelled_alike(name) {
            return false;
        }
        // «وقال» is no mention of a village Qal.
        let whole = name.peeled == 0 || gazetteer.needs([self.text.norm(name.start)]) == Needs::Nothing;
        cue.meets(gazetteer.needs([name.bare.as_str()])) && (whole || cue == Cue::PlaceWord)
    }

    /// Whether the text spells a name of one word to the letter as its best known bearer does.
    fn spelled_alike(&self, name: &Name) -> bool {
        let written = self.text.slice(self.text.span_without(name.start..name.end, usize::from(name.peeled)));
        !self.all_added(&name.candidates)
            && name.candidates.first().is_some_and(|&id| self.places.gazetteer.place(id).name_ar == written)
    }

    /// A name that no gazetteer knows, after a word that is said of places alone.
    pub(super) fn unknown(&self, lead: &Lead) -> Option<Name> {
        if let Some(owner) = self.owner(lead) {
            return Some(owner);
        }
        let word = lead.part.map(|(_, word)| word).or(lead.title);
        if !self.follows(lead.name) && !self.opens_list(lead) {
            return None;
        }
        let Some(word) = word else {
            // «منطقة X»: said of much else, so the report must tell where X lies.
            lead.region?;
            let first = self.text.norm(lead.name);
            // «منطقتي X وY»: two that are named.
            if self.number(lead) == Number::Two {
                let conjunct = |i: usize| self.joins(i) && self.text.norm(i).starts_with('و');
                return self.unknown_at(lead.name, 0, lead).filter(|name| conjunct(name.end));
            }
            let adjective = first.ends_with('ه') && !first.starts_with(ARTICLE);
            let quoted = self.text.gap(lead.name).any(Gap::QUOTE.and(Gap::HASH));
            let name = self.unknown_at(lead.name, 0, lead).filter(|_| !adjective || quoted)?;
            let told = quoted
                || self.located_after(name.end)
                || self.held_by_known(name.end)
                || self.is_region_name(lead.name, &name);
            return told.then_some(name);
        };
        // «ريف X», «محافظة X»: X is known, or the reading is wrong.
        if word.kind == Some(PlaceKind::Governorate) && !word.roles.any(Roles::UNLISTED) {
            return None;
        }
        let placed = word.roles.any(Roles::PLACED);
        // «موقعي» is «my site» too, «ميداني» «in the field»: two that are named.
        let two = word.kind == Some(PlaceKind::Site) && word.number == Number::Two;
        let conjunct = |i: usize| self.joins(i) && self.text.norm(i).starts_with('و');
        self.unknown_at(lead.name, 0, lead)
            .filter(|name| !placed || self.located_after(name.end))
            .filter(|name| !two || conjunct(name.end))
    }

    /// The owner that a site is named by: «مسجد قوات الطوارئ», where another stage found the party.
    fn owner(&self, lead: &Lead) -> Option<Name> {
        lead.part.filter(|&(at, _)| at + 1 == lead.name && self.lead_word(lead, at).roles.any(Roles::OWNED))?;
        let start = lead.name;
        let opens = *self.claimed.get(start)? && self.text.gap(start).only(Gap::INSIDE_NAME);
        if !opens {
            return None;
        }
        let mut end = start + 1;
        while end < start + LONGEST_OWNER
            && self.claimed.get(end) == Some(&true)
            && self.text.gap(end).only(Gap::INSIDE_NAME)
        {
            end += 1;
        }
        let whole = self.claimed.get(end) != Some(&true);
        let bare = self.text.norm(start).to_owned();
        whole.then_some(Name { start, end, peeled: 0, bare, candidates: Vec::new() })
    }

    /// Whether word `i` plainly says where the name before it lies: «… شمال حلب», «… بريف حماة»,
    /// «… الواقعة», «… القريبة من».
    pub(super) fn located_after(&self, i: usize) -> bool {
        if i >= self.text.words().len()
            || !self.text.gap(i).only(Gap::INSIDE_NAME.and(Gap::COMMA).and(Gap::OPEN).and(Gap::CLOSE))
        {
            return false;
        }
        // «X بقطاع Y»
        let held = Roles::COUNTRYSIDE.and(Roles::TITLE).and(Roles::REGION).and(Roles::PLACED);
        // «X في ولاية Y»
        let wider = Roles::TITLE.and(Roles::COUNTRYSIDE).and(Roles::DIRECTION);
        let mut located = self.text.norm(i) == "في" && self.follows(i + 1) && self.word(i + 1).roles.any(wider);
        let mut buffer = String::new();
        clitics::readings(self.text.norm(i), &mut buffer, |clitics, rest| {
            let roles = self.places.words.get(rest).roles;
            let binds = roles.any(Roles::BINDS) && rest.starts_with(ARTICLE);
            let leads =
                roles.any(Roles::NEAR.and(Roles::DIRECTION)) || clitics.preposition.is_some() && roles.any(held);
            located |= !clitics.conjunction && (binds || leads);
        });
        located
    }

    pub(super) fn unknown_at(&self, start: usize, peeled: u8, lead: &Lead) -> Option<Name> {
        let text = self.text;
        if text.words().get(start).is_none_or(|word| word.kind != WordKind::Arabic) {
            return None;
        }
        let first = self.without(start, peeled);
        let known_only =
            lead.part.map(|(_, word)| word).or(lead.title).is_some_and(|word| word.roles.any(Roles::KNOWN));
        let held = self.is_held_site(start, first, lead);
        if known_only && !held {
            return None;
        }
        let quoted = text.gap(start).any(Gap::QUOTE.and(Gap::HASH)) && peeled == 0;
        let word = self.places.words.get(first);
        if first.chars().count() < 3 && !word.roles.any(Roles::OPENER) {
            return None;
        }
        if !quoted {
            let mut goes_on = false;
            let mut buffer = String::new();
            clitics::readings(first, &mut buffer, |clitics, rest| {
                let roles = self.places.words.get(rest).roles;
                let bound =
                    if clitics.preposition.is_some() { Roles::LEADS.and(Roles::ENDS_NAME) } else { Roles::ENDS_NAME };
                goes_on |= clitics.peeled > 0
                    && rest.chars().count() > 1
                    && (roles.any(bound)
                        || clitics.conjunction
                            && (roles.any(Roles::LEADS) || self.places.gazetteer.needs([rest]) != Needs::Nothing));
                // «فندق بمقديشو»
                goes_on |= clitics.preposition.is_some()
                    && rest.chars().count() > 4
                    && self
                        .known(start, clitics.peeled, rest, false)
                        .is_some_and(|name| !self.all_added(&name.candidates));
            });
            if goes_on || article::begins(first, article::ONLY_AFTER_ONE) {
                return None;
            }
            let definite_site = lead.part.is_some_and(|(_, word)| word.roles.any(Roles::DEFINITE));
            let next = start + 1;
            if definite_site
                && word.roles.any(Roles::BLOCKER)
                && self.follows(next)
                && text.norm(next).starts_with(ARTICLE)
            {
                // «مقر قوات الطوارئ», «مبنى حزب البعث»: named by its owner.
                return Some(Name { start, end: next + 1, peeled, bare: first.to_owned(), candidates: Vec::new() });
            }
            // «سوق الاتصالات» is no site, «مبنى الاتصالات» and «مصفاة النفط» are.
            let of_site = word.roles.any(Roles::ABSTRACT)
                && lead.part.is_some_and(|(_, site)| site.roles.any(Roles::DEFINITE) && !site.roles.any(Roles::OWNED));
            let direction = lead.part.is_some() && word.roles.any(Roles::DIRECTION);
            let starts_other =
                word.roles.any(Roles::ENDS_NAME.and(Roles::SITE_ADJECTIVE).and(Roles::BLOCKER).and(Roles::ADJECTIVE))
                    || of_site
                    || direction;
            if starts_other || self.is_plain_word(start) || (lead.part.is_some() && word.roles.any(Roles::TITLE)) {
                return None;
            }
            let settlement = lead.part.or(lead.title.map(|word| (0, word))).and_then(|(_, word)| word.kind);
            // An adjective agrees with the feminine place word: «قرية حدودية», «منطقة صناعية».
            let adjective = first.ends_with('ه') && !first.starts_with(ARTICLE) && first.chars().count() > 4;
            let placed = self.placed_after(start + 1) || self.located_after(start + 1);
            // «قريتي X»: never an adjective.
            let adjective = adjective && self.number(lead) != Number::Two;
            // «قرى X والY»: nor before the next of a list.
            let adjective = adjective && !(several_follow(self, lead, start + 1));
            if adjective && !word.roles.any(Roles::OPENER) && !placed {
                return None;
            }
            // Sites are often said without a name: «مستشفى ميداني», «حاجز أمني», «مبنى سكني».
            let nisba = first.ends_with('ي') && !first.starts_with(ARTICLE);
            let several = self.number(lead) != Number::One;
            if settlement == Some(PlaceKind::Site) && (nisba || peeled > 0 && !several) {
                return None;
            }
            let everyday = self.places.gazetteer.needs([first]).is_everyday();
            let person = self.places.gazetteer.is_person(first);
            if lead.part.is_some_and(|(_, word)| word.roles.any(Roles::DEFINITE)) {
                // «مسجد قوات …», «مبنى سكني»: only a definite or a person's name is one.
                let named = lead.part.is_some_and(|(_, word)| word.roles.any(Roles::NAMED));
                let definite = first.starts_with(ARTICLE) && (named || !everyday);
                // «قاعدة عسكرية قرب …»
                let adjective = first.ends_with("يه") && !first.starts_with(ARTICLE);
                let located =
                    held || named && (self.located_after(start + 1) && !adjective || self.is_strange(start, first));
                if !definite && !person && !located && !word.roles.any(Roles::OPENER) {
                    return None;
                }
            } else if everyday && !person && !first.starts_with(ARTICLE) && !word.roles.any(Roles::OPENER) {
                return None;
            }
        }
        let end = self.unknown_end(start, quoted, word);
        Some(Name { start, end, peeled, bare: first.to_owned(), candidates: Vec::new() })
    }

    /// Where a name that no gazetteer knows ends, which begins with `word` at `start`.
    fn unknown_end(&self, start: usize, quoted: bool, word: PlaceWord) -> usize {
        let text = self.text;
        let mut end = start + 1;
        let mut previous = word;
        while end < start + LONGEST_UNKNOWN && self.follows(end) && text.words()[end].kind == WordKind::Arabic {
            let gap = text.gap(end);
            let next = self.word(end);
            let goes_on = if quoted {
                !gap.any(Gap::QUOTE) && !next.roles.any(Roles::ENDS_NAME)
            } else {
                gap.any(Gap::UNDERSCORE)
                    || previous.roles.any(Roles::OPENER)
                    || next.roles.any(Roles::ADJECTIVE.and(Roles::SITE_ADJECTIVE))
                    || self.is_person_word(end - 1)
                        && !next.roles.any(Roles::ENDS_NAME)
                        && !next.roles.any(Roles::LEADS)
            };
            if !goes_on {
                break;
            }
            previous = next;
            end += 1;
        }
        end
    }

    /// Whether a word after a word for a site is its name, since a known town holds it: «سوق صابرين بأم درمان».
    fn is_held_site(&self, start: usize, first: &str, lead: &Lead) -> bool {
        lead.part.is_some_and(|(_, word)| word.number == Number::One && !word.roles.any(Roles::BLOCKER))
            && self.held_by_known(start + 1)
            && first.chars().count() > 3
            && !["ه", "ي", "ين", "ات", "ا"].iter().any(|ending| first.ends_with(ending))
    }

    /// Whether a known town or division at word `i` holds the name before it: «… في بغداد», «… بالعريش».
    fn held_by_known(&self, i: usize) -> bool {
        if !self.follows(i) {
            return false;
        }
        let mut held = false;
        let mut buffer = String::new();
        let holds = |name: &Name| {
            !self.all_added(&name.candidates)
                && self.allowed(name, Cue::Preposition)
                && !self.has_kind(&name.candidates, PlaceKind::Country)
        };
        if self.text.norm(i) == "في" {
            return self.follows(i + 1)
                && self.known(i + 1, 0, self.text.norm(i + 1), false).is_some_and(|name| holds(&name));
        }
        clitics::readings(self.text.norm(i), &mut buffer, |clitics, rest| {
            let bi = clitics.preposition == Some(Preposition::Bi) && !clitics.conjunction && rest.chars().count() > 3;
            held |= bi && self.known(i, clitics.peeled, rest, false).is_some_and(|name| holds(&name));
        });
        held
    }

    /// Whether what follows «منطقة» is a name: a word that is none of the language, and the phrase ends there.
    fn is_region_name(&self, at: usize, name: &Name) -> bool {
        let first = self.text.norm(at);
        let formed = ["ه", "ات", "ين", "ون", "ا"].iter().any(|ending| first.ends_with(ending)) && name.end == at + 1
            || ["ال", "م", "ت"].iter().any(|beginning| first.starts_with(beginning));
        let other = Roles::ENDS_NAME.and(Roles::ABSTRACT).and(Roles::BETWEEN).and(Roles::CONSTRUCT).and(Roles::LEADS);
        let ends = name.end >= self.text.words().len()
            || self.text.gap(name.end).any(Gap::STOP.and(Gap::LINE).and(Gap::COMMA))
            || self.text.norm(name.end) == "في"
            || self.text.norm(name.end).starts_with('ب');
        first.chars().count() >= 5
            && !formed
            && ends
            && !self.places.words.get(first).roles.any(other)
            && self.places.gazetteer.needs([first]) == Needs::Nothing
    }

    /// Whether a word looks like a foreign name and not like a noun or adjective of the language, and the
    /// phrase ends with it: «قاعدة كيوان،», «ميدان أوهورو في …».
    fn is_strange(&self, at: usize, word: &str) -> bool {
        let other = Roles::ENDS_NAME.and(Roles::ABSTRACT).and(Roles::BETWEEN).and(Roles::CONSTRUCT).and(Roles::LEADS);
        let formed = ["ه", "ي", "ات", "ين", "ون", "ا"].iter().any(|ending| word.ends_with(ending))
            || ["م", "ال", "ت", "ي"].iter().any(|beginning| word.starts_with(beginning));
        word.chars().count() >= 5
            && !formed
            && !self.places.words.get(word).roles.any(other)
            && self.places.gazetteer.needs([word]) == Needs::Nothing
            && (self.placed_after(at + 1) || self.joins(at + 1) && self.text.norm(at + 1).starts_with('و'))
    }

    pub(super) fn is_person_word(&self, i: usize) -> bool {
        self.places.gazetteer.is_person(self.text.norm(i))
    }

    /// Whether word `i` says where the name before it lies: «… بريف حلب», «… التابعة», «… شمال».
    pub(super) fn placed_after(&self, i: usize) -> bool {
        if i >= self.text.words().len() || self.text.gap(i).any(Gap::STOP.and(Gap::LINE)) {
            return true;
        }
        let mut placed = self.text.gap(i).any(Gap::COMMA.and(Gap::QUOTE));
        let mut buffer = String::new();
        clitics::readings(self.text.norm(i), &mut buffer, |_, rest| {
            let roles = self.places.words.get(rest).roles;
            placed |= roles.any(Roles::LEADS.and(Roles::LOCATES));
        });
        placed
    }

    /// Whether word `i` is the first of a longer name: «كفر X», «أم X».
    pub(super) fn opens_longer(&self, i: usize, peeled: u8) -> bool {
        let next = i + 1;
        self.places.words.get(self.without(i, peeled)).roles.any(Roles::OPENER)
            && self.follows(next)
            && self.text.words()[next].kind == WordKind::Arabic
            && !self.word(next).roles.any(Roles::ENDS_NAME.and(Roles::DIRECTION).and(Roles::ADJECTIVE).and(Roles::NEAR))
            && !self.placed_after(next)
    }

    /// A word that never is a name, even after «قرية».
    pub(super) fn is_plain_word(&self, i: usize) -> bool {
        self.word(i).roles.any(Roles::ENDS_NAME)
    }
}

/// Whether the leading word announces many, and the next of them stands at word `i`.
fn several_follow(finder: &Finder<'_, '_, '_>, lead: &Lead, i: usize) -> bool {
    finder.number(lead) == Number::Many && finder.joins(i) && finder.text.norm(i).starts_with("وال")
}
