//! Words that turn how an event word is read: `cues.tsv`.

use super::Codebook;
use super::cell::alternatives;
use super::entry::{FormBits, Kind};
use super::table::{At, Fault, Table};

/// Kinds of cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are the codebook's words")]
pub enum CueKind {
    Background,
    Planned,
    Denied,
    Negation,
    Hypothetical,
    Habitual,
    Cause,
    Concurrent,
    SameSpeaker,
    TopicChange,
    SameEvent,
    Cumulative,
    Statement,
    Support,
    Breakdown,
    Attempt,
    Tally,
    Accuse,
    Claim,
}

impl CueKind {
    const WORDS: [(&str, Self); 19] = [
        ("background", Self::Background),
        ("planned", Self::Planned),
        ("denied", Self::Denied),
        ("negation", Self::Negation),
        ("hypothetical", Self::Hypothetical),
        ("habitual", Self::Habitual),
        ("cause", Self::Cause),
        ("concurrent", Self::Concurrent),
        ("same_speaker", Self::SameSpeaker),
        ("topic_change", Self::TopicChange),
        ("same_event", Self::SameEvent),
        ("cumulative", Self::Cumulative),
        ("statement", Self::Statement),
        ("support", Self::Support),
        ("breakdown", Self::Breakdown),
        ("attempt", Self::Attempt),
        ("tally", Self::Tally),
        ("accuse", Self::Accuse),
        ("claim", Self::Claim),
    ];
}

/// A word that turns a clause.
#[derive(Debug, Clone)]
pub struct Cue {
    /// What it does.
    pub kind: CueKind,
    /// Where the entry stands.
    pub at: At,
}

impl Codebook {
    pub(super) fn load_cues(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let Some(kind) = row.one_of("kind", "kind of cue", &CueKind::WORDS, faults) else { continue };
            let index = self.cues.len();
            self.cues.push(Cue { kind, at: row.at() });
            for word in row.list("cue").flat_map(alternatives) {
                self.phrase(&word, Kind::Cue, index, FormBits::default());
            }
        }
    }
}
