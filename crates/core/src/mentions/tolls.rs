//! Tolls: how many were killed, wounded, taken, driven out.

use std::ops::Range;

use maydani_text::inflect::Number;
use maydani_text::{ARTICLE, Gap, WordKind};

use super::actors::{ActorMention, Naming, Party};
use super::numbers::{Count, count_at};
use crate::analysis::{Analysis, Hit};
use crate::codebook::{ActorKind, At, Codebook, CueKind, ForceClass, Kind, NumberKind, WordClass};
use crate::record::TollKind;

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
    /// The entry that gave it.
    pub entry: At,
}

/// Finds the tolls of a report.
#[must_use]
pub fn find(analysis: &Analysis<'_>, book: &Codebook, actors: &[ActorMention]) -> Vec<TollMention> {
    let mut finder = Finder { analysis, book, actors, out: Vec::new(), counted_until: 0 };
    for sentence in analysis.text.sentences() {
        finder.sentence(sentence.clone());
    }
    finder.out
}

/// How far from the act the victims may stand without a number.
const NEAR: usize = 9;
/// How far from the act those counted may stand.
const REACH: usize = 12;

struct Finder<'a, 't> {
    analysis: &'a Analysis<'t>,
    book: &'a Codebook,
    actors: &'a [ActorMention],
    out: Vec<TollMention>,
    counted_until: usize,
}

/// Who and how many stand at a word.
struct Victims {
    words: Range<usize>,
    min: u32,
    max: Option<u32>,
    approximate: bool,
    of: Option<usize>,
}

impl Finder<'_, '_> {
    fn sentence(&mut self, sentence: Range<usize>) {
        let mut i = sentence.start;
        while i < sentence.end {
            let hit = self
                .analysis
                .at(i)
                .filter(|hit| hit.kind == Kind::Toll)
                .find(|hit| self.follows(hit, &sentence))
                .copied();
            if let Some(hit) = hit {
                if self.book.tolls[hit.index].person {
                    self.person(&hit, &sentence);
                } else {
                    self.act(&hit, &sentence);
                }
            }
            i += 1;
        }
    }

    /// Whether what an entry asks for after the word is there.
    fn follows(&self, hit: &Hit, sentence: &Range<usize>) -> bool {
        let rest = &self.book.tolls[hit.index].rest;
        rest.is_empty() || super::triggers::rest_within(self.analysis, rest, hit.end, sentence.end).is_some()
    }

    fn is(&self, word: usize, class: WordClass) -> bool {
        self.analysis.is(word, class)
    }

    fn actor_at(&self, word: usize) -> Option<usize> {
        let at = self.actors.partition_point(|mention| mention.words.end <= word);
        self.actors.get(at).filter(|mention| mention.words.start == word).map(|_| at)
    }

