//! What an archive does, the same on SQLite and on PostgreSQL.

mod support;

use maydani_archive::{Archive, Decision, Filter, Near, Watched};
use maydani_core::record::Modality;
use maydani_linking::control::Standing;
use maydani_linking::summary::Rule;
use support::records::{BODIES, HAJIN, SUSAH, TADMUR, Told, record, statement};
use support::stores::{healthy, now, on_both_stores};

on_both_stores!(
    the_same_report_twice_is_one
    a_changed_page_is_a_new_version
    events_of_one_occurrence_are_one_incident
    the_order_of_arrival_does_not_matter
    reprints_are_one_voice
    claims_stand_side_by_side
    a_merge_outlives_recoding_and_is_taken_back
    a_merge_taken_back_gives_back_the_ids
    a_split_is_not_undone
    a_rejection_outlives_recoding
    a_review_is_kept
    decisions_without_sense_are_refused
    filters
    search_forgives_article_and_clitics
    control_of_places
    statements_of_control
    recoding_changes_statements
    recoding_shows_before_it_writes
    a_copy_is_the_same_archive
    relinking_changes_nothing
    lines_of_incidents
    what_is_watched_is_kept
);

fn open(location: &str) -> Archive {
    Archive::open(location).unwrap()
}

fn the_same_report_twice_is_one(location: &str) {
    let mut archive = open(location);
    let records = [record("a", "Enab", "2018-10-29", BODIES[0], &[Told::strike(HAJIN, "2018-10-29", 3)])];
    let first = archive.ingest(&records, "1", now()).unwrap();
    assert_eq!((first.new, first.known, first.events), (1, 0, 1));
    archive.link().unwrap();
    let before = archive.stats().unwrap();
    let again = archive.ingest(&records, "1", now()).unwrap();
    assert_eq!((again.new, again.known, again.events), (0, 1, 0));
    assert_eq!(archive.link().unwrap().events, 0);
    let after = archive.stats().unwrap();
    assert_eq!((before.versions, before.codings, before.events), (after.versions, after.codings, after.events));
    healthy(&mut archive);
}

fn a_changed_page_is_a_new_version(location: &str) {
    let mut archive = open(location);
    let old = record("a", "Enab", "2018-10-29", BODIES[0], &[Told::strike(HAJIN, "2018-10-29", 3)]);
    let new = record("a", "Enab", "2018-10-29", BODIES[1], &[Told::strike(HAJIN, "2018-10-29", 5)]);
    archive.ingest(std::slice::from_ref(&old), "1", now()).unwrap();
    archive.link().unwrap();
    assert_eq!(archive.search("المرصد", &Filter::default()).unwrap().len(), 1);
    assert_eq!(archive.ingest(std::slice::from_ref(&new), "1", now()).unwrap().changed, 1);
    archive.link().unwrap();
    let stats = archive.stats().unwrap();
    assert_eq!((stats.reports, stats.versions, stats.events, stats.incidents), (1, 2, 1, 1));
    assert_eq!(archive.incidents(&Filter::default()).unwrap()[0].killed_high, Some(5));
    assert!(archive.search("المرصد", &Filter::default()).unwrap().is_empty());
    // Both states of the page are known: neither makes a third version.
    assert_eq!(archive.ingest(&[old, new], "1", now()).unwrap().known, 2);
    healthy(&mut archive);
}

fn three_reports() -> Vec<maydani_core::Record> {
    vec![
        record(
            "a",
            "Enab",
            "2018-10-29",
            BODIES[0],
            &[Told { source: Some("sohr"), ..Told::strike(HAJIN, "2018-10-29", 3) }],
        ),
        record(
            "b",
            "Shaam",
            "2018-10-30",
            BODIES[1],
            &[Told::strike(HAJIN, "2018-10-29", 4), Told::strike(TADMUR, "2018-10-29", 1)],
        ),
        record(
            "c",
            "SANA",
            "2018-10-30",
            BODIES[2],
            &[Told { source: Some("sohr"), ..Told::strike(HAJIN, "2018-10-29", 3) }],
        ),
    ]
}

fn events_of_one_occurrence_are_one_incident(location: &str) {
    let mut archive = open(location);
    archive.ingest(&three_reports(), "1", now()).unwrap();
    archive.link().unwrap();
    let found = archive.incidents(&Filter { place: Some("هجين".into()), ..Filter::default() }).unwrap();
    assert_eq!(found.len(), 1, "{found:#?}");
    let incident = &found[0];
    assert_eq!(
        (incident.event_count, incident.report_count, incident.outlet_count, incident.independent_sources),
        (3, 3, 3, 2)
    );
    assert_eq!((incident.killed_low, incident.killed_high), (Some(3), Some(4)));
    assert_eq!(incident.first_day.as_deref(), Some("2018-10-29"));
    assert_eq!(archive.incidents(&Filter::default()).unwrap().len(), 2);
    let members = archive.members(&incident.id).unwrap();
    let why: Vec<&str> = members[0].reasons.iter().map(|reason| reason.weight.as_str()).collect();
    assert!(why.starts_with(&["place_same", "day_same", "type_same"]), "{why:?}");
    healthy(&mut archive);
}

