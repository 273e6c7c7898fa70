//! Who holds an office, as a party: «هاجموا موكب محافظ المدينة فلان», «هتفوا ضد رئيس الوزراء».

use maydani_text::inflect::Number;
use maydani_text::{Gap, WordKind};

use super::{ActorMention, Naming, Party};
use crate::analysis::{Analysis, Hit};
use crate::codebook::{Codebook, Kind, TitleKind, WordClass};
use crate::transcribe::transcribe;

/// How many words of a name may follow an office.
const NAME: usize = 4;

/// The holder of an office where he does not speak; the office is one of those that titles.tsv calls `office`.
pub(super) fn holder(analysis: &Analysis<'_>, book: &Codebook, hit: &Hit) -> Option<ActorMention> {
    let text = &analysis.text;
    let title = &book.titles[hit.index];
    if title.kind != TitleKind::Office || hit.end != hit.start + 1 && hit.clitics.peeled > 3 {
        return None;
    }
    let count = text.words().len();
    let mut end = hit.end;
    while end < count
        && end < hit.end + NAME
        && text.gap(end).only(Gap::INSIDE_NAME)
        && text.words()[end].kind == WordKind::Arabic
        && text.norm(end).len() > 4
        && analysis
            .at(end)
            .all(|hit| matches!(hit.kind, Kind::Adjective | Kind::Title | Kind::Number | Kind::Metonym) && hit.clitics.peeled == 0)
        && !analysis.is(end, WordClass::EndsOffice)
        && !analysis.is(end, WordClass::Time)
    {
        end += 1;
    }
    let reports = |word: usize| analysis.kind_at(word, Kind::Reporting).is_some();
    let speaks = (hit.start.saturating_sub(3)..hit.start).any(reports)
        || end < count && (reports(end) || analysis.is(end, WordClass::ThatSpeaks));
    if speaks {
        return None;
    }
    Some(ActorMention {
        words: hit.start..end,
        clitics: hit.clitics,
        party: Party::Other(transcribe(text.slice(text.span(hit.start..end)))),
        naming: Naming::Person,
        number: Number::One,
        force: None,
        entry: title.at,
    })
}
