//! Reviews, corrections, people and what the page asks, the same on SQLite and on PostgreSQL.

mod support;

use jiff::SignedDuration;
use maydani_archive::{Archive, Because, Decision, EventState, Field, Filter, NewToken, Relation, Role, Step};
use maydani_core::record::Event;
use maydani_core::{Record, Report, SubEventType};
use support::records::{BODIES, HAJIN, TADMUR, Told, passage, record};
use support::stores::{healthy, now, on_both_stores};

on_both_stores!(
    a_correction_outlives_recoding_and_is_undone
    an_added_event_outlives_recoding_and_is_undone
    corrections_follow_a_changed_text
    corrections_without_sense_are_refused
    the_queue_begins_with_what_is_least_sure
    reviewed_reports_hold_what_analysts_let_stand
    people_sessions_and_tokens
    views_are_ones_own_or_shared
    a_timeline_counts_incidents_once
    sources_are_borne_out_and_contradicted
    a_report_knows_its_relatives
    a_reader_writes_nothing_and_sees_what_others_wrote
    a_backup_keeps_people_views_and_corrections
);

/// Two reports of one strike, which count the dead otherwise, and one of another.
fn reports() -> Vec<Record> {
    let mut second = record("b", "Shaam", "2018-10-30", BODIES[1], &[Told::strike(HAJIN, "2018-10-29", 4)]);
    second.events[0].confidence = 0.95;
    let mut third = record("c", "Enab", "2018-10-21", BODIES[2], &[Told::strike(TADMUR, "2018-10-20", 9)]);
    third.events[0].confidence = 0.4;
    vec![record("a", "Enab", "2018-10-29", BODIES[0], &[Told::strike(HAJIN, "2018-10-29", 3)]), second, third]
}

fn stored(location: &str) -> Archive {
    let mut archive = Archive::open(location).unwrap();
    archive.ingest(&reports(), "1", now()).unwrap();
    archive.link().unwrap();
    archive
}

/// Codes everything anew so that every event has another id.
fn recode(archive: &mut Archive) {
    let mut code = |report: &Report| {
        let id = report.id.clone().unwrap();
        let mut coded = reports().into_iter().find(|record| record.report.id == id).unwrap();
        for event in &mut coded.events {
            event.id = format!("new-{}", event.id);
        }
        coded
    };
    archive.recode(&mut code, "2", now(), true, &mut |_| Ok(())).unwrap();
    archive.link().unwrap();
}

fn coded(archive: &mut Archive, report: &str) -> Vec<(EventState, Event)> {
    archive.report_view(report).unwrap().events.into_iter().map(|event| (event.state, event.coded)).collect()
}

/// What the analyst makes of the event of report `a`: shelling, five dead.
fn shelling() -> Event {
    let mut event = reports().remove(0).events.remove(0);
    event.sub_event_type = SubEventType::ShellingArtilleryMissile;
    (event.tolls[0].min, event.tolls[0].max) = (5, Some(5));
    event.confidence = 1.0;
    event
}