fn the_order_of_arrival_does_not_matter(location: &str) {
    let mut archive = open(location);
    let mut contents = Vec::new();
    let days = ["2018-10-27", "2018-10-28", "2018-10-29", "2018-10-30"];
    let reports: Vec<_> = (0..24)
        .map(|i| {
            let told = Told::strike([HAJIN, SUSAH, TADMUR][i % 3], days[(i / 3) % 4], (i % 5) as u32);
            record(&format!("r{i:02}"), &format!("o{}", i % 4), "2018-10-30", BODIES[i % 4], &[told])
        })
        .collect();
    for order in 0..2 {
        // The second time backwards, linked after each report.
        let ids = |id: &str| format!("{id}-{order}");
        let mut mine = reports.clone();
        for one in &mut mine {
            one.report.id = ids(&one.report.id);
        }
        if order == 0 {
            archive.ingest(&mine, "1", now()).unwrap();
            archive.link().unwrap();
            contents.push(groups(&mut archive));
            archive = open(&second(location));
        } else {
            for one in mine.iter().rev() {
                archive.ingest(std::slice::from_ref(one), "1", now()).unwrap();
                archive.link().unwrap();
            }
            contents.push(groups(&mut archive));
        }
        healthy(&mut archive);
    }
    assert_eq!(contents[0], contents[1]);
    assert!(contents[0].len() > 3 && contents[0].len() < 24);
}

/// Another location beside the first.
fn second(location: &str) -> String {
    if let Some((server, database)) = location.rsplit_once('/').filter(|_| location.starts_with("postgres")) {
        let mut client = postgres::Client::connect(location, postgres::NoTls).unwrap();
        client.batch_execute(&format!("CREATE DATABASE {database}_2")).unwrap();
        return format!("{server}/{database}_2");
    }
    format!("{location}-2")
}

fn groups(archive: &mut Archive) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let all = Filter { limit: 1000, ..Filter::default() };
    archive
        .export_incidents(&all, &mut |line| {
            found.push(line.reports.iter().map(|id| id.split('-').next().unwrap().to_owned()).collect::<Vec<_>>());
            Ok(())
        })
        .unwrap();
    found.sort();
    found
}

fn reprints_are_one_voice(location: &str) {
    let mut archive = open(location);
    let told = [Told::strike(HAJIN, "2018-10-29", 3)];
    let long = format!("{}\n{}", BODIES[0], BODIES[1]);
    archive
        .ingest(
            &[
                record("a", "Enab", "2018-10-29", &long, &told),
                record("b", "Shaam", "2018-10-29", &format!("نقلا عن عنب\n{long}"), &told),
                record("c", "SANA", "2018-10-29", BODIES[2], &told),
            ],
            "1",
            now(),
        )
        .unwrap();
    archive.link().unwrap();
    let incident = &archive.incidents(&Filter::default()).unwrap()[0];
    assert_eq!((incident.report_count, incident.outlet_count, incident.independent_sources), (3, 3, 2));
    assert_eq!(archive.stats().unwrap().reprints, 2);
    // The reprint is changed into a report of its own: it is a voice of its own.
    archive.ingest(&[record("b", "Shaam", "2018-10-29", BODIES[3], &told)], "1", now()).unwrap();
    archive.link().unwrap();
    assert_eq!(archive.incidents(&Filter::default()).unwrap()[0].independent_sources, 3);
    healthy(&mut archive);
}

fn claims_stand_side_by_side(location: &str) {
    let mut archive = open(location);
    archive.ingest(&three_reports(), "1", now()).unwrap();
    archive.link().unwrap();
    let id = archive.incidents(&Filter { place: Some("Hajin".into()), ..Filter::default() }).unwrap()[0].id.clone();
    let claims = archive.claims_of(&id, None).unwrap();
    let killed: Vec<(&str, Option<&str>)> = claims
        .claims
        .iter()
        .filter(|claim| claim.field == maydani_archive::Field::Killed)
        .map(|claim| (claim.value.as_str(), claim.source.as_deref()))
        .collect();
    assert_eq!(killed, [("3", Some("sohr")), ("4", None), ("3", Some("sohr"))]);
    let summary = |claims: &maydani_archive::Claims| {
        let found = claims.summary.iter().find(|summary| summary.field == maydani_archive::Field::Killed).unwrap();
        (found.value.clone(), found.rule, found.claims, found.values)
    };
    assert_eq!(summary(&claims), ("3".into(), Rule::Lowest, 3, 2));
    assert_eq!(summary(&archive.claims_of(&id, Some(Rule::Highest)).unwrap()).0, "4");
    assert_eq!(
        archive
            .claims(&Filter { source: Some("sohr".into()), ..Filter::default() })
            .unwrap()
            .iter()
            .filter(|claim| claim.field == maydani_archive::Field::Killed)
            .count(),
        2
    );
}

