//! The victims that stand at a word, and how many they are.

use std::ops::Range;

use maydani_text::inflect::Number;
use maydani_text::{ARTICLE, Gap, WordKind};

use super::{Finder, TollMention};
use crate::codebook::{ActorKind, ForceClass, Kind, WordClass};
use crate::mentions::actors::{ActorMention, Naming, Party};
use crate::mentions::numbers::{Count, count_at};

/// Who and how many stand at a word.
#[derive(Debug, Clone)]
pub(super) struct Victims {
    pub(super) words: Range<usize>,
    pub(super) min: u32,
    pub(super) max: Option<u32>,
    pub(super) approximate: bool,
    pub(super) of: Option<usize>,
}

impl Victims {
    /// As many as a count says.
    pub(super) const fn counted(count: &Count, words: Range<usize>, of: Option<usize>) -> Self {
        Self { words, min: count.min, max: count.max, approximate: count.approximate, of }
    }

    /// Those of a toll that is told already.
    pub(super) const fn of_toll(toll: &TollMention, words: Range<usize>) -> Self {
        Self { words, min: toll.min, max: toll.max, approximate: toll.approximate, of: toll.of }
    }

    /// So many, or of a plural alone at least two.
    pub(super) const fn of_number(number: Number, words: Range<usize>, of: Option<usize>) -> Self {
        let (min, max) = match number {
            Number::One => (1, Some(1)),
            Number::Two => (2, Some(2)),
            Number::Many => (2, None),
        };
        Self { words, min, max, approximate: false, of }
    }
}

impl Finder<'_, '_> {
    pub(super) fn actor_at(&self, word: usize) -> Option<usize> {
        let at = self.actors.partition_point(|mention| mention.words.end <= word);
        self.actors.get(at).filter(|mention| mention.words.start == word).map(|_| at)
    }

    pub(super) fn is_people(&self, index: usize) -> bool {
        let mention = &self.actors[index];
        match mention.naming {
            Naming::Person | Naming::Fighter => true,
            Naming::Force => mention.force == Some(ForceClass::Member) || self.is_word_for_people(mention),
            Naming::Name => {
                matches!(mention.party, Party::Listed(i) if self.book.actors[i].kind.unarmed() || self.book.actors[i].kind == ActorKind::Unidentified)
            }
            _ => false,
        }
    }

    /// «شرطي», «رجال الأمن», «جندي للاحتلال»: people, though they stand for their force.
    pub(super) fn is_word_for_people(&self, mention: &ActorMention) -> bool {
        self.analysis.kind_at(mention.words.start, Kind::Person).is_some()
    }

    /// The victims who begin at a word. `adjacent`: it stands so near the act that nobody else can be meant.
    pub(super) fn victims_at(&self, at: usize, adjacent: bool) -> Option<Victims> {
        if at < self.counted_until {
            return None;
        }
        self.one_of(at, adjacent).or_else(|| self.named(at, adjacent)).or_else(|| {
            match count_at(self.analysis, self.book, at) {
                Some(count) => self.counted_here(&count, adjacent),
                None => self.told_by_word(at, adjacent),
            }
        })
    }

