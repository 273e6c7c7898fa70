//! Finds the mentions: names, and the words that lead to them.
//!
//! At each word either a chain of leading words begins (بمحيط مدينة، في ريف), or a name stands
//! bare. Names that are everyday words need a leading word; a name that no gazetteer knows needs
//! one that is said of places alone (بلدة X، مخيم X).

use std::ops::Range;

use maydani_text::{Clitics, Gap, Preposition, Text, WordKind, clitics};

use super::words::{Number, PlaceWord, Roles};
use super::{PlaceMention, Places, Relation};
use crate::gazetteer::{LONGEST_NAME, Needs, Origin, PlaceId};
use crate::record::PlaceKind;

/// The most words in a name that no gazetteer knows.
const LONGEST_UNKNOWN: usize = 4;

/// What the words before a name tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cue {
    None,
    /// A preposition, a direction: said of places, and of other things.
    Preposition,
    /// A word for a kind of place.
    PlaceWord,
}

impl Cue {
    fn meets(self, needs: Needs) -> bool {
        match needs {
            Needs::Nothing => true,
            Needs::Preposition => self >= Self::Preposition,
            Needs::PlaceWord => self == Self::PlaceWord,
        }
    }
}

/// The chain of words that leads to a name.
#[derive(Debug, Clone, Copy, Default)]
struct Lead {
    /// First word of the chain, and what was peeled off it.
    start: usize,
    peeled: u8,
    /// Where the name begins.
    name: usize,
    near: bool,
    /// First word of «شمال غرب».
    direction: Option<usize>,
    /// Where «شمال غرب» points, in degrees from north.
    bearing: Option<f64>,
    countryside: Option<usize>,
    region: Option<usize>,
    title: Option<PlaceWord>,
    /// A word that belongs to the name, and where it stands.
    part: Option<(usize, PlaceWord)>,
}

impl Lead {
    fn cue(&self) -> Cue {
        if self.title.is_some() || self.part.is_some() || self.countryside.is_some() {
            Cue::PlaceWord
        } else {
            Cue::Preposition
        }
    }

    fn relation(&self) -> Relation {
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

/// A list that a leading word opened: قريتي X وY، مدن X وY وZ.
#[derive(Debug, Clone, Copy)]
struct List {
    /// Where the next name must begin.
    at: usize,
    lead: Lead,
    /// How many more names the leading word announces.
    left: usize,
}

impl List {
    /// Whether the leading word announced more than one name.
    fn announces_several(&self) -> bool {
        let word = self.lead.part.map(|(_, word)| word).or(self.lead.title);
        word.is_some_and(|word| word.number != Number::One) || self.left > 1
    }
}

/// A name found in the text.
struct Name {
    /// Its first word, and one past its last.
    start: usize,
    end: usize,
    /// Bytes of the first word before the name, and what of the word is left.
    peeled: u8,
    bare: String,
    candidates: Vec<PlaceId>,
}

pub(super) struct Finder<'p, 't, 'a> {
    places: &'p Places,
    text: &'t Text<'a>,
    /// By word: whether it belongs to something else.
    claimed: Vec<bool>,
    mentions: Vec<PlaceMention>,
    /// Bare names that are everyday words: they count once another mention has a leading word.
    doubtful: Vec<PlaceMention>,
}

impl<'p, 't, 'a> Finder<'p, 't, 'a> {
    pub(super) fn new(places: &'p Places, text: &'t Text<'a>, ranges: &[Range<usize>]) -> Self {
        let mut claimed = vec![false; text.words().len()];
        for range in ranges {
            let end = range.end.min(claimed.len());
            claimed[range.start.min(end)..end].fill(true);
        }
        Self { places, text, claimed, mentions: Vec::new(), doubtful: Vec::new() }
    }

    pub(super) fn find(mut self) -> Vec<PlaceMention> {
        let mut list: Option<List> = None;
        let mut i = 0;
        while i < self.text.words().len() {
            if self.claimed[i] {
                i += 1;
                continue;
            }
            let next = list
                .filter(|list| list.at == i && list.left > 0)
                .and_then(|list| self.listed(list))
                .or_else(|| self.led(i))
                .map(|(end, open)| {
                    list = open;
                    end
                })
                .or_else(|| self.bare(i));
            i = next.unwrap_or(i + 1);
        }
        self.accept_doubtful();
        self.mentions.sort_by_key(|mention| mention.words.start);
        self.mentions
    }