/// Two reports of what the machine holds to be two occurrences.
fn two_incidents(archive: &mut Archive) -> (String, String) {
    let far = [
        record("a", "Enab", "2018-10-29", BODIES[0], &[Told::strike(HAJIN, "2018-10-29", 3)]),
        record("b", "Shaam", "2018-10-30", BODIES[1], &[Told::strike(TADMUR, "2018-10-20", 9)]),
    ];
    archive.ingest(&far, "1", now()).unwrap();
    archive.link().unwrap();
    let of = |archive: &mut Archive, place: &str| {
        archive.incidents(&Filter { place: Some(place.into()), ..Filter::default() }).unwrap()[0].id.clone()
    };
    (of(archive, "Hajin"), of(archive, "Palmyra"))
}

/// Codes everything anew so that every event has another id and confidence.
fn recode(archive: &mut Archive) {
    let mut all: std::collections::HashMap<String, maydani_core::Record> = std::collections::HashMap::new();
    for one in three_reports().into_iter().chain([
        record("a", "Enab", "2018-10-29", BODIES[0], &[Told::strike(HAJIN, "2018-10-29", 3)]),
        record("b", "Shaam", "2018-10-30", BODIES[1], &[Told::strike(TADMUR, "2018-10-20", 9)]),
    ]) {
        all.insert(format!("{}{}", one.report.id, one.report.text), one);
    }
    let mut code = |report: &maydani_core::Report| {
        let mut coded = all[&format!("{}{}", report.id.as_deref().unwrap(), report.text)].clone();
        for event in &mut coded.events {
            event.id = format!("new-{}", event.id);
            event.confidence = 0.9;
        }
        coded
    };
    let done = archive.recode(&mut code, "2", now(), true, &mut |_| Ok(())).unwrap();
    assert_eq!(done.changed, done.reports);
    archive.link().unwrap();
}

fn a_merge_outlives_recoding_and_is_taken_back(location: &str) {
    let mut archive = open(location);
    let (a, b) = two_incidents(&mut archive);
    let merge = Decision::Merge { incidents: vec![a.clone(), b.clone()] };
    let decision = archive.decide(&merge, "analyst", Some("same squadron"), now()).unwrap();
    assert_eq!(archive.incidents(&Filter::default()).unwrap().len(), 1);
    // Both old ids lead to it.
    assert_eq!(archive.incident(&a).unwrap(), archive.incident(&b).unwrap());
    recode(&mut archive);
    archive.relink().unwrap();
    assert_eq!(archive.incidents(&Filter::default()).unwrap().len(), 1);
    assert_eq!(archive.stats().unwrap().lost_anchors, 0);
    archive.decide(&Decision::Revoke { decision }, "analyst", None, now()).unwrap();
    assert_eq!(archive.incidents(&Filter::default()).unwrap().len(), 2);
    assert!(archive.decisions().unwrap()[1].revoked);
    healthy(&mut archive);
}

