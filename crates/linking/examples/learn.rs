//! Learns the weights of `codebook/linking.tsv` from articles whose incidents are known, and says how well they do
//! on articles that they were not learned from.
//!
//! `cargo run --release -p maydani-linking --example learn -- RECORDS.jsonl ARTICLES.jsonl [WEIGHTS.tsv]`
//!
//! RECORDS are the coded ARTICLES; an article is `{"id", "truth": [{"incident", "date"}, …]}`. Two articles of one
//! incident should be linked; two whose incidents all lie more than seven days apart should not; others are not
//! judged. Articles of one incident are in one fold. For each of five folds the weights are learned on the other
//! four; counted are the pairs within the fold, and by half those with one article in it. That is done for several
//! divisions into folds, as a few large incidents make a fold easy or hard.
//!
//! Weights are those of a logistic regression: points are added up, and at `link` points one incident is as likely
//! as two. Which two events of two articles tell one incident is not known: it is those that fit best by the weights
//! so far, and learning goes round. Weights are held to those set by hand (`by_hand.tsv`), and leave them as far as
//! the articles speak for it: a weight that few pairs show stays. At last `link` is moved to where it does best.
//! WEIGHTS.tsv gets those learned on all.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;

use maydani_core::Record;
use maydani_core::record::Modality;
use maydani_linking::keys::candidate_keys;
use maydani_linking::{Facts, Link, Weights, cluster, weights};
use serde::Deserialize;

type Outcome<T> = Result<T, Box<dyn Error>>;

const FOLDS: usize = 5;
/// Days apart within which the archive compares events.
const WINDOW: i32 = 3;
/// Days apart from which incidents are surely two.
const FAR: i32 = 7;
/// Divisions into folds.
const DIVISIONS: usize = 4;
/// What holds a weight to the one set by hand: to leave it by one point costs so much likelihood.
const HOLD: f64 = 20.0;
/// The same where nothing is set by hand, and weights are held to zero.
const LOOSE: f64 = 1.0;
/// How much two articles say of other incidents that are less than a week apart: one may tell of both.
const CLOSE: f64 = 0.3;
/// Rounds of choosing the events that fit best and learning from them.
const ROUNDS: usize = 4;
/// Sweeps over all weights in a round; a few are enough.
const SWEEPS: usize = 30;
/// Where `link` is tried, in quarters of a point from where both are as likely. The outcome is taken as the mean of
/// three neighbours: what depends on a hair's breadth is chance.
const QUARTERS: std::ops::RangeInclusive<i32> = -10..=4;
/// Points below `link` that are kept for comparing groups.
const KEPT: f64 = 3.3;
/// Precision below this is made up by nothing.
const PRECISION: f64 = 0.87;
/// What is set before learning, whatever else is not: it says how groups are made.
const SET: [&str; 4] = ["link", "keep", "stranger", "same_report"];
/// The weights set by hand, with all articles in view.
const BY_HAND: &str = include_str!("by_hand.tsv");

#[derive(Deserialize)]
struct Article {
    id: String,
    truth: Vec<Truth>,
}

#[derive(Deserialize)]
struct Truth {
    incident: String,
    date: String,
}

/// Two articles that are judged.
struct Judged {
    articles: (usize, usize),
    same: bool,
}

/// Two articles with the pairs of their events.
struct Example {
    articles: (usize, usize),
    pairs: Vec<usize>,
    same: bool,
    share: f64,
}

/// Two events compared: which weights spoke, and how often.
struct Pair {
    a: usize,
    b: usize,
    reasons: Vec<(usize, f64)>,
}

/// From where learning begins, and how fast it holds to that.
struct Start {
    weights: BTreeMap<String, f64>,
    hold: f64,
}

struct Material {
    keys: Vec<String>,
    names: Vec<String>,
    article_of: Vec<usize>,
    recalled: Vec<bool>,
    pairs: Vec<Pair>,
    judged: Vec<Judged>,
    examples: Vec<Example>,
    /// Of each division the fold of each article.
    folds: Vec<Vec<usize>>,
    positive: usize,
}

/// Pairs that are linked and should be, are linked and should not, are not and should.
#[derive(Default, Clone, Copy)]
struct Score {
    right: f64,
    wrong: f64,
    missed: f64,
}

impl Score {
    fn precision(&self) -> f64 {
        self.right / (self.right + self.wrong).max(1.0)
    }
    fn recall(&self) -> f64 {
        self.right / (self.right + self.missed).max(1.0)
    }
    fn f1(&self) -> f64 {
        2.0 * self.right / (2.0 * self.right + self.wrong + self.missed).max(1.0)
    }
    fn worth(&self) -> f64 {
        self.f1() - (PRECISION - self.precision()).max(0.0)
    }
}

