//! What linking knows of one event.

use std::sync::LazyLock;

use maydani_core::event_type::SubEventType;
use maydani_core::record::{Event, Modality, Passage, PlaceKind, Record, TollKind};
use maydani_text::{ARTICLE, article, normalise};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::day::{self, Day};
use crate::near_duplicates::hash;
use crate::news::{News, Told};

/// What linking knows of one event: made once, kept by the archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The event, by a name that no other event of the archive bears.
    pub id: String,
    /// Its report.
    pub report: String,
    /// What happened.
    pub kind: SubEventType,
    /// Whether it is said to have happened.
    pub modality: Modality,
    /// First and last day that the report gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<(Day, Day)>,
    /// Day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Day>,
    /// The weekday named, where no day could be resolved: 0 Sunday … 6 Saturday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekday: Option<u8>,
    /// The weekday of the report's news or the day before it, where the event names none: 0 Sunday … 6 Saturday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news_weekday: Option<u8>,
    /// The month and day named, where the year could not be resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month_day: Option<(i8, i8)>,
    /// The report only recalls it: its news is later.
    #[serde(default)]
    pub recalled: bool,
    /// It is not what the report leads with.
    #[serde(default)]
    pub aside: bool,
    /// The outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Where.
    pub places: Vec<PlaceFacts>,
    /// Keys of those who act.
    pub actor1: Vec<String>,
    /// Keys of those it is done to.
    pub actor2: Vec<String>,
    /// Lowest and highest number of dead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub killed: Option<(u32, Option<u32>)>,
    /// Lowest and highest number of wounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wounded: Option<(u32, Option<u32>)>,
    /// Hashes of the telling words of its passages, and of pairs of them, sorted.
    pub words: Vec<u32>,
    /// Hashes of the names of all narrow places of the report's events, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub report_places: Vec<u32>,
}

/// What linking knows of one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceFacts {
    /// Gazetteer id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Arabic name, normalised, articles gone.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin1: Option<String>,
    /// Degrees north and east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<(f64, f64)>,
    /// Where namesakes lie that the report does not rule out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub namesakes: Vec<(f64, f64)>,
    /// What it is.
    pub kind: PlaceKind,
    /// A province is called after it: much happens there in a day.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub seat: bool,
}

impl PlaceFacts {
    /// Whether it is a place that one can stand in: no province, no country.
    #[must_use]
    pub const fn is_precise(&self) -> bool {
        matches!(self.kind, PlaceKind::Settlement | PlaceKind::Neighbourhood | PlaceKind::Site)
    }
}

impl Facts {
    /// The facts of all events of a record, in their order.
    #[must_use]
    pub fn of(record: &Record) -> Vec<Self> {
        let news = News::of(record);
        let places = report_places(record);
        let of_event =
            |(ordinal, event)| Self { report_places: places.clone(), ..Self::of_event(record, &news, ordinal, event) };
        record.events.iter().enumerate().map(of_event).collect()
    }

    fn of_event(record: &Record, news: &News, ordinal: usize, event: &Event) -> Self {
        let date = event.date.as_ref();
        let coded = date.and_then(|date| {
            let start = day::parse(date.start_day.as_deref()?)?;
            let end = date.end_day.as_deref().and_then(day::parse).unwrap_or(start);
            Some((start, end.max(start)))
        });
        let told = date.filter(|_| coded.is_none()).map(|date| Told::of(&date.passage.text));
        let days = coded.or_else(|| told.and_then(|told| news.resolve(told)).map(|day| (day, day)));
        let undated = told.filter(|_| days.is_none());
        let weekday = undated.and_then(|told| told.weekday);
        let month_day = undated.and_then(|told| told.month_day);
        Self {
            id: event_key(&record.report.id, &event.id, ordinal),
            report: record.report.id.clone(),
            kind: event.sub_event_type,
            modality: event.modality,
            days,
            published: news.day,
            weekday,
            news_weekday: if days.is_none() && weekday.is_none() { news.weekday_of(told) } else { None },
            month_day,
            recalled: event.background
                || days.is_some_and(|(_, last)| news.latest().is_some_and(|news| last < news - NEWS_DAYS)),
            aside: ordinal >= LEAD,
            outlet: record.report.outlet.clone(),
            places: event.places.iter().map(place_facts).collect(),
            actor1: event.actor1.iter().map(|actor| actor.key.clone()).collect(),
            actor2: event.actor2.iter().map(|actor| actor.key.clone()).collect(),
            killed: total(event, TollKind::Killed),
            wounded: total(event, TollKind::Wounded),
            words: telling_words(&record.report.text, &event.evidence),
            report_places: Vec::new(),
        }
    }

    /// The day on which linking and queries place the event: the day told, else that of publication.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        self.days.map(|(start, _)| start).or(self.published)
    }
}

/// The day of a report's news: that of publication, or what its address or its text tell of it.
#[must_use]
pub fn day_of_news(record: &Record) -> Option<Day> {
    News::of(record).day
}

/// A name for an event that no other event of the archive bears.
#[must_use]
pub fn event_key(report: &str, event: &str, ordinal: usize) -> String {
    if event.is_empty() { format!("{report}#{ordinal}") } else { format!("{report}#{event}") }
}

