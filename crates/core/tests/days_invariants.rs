//! Whatever the words, reading them for days keeps its promises: no panic, spans that resolve,
//! expressions in order and apart, first days before last ones. The texts are drawn from the words
//! of the lexicon itself, so that rules meet every neighbour they can have.

use jiff::civil::{Date, date};
use maydani_core::days::{Lexicon, Mode, expressions};
use maydani_text::Text;

const TABLES: [(&str, usize); 3] = [
    (include_str!("../../../codebook/months.tsv"), 4),
    (include_str!("../../../codebook/weekdays.tsv"), 1),
    (include_str!("../../../codebook/days.tsv"), 2),
];
const OTHERS: [&str; 26] = [
    "1",
    "7",
    "12",
    "25",
    "31",
    "99",
    "247",
    "1436",
    "2014",
    "2016",
    "9999",
    "40000",
    "99999999999",
    "٢٠٢٢",
    "و",
    "ال",
    "لل",
    "قصف",
    "W25",
    "(",
    ")",
    "/",
    "-",
    "،",
    ".\n",
    ":",
];

/// Numbers that look random and are the same each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

fn words() -> Vec<String> {
    let mut words: Vec<String> = OTHERS.iter().map(|&word| word.to_owned()).collect();
    for (table, column) in TABLES {
        for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let forms = line.split('\t').nth(column).unwrap();
            words.extend(forms.split(['؛', '/']).map(|form| form.trim().to_owned()));
        }
    }
    words
}

#[test]
fn any_words_are_read_without_fault() {
    let lexicon = Lexicon::builtin().unwrap();
    let words = words();
    let mut draw = Draw(7);
    let days: [Option<Date>; 4] = [None, Some(date(2024, 2, 29)), Some(date(-9999, 1, 1)), Some(date(9999, 12, 31))];
    let mut found_in_all = 0;
    for _ in 0..20_000 {
        let mut source = String::new();
        for _ in 0..=draw.below(9) {
            source.push_str(["", "", "", "و", "ب", "ل"][draw.below(6)]);
            source.push_str(&words[draw.below(words.len())]);
            source.push_str([" ", " ", " ", " ", "", "-", "/", "، ", "\n"][draw.below(9)]);
        }
        let text = Text::new(&source);
        let mode = if draw.below(2) == 0 { Mode::News } else { Mode::Everything };
        let mut last = 0;
        for found in expressions(&text, days[draw.below(4)], &lexicon, mode) {
            found_in_all += 1;
            assert!(found.words.start < found.words.end && found.words.start >= last, "«{source}»: {found:?}");
            assert!(found.words.end <= text.words().len(), "«{source}»: {found:?}");
            assert!(!found.span.is_empty() && source.get(found.span.range()).is_some(), "«{source}»: {found:?}");
            assert!(found.start <= found.end && found.start.is_some() == found.end.is_some(), "«{source}»: {found:?}");
            last = found.words.end;
        }
    }
    assert!(found_in_all > 20_000, "{found_in_all}");
}

/// One word over and over: rules that lead back to themselves end, and soon.
#[test]
fn a_word_repeated_costs_no_more_than_others() {
    let lexicon = Lexicon::builtin().unwrap();
    for word in words() {
        for pair in ["", "من", "و"] {
            let source = format!("{word} {pair} ").repeat(40);
            for mode in [Mode::News, Mode::Everything] {
                let found = expressions(&Text::new(&source), Some(date(2024, 2, 29)), &lexicon, mode);
                assert!(found.len() <= 80, "{word}");
            }
        }
    }
}
