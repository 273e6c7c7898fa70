//! Tolls that nothing ties to their act: people counted near one, one victim whom no word of the
//! codebook names, and other readings of words that are tied. What is not found here can never be
//! chosen; the learned stage chooses.

use std::ops::Range;

use maydani_text::inflect::Number;
use maydani_text::{ARTICLE, Gap, WordKind};

use super::victims::Victims;
use super::{Finder, Tie, TollMention, together};
use crate::analysis::Hit;
use crate::codebook::{Kind, NumberKind, WordClass};
use crate::mentions::numbers::count_at;
use crate::mentions::triggers::rest_within;
use crate::record::TollKind;

/// How far behind an act people may be counted.
const BEHIND: usize = 25;
/// How far before an act people may be counted.
const BEFORE: usize = 12;
/// The same for a word that tells of harm only beside people counted.
const BESIDE: usize = 6;

/// A word for harm, with the word that must follow it.
struct Act {
    hit: Hit,
    end: usize,
}

impl Finder<'_, '_> {
    /// What else may be a toll in a sentence; those from `first` on are tied in it.
    pub(super) fn others(&mut self, sentence: &Range<usize>, first: usize) {
        let acts = self.acts(sentence);
        if acts.is_empty() {
            return;
        }
        let counted_until = std::mem::take(&mut self.counted_until);
        self.readings(first);
        self.people_near(&acts, sentence, first);
        for act in &acts {
            self.with_pronoun(act);
            self.single(act, sentence);
        }
        self.counted_until = counted_until;
    }

    fn acts(&self, sentence: &Range<usize>) -> Vec<Act> {
        let hits = self.analysis.within(sentence.clone()).iter();
        hits.filter(|hit| matches!(hit.kind, Kind::Toll | Kind::CountedToll) && self.follows(hit, sentence))
            .filter(|hit| {
                let entry = &self.book.tolls[hit.index];
                // «بإصابات خفيفة»: how they were hurt.
                let told = hit.start > sentence.start && self.is_number_of(hit.start - 1);
                !entry.person || hit.clitics.preposition.is_none() && (told || !hit.form.definite())
            })
            .map(|hit| {
                let rest = &self.book.tolls[hit.index].rest;
                let last = rest_within(self.analysis, rest, hit.end, sentence.end);
                Act { hit: *hit, end: last.map_or(hit.end, |last| hit.end.max(last + 1)) }
            })
            .collect()
    }

    pub(super) fn add(&mut self, hit: &Hit, kind: TollKind, victims: Victims, tie: Tie) {
        let known = |toll: &TollMention| {
            toll.kind == kind && (toll.min, toll.max) == (victims.min, victims.max) && toll.words == victims.words
        };
        if self.out.iter().rev().take(12).chain(self.others.iter().rev().take(12)).any(known) {
            return;
        }
        self.others.push(TollMention {
            words: victims.words,
            act: hit.start,
            kind,
            min: victims.min,
            max: victims.max,
            approximate: victims.approximate,
            of: victims.of,
            part: false,
            tie,
            entry: self.book.tolls[hit.index].at,
        });
    }

