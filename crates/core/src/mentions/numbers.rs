//! Counts: digits and number words, with «about», «more than», «between … and …».

use std::ops::Range;

use maydani_text::inflect::Number;
use maydani_text::{ARTICLE, Gap, WordKind};

use crate::analysis::Analysis;
use crate::codebook::{Codebook, Kind, NumberKind, WordClass};

/// A count that stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Its words, the words of about and at least included.
    pub words: Range<usize>,
    /// Lowest number meant.
    pub min: u32,
    /// Highest number meant; none when open.
    pub max: Option<u32>,
    /// About.
    pub approximate: bool,
    /// Vague (عدد، عشرات) rather than a number.
    pub vague: bool,
}

/// The count whose first word is `i`, if one stands there.
#[must_use]
pub fn count_at(analysis: &Analysis<'_>, book: &Codebook, i: usize) -> Option<Count> {
    let number = |word: usize| analysis.kind_at(word, Kind::Number).map(|hit| (hit, &book.numbers[hit.index]));
    let mut at = i;
    let (mut about, mut least, mut most) = (false, false, false);
    // Words before the number.
    while let Some((hit, word)) = number(at) {
        match word.kind {
            NumberKind::About => about = true,
            NumberKind::AtLeast => least = true,
            NumberKind::AtMost => most = true,
            NumberKind::Range => {
                let (mut first, next) = plain(analysis, book, hit.end)?;
                let joined = next < analysis.text.words().len() && analysis.text.is_and(next);
                let (second, end) = plain(analysis, book, next + usize::from(joined))?;
                // «بين 60 و80 ألفا»
                if second % 1000 == 0 && first < 1000 && first <= second / 1000 {
                    first *= 1000;
                }
                return (second >= first).then_some(Count {
                    words: i..end,
                    min: first,
                    max: Some(second),
                    approximate: about,
                    vague: false,
                });
            }
            _ => break,
        }
        at = hit.end;
        // «30 على الأقل ونحو 100»: said of the number before it.
        if number(at).is_some_and(|(next, _)| next.clitics.conjunction) {
            return None;
        }
        if at >= analysis.text.words().len() || analysis.text.gap(at).any(Gap::STOP.and(Gap::LINE).and(Gap::COMMA)) {
            return None;
        }
    }
    // «آلاف» alone is vague, though it counts after a number.
    let vague = analysis
        .at(at)
        .filter(|hit| hit.kind == Kind::Number)
        .map(|hit| (hit, &book.numbers[hit.index]))
        .find(|(_, word)| word.kind == NumberKind::Vague);
    if let Some((hit, word)) = vague {
        let mut end = hit.end;
        // «عدد من», «عدد كبير من», «عدد غير معلوم من»: the words after it belong to those counted.
        let reach = end..(end + 3).min(analysis.text.words().len());
        let of = reach.clone().find(|&at| analysis.is(at, WordClass::Of));
        let plain = |of: &usize| {
            (end..=*of).all(|at| analysis.text.gap(at).only(Gap::SPACE))
                && (end..*of).all(|at| analysis.at(at).next().is_none() || analysis.is(at, WordClass::NumberUnknown))
        };
        if let Some(of) = of.filter(plain) {
            end = of + 1;
        } else if analysis.text.norm(hit.start).ends_with("عدد") && tells_number(analysis, end) {
            return None;
        }
        return Some(Count { words: i..end, min: word.value.max(2), max: None, approximate: false, vague: true });
    }
    if analysis.is(at, WordClass::NoNumber) {
        return None; // the weekday; «كمية» reads like «كمئة»
    }
    let (count, mut end) = plain(analysis, book, at)?;
    // «5 إلى 7», «5-7», «خمسة أو ستة».
    if end + 1 < analysis.text.words().len() {
        let joined = analysis.is(end, WordClass::NumberRange);
        let next = if joined { end + 1 } else { end };
        let dash = analysis.text.gap(end).only(Gap::DASH) && analysis.text.gap(end).any(Gap::DASH);
        if (joined || dash)
            && let Some((second, after)) = plain(analysis, book, next)
            && second > count
            && second <= count.saturating_mul(5)
        {
            return Some(Count { words: i..after, min: count, max: Some(second), approximate: about, vague: false });
        }
    }
    // «على الأقل», «تقريبا» after the number, or one word later after those counted.
    for offset in 0..=2 {
        if let Some((hit, word)) = number(end + offset) {
            match word.kind {
                // Not «قتل 9 … وأصيب أكثر من 20»: that one qualifies the number after it.
                NumberKind::AtLeast if analysis.is(hit.start, WordClass::LeastAfter) => {
                    least = true;
                }
                NumberKind::About => about = true,
                _ => break,
            }
            if offset == 0 {
                end = hit.end;
            }
            break;
        }
    }
    let (min, max) = match (least, most) {
        (true, _) => (count, None),
        (_, true) => (0, Some(count)),
        _ => (count, Some(count)),
    };
    Some(Count { words: i..end, min, max, approximate: about, vague: false })
}

