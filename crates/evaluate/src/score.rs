//! The figures.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use crate::pairs::{date_right, f1, overlap, pair, same_actor, same_place, share, source_right};
use crate::read::{Event, Named, Page, Row};

/// How well reports were coded. Shares are per cent, to one decimal.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Each figure's name and value, in the order in which they are printed.
    pub figures: Vec<(&'static str, Figure)>,
    /// Counts by sub-event type, the most frequent in the annotation first.
    pub kinds: Vec<(String, KindCounts)>,
}

/// A count or a share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// A count.
    Count(usize),
    /// Per cent.
    Share(f64),
}

/// How often a sub-event type was asked for, found, found as that type, and coded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KindCounts {
    /// Annotated, not counting background.
    pub gold: usize,
    /// Of these, found as an event of any type.
    pub found: usize,
    /// Of these, found as this type.
    pub right: usize,
    /// Coded as this type.
    pub coded: usize,
}

impl Figures {
    /// The share of a name, per cent.
    #[must_use]
    pub fn share(&self, name: &str) -> Option<f64> {
        self.figures.iter().find_map(|(figure, value)| match value {
            Figure::Share(share) if *figure == name => Some(*share),
            _ => None,
        })
    }

    /// The figures as one JSON object.
    #[must_use]
    pub fn json(&self) -> String {
        // Written by hand: a map of serde_json would sort the names.
        let figures = self.figures.iter().map(|(name, value)| {
            let value = match value {
                Figure::Count(count) => count.to_string(),
                Figure::Share(share) => format!("{share:.1}"),
            };
            format!("{}: {value}", Value::String((*name).to_owned()))
        });
        format!("{{{}}}", figures.collect::<Vec<_>>().join(", "))
    }

    /// The figures, one a line.
    #[must_use]
    pub fn text(&self) -> String {
        let line = |(name, value): &(&str, Figure)| match value {
            Figure::Count(count) => format!("{name:32} {count}\n"),
            Figure::Share(share) => format!("{name:32} {share:.1}\n"),
        };
        self.figures.iter().map(line).collect()
    }

    /// Counts by sub-event type, one a line.
    #[must_use]
    pub fn kinds_text(&self) -> String {
        let line = |(kind, n): &(String, KindCounts)| {
            format!("{kind:38} gold {:4} found {:4} right {:4} coded {:4}\n", n.gold, n.found, n.right, n.coded)
        };
        self.kinds.iter().map(line).collect()
    }
}

#[derive(Default)]
struct Slot {
    right: usize,
    coded: usize,
    gold: usize,
}

impl Slot {
    fn add<T>(&mut self, coded: &[T], gold: &[T], same: impl Fn(&T, &T) -> bool) {
        self.right += overlap(coded, gold, same);
        self.coded += coded.len();
        self.gold += gold.len();
    }

    fn figure(&self) -> Figure {
        percent(f1(self.right as f64, self.coded, self.gold))
    }
}

#[derive(Default)]
struct Counts {
    reports: usize,
    gold: usize,
    coded: usize,
    found: usize,
    kind: usize,
    group: usize,
    actor1: Slot,
    actor2: Slot,
    places: Slot,
    tolls: Slot,
    dated: usize,
    date: usize,
    source: usize,
    modality: usize,
    share: f64,
    strict: usize,
    text_differs: usize,
}

/// Scores coded reports against annotated ones. An annotated report that was not coded counts as
/// coded with no event.
#[must_use]
pub fn score(gold: &[Row], coded: &[Row]) -> Figures {
    let coded: HashMap<&str, &Row> = coded.iter().map(|row| (row.id.as_str(), row)).collect();
    let mut counts = Counts::default();
    let mut kinds = Kinds::default();
    for asked in gold {
        counts.add(asked, coded.get(asked.id.as_str()).copied(), &mut kinds);
    }
    Figures { figures: counts.figures(), kinds: kinds.sorted() }
}

