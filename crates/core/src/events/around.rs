//! The plain words near an event word: much of what tells news from its setting has no entry of
//! its own in the codebook.

use maydani_text::article;

use super::features::{Features, template, word_id};
use super::scene::Scene;
use crate::mentions::triggers::Trigger;

/// Words on either side of an event word.
const AROUND: usize = 10;
/// Words that stand near.
const NEAR: usize = 4;
/// Words between two event words of a sentence.
const BETWEEN: usize = 20;

impl Scene<'_> {
    /// The words around an event word, within its sentence.
    pub(super) fn around_features(&self, trigger: &Trigger, out: &mut Features) {
        for at in self.around(trigger) {
            out.add_word(template("around"), 0, self.bare(at));
        }
    }

    /// The same, and on which side they stand, and how near.
    pub(super) fn sided_features(&self, trigger: &Trigger, out: &mut Features) {
        for at in self.around(trigger) {
            let word = self.bare(at);
            let side = u32::from(at > trigger.words.start);
            let far = u32::from(at.abs_diff(trigger.words.start) > NEAR);
            out.add_word(template("around"), 0, word);
            out.add_word(template("around side"), side + 2 * far, word);
        }
    }

    fn around(&self, trigger: &Trigger) -> impl Iterator<Item = usize> {
        let sentence = self.analysis.sentence_range(trigger.words.start);
        let from = trigger.words.start.saturating_sub(AROUND).max(sentence.start);
        let words = trigger.words.clone();
        (from..(trigger.words.end + AROUND).min(sentence.end)).filter(move |at| !words.contains(at))
    }

    /// The words next to an event word, by their distance and in pairs.
    pub(super) fn phrase_features(&self, trigger: &Trigger, lemma: u32, out: &mut Features) {
        let sentence = self.analysis.sentence_range(trigger.words.start);
        let word = |at: Option<usize>| at.filter(|at| sentence.contains(at)).map_or("", |at| self.bare(at));
        let before = |distance: usize| word(trigger.words.start.checked_sub(distance));
        let after = |distance: usize| word(Some(trigger.words.end + distance - 1));
        for (place, word) in (0..).zip([before(2), before(3), after(2), after(3)]) {
            out.add_word(template("near word"), place, word);
        }
        out.add(template("pair before"), &[word_id(before(2)), word_id(before(1))]);
        out.add(template("pair after"), &[word_id(after(1)), word_id(after(2))]);
        out.add(template("lemma before"), &[lemma, word_id(before(1))]);
        out.add(template("lemma after"), &[lemma, word_id(after(1))]);
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
