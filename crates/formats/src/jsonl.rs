//! JSON Lines: one record a line, as the record's schema says.

use maydani_core::Record;

use crate::Format;

/// Writes one record a line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Jsonl {
    /// Keep why each value was coded (`explain`); else it is left out (`code`).
    pub why: bool,
}

impl Format for Jsonl {
    fn record(&self, record: &Record) -> String {
        let line = if self.why || record.events.iter().all(|event| event.why.is_empty()) {
            serde_json::to_string(record)
        } else {
            let mut bare = record.clone();
            for event in &mut bare.events {
                event.why.clear();
            }
            serde_json::to_string(&bare)
        };
        // A record holds strings, numbers and lists alone, which JSON can always express.
        line.map_or_else(|_| String::new(), |line| line + "\n")
    }
}
