//! What a word of an expression of time means.

use jiff::civil::Weekday;

/// A calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Calendar {
    Gregorian,
    /// Umm al-Qura, the civil calendar of Saudi Arabia.
    Hijri,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Night,
    Day,
    Week,
    Weekend,
    Month,
    Year,
    Decade,
    Century,
}

/// A stretch of a longer period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Early,
    Middle,
    Late,
    /// From the reference to its end.
    Rest,
}

/// What «وقت سابق», «وقت مبكر», «وقت لاحق» say of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Hour {
    /// Before the reference.
    Before,
    Early,
    Late,
}

/// A vague time, told from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Recently {
    /// The day after what follows («غداة الهجوم»): the day before the one told of last.
    Morrow,
    /// An hour of the day told of last («ليلاً»).
    Hour,
    /// The day of publication («منذ قليل»).
    Today,
    /// Some day before.
    Past,
    /// Clearly older than the news.
    Recalled,
    /// Some day to come.
    Future,
}

/// How many of a unit a form says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Count {
    One,
    Two,
    Many,
}

/// What a month needs beside its name, where the name is another word too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Guard {
    Nothing,
    /// Alone, it is no month.
    Alone,
    /// It needs a year or «شهر», even after a number.
    Always,
}

/// A guard by its name in the codebook.
pub(super) fn guard(name: &str) -> Option<Guard> {
    match name {
        "" => Some(Guard::Nothing),
        "alone" => Some(Guard::Alone),
        "always" => Some(Guard::Always),
        _ => None,
    }
}

/// What a word or phrase of the lexicon means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Term {
    Month {
        number: u8,
        calendar: Calendar,
        guard: Guard,
    },
    Weekday {
        day: Weekday,
        definite: bool,
    },
    /// A day told from today (أمس).
    Day(i8),
    /// A night told from tonight (الليلة الماضية).
    Night(i8),
    /// «بعد منتصف» before a night: the day after it.
    AfterMidnight,
    /// A part of the day, or of the night that follows the day, named by what comes next (فجر).
    PartOfDay,
    /// The same with its article (الفجر).
    ThePartOfDay,
    /// The same as an adverb (صباحاً).
    AdverbOfDay,
    /// The evening before.
    Eve,
    Unit {
        unit: Unit,
        count: Count,
        definite: bool,
    },
    /// Last (-1), this (0), next (1).
    Turn(i8),
    This,
    That,
    Same,
    Every,
    Since,
    From,
    To,
    Between,
    During,
    Before,
    After,
    In,
    Of,
    Part(Part),
    /// A half, third, quarter, to be numbered by an ordinal.
    Fraction(u8),
    Cardinal(u16),
    /// One and two as they stand before ten (أحد عشر).
    TeenUnit(u8),
    /// The ten of eleven to nineteen.
    Teen,
    Ordinal(u8),
    Last,
    Few,
    About,
    Era(Calendar),
    /// Joins the dates of two calendars.
    Equals,
    /// By its first month.
    Season(u8),
    /// By its tens.
    Decade(u8),
    Feast {
        calendar: Calendar,
        month: u8,
        day: u8,
        days: u8,
    },
    Anniversary,
    Now,
    Recently(Recently),
    /// «ساعات» of a part of the day.
    TimeWord,
    TimeAdjective(Hour),
    Clock,
    /// «المالي», «الدراسي», said of a year.
    YearAdjective,
    /// «على التوالي».
    Running,
    /// «حتى الآن».
    UntilNow,
    /// «أسبوعي»: this one, where everything is asked for.
    ThisUnit(Unit),
    /// «نهاية الأسبوع» with nothing after it that tells which.
    ThisWeekend,
    /// Introduces the date line of a page.
    Label,
}

impl Term {
    /// Whether an expression may begin with it. Most words that the lexicon knows («في», «من»,
    /// «أخير») only go on with one.
    pub(super) const fn opens(self) -> bool {
        !matches!(
            self,
            Self::In
                | Self::Of
                | Self::To
                | Self::Turn(_)
                | Self::Same
                | Self::Every
                | Self::Era(_)
                | Self::Equals
                | Self::Running
                | Self::UntilNow
                | Self::TimeAdjective(_)
                | Self::YearAdjective
                | Self::ThePartOfDay
                | Self::Teen
                | Self::Label
        )
    }

