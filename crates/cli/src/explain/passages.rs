//! The passages of a record, cut so that none overlaps another.

use maydani_core::Record;
use maydani_core::record::{Event, Passage};

/// What a passage says about an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// A clause that states the event.
    Evidence,
    /// The words that name it.
    Trigger,
    /// Who acts.
    Actor1,
    /// Whom it is done to.
    Actor2,
    /// Where.
    Place,
    /// When.
    Date,
    /// The dead, wounded, taken.
    Toll,
    /// Who says so.
    Source,
    /// Through whom.
    Via,
}

impl Role {
    /// The field's name in a record.
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Trigger => "trigger",
            Self::Actor1 => "actor1",
            Self::Actor2 => "actor2",
            Self::Place => "place",
            Self::Date => "date",
            Self::Toll => "toll",
            Self::Source => "source",
            Self::Via => "via",
        }
    }

    /// The role's Arabic name.
    pub(crate) const fn arabic(self) -> &'static str {
        match self {
            Self::Evidence => "الشاهد",
            Self::Trigger => "الحدث",
            Self::Actor1 => "الفاعل",
            Self::Actor2 => "المستهدَف",
            Self::Place => "المكان",
            Self::Date => "الزمن",
            Self::Toll => "الحصيلة",
            Self::Source => "المصدر",
            Self::Via => "نقلاً عن",
        }
    }
}

/// A mark on a passage: the event's place in the record, from 0, and what the passage says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    pub(crate) event: usize,
    pub(crate) role: Role,
}

/// A piece of the report with the marks that lie on the whole of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece<'t> {
    pub(crate) text: &'t str,
    pub(crate) marks: Vec<Mark>,
}

/// Every passage of an event with its role.
pub(crate) fn of_event(event: &Event) -> Vec<(Role, &Passage)> {
    let mut passages: Vec<(Role, &Passage)> = vec![(Role::Trigger, &event.trigger)];
    passages.extend(event.evidence.iter().map(|passage| (Role::Evidence, passage)));
    passages.extend(event.actor1.iter().map(|actor| (Role::Actor1, &actor.passage)));
    passages.extend(event.actor2.iter().map(|actor| (Role::Actor2, &actor.passage)));
    passages.extend(event.places.iter().map(|place| (Role::Place, &place.passage)));
    passages.extend(event.date.iter().map(|date| (Role::Date, &date.passage)));
    passages.extend(event.tolls.iter().map(|toll| (Role::Toll, &toll.passage)));
    passages.extend(event.source.iter().map(|source| (Role::Source, &source.passage)));
    passages.extend(event.via.iter().map(|relay| (Role::Via, &relay.passage)));
    passages
}

/// The whole text in pieces, in order: joined they are the text again.
pub(crate) fn pieces(record: &Record) -> Vec<Piece<'_>> {
    let text = record.report.text.as_str();
    // Passages count code points; the text is cut at bytes.
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let length = bytes.len() - 1;

    let marked: Vec<(usize, usize, Mark)> = record
        .events
        .iter()
        .enumerate()
        .flat_map(|(event, coded)| {
            of_event(coded).into_iter().map(move |(role, passage)| (Mark { event, role }, passage))
        })
        .map(|(mark, passage)| ((passage.start as usize).min(length), (passage.end as usize).min(length), mark))
        .filter(|(start, end, _)| start < end)
        .collect();
    let mut cuts: Vec<usize> = marked.iter().flat_map(|(start, end, _)| [*start, *end]).chain([0, length]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|cut| {
            let (start, end) = (cut[0], cut[1]);
            let mut marks: Vec<Mark> =
                marked.iter().filter(|(from, to, _)| *from <= start && end <= *to).map(|(_, _, mark)| *mark).collect();
            marks.sort_unstable();
            marks.dedup();
            Piece { text: &text[bytes[start]..bytes[end]], marks }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &str, passages: &[(&str, Role)]) -> Record {
        let passage = |words: &str| {
            let start = text[..text.find(words).expect("in the text")].chars().count() as u32;
            serde_json::json!({"start": start, "end": start + words.chars().count() as u32, "text": words})
        };
        let of = |role: Role| {
            passages.iter().filter(|(_, is)| *is == role).map(|(words, _)| passage(words)).collect::<Vec<_>>()
        };
        let actors: Vec<_> = of(Role::Actor1)
            .into_iter()
            .map(|mut actor| {
                actor["key"] = "k".into();
                actor["name"] = "n".into();
                actor["name_ar"] = "ن".into();
                actor
            })
            .collect();
        serde_json::from_value(serde_json::json!({
            "schema": "maydani/1",
            "report": {"id": "1", "url": null, "outlet": null, "section": null, "title": null, "published": null,
                       "language": "ar", "text": text},
            "events": [{
                "id": "e", "event_type": "Battles", "sub_event_type": "armed_clash", "modality": "asserted", "background": false,
                "trigger": of(Role::Trigger)[0], "evidence": of(Role::Evidence), "actor1": actors, "actor2": [], "places": [],
                "date": null, "tolls": [], "source": null, "via": [], "confidence": 0.5
            }]
        }))
        .expect("a record")
    }

    #[test]
    fn pieces_joined_are_the_text() {
        let record = record(
            "خبر\n\nهاجم داعش هجين.",
            &[("هاجم", Role::Trigger), ("هاجم داعش هجين", Role::Evidence), ("داعش", Role::Actor1)],
        );
        let pieces = pieces(&record);
        assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), record.report.text);
        let roles: Vec<(&str, Vec<Role>)> =
            pieces.iter().map(|piece| (piece.text, piece.marks.iter().map(|mark| mark.role).collect())).collect();
        assert_eq!(
            roles,
            [
                ("خبر\n\n", vec![]),
                ("هاجم", vec![Role::Evidence, Role::Trigger]),
                (" ", vec![Role::Evidence]),
                ("داعش", vec![Role::Evidence, Role::Actor1]),
                (" هجين", vec![Role::Evidence]),
                (".", vec![]),
            ]
        );
    }
}