fn a_correction_outlives_recoding_and_is_undone(location: &str) {
    let mut archive = stored(location);
    let correct = Decision::Correct { event: "a#a-0".into(), to: Box::new(shelling()) };
    let decision = archive.decide(&correct, "amal", Some("mortars"), now()).unwrap();
    let of_kind = |archive: &mut Archive, kind: &str| {
        archive.incidents(&Filter { kinds: vec![kind.into()], ..Filter::default() }).unwrap().len()
    };
    for round in 0..3 {
        let events = coded(&mut archive, "a");
        assert_eq!(events.len(), 1);
        let (state, event) = &events[0];
        assert_eq!((*state, event.tolls[0].min), (EventState::Corrected, 5), "round {round}");
        assert_eq!(event.event_type, SubEventType::ShellingArtilleryMissile.event_type());
        assert_eq!(archive.decisions().unwrap()[0].events.len(), 1);
        assert!(archive.decisions().unwrap()[0].events[0].is_some(), "round {round}: the anchor is found");
        healthy(&mut archive);
        if round == 0 {
            recode(&mut archive);
        } else {
            archive.relink().unwrap();
        }
    }
    // What the machine codes is compared with what the machine coded: the correction is no change.
    let mut code = |report: &Report| {
        let mut coded = reports().into_iter().find(|record| Some(&record.report.id) == report.id.as_ref()).unwrap();
        for event in &mut coded.events {
            event.id = format!("new-{}", event.id);
        }
        coded
    };
    assert_eq!(archive.recode(&mut code, "3", now(), true, &mut |_| Ok(())).unwrap().changed, 0);
    assert_eq!(coded(&mut archive, "a")[0].0, EventState::Corrected);
    archive.decide(&Decision::Revoke { decision }, "amal", None, now()).unwrap();
    let (state, event) = coded(&mut archive, "a").remove(0);
    assert_eq!(
        (state, event.sub_event_type, event.tolls[0].min),
        (EventState::Unreviewed, SubEventType::AirDroneStrike, 3)
    );
    assert_eq!(
        (of_kind(&mut archive, "air_drone_strike"), of_kind(&mut archive, "shelling_artillery_missile")),
        (2, 0)
    );
    assert!(archive.decide(&Decision::Revoke { decision }, "amal", None, now()).is_err(), "taken back once");
    healthy(&mut archive);
}

fn an_added_event_outlives_recoding_and_is_undone(location: &str) {
    let mut archive = stored(location);
    let mut missed = reports().remove(0).events.remove(0);
    missed.sub_event_type = SubEventType::ArmedClash;
    missed.evidence = vec![passage(BODIES[0], "حركة نزوح كبيرة")];
    let add = Decision::Add { report: "a".into(), to: Box::new(missed) };
    let decision = archive.decide(&add, "amal", None, now()).unwrap();
    let (incidents, events) = archive.concerned(decision).unwrap();
    assert_eq!((incidents.len(), events.len()), (1, 1));
    let kinds = |archive: &mut Archive| -> Vec<(EventState, SubEventType)> {
        coded(archive, "a").into_iter().map(|(state, event)| (state, event.sub_event_type)).collect()
    };
    let both = [(EventState::Added, SubEventType::ArmedClash), (EventState::Unreviewed, SubEventType::AirDroneStrike)];
    assert_eq!(kinds(&mut archive), both);
    recode(&mut archive);
    assert_eq!(kinds(&mut archive), both);
    // Its incident goes on through the recoding.
    assert_eq!(archive.concerned(decision).unwrap().0, incidents);
    archive.decide(&Decision::Revoke { decision }, "amal", None, now()).unwrap();
    assert_eq!(kinds(&mut archive), both[1..]);
    healthy(&mut archive);
}

fn corrections_follow_a_changed_text(location: &str) {
    let mut archive = stored(location);
    archive
        .decide(&Decision::Correct { event: "a#a-0".into(), to: Box::new(shelling()) }, "amal", None, now())
        .unwrap();
    let longer = format!("تحديث: {}", BODIES[0]);
    let changed = record("a", "Enab", "2018-10-29", &longer, &[Told::strike(HAJIN, "2018-10-29", 3)]);
    archive.ingest(&[changed], "1", now()).unwrap();
    archive.link().unwrap();
    let view = archive.report_view("a").unwrap();
    let event = &view.events[0];
    assert_eq!((event.state, event.coded.tolls[0].min, view.versions.len()), (EventState::Corrected, 5, 2));
    let at = &event.coded.evidence[0];
    let there: String = view.report.text.chars().skip(at.start as usize).take((at.end - at.start) as usize).collect();
    assert_eq!(there, at.text);
    // A text that lacks the passage is coded as the machine does.
    let other = record("a", "Enab", "2018-10-29", BODIES[1], &[Told::strike(TADMUR, "2018-10-29", 3)]);
    archive.ingest(&[other], "1", now()).unwrap();
    archive.link().unwrap();
    assert_eq!(coded(&mut archive, "a")[0].1.tolls[0].min, 3);
    healthy(&mut archive);
}

