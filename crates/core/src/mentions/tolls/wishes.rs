//! The dead and wounded of whom a wish tells without a number: «الشفاء العاجل للمصابين»,
//! «العزاء لأسر الشهداء».

use std::ops::Range;

use maydani_text::Gap;
use maydani_text::inflect::Number;

use super::victims::Victims;
use super::{Finder, Tie, TollMention};
use crate::analysis::Hit;
use crate::codebook::{Kind, WordClass};
use crate::record::TollKind;

/// How far from the word for healing the wounded may stand.
const NEAR: usize = 3;

impl Finder<'_, '_> {
    /// Some, where a wish tells of them.
    pub(super) fn wishes(&mut self, sentence: &Range<usize>) {
        let hits: Vec<Hit> =
            self.analysis.within(sentence.clone()).iter().filter(|hit| hit.kind == Kind::Toll).copied().collect();
        for hit in hits {
            let entry = &self.book.tolls[hit.index];
            if !entry.person || entry.number != Some(Number::Many) || !hit.form.definite() {
                continue;
            }
            let at = hit.start;
            let wished = match entry.kind {
                TollKind::Wounded => self.healed(at, sentence),
                TollKind::Killed => at > sentence.start && self.is(at - 1, WordClass::Bereaved),
                _ => false,
            };
            let own = |toll: &TollMention| toll.words.contains(&at);
            if wished && !self.out.iter().rev().take(12).any(own) {
                self.add(&hit, entry.kind, Victims::of_number(Number::Many, at..hit.end, None), Tie::Near);
            }
        }
    }

    fn healed(&self, at: usize, sentence: &Range<usize>) -> bool {
        let text = &self.analysis.text;
        let near = sentence.start.max(at.saturating_sub(NEAR))..sentence.end.min(at + NEAR + 1);
        near.into_iter().any(|word| {
            self.is(word, WordClass::Healing)
                && (word.min(at) + 1..=word.max(at)).all(|between| !text.gap(between).any(Gap::STOP.and(Gap::LINE)))
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::mentions::tolls::tests::others;

    #[test]
    fn those_wished_well() {
        assert_eq!(others("تمنى المحافظ الشفاء العاجل للمصابين."), ["Near Wounded 2 None"]);
        assert_eq!(others("زار المحافظ المصابين."), [""; 0]);
    }
}
