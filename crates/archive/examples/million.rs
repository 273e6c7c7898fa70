//! Makes an archive with many generated events and measures queries on it.
//!
//! `cargo run --release -p maydani-archive --example million -- ARCHIVE [EVENTS]`

use std::time::{Duration, Instant};

use maydani_archive::{Archive, Atlas, Filter, Near};

#[path = "../tests/support/mod.rs"]
mod support;

use support::generated::{DAYS, Dice, PLACES, days, places, report, word};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let mut arguments = std::env::args().skip(1);
    let location = arguments.next().ok_or("name the archive")?;
    let events: u64 = arguments.next().map_or(Ok(1_000_000), |text| text.parse())?;
    let mut archive = Archive::open(&location)?;
    fill(&mut archive, events)?;
    let stats = archive.stats()?;
    println!(
        "{} reports, {} events, {} links, {} incidents, {} MiB",
        stats.reports,
        stats.events,
        stats.links,
        stats.incidents,
        stats.bytes >> 20
    );
    measure(&mut archive)
}

fn fill(archive: &mut Archive, events: u64) -> Outcome {
    let (places, days) = (places(), days());
    let now = "2026-01-01T00:00:00Z".parse()?;
    let start = Instant::now();
    let first = archive.stats()?.reports.unsigned_abs();
    let mut at = first;
    while at * 3 < events {
        let batch: Vec<_> = (at..at + 20_000).map(|n| report(n, &places, &days)).collect();
        archive.ingest(&batch, "made", now)?;
        at += 20_000;
        if at % 100_000 == 0 {
            println!("{at} reports in {:.0} s", start.elapsed().as_secs_f64());
        }
    }
    if at > first {
        println!("stored {} reports in {:.0} s", at - first, start.elapsed().as_secs_f64());
    }
    let start = Instant::now();
    let linked = archive.link_with(|done| {
        if done.events % 50_000 == 0 {
            println!("{} events linked in {:.0} s", done.events, start.elapsed().as_secs_f64());
        }
    })?;
    if linked.events > 0 {
        println!(
            "linked {} events, {} pairs compared, in {:.0} s",
            linked.events,
            linked.compared,
            start.elapsed().as_secs_f64()
        );
    }
    Ok(())
}

const QUERIES: usize = 300;

/// Makes one query after another.
type Make<'a> = Box<dyn FnMut(&mut Dice) -> Filter + 'a>;