fn corrections_without_sense_are_refused(location: &str) {
    let mut archive = stored(location);
    let mut outside = shelling();
    outside.trigger.end = 10_000;
    let long = archive.record("a").unwrap().report.text.chars().count();
    let refused = archive
        .decide(&Decision::Correct { event: "a#a-0".into(), to: Box::new(outside.clone()) }, "amal", None, now())
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        format!("{}..10000 is no passage of a, which has {long} characters", outside.trigger.start)
    );
    outside.evidence.clear();
    let refused =
        archive.decide(&Decision::Add { report: "a".into(), to: Box::new(outside) }, "amal", None, now()).unwrap_err();
    assert_eq!(refused.to_string(), "an event needs a passage as evidence");
    assert!(archive.decide(&Decision::Accept { events: Vec::new() }, "amal", None, now()).is_err());
    assert!(archive.decisions().unwrap().is_empty(), "nothing of it is stored");
    assert_eq!(coded(&mut archive, "a")[0].0, EventState::Unreviewed);
}

fn names(archive: &mut Archive) -> Vec<String> {
    archive.to_review(&Filter::default()).unwrap().0.into_iter().map(|event| event.name).collect()
}

fn the_queue_begins_with_what_is_least_sure(location: &str) {
    let mut archive = stored(location);
    let (queue, remaining) = archive.to_review(&Filter::default()).unwrap();
    assert_eq!(remaining, 3);
    // 0.4; then the two of which one counts three dead and the other four, the less sure one first.
    assert_eq!(names(&mut archive), ["c#c-0", "a#a-0", "b#b-0"]);
    assert_eq!(queue[0].because, [Because::LowConfidence]);
    assert_eq!(queue[2].because, [Because::Conflicting]);
    let pages: Vec<String> = (0..3)
        .flat_map(|offset| archive.to_review(&Filter { limit: 1, offset, ..Filter::default() }).unwrap().0)
        .map(|event| event.name)
        .collect();
    assert_eq!(pages, names(&mut archive));
    let accept = archive.decide(&Decision::Accept { events: vec!["c#c-0".into()] }, "amal", None, now()).unwrap();
    archive.decide(&Decision::Reject { events: vec!["b#b-0".into()] }, "amal", None, now()).unwrap();
    assert_eq!(names(&mut archive), ["a#a-0"]);
    recode(&mut archive);
    assert_eq!(names(&mut archive), ["a#new-a-0"], "decisions hold through recoding");
    archive.decide(&Decision::Revoke { decision: accept }, "amal", None, now()).unwrap();
    assert_eq!(names(&mut archive), ["c#new-c-0", "a#new-a-0"]);
    healthy(&mut archive);
}

fn reviewed_reports_hold_what_analysts_let_stand(location: &str) {
    let mut archive = Archive::open(location).unwrap();
    let told = [Told::strike(HAJIN, "2018-10-29", 3), Told::strike(TADMUR, "2018-10-20", 9)];
    archive.ingest(&[record("a", "Enab", "2018-10-29", BODIES[0], &told)], "1", now()).unwrap();
    archive.link().unwrap();
    assert!(archive.reviewed_reports().unwrap().is_empty());
    archive.decide(&Decision::Accept { events: vec!["a#a-0".into()] }, "amal", None, now()).unwrap();
    assert_eq!(archive.reviewed_reports().unwrap(), ["a"]);
    let (partly, whole) = archive.reviewed("a").unwrap();
    assert_eq!((partly.events.len(), whole), (1, false));
    archive.decide(&Decision::Reject { events: vec!["a#a-1".into()] }, "amal", None, now()).unwrap();
    let (reviewed, whole) = archive.reviewed("a").unwrap();
    assert!(whole);
    assert_eq!(reviewed.events.iter().map(|event| event.id.as_str()).collect::<Vec<_>>(), ["a-0"]);
}

