//! The plain words near an event word: much of what tells news from its setting has no entry of
//! its own in the codebook.

use maydani_text::article;

use super::features::{Features, template};
use super::scene::Scene;
use crate::mentions::triggers::Trigger;

/// Words on either side of an event word.
const AROUND: usize = 10;
/// Words between two event words of a sentence.
const BETWEEN: usize = 20;

impl Scene<'_> {
    /// The words around an event word, within its sentence.
    pub(super) fn around_features(&self, trigger: &Trigger, out: &mut Features) {
        let sentence = self.analysis.sentence_range(trigger.words.start);
        let from = trigger.words.start.saturating_sub(AROUND).max(sentence.start);
        for at in from..(trigger.words.end + AROUND).min(sentence.end) {
            if !trigger.words.contains(&at) {
                out.add_word(template("around"), 0, self.bare(at));
            }
        }
    }

    /// The words around two event words, and those between them in one sentence.
    pub(super) fn around_both(&self, first: &Trigger, second: &Trigger, out: &mut Features) {
        let apart = u32::from(first.sentence != second.sentence);
        out.nest(apart, |out| self.around_features(second, out));
        out.nest(2, |out| self.around_features(first, out));
        if apart == 0 {
            for at in first.words.end..second.words.start.min(first.words.end + BETWEEN) {
                out.add_word(template("word between"), 0, self.bare(at));
            }
        }
    }

    /// A normalised word without its article.
    pub(super) fn bare(&self, word: usize) -> &str {
        article::without(self.analysis.text.norm(word), article::AFTER_FREQUENT)
    }
}
