//! Figures of one event that are told in the same words.

use std::ops::Range;

use super::holding::Chosen;

/// A figure tells one harm of so many: of values that share words the surest stands («طفلتان وامرأة» are two and one,
/// or three).
pub(super) fn told_once(mut all: Vec<Chosen>, words: impl Fn(&Chosen) -> Range<usize>) -> Vec<Chosen> {
    all.sort_by(|a, b| b.sure.total_cmp(&a.sure).then(a.index.cmp(&b.index)));
    let mut out: Vec<Chosen> = Vec::with_capacity(all.len());
    for chosen in all {
        let own = words(&chosen);
        let shares = |other: &Chosen| words(other).start < own.end && own.start < words(other).end;
        if !out.iter().any(shares) {
            out.push(chosen);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Chosen, told_once};

    #[test]
    fn the_surest_of_those_that_share_words_stands() {
        let words = [0..1, 0..3, 2..3, 5..6];
        let sure = [0.9, 0.55, 0.6, 0.7];
        let all = (0..).zip(sure).map(|(index, sure)| Chosen { index, sure }).collect();
        let mut told: Vec<usize> =
            told_once(all, |chosen| words[chosen.index].clone()).iter().map(|chosen| chosen.index).collect();
        told.sort_unstable();
        assert_eq!(told, [0, 2, 3]);
    }
}
