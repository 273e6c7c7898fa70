//! How a cell writes words.

use maydani_text::fold::normalise;

/// Words asked for in their order, normalised, each on its own: they are compared with many a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The first word.
    pub first: String,
    /// Those after it.
    pub more: Vec<String>,
}

impl Wording {
    pub(super) fn new(words: &str) -> Self {
        let normal = normalise(words);
        let mut words = normal.split(' ').map(str::to_owned);
        Self { first: words.next().unwrap_or_default(), more: words.collect() }
    }
}

/// Splits `ألقى يلقي + القبض` into the verb and what must follow, normalised and without article.
pub(super) fn split_rest(lemma: &str) -> (&str, Vec<Wording>) {
    match lemma.split_once('+') {
        Some((words, rest)) => {
            let rest = rest.split('/').map(|word| Wording::new(word.trim())).collect();
            (words.trim(), rest)
        }
        None => (lemma, Vec::new()),
    }
}

/// The phrases of a cell in which each word may have alternatives: `ارتفع/ارتفعت عدد/حصيلة`.
pub(super) fn alternatives(cell: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for slot in cell.split_whitespace() {
        let mut next = Vec::with_capacity(out.len());
        for front in &out {
            for word in slot.split('/').filter(|word| !word.is_empty()) {
                next.push(if front.is_empty() { word.to_owned() } else { format!("{front} {word}") });
            }
        }
        out = next;
    }
    out
}
