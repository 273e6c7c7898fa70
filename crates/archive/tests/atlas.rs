//! What is held in memory answers as SQL does, whatever is asked.

mod support;

use maydani_archive::{Archive, Atlas, Decision, Filter, Near, STATES, Step};
use support::generated::{Dice, PLACES, days, places, report};

const REPORTS: u64 = 400;
const QUESTIONS: usize = 3_000;

fn archive(location: &str) -> Archive {
    let mut archive = Archive::open(location).unwrap();
    let (places, days) = (places(), days());
    let mut reports: Vec<_> = (0..REPORTS).map(|n| report(n, &places, &days)).collect();
    for (n, report) in reports.iter_mut().enumerate() {
        for (ordinal, event) in report.events.iter_mut().enumerate() {
            event.confidence = ((n * 3 + ordinal) % 100) as f64 / 100.0;
            event.background = n % 7 == 0;
            if n % 5 == 0 {
                event.modality = maydani_core::record::Modality::Denied;
            }
            if n % 11 == 0 {
                event.places.clear();
            }
            if n % 13 == 0 {
                event.places.iter_mut().for_each(|place| (place.latitude, place.longitude) = (None, None));
            }
        }
    }
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    archive.ingest(&reports, "made", now).unwrap();
    archive.link().unwrap();
    // Some are reviewed, some rejected.
    let found = archive.incidents(&Filter { limit: 60, ..Filter::default() }).unwrap();
    for (n, incident) in found.iter().enumerate() {
        if n % 3 == 0 {
            let decision = Decision::Review { incident: incident.id.clone(), state: STATES[1 + n / 3 % 3].to_owned() };
            archive.decide(&decision, "dana", None, now).unwrap();
        }
    }
    archive
}

/// A filter made by chance: mostly one or two conditions, so that many find something.
fn filter(dice: &mut Dice, archive: &[(String, String, String, String)]) -> Filter {
    let mut filter = Filter { limit: 1 + dice.below(40) as usize, ..Filter::default() };
    if dice.below(4) == 0 {
        filter.offset = dice.below(30) as usize;
    }
    for _ in 0..=dice.below(3) {
        let (kind, place, place_ar, admin1) = &archive[dice.below(archive.len() as u64) as usize];
        let (north, east) = (32.5 + dice.below(450) as f64 / 100.0, 36.0 + dice.below(620) as f64 / 100.0);
        match dice.below(16) {
            0 => filter.kinds.push(kind.clone()),
            1 => filter.kinds = vec!["attack".into(), "protest_with_intervention".into()],
            2 => filter.place = Some(place.clone()),
            3 => filter.place = Some(place_ar.clone()),
            4 => filter.place = Some(format!("geonames:{}", dice.skewed(PLACES))),
            5 => filter.near = Some(Near { latitude: north, longitude: east, radius: dice.below(90) as f64 }),
            6 => filter.bounds = Some([north, east, north + 0.7, east + 1.1]),
            7 => filter.country = Some(["SY", "IQ"][dice.below(2) as usize].into()),
            8 => filter.province = Some(admin1.clone()),
            9 => filter.first_day = Some(15_400 + dice.below(5_000) as i32),
            10 => filter.last_day = Some(15_400 + dice.below(5_000) as i32),
            11 => filter.actor = Some(["islamic_state", "sdf", "nobody"][dice.below(3) as usize].into()),
            12 => filter.source = Some(["sohr", "nobody"][dice.below(2) as usize].into()),
            13 => filter.outlet = Some(format!("outlet {}", dice.skewed(60))),
            14 => filter.confidence = Some(dice.below(100) as f64 / 100.0),
            _ => match dice.below(3) {
                0 => filter.review = Some(STATES[dice.below(4) as usize].into()),
                1 => filter.modality = Some(["asserted", "denied", "planned"][dice.below(3) as usize].into()),
                _ => filter.background = true,
            },
        }
    }
    filter
}

#[test]
fn memory_answers_as_sql_does() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = archive(&folder.path().join("archive.maydani").display().to_string());
    let atlas = archive.snapshot(Archive::atlas).unwrap().unwrap();
    let all = archive.incidents(&Filter { limit: 10_000, background: true, ..Filter::default() }).unwrap();
    let of = |text: &Option<String>| text.clone().unwrap_or_default();
    let known: Vec<_> = all
        .iter()
        .map(|found| (found.sub_event_type.clone(), of(&found.place), of(&found.place_ar), of(&found.admin1)))
        .collect();
    let mut dice = Dice::new(5);
    let mut with_some = 0;
    for _ in 0..QUESTIONS {
        let filter = filter(&mut dice, &known);
        assert!(Atlas::knows(&filter));
        let by_sql = archive.incidents(&filter).unwrap();
        with_some += usize::from(!by_sql.is_empty());
        let held = serde_json::to_value(atlas.incidents(&filter)).unwrap();
        assert_eq!(held, serde_json::to_value(&by_sql).unwrap(), "{filter:?}");
        let step = [Step::Day, Step::Month, Step::Year][dice.below(3) as usize];
        assert_eq!(atlas.timeline(&filter, step), archive.timeline(&filter, step).unwrap(), "{filter:?}");
    }
    assert!(with_some > QUESTIONS / 4, "{with_some} of the questions find anything");
}

#[test]
fn words_of_reports_are_not_held() {
    assert!(!Atlas::knows(&Filter { text: Some("قصف".into()), ..Filter::default() }));
}

#[test]
fn an_empty_archive_has_an_empty_atlas() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("archive.maydani").display().to_string()).unwrap();
    let atlas = archive.atlas().unwrap().unwrap();
    assert_eq!(atlas.incidents(&Filter::default()), []);
    assert_eq!(atlas.timeline(&Filter::default(), Step::Day).found, 0);
}
