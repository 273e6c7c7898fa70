//! Tolls told by an act: «مقتل 3 أطفال», «أصيب مدنيان», «قتل الجيش 5 مسلحين».

use std::ops::Range;

use maydani_text::Gap;

use super::victims::Victims;
use super::{Finder, REACH, Tie, together};
use crate::analysis::Hit;
use crate::codebook::{ActorKind, Kind, WordClass};
use crate::mentions::actors::Party;
use crate::mentions::numbers::count_at;
use crate::record::TollKind;

/// How far from the act the victims may stand without a number.
const NEAR: usize = 9;

impl Finder<'_, '_> {
    /// «مقتل 3 أطفال», «أصيب مدنيان», «قتل الجيش 5 مسلحين».
    pub(super) fn act(&mut self, hit: &Hit, sentence: &Range<usize>) {
        let mut kind = self.book.tolls[hit.index].kind;
        let mut from = hit.end;
        let mut also = None;
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
            let harm = |kind| matches!(kind, TollKind::Killed | TollKind::Wounded | TollKind::KilledOrWounded);
            if harm(kind) && harm(other) {
                kind = together(kind, other);
            } else {
                also = Some(other).filter(|&other| other != kind);
            }
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
            if let Some(next) = self.toll_at(at, sentence) {
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
                // «قتل وأسر عشرات المسلحين»: some of each.
                if let Some(other) = also {
                    self.add(hit, other, victims.clone(), Tie::Read);
                }
                self.push_all(hit, kind, victims, sentence.end);
                return;
            }
            at += 1;
        }
        // «مقتله»: one, named before.
        if hit.form.pronoun() && self.is_told(hit, sentence) {
            let (min, max) = self.of_pronoun(hit.start);
            self.push(hit, kind, Victims { words: hit.start..hit.end, min, max, approximate: false, of: None });
        }
    }

    /// How many the pronoun of an act means.
    pub(super) fn of_pronoun(&self, word: usize) -> (u32, Option<u32>) {
        let text = self.analysis.text.norm(word);
        if text.ends_with("هما") {
            (2, Some(2))
        } else if text.ends_with('ه') || text.ends_with("ها") {
            (1, Some(1))
        } else {
            (2, None)
        }
    }

    /// «احتجز التنظيم عائلة»: held by others than a state.
    pub(super) fn held_by_group(&self, hit: &Hit) -> bool {
        let armed = |index: usize| {
            matches!(self.actors[index].party, Party::Listed(i) if self.book.actors[i].kind == ActorKind::Rebel)
                && self.actors[index].clitics.preposition.is_none()
        };
        let before = self.actors.partition_point(|mention| mention.words.end < hit.start);
        self.besides(hit, TollKind::Arrested).any(|kind| kind == TollKind::Abducted)
            && (self.actor_at(hit.end).is_some_and(armed)
                || self.actors.get(before).is_some_and(|mention| mention.words.end == hit.start) && armed(before))
    }

    /// Whether an act with a pronoun for the victims («مقتله», «تم اعتقاله») tells that it happened.
    pub(super) fn is_told(&self, hit: &Hit, sentence: &Range<usize>) -> bool {
        let entry = &self.book.tolls[hit.index];
        match entry.kind {
            TollKind::Killed => true,
            TollKind::Wounded => entry.rest.is_empty(),
            TollKind::Arrested | TollKind::Abducted | TollKind::Captured => {
                hit.clitics.conjunction || hit.start > sentence.start && self.is(hit.start - 1, WordClass::Auxiliary)
            }
            _ => false,
        }
    }

    /// «مقتل وإصابة»: an act joined to another by و, with nothing between.
    pub(super) fn joined_act(&self, at: usize) -> Option<(TollKind, usize)> {
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
    pub(super) fn subject_before(&self, hit: &Hit, sentence: &Range<usize>) -> Option<Victims> {
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
    pub(super) fn object_after(&self, first: &Victims, limit: usize) -> Option<Victims> {
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
}
