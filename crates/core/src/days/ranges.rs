//! Rules for ranges: «من 4 إلى 22 يناير», «بين الأحد والثلاثاء», «19-20 نوفمبر».

use maydani_text::Gap;

use super::meaning::{Field, Meaning, Partial};
use super::parser::{Lead, Node, Parser};
use super::term::{Calendar, Term, Unit};

impl Parser<'_> {
    /// «من 4 إلى 22 يناير», «بين الأحد والثلاثاء», «19-20 نوفمبر», «من يونيو حتى أغسطس 2015».
    pub(super) fn range(&self, i: usize) -> Option<Node> {
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
            _ => self.side(at, lead, opens.is_some())?,
        };
        if let Some(end) = self.until_now(left.end).filter(|_| opens.is_some() && !day_alone(&left.meaning)) {
            return Some(left.wrap(i, "until now", |of| Meaning::Range(of, Box::new(Meaning::Now))).until(end));
        }
        let (next, lead, joined) = self.range_mark(left.end, between.is_some())?;
        let right = self.side(next, lead, opens.is_some())?;
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
        // «السبت والأحد القادمين»
        let both = matches!(
            (&left.meaning, &right.meaning),
            (Meaning::Weekday { turn: None, .. }, Meaning::Weekday { turn: Some(_), .. })
        ) && self.norm(right.end - 1).ends_with("ين");
        // «الأربعاء والخميس»: one day and the next
        let (first, last) = (&left.meaning, &right.meaning);
        let running = matches!(
            (first, last),
            (Meaning::Weekday { day: first, turn: None, week: None }, Meaning::Weekday { day: last, turn: None, week: None })
                if first.wrapping_add(1) == *last
        );
        if joined == Joined::And && between.is_none() && !(open_left && right_month) && !both && !running {
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
        let (calendar, month, end) = if let Some((month, end)) = self.month(i, Lead::Any) {
            (month.calendar, Field::Is(month.number.into()), end)
        } else {
            let node = self.period(i, Lead::Any)?;
            let Meaning::Period(Unit::Month, shift) = node.meaning else { return None };
            (Calendar::Gregorian, Field::Shift(shift), node.end)
        };
        let opens = self.then(end, Term::Between).or_else(|| self.then(end, Term::From));
        // «مايو 1-3»
        let dashed =
            self.everything() && self.is_digits(end) && self.is_digits(end + 1) && self.gap(end + 1) == Gap::DASH;
        let opens = opens.or_else(|| dashed.then_some(end))?;
        let (first, end) = self.day_number(opens, Lead::Bare).filter(|_| self.soft(opens))?;
        let (next, lead, _) = self.range_mark(end, true)?;
        let (last, end) = self.day_number(next, lead)?;
        let date =
            |day| Box::new(Meaning::Date(Partial { calendar, month: Some(month), day: Some(day), ..Partial::EMPTY }));
        Some(Node::new(i, end, Meaning::Range(date(first), date(last)), "days of a month"))
    }

    /// One side of a range: a moment, a month or year that the range introduces, a day's number.
    fn side(&self, i: usize, lead: Lead, opened: bool) -> Option<Node> {
        let month = if opened { self.told_month(i, lead) } else { None };
        let ordinal = if opened { self.ordinal_side(i, lead) } else { None };
        [self.moment(i, lead), self.day_side(i, lead), month, ordinal]
            .into_iter()
            .flatten()
            .reduce(|a, b| if b.end > a.end { b } else { a })
    }

    /// «من الأول إلى الخامس من مايو».
    fn ordinal_side(&self, i: usize, lead: Lead) -> Option<Node> {
        let (day, end) = self.ordinal(i, lead).filter(|(day, _)| (1..=31).contains(day))?;
        let date = Partial { day: Some(day), ..Partial::EMPTY };
        Some(Node::new(i, end, Meaning::Date(date), "day of the month"))
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
