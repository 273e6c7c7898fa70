//! Killed at any moment, an ingest loses nothing that it reported as stored.
//!
//! `MAYDANI_KILLS=200` sets how often (the issue asks for 200 on SQLite, 30 on PostgreSQL).

mod support;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use jiff::Timestamp;
use maydani_archive::{Archive, ReportKey};
use support::generated::{Dice, days, places, report};

/// Reports that one killed program has before it, beyond what is stored.
const AHEAD: u64 = 400;
/// Reports in one call of `ingest`.
const BATCH: u64 = 5;

#[test]
fn sqlite_keeps_what_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    kill_again_and_again(&folder.path().join("archive.maydani").display().to_string(), kills(12));
}

#[test]
fn postgresql_keeps_what_it_acknowledged() {
    match support::postgres::Cluster::start() {
        Ok(cluster) => kill_again_and_again(&cluster.database("kills"), kills(8).min(30)),
        Err(why) if std::env::var_os("MAYDANI_NEED_POSTGRES").is_none() => {
            eprintln!("SKIPPED: kills on PostgreSQL: {why}");
        }
        Err(why) => panic!("no PostgreSQL: {why}"),
    }
}

fn kills(usual: u64) -> u64 {
    std::env::var("MAYDANI_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn kill_again_and_again(location: &str, kills: u64) {
    let mut dice = Dice::new(kills);
    let mut acknowledged = 0;
    // Longer on a slow machine: about every second program should store something before it dies.
    let mut window = 250_000;
    for kill in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "ingest_until_killed", "--ignored", "--nocapture"])
            .env("MAYDANI_TEST_ARCHIVE", location)
            .env("MAYDANI_TEST_FROM", acknowledged.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        // From its first word on, it is killed at a random moment: while storing, or while linking.
        let started = lines.by_ref().find(|line| line.contains("started"));
        assert!(started.is_some(), "the program did not start");
        std::thread::sleep(Duration::from_micros(dice.below(window)));
        let before = acknowledged;
        child.kill().unwrap();
        for line in lines {
            if let Some(count) = line.strip_prefix("stored ").and_then(|text| text.parse::<u64>().ok()) {
                acknowledged = count;
            }
        }
        child.wait().unwrap();
        window = if acknowledged > before { window * 9 / 10 } else { (window * 3 / 2).min(5_000_000) };
        let mut archive = Archive::open(location).unwrap();
        assert_eq!(archive.check().unwrap(), [], "after kill {kill}");
        let held = archive.stats().unwrap().reports.unsigned_abs();
        assert!(held >= acknowledged, "kill {kill}: {acknowledged} reports were acknowledged, {held} are held");
        assert!(held <= acknowledged + BATCH, "a batch is stored whole or not at all");
    }
    assert!(acknowledged > 0, "no program lived long enough to store anything");
    let mut archive = Archive::open(location).unwrap();
    let (places, days) = (places(), days());
    for n in 0..acknowledged {
        let record = report(n, &places, &days);
        let key = ReportKey::new(&record.report.id, &record.report.text);
        assert!(archive.holds(&key).unwrap(), "report {n} was acknowledged");
    }
    // The rest goes in on the next run: what is stored is known, what is not is new.
    let all: Vec<_> = (0..acknowledged + 20).map(|n| report(n, &places, &days)).collect();
    let done = archive.ingest(&all, "made", Timestamp::UNIX_EPOCH).unwrap();
    assert!(done.known as u64 >= acknowledged && done.new >= 20 - BATCH as usize, "{done:?}");
    archive.link().unwrap();
    assert_eq!(archive.check().unwrap(), []);
    assert_eq!(archive.stats().unwrap().unlinked, 0);
    println!("{kills} kills, {acknowledged} reports acknowledged");
}

/// Not a test: the program that is killed.
#[test]
#[ignore = "run by the tests above"]
fn ingest_until_killed() {
    let (Ok(location), Ok(from)) = (std::env::var("MAYDANI_TEST_ARCHIVE"), std::env::var("MAYDANI_TEST_FROM")) else {
        return;
    };
    let from: u64 = from.parse().unwrap();
    let (places, days) = (places(), days());
    let mut archive = Archive::open(&location).unwrap();
    println!("started");
    for batch in 0..AHEAD / BATCH {
        let first = from + batch * BATCH;
        let records: Vec<_> = (first..first + BATCH).map(|n| report(n, &places, &days)).collect();
        archive.ingest(&records, "made", Timestamp::UNIX_EPOCH).unwrap();
        println!("stored {}", first + BATCH);
        if batch % 4 == 3 {
            archive.link().unwrap();
        }
    }
}
