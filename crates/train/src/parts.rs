//! Parts of annotated reports as reports of their own: the headline, each paragraph.
//!
//! A post may be one sentence, and a page may be saved without its article; whole reports that
//! readers annotate are seldom so short.

use crate::gold::GoldReport;

/// A shorter line is a menu or a name, in words.
const SHORTEST: usize = 4;

/// The lines of a report with what is told in each. They bear the report's id, so that they are
/// measured and learned from together with it.
pub(crate) fn parts(report: &GoldReport) -> Vec<GoldReport> {
    let lines: Vec<&str> =
        report.text.lines().map(str::trim).filter(|line| line.split_whitespace().count() >= SHORTEST).collect();
    if lines.len() < 2 {
        return Vec::new();
    }
    lines.into_iter().map(|line| part(report, line)).collect()
}

/// The report cut to one of its lines: the events with a passage there.
fn part(report: &GoldReport, line: &str) -> GoldReport {
    let mut out = GoldReport { text: line.to_owned(), ..report.clone() };
    out.events.retain_mut(|event| {
        event.evidence.retain(|passage| line.contains(passage.as_str()));
        !event.evidence.is_empty()
    });
    out
}

#[cfg(test)]
mod tests {
    use super::parts;
    use crate::gold::GoldReport;

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
}
