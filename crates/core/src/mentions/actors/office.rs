//! Who holds an office, as a party: «هاجموا موكب محافظ المدينة فلان», «هتفوا ضد رئيس الوزراء».

use maydani_text::inflect::Number;
use maydani_text::{Gap, WordKind, article};

use super::{ActorMention, Naming, Party};
use crate::analysis::{Analysis, Hit};
use crate::codebook::{Codebook, Kind, ReportingKind, TitleKind, WordClass};

/// The holder of an office where he does not speak; the office is one of those that titles.tsv calls `office`.
pub(super) fn holder(analysis: &Analysis<'_>, book: &Codebook, hit: &Hit) -> Option<ActorMention> {
    let text = &analysis.text;
    let title = &book.titles[hit.index];
    if title.kind != TitleKind::Office {
        return None;
    }
    let count = text.words().len();
    let mut end = hit.end;
    // «رئيس الوزراء الياباني», «محافظ المدينة»: whose he is.
    let owner = |at: usize| {
        at < count
            && text.gap(at).only(Gap::INSIDE_NAME)
            && text.words()[at].kind == WordKind::Arabic
            && !analysis.is(at, WordClass::EndsOffice)
            && !analysis.is(at, WordClass::Time)
            && !analysis.is(at, WordClass::Function)
            && analysis.at(at).all(|hit| matches!(hit.kind, Kind::Adjective | Kind::Metonym) && hit.clitics.peeled == 0)
    };
    let definite = article::begins(text.norm(hit.end - 1), article::AFTER_FREQUENT);
    if definite {
        // «الحزب الحاكم», «الأسباب الرئيسة»: a word that agrees with the one before it.
        let agrees = hit.end == hit.start + 1
            && hit.start > 0
            && text.gap(hit.start).only(Gap::INSIDE_NAME)
            && article::begins(text.norm(hit.start - 1), article::AFTER_ANY);
        if agrees {
            return None;
        }
        if owner(end) && analysis.kind_at(end, Kind::Adjective).is_some() {
            end += 1;
        }
    } else if owner(end) && text.norm(end).len() > 4 {
        end += 1;
    } else {
        return None;
    }
    // «طالب باستقالة رئيس الوزراء»: he is not who demands.
    let reports = |word: usize| {
        analysis
            .kind_at(word, Kind::Reporting)
            .is_some_and(|hit| !matches!(book.reporting[hit.index].kind, ReportingKind::Order | ReportingKind::Condemn))
    };
    let speaks = (hit.start.saturating_sub(2)..hit.start).any(reports)
        || end < count && (reports(end) || analysis.is(end, WordClass::ThatSpeaks));
    if speaks {
        return None;
    }
    Some(ActorMention {
        words: hit.start..end,
        clitics: hit.clitics,
        party: Party::Other(book.english.name(text.slice(text.span(hit.start..end)))),
        naming: Naming::Person,
        number: Number::One,
        force: None,
        entry: title.at,
    })
}
