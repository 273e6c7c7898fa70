//! What each outlet and source claimed, and how often others say the same: counts, no verdicts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::claims::{Claim, Field, claims};
use crate::filter::Filter;
use crate::{Archive, ArchiveError};

/// How claims fared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fared {
    /// How many.
    pub claims: usize,
    /// Which an independent one repeats.
    pub borne_out: usize,
    /// Of which an independent one says otherwise.
    pub contradicted: usize,
    /// To which nobody else says anything.
    pub alone: usize,
}

impl Fared {
    fn count(&mut self, same: bool, other: bool) {
        self.claims += 1;
        self.borne_out += usize::from(same);
        self.contradicted += usize::from(other);
        self.alone += usize::from(!same && !other);
    }
}

/// The claims of one outlet or source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// All of them.
    pub all: Fared,
    /// By what they are about.
    pub fields: BTreeMap<Field, Fared>,
}

/// How claims of the newest events of a filter fared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceCounts {
    /// Events looked at.
    pub events: usize,
    /// Whether these were all.
    pub complete: bool,
    /// By the key of who says so.
    pub sources: BTreeMap<String, Standing>,
    /// By the outlet's name.
    pub outlets: BTreeMap<String, Standing>,
}

/// As many events are looked at.
pub const MOST_EVENTS: usize = 20_000;

impl Archive {
    /// How the claims about the incidents of a filter fared, the newest incidents first, up to 20,000
    /// events.
    ///
    /// # Errors
    /// The store's own.
    pub fn source_counts(&mut self, filter: &Filter) -> Result<SourceCounts, ArchiveError> {
        let (conditions, values) = self.conditions(filter, 0)?;
        let sql = format!(
            "SELECT e.incident FROM events e WHERE {conditions} AND e.incident IS NOT NULL ORDER BY e.day DESC, e.id DESC LIMIT {MOST_EVENTS}"
        );
        let mut seen = std::collections::BTreeSet::new();
        let mut counts = SourceCounts { complete: true, ..SourceCounts::default() };
        for row in self.rows(&sql, &values)? {
            let incident = row.int(0)?;
            if !seen.insert(incident) {
                continue;
            }
            if counts.events >= MOST_EVENTS {
                counts.complete = false;
                break;
            }
            let members = self.member_rows(incident)?;
            counts.events += members.len();
            counts.add(&claims(&members));
        }
        counts.complete &= counts.events < MOST_EVENTS;
        Ok(counts)
    }
}

impl SourceCounts {
    fn add(&mut self, claims: &[Claim]) {
        for claim in claims.iter().filter(|claim| counted(claim.field)) {
            let others = || {
                let field = claims.iter().filter(|other| other.field == claim.field);
                field.filter(|other| other.source_group != claim.source_group && comparable(claim, other))
            };
            let same = others().any(|other| agree(claim, other));
            let differ = others().any(|other| !agree(claim, other));
            let count = |standing: &mut Standing| {
                standing.all.count(same, differ);
                standing.fields.entry(claim.field).or_default().count(same, differ);
            };
            if let Some(source) = &claim.source {
                count(self.sources.entry(source.clone()).or_default());
            }
            if let Some(outlet) = &claim.outlet {
                count(self.outlets.entry(outlet.clone()).or_default());
            }
        }
    }
}

/// Places and those acted on come in lists, of which each tells a part.
const fn counted(field: Field) -> bool {
    !matches!(field, Field::Place | Field::Actor2)
}

/// Tolls of different people are no claims about one number.
fn comparable(a: &Claim, b: &Claim) -> bool {
    a.of == b.of || a.of.as_deref() == Some("unknown") || b.of.as_deref() == Some("unknown")
}

fn agree(a: &Claim, b: &Claim) -> bool {
    match (a.min, b.min) {
        (Some(low), Some(other_low)) => low <= b.max.unwrap_or(u32::MAX) && other_low <= a.max.unwrap_or(u32::MAX),
        _ if a.field == Field::Day => days_meet(&a.value, &b.value),
        _ => a.value == b.value,
    }
}

/// `2018-10-26` or `2018-10-26/2018-10-28`.
fn days_meet(a: &str, b: &str) -> bool {
    let ends = |days: &'_ str| -> (String, String) {
        let (first, last) = days.split_once('/').unwrap_or((days, days));
        (first.to_owned(), last.to_owned())
    };
    let ((a_first, a_last), (b_first, b_last)) = (ends(a), ends(b));
    a_first <= b_last && b_first <= a_last
}

#[cfg(test)]
mod tests {
    use super::days_meet;

    #[test]
    fn spans_of_days() {
        assert!(days_meet("2018-10-26", "2018-10-25/2018-10-27"));
        assert!(!days_meet("2018-10-26", "2018-10-27/2018-10-28"));
    }
}
