//! Records made for tests.

use maydani_core::Record;
use maydani_core::SubEventType;
use maydani_core::record::{
    ActorValue, ControlStatement, DateValue, Event, Modality, Passage, PlaceKind, PlaceValue, RecordReport, SCHEMA,
    SourceKind, SourceValue, Toll, TollKind,
};

/// Bodies share next to no words, so that reports are different voices.
pub(crate) const BODIES: [&str; 4] = [
    "أفاد المرصد بأن طائرات حربية نفذت ضربة على البلدة صباح اليوم وسط حركة نزوح كبيرة للعائلات نحو البادية القريبة من النهر",
    "قال شهود عيان لمراسلنا إن دوي عدة تفجيرات سمع في أرجاء المكان مع بدء عمليات إسعاف الضحايا إلى المشفى الميداني شرقا",
    "نشرت شبكة محلية صورا تظهر دمارا واسعا في الأبنية السكنية وقالت إن فرق الإنقاذ لم تتمكن من الوصول حتى ساعة متأخرة",
    "ذكر بيان صادر عن القيادة أن العملية استهدفت مواقع ومخازن أسلحة ولم يشر إلى وقوع خسائر بين السكان أو تفاصيل أخرى عنها",
];

/// A place of the tests.
#[derive(Clone, Copy)]
pub(crate) struct Village {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) name_ar: &'static str,
    pub(crate) province: &'static str,
    pub(crate) at: (f64, f64),
}

pub(crate) const HAJIN: Village =
    Village { id: "geonames:1", name: "Hajin", name_ar: "هجين", province: "Deir ez-Zor", at: (34.69, 40.83) };
pub(crate) const SUSAH: Village =
    Village {
        id: "geonames:2", name: "Al-Susah", name_ar: "السوسة", province: "Deir ez-Zor", at: (34.50, 40.96)
    };
pub(crate) const TADMUR: Village =
    Village { id: "geonames:3", name: "Palmyra", name_ar: "تدمر", province: "Homs", at: (34.56, 38.27) };

/// What a report of the tests tells.
#[derive(Clone)]
pub(crate) struct Told {
    pub(crate) kind: SubEventType,
    pub(crate) place: Village,
    pub(crate) day: Option<&'static str>,
    pub(crate) by: &'static str,
    pub(crate) on: &'static str,
    pub(crate) killed: Option<u32>,
    pub(crate) source: Option<&'static str>,
    pub(crate) modality: Modality,
    pub(crate) passage: String,
}

impl Told {
    pub(crate) fn strike(place: Village, day: &'static str, killed: u32) -> Self {
        Self {
            kind: SubEventType::AirDroneStrike,
            place,
            day: Some(day),
            by: "coalition_oir",
            on: "civilians",
            killed: Some(killed),
            source: None,
            modality: Modality::Asserted,
            passage: format!("غارة على {}", place.name_ar),
        }
    }

    pub(crate) fn taking(place: Village, day: &'static str, by: &'static str, from: &'static str) -> Self {
        Self {
            kind: SubEventType::NonStateOvertakesTerritory,
            by,
            on: from,
            killed: None,
            passage: format!("سيطرت على {}", place.name_ar),
            ..Self::strike(place, day, 0)
        }
    }
}

pub(crate) fn passage(text: &str, of: &str) -> Passage {
    let start = text.find(of).map_or(0, |at| text[..at].chars().count());
    Passage { start: start as u32, end: (start + of.chars().count()) as u32, text: of.to_owned() }
}

/// A record as the coder would make it.
pub(crate) fn record(id: &str, outlet: &str, published: &str, body: &str, told: &[Told]) -> Record {
    let text = told.iter().fold(body.to_owned(), |text, told| format!("{text}\n{}", told.passage));
    let events = told.iter().enumerate().map(|(at, told)| event(id, at, &text, told)).collect();
    Record {
        schema: SCHEMA.to_owned(),
        report: RecordReport {
            id: id.to_owned(),
            url: Some(format!("https://example.org/{id}")),
            outlet: Some(outlet.to_owned()),
            section: None,
            title: body.lines().next().map(str::to_owned),
            title_from_url: false,
            published: Some(published.to_owned()),
            language: "ar".to_owned(),
            text,
        },
        events,
        control: Vec::new(),
    }
}

/// A record with a statement that a party holds a place, and nothing else.
pub(crate) fn statement(id: &str, outlet: &str, published: &str, place: Village, holder: &'static str) -> Record {
    let said = format!("{} التي يسيطر عليها {holder}", place.name_ar);
    let mut record = record(id, outlet, published, &format!("تقرير {id} من {outlet}\n{said}"), &[]);
    let here = passage(&record.report.text, &said);
    let taken = event(id, 0, &record.report.text, &Told::taking(place, "", holder, holder));
    record.control.push(ControlStatement {
        id: format!("{id}-c"),
        place: taken.places[0].clone(),
        holder: taken.actor1,
        evidence: vec![here],
        date: None,
        source: None,
        via: Vec::new(),
        why: Vec::new(),
    });
    record
}

fn event(id: &str, at: usize, text: &str, told: &Told) -> Event {
    let place = told.place;
    let here = passage(text, &told.passage);
    Event {
        id: format!("{id}-{at}"),
        event_type: told.kind.event_type(),
        sub_event_type: told.kind,
        modality: told.modality,
        background: false,
        trigger: here.clone(),
        evidence: vec![here.clone()],
        actor1: vec![actor(told.by, &here)],
        actor2: vec![actor(told.on, &here)],
        places: vec![PlaceValue {
            id: Some(place.id.to_owned()),
            name: place.name.to_owned(),
            name_ar: place.name_ar.to_owned(),
            country: Some("SY".to_owned()),
            admin1: Some(place.province.to_owned()),
            latitude: Some(place.at.0),
            longitude: Some(place.at.1),
            kind: PlaceKind::Settlement,
            geo_precision: 1,
            alternatives: Vec::new(),
            passage: passage(text, place.name_ar),
        }],
        date: told.day.map(|day| DateValue {
            start_day: Some(day.to_owned()),
            end_day: Some(day.to_owned()),
            time_precision: Some(1),
            passage: here.clone(),
        }),
        tolls: told
            .killed
            .map(|killed| Toll {
                kind: TollKind::Killed,
                of: "civilians".to_owned(),
                min: killed,
                max: Some(killed),
                approximate: false,
                source: None,
                passage: here.clone(),
            })
            .into_iter()
            .collect(),
        source: told.source.map(|key| SourceValue {
            key: key.to_owned(),
            name: key.to_owned(),
            kind: SourceKind::Monitor,
            passage: here,
        }),
        via: Vec::new(),
        confidence: 0.8,
        why: Vec::new(),
    }
}

fn actor(key: &str, passage: &Passage) -> ActorValue {
    ActorValue { key: key.to_owned(), name: key.to_owned(), name_ar: key.to_owned(), passage: passage.clone() }
}
