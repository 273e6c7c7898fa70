//! From what an expression says to days, by the day of publication.

use jiff::civil::{Date, Weekday};

use super::Mode;
use super::interval::{self, Interval, days_between, last_weekday, plus, plus_months};
use super::meaning::{Counted, Field, Meaning, Nth, Partial};
use super::term::{Calendar, Recently, Unit};

/// A day or month without its year is the latest one that is at most this many days ahead.
const AHEAD: i32 = 5;

/// What an expression is resolved against.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reference {
    /// The day of publication, or of the page's date line.
    pub(super) today: Option<Date>,
    /// What the expression before it meant.
    pub(super) last: Option<Interval>,
    pub(super) mode: Mode,
    /// The year of publication, where its day is unknown.
    pub(super) year: Option<i16>,
}

impl Meaning {
    /// Its days; none where they cannot be known.
    pub(super) fn resolve(&self, reference: Reference) -> Option<Interval> {
        let today = reference.today;
        match self {
            Self::Day(shift, None) => plus(today?, *shift).map(Interval::day),
            Self::Day(shift, Some(day)) => named_day(today?, *shift, *day),
            Self::Weekday { day, turn, week } => weekday(today?, *day, *turn, *week).map(Interval::day),
            Self::Date(partial) => partial.resolve(today, reference.year),
            Self::Period(Unit::Week, shift @ (0 | -1)) if reference.mode == Mode::News => told_week(today?, *shift),
            Self::Period(unit, shift) => interval::unit(today?, *unit, i32::from(*shift)),
            Self::Window { unit, count, turn } => window(today?, *unit, *count, *turn),
            Self::Away { amounts, turn, from } => away(plus(today?, (*from).into())?, amounts, *turn),
            Self::Part(part, of) => of.whole(reference)?.part(*part, today, reference.mode),
            Self::Nth { nth, counted, of } => nth_of(*nth, *counted, of.whole(reference)?),
            Self::Edge { first, unit, count, of } => edge(*first, *unit, *count, of.whole(reference)?),
            Self::Range(from, to) => range(from, to, reference),
            Self::Since(from) => {
                let from = from.resolve(reference)?;
                match today {
                    Some(today) if from.start <= today => Interval::new(from.start, today),
                    _ => Some(from),
                }
            }
            Self::Eve(of) => interval::yesterday(of.resolve(reference)?.start).map(Interval::day),
            Self::After(of) => of.resolve(reference)?.shifted(1),
            Self::WeekOf(of) => interval::unit(of.resolve(reference)?.start, Unit::Week, 0),
            Self::Season { first_month, year, turn } => season(*first_month, *year, *turn, today),
            Self::Years { first, count } => interval::years((*first).into(), (*count).into()),
            Self::Feast { calendar, month, day, days, year, turn } => {
                let first = Partial {
                    calendar: *calendar,
                    month: Some(Field::Is((*month).into())),
                    day: Some(*day),
                    year: *year,
                    turn: *turn,
                    ..Partial::EMPTY
                };
                let first = first.resolve(today, reference.year)?.start;
                Interval::new(first, plus(first, i32::from(*days) - 1)?)
            }
            Self::Anniversary(years) => plus_months(today?, -12 * i32::from(*years)).map(Interval::day),
            Self::Same => reference.last,
            Self::Now | Self::Vague(Recently::Today) => today.map(Interval::day),
            Self::Earlier(amounts) => away(told(reference)?, amounts, -1),
            Self::Vague(Recently::Morrow) => plus(told(reference)?, -1).map(Interval::day),
            Self::Vague(Recently::Hour) => told(reference).map(Interval::day),
            Self::Vague(_) => None,
        }
    }
}

impl Meaning {
    /// Its days, those of a week that has not ended included.
    fn whole(&self, reference: Reference) -> Option<Interval> {
        match self {
            Self::Period(unit, shift) => interval::unit(reference.today?, *unit, i32::from(*shift)),
            _ => self.resolve(reference),
        }
    }
}

/// What a report tells of this week has happened by its day; on a Sunday the week that ended with Saturday is
/// the last one.
fn told_week(today: Date, shift: i8) -> Option<Interval> {
    let week = interval::unit(today, Unit::Week, i32::from(shift))?;
    match shift {
        0 => Interval::new(week.start, today),
        _ if today.weekday() == Weekday::Sunday => Interval::new(plus(today, -7)?, plus(today, -1)?),
        _ => Some(week),
    }
}

/// The day told of last, or that of publication.
fn told(reference: Reference) -> Option<Date> {
    reference.last.filter(|last| last.start == last.end).map(|last| last.start).or(reference.today)
}

