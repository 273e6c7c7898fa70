//! Tolls: how many were killed, wounded, taken, driven out.

mod act;
mod again;
mod bare;
mod clause;
mod company;
mod figures;
mod named;
mod near;
mod owned;
mod person;
mod readings;
mod single;
mod victims;
mod whose;
mod wishes;

use std::ops::Range;

use maydani_text::Gap;

use self::victims::Victims;
use super::actors::ActorMention;
use crate::analysis::{Analysis, Hit};
use crate::codebook::{At, Codebook, CueKind, Kind, WordClass};
use crate::record::TollKind;

/// How a toll hangs together with its act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Tie {
    /// The words tie them.
    Tied,
    /// People counted in the sentence of an act.
    Near,
    /// One victim right after the act, whom no word of the codebook names.
    Named,
    /// Another reading of words that are tied.
    Read,
}

/// A toll that stands in the text.
#[derive(Debug, Clone)]
pub struct TollMention {
    /// The counting passage.
    pub words: Range<usize>,
    /// The word that says what befell them.
    pub act: usize,
    /// What befell them.
    pub kind: TollKind,
    /// Lowest number meant.
    pub min: u32,
    /// Highest number meant; none when open.
    pub max: Option<u32>,
    /// About.
    pub approximate: bool,
    /// Index of the mention that names the victims.
    pub of: Option<usize>,
    /// A part of a total that is told too (بينهم طفلان).
    pub part: bool,
    /// How it hangs together with its act.
    pub tie: Tie,
    /// The entry that gave it.
    pub entry: At,
}

/// Finds the tolls of a report.
#[must_use]
pub fn find(analysis: &Analysis<'_>, book: &Codebook, actors: &[ActorMention]) -> Vec<TollMention> {
    let mut finder = Finder { analysis, book, actors, out: Vec::new(), others: Vec::new(), counted_until: 0 };
    for sentence in analysis.text.sentences() {
        let first = finder.out.len();
        finder.sentence(sentence.clone());
        finder.others(sentence, first);
    }
    let mut out = finder.out;
    out.append(&mut finder.others);
    out.sort_by_key(|toll| toll.words.start);
    out
}

/// How far from the act those counted may stand.
const REACH: usize = 12;

struct Finder<'a, 't> {
    analysis: &'a Analysis<'t>,
    book: &'a Codebook,
    actors: &'a [ActorMention],
    out: Vec<TollMention>,
    /// Those that nothing ties.
    others: Vec<TollMention>,
    /// Where the victims counted last end: nobody is counted twice.
    counted_until: usize,
}

impl Finder<'_, '_> {
    fn sentence(&mut self, sentence: Range<usize>) {
        for word in sentence.clone() {
            match self.toll_at(word, &sentence).copied() {
                Some(hit) if self.book.tolls[hit.index].person => self.person(&hit, &sentence),
                Some(hit) => self.act(&hit, &sentence),
                None => {}
            }
        }
    }

    /// The word for harm that stands at a word.
    fn toll_at(&self, word: usize, sentence: &Range<usize>) -> Option<&Hit> {
        self.analysis.at(word).filter(|hit| hit.kind == Kind::Toll).find(|hit| self.follows(hit, sentence))
    }

    /// Whether the form is the entry's, and what it asks for after the word is there.
    fn follows(&self, hit: &Hit, sentence: &Range<usize>) -> bool {
        // «أسرة» reads like «أسره», «وإصابة بسيطة» like «وأصابه».
        let text = &self.analysis.text;
        if hit.form.pronoun() && text.slice(text.span(hit.start..hit.end)).ends_with('ة') {
            return false;
        }
        // «سمات» reads like س and «مات».
        if hit.clitics.future && !hit.form.present() {
            return false;
        }
        let rest = &self.book.tolls[hit.index].rest;
        rest.is_empty() || super::triggers::rest_within(self.analysis, rest, hit.end, sentence.end).is_some()
    }

    fn is(&self, word: usize, class: WordClass) -> bool {
        self.analysis.is(word, class)
    }

    /// Those counted, and those joined to them without a total: «15 رجل أمن و3 عمال».
    fn push_all(&mut self, hit: &Hit, kind: TollKind, mut victims: Victims, until: usize) {
        let mut end = victims.words.end;
        let family = victims.of.is_some_and(|index| self.actors[index].words.start == victims.words.start);
        // «رجل وابنته», «والداه وشقيقه»: a family is counted together.
        while let Some(more) = self
            .joined_at(end, until)
            .filter(|more| more.max == Some(1) && self.bears_pronoun(more.words.start) && self.actor_at(end).is_some())
        {
            let Some(max) = victims.max.filter(|&max| family && max < 9) else { break };
            victims.min += 1;
            victims.max = Some(max + 1);
            victims.words.end = more.words.end;
            end = more.words.end;
        }
        self.push(hit, kind, victims);
        while let Some(more) = self.joined_at(end, until) {
            end = more.words.end;
            self.push(hit, kind, more);
        }
    }

    fn push(&mut self, hit: &Hit, kind: TollKind, mut victims: Victims) {
        let sentence = self.analysis.sentence_range(hit.start);
        let start = sentence.start.max(victims.words.start.saturating_sub(6));
        // «بينهم 3 أطفال قتلوا»: part of a total told before.
        let part = (start..victims.words.start)
            .any(|at| self.part_begins(at) && self.analysis.boundaries_between(at, victims.words.start) == 0);
        if victims.max.is_some() && self.at_least(&victims.words, &sentence) {
            victims.max = None;
        }
        if victims.max == Some(0) || victims.min == 0 && victims.max.is_none() {
            return;
        }
        self.counted_until = self.counted_until.max(victims.words.end);
        let mention = self.mention(hit, kind, victims, Tie::Tied);
        self.out.push(TollMention { part, ..mention });
    }

