//! ACLED's columns: one row an event and place.
//!
//! Column order, labels and rules are those of ACLED's codebook of 2025 (and the column set of its
//! current export). A column that cannot be filled from one report stays empty: `assoc_actor_*`,
//! `admin2`, `admin3`, `source_scale`, `tags`, `timestamp`.
//!
//! Left out, because ACLED codes only what happened: events denied or planned, and events recalled
//! as background. They are in every other format.

use std::sync::LazyLock;

use jiff::civil::Date;
use maydani_core::codebook::{Actor, ActorKind, WordClass, words_of};
use maydani_core::record::{ActorValue, DateValue, Event, Modality, PlaceValue, Toll, TollKind};
use maydani_core::{Record, SubEventType};

use crate::Format;
use crate::cells::{join, maybe, row, text};
use crate::countries::Country;

/// The columns, in ACLED's order.
pub const COLUMNS: &[&str] = &[
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

/// What ACLED needs to know of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party {
    /// What it is.
    pub kind: PartyKind,
    /// ISO 3166-1 alpha-2 of a state's own country: outside it, its forces are external.
    pub home: Option<[u8; 2]>,
}

impl Party {
    /// What the codebook knows of an actor, in ACLED's terms.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        let kind = match actor.kind {
            ActorKind::State => PartyKind::State,
            ActorKind::Rebel => PartyKind::Rebel,
            ActorKind::Militia if actor.identity => PartyKind::IdentityMilitia,
            ActorKind::Militia | ActorKind::Unidentified => PartyKind::PoliticalMilitia,
            ActorKind::External => PartyKind::External,
            ActorKind::Civilian => PartyKind::Civilians,
            ActorKind::Protesters => PartyKind::Protesters,
            ActorKind::Rioters => PartyKind::Rioters,
        };
        Self { kind, home: actor.country.as_bytes().try_into().ok() }
    }
}

/// ACLED's kinds of actor (`inter1`, `inter2`), in the order of their old numbers 1 to 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartyKind {
    /// State forces.
    State,
    /// Rebel group.
    Rebel,
    /// Political militia; unidentified armed groups too.
    PoliticalMilitia,
    /// Identity militia (communal, tribal).
    IdentityMilitia,
    /// Rioters.
    Rioters,
    /// Protesters.
    Protesters,
    /// Civilians.
    Civilians,
    /// External or other forces.
    External,
}

impl PartyKind {
    /// ACLED's label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::State => "State forces",
            Self::Rebel => "Rebel group",
            Self::PoliticalMilitia => "Political militia",
            Self::IdentityMilitia => "Identity militia",
            Self::Rioters => "Rioters",
            Self::Protesters => "Protesters",
            Self::Civilians => "Civilians",
            Self::External => "External/Other forces",
        }
    }
}

/// ACLED's label of the interaction of two kinds; the order of the sides carries no meaning.
#[must_use]
pub fn interaction(one: PartyKind, other: Option<PartyKind>) -> String {
    let Some(other) = other else { return format!("{} only", one.label()) };
    let (low, high) = if one <= other { (one, other) } else { (other, one) };
    // The one pair that ACLED writes the other way round.
    if (low, high) == (PartyKind::Civilians, PartyKind::External) {
        return format!("{}-{}", high.label(), low.label());
    }
    format!("{}-{}", low.label(), high.label())
}

