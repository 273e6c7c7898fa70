//! Lists that a leading word opens: قريتي X وY، مدن X وY وZ.

use maydani_text::{ARTICLE, Clitics, Gap, clitics};

use super::find::Finder;
use super::lead::{Cue, Lead};
use super::name::Name;
use super::words::{Number, PlaceWord, Roles};
use crate::gazetteer::PlaceId;
use crate::record::PlaceKind;

/// How many words before its names the word may stand that announces them.
const FARTHEST: usize = 14;

/// A list that a leading word opened: قريتي X وY، مدن X وY وZ.
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    /// Where the next name must begin.
    pub(super) at: usize,
    pub(super) lead: Lead,
    /// Whether «منطقتي», «ريفي» opened it.
    pub(super) several: bool,
    /// How many more names the leading word announces.
    pub(super) left: usize,
}

impl List {
    /// Whether the leading word announced more than one name.
    pub(super) fn announces_several(&self) -> bool {
        let word = self.lead.part.map(|(_, word)| word).or(self.lead.title);
        word.is_some_and(|word| word.number != Number::One) || self.several || self.left > 1
    }
}

impl Finder<'_, '_, '_> {
    /// The next name of a list: «وY», «، Y».
    pub(super) fn listed(&mut self, list: List) -> Option<(usize, Option<List>)> {
        let i = list.at;
        let gap = self.text.gap(i);
        // «مدن X – Y – Z»
        let dash = gap.any(Gap::DASH) && list.announces_several();
        let comma = gap.any(Gap::COMMA) || dash;
        if !gap.only(Gap::INSIDE_NAME.and(Gap::COMMA)) {
            return None;
        }
        let norm = self.text.norm(i);
        let (start, peeled) = if self.text.is_and(i) {
            (i + 1, 0)
        } else if norm.starts_with('و') && norm.len() > 4 {
            (i, 2)
        } else if comma {
            (i, 0)
        } else {
            return None;
        };
        if self.claimed.get(start).copied().unwrap_or(true) {
            return None;
        }
        let rest = self.without(start, peeled);
        // «وبلدة X» opens anew.
        if self.places.words.get(rest).roles.any(Roles::LEADS) && !self.places.words.get(rest).roles.any(Roles::OPENER)
        {
            return None;
        }
        let announced = list.announces_several();
        // «مناطق عدن، علما أن …»
        let loose = list.lead.part.is_none() && list.lead.title.is_none();
        let known = self
            .known(start, peeled, rest, announced && !comma)
            .or_else(|| (peeled == 2 && comma).then(|| self.known(start, 0, self.text.norm(start), false)).flatten())
            .filter(|name| announced && !(loose && comma) || self.allowed(name, Cue::None))
            .filter(|name| !(name.end == start + 1 && self.opens_longer(start, peeled)))
            .filter(|_| !self.places.words.get(rest).roles.any(Roles::ENDS_NAME));
        let name = match known {
            Some(name) => name,
            None if announced && (peeled == 2 || dash || self.text.is_and(i)) => {
                self.unknown_at(start, peeled, &list.lead).filter(|name| self.goes_on_as_list(name))?
            }
            // «قرى X، Y، Z»: what stands between commas.
            None if announced && comma && peeled == 0 && self.closes_or_goes_on(start + 1) => {
                self.unknown_at(start, peeled, &list.lead).filter(|name| self.closes_or_goes_on(name.end))?
            }
            // «حي كلابة والشماسي والروضة في …»
            None if peeled == 2 && rest.starts_with(ARTICLE) && self.ends_list(start + 1) => {
                self.unknown_at(start, peeled, &list.lead)?
            }
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
        Some((end, (list.left > 1).then_some(List { at: end, left: list.left - 1, ..list })))
    }

    /// The first of several that were announced before: «ثلاث قرى، هي X وY», «بلدات منها X وY».
    pub(super) fn enumerated(&mut self, i: usize) -> Option<(usize, Option<List>)> {
        let name = i + 1;
        if !self.word(i).roles.any(Roles::NAMES) || !self.follows(name) {
            return None;
        }
        let title = self.announced(i)?;
        let lead = Lead { start: name, name, title: Some(title), ..Lead::default() };
        let other = Roles::LEADS.and(Roles::CONSTRUCT).and(Roles::STANDS);
        let own = self.places.words.get(self.text.norm(name)).roles;
        if own.any(other) && !own.any(Roles::OPENER) {
            return None;
        }
        // «قرى تحاول …»: of the unknown, only what looks like a name and goes on as a list.
        let first = self.text.norm(name);
        let like = first.starts_with(ARTICLE) || self.places.words.get(first).roles.any(Roles::OPENER);
        let goes_on = |end: usize| self.joins(end) && self.text.norm(end).starts_with('و');
        let known =
            self.name_of(&lead).filter(|found| !self.needs_of(found).is_everyday() || like && goes_on(found.end));
        let found = known.or_else(|| self.unknown(&lead).filter(|found| like && goes_on(found.end)))?;
        Some(self.push_led(lead, found))
    }

    /// The word of several places that the sentence says before word `i`.
    fn announced(&self, i: usize) -> Option<PlaceWord> {
        let sentence = self.text.sentence_of(i);
        (i.saturating_sub(FARTHEST)..i).rev().take_while(|&at| self.text.sentence_of(at) == sentence).find_map(|at| {
            let norm = self.text.norm(at);
            let mut found = None;
            let mut buffer = String::new();
            clitics::readings(norm, &mut buffer, |_, rest| {
                // «قريتين» as «قريتي».
                let dual = rest.strip_suffix('ن').filter(|bare| bare.ends_with('ي'));
                for word in [Some(rest), dual].into_iter().flatten().map(|word| self.places.words.get(word)) {
                    let settled = matches!(
                        word.kind,
                        Some(PlaceKind::Settlement | PlaceKind::Neighbourhood | PlaceKind::District | PlaceKind::Area)
                    );
                    let several = word.number != Number::One && settled;
                    if found.is_none() && several && word.roles.any(Roles::TITLE.and(Roles::PART).and(Roles::REGION)) {
                        found = Some(PlaceWord { kind: Some(PlaceKind::Settlement), number: Number::Many, ..word });
                    }
                }
            });
            found.map(|word| PlaceWord { roles: Roles::TITLE, ..word })
        })
    }

    /// Whether a name of one word before word `i` is told in a list of places: the next follows, or where
    /// they lie.
    pub(super) fn ends_list(&self, i: usize) -> bool {
        self.located_after(i)
            || self.joins(i)
                && self.text.norm(i).starts_with('و')
                && self.known(i, 2, self.without(i, 2), false).is_some()
    }

    /// Whether a comma, a bracket or «و» stands after the name before word `i`.
    pub(super) fn closes_or_goes_on(&self, i: usize) -> bool {
        if i >= self.text.words().len() {
            return true;
        }
        let gap = self.text.gap(i);
        gap.any(Gap::COMMA.and(Gap::CLOSE)) || gap.only(Gap::INSIDE_NAME) && self.text.norm(i).starts_with('و')
    }

    /// Whether a place ends right before word `i`.
    pub(super) fn follows_place(&self, i: usize) -> bool {
        self.mentions.last().is_some_and(|last| last.reach.end == i)
            && i < self.text.words().len()
            && self.text.gap(i).only(Gap::INSIDE_NAME.and(Gap::COMMA))
    }

    /// What the places beside a name tell of it: «الموصل ومخمور والفلوجة», «في مدني وعطبرة».
    pub(super) fn cue_of_list(&self, i: usize, clitics: Clitics, name: &Name, cue: Cue) -> Cue {
        if name.end > i + 1 || cue == Cue::PlaceWord || self.all_added(&name.candidates) {
            return Cue::None;
        }
        let country = |id: &PlaceId| self.places.gazetteer.place(*id).country;
        let shared =
            |ids: &[PlaceId]| ids.iter().any(|id| name.candidates.iter().any(|own| country(own) == country(id)));
        let before = clitics.conjunction
            && clitics.preposition.is_none()
            && self.follows_place(i)
            && self.mentions.last().is_some_and(|last| last.kind != PlaceKind::Country && shared(&last.candidates));
        if !before && cue == Cue::None {
            return Cue::None;
        }
        // «وعطبرة والأبيض»: the last of three.
        let third = match self.mentions.as_slice() {
            [.., first, last] => before && first.reach.end == last.reach.start && shared(&first.candidates),
            _ => false,
        };
        let after = |at: usize| self.conjunct(at).filter(|other| shared(&other.candidates));
        let told = |other: &Name| self.allowed(other, Cue::Preposition);
        let after =
            after(name.end).is_some_and(|other| told(&other) || after(other.end).is_some_and(|further| told(&further)));
        match (after || third, before) {
            (true, _) if !self.places.gazetteer.is_person(&name.bare) => Cue::PlaceWord,
            (_, true) => Cue::Preposition,
            _ => Cue::None,
        }
    }

    /// The well-known place that «و» joins on at word `i`.
    fn conjunct(&self, i: usize) -> Option<Name> {
        let joined = self.joins(i) && self.text.norm(i).starts_with('و');
        let name = joined.then(|| self.known(i, 2, self.without(i, 2), false)).flatten()?;
        (name.bare.len() > 4 && !self.all_added(&name.candidates)).then_some(name)
    }

    /// Whether an unknown name after «و» is the list's next, and not the verb of the next clause.
    pub(super) fn goes_on_as_list(&self, name: &Name) -> bool {
        let opener = self.places.words.get(&name.bare).roles.any(Roles::OPENER);
        let conjunct = |i: usize| self.text.words().get(i).is_some() && self.text.norm(i).starts_with('و');
        opener || name.bare.starts_with(ARTICLE) || self.placed_after(name.end) || conjunct(name.end)
    }
}
