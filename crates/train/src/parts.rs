//! Parts of annotated reports as reports of their own: the headline, each paragraph.
//!
//! A post may be one sentence, and a page may be saved without its article; whole reports that
//! readers annotate are seldom so short.

use crate::gold::{GoldReport, Tells};

/// A shorter line is a menu or a name, in words.
const SHORTEST: usize = 4;

/// The lines of a report with what is told in each. They bear the report's id, so that they are
/// measured and learned from together with it.
pub(crate) fn parts(report: &GoldReport) -> Vec<GoldReport> {
    let mut at = 0;
    let mut lines: Vec<(usize, &str)> = Vec::new();
    for line in report.text.split_inclusive('\n') {
        let inner = line.trim();
        if inner.split_whitespace().count() >= SHORTEST {
            lines.push((at + line.len() - line.trim_start().len(), inner));
        }
        at += line.len();
    }
    if lines.len() < 2 {
        return Vec::new();
    }
    lines.into_iter().map(|(at, line)| part(report, line, at)).collect()
}

/// The report cut to one of its lines, which begins at byte `at`: the events with a passage or a word there.
fn part(report: &GoldReport, line: &str, at: usize) -> GoldReport {
    let mut out = GoldReport { text: line.to_owned(), ..report.clone() };
    out.words.retain_mut(|word| {
        let inside = at <= word.at.0 && word.at.1 <= at + line.len();
        if inside {
            word.at = (word.at.0 - at, word.at.1 - at);
        }
        inside
    });
    let mut numbers: Vec<Option<usize>> = Vec::new();
    out.events.clear();
    for (number, event) in report.events.iter().enumerate() {
        let mut event = event.clone();
        event.evidence.retain(|passage| line.contains(passage.as_str()));
        // A line that only tells it again holds none of its passages.
        if event.evidence.is_empty() {
            event.trigger.clear();
        }
        let told = !event.evidence.is_empty() || out.words.iter().any(|word| word.tells == Tells::Event(number));
        numbers.push(told.then_some(out.events.len()));
        out.events.extend(told.then_some(event));
    }
    for word in &mut out.words {
        // An event with a word here is kept.
        if let Tells::Event(number) = word.tells
            && let Some(kept) = numbers[number]
        {
            word.tells = Tells::Event(kept);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::parts;
    use crate::gold::{GoldReport, GoldWord, Tells};

    #[test]
    fn a_line_keeps_what_it_tells() {
        let event = |trigger: &str, evidence: &[&str]| {
            serde_json::json!({"type": "air_drone_strike", "trigger": trigger, "evidence": evidence,
                "modality": "asserted", "actor1": [], "actor2": [], "places": [], "date": null, "source": null})
        };
        let report: GoldReport = serde_json::from_value(serde_json::json!({
            "id": "1", "outlet": null, "published": null,
            "text": "غارة على قرية الصفا\n\nقصفت طائرة قرية الصفا مساء أمس.\n\nوأصيب طفل بقذيفة على حي الزهور.\n\nمشاركة",
            "events": [
                event("قصفت", &["قصفت طائرة قرية الصفا", "غارة على قرية الصفا"]),
                event("قذيفة", &["أصيب طفل بقذيفة على حي الزهور"]),
            ],
        }))
        .expect("a report");
        let told: Vec<(String, Vec<String>)> = parts(&report)
            .into_iter()
            .map(|part| (part.id, part.events.into_iter().map(|event| event.trigger).collect()))
            .collect();
        let wanted = ["قصفت", "قصفت", "قذيفة"];
        assert_eq!(told.len(), wanted.len());
        for ((id, triggers), wanted) in told.iter().zip(wanted) {
            assert_eq!((id.as_str(), triggers.as_slice()), ("1", [wanted.to_owned()].as_slice()));
        }
    }

    #[test]
    fn a_word_that_tells_again_keeps_its_event() {
        let event = |trigger: &str| {
            serde_json::json!({"type": "air_drone_strike", "trigger": trigger, "evidence": [trigger],
                "modality": "asserted", "actor1": [], "actor2": [], "places": [], "date": null, "source": null})
        };
        let text = "قصفت طائرة قرية الصفا أمس.\nوأدى القصف إلى دمار كبير هناك.";
        let mut report: GoldReport = serde_json::from_value(serde_json::json!({
            "id": "1", "outlet": null, "published": null, "text": text, "events": [event("اشتباك"), event("قصفت")],
        }))
        .expect("a report");
        let word = |surface: &str, tells| {
            let at = text.find(surface).unwrap_or_default();
            GoldWord { at: (at, at + surface.len()), tells }
        };
        report.words =
            vec![word("قصفت", Tells::Event(1)), word("القصف", Tells::Event(1)), word("دمار", Tells::Nothing)];
        let second = parts(&report).pop().expect("two lines");
        assert_eq!(second.events.len(), 1);
        let told: Vec<(&str, Tells)> =
            second.words.iter().map(|word| (&second.text[word.at.0..word.at.1], word.tells)).collect();
        assert_eq!(told, [("القصف", Tells::Event(0)), ("دمار", Tells::Nothing)]);
    }
}