    /// «5 مدنيين», «عشرات من المسلحين»: a count, and those whom it counts.
    fn counted_here(&self, count: &Count, adjacent: bool) -> Option<Victims> {
        let text = &self.analysis.text;
        let end = count.words.end;
        let mut words = count.words.clone();
        if self.analysis.kind_at(end, Kind::Toll).is_some_and(|hit| self.book.tolls[hit.index].person) {
            return None; // counted with the person form
        }
        // «(431) شخصا»
        let bracketed = Gap::INSIDE_NAME.and(Gap::CLOSE);
        if let Some(index) = self.actor_at(end).filter(|_| text.gap(end).only(bracketed)) {
            words.end = self.actors[index].words.end;
            return Some(Victims::counted(count, words, Some(index)));
        }
        if self.is_member(end) {
            words.end = end + 1; // «أفراد من القبيلة»
            return Some(Victims::counted(count, words, None));
        }
        let other = self.analysis.kind_at(end, Kind::Number).is_some();
        // «35 قتلوا»
        let told = self
            .analysis
            .at(end)
            .any(|hit| matches!(hit.kind, Kind::Toll | Kind::CountedToll) && hit.form.plural_subject());
        if told && count.vague && text.norm(count.words.start).ends_with("عدد") {
            return None; // «بلغ عدد من ماتوا 30»
        }
        let noun = end < text.words().len()
            && !told
            && text.gap(end).only(Gap::SPACE)
            && text.words()[end].kind == WordKind::Arabic
            && !other
            && !self.is(end, WordClass::NoUnit)
            && !text.norm(end).starts_with(['ب', 'ل', 'و', 'ف'])
            && !self.analysis.at(end).any(|hit| hit.clitics.peeled > 0);
        let unknown = adjacent && self.analysis.at(end).next().is_none() || noun && self.bears_pronoun(end);
        if noun && !count.vague && !unknown {
            return None; // houses, days, kilometres
        }
        if other {
            words.end = end + 1;
        }
        let mut of = None;
        if self.is(end.min(text.words().len() - 1), WordClass::Of) {
            of = self.following(end, text.words().len());
            words.end = of.map_or(words.end, |index| self.actors[index].words.end);
        }
        if count.vague && of.is_none() && noun && !unknown && !self.is(end, WordClass::VagueAfter) {
            return None;
        }
        Some(Victims::counted(count, words, of))
    }

    /// «مدني», «جنديان», «مدنيين اثنين»: a word for people, without a count before it.
    fn told_by_word(&self, at: usize, adjacent: bool) -> Option<Victims> {
        let index = self.actor_at(at)?;
        let mention = &self.actors[index];
        if !self.is_people(index) || !adjacent && mention.clitics.preposition.is_some() {
            return None;
        }
        let end = mention.words.end;
        let pair = self.is(end, WordClass::Two);
        let numbered = self.number_with_article(end, self.analysis.text.words().len());
        let until = numbered.map_or(end + usize::from(pair), |(_, until)| until);
        let words = mention.words.start..until;
        let number = if pair || mention.number == Number::Many && self.is_dual(&mention.words) {
            Number::Two
        } else {
            mention.number
        };
        let mut victims = Victims::of_number(number, words, Some(index));
        if let Some((told, _)) = numbered.filter(|_| !pair) {
            (victims.min, victims.max) = (told, Some(told));
        }
        Some(victims)
    }

    /// «أفراد», «عناصر»: a word for members of a force.
    pub(super) fn is_member(&self, word: usize) -> bool {
        let of_force = |index: usize| self.book.forces[index].class == ForceClass::Member;
        self.analysis.at(word).any(|hit| hit.kind == Kind::Force && of_force(hit.index))
    }