/// «عدد القتلى», «عدد قتلى الميليشيا»: the number of those named after it, not some of them.
fn tells_number(analysis: &Analysis<'_>, next: usize) -> bool {
    next < analysis.text.words().len()
        && analysis.text.gap(next).only(Gap::SPACE)
        && (analysis.text.norm(next).starts_with(ARTICLE)
            || !analysis.is(next, WordClass::Other)
                && analysis
                    .at(next)
                    .any(|hit| matches!(hit.kind, Kind::Toll | Kind::Person | Kind::Force | Kind::Actor)))
}

/// A bare number: digits, or number words joined by و («خمسة وعشرون», «ثلاثة آلاف»).
fn plain(analysis: &Analysis<'_>, book: &Codebook, i: usize) -> Option<(u32, usize)> {
    let words = analysis.text.words();
    let word = words.get(i)?;
    if word.kind == WordKind::Number {
        let value: u32 = analysis.text.norm(i).parse().ok()?;
        // «3 آلاف», «2 مليون».
        if let Some(hit) = analysis.kind_at(i + 1, Kind::Number) {
            let entry = &book.numbers[hit.index];
            if entry.kind == NumberKind::Cardinal
                && entry.value >= 1000
                && !analysis.text.gap(i + 1).any(Gap::COMMA.and(Gap::STOP))
            {
                return Some((value.saturating_mul(entry.value), hit.end));
            }
        }
        return Some((value, i + 1));
    }
    let mut total = 0_u32;
    let mut group = 0_u32;
    let mut at = i;
    while let Some(hit) = analysis.kind_at(at, Kind::Number) {
        let entry = &book.numbers[hit.index];
        if entry.kind != NumberKind::Cardinal
            || at > i && !hit.clitics.conjunction && entry.value < 100 && group != 0 && entry.value != 10
        {
            break;
        }
        // «قتيلا واحدا وعشرين جريحا»: one, told of the word before it.
        let one = at == i + 1 && total == 0 && group == 1 && entry.value >= 10;
        if one && i > 0 && analysis.text.gap(i).only(Gap::SPACE) && names_one(analysis, book, i - 1) {
            break;
        }
        // «شهيد واحد وأربعة جرحى»: two numbers.
        if at > i && hit.clitics.conjunction && !group.is_multiple_of(10) && entry.value < 10 {
            break;
        }
        if at > i && analysis.text.gap(at).any(Gap::COMMA.and(Gap::STOP).and(Gap::LINE)) {
            break;
        }
        // «ما بين نصف مليون ومليون»
        if group >= 1000 {
            break;
        }
        match entry.value {
            value @ (1000 | 1_000_000) => {
                total = total.saturating_add(group.max(1).saturating_mul(value));
                group = 0;
            }
            100 if (3..10).contains(&group) => group *= 100,
            value => group = group.saturating_add(value),
        }
        at = hit.end;
    }
    (at > i).then(|| (total.saturating_add(group), at))
}

/// A word for one person or one victim: «قتيل», «رجل».
fn names_one(analysis: &Analysis<'_>, book: &Codebook, at: usize) -> bool {
    analysis.at(at).any(|hit| match hit.kind {
        Kind::Person => hit.end == at + 1 && book.persons[hit.index].number == Number::One,
        Kind::Toll => book.tolls[hit.index].person && book.tolls[hit.index].number == Some(Number::One),
        _ => false,
    })
}
