//! Rules for what a report tells: the longest expression at a word, and days with their parts.

use super::meaning::{Counted, Field, Meaning, Partial};
use super::parser::{Lead, Node, Parser};
use super::term::{Count, Hour, Part, Term, Unit};

impl Parser<'_> {
    /// The longest expression that begins at word `i`.
    pub(super) fn expression(&self, i: usize) -> Option<Node> {
        self.nested(|| self.any_expression(i))
    }

    fn any_expression(&self, i: usize) -> Option<Node> {
        let found =
            [self.since(i), self.during(i), self.away(i), self.clock(i), self.range(i), self.moment(i, Lead::Any)];
        found.into_iter().flatten().reduce(|best, next| if next.end > best.end { next } else { best })
    }

    /// A preposition before it makes a month or a year a time: «في مارس», «منذ 2014», «بأغسطس».
    pub(super) fn introduced(&self, i: usize) -> bool {
        if self.has_preposition(i) {
            return true;
        }
        let before = |back: usize| i.checked_sub(back).filter(|_| self.soft(i));
        let Some(before) = before(1) else { return false };
        self.term(before, Lead::Any, |term| {
            matches!(
                term,
                Term::In
                    | Term::Since
                    | Term::Of
                    | Term::From
                    | Term::To
                    | Term::Between
                    | Term::During
                    | Term::Before
                    | Term::After
                    | Term::Part(_)
            )
            .then_some(())
        })
        .is_some()
            || (self.is_digits(i) && matches!(self.norm(before), "ل" | "ب"))
    }

    /// A day or a period, with the part of the day before or after it.
    pub(super) fn moment(&self, i: usize, lead: Lead) -> Option<Node> {
        if let Some(node) = self.part_of_day(i, lead) {
            return Some(self.with_adverb(node));
        }
        self.core(i, lead).map(|node| self.with_adverb(node))
    }

    /// «اليوم صباحاً», «الأحد ليلاً»; «اليوم (الأحد)» is read before.
    fn with_adverb(&self, node: Node) -> Node {
        let end = node.end;
        let adverb = self.then_term(end, |term| matches!(term, Term::AdverbOfDay).then_some(()));
        match adverb {
            Some(((), end)) if self.part_of_day(node.end, Lead::Bare).is_none() => node.until(end),
            _ => node,
        }
    }

    /// «فجر الثلاثاء», «ساعات متأخرة من ليل الأحد الاثنين», «وقت سابق من اليوم», «عشية العيد».
    fn part_of_day(&self, i: usize, lead: Lead) -> Option<Node> {
        if !self.may_start(i) {
            return None;
        }
        self.nested(|| self.any_part_of_day(i, lead))
    }

    fn any_part_of_day(&self, i: usize, lead: Lead) -> Option<Node> {
        if let Some(at) = self.is(i, lead, Term::TimeWord).filter(|end| self.soft(*end)) {
            let told = self.time_adjective(at);
            let (hour, told) = (told.map(|(hour, _)| hour), told.map(|(_, end)| end));
            let of = self.skip(told.unwrap_or(at), Term::Of);
            if told.is_some() || of > at || self.part_of_day(at, Lead::Bare).is_some() {
                if let Some(node) = self.moment(of, Lead::Bare).filter(|_| self.soft(of)) {
                    return Some(self.time_in(i, hour, node));
                }
                if let Some(node) = self.bare_unit(of, Lead::Bare).filter(|_| self.soft(of) && told.is_some()) {
                    return Some(self.time_in(i, hour, node));
                }
            }
        }
        if let Some(at) = self.is(i, lead, Term::AfterMidnight).filter(|end| self.soft(*end))
            && let Some(node) = self.core(at, Lead::Bare)
        {
            return Some(node.wrap(i, "after midnight", Meaning::After));
        }
        if let Some(at) = self.is(i, lead, Term::Eve).filter(|end| self.soft(*end)) {
            let node = self.core(at, Lead::Bare)?;
            // «عشية أمس» is the evening of that day.
            let told = matches!(node.meaning, Meaning::Day(..=0, _));
            return Some(node.wrap(i, "eve", |of| if told { *of } else { Meaning::Eve(of) }));
        }
        let at = self.term(i, lead, |term| matches!(term, Term::PartOfDay).then_some(())).map(|((), end)| end)?;
        let at = self.skip(at, Term::Of);
        if !self.soft(at) {
            return None;
        }
        if let Some(node) = self.night_between(i, at) {
            return Some(node);
        }
        let node = self.core(at, Lead::Bare).or_else(|| self.part_of_day(at, Lead::Bare))?;
        (days_only(&node.meaning)).then(|| node.wrap(i, "part of a day", |of| *of))
    }

    /// «في وقت لاحق من هذا الشهر», «في وقت سابق من الأسبوع».
    fn time_in(&self, i: usize, hour: Option<Hour>, node: Node) -> Node {
        if !matches!(node.meaning, Meaning::Period(..)) {
            return node.wrap(i, "time of a day", |of| *of);
        }
        match hour {
            Some(Hour::Late) => node.wrap(i, "later in a period", |of| Meaning::Part(Part::Late, of)),
            Some(Hour::Early) if self.everything() => {
                node.wrap(i, "early in a period", |of| Meaning::Part(Part::Early, of))
            }
            _ => node.wrap(i, "earlier in a period", Meaning::Since),
        }
    }

    /// A day or period without a part of the day.
    pub(super) fn core(&self, i: usize, lead: Lead) -> Option<Node> {
        if !self.may_start(i) {
            return None;
        }
        self.nested(|| self.any_core(i, lead))
    }

    fn any_core(&self, i: usize, lead: Lead) -> Option<Node> {
        let found = [
            self.recently(i, lead),
            self.today(i, lead),
            self.that_day(i, lead),
            self.weekday_date(i),
            self.week_and_weekday(i, lead),
            self.day_of_this_month(i, lead),
            self.day_told(i, lead),
            self.date(i, lead),
            self.period(i, lead),
            self.window(i, lead),
            self.week_of(i, lead),
            self.nth(i, lead),
            self.edge(i, lead),
            self.part(i, lead),
            self.years(i, lead),
            self.bare_year(i, lead),
            self.year_and_fraction(i, lead),
            self.season(i, lead),
            self.feast(i, lead),
            self.anniversary(i, lead),
            self.only_everything(i, lead),
        ];
        found.into_iter().flatten().reduce(|best, next| if next.end > best.end { next } else { best })
    }

    /// «الثاني عشر من الشهر»: of this month.
    fn day_of_this_month(&self, i: usize, lead: Lead) -> Option<Node> {
        if self.everything() || self.is_digits(i) {
            return None;
        }
        let (day, end) = self.day_number(i, lead)?;
        let at = self.then(end, Term::Of)?;
        let ((unit, count, definite), end) = self.unit(at, Lead::Bare).filter(|_| self.soft(at))?;
        let this = unit == Unit::Month && count == Count::One && definite && self.turn(end).is_none();
        let date = Partial { day: Some(day), month: Some(Field::Shift(0)), ..Partial::EMPTY };
        this.then(|| Node::new(i, end, Meaning::Date(date), "day of this month"))
    }

    /// What is a time only where everything is asked for: «15», «الثاني والعشرين», «الأسبوع».
    fn only_everything(&self, i: usize, lead: Lead) -> Option<Node> {
        if !self.everything() {
            return None;
        }
        if let Some(node) = self.bare_unit(i, lead) {
            return Some(node);
        }
        if let Some((year, end)) = self.year_number(i).filter(|(year, _)| *year >= 1000 && !self.is_digits(i)) {
            // «ألفين» alone are the years from 2000 on.
            let count = if year == 2000 { 10 } else { 1 };
            return Some(Node::new(i, end, Meaning::Years { first: year, count }, "year in words"));
        }
        // «سأعود في 15», «عدت للثاني والعشرين!»: a day where a preposition leads to it and nothing follows.
        let (day, end) = self.day_number(i, lead)?;
        let day = Meaning::Date(Partial { day: Some(day), ..Partial::EMPTY });
        let ends = end >= self.len() || !self.soft(end);
        (ends && self.introduced(i)).then(|| Node::new(i, end, day, "day of the month"))
    }
}

/// What a part of the day may be of: a day, not a month.
fn days_only(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Day(..) | Meaning::Weekday { .. } | Meaning::Same | Meaning::Feast { .. } | Meaning::Range(..) => true,
        Meaning::Date(date) => date.day.is_some(),
        Meaning::Nth { counted, .. } => !matches!(counted, Counted::Fraction(_)),
        _ => false,
    }
}
