//! Other readings of words that are tied: «مقيمين» two or some, «قتلى وجرحى» together or apart.

use std::ops::Range;

use maydani_text::inflect::Number;
use maydani_text::{ARTICLE, Gap, WordKind};

use super::victims::Victims;
use super::{Finder, Tie, TollMention, together};
use crate::analysis::Hit;
use crate::codebook::{Kind, WordClass};
use crate::mentions::actors::{Naming, Party};
use crate::record::TollKind;

impl Finder<'_, '_> {
    /// Other readings of what is tied in a sentence.
    pub(super) fn readings(&mut self, first: usize) {
        let mut more: Vec<(usize, TollKind, Victims)> = Vec::new();
        let tied = &self.out[first..];
        for (at, toll) in tied.iter().enumerate() {
            let act = self.analysis.kind_at(toll.act, Kind::Toll);
            let entry = act.map(|hit| &self.book.tolls[hit.index]);
            let same = |min: u32, max: Option<u32>, words: Range<usize>| Victims {
                words,
                min,
                max,
                approximate: toll.approximate,
                of: toll.of,
            };
            // «مقيمين»: two, or some.
            let word = self.analysis.text.norm(toll.words.start);
            if (toll.min, toll.max) == (2, None)
                && word.ends_with("ين")
                && !word.contains("ال")
                && toll.of.is_some_and(|of| self.actors[of].number == Number::Many)
            {
                more.push((at, toll.kind, same(2, Some(2), toll.words.clone())));
            }
            // «سائقا شاحنة», «بائعتي خضار»: two, though it is written like one or like many.
            if self.may_be_two(toll) {
                more.push((at, toll.kind, same(2, Some(2), toll.words.clone())));
            }
            // «أن الأب قتل وأصيب نجلاه»: the second act alone.
            if let (TollKind::KilledOrWounded, Some(hit), Some(_)) = (toll.kind, act, toll.max)
                && entry.is_some_and(|entry| entry.verb)
                && let Some((second, _)) = self.joined_act(hit.end).filter(|_| !hit.form.present())
            {
                more.push((at, second, same(toll.min, toll.max, toll.words.clone())));
            }
            // «احتجز»: by a state or by others.
            // «سقط ضحايا»: hurt or killed cannot be told.
            let vague = entry.is_some_and(|entry| entry.person) && toll.max.is_none() && toll.words.len() == 1;
            for other in act.into_iter().flat_map(|hit| self.besides(hit, toll.kind)) {
                if !vague && self.befalls(other, toll.of) {
                    more.push((at, other, same(toll.min, toll.max, toll.words.clone())));
                }
            }
            // «عشرات القتلى والجرحى»: together, or as many of each.
            let second = toll.words.end.checked_sub(1).and_then(|last| self.analysis.kind_at(last, Kind::Toll));
            if let (TollKind::KilledOrWounded, Some(one), Some(two)) = (toll.kind, entry, second)
                && one.person
                && second.is_some_and(|hit| hit.start > toll.act)
            {
                for kind in [one.kind, self.book.tolls[two.index].kind] {
                    more.push((at, kind, same(toll.min, toll.max, toll.words.clone())));
                }
            }
            // «قتلى وجرحى»: apart, or together.
            if let Some(next) = tied.get(at + 1).filter(|next| next.words.start == toll.words.end)
                && (toll.min, toll.max) == (2, None)
                && (next.min, next.max) == (2, None)
                && together(toll.kind, next.kind) != toll.kind
            {
                more.push((at, TollKind::KilledOrWounded, same(2, None, toll.words.start..next.words.end)));
            }
            // «66 قتيلا وجريحا», «بين قتيل وجريح»: together.
            if let Some(next) = tied.get(at + 1).filter(|next| next.words.start == toll.words.end)
                && entry.is_some_and(|entry| entry.person)
                && (next.min, next.max, next.words.len()) == (1, Some(1), 1)
                && together(toll.kind, next.kind) != toll.kind
            {
                let among = self.is(toll.words.start.saturating_sub(1), WordClass::Among);
                let (min, max) = if among { (2, None) } else { (toll.min, toll.max) };
                more.push((at, TollKind::KilledOrWounded, same(min, max, toll.words.start..next.words.end)));
            }
            // «رجل وامرأة»: one each, or two.
            let joined = tied[at + 1..].iter().take_while(|next| next.act == toll.act && next.kind == toll.kind);
            let (mut sum, mut end) = (toll.max, toll.words.end);
            for next in joined {
                sum = sum.zip(next.max).filter(|_| next.min <= 4).map(|(one, two)| one + two);
                end = next.words.end;
            }
            let begins = at == 0 || tied[at - 1].act != toll.act;
            if let Some(sum) = sum.filter(|_| begins && end > toll.words.end && toll.min <= 2) {
                more.push((at, toll.kind, same(sum, Some(sum), toll.words.start..end)));
            }
        }
        for (at, kind, victims) in more {
            let toll = &self.out[first + at];
            let Some(hit) = self.analysis.kind_at(toll.act, Kind::Toll).copied() else { continue };
            self.add(&hit, kind, victims, Tie::Read);
        }
    }