    /// Further victims joined to those before by و, counted on their own: «وثلاثة عمال»,
    /// «ورجل». A party or two may stand between («43 من الحوثيين وقوات صالح و7 من المقاومة»).
    pub(super) fn joined_at(&self, at: usize, end: usize) -> Option<Victims> {
        let text = &self.analysis.text;
        let mut from = at;
        while from < end.min(at + 6) {
            let own = from == at && self.is(from, WordClass::OfThem); // «10 منهم وثلاثة عمال»
            let foreign = text.words()[from].kind == WordKind::Foreign;
            if text.gap(from).any(Gap::STOP.and(Gap::LINE).and(Gap::SEMICOLON))
                || text.gap(from).any(Gap::OPEN) && !foreign
                || self.part_begins(from) && !own
                || self.analysis.kind_at(from, Kind::Toll).is_some()
            {
                return None;
            }
            let joined = self
                .analysis
                .at(from)
                .find(|hit| hit.clitics.conjunction && matches!(hit.kind, Kind::Number | Kind::Person | Kind::Force));
            let next = if text.is_and(from) { from + 1 } else { from };
            if (next > from || joined.is_some()) && next < end {
                if let Some(count) = count_at(self.analysis, self.book, next) {
                    let of = count.words.end;
                    if self.actor_at(of).is_some_and(|index| self.is_people(index) || self.is(of - 1, WordClass::Of))
                        || of + 1 < end && self.is(of, WordClass::Of) && self.following(of, end).is_some()
                    {
                        return self.victims_at(next, true);
                    }
                    return None;
                }
                if let Some(index) = self.actor_at(next)
                    && self.is_people(index)
                    && self.actors[index].number != Number::Many
                    && !text.norm(next).trim_start_matches('و').starts_with(ARTICLE)
                {
                    return self.victims_at(next, true);
                }
            }
            // Only the rest of the names before it may stand between.
            match self.actor_at(from) {
                Some(index) => from = self.actors[index].words.end,
                None if foreign || own => from += 1,
                None if self.is(from, WordClass::BetweenVictims) => {
                    from += 1;
                }
                None => return None,
            }
        }
        None
    }

    /// «أحد عناصر …»: one of them.
    pub(super) fn one_of(&self, at: usize, adjacent: bool) -> Option<Victims> {
        let text = &self.analysis.text;
        // «أحدهم» right after the act.
        if adjacent && self.bears_pronoun(at) {
            let word = text.norm(at);
            let bare = ["هما", "هم", "هن", "ها"].iter().find_map(|pronoun| word.strip_suffix(pronoun));
            if bare.is_some_and(|bare| self.book.is(bare, WordClass::OneOf)) {
                return Some(Victims::of_number(Number::One, at..at + 1, None));
            }
        }
        if !self.is(at, WordClass::OneOf) || at + 1 >= text.words().len() || !text.gap(at + 1).only(Gap::INSIDE_NAME) {
            return None;
        }
        let of = self.actor_at(at + 1);
        let member = self.is_member(at + 1)
            || self.analysis.kind_at(at + 1, Kind::Person).is_some()
            || self.analysis.at(at).any(|hit| hit.kind == Kind::Source && hit.end == at + 2);
        // «مقتل أحد قادته»: right after the act no other can be meant.
        let owned = adjacent && self.bears_pronoun(at + 1);
        (member || of.is_some() || owned).then(|| {
            let end = of.map_or(at + 2, |index| self.actors[index].words.end);
            Victims { words: at..end, min: 1, max: Some(1), approximate: false, of }
        })
    }

    /// «شقيقه», «قادتها»; not «امرأة», whose last letter is normalised to the same.
    pub(super) fn bears_pronoun(&self, word: usize) -> bool {
        let text = &self.analysis.text;
        let written = text.slice(text.span(word..word + 1));
        without_pronoun(written).is_some()
    }

    /// «مقيمين أحدهما …»: written like the plural, told of as two.
    pub(super) fn is_dual(&self, words: &Range<usize>) -> bool {
        let text = &self.analysis.text;
        let word = text.norm(words.start);
        // The vowel sign of the dual, where the report writes it.
        if text.slice(text.span(words.start..words.start + 1)).contains("\u{64e}ين") {
            return true;
        }
        let Some(stem) = word.strip_suffix("ين").filter(|stem| !stem.starts_with(ARTICLE)) else { return false };
        let to = text.words().len().min(words.end + 4);
        (words.end..to).any(|at| self.is(at, WordClass::OfTwo))
            || (0..text.words().len()).any(|at| text.norm(at).strip_suffix("ان").is_some_and(|other| other == stem))
    }
}

/// The pronouns of those told of, the longer first.
const PRONOUNS: [&str; 4] = ["هما", "هم", "ها", "ه"];

/// A word without the pronoun that it bears; none where it bears none.
pub(super) fn without_pronoun(word: &str) -> Option<&str> {
    PRONOUNS.iter().find_map(|pronoun| word.strip_suffix(pronoun))
}
