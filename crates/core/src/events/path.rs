//! What stands between an event word and a mention, and what else lays claim to the mention.

use std::ops::Range;

use super::features::{Features, distance_step, template};
use super::scene::{Scene, Slot};
use crate::mentions::triggers::Trigger;
use maydani_text::Gap;

/// Words on a path beyond which only its ends are looked at.
const LONG: usize = 24;
/// Steps of a path that are kept as one feature.
const STEPS: usize = 6;

impl Scene<'_> {
    /// Features of the words between an event word and a mention of its sentence.
    pub(super) fn path_features(&self, trigger: &Trigger, words: &Range<usize>, out: &mut Features) {
        let sentence = self.analysis.sentence_range(trigger.words.start);
        let after = words.start >= trigger.words.end;
        let between = if after { trigger.words.end..words.start } else { words.end..trigger.words.start };
        let side = u32::from(after);
        if between.len() > LONG {
            return;
        }
        let mut steps: Vec<u32> = Vec::new();
        for word in between.clone() {
            let gap = self.analysis.text.gap(word);
            if word > between.start || after {
                let mark = if gap.any(Gap::STOP.and(Gap::SEMICOLON).and(Gap::LINE)) {
                    2
                } else if gap.any(Gap::COMMA.and(Gap::COLON)) {
                    1
                } else if gap.any(Gap::OPEN.and(Gap::CLOSE)) {
                    3
                } else {
                    0
                };
                if mark > 0 {
                    steps.push(1000 + mark);
                }
            }
            let (slot, id) = self.slot(Some(word), &sentence);
            let step = match slot {
                Slot::Other => 1,
                Slot::Place | Slot::Day | Slot::Actor | Slot::Number | Slot::Title => 10 + slot as u32,
                _ => (slot as u32 + 100).wrapping_mul(0x9e37).wrapping_add(id.wrapping_mul(31)),
            };
            if slot != Slot::Other {
                out.add(template("passes"), &[side, step]);
            }
            if matches!(slot, Slot::Other | Slot::Function) {
                out.add_word(template("passes word"), side, self.bare(word));
            }
            if steps.last() != Some(&step) || slot == Slot::Function {
                steps.push(step);
            }
        }
        let plain: Vec<u32> = steps.iter().copied().filter(|&step| step != 1).collect();
        if steps.len() <= STEPS {
            out.add(template("path"), &[&[side], &steps[..]].concat());
        }
        if plain.len() <= STEPS {
            out.add(template("plain path"), &[&[side], &plain[..]].concat());
            out.add(template("plain path class"), &[&[side, trigger.word(self.book).class.id()], &plain[..]].concat());
        }
        for pair in plain.windows(2) {
            out.add(template("passes two"), &[side, pair[0], pair[1]]);
        }
    }

    /// Features of the other event words that stand near a mention.
    pub(super) fn rival_features(&self, trigger: &Trigger, words: &Range<usize>, out: &mut Features) {
        let sentence = self.analysis.text.sentence_of(words.start);
        let mine = if sentence == trigger.sentence { apart(&trigger.words, words) } else { usize::MAX };
        let rivals = self
            .triggers
            .iter()
            .filter(|other| other.sentence == sentence && other.words != trigger.words)
            .map(|other| (apart(&other.words, words), other));
        let Some((distance, rival)) = rivals.min_by_key(|(distance, _)| *distance) else {
            out.add(template("alone"), &[u32::from(sentence == trigger.sentence)]);
            return;
        };
        let (class, own) = (rival.word(self.book).class, trigger.word(self.book).class);
        let nearer = u32::from(distance < mine);
        let before = u32::from(rival.words.start < words.start);
        let boundary = |at: usize| self.analysis.boundaries_between(at, words.start).min(2);
        let here = if sentence == trigger.sentence { boundary(trigger.words.start) } else { 3 };
        let kinds = u32::from(self.rule_type(rival) == self.rule_type(trigger));
        out.add(template("rival"), &[nearer, before, kinds, u32::from(class.is_effect()), u32::from(own.is_effect())]);
        out.add(template("rival class"), &[nearer, before, class.id(), own.id()]);
        out.add(template("rival distance"), &[nearer, distance_step(distance), boundary(rival.words.start), here]);
    }
}

fn apart(a: &Range<usize>, b: &Range<usize>) -> usize {
    b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end))
}