impl std::ops::AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (p, r, f1) = (100.0 * self.precision(), 100.0 * self.recall(), 100.0 * self.f1());
        write!(f, "precision {p:.1}  recall {r:.1}  F1 {f1:.1}")
    }
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [records, articles, rest @ ..] = arguments.as_slice() else {
        return Err("name the records and the articles".into());
    };
    let material = material(records, articles)?;
    println!(
        "{} judged pairs, {} of one incident, {} pairs of events",
        material.judged.len(),
        material.positive,
        material.pairs.len()
    );
    let everywhere = |_: usize| true;
    println!("weights set by hand:                  {}", material.score(&numbers(BY_HAND), everywhere));
    println!("weights as they are:                  {}", material.score(&numbers(weights::BUILT_IN), everywhere));
    let by_hand = Start { weights: numbers(BY_HAND), hold: HOLD };
    println!("held out, all divisions together:     {}", material.held_out(&by_hand, true));
    let mut zero = numbers(BY_HAND);
    for (key, points) in &mut zero {
        if !SET.contains(&key.as_str()) {
            *points = 0.0;
        }
    }
    let nothing = Start { weights: zero, hold: LOOSE };
    println!("the same, nothing set by hand:        {}", material.held_out(&nothing, false));
    let learned = material.learn(&by_hand, everywhere);
    println!("learned on all, scored on the same:   {}", material.score(&learned, everywhere));
    if let Some(path) = rest.first() {
        fs::write(path, rewritten(&learned))?;
    }
    Ok(())
}

fn material(records: &str, articles: &str) -> Outcome<Material> {
    let articles = fs::read_to_string(articles)?;
    let articles: Vec<Article> = articles.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let number: BTreeMap<&str, usize> =
        articles.iter().enumerate().map(|(at, article)| (article.id.as_str(), at)).collect();
    let mut facts: Vec<Facts> = Vec::new();
    for line in fs::read_to_string(records)?.lines() {
        facts.extend(Facts::of(&serde_json::from_str::<Record>(line)?));
    }
    facts.retain(|facts| number.contains_key(facts.report.as_str()));
    let article_of: Vec<usize> = facts.iter().map(|facts| number[facts.report.as_str()]).collect();
    let judged = judged(&articles)?;
    let positive = judged.iter().filter(|pair| pair.same).count();
    let weights = Weights::parse(BY_HAND)?;
    let keys: Vec<String> = numbers(BY_HAND).into_keys().collect();
    let pairs = compared(&facts, &weights, &keys);
    Ok(Material {
        names: facts.iter().map(|facts| facts.id.clone()).collect(),
        examples: examples(&article_of, &judged, &pairs),
        article_of,
        recalled: facts.iter().map(|facts| facts.recalled).collect(),
        folds: folds(&articles),
        keys,
        pairs,
        judged,
        positive,
    })
}

fn judged(articles: &[Article]) -> Outcome<Vec<Judged>> {
    let day = |truth: &Truth| maydani_linking::day::parse(&truth.date).ok_or("an incident without a day");
    let mut judged = Vec::new();
    for (i, a) in articles.iter().enumerate() {
        for (j, b) in articles.iter().enumerate().skip(i + 1) {
            let (mut same, mut far) = (false, true);
            for x in &a.truth {
                for y in &b.truth {
                    same |= x.incident == y.incident;
                    far &= (day(x)? - day(y)?).abs() > FAR;
                }
            }
            if same || far {
                judged.push(Judged { articles: (i, j), same });
            }
        }
    }
    Ok(judged)
}

/// Articles that hang together by their incidents are in one fold, in each division.
fn folds(articles: &[Article]) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..articles.len()).collect();
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, article) in articles.iter().enumerate() {
        for truth in &article.truth {
            let with = *first.entry(&truth.incident).or_insert(at);
            let (a, b) = (group[with], group[at]);
            for one in &mut group {
                if *one == a.max(b) {
                    *one = a.min(b);
                }
            }
        }
    }
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for one in &group {
        let next = numbers.len();
        numbers.entry(*one).or_insert(next);
    }
    // Groups in another order for each division: by the remainders of a multiple.
    let shuffled = |number: usize, division: usize| ((number + 1) * (7919 + 1009 * division)) % 1_000_003;
    (0..DIVISIONS)
        .map(|division| {
            let mut order: Vec<usize> = numbers.values().copied().collect();
            order.sort_by_key(|number| shuffled(*number * division, division));
            let mut fold = vec![0; order.len()];
            for (at, number) in order.into_iter().enumerate() {
                fold[number] = at % FOLDS;
            }
            group.iter().map(|group| fold[numbers[group]]).collect()
        })
        .collect()
}

