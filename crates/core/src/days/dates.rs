//! Rules for dates of a calendar: day, month, year, in words and digits.

use maydani_text::Gap;

use super::meaning::{Field, Meaning, Partial};
use super::parser::{Lead, Node, Parser};
use super::term::{Calendar, Count, Guard, Term, Unit};

/// Between the numbers of a date.
const NUMERIC: Gap = Gap::SPACE.and(Gap::SLASH).and(Gap::DASH).and(Gap::STOP);
const SEPARATOR: Gap = Gap::SLASH.and(Gap::DASH).and(Gap::STOP);

/// Four digits that may be a year with no word beside them.
fn plausible(year: i16) -> bool {
    (1300..=1500).contains(&year) || (1700..=2100).contains(&year)
}

/// The calendar of a year told in digits alone.
fn calendar_of(year: i16) -> Calendar {
    if (1300..=1500).contains(&year) { Calendar::Hijri } else { Calendar::Gregorian }
}

pub(super) struct Month {
    pub(super) number: u8,
    pub(super) calendar: Calendar,
    /// «شهر» stands before it.
    pub(super) told: bool,
    pub(super) guard: Guard,
}

impl Parser<'_> {
    /// A date of the calendar: at least a month by name, or two numbers.
    pub(super) fn date(&self, i: usize, lead: Lead) -> Option<Node> {
        let found =
            [self.numeric(i, lead, false), self.day_first(i, lead), self.month_first(i, lead), self.year_first(i)];
        let node = found.into_iter().flatten().max_by_key(|node| node.end)?;
        Some(self.with_equivalent(node))
    }

    /// «20 شوال 1436 الموافق 5 أغسطس»: the Gregorian date counts.
    fn with_equivalent(&self, node: Node) -> Node {
        if !self.loose(node.end) {
            return node;
        }
        let Some(next) = self.is(node.end, Lead::Bare, Term::Equals) else { return node };
        let Some(other) = self.weekday_date(next).or_else(|| self.date(next, Lead::Any)) else { return node };
        let gregorian = |node: &Node| {
            node.meaning.printed().is_some_and(|date| date.calendar == Calendar::Gregorian && date.month.is_some())
        };
        let end = other.end;
        let start = node.start;
        let mut chosen = if gregorian(&node) { node } else { other };
        chosen.start = start;
        chosen.until(end)
    }

    /// A month by name, with its second name: «آب (أغسطس)», «كانون الثاني / يناير».
    pub(super) fn month(&self, i: usize, lead: Lead) -> Option<(Month, usize)> {
        let told = self.unit_is(i, lead, Unit::Month, Count::One).filter(|end| self.soft(*end));
        let (at, lead) = told.map_or((i, lead), |end| (end, Lead::Bare));
        let name = |i, lead| {
            self.term(i, lead, |term| match term {
                Term::Month { number, calendar, guard } => Some((number, calendar, guard)),
                _ => None,
            })
        };
        if let (Some(end), None) = (told, name(at, lead)) {
            return self.numbered_month(end);
        }
        let ((number, calendar, guard), mut end) = name(at, lead)?;
        // A name, another, and once more in brackets at most.
        for _ in 0..3 {
            if !(self.loose(end) || (end < self.len() && self.gap(end) == Gap::COLON)) {
                break;
            }
            match name(end, Lead::Bare) {
                Some(((same, of, _), next)) if (same, of) == (number, calendar) => end = next,
                _ => break,
            }
        }
        Some((Month { number, calendar, told: told.is_some(), guard }, end))
    }

    /// «شهر 3 2016», «الشهر 10»: in reports, with its year only.
    fn numbered_month(&self, i: usize) -> Option<(Month, usize)> {
        let (number, digits) = self.digits(i)?;
        let number = u8::try_from(number).ok().filter(|number| (1..=12).contains(number) && digits <= 2)?;
        let end = i + 1;
        let year = self.loose(end) && self.year_number(end).is_some_and(|(year, _)| plausible(year));
        let counted = self.soft(end) && !self.is_digits(end) && self.unit(end, Lead::Bare).is_some();
        (year || (self.everything() && !counted))
            .then_some((Month { number, calendar: Calendar::Gregorian, told: true, guard: Guard::Nothing }, end))
    }

    /// «22 أبريل», «الرابع من مايو 2016», «28-نوفمبر», «20 من الشهر القادم».
    pub(super) fn day_first(&self, i: usize, lead: Lead) -> Option<Node> {
        let (day, mut end) = self.day_number(i, lead)?;
        let digits = self.is_digits(i);
        let tied = if digits {
            end < self.len() && self.gap(end).only(NUMERIC.and(Gap::QUOTE).and(Gap::COMMA).and(Gap::UNDERSCORE))
        } else {
            self.soft(end)
        };
        if !tied {
            return None;
        }
        if self.gap(end).any(Gap::STOP) && !self.everything() {
            return None;
        }
        end = self.skip(end, Term::Of);
        if let Some((month, end)) = self.month(end, Lead::Any) {
            let date = Partial {
                calendar: month.calendar,
                month: Some(Field::Is(month.number.into())),
                day: Some(day),
                ..Partial::EMPTY
            };
            let (date, end) = self.year_and_turn(date, end);
            if month.guard == Guard::Always && !month.told && date.year.is_none() {
                return None;
            }
            return Some(Node::new(i, end, Meaning::Date(date), "day and month"));
        }
        let at = self.skip(end, Term::In);
        let (shift, end) = self.month_told_from_now(at)?;
        let date = Partial { day: Some(day), month: Some(Field::Shift(shift)), ..Partial::EMPTY };
        Some(Node::new(i, end, Meaning::Date(date), "day of this, last or next month"))
    }

    /// «الشهر القادم», «هذا الشهر», and «الجاري» alone after a day.
    fn month_told_from_now(&self, i: usize) -> Option<(i8, usize)> {
        if let Some((turn, end)) = self.turn(i) {
            return (turn == 0).then_some((0, end));
        }
        let node = self.period(i, Lead::Bare)?;
        match node.meaning {
            Meaning::Period(Unit::Month, shift) => Some((shift, node.end)),
            _ => None,
        }
    }

    /// «فبراير 2015», «يناير الماضي», «فبراير 9, 2022», «مارس».
    fn month_first(&self, i: usize, lead: Lead) -> Option<Node> {
        let this = self.is(i, lead, Term::This).filter(|end| self.soft(*end));
        let (at, inner) = this.map_or((i, lead), |end| (end, Lead::Bare));
        let (month, end) = self.month(at, inner)?;
        let date = Partial {
            turn: this.map(|_| 0),
            calendar: month.calendar,
            month: Some(Field::Is(month.number.into())),
            ..Partial::EMPTY
        };
        let after = if self.soft(end) { self.day_number(end, Lead::Bare) } else { None };
        if let Some((day, after)) = after {
            let (dated, stop) = self.year_and_turn(Partial { day: Some(day), ..date }, after);
            let year = matches!(dated.year, Some(Field::Is(_)));
            let counted = self.unit(after, Lead::Bare).is_some();
            if year || (self.everything() && !counted) {
                return Some(Node::new(i, stop, Meaning::Date(dated), "month and day"));
            }
        }
        let (date, end) = self.year_and_turn(date, end);
        let alone = date.year.is_none() && date.turn.is_none() && !month.told;
        let introduced = self.everything() || (self.introduced(i) && !self.follows(i, Term::Of));
        if alone && (month.guard != Guard::Nothing || !introduced) {
            return None;
        }
        Some(Node::new(i, end, Meaning::Date(date), "month"))
    }

    /// «2016. نوفمبر .16».
    fn year_first(&self, i: usize) -> Option<Node> {
        let (year, 4) = self.digits(i)? else { return None };
        let year = i16::try_from(year).ok().filter(|year| plausible(*year))?;
        let joined = |i: usize| i < self.len() && self.gap(i).only(NUMERIC) && self.gap(i).any(SEPARATOR);
        if !joined(i + 1) {
            return None;
        }
        let (month, end) = self.month(i + 1, Lead::Bare)?;
        let (day, end) = self.day_number(end, Lead::Bare).filter(|_| joined(end))?;
        let date = Partial {
            calendar: month.calendar,
            year: Some(Field::Is(year)),
            month: Some(Field::Is(month.number.into())),
            day: Some(day),
            ..Partial::EMPTY
        };
        Some(Node::new(i, end, Meaning::Date(date), "year, month, day"))
    }

    /// What follows a day and month, or a month: a year, or «الماضي», «من العام المقبل».
    fn year_and_turn(&self, mut date: Partial, end: usize) -> (Partial, usize) {
        if let Some((turn, end)) = self.turn(end) {
            date.turn = Some(turn);
            return (date, end);
        }
        if let Some((year, end)) = self.year_after(end) {
            date.year = Some(year);
            let (calendar, end) = self.era(end).map_or((None, end), |(era, end)| (Some(era), end));
            if let Some(calendar) = calendar {
                date.calendar = calendar;
            }
            return (date, end);
        }
        (date, end)
    }

    /// A year told after a month or season: «2015», «، 2015», «من عام 2015», «من العام الماضي».
    pub(super) fn year_after(&self, i: usize) -> Option<(Field, usize)> {
        let joined = self.loose(i) || (self.everything() && i < self.len() && self.gap(i).only(NUMERIC));
        if !joined {
            return None;
        }
        let joins = |wanted| self.is(i, Lead::Bare, wanted).filter(|end| self.soft(*end));
        let at = joins(Term::Of).or_else(|| joins(Term::In)).unwrap_or(i);
        if let Some(found) = self.year_told(at, Lead::Any) {
            return Some(found);
        }
        let digits = self.digits(at);
        if let Some((number, 4)) = digits {
            let year = i16::try_from(number).ok().filter(|year| plausible(*year))?;
            return Some((Field::Is(year), at + 1));
        }
        if digits.is_some() {
            return None;
        }
        let (year, end) = self.year_number(at)?;
        (year >= 1000 && (self.everything() || year >= 1900)).then_some((Field::Is(year), end))
    }

    /// A year after the word for it: «عام 2012», «العام الماضي», «هذا العام».
    pub(super) fn year_told(&self, i: usize, lead: Lead) -> Option<(Field, usize)> {
        if let Some(end) = self.unit_is(i, lead, Unit::Year, Count::One) {
            let end = self.skip(end, Term::YearAdjective);
            if (self.soft(end) || (end < self.len() && self.gap(end).only(Gap::SPACE.and(Gap::OPEN))))
                && let Some((year, end)) = self.year_number(end)
            {
                let end = self.era(end).map_or(end, |(_, end)| end);
                return Some((Field::Is(year), end));
            }
        }
        let node = self.period(i, lead)?;
        match node.meaning {
            Meaning::Period(Unit::Year, shift) => {
                // «العام المقبل 2016»
                let year = self.digits(node.end).filter(|(_, digits)| *digits == 4 && self.soft(node.end));
                let year = year.and_then(|(year, _)| i16::try_from(year).ok()).filter(|year| plausible(*year));
                let named = |year| if shift == 0 { Field::This(year) } else { Field::Is(year) };
                Some(year.map_or((Field::Shift(shift), node.end), |year| (named(year), node.end + 1)))
            }
            _ => None,
        }
    }

    /// Numbers with marks between them. `told` says that something beside them makes them a date.
    pub(super) fn numeric(&self, i: usize, lead: Lead, told: bool) -> Option<Node> {
        if lead == Lead::And {
            return None;
        }
        let (first, first_digits) = self.digits(i)?;
        let joined =
            |i: usize| i < self.len() && self.is_digits(i) && self.gap(i).only(NUMERIC) && self.gap(i).any(SEPARATOR);
        let close = |i: usize| i < self.len() && self.gap(i).only(SEPARATOR) && self.gap(i).any(SEPARATOR);
        if first_digits > 4 || !joined(i + 1) || (i > 0 && self.is_digits(i - 1) && close(i)) {
            return None;
        }
        let (second, second_digits) = self.digits(i + 1)?;
        let third = self.digits(i + 2).filter(|_| joined(i + 2));
        let Some((third, third_digits)) = third else {
            return self.two_numbers(i, (first, first_digits), (second, second_digits), told);
        };
        if close(i + 3) && self.is_digits(i + 3) {
            return None;
        }
        let (year, month, day) = match (first_digits, second_digits, third_digits) {
            (4, 1..=2, 1..=2) => (first, second, third),
            (1..=2, 1..=2, 4) => (third, second, first),
            (1..=2, 1..=2, 2) if first > 31 => (century(first), second, third),
            (1..=2, 1..=2, 2) => (century(third), second, first),
            _ => return None,
        };
        let (month, day) = if month > 12 { (day, month) } else { (month, day) };
        let date = numeric_date(year, month, Some(day))?;
        Some(self.with_era(date, i, i + 3, "numeric date"))
    }

    fn two_numbers(&self, i: usize, first: (u32, usize), second: (u32, usize), told: bool) -> Option<Node> {
        let end = i + 2;
        let month_and_year = match (first, second) {
            ((year, 4), (month, 1..=2)) | ((month, 1..=2), (year, 4)) => Some((year, month)),
            _ => None,
        };
        let told = told || self.everything();
        if let Some((year, month)) = month_and_year {
            let date = numeric_date(year, month, None)?;
            return (told && date.year.is_some_and(|year| matches!(year, Field::Is(year) if plausible(year))))
                .then(|| Node::new(i, end, Meaning::Date(date), "numeric month and year"));
        }
        if !told || first.1 > 2 || second.1 > 2 || (self.gap(i + 1).any(Gap::SPACE) && !self.gap(i + 1).any(Gap::SLASH))
        {
            return None;
        }
        let (day, month) = if second.0 > 12 { (second.0, first.0) } else { (first.0, second.0) };
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let mut date = Partial { month: Some(Field::Is(month as i16)), day: u8::try_from(day).ok(), ..Partial::EMPTY };
        let mut stop = end;
        if end < self.len()
            && self.gap(end).any(Gap::COMMA)
            && let Some((year, digits @ (2 | 4))) = self.digits(end)
        {
            let year = if digits == 2 { century(year) } else { year };
            date.year = i16::try_from(year).ok().map(Field::Is);
            stop = end + 1;
        }
        Some(Node::new(i, stop, Meaning::Date(date), "numeric day and month"))
    }

    fn with_era(&self, mut date: Partial, start: usize, end: usize, rule: &'static str) -> Node {
        let end = match self.era(end) {
            Some((calendar, end)) => {
                date.calendar = calendar;
                end
            }
            None => end,
        };
        Node::new(start, end, Meaning::Date(date), rule)
    }
}

fn numeric_date(year: u32, month: u32, day: Option<u32>) -> Option<Partial> {
    let year = i16::try_from(year).ok()?;
    if !(1..=12).contains(&month) || day.is_some_and(|day| !(1..=31).contains(&day)) {
        return None;
    }
    Some(Partial {
        calendar: calendar_of(year),
        year: Some(Field::Is(year)),
        month: Some(Field::Is(month as i16)),
        day: day.and_then(|day| u8::try_from(day).ok()),
        ..Partial::EMPTY
    })
}

/// A year of two digits lies between 1970 and 2069.
fn century(year: u32) -> u32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}
