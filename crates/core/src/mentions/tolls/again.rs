//! Those tied to one act who belong to another too: «أصابت سيارة فقضى فيها ستة رجال».

use std::ops::Range;

use maydani_text::Gap;
use maydani_text::inflect::Number;

use super::near::Act;
use super::victims::Victims;
use super::{Finder, Tie, TollMention};
use crate::codebook::{Kind, WordClass};
use crate::record::TollKind;

/// How far after those tied more of them may stand.
const FAR: usize = 12;

impl Finder<'_, '_> {
    /// «مقتل ثلاثة جنود إضافة إلى سائقهم»: more of the same act.
    pub(super) fn more(&mut self, tied: &TollMention, sentence: &Range<usize>) {
        let text = &self.analysis.text;
        let to = sentence.end.min(tied.words.end + FAR);
        let besides = (tied.words.end..to)
            .take_while(|&at| !text.gap(at).any(Gap::STOP.and(Gap::LINE)) && self.toll_at(at, sentence).is_none())
            .find(|&at| self.is(at, WordClass::Besides));
        let Some(at) = besides else { return };
        // «إلى», «على», «عن», or ل on the word itself
        let at = at + if self.is(at + 1, WordClass::Preposition) { 2 } else { 1 };
        let Some(hit) =
            self.analysis.at(tied.act).find(|hit| matches!(hit.kind, Kind::Toll | Kind::CountedToll)).copied()
        else {
            return;
        };
        if at >= sentence.end || tied.part {
            return;
        }
        if let Some(victims) = self.victims_at(at, true).or_else(|| self.owned(at)) {
            self.add(&hit, tied.kind, victims, Tie::Near);
        } else if self.analysis.kind_at(at, Kind::Title).is_some() && self.may_name_one(at) {
            let victims = Victims::of_number(Number::One, at..(at + 2).min(sentence.end), None);
            self.add(&hit, tied.kind, victims, Tie::Named);
        }
    }

    /// «أصيب القائد وإن خمسة من مرافقيه وقعوا في الأسر»: tied to one act, the subject of the next.
    pub(super) fn subject_again(&mut self, tied: &TollMention, acts: &[Act], sentence: &Range<usize>) {
        let end = tied.words.end;
        let next = acts.iter().find(|act| act.hit.start >= end && act.hit.start <= end + 2);
        let Some(act) = next.filter(|act| act.hit.form.plural_subject() && act.hit.start != tied.act) else { return };
        let kind = self.book.tolls[act.hit.index].kind;
        let plain = self.analysis.boundaries_between(tied.words.start, act.hit.start) == 0
            && !self.out.iter().rev().take(12).any(|toll| toll.act == act.hit.start);
        if plain && kind != tied.kind && act.hit.start < sentence.end && (tied.max.is_none_or(|max| max > 1)) {
            let victims = Victims::of_toll(tied, tied.words.clone());
            let hit = act.hit;
            self.add(&hit, kind, victims, Tie::Near);
        }
    }

    /// «أصابت سيارة فقضى فيها ستة رجال»: tied to one act, but another stands between.
    pub(super) fn nearer(&mut self, tied: &TollMention, acts: &[Act]) {
        let start = tied.words.start;
        let act = acts.iter().rev().find(|act| {
            act.hit.start > tied.act
                && act.end <= start
                && start - act.end <= 3
                && !self.book.tolls[act.hit.index].person
        });
        let counted = tied.min > 1 && (tied.max.is_some() || tied.min >= 20);
        let plain = tied.act < start && counted && tied.kind != TollKind::KilledOrWounded;
        let Some(act) = act.filter(|_| plain) else { return };
        let (hit, kind) = (act.hit, self.book.tolls[act.hit.index].kind);
        if kind != tied.kind && self.analysis.boundaries_between(hit.start, start) == 0 {
            let victims = Victims::of_toll(tied, tied.words.clone());
            self.add(&hit, kind, victims, Tie::Near);
        }
    }

    /// «أعدم عددا من الأسرى», «اعتقال جريح»: a word for victims of another act, right after this one.
    pub(super) fn victims_again(&mut self, tied: &TollMention, acts: &[Act]) {
        let Some(word) = self.analysis.kind_at(tied.act, Kind::Toll) else { return };
        let act = acts.iter().find(|act| {
            let on = act.hit.end < tied.words.start && self.is(act.hit.end, WordClass::On);
            act.hit.kind == Kind::Toll && (act.end == tied.words.start || on && act.hit.end + 1 == tied.words.start)
        });
        let Some(act) = act.filter(|act| self.book.tolls[word.index].person && act.hit.start != tied.act) else {
            return;
        };
        let (hit, kind) = (act.hit, self.book.tolls[act.hit.index].kind);
        // «فارق الحياة ثلاثة جرحى», but not «سقوط جرحى», which counted words tell.
        let harm = |kind| matches!(kind, TollKind::Killed | TollKind::Wounded | TollKind::KilledOrWounded);
        let died = kind == TollKind::Killed
            && tied.kind == TollKind::Wounded
            && !self.book.tolls[hit.index].person
            && !self.analysis.text.norm(tied.words.start).starts_with('و');
        if kind != tied.kind && (died || !(harm(kind) && harm(tied.kind))) {
            let victims = Victims::of_toll(tied, tied.words.clone());
            self.add(&hit, kind, victims, Tie::Near);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::mentions::tolls::tests::others;

    #[test]
    fn another_act_of_the_same_people() {
        assert_eq!(
            others("أصيب القائد وإن خمسة من مرافقيه وقعوا في الأسر."),
            ["Near Captured 5 Some(5)", "Near Wounded 5 Some(5)"]
        );
        assert_eq!(others("اعتقال جريح عند الحاجز."), ["Near Arrested 1 Some(1)"]);
    }
}