impl Partial {
    fn resolve(&self, today: Option<Date>, stated: Option<i16>) -> Option<Interval> {
        let now = today.and_then(|today| interval::year_and_month(self.calendar, today));
        let year = match self.year {
            Some(Field::Is(year) | Field::This(year)) => Some(year),
            Some(Field::Shift(shift)) => Some(now?.0 + i16::from(shift)),
            None => None,
        };
        match (year, self.month, self.day) {
            (Some(year), None, None) => interval::year(self.calendar, year),
            (Some(year), Some(Field::Is(month) | Field::This(month)), day) => self.of(year, month, day),
            (None, Some(Field::Is(month)), day) if today.is_none() && self.calendar == Calendar::Gregorian => {
                self.of(stated?, month, day).filter(|_| self.turn.is_none())
            }
            (None, Some(Field::Is(month)), day) => self.without_year(month, day, today?, now?.0),
            (_, Some(Field::Shift(shift)), day) => {
                let (year, month) = now?;
                self.of_month(year, month, i32::from(shift), day)
            }
            (_, None, Some(day)) => self.day_of_month(day, today?, now?),
            (None, None, None) | (None, Some(Field::This(_)), _) => None,
        }
    }

    fn of(&self, year: i16, month: i16, day: Option<u8>) -> Option<Interval> {
        let month = u8::try_from(month).ok()?;
        if self.calendar == Calendar::Hijri && year > 1600 {
            let found = interval::hijri_month_in(year, month)?;
            return day.map_or(Some(found), |day| plus(found.start, i32::from(day) - 1).map(Interval::day));
        }
        match day {
            Some(day) => interval::date(self.calendar, year, month, day).map(Interval::day),
            None => interval::month(self.calendar, year, month),
        }
    }

    /// The month that lies `shift` months from one, or its day.
    fn of_month(&self, year: i16, month: u8, shift: i32, day: Option<u8>) -> Option<Interval> {
        let months = i32::from(year) * 12 + i32::from(month) - 1 + shift;
        let year = i16::try_from(months.div_euclid(12)).ok()?;
        self.of(year, i16::try_from(months.rem_euclid(12)).ok()? + 1, day)
    }

    /// Day and month take the year from the reference: the latest that is not well ahead of it; the
    /// weekday, where there is one, must fit.
    fn without_year(&self, month: i16, day: Option<u8>, today: Date, year: i16) -> Option<Interval> {
        let candidates = |years: &[i16]| -> Vec<Interval> {
            years.iter().filter_map(|shift| self.of(year + shift, month, day)).collect()
        };
        let fits = |interval: &&Interval| self.weekday.is_none_or(|day| interval.start.weekday() == day);
        let past = candidates(&[1, 0, -1, -2, -3, -4]);
        match self.turn {
            Some(1) => candidates(&[0, 1, 2]).into_iter().find(|found| found.start > today),
            Some(0) => self.of(year, month, day),
            Some(_) => past.into_iter().find(|found| found.end < today),
            None => {
                let near: Vec<_> = past.into_iter().filter(|found| days_between(today, found.start) <= AHEAD).collect();
                let ahead = || candidates(&[0, 1]).iter().find(|found| fits(found)).copied();
                let named = self.weekday.is_some();
                let recent = near.iter().take(2).find(fits).copied();
                recent.or_else(|| if named { ahead() } else { None }).or_else(|| near.first().copied())
            }
        }
    }

    /// A day whose month is left out: of the reference's month or the one before.
    fn day_of_month(&self, day: u8, today: Date, (year, month): (i16, u8)) -> Option<Interval> {
        let at = |shift: i32| self.of_month(year, month, shift, Some(day));
        if let Some(weekday) = self.weekday {
            return [0, -1, 1, -2, 2, -3, 3].into_iter().filter_map(at).find(|found| found.start.weekday() == weekday);
        }
        let this = at(0).filter(|found| days_between(today, found.start) <= AHEAD);
        this.or_else(|| at(-1)).or_else(|| at(0))
    }
}

/// «أمس السبت»: the weekday corrects the day, for a report may be published the day after it was
/// written. Where it names the day of publication itself, either may be meant.
fn named_day(today: Date, shift: i32, day: Weekday) -> Option<Interval> {
    let told = plus(today, shift)?;
    if told.weekday() == day {
        return Some(Interval::day(told));
    }
    // «غدا الثلاثاء» in a report that was published on that day.
    if shift == 1 && today.weekday() == day {
        return Some(Interval::day(today));
    }
    if shift > 0 {
        return plus(told, i32::from(told.weekday().until(day))).map(Interval::day);
    }
    let named = last_weekday(today, day)?;
    if shift < 0 && named == today {
        return Interval::new(told, named);
    }
    Some(Interval::day(named))
}