fn examples(article_of: &[usize], judged: &[Judged], pairs: &[Pair]) -> Vec<Example> {
    let same: BTreeMap<(usize, usize), bool> = judged.iter().map(|pair| (pair.articles, pair.same)).collect();
    let mut of: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        let (a, b) = (article_of[pair.a], article_of[pair.b]);
        if a != b {
            of.entry((a.min(b), a.max(b))).or_default().push(at);
        }
    }
    of.into_iter()
        .map(|(articles, pairs)| {
            let known = same.get(&articles);
            let share = if known.is_some() { 1.0 } else { CLOSE };
            Example { articles, pairs, same: known == Some(&true), share }
        })
        .collect()
}

/// The pairs that the archive would compare.
fn compared(facts: &[Facts], weights: &Weights, keys: &[String]) -> Vec<Pair> {
    let points: Vec<f64> = numbers(BY_HAND).into_values().collect();
    let place: BTreeMap<&str, usize> = keys.iter().enumerate().map(|(at, key)| (key.as_str(), at)).collect();
    let found: Vec<_> = facts.iter().map(candidate_keys).collect();
    let mut stored: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (at, keys) in found.iter().enumerate() {
        for key in &keys.stored {
            stored.entry(*key).or_default().push(at);
        }
    }
    let mut pairs = Vec::new();
    for (a, keys) in found.iter().enumerate() {
        let others: BTreeSet<usize> =
            keys.sought.iter().filter_map(|key| stored.get(key)).flatten().copied().filter(|b| *b > a).collect();
        for b in others {
            let apart = facts[a].day().zip(facts[b].day()).map_or(0, |(x, y)| (x - y).abs());
            if apart > WINDOW || (facts[a].modality == Modality::Planned) != (facts[b].modality == Modality::Planned) {
                continue;
            }
            let compared = weights.compare(&facts[a], &facts[b]);
            if compared.score < weights.link - 7.0 {
                continue;
            }
            let reasons = compared
                .reasons
                .iter()
                .filter_map(|reason| {
                    let key = *place.get(reason.weight.as_str())?;
                    Some((key, if points[key] == 0.0 { 1.0 } else { reason.points / points[key] }))
                })
                .collect();
            pairs.push(Pair { a, b, reasons });
        }
    }
    pairs
}

impl Material {
    /// The outcome on articles that the weights were not learned from, over all divisions.
    fn held_out(&self, start: &Start, tell: bool) -> Score {
        let mut together = Score::default();
        for (at, fold) in self.folds.iter().enumerate() {
            let mut division = Score::default();
            for held in 0..FOLDS {
                let learned = self.learn(start, |article| fold[article] != held);
                let part = |article: usize| u8::from(fold[article] == held);
                division += self.count(&learned, |a, b| f64::from(part(a) + part(b)) / 2.0);
            }
            if tell {
                println!("held out, division {}:                 {division}", at + 1);
            }
            together += division;
        }
        together
    }

    /// Whether each judged pair is linked.
    fn linked(&self, weights: &BTreeMap<String, f64>) -> Vec<bool> {
        let points: Vec<f64> = self.keys.iter().map(|key| weights[key]).collect();
        let links: Vec<Link> = self
            .pairs
            .iter()
            .map(|pair| Link {
                a: pair.a,
                b: pair.b,
                score: pair.reasons.iter().map(|(key, times)| points[*key] * times).sum(),
            })
            .filter(|link| link.score >= weights["keep"])
            .collect();
        let groups = cluster(&self.names, &self.article_of, &links, &[], weights["link"], weights["stranger"]);
        let mut shared: BTreeSet<(usize, usize)> = BTreeSet::new();
        for group in groups.iter().filter(|group| group.len() > 1) {
            let news = |event: &&usize| !self.recalled[**event];
            let any = group.iter().any(|event| news(&event));
            let told: BTreeSet<usize> =
                group.iter().filter(|event| news(event) || !any).map(|event| self.article_of[*event]).collect();
            for a in &told {
                shared.extend(told.range(a + 1..).map(|b| (*a, *b)));
            }
        }
        self.judged.iter().map(|pair| shared.contains(&pair.articles)).collect()
    }

    fn count(&self, weights: &BTreeMap<String, f64>, share: impl Fn(usize, usize) -> f64) -> Score {
        let mut score = Score::default();
        for (pair, linked) in self.judged.iter().zip(self.linked(weights)) {
            let part = share(pair.articles.0, pair.articles.1);
            match (linked, pair.same) {
                (true, true) => score.right += part,
                (true, false) => score.wrong += part,
                (false, true) => score.missed += part,
                (false, false) => {}
            }
        }
        score
    }

    /// The outcome on pairs of articles that are both among some.
    fn score(&self, weights: &BTreeMap<String, f64>, among: impl Fn(usize) -> bool) -> Score {
        self.count(weights, |a, b| f64::from(u8::from(among(a) && among(b))))
    }

