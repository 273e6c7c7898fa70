//! Who is said to hold a place, and since when.

use serde::{Deserialize, Serialize};

use crate::day::Day;

/// One claim that a party took a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taking {
    /// The day told, else that of publication.
    pub day: Day,
    /// Keys of those who took it, sorted.
    pub holders: Vec<String>,
    /// Whether a source denies it.
    pub denied: bool,
}

/// How sure the holder of a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Claimed, and nothing speaks against it.
    Claimed,
    /// Claimed by several at about the same time, or denied.
    Disputed,
    /// The last claim is old.
    LastClaimed,
}

/// Days within which claims of different holders contradict each other.
pub const DISPUTE_DAYS: Day = 2;
/// Days after which a claim only tells who was last said to hold the place.
pub const OLD_DAYS: Day = 180;

/// A stretch of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// First day claimed.
    pub from: Day,
    /// Last day before another's claim; `None` where none followed.
    pub until: Option<Day>,
    /// Claimed holders; more than one party where it is disputed.
    pub holders: Vec<String>,
    /// How sure.
    pub standing: Standing,
    /// The claims that this rests on, as places in the list.
    pub claims: Vec<usize>,
}

/// The timeline of one place out of its claims. `at` is the day for which it is asked.
#[must_use]
pub fn timeline(claims: &[Taking], at: Day) -> Vec<Stretch> {
    let mut order: Vec<usize> = (0..claims.len()).filter(|i| claims[*i].day <= at).collect();
    order.sort_by(|a, b| (claims[*a].day, &claims[*a].holders, *a).cmp(&(claims[*b].day, &claims[*b].holders, *b)));
    let mut stretches: Vec<Stretch> = Vec::new();
    for i in order {
        let claim = &claims[i];
        if claim.holders.is_empty() {
            continue;
        }
        match stretches.last_mut() {
            Some(last) if last.holders.iter().any(|holder| claim.holders.contains(holder)) => {
                last.claims.push(i);
                if claim.denied {
                    last.standing = Standing::Disputed;
                }
            }
            Some(last) if !claim.denied && claim.day - last.from <= DISPUTE_DAYS => {
                last.holders.extend(claim.holders.iter().cloned());
                last.holders.sort();
                last.holders.dedup();
                last.standing = Standing::Disputed;
                last.claims.push(i);
            }
            // A denial of something nobody is known to have claimed says nothing of the holder.
            _ if claim.denied => {}
            last => {
                if let Some(last) = last {
                    last.until = Some(claim.day - 1);
                }
                stretches.push(Stretch {
                    from: claim.day,
                    until: None,
                    holders: claim.holders.clone(),
                    standing: Standing::Claimed,
                    claims: vec![i],
                });
            }
        }
    }
    if let Some(last) = stretches.last_mut() {
        let newest = last.claims.iter().map(|i| claims[*i].day).max().unwrap_or(last.from);
        if last.standing == Standing::Claimed && at - newest > OLD_DAYS {
            last.standing = Standing::LastClaimed;
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::{Standing, Taking, timeline};

    fn taking(day: i32, holder: &str, denied: bool) -> Taking {
        Taking { day, holders: vec![holder.into()], denied }
    }

    #[test]
    fn holders_follow_each_other() {
        let line = timeline(
            &[taking(200, "sdf", false), taking(100, "islamic_state", false), taking(150, "islamic_state", false)],
            210,
        );
        assert_eq!(line.len(), 2);
        assert_eq!((line[0].from, line[0].until, line[0].claims.len()), (100, Some(199), 2));
        assert_eq!((line[1].holders[0].as_str(), line[1].standing), ("sdf", Standing::Claimed));
    }

    #[test]
    fn claims_that_clash_and_denials_are_disputed() {
        assert_eq!(timeline(&[taking(100, "a", false), taking(101, "b", false)], 110)[0].standing, Standing::Disputed);
        assert_eq!(timeline(&[taking(100, "a", false), taking(101, "a", true)], 110)[0].standing, Standing::Disputed);
        assert!(timeline(&[taking(100, "a", true)], 110).is_empty());
    }

    #[test]
    fn an_old_claim_is_the_last_one_and_later_ones_are_not_yet_known() {
        let claims = [taking(100, "a", false), taking(900, "b", false)];
        assert_eq!(timeline(&claims, 800)[0].standing, Standing::LastClaimed);
        assert_eq!(timeline(&claims, 150)[0].standing, Standing::Claimed);
        assert!(timeline(&claims, 50).is_empty());
    }
}
