//! The figures against those of the reference scorer, on annotated reports that are changed in ways
//! that touch every rule. Needs `../shared` and python3; says so and passes without them.

use std::path::{Path, PathBuf};
use std::process::Command;

use maydani_evaluate::{rows, score};
use serde_json::Value;

/// A fixed sequence of numbers that look like chance, so that every run changes the same things.
struct Chance(u64);

impl Chance {
    fn one_in(&mut self, n: u64) -> bool {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33).is_multiple_of(n)
    }
}

/// A second reader who errs: drops, doubles and changes events and values.
fn erring(gold: &str, as_records: bool, chance: &mut Chance) -> String {
    let mut coded = String::new();
    for line in gold.lines().filter(|line| !line.trim().is_empty()) {
        let mut report: Value = serde_json::from_str(line).expect("a report");
        if chance.one_in(15) {
            continue;
        }
        let mut events = Vec::new();
        for event in report["events"].as_array().expect("events") {
            if chance.one_in(6) {
                continue;
            }
            let mut changed = event.clone();
            if chance.one_in(5) {
                changed["type"] = if chance.one_in(2) { "attack".into() } else { "armed_clash".into() };
            }
            for side in ["actor1", "actor2", "places", "tolls"] {
                if chance.one_in(6) {
                    changed[side] = Value::Array(Vec::new());
                }
                if chance.one_in(8) {
                    changed[side] = event[if side == "actor1" { "actor2" } else { side }].clone();
                }
            }
            if chance.one_in(6) {
                changed["date"] = Value::Null;
            }
            if chance.one_in(6) {
                changed["source"] = Value::Null;
            }
            if chance.one_in(9) {
                changed["modality"] = "denied".into();
            }
            if chance.one_in(9) {
                changed["evidence"].as_array_mut().expect("evidence").reverse();
            }
            if chance.one_in(7) {
                events.push(changed.clone());
            }
            events.push(changed);
        }
        report["events"] = Value::Array(events);
        if chance.one_in(20) {
            report["text"] = format!("{} ", report["text"].as_str().expect("text")).into();
        }
        if as_records {
            let events = report["events"].take();
            report = serde_json::json!({"report": report, "events": events});
        }
        coded += &report.to_string();
        coded.push('\n');
    }
    coded
}

#[test]
fn figures_are_those_of_the_reference_scorer() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let scorer = shared.join("eval/score.py");
    let python = Command::new("python3").arg("--version").output().is_ok_and(|run| run.status.success());
    if !scorer.exists() || !python {
        eprintln!("skipped: needs ../shared/eval/score.py and python3");
        return;
    }
    let folder = std::env::temp_dir().join(format!("maydani-evaluate-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut chance = Chance(7);
    for name in ["gold/dev.jsonl", "gold/train.jsonl", "seed/gold.jsonl"] {
        let gold: PathBuf = shared.join(name);
        for round in 0..4 {
            let coded = folder.join(format!("{round}.jsonl"));
            let text = std::fs::read_to_string(&gold).expect("annotated reports");
            let lines = if round == 0 { text } else { erring(&text, round == 3, &mut chance) };
            std::fs::write(&coded, lines).expect("written");
            let figures = score(&rows(&gold).expect("gold"), &rows(&coded).expect("coded"));
            let by = |option: &str| {
                let run =
                    Command::new("python3").arg(&scorer).arg(&gold).arg(&coded).arg(option).output().expect("run");
                assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
                String::from_utf8(run.stdout).expect("UTF-8")
            };
            assert_eq!(figures.json() + "\n", by("--json"), "{name}, round {round}");
            assert_eq!(figures.kinds_text() + &figures.text(), by("--by-type"), "{name}, round {round}");
            if round == 0 {
                assert_eq!(figures.share("EVENT"), Some(100.0));
            }
        }
    }
    std::fs::remove_dir_all(&folder).expect("removed");
}