/// ACLED's label of a sub-event type.
#[must_use]
pub const fn sub_event_label(kind: SubEventType) -> &'static str {
    use SubEventType as S;
    match kind {
        S::ArmedClash => "Armed clash",
        S::GovernmentRegainsTerritory => "Government regains territory",
        S::NonStateOvertakesTerritory => "Non-state actor overtakes territory",
        S::ChemicalWeapon => "Chemical weapon",
        S::AirDroneStrike => "Air/drone strike",
        S::SuicideBomb => "Suicide bomb",
        S::ShellingArtilleryMissile => "Shelling/artillery/missile attack",
        S::RemoteExplosiveIed => "Remote explosive/landmine/IED",
        S::Grenade => "Grenade",
        S::SexualViolence => "Sexual violence",
        S::Attack => "Attack",
        S::Abduction => "Abduction/forced disappearance",
        S::PeacefulProtest => "Peaceful protest",
        S::ProtestWithIntervention => "Protest with intervention",
        S::ExcessiveForce => "Excessive force against protesters",
        S::ViolentDemonstration => "Violent demonstration",
        S::MobViolence => "Mob violence",
        S::Agreement => "Agreement",
        S::Arrests => "Arrests",
        S::ChangeToGroupActivity => "Change to group/activity",
        S::DisruptedWeaponsUse => "Disrupted weapons use",
        S::HeadquartersEstablished => "Headquarters or base established",
        S::LootingPropertyDestruction => "Looting/property destruction",
        S::NonViolentTransfer => "Non-violent transfer of territory",
        S::OtherStrategic => "Other",
    }
}

/// ACLED's disorder type of a sub-event type.
#[must_use]
pub const fn disorder_type(kind: SubEventType) -> &'static str {
    use maydani_core::EventType as E;
    match (kind, kind.event_type()) {
        (SubEventType::ExcessiveForce, _) => "Political violence; Demonstrations",
        (SubEventType::ViolentDemonstration, _) | (_, E::Protests) => "Demonstrations",
        (_, E::Strategic) => "Strategic developments",
        _ => "Political violence",
    }
}

/// Writes ACLED's columns.
pub struct AcledCsv<F> {
    /// What the codebook knows of the party of a key.
    pub party: F,
}

impl<F: Fn(&str) -> Option<Party> + Send + Sync> Format for AcledCsv<F> {
    fn open(&self) -> String {
        row(COLUMNS)
    }

    fn record(&self, record: &Record) -> String {
        let happened = record.events.iter().filter(|event| event.modality == Modality::Asserted && !event.background);
        let mut rows = String::new();
        for event in happened {
            if event.places.is_empty() {
                rows.push_str(&self.event_row(record, event, None, 0));
            }
            for (at, place) in event.places.iter().enumerate() {
                rows.push_str(&self.event_row(record, event, Some(place), at));
            }
        }
        rows
    }
}

impl<F: Fn(&str) -> Option<Party>> AcledCsv<F> {
    fn event_row(&self, record: &Record, event: &Event, place: Option<&PlaceValue>, at: usize) -> String {
        let kind = event.sub_event_type;
        let country = place.and_then(|place| Country::of(place.country.as_deref()?));
        let inter1 = self.kind_of(&event.actor1, country);
        let inter2 = self.kind_of(&event.actor2, country);
        let (day, precision) = event.date.as_ref().and_then(day_of).unzip();
        let share = share_of(fatalities(&event.tolls), event.places.len(), at);
        let id = match (country, place) {
            (Some(country), _) => format!("{}-{}", country.alpha3, event.id),
            _ => event.id.clone(),
        };
        let sources = event.source.iter().map(|source| source.name.as_str());
        let sources = sources.chain(event.via.iter().map(|relay| relay.passage.text.as_str()));
        row([
            if at == 0 { id } else { format!("{id}-{}", at + 1) },
            maybe(day),
            maybe(day.map(Date::year)),
            maybe(precision),
            disorder_type(kind).to_owned(),
            kind.event_type().label().to_owned(),
            sub_event_label(kind).to_owned(),
            text(&names(&event.actor1, country)),
            String::new(),
            maybe(inter1.map(PartyKind::label)),
            text(&names(&event.actor2, country)),
            String::new(),
            maybe(inter2.map(PartyKind::label)),
            inter1.or(inter2).map(|one| interaction(one, inter1.and(inter2))).unwrap_or_default(),
            if inter2 == Some(PartyKind::Civilians) { "Civilians targeted".to_owned() } else { String::new() },
            maybe(country.map(|country| country.numeric)),
            maybe(country.map(|country| country.region)),
            maybe(country.map(|country| country.name)),
            maybe(place.and_then(|place| place.admin1.clone())),
            String::new(),
            String::new(),
            place.map(|place| text(&place.name)).unwrap_or_default(),
            degrees(place.and_then(|place| place.latitude)),
            degrees(place.and_then(|place| place.longitude)),
            maybe(place.map(|place| place.geo_precision).filter(|precision| *precision > 0)),
            text(&join(sources.chain(record.report.outlet.as_deref()))),
            String::new(),
            text(&notes(record, event, place, day, share)),
            share.0.to_string(),
            String::new(),
            String::new(),
        ])
    }

