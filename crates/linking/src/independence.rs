//! How many independent sources stand behind an incident.

use rustc_hash::FxHashMap;

/// Where one claim comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The group of near-duplicates that its report belongs to.
    pub voice: i64,
    /// The named source (`sohr`), `None` where the outlet itself asserts it.
    pub source: Option<String>,
    /// The agency through which it came.
    pub relays: Vec<String>,
    /// The outlet.
    pub outlet: Option<String>,
}

/// Keys under which speakers stay unknown: two outlets' «sources» need not be the same people.
fn is_nameless(source: &str) -> bool {
    let lower = source.to_lowercase();
    [
        "sources",
        "local sources",
        "activists",
        "eyewitnesses",
        "witnesses",
        "residents",
        "medical sources",
        "military source",
    ]
    .iter()
    .any(|name| lower.strip_prefix("other:").unwrap_or(&lower) == *name)
}

/// Groups of claims that go back to one source: reprints of one text, the same named source, the same
/// agency, the same outlet on its own word. Returns for each claim the number of its group, in order
/// of first mention.
#[must_use]
pub fn sources(origins: &[Origin]) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..origins.len()).collect();
    let mut first: FxHashMap<String, usize> = FxHashMap::default();
    for (i, origin) in origins.iter().enumerate() {
        let named = origin.source.as_deref().filter(|source| !is_nameless(source));
        let mut keys = vec![format!("voice {}", origin.voice)];
        match (named, origin.relays.first(), &origin.outlet) {
            (Some(source), _, _) => keys.push(format!("who {source}")),
            (None, Some(agency), _) => keys.push(format!("who {agency}")),
            (None, None, Some(outlet)) => keys.push(format!("who {outlet}")),
            (None, None, None) => {}
        }
        for key in keys {
            let with = *first.entry(key).or_insert(i);
            let (a, b) = (root(&mut parent, with), root(&mut parent, i));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut numbers = FxHashMap::default();
    (0..origins.len())
        .map(|i| {
            let root = root(&mut parent, i);
            let next = numbers.len();
            *numbers.entry(root).or_insert(next)
        })
        .collect()
}

/// The number of independent sources.
#[must_use]
pub fn count(origins: &[Origin]) -> usize {
    sources(origins).into_iter().max().map_or(0, |last| last + 1)
}

fn root(parent: &mut [usize], mut i: usize) -> usize {
    while parent[i] != i {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    i
}

#[cfg(test)]
mod tests {
    use super::{Origin, count};

    fn origin(voice: i64, source: Option<&str>, outlet: &str) -> Origin {
        Origin { voice, source: source.map(Into::into), relays: Vec::new(), outlet: Some(outlet.into()) }
    }

    #[test]
    fn reprints_and_one_source_quoted_twice_count_once() {
        assert_eq!(count(&[origin(1, None, "a"), origin(1, None, "b")]), 1);
        assert_eq!(count(&[origin(1, Some("sohr"), "a"), origin(2, Some("sohr"), "b")]), 1);
        assert_eq!(count(&[origin(1, None, "a"), origin(2, None, "b"), origin(2, Some("sohr"), "c")]), 2);
        assert_eq!(count(&[origin(1, Some("other:Activists"), "a"), origin(2, Some("other:Activists"), "b")]), 2);
        assert_eq!(count(&[]), 0);
    }

    #[test]
    fn an_agency_is_one_source_however_many_carry_it() {
        let carried = |voice, outlet: &str| Origin { relays: vec!["reuters".into()], ..origin(voice, None, outlet) };
        assert_eq!(count(&[carried(1, "a"), carried(2, "b")]), 1);
    }
}
