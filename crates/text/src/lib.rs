//! Arabic text: a normalised view that leads back to the original, span for span.
//!
//! The original is never changed. [`Text`] holds both: words carry a span of the original and a
//! span of the normalised text, in which spelling variants meet (see [`fold`]).

pub mod article;
pub mod clitics;
pub mod fold;
pub mod forms;
pub mod inflect;
pub mod phrases;
pub mod span;
pub mod words;

pub use article::ARTICLE;
pub use clitics::{Clitics, Preposition};
pub use fold::normalise;
pub use phrases::{PhraseMatch, Phrases, Readings};
pub use span::{Normalised, Original, Span};
pub use words::{Gap, Text, Word, WordKind};
