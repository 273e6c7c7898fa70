//! Texts that stand in many rows, held once.

use rustc_hash::FxHashMap;

/// A text that is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Text(u32);

/// Texts, each once.
#[derive(Debug, Default)]
pub(super) struct Texts {
    held: Vec<Box<str>>,
    at: FxHashMap<Box<str>, u32>,
}

impl Texts {
    /// Holds a text.
    pub(super) fn hold(&mut self, text: &str) -> Text {
        if let Some(at) = self.at.get(text) {
            return Text(*at);
        }
        // A row takes more than a byte: there are never so many.
        let at = u32::try_from(self.held.len()).unwrap_or(u32::MAX);
        self.held.push(text.into());
        self.at.insert(text.into(), at);
        Text(at)
    }

    /// A text, where it is held.
    pub(super) fn find(&self, text: &str) -> Option<Text> {
        self.at.get(text).copied().map(Text)
    }

    pub(super) fn get(&self, text: Text) -> &str {
        self.held.get(text.0 as usize).map_or("", AsRef::as_ref)
    }
}
