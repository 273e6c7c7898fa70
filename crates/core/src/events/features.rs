//! Features: small facts about a candidate, each a template with a few numbers.
//!
//! While coding only their hashes are made; training and `explain` ask for their names too.

/// A template of features.
#[derive(Debug, Clone, Copy)]
pub struct Template {
    hash: u64,
    name: &'static str,
}

/// The template of a name.
#[must_use]
pub const fn template(name: &'static str) -> Template {
    let bytes = name.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0100_0000_01b3);
        i += 1;
    }
    Template { hash, name }
}

/// A word as a number, for features.
#[must_use]
pub fn word_id(word: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for byte in word.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash
}

/// The features of one candidate.
#[derive(Debug, Clone, Default)]
pub struct Features {
    /// Their hashes.
    pub ids: Vec<u64>,
    /// Their names, when asked for.
    pub names: Option<Vec<String>>,
    /// Sets apart the features of one subject inside another's.
    apart: u64,
}

impl Features {
    /// Features with names, for training and explanation.
    #[must_use]
    pub fn named() -> Self {
        Self { names: Some(Vec::new()), ..Self::default() }
    }

    /// Features known by their hashes alone.
    #[must_use]
    pub fn of(ids: Vec<u64>) -> Self {
        Self { ids, ..Self::default() }
    }

    /// Forgets them all.
    pub fn clear(&mut self) {
        self.ids.clear();
        if let Some(names) = &mut self.names {
            names.clear();
        }
    }

    /// Adds what `add` gives, under a number of its own: the same template there is another feature.
    pub fn nest(&mut self, number: u32, add: impl FnOnce(&mut Self)) {
        let outer = self.apart;
        self.apart = (outer ^ u64::from(number + 1)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        add(self);
        self.apart = outer;
    }

    /// Adds one.
    pub fn add(&mut self, template: Template, values: &[u32]) {
        self.ids.push(self.hash(template, values));
        if let Some(names) = &mut self.names {
            let values: Vec<String> = values.iter().map(u32::to_string).collect();
            names.push(format!("{}({})", template.name, values.join(",")));
        }
    }

    /// Adds a word, which its name shows.
    pub fn add_word(&mut self, template: Template, number: u32, word: &str) {
        self.ids.push(self.hash(template, &[number, word_id(word)]));
        if let Some(names) = &mut self.names {
            names.push(format!("{}({number},{word})", template.name));
        }
    }

    fn hash(&self, template: Template, values: &[u32]) -> u64 {
        values.iter().fold(template.hash ^ self.apart, |hash, value| {
            let hash = (hash ^ u64::from(*value)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            hash ^ hash >> 29
        })
    }
}

/// A distance in words, in seven steps.
#[must_use]
pub const fn distance_step(distance: usize) -> u32 {
    match distance {
        0 => 0,
        1 => 1,
        2 => 2,
        3..=4 => 3,
        5..=7 => 4,
        8..=12 => 5,
        13..=20 => 6,
        _ => 7,
    }
}