fn a_merge_taken_back_gives_back_the_ids(location: &str) {
    let mut archive = open(location);
    // What came first is not first by name, one incident holds more reports than the other, and a report that came last
    // is the first of it by name.
    let strike = |id: &str, outlet: &str, body: usize, place, day: &'static str| {
        record(id, outlet, day, BODIES[body], &[Told::strike(place, day, 3)])
    };
    archive.ingest(&[strike("z", "Enab", 0, HAJIN, "2018-10-29")], "1", now()).unwrap();
    archive.link().unwrap();
    let more = [strike("b", "Shaam", 1, TADMUR, "2018-10-20"), strike("y", "SANA", 2, TADMUR, "2018-10-20")];
    archive.ingest(&more, "1", now()).unwrap();
    archive.link().unwrap();
    archive.ingest(&[strike("a", "Baladi", 3, TADMUR, "2018-10-20")], "1", now()).unwrap();
    archive.link().unwrap();
    let ids = |archive: &mut Archive| -> Vec<(String, Vec<String>)> {
        let all = archive.incidents(&Filter::default()).unwrap();
        let members = |id: &str, archive: &mut Archive| {
            archive.members(id).unwrap().into_iter().map(|member| member.event).collect::<Vec<_>>()
        };
        all.into_iter().map(|incident| (incident.id.clone(), members(&incident.id, archive))).collect()
    };
    let before = ids(&mut archive);
    assert_eq!(before.iter().map(|(_, events)| events.len()).collect::<Vec<_>>(), [1, 3]);
    for order in [[0, 1], [1, 0]] {
        let merge = Decision::Merge { incidents: order.map(|at| before[at].0.clone()).to_vec() };
        let decision = archive.decide(&merge, "analyst", None, now()).unwrap();
        assert_eq!(ids(&mut archive).len(), 1);
        archive.decide(&Decision::Revoke { decision }, "analyst", None, now()).unwrap();
        assert_eq!(ids(&mut archive), before);
    }
    // The same where a report came that fits one of them, and all was compared anew.
    let merge = Decision::Merge { incidents: before.iter().map(|(id, _)| id.clone()).collect() };
    let decision = archive.decide(&merge, "analyst", None, now()).unwrap();
    archive.ingest(&[strike("c", "Orient", 1, HAJIN, "2018-10-29")], "1", now()).unwrap();
    archive.link().unwrap();
    archive.relink().unwrap();
    assert_eq!(ids(&mut archive).len(), 1);
    archive.decide(&Decision::Revoke { decision }, "analyst", None, now()).unwrap();
    let after = ids(&mut archive);
    assert_eq!(after.iter().map(|(id, _)| id).collect::<Vec<_>>(), before.iter().map(|(id, _)| id).collect::<Vec<_>>());
    assert_eq!(after.iter().map(|(_, events)| events.len()).collect::<Vec<_>>(), [2, 3]);
    healthy(&mut archive);
}

fn a_split_is_not_undone(location: &str) {
    let mut archive = open(location);
    let reports = three_reports();
    archive.ingest(&reports[..2], "1", now()).unwrap();
    archive.link().unwrap();
    let hajin = Filter { place: Some("Hajin".into()), ..Filter::default() };
    let id = archive.incidents(&hajin).unwrap()[0].id.clone();
    let leaving = archive.members(&id).unwrap()[1].event.clone();
    archive.decide(&Decision::Split { incident: id, events: vec![leaving.clone()] }, "analyst", None, now()).unwrap();
    assert_eq!(archive.incidents(&hajin).unwrap().len(), 2);
    // A third report that fits both does not bring them together.
    archive.ingest(&reports[2..], "1", now()).unwrap();
    archive.link().unwrap();
    assert_eq!(archive.incidents(&hajin).unwrap().len(), 2);
    recode(&mut archive);
    archive.relink().unwrap();
    assert_eq!(archive.incidents(&hajin).unwrap().len(), 2);
    healthy(&mut archive);
}

fn a_rejection_outlives_recoding(location: &str) {
    let mut archive = open(location);
    archive.ingest(&three_reports(), "1", now()).unwrap();
    archive.link().unwrap();
    let tadmur = Filter { place: Some("Palmyra".into()), ..Filter::default() };
    let id = archive.incidents(&tadmur).unwrap()[0].id.clone();
    let event = archive.members(&id).unwrap()[0].event.clone();
    let decision = archive.decide(&Decision::Reject { events: vec![event] }, "analyst", None, now()).unwrap();
    assert!(archive.incidents(&tadmur).unwrap().is_empty());
    recode(&mut archive);
    assert!(archive.incidents(&tadmur).unwrap().is_empty());
    archive.decide(&Decision::Revoke { decision }, "analyst", None, now()).unwrap();
    assert_eq!(archive.incidents(&tadmur).unwrap().len(), 1);
    healthy(&mut archive);
}

fn a_review_is_kept(location: &str) {
    let mut archive = open(location);
    let (a, _) = two_incidents(&mut archive);
    archive
        .decide(&Decision::Review { incident: a.clone(), state: "confirmed".into() }, "analyst", None, now())
        .unwrap();
    recode(&mut archive);
    let confirmed = archive.incidents(&Filter { review: Some("confirmed".into()), ..Filter::default() }).unwrap();
    assert_eq!(confirmed.iter().map(|incident| incident.id.as_str()).collect::<Vec<_>>(), [a.as_str()]);
    assert_eq!(archive.incidents(&Filter { review: Some("unreviewed".into()), ..Filter::default() }).unwrap().len(), 1);
}

