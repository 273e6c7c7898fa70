//! Finds the mentions: names, and the words that lead to them.
//!
//! At each word either a chain of leading words begins (بمحيط مدينة، في ريف), or a name stands
//! bare. Names that are everyday words need a leading word; a name that no gazetteer knows needs
//! one that is said of places alone (بلدة X، مخيم X).

use std::ops::Range;

use maydani_text::{ARTICLE, Clitics, Gap, Preposition, Text, clitics};
use rustc_hash::FxHashMap;

use super::lead::Cue;
use super::list::List;
use super::name::Name;
use super::words::{Number, PlaceWord, Roles};
use super::{PlaceMention, Places, Relation};
use crate::gazetteer::{Needs, Origin, PlaceId};
use crate::record::PlaceKind;

/// So many places of a country tell that the report speaks of it.
const OFTEN: usize = 3;

/// Goes through a text, word by word.
pub(super) struct Finder<'p, 't, 'a> {
    pub(super) places: &'p Places,
    pub(super) text: &'t Text<'a>,
    /// By word: whether it belongs to something else.
    pub(super) claimed: Vec<bool>,
    pub(super) mentions: Vec<PlaceMention>,
    /// Bare names that are everyday words: they count once another mention has a leading word.
    pub(super) doubtful: Vec<Doubtful>,
}

