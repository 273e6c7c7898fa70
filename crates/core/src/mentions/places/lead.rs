//! The words that lead to a name: «في محيط مدينة X», «بريف X», «شمال غرب X».

use maydani_text::{ARTICLE, Clitics, Gap, clitics};

use super::Relation;
use super::find::Finder;
use super::list::List;
use super::name::Name;
use super::words::{Number, PlaceWord, Roles};
use crate::gazetteer::Needs;
use crate::record::PlaceKind;

/// How many more names a word of many may announce: reports list dozens of villages taken in a day.
const LONGEST_LIST: usize = 80;

/// What the words before a name tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    None,
    /// A preposition, a direction: said of places, and of other things.
    Preposition,
    /// A word for a kind of place.
    PlaceWord,
}

impl Cue {
    pub(super) fn meets(self, needs: Needs) -> bool {
        match needs {
            Needs::Nothing => true,
            Needs::Preposition => self >= Self::Preposition,
            Needs::Country | Needs::PlaceWord => self == Self::PlaceWord,
        }
    }
}

/// The chain of words that leads to a name.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lead {
    /// First word of the chain, and what was peeled off it.
    pub(super) start: usize,
    pub(super) peeled: u8,
    /// Where the name begins.
    pub(super) name: usize,
    pub(super) near: bool,
    /// First word of «شمال غرب».
    pub(super) direction: Option<usize>,
    /// Where «شمال غرب» points, in degrees from north.
    pub(super) bearing: Option<f64>,
    pub(super) countryside: Option<usize>,
    pub(super) region: Option<usize>,
    pub(super) title: Option<PlaceWord>,
    /// A word that belongs to the name, and where it stands.
    pub(super) part: Option<(usize, PlaceWord)>,
}

impl Lead {
    pub(super) fn cue(&self) -> Cue {
        if self.title.is_some() || self.part.is_some() || self.countryside.is_some() {
            Cue::PlaceWord
        } else {
            Cue::Preposition
        }
    }

    pub(super) fn relation(&self) -> Relation {
        if self.countryside.is_some() {
            Relation::Countryside
        } else if self.near {
            Relation::Near
        } else if self.direction.is_some() {
            Relation::Direction
        } else {
            Relation::At
        }
    }
}