    fn kind_of(&self, side: &[ActorValue], country: Option<Country>) -> Option<PartyKind> {
        let party = side.iter().find_map(|actor| (self.party)(&actor.key))?;
        match (party.kind, party.home, country) {
            (PartyKind::State, Some(home), Some(country)) if home != country.alpha2.as_bytes() => {
                Some(PartyKind::External)
            }
            _ => Some(party.kind),
        }
    }
}

/// The side's names; people without a name carry their country, as in «Civilians (Syria)».
fn names(side: &[ActorValue], country: Option<Country>) -> String {
    join(side.iter().map(|actor| {
        let crowd = matches!(actor.key.as_str(), "civilians" | "protesters" | "rioters" | "unidentified_armed_group");
        match country.filter(|_| crowd) {
            Some(country) => format!("{} ({})", actor.name, country.name),
            None => actor.name.clone(),
        }
    }))
}

/// The day of a row and its precision: ACLED takes the middle of a longer time.
fn day_of(date: &DateValue) -> Option<(Date, u8)> {
    let start: Date = date.start_day.as_deref()?.parse().ok()?;
    let end: Date = date.end_day.as_deref().and_then(|day| day.parse().ok()).unwrap_or(start);
    let days = start.until(end).ok()?.get_days();
    let middle = start.checked_add(jiff::Span::new().days(days / 2)).ok()?;
    let precision = date.time_precision.unwrap_or(match days {
        0 => 1,
        1..=7 => 2,
        _ => 3,
    });
    Some((middle, precision))
}

static DOZENS: LazyLock<Vec<&str>> = LazyLock::new(|| words_of(WordClass::Dozens));
static HUNDREDS: LazyLock<Vec<&str>> = LazyLock::new(|| words_of(WordClass::Hundreds));

/// The dead that an event's tolls tell, by ACLED's rules: the lowest figure; «dozens» 12, «hundreds»
/// 100, an uncounted plural 3; dead and wounded counted together tell no number of dead.
#[must_use]
pub fn fatalities(tolls: &[Toll]) -> u32 {
    let dead = tolls.iter().filter(|toll| toll.kind == TollKind::Killed);
    dead.map(|toll| {
        let uncounted = toll.max.is_none() && !toll.passage.text.chars().any(char::is_numeric);
        let says = |words: &[&str]| words.iter().any(|word| toll.passage.text.contains(word));
        match toll.min {
            2 if uncounted => 3,
            20 if uncounted && says(&DOZENS) => 12,
            200 if uncounted && says(&HUNDREDS) => 100,
            min => min,
        }
    })
    .fold(0, u32::saturating_add)
}

/// The part of a total that falls to one of several places, and the total where it was divided:
/// even parts, the remainder to the first.
fn share_of(total: u32, places: usize, at: usize) -> (u32, Option<u32>) {
    let places = u32::try_from(places).unwrap_or(u32::MAX);
    if places < 2 || total == 0 {
        return (total, None);
    }
    let remainder = if at == 0 { total % places } else { 0 };
    (total / places + remainder, Some(total))
}

/// ACLED gives four decimals.
fn degrees(value: Option<f64>) -> String {
    value.map(|degrees| format!("{degrees:.4}")).unwrap_or_default()
}

