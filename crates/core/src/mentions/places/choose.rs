//! Picks among namesakes.
//!
//! A report names the province or the countryside of a village, the town that it lies near, other
//! places of the same front. Each candidate is scored by these; where two far apart score alike,
//! none is chosen, and where the report's own words rule every candidate out, the name stays
//! without a point.

use std::collections::BTreeMap;
use std::ops::Range;

use maydani_text::{ARTICLE, Gap, Text};

use super::words::{Number, PlaceWords, Roles};
use super::{PlaceMention, Relation, Setting};
use crate::gazetteer::{Gazetteer, Origin, Place, PlaceId};
use crate::record::PlaceKind;

/// The better candidate must lead by this much.
const LEAD: f64 = 1.0;
/// Namesakes closer than this (km) are as good as one.
const ONE_PLACE: f64 = 12.0;
/// Below this score the report speaks against a candidate.
const RULED_OUT: f64 = -3.0;
/// How many mentions on each side of one bear on it: enough for any report, and few enough that
/// a file of 50 MB read as one report takes no longer than its parts.
const NEIGHBOURS: usize = 30;
/// A town of so many people is meant where nothing speaks against it.
const WELL_KNOWN: u32 = 90_000;

/// Chooses for every mention; also notes which mentions say where another one lies.
pub(super) fn choose(
    gazetteer: &Gazetteer,
    words: &PlaceWords,
    text: &Text<'_>,
    mentions: &mut [PlaceMention],
    setting: Setting<'_>,
) {
    link(words, text, mentions);
    join_lists(text, mentions);
    let chooser = Chooser { gazetteer, words, text, setting };
    // First what needs no context, then the rest with what is known by then, twice.
    let place = |id: Option<PlaceId>| id.map(|id| gazetteer.place(id));
    let mut chosen: Vec<Option<Place<'_>>> = mentions.iter().map(|mention| place(chooser.obvious(mention))).collect();
    for _ in 0..2 {
        for i in 0..mentions.len() {
            chosen[i] = place(chooser.best(i, mentions, &chosen));
        }
    }
    for (mention, place) in mentions.iter_mut().zip(&chosen) {
        mention.choice = place.as_ref().map(|place| place.id);
    }
    // «مطار أبو الظهور شرق إدلب» is not in Idlib.
    for a in 0..mentions.len() {
        let Some(b) = mentions[a].within else { continue };
        let points =
            chosen[a].as_ref().and_then(|place| place.point).zip(chosen[b].as_ref().and_then(|place| place.point));
        mentions[b].locates |= points.is_some_and(|(inner, outer)| inner.distance(outer) > ONE_PLACE);
    }
    for i in 0..mentions.len() {
        if mentions[i].choice.is_some() {
            continue;
        }
        if chooser.all_ruled_out(i, mentions, &chosen) {
            // «قرية السويدية» may be the village that the gazetteer has as «سويدية».
            mentions[i].candidates = chooser.with_other_article(&mentions[i]);
            mentions[i].choice = chooser.best(i, mentions, &chosen);
            if chooser.all_ruled_out(i, mentions, &chosen) {
                mentions[i].candidates.clear();
            }
        }
        let country = country_around(gazetteer, text, i, mentions, &chosen);
        let among = |id: PlaceId| {
            let country = gazetteer.place(id).country;
            mentions[i].candidates.iter().any(|&candidate| gazetteer.place(candidate).country == country)
        };
        mentions[i].anchor = if mentions[i].candidates.is_empty() {
            mentions[i].within.and_then(|at| mentions[at].choice).or(country)
        } else {
            country.filter(|&id| among(id))
        };
    }
}

