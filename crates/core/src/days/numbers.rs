//! Numbers in digits and words, as dates use them.

use super::parser::{Lead, Parser};
use super::term::Term;

impl Parser<'_> {
    /// A cardinal number: «24», «الـ24», «ثلاثة», «خمسة وعشرين», «ألفين وثمانية عشر».
    pub(super) fn cardinal(&self, i: usize, lead: Lead) -> Option<(u32, usize)> {
        if lead != Lead::And {
            let at = if self.norm(i) == "ال" && self.soft(i + 1) { i + 1 } else { i };
            if let Some((number, _)) = self.digits(at) {
                return Some((number, at + 1));
            }
        }
        self.number_words(i, lead)
    }

    fn number_words(&self, i: usize, lead: Lead) -> Option<(u32, usize)> {
        let (mut total, mut end) = self.number_part(i, lead)?;
        // ثلاثة آلاف is no date; ألف وتسعمائة وثمانية وسبعون is: each part is smaller than the one
        // before, except that units stand before tens.
        let mut last = total;
        while let Some((next, lead)) = self.and(end) {
            let Some((part, after)) = self.number_part(next, lead) else { break };
            let units_then_tens = last < 10 && (20..100).contains(&part) && part % 10 == 0;
            let smaller = part < last && (last >= 100 || (last % 10 == 0 && part < 10));
            if !units_then_tens && !smaller {
                break;
            }
            total += part;
            last = if units_then_tens { last + part } else { part };
            end = after;
        }
        Some((total, end))
    }

    /// One word, or one of eleven to nineteen.
    fn number_part(&self, i: usize, lead: Lead) -> Option<(u32, usize)> {
        let unit = self.term(i, lead, |term| match term {
            Term::TeenUnit(number) => Some(u32::from(number)),
            Term::Cardinal(number) if number < 10 => Some(u32::from(number)),
            _ => None,
        });
        if let Some((number, end)) = unit
            && let Some(end) = self.then(end, Term::Teen)
        {
            return Some((number + 10, end));
        }
        self.term(i, lead, |term| match term {
            Term::Cardinal(number) => Some(u32::from(number)),
            _ => None,
        })
    }

    /// An ordinal in words: «الثالث», «الحادي عشر», «الثاني والعشرين».
    pub(super) fn ordinal(&self, i: usize, lead: Lead) -> Option<(u8, usize)> {
        let unit = self.term(i, lead, |term| match term {
            Term::Ordinal(number) | Term::TeenUnit(number) => Some(number),
            _ => None,
        });
        if let Some((number, end)) = unit {
            if let Some(end) = self.then(end, Term::Teen) {
                return Some((number + 10, end));
            }
            if let Some((next, lead)) = self.and(end) {
                let tens = self.term(next, lead, |term| match term {
                    Term::Cardinal(tens @ (20 | 30 | 40 | 50 | 60 | 70 | 80 | 90)) => Some(tens as u8),
                    _ => None,
                });
                if let Some((tens, end)) = tens {
                    return Some((number + tens, end));
                }
            }
        }
        // «العشرين من», and «الحادي» means nothing alone.
        self.term(i, lead, |term| match term {
            Term::Ordinal(number) => Some(number),
            Term::Cardinal(tens @ (20 | 30)) => Some(tens as u8),
            _ => None,
        })
    }

    /// A day of a month, in digits or as an ordinal.
    pub(super) fn day_number(&self, i: usize, lead: Lead) -> Option<(u8, usize)> {
        let (number, end) = match self.digits(i) {
            Some((number, 1..=2)) if lead != Lead::And => (number, i + 1),
            Some(_) => return None,
            None => {
                let (number, end) = self.ordinal(i, lead)?;
                (u32::from(number), end)
            }
        };
        u8::try_from(number).ok().filter(|day| (1..=31).contains(day)).map(|day| (day, end))
    }

    /// A year: three or four digits, or in words.
    pub(super) fn year_number(&self, i: usize) -> Option<(i16, usize)> {
        if let Some((number, digits)) = self.digits(i) {
            let year = i16::try_from(number).ok()?;
            return (matches!(digits, 3 | 4) && year >= 100).then_some((year, i + 1));
        }
        let (number, end) = self.number_words(i, Lead::Bare)?;
        let year = i16::try_from(number).ok()?;
        if (13..=20).contains(&year) {
            // «تسعة عشر ثمانية وسبعون»: by hundreds.
            let (next, lead) = self.and(end).unwrap_or((end, Lead::Bare));
            let (rest, end) = self.number_words(next, lead)?;
            let rest = i16::try_from(rest).ok().filter(|rest| *rest < 100)?;
            return Some((year * 100 + rest, end));
        }
        (100..=2999).contains(&year).then_some((year, end))
    }
}
