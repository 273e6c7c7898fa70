//! What a phrase of the dictionary stands for.

use maydani_text::inflect::{Form, Number};

/// Which part of the codebook an entry belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `actors.tsv`: a party under one of its names.
    Actor,
    /// `actors.tsv`, column `ambiguous`: a party if the report's country fits.
    AmbiguousActor,
    /// `actors.tsv`, column `metonyms`: a state or capital, which is a party where it acts.
    Metonym,
    /// `adjectives.tsv`.
    Adjective,
    /// `forces.tsv`.
    Force,
    /// `persons.tsv`.
    Person,
    /// `sources.tsv`.
    Source,
    /// `sources.tsv`, column `ambiguous`: a source after an outlet word, quoted, or speaking.
    AmbiguousSource,
    /// `reporting.tsv`.
    Reporting,
    /// `titles.tsv`.
    Title,
    /// `events.tsv`.
    Event,
    /// `means.tsv`.
    Means,
    /// `tolls.tsv`.
    Toll,
    /// `tolls.tsv`, number `counted`: it tells of harm only beside people counted.
    CountedToll,
    /// `cues.tsv`.
    Cue,
    /// `numbers.tsv`.
    Number,
}

/// An entry of the codebook in one of its forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Entry {
    /// Its part of the codebook.
    pub kind: Kind,
    /// Its place in that part.
    pub index: u16,
    /// The form of the word.
    pub form: FormBits,
}

/// [`Form`], packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct FormBits(u8);

impl From<Form> for FormBits {
    fn from(form: Form) -> Self {
        let number = match form.number {
            Number::One => 0,
            Number::Two => 1,
            Number::Many => 2,
        };
        Self(
            number
                | u8::from(form.definite) << 2
                | u8::from(form.pronoun) << 3
                | u8::from(form.present) << 4
                | u8::from(form.plural_subject) << 5
                | u8::from(form.feminine) << 6,
        )
    }
}

impl FormBits {
    /// Number of a noun form.
    #[must_use]
    pub const fn number(self) -> Number {
        match self.0 & 3 {
            0 => Number::One,
            1 => Number::Two,
            _ => Number::Many,
        }
    }

    /// It bears the article.
    #[must_use]
    pub const fn definite(self) -> bool {
        self.0 & 4 != 0
    }

    /// A pronoun is attached.
    #[must_use]
    pub const fn pronoun(self) -> bool {
        self.0 & 8 != 0
    }

    /// A present verb.
    #[must_use]
    pub const fn present(self) -> bool {
        self.0 & 16 != 0
    }

    /// A verb with a plural subject in its form.
    #[must_use]
    pub const fn plural_subject(self) -> bool {
        self.0 & 32 != 0
    }

    /// A verb with a feminine subject.
    #[must_use]
    pub const fn feminine(self) -> bool {
        self.0 & 64 != 0
    }

    /// All of it but gender, as a number: for features.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0 & 63
    }
}
