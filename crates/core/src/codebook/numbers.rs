//! Words for numbers: `numbers.tsv`.

use maydani_text::ARTICLE;
use maydani_text::inflect::Form;

use super::Codebook;
use super::cell::alternatives;
use super::entry::{FormBits, Kind};
use super::table::{At, Fault, Table};

/// Kinds of counting word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NumberKind {
    /// A number.
    Cardinal,
    /// عدة، عشرات: at least `value`.
    Vague,
    /// نحو
    About,
    /// أكثر من
    AtLeast,
    /// أقل من
    AtMost,
    /// بين … و …
    Range,
    /// آخرين
    Other,
}

/// A counting word.
#[derive(Debug, Clone)]
pub struct NumberWord {
    /// Its kind.
    pub kind: NumberKind,
    /// Its value, where it has one.
    pub value: u32,
    /// Where the entry stands.
    pub at: At,
}

impl Codebook {
    pub(super) fn load_numbers(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let words = &[
                ("number", NumberKind::Cardinal),
                ("cardinal", NumberKind::Cardinal),
                ("vague", NumberKind::Vague),
                ("approx", NumberKind::About),
                ("atleast", NumberKind::AtLeast),
                ("atmost", NumberKind::AtMost),
                ("range", NumberKind::Range),
                ("other", NumberKind::Other),
            ];
            let Some(kind) = row.one_of("kind", "kind of number", words, faults) else { continue };
            let index = self.numbers.len();
            let value = row.cell("value").parse().unwrap_or(0);
            if matches!(kind, NumberKind::Cardinal | NumberKind::Vague) && row.cell("value").parse::<u32>().is_err() {
                faults.push(row.fault("value", format!("`{}` is no number", row.cell("value")), "write it in digits"));
            }
            self.numbers.push(NumberWord { kind, value, at: row.at() });
            for word in row.list("word").flat_map(alternatives) {
                let word = word.as_str();
                self.phrase(word, Kind::Number, index, FormBits::default());
                if !matches!(kind, NumberKind::Cardinal | NumberKind::Vague | NumberKind::Other)
                    || word.starts_with(ARTICLE)
                {
                    continue;
                }
                let definite = Form { definite: true, ..Form::PLAIN };
                // «الثلاثة», «الأحد عشر»
                if kind == NumberKind::Cardinal || !word.contains(' ') {
                    self.phrase(&format!("{ARTICLE}{word}"), Kind::Number, index, definite.into());
                }
                if !word.contains(' ') && !word.ends_with(['ة', 'ا', 'ى', 'ن']) {
                    self.phrase(&format!("{word}ا"), Kind::Number, index, FormBits::default());
                }
            }
        }
    }
}