/// A bare name that is an everyday word.
pub(super) struct Doubtful {
    mention: PlaceMention,
    /// What would make it a place.
    needs: Needs,
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
                i = self.landmark_of_claimed(i).unwrap_or(i + 1);
                continue;
            }
            let next = list
                .filter(|list| list.at == i && list.left > 0)
                .and_then(|list| self.listed(list))
                .or_else(|| self.phrase(i).map(|end| (end, None)))
                .or_else(|| self.led(i))
                .or_else(|| self.enumerated(i))
                .map(|(end, open)| {
                    list = open;
                    end
                })
                .or_else(|| self.described(i))
                .or_else(|| self.landmark(i))
                .or_else(|| self.bare(i))
                .or_else(|| self.sided(i))
                .or_else(|| self.strung(i))
                .or_else(|| self.in_row(i))
                .or_else(|| self.seat(i))
                .or_else(|| self.aside(i));
            i = next.unwrap_or(i + 1);
        }
        self.accept_doubtful();
        self.mentions.sort_by_key(|mention| mention.words.start);
        self.mentions
    }

    /// Bare everyday names that the report introduces as places elsewhere.
    pub(super) fn accept_doubtful(&mut self) {
        let doubtful = std::mem::take(&mut self.doubtful);
        if doubtful.is_empty() {
            return;
        }
        let gazetteer = &self.places.gazetteer;
        // How plainly the report names each place: the most words it takes, or no end with a place word.
        let mut told: FxHashMap<PlaceId, usize> = FxHashMap::default();
        for mention in &self.mentions {
            let cued =
                mention.cued && mention.kind == PlaceKind::Settlement && mention.relation != Relation::Countryside;
            let words = if cued { usize::MAX } else { mention.words.len() };
            for &id in &mention.candidates {
                let most = told.entry(id).or_default();
                *most = (*most).max(words);
            }
            // «القطاع», where غزة was named.
            let division = mention.candidates.first().and_then(|&town| gazetteer.place(town).admin1);
            division.map(|id| told.insert(id, usize::MAX));
        }
        let accepted: Vec<PlaceMention> = doubtful
            .into_iter()
            .filter(|Doubtful { mention, needs }| {
                let words = mention.words.len();
                mention.candidates.iter().any(|id| told.get(id).is_some_and(|&most| most > words))
                    || *needs == Needs::Country && self.in_its_country(mention)
            })
            .map(|doubtful| doubtful.mention)
            .collect();
        self.mentions.extend(accepted);
    }

    /// Whether the report speaks of a well-known bearer's country: in the same sentence, or often.
    fn in_its_country(&self, mention: &PlaceMention) -> bool {
        let gazetteer = &self.places.gazetteer;
        let country = |id: PlaceId| gazetteer.place(id).country;
        let own: Vec<Option<&str>> = mention
            .candidates
            .iter()
            .filter(|&&id| gazetteer.origin(id) != Origin::Added)
            .map(|&id| country(id))
            .collect();
        let sentence = self.text.sentence_of(mention.words.start);
        let mut count = 0;
        for other in self.mentions.iter().filter(|other| other.kind != PlaceKind::Country) {
            if !other.candidates.first().is_some_and(|&id| own.contains(&country(id))) {
                continue;
            }
            count += 1;
            if count == OFTEN || self.text.sentence_of(other.words.start) == sentence {
                return true;
            }
        }
        false
    }

    pub(super) fn word(&self, i: usize) -> PlaceWord {
        self.places.words.get(self.text.norm(i))
    }

    /// Whether word `i` follows the one before it without a dash.
    pub(super) fn follows(&self, i: usize) -> bool {
        self.joins(i) && !self.text.gap(i).any(Gap::DASH)
    }

    /// Whether word `i` may go on the phrase before it.
    pub(super) fn joins(&self, i: usize) -> bool {
        i < self.text.words().len() && self.text.gap(i).only(Gap::INSIDE_NAME) && !self.claimed[i]
    }

    /// A bare name. Returns the word after it.
    pub(super) fn bare(&mut self, i: usize) -> Option<usize> {
        let text = self.text;
        let mut best: Option<(Name, Clitics)> = None;
        let mut buffer = String::new();
        clitics::readings(text.norm(i), &mut buffer, |clitics, rest| {
            if clitics.future {
                return;
            }
            let Some(name) = self.known(i, clitics.peeled, rest, false) else { return };
            // «وتل رفعت» is a name of two words; of one, two letters make one only in a list: «والضالع وإب».
            let short = rest.len() < 6 && clitics.peeled > 0 && name.end == i + 1;
            if short && !(clitics.conjunction && self.follows_place(i)) {
                return;
            }
            let never = self.places.words.get(rest).roles.any(Roles::ENDS_NAME);
            let longer = best.as_ref().is_none_or(|(other, _)| name.end > other.end);
            if longer && !(never && self.cue_before(i, clitics) == Cue::None) {
                best = Some((name, clitics));
            }
        });
        let (name, clitics) = best?;
        if let Some(named) = self.named_after(&name) {
            return Some(named);
        }
        let before = self.before(i);
        if before.roles.any(Roles::BLOCKER) && clitics.preposition.is_none() {
            return Some(name.end);
        }
        let cue = self.cue_before(i, clitics);
        let cue = cue.max(self.cue_of_list(i, clitics, &name, cue)).max(self.cue_around(i, clitics, &name));
        let kind = self.kind_of(&name.candidates, None);
        let end = name.end;
        let person = end == i + 1 && clitics.peeled == 0 && cue == Cue::None && self.after_person(i);
        if person {
            return None;
        }
        let fits = self.allowed(&name, cue);
        let doubtful = !fits && (cue == Cue::Preposition || self.before(i).roles.any(Roles::AT_SITE));
        if fits {
            self.push(name, i..end, i..end, Relation::At, kind, false, false);
            return Some(end);
        }
        if doubtful && (self.tells_where(i, clitics) || self.needs_of(&name) != Needs::Country) {
            self.doubt(name, i..end, i..end, Relation::At, kind);
        }
        None
    }

    /// Keeps a name that may prove to be a place.
    pub(super) fn doubt(
        &mut self,
        name: Name,
        words: Range<usize>,
        reach: Range<usize>,
        relation: Relation,
        kind: PlaceKind,
    ) {
        let needs = self.needs_of(&name);
        let mention = self.mention(name, words, reach, relation, kind, false, false);
        self.doubtful.push(Doubtful { mention, needs });
    }

    /// The word before word `i`, without the conjunction or preposition written on it.
    pub(super) fn before(&self, i: usize) -> PlaceWord {
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

    pub(super) fn cue_before(&self, i: usize, clitics: Clitics) -> Cue {
        if matches!(clitics.preposition, Some(Preposition::Bi | Preposition::Li)) {
            return Cue::Preposition;
        }
        if i == 0 || !self.text.gap(i).only(Gap::INSIDE_NAME) {
            return Cue::None;
        }
        if self.word(i - 1).roles.any(Roles::PREPOSITION) { Cue::Preposition } else { Cue::None }
    }

    /// Whether what stands before word `i` is said of places more than of people and things.
    fn tells_where(&self, i: usize, clitics: Clitics) -> bool {
        let bare = self.text.norm(i).get(usize::from(clitics.peeled)..).unwrap_or_default();
        let telling = clitics.peeled == 0 || bare.starts_with(ARTICLE) || bare.chars().count() > 4;
        let before = if i > 0 && self.joins(i) { self.word(i - 1).roles } else { Roles::default() };
        telling && clitics.preposition != Some(Preposition::Li) && !before.any(Roles::OF_BODIES)
    }

    /// What stands around a known name tells of it: «في X بريف Y» where it lies, «X: …» and «X - …» at the
    /// beginning of a line that the line is told from there, «#X» that it is a name.
    fn cue_around(&self, i: usize, clitics: Clitics, name: &Name) -> Cue {
        let person = self.places.gazetteer.is_person(&name.bare);
        if person {
            return Cue::None;
        }
        let cue = self.cue_before(i, clitics);
        if cue == Cue::Preposition && self.tells_where(i, clitics) && self.lies_in(name.end) {
            return Cue::PlaceWord;
        }
        if self.all_added(&name.candidates) || clitics.peeled > 0 {
            return Cue::None;
        }
        let gap = self.text.gap(i);
        let marks = Gap::COLON.and(Gap::DASH).and(Gap::SLASH);
        let closes = name.end < self.text.words().len() && self.text.gap(name.end).any(marks);
        if gap.any(Gap::HASH) || (i == 0 || gap.any(Gap::LINE)) && closes { Cue::Preposition } else { Cue::None }
    }

    /// Whether word `i` names the division that holds the name before it: «… بريف X», «… بمحافظة X».
    fn lies_in(&self, i: usize) -> bool {
        if !self.joins(i) {
            return false;
        }
        let wider = Roles::COUNTRYSIDE.and(Roles::TITLE);
        let mut lies = false;
        let mut buffer = String::new();
        clitics::readings(self.text.norm(i), &mut buffer, |clitics, rest| {
            let word = self.places.words.get(rest);
            let held = word.roles.any(wider) && word.number == Number::One;
            lies |= held && clitics.preposition == Some(Preposition::Bi) && !clitics.conjunction;
        });
        let next = i + 1;
        lies && self.follows(next) && self.known(next, 0, self.text.norm(next), false).is_some()
    }

    /// Whether the word before is a person's name or a rank: «العقيد رياض», «محمد حلبي».
    pub(super) fn after_person(&self, i: usize) -> bool {
        i > 0 && self.joins(i) && self.places.gazetteer.is_person(self.text.norm(i - 1))
    }

    #[expect(clippy::too_many_arguments, reason = "one call site per way of finding; a struct would repeat the fields")]
    pub(super) fn push(
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
    pub(super) fn mention(
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
        let span = self
            .text
            .span_without(words.clone(), if restored { peeled_here.saturating_sub("ل".len()) } else { peeled_here });
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
            list: 0,
        }
    }

    /// Bytes of clitics before a leading word that begins the surface.
    pub(super) fn lead_peeled(&self, i: usize, led: bool) -> usize {
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
}
