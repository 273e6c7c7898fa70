//! Rules for days told from the day of the report: «اليوم», «أمس الجمعة», «اليوم الـ92», «ذلك اليوم».

use super::meaning::Meaning;
use super::parser::{Lead, Node, Parser};
use super::term::{Count, Recently, Term, Unit};

impl Parser<'_> {
    /// «الآن», «قبل قليل», «مؤخراً», «الليلة الماضية».
    pub(super) fn recently(&self, i: usize, lead: Lead) -> Option<Node> {
        let (meaning, end) = self.term(i, lead, |term| match term {
            Term::Now => Some(Meaning::Now),
            Term::Recently(recently) => Some(Meaning::Vague(recently)),
            Term::AdverbOfDay if !self.everything() => Some(Meaning::Vague(Recently::Hour)),
            Term::Night(shift) => Some(Meaning::Day(shift.into(), None)),
            _ => None,
        })?;
        let now = meaning == Meaning::Now;
        let until = self.follows(i, Term::To) || self.has_preposition(i);
        if now && until && !self.everything() {
            return None; // «حتى الآن»
        }
        Some(Node::new(i, end, meaning, "time told from now"))
    }

    /// «اليوم», «أمس الجمعة», «اليوم السبت 25 تشرين الثاني», «يوم غد», «اليوم الـ92».
    pub(super) fn today(&self, i: usize, lead: Lead) -> Option<Node> {
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
            if let Some(stop) = self.then(stop, Term::Running) {
                return Some(Node::new(i, stop, Meaning::Day(0, None), "day after day"));
            }
            // «لليوم الثالث»: since two days ago.
            let (days, _) = self.ordinal(end, Lead::Bare).filter(|(days, _)| (2..=7).contains(days))?;
            let running = self.norm(i).trim_start_matches(['و', 'ف']).starts_with("لل");
            let first = Meaning::Day(1 - i32::from(days), None);
            let range = Meaning::Range(Box::new(first), Box::new(Meaning::Day(0, None)));
            return running.then(|| Node::new(i, stop, range, "day after day until today"));
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
        told || per || self.norm(end) == "الواحد"
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
    pub(super) fn that_day(&self, i: usize, lead: Lead) -> Option<Node> {
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

    /// «الذكرى الثانية».
    pub(super) fn anniversary(&self, i: usize, lead: Lead) -> Option<Node> {
        let at = self.is(i, lead, Term::Anniversary).filter(|end| self.soft(*end))?;
        let (years, end) = self.ordinal(at, Lead::Bare).or_else(|| {
            let (number, end) = self.cardinal(at, Lead::Bare)?;
            Some((u8::try_from(number).ok()?, end))
        })?;
        (!self.everything()).then(|| Node::new(i, end, Meaning::Anniversary(years), "anniversary"))
    }
}