    /// People counted who are tied to no act: to the nearest before them and the nearest after.
    fn people_near(&mut self, acts: &[Act], sentence: &Range<usize>, first: usize) {
        let mut at = sentence.start;
        while at < sentence.end {
            if let Some(tied) = self.out[first..].iter().find(|toll| toll.words.contains(&at)) {
                at = tied.words.end;
                continue;
            }
            let Some(victims) = self.people_counted(at, acts, sentence) else {
                at += 1;
                continue;
            };
            at = victims.words.end.max(at + 1);
            let words = victims.words.clone();
            let own = |act: &Act| self.out[first..].iter().any(|toll| toll.act == act.hit.start);
            let behind = acts
                .iter()
                .filter(|act| {
                    let reach = if act.hit.kind == Kind::Toll { BEHIND } else { BESIDE };
                    act.hit.end <= words.start && words.start.saturating_sub(act.end) <= reach
                })
                .max_by_key(|act| (act.end, act.hit.kind == Kind::Toll));
            let before = acts
                .iter()
                .filter(|act| act.hit.start >= words.end && act.hit.start - words.end <= BEFORE)
                .filter(|act| {
                    act.hit.form.plural_subject()
                        || act.hit.form.pronoun()
                        || act.hit.kind == Kind::Toll && (act.hit.start - words.end <= 2 || !own(act))
                        || act.end > act.hit.end
                })
                .min_by_key(|act| act.hit.start);
            let kind = |act: &Act| self.book.tolls[act.hit.index].kind;
            let mut found: Vec<(Hit, TollKind)> = before.map(|act| (act.hit, kind(act))).into_iter().collect();
            if let Some(act) = behind.filter(|act| before.is_none_or(|other| kind(other) != kind(act))) {
                found.push((act.hit, kind(act)));
            }
            // «عشرات سقطوا بين قتيل وجريح»
            let among = (words.end..sentence.end.min(words.end + 3)).find(|&word| self.is(word, WordClass::Among));
            if let Some(hit) = among.and_then(|word| self.analysis.kind_at(word + 1, Kind::Toll)) {
                found.push((*hit, TollKind::KilledOrWounded));
            }
            for (hit, kind) in found {
                if let Some(other) = self.held(hit.start, kind) {
                    self.add(&hit, other, victims.clone(), Tie::Near);
                }
                self.add(&hit, kind, victims.clone(), Tie::Near);
            }
        }
    }

    /// People at a word with a number beside them, or two of them.
    fn people_counted(&self, at: usize, acts: &[Act], sentence: &Range<usize>) -> Option<Victims> {
        let text = &self.analysis.text;
        if text.words()[at].kind != WordKind::Number
            && !self.analysis.at(at).any(|hit| matches!(hit.kind, Kind::Number | Kind::Person | Kind::Force))
        {
            return None;
        }
        let mut victims = self.victims_at(at, false)?;
        victims.words.end = victims.words.end.min(sentence.end);
        let (words, of) = (victims.words.clone(), victims.of);
        match count_at(self.analysis, self.book, at) {
            Some(count) => {
                // «اللواء 153 العميد»: no number of people.
                let one =
                    of.is_some_and(|of| self.actors[of].number == Number::One && self.actors[of].words.len() == 1);
                if one && count.words.end < words.end && text.norm(count.words.end).starts_with(ARTICLE) {
                    return None;
                }
                // «أربعة من مرافقيه»
                let end = count.words.end;
                if of.is_none()
                    && words.end == end
                    && end + 1 < sentence.end
                    && self.is(end, WordClass::Of)
                    && self.bears_pronoun(end + 1)
                {
                    victims.words.end = end + 2;
                }
                let words = victims.words.clone();
                let bare = of.is_none() && words.end == count.words.end;
                let told = self.is(at.saturating_sub(1), WordClass::NumberTo)
                    && sentence.clone().any(|word| self.is_number_of(word));
                if bare && victims.max == Some(1) {
                    return None; // «إصابة واحدة»
                }
                let beside = acts.iter().any(|act| act.end == at || act.hit.end == at);
                if bare && !(count.vague && count.min >= 20 || beside || told || self.is(words.end, WordClass::OfThem))
                {
                    return None;
                }
            }
            None if victims.max == Some(2) || self.is(at, WordClass::OneOf) => {}
            None => return None,
        }
        let from = sentence.start.max(words.start.saturating_sub(6));
        // «قتلت منهم 28»: no part of a total.
        let part = (from..words.start).any(|word| {
            self.part_begins(word)
                && self.analysis.boundaries_between(word, words.start) == 0
                && !acts.iter().any(|act| act.end == word)
        });
        if part || victims.min == 0 {
            return None;
        }
        if victims.max.is_some() && self.at_least(&words, sentence) {
            victims.max = None;
        }
        Some(victims)
    }

