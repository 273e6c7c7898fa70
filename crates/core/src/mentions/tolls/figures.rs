//! Numbers told of those named elsewhere in the sentence: «ارتفعت إلى 68 حصيلة القتلى»,
//! «القتلى 36», «ضحايا البلدة بلغوا 600».

use std::ops::Range;

use maydani_text::{ARTICLE, Gap, WordKind};

use super::victims::{Victims, without_pronoun};
use super::{Finder, Tie, TollMention};
use crate::analysis::Hit;
use crate::codebook::{Beside, Kind, NumberKind, WordClass};
use crate::mentions::numbers::{Count, count_at};
use crate::record::TollKind;

/// How far before the number those counted may be named.
const BEFORE: usize = 16;
/// How far after it.
const AFTER: usize = 6;

impl Finder<'_, '_> {
    /// Every number of a sentence that is told of those named in it.
    pub(super) fn figures(&mut self, sentence: &Range<usize>) {
        let mut at = sentence.start;
        while at < sentence.end {
            let Some(count) = self.figure_at(at, sentence) else {
                at += 1;
                continue;
            };
            at = count.words.end.max(at + 1);
            let words = count.words.clone();
            let mut of = self.counted_before(&words, sentence);
            if of.is_empty() {
                of.extend(self.counted_after(&words, sentence));
            }
            let mut victims = Victims::counted(&count, words, None);
            if victims.max.is_some() && self.at_least(&victims.words, sentence) {
                victims.max = None;
            }
            for (hit, kind) in of.clone() {
                let more = self.besides(&hit, kind).filter(|&other| self.befalls(other, None));
                of.extend(more.map(|kind| (hit, kind)));
            }
            // «بلغت الحصيلة 36 مسلحا و11 جنديا»
            if let Some(&(hit, kind)) = of.first() {
                let mut end = victims.words.end;
                while let Some(more) = self.joined_at(end, sentence.end) {
                    end = more.words.end;
                    if more.min > 1 {
                        self.add(&hit, kind, more, Tie::Near);
                    }
                }
            }
            for (hit, kind) in of {
                let known = |toll: &TollMention| {
                    toll.kind == kind
                        && toll.min == victims.min
                        && toll.words.start < victims.words.end
                        && victims.words.start < toll.words.end
                };
                if !self.out.iter().rev().take(12).chain(self.others.iter().rev().take(12)).any(known) {
                    self.add(&hit, kind, victims.clone(), Tie::Near);
                }
            }
        }
    }

    /// A number that the words before it tell of somebody: «إلى 68», «بلغت ستة», «القتلى 36».
    fn figure_at(&self, at: usize, sentence: &Range<usize>) -> Option<Count> {
        let text = &self.analysis.text;
        if at == sentence.start
            || text.words()[at].kind != WordKind::Number && self.analysis.kind_at(at, Kind::Number).is_none()
            || text.gap(at).any(Gap::STOP.and(Gap::LINE).and(Gap::SEMICOLON).and(Gap::COMMA))
        {
            return None;
        }
        let count = count_at(self.analysis, self.book, at).filter(|count| !count.vague && count.min > 1)?;
        if self.analysis.kind_at(at, Kind::Number).is_some_and(|hit| hit.clitics.conjunction)
            || self.percent(count.words.end)
        {
            return None;
        }
        let exceeds = self
            .analysis
            .kind_at(at, Kind::Number)
            .is_some_and(|hit| matches!(self.book.numbers[hit.index].kind, NumberKind::AtLeast | NumberKind::AtMost));
        let bi = self.analysis.at(at).any(|hit| hit.kind == Kind::Number && hit.clitics.preposition.is_some())
            || text.norm(at - 1) == "ب";
        let told = self.is(at - 1, WordClass::NumberTo) || self.is(at - 1, WordClass::NumberTold);
        let named = self.counted(at - 1, sentence).is_some();
        if !(exceeds || bi || told || named) {
            return None;
        }
        // Alone, or of people: no days, houses, kilometres.
        let end = count.words.end;
        let alone = end >= sentence.end
            || !text.gap(end).only(Gap::SPACE)
            || text.words()[end].kind != WordKind::Arabic
            || self.is(end, WordClass::NoUnit)
            || self.is(end, WordClass::Function)
            || self.is(end, WordClass::NumberOf)
            || self.is(end, WordClass::LeastAfter)
            || self.part_begins(end)
            || self.analysis.kind_at(end, Kind::Number).is_some()
            || self.analysis.kind_at(end, Kind::Person).is_some()
            || self.counted(end, sentence).is_some();
        alone.then_some(count)
    }

