//! The learned stages, and the thresholds at which their word is taken.

use std::borrow::Cow;

use super::weights::Stage;

macro_rules! stages {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// Every learned stage.
        #[derive(Debug, Clone, Default)]
        pub struct Model { $($(#[$doc])* pub $name: Stage),* }

        impl Model {
            /// Names of the stages; each has a file `codebook/weights/NAME.tsv`.
            pub const STAGES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// The stage of a name.
            pub fn stage_mut(&mut self, name: &str) -> Option<&mut Stage> {
                match name { $(stringify!($name) => Some(&mut self.$name),)* _ => None }
            }

            /// The model that comes with the program.
            #[must_use]
            pub fn built_in() -> Self {
                Self { $($name: Stage::read(Cow::Borrowed(
                    include_bytes!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".table")),
                )).unwrap_or_default()),* }
            }
        }
    };
}

stages! {
    /// Whether an event word names an event: no, yes.
    keep,
    /// Of what type.
    kind,
    /// A party: none, actor1, actor2.
    role,
    /// A place: no, yes.
    place,
    /// A day: no, yes.
    day,
    /// A toll: no, yes.
    toll,
    /// A claim: no, yes.
    claim,
    /// Two event words: other events, the same.
    same,
    /// A place, day, toll or claim as a value of an event: no, yes.
    value,
    /// A party of an event: none, actor1, actor2.
    party,
    /// A group of event words as an event: no, yes.
    event,
    /// asserted, denied, planned.
    modality,
    /// news, background.
    background,
}

/// Probabilities from which a stage's yes is taken. Chosen on out-of-fold reports.
#[derive(Debug, Clone, Copy)]
pub struct Thresholds {
    /// An event word.
    pub keep: f32,
    /// A group of event words.
    pub event: f32,
    /// A party.
    pub role: f32,
    /// A place.
    pub place: f32,
    /// A place where no other is taken.
    pub only_place: f32,
    /// A day.
    pub day: f32,
    /// A toll.
    pub toll: f32,
    /// A claim.
    pub claim: f32,
    /// Two event words as one event.
    pub same: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            keep: 0.35,
            event: 0.5,
            role: 0.4,
            place: 0.5,
            only_place: 0.15,
            day: 0.25,
            toll: 0.5,
            claim: 0.4,
            same: 0.38,
        }
    }
}
