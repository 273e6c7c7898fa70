//! Who is said to hold a place, and since when.

use serde::{Deserialize, Serialize};

use crate::day::Day;

/// One claim that a party took a place, or that it holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taking {
    /// The day told, else that of publication.
    pub day: Day,
    /// Keys of those who took or hold it, sorted.
    pub holders: Vec<String>,
    /// Whether a source denies it.
    pub denied: bool,
    /// A statement that they hold it: it confirms a holder on its day, and tells of no change.
    pub state: bool,
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
    /// Last day before another's claim (or the day itself); `None` where none followed.
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
    // On the day of a change, who held the place before is stated beside who took it.
    let acts = |claim: &Taking| claims.iter().any(|act| !act.state && act.day == claim.day && shared(act, claim));
    let rank = |claim: &Taking| u8::from(!claim.state) + 2 * u8::from(claim.state && acts(claim));
    order.sort_by_cached_key(|i| (claims[*i].day, rank(&claims[*i]), claims[*i].holders.clone(), *i));
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
            Some(last) if !claim.denied && contradicts(claim, last, claims) => {
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
                    last.until = Some((claim.day - 1).max(last.from));
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

fn shared(one: &Taking, other: &Taking) -> bool {
    one.holders.iter().any(|holder| other.holders.contains(holder))
}

/// Whether a claim of another holder speaks against a stretch rather than ends it. One that took the place
/// ends what was only stated; a statement tells of no change, and contradicts whatever was claimed just before.
fn contradicts(claim: &Taking, last: &Stretch, claims: &[Taking]) -> bool {
    let stated = last.claims.iter().all(|i| claims[*i].state);
    let since = if claim.state { last.claims.iter().map(|i| claims[*i].day).max() } else { Some(last.from) };
    claim.day - since.unwrap_or(last.from) <= DISPUTE_DAYS && (claim.state || !stated)
}

#[cfg(test)]
mod tests {
    use super::{Standing, Taking, timeline};

    fn taking(day: i32, holder: &str, denied: bool) -> Taking {
        Taking { day, holders: vec![holder.into()], denied, state: false }
    }

    fn holding(day: i32, holder: &str) -> Taking {
        Taking { state: true, ..taking(day, holder, false) }
    }

    #[test]
    fn a_statement_confirms_a_holder_and_tells_of_no_change() {
        let line = timeline(&[taking(100, "a", false), holding(250, "a")], 400);
        assert_eq!((line.len(), line[0].from, line[0].standing), (1, 100, Standing::Claimed), "confirmed on day 250");
        let line = timeline(&[holding(100, "a"), taking(101, "b", false)], 110);
        assert_eq!(line.len(), 2, "who held it before is no dispute");
        assert_eq!((line[0].until, line[1].standing), (Some(100), Standing::Claimed));
    }

    #[test]
    fn statements_that_clash_are_disputed() {
        assert_eq!(timeline(&[holding(100, "a"), holding(101, "b")], 110)[0].standing, Standing::Disputed);
        let late = timeline(&[taking(50, "a", false), holding(100, "a"), holding(101, "b")], 110);
        assert_eq!((late.len(), late[0].standing), (1, Standing::Disputed), "confirmed the day before");
        assert_eq!(timeline(&[holding(100, "a"), holding(110, "b")], 110).len(), 2);
    }

    #[test]
    fn on_the_day_of_a_change_who_held_before_is_told_too() {
        let claims = [holding(100, "b"), taking(100, "b", false), holding(100, "a")];
        let line = timeline(&claims, 100);
        assert_eq!(line.len(), 2);
        assert_eq!((line[0].holders[0].as_str(), line[1].holders[0].as_str()), ("a", "b"));
        assert_eq!(line[0].until, Some(100));
        assert!(line.iter().all(|held| held.standing == Standing::Claimed));
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
