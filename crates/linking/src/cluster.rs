//! Makes incidents of linked pairs, and of what an analyst decided.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

/// Two events with points of their own, as places in the list of events.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// One event.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// Their points.
    pub score: f64,
}

/// What an analyst decided on a pair of events; later decisions win.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// One occurrence.
    Together(usize, usize),
    /// Two occurrences.
    Apart(usize, usize),
}

/// Groups the events `0..names.len()`; every event is in exactly one group. Groups and their members
/// come in the order of the names, which decide ties: the order of `links` does not matter, that of
/// `decisions` is the order in which they were made.
///
/// Pairs are taken from the best down. Two groups become one where no decision holds them apart and
/// their reports fit on average: of two reports the best pair of events counts, above or below
/// `threshold`, and `stranger` where none has points. So one weak pair never joins two groups whose
/// other reports do not fit, and a report that tells one occurrence in several events is no hindrance.
/// `reports` says for each event which report tells it.
#[must_use]
pub fn cluster(
    names: &[String],
    reports: &[usize],
    links: &[Link],
    decisions: &[Decided],
    threshold: f64,
    stranger: f64,
) -> Vec<Vec<usize>> {
    let mut groups = Groups::new((names, reports), links, threshold, stranger);
    groups.decide(decisions);
    groups.merge(links);
    groups.sorted()
}

struct Groups<'a> {
    names: &'a [String],
    reports: &'a [usize],
    /// Points above the threshold of a pair, `a < b`.
    points: FxHashMap<(usize, usize), f64>,
    neighbours: Vec<Vec<usize>>,
    group: Vec<usize>,
    members: Vec<Vec<usize>>,
    apart: FxHashSet<(usize, usize)>,
    threshold: f64,
    stranger: f64,
}

const fn pair(a: usize, b: usize) -> (usize, usize) {
    if a < b { (a, b) } else { (b, a) }
}

impl<'a> Groups<'a> {
    fn new((names, reports): (&'a [String], &'a [usize]), links: &[Link], threshold: f64, stranger: f64) -> Self {
        let mut points = FxHashMap::default();
        let mut neighbours = vec![Vec::new(); names.len()];
        for link in links {
            if points.insert(pair(link.a, link.b), link.score - threshold).is_none() {
                neighbours[link.a].push(link.b);
                neighbours[link.b].push(link.a);
            }
        }
        Self {
            names,
            reports,
            points,
            neighbours,
            group: (0..names.len()).collect(),
            members: (0..names.len()).map(|i| vec![i]).collect(),
            apart: FxHashSet::default(),
            threshold,
            stranger,
        }
    }

    fn decide(&mut self, decisions: &[Decided]) {
        let mut last: BTreeMap<(usize, usize), (usize, bool)> = BTreeMap::new();
        for (at, decision) in decisions.iter().enumerate() {
            let (key, together) = match *decision {
                Decided::Together(a, b) => (pair(a, b), true),
                Decided::Apart(a, b) => (pair(a, b), false),
            };
            if key.0 != key.1 {
                last.insert(key, (at, together));
            }
        }
        // From the latest down: an older decision gives way where it contradicts a later one.
        let mut order: Vec<_> = last.into_iter().collect();
        order.sort_by_key(|(_, (at, _))| std::cmp::Reverse(*at));
        for ((a, b), (_, together)) in order {
            if together {
                if !self.held_apart(self.group[a], self.group[b]) {
                    self.join(self.group[a], self.group[b]);
                }
            } else if self.group[a] != self.group[b] {
                self.apart.insert((a, b));
            }
        }
    }

    fn merge(&mut self, links: &[Link]) {
        let mut best: Vec<&Link> = links.iter().filter(|link| link.score >= self.threshold).collect();
        best.sort_by(|x, y| {
            let key = |link: &Link| {
                let (a, b) = (&self.names[link.a], &self.names[link.b]);
                if a <= b { (a, b) } else { (b, a) }
            };
            y.score.total_cmp(&x.score).then_with(|| key(x).cmp(&key(y)))
        });
        for link in best {
            let (g, h) = (self.group[link.a], self.group[link.b]);
            if g != h && !self.held_apart(g, h) && self.fit(g, h) {
                self.join(g, h);
            }
        }
    }

    fn held_apart(&self, g: usize, h: usize) -> bool {
        self.apart.iter().any(|(a, b)| {
            let (x, y) = (self.group[*a], self.group[*b]);
            (x, y) == (g, h) || (y, x) == (g, h)
        })
    }