/// The country of the nearest place of the sentence, else of three quarters of the report's places.
fn country_around(
    gazetteer: &Gazetteer,
    text: &Text<'_>,
    i: usize,
    mentions: &[PlaceMention],
    chosen: &[Option<Place<'_>>],
) -> Option<PlaceId> {
    let window = i.saturating_sub(NEIGHBOURS)..(i + NEIGHBOURS + 1).min(mentions.len());
    let sentence = text.sentence_of(mentions[i].words.start);
    let placed = || window.clone().filter_map(|at| Some((at, chosen[at].as_ref()?.country?)));
    let here = placed()
        .filter(|&(at, _)| {
            mentions[at].kind != PlaceKind::Country && text.sentence_of(mentions[at].words.start) == sentence
        })
        .min_by_key(|&(at, _)| at.abs_diff(i));
    let most = || {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        placed().for_each(|(_, country)| *counts.entry(country).or_default() += 1);
        let all: usize = counts.values().sum();
        counts.into_iter().find(|&(_, count)| count * 4 >= all * 3).map(|(country, _)| country)
    };
    gazetteer.country(here.map(|(_, country)| country).or_else(most)?)
}

/// Drops bare names of villages in countries that the report does not speak of: most are words
/// that some village happens to bear as its name.
pub(super) fn drop_stray(gazetteer: &Gazetteer, mentions: &mut Vec<PlaceMention>) {
    let small = |id: PlaceId| {
        let place = gazetteer.place(id);
        place.origin != Origin::Codebook
            && place.population < WELL_KNOWN
            && rank(place.kind) <= rank(PlaceKind::District)
            && !is_capital(gazetteer, &place)
    };
    let stray = |mention: &PlaceMention| {
        // Without an anchor, none of the bearers lies in the country that the report speaks of.
        let elsewhere = mention.anchor.is_none() || mention.candidates.is_empty();
        let bare = !mention.cued && mention.words.len() == 1;
        bare && mention.choice.is_none() && elsewhere && mention.candidates.iter().all(|&id| small(id))
    };
    let dropped: Vec<bool> = mentions.iter().map(stray).collect();
    let mut kept = vec![0; mentions.len()];
    let mut count = 0;
    for (at, dropped) in dropped.iter().enumerate() {
        kept[at] = count;
        count += usize::from(!dropped);
    }
    for mention in mentions.iter_mut() {
        mention.within = mention.within.filter(|&at| !dropped[at]).map(|at| kept[at]);
        mention.list = kept[mention.list];
    }
    let mut dropped = dropped.into_iter();
    mentions.retain(|_| !dropped.next().unwrap_or(false));
}

/// Whether a town bears the name of its province: it is well known, however small.
fn is_capital(gazetteer: &Gazetteer, place: &Place<'_>) -> bool {
    let bears = |division: PlaceId| gazetteer.place(division).name_ar == place.name_ar;
    place.population > 0 && place.kind == PlaceKind::Settlement && place.admin1.is_some_and(bears)
}

/// Finds «X بريف Y», «X، شمال Y», «X وX بريف Y».
fn link(words: &PlaceWords, text: &Text<'_>, mentions: &mut [PlaceMention]) {
    for b in 1..mentions.len() {
        let a = b - 1;
        let between = mentions[a].reach.end..mentions[b].reach.start;
        let wide = matches!(
            mentions[b].kind,
            PlaceKind::Governorate | PlaceKind::Country | PlaceKind::Area | PlaceKind::District
        );
        let locative =
            mentions[b].relation != Relation::At || wide || !between.is_empty() || peeled_bi(text, &mentions[b]);
        let (inner, outer) = (width(words, text, &mentions[a]), width(words, text, &mentions[b]));
        let finer = inner < outer
            || mentions[b].relation != Relation::At
            || inner == outer && mentions[a].kind == PlaceKind::Settlement && !between.is_empty();
        let conjunct = text.norm(mentions[b].reach.start).starts_with('و') && starts_after(text, &mentions[b]);
        if !conjunct && locative && finer && glue(words, text, &between, mentions[b].reach.start) {
            mentions[a].within = Some(b);
            // The town of a site or a quarter is a place of the event as well.
            let part = matches!(mentions[a].kind, PlaceKind::Site | PlaceKind::Neighbourhood)
                && matches!(mentions[b].kind, PlaceKind::Settlement | PlaceKind::Neighbourhood);
            mentions[b].locates = !part || mentions[b].relation == Relation::Near;
        }
    }
    // Of «X وY بريف Z», X lies there too.
    for a in (0..mentions.len().saturating_sub(1)).rev() {
        let b = a + 1;
        if mentions[a].within.is_some() || mentions[b].within.is_none() {
            continue;
        }
        let gap = text.gap(mentions[b].reach.start);
        let adjacent = mentions[b].reach.start <= mentions[a].reach.end + 1;
        let listed =
            adjacent && (starts_after(text, &mentions[b]) || gap.any(Gap::COMMA)) && !gap.any(Gap::STOP.and(Gap::LINE));
        if let Some(within) = mentions[b].within.filter(|_| listed)
            && (rank(mentions[a].kind) < rank(mentions[within].kind) || mentions[within].relation != Relation::At)
        {
            mentions[a].within = Some(within);
        }
    }
}

/// Tells which mentions are told in one list: «X وY، وZ».
fn join_lists(text: &Text<'_>, mentions: &mut [PlaceMention]) {
    for b in 0..mentions.len() {
        mentions[b].list = b;
        let Some(a) = b.checked_sub(1) else { continue };
        let (first, next) = (&mentions[a], &mentions[b]);
        let gap = text.gap(next.reach.start);
        let adjacent = next.reach.start <= first.reach.end + 1;
        let apart = gap.any(Gap::STOP.and(Gap::LINE).and(Gap::COLON).and(Gap::SEMICOLON));
        let joined = starts_after(text, next) || gap.any(Gap::COMMA.and(Gap::DASH));
        let alike = rank(first.kind).abs_diff(rank(next.kind)) <= 2 && first.locates == next.locates;
        if adjacent && joined && !apart && alike {
            mentions[b].list = first.list;
        }
    }
}

/// Whether a clitic stands before the mention.
fn starts_after(text: &Text<'_>, mention: &PlaceMention) -> bool {
    let first = text.words()[mention.reach.start];
    text.norm(mention.reach.start).starts_with('و')
        && (mention.reach.start < mention.words.start || mention.span.start > first.original.start)
        || mention.reach.start > 0 && text.is_and(mention.reach.start - 1)
}

fn peeled_bi(text: &Text<'_>, mention: &PlaceMention) -> bool {
    let first = text.words()[mention.words.start];
    mention.span.start > first.original.start && text.norm(mention.words.start).starts_with('ب')
}

/// How wide a mention is, for «X، شمال Y»: «شمال اليمن» holds provinces.
fn width(words: &PlaceWords, text: &Text<'_>, mention: &PlaceMention) -> u8 {
    let side = mention.kind == PlaceKind::Area && words.get(text.norm(mention.words.start)).roles.any(Roles::DIRECTION);
    if side { rank(PlaceKind::Country) } else { rank(mention.kind) }
}

const fn rank(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::Site => 0,
        PlaceKind::Neighbourhood => 1,
        PlaceKind::Settlement => 2,
        PlaceKind::District => 3,
        PlaceKind::Area => 4,
        PlaceKind::Governorate => 5,
        PlaceKind::Country => 6,
    }
}