fn people_sessions_and_tokens(location: &str) {
    let mut archive = Archive::open(location).unwrap();
    assert!(!archive.has_users().unwrap());
    archive.add_user("amal", Role::Administrator, "hash", now()).unwrap();
    archive.add_user("omar", Role::Reviewer, "other", now()).unwrap();
    assert_eq!(
        archive.add_user("omar", Role::Reader, "x", now()).unwrap_err().to_string(),
        "there is a user `omar` already"
    );
    assert_eq!(archive.password_of("omar").unwrap(), Some(("other".into(), Role::Reviewer)));
    assert_eq!(archive.password_of("nobody").unwrap(), None);
    let later = now() + SignedDuration::from_hours(12);
    archive.begin_session("s", "omar", later, now()).unwrap();
    assert_eq!(archive.session("s", now()).unwrap(), Some(("omar".into(), Role::Reviewer)));
    assert_eq!(archive.session("s", later).unwrap(), None, "it has ended");
    assert!(archive.users().unwrap()[1].last_login.is_some());
    let token = NewToken { hash: "t", name: "notebook", role: Role::Reviewer, expires_at: later };
    let id = archive.add_token("omar", &token, now()).unwrap();
    archive.used_token(id, now()).unwrap();
    assert_eq!(archive.token("t", now()).unwrap(), Some((id, "omar".into(), Role::Reviewer)));
    assert_eq!(archive.token("t", later).unwrap(), None);
    // A role that is taken away is taken from tokens and sessions too.
    archive.change_user("omar", Some(Role::Reader), None).unwrap();
    assert_eq!(archive.token("t", now()).unwrap().unwrap().2, Role::Reader);
    assert_eq!(archive.session("s", now()).unwrap(), None);
    assert!(archive.change_user("amal", Some(Role::Reader), None).is_err(), "the last administrator stays");
    assert!(archive.remove_user("amal", false).is_err());
    assert_eq!(archive.users().unwrap().len(), 2, "and nothing of it is half done");
    assert!(archive.remove_token("amal", id).is_err(), "not his");
    archive.remove_user("omar", false).unwrap();
    assert_eq!(archive.token("t", now()).unwrap(), None);
    assert!(archive.remove_user("omar", false).is_err());
    archive.remove_user("amal", true).unwrap();
    assert!(!archive.has_users().unwrap());
}

fn views_are_ones_own_or_shared(location: &str) {
    let mut archive = Archive::open(location).unwrap();
    let own = archive.add_view("amal", "Hajin", "place=هجين", false, now()).unwrap();
    let shared = archive.add_view("amal", "Strikes", "type=air_drone_strike", true, now()).unwrap();
    assert_eq!(archive.views("amal").unwrap().len(), 2);
    assert_eq!(archive.views("omar").unwrap().iter().map(|view| view.id).collect::<Vec<_>>(), [shared]);
    assert!(archive.view("omar", own).is_err());
    assert!(archive.change_view("omar", shared, Some("mine"), None, None).is_err());
    archive.change_view("amal", own, None, None, Some(true)).unwrap();
    let view = archive.view("omar", own).unwrap();
    assert_eq!((view.name.as_str(), view.query.as_str(), view.shared), ("Hajin", "place=هجين", true));
    assert!(archive.remove_view("omar", own).is_err());
    archive.remove_view("amal", own).unwrap();
    assert_eq!(archive.views("amal").unwrap().len(), 1);
}

fn a_timeline_counts_incidents_once(location: &str) {
    let mut archive = stored(location);
    let days = archive.timeline(&Filter::default(), Step::Day).unwrap();
    assert_eq!((days.found, days.undated), (2, 0));
    let bins: Vec<(&str, i64)> = days.bins.iter().map(|bin| (bin.start.as_str(), bin.incidents)).collect();
    assert_eq!(bins, [("2018-10-20", 1), ("2018-10-29", 1)]);
    let months = archive.timeline(&Filter::default(), Step::Month).unwrap();
    assert_eq!(months.bins.len(), 1);
    assert_eq!((months.bins[0].start.as_str(), months.bins[0].types["air_drone_strike"]), ("2018-10-01", 2));
    let years = archive.timeline(&Filter { outlet: Some("Shaam".into()), ..Filter::default() }, Step::Year).unwrap();
    assert_eq!((years.found, years.bins[0].start.as_str()), (1, "2018-01-01"));
}

