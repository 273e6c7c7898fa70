//! Claims: who says what about an incident, side by side.

use std::collections::BTreeMap;

use maydani_core::record::{ActorValue, Passage, SourceKind, TollKind};
use maydani_linking::summary::{Rule, Said, choose};
use maydani_linking::{affiliation, independence};
use serde::{Deserialize, Serialize};

use crate::filter::Filter;
use crate::incidents::{MemberRow, origin};
use crate::ingest::modality;
use crate::{Archive, ArchiveError};

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The sub-event type.
    Type,
    /// Said to have happened, denied, planned.
    Modality,
    /// The day.
    Day,
    /// The place.
    Place,
    /// Who acts.
    Actor1,
    /// Whom it is done to.
    Actor2,
    /// The dead.
    Killed,
    /// The wounded.
    Wounded,
    /// Dead and wounded together.
    KilledOrWounded,
    /// Fighters taken.
    Captured,
    /// Taken by an authority.
    Arrested,
    /// Civilians taken by force.
    Abducted,
    /// Missing.
    Missing,
    /// Driven from home.
    Displaced,
    /// Gave themselves up.
    Surrendered,
}

impl Field {
    const fn of(kind: TollKind) -> Self {
        match kind {
            TollKind::Killed => Self::Killed,
            TollKind::Wounded => Self::Wounded,
            TollKind::KilledOrWounded => Self::KilledOrWounded,
            TollKind::Captured => Self::Captured,
            TollKind::Arrested => Self::Arrested,
            TollKind::Abducted => Self::Abducted,
            TollKind::Missing => Self::Missing,
            TollKind::Displaced => Self::Displaced,
            TollKind::Surrendered => Self::Surrendered,
        }
    }

    /// The rule of summary values: for numbers the lowest, as ACLED counts; else what most
    /// independent sources say.
    #[must_use]
    pub const fn rule(self) -> Rule {
        match self {
            Self::Type | Self::Modality | Self::Day | Self::Place | Self::Actor1 | Self::Actor2 => {
                Rule::MostIndependent
            }
            _ => Rule::Lowest,
        }
    }
}

/// One value that one report gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// What it is about.
    pub field: Field,
    /// The value: a key, a day, a name, a number (`3`, `3+` at least, `3-5`).
    pub value: String,
    /// Lowest number, of a toll.
    pub min: Option<u32>,
    /// Highest number, of a toll; `null` where open.
    pub max: Option<u32>,
    /// Whom a toll counts.
    pub of: Option<String>,
    /// Key of who says so; `null` where the outlet itself does.
    pub source: Option<String>,
    /// Name of who says so.
    pub source_name: Option<String>,
    /// What kind of speaker.
    pub source_kind: Option<SourceKind>,
    /// The party that the source belongs to, where it is one's mouth.
    pub source_affiliation: Option<String>,
    /// Keys of the agencies through which it came.
    pub via: Vec<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// The party that the outlet belongs to, where it is one's mouth.
    pub outlet_affiliation: Option<String>,
    /// Said to have happened, denied, planned.
    pub modality: String,
    /// The passage.
    pub passage: Passage,
    /// The report.
    pub report: String,
    /// Where it was published.
    pub url: Option<String>,
    /// Day or time of publication.
    pub published: Option<String>,
    /// The event, `report#event`.
    pub event: String,
    /// Claims with the same number go back to one source.
    pub source_group: usize,
}

/// A summary value and the rule that chose it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// What it is about.
    pub field: Field,
    /// The rule.
    pub rule: Rule,
    /// The value.
    pub value: String,
    /// How many claims there are.
    pub claims: usize,
    /// How many different values.
    pub values: usize,
}

/// The claims about one incident, field by field, and their summary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claims {
    /// Side by side, in the order of fields, then of days.
    pub claims: Vec<Claim>,
    /// One value a field.
    pub summary: Vec<Summary>,
}

impl Archive {
    /// The claims about one incident. `rule` replaces the rule of each field for its summary value.
    ///
    /// # Errors
    /// The archive holds no such incident.
    pub fn claims_of(&mut self, incident: &str, rule: Option<Rule>) -> Result<Claims, ArchiveError> {
        let row = self.incident_row(incident)?;
        let members = self.member_rows(row)?;
        let claims = claims(&members);
        let mut fields: BTreeMap<Field, Vec<&Claim>> = BTreeMap::new();
        for claim in &claims {
            fields.entry(claim.field).or_default().push(claim);
        }
        let summary = fields
            .into_iter()
            .filter_map(|(field, said)| summarise(field, &said, rule.unwrap_or(field.rule())))
            .collect();
        Ok(Claims { claims, summary })
    }