fn decisions_without_sense_are_refused(location: &str) {
    let mut archive = open(location);
    let (a, b) = two_incidents(&mut archive);
    let mut refused = |decision: &Decision| archive.decide(decision, "analyst", None, now()).unwrap_err().to_string();
    assert_eq!(
        refused(&Decision::Merge { incidents: vec![a.clone(), a.clone()] }),
        "a merge names two incidents or more"
    );
    assert_eq!(
        refused(&Decision::Merge { incidents: vec![a.clone(), "inc-none".into()] }),
        "incident `inc-none` is not in the archive; `maydani incidents` lists them"
    );
    assert_eq!(
        refused(&Decision::Split { incident: b.clone(), events: vec!["a#a-0".into()] }),
        format!("a split names some events of {b}, not all and none of another")
    );
    assert_eq!(
        refused(&Decision::Reject { events: vec!["a#x".into()] }),
        "event `a#x` is not in the archive; `maydani incidents` lists them"
    );
    assert_eq!(
        refused(&Decision::Review { incident: a, state: "good".into() }),
        "`good` is no state of a review; it is one of unreviewed, confirmed, disputed, rejected"
    );
    assert_eq!(
        refused(&Decision::Revoke { decision: 7 }),
        "decision `7` is not in the archive; `maydani decide list` lists them"
    );
    assert!(archive.decisions().unwrap().is_empty());
}

fn filters(location: &str) {
    let mut archive = open(location);
    archive.ingest(&three_reports(), "1", now()).unwrap();
    archive
        .ingest(
            &[record(
                "d",
                "Enab",
                "2018-12-01",
                BODIES[3],
                &[Told::taking(SUSAH, "2018-11-30", "sdf", "islamic_state")],
            )],
            "1",
            now(),
        )
        .unwrap();
    archive.link().unwrap();
    let none = Filter::default();
    let mut count = |filter: Filter| archive.incidents(&filter).unwrap().len();
    let day = maydani_linking::day::parse;
    assert_eq!(count(none.clone()), 3);
    assert_eq!(
        count(Filter { near: Some(Near { latitude: 34.69, longitude: 40.80, radius: 5.0 }), ..none.clone() }),
        1
    );
    assert_eq!(
        count(Filter { near: Some(Near { latitude: 34.69, longitude: 40.80, radius: 60.0 }), ..none.clone() }),
        2
    );
    assert_eq!(count(Filter { bounds: Some([34.0, 38.0, 35.0, 39.0]), ..none.clone() }), 1);
    assert_eq!(count(Filter { province: Some("deir ez-zor".into()), ..none.clone() }), 2);
    assert_eq!(count(Filter { province: Some("deir ez-zor".into()), country: Some("IQ".into()), ..none.clone() }), 0);
    assert_eq!(count(Filter { country: Some("SY".into()), ..none.clone() }), 3);
    assert_eq!(count(Filter { first_day: day("2018-11-01"), ..none.clone() }), 1);
    assert_eq!(count(Filter { last_day: day("2018-11-01"), ..none.clone() }), 2);
    assert_eq!(count(Filter { kinds: vec!["air_drone_strike".into(), "attack".into()], ..none.clone() }), 2);
    assert_eq!(count(Filter { actor: Some("islamic_state".into()), ..none.clone() }), 1);
    assert_eq!(count(Filter { source: Some("sohr".into()), ..none.clone() }), 1);
    assert_eq!(count(Filter { outlet: Some("Shaam".into()), ..none.clone() }), 2);
    assert_eq!(count(Filter { confidence: Some(0.85), ..none.clone() }), 0);
    assert_eq!(count(Filter { text: Some("القيادة".into()), ..none.clone() }), 1);
    assert_eq!(count(Filter { text: Some("القيادة المرصد".into()), ..none.clone() }), 0);
    assert_eq!(count(Filter { place: Some("geonames:2".into()), ..none.clone() }), 1);
    assert_eq!(count(Filter { modality: Some("denied".into()), ..none.clone() }), 0);
    assert_eq!(count(Filter { limit: 1, offset: 1, ..none }), 1);
}

fn search_forgives_article_and_clitics(location: &str) {
    let mut archive = open(location);
    archive.ingest(&three_reports(), "1", now()).unwrap();
    let mut ids = |query: &str| {
        archive.search(query, &Filter::default()).unwrap().into_iter().map(|hit| hit.report).collect::<Vec<_>>()
    };
    assert_eq!(ids("بلدة"), ["a"]);
    assert_eq!(ids("البَلْدَه"), ["a"]);
    assert_eq!(ids("بادية نهر"), ["a"]);
    assert_eq!(ids("مراسلنا"), ["b"], "«لمراسلنا» in the text");
    assert_eq!(ids("\"شبكة محلية\""), ["c"]);
    assert_eq!(ids("\"محلية شبكة\""), [""; 0]);
    assert_eq!(ids("هجين"), ["c", "b", "a"]);
    assert_eq!(ids("' OR 1=1; --"), [""; 0]);
    let hits = archive
        .search(
            "هجين",
            &Filter { kinds: vec!["air_drone_strike".into()], place: Some("Palmyra".into()), ..Filter::default() },
        )
        .unwrap();
    assert_eq!(hits.len(), 1);
    assert!(hits[0].passage.contains("هجين"));
}

