//! Which coded event is which annotated one, and how much of it is right.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::names::near;
use crate::read::{Event, Named};

/// Same party: the same key; parties outside the codebook also by their names.
pub(crate) fn same_actor(one: &Named, other: &Named) -> bool {
    let outside = one.key.starts_with("other:") || other.key.starts_with("other:");
    one.key == other.key || outside && near(&one.words, &other.words)
}

/// Same place: by the words of the text or by the English name.
pub(crate) fn same_place(one: &Named, other: &Named) -> bool {
    near(&one.words, &other.words) || !one.key.is_empty() && one.key.to_lowercase() == other.key.to_lowercase()
}

/// How many of `ones` find one of `others` that is the same, each used once, in order.
pub(crate) fn overlap<T>(ones: &[T], others: &[T], same: impl Fn(&T, &T) -> bool) -> usize {
    let mut free: Vec<&T> = others.iter().collect();
    let mut found = 0;
    for one in ones {
        if let Some(at) = free.iter().position(|other| same(one, other)) {
            free.remove(at);
            found += 1;
        }
    }
    found
}

/// Harmonic mean of precision and recall; right where nothing was asked and nothing said.
pub(crate) fn f1(right: f64, said: usize, asked: usize) -> f64 {
    if said == 0 && asked == 0 {
        1.0
    } else if right == 0.0 {
        0.0
    } else {
        2.0 * right / (said + asked) as f64
    }
}

/// Whether the day is right; none where the annotation gives none.
pub(crate) fn date_right(coded: &Event, gold: &Event) -> Option<bool> {
    gold.days.as_ref().map(|days| coded.days.as_ref() == Some(days))
}

pub(crate) fn source_right(coded: &Event, gold: &Event) -> bool {
    match (&coded.source, &gold.source) {
        (Some(coded), Some(gold)) => coded.key == gold.key || near(&coded.words, &gold.words),
        (None, None) => true,
        _ => false,
    }
}

/// The part of an annotated event that a coded one has right, 0 to 1.
pub(crate) fn share(coded: &Event, gold: &Event) -> f64 {
    let part = |found: usize, said: usize, asked: usize| f1(found as f64, said, asked);
    let named = |weight: f64, coded: &[Named], gold: &[Named], same: fn(&Named, &Named) -> bool| {
        weight * part(overlap(coded, gold, same), coded.len(), gold.len())
    };
    let flag = |weight: f64, right: bool| if right { weight } else { 0.0 };
    // Added in the order of the reference scorer, so that ties fall as they do there.
    [
        flag(0.15, coded.group == gold.group),
        flag(0.15, coded.kind == gold.kind),
        named(0.15, &coded.actor1, &gold.actor1, same_actor),
        named(0.15, &coded.actor2, &gold.actor2, same_actor),
        named(0.15, &coded.places, &gold.places, same_place),
        0.10 * part(overlap(&coded.tolls, &gold.tolls, PartialEq::eq), coded.tolls.len(), gold.tolls.len()),
        flag(0.10, date_right(coded, gold).unwrap_or(coded.days.is_none())),
        flag(0.05, source_right(coded, gold)),
    ]
    .into_iter()
    .fold(0.0, |sum, part| sum + part)
}

/// Pairs (coded, annotated) that stand in a common sentence, the most alike first.
pub(crate) fn pair(coded: &[Event], gold: &[Event]) -> Vec<(usize, usize)> {
    let meet = |one: (usize, usize), other: (usize, usize)| one.0 < other.1 && other.0 < one.1;
    let mut cells: Vec<(f64, usize, usize)> = Vec::new();
    for (i, said) in coded.iter().enumerate() {
        for (j, asked) in gold.iter().enumerate() {
            if said.sentences.is_disjoint(&asked.sentences) {
                continue;
            }
            let hit = asked.spans.iter().any(|span| meet(said.trigger, *span));
            let exact = meet(said.trigger, asked.trigger);
            cells.push((share(said, asked) + 0.3 * f64::from(hit) + 0.3 * f64::from(exact), i, j));
        }
    }
    cells.sort_by(|one, other| {
        other.0.partial_cmp(&one.0).unwrap_or(Ordering::Equal).then(one.1.cmp(&other.1)).then(one.2.cmp(&other.2))
    });
    let (mut said, mut asked) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, i, j) in cells {
        if !said.contains(&i) && !asked.contains(&j) {
            said.insert(i);
            asked.insert(j);
            pairs.push((i, j));
        }
    }
    pairs
}
