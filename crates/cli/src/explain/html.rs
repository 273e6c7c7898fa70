//! An explanation as a page of its own, right-to-left: no script, nothing fetched.

use maydani_core::record::{ControlStatement, Event, Modality, Passage, PlaceValue, Why};
use maydani_core::{Record, SubEventType};
use maydani_formats::csv::range;

use super::passages::{Piece, Role, pieces};

/// Stands before the first report. The policy forbids everything but the page's own style.
pub(crate) const OPEN: &str = concat!(
    "<!doctype html>\n<html lang=\"ar\" dir=\"rtl\">\n<head>\n<meta charset=\"utf-8\">\n",
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
    "<title>ميداني · شرح الترميز</title>\n<style>\n",
    include_str!("page.css"),
    "</style>\n</head>\n<body>\n<main>\n"
);

/// Stands after the last report.
pub(crate) const CLOSE: &str = "</main>\n</body>\n</html>\n";

/// One report: its text with each coded passage marked, then its events with their reasons.
///
/// `number` tells the reports of one page apart, from 1.
pub(crate) fn page(record: &Record, number: usize) -> String {
    let report = &record.report;
    let about = [report.section.as_deref(), report.outlet.as_deref(), report.published.as_deref(), report.caution()];
    let about: Vec<String> = about.into_iter().flatten().map(|part| format!("<bdi>{}</bdi>", safe(part))).collect();
    // The first line is the headline, marked as the rest is.
    let end_of_headline = report.text.find('\n').unwrap_or(report.text.len());
    let (mut headline, mut text, mut at) = (String::new(), String::new(), 0);
    for piece in pieces(record) {
        let (before, after) = piece.text.split_at(end_of_headline.saturating_sub(at).min(piece.text.len()));
        for (part, shown) in [(before, &mut headline), (after, &mut text)] {
            if !part.is_empty() {
                *shown += &marked(&Piece { text: part, marks: piece.marks.clone() }, record, number);
            }
        }
        at += piece.text.len();
    }
    let events: String =
        record.events.iter().enumerate().map(|(at, event)| about_event(event, &id(number, at), at + 1)).collect();
    let control: String = record.control.iter().map(about_control).collect();
    let none = match (record.events.is_empty(), report.language.as_str()) {
        (false, _) => "",
        (true, "ar") => "<p class=\"none\">لا حدث في هذا التقرير.</p>\n",
        (true, _) => "<p class=\"none\">التقرير ليس بالعربية فلم يُرمَّز.</p>\n",
    };
    format!(
        "<article>\n<h1>{headline}</h1>\n<p class=\"about\">{}</p>\n<div class=\"text\" lang=\"{}\">{}</div>\n{events}{control}{none}</article>\n",
        about.join(" · "),
        safe(&report.language),
        text.trim_start_matches('\n')
    )
}

fn id(report: usize, event: usize) -> String {
    format!("e{report}-{}", event + 1)
}

/// A piece of the text: evidence has a ground, a value leads to its event and says what it is.
fn marked(piece: &Piece<'_>, record: &Record, number: usize) -> String {
    let text = safe(piece.text);
    let evidence = piece.marks.iter().any(|mark| mark.role == Role::Evidence);
    let values: Vec<_> = piece.marks.iter().filter(|mark| mark.role != Role::Evidence).collect();
    let shown = match values.last() {
        None => text,
        Some(first) => {
            let notes = values.iter().filter_map(|mark| {
                let event = record.events.get(mark.event)?;
                Some(format!("{} {}: {}", mark.role.arabic(), mark.event + 1, kind(event.sub_event_type)))
            });
            let note = notes.collect::<Vec<_>>().join("، ");
            let mut numbers: Vec<String> = values.iter().map(|mark| (mark.event + 1).to_string()).collect();
            numbers.dedup();
            format!(
                "<a class=\"value {}\" href=\"#{}\" title=\"{}\">{text}<sup>{}</sup></a>",
                first.role.field(),
                id(number, first.event),
                safe(&note),
                numbers.join("،")
            )
        }
    };
    if evidence { format!("<mark class=\"evidence\">{shown}</mark>") } else { shown }
}