/// Whether the words between two names only say where the first lies.
fn glue(words: &PlaceWords, text: &Text<'_>, between: &Range<usize>, next: usize) -> bool {
    if between.len() > 4 || between.start > between.end {
        return false;
    }
    let breaks = Gap::STOP.and(Gap::LINE).and(Gap::COLON).and(Gap::SEMICOLON);
    (between.start..=next).all(|i| !text.gap(i).any(breaks))
        && between.clone().all(|i| {
            let norm = text.norm(i);
            // «قاعدة الشدادي الأمريكية جنوب الحسكة»
            let adjective = norm.starts_with(ARTICLE) && (norm.ends_with('ي') || norm.ends_with("يه"));
            adjective || words.get(norm).roles.any(Roles::ADJECTIVE.and(Roles::DIRECTION).and(Roles::BINDS))
        })
}

struct Chooser<'g, 't, 'a> {
    gazetteer: &'g Gazetteer,
    words: &'g PlaceWords,
    text: &'t Text<'a>,
    setting: Setting<'t>,
}

impl Chooser<'_, '_, '_> {
    /// The candidate that is meant where nothing else is known.
    fn obvious(&self, mention: &PlaceMention) -> Option<PlaceId> {
        let &first = mention.candidates.first()?;
        let places = || mention.candidates.iter().map(|&id| self.gazetteer.place(id));
        let known = places().find(|place| {
            matches!(place.kind, PlaceKind::Country | PlaceKind::Governorate)
                || place.population >= WELL_KNOWN
                || is_capital(self.gazetteer, place)
        });
        match known {
            Some(known) => {
                let rival = places().any(|other| {
                    other.id != known.id && other.population * 6 > known.population && far(&other, &known)
                });
                (!rival).then_some(known.id)
            }
            None => (mention.candidates.len() == 1).then_some(first),
        }
    }

    /// The best candidate of mention `i`, with the other mentions as they are chosen by now.
    fn best(&self, i: usize, mentions: &[PlaceMention], chosen: &[Option<Place<'_>>]) -> Option<PlaceId> {
        let mention = &mentions[i];
        if let ([only], None, false) = (mention.candidates.as_slice(), mention.within, mention.around) {
            let place = self.gazetteer.place(*only);
            if place.origin == Origin::Codebook || place.population >= WELL_KNOWN && !self.is_village(mention) {
                return Some(place.id);
            }
        }
        let mut scored: Vec<(f64, Place<'_>)> = mention
            .candidates
            .iter()
            .map(|&id| self.gazetteer.place(id))
            .map(|place| (self.score(i, &place, mentions, chosen), place))
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.id.cmp(&b.1.id)));
        let (top, place) = scored.first()?;
        if *top < RULED_OUT {
            return None;
        }
        let rival = scored[1..].iter().any(|(score, other)| top - score < LEAD && far(place, other));
        let blind = !has_context(i, mentions, chosen)
            && scored[1..].iter().any(|(_, other)| far(place, other) && !self.only_parties_tell(place, other));
        if rival || blind {
            // London is the one in England, unless the report speaks of Ontario.
            return self.obvious(mention).filter(|&id| id == place.id);
        }
        Some(place.id)
    }

    /// Whether the parties of the report are at home where one namesake lies and not where the other does.
    fn only_parties_tell(&self, place: &Place<'_>, other: &Place<'_>) -> bool {
        self.setting.parties.is_some() && place.country == self.setting.parties && other.country != place.country
    }

    /// The bearers of a name after a place word, its article put or left out.
    fn with_other_article(&self, mention: &PlaceMention) -> Vec<PlaceId> {
        let words = mention.words.clone();
        if !mention.cued || words.start == mention.reach.start {
            return Vec::new();
        }
        let rest = (words.start + 1..words.end).map(|i| self.text.norm(i));
        let found = self.gazetteer.longest_with_other_article(self.text.norm(words.start), rest);
        found.filter(|found| found.words == words.len()).map_or_else(Vec::new, |found| found.places.to_vec())
    }

    /// Whether the report calls it a village: «قرية X», «بقرية X», «قرى X».
    fn is_village(&self, mention: &PlaceMention) -> bool {
        let village = |word: &str| Some(self.words.get(word)).filter(|word| word.roles.any(Roles::VILLAGE));
        (mention.reach.start..mention.words.start).any(|i| {
            let word = self.text.norm(i);
            let bare = word.strip_prefix(['ب', 'ل']).and_then(village);
            village(word).is_some() || bare.is_some_and(|word| word.number == Number::One)
        })
    }

    /// Whether the report speaks against every candidate: then the gazetteer does not know the place.
    fn all_ruled_out(&self, i: usize, mentions: &[PlaceMention], chosen: &[Option<Place<'_>>]) -> bool {
        let mut candidates = mentions[i].candidates.iter().map(|&id| self.gazetteer.place(id));
        candidates.all(|place| self.score(i, &place, mentions, chosen) < RULED_OUT)
    }

    fn score(&self, i: usize, place: &Place<'_>, mentions: &[PlaceMention], chosen: &[Option<Place<'_>>]) -> f64 {
        let mention = &mentions[i];
        let mut score = Self::prior(place, mention);
        // What the report says outright.
        let linked = mention.within.and_then(|at| chosen[at].as_ref().map(|place| (&mentions[at], place)));
        if let Some((other, container)) = linked {
            score += self.agreement(place, container, other.relation);
            if let (Some(bearing), Some(from), Some(to)) = (other.bearing, container.point, place.point) {
                // «شمالي دمشق» is not south of it. Reports are loose by an eighth of the circle.
                let off = (from.bearing(to) - bearing).rem_euclid(360.0);
                let off = off.min(360.0 - off);
                if off > 100.0 && from.distance(to) > 8.0 {
                    score -= 2.5;
                } else if off < 50.0 {
                    score += 0.7;
                }
            }
        }
        let sentence = self.text.sentence_of(mention.words.start);
        let mut nearest_here = 0.0f64;
        let (mut near, mut seen, mut same_country, mut well_known) = (0.0, 0.0, 0.0, false);
        let window = i.saturating_sub(NEIGHBOURS)..(i + NEIGHBOURS + 1).min(mentions.len());
        for at in window {
            let Some(other_place) = &chosen[at] else { continue };
            // Namesakes and mentions of the same name say nothing.
            if at == i || mention.candidates.contains(&other_place.id) {
                continue;
            }
            let distance = place.point.zip(other_place.point).map(|(a, b)| a.rough_distance(b));
            let same_division =
                place.admin1.is_some() && (place.admin1 == other_place.admin1 || place.admin1 == Some(other_place.id));
            let shared = f64::from(u8::from(same_division));
            let close = match (other_place.kind, distance) {
                (PlaceKind::Country, _) => 0.0,
                (PlaceKind::Governorate, _) => 0.7 * shared,
                (_, Some(km)) => (-km / 60.0).exp() + 0.3 * shared,
                (_, None) => 0.5 * shared,
            };
            if self.text.sentence_of(mentions[at].words.start) == sentence {
                nearest_here = nearest_here.max(close);
            }
            seen += 1.0;
            near += close;
            same_country += f64::from(u8::from(place.country == other_place.country));
            well_known |= other_place.origin == Origin::Codebook || other_place.population >= WELL_KNOWN;
        }
        score += 2.0 * nearest_here;
        if seen > 0.0 {
            score += 1.5 * near / seen + 2.5 * same_country / seen;
            // A village of a country that the report nowhere speaks of.
            let village = place.population >= WELL_KNOWN && self.is_village(mention);
            let small = village
                || place.population < WELL_KNOWN
                    && place.kind != PlaceKind::Country
                    && (place.origin != Origin::Codebook || mention.around)
                    && !is_capital(self.gazetteer, place);
            if same_country == 0.0 && small {
                score -= if seen >= 2.0 || well_known { 8.0 } else { 2.0 };
            }
        }
        if self.setting.home.is_some() && place.country == self.setting.home {
            score += 0.7;
        }
        if self.setting.parties.is_some() && place.country == self.setting.parties {
            score += 1.5;
        }
        score
    }

    /// How well a candidate fits the place that the report says it lies in or by.
    fn agreement(&self, place: &Place<'_>, container: &Place<'_>, relation: Relation) -> f64 {
        let distance = place.point.zip(container.point).map(|(a, b)| a.distance(b));
        if container.kind == PlaceKind::Country {
            return if place.country == container.country { 3.0 } else { -8.0 };
        }
        // «ريف حلب», «شمال حلب» mean the province of the town as well.
        let is_division = self.gazetteer.is_division(container.id);
        let division = if is_division { Some(container.id) } else { container.admin1 };
        let capital = is_division || container.population >= 50_000;
        let same_division = division.is_some() && place.admin1 == division;
        let of_division = capital && (relation != Relation::At || is_division);
        match distance {
            _ if of_division && same_division => 5.0 - distance.map_or(0.0, |km| km / 200.0),
            Some(km) if km < 15.0 => 5.0,
            Some(km) if km < 35.0 => 4.0,
            Some(km) if km < 70.0 && (same_division || relation != Relation::Near) => 2.0,
            Some(_) if same_division => 0.0,
            Some(_) => -8.0,
            None if same_division => 2.0,
            None => 0.0,
        }
    }

    fn prior(place: &Place<'_>, mention: &PlaceMention) -> f64 {
        let people = f64::from(place.population.max(1)).log10();
        let kind = if place.kind == mention.kind { 0.6 } else { 0.0 };
        let origin = if place.origin == Origin::Codebook { 0.8 } else { 0.0 };
        let point = if place.point.is_some() { 0.3 } else { 0.0 };
        0.5 * people + kind + origin + point
    }
}

/// Whether another place of the report is known.
fn has_context(i: usize, mentions: &[PlaceMention], chosen: &[Option<Place<'_>>]) -> bool {
    chosen
        .iter()
        .enumerate()
        .any(|(at, place)| at != i && place.as_ref().is_some_and(|place| !mentions[i].candidates.contains(&place.id)))
}

fn far(a: &Place<'_>, b: &Place<'_>) -> bool {
    a.point.zip(b.point).is_none_or(|(a, b)| a.distance(b) > ONE_PLACE)
}