    /// «اختطفهما», «مقتلهم»: the victims were named before.
    fn with_pronoun(&mut self, act: &Act) {
        let text = &self.analysis.text;
        let hit = act.hit;
        // «القبض عليه»
        let on = [act.end - 1, act.end]
            .into_iter()
            .find(|&word| word >= hit.end && word < text.words().len() && text.norm(word).starts_with("عليه"));
        if let Some(on) = on.filter(|_| hit.kind == Kind::Toll) {
            let (min, max) = self.of_pronoun(on);
            let victims = Victims { words: hit.start..on + 1, min, max, approximate: false, of: None };
            self.add(&hit, self.book.tolls[hit.index].kind, victims, Tie::Near);
            return;
        }
        let hit = &hit;
        // «وإصابة بسيطة» reads like a verb with a pronoun, «تعرضه لإصابة» tells of another.
        if text.slice(text.span(hit.start..hit.end)).ends_with('ة') || !self.book.tolls[hit.index].rest.is_empty() {
            return;
        }
        if !hit.form.pronoun() || hit.kind != Kind::Toll || self.out.iter().rev().take(12).any(|t| t.act == hit.start) {
            return;
        }
        let (min, max) = self.of_pronoun(hit.start);
        let victims = Victims { words: hit.start..hit.end, min, max, approximate: false, of: None };
        self.add(hit, self.book.tolls[hit.index].kind, victims, Tie::Near);
    }

    /// «مقتل رئيس المركز», «أصيب رابع», «توقيف مالك الشاحنة»: one, right after the act.
    fn single(&mut self, act: &Act, sentence: &Range<usize>) {
        let text = &self.analysis.text;
        let (hit, entry) = (&act.hit, &self.book.tolls[act.hit.index]);
        // «القبض على آخر», but «القضاء على الإرهاب».
        let on = self.is(act.hit.end, WordClass::On) && entry.kind == TollKind::Arrested;
        let at = if on { act.hit.end + 1 } else { act.end };
        let tied = |toll: &TollMention| toll.words.start <= at && at < toll.words.end || toll.words.start == at + 1;
        if hit.kind != Kind::Toll
            || entry.person
            || entry.kind == TollKind::Displaced
            || hit.form.pronoun()
            || hit.form.plural_subject()
            || hit.form.present()
            || hit.form.definite() && !on
            || at >= sentence.end
            || self.out.iter().rev().take(12).chain(self.others.iter().rev().take(12)).any(tied)
            || !on && self.is(at - 1, WordClass::On)
        {
            return;
        }
        // «استشهاد رجال الأمن»: people who also have a name of their own.
        if let Some(people) = self.analysis.kind_at(at, Kind::Person)
            && self.book.persons[people.index].number != Number::One
        {
            // «خطف مسلحون موظفا»: they did it.
            let own = |toll: &TollMention| toll.act == hit.start;
            if text.norm(at).ends_with("ون") || self.out.iter().rev().take(12).any(own) {
                return;
            }
            let victims =
                Victims { words: at..people.end, min: 2, max: None, approximate: false, of: self.actor_at(at) };
            self.add(hit, entry.kind, victims, Tie::Near);
            return;
        }
        if !self.may_name_one(at) {
            return;
        }
        let mut end = at + 1;
        while end < sentence.end
            && end < at + 4
            && text.gap(end).only(Gap::INSIDE_NAME)
            && text.words()[end].kind == WordKind::Arabic
            && self.analysis.at(end).next().is_none()
            && !self.is(end, WordClass::Function)
        {
            end += 1;
        }
        let victims = Victims { words: at..end, min: 1, max: Some(1), approximate: false, of: None };
        self.add(hit, entry.kind, victims, Tie::Named);
    }

    /// A word that may name or describe one person, as far as its form tells.
    fn may_name_one(&self, at: usize) -> bool {
        let text = &self.analysis.text;
        let word = text.norm(at);
        let barred = [
            WordClass::Function,
            WordClass::Preposition,
            WordClass::NoUnit,
            WordClass::NoName,
            WordClass::Time,
            WordClass::Each,
            WordClass::Auxiliary,
        ];
        text.words()[at].kind == WordKind::Arabic
            && text.gap(at).only(Gap::INSIDE_NAME.and(Gap::QUOTE))
            && word.chars().count() > 2
            && !word.starts_with("عليه")
            && !word.starts_with(['ب', 'ل', 'و', 'ف', 'ك'])
            && !["ون", "ين", "ات", "ان"].iter().any(|ending| word.ends_with(ending))
            && (word.starts_with(ARTICLE) || !text.slice(text.span(at..at + 1)).ends_with('ة'))
            && !barred.iter().any(|class| self.is(at, *class))
            && self.analysis.at(at).all(|hit| {
                hit.kind == Kind::Title
                    || hit.kind == Kind::Person && self.book.persons[hit.index].number == Number::One
            })
    }

