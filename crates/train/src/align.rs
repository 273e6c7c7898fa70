//! Which mentions of a scene belong to which annotated event.

use maydani_core::SubEventType;
use maydani_core::codebook::Role;
use maydani_core::events::crowd::party;
use maydani_core::events::may_mention;
use maydani_core::events::scene::Scene;
use maydani_text::{article, normalise};

use crate::gold::{GoldEvent, GoldReport, Tells};

/// A range of bytes of the report.
type Bytes = (usize, usize);

/// How an event word tells of its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// Told again, outside the passages that the annotator chose.
    Again,
    /// In a passage that the annotator chose.
    Evidence,
    /// The very word that the annotator chose.
    Trigger,
}

/// The event of each event word of the scene, and how the word tells of it: as the annotator chose, as readers said of
/// the word, else by the passages of the events.
pub(crate) fn triggers(scene: &Scene<'_>, gold: &GoldReport) -> Vec<Option<(usize, Strength)>> {
    let text = &gold.text;
    let spans: Vec<(Option<Bytes>, Vec<Bytes>)> = gold
        .events
        .iter()
        .map(|event| {
            let evidence: Vec<(usize, usize)> = event
                .evidence
                .iter()
                .filter_map(|passage| text.find(passage.as_str()).map(|at| (at, at + passage.len())))
                .collect();
            let base = evidence.first().map_or(0, |(at, _)| *at);
            let trigger =
                text[base..].find(event.trigger.as_str()).map(|at| (base + at, base + at + event.trigger.len()));
            (trigger, evidence)
        })
        .collect();
    let overlaps = |a: (usize, usize), b: (usize, usize)| a.0 < b.1 && b.0 < a.1;
    scene
        .triggers
        .iter()
        .map(|trigger| {
            let span = scene.analysis.text.span(trigger.words.clone());
            let span = (span.start as usize, span.end as usize);
            let chosen = spans.iter().position(|(chosen, _)| chosen.is_some_and(|chosen| overlaps(chosen, span)));
            if let Some(event) = chosen {
                return Some((event, Strength::Trigger));
            }
            match gold.words.iter().find(|word| word.at == span).map(|word| word.tells) {
                Some(Tells::Nothing) => return None,
                Some(Tells::Event(event)) => {
                    let in_evidence = spans[event].1.iter().any(|passage| overlaps(*passage, span));
                    return Some((event, if in_evidence { Strength::Evidence } else { Strength::Again }));
                }
                // A word that sums up events is none of its own, unless it stands in the evidence of one. Learning
                // that passed over such words saw more events where there are none.
                Some(Tells::Several) | None => {}
            }
            let class = trigger.word(scene.book).class;
            let mut weak: Vec<(usize, usize)> = Vec::new();
            for (event, (_, evidence)) in spans.iter().enumerate() {
                let Some(kind) = SubEventType::from_code(&gold.events[event].kind) else { continue };
                for passage in evidence.iter().filter(|passage| overlaps(**passage, span)) {
                    if may_mention(class, kind) {
                        weak.push((passage.1 - passage.0, event));
                    }
                }
            }
            weak.sort_unstable();
            weak.first().map(|(_, event)| (*event, Strength::Evidence))
        })
        .collect()
}

/// The scorer's comparison of surfaces.
pub(crate) fn near(a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    !a.is_empty()
        && !b.is_empty()
        && (format!(" {b} ").contains(&format!(" {a} ")) || format!(" {a} ").contains(&format!(" {b} ")))
}

