//! What an expression of time says, before it is tied to a day of publication.

use jiff::civil::Weekday;

use super::term::{Calendar, Part, Recently, Unit};

/// Days that ended more than this many days before publication are recalled, not told as news.
pub(super) const RECALLED_AFTER: i32 = 10;

/// A field of a date: named, or told from the one that holds the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Is(i16),
    Shift(i8),
    /// «العام الحالي 2023»: the year of the reference, named.
    This(i16),
}

/// A date of which parts may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Partial {
    pub(super) calendar: Calendar,
    pub(super) year: Option<Field>,
    pub(super) month: Option<Field>,
    pub(super) day: Option<u8>,
    pub(super) weekday: Option<Weekday>,
    /// «الماضي» (-1), «الجاري» (0), «المقبل» (1) said of the month.
    pub(super) turn: Option<i8>,
}

impl Partial {
    pub(super) const EMPTY: Self =
        Self { calendar: Calendar::Gregorian, year: None, month: None, day: None, weekday: None, turn: None };

    /// Whether year, month and day are all printed.
    pub(super) const fn full(&self) -> bool {
        matches!((self.year, self.month, self.day), (Some(Field::Is(_) | Field::This(_)), Some(Field::Is(_)), Some(_)))
    }
}

/// Which of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nth {
    Is(u8),
    Last,
}

/// What is counted in «the second week of».
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    Unit(Unit),
    Weekday(Weekday),
    /// A half, third or quarter.
    Fraction(u8),
}

/// What an expression says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// Days from the reference, with the weekday that the text names beside it.
    Day(i32, Option<Weekday>),
    Weekday {
        day: Weekday,
        turn: Option<i8>,
        week: Option<i8>,
    },
    Date(Partial),
    /// This, last, next unit.
    Period(Unit, i8),
    /// The past or next units, counted or not.
    Window {
        unit: Unit,
        count: Option<u32>,
        turn: i8,
    },
    /// So long ago, or from now; `from` counts in days from today.
    Away {
        amounts: Vec<(Unit, u32)>,
        turn: i8,
        from: i8,
    },
    /// So long before the day told of last («بعد يومين على الهجوم» tells of the attack).
    Earlier(Vec<(Unit, u32)>),
    Part(Part, Box<Meaning>),
    Nth {
        nth: Nth,
        counted: Counted,
        of: Box<Meaning>,
    },
    /// The first or last units of a period.
    Edge {
        first: bool,
        unit: Unit,
        count: u32,
        of: Box<Meaning>,
    },
    Range(Box<Meaning>, Box<Meaning>),
    /// From then to the reference.
    Since(Box<Meaning>),
    /// The evening before.
    Eve(Box<Meaning>),
    /// The day after a night.
    After(Box<Meaning>),
    /// The week that holds a day.
    WeekOf(Box<Meaning>),
    Season {
        first_month: u8,
        year: Option<Field>,
        turn: Option<i8>,
    },
    Years {
        first: i16,
        count: i16,
    },
    Feast {
        calendar: Calendar,
        month: u8,
        day: u8,
        days: u8,
        year: Option<Field>,
        turn: Option<i8>,
    },
    /// So many years before the reference.
    Anniversary(u8),
    /// The day told last.
    Same,
    /// «الآن».
    Now,
    Vague(Recently),
}

impl Meaning {
    /// Whether it says of itself that it is clearly older than the news.
    pub(super) fn recalls(&self) -> bool {
        match self {
            Self::Date(date) => {
                (date.day.is_none() && matches!(date.year, Some(Field::Is(_))))
                    || date.turn == Some(-1)
                    || matches!(date.year, Some(Field::Shift(-1)))
                    || matches!(date.month, Some(Field::Shift(-1)))
            }
            Self::Period(unit, shift) => *shift < 0 && *unit >= Unit::Month,
            Self::Window { unit, turn, .. } => *turn < 0 && *unit >= Unit::Month,
            Self::Away { amounts, turn, .. } => *turn < 0 && amounts.iter().any(|(unit, _)| *unit >= Unit::Month),
            Self::Part(_, of)
            | Self::Nth { of, .. }
            | Self::Edge { of, .. }
            | Self::Eve(of)
            | Self::After(of)
            | Self::WeekOf(of) => of.recalls(),
            Self::Since(of) => of.recalls() || matches!(**of, Self::Part(..)),
            Self::Range(from, to) => from.recalls() && to.recalls(),
            Self::Season { .. } | Self::Years { .. } | Self::Anniversary(_) => true,
            Self::Feast { turn, .. } => *turn == Some(-1),
            Self::Vague(recently) => *recently == Recently::Recalled,
            Self::Earlier(_) | Self::Day(..) | Self::Weekday { .. } | Self::Same | Self::Now => false,
        }
    }

    /// The year that it calls this one.
    pub(super) fn this_year(&self) -> Option<i16> {
        match self {
            Self::Date(Partial { year: Some(Field::This(year)), .. }) => Some(*year),
            Self::Part(_, of) | Self::Nth { of, .. } | Self::Since(of) => of.this_year(),
            Self::Range(from, to) => from.this_year().or_else(|| to.this_year()),
            _ => None,
        }
    }

    /// Whether it tells a time without telling a day.
    pub(super) const fn vague(&self) -> bool {
        matches!(self, Self::Now | Self::Earlier(_) | Self::Vague(_))
    }

    /// The date that it prints, if it prints one.
    pub(super) fn printed(&self) -> Option<&Partial> {
        match self {
            Self::Date(partial) => Some(partial),
            _ => None,
        }
    }
}
