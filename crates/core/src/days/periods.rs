//! Rules for longer stretches: weeks, months, years, and their parts.

use maydani_text::Gap;

use super::meaning::{Counted, Field, Meaning, Nth, Partial};
use super::parser::{Lead, Node, Parser};
use super::term::{Calendar, Count, Part, Term, Unit};

impl Parser<'_> {
    /// «هذا الأسبوع», «العام الماضي», «الشهر الجاري», «الأسبوع بعد القادم».
    pub(super) fn period(&self, i: usize, lead: Lead) -> Option<Node> {
        if let Some(end) = self.is(i, lead, Term::ThisWeekend).filter(|end| self.turn(*end).is_none()) {
            return Some(Node::new(i, end, Meaning::Period(Unit::Weekend, 0), "this weekend"));
        }
        let this = self.is(i, lead, Term::This).filter(|end| self.soft(*end));
        let (at, inner) = this.map_or((i, lead), |end| (end, Lead::Bare));
        let ((unit, count, _), end) = self.unit(at, inner)?;
        if count != Count::One || unit < Unit::Week {
            return None;
        }
        // «العام الهجري الحالي», «العام المالي الماضي» count from other days.
        if let Some((turn, end)) = self.turn(end) {
            return Some(Node::new(i, end, Meaning::Period(unit, turn), "this, last or next unit"));
        }
        (this.is_some() || unit == Unit::Weekend).then(|| Node::new(i, end, Meaning::Period(unit, 0), "this unit"))
    }

    /// The same, or a unit with its article alone: «مطلع الشهر» is of this month.
    fn period_or_this(&self, i: usize, lead: Lead) -> Option<Node> {
        self.period(i, lead).or_else(|| self.bare_unit(i, lead))
    }

    /// «الأسبوع», «الشهر» as this one.
    pub(super) fn bare_unit(&self, i: usize, lead: Lead) -> Option<Node> {
        let this = self.term(i, lead, |term| match term {
            Term::ThisUnit(unit) => Some(unit),
            _ => None,
        });
        if let Some((unit, end)) = this.filter(|_| self.everything()) {
            return Some(Node::new(i, end, Meaning::Period(unit, 0), "this unit"));
        }
        let ((unit, count, definite), end) = self.unit(i, lead)?;
        (count == Count::One && definite && unit >= Unit::Week)
            .then(|| Node::new(i, end, Meaning::Period(unit, 0), "the unit"))
    }

    /// «أسبوع 16 سبتمبر».
    pub(super) fn week_of(&self, i: usize, lead: Lead) -> Option<Node> {
        let ((unit, count, definite), at) = self.unit(i, lead)?;
        if unit != Unit::Week || count != Count::One || definite || !self.soft(at) {
            return None;
        }
        let node = self.date(at, Lead::Bare)?;
        let day = node.meaning.printed().is_some_and(|date| date.day.is_some());
        day.then(|| node.wrap(i, "week of a day", Meaning::WeekOf))
    }

    /// «عام 2012», «سنة ألفين وعشرة», «القرن التاسع عشر», «الثمانينيات».
    pub(super) fn years(&self, i: usize, lead: Lead) -> Option<Node> {
        if let Some(node) = self.several_years(i, lead) {
            return Some(node);
        }
        if let Some((field @ (Field::Is(year) | Field::This(year)), end)) = self.year_told(i, lead) {
            let calendar = match self.era(end.saturating_sub(1)) {
                Some((era, _)) => era,
                None if (1300..=1500).contains(&year) => Calendar::Hijri,
                None => Calendar::Gregorian,
            };
            let date = Partial { calendar, year: Some(field), ..Partial::EMPTY };
            return Some(Node::new(i, end, Meaning::Date(date), "year"));
        }
        if let Some((tens, end)) = self.decade_word(i, lead) {
            return Some(self.decade(i, tens, end));
        }
        let end = self.unit_is(i, lead, Unit::Century, Count::One)?;
        let (number, end) = self.ordinal(end, Lead::Bare).filter(|_| self.soft(end))?;
        let first = (i16::from(number) - 1) * 100;
        Some(Node::new(i, end, Meaning::Years { first, count: 100 }, "century"))
    }

    /// «عامي 2011 و2013», «أعوام 2010 إلى 2015», «عام 2014/2015».
    fn several_years(&self, i: usize, lead: Lead) -> Option<Node> {
        let ((unit, count, _), at) = self.unit(i, lead)?;
        let (first, end) = self.year_number(at).filter(|_| unit == Unit::Year && self.soft(at))?;
        let to = || self.then(end, Term::To);
        let slash = || {
            let joined = end < self.len() && self.gap(end).only(Gap::SLASH.and(Gap::DASH).and(Gap::SPACE));
            (joined && self.gap(end).any(Gap::SLASH.and(Gap::DASH))).then_some(end)
        };
        let and = || self.and(end).filter(|_| count != Count::One).map(|(next, _)| next);
        let (last, end) = self.year_number(to().or_else(slash).or_else(and)?)?;
        let years = (first < last).then(|| Meaning::Years { first, count: last - first + 1 })?;
        Some(Node::new(i, end, years, "several years"))
    }

    fn decade_word(&self, i: usize, lead: Lead) -> Option<(u8, usize)> {
        self.term(i, lead, |term| match term {
            Term::Decade(tens) => Some(tens),
            _ => None,
        })
    }

    /// «سبعينيات القرن الماضي»; without a century, the last such decade.
    fn decade(&self, i: usize, tens: u8, end: usize) -> Node {
        let of = self.skip(end, Term::Of);
        let century = self.unit_is(of, Lead::Bare, Unit::Century, Count::One).filter(|_| self.soft(of));
        let told = century.and_then(|at| {
            if let Some((turn, end)) = self.turn(at) {
                return Some((2000 + 100 * i16::from(turn), end));
            }
            let (number, end) = self.ordinal(at, Lead::Bare)?;
            Some(((i16::from(number) - 1) * 100, end))
        });
        let (base, end) = told.unwrap_or((if tens <= 20 { 2000 } else { 1900 }, end));
        Node::new(i, end, Meaning::Years { first: base + i16::from(tens), count: 10 }, "decade")
    }

    /// A year in digits with nothing that names it a year: only where it is introduced.
    pub(super) fn bare_year(&self, i: usize, lead: Lead) -> Option<Node> {
        if lead == Lead::And {
            return None;
        }
        let (year, 4) = self.digits(i)? else { return None };
        let year = i16::try_from(year).ok().filter(|year| (1800..=2100).contains(year))?;
        let counted = self.soft(i + 1) && self.unit(i + 1, Lead::Bare).is_some_and(|(_, end)| end == i + 2);
        if counted || !(self.everything() || self.introduced(i)) {
            return None;
        }
        let (calendar, end) = self.era(i + 1).unwrap_or((Calendar::Gregorian, i + 1));
        Some(Node::new(i, end, year_of(calendar, year), "bare year"))
    }

    /// «الأيام الثلاثة الماضية», «الـ24 ساعة الماضية», «آخر 3 سنوات», «اليومين المقبلين».
    pub(super) fn window(&self, i: usize, lead: Lead) -> Option<Node> {
        if let Some(at) = self.is(i, lead, Term::Last).filter(|end| self.soft(*end)) {
            let (unit, count, end) = self.counted_unit(at, Lead::Bare).filter(|(_, count, _)| count.is_some())?;
            return Some(Node::new(i, end, Meaning::Window { unit, count, turn: -1 }, "last units"));
        }
        let (unit, count, end) = self.counted_unit(i, lead)?;
        let few = self.few(end);
        let (end, few) = few.map_or((end, false), |end| (end, true));
        let (turn, end) = self.turn(end)?;
        // «العقدين الماضيين» counts; «العام الماضي» is a period, and no window.
        if count == Some(1) && unit >= Unit::Week || turn == 0 {
            return None;
        }
        // «الأيام القليلة الماضية» are three, as Recognizers-Text reads them.
        let count = if few && count.is_none() && self.everything() { Some(3) } else { count };
        Some(Node::new(i, end, Meaning::Window { unit, count, turn: turn.signum() }, "past or next units"))
    }

    fn few(&self, i: usize) -> Option<usize> {
        self.then(i, Term::Few)
    }

    /// A unit with its number: «3 أيام», «الأيام الثلاثة», «يومين», «أسبوع», «نحو شهر», «(4) أيام»;
    /// of many, the number may lack.
    pub(super) fn counted_unit(&self, i: usize, lead: Lead) -> Option<(Unit, Option<u32>, usize)> {
        let (i, lead) = match self.is(i, lead, Term::About).filter(|end| self.soft(*end)) {
            Some(end) => (end, Lead::Bare),
            None => (i, lead),
        };
        if let Some((number, at)) = self.cardinal(i, lead) {
            let bracket = self.is_digits(at - 1) && self.loose(at) && !self.gap(at).any(Gap::COMMA);
            if (self.soft(at) || bracket)
                && let Some(((unit, _, _), end)) = self.unit(at, Lead::Bare)
            {
                return Some((unit, Some(number), end));
            }
        }
        if let Some(at) = self.is(i, lead, Term::Few).filter(|end| self.soft(*end)) {
            let ((unit, _, _), end) = self.unit(at, Lead::Bare)?;
            return Some((unit, None, end));
        }
        let ((unit, count, definite), end) = self.unit(i, lead)?;
        match count {
            Count::One if definite => None,
            Count::One => Some((unit, Some(1), end)),
            Count::Two => Some((unit, Some(2), end)),
            Count::Many => {
                let after = if self.soft(end) { self.cardinal(end, Lead::Bare) } else { None };
                let number = after.filter(|(number, _)| definite && *number <= 99);
                Some(number.map_or((unit, None, end), |(number, end)| (unit, Some(number), end)))
            }
        }
    }

    /// «مطلع العام», «أواخر الشهر الماضي», «منتصف أغسطس/آب», «النصف الأول من مايو», «بقية الأسبوع».
    pub(super) fn part(&self, i: usize, lead: Lead) -> Option<Node> {
        let (part, end) = self.term(i, lead, |term| match term {
            Term::Part(part) => Some(part),
            Term::Last => Some(Part::Late),
            _ => None,
        })?;
        let last = self.is(i, lead, Term::Last).is_some();
        if last && self.unit(end, Lead::Bare).is_some_and(|((unit, _, definite), _)| unit <= Unit::Week && !definite) {
            return None; // «آخر يوم من»
        }
        if self.is(i, lead, Term::From).is_some() {
            return None; // «بداية من»
        }
        let of = self.base(self.skip(end, Term::Of), Lead::Any)?;
        if !self.soft(end) {
            return None;
        }
        Some(of.wrap(i, "part of a period", |of| Meaning::Part(part, of)))
    }

    /// The period that a part is of.
    fn base(&self, i: usize, lead: Lead) -> Option<Node> {
        if !self.soft(i) {
            return None;
        }
        self.nested(|| self.any_base(i, lead))
    }

    fn any_base(&self, i: usize, lead: Lead) -> Option<Node> {
        let month = || {
            let (_, _) = self.month(i, lead)?;
            self.date(i, Lead::Any).or_else(|| self.told_month(i, lead))
        };
        let year = || {
            let (year, 4) = self.digits(i)? else { return None };
            let year = i16::try_from(year).ok().filter(|year| (1800..=2100).contains(year))?;
            Some(Node::new(i, i + 1, year_of(Calendar::Gregorian, year), "year"))
        };
        let found = [
            self.years(i, lead),
            self.period_or_this(i, lead),
            month(),
            year(),
            self.season(i, lead),
            self.part(i, lead),
            self.nth(i, lead),
        ];
        found.into_iter().flatten().max_by_key(|node| node.end)
    }

    /// A month that needs no introduction, for the phrase before it gives one.
    pub(super) fn told_month(&self, i: usize, lead: Lead) -> Option<Node> {
        let (month, end) = self.month(i, lead)?;
        let date = Partial { calendar: month.calendar, month: Some(Field::Is(month.number.into())), ..Partial::EMPTY };
        Some(Node::new(i, end, Meaning::Date(date), "month"))
    }

    /// «الأسبوع الأول من أكتوبر», «أول يوم جمعة من يوليو», «الربع الثالث من عام 2016», «آخر يوم من الشهر».
    pub(super) fn nth(&self, i: usize, lead: Lead) -> Option<Node> {
        let (nth, counted, end) = self.nth_of_what(i, lead)?;
        let at = self.then(end, Term::Of).or_else(|| self.then(end, Term::In)).unwrap_or(end);
        if let Some(of) = self.base(at, Lead::Any) {
            return Some(of.wrap(i, "numbered part of a period", |of| Meaning::Nth { nth, counted, of }));
        }
        if let (Counted::Fraction(_), Some((year, end))) = (counted, self.year_after(end)) {
            let of = Meaning::Date(Partial { year: Some(year), ..Partial::EMPTY });
            let meaning = Meaning::Nth { nth, counted, of: Box::new(of) };
            return Some(Node::new(i, end, meaning, "numbered part of a year"));
        }
        // «السبت الثاني», «الربع الثاني» alone: of this month, of this year.
        let of = match counted {
            Counted::Weekday(_) if self.everything() => Meaning::Period(Unit::Month, 0),
            Counted::Fraction(_) if self.everything() => Meaning::Period(Unit::Year, 0),
            _ => return None,
        };
        Some(Node::new(i, end, Meaning::Nth { nth, counted, of: Box::new(of) }, "numbered part of this period"))
    }

    /// «الأيام العشرة الأولى من رمضان», «أول ثلاثة أيام من الشهر», «آخر 6 أشهر من عام 2015».
    pub(super) fn edge(&self, i: usize, lead: Lead) -> Option<Node> {
        let side = |i: usize, lead: Lead| {
            self.term(i, lead, |term| match term {
                Term::Ordinal(1) => Some(true),
                Term::Last => Some(false),
                _ => None,
            })
        };
        let before = side(i, lead).filter(|(_, at)| self.soft(*at)).and_then(|(first, at)| {
            let (unit, count, end) = self.counted_unit(at, Lead::Bare)?;
            Some((first, unit, count?, end))
        });
        let (first, unit, count, end) = before.or_else(|| {
            let (unit, count, at) = self.counted_unit(i, lead)?;
            let (first, end) = side(at, Lead::Bare).filter(|_| self.soft(at))?;
            Some((first, unit, count?, end))
        })?;
        let of = self.base(self.then(end, Term::Of).or_else(|| self.then(end, Term::In))?, Lead::Any)?;
        (unit >= Unit::Day && count > 1)
            .then(|| of.wrap(i, "first or last units of a period", |of| Meaning::Edge { first, unit, count, of }))
    }

    /// «2016 الربع الثالث».
    pub(super) fn year_and_fraction(&self, i: usize, lead: Lead) -> Option<Node> {
        let year = self.bare_year(i, lead).or_else(|| self.years(i, lead))?;
        let (nth, counted, end) = self.nth_of_what(year.end, Lead::Bare).filter(|_| self.loose(year.end))?;
        let fraction = matches!(counted, Counted::Fraction(_));
        fraction.then(|| year.wrap(i, "part of a year", |of| Meaning::Nth { nth, counted, of }).until(end))
    }

    fn nth_of_what(&self, i: usize, lead: Lead) -> Option<(Nth, Counted, usize)> {
        let nth = |i: usize, lead: Lead| {
            self.ordinal(i, lead)
                .map(|(number, end)| (Nth::Is(number), end))
                .or_else(|| self.is(i, lead, Term::Last).map(|end| (Nth::Last, end)))
        };
        let what = |i: usize, lead: Lead, alone: bool| {
            let unit = self.unit(i, lead).filter(|((unit, count, _), _)| *count == Count::One && *unit >= Unit::Day);
            if let Some(((Unit::Day, _, _), end)) = unit
                && let Some((day, end)) = self.weekday_word(end, Lead::Bare, false).filter(|_| self.soft(end))
            {
                return Some((Counted::Weekday(day), end));
            }
            if let Some(((unit, _, _), end)) = unit {
                return Some((Counted::Unit(unit), end));
            }
            if let Some((day, end)) = self.weekday_word(i, lead, alone) {
                return Some((Counted::Weekday(day), end));
            }
            self.term(i, lead, |term| match term {
                Term::Fraction(parts) => Some(Counted::Fraction(parts)),
                _ => None,
            })
        };
        if let Some((counted, at)) = what(i, lead, true) {
            // «الأسبوع 25 من عام 2016», «الربع 3»
            if matches!(counted, Counted::Unit(Unit::Week) | Counted::Fraction(_))
                && self.soft(at)
                && let Some(week) = self.digits(at).and_then(|(number, _)| u8::try_from(number).ok())
            {
                return (1..=53).contains(&week).then_some((Nth::Is(week), counted, at + 1));
            }
            if self.soft(at)
                && let Some((nth, end)) = nth(at, Lead::Bare)
            {
                return Some((nth, counted, end));
            }
        }
        let (nth, at) = nth(i, lead)?;
        let (counted, end) = what(at, Lead::Bare, false).filter(|_| self.soft(at))?;
        Some((nth, counted, end))
    }

    /// «صيف 2014», «الربيع القادم», «شتاء العام الماضي»; alone only where everything is asked for.
    pub(super) fn season(&self, i: usize, lead: Lead) -> Option<Node> {
        let this = self.is(i, lead, Term::This).filter(|end| self.soft(*end));
        let (at, inner) = this.map_or((i, lead), |end| (end, Lead::Bare));
        let (first_month, end) = self.term(at, inner, |term| match term {
            Term::Season(month) => Some(month),
            _ => None,
        })?;
        let season = |year, turn| Meaning::Season { first_month, year, turn };
        if let Some((year, end)) = self.year_after(end) {
            return Some(Node::new(i, end, season(Some(year), None), "season of a year"));
        }
        if let Some((turn, end)) = self.turn(end) {
            return Some(Node::new(i, end, season(None, Some(turn)), "last or next season"));
        }
        if this.is_some() {
            return Some(Node::new(i, end, season(None, Some(0)), "this season"));
        }
        self.everything().then(|| Node::new(i, end, season(None, None), "season"))
    }

    /// What makes a feast a time: «في», «خلال», «ليلة».
    fn day_before_feast(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).filter(|_| self.soft(i)) else { return false };
        self.term(before, Lead::Any, |term| {
            matches!(
                term,
                Term::In
                    | Term::During
                    | Term::Since
                    | Term::Before
                    | Term::After
                    | Term::To
                    | Term::Eve
                    | Term::PartOfDay
                    | Term::Part(_)
                    | Term::Unit { unit: Unit::Day, .. }
            )
            .then_some(())
        })
        .is_some()
    }

    /// «عيد الفطر», «ثاني أيام عيد الأضحى», «رأس السنة».
    pub(super) fn feast(&self, i: usize, lead: Lead) -> Option<Node> {
        let nth = self.ordinal(i, lead).and_then(|(number, at)| {
            let ((unit, _, _), at) = self.unit(at, Lead::Bare).filter(|_| self.soft(at))?;
            (unit == Unit::Day && self.soft(at)).then_some((number, at))
        });
        let (at, inner) = nth.map_or((i, lead), |(_, at)| (at, Lead::Bare));
        let ((calendar, month, day, days), end) = self.term(at, inner, |term| match term {
            Term::Feast { calendar, month, day, days } => Some((calendar, month, day, days)),
            _ => None,
        })?;
        let (turn, end) = self.turn(end).map_or((None, end), |(turn, end)| (Some(turn), end));
        let (year, end) = self.year_after(end).map_or((None, end), |(year, end)| (Some(year), end));
        // «تهنئة بعيد الفطر» tells no time, «أول أيام عيد الفطر» and «خلال العيد» do.
        let told = nth.is_some() || turn.is_some() || year.is_some() || self.everything();
        if !told && !self.day_before_feast(i) {
            return None;
        }
        let meaning = Meaning::Feast { calendar, month, day, days, year, turn };
        let node = Node::new(i, end, meaning, "feast");
        Some(match nth {
            Some((number, _)) => node.wrap(i, "day of a feast", |of| Meaning::Nth {
                nth: Nth::Is(number),
                counted: Counted::Unit(Unit::Day),
                of,
            }),
            None => node,
        })
    }
}

fn year_of(calendar: Calendar, year: i16) -> Meaning {
    Meaning::Date(Partial { calendar, year: Some(Field::Is(year)), ..Partial::EMPTY })
}
