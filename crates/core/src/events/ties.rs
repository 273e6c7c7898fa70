//! Groups of event words by how each two are tied.

/// What is said of words that were not compared.
const FAR: f32 = -1.0;
/// Rounds in which words may change their group; two are nearly always enough.
const ROUNDS: usize = 10;

/// How event words are tied: above 0 two sooner tell of one event than of two.
pub(super) struct Ties {
    /// Of each word, those it was compared with.
    near: Vec<Vec<(usize, f32)>>,
}

impl Ties {
    pub(super) fn new(words: usize) -> Self {
        Self { near: vec![Vec::new(); words] }
    }

    pub(super) fn put(&mut self, one: usize, two: usize, strength: f32) {
        self.near[one].push((two, strength));
        self.near[two].push((one, strength));
    }

    /// Groups whose ties sum up to much: all that ties two groups counts, so that a headline does not
    /// chain the events below it together. Groups that gain most are joined first, then words may move.
    pub(super) fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = self.chains().iter().flat_map(|chain| self.merged(chain)).collect();
        let mut group_of = vec![0; self.near.len()];
        for (number, group) in groups.iter().enumerate() {
            for &word in group {
                group_of[word] = number;
            }
        }
        for _ in 0..ROUNDS {
            if !self.settle(&mut groups, &mut group_of) {
                break;
            }
        }
        groups.retain(|group| !group.is_empty());
        for group in &mut groups {
            group.sort_unstable();
        }
        groups.sort_unstable();
        groups
    }

    /// Words that ties above 0 chain together: no group can gain from a word of another chain.
    fn chains(&self) -> Vec<Vec<usize>> {
        let mut chains = Vec::new();
        let mut seen = vec![false; self.near.len()];
        for word in 0..self.near.len() {
            let mut chain = Vec::new();
            let mut open = vec![word];
            while let Some(word) = open.pop() {
                if !std::mem::replace(&mut seen[word], true) {
                    chain.push(word);
                    open.extend(self.near[word].iter().filter(|(_, tie)| *tie > 0.0).map(|(other, _)| *other));
                }
            }
            if !chain.is_empty() {
                chain.sort_unstable();
                chains.push(chain);
            }
        }
        chains
    }

    /// The groups of a chain, merged as long as two gain by it, those that gain most first.
    fn merged(&self, chain: &[usize]) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = chain.iter().map(|&word| vec![word]).collect();
        let mut gains: Vec<Vec<f32>> = vec![vec![FAR; chain.len()]; chain.len()];
        for (row, word) in gains.iter_mut().zip(chain) {
            for (other, tie) in &self.near[*word] {
                if let Ok(at) = chain.binary_search(other) {
                    row[at] = *tie;
                }
            }
        }
        let top = |gains: &[Vec<f32>], groups: &[Vec<usize>], one: usize| -> (f32, usize) {
            let others = (one + 1..groups.len()).filter(|&two| !groups[two].is_empty());
            others.fold((0.0, one), |best, two| if gains[one][two] > best.0 { (gains[one][two], two) } else { best })
        };
        // Of each group, the later one that it gains most by.
        let mut tops: Vec<(f32, usize)> = (0..chain.len()).map(|one| top(&gains, &groups, one)).collect();
        loop {
            let best = (0..chain.len())
                .fold((0.0, 0), |best, one| if tops[one].0 > best.0 { (tops[one].0, one) } else { best });
            if best.0 <= 0.0 {
                break;
            }
            let (into, from) = (best.1, tops[best.1].1);
            let moved = std::mem::take(&mut groups[from]);
            groups[into].extend(moved);
            let taken = std::mem::take(&mut gains[from]);
            for (gain, more) in gains[into].iter_mut().zip(taken) {
                *gain += more;
            }
            for other in (0..chain.len()).filter(|&other| !groups[other].is_empty()) {
                gains[other][into] = gains[into][other];
            }
            tops[from] = (0.0, from);
            for one in 0..chain.len() {
                if one < from && !groups[one].is_empty() {
                    let touched = one == into || tops[one].1 == into || tops[one].1 == from;
                    if touched {
                        tops[one] = top(&gains, &groups, one);
                    } else if one < into && gains[one][into] > tops[one].0 {
                        tops[one] = (gains[one][into], into);
                    }
                }
            }
        }
        groups.retain(|group| !group.is_empty());
        groups
    }

    /// The ties of a word to a group, summed.
    fn to(&self, word: usize, group: usize, groups: &[Vec<usize>], group_of: &[usize]) -> f32 {
        let near = self.near[word].iter().filter(|(other, _)| group_of[*other] == group);
        let (count, sum) = near.fold((0, 0.0), |(count, sum), (_, tie)| (count + 1, sum + tie));
        sum + FAR * (groups[group].len() - usize::from(group_of[word] == group) - count) as f32
    }

    /// Moves each word to the group that it is tied to most, or apart. Whether any moved.
    fn settle(&self, groups: &mut Vec<Vec<usize>>, group_of: &mut [usize]) -> bool {
        let mut moved = false;
        for word in 0..self.near.len() {
            let at = group_of[word];
            let mut known: Vec<usize> = self.near[word].iter().map(|(other, _)| group_of[*other]).collect();
            known.sort_unstable();
            known.dedup();
            let mut best = (self.to(word, at, groups, group_of), at);
            for group in known {
                let tied = self.to(word, group, groups, group_of);
                if tied > best.0 {
                    best = (tied, group);
                }
            }
            if best.0 < 0.0 {
                best.1 = groups.len();
                groups.push(Vec::new());
            }
            if best.1 != at {
                groups[at].retain(|&other| other != word);
                groups[best.1].push(word);
                group_of[word] = best.1;
                moved = true;
            }
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::Ties;

    fn ties(words: usize, known: &[(usize, usize, f32)]) -> Ties {
        let mut ties = Ties::new(words);
        for two in 0..words {
            for one in 0..two {
                let of = known.iter().find(|known| (known.0, known.1) == (one, two));
                ties.put(one, two, of.map_or(-2.0, |known| known.2));
            }
        }
        ties
    }

    #[test]
    fn a_headline_does_not_chain_two_strikes() {
        let ties = ties(3, &[(0, 1, 1.5), (0, 2, 1.0)]);
        assert_eq!(ties.groups(), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn the_surest_pair_is_joined_first() {
        let ties = ties(3, &[(0, 1, 0.5), (1, 2, 1.5)]);
        assert_eq!(ties.groups(), [vec![0], vec![1, 2]]);
    }

    #[test]
    fn a_word_leaves_for_where_it_is_tied_more() {
        // 0 and 1 join first; then 2 and 3, to which together 1 is tied more than to 0.
        let ties = ties(4, &[(0, 1, 2.0), (2, 3, 1.9), (1, 2, 1.2), (1, 3, 1.2)]);
        assert_eq!(ties.groups(), [vec![0], vec![1, 2, 3]]);
    }
}