fn control_of_places(location: &str) {
    let mut archive = open(location);
    let records = [
        record(
            "a",
            "Enab",
            "2018-06-01",
            BODIES[0],
            &[Told::taking(HAJIN, "2018-06-01", "islamic_state", "syrian_army")],
        ),
        record("b", "Shaam", "2018-10-30", BODIES[1], &[Told::taking(HAJIN, "2018-10-29", "sdf", "islamic_state")]),
        record(
            "c",
            "SANA",
            "2018-10-30",
            BODIES[2],
            &[Told { modality: Modality::Denied, ..Told::taking(HAJIN, "2018-10-30", "sdf", "islamic_state") }],
        ),
        record(
            "d",
            "SANA",
            "2018-10-30",
            BODIES[3],
            &[Told { modality: Modality::Planned, ..Told::taking(SUSAH, "2018-10-30", "sdf", "islamic_state") }],
        ),
    ];
    archive.ingest(&records, "1", now()).unwrap();
    let day = |text| maydani_linking::day::parse(text).unwrap();
    let filter = Filter { place: Some("هجين".into()), ..Filter::default() };
    let found = archive.control(&filter, day("2018-11-01")).unwrap();
    assert_eq!(found.len(), 1);
    let line = &found[0].timeline;
    assert_eq!(
        (line[0].holders.clone(), line[0].until.as_deref()),
        (vec!["islamic_state".to_owned()], Some("2018-10-28"))
    );
    assert_eq!((line[1].from.as_str(), line[1].standing, line[1].claims.len()), ("2018-10-29", Standing::Disputed, 2));
    assert_eq!(line[1].claims[0].before, ["islamic_state"]);
    let before = archive.control(&filter, day("2018-09-01")).unwrap();
    assert_eq!((before[0].timeline.len(), before[0].timeline[0].standing), (1, Standing::Claimed));
    assert_eq!(
        archive.control(&Filter::default(), day("2018-11-01")).unwrap().len(),
        1,
        "what is planned changes nothing"
    );
}

fn statements_of_control(location: &str) {
    let mut archive = open(location);
    let records = [
        record(
            "a",
            "Enab",
            "2018-06-01",
            BODIES[0],
            &[Told::taking(HAJIN, "2018-06-01", "islamic_state", "syrian_army")],
        ),
        statement("b", "Shaam", "2018-07-01", HAJIN, "islamic_state"),
        statement("c", "Shaam", "2018-10-28", HAJIN, "islamic_state"),
        record("d", "Enab", "2018-10-29", BODIES[1], &[Told::taking(HAJIN, "2018-10-29", "sdf", "islamic_state")]),
        statement("e", "SANA", "2018-10-29", TADMUR, "syrian_army"),
        statement("f", "Enab", "2018-10-30", TADMUR, "islamic_state"),
    ];
    archive.ingest(&records, "1", now()).unwrap();
    assert_eq!(archive.stats().unwrap().statements, 4);
    assert_eq!(archive.record("b").unwrap().control, records[1].control);
    let day = |text| maydani_linking::day::parse(text).unwrap();
    let at = day("2018-11-01");
    let found = archive.control(&Filter::default(), at).unwrap();
    assert_eq!(found.iter().map(|place| place.name.as_str()).collect::<Vec<_>>(), ["Hajin", "Palmyra"]);
    let (hajin, palmyra) = (&found[0].timeline, &found[1].timeline);
    assert_eq!((hajin[0].from.as_str(), hajin[0].until.as_deref()), ("2018-06-01", Some("2018-10-28")));
    let shown = |held: &maydani_archive::Held| -> Vec<(Option<String>, Option<String>)> {
        held.claims.iter().map(|claim| (claim.event.clone(), claim.statement.clone())).collect()
    };
    let stated = |name: &str| (None, Some(name.to_owned()));
    assert_eq!(shown(&hajin[0]), [(Some("a#a-0".to_owned()), None), stated("b#b-c"), stated("c#c-c")]);
    assert_eq!((hajin[1].holders.join(" "), hajin[1].standing), ("sdf".to_owned(), Standing::Claimed));
    assert_eq!((palmyra[0].holders.len(), palmyra[0].standing), (2, Standing::Disputed));
    // An old claim that a statement confirms is no old one.
    let line = |archive: &mut Archive, at: &'static str| {
        archive.control(&Filter::default(), day(at)).unwrap()[0].timeline.clone()
    };
    assert_eq!(line(&mut archive, "2018-12-15")[0].claims.len(), 3);
    assert_eq!(line(&mut archive, "2018-12-15").last().unwrap().standing, Standing::Claimed);
    assert_eq!(line(&mut archive, "2019-06-01").last().unwrap().standing, Standing::LastClaimed);
    // Filters ask statements too.
    let mut names = |filter: Filter| -> Vec<String> {
        archive.control(&filter, at).unwrap().into_iter().map(|place| place.name).collect()
    };
    assert_eq!(names(Filter { place: Some("تدمر".into()), ..Filter::default() }), ["Palmyra"]);
    assert_eq!(names(Filter { province: Some("Homs".into()), ..Filter::default() }), ["Palmyra"]);
    assert_eq!(names(Filter { actor: Some("syrian_army".into()), ..Filter::default() }), ["Hajin", "Palmyra"]);
    assert_eq!(names(Filter { outlet: Some("SANA".into()), ..Filter::default() }), ["Palmyra"]);
    assert_eq!(names(Filter { text: Some("تدمر".into()), ..Filter::default() }), ["Palmyra"]);
    assert_eq!(names(Filter { bounds: Some([34.6, 40.0, 35.0, 41.0]), ..Filter::default() }), ["Hajin"]);
    let near = Near { latitude: 34.56, longitude: 38.27, radius: 5.0 };
    assert_eq!(names(Filter { near: Some(near), ..Filter::default() }), ["Palmyra"]);
    assert!(names(Filter { country: Some("IQ".into()), ..Filter::default() }).is_empty());
    assert_eq!(names(Filter { confidence: Some(0.1), ..Filter::default() }), ["Hajin"], "a statement has none");
    healthy(&mut archive);
    // A changed page takes its old statement back.
    archive.ingest(&[record("f", "Enab", "2018-10-30", BODIES[2], &[])], "1", now()).unwrap();
    let left = archive.control(&Filter { place: Some("تدمر".into()), ..Filter::default() }, at).unwrap();
    assert_eq!((left[0].timeline[0].standing, left[0].timeline[0].claims.len()), (Standing::Claimed, 1));
    healthy(&mut archive);
    // A copy keeps them.
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("backup.maydani");
    archive.backup(&backup).unwrap();
    let restored = second(location);
    Archive::restore(&backup, &restored).unwrap();
    let mut copy = open(&restored);
    assert_eq!(copy.control(&Filter::default(), at).unwrap(), archive.control(&Filter::default(), at).unwrap());
}