impl Counts {
    fn add(&mut self, asked: &Row, said: Option<&Row>, kinds: &mut Kinds) {
        let text = asked.text.as_deref().unwrap_or_default();
        let shown = said.and_then(|row| row.shown.as_deref()).unwrap_or(text);
        self.text_differs += usize::from(shown != text);
        let gold = Page::new(text).events(asked);
        let coded = said.map(|row| Page::new(shown).events(row)).unwrap_or_default();
        let pairs = pair(&coded, &gold);

        self.reports += 1;
        self.gold += gold.iter().filter(|event| !event.background).count();
        self.coded += coded.len();
        for (i, j) in &pairs {
            let (said, asked) = (&coded[*i], &gold[*j]);
            if asked.background {
                self.coded -= 1;
            } else {
                kinds.of(&asked.kind).right += usize::from(said.kind == asked.kind);
                self.compare(said, asked);
            }
        }
        let found: BTreeSet<usize> = pairs.iter().map(|(_, j)| *j).collect();
        for (j, event) in gold.iter().enumerate().filter(|(_, event)| !event.background) {
            let counts = kinds.of(&event.kind);
            counts.gold += 1;
            counts.found += usize::from(found.contains(&j));
        }
        for event in &coded {
            kinds.of(&event.kind).coded += 1;
        }
    }

    fn compare(&mut self, said: &Event, asked: &Event) {
        self.found += 1;
        self.group += usize::from(said.group == asked.group);
        self.kind += usize::from(said.kind == asked.kind);
        self.actor1.add(&said.actor1, &asked.actor1, same_actor);
        self.actor2.add(&said.actor2, &asked.actor2, same_actor);
        self.places.add(&said.places, &asked.places, same_place);
        self.tolls.add(&said.tolls, &asked.tolls, PartialEq::eq);
        let date = date_right(said, asked);
        self.dated += usize::from(date.is_some());
        self.date += usize::from(date == Some(true));
        self.source += usize::from(source_right(said, asked));
        self.modality += usize::from(said.modality == asked.modality);
        self.share += share(said, asked);
        let all = |said: &[Named], asked: &[Named]| {
            said.len() == asked.len() && overlap(said, asked, same_actor) == asked.len()
        };
        let placed =
            overlap(&said.places, &asked.places, same_place) > 0 || said.places.is_empty() && asked.places.is_empty();
        let strict = said.group == asked.group
            && all(&said.actor1, &asked.actor1)
            && all(&said.actor2, &asked.actor2)
            && date != Some(false)
            && placed;
        self.strict += usize::from(strict);
    }

    fn figures(&self) -> Vec<(&'static str, Figure)> {
        let of_events = |right: f64| percent(f1(right, self.coded, self.gold));
        let part = |right: usize, all: usize| percent(right as f64 / all.max(1) as f64);
        let mut figures = vec![
            ("reports", Figure::Count(self.reports)),
            ("gold events", Figure::Count(self.gold)),
            ("coded events", Figure::Count(self.coded)),
            ("detect", of_events(self.found as f64)),
            ("precision", part(self.found, self.coded)),
            ("recall", part(self.found, self.gold)),
            ("type", of_events(self.group as f64)),
            ("subtype", of_events(self.kind as f64)),
            ("actor1", self.actor1.figure()),
            ("actor2", self.actor2.figure()),
            ("places", self.places.figure()),
            ("tolls", self.tolls.figure()),
            ("date", part(self.date, self.dated)),
            ("source", part(self.source, self.found)),
            ("modality", part(self.modality, self.found)),
            ("EVENT", of_events(self.share)),
            ("strict", of_events(self.strict as f64)),
        ];
        if self.text_differs > 0 {
            figures.push(("reports whose text was changed", Figure::Count(self.text_differs)));
        }
        figures
    }
}

fn percent(share: f64) -> Figure {
    // Rounded as it is printed: half to even on the exact value.
    let printed = format!("{:.1}", 100.0 * share);
    Figure::Share(printed.parse().unwrap_or(f64::NAN))
}

/// Counts by sub-event type, in the order in which the types were first met.
#[derive(Default)]
struct Kinds {
    order: Vec<String>,
    counts: BTreeMap<String, KindCounts>,
}

impl Kinds {
    fn of(&mut self, kind: &str) -> &mut KindCounts {
        if !self.counts.contains_key(kind) {
            self.order.push(kind.to_owned());
        }
        self.counts.entry(kind.to_owned()).or_default()
    }

    fn sorted(mut self) -> Vec<(String, KindCounts)> {
        let mut sorted: Vec<(String, KindCounts)> =
            self.order.into_iter().filter_map(|kind| self.counts.remove_entry(&kind)).collect();
        sorted.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.gold));
        sorted
    }
}