    /// Bare everyday names that the report introduces as places elsewhere.
    fn accept_doubtful(&mut self) {
        let doubtful = std::mem::take(&mut self.doubtful);
        for mention in doubtful {
            let introduced = self.mentions.iter().any(|other| {
                let told = other.cued && other.kind == PlaceKind::Settlement && other.relation != Relation::Countryside
                    || other.words.len() > mention.words.len();
                told && mention.candidates.iter().any(|id| other.candidates.contains(id))
            });
            if introduced {
                self.mentions.push(mention);
            }
        }
    }

    fn word(&self, i: usize) -> PlaceWord {
        self.places.words.get(self.text.norm(i))
    }

    /// Whether word `i` follows the one before it without a dash.
    fn follows(&self, i: usize) -> bool {
        self.joins(i) && !self.text.gap(i).any(Gap::DASH)
    }

    /// Whether word `i` may go on the phrase before it.
    fn joins(&self, i: usize) -> bool {
        i < self.text.words().len() && self.text.gap(i).only(Gap::INSIDE_NAME) && !self.claimed[i]
    }

    // ---- leading words -------------------------------------------------------------------------

    /// A mention that begins with leading words. Returns the word after it, and the list it opens.
    fn led(&mut self, i: usize) -> Option<(usize, Option<List>)> {
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
    fn chain(&self, i: usize, clitics: Clitics, first: PlaceWord) -> Lead {
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
                lead.bearing =
                    bearing(lead.bearing, if at == i { self.without(i, clitics.peeled) } else { self.text.norm(at) });
            }
            at += 1;
            // «بالقرب من», «على مقربة من», «الشرقية من»
            if (roles.any(Roles::NEAR) || roles.any(Roles::DIRECTION)) && self.joins(at) && self.text.norm(at) == "من"
            {
                at += 1;
            }
            lead.name = at;
            if !self.follows(at) {
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
            // After «قرية» or «حي», a word such as «وادي» or «مدينة» may belong to the name.
            let names_follow = lead.part.is_some() || lead.title.is_some() && next.roles.any(Roles::OPENER);
            if names_follow || !next.roles.any(Roles::LEADS) {
                return lead;
            }
            word = next;
        }
    }

    /// Whether a title, and not a name that begins like one, stands at word `at`.
    fn named_by_title(&self, at: usize) -> bool {
        self.known(at, 0, self.text.norm(at), false).is_none_or(|name| name.end <= at + 1)
    }