fn sources_are_borne_out_and_contradicted(location: &str) {
    let mut archive = stored(location);
    let counts = archive.source_counts(&Filter::default()).unwrap();
    assert_eq!((counts.events, counts.complete), (3, true));
    let enab = &counts.outlets["Enab"];
    // Of Hajin three dead and four: two numbers that meet nowhere; of the type both say the same.
    let killed = enab.fields[&Field::Killed];
    assert_eq!((killed.claims, killed.borne_out, killed.contradicted, killed.alone), (2, 0, 1, 1));
    let kind = enab.fields[&Field::Type];
    assert_eq!((kind.claims, kind.borne_out, kind.contradicted, kind.alone), (2, 1, 0, 1));
    let shaam = &counts.outlets["Shaam"];
    assert_eq!(shaam.all.alone, 0);
    assert_eq!(enab.all.claims, enab.fields.values().map(|fared| fared.claims).sum::<usize>());
}

fn a_report_knows_its_relatives(location: &str) {
    let mut archive = stored(location);
    let mut reprint = reports().remove(0);
    reprint.report.id = "r".into();
    reprint.report.outlet = Some("Other".into());
    archive.ingest(&[reprint], "1", now()).unwrap();
    archive.link().unwrap();
    let related = archive.report_view("a").unwrap().related;
    let found: Vec<(&str, Relation)> = related.iter().map(|one| (one.report.as_str(), one.why)).collect();
    assert_eq!(found, [("r", Relation::Reprint), ("b", Relation::SameIncident)]);
    assert!(related[0].likeness.is_some_and(|likeness| likeness > 0.9) && related[1].likeness.is_none());
    assert!(archive.report_view("none").is_err());
}

fn a_reader_writes_nothing_and_sees_what_others_wrote(location: &str) {
    let mut writer = stored(location);
    let mut reader = Archive::open_to_read(location).unwrap();
    let before = reader.revision().unwrap();
    assert_eq!(reader.revision().unwrap(), before);
    let refused = reader.decide(&Decision::Accept { events: vec!["a#a-0".into()] }, "amal", None, now());
    assert!(refused.is_err());
    assert_eq!(reader.snapshot(Archive::overview).unwrap().decisions, 0);
    writer.decide(&Decision::Accept { events: vec!["a#a-0".into()] }, "amal", None, now()).unwrap();
    assert_ne!(reader.revision().unwrap(), before);
    let overview = reader.snapshot(Archive::overview).unwrap();
    assert_eq!((overview.decisions, overview.reports, overview.incidents), (1, 3, 2));
    assert_eq!(overview.outlets[0].value, "Enab");
    assert_eq!(overview.first_day.as_deref(), Some("2018-10-20"));
}

fn a_backup_keeps_people_views_and_corrections(location: &str) {
    let mut archive = stored(location);
    archive.add_user("amal", Role::Administrator, "hash", now()).unwrap();
    archive.add_view("amal", "Hajin", "place=هجين", false, now()).unwrap();
    archive
        .decide(&Decision::Correct { event: "a#a-0".into(), to: Box::new(shelling()) }, "amal", None, now())
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("backup.maydani");
    archive.backup(&backup).unwrap();
    let mut copy = Archive::open(&backup.display().to_string()).unwrap();
    assert_eq!(copy.password_of("amal").unwrap(), Some(("hash".into(), Role::Administrator)));
    assert_eq!(copy.views("amal").unwrap(), archive.views("amal").unwrap());
    assert_eq!(coded(&mut copy, "a"), coded(&mut archive, "a"));
    recode(&mut copy);
    assert_eq!(coded(&mut copy, "a")[0].0, EventState::Corrected);
    healthy(&mut copy);
}