fn place_facts(place: &maydani_core::record::PlaceValue) -> PlaceFacts {
    let name = if place.name_ar.is_empty() { &place.passage.text } else { &place.name_ar };
    PlaceFacts {
        id: place.id.clone(),
        name: name_key(name),
        country: place.country.clone(),
        admin1: place.admin1.as_deref().map(name_key),
        at: place.latitude.zip(place.longitude),
        namesakes: place.alternatives.iter().map(|other| (other.latitude, other.longitude)).collect(),
        kind: place.kind,
        seat: place.admin1.as_deref().is_some_and(|province| province.eq_ignore_ascii_case(&place.name)),
    }
}

fn report_places(record: &Record) -> Vec<u32> {
    let narrow = record.events.iter().filter(|event| !event.background).flat_map(|event| &event.places);
    let mut names: Vec<u32> =
        narrow.map(place_facts).filter(PlaceFacts::is_precise).map(|place| hash(&place.name) as u32).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// A name in the form in which names are compared: normalised, articles gone.
#[must_use]
pub fn name_key(name: &str) -> String {
    let normalised = normalise(name);
    let words = normalised.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(without_article).collect::<Vec<_>>().join(" ")
}

fn without_article(word: &str) -> &str {
    word.strip_prefix(ARTICLE).filter(|rest| rest.chars().count() > 1).unwrap_or(word)
}

/// All tolls of a kind added up, as reports give parts without a total.
fn total(event: &Event, kind: TollKind) -> Option<(u32, Option<u32>)> {
    let mut sum: Option<(u32, Option<u32>)> = None;
    for toll in event.tolls.iter().filter(|toll| toll.kind == kind) {
        let (min, max) = sum.unwrap_or((0, Some(0)));
        sum = Some((min.saturating_add(toll.min), max.zip(toll.max).map(|(a, b)| a.saturating_add(b))));
    }
    sum
}

/// What lies so many days before the news of a report is only recalled by it.
const NEWS_DAYS: Day = 3;

/// So many events at the head of a report are what it leads with.
const LEAD: usize = 2;

/// Code points around a passage that are read with it, within its paragraph.
const BEFORE: usize = 400;
const AFTER: usize = 500;

/// Hashes of the words that tell one occurrence from another, out of the passages and what stands
/// around them: those that the codebook does not know. They are names, mostly.
fn telling_words(text: &str, evidence: &[Passage]) -> Vec<u32> {
    let mut words = Vec::new();
    for passage in evidence {
        let normalised = normalise(surroundings(text, passage));
        for word in normalised.split(|c: char| !c.is_alphabetic()) {
            let stem = stem(word);
            if stem.chars().count() >= 3 && !is_common(stem) {
                words.push(hash(stem) as u32);
            }
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// The passage and what stands around it in its paragraph.
fn surroundings<'t>(text: &'t str, passage: &Passage) -> &'t str {
    let (mut from, mut to) = (text.len(), text.len());
    let (first, last) = (passage.start as usize, passage.end as usize);
    for (at, (byte, c)) in text.char_indices().enumerate() {
        if at + BEFORE == first || at == 0 || (c == '\n' && at < first && at + BEFORE > first) {
            from = byte;
        }
        if at >= last && (c == '\n' || at == last + AFTER) {
            to = byte;
            break;
        }
    }
    text.get(from..to).unwrap_or_default()
}

/// A word without conjunction, preposition before the article, and article.
fn stem(word: &str) -> &str {
    let bare = article::without(word, article::AFTER_ANY);
    if bare != word && bare.chars().count() > 2 {
        return bare;
    }
    match word.strip_prefix('و') {
        Some(rest) if rest.chars().count() > 3 => rest,
        _ => word,
    }
}

/// Words of the codebook and everyday ones: every report of conflict has them, and they tell nothing.
fn is_common(stem: &str) -> bool {
    static COMMON: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
        let mut common = FxHashSet::default();
        for file in CODEBOOK {
            for word in normalise(file).split(|c: char| !c.is_alphabetic()) {
                common.insert(self::stem(word).to_owned());
            }
        }
        common
    });
    COMMON.contains(stem)
}

const CODEBOOK: [&str; 19] = [
    include_str!("../../../codebook/common_words.txt"),
    include_str!("../../../codebook/actors.tsv"),
    include_str!("../../../codebook/adjectives.tsv"),
    include_str!("../../../codebook/cues.tsv"),
    include_str!("../../../codebook/days.tsv"),
    include_str!("../../../codebook/events.tsv"),
    include_str!("../../../codebook/forces.tsv"),
    include_str!("../../../codebook/furniture.tsv"),
    include_str!("../../../codebook/means.tsv"),
    include_str!("../../../codebook/months.tsv"),
    include_str!("../../../codebook/numbers.tsv"),
    include_str!("../../../codebook/page_parts.tsv"),
    include_str!("../../../codebook/persons.tsv"),
    include_str!("../../../codebook/place_words.tsv"),
    include_str!("../../../codebook/reporting.tsv"),
    include_str!("../../../codebook/sources.tsv"),
    include_str!("../../../codebook/titles.tsv"),
    include_str!("../../../codebook/tolls.tsv"),
    include_str!("../../../codebook/weekdays.tsv"),
];
