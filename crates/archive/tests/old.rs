//! Archives written by older versions open, and hold what they held.
//!
//! `tests/old/` keeps one for each layout. A new layout adds a file; none is ever written again.

use std::path::Path;

use maydani_archive::{Archive, Decision, EventState, Filter, Role};
use maydani_core::{Codebook, Coder, Gazetteer};

/// A copy of an old archive, opened and found whole; it lasts as long as its folder.
fn opened(name: &str) -> (tempfile::TempDir, Archive) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/old").join(name), &path).unwrap();
    let mut archive = Archive::open(&path.display().to_string()).unwrap();
    assert_eq!(archive.check().unwrap(), []);
    (folder, archive)
}

#[test]
fn an_archive_of_layout_1_opens() {
    let (_folder, mut archive) = opened("0001.maydani");
    let stats = archive.stats().unwrap();
    assert_eq!((stats.reports, stats.events, stats.incidents, stats.decisions), (3, 4, 1, 1));
    let incidents = archive.incidents(&Filter { place: Some("هجين".into()), ..Filter::default() }).unwrap();
    assert_eq!((incidents.len(), incidents[0].review.as_str()), (1, "unreviewed"));
    assert_eq!(archive.search("هجين", &Filter::default()).unwrap().len(), 3);
    archive.relink().unwrap();
    assert_eq!(archive.check().unwrap(), []);
    assert_eq!(archive.incidents(&Filter::default()).unwrap().len(), 1, "the merge of then holds");
}

#[test]
fn an_archive_of_layout_2_opens() {
    let (_folder, mut archive) = opened("0002.maydani");
    let stats = archive.stats().unwrap();
    assert_eq!((stats.reports, stats.events, stats.incidents, stats.decisions), (3, 3, 2, 1));
    let feed = archive.watched("http://localhost:8765/feed.xml").unwrap().expect("what was watched");
    assert_eq!(feed.modified.as_deref(), Some("Sun, 22 Nov 2026 16:18:32 GMT"));
    assert_eq!((feed.failures, feed.next_at.is_some()), (0, true));
    let incidents = archive.incidents(&Filter { place: Some("هجين".into()), ..Filter::default() }).unwrap();
    assert_eq!((incidents.len(), incidents[0].review.as_str()), (1, "confirmed"));
}

#[test]
fn an_archive_of_layout_3_opens() {
    let (_folder, mut archive) = opened("0003.maydani");
    let stats = archive.stats().unwrap();
    assert_eq!((stats.reports, stats.events, stats.incidents, stats.decisions), (3, 8, 8, 3));
    let (password, role) = archive.password_of("amal").unwrap().expect("the user of then");
    assert!(password.starts_with("$argon2id$") && role == Role::Administrator);
    assert_eq!(archive.views("somebody").unwrap()[0].query, "type=air_drone_strike");
    let decided = |archive: &mut Archive, report: &str| -> Vec<EventState> {
        archive.report_view(report).unwrap().events.iter().map(|event| event.state).collect()
    };
    assert!(decided(&mut archive, "front-syria").contains(&EventState::Corrected));
    assert!(decided(&mut archive, "shelling-gaza").contains(&EventState::Added));
    assert!(decided(&mut archive, "air-raid-yemen").contains(&EventState::Accepted));
    let correction = archive.decisions().unwrap().iter().find(|made| made.kind == "correct").unwrap().id;
    archive
        .decide(&Decision::Revoke { decision: correction }, "amal", None, "2026-01-01T00:00:00Z".parse().unwrap())
        .unwrap();
    assert!(!decided(&mut archive, "front-syria").contains(&EventState::Corrected));
    assert_eq!(archive.check().unwrap(), []);
}

#[test]
fn an_archive_of_layout_4_opens_and_recoding_adds_its_statements() {
    let (_folder, mut archive) = opened("0004.maydani");
    let stats = archive.stats().unwrap();
    assert_eq!((stats.reports, stats.statements), (2, 0));
    let raqqa = Filter { place: Some("الرقة".into()), ..Filter::default() };
    let at = maydani_linking::day::parse("2015-08-01").unwrap();
    assert!(archive.control(&raqqa, at).unwrap().is_empty());
    let coder = Coder::new(Codebook::built_in().unwrap(), Gazetteer::built_in().unwrap()).unwrap();
    let done = archive
        .recode(&mut |report| coder.code(report), "2", "2026-01-01T00:00:00Z".parse().unwrap(), true, &mut |_| Ok(()))
        .unwrap();
    assert_eq!(done.statements_new, 1);
    let held = &archive.control(&raqqa, at).unwrap()[0].timeline[0];
    assert_eq!((held.from.as_str(), held.holders.as_slice()), ("2015-07-24", ["islamic_state".to_owned()].as_slice()));
    assert_eq!(archive.check().unwrap(), []);
}

#[test]
fn an_archive_of_a_newer_layout_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.maydani").display().to_string();
    drop(Archive::open(&path).unwrap());
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute("INSERT INTO layouts (number) VALUES (99)", []).unwrap();
    drop(file);
    let said = Archive::open(&path).unwrap_err().to_string();
    assert!(
        said.ends_with("written by a newer version of maydani (layout 99, this program knows 5); update maydani"),
        "{said}"
    );
}
