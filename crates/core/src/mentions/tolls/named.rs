//! Victims named one by one.

use maydani_text::inflect::Number;
use maydani_text::{ARTICLE, Gap, WordKind};

use super::Finder;
use super::victims::Victims;
use crate::codebook::{Kind, WordClass};
use crate::mentions::actors::Naming;

impl Finder<'_, '_> {
    /// «كل من سعيد (20 عاما)، ووليد، وعمر», «العريف سعيد، والجندي وليد»: named one by one.
    pub(super) fn named(&self, at: usize, adjacent: bool) -> Option<Victims> {
        let text = &self.analysis.text;
        let end = self.analysis.sentence_range(at).end;
        let all = self.is(at, WordClass::Each) && at + 2 < end && self.is(at + 1, WordClass::Of);
        let ranked = |word: usize| {
            self.actor_at(word).is_some_and(|index| {
                let mention = &self.actors[index];
                mention.number == Number::One && mention.naming == Naming::Fighter
            }) && text.norm(word).trim_start_matches('و').starts_with(ARTICLE)
        };
        if !(all || adjacent && ranked(at)) {
            return None;
        }
        let name = |word: usize| {
            text.words()[word].kind == WordKind::Arabic
                && !self
                    .analysis
                    .at(word)
                    .any(|hit| matches!(hit.kind, Kind::Toll | Kind::Event | Kind::Cue | Kind::Means))
                && !self.is(word, WordClass::NoName)
                // «وتم نقلهم»
                && !self.book.is(text.norm(word).trim_start_matches('و'), WordClass::Auxiliary)
        };
        let mut count = 1;
        let mut word = at + if all { 2 } else { 1 };
        let mut last = word;
        let mut aside = false;
        let (mut style, mut before_last) = (None, false);
        while word < end {
            let gap = text.gap(word);
            if gap.any(Gap::STOP.and(Gap::LINE).and(Gap::SEMICOLON)) {
                break;
            }
            if gap.any(Gap::OPEN) {
                aside = true; // the age in brackets
            } else if gap.any(Gap::CLOSE) {
                aside = false;
            }
            let joined = text.norm(word).starts_with('و');
            let age = text.words()[word].kind == WordKind::Number || text.words()[word - 1].kind == WordKind::Number;
            if !aside && !age {
                if !name(word) || !all && gap.any(Gap::COMMA) && !joined {
                    break;
                }
                if gap.any(Gap::COMMA) || all && joined && count == 1 {
                    if !(all || text.is_and(word) || ranked(word)) {
                        break;
                    }
                    // Either all are joined by و, or the last alone.
                    let ended = match style {
                        None => false,
                        Some(true) => !joined,
                        Some(false) => before_last,
                    };
                    if ended {
                        break;
                    }
                    before_last = joined;
                    style.get_or_insert(joined);
                    count += 1;
                }
                last = word + 1;
            }
            word += 1;
        }
        (count > 1).then_some(Victims { words: at..last, min: count, max: Some(count), approximate: false, of: None })
    }
}