fn about_event(event: &Event, id: &str, number: usize) -> String {
    let mut rows = String::new();
    let mut row = |role: Role, value: String| {
        rows += &format!("<dt>{}</dt><dd>{value}</dd>\n", role.arabic());
    };
    row(Role::Trigger, quoted(Role::Trigger, &event.trigger, ""));
    for (role, side) in [(Role::Actor1, &event.actor1), (Role::Actor2, &event.actor2)] {
        let side = side.iter().map(|actor| quoted(role, &actor.passage, &format!("{} ({})", actor.name, actor.key)));
        let side: Vec<String> = side.collect();
        row(role, if side.is_empty() { "<span class=\"none\">غير معلوم</span>".to_owned() } else { side.join("، ") });
    }
    for place in &event.places {
        row(Role::Place, quoted(Role::Place, &place.passage, &about_place(place)));
    }
    if let Some(date) = &event.date {
        let days = match (&date.start_day, &date.end_day) {
            (Some(start), Some(end)) if start != end => format!("{start} – {end}"),
            (Some(start), _) => start.clone(),
            (None, _) => "?".to_owned(),
        };
        row(Role::Date, quoted(Role::Date, &date.passage, &days));
    }
    for toll in &event.tolls {
        // The number isolated: «2+» would else read «+2» between Arabic words.
        let number = range(toll.min, toll.max);
        let coded = format!("{} \u{2066}{number}\u{2069} {}", toll_kind(toll.kind), toll.of);
        row(Role::Toll, quoted(Role::Toll, &toll.passage, &coded));
    }
    if let Some(source) = &event.source {
        row(Role::Source, quoted(Role::Source, &source.passage, &format!("{} ({})", source.name, source.key)));
    }
    for relay in &event.via {
        row(Role::Via, quoted(Role::Via, &relay.passage, &relay.key));
    }
    for passage in &event.evidence {
        row(Role::Evidence, format!("«{}»", safe(&passage.text)));
    }
    let modality = match event.modality {
        Modality::Asserted => "",
        Modality::Denied => " · منفيّ",
        Modality::Planned => " · معلن لم يقع بعد",
    };
    let background = if event.background { " · خلفية" } else { "" };
    format!(
        "<section id=\"{id}\">\n<h2>{number}. {} <small><bdi>{}</bdi>{modality}{background} · الثقة {:.0}٪</small></h2>\n<dl>\n{rows}</dl>\n{}</section>\n",
        kind(event.sub_event_type),
        event.sub_event_type.code(),
        event.confidence * 100.0,
        reasons(&event.why)
    )
}

/// A statement that somebody holds a place.
fn about_control(said: &ControlStatement) -> String {
    let holders = said
        .holder
        .iter()
        .map(|actor| quoted(Role::Actor1, &actor.passage, &format!("{} ({})", actor.name, actor.key)));
    let holders: Vec<String> = holders.collect();
    let evidence: String = said
        .evidence
        .iter()
        .map(|passage| format!("<dt>{}</dt><dd>«{}»</dd>\n", Role::Evidence.arabic(), safe(&passage.text)))
        .collect();
    format!(
        "<section>\n<h2>إفادة بسيطرة قائمة</h2>\n<dl>\n<dt>المسيطر</dt><dd>{}</dd>\n<dt>{}</dt><dd>{}</dd>\n{evidence}</dl>\n{}</section>\n",
        holders.join("، "),
        Role::Place.arabic(),
        quoted(Role::Place, &said.place.passage, &about_place(&said.place)),
        reasons(&said.why)
    )
}

fn reasons(why: &[Why]) -> String {
    if why.is_empty() {
        return String::new();
    }
    let rows = why.iter().map(|why| {
        format!(
            "<tr><td><code dir=\"ltr\">{}</code></td><td><bdi>{}</bdi></td><td><code dir=\"ltr\">{}</code></td></tr>\n",
            safe(&why.field),
            safe(&why.pattern),
            safe(&why.entry)
        )
    });
    format!(
        "<details open><summary>لماذا</summary>\n<table>\n<tr><th>الحقل</th><th>القاعدة</th><th>المدخل</th></tr>\n{}</table></details>\n",
        rows.collect::<String>()
    )
}

