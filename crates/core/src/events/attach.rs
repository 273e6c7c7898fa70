//! Which places, days, tolls and speakers belong to an event word.

use super::features::{Features, template};
use super::scene::{Scene, Slot};
use crate::codebook::{Kind, WordClass};
use crate::mentions::triggers::Trigger;

impl Scene<'_> {
    /// Features of a place as the place of an event.
    pub fn place_features(&self, trigger: &Trigger, index: usize, out: &mut Features) {
        let place = &self.places[index];
        let stand = self.stand(trigger, &place.mention.words, place.clitics);
        self.pair_features(trigger, &place.mention.words, stand, out);
        let class = trigger.word(self.book).class.id();
        let kind = place.value.kind as u32;
        let sentence = self.analysis.sentence_range(place.mention.words.start);
        let same = u32::from(self.analysis.text.sentence_of(place.mention.words.start) == trigger.sentence);
        out.add(template("kind"), &[kind, same]);
        out.add(template("kind class"), &[kind, class, same]);
        out.add(template("known"), &[u32::from(place.value.id.is_some()), kind]);
        out.add(template("precision"), &[u32::from(place.value.geo_precision), same]);
        let standing = place.mention.relation as u32;
        out.add(template("locates"), &[u32::from(place.mention.locates), same]);
        out.add(template("locates kind"), &[u32::from(place.mention.locates), kind, standing, same]);
        out.add(template("cued"), &[u32::from(place.mention.cued), kind, same]);
        // Its neighbours: a more specific place beside it makes it a mere locator.
        let specific = |other: usize| self.places[other].value.kind.is_specific();
        let mine = u32::from(specific(index));
        let before = index.checked_sub(1).filter(|&other| {
            place.mention.words.start.saturating_sub(self.places[other].mention.words.end) <= 3
                && sentence.contains(&self.places[other].mention.words.start)
        });
        let after = (index + 1 < self.places.len()).then_some(index + 1).filter(|&other| {
            self.places[other].mention.words.start.saturating_sub(place.mention.words.end) <= 3
                && sentence.contains(&self.places[other].mention.words.start)
        });
        let code = |other: Option<usize>| other.map_or(0, |other| 1 + self.places[other].value.kind as u32);
        out.add(template("neighbours"), &[kind, code(before), code(after)]);
        let joined = u32::from(
            place.clitics.conjunction
                || place.mention.words.start > 0 && self.analysis.text.is_and(place.mention.words.start - 1),
        );
        out.add(template("joined"), &[joined, kind, code(before)]);
        let in_sentence: Vec<usize> = (0..self.places.len())
            .filter(|&other| self.analysis.text.sentence_of(self.places[other].mention.words.start) == trigger.sentence)
            .collect();
        let specifics = in_sentence.iter().filter(|&&other| specific(other)).count().min(2) as u32;
        out.add(template("choice"), &[mine, specifics, same]);
        if same == 1 {
            let rank = in_sentence.iter().position(|&other| other == index).unwrap_or(0).min(3) as u32;
            out.add(template("rank"), &[rank, mine]);
            let nearest = in_sentence
                .iter()
                .filter(|&&other| specific(other) || mine == 0)
                .min_by_key(|&&other| self.places[other].mention.words.start.abs_diff(trigger.words.start))
                .is_some_and(|&other| other == index);
            out.add(template("nearest"), &[u32::from(nearest), mine]);
        } else {
            out.add(template("none here"), &[u32::from(in_sentence.is_empty()), specifics, mine]);
            let last = (0..self.places.len())
                .rev()
                .find(|&other| self.places[other].mention.words.start < trigger.words.start && specific(other))
                .is_some_and(|other| other == index);
            out.add(template("last named"), &[u32::from(last), u32::from(in_sentence.is_empty())]);
        }
        self.place_company(trigger, index, same, out);
        let spoken = self.claims.iter().any(|claim| claim.words.contains(&place.mention.words.start));
        let party = self.actors.iter().any(|actor| actor.words.contains(&place.mention.words.start));
        out.add(template("inside"), &[u32::from(spoken), u32::from(party)]);
        let first = self.analysis.text.sentence_of(place.mention.words.start) == 0;
        let elsewhere = self
            .places
            .iter()
            .enumerate()
            .filter(|(other, p)| *other != index && p.value.name_ar == place.value.name_ar)
            .count()
            .min(3) as u32;
        out.add(template("often"), &[elsewhere, u32::from(first), same]);
        // Bylines: «دمشق - سانا».
        let opening = place.mention.words.start.saturating_sub(sentence.start) <= 3;
        let dash = self
            .analysis
            .text
            .gap(place.mention.words.end)
            .any(maydani_text::Gap::DASH.and(maydani_text::Gap::LINE).and(maydani_text::Gap::COLON));
        out.add(template("byline"), &[u32::from(opening), u32::from(dash), same]);
        let (slot, id) = self.slot(place.mention.words.start.checked_sub(2), &sentence);
        if slot != Slot::Other {
            out.add(template("two before"), &[slot as u32, id]);
        }
        let word = place.mention.words.start.checked_sub(1).filter(|word| sentence.contains(word));
        if let Some(word) = word {
            out.add(template("word before"), &[super::features::word_id(self.analysis.text.norm(word))]);
        }
    }

    /// Features of a place among the other places that the event word could have.
    fn place_company(&self, trigger: &Trigger, index: usize, same: u32, out: &mut Features) {
        let place = &self.places[index];
        let class = trigger.word(self.book).class.id();
        let kind = place.value.kind as u32;
        // The items of a list stand as the first of them does.
        let head = &self.places[place.mention.list.min(index)];
        if place.mention.list < index {
            let stand = self.stand(trigger, &head.mention.words, head.clitics);
            out.add(template("list head"), &stand.codes());
            out.add(template("list head place"), &stand.place());
        }
        out.add(template("listed"), &[u32::from(place.mention.list < index), same, kind]);
        let rival = |other: usize| {
            other != index
                && !self.places[other].mention.locates
                && self.places[other].value.name_ar != place.value.name_ar
                && self.places[other].value.kind.is_specific()
        };
        let clause = self.analysis.clause_of(trigger.words.start);
        let sentence = self.analysis.sentence_range(trigger.words.start);
        let within = |range: &std::ops::Range<usize>, after: bool| {
            (0..self.places.len()).any(|other| {
                let at = self.places[other].mention.words.start;
                range.contains(&at) && (at >= trigger.words.end) == after && rival(other)
            })
        };
        let (beside, behind) = (within(&clause, true), within(&clause, false));
        let (later, sooner) = (within(&sentence, true), within(&sentence, false));
        let code = u32::from(beside) + 2 * u32::from(behind) + 4 * u32::from(later) + 8 * u32::from(sooner);
        let own = u32::from(place.mention.locates);
        let stand = self.stand(trigger, &place.mention.words, place.clitics);
        out.add(template("filled"), &[code, own, stand.place()[0], stand.place()[1].min(2)]);
        out.add(template("filled kind"), &[code, kind, stand.place()[0]]);
        out.add(template("filled class"), &[code, class, stand.place()[0]]);
        out.add(template("locates where"), &[own, place.mention.relation as u32, stand.place()[0], kind]);
        out.add(template("locates class"), &[own, kind, class]);
        let within_mine = place.mention.within.map_or(0, |around| 1 + self.places[around].value.kind as u32);
        let around_others = self.places.iter().any(|other| other.mention.within == Some(index));
        out.add(template("within"), &[within_mine, u32::from(around_others), same]);
        // A place that all of the report is about is named in the headline and again.
        let told = self
            .places
            .iter()
            .filter(|other| other.value.name_ar == place.value.name_ar)
            .map(|other| self.analysis.text.sentence_of(other.mention.words.start));
        let headline = told.clone().any(|sentence| self.is_headline(sentence));
        out.add(template("headlined"), &[u32::from(headline), told.count().min(4) as u32, same, kind]);
    }

    /// Features of a time as the day of an event.
    pub fn day_features(&self, trigger: &Trigger, index: usize, out: &mut Features) {
        let day = &self.days[index];
        let stand = self.stand(trigger, &day.words, maydani_text::Clitics::default());
        self.pair_features(trigger, &day.words, stand, out);
        let same = u32::from(self.analysis.text.sentence_of(day.words.start) == trigger.sentence);
        out.add(template("precision"), &[u32::from(day.precision.unwrap_or(0)), same]);
        out.add(template("recalled"), &[u32::from(day.recalled), same]);
        out.add(template("dateline"), &[u32::from(day.dateline), same]);
        let here = self
            .days
            .iter()
            .filter(|other| self.analysis.text.sentence_of(other.words.start) == trigger.sentence)
            .count()
            .min(2) as u32;
        out.add(template("choice"), &[here, same]);
        let sentence = self.analysis.text.sentence_of(day.words.start);
        let headline = u32::from(self.is_headline(sentence));
        out.add(template("headline"), &[headline, same, u32::from(day.dateline)]);
        let gap = trigger.sentence.abs_diff(sentence).min(4) as u32;
        out.add(
            template("sentences"),
            &[gap, u32::from(sentence > trigger.sentence), u32::from(day.precision.unwrap_or(0))],
        );
        // A day on the verb of saying dates the statement.
        let range = self.analysis.sentence_range(day.words.start);
        let verb = self
            .analysis
            .within(range.clone())
            .iter()
            .filter(|hit| hit.kind == Kind::Reporting)
            .map(|hit| hit.start)
            .find(|&start| start < day.words.start);
        let that = verb.map(|verb| (verb..day.words.start).any(|word| self.analysis.is(word, WordClass::ThatDay)));
        let code = match that {
            None => 0,
            Some(true) => 1,
            Some(false) => 2,
        };
        out.add(template("said"), &[code, same]);
        out.add(template("said where"), &[code, u32::from(day.words.start > trigger.words.start), same]);
        if let (Some(published), Some(start)) = (self.published, day.start) {
            let days = (published - start).get_days();
            out.add(template("age"), &[days.clamp(-2, 12).unsigned_abs(), u32::from(days < 0), same]);
        }
        out.add(template("resolved"), &[u32::from(day.start.is_some()), same]);
        // Another day stands nearer to the event word.
        let clause = self.analysis.clause_of(trigger.words.start);
        let own = self.analysis.sentence_range(trigger.words.start);
        let mine = day.words.start.abs_diff(trigger.words.start);
        let others = || self.days.iter().filter(|other| other.words != day.words);
        let beside = others().any(|other| clause.contains(&other.words.start));
        let nearer = others().any(|other| {
            own.contains(&other.words.start) && (same == 0 || other.words.start.abs_diff(trigger.words.start) < mine)
        });
        let agrees = others().any(|other| other.start.is_some() && other.start == day.start && other.end == day.end);
        let code = u32::from(beside) + 2 * u32::from(nearer) + 4 * u32::from(agrees);
        out.add(template("filled"), &[code, same, gap]);
        out.add(template("filled precision"), &[code, u32::from(day.precision.unwrap_or(0)), same]);
        out.add(template("filled where"), &[code, stand.place()[0], stand.place()[1]]);
        out.add(template("clause"), &[u32::from(clause.contains(&day.words.start)), code]);
        let rank = self.days.iter().filter(|other| other.words.start < day.words.start).count().min(4) as u32;
        out.add(template("rank"), &[rank, self.days.len().min(5) as u32, same]);
    }

    /// Features of a toll as the toll of an event.
    pub fn toll_features(&self, trigger: &Trigger, index: usize, out: &mut Features) {
        let toll = &self.tolls[index];
        let stand = self.stand(trigger, &toll.words, maydani_text::Clitics::default());
        self.pair_features(trigger, &toll.words, stand, out);
        let class = trigger.word(self.book).class.id();
        let own = u32::from(toll.act == trigger.words.start);
        let same = u32::from(self.analysis.text.sentence_of(toll.words.start) == trigger.sentence);
        out.add(template("own"), &[own]);
        out.add(template("tie"), &[toll.tie as u32, own, same, u32::from(toll.max.is_some())]);
        out.add(template("tie kind"), &[toll.tie as u32, toll.kind as u32, class]);
        out.add(template("kind class"), &[toll.kind as u32, class, same]);
        out.add(template("part"), &[u32::from(toll.part), same]);
        out.add(template("vague"), &[u32::from(toll.max.is_none()), u32::from(toll.of.is_some()), same]);
        let act = &toll.act;
        let between = self.triggers.iter().filter(|other| {
            let word = other.words.start;
            word != *act && (word > *act.min(&trigger.words.start)) && word < *act.max(&trigger.words.start)
        });
        let causes = between.filter(|other| !other.word(self.book).class.is_effect()).count().min(2) as u32;
        out.add(template("causes between"), &[causes, same, u32::from(*act > trigger.words.start)]);
        let from = trigger.words.start.min(*act);
        let to = trigger.words.start.max(*act);
        let cause = self
            .analysis
            .within(from..to)
            .iter()
            .any(|hit| hit.kind == Kind::Cue && self.book.cues[hit.index].kind == crate::codebook::CueKind::Cause);
        out.add(template("cause cue"), &[u32::from(cause), same, u32::from(*act > trigger.words.start), causes]);
        let repeated = self.tolls[..index]
            .iter()
            .any(|other| other.kind == toll.kind && other.min == toll.min && other.max == toll.max);
        out.add(template("repeated"), &[u32::from(repeated), same]);
        let earlier = self.tolls[..index].iter().any(|other| {
            other.kind == toll.kind && self.analysis.text.sentence_of(other.words.start) == trigger.sentence
        });
        out.add(template("earlier"), &[u32::from(earlier), same]);
        // The acts between the toll and the event word, and whether another of its type is nearer.
        let group = self.rule_type(trigger).event_type();
        let sentence = self.analysis.text.sentence_of(toll.words.start);
        let apart = |other: &Trigger| other.words.start.abs_diff(toll.act);
        let causes = || {
            self.triggers.iter().filter(|other| {
                other.sentence == sentence && other.words != trigger.words && !other.word(self.book).class.is_effect()
            })
        };
        let nearer = causes().filter(|other| same == 0 || apart(other) < apart(trigger)).count().min(2) as u32;
        let alike = causes()
            .any(|other| (same == 0 || apart(other) < apart(trigger)) && self.rule_type(other).event_type() == group);
        let before = causes().any(|other| other.words.start < toll.act);
        let boundaries = self.analysis.boundaries_between(trigger.words.start, toll.act).min(3);
        let effect = u32::from(trigger.word(self.book).class.is_effect());
        out.add(template("nearer"), &[nearer, u32::from(alike), same, effect]);
        out.add(template("nearer class"), &[nearer, class, same]);
        out.add(template("nearer where"), &[nearer, stand.place()[0], boundaries]);
        out.add(template("caused"), &[u32::from(before), own, effect, same]);
        if let Some(of) = toll.of {
            let kind = self.party_kind(&self.actors[of]);
            out.add(template("of"), &[kind, class, same]);
            out.add(template("of toll"), &[kind, toll.kind as u32, same]);
        }
        if same == 0 {
            let gap = trigger.sentence.abs_diff(self.analysis.text.sentence_of(toll.words.start)).min(3) as u32;
            out.add(template("sentences"), &[gap, class]);
            // An event word of its own in the toll's sentence takes it.
            let sentence = self.analysis.text.sentence_of(toll.words.start);
            let taken = self
                .triggers
                .iter()
                .any(|other| other.sentence == sentence && !other.word(self.book).class.is_effect());
            out.add(template("taken"), &[u32::from(taken), gap]);
        }
    }

    /// Features of a claim as the source of an event.
    pub fn claim_features(&self, trigger: &Trigger, index: usize, out: &mut Features) {
        let claim = &self.claims[index];
        let governs = claim.sentences.contains(&trigger.sentence);
        let after = u32::from(trigger.words.start > claim.verb);
        let reporting = claim.reporting as u32;
        let kind = claim.kind as u32;
        let boundaries = self.analysis.boundaries_between(claim.verb, trigger.words.start).min(4);
        let gap = (trigger.sentence + 2).saturating_sub(claim.sentences.start).min(5);
        out.add(template("bias"), &[]);
        out.add(template("governs"), &[u32::from(governs), after]);
        out.add(template("reporting"), &[reporting, after, u32::from(governs)]);
        out.add(template("kind"), &[kind, u32::from(governs)]);
        out.add(template("kind reporting"), &[kind, reporting, u32::from(governs), after]);
        out.add(template("gap"), &[gap as u32, reporting]);
        out.add(template("boundaries"), &[boundaries, after, u32::from(governs), reporting]);
        let between = self.triggers.iter().filter(|other| {
            let (a, b) = (claim.verb.min(trigger.words.start), claim.verb.max(trigger.words.start));
            other.words.start > a && other.words.start < b
        });
        out.add(template("between"), &[between.count().min(3) as u32, u32::from(governs), after]);
        let others =
            self.claims.iter().filter(|other| other.sentences.contains(&trigger.sentence)).count().min(3) as u32;
        out.add(template("others"), &[others, u32::from(governs)]);
        let inside = self
            .actors
            .iter()
            .any(|actor| actor.words.start <= claim.words.start && claim.words.end <= actor.words.end);
        out.add(template("party"), &[u32::from(inside), kind, reporting]);
        out.add(template("class"), &[trigger.word(self.book).class.id(), u32::from(governs)]);
        out.add(template("headline"), &[u32::from(self.is_headline(trigger.sentence)), u32::from(governs)]);
        // Its rank among the speakers before the event word, and those of the sentence.
        let sentence = self.analysis.sentence_range(trigger.words.start);
        let same = sentence.contains(&claim.verb);
        let later = self
            .claims
            .iter()
            .filter(|other| other.verb > claim.verb && other.verb < trigger.words.start)
            .count()
            .min(3) as u32;
        let own = self
            .claims
            .iter()
            .filter(|other| other.verb != claim.verb && sentence.contains(&other.verb))
            .map(|other| if other.verb < trigger.words.start { 1 } else { 2 })
            .fold(0, |all, at| all | at);
        let same = u32::from(same);
        let gap = trigger.sentence.saturating_sub(claim.sentences.start).min(4) as u32;
        out.add(template("later"), &[later, u32::from(governs), same, after]);
        out.add(template("own speakers"), &[own, same, after, gap]);
        out.add(template("own speakers kind"), &[own, kind, same, u32::from(governs)]);
        let start = self.analysis.sentence_range(claim.verb).start;
        let opens = claim.verb.min(claim.words.start).saturating_sub(start) <= 1;
        out.add(template("opens"), &[u32::from(opens), gap, reporting]);
        out.add(template("gap kind"), &[gap, kind, u32::from(governs)]);
        let told = self.claims.iter().filter(|other| other.key == claim.key).count().min(3) as u32;
        out.add(template("told"), &[told, self.claims.len().min(5) as u32, gap]);
        let paragraph = (claim.verb.min(trigger.words.start) + 1..=claim.verb.max(trigger.words.start))
            .filter(|&word| self.analysis.text.gap(word).any(maydani_text::Gap::PARAGRAPH.and(maydani_text::Gap::LINE)))
            .count()
            .min(3) as u32;
        out.add(template("paragraphs"), &[paragraph, u32::from(governs), after]);
        out.add(template("paragraphs reporting"), &[paragraph, reporting, own]);
        let quoted = self.analysis.text.gap(claim.verb + 1).any(maydani_text::Gap::QUOTE.and(maydani_text::Gap::COLON));
        out.add(template("quoted"), &[u32::from(quoted), gap, after]);
        if same == 1 {
            let verb = claim.verb..claim.verb + 1;
            self.path_features(trigger, &verb, out);
            let that = (claim.verb.min(trigger.words.start)..claim.verb.max(trigger.words.start))
                .any(|word| self.analysis.is(word, WordClass::ThatEvent));
            out.add(template("that"), &[u32::from(that), after, reporting, boundaries.min(3)]);
        }
    }
}