fn weekday(today: Date, day: Weekday, turn: Option<i8>, week: Option<i8>) -> Option<Date> {
    if let Some(week) = week {
        let week = interval::unit(today, Unit::Week, week.into())?;
        return plus(week.start, i32::from(day.to_monday_zero_offset()));
    }
    match turn {
        Some(turn) if turn > 0 => {
            let ahead = i32::from(today.weekday().until(day));
            plus(today, if ahead == 0 { 7 } else { ahead } + 7 * (i32::from(turn) - 1))
        }
        Some(turn) if turn < 0 => plus(last_weekday(interval::yesterday(today)?, day)?, 7 * (i32::from(turn) + 1)),
        _ => last_weekday(today, day),
    }
}

fn window(today: Date, unit: Unit, count: Option<u32>, turn: i8) -> Option<Interval> {
    let Some(count) = count else {
        // «خلال الساعات الماضية»: of the day and the night before.
        let first = if unit == Unit::Hour && turn < 0 { interval::yesterday(today)? } else { today };
        return if unit <= Unit::Hour { Interval::new(first, today) } else { None };
    };
    let count = i32::try_from(count).ok().filter(|count| *count < 10_000)?;
    let past = turn < 0;
    let sign = if past { -1 } else { 1 };
    let edge = match unit {
        Unit::Second | Unit::Minute => return Some(Interval::day(today)),
        // Less than half a day tells nothing of yesterday.
        Unit::Hour if count < 12 => return Some(Interval::day(today)),
        Unit::Hour => plus(today, sign * ((count + 23) / 24))?,
        Unit::Day | Unit::Night => plus(today, sign * count)?,
        Unit::Week | Unit::Weekend => plus(today, sign * 7 * count)?,
        Unit::Month => plus_months(today, sign * count)?,
        Unit::Year => plus_months(today, sign * 12 * count)?,
        Unit::Decade | Unit::Century => {
            let each = if unit == Unit::Decade { 10 } else { 100 };
            let this = i32::from(today.year()).div_euclid(each) * each;
            let first = if past { this - each * count } else { this + each };
            return interval::years(first, each * count);
        }
    };
    if past { Interval::new(edge, today) } else { Interval::new(plus(today, 1)?, edge) }
}

/// «قبل شهرين»: days and weeks lead to a day, months to their month, years to their year.
fn away(today: Date, amounts: &[(Unit, u32)], turn: i8) -> Option<Interval> {
    let mut day = today;
    let mut smallest = Unit::Century;
    for &(unit, count) in amounts {
        let count = i32::try_from(count).ok().filter(|count| *count < 10_000)? * i32::from(turn);
        smallest = smallest.min(unit);
        day = match unit {
            Unit::Second | Unit::Minute => day,
            Unit::Hour => plus(day, count / 24)?,
            Unit::Day | Unit::Night => plus(day, count)?,
            Unit::Week | Unit::Weekend => plus(day, 7 * count)?,
            Unit::Month => plus_months(day, count)?,
            Unit::Year => plus_months(day, 12 * count)?,
            Unit::Decade => plus_months(day, 120 * count)?,
            Unit::Century => plus_months(day, 1200 * count)?,
        };
    }
    match smallest {
        Unit::Month | Unit::Year => interval::unit(day, smallest, 0),
        Unit::Decade | Unit::Century => interval::unit(day, Unit::Year, 0),
        _ => Some(Interval::day(day)),
    }
}

fn nth_of(nth: Nth, counted: Counted, of: Interval) -> Option<Interval> {
    let found = match (counted, nth) {
        (Counted::Fraction(parts), Nth::Is(number)) => return of.fraction(number, parts),
        (Counted::Fraction(parts), Nth::Last) => return of.fraction(parts, parts),
        (Counted::Weekday(day), Nth::Is(number)) => {
            let first = i32::from(of.start.weekday().until(day));
            Interval::day(plus(of.start, first + 7 * (i32::from(number) - 1))?)
        }
        (Counted::Weekday(day), Nth::Last) => Interval::day(last_weekday(of.end, day)?),
        // The first week of a year holds its first Thursday (ISO 8601); of a month, it begins there.
        (Counted::Unit(Unit::Week), Nth::Is(number)) => {
            let anchor = if of.length() > 40 { Weekday::Thursday } else { Weekday::Monday };
            let first = plus(of.start, i32::from(of.start.weekday().until(anchor)))?;
            return interval::unit(plus(first, 7 * (i32::from(number) - 1))?, Unit::Week, 0);
        }
        (Counted::Unit(Unit::Week), Nth::Last) => {
            return interval::unit(last_weekday(of.end, Weekday::Thursday)?, Unit::Week, 0);
        }
        (Counted::Unit(Unit::Weekend), Nth::Is(number)) => {
            let first = plus(of.start, i32::from(of.start.weekday().until(Weekday::Saturday)))?;
            let saturday = plus(first, 7 * (i32::from(number) - 1))?;
            return Interval::new(saturday, plus(saturday, 1)?);
        }
        (Counted::Unit(Unit::Weekend), Nth::Last) => {
            let saturday = last_weekday(of.end, Weekday::Saturday)?;
            return Interval::new(saturday, plus(saturday, 1)?);
        }
        (Counted::Unit(Unit::Month), Nth::Is(number)) => interval::unit(of.start, Unit::Month, i32::from(number) - 1)?,
        (Counted::Unit(Unit::Year), Nth::Is(number)) => interval::unit(of.start, Unit::Year, i32::from(number) - 1)?,
        (Counted::Unit(Unit::Decade), Nth::Is(number)) => {
            interval::unit(of.start, Unit::Decade, i32::from(number) - 1)?
        }
        (Counted::Unit(unit @ (Unit::Month | Unit::Year | Unit::Decade)), Nth::Last) => {
            interval::unit(of.end, unit, 0)?
        }
        (Counted::Unit(_), Nth::Is(number)) => Interval::day(plus(of.start, i32::from(number) - 1)?),
        (Counted::Unit(_), Nth::Last) => Interval::day(of.end),
    };
    (found.start >= of.start && found.end <= of.end).then_some(found)
}