    /// Other readings of what is tied in a sentence.
    fn readings(&mut self, first: usize) {
        let mut more: Vec<(usize, TollKind, Victims)> = Vec::new();
        let tied = &self.out[first..];
        for (at, toll) in tied.iter().enumerate() {
            let entry = self.analysis.kind_at(toll.act, Kind::Toll).map(|hit| &self.book.tolls[hit.index]);
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
            // «احتجز»: by a state or by others.
            if let Some(other) = self.held(toll.act, toll.kind) {
                more.push((at, other, same(toll.min, toll.max, toll.words.clone())));
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

    /// Who is held or led away: arrested by a state or abducted by others.
    fn held(&self, act: usize, kind: TollKind) -> Option<TollKind> {
        let word = self.analysis.text.norm(act);
        let held = ["حتجز", "حتجاز", "قتاد", "قتيد"].iter().any(|stem| word.contains(stem));
        match kind {
            TollKind::Arrested if held => Some(TollKind::Abducted),
            TollKind::Abducted if held => Some(TollKind::Arrested),
            _ => None,
        }
    }

    /// «ما لا يقل عن شخصين», «28 من مسلحي الفصيل على الأقل».
    pub(super) fn at_least(&self, words: &Range<usize>, sentence: &Range<usize>) -> bool {
        let before = (sentence.start.max(words.start.saturating_sub(4))..words.start).any(|at| {
            self.analysis.kind_at(at, Kind::Number).is_some_and(|hit| {
                hit.end == words.start
                    && !self.is(at, WordClass::LeastAfter)
                    && self.book.numbers[hit.index].kind == NumberKind::AtLeast
            })
        });
        before || self.at_least_after(words.end, sentence.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Tie;
    use crate::events::model::Model;
    use crate::gazetteer::Gazetteer;
    use crate::{Codebook, Coder, Report};

    /// The tolls of a sentence that no words tie.
    fn others(text: &str) -> Vec<String> {
        let book = Codebook::built_in().expect("the built-in codebook");
        let places = Gazetteer::built_in().expect("the built-in gazetteer");
        let coder = Coder::with_model(book, places, Model::default()).expect("a coder without weights");
        let report = Report { text: text.to_owned(), ..Report::default() };
        let scene = coder.scene(&report, &[]);
        let others = scene.tolls.iter().filter(|toll| toll.tie != Tie::Tied);
        others.map(|toll| format!("{:?} {:?} {} {:?}", toll.tie, toll.kind, toll.min, toll.max)).collect()
    }

    #[test]
    fn people_counted_in_the_sentence_of_an_act() {
        assert_eq!(others("خسرت الكتيبة في الكمين سبعة جنود."), ["Near Killed 7 Some(7)"]);
        assert_eq!(others("سقطت البلدة بعد سبعة أيام."), [""; 0]);
        assert_eq!(
            others("نصب الفصيل للكتيبة التي تضم عشرين مقاتلا كمينا أدى إلى مقتلهم."),
            ["Near Killed 20 Some(20)"]
        );
        assert_eq!(others("وقوع خمسة مقاتلين في الأسر."), ["Near Captured 5 Some(5)"]);
    }

    #[test]
    fn parts_of_a_total_are_none() {
        assert_eq!(others("قتل عشرة مدنيين في القرية بينهم ثلاثة أطفال."), [""; 0]);
    }

    #[test]
    fn one_whom_the_codebook_does_not_know() {
        assert_eq!(others("أصيب رابع بشظية."), ["Named Wounded 1 Some(1)"]);
        assert_eq!(others("وأعلن البيان القضاء على الفساد."), [""; 0]);
    }

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

    #[test]
    fn at_least_before_two() {
        assert_eq!(others("مقتل ما لا يقل عن شخصين في السوق."), [""; 0]);
    }
}