    /// Whether the reports of two groups fit on average.
    fn fit(&self, g: usize, h: usize) -> bool {
        let (g, h) = if self.members[g].len() <= self.members[h].len() { (g, h) } else { (h, g) };
        let reports =
            |group: usize| self.members[group].iter().map(|event| self.reports[*event]).collect::<BTreeSet<_>>();
        let pairs = reports(g).len() * reports(h).len();
        let mut best: FxHashMap<(usize, usize), f64> = FxHashMap::default();
        for a in &self.members[g] {
            for b in &self.neighbours[*a] {
                if self.group[*b] == h
                    && let Some(points) = self.points.get(&pair(*a, *b))
                {
                    let most = best.entry((self.reports[*a], self.reports[*b])).or_insert(*points);
                    *most = most.max(*points);
                }
            }
        }
        // In order of size, so that rounding cannot depend on the order of arrival.
        let mut points: Vec<f64> = best.into_values().collect();
        points.sort_by(f64::total_cmp);
        let strangers = (pairs - points.len()) as f64 * self.stranger;
        points.into_iter().sum::<f64>() + strangers >= 0.0
    }

    fn join(&mut self, g: usize, h: usize) {
        if g == h {
            return;
        }
        let (keep, gone) = if self.members[g].len() >= self.members[h].len() { (g, h) } else { (h, g) };
        let moved = std::mem::take(&mut self.members[gone]);
        for member in &moved {
            self.group[*member] = keep;
        }
        self.members[keep].extend(moved);
    }

    fn sorted(self) -> Vec<Vec<usize>> {
        let mut groups: BTreeSet<Vec<(&String, usize)>> = BTreeSet::new();
        for members in self.members {
            let mut named: Vec<(&String, usize)> = members.into_iter().map(|i| (&self.names[i], i)).collect();
            named.sort();
            if !named.is_empty() {
                groups.insert(named);
            }
        }
        groups.into_iter().map(|group| group.into_iter().map(|(_, i)| i).collect()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Decided, Link, cluster};

    fn names(n: usize) -> Vec<String> {
        (0..n).map(|i| format!("e{i}")).collect()
    }

    fn link(a: usize, b: usize, score: f64) -> Link {
        Link { a, b, score }
    }

    #[test]
    fn one_weak_pair_does_not_chain_two_groups() {
        let links = [link(0, 1, 6.0), link(2, 3, 6.0), link(1, 2, 4.1)];
        assert_eq!(cluster(&names(4), &[0, 1, 2, 3], &links, &[], 4.0, -1.5), [vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn of_two_reports_the_best_pair_counts() {
        // A third report fits one of the two events in which the first tells it, not the other.
        let links = [link(0, 2, 6.0), link(1, 2, 6.0), link(0, 1, 4.0), link(2, 3, 4.5), link(0, 3, 4.5)];
        assert_eq!(cluster(&names(4), &[0, 0, 1, 2], &links, &[], 4.0, -3.0), [vec![0, 1, 2, 3]]);
        assert_eq!(cluster(&names(4), &[0, 1, 2, 3], &links, &[], 4.0, -3.0), [vec![0, 1, 2], vec![3]]);
    }

    #[test]
    fn the_order_of_links_does_not_matter() {
        let links = [link(0, 1, 5.0), link(1, 2, 5.0), link(0, 2, 3.5), link(2, 3, 4.5), link(1, 3, 2.0)];
        let forward = cluster(&names(4), &[0, 1, 2, 3], &links, &[], 4.0, -1.5);
        let mut back = links;
        back.reverse();
        assert_eq!(forward, cluster(&names(4), &[0, 1, 2, 3], &back, &[], 4.0, -1.5));
        assert_eq!(forward, [vec![0, 1, 2], vec![3]]);
    }

    #[test]
    fn decisions_outrank_points_and_later_ones_win() {
        let links = [link(0, 1, 9.0)];
        let apart = Decided::Apart(0, 1);
        let together = Decided::Together(0, 1);
        assert_eq!(cluster(&names(2), &[0, 1], &links, &[apart], 4.0, -1.5), [vec![0], vec![1]]);
        assert_eq!(cluster(&names(2), &[0, 1], &links, &[apart, together], 4.0, -1.5), [vec![0, 1]]);
        assert_eq!(cluster(&names(2), &[0, 1], &[], &[together], 4.0, -1.5), [vec![0, 1]]);
        assert_eq!(cluster(&names(2), &[0, 1], &[], &[together, apart], 4.0, -1.5), [vec![0], vec![1]]);
    }

    #[test]
    fn a_third_event_does_not_bridge_a_split() {
        let links = [link(0, 1, 9.0), link(0, 2, 8.0), link(1, 2, 8.0)];
        let groups = cluster(&names(3), &[0, 1, 2], &links, &[Decided::Apart(0, 1)], 4.0, -1.5);
        assert!(groups.iter().all(|group| !(group.contains(&0) && group.contains(&1))));
        assert_eq!(groups.len(), 2);
    }
}