    fn mention(&self, hit: &Hit, kind: TollKind, victims: Victims, tie: Tie) -> TollMention {
        let of = victims.of.map(|of| self.whose(of)).or_else(|| self.possessor(&victims.words));
        TollMention {
            words: victims.words,
            act: hit.start,
            kind,
            min: victims.min,
            max: victims.max,
            approximate: victims.approximate,
            of,
            part: false,
            tie,
            entry: self.book.tolls[hit.index].at,
        }
    }

    /// «بينهم»: what follows is part of a total.
    fn part_begins(&self, at: usize) -> bool {
        self.analysis.at(at).any(|hit| hit.kind == Kind::Cue && self.book.cues[hit.index].kind == CueKind::Breakdown)
    }

    /// «شخصان على الأقل».
    fn at_least_after(&self, from: usize, end: usize) -> bool {
        let text = &self.analysis.text;
        (from..end.min(from + 4))
            .take_while(|&at| !text.gap(at).any(Gap::COMMA.and(Gap::STOP).and(Gap::LINE)))
            .take_while(|&at| !self.analysis.at(at).any(|hit| hit.kind == Kind::Toll || hit.clitics.conjunction))
            .take_while(|&at| !self.part_begins(at))
            .any(|at| {
                let on = self.is(at, WordClass::On) || self.is(at, WordClass::In);
                at + 1 < end && on && self.is(at + 1, WordClass::Least)
            })
    }
}

/// What befell those whom two acts count as one number.
fn together(a: TollKind, b: TollKind) -> TollKind {
    if a == b { a } else { TollKind::KilledOrWounded }
}

#[cfg(test)]
mod tests {
    use super::{Tie, TollMention};
    use crate::events::model::Model;
    use crate::events::scene::Scene;
    use crate::gazetteer::Gazetteer;
    use crate::{Codebook, Coder, Report};

    /// What a sentence's scene holds, without any weights.
    pub(super) fn in_scene<T>(text: &str, look: impl FnOnce(&Scene<'_>) -> T) -> T {
        let book = Codebook::built_in().expect("the built-in codebook");
        let places = Gazetteer::built_in().expect("the built-in gazetteer");
        let coder = Coder::with_model(book, places, Model::default()).expect("a coder without weights");
        let report = Report { text: text.to_owned(), ..Report::default() };
        look(&coder.scene(&report, &[]))
    }

    /// The tolls of a sentence.
    fn all(text: &str) -> Vec<TollMention> {
        in_scene(text, |scene| scene.tolls.clone())
    }

    /// Kind, least and most of those that words tie.
    fn tolls(text: &str) -> Vec<String> {
        let tied = all(text).into_iter().filter(|toll| toll.tie == Tie::Tied);
        tied.map(|toll| format!("{:?} {} {:?}", toll.kind, toll.min, toll.max)).collect()
    }

    /// The same of those that no words tie, with how they hang together.
    pub(super) fn others(text: &str) -> Vec<String> {
        let others = all(text).into_iter().filter(|toll| toll.tie != Tie::Tied);
        others.map(|toll| format!("{:?} {:?} {} {:?}", toll.tie, toll.kind, toll.min, toll.max)).collect()
    }

    #[test]
    fn victims_before_the_verb() {
        assert_eq!(tolls("أفاد الأهالي بأن سبعة رعاة قتلوا وجرح اثنان."), ["Killed 7 Some(7)", "Wounded 2 Some(2)"]);
        assert_eq!(tolls("ذكر الناشط أن مزارعا قتل وأصيب آخر بلغم."), ["Killed 1 Some(1)", "Wounded 1 Some(1)"]);
        assert_eq!(tolls("مقتل وإصابة عشرة عمال في المنجم"), ["KilledOrWounded 10 Some(10)"]);
    }

    #[test]
    fn at_least_after_those_counted() {
        assert_eq!(tolls("قتل عاملان على الأقل في الحريق."), ["Killed 2 None"]);
        assert_eq!(tolls("أوقع الانفجار 12 قتيلا على الأقل ونحو 40 جريحا."), ["Killed 12 None", "Wounded 40 Some(40)"]);
    }

    #[test]
    fn parts_and_families() {
        assert_eq!(tolls("مقتل أربعة من عناصر الشرطة وخمسة من المدنيين."), ["Killed 4 Some(4)", "Killed 5 Some(5)"]);
        assert_eq!(tolls("أصيب رجل وابنته بشظايا القذيفة."), ["Wounded 2 Some(2)"]);
        assert_eq!(
            tolls("أصيب كل من عبد الرحمن (20 عاما)، وإبراهيم (31 عاما)، وعبد المنعم (9 أعوام)."),
            ["Wounded 3 Some(3)"]
        );
    }

    #[test]
    fn the_number_of_those_named() {
        assert_eq!(tolls("ارتفع عدد القتلى إلى 14 شخصا."), ["Killed 14 Some(14)"]);
        assert_eq!(tolls("نزح الآلاف من المدنيين."), ["Displaced 2000 None"]);
    }

    #[test]
    fn who_takes_others_is_no_victim() {
        assert_eq!(tolls("خطف مجهولون أمس موظفا من بيته."), ["Abducted 1 Some(1)"]);
        assert_eq!(tolls("احتجز تنظيم داعش ستين عائلة."), ["Abducted 60 Some(60)"]);
    }
}