fn recoding_changes_statements(location: &str) {
    let mut archive = open(location);
    let told = [Told::strike(HAJIN, "2018-10-29", 3)];
    let mut before = record("a", "Enab", "2018-10-29", BODIES[0], &told);
    let said = statement("a", "Enab", "2018-10-29", TADMUR, "sdf").control;
    archive.ingest(std::slice::from_ref(&before), "1", now()).unwrap();
    archive.link().unwrap();
    before.control.clone_from(&said);
    let mut changes = Vec::new();
    let mut recode = |archive: &mut Archive, coded: &maydani_core::Record, write: bool| {
        let mut code = |_: &maydani_core::Report| coded.clone();
        archive
            .recode(&mut code, "2", now(), write, &mut |change| {
                changes.push(change.clone());
                Ok(())
            })
            .unwrap()
    };
    let shown = recode(&mut archive, &before, false);
    assert_eq!((shown.changed, shown.gone, shown.new, shown.statements_new), (1, 0, 0, 1));
    assert_eq!(archive.stats().unwrap().statements, 0, "nothing was written");
    recode(&mut archive, &before, true);
    assert_eq!(archive.record("a").unwrap().control, said);
    assert_eq!(recode(&mut archive, &before, true).changed, 0);
    assert_eq!(archive.stats().unwrap().statements, 1);
    healthy(&mut archive);
    before.control.clear();
    assert_eq!(recode(&mut archive, &before, true).statements_gone, 1);
    assert_eq!((archive.stats().unwrap().statements, archive.stats().unwrap().events), (0, 1));
    assert_eq!(archive.incidents(&Filter::default()).unwrap().len(), 1);
    assert_eq!(changes[0].statements_new, said);
    healthy(&mut archive);
}

fn recoding_shows_before_it_writes(location: &str) {
    let mut archive = open(location);
    let reports = three_reports();
    archive.ingest(&reports, "1", now()).unwrap();
    archive.link().unwrap();
    let mut code = |report: &maydani_core::Report| {
        let mut coded = reports.iter().find(|one| one.report.id == report.id.as_deref().unwrap()).unwrap().clone();
        coded.events.retain(|event| event.places[0].name != "Palmyra");
        coded
    };
    let mut changes = Vec::new();
    let done = archive
        .recode(&mut code, "2", now(), false, &mut |change| {
            changes.push((change.report.clone(), change.gone.len(), change.new.len()));
            Ok(())
        })
        .unwrap();
    assert_eq!((done.reports, done.changed, done.gone, done.new), (3, 1, 1, 0));
    assert_eq!(changes, [("b".to_owned(), 1, 0)]);
    assert_eq!(archive.stats().unwrap().events, 4);
    archive.recode(&mut code, "2", now(), true, &mut |_| Ok(())).unwrap();
    archive.link().unwrap();
    let stats = archive.stats().unwrap();
    assert_eq!((stats.events, stats.codings, stats.codebooks, stats.incidents), (3, 6, 2, 1));
    healthy(&mut archive);
}