    /// The claims of all events that fit a filter, newest first.
    ///
    /// # Errors
    /// The store's own.
    pub fn claims(&mut self, filter: &Filter) -> Result<Vec<Claim>, ArchiveError> {
        let members = self.matching_rows(filter)?;
        Ok(members.iter().flat_map(|member| claims(std::slice::from_ref(member))).collect())
    }
}

fn summarise(field: Field, claims: &[&Claim], rule: Rule) -> Option<Summary> {
    let said: Vec<Said> = claims
        .iter()
        .filter(|claim| field == Field::Modality || claim.modality != "denied")
        .map(|claim| Said {
            value: claim.value.clone(),
            number: claim.min,
            published: claim.published.as_deref().and_then(maydani_linking::day::parse),
            source: claim.source_group,
        })
        .collect();
    let chosen = choose(rule, &said)?;
    let mut values: Vec<&str> = said.iter().map(|said| said.value.as_str()).collect();
    values.sort_unstable();
    values.dedup();
    Some(Summary { field, rule, value: said[chosen].value.clone(), claims: said.len(), values: values.len() })
}

pub(crate) fn claims(members: &[MemberRow]) -> Vec<Claim> {
    let groups = independence::sources(&members.iter().map(origin).collect::<Vec<_>>());
    let mut claims: Vec<Claim> =
        members.iter().zip(groups).flat_map(|(member, group)| claims_of(member, group)).collect();
    claims.sort_by(|a, b| {
        let key = |claim: &Claim| (claim.field, claim.published.clone(), claim.event.clone(), claim.passage.start);
        key(a).cmp(&key(b))
    });
    claims
}

fn affiliation(source: &str) -> Option<String> {
    affiliation::of_source(source).map(str::to_owned)
}

fn claims_of(member: &MemberRow, source_group: usize) -> Vec<Claim> {
    let event = &member.event;
    let base = |field: Field, value: String, passage: &Passage| Claim {
        field,
        value,
        min: None,
        max: None,
        of: None,
        source: event.source.as_ref().map(|source| source.key.clone()),
        source_name: event.source.as_ref().map(|source| source.name.clone()),
        source_kind: event.source.as_ref().map(|source| source.kind),
        source_affiliation: event.source.as_ref().and_then(|source| affiliation(&source.key)),
        via: event.via.iter().map(|relay| relay.key.clone()).collect(),
        outlet: member.outlet.clone(),
        outlet_affiliation: member.outlet.as_deref().and_then(affiliation::of_outlet).map(str::to_owned),
        modality: modality(event.modality).to_owned(),
        passage: passage.clone(),
        report: member.report.clone(),
        url: member.url.clone(),
        published: member.published.clone(),
        event: member.name.clone(),
        source_group,
    };
    let mut claims = vec![
        base(Field::Type, event.sub_event_type.code().to_owned(), &event.trigger),
        base(Field::Modality, modality(event.modality).to_owned(), &event.trigger),
    ];
    if let Some(date) = &event.date
        && let Some(start) = &date.start_day
    {
        let value = match &date.end_day {
            Some(end) if end != start => format!("{start}/{end}"),
            _ => start.clone(),
        };
        claims.push(base(Field::Day, value, &date.passage));
    }
    claims.extend(event.places.iter().map(|place| base(Field::Place, place.name.clone(), &place.passage)));
    let side = |field: Field, actors: &[ActorValue]| {
        actors.iter().map(|actor| base(field, actor.key.clone(), &actor.passage)).collect::<Vec<_>>()
    };
    claims.extend(side(Field::Actor1, &event.actor1));
    claims.extend(side(Field::Actor2, &event.actor2));
    for toll in &event.tolls {
        let value = match toll.max {
            Some(max) if max == toll.min => max.to_string(),
            Some(max) => format!("{}-{max}", toll.min),
            None => format!("{}+", toll.min),
        };
        let mut claim = base(Field::of(toll.kind), value, &toll.passage);
        claim.min = Some(toll.min);
        claim.max = toll.max;
        claim.of = Some(toll.of.clone());
        if let Some(source) = &toll.source {
            claim.source = Some(source.key.clone());
            claim.source_name = Some(source.name.clone());
            claim.source_kind = Some(source.kind);
            claim.source_affiliation = affiliation(&source.key);
        }
        claims.push(claim);
    }
    claims
}
