//! Days on the two calendars.

use icu_calendar::cal::Hijri;
use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan};

use super::Mode;
use super::term::{Calendar, Part, Unit};

/// First and last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) start: Date,
    pub(super) end: Date,
}

impl Interval {
    pub(super) const fn day(day: Date) -> Self {
        Self { start: day, end: day }
    }

    pub(super) fn new(start: Date, end: Date) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    /// How many days.
    pub(super) fn length(self) -> i32 {
        days_between(self.start, self.end) + 1
    }

    /// ACLED's precision: 1 the day, 2 within about a week, 3 wider.
    pub(super) fn precision(self) -> u8 {
        match self.length() {
            ..=2 => 1,
            3..=11 => 2,
            _ => 3,
        }
    }

    pub(super) fn shifted(self, days: i32) -> Option<Self> {
        Self::new(plus(self.start, days)?, plus(self.end, days)?)
    }

    /// Early, middle or late in it. Months go by thirds in reports (CODEBOOK.md), by halves in other
    /// texts; weeks overlap and years go by halves, as Recognizers-Text reads them; other stretches go
    /// by thirds.
    pub(super) fn part(self, part: Part, today: Option<Date>, mode: Mode) -> Option<Self> {
        let Self { start, end } = self;
        let at = |offset: i32| plus(start, offset);
        match (part, self.length()) {
            (Part::Rest, _) => Self::new(today.map_or(start, |today| today.max(start)), end),
            (Part::Early, 7) => Self::new(start, at(2)?),
            (Part::Middle, 7) => Self::new(at(1)?, at(4)?),
            (Part::Late, 7) => Self::new(at(3)?, end),
            (Part::Early, 28..=31) if mode == Mode::Everything => Self::new(start, at(14)?),
            (Part::Late, 28..=31) if mode == Mode::Everything => Self::new(at(15)?, end),
            (Part::Early, 28..=31) => Self::new(start, at(9)?),
            (Part::Middle, 28..=31) => Self::new(at(10)?, at(19)?),
            (Part::Late, 28..=31) => Self::new(at(20)?, end),
            (Part::Early, 350..=370) => Self::new(start, plus_months(start, 6).and_then(yesterday)?),
            (Part::Middle, 350..=370) => Self::new(plus_months(start, 5)?, plus_months(start, 7).and_then(yesterday)?),
            (Part::Late, 350..=370) => Self::new(plus_months(start, 6)?, end),
            (part, 3000..) => self.part_of_years(part),
            (Part::Early, length) => Self::new(start, at((length / 3).max(1) - 1)?),
            (Part::Middle, length) => Self::new(at(length / 3)?, at((2 * length / 3).max(length / 3 + 1) - 1)?),
            (Part::Late, length) => Self::new(at(2 * length / 3)?, end),
        }
    }

    /// Of a decade or century: its first four tenths, the next three, the last three.
    fn part_of_years(self, part: Part) -> Option<Self> {
        let first = i32::from(self.start.year());
        let count = i32::from(self.end.year()) - first + 1;
        let (from, to) = match part {
            Part::Early => (0, 4),
            Part::Middle => (4, 7),
            Part::Late | Part::Rest => (7, 10),
        };
        years(first + count * from / 10, count * (to - from) / 10)
    }

    /// Part `number` of `of` equal parts: of a year by months, else by days.
    pub(super) fn fraction(self, number: u8, of: u8) -> Option<Self> {
        if number == 0 || number > of {
            return None;
        }
        let (number, of) = (i32::from(number), i32::from(of));
        let length = self.length();
        if length >= 350 {
            let months = (length * 12 / 365) / of;
            let start = plus_months(self.start, months * (number - 1))?;
            return Self::new(start, plus_months(start, months).and_then(yesterday)?);
        }
        // Halves of a month end on the 15th, its thirds on the 10th and 20th.
        let each = if (28..=31).contains(&length) { 30 / of } else { length / of };
        let start = plus(self.start, each * (number - 1))?;
        Self::new(start, if number == of { self.end } else { plus(start, each - 1)? })
    }
}

/// `days` after (before, if negative) `date`.
pub(super) fn plus(date: Date, days: i32) -> Option<Date> {
    date.checked_add(Length::new().try_days(days).ok()?).ok()
}

pub(super) fn plus_months(date: Date, months: i32) -> Option<Date> {
    date.checked_add(Length::new().try_months(months).ok()?).ok()
}

pub(super) fn yesterday(date: Date) -> Option<Date> {
    date.checked_sub(1.day()).ok()
}