/// «أول ثلاثة أيام من», «آخر 6 أشهر من».
fn edge(first: bool, unit: Unit, count: u32, of: Interval) -> Option<Interval> {
    let count = i32::try_from(count).ok().filter(|count| *count < 1000)?;
    let sign = if first { 1 } else { -1 };
    let from = if first { of.start } else { plus(of.end, 1)? };
    let other = match unit {
        Unit::Month => plus_months(from, sign * count)?,
        Unit::Year => plus_months(from, sign * 12 * count)?,
        Unit::Decade | Unit::Century => return None,
        Unit::Week | Unit::Weekend => plus(from, sign * 7 * count)?,
        _ => plus(from, sign * count)?,
    };
    if first { Interval::new(from, interval::yesterday(other)?) } else { Interval::new(other, of.end) }
}

/// The left side takes from the right what it leaves open.
fn range(from: &Meaning, to: &Meaning, reference: Reference) -> Option<Interval> {
    let end = to.resolve(reference)?;
    let mut open = from.clone();
    if let Meaning::Date(date) = &mut open
        && let (None, Meaning::Date(right)) = (date.year, to)
    {
        date.year = right.year;
        date.turn = date.turn.or(right.turn);
        if date.month.is_none() {
            date.month = right.month;
            date.calendar = right.calendar;
        }
    }
    // «ليل الأحد الاثنين 30 كانون الثاني»
    if let Meaning::Weekday { day, turn: None, week: None } = from {
        return Interval::new(last_weekday(end.start, *day)?, end.end);
    }
    let start = open.resolve(reference)?;
    // «من غد حتى الجمعة»
    if let (Meaning::Day(shift, _), Meaning::Weekday { day, turn: None, week: None }) = (from, to)
        && *shift >= 0
    {
        let ahead = i32::from(start.start.weekday().until(*day));
        return Interval::new(start.start, plus(start.start, ahead)?);
    }
    if start.start <= end.end {
        return Interval::new(start.start, end.end);
    }
    // Read alone, the left side fell after the right one: it is the one before.
    let earlier = Reference { today: Some(end.end), ..reference };
    let start = match from {
        Meaning::Date(_) | Meaning::Season { .. } => from.resolve(earlier)?,
        _ => return Interval::new(end.start, start.end),
    };
    Interval::new(start.start, end.end)
}

fn season(first_month: u8, year: Option<Field>, turn: Option<i8>, today: Option<Date>) -> Option<Interval> {
    let of = |year: i16| {
        let start = interval::date(Calendar::Gregorian, year, first_month, 1)?;
        Interval::new(start, plus_months(start, 3).and_then(interval::yesterday)?)
    };
    match (year, turn) {
        (Some(Field::Is(year) | Field::This(year)), _) => of(year),
        (Some(Field::Shift(shift)), _) => of(today?.year() + i16::from(shift)),
        (None, Some(1)) => {
            let today = today?;
            [0, 1].into_iter().filter_map(|ahead| of(today.year() + ahead)).find(|found| found.start > today)
        }
        (None, Some(-1)) => {
            let today = today?;
            [0, -1, -2].into_iter().filter_map(|back| of(today.year() + back)).find(|found| found.end < today)
        }
        (None, Some(_)) => of(today?.year()),
        (None, None) => {
            let today = today?;
            [0, -1].into_iter().filter_map(|back| of(today.year() + back)).find(|found| found.start <= today)
        }
    }
}