#[expect(clippy::too_many_lines, reason = "a list of queries")]
fn measure(archive: &mut Archive) -> Outcome {
    let mut dice = Dice::new(99);
    let base = Filter { limit: 500, ..Filter::default() };
    let range = |dice: &mut Dice, length: u64| {
        let first = 15_400 + dice.below(DAYS - length) as i32;
        (Some(first), Some(first + length as i32))
    };
    let kinds = ["air_drone_strike", "shelling_artillery_missile", "armed_clash", "attack", "arrests"];
    let parties = ["syrian_army", "russian_forces", "islamic_state", "sdf"];
    let bounds = |dice: &mut Dice, size: f64| {
        let (south, west) = (32.5 + dice.below(400) as f64 / 100.0, 36.0 + dice.below(500) as f64 / 100.0);
        Some([south, west, south + size, west + size])
    };
    let queries: Vec<(&str, Make)> = vec![
        (
            "map: half a degree, 90 days, type",
            Box::new(|dice| {
                let (first_day, last_day) = range(dice, 90);
                Filter {
                    bounds: bounds(dice, 0.5),
                    first_day,
                    last_day,
                    kinds: vec![kinds[dice.below(5) as usize].into()],
                    ..base.clone()
                }
            }),
        ),
        (
            "map: two degrees, a year",
            Box::new(|dice| {
                let (first_day, last_day) = range(dice, 365);
                Filter { bounds: bounds(dice, 2.0), first_day, last_day, ..base.clone() }
            }),
        ),
        (
            "map: everything, all years, type",
            Box::new(|dice| Filter {
                bounds: Some([32.0, 35.0, 38.0, 43.0]),
                kinds: vec![kinds[dice.below(5) as usize].into()],
                ..base.clone()
            }),
        ),
        (
            "map: two degrees, all years, actor and type",
            Box::new(|dice| Filter {
                bounds: bounds(dice, 2.0),
                actor: Some(parties[dice.below(4) as usize].into()),
                kinds: vec![kinds[dice.below(5) as usize].into()],
                ..base.clone()
            }),
        ),
        (
            "near a point, 20 km, all years",
            Box::new(|dice| Filter {
                near: Some(Near {
                    latitude: 32.5 + dice.below(400) as f64 / 100.0,
                    longitude: 36.0 + dice.below(500) as f64 / 100.0,
                    radius: 20.0,
                }),
                ..base.clone()
            }),
        ),
        (
            "place by name",
            Box::new(|dice| Filter { place: Some(format!("Place {}", dice.skewed(PLACES))), ..base.clone() }),
        ),
        (
            "list: newest of a type by an actor",
            Box::new(|dice| Filter {
                actor: Some(parties[dice.below(4) as usize].into()),
                kinds: vec![kinds[dice.below(5) as usize].into()],
                ..base.clone()
            }),
        ),
        (
            "province and month",
            Box::new(|dice| {
                let (first_day, last_day) = range(dice, 30);
                Filter { province: Some(format!("Province {}", dice.below(14))), first_day, last_day, ..base.clone() }
            }),
        ),
        (
            "map with words",
            Box::new(|dice| {
                let (first_day, last_day) = range(dice, 365);
                Filter {
                    bounds: bounds(dice, 2.0),
                    first_day,
                    last_day,
                    text: Some(word(dice.skewed(20_000))),
                    ..base.clone()
                }
            }),
        ),
    ];
    let (start, before) = (Instant::now(), on_processor());
    let atlas = archive.snapshot(Archive::atlas)?;
    let busy = on_processor().zip(before).map_or(0.0, |(now, before)| now.saturating_sub(before).as_secs_f64());
    println!("atlas read in {:.2} s, on a processor {busy:.2} s", start.elapsed().as_secs_f64());
    for (name, mut make) in queries {
        let mut found = 0;
        let times = timed(|| {
            found += archive.incidents(&make(&mut dice))?.len();
            Ok(())
        })?;
        print(name, &times, found);
        let Some(atlas) = atlas.as_ref().filter(|_| Atlas::knows(&make(&mut dice))) else { continue };
        let mut found = 0;
        let times = timed(|| {
            found += atlas.incidents(&make(&mut dice)).len();
            Ok(())
        })?;
        print(&format!("{name}, from the atlas"), &times, found);
    }
    for (name, words) in [("search: one word", 1), ("search: two words", 2)] {
        let mut found = 0;
        let times = timed(|| {
            let query: Vec<String> = (0..words).map(|_| word(dice.skewed(20_000))).collect();
            found += archive.search(&query.join(" "), &Filter { limit: 50, ..Filter::default() })?.len();
            Ok(())
        })?;
        print(name, &times, found);
    }
    Ok(())
}

/// How long queries took, and how long of that they were on a processor: where others keep the machine
/// busy, the difference is theirs.
#[derive(Default)]
struct Times {
    all: Vec<Duration>,
    busy: Vec<Duration>,
}

fn timed(mut query: impl FnMut() -> Outcome) -> Result<Times, Box<dyn std::error::Error>> {
    let mut times = Times::default();
    for _ in 0..QUERIES {
        let (start, before) = (Instant::now(), on_processor());
        query()?;
        times.all.push(start.elapsed());
        times.busy.extend(on_processor().zip(before).map(|(now, before)| now.saturating_sub(before)));
    }
    times.all.sort();
    times.busy.sort();
    Ok(times)
}

/// Time that this thread has had on a processor; Linux alone tells.
fn on_processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn print(name: &str, times: &Times, found: usize) {
    let at = |times: &[Duration], share: usize| {
        let last = times.len().saturating_sub(1);
        times.get((times.len() * share / 100).min(last)).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    println!(
        "{name}: median {:.1} ms, p95 {:.1} ms, worst {:.1} ms; on a processor {:.1}, {:.1}, {:.1} ms; {:.0} found on average",
        at(&times.all, 50),
        at(&times.all, 95),
        at(&times.all, 100),
        at(&times.busy, 50),
        at(&times.busy, 95),
        at(&times.busy, 100),
        found as f64 / times.all.len() as f64
    );
}
