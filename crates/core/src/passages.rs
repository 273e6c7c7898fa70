//! Passages of a report: bytes inside, code points at the door.

use maydani_text::{Original, Span};

use crate::record::Passage;

/// How many bytes lie between two known counts.
const STEP: usize = 256;

/// Turns bytes of one text into code points.
#[derive(Debug)]
pub struct Passages<'t> {
    text: &'t str,
    counts: Vec<u32>,
}

impl<'t> Passages<'t> {
    /// For a text.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut counts = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at % STEP == 0 {
                counts.push(count);
            }
            count += u32::from(byte & 0xc0 != 0x80);
        }
        Self { text, counts }
    }

    /// The code points before byte `at`, which begins a character or ends the text.
    #[must_use]
    pub fn code_point(&self, at: u32) -> u32 {
        let at = (at as usize).min(self.text.len());
        let step = at / STEP;
        let Some(&count) = self.counts.get(step) else {
            return self.text.chars().count() as u32;
        };
        count + self.text.as_bytes()[step * STEP..at].iter().filter(|byte| **byte & 0xc0 != 0x80).count() as u32
    }

    /// The passage of a span.
    #[must_use]
    pub fn passage(&self, span: Span<Original>) -> Passage {
        Passage {
            start: self.code_point(span.start),
            end: self.code_point(span.end),
            text: self.text[span.range()].to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Passages;
    use maydani_text::Span;

    #[test]
    fn counts_code_points() {
        let text = "قصف a ".repeat(200);
        let passages = Passages::new(&text);
        for (count, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(passages.code_point(at as u32), count as u32);
        }
        assert_eq!(passages.passage(Span::new(0, 6)).text, "قصف");
        assert_eq!(passages.code_point(text.len() as u32), text.chars().count() as u32);
    }
}