fn a_copy_is_the_same_archive(location: &str) {
    let mut archive = open(location);
    archive.ingest(&three_reports(), "1", now()).unwrap();
    archive.link().unwrap();
    let (a, b) = {
        let found = archive.incidents(&Filter::default()).unwrap();
        (found[0].id.clone(), found[1].id.clone())
    };
    archive.decide(&Decision::Merge { incidents: vec![a, b] }, "analyst", None, now()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("backup.maydani");
    archive.backup(&backup).unwrap();
    if let Some(kept) = std::env::var_os("MAYDANI_KEEP_BACKUP") {
        std::fs::copy(&backup, kept).unwrap();
    }
    assert!(archive.backup(&backup).unwrap_err().to_string().contains("exists already"));
    let restored = second(location);
    Archive::restore(&backup, &restored).unwrap();
    assert!(Archive::restore(&backup, &restored).is_err(), "an archive is not overwritten");
    let mut copy = open(&restored);
    healthy(&mut copy);
    let all = Filter::default();
    assert_eq!(archive.incidents(&all).unwrap(), copy.incidents(&all).unwrap());
    assert_eq!(archive.decisions().unwrap(), copy.decisions().unwrap());
    assert_eq!(archive.search("هجين", &all).unwrap(), copy.search("هجين", &all).unwrap());
    let near = Filter { near: Some(Near { latitude: 34.69, longitude: 40.80, radius: 5.0 }), ..all };
    assert_eq!(copy.incidents(&near).unwrap().len(), 1);
    // It goes on: new rows get new numbers.
    copy.ingest(&[record("z", "Enab", "2018-12-01", BODIES[3], &[Told::strike(SUSAH, "2018-12-01", 1)])], "1", now())
        .unwrap();
    copy.link().unwrap();
    healthy(&mut copy);
}

fn relinking_changes_nothing(location: &str) {
    let mut archive = open(location);
    archive.ingest(&three_reports(), "1", now()).unwrap();
    archive.link().unwrap();
    let before = archive.incidents(&Filter::default()).unwrap();
    archive.relink().unwrap();
    assert_eq!(before, archive.incidents(&Filter::default()).unwrap());
    healthy(&mut archive);
}

fn lines_of_incidents(location: &str) {
    let mut archive = open(location);
    archive.ingest(&three_reports(), "1", now()).unwrap();
    archive.link().unwrap();
    let mut lines = Vec::new();
    archive
        .export_incidents(&Filter { place: Some("Hajin".into()), ..Filter::default() }, &mut |line| {
            lines.push(serde_json::to_value(line).unwrap());
            Ok(())
        })
        .unwrap();
    assert_eq!(lines[0]["reports"], serde_json::json!(["a", "b", "c"]));
    assert_eq!(lines[0]["events"], serde_json::json!(["a#a-0", "b#b-0", "c#c-0"]));
    assert_eq!(lines[0]["first_day"], "2018-10-29");
}

fn what_is_watched_is_kept(at: &str) {
    let mut archive = Archive::open(at).unwrap();
    let address = "https://news.example/feed";
    assert_eq!(archive.watched(address).unwrap(), None);
    let mut feed = Watched {
        address: address.into(),
        etag: Some("W/\"1\"".into()),
        asked_at: Some("2026-11-22T10:00:00Z".parse().unwrap()),
        next_at: Some("2026-11-22T10:30:00.5Z".parse().unwrap()),
        ..Watched::default()
    };
    archive.keep_watched(&feed).unwrap();
    assert_eq!(archive.watched(address).unwrap(), Some(feed.clone()));
    feed = Watched { failures: 3, fault: Some("the server answered 500".into()), next_at: None, etag: None, ..feed };
    archive.keep_watched(&feed).unwrap();
    drop(archive);
    let mut archive = Archive::open(at).unwrap();
    assert_eq!(archive.watched(address).unwrap(), Some(feed.clone()));
    assert_eq!(archive.watched("https://news.example/").unwrap(), None);
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.maydani");
    archive.backup(&copy).unwrap();
    assert_eq!(Archive::open(&copy.display().to_string()).unwrap().watched(address).unwrap(), Some(feed));
    assert_eq!(archive.check().unwrap(), []);
}