    /// The name that a chain leads to.
    fn name_of(&self, lead: &Lead) -> Option<Name> {
        if !self.follows(lead.name) {
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
        let region = lead.region.is_some() && self.text.norm(lead.name).starts_with("ال");
        self.known(lead.name, 0, self.text.norm(lead.name), strong)
            .filter(|name| strong || region || self.allowed(name, Cue::Preposition))
            // «قرية عربية»: an adjective, whatever village bears that name.
            .filter(|name| !(name.end == lead.name + 1 && self.is_plain_word(lead.name)))
            // «مطار الملك خالد» is no airport of a village Malik.
            .filter(|name| {
                !(self.is_site(lead)
                    && name.end == lead.name + 1
                    && self.places.gazetteer.needs([name.bare.as_str()]) == Needs::PlaceWord)
            })
            // «بلدة كفر المحبة» is no mention of Kafr.
            .filter(|name| !(strong && name.end == lead.name + 1 && self.opens_longer(lead.name)))
    }

    fn is_site(&self, lead: &Lead) -> bool {
        let _ = self;
        lead.part.is_some_and(|(_, word)| word.kind == Some(PlaceKind::Site))
    }

    /// What stands after a chain of leading words.
    fn after_lead(&mut self, lead: Lead) -> Option<(usize, Option<List>)> {
        if let Some(name) = self.name_of(&lead).or_else(|| self.unknown(&lead)) {
            return Some(self.push_led(lead, name));
        }
        // «شمالي القطاع», after «قطاع غزة» was named.
        if lead.cue() == Cue::Preposition
            && self.follows(lead.name)
            && let Some(name) = self.known(lead.name, 0, self.text.norm(lead.name), false)
        {
            let (end, kind) = (name.end, self.kind_of(&name.candidates, None));
            let mention = self.mention(name, lead.name..end, lead.start..end, lead.relation(), kind, false, false);
            self.doubtful.push(mention);
        }
        None
    }

    fn push_led(&mut self, lead: Lead, name: Name) -> (usize, Option<List>) {
        let mut end = name.end;
        let hint = lead.part.map(|(_, word)| word).or(lead.title).and_then(|word| word.kind);
        let mut relation = lead.relation();
        let mut kind = match hint {
            // «بلدات الضفة الغربية» names no town.
            Some(_) if lead.part.is_none() && self.all_wide(&name.candidates) => self.kind_of(&name.candidates, hint),
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
            while self.joins(end) && self.word(end).roles.any(Roles::SITE_ADJECTIVE) && kind == PlaceKind::Site {
                end += 1;
            }
        }
        let mut name = name;
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
            && self.text.norm(end).starts_with("ال")
        {
            // «قرية الجرذي الشرقي»
            end += 1;
            reach_end = end;
        }
        let number = lead.part.map(|(_, word)| word).or(lead.title).map_or(Number::One, |word| word.number);
        let number = if lead.countryside.is_some_and(|at| self.number_at(&lead, at) == Number::Two) {
            Number::Two
        } else {
            number
        };
        let left = match number {
            Number::One | Number::Two => 1,
            Number::Many => 12,
        };
        let cued = lead.cue() == Cue::PlaceWord || lead.region.is_some();
        let known_list = number != Number::One || !name.candidates.is_empty();
        self.push(name, start..end, lead.start..reach_end, relation, kind, cued, around);
        if let Some(mention) = self.mentions.last_mut() {
            mention.bearing = lead.bearing;
        }
        let list = (cued && known_list).then_some(List { at: reach_end, lead, left });
        (reach_end, list)
    }

    fn number_at(&self, lead: &Lead, at: usize) -> Number {
        let norm = self.text.norm(at);
        let bare = if at == lead.start { &norm[usize::from(lead.peeled).min(norm.len())..] } else { norm };
        self.places.words.get(bare).number
    }

    fn is_side(&self, i: usize) -> bool {
        let norm = self.text.norm(i);
        self.word(i).roles.any(Roles::ADJECTIVE)
            || norm.strip_prefix('و').is_some_and(|rest| self.places.words.get(rest).roles.any(Roles::ADJECTIVE))
    }

    /// The next name of a list: «وY», «، Y».
    fn listed(&mut self, list: List) -> Option<(usize, Option<List>)> {
        let i = list.at;
        let gap = self.text.gap(i);
        let comma = gap.any(Gap::COMMA);
        if !gap.only(Gap::INSIDE_NAME.and(Gap::COMMA)) {
            return None;
        }
        let norm = self.text.norm(i);
        let (start, peeled) = match norm {
            "و" => (i + 1, 0),
            _ if norm.starts_with('و') && norm.len() > 4 => (i, 2),
            _ if comma => (i, 0),
            _ => return None,
        };
        if start >= self.text.words().len() {
            return None;
        }
        let rest = self.without(start, peeled);
        // «وبلدة X» opens anew.
        if self.places.words.get(rest).roles.any(Roles::LEADS) && !self.places.words.get(rest).roles.any(Roles::OPENER)
        {
            return None;
        }
        let announced = list.announces_several();
        let known = self
            .known(start, peeled, rest, announced && !comma)
            .or_else(|| (peeled == 2 && comma).then(|| self.known(start, 0, self.text.norm(start), false)).flatten())
            .filter(|name| announced || self.allowed(name, Cue::None))
            .filter(|_| !self.places.words.get(rest).roles.any(Roles::ENDS_NAME));
        let name = match known {
            Some(name) => name,
            None if announced && (peeled == 2 || norm == "و") => self.unknown_at(start, peeled, &list.lead)?,
            None => return None,
        };
        let mut lead = list.lead;
        (lead.start, lead.peeled, lead.name) = (start, name.peeled, start);
        lead.direction = None;
        let mut mention_lead = lead;
        if let Some((_, word)) = lead.part {
            mention_lead.part = Some((start, word));
        }
        mention_lead.countryside = lead.countryside.map(|_| start);
        mention_lead.region = lead.region.map(|_| start);
        let (end, _) = self.push_led(mention_lead, name);
        Some((end, (list.left > 1).then_some(List { at: end, lead: list.lead, left: list.left - 1 })))
    }

    // ---- names ---------------------------------------------------------------------------------

    /// A known name at word `i`, whose clitics leave `bare` of it.
    fn known(&self, i: usize, peeled: u8, bare: &str, any_article: bool) -> Option<Name> {
        let rest = (i + 1..i + LONGEST_NAME).take_while(|&at| self.joins(at)).map(|at| self.text.norm(at));
        let gazetteer = &self.places.gazetteer;
        let found = gazetteer
            .longest(std::iter::once(bare).chain(rest.clone()))
            .or_else(|| any_article.then(|| gazetteer.longest_with_other_article(bare, rest)).flatten())?;
        let candidates = found.places.to_vec();
        Some(Name { start: i, end: i + found.words, peeled, bare: bare.to_owned(), candidates })
    }

    /// Word `i` without the first `peeled` bytes.
    fn without(&self, i: usize, peeled: u8) -> &'t str {
        self.text.norm(i).get(usize::from(peeled)..).unwrap_or_default()
    }