    /// A bound dual: «سائقا شاحنة», «بائعتي خضار», right after its act.
    fn may_be_two(&self, toll: &TollMention) -> bool {
        let text = &self.analysis.text;
        let (at, next) = (toll.words.start, toll.words.start + 1);
        let word = text.norm(at);
        let bound = word.ends_with("تي") || word.ends_with('ا') && toll.max == Some(1);
        bound
            && !self.analysis.at(toll.act).any(|hit| hit.kind == Kind::Toll && hit.form.pronoun())
            && !word.starts_with(ARTICLE)
            && !self.bears_pronoun(at)
            && toll.min <= 2
            && at == toll.act + 1
            && next < text.words().len()
            && text.gap(next).only(Gap::SPACE)
            && text.words()[next].kind == WordKind::Arabic
            && !text.norm(next).ends_with(['ا', 'ي'])
            && !text.norm(next).starts_with(['ي', 'ت', 'ب', 'ل', 'و', 'ف'])
            && ![WordClass::Function, WordClass::NoUnit, WordClass::Relative, WordClass::Time, WordClass::Other]
                .iter()
                .any(|class| self.is(next, *class))
            && !self.analysis.at(next).any(|hit| {
                matches!(
                    hit.kind,
                    Kind::Number
                        | Kind::Toll
                        | Kind::Event
                        | Kind::Cue
                        | Kind::Means
                        | Kind::Adjective
                        | Kind::Reporting
                )
            })
    }

    /// What the act of a toll may tell besides its kind: «احتجز», by a state or by others.
    pub(super) fn besides(&self, hit: &Hit, kind: TollKind) -> impl Iterator<Item = TollKind> {
        let entry = &self.book.tolls[hit.index];
        // Of «عدد الضحايا» and «مقتل وإصابة» the words themselves have told it.
        let told = kind != entry.kind && (entry.person || !entry.others.contains(&kind));
        let all = std::iter::once(entry.kind).chain(entry.others.iter().copied());
        all.filter(move |&other| other != kind && !told)
    }

    /// Whether it may befall those who stand there: only the armed are captured.
    pub(super) fn befalls(&self, kind: TollKind, of: Option<usize>) -> bool {
        let armed = |index: usize| match (self.actors[index].naming, &self.actors[index].party) {
            (Naming::Fighter, _) => true,
            (_, &Party::Listed(party)) => {
                let party = &self.book.actors[party];
                !party.kind.unarmed() && party.key != "suspects"
            }
            _ => false,
        };
        kind != TollKind::Captured || of.is_some_and(armed)
    }
}

#[cfg(test)]
mod tests {
    use crate::mentions::tolls::tests::others;

    #[test]
    fn other_readings_of_the_same_words() {
        assert_eq!(others("إصابة مقيمين بشظايا القذيفة."), ["Read Wounded 2 Some(2)"]);
        assert_eq!(others("سقوط قتلى وجرحى في السوق."), ["Read KilledOrWounded 2 None"]);
        assert_eq!(others("مقتل رجل وامرأة في السوق."), ["Read Killed 2 Some(2)"]);
    }

    #[test]
    fn held_by_a_state_or_by_others() {
        assert_eq!(others("احتجز الحرس ستين عائلة."), ["Read Abducted 60 Some(60)"]);
        assert_eq!(others("ألقي القبض عليهما في السوق."), ["Near Arrested 2 Some(2)"]);
    }
}
