//! A value among the others of its event: what is told together is taken together, and what says
//! the same again is not taken twice.

use super::features::{Features, template};
use super::gather::{Gathered, Slot};
use super::scene::Scene;

/// A probability in four steps.
fn quarter(p: f32) -> u32 {
    (1..4).filter(|&step| p * 4.0 >= step as f32).count() as u32
}

impl Scene<'_> {
    /// Features of the value `all[at]` that its company gives.
    pub(super) fn among_features(&self, slot: Slot, all: &[Gathered], at: usize, out: &mut Features) {
        match slot {
            Slot::Actor => self.conjunct_features(all, at, out),
            Slot::Place => self.sibling_features(all, at, out),
            Slot::Day => self.other_day_features(all, at, out),
            Slot::Toll => self.same_harm_features(all, at, out),
            Slot::Claim => {
                let this = &all[at];
                if let Some(rival) = surest_other(all, at, |_| true) {
                    let kind = |value: &Gathered| self.claims[value.index].kind as u32;
                    out.add(template("other speaker"), &[kind(this), kind(rival), quarter(rival.top)]);
                }
            }
        }
    }

    /// «القوات الروسية والتركية»: parties joined by «and» mostly have one role.
    fn conjunct_features(&self, all: &[Gathered], at: usize, out: &mut Features) {
        let this = &all[at];
        let mut alone = true;
        for (side, beside) in [(0, this.index.checked_sub(1)), (1, Some(this.index + 1))] {
            let joined = if side == 0 { self.joins_party(this.index) } else { self.joins_party(this.index + 1) };
            let Some(key) = beside.filter(|_| joined).and_then(|beside| self.actors[beside].key(self.book)) else {
                continue;
            };
            let value = all.iter().find(|other| self.actors[other.index].key(self.book).as_ref() == Some(&key));
            if let Some(value) = value.filter(|value| value.index != this.index) {
                alone = false;
                let (first, second) = (quarter(value.top), quarter(value.other));
                out.add(template("conjunct"), &[side, first, second, quarter(this.top), quarter(this.other)]);
                out.add(template("conjunct role"), &[first, second]);
            }
        }
        out.add(template("no conjunct"), &[u32::from(alone)]);
    }

    /// The items of a list, a place and what lies in it.
    fn sibling_features(&self, all: &[Gathered], at: usize, out: &mut Features) {
        let this = &all[at];
        let mention = |value: &Gathered| &self.places[value.index].mention;
        let kind = self.places[this.index].value.kind as u32;
        let head = mention(this).list;
        match surest_other(all, at, |other| mention(other).list == head) {
            Some(sibling) => {
                out.add(template("sibling"), &[quarter(sibling.top), quarter(this.top), kind]);
                out.add(template("sibling surest"), &[quarter(sibling.top), u32::from(sibling.top > this.top)]);
            }
            None => out.add(template("no sibling"), &[quarter(this.top), kind]),
        }
        if let Some(inner) = surest_other(all, at, |other| mention(other).within == Some(this.index)) {
            out.add(template("inner"), &[quarter(inner.top), quarter(this.top), kind]);
        }
        if let Some(outer) = surest_other(all, at, |other| mention(this).within == Some(other.index)) {
            out.add(template("outer"), &[quarter(outer.top), quarter(this.top), kind]);
        }
    }

    /// How a day lies to the surest other one.
    fn other_day_features(&self, all: &[Gathered], at: usize, out: &mut Features) {
        let this = &all[at];
        let Some(rival) = surest_other(all, at, |_| true) else { return };
        let range = |value: &Gathered| {
            let day = &self.days[value.index];
            day.start.zip(day.end)
        };
        let lies = match (range(this), range(rival)) {
            (Some(this), Some(rival)) if this.0 >= rival.0 && this.1 <= rival.1 => 1,
            (Some(this), Some(rival)) if this.0 <= rival.0 && this.1 >= rival.1 => 2,
            (Some(this), Some(rival)) if this.1 < rival.0 => 3,
            (Some(this), Some(rival)) if this.0 > rival.1 => 4,
            (Some(_), Some(_)) => 5,
            (Some(_), None) => 6,
            (None, Some(_)) => 7,
            (None, None) => 8,
        };
        out.add(template("other day"), &[lies, quarter(rival.top), quarter(this.top)]);
    }

    /// «مقتل ثلاثة … القتلى»: a figure that another one of the same harm may restate.
    fn same_harm_features(&self, all: &[Gathered], at: usize, out: &mut Features) {
        let this = &all[at];
        let toll = |value: &Gathered| &self.tolls[value.index];
        let mine = toll(this);
        let rival = surest_other(all, at, |other| toll(other).kind == mine.kind);
        let Some(rival) = rival else {
            out.add(template("only of its harm"), &[mine.kind as u32, quarter(this.top)]);
            return;
        };
        let theirs = toll(rival);
        let most = |max: Option<u32>| max.unwrap_or(u32::MAX);
        let meet = mine.min <= most(theirs.max) && theirs.min <= most(mine.max);
        let size = match mine.min.cmp(&theirs.min) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => 2,
        };
        let key = |of: Option<usize>| of.and_then(|of| self.actors[of].key(self.book));
        let of = match (key(mine.of), key(theirs.of)) {
            (Some(mine), Some(theirs)) => 1 + u32::from(mine == theirs),
            _ => 0,
        };
        let vague = u32::from(mine.max.is_none()) + 2 * u32::from(theirs.max.is_none());
        let first = u32::from(mine.words.start < theirs.words.start);
        let surer = u32::from(this.top >= rival.top);
        out.add(template("restated"), &[u32::from(meet), size, of, surer]);
        out.add(template("restated vague"), &[vague, u32::from(meet), size, surer, first]);
        out.add(template("restated sure"), &[quarter(rival.top), quarter(this.top), u32::from(meet), of]);
    }
}

/// The surest of the other values for which `holds`.
fn surest_other(all: &[Gathered], at: usize, holds: impl Fn(&Gathered) -> bool) -> Option<&Gathered> {
    let others = all.iter().enumerate().filter(|(other, value)| *other != at && holds(value));
    others.map(|(_, value)| value).max_by(|a, b| a.top.total_cmp(&b.top))
}