/// The words of the text, then what was coded from them.
fn quoted(role: Role, passage: &Passage, coded: &str) -> String {
    let words = format!("<span class=\"value {}\">{}</span>", role.field(), safe(&passage.text));
    if coded.is_empty() { words } else { format!("{words} <bdi class=\"coded\">{}</bdi>", safe(coded)) }
}

fn about_place(place: &PlaceValue) -> String {
    let mut about = place.name.clone();
    for part in [&place.admin1, &place.country].into_iter().flatten() {
        about += &format!(", {part}");
    }
    match (place.latitude, place.longitude) {
        (Some(latitude), Some(longitude)) => about += &format!(" ({latitude:.4}, {longitude:.4})"),
        _ if place.alternatives.is_empty() => about += " (not located)",
        _ => {
            let others = place.alternatives.iter().map(|other| {
                let where_ = other.admin1.as_deref().or(other.country.as_deref()).unwrap_or("?");
                format!("{} in {where_}", other.name)
            });
            about += &format!(" (one of: {})", others.collect::<Vec<_>>().join("; "));
        }
    }
    about
}

/// The Arabic name of a kind of event.
const fn kind(kind: SubEventType) -> &'static str {
    use SubEventType as S;
    match kind {
        S::ArmedClash => "اشتباك مسلح",
        S::GovernmentRegainsTerritory => "قوات حكومية تسيطر على أرض",
        S::NonStateOvertakesTerritory => "جماعة مسلحة تسيطر على أرض",
        S::ChemicalWeapon => "سلاح كيميائي",
        S::AirDroneStrike => "غارة جوية أو مسيّرة",
        S::SuicideBomb => "تفجير انتحاري",
        S::ShellingArtilleryMissile => "قصف مدفعي أو صاروخي",
        S::RemoteExplosiveIed => "عبوة أو لغم أو سيارة مفخخة",
        S::Grenade => "قنبلة يدوية",
        S::SexualViolence => "عنف جنسي",
        S::Attack => "اعتداء على عزّل",
        S::Abduction => "خطف أو إخفاء قسري",
        S::PeacefulProtest => "احتجاج سلمي",
        S::ProtestWithIntervention => "احتجاج فُرّق أو قُمع",
        S::ExcessiveForce => "قوة مفرطة ضد محتجين",
        S::ViolentDemonstration => "تظاهرة عنيفة",
        S::MobViolence => "عنف حشد",
        S::Agreement => "اتفاق",
        S::Arrests => "اعتقالات",
        S::ChangeToGroupActivity => "تغيّر في نشاط قوة",
        S::DisruptedWeaponsUse => "إحباط استخدام سلاح",
        S::HeadquartersEstablished => "إقامة مقر أو قاعدة",
        S::LootingPropertyDestruction => "نهب أو تدمير أملاك",
        S::NonViolentTransfer => "انتقال السيطرة بلا قتال",
        S::OtherStrategic => "تطور آخر",
    }
}

const fn toll_kind(kind: maydani_core::record::TollKind) -> &'static str {
    use maydani_core::record::TollKind as T;
    match kind {
        T::Killed => "قتلى",
        T::Wounded => "جرحى",
        T::KilledOrWounded => "قتلى وجرحى",
        T::Captured => "أسرى",
        T::Arrested => "معتقلون",
        T::Abducted => "مخطوفون",
        T::Missing => "مفقودون",
        T::Displaced => "نازحون",
        T::Surrendered => "مستسلمون",
    }
}

/// Text of a report can never become markup.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter if letter.is_control() && !matches!(letter, '\n' | '\t') => safe.push('\u{fffd}'),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_markup() {
        assert_eq!(safe("<script>\"&'"), "&lt;script&gt;&quot;&amp;&#39;");
    }
}
