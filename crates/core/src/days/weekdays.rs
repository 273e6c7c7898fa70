//! Rules for weekdays and days by their number: «الأربعاء 27», «ليل الأحد الاثنين», «يومي السبت والأحد».

use jiff::civil::Weekday;
use maydani_text::Gap;

use super::meaning::{Counted, Meaning, Nth, Partial};
use super::parser::{Lead, Node, Parser};
use super::term::{Count, Term, Unit};

impl Parser<'_> {
    /// «يوم الجمعة», «الأربعاء 27», «الاثنين الماضي», «الأربعاء، 22 يناير», «الخميس في 21», «الثلاثاء من الأسبوع المقبل».
    pub(super) fn weekday_date(&self, i: usize) -> Option<Node> {
        let lead = Lead::Any;
        let this = self.is(i, lead, Term::This).filter(|end| self.soft(*end));
        let (at, lead) = this.map_or((i, lead), |end| (end, Lead::Bare));
        let told = self.unit_is(at, lead, Unit::Day, Count::One).filter(|end| self.soft(*end));
        let (at, lead) = told.map_or((at, lead), |end| (end, Lead::Bare));
        let (day, end) = self.weekday_word(at, lead, told.is_none())?;
        if told.is_none() && self.weekday_is_other(at, end) {
            return None;
        }
        if self.means_every(i) {
            return None;
        }
        Some(self.weekday_details(i, day, end))
    }

    /// A weekday by name; alone it needs its article.
    pub(super) fn weekday_word(&self, i: usize, lead: Lead, alone: bool) -> Option<(Weekday, usize)> {
        self.term(i, lead, |term| match term {
            Term::Weekday { day, definite } => (definite || !alone).then_some(day),
            _ => None,
        })
    }

    /// Where the weekday begins that «يوم» at word `i` announces.
    pub(super) fn day_word_before_weekday(&self, i: usize) -> Option<usize> {
        let at = self.unit_is(i, Lead::Any, Unit::Day, Count::One).filter(|at| self.soft(*at))?;
        self.weekday_word(at, Lead::Bare, true).map(|_| at)
    }

    fn means_every(&self, i: usize) -> bool {
        i > 0 && self.soft(i) && self.norm(i - 1) == "كل"
    }

    /// «الأحد عشر» is a number, «الاثنين والعشرين» too.
    fn weekday_is_other(&self, i: usize, end: usize) -> bool {
        self.then(end, Term::Teen).is_some() || self.ordinal(i, Lead::Any).is_some_and(|(_, after)| after > end)
    }

    fn weekday_details(&self, i: usize, day: Weekday, end: usize) -> Node {
        let weekday = |turn, week| Meaning::Weekday { day, turn, week };
        if let Some((turn, end)) = self.turn(end) {
            // «الاثنين الماضي 3 آب»
            if let Some(node) = self.date_after_weekday(i, day, end) {
                return node;
            }
            return Node::new(i, end, weekday(Some(turn), None), "last or next weekday");
        }
        let of = self.then(end, Term::Of).or_else(|| self.then(end, Term::In)).unwrap_or(end);
        if let Some(node) = self.period(of, Lead::Bare).filter(|_| self.soft(of))
            && let Meaning::Period(Unit::Week, week) = node.meaning
        {
            return Node::new(i, node.end, weekday(None, Some(week)), "weekday of a week");
        }
        if let Some(node) = self.date_after_weekday(i, day, end) {
            return node;
        }
        let ordinal = if self.soft(end) { self.ordinal(end, Lead::Bare) } else { None };
        if let Some((number, end)) = ordinal.filter(|(number, _)| self.everything() && *number <= 5) {
            let meaning = Meaning::Nth {
                nth: Nth::Is(number),
                counted: Counted::Weekday(day),
                of: Box::new(Meaning::Period(Unit::Month, 0)),
            };
            return Node::new(i, end, meaning, "numbered weekday");
        }
        Node::new(i, end, weekday(None, None), "weekday")
    }

    fn date_after_weekday(&self, i: usize, day: Weekday, end: usize) -> Option<Node> {
        if !self.loose(end) {
            return None;
        }
        let at = self.then(end, Term::In).or_else(|| self.is(end, Lead::Bare, Term::Equals)).unwrap_or(end);
        let numeric = self.numeric(at, Lead::Bare, true);
        let date = numeric.into_iter().chain(self.date(at, Lead::Bare)).max_by_key(|node| node.end);
        if let Some(mut node) = date
            && let Meaning::Date(date) = &mut node.meaning
            && date.day.is_some()
        {
            date.weekday = Some(day);
            return Some(node.wrap(i, "weekday and date", |of| *of));
        }
        // «الأربعاء 27», «الخميس في الحادية والعشرين»
        let introduced = at > end;
        let (number, stop) = self.day_number(at, Lead::Bare)?;
        let followed = self.unit(stop, Lead::Bare).is_some() && self.soft(stop);
        let numbered = self.is_digits(at) || introduced || number > 10;
        let allowed = self.everything() || (introduced && numbered) || (self.is_digits(at) && !self.soft_arabic(stop));
        if !numbered || followed || !allowed || self.gap(at).any(Gap::COMMA.and(Gap::OPEN)) {
            return None;
        }
        let date = Partial { day: Some(number), weekday: Some(day), ..Partial::EMPTY };
        Some(Node::new(i, stop, Meaning::Date(date), "weekday and day of the month"))
    }

    /// Whether an Arabic word follows with nothing but a space before it.
    fn soft_arabic(&self, i: usize) -> bool {
        self.soft(i) && !self.is_digits(i)
    }

    /// «الأسبوع القادم يوم الجمعة», «هذا الأسبوع الأحد», «الأسبوع المقبل بين الأربعاء والجمعة».
    pub(super) fn week_and_weekday(&self, i: usize, lead: Lead) -> Option<Node> {
        let node = self.period(i, lead)?;
        let Meaning::Period(Unit::Week, week) = node.meaning else { return None };
        let day = |i: usize, lead: Lead| {
            let told = self.unit_is(i, lead, Unit::Day, Count::One).filter(|end| self.soft(*end));
            let (at, lead) = told.map_or((i, lead), |end| (end, Lead::Bare));
            let (day, end) = self.weekday_word(at, lead, told.is_none())?;
            Some((Meaning::Weekday { day, turn: None, week: Some(week) }, end))
        };
        if !self.soft(node.end) {
            return None;
        }
        let opens = self
            .is(node.end, Lead::Bare, Term::Between)
            .or_else(|| self.is(node.end, Lead::Bare, Term::From))
            .unwrap_or(node.end);
        let (first, end) = day(opens, Lead::Bare).filter(|_| self.soft(opens))?;
        let joined = self.then(end, Term::To).map(|end| (end, Lead::Bare)).or_else(|| self.and(end));
        if let Some((second, end)) = joined.and_then(|(at, lead)| day(at, lead)).filter(|_| opens > node.end) {
            let range = Meaning::Range(Box::new(first), Box::new(second));
            return Some(Node::new(i, end, range, "days of a week"));
        }
        (opens == node.end).then(|| Node::new(i, end, first, "weekday of a week"))
    }

    /// «ليل الأحد الاثنين», «ليلة السبت - الأحد».
    pub(super) fn night_between(&self, i: usize, at: usize) -> Option<Node> {
        let (first, mut end) = self.weekday_word(at, Lead::Bare, true)?;
        if !self.loose(end) {
            return None;
        }
        let mut lead = Lead::Bare;
        if let Some((next, and)) = self.and(end) {
            (end, lead) = (next, and);
        } else if let Some(next) = self.then(end, Term::To) {
            end = next;
        } else if self.norm(end) == "علي" && self.soft(end) && self.soft(end + 1) {
            end += 1; // «ليلة السبت على الأحد»
        }
        let (second, after) = self.weekday_word(end, lead, true)?;
        if first.next() != second {
            return None;
        }
        let node = self.weekday_details(end, second, after);
        let first = Box::new(Meaning::Weekday { day: first, turn: None, week: None });
        Some(node.wrap(i, "night between two days", |second| Meaning::Range(first, second)))
    }

    /// «يوم 27», «يوم 31 يوليو تموز», «ليوم 1/ 5 / 2023», «يومي السبت والأحد», «يومي 4 و5 مايو».
    pub(super) fn day_told(&self, i: usize, lead: Lead) -> Option<Node> {
        if let Some(at) = self.unit_is(i, lead, Unit::Day, Count::Two).filter(|end| self.soft(*end)) {
            return self.two_days(i, at);
        }
        let at = self.unit_is(i, lead, Unit::Day, Count::One).filter(|end| self.soft(*end))?;
        let dated = self.numeric(at, Lead::Bare, true).into_iter().chain(self.date(at, Lead::Bare));
        if let Some(node) = dated.max_by_key(|node| node.end)
            && node.meaning.printed().is_some_and(|date| date.day.is_some())
        {
            return Some(node.wrap(i, "day and date", |of| *of));
        }
        let (day, end) = self.day_number(at, Lead::Bare).filter(|_| self.is_digits(at) && self.norm(i) != "اليوم")?;
        let date = Partial { day: Some(day), ..Partial::EMPTY };
        Some(Node::new(i, end, Meaning::Date(date), "day of the month"))
    }

    fn two_days(&self, i: usize, at: usize) -> Option<Node> {
        let first = self.weekday_date(at);
        let first = first.or_else(|| {
            let (day, end) = self.day_number(at, Lead::Bare)?;
            Some(Node::new(at, end, Meaning::Date(Partial { day: Some(day), ..Partial::EMPTY }), "day of the month"))
        })?;
        let (next, lead) = self.and(first.end)?;
        let second = if lead == Lead::And { self.core(next, Lead::And) } else { self.core(next, Lead::Bare) }?;
        let end = second.end;
        let range = Meaning::Range(Box::new(first.meaning), Box::new(second.meaning));
        Some(Node::new(i, end, range, "two days"))
    }
}