    /// Whether a known name may count here, by what leads to it.
    fn allowed(&self, name: &Name, cue: Cue) -> bool {
        let gazetteer = &self.places.gazetteer;
        if name.end > name.start + 1 {
            let rest = || (name.start + 1..name.end).map(|at| self.text.norm(at));
            // «علي صالح», «الشيخ يوسف», «سي إن»: villages bear such names, but people and channels do too.
            let first = gazetteer.is_person(&name.bare) || name.bare == "عبد";
            let people = first && rest().all(|word| gazetteer.is_person(word) || word == "عبد" || word == "الله");
            // «بن نايف», «أبو عمر»: names of people, unless the place is well known.
            let child = matches!(name.bare.as_str(), "بن" | "ابن" | "ال" | "ابو" | "بنت");
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
        // Two letters make too many words: «لك», «به».
        if name.bare.chars().count() < 3 && cue != Cue::PlaceWord && self.all_added(&name.candidates) {
            return false;
        }
        // «وقال» is no mention of a village Qal.
        let whole = name.peeled == 0 || gazetteer.needs([self.text.norm(name.start)]) == Needs::Nothing;
        cue.meets(gazetteer.needs([name.bare.as_str()])) && (whole || cue == Cue::PlaceWord)
    }

    /// A bare name. Returns the word after it.
    fn bare(&mut self, i: usize) -> Option<usize> {
        let text = self.text;
        let mut best: Option<(Name, Clitics)> = None;
        let mut buffer = String::new();
        clitics::readings(text.norm(i), &mut buffer, |clitics, rest| {
            let never = self.places.words.get(rest).roles.any(Roles::ENDS_NAME);
            if never && self.cue_before(i, clitics) == Cue::None
                || clitics.future
                || rest.chars().count() < 3 && clitics.peeled > 0
            {
                return;
            }
            if let Some(name) = self.known(i, clitics.peeled, rest, false)
                && best.as_ref().is_none_or(|(other, _)| name.end > other.end)
            {
                best = Some((name, clitics));
            }
        });
        let (name, clitics) = best?;
        let before = self.before(i);
        if before.roles.any(Roles::BLOCKER) && clitics.preposition.is_none() {
            return Some(name.end);
        }
        let cue = self.cue_before(i, clitics);
        let kind = self.kind_of(&name.candidates, None);
        let end = name.end;
        let person = end == i + 1 && clitics.peeled == 0 && cue == Cue::None && self.after_person(i);
        if person {
            return None;
        }
        let fits = self.allowed(&name, cue);
        let doubtful = !fits && cue == Cue::Preposition;
        if fits {
            self.push(name, i..end, i..end, Relation::At, kind, false, false);
            return Some(end);
        }
        if doubtful {
            let mention = self.mention(name, i..end, i..end, Relation::At, kind, false, false);
            self.doubtful.push(mention);
        }
        None
    }

    /// The word before word `i`, without the conjunction or preposition written on it.
    fn before(&self, i: usize) -> PlaceWord {
        if i == 0 || !self.joins(i) {
            return PlaceWord::default();
        }
        let mut found = PlaceWord::default();
        let mut buffer = String::new();
        clitics::readings(self.text.norm(i - 1), &mut buffer, |_, rest| {
            let word = self.places.words.get(rest);
            if found.roles == Roles::default() {
                found = word;
            }
        });
        found
    }

    fn cue_before(&self, i: usize, clitics: Clitics) -> Cue {
        if matches!(clitics.preposition, Some(Preposition::Bi | Preposition::Li)) {
            return Cue::Preposition;
        }
        if i == 0 || !self.text.gap(i).only(Gap::INSIDE_NAME) {
            return Cue::None;
        }
        match self.text.norm(i - 1) {
            "في" | "من" | "الي" | "علي" | "نحو" | "باتجاه" | "داخل" | "بين" | "عن" | "وفي" | "ومن" | "والي"
            | "دخول" | "عبر" | "صوب" | "خارج" | "غادر" | "اهالي" | "سكان" | "ابناء" | "ب" | "ل" => {
                Cue::Preposition
            }
            _ => Cue::None,
        }
    }

    /// Whether the word before is a person's name or a rank: «العقيد رياض», «محمد حلبي».
    fn after_person(&self, i: usize) -> bool {
        i > 0 && self.joins(i) && self.places.gazetteer.is_person(self.text.norm(i - 1))
    }

    /// A name that no gazetteer knows, after a word that is said of places alone.
    fn unknown(&self, lead: &Lead) -> Option<Name> {
        let word = lead.part.map(|(_, word)| word).or(lead.title);
        // «ريف X», «محافظة X»: X is known, or the reading is wrong.
        word.filter(|word| word.kind != Some(PlaceKind::Governorate))?;
        self.unknown_at(lead.name, 0, lead)
    }

    fn unknown_at(&self, start: usize, peeled: u8, lead: &Lead) -> Option<Name> {
        let text = self.text;
        if peeled == 0 && !self.follows(start) || text.words()[start].kind != WordKind::Arabic {
            return None;
        }
        let first = self.without(start, peeled);
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
            });
            let prefixed = ["بال", "وال", "كال", "فال", "لل"].iter().any(|clitics| first.starts_with(clitics));
            if goes_on || prefixed {
                return None;
            }
            if lead.part.is_some_and(|(_, word)| word.roles.any(Roles::KNOWN)) {
                return None;
            }
            let definite_site = lead.part.is_some_and(|(_, word)| word.roles.any(Roles::DEFINITE));
            let next = start + 1;
            if definite_site
                && word.roles.any(Roles::BLOCKER)
                && self.follows(next)
                && text.norm(next).starts_with("ال")
            {
                // «مقر قوات الطوارئ», «مبنى حزب البعث»: named by its owner.
                return Some(Name { start, end: next + 1, peeled, bare: first.to_owned(), candidates: Vec::new() });
            }
            let starts_other =
                word.roles.any(Roles::ENDS_NAME.and(Roles::SITE_ADJECTIVE).and(Roles::BLOCKER).and(Roles::ADJECTIVE));
            if starts_other || self.is_plain_word(start) || (lead.part.is_some() && word.roles.any(Roles::TITLE)) {
                return None;
            }
            let settlement = lead.part.or(lead.title.map(|word| (0, word))).and_then(|(_, word)| word.kind);
            // An adjective agrees with the feminine place word: «قرية حدودية», «منطقة صناعية».
            let adjective = first.ends_with('ه') && !first.starts_with("ال") && first.chars().count() > 4;
            if adjective && !word.roles.any(Roles::OPENER) && !self.placed_after(start + 1) {
                return None;
            }
            // Sites are often said without a name: «مستشفى ميداني», «حاجز أمني», «مبنى سكني».
            let nisba = first.ends_with('ي') && !first.starts_with("ال");
            if settlement == Some(PlaceKind::Site) && (nisba || peeled > 0) {
                return None;
            }
            let everyday = self.places.gazetteer.needs([first]) == Needs::PlaceWord;
            let person = self.places.gazetteer.is_person(first);
            if lead.part.is_some_and(|(_, word)| word.roles.any(Roles::DEFINITE)) {
                // «مسجد قوات …», «مبنى سكني»: only a definite or a person's name is one.
                let definite = first.starts_with("ال") && !everyday;
                if !definite && !person && !word.roles.any(Roles::OPENER) {
                    return None;
                }
            } else if everyday && !person && !first.starts_with("ال") && !word.roles.any(Roles::OPENER) {
                return None;
            }
        }
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
        Some(Name { start, end, peeled, bare: first.to_owned(), candidates: Vec::new() })
    }

    fn is_person_word(&self, i: usize) -> bool {
        self.places.gazetteer.is_person(self.text.norm(i))
    }

    /// Whether word `i` says where the name before it lies: «… بريف حلب», «… التابعة», «… شمال».
    fn placed_after(&self, i: usize) -> bool {
        if i >= self.text.words().len() || self.text.gap(i).any(Gap::STOP.and(Gap::LINE)) {
            return true;
        }
        let mut placed = self.text.gap(i).any(Gap::COMMA.and(Gap::QUOTE));
        let mut buffer = String::new();
        clitics::readings(self.text.norm(i), &mut buffer, |_, rest| {
            let roles = self.places.words.get(rest).roles;
            placed |= roles.any(Roles::LEADS) || rest == "التابعه" || rest == "الواقعه" || rest == "في";
        });
        placed
    }

    /// Whether word `i` is the first of a longer name: «كفر X», «أم X».
    fn opens_longer(&self, i: usize) -> bool {
        let next = i + 1;
        self.word(i).roles.any(Roles::OPENER)
            && self.follows(next)
            && self.text.words()[next].kind == WordKind::Arabic
            && !self.word(next).roles.any(Roles::ENDS_NAME.and(Roles::DIRECTION).and(Roles::ADJECTIVE).and(Roles::NEAR))
            && !self.placed_after(next)
    }

    /// A word that never is a name, even after «قرية».
    fn is_plain_word(&self, i: usize) -> bool {
        self.word(i).roles.any(Roles::ENDS_NAME)
    }

    // ---- kinds ---------------------------------------------------------------------------------

    fn has_kind(&self, candidates: &[PlaceId], kind: PlaceKind) -> bool {
        candidates.iter().any(|&id| self.places.gazetteer.place(id).kind == kind)
    }

    /// Whether only files given by the user know the name.
    fn all_added(&self, candidates: &[PlaceId]) -> bool {
        candidates.iter().all(|&id| self.places.gazetteer.place(id).origin == Origin::Added)
    }

    /// Whether the candidates are wider than a town.
    fn all_wide(&self, candidates: &[PlaceId]) -> bool {
        let wide = |&id: &PlaceId| {
            matches!(
                self.places.gazetteer.place(id).kind,
                PlaceKind::Country | PlaceKind::Governorate | PlaceKind::Area
            )
        };
        !candidates.is_empty() && candidates.iter().all(wide)
    }

    /// Whether «منطقة» is the name of a first-level division in the country of the best known one.
    fn regions_are_divisions(&self, candidates: &[PlaceId]) -> bool {
        candidates.first().is_some_and(|&id| self.places.gazetteer.place(id).country == Some("SA"))
    }

    /// The kind of the best known bearer, or the wanted kind where some bearer is of it.
    fn kind_of(&self, candidates: &[PlaceId], wanted: Option<PlaceKind>) -> PlaceKind {
        let kinds = || candidates.iter().map(|&id| self.places.gazetteer.place(id).kind);
        let wanted_found = wanted.filter(|&kind| kinds().any(|other| other == kind));
        wanted_found
            .or_else(|| kinds().find(|&kind| kind == PlaceKind::Country))
            .or_else(|| kinds().find(|&kind| kind == PlaceKind::Settlement))
            .or_else(|| kinds().next())
            .or(wanted)
            .unwrap_or(PlaceKind::Settlement)
    }

    #[expect(clippy::too_many_arguments, reason = "one call site per way of finding; a struct would repeat the fields")]
    fn push(
        &mut self,
        name: Name,
        words: Range<usize>,
        reach: Range<usize>,
        relation: Relation,
        kind: PlaceKind,
        cued: bool,
        around: bool,
    ) {
        let mention = self.mention(name, words, reach, relation, kind, cued, around);
        self.mentions.push(mention);
    }

    #[expect(clippy::too_many_arguments, reason = "as `push`")]
    fn mention(
        &self,
        name: Name,
        words: Range<usize>,
        reach: Range<usize>,
        relation: Relation,
        kind: PlaceKind,
        cued: bool,
        around: bool,
    ) -> PlaceMention {
        let peeled = if name.peeled > 0 {
            usize::from(name.peeled)
        } else {
            self.lead_peeled(words.start, cued || relation != Relation::At)
        };
        let peeled_here = if words.start == reach.start { peeled } else { 0 };
        // «للباب» keeps its first letter: the article has lost its own.
        let restored = words.start == name.start && self.without(name.start, name.peeled).len() < name.bare.len();
        let span = self.text.span_without(words.clone(), if restored { peeled_here - 2 } else { peeled_here });
        PlaceMention {
            words,
            reach,
            span,
            kind,
            relation,
            cued,
            candidates: self.fitting(name.candidates, kind, relation, cued),
            choice: None,
            anchor: None,
            around,
            bearing: None,
            within: None,
            locates: false,
        }
    }

    /// Bytes of clitics before a leading word that begins the surface.
    fn lead_peeled(&self, i: usize, led: bool) -> usize {
        if !led {
            return 0;
        }
        let mut peeled = None;
        let mut buffer = String::new();
        clitics::readings(self.text.norm(i), &mut buffer, |clitics, rest| {
            if peeled.is_none() && self.places.words.get(rest).roles.any(Roles::LEADS) {
                peeled = Some(usize::from(clitics.peeled));
            }
        });
        peeled.unwrap_or(0)
    }

    /// The bearers of a name that its leading words allow.
    fn fitting(&self, candidates: Vec<PlaceId>, kind: PlaceKind, relation: Relation, cued: bool) -> Vec<PlaceId> {
        let kind_at = |id: PlaceId| self.places.gazetteer.place(id).kind;
        let wanted: &[PlaceKind] = match (relation, kind, cued) {
            (Relation::Countryside, ..) => &[PlaceKind::Settlement, PlaceKind::Governorate, PlaceKind::District],
            (_, PlaceKind::Governorate, true) => &[PlaceKind::Governorate],
            (_, PlaceKind::District, true) => &[PlaceKind::District, PlaceKind::Settlement],
            (_, PlaceKind::Neighbourhood, _) => &[PlaceKind::Neighbourhood, PlaceKind::Settlement],
            (_, PlaceKind::Settlement, _) => &[PlaceKind::Settlement],
            (_, PlaceKind::Site, _) => &[PlaceKind::Site, PlaceKind::Settlement, PlaceKind::Neighbourhood],
            _ => &[],
        };
        let kept: Vec<PlaceId> = wanted
            .iter()
            .map(|&kind| candidates.iter().copied().filter(|&id| kind_at(id) == kind).collect::<Vec<_>>())
            .find(|kept| !kept.is_empty())
            .unwrap_or_default();
        if kept.is_empty() { candidates } else { kept }
    }
}

/// Adds a word of direction to what was read of it: «شمال», then «غرب».
fn bearing(before: Option<f64>, word: &str) -> Option<f64> {
    let degrees = match word {
        "شمال" | "شمالي" => 0.0,
        "شرق" | "شرقي" => 90.0,
        "جنوب" | "جنوبي" => 180.0,
        "غرب" | "غربي" => 270.0,
        _ => return before,
    };
    Some(match before {
        None => degrees,
        Some(0.0) if degrees > 180.0 => 315.0,
        Some(first) => f64::midpoint(first, degrees),
    })
}