pub(super) fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// The calendar unit (week, month …) that lies `shift` units from the one that holds `date`.
pub(super) fn unit(date: Date, unit: Unit, shift: i32) -> Option<Interval> {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Some(Interval::day(date)),
        Unit::Day | Unit::Night => plus(date, shift).map(Interval::day),
        Unit::Week => {
            let monday = plus(date, 7 * shift - i32::from(date.weekday().to_monday_zero_offset()))?;
            Interval::new(monday, plus(monday, 6)?)
        }
        Unit::Weekend => {
            let week = self::unit(date, Unit::Week, shift)?;
            Interval::new(plus(week.start, 5)?, week.end)
        }
        Unit::Month => {
            let month = plus_months(date.first_of_month(), shift)?;
            Interval::new(month, month.last_of_month())
        }
        Unit::Year => years(i32::from(date.year()) + shift, 1),
        Unit::Decade => years((i32::from(date.year()).div_euclid(10) + shift) * 10, 10),
        Unit::Century => years((i32::from(date.year()).div_euclid(100) + shift) * 100, 100),
    }
}

/// `count` years from `first`.
pub(super) fn years(first: i32, count: i32) -> Option<Interval> {
    let start = Date::new(i16::try_from(first).ok()?, 1, 1).ok()?;
    let last = Date::new(i16::try_from(first + count - 1).ok()?, 12, 31).ok()?;
    Interval::new(start, last)
}

/// A month of a year of either calendar.
pub(super) fn month(calendar: Calendar, year: i16, month: u8) -> Option<Interval> {
    let start = date(calendar, year, month, 1)?;
    match calendar {
        Calendar::Gregorian => Interval::new(start, start.last_of_month()),
        Calendar::Hijri => {
            let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            Interval::new(start, yesterday(date(calendar, next_year, next, 1)?)?)
        }
    }
}

/// A Hijri month as it falls in a Gregorian year («رمضان 2014»).
pub(super) fn hijri_month_in(gregorian: i16, month: u8) -> Option<Interval> {
    // The Hijri year is shorter: 33 of them pass in 32 Gregorian years.
    let about = (i32::from(gregorian) - 622) * 33 / 32;
    (-1..=2)
        .filter_map(|shift| i16::try_from(about + shift).ok())
        .filter_map(|year| self::month(Calendar::Hijri, year, month))
        .find(|found| found.start.year() == gregorian)
}

/// A year of either calendar.
pub(super) fn year(calendar: Calendar, year: i16) -> Option<Interval> {
    match calendar {
        Calendar::Gregorian => years(year.into(), 1),
        Calendar::Hijri => {
            let start = date(calendar, year, 1, 1)?;
            Interval::new(start, yesterday(date(calendar, year + 1, 1, 1)?)?)
        }
    }
}

/// A day of either calendar.
pub(super) fn date(calendar: Calendar, year: i16, month: u8, day: u8) -> Option<Date> {
    match calendar {
        Calendar::Gregorian => Date::new(year, month.cast_signed(), day.cast_signed()).ok(),
        Calendar::Hijri => {
            let hijri =
                icu_calendar::Date::try_new_hijri_with_calendar(year.into(), month, day, Hijri::new_umm_al_qura())
                    .ok()?;
            let iso = hijri.to_calendar(icu_calendar::Iso);
            Date::new(
                i16::try_from(iso.year().extended_year()).ok()?,
                iso.month().ordinal.cast_signed(),
                iso.day_of_month().0.cast_signed(),
            )
            .ok()
        }
    }
}

/// Year and month of a day on either calendar.
pub(super) fn year_and_month(calendar: Calendar, day: Date) -> Option<(i16, u8)> {
    match calendar {
        Calendar::Gregorian => Some((day.year(), day.month().cast_unsigned())),
        Calendar::Hijri => {
            let iso = icu_calendar::Date::try_new_iso(
                day.year().into(),
                day.month().cast_unsigned(),
                day.day().cast_unsigned(),
            )
            .ok()?;
            let hijri = iso.to_calendar(Hijri::new_umm_al_qura());
            Some((i16::try_from(hijri.year().extended_year()).ok()?, hijri.month().ordinal))
        }
    }
}

/// The last such weekday on or before `date`.
pub(super) fn last_weekday(date: Date, day: Weekday) -> Option<Date> {
    plus(date, -i32::from(day.until(date.weekday())))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::{Calendar, last_weekday, month, year_and_month};

    #[test]
    fn umm_al_qura() {
        // Checked against PyPI hijridate.
        assert_eq!(super::date(Calendar::Hijri, 1445, 3, 22), Some(date(2023, 10, 7)));
        assert_eq!(super::date(Calendar::Hijri, 1436, 10, 15), Some(date(2015, 7, 31)));
        assert_eq!(year_and_month(Calendar::Hijri, date(2024, 5, 15)), Some((1445, 11)));
        let ramadan = month(Calendar::Hijri, 1445, 9).unwrap();
        assert_eq!((ramadan.start, ramadan.end), (date(2024, 3, 11), date(2024, 4, 9)));
    }

    #[test]
    fn a_weekday_on_its_own_day_is_that_day() {
        assert_eq!(last_weekday(date(2024, 5, 15), Weekday::Wednesday), Some(date(2024, 5, 15)));
        assert_eq!(last_weekday(date(2024, 5, 15), Weekday::Thursday), Some(date(2024, 5, 9)));
    }
}