    /// A word that names those counted: definite, bound or with a pronoun.
    fn counted(&self, at: usize, sentence: &Range<usize>) -> Option<Hit> {
        let hit = self.analysis.at(at).find(|hit| {
            let word = || &self.book.tolls[hit.index];
            matches!(hit.kind, Kind::Toll | Kind::CountedToll) && (word().person || word().beside == Beside::Figure)
        });
        let owned = || {
            // «ضحاياه», «قتلاها»
            if !self.bears_pronoun(at) {
                return None;
            }
            let word = self.analysis.text.norm(at);
            let stem = without_pronoun(word)?;
            let stem = stem.trim_start_matches(['و', 'ل']);
            let entry =
                [stem.to_owned(), format!("{}ي", stem.strip_suffix('ا').unwrap_or(stem))].iter().find_map(|stem| {
                    let mut entries = self.book.phrases.values_of_word(stem);
                    entries.find(|entry| entry.kind == Kind::Toll && self.book.tolls[entry.index as usize].person)
                })?;
            Some(Hit {
                start: at,
                end: at + 1,
                clitics: maydani_text::Clitics::default(),
                kind: entry.kind,
                index: entry.index as usize,
                form: entry.form,
            })
        };
        hit.copied().or_else(owned).filter(|hit| {
            let plural =
                hit.form.definite() || hit.end < sentence.end && self.analysis.text.gap(hit.end).only(Gap::SPACE);
            plural && hit.end <= sentence.end
        })
    }

    /// «في المئة», «بالمئة».
    fn percent(&self, at: usize) -> bool {
        [at, at + 1].into_iter().any(|word| {
            self.analysis.kind_at(word, Kind::Number).is_some_and(|hit| {
                let hundred = self.book.numbers[hit.index].value == 100 && hit.form.definite();
                hundred && (word > at && self.is(at, WordClass::In) || hit.clitics.preposition.is_some())
            })
        })
    }

    /// Those named before a number, nothing of a part and no other act between them.
    fn counted_before(&self, words: &Range<usize>, sentence: &Range<usize>) -> Vec<(Hit, TollKind)> {
        let text = &self.analysis.text;
        let from = sentence.start.max(words.start.saturating_sub(BEFORE));
        let (mut number_of, mut found) = (None, Vec::new());
        for at in (from..words.start).rev() {
            if self.part_begins(at) {
                return found;
            }
            if let Some(hit) = self.counted(at, sentence) {
                found.push((hit, self.book.tolls[hit.index].kind));
                break;
            }
            let clause = at > from && self.is(at - 1, WordClass::Relative);
            if self.toll_at(at, sentence).is_some() && !clause {
                break;
            }
            // «الحصيلة», «حصيلة», «عدد من ماتوا»; not «عدد المغادرين».
            let open =
                text.norm(at).contains(ARTICLE) || !text.norm(at).ends_with("عدد") || self.is(at + 1, WordClass::Of);
            if self.is_number_of(at) && open {
                number_of = number_of.or(Some(at));
            }
        }
        // «ارتفعت الحصيلة إلى 47»: of those killed, where the report tells of some.
        let act = number_of.and_then(|at| self.act_of_death(at, sentence));
        found.extend(act.map(|act| (act, TollKind::Killed)));
        found
    }

    /// «إلى 68 حصيلة القتلى».
    fn counted_after(&self, words: &Range<usize>, sentence: &Range<usize>) -> Option<(Hit, TollKind)> {
        let to = sentence.end.min(words.end + AFTER);
        let of = (words.end..to).find(|&at| self.is_number_of(at))?;
        let hit = (of + 1..to).find_map(|at| self.counted(at, sentence))?;
        Some((hit, self.book.tolls[hit.index].kind))
    }

    /// The word for death nearest to a word, in its sentence or shortly before it.
    fn act_of_death(&self, at: usize, sentence: &Range<usize>) -> Option<Hit> {
        let from = sentence.start.saturating_sub(BEFORE * 2);
        let hits = self.analysis.within(from..sentence.end).iter();
        hits.filter(|hit| hit.kind == Kind::Toll && self.book.tolls[hit.index].kind == TollKind::Killed)
            .filter(|hit| self.follows(hit, &(from..sentence.end)))
            .min_by_key(|hit| hit.start.abs_diff(at))
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use crate::mentions::tolls::tests::others;

    #[test]
    fn numbers_told_of_those_named() {
        assert_eq!(others("ارتفعت أمس إلى 68 حصيلة قتلى الانفجار."), ["Near Killed 68 Some(68)"]);
        assert_eq!(others("ارتفعت حصيلة الموقوفين بحسب الشرطة إلى 33."), ["Near Arrested 33 Some(33)"]);
        assert_eq!(others("ارتفع عدد الزوار إلى 33."), [""; 0]);
    }
}