    fn is_people(&self, index: usize) -> bool {
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
    fn is_word_for_people(&self, mention: &ActorMention) -> bool {
        self.analysis.kind_at(mention.words.start, Kind::Person).is_some()
    }

    /// «مقتل 3 أطفال», «أصيب مدنيان», «قتل الجيش 5 مسلحين».
    fn act(&mut self, hit: &Hit, sentence: &Range<usize>) {
        let mut kind = self.book.tolls[hit.index].kind;
        let mut from = hit.end;
        if kind == TollKind::Arrested && self.held_by_group(hit) {
            kind = TollKind::Abducted;
        }
        // «7 عناصر من التنظيم قتلوا», «جنديا قتل وأصيب آخر»: the victims stand before the verb.
        if let Some(victims) = self.subject_before(hit, sentence) {
            self.push_all(hit, kind, victims, hit.start);
            return;
        }
        // «مقتل وإصابة عدد»: counted together.
        if from < sentence.end
            && let Some((other, end)) = self.joined_act(from)
        {
            kind = together(kind, other);
            from = end;
        }
        // The second act of such a pair has been counted with the first.
        if hit.start < self.counted_until
            && self.out.last().is_some_and(|last| last.act < hit.start && last.words.start > hit.start)
        {
            return;
        }
        let limit = sentence.end.min(from + REACH);
        let mut at = from;
        while at < limit {
            if at > from && self.analysis.text.gap(at).any(Gap::STOP.and(Gap::LINE).and(Gap::SEMICOLON)) {
                break;
            }
            if self.part_begins(at) {
                break;
            }
            if let Some(next) = self.analysis.kind_at(at, Kind::Toll).filter(|next| self.follows(next, sentence)) {
                if self.book.tolls[next.index].person {
                    // «سقوط قتلى»: the person form counts for itself.
                    return;
                }
                break;
            }
            let counted =
                || count_at(self.analysis, self.book, at).is_some_and(|count| !count.vague || count.min >= 20);
            if (at < from + NEAR || !hit.form.pronoun() && counted())
                && let Some(victims) = self.victims_at(at, at == from || at == from + 1 && self.is(from, WordClass::On))
            {
                let victims = self.object_after(&victims, limit).unwrap_or(victims);
                self.push_all(hit, kind, victims, sentence.end);
                return;
            }
            at += 1;
        }
        // «مقتله»: one, named before.
        if hit.form.pronoun() && self.is_told(hit, sentence) {
            let text = self.analysis.text.norm(hit.start);
            let (min, max) = if text.ends_with("هما") {
                (2, Some(2))
            } else if text.ends_with('ه') || text.ends_with("ها") {
                (1, Some(1))
            } else {
                (2, None)
            };
            self.push(hit, kind, Victims { words: hit.start..hit.end, min, max, approximate: false, of: None });
        }
    }

    /// «احتجز التنظيم عائلة»: held by others than a state.
    fn held_by_group(&self, hit: &Hit) -> bool {
        let armed = |index: usize| {
            matches!(self.actors[index].party, Party::Listed(i) if self.book.actors[i].kind == ActorKind::Rebel)
                && self.actors[index].clitics.preposition.is_none()
        };
        let text = &self.analysis.text;
        let before = self.actors.partition_point(|mention| mention.words.end < hit.start);
        text.norm(hit.start).contains("حتجز")
            && (self.actor_at(hit.end).is_some_and(armed)
                || self.actors.get(before).is_some_and(|mention| mention.words.end == hit.start) && armed(before))
    }

    /// Whether an act with a pronoun for the victims («مقتله», «تم اعتقاله») tells that it happened.
    fn is_told(&self, hit: &Hit, sentence: &Range<usize>) -> bool {
        let entry = &self.book.tolls[hit.index];
        match entry.kind {
            TollKind::Killed => true,
            // «وإصابة بسيطة» reads like a verb with a pronoun.
            TollKind::Wounded => {
                let text = &self.analysis.text;
                entry.rest.is_empty() && !text.slice(text.span(hit.start..hit.end)).ends_with('ة')
            }
            TollKind::Arrested | TollKind::Abducted | TollKind::Captured => {
                hit.clitics.conjunction || hit.start > sentence.start && self.is(hit.start - 1, WordClass::Auxiliary)
            }
            _ => false,
        }
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

    /// «مقتل وإصابة»: an act joined to another by و, with nothing between.
    fn joined_act(&self, at: usize) -> Option<(TollKind, usize)> {
        let text = &self.analysis.text;
        if text.gap(at).any(Gap::COMMA.and(Gap::STOP).and(Gap::LINE).and(Gap::SEMICOLON)) {
            return None;
        }
        let apart = text.is_and(at);
        let next = self.analysis.kind_at(at + usize::from(apart), Kind::Toll)?;
        let entry = &self.book.tolls[next.index];
        ((apart || next.clitics.conjunction) && !entry.person).then_some((entry.kind, next.end))
    }

    /// The victims before a verb that bears them as its subject: always before a plural verb
    /// («… قتلوا»), before another one where they open the clause (أن جنديا قتل).
    fn subject_before(&self, hit: &Hit, sentence: &Range<usize>) -> Option<Victims> {
        let text = &self.analysis.text;
        let next = hit.end;
        let ends = next >= sentence.end
            || text.gap(next).any(Gap::COMMA.and(Gap::STOP).and(Gap::LINE))
            || self.joined_act(next).is_some();
        let plural = hit.form.plural_subject();
        if !ends && self.victims_at(next, true).is_some() {
            return None;
        }
        if !plural && (hit.clitics.peeled > 0 || hit.form.present() || hit.form.pronoun() || hit.form.definite()) {
            return None;
        }
        // «عناصر من الجبهة خطفوا قائد الفصيل»: who takes others is no victim.
        let takes =
            matches!(self.book.tolls[hit.index].kind, TollKind::Abducted | TollKind::Arrested | TollKind::Captured);
        if takes && (next..sentence.end.min(next + 4)).any(|at| self.victims_at(at, false).is_some()) {
            return None;
        }
        let said = |at: &usize| self.is(*at, WordClass::ThatSubject);
        let start = sentence.start.max(hit.start.saturating_sub(REACH));
        let start = (start..hit.start).rev().find(said).map_or(start, |at| at + 1);
        let opens = |at: usize| {
            at == sentence.start
                || text.gap(at).any(Gap::LINE.and(Gap::QUOTE).and(Gap::COLON).and(Gap::COMMA))
                || self.is(at - 1, WordClass::OpensClause)
                || self.analysis.kind_at(at, Kind::Number).is_some_and(|hit| hit.clitics.conjunction)
        };
        for at in start..hit.start {
            let crossed = self.analysis.boundaries_between(at, hit.start);
            if at < self.counted_until || self.part_begins(at) || crossed > 2 || crossed > 0 && !opens(at) {
                continue;
            }
            let Some(victims) = self.victims_at(at, false).filter(|victims| victims.words.end <= hit.start) else {
                continue;
            };
            let near = victims.words.end == hit.start;
            if plural && (crossed == 0 || victims.max.is_some() || victims.min > 2)
                || !plural && near && opens(at) && victims.max == Some(1)
                || !plural && near && ends && opens(at)
            {
                return Some(victims);
            }
        }
        None
    }

    /// «خطف مجهولون أمس جنديا»: where many without a number come first and others are told
    /// after them, the first did it.
    fn object_after(&self, first: &Victims, limit: usize) -> Option<Victims> {
        let text = &self.analysis.text;
        let agent = self.actors.get(first.of?)?;
        let word = text.norm(first.words.start);
        let two = first.max.is_some() && word.ends_with("ان");
        let subject = word.ends_with("ون") || two || self.is_word_for_people(agent);
        if first.max.is_some() && !two || first.min > 2 || !subject || agent.words != first.words {
            return None;
        }
        (first.words.end..limit)
            .take_while(|&at| {
                !text.gap(at).any(Gap::COMMA.and(Gap::STOP).and(Gap::LINE).and(Gap::SEMICOLON))
                    && !self.part_begins(at)
                    && self.analysis.kind_at(at, Kind::Toll).is_none()
            })
            .find_map(|at| {
                let counted = !two || count_at(self.analysis, self.book, at).is_some_and(|count| !count.vague);
                self.victims_at(at, false).filter(|_| counted && !text.norm(at).starts_with('و'))
            })
    }

    /// «13 قتيلا», «قتلى وجرحى», «قتيلان».
    fn person(&mut self, hit: &Hit, sentence: &Range<usize>) {
        let entry = &self.book.tolls[hit.index];
        let number = entry.number.unwrap_or_else(|| hit.form.number());
        if let Some(count) = self.count_before(hit.start, sentence.start) {
            // «عشرات القتلى والجرحى»: counted together.
            let pair = self.analysis.kind_at(hit.end, Kind::Toll).filter(|next| {
                let other = &self.book.tolls[next.index];
                next.clitics.conjunction && other.person && count.vague && count.min >= 20 && next.end <= sentence.end
            });
            let (kind, end) = pair.map_or((entry.kind, hit.end), |next| {
                (together(entry.kind, self.book.tolls[next.index].kind), next.end)
            });
            let of = self.following(end, sentence.end);
            let words = count.words.start..end;
            self.push(hit, kind, Victims { words, min: count.min, max: count.max, approximate: count.approximate, of });
            return;
        }
        // «5 بين قتيل وجريح».
        if hit.start >= sentence.start + 2
            && self.is(hit.start - 1, WordClass::Among)
            && let Some(count) = self.count_before(hit.start - 1, sentence.start)
        {
            self.push(
                hit,
                TollKind::KilledOrWounded,
                Victims {
                    words: count.words,
                    min: count.min,
                    max: count.max,
                    approximate: count.approximate,
                    of: None,
                },
            );
            self.counted_until = hit.end + 1;
            return;
        }
        // «أصيب رجل بإصابات خفيفة»: not the toll but how they were hurt.
        let manner = hit.clitics.preposition.is_some() && entry.kind == TollKind::Wounded;
        if hit.start < self.counted_until || manner {
            return;
        }
        // «المصابين هم 6 أطفال», «القتلى البالغ عددهم 6».
        let number_of = hit.start > sentence.start && self.is_number_of(hit.start - 1);
        if hit.form.definite() || number_of {
            if let Some(victims) = self.number_told(hit, sentence, number_of) {
                // «حصيلة الضحايا»: the dead.
                let kind = if number_of { TollKind::Killed } else { entry.kind };
                let kind = if entry.kind == TollKind::KilledOrWounded { kind } else { entry.kind };
                self.push(hit, kind, victims);
                return;
            }
            if number_of {
                return;
            }
        }
        let after_toll = hit.clitics.conjunction && self.out.last().is_some_and(|last| last.words.end == hit.start);
        if hit.form.definite() && !after_toll {
            return;
        }
        let (min, max) = match number {
            Number::One => (1, Some(1)),
            Number::Two => (2, Some(2)),
            Number::Many => (2, None),
        };
        let of = self.following(hit.end, sentence.end).or_else(|| self.actor_at(hit.start));
        self.push(hit, entry.kind, Victims { words: hit.start..hit.end, min, max, approximate: false, of });
    }

    /// «عدد القتلى إلى 10», «المصابون هم 6 أطفال», «الشهداء الثلاثة»: the number after a person form.
    fn number_told(&self, hit: &Hit, sentence: &Range<usize>, number_of: bool) -> Option<Victims> {
        let text = &self.analysis.text;
        // «المصابين 3 مدنيين»
        if hit.form.definite()
            && let Some(victims) = count_at(self.analysis, self.book, hit.end)
                .filter(|count| !count.vague && count.words.start < sentence.end && text.gap(hit.end).only(Gap::SPACE))
                .and_then(|_| self.victims_at(hit.end, false))
                .filter(|victims| victims.of.is_some())
        {
            return Some(victims);
        }
        let to = sentence.end.min(hit.end + if number_of { REACH } else { 4 });
        if let Some(value) = self.number_with_article(hit.end, sentence.end) {
            let words = hit.start..hit.end + 1;
            return Some(Victims { words, min: value, max: Some(value), approximate: false, of: None });
        }
        for at in hit.end..to {
            if text.gap(at).any(Gap::STOP.and(Gap::LINE).and(Gap::SEMICOLON))
                || self.part_begins(at)
                || self.analysis.kind_at(at, Kind::Toll).is_some_and(|hit| !self.book.tolls[hit.index].person)
            {
                return None;
            }
            let told = self.is(at, WordClass::NumberTold) || number_of && self.is(at, WordClass::NumberTo);
            let counts = number_of
                && self.analysis.kind_at(at, Kind::Number).is_some_and(|hit| {
                    matches!(self.book.numbers[hit.index].kind, NumberKind::AtLeast | NumberKind::About)
                });
            let from = if told { at + 1 } else { at };
            if (told || counts)
                && from < sentence.end
                && let Some(victims) = self.victims_at(from, true)
            {
                return Some(victims);
            }
        }
        None
    }

    /// «الثلاثة» after those counted.
    fn number_with_article(&self, at: usize, end: usize) -> Option<u32> {
        let hit = (at < end && self.analysis.text.gap(at).only(Gap::SPACE))
            .then(|| self.analysis.kind_at(at, Kind::Number))
            .flatten()?;
        let entry = &self.book.numbers[hit.index];
        (entry.kind == NumberKind::Cardinal && entry.value > 1 && self.analysis.text.norm(at).starts_with(ARTICLE))
            .then_some(entry.value)
    }

    /// The victims after a person form: «قتيل من قوات النظام», «3 جرحى مدنيين».
    fn following(&self, at: usize, end: usize) -> Option<usize> {
        let text = &self.analysis.text;
        let next = if at < end && self.is(at, WordClass::ToVictims) { at + 1 } else { at };
        let next = if next + 1 < end && self.is(next, WordClass::Ranks) { next + 1 } else { next };
        (next < end && text.gap(next).only(Gap::INSIDE_NAME)).then(|| self.actor_at(next)).flatten()
    }

    fn count_before(&self, word: usize, start: usize) -> Option<Count> {
        (start.max(word.saturating_sub(5))..word)
            .find_map(|at| count_at(self.analysis, self.book, at).filter(|count| count.words.end == word))
    }

    /// Further victims joined to those before by و, counted on their own: «وثلاثة عمال»,
    /// «ورجل». A party or two may stand between («43 من الحوثيين وقوات صالح و7 من المقاومة»).
    fn joined_at(&self, at: usize, end: usize) -> Option<Victims> {
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

    /// «كل من سعيد (20 عاما)، ووليد، وعمر», «العريف سعيد، والجندي وليد»: named one by one.
    fn named(&self, at: usize, adjacent: bool) -> Option<Victims> {
        let text = &self.analysis.text;
        let end = self.analysis.sentence_range(at).end;
        let all = self.is(at, WordClass::Each) && at + 2 < end && self.is(at + 1, WordClass::Of);
        let ranked = |word: usize| {
            self.actor_at(word).is_some_and(|index| {
                let mention = &self.actors[index];
                mention.number == Number::One && mention.naming == Naming::Fighter
            }) && text.norm(word).trim_start_matches('و').starts_with(ARTICLE)
        };
        if !(all || adjacent && ranked(at)) {
            return None;
        }
        let name = |word: usize| {
            text.words()[word].kind == WordKind::Arabic
                && !self
                    .analysis
                    .at(word)
                    .any(|hit| matches!(hit.kind, Kind::Toll | Kind::Event | Kind::Cue | Kind::Means))
                && !self.is(word, WordClass::NoName)
        };
        let mut count = 1;
        let mut word = at + if all { 2 } else { 1 };
        let mut last = word;
        let mut aside = false;
        let (mut style, mut before_last) = (None, false);
        while word < end {
            let gap = text.gap(word);
            if gap.any(Gap::STOP.and(Gap::LINE).and(Gap::SEMICOLON)) {
                break;
            }
            if gap.any(Gap::OPEN) {
                aside = true; // the age in brackets
            } else if gap.any(Gap::CLOSE) {
                aside = false;
            }
            let joined = text.norm(word).starts_with('و');
            let age = text.words()[word].kind == WordKind::Number || text.words()[word - 1].kind == WordKind::Number;
            if !aside && !age {
                if !name(word) || !all && gap.any(Gap::COMMA) && !joined {
                    break;
                }
                if gap.any(Gap::COMMA) || all && joined && count == 1 {
                    if !(all || text.is_and(word) || ranked(word)) {
                        break;
                    }
                    // Either all are joined by و, or the last alone.
                    let ended = match style {
                        None => false,
                        Some(true) => !joined,
                        Some(false) => before_last,
                    };
                    if ended {
                        break;
                    }
                    before_last = joined;
                    style.get_or_insert(joined);
                    count += 1;
                }
                last = word + 1;
            }
            word += 1;
        }
        (count > 1).then_some(Victims { words: at..last, min: count, max: Some(count), approximate: false, of: None })
    }

    /// «شقيقه», «قادتها»; not «امرأة», whose last letter is normalised to the same.
    fn bears_pronoun(&self, word: usize) -> bool {
        let text = &self.analysis.text;
        let written = text.slice(text.span(word..word + 1));
        ["ه", "ها", "هم"].iter().any(|pronoun| written.ends_with(pronoun))
    }

    /// «أحد عناصر …»: one of them.
    fn one_of(&self, at: usize, adjacent: bool) -> Option<Victims> {
        let text = &self.analysis.text;
        if !self.is(at, WordClass::OneOf) || at + 1 >= text.words().len() || !text.gap(at + 1).only(Gap::INSIDE_NAME) {
            return None;
        }
        let of = self.actor_at(at + 1);
        let member = self.analysis.at(at + 1).any(|hit| match hit.kind {
            Kind::Force => self.book.forces[hit.index].class == ForceClass::Member,
            Kind::Person => true,
            _ => false,
        }) || self.analysis.at(at).any(|hit| hit.kind == Kind::Source && hit.end == at + 2);
        // «مقتل أحد قادته»: right after the act no other can be meant.
        let owned = adjacent && self.bears_pronoun(at + 1);
        (member || of.is_some() || owned).then(|| {
            let end = of.map_or(at + 2, |index| self.actors[index].words.end);
            Victims { words: at..end, min: 1, max: Some(1), approximate: false, of }
        })
    }

    fn victims_at(&self, at: usize, adjacent: bool) -> Option<Victims> {
        let text = &self.analysis.text;
        if at < self.counted_until {
            return None;
        }
        if let Some(one) = self.one_of(at, adjacent) {
            return Some(one);
        }
        if let Some(named) = self.named(at, adjacent) {
            return Some(named);
        }
        if let Some(count) = count_at(self.analysis, self.book, at) {
            let end = count.words.end;
            // «(431) شخصا»
            let bracketed = Gap::INSIDE_NAME.and(Gap::CLOSE);
            let mut of = self.actor_at(end).filter(|_| text.gap(end).only(bracketed));
            let mut words = count.words.clone();
            let member = self
                .analysis
                .at(end)
                .any(|hit| hit.kind == Kind::Force && self.book.forces[hit.index].class == ForceClass::Member);
            if self.analysis.kind_at(end, Kind::Toll).is_some_and(|hit| self.book.tolls[hit.index].person) {
                return None; // counted with the person form
            } else if let Some(index) = of {
                words.end = self.actors[index].words.end;
            } else if member {
                words.end = end + 1; // «أفراد من القبيلة»
            } else {
                let other = self.analysis.kind_at(end, Kind::Number).is_some();
                let noun = end < text.words().len()
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
                if self.is(end.min(text.words().len() - 1), WordClass::Of) {
                    of = self.following(end, text.words().len());
                    words.end = of.map_or(words.end, |index| self.actors[index].words.end);
                }
                if count.vague && of.is_none() && noun && !unknown && !self.is(end, WordClass::VagueAfter) {
                    return None;
                }
            }
            return Some(Victims { words, min: count.min, max: count.max, approximate: count.approximate, of });
        }
        let index = self.actor_at(at)?;
        if !self.is_people(index) || !adjacent && self.actors[index].clitics.preposition.is_some() {
            return None;
        }
        let mention = &self.actors[index];
        // «مدنيين اثنين»: the number after the word.
        let end = mention.words.end;
        let pair = self.is(end, WordClass::Two);
        let numbered = self.number_with_article(end, text.words().len());
        let (min, max) = match mention.number {
            _ if pair => (2, Some(2)),
            _ if numbered.is_some() => (numbered.unwrap_or(2), numbered),
            Number::Many if self.is_dual(&mention.words) => (2, Some(2)),
            Number::One => (1, Some(1)),
            Number::Two => (2, Some(2)),
            Number::Many => (2, None),
        };
        Some(Victims {
            words: mention.words.start..end + usize::from(pair || numbered.is_some()),
            min,
            max,
            approximate: false,
            of: Some(index),
        })
    }

    /// «مقيمين أحدهما …»: written like the plural, told of as two.
    fn is_dual(&self, words: &Range<usize>) -> bool {
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

    /// «بينهم»: what follows is part of a total.
    fn part_begins(&self, at: usize) -> bool {
        self.analysis.at(at).any(|hit| hit.kind == Kind::Cue && self.book.cues[hit.index].kind == CueKind::Breakdown)
    }

    /// «شخصان على الأقل».
    fn at_least_after(&self, from: usize, end: usize) -> bool {
        let text = &self.analysis.text;
        (from..end.min(from + 2))
            .take_while(|&at| !text.gap(at).any(Gap::COMMA.and(Gap::STOP).and(Gap::LINE)))
            .any(|at| at + 1 < end && self.is(at, WordClass::On) && self.is(at + 1, WordClass::Least))
    }

    /// «عدد القتلى», «لحصيلة القتلى»: after it those counted stand without a number.
    fn is_number_of(&self, word: usize) -> bool {
        let bare = self.analysis.text.norm(word).trim_start_matches(['و', 'ل', 'ب']);
        self.book.is(bare, WordClass::NumberOf)
    }

    fn push(&mut self, hit: &Hit, kind: TollKind, victims: Victims) {
        let sentence = self.analysis.sentence_range(hit.start);
        let start = sentence.start.max(victims.words.start.saturating_sub(6));
        // «بينهم 3 أطفال قتلوا»: part of a total told before.
        let part = (start..victims.words.start)
            .any(|at| self.part_begins(at) && self.analysis.boundaries_between(at, victims.words.start) == 0);
        let mut victims = victims;
        if victims.max.is_some() && self.at_least_after(victims.words.end, sentence.end) {
            victims.max = None;
        }
        if victims.max == Some(0) || victims.min == 0 && victims.max.is_none() {
            return;
        }
        self.counted_until = self.counted_until.max(victims.words.end);
        self.out.push(TollMention {
            words: victims.words,
            act: hit.start,
            kind,
            min: victims.min,
            max: victims.max,
            approximate: victims.approximate,
            of: victims.of,
            part,
            entry: self.book.tolls[hit.index].at,
        });
    }
}

fn together(a: TollKind, b: TollKind) -> TollKind {
    if a == b { a } else { TollKind::KilledOrWounded }
}

#[cfg(test)]
mod tests {
    use crate::events::model::Model;
    use crate::gazetteer::Gazetteer;
    use crate::{Codebook, Coder, Report};

    /// Kind, least and most of the tolls of a sentence.
    fn tolls(text: &str) -> Vec<String> {
        let book = Codebook::built_in().expect("the built-in codebook");
        let places = Gazetteer::built_in().expect("the built-in gazetteer");
        let coder = Coder::with_model(book, places, Model::default()).expect("a coder without weights");
        let report = Report { text: text.to_owned(), ..Report::default() };
        let scene = coder.scene(&report, &[]);
        scene.tolls.iter().map(|toll| format!("{:?} {} {:?}", toll.kind, toll.min, toll.max)).collect()
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
