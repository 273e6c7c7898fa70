//! Learns the weights of `codebook/linking.tsv` from articles whose incidents are known, and says how well they do
//! on articles that they were not learned from.
//!
//! `cargo run --release -p maydani-linking --example learn -- RECORDS.jsonl ARTICLES.jsonl [WEIGHTS.tsv]`
//!
//! RECORDS are the coded ARTICLES; an article is `{"id", "truth": [{"incident", "date"}, …]}`. Two articles of one
//! incident should be linked; two whose incidents all lie more than seven days apart should not; others are not
//! judged. Articles of one incident are in one fold. For each of five folds the weights are learned on the other
//! four; counted are the pairs within the fold, and by half those with one article in it. Each weight is moved by
//! small steps for as long as the outcome gains more than moving it costs. WEIGHTS.tsv gets those learned on all.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;

use maydani_core::Record;
use maydani_core::record::Modality;
use maydani_linking::compare::candidate_keys;
use maydani_linking::{Facts, Link, Weights, cluster, weights};
use serde::Deserialize;

type Outcome<T> = Result<T, Box<dyn Error>>;

const FOLDS: usize = 5;
/// Days apart within which the archive compares events.
const WINDOW: i32 = 3;
/// Days apart from which incidents are surely two.
const FAR: i32 = 7;
/// Steps by which a weight is moved.
const STEPS: [f64; 6] = [-0.8, 0.8, -0.4, 0.4, -0.2, 0.2];
/// Rounds over all weights.
const ROUNDS: usize = 3;
/// What it costs to move a weight by one point, in shares of F1.
const COST: f64 = 0.01;
/// The outcome is taken as the mean at thresholds that lie so far from the one learned: what depends on a hair's
/// breadth is chance.
const AROUND: [f64; 3] = [-0.4, 0.0, 0.4];
/// Precision below this is made up by nothing.
const PRECISION: f64 = 0.87;

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

/// Two events compared: which weights spoke, and how often.
struct Pair {
    a: usize,
    b: usize,
    reasons: Vec<(usize, f64)>,
}

struct Material {
    keys: Vec<String>,
    names: Vec<String>,
    article_of: Vec<usize>,
    recalled: Vec<bool>,
    pairs: Vec<Pair>,
    judged: Vec<Judged>,
    fold: Vec<usize>,
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
    let start = numbers(weights::BUILT_IN);
    let all: Vec<usize> = (0..FOLDS).collect();
    println!(
        "{} judged pairs, {} of one incident, {} pairs of events",
        material.judged.len(),
        material.positive,
        material.pairs.len()
    );
    println!("weights as they are:                  {}", material.score(&start, &all));
    let mut held_out = Score::default();
    for fold in 0..FOLDS {
        let others: Vec<usize> = (0..FOLDS).filter(|other| *other != fold).collect();
        let learned = material.learn(&start, &others);
        let score = material.score_fold(&learned, fold);
        println!("fold {fold}: learned on {}; held out {score}", material.score(&learned, &others));
        held_out.right += score.right;
        held_out.wrong += score.wrong;
        held_out.missed += score.missed;
    }
    println!("held out, all folds together:         {held_out}");
    let learned = material.learn(&start, &all);
    println!("learned on all, scored on the same:   {}", material.score(&learned, &all));
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
    let judged = judged(&articles)?;
    let positive = judged.iter().filter(|pair| pair.same).count();
    let weights = Weights::built_in()?;
    let keys: Vec<String> = numbers(weights::BUILT_IN).into_keys().collect();
    let pairs = compared(&facts, &weights, &keys);
    Ok(Material {
        names: facts.iter().map(|facts| facts.id.clone()).collect(),
        article_of: facts.iter().map(|facts| number[facts.report.as_str()]).collect(),
        recalled: facts.iter().map(|facts| facts.recalled).collect(),
        fold: folds(&articles),
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

/// Articles that hang together by their incidents are in one fold.
fn folds(articles: &[Article]) -> Vec<usize> {
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
    group
        .into_iter()
        .map(|group| {
            let next = numbers.len();
            *numbers.entry(group).or_insert(next) % FOLDS
        })
        .collect()
}

/// The pairs that the archive would compare.
fn compared(facts: &[Facts], weights: &Weights, keys: &[String]) -> Vec<Pair> {
    let points: Vec<f64> = numbers(weights::BUILT_IN).into_values().collect();
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
            let part = share(self.fold[pair.articles.0], self.fold[pair.articles.1]);
            match (linked, pair.same) {
                (true, true) => score.right += part,
                (true, false) => score.wrong += part,
                (false, true) => score.missed += part,
                (false, false) => {}
            }
        }
        score
    }

    fn score(&self, weights: &BTreeMap<String, f64>, folds: &[usize]) -> Score {
        self.count(weights, |a, b| if folds.contains(&a) && folds.contains(&b) { 1.0 } else { 0.0 })
    }

    fn score_fold(&self, weights: &BTreeMap<String, f64>, fold: usize) -> Score {
        self.count(weights, |a, b| f64::from(u8::from(a == fold) + u8::from(b == fold)) / 2.0)
    }

    fn learn(&self, start: &BTreeMap<String, f64>, folds: &[usize]) -> BTreeMap<String, f64> {
        let mut best = start.clone();
        let cost = |weights: &BTreeMap<String, f64>| -> f64 {
            COST * weights.iter().map(|(key, points)| (points - start[key]).abs()).sum::<f64>()
        };
        let worth_around = |weights: &BTreeMap<String, f64>| {
            let mut shifted = weights.clone();
            let mut sum = 0.0;
            for by in AROUND {
                shifted.insert("link".to_owned(), weights["link"] + by);
                sum += self.score(&shifted, folds).worth();
            }
            sum / AROUND.len() as f64
        };
        let mut most = worth_around(&best);
        for _ in 0..ROUNDS {
            let before = most;
            for key in &self.keys {
                for step in STEPS {
                    let mut tried = best.clone();
                    *tried.entry(key.clone()).or_default() += step;
                    let worth = worth_around(&tried) - cost(&tried);
                    if worth > most + 1e-9 {
                        (best, most) = (tried, worth);
                    }
                }
            }
            if most <= before {
                break;
            }
        }
        best
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