    fn points(&self, pair: usize, weights: &[f64]) -> f64 {
        self.pairs[pair].reasons.iter().map(|(key, times)| weights[*key] * times).sum()
    }

    /// Learns on the articles among some.
    fn learn(&self, from: &Start, among: impl Fn(usize) -> bool) -> BTreeMap<String, f64> {
        let start: Vec<f64> = self.keys.iter().map(|key| from.weights[key]).collect();
        let examples: Vec<&Example> =
            self.examples.iter().filter(|example| among(example.articles.0) && among(example.articles.1)).collect();
        let (mut weights, mut link) = (start.clone(), from.weights["link"]);
        for _ in 0..ROUNDS {
            let best: Vec<usize> = examples
                .iter()
                .filter_map(|example| {
                    let points = |pair: &usize| self.points(*pair, &weights);
                    example.pairs.iter().copied().max_by(|a, b| points(a).total_cmp(&points(b)))
                })
                .collect();
            self.regress(&examples, &best, (&start, from.hold), &mut weights, &mut link);
        }
        let mut learned: BTreeMap<String, f64> = self.keys.iter().cloned().zip(weights).collect();
        self.place_link(&mut learned, link, among);
        for points in learned.values_mut() {
            *points = (*points * 10.0).round() / 10.0 + 0.0; // no -0.0
        }
        learned
    }

    /// Logistic regression, one weight after the other: each takes the step that Newton's rule gives it alone.
    fn regress(
        &self,
        examples: &[&Example],
        best: &[usize],
        (start, hold): (&[f64], f64),
        weights: &mut [f64],
        link: &mut f64,
    ) {
        let mut with: Vec<Vec<(usize, f64)>> = vec![Vec::new(); weights.len()];
        for (at, pair) in best.iter().enumerate() {
            for (key, times) in &self.pairs[*pair].reasons {
                with[*key].push((at, *times));
            }
        }
        let mut points: Vec<f64> = best.iter().map(|pair| self.points(*pair, weights)).collect();
        let slope = |at: usize, points: f64| {
            let likely = 1.0 / (1.0 + (-points).exp());
            let example = examples[at];
            let told = f64::from(u8::from(example.same));
            (example.share * (likely - told), example.share * likely * (1.0 - likely))
        };
        for _ in 0..SWEEPS {
            for (key, shown) in with.iter().enumerate() {
                let away = weights[key] - start[key];
                let (mut down, mut bend) = (2.0 * hold * away, 2.0 * hold);
                for (at, times) in shown {
                    let (first, second) = slope(*at, points[*at] - *link);
                    down += first * times;
                    bend += second * times * times;
                }
                let step = down / bend;
                weights[key] -= step;
                for (at, times) in shown {
                    points[*at] -= step * times;
                }
            }
            let (mut down, mut bend) = (0.0, 1e-6);
            for (at, points) in points.iter().enumerate() {
                let (first, second) = slope(at, points - *link);
                down -= first;
                bend += second;
            }
            // A step of one point at most: far from its place the rule leaps.
            *link -= (down / bend).clamp(-1.0, 1.0);
        }
    }

    /// Moves `link`, and `keep` with it, to where the outcome is best.
    fn place_link(&self, learned: &mut BTreeMap<String, f64>, even: f64, among: impl Fn(usize) -> bool) {
        let place = |learned: &mut BTreeMap<String, f64>, quarters: i32| {
            let link = even + f64::from(quarters) / 4.0;
            learned.insert("link".to_owned(), link);
            learned.insert("keep".to_owned(), link - KEPT);
        };
        let worth: Vec<f64> = QUARTERS
            .map(|quarters| {
                place(learned, quarters);
                self.score(learned, &among).worth()
            })
            .collect();
        let around = |at: usize| {
            let (before, after) = (worth[at.saturating_sub(1)], worth[(at + 1).min(worth.len() - 1)]);
            (before + worth[at] + after) / 3.0
        };
        // Of equals the first: it links more.
        let best = (0..worth.len()).rev().max_by(|a, b| around(*a).total_cmp(&around(*b))).unwrap_or_default();
        place(learned, QUARTERS.start() + i32::try_from(best).unwrap_or_default());
    }
}

/// The weights of a table, by key.
fn numbers(tsv: &str) -> BTreeMap<String, f64> {
    tsv.lines()
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let (key, points) = (cells.next()?, cells.next()?);
            Some((key.to_owned(), points.parse().ok()?))
        })
        .collect()
}

/// The table with other points.
fn rewritten(points: &BTreeMap<String, f64>) -> String {
    let line = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        match (cells.as_slice(), cells.first().and_then(|key| points.get(*key))) {
            ([key, _, meaning], Some(points)) => format!("{key}\t{points:.1}\t{meaning}\n"),
            _ => format!("{line}\n"),
        }
    };
    weights::BUILT_IN.lines().map(line).collect()
}
