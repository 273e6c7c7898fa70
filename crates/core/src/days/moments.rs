//! Rules for days as reports tell them: today, weekdays, parts of the day, «since», «ago», ranges.

use jiff::civil::Weekday;
use maydani_text::Gap;

use super::meaning::{Field, Meaning, Partial};
use super::parser::{Lead, Node, Parser};
use super::term::{Count, Part, Recently, Term, Unit};

impl Parser<'_> {
    /// The longest expression that begins at word `i`.
    pub(super) fn expression(&self, i: usize) -> Option<Node> {
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

    /// «منذ فجر اليوم», «منذ ثلاثة أيام», «منذ عام 2011», «منذ الصباح».
    fn since(&self, i: usize) -> Option<Node> {
        let at = self.is(i, Lead::Any, Term::Since).filter(|end| self.soft(*end))?;
        if let Some(node) = self.this_part_of_day(at) {
            return Some(node.wrap(i, "since", |of| *of));
        }
        let moment = self.clock(at).or_else(|| self.moment(at, Lead::Bare)).or_else(|| self.bare_unit(at, Lead::Bare));
        let duration = self.duration(at, -1);
        let node = [moment, duration].into_iter().flatten().reduce(|a, b| if b.end > a.end { b } else { a })?;
        let day = matches!(node.meaning, Meaning::Day(0, _) | Meaning::Vague(_));
        Some(node.wrap(i, "since", |of| if day { *of } else { Meaning::Since(of) }))
    }

    /// «ساعات الصباح», «الصباح», «ساعات هذا النهار»: of today, after «منذ» or «خلال».
    fn this_part_of_day(&self, i: usize) -> Option<Node> {
        let at = self.skip(self.is(i, Lead::Bare, Term::TimeWord).unwrap_or(i), Term::TimeAdjective);
        let at = self.skip(self.skip(at, Term::Of), Term::This);
        let end = self.is(at, Lead::Bare, Term::ThePartOfDay).filter(|_| self.soft(at))?;
        let end = self.skip(end, Term::TimeAdjective);
        let end = self.skip(end, Term::Day(0));
        Some(Node::new(i, end, Meaning::Day(0, None), "part of this day"))
    }

    /// «خلال يومين», «على مدى الأشهر الستة الماضية», «خلال شهر فبراير».
    fn during(&self, i: usize) -> Option<Node> {
        let at = self.is(i, Lead::Any, Term::During).filter(|end| self.soft(*end))?;
        if let Some(node) = self.this_part_of_day(at) {
            return Some(node.wrap(i, "during", |of| *of));
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
    fn away(&self, i: usize) -> Option<Node> {
        let direction = self.term(i, Lead::Any, |term| match term {
            Term::Before => Some(-1),
            Term::After => Some(1),
            _ => None,
        });
        if let Some((turn, at)) = direction.filter(|(_, end)| self.soft(*end)) {
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
            if self.then(end, Term::Of).is_none() {
                // In a report, «بعد يومين» is told from what came before.
                if turn > 0 && !self.everything() {
                    return Some(Node { meaning: Meaning::Vague(Recently::Future), ..node });
                }
                return Some(node);
            }
            // «بعد يومين من اختطافه» is told from another event.
            return Some(Node { meaning: Meaning::Vague(Recently::Past), ..node });
        }
        let node = self.duration(i, 1)?;
        self.told_from(&node)
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

    /// «الساعة الخامسة من صباح اليوم»: the day counts.
    fn clock(&self, i: usize) -> Option<Node> {
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
        if let Some(at) = self.is(i, lead, Term::TimeWord).filter(|end| self.soft(*end)) {
            let told = self.is(at, Lead::Bare, Term::TimeAdjective);
            let of = self.skip(told.unwrap_or(at), Term::Of);
            if told.is_some() || of > at || self.part_of_day(at, Lead::Bare).is_some() {
                if let Some(node) = self.moment(of, Lead::Bare).filter(|_| self.soft(of)) {
                    return Some(self.time_in(i, told.map(|_| at), node));
                }
                if let Some(node) = self.bare_unit(of, Lead::Bare).filter(|_| self.soft(of) && told.is_some()) {
                    return Some(self.time_in(i, told.map(|_| at), node));
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
            return Some(node.wrap(i, "eve", Meaning::Eve));
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
    fn time_in(&self, i: usize, adjective: Option<usize>, node: Node) -> Node {
        let long = matches!(node.meaning, Meaning::Period(..));
        let later = adjective.is_some_and(|at| self.norm(at) == "لاحق");
        if long && later {
            return node.wrap(i, "later in a period", |of| Meaning::Part(Part::Late, of));
        }
        if long {
            return node.wrap(i, "earlier in a period", Meaning::Since);
        }
        node.wrap(i, "time of a day", |of| *of)
    }

    /// «ليل الأحد الاثنين», «ليلة السبت - الأحد».
    fn night_between(&self, i: usize, at: usize) -> Option<Node> {
        let (first, mut end) = self.weekday_word(at, Lead::Bare, true)?;
        if !self.loose(end) {
            return None;
        }
        let mut lead = Lead::Bare;
        if let Some((next, and)) = self.and(end) {
            (end, lead) = (next, and);
        } else if let Some(next) = self.then(end, Term::To) {
            end = next;
        }
        let (second, after) = self.weekday_word(end, lead, true)?;
        if first.next() != second {
            return None;
        }
        let node = self.weekday_details(end, second, after);
        let first = Box::new(Meaning::Weekday { day: first, turn: None, week: None });
        Some(node.wrap(i, "night between two days", |second| Meaning::Range(first, second)))
    }

    /// A day or period without a part of the day.
    pub(super) fn core(&self, i: usize, lead: Lead) -> Option<Node> {
        if !self.may_start(i) {
            return None;
        }
        let found = [
            self.recently(i, lead),
            self.today(i, lead),
            self.that_day(i, lead),
            self.weekday_date(i),
            self.week_and_weekday(i, lead),
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
            self.season(i, lead),
            self.feast(i, lead),
            self.anniversary(i, lead),
            self.only_everything(i, lead),
        ];
        found.into_iter().flatten().reduce(|best, next| if next.end > best.end { next } else { best })
    }

    /// «الآن», «قبل قليل», «مؤخراً», «الليلة الماضية».
    fn recently(&self, i: usize, lead: Lead) -> Option<Node> {
        let (meaning, end) = self.term(i, lead, |term| match term {
            Term::Now => Some(Meaning::Day(0, None)),
            Term::Recently(recently) => Some(Meaning::Vague(recently)),
            Term::Night(shift) => Some(Meaning::Day(shift.into(), None)),
            _ => None,
        })?;
        let now = meaning == Meaning::Day(0, None);
        let until = self.follows(i, Term::To) || self.has_preposition(i);
        if now && until && !self.everything() {
            return None; // «حتى الآن»
        }
        Some(Node::new(i, end, meaning, "time told from now"))
    }

    /// «اليوم», «أمس الجمعة», «اليوم السبت 25 تشرين الثاني», «يوم غد», «اليوم الـ92».
    fn today(&self, i: usize, lead: Lead) -> Option<Node> {
        let this = self.is(i, lead, Term::This).filter(|end| self.soft(*end));
        let (at, inner) = this.map_or((i, lead), |end| (end, Lead::Bare));
        let told =
            self.unit_is(at, inner, Unit::Day, Count::One).filter(|end| self.soft(*end) && self.norm(*end) != "اليوم");
        let shift = |i, lead| {
            self.term(i, lead, |term| match term {
                Term::Day(shift) => Some(i32::from(shift)),
                _ => None,
            })
        };
        let after_word = told.and_then(|end| shift(end, Lead::Bare));
        let (shift, end) = after_word.or_else(|| shift(at, inner))?;
        let plain = after_word.is_none() && this.is_none() && shift == 0;
        if let Some(node) = self.day_of_campaign(i, end) {
            return Some(node);
        }
        if shift == 0 && self.turn(end).is_some_and(|(turn, _)| turn != 0) {
            return None; // «اليوم التالي»
        }
        if shift == 0
            && !self.everything()
            && let Some((_, stop)) = self.ordinal(end, Lead::Bare).filter(|_| self.soft(end))
        {
            let stop = self.then(stop, Term::Running)?;
            return Some(Node::new(i, stop, Meaning::Day(0, None), "day after day"));
        }
        if shift == 0
            && (self.then(end, Term::Same).is_some() || self.ordinal(end, Lead::Bare).is_some_and(|_| self.soft(end)))
        {
            return None; // «اليوم ذاته», «اليوم الأول»
        }
        if let Some(node) = self.dated_today(i, shift, end) {
            return Some(node);
        }
        if plain && self.means_a_day(i, end) {
            return None;
        }
        Some(Node::new(i, end, Meaning::Day(shift, None), "day told from today"))
    }

    /// «كل اليوم», «مرتين في اليوم», «ذلك اليوم»: no day of its own.
    fn means_a_day(&self, i: usize, end: usize) -> bool {
        let Some(before) = i.checked_sub(1).filter(|_| self.soft(i)) else { return false };
        let told =
            self.term(before, Lead::Any, |term| matches!(term, Term::Every | Term::That).then_some(())).is_some();
        let per = self.norm(before) == "في"
            && self.then_term(end, |term| matches!(term, Term::AdverbOfDay).then_some(())).is_none();
        told || per
    }

    /// «اليوم الـ92 للعدوان»: the day of the report.
    fn day_of_campaign(&self, i: usize, end: usize) -> Option<Node> {
        if self.norm(end) != "ال" || !self.soft(end) {
            return None;
        }
        let (number, _) = self.digits(end + 1)?;
        (number > 1).then(|| Node::new(i, end + 2, Meaning::Day(0, None), "numbered day of a campaign"))
    }

    /// «اليوم السبت», «أمس (الجمعة)», «اليوم، الثلاثاء 10 آب», «اليوم 7/3/2022».
    fn dated_today(&self, i: usize, shift: i32, end: usize) -> Option<Node> {
        if !self.loose(end) {
            return None;
        }
        if let Some(node) =
            self.weekday_date(end).filter(|node| self.is(node.start, Lead::Bare, Term::Day(0)).is_none())
        {
            let meaning = match &node.meaning {
                Meaning::Weekday { day, turn: None, week: None } => Meaning::Day(shift, Some(*day)),
                other => other.clone(),
            };
            return Some(node.wrap(i, "named day told from today", |_| meaning));
        }
        // «أمس 12 قتيلا»: a date needs its month, or its marks.
        let node = self.numeric(end, Lead::Bare, true).into_iter().chain(self.date(end, Lead::Bare));
        let node = node.max_by_key(|node| node.end)?;
        node.meaning
            .printed()
            .is_some_and(|date| date.day.is_some())
            .then(|| node.wrap(i, "dated day told from today", |of| *of))
    }

    /// «ذلك اليوم», «اليوم ذاته», «نفس اليوم».
    fn that_day(&self, i: usize, lead: Lead) -> Option<Node> {
        let day = |i, lead| {
            self.unit(i, lead)
                .filter(|((unit, count, _), _)| *unit <= Unit::Day && *unit >= Unit::Night && *count == Count::One)
        };
        if let Some(at) = self.is(i, lead, Term::That).filter(|end| self.soft(*end)) {
            let (_, end) = day(at, Lead::Bare)?;
            return Some(Node::new(i, end, Meaning::Same, "that day"));
        }
        let (_, end) = day(i, lead)?;
        if let Some(end) = self.then(end, Term::Same) {
            return Some(Node::new(i, end, Meaning::Same, "the same day"));
        }
        let (turn, stop) = self.turn(end)?;
        if !self.everything() {
            let next = Meaning::After(Box::new(Meaning::Same));
            return (turn > 0).then(|| Node::new(i, stop, next, "the following day"));
        }
        Some(Node::new(i, stop, Meaning::Day(turn.into(), None), "last or next day"))
    }

    /// A weekday by name; alone it needs its article.
    pub(super) fn weekday_word(&self, i: usize, lead: Lead, alone: bool) -> Option<(Weekday, usize)> {
        self.term(i, lead, |term| match term {
            Term::Weekday { day, definite } => (definite || !alone).then_some(day),
            _ => None,
        })
    }

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
            return Node::new(i, end, weekday(Some(turn.signum()), None), "last or next weekday");
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
                nth: super::meaning::Nth::Is(number),
                counted: super::meaning::Counted::Weekday(day),
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
    fn week_and_weekday(&self, i: usize, lead: Lead) -> Option<Node> {
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

    /// «يوم 27», «يوم 31 يوليو تموز», «ليوم 1/ 5 / 2023», «يومي السبت والأحد», «يومي 4 و5 مايو».
    fn day_told(&self, i: usize, lead: Lead) -> Option<Node> {
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

    /// «الذكرى الثانية».
    fn anniversary(&self, i: usize, lead: Lead) -> Option<Node> {
        let at = self.is(i, lead, Term::Anniversary).filter(|end| self.soft(*end))?;
        let (years, end) = self.ordinal(at, Lead::Bare).or_else(|| {
            let (number, end) = self.cardinal(at, Lead::Bare)?;
            Some((u8::try_from(number).ok()?, end))
        })?;
        (!self.everything()).then(|| Node::new(i, end, Meaning::Anniversary(years), "anniversary"))
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

    /// «من 4 إلى 22 يناير», «بين الأحد والثلاثاء», «19-20 نوفمبر», «من يونيو حتى أغسطس 2015».
    fn range(&self, i: usize) -> Option<Node> {
        let between = self.is(i, Lead::Any, Term::Between).filter(|end| self.soft(*end));
        let from = self.is(i, Lead::Any, Term::From).filter(|end| self.soft(*end));
        let opens = between.or(from);
        // «شهر نوفمبر بين 19 و 20»
        if opens.is_none()
            && let Some(node) = self.month_and_days(i)
        {
            return Some(node);
        }
        let at = opens.unwrap_or(i);
        let lead = if opens.is_some() { Lead::Bare } else { Lead::Any };
        // «10-20 مايو» are two days before they are the 10th of a month.
        let dashed_days = self
            .day_side(at, lead)
            .filter(|left| left.end < self.len() && self.is_digits(left.end) && self.gap(left.end).any(Gap::DASH));
        let left = match dashed_days {
            Some(left) if opens.is_some() || self.day_first(left.end, Lead::Bare).is_some() => left,
            _ => self.side(at, lead)?,
        };
        let (next, lead, joined) = self.range_mark(left.end, between.is_some())?;
        let right = self.side(next, lead)?;
        let open_left = day_alone(&left.meaning);
        let right_month =
            matches!(right.meaning, Meaning::Date(date) if date.month.is_some() || date.weekday.is_some());
        if open_left && !right_month {
            if let Some(node) = self.range_in_month(i, &left, &right) {
                return Some(node);
            }
            if !self.everything() || opens.is_none() || self.unit(right.end, Lead::Bare).is_some() {
                return None;
            }
        }
        // «عام 2011 إلى 17 في المئة»
        let dated = |meaning: &Meaning| matches!(meaning, Meaning::Date(date) if date.day.is_some());
        if day_alone(&right.meaning) && !dated(&left.meaning) {
            return None;
        }
        if joined == Joined::Dash && opens.is_none() && !dashed(&left.meaning, &right.meaning) {
            return None;
        }
        if joined == Joined::And && between.is_none() && !(open_left && right_month) {
            return None;
        }
        let day = |meaning: &Meaning| !matches!(meaning, Meaning::Vague(_));
        if !day(&left.meaning) || !day(&right.meaning) {
            return None;
        }
        let end = right.end;
        let mut why = left.why;
        why.extend(right.why);
        let mut node = Node::new(i, end, Meaning::Range(Box::new(left.meaning), Box::new(right.meaning)), "range");
        node.why.extend(why);
        Some(node)
    }

    /// «من 4 إلى 22 هذا الشهر», «من 4-23 في الشهر المقبل».
    fn range_in_month(&self, i: usize, left: &Node, right: &Node) -> Option<Node> {
        let at = self.then(right.end, Term::Of).or_else(|| self.then(right.end, Term::In)).unwrap_or(right.end);
        let month = self.period(at, Lead::Bare).filter(|_| self.soft(at))?;
        let Meaning::Period(Unit::Month, shift) = month.meaning else { return None };
        let (Meaning::Date(first), Meaning::Date(last)) = (&left.meaning, &right.meaning) else { return None };
        let (mut first, mut last) = (*first, *last);
        first.month = Some(Field::Shift(shift));
        last.month = first.month;
        let range = Meaning::Range(Box::new(Meaning::Date(first)), Box::new(Meaning::Date(last)));
        Some(Node::new(i, month.end, range, "range of days of a month"))
    }

    fn month_and_days(&self, i: usize) -> Option<Node> {
        let (month, end) = self.month(i, Lead::Any)?;
        let opens = self.then(end, Term::Between).or_else(|| self.then(end, Term::From))?;
        let (first, end) = self.day_number(opens, Lead::Bare).filter(|_| self.soft(opens))?;
        let (next, lead, _) = self.range_mark(end, true)?;
        let (last, end) = self.day_number(next, lead)?;
        let date = |day| {
            Box::new(Meaning::Date(Partial {
                calendar: month.calendar,
                month: Some(Field::Is(month.number.into())),
                day: Some(day),
                ..Partial::EMPTY
            }))
        };
        Some(Node::new(i, end, Meaning::Range(date(first), date(last)), "days of a month"))
    }

    /// One side of a range: a moment, a month or year that the range introduces, a day's number.
    fn side(&self, i: usize, lead: Lead) -> Option<Node> {
        [self.moment(i, lead), self.day_side(i, lead)]
            .into_iter()
            .flatten()
            .reduce(|a, b| if b.end > a.end { b } else { a })
    }

    fn day_side(&self, i: usize, lead: Lead) -> Option<Node> {
        let (day, end) = self.day_number(i, lead).filter(|_| self.is_digits(i))?;
        // «07/03/2022 - 08:35»
        if end < self.len() && self.gap(end).any(Gap::COLON) && self.is_digits(end) {
            return None;
        }
        let date = Partial { day: Some(day), ..Partial::EMPTY };
        Some(Node::new(i, end, Meaning::Date(date), "day of the month"))
    }

    /// What joins the sides of a range, and where the right one begins.
    fn range_mark(&self, i: usize, between: bool) -> Option<(usize, Lead, Joined)> {
        if !self.loose(i) {
            return None;
        }
        if let Some(end) = self.is(i, Lead::Bare, Term::To).filter(|end| self.soft(*end)) {
            return Some((end, Lead::Bare, Joined::To));
        }
        if let Some((next, lead)) = self.and(i) {
            if let Some(end) = self.is(next, lead, Term::To).filter(|end| self.soft(*end)) {
                return Some((end, Lead::Bare, Joined::To));
            }
            return Some((next, lead, Joined::And));
        }
        let dash = self.gap(i).any(Gap::DASH) && !self.gap(i).any(Gap::COMMA);
        (dash || between && self.gap(i).any(Gap::SLASH)).then_some((i, Lead::Bare, Joined::Dash))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joined {
    To,
    And,
    Dash,
}

/// A day's number with nothing else.
fn day_alone(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Date(date) if date.month.is_none() && date.year.is_none() && date.weekday.is_none())
}

/// «19-20 نوفمبر», «2014-2018», «الأحد - الثلاثاء», «12 يناير - 2016/01/22».
fn dashed(left: &Meaning, right: &Meaning) -> bool {
    let kind = |meaning: &Meaning| match meaning {
        Meaning::Date(_) => 1,
        Meaning::Weekday { .. } => 2,
        _ => 0,
    };
    kind(left) > 0 && kind(left) == kind(right)
}

/// What a part of the day may be of: a day, not a month.
fn days_only(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Day(..) | Meaning::Weekday { .. } | Meaning::Same | Meaning::Feast { .. } | Meaning::Range(..) => true,
        Meaning::Date(date) => date.day.is_some(),
        Meaning::Nth { counted, .. } => !matches!(counted, super::meaning::Counted::Fraction(_)),
        _ => false,
    }
}
