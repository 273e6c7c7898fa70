//! Groups that no entry of the codebook names: a group noun with a name or a number.

use maydani_text::inflect::Number;
use maydani_text::{ARTICLE, Gap, WordKind};

use super::{ActorMention, Naming, Party};
use crate::analysis::{Analysis, Hit};
use crate::codebook::{At, Codebook, ForceClass, Kind, WordClass};

/// How many words a group's name takes at most.
const NAME: usize = 4;

/// A group noun with what names the group after it.
pub(super) fn named(
    analysis: &Analysis<'_>,
    book: &Codebook,
    hit: &Hit,
    class: ForceClass,
    at: At,
) -> Option<ActorMention> {
    let text = &analysis.text;
    let count = text.words().len();
    let start = hit.end;
    if start >= count || !text.gap(start).only(Gap::INSIDE_NAME) {
        return None;
    }
    // «"لواء" الفجر»: the mark closes the noun's own quotation.
    let quoted = text.gap(start).any(Gap::QUOTE) && !text.gap(hit.start).any(Gap::QUOTE);
    // «اللواء خالد» is an officer, «الخلية المذكورة» told of before.
    let definite = analysis.at(hit.start).any(|hit| hit.kind == Kind::Force && hit.form.definite());
    let end = match class {
        ForceClass::Group | ForceClass::Unit | ForceClass::WeakGroup if quoted => name_end(analysis, start, true),
        ForceClass::Group => numbered(analysis, start)
            .or_else(|| martyrs(analysis, book, start))
            .unwrap_or_else(|| if definite { start } else { name_end(analysis, start, false) }),
        ForceClass::Unit => numbered(analysis, start).unwrap_or(start),
        _ => start,
    };
    if end == start {
        return None;
    }
    let name = book.english.name(text.slice(text.span(hit.start..end)));
    Some(ActorMention {
        words: hit.start..end,
        clitics: hit.clitics,
        party: Party::Other(name),
        naming: Naming::Group,
        number: Number::Many,
        force: Some(ForceClass::Group),
        entry: at,
    })
}

/// Where a name ends that begins at a word: the quotation, or words that nothing lists.
fn name_end(analysis: &Analysis<'_>, start: usize, quoted: bool) -> usize {
    let text = &analysis.text;
    let count = text.words().len();
    let known = |word: usize| analysis.at(word).any(|h| !matches!(h.kind, Kind::Number | Kind::Cue));
    if text.words()[start].kind != WordKind::Arabic {
        return start;
    }
    let mut end = start;
    while end < count && end < start + NAME && (end == start || text.gap(end).only(Gap::INSIDE_NAME)) {
        if end > start && quoted && text.gap(end).any(Gap::QUOTE) {
            break;
        }
        let word = text.norm(end);
        let grammar = analysis.is(end, WordClass::Function) || analysis.is(end, WordClass::EndsOffice);
        if !quoted && (grammar || known(end) || word.len() <= 6 || end > start && !word.starts_with(ARTICLE)) {
            break;
        }
        end += 1;
    }
    end
}

/// «اللواء 17», «الفرقة الأولى الساحلية», «القوة السادسة»: a unit known by its number.
fn numbered(analysis: &Analysis<'_>, start: usize) -> Option<usize> {
    let text = &analysis.text;
    let number = match text.words()[start].kind {
        WordKind::Number => true,
        WordKind::Arabic => analysis.is(start, WordClass::Ordinal),
        WordKind::Foreign => false,
    };
    // «اللواء ٣ جنود» has the number of others.
    let counts = |at: usize| {
        analysis.at(at).any(|hit| matches!(hit.kind, Kind::Person | Kind::Toll) && hit.clitics.peeled == 0)
            && !text.norm(at).starts_with(ARTICLE)
    };
    if !number || start + 1 < text.words().len() && text.gap(start + 1).only(Gap::INSIDE_NAME) && counts(start + 1) {
        return None;
    }
    let mut end = start + 1;
    while end < text.words().len()
        && end < start + 2
        && text.gap(end).only(Gap::INSIDE_NAME)
        && text.norm(end).starts_with(ARTICLE)
        && analysis.at(end).next().is_none()
    {
        end += 1;
    }
    Some(end)
}

/// «لواء شهداء البلدة»: the dead in a unit's name are none of the report's.
fn martyrs(analysis: &Analysis<'_>, book: &Codebook, start: usize) -> Option<usize> {
    let text = &analysis.text;
    let dead = analysis
        .kind_at(start, Kind::Toll)
        .is_some_and(|hit| book.tolls[hit.index].person && hit.end == start + 1 && hit.clitics.peeled == 0);
    let name = start + 1;
    let follows = name < text.words().len()
        && text.gap(name).only(Gap::INSIDE_NAME)
        && text.words()[name].kind == WordKind::Arabic
        && text.norm(name).len() > 4
        && !analysis.at(name).any(|hit| !matches!(hit.kind, Kind::Number | Kind::Cue));
    (dead && !text.norm(start).starts_with(ARTICLE) && follows).then_some(name + 1)
}
