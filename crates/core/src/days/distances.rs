//! Rules for times at a distance: «منذ ثلاثة أيام», «قبل شهر», «خلال يومين», and for the clock.

use maydani_text::Gap;

use super::meaning::Meaning;
use super::parser::{Lead, Node, Parser};
use super::term::{Recently, Term, Unit};

impl Parser<'_> {
    /// «منذ فجر اليوم», «منذ ثلاثة أيام», «منذ عام 2011», «منذ الصباح».
    pub(super) fn since(&self, i: usize) -> Option<Node> {
        let at = self.is(i, Lead::Any, Term::Since).filter(|end| self.soft(*end))?;
        if let Some(node) = self.this_part_of_day(at) {
            return Some(node.wrap(i, "since", |of| *of));
        }
        let moment = self.clock(at).or_else(|| self.moment(at, Lead::Bare)).or_else(|| self.bare_unit(at, Lead::Bare));
        let duration = self.duration(at, -1);
        let node = [moment, duration].into_iter().flatten().reduce(|a, b| if b.end > a.end { b } else { a })?;
        // «منذ بداية الشهر حتى الآن»
        let end = self.until_now(node.end).unwrap_or(node.end);
        let node = node.until(end);
        // «منذ فجر الخميس وحتى صباح الجمعة»
        let until = self.is(end, Lead::And, Term::To).or_else(|| self.is(end, Lead::Bare, Term::To));
        let to = until.filter(|_| self.soft(end)).and_then(|at| self.moment(at, Lead::Bare));
        // A full date is left to stand by itself: it may be the day of the page.
        if let Some(to) = to.filter(|to| to.meaning.printed().is_none()) {
            let node = node.until(to.end);
            return Some(node.wrap(i, "since and until", |of| Meaning::Range(of, Box::new(to.meaning))));
        }
        let day = matches!(node.meaning, Meaning::Day(0, _) | Meaning::Now | Meaning::Vague(_));
        Some(node.wrap(i, "since", |of| if day { *of } else { Meaning::Since(of) }))
    }

    /// «حتى الآن», «وحتى اللحظة».
    pub(super) fn until_now(&self, i: usize) -> Option<usize> {
        let bare = self.is(i, Lead::Bare, Term::UntilNow);
        bare.or_else(|| self.is(i, Lead::And, Term::UntilNow)).filter(|_| self.soft(i))
    }

    /// «ساعات الصباح», «الصباح», «ساعات هذا النهار»: of today, after «منذ» or «خلال».
    fn this_part_of_day(&self, i: usize) -> Option<Node> {
        let at = self.is(i, Lead::Bare, Term::TimeWord).unwrap_or(i);
        let at = self.time_adjective(at).map_or(at, |(_, end)| end);
        let at = self.skip(self.skip(at, Term::Of), Term::This);
        let end = self.is(at, Lead::Bare, Term::ThePartOfDay).filter(|_| self.soft(at))?;
        let end = self.time_adjective(end).map_or(end, |(_, end)| end);
        let end = self.skip(end, Term::Day(0));
        Some(Node::new(i, end, Meaning::Day(0, None), "part of this day"))
    }

    /// «خلال يومين», «على مدى الأشهر الستة الماضية», «خلال شهر فبراير».
    pub(super) fn during(&self, i: usize) -> Option<Node> {
        let at = self.is(i, Lead::Any, Term::During).filter(|end| self.soft(*end))?;
        if let Some(node) = self.this_part_of_day(at) {
            // «خلال الليل»: of the day before and of this one.
            let night = !self.everything() && self.norm(node.end - 1) == "الليل";
            let over_night = || Meaning::Range(Box::new(Meaning::Day(-1, None)), Box::new(Meaning::Day(0, None)));
            return Some(node.wrap(i, "during", |of| if night { over_night() } else { *of }));
        }
        let moment = self.moment(at, Lead::Bare);
        let counted = self.counted_unit(at, Lead::Bare).and_then(|(unit, count, end)| {
            // «خلال أيام» is told of the future, «خلال ساعات الحرب» of nothing.
            let count = count.filter(|_| unit >= Unit::Hour)?;
            let turn = if self.everything() { 1 } else { -1 };
            Some(Node::new(at, end, Meaning::Window { unit, count: Some(count), turn }, "within"))
        });
        let node = [moment, counted].into_iter().flatten().reduce(|a, b| if b.end > a.end { b } else { a })?;
        Some(node.wrap(i, "during", |of| *of))
    }

    /// «قبل يومين», «بعد أسبوعين من الآن», «1 شهر و 21 يوم من الآن».
    pub(super) fn away(&self, i: usize) -> Option<Node> {
        let direction = self.term(i, Lead::Any, |term| match term {
            Term::Before => Some(-1),
            Term::After => Some(1),
            _ => None,
        });
        if let Some((turn, at)) = direction.filter(|(_, end)| self.soft(*end)) {
            if turn < 0
                && let Some(node) = self.before_that(i, at)
            {
                return Some(node);
            }
            let node = self.duration(at, turn)?;
            let end = node.end;
            // «قبل شهر رمضان», «قبل عام 2011» tell of the month and the year.
            if self.core(at, Lead::Bare).is_some_and(|other| other.end > end) {
                return None;
            }
            let node = node.wrap(i, "ago or from now", |of| *of);
            if let Some(node) = self.told_from(&node) {
                return Some(node);
            }
            // «بعد يومين على الهجوم»
            if turn > 0
                && !self.everything()
                && end < self.len()
                && self.soft(end)
                && self.norm(end) == "علي"
                && let Meaning::Away { amounts, .. } = &node.meaning
            {
                return Some(Node { meaning: Meaning::Earlier(amounts.clone()), ..node });
            }
            if self.then(end, Term::Of).is_none() {
                // In a report, «بعد يومين» is told from what came before.
                if turn > 0 && !self.everything() {
                    return Some(Node { meaning: Meaning::Vague(Recently::Future), ..node });
                }
                return Some(node);
            }
            // «بعد يومين من اختطافه» tells of the event before, as «على» does.
            if turn > 0
                && !self.everything()
                && let Meaning::Away { amounts, .. } = &node.meaning
                && amounts.iter().all(|(unit, _)| (Unit::Day..=Unit::Week).contains(unit))
            {
                return Some(Node { meaning: Meaning::Earlier(amounts.clone()), ..node });
            }
            return Some(Node { meaning: Meaning::Vague(Recently::Past), ..node });
        }
        let node = self.duration(i, 1)?;
        self.told_from(&node)
    }

    /// «قبل ذلك بيوم», «قبل الحادثة بثلاثة أيام»: so long before what was told last.
    fn before_that(&self, i: usize, at: usize) -> Option<Node> {
        let by = at + 1;
        if self.everything() || !self.soft(by) || !self.norm(by).starts_with('ب') || self.is_digits(at) {
            return None;
        }
        let (unit, count, end) = self.counted_unit(by, Lead::Any)?;
        let told = (Unit::Day..=Unit::Week).contains(&unit) && self.has_preposition(by);
        let meaning = Meaning::Earlier(vec![(unit, count.filter(|_| told)?)]);
        Some(Node::new(i, end, meaning, "before what was told"))
    }

    /// «… من الآن», «… من الغد».
    fn told_from(&self, node: &Node) -> Option<Node> {
        let of = self.then(node.end, Term::Of)?;
        let (shift, end) = self.then_term(of, |term| match term {
            Term::Now => Some(0),
            Term::Day(shift) => Some(shift),
            _ => None,
        })?;
        let mut node = node.clone().until(end);
        if let Meaning::Away { from, .. } = &mut node.meaning {
            *from = shift;
        }
        Some(node)
    }

    /// «ثلاثة أيام», «شهر و 21 يوم», «أيام قليلة».
    fn duration(&self, i: usize, turn: i8) -> Option<Node> {
        let (unit, count, mut end) = self.counted_unit(i, Lead::Bare)?;
        let Some(count) = count else {
            let end = self.then(end, Term::Few).unwrap_or(end);
            let meaning = match unit {
                Unit::Second | Unit::Minute | Unit::Hour => Recently::Today,
                _ if turn > 0 => Recently::Future,
                Unit::Day | Unit::Night => Recently::Past,
                _ => Recently::Recalled,
            };
            return Some(Node::new(i, end, Meaning::Vague(meaning), "uncounted units"));
        };
        let mut amounts = vec![(unit, count)];
        loop {
            let (next, lead) = self.and(end).unwrap_or((end, Lead::Bare));
            if !self.soft(next) {
                break;
            }
            let Some((unit, Some(count), after)) = self.counted_unit(next, lead) else { break };
            if amounts.iter().any(|(known, _)| *known <= unit) {
                break;
            }
            amounts.push((unit, count));
            end = after;
        }
        Some(Node::new(i, end, Meaning::Away { amounts, turn, from: 0 }, "counted units"))
    }

    /// «07:40 رتل يعبر …»: a line of a report that runs through the day.
    fn clock_of_line(&self, i: usize) -> Option<Node> {
        let begins = i == 0 || self.gap(i).any(Gap::LINE);
        if self.everything() || !begins {
            return None;
        }
        let (hour, minute) = (self.digits(i)?, self.digits(i + 1)?);
        let time = hour.0 < 24 && hour.1 <= 2 && minute.0 < 60 && minute.1 == 2 && self.gap(i + 1) == Gap::COLON;
        let line = (i + 2..i + 5).all(|at| self.soft(at) && !self.is_digits(at));
        (time && line).then(|| Node::new(i, i + 2, Meaning::Vague(Recently::Today), "time that begins a line"))
    }

    /// «الساعة الخامسة من صباح اليوم»: the day counts.
    pub(super) fn clock(&self, i: usize) -> Option<Node> {
        if let Some(node) = self.clock_of_line(i) {
            return Some(node);
        }
        let at = self.is(i, Lead::Any, Term::About).filter(|end| self.soft(*end)).unwrap_or(i);
        let at = self.is(at, if at == i { Lead::Any } else { Lead::Bare }, Term::Clock)?;
        let mut end = self
            .ordinal(at, Lead::Bare)
            .map(|(_, end)| end)
            .or_else(|| self.digits(at).map(|_| at + 1))
            .filter(|_| self.soft(at))?;
        while end < self.len() && self.is_digits(end) && self.gap(end).only(Gap::COLON.and(Gap::STOP)) {
            end += 1;
        }
        let of = self.then(end, Term::Of).unwrap_or(end);
        let node = self.moment(of, Lead::Bare).filter(|_| self.loose(of)).or_else(|| self.this_part_of_day(of))?;
        Some(node.wrap(i, "clock", |of| *of))
    }
}