impl Finder<'_, '_, '_> {
    /// A mention that begins with leading words. Returns the word after it, and the list it opens.
    pub(super) fn led(&mut self, i: usize) -> Option<(usize, Option<List>)> {
        let mut first = None;
        let mut buffer = String::new();
        clitics::readings(self.text.norm(i), &mut buffer, |clitics, rest| {
            let word = self.places.words.get(rest);
            if first.is_none() && !clitics.future && word.roles.any(Roles::LEADS) {
                first = Some((clitics, word));
            }
        });
        let (clitics, word) = first?;
        // «وأدى» (and led to) folds to «وادي» (valley).
        if self.text.norm(i) == "وادي" && self.text.slice(self.text.words()[i].original).contains('أ') {
            return None;
        }
        // A name may begin with a leading word: جسر الشغور، وادي بردى، جنوب السودان.
        let whole =
            self.known(i, clitics.peeled, self.without(i, clitics.peeled), false).filter(|name| name.end > i + 1);
        let lead = self.chain(i, clitics, word);
        if let Some(name) = whole {
            let after = self.name_of(&lead);
            let by_lead = after.as_ref().map_or(0, |name| name.end);
            // «ولاية الخرطوم» is listed, and so is «الخرطوم»; of «مدينة الصدر» only the whole.
            let title_apart = after.is_some_and(|after| {
                word.roles.any(Roles::TITLE)
                    && after.end == name.end
                    && after.candidates.iter().any(|id| name.candidates.contains(id))
            });
            if name.end >= by_lead && !title_apart {
                let kind = self.kind_of(&name.candidates, word.kind.filter(|_| word.roles.any(Roles::PART)));
                let end = name.end;
                // «شمال غزة», «ريف دمشق»: a name, and nothing leads to it.
                self.push(name, i..end, i..end, Relation::At, kind, true, false);
                return Some((end, None));
            }
        }
        self.after_lead(lead)
    }

    /// Reads the chain of leading words from word `i` on.
    pub(super) fn chain(&self, i: usize, clitics: Clitics, first: PlaceWord) -> Lead {
        let mut lead = Lead { start: i, peeled: clitics.peeled, name: i, ..Lead::default() };
        let mut word = first;
        let mut at = i;
        loop {
            let roles = word.roles;
            if roles.any(Roles::PART) {
                lead.part = Some((at, word));
            } else if roles.any(Roles::TITLE) {
                lead.title = Some(word);
            } else if roles.any(Roles::COUNTRYSIDE) {
                lead.countryside.get_or_insert(at);
            } else if roles.any(Roles::REGION) {
                lead.region.get_or_insert(at);
            } else if roles.any(Roles::NEAR) {
                lead.near = true;
            } else {
                lead.direction.get_or_insert(at);
                lead.title = None; // «مدن شمال سوريا» names none of them
                let side = if at == i { self.without(i, clitics.peeled) } else { self.text.norm(at) };
                lead.bearing = bearing(lead.bearing, self.places.words.get(side).roles);
            }
            at += 1;
            // «بالقرب من», «على مقربة من», «الشرقية من»
            if (roles.any(Roles::NEAR) || roles.any(Roles::DIRECTION)) && self.joins(at) && self.text.norm(at) == "من"
            {
                at += 1;
            }
            lead.name = at;
            if !self.follows(at) && !self.opens_list(&lead) {
                return lead;
            }
            let mut next = self.word(at);
            // «قرى وبلدات X»
            if let Some(conjunct) = self.text.norm(at).strip_prefix('و').map(|rest| self.places.words.get(rest))
                && lead.title.is_some()
                && conjunct.roles.any(Roles::TITLE)
                && conjunct.number == Number::Many
            {
                next = conjunct;
            }
            // «أحياء مدينة X», «محور قرية X»: the title leads, the site has no name.
            if lead.part.is_some() && next.roles.any(Roles::TITLE) && self.named_by_title(at) {
                lead.part = None;
                word = next;
                continue;
            }
            // «مبنى سجن X»: the prison has the name.
            if next.roles.any(Roles::PART)
                && !next.roles.any(Roles::OPENER)
                && lead.part.is_some_and(|(_, word)| word.roles.any(Roles::DEFINITE))
            {
                word = next;
                continue;
            }
            // After «قرية» or «حي», a word such as «وادي» or «مدينة» may belong to the name.
            let names_follow = lead.part.is_some() || lead.title.is_some() && next.roles.any(Roles::OPENER);
            if names_follow || !next.roles.any(Roles::LEADS) {
                return lead;
            }
            word = next;
        }
    }

    /// Whether a title, and not a name that begins like one, stands at word `at`.
    pub(super) fn named_by_title(&self, at: usize) -> bool {
        self.known(at, 0, self.text.norm(at), false).is_none_or(|name| name.end <= at + 1)
    }

    /// Whether a list in brackets stands after the chain: «قريتي (X وY)».
    pub(super) fn opens_list(&self, lead: &Lead) -> bool {
        let at = lead.name;
        self.number(lead) != Number::One
            && at < self.text.words().len()
            && !self.claimed[at]
            && self.text.gap(at).only(Gap::INSIDE_NAME.and(Gap::OPEN).and(Gap::COLON))
    }

    /// The name that a chain leads to.
    pub(super) fn name_of(&self, lead: &Lead) -> Option<Name> {
        if !self.follows(lead.name) && !self.opens_list(lead) {
            return None;
        }
        let strong = lead.cue() == Cue::PlaceWord;
        // The words that belong to the name may be part of it in the gazetteer: مطار حلب.
        if let Some((at, _)) = lead.part {
            let peeled = if at == lead.start { lead.peeled } else { 0 };
            if let Some(name) = self.known(at, peeled, self.without(at, peeled), false).filter(|name| name.end > at + 1)
            {
                return Some(name);
            }
        }
        if let Some(at) = lead.region {
            let peeled = if at == lead.start { lead.peeled } else { 0 };
            if let Some(name) = self.known(at, peeled, self.without(at, peeled), false).filter(|name| name.end > at + 1)
            {
                return Some(name);
            }
        }
        // «منطقة» is said of places, but of much else with an adjective.
        let region = lead.region.is_some() && self.text.norm(lead.name).starts_with(ARTICLE);
        self.known(lead.name, 0, self.text.norm(lead.name), strong)
            .filter(|name| {
                let told = lead.region.is_some() && !self.all_added(&name.candidates);
                strong || region || told || self.allowed(name, Cue::Preposition)
            })
            // «قرية عربية»: an adjective, whatever village bears that name.
            .filter(|name| !(name.end == lead.name + 1 && self.is_plain_word(lead.name)))
            // «معسكر شمال صعدة» is no camp of the north.
            .filter(|name| {
                let direction = self.word(lead.name).roles.any(Roles::DIRECTION);
                !(name.end == lead.name + 1 && lead.part.is_some() && direction)
            })
            // «مطار الملك خالد» is no airport of a village Malik.
            .filter(|name| !(name.end == lead.name + 1 && self.names_no_site(lead, name)))
            // «مواقع الحوادث»: of everyday words, and villages that only the user's files know, two must be told.
            .filter(|name| {
                let loose = lead.title.is_some_and(|word| word.roles.any(Roles::KNOWN) && word.number == Number::Many);
                let conjunct = self.joins(name.end) && self.text.norm(name.end).starts_with('و');
                !loose
                    || !(self.all_added(&name.candidates) || self.needs_of(name).is_everyday())
                    || conjunct
                    || self.located_after(name.end)
            })
            // «بلدة كفر المحبة» is no mention of Kafr.
            .filter(|name| !(strong && name.end == lead.name + 1 && self.opens_longer(lead.name, 0)))
    }

    /// Whether a village's name is another word after this word for a site: «مطار الملك خالد»,
    /// «مقبرة جماعية».
    pub(super) fn names_no_site(&self, lead: &Lead, name: &Name) -> bool {
        let Some((_, word)) = lead.part.filter(|(_, word)| word.kind == Some(PlaceKind::Site)) else { return false };
        let everyday = self.places.gazetteer.needs([name.bare.as_str()]).is_everyday();
        let vague =
            word.roles.any(Roles::DEFINITE) && !name.bare.starts_with(ARTICLE) && self.all_added(&name.candidates);
        everyday || vague
    }

    /// What stands after a chain of leading words.
    pub(super) fn after_lead(&mut self, lead: Lead) -> Option<(usize, Option<List>)> {
        if let Some(name) = self.name_of(&lead).or_else(|| self.unknown(&lead)) {
            return Some(self.push_led(lead, name));
        }
        if let Some(end) = self.side_of_it(&lead) {
            return Some((end, None));
        }
        // «شمالي القطاع», after «قطاع غزة» was named.
        if lead.cue() == Cue::Preposition
            && self.follows(lead.name)
            && let Some(name) = self.known(lead.name, 0, self.text.norm(lead.name), false)
        {
            let (end, kind) = (name.end, self.kind_of(&name.candidates, None));
            self.doubt(name, lead.name..end, lead.start..end, lead.relation(), kind);
        }
        None
    }

    pub(super) fn push_led(&mut self, lead: Lead, name: Name) -> (usize, Option<List>) {
        let mut end = name.end;
        let hint = lead.part.map(|(_, word)| word).or(lead.title).and_then(|word| word.kind);
        let mut relation = lead.relation();
        let mut kind = match hint {
            // «بلدات الضفة الغربية» names no town, «أحياء حلب» no quarter.
            Some(hint)
                if lead.part.is_none()
                    && (self.all_wide(&name.candidates)
                        || hint == PlaceKind::Neighbourhood && !name.candidates.is_empty()) =>
            {
                self.kind_of(&name.candidates, Some(hint))
            }
            Some(kind) if relation != Relation::Countryside => kind,
            _ => self.kind_of(&name.candidates, lead.countryside.map(|_| PlaceKind::Settlement)),
        };
        let mut start = name.start;
        let mut around = false;
        if relation == Relation::Countryside {
            (kind, around) = (PlaceKind::Area, true);
            start = lead.countryside.unwrap_or(start);
        } else if let Some(at) = lead.region.filter(|&at| hint.is_none() && start > at) {
            let division = self.has_kind(&name.candidates, PlaceKind::Governorate);
            let town = !division && self.has_kind(&name.candidates, PlaceKind::Settlement);
            if division && self.regions_are_divisions(&name.candidates) {
                kind = PlaceKind::Governorate; // «منطقة عسير»
            } else if town {
                relation = Relation::Near; // «منطقة تل رفعت»: the town and what lies around it
            } else {
                (kind, around, start) = (PlaceKind::Area, kind != PlaceKind::Area, at);
            }
        }
        if let Some((at, word)) = lead.part
            && relation != Relation::Countryside
        {
            // A site at X is not X; a hill or a valley that the gazetteer knows is itself.
            around = name.start > at;
            start = at;
            if !around {
                kind = self.kind_of(&name.candidates, word.kind);
            }
            // «مبنى القنصلية الإيرانية»
            let definite = name.bare.starts_with(ARTICLE) && name.candidates.is_empty();
            let whose =
                |end: usize| definite && (self.is_claimed_nation(end) || self.follows(end) && self.is_adjective(end));
            while kind == PlaceKind::Site
                && (self.joins(end) && self.word(end).roles.any(Roles::SITE_ADJECTIVE) || whose(end))
            {
                end += 1;
            }
        }
        let mut name = name;
        if lead.part.is_some_and(|(at, word)| word.roles.any(Roles::FOUNDER) && name.start > at) {
            // «تل X» is not at the village X.
            name.candidates.clear();
        }
        if lead.part.is_some_and(|(_, word)| word.roles.any(Roles::ROAD)) {
            // A road runs from one place to another, and lies at neither: طريق X – Y.
            name.candidates.clear();
            while self.joins(end) && self.text.gap(end).any(Gap::DASH) {
                let Some(next) = self.known(end, 0, self.text.norm(end), true) else { break };
                end = next.end;
            }
        }
        let wide = matches!(kind, PlaceKind::Country | PlaceKind::Governorate | PlaceKind::Area);
        if let (Relation::Direction, true, Some(at)) = (relation, wide, lead.direction) {
            // «شمال سوريا» is an area of its own.
            (kind, around, start) = (PlaceKind::Area, true, at);
        }
        if relation == Relation::Near && kind == PlaceKind::Country {
            relation = Relation::At;
        }
        let mut reach_end = end;
        while relation == Relation::Countryside && self.joins(reach_end) && self.is_side(reach_end) {
            reach_end += 1;
        }
        if relation == Relation::At
            && hint == Some(PlaceKind::Settlement)
            && self.joins(end)
            && self.is_side(end)
            && self.text.norm(end).starts_with(ARTICLE)
        {
            // «قرية الجرذي الشرقي»
            end += 1;
            reach_end = end;
        }
        let number = self.number(&lead);
        let number = if lead.countryside.is_some_and(|at| self.number_at(&lead, at) == Number::Two) {
            Number::Two
        } else {
            number
        };
        let left = match number {
            Number::One | Number::Two => 1,
            Number::Many => LONGEST_LIST,
        };
        let cued = lead.cue() == Cue::PlaceWord || lead.region.is_some();
        let known_list = number != Number::One || !name.candidates.is_empty() || hint == Some(PlaceKind::Neighbourhood);
        self.push(name, start..end, lead.start..reach_end, relation, kind, cued, around);
        if let Some(mention) = self.mentions.last_mut() {
            mention.bearing = lead.bearing;
        }
        let list = (cued && known_list).then_some(List { at: reach_end, lead, several: number != Number::One, left });
        (reach_end, list)
    }

    /// How many names the leading word announces.
    pub(super) fn number(&self, lead: &Lead) -> Number {
        let region = lead.region.map(|at| self.lead_word(lead, at));
        lead.part.map(|(_, word)| word).or(lead.title).or(region).map_or(Number::One, |word| word.number)
    }

    pub(super) fn number_at(&self, lead: &Lead, at: usize) -> Number {
        self.lead_word(lead, at).number
    }

    /// The leading word at `at`.
    pub(super) fn lead_word(&self, lead: &Lead, at: usize) -> PlaceWord {
        self.places.words.get(self.without(at, if at == lead.start { lead.peeled } else { 0 }))
    }

    pub(super) fn is_side(&self, i: usize) -> bool {
        let norm = self.text.norm(i);
        self.word(i).roles.any(Roles::ADJECTIVE)
            || norm.strip_prefix('و').is_some_and(|rest| self.places.words.get(rest).roles.any(Roles::ADJECTIVE))
    }
}

/// Adds a word of direction to what was read of it: «شمال», then «غرب».
fn bearing(before: Option<f64>, side: Roles) -> Option<f64> {
    let sides = [(Roles::NORTH, 0.0), (Roles::EAST, 90.0), (Roles::SOUTH, 180.0), (Roles::WEST, 270.0)];
    let Some((_, degrees)) = sides.into_iter().find(|(of, _)| side.any(*of)) else { return before };
    Some(match before {
        None => degrees,
        Some(0.0) if degrees > 180.0 => 315.0,
        Some(first) => f64::midpoint(first, degrees),
    })
}