/// One English sentence that tells the event, then its passage in Arabic.
fn notes(
    record: &Record,
    event: &Event,
    place: Option<&PlaceValue>,
    day: Option<Date>,
    share: (u32, Option<u32>),
) -> String {
    let side = |side: &[ActorValue]| join(side.iter().map(|actor| actor.name.as_str()));
    let when = match (day, &record.report.published) {
        (Some(day), _) => format!("On {}", day.strftime("%-d %B %Y")),
        (None, Some(published)) => format!("As reported on {}", published.get(..10).unwrap_or(published)),
        (None, None) => "On an unknown day".to_owned(),
    };
    let mut note = format!("{when}: {}", sub_event_label(event.sub_event_type).to_lowercase());
    let (who, whom) = (side(&event.actor1), side(&event.actor2));
    if !who.is_empty() {
        note += &format!(" by {who}");
    }
    if !whom.is_empty() {
        note += &format!(" against {whom}");
    }
    if let Some(place) = place {
        let near = if place.geo_precision == 2 { "near" } else { "in" };
        note += &format!(" {near} {}", place.name);
        if let Some(admin1) = place.admin1.as_deref().filter(|admin1| *admin1 != place.name) {
            note += &format!(" ({admin1})");
        }
    }
    if let Some(source) = &event.source {
        note += &format!(", according to {}", source.name);
    }
    note.push('.');
    if let (part, Some(total)) = share {
        note += &format!(" {total} fatalities in {} places, of which {part} coded here.", event.places.len());
    }
    if let Some(passage) = event.evidence.first() {
        note += &format!(" «{}»", passage.text);
    }
    note
}

#[cfg(test)]
mod tests {
    use maydani_core::record::Passage;

    use super::*;

    fn killed(min: u32, max: Option<u32>, text: &str) -> Toll {
        let passage = Passage { start: 0, end: 1, text: text.to_owned() };
        Toll { kind: TollKind::Killed, of: "civilians".into(), min, max, approximate: false, source: None, passage }
    }

    #[test]
    fn fatalities_follow_acled() {
        assert_eq!(fatalities(&[]), 0);
        assert_eq!(fatalities(&[killed(7, Some(7), "سبعة")]), 7);
        assert_eq!(fatalities(&[killed(20, None, "عشرات القتلى")]), 12);
        assert_eq!(fatalities(&[killed(20, None, "أكثر من 20")]), 20);
        assert_eq!(fatalities(&[killed(200, None, "مئات القتلى")]), 100);
        assert_eq!(fatalities(&[killed(2, None, "قتلى")]), 3);
        assert_eq!(fatalities(&[killed(2, Some(2), "قتيلان")]), 2);
        let together = Toll { kind: TollKind::KilledOrWounded, ..killed(9, Some(9), "9") };
        assert_eq!(fatalities(&[together]), 0);
    }

    #[test]
    fn a_total_is_divided_over_places() {
        assert_eq!(share_of(7, 1, 0), (7, None));
        assert_eq!(share_of(7, 3, 0), (3, Some(7)));
        assert_eq!(share_of(7, 3, 1), (2, Some(7)));
        assert_eq!((0..3).map(|at| share_of(7, 3, at).0).sum::<u32>(), 7);
    }

    #[test]
    fn interactions_are_written_as_acled_writes_them() {
        use PartyKind as K;
        assert_eq!(interaction(K::Rebel, Some(K::State)), "State forces-Rebel group");
        assert_eq!(interaction(K::Civilians, Some(K::External)), "External/Other forces-Civilians");
        assert_eq!(interaction(K::Protesters, None), "Protesters only");
    }

    #[test]
    fn the_middle_of_a_longer_time_is_the_day() {
        let date = |start: &str, end: &str| DateValue {
            start_day: Some(start.into()),
            end_day: Some(end.into()),
            time_precision: None,
            passage: Passage { start: 0, end: 1, text: "x".into() },
        };
        assert_eq!(day_of(&date("2018-10-26", "2018-10-26")), Some((Date::constant(2018, 10, 26), 1)));
        assert_eq!(day_of(&date("2018-10-22", "2018-10-28")), Some((Date::constant(2018, 10, 25), 2)));
        assert_eq!(day_of(&date("2018-10-01", "2018-10-31")), Some((Date::constant(2018, 10, 16), 3)));
    }
}