    /// The term that a `kind` and `value` of `codebook/days.tsv` stand for; none if they stand for none.
    pub(super) fn parse(kind: &str, value: &str) -> Option<Self> {
        let number = || value.parse::<u16>().ok();
        let shift = || value.parse::<i8>().ok();
        let small = || value.parse::<u8>().ok();
        Some(match kind {
            "day" => Self::Day(shift()?),
            "night" => Self::Night(shift()?),
            "after_midnight" => Self::AfterMidnight,
            "part_of_day" => Self::PartOfDay,
            "the_part_of_day" => Self::ThePartOfDay,
            "adverb_of_day" => Self::AdverbOfDay,
            "eve" => Self::Eve,
            "turn" => Self::Turn(shift()?),
            "this" => Self::This,
            "that" => Self::That,
            "same" => Self::Same,
            "every" => Self::Every,
            "since" => Self::Since,
            "from" => Self::From,
            "to" => Self::To,
            "between" => Self::Between,
            "during" => Self::During,
            "before" => Self::Before,
            "after" => Self::After,
            "in" => Self::In,
            "of" => Self::Of,
            "part" => Self::Part(match value {
                "early" => Part::Early,
                "middle" => Part::Middle,
                "late" => Part::Late,
                "rest" => Part::Rest,
                _ => return None,
            }),
            "fraction" => Self::Fraction(small()?),
            "cardinal" => Self::Cardinal(number()?),
            "teen_unit" => Self::TeenUnit(small()?),
            "teen" => Self::Teen,
            "ordinal" => Self::Ordinal(small()?),
            "last" => Self::Last,
            "few" => Self::Few,
            "about" => Self::About,
            "era" => Self::Era(calendar(value)?),
            "equals" => Self::Equals,
            "season" => Self::Season(small()?),
            "decade" => Self::Decade(small()?),
            "feast" => feast(value)?,
            "anniversary" => Self::Anniversary,
            "now" => Self::Now,
            "recently" => Self::Recently(match value {
                "morrow" => Recently::Morrow,
                "today" => Recently::Today,
                "past" => Recently::Past,
                "recalled" => Recently::Recalled,
                "future" => Recently::Future,
                _ => return None,
            }),
            "time_word" => Self::TimeWord,
            "time_adjective" => Self::TimeAdjective(match value {
                "before" => Hour::Before,
                "early" => Hour::Early,
                "late" => Hour::Late,
                _ => return None,
            }),
            "clock" => Self::Clock,
            "year_adjective" => Self::YearAdjective,
            "until_now" => Self::UntilNow,
            "running" => Self::Running,
            "this_unit" => Self::ThisUnit(unit(value)?),
            "this_weekend" => Self::ThisWeekend,
            "label" => Self::Label,
            _ => return None,
        })
    }
}

/// A calendar by its name in the codebook.
pub(super) fn calendar(name: &str) -> Option<Calendar> {
    match name {
        "gregorian" => Some(Calendar::Gregorian),
        "hijri" => Some(Calendar::Hijri),
        _ => None,
    }
}

/// A unit by its name in the codebook.
pub(super) fn unit(name: &str) -> Option<Unit> {
    Some(match name {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "night" => Unit::Night,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "weekend" => Unit::Weekend,
        "month" => Unit::Month,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        _ => return None,
    })
}

/// `hijri 10-01 3`: calendar, month-day, how many days.
fn feast(value: &str) -> Option<Term> {
    let mut parts = value.split(' ');
    let calendar = calendar(parts.next()?)?;
    let (month, day) = parts.next()?.split_once('-')?;
    Some(Term::Feast {
        calendar,
        month: month.parse().ok()?,
        day: day.parse().ok()?,
        days: parts.next()?.parse().ok()?,
    })
}