fn plain(text: &str) -> String {
    let text: String = normalise(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = text.split_whitespace().map(|word| article::without(word, article::AFTER_ONE)).collect();
    words.join(" ")
}

/// 1 for actor1, 2 for actor2, 0 for neither.
pub(crate) fn role(scene: &Scene<'_>, index: usize, event: &GoldEvent) -> usize {
    let mention = &scene.actors[index];
    let surface = scene
        .analysis
        .text
        .slice(scene.analysis.text.span_without(mention.words.clone(), mention.clitics.shown_from()));
    let kind = SubEventType::from_code(&event.kind);
    let same = |role: Role, actor: &crate::gold::GoldActor| {
        let party = kind.map_or_else(|| mention.party.clone(), |kind| party(scene.book, mention, kind, role));
        let Some(key) = party.key(scene.book) else { return false };
        if actor.key.starts_with("other:") || key.starts_with("other:") {
            actor.key == key || near(&actor.surface, surface)
        } else {
            actor.key == key
        }
    };
    if event.actor1.iter().any(|actor| same(Role::Actor1, actor)) {
        1
    } else if event.actor2.iter().any(|actor| same(Role::Actor2, actor)) {
        2
    } else {
        0
    }
}

pub(crate) fn place(scene: &Scene<'_>, index: usize, event: &GoldEvent) -> bool {
    let value = &scene.places[index].value;
    event.places.iter().any(|place| {
        near(&place.surface, &value.passage.text)
            || place.name_en.as_ref().is_some_and(|name| name.eq_ignore_ascii_case(&value.name))
    })
}

pub(crate) fn day(scene: &Scene<'_>, index: usize, event: &GoldEvent, text: &str) -> bool {
    let Some(date) = &event.date else { return false };
    let day = &scene.days[index];
    let days = (day.start.map(|day| day.to_string()), day.end.map(|day| day.to_string()));
    if date.start.is_some() {
        return days == (date.start.clone(), date.end.clone());
    }
    let span = (day.span.start as usize, day.span.end as usize);
    text.match_indices(date.surface.as_str()).any(|(at, surface)| at < span.1 && span.0 < at + surface.len())
}

pub(crate) fn toll(scene: &Scene<'_>, index: usize, event: &GoldEvent) -> bool {
    let toll = &scene.tolls[index];
    let kind =
        serde_json::to_value(toll.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default();
    event.tolls.iter().any(|gold| gold.kind == kind && gold.min == toll.min && gold.max == toll.max)
}

pub(crate) fn claim(scene: &Scene<'_>, index: usize, event: &GoldEvent) -> bool {
    let claim = &scene.claims[index];
    let surface =
        scene.analysis.text.slice(scene.analysis.text.span_without(claim.words.clone(), claim.clitics.shown_from()));
    event.source.as_ref().is_some_and(|source| source.key == claim.key || near(&source.surface, surface))
}

#[cfg(test)]
mod tests {
    use maydani_core::coder::Coder;
    use maydani_core::events::model::Model;
    use maydani_core::{Codebook, Gazetteer};

    use super::{Strength, triggers};
    use crate::gold::{GoldReport, GoldWord, Tells};

    type Label = Option<(usize, Strength)>;

    const TEXT: &str = "قصفت طائرة قرية الصفا وأصيب طفل. وأدى القصف إلى نزوح الأهالي. وكان قصف سابق أوقع قتلى.";

    fn labels(told: &[(&str, Tells)]) -> Vec<(String, Label)> {
        let event = serde_json::json!({"type": "air_drone_strike", "trigger": "قصفت",
            "evidence": ["قصفت طائرة قرية الصفا وأصيب طفل"], "modality": "asserted", "actor1": [], "actor2": [],
            "places": [], "date": null, "source": null});
        let report = serde_json::json!({"id": "r", "outlet": null, "published": null, "text": TEXT, "events": [event]});
        let mut gold: GoldReport = serde_json::from_value(report).expect("a report");
        let coder = Coder::with_model(
            Codebook::built_in().expect("the codebook"),
            Gazetteer::built_in().expect("the gazetteer"),
            Model::default(),
        )
        .expect("a coder");
        let report = gold.report();
        let scene = coder.scene(&report, &[]);
        let at = |index: usize| {
            let span = scene.analysis.text.span(scene.triggers[index].words.clone());
            (span.start as usize, span.end as usize)
        };
        for (surface, tells) in told {
            let index = (0..scene.triggers.len()).find(|&index| &TEXT[at(index).0..at(index).1] == *surface);
            gold.words.push(GoldWord { at: at(index.expect("an event word")), tells: *tells });
        }
        let labels = triggers(&scene, &gold);
        (0..labels.len()).map(|index| (TEXT[at(index).0..at(index).1].to_owned(), labels[index])).collect()
    }

    fn of<'l>(labels: &'l [(String, Label)], surface: &str) -> Option<&'l Label> {
        labels.iter().find(|(word, _)| word == surface).map(|(_, label)| label)
    }

    #[test]
    fn evidence_says_what_its_words_tell_of() {
        let labels = labels(&[]);
        assert_eq!(of(&labels, "قصفت"), Some(&Some((0, Strength::Trigger))), "{labels:?}");
        assert_eq!(of(&labels, "وأصيب"), Some(&Some((0, Strength::Evidence))));
        assert_eq!(of(&labels, "القصف"), Some(&None));
    }

    #[test]
    fn a_reader_s_word_goes_before_the_evidence() {
        let labels = labels(&[
            ("قصفت", Tells::Event(0)),
            ("وأصيب", Tells::Nothing),
            ("القصف", Tells::Event(0)),
            ("قتلى", Tells::Several),
        ]);
        assert_eq!(of(&labels, "قصفت"), Some(&Some((0, Strength::Trigger))), "{labels:?}");
        assert_eq!(of(&labels, "وأصيب"), Some(&None));
        assert_eq!(of(&labels, "القصف"), Some(&Some((0, Strength::Again))));
        assert_eq!(of(&labels, "قتلى"), Some(&None));
    }
}
