//! Any number of records, always the same ones.

use maydani_core::Record;
use maydani_core::SubEventType;

use super::records::{Told, Village, record};

/// xorshift64*: numbers that look random and are the same everywhere.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// Small numbers often, large ones seldom (as words and places are).
    pub(crate) fn skewed(&mut self, n: u64) -> u64 {
        // A power of two below n, and a number below that.
        let bits = u64::from(n.ilog2()) + 1;
        let top = 1 << self.below(bits);
        self.below(top) % n
    }
}

/// How many places, words and days the made world has.
pub(crate) const PLACES: u64 = 2_000;
const WORDS: u64 = 20_000;
pub(crate) const DAYS: u64 = 5_000;
const OUTLETS: u64 = 60;
const PARTIES: [&str; 8] =
    ["syrian_army", "russian_forces", "islamic_state", "sdf", "turkish_forces", "hts", "israeli_forces", "civilians"];
const KINDS: [SubEventType; 6] = [
    SubEventType::AirDroneStrike,
    SubEventType::ShellingArtilleryMissile,
    SubEventType::ArmedClash,
    SubEventType::Attack,
    SubEventType::Arrests,
    SubEventType::RemoteExplosiveIed,
];

/// A word of the made language.
pub(crate) fn word(n: u64) -> String {
    const LETTERS: [char; 20] =
        ['ب', 'ت', 'ج', 'ح', 'د', 'ر', 'ز', 'س', 'ش', 'ص', 'ط', 'ع', 'غ', 'ف', 'ق', 'ك', 'م', 'ن', 'ه', 'ي'];
    let mut left = n + 400;
    let mut letters = String::new();
    while left > 0 {
        letters.push(LETTERS[(left % 20) as usize]);
        left /= 20;
    }
    letters
}

fn leaked(text: String) -> &'static str {
    // The world is made once; records borrow its names.
    Box::leak(text.into_boxed_str())
}

/// The places of the made world.
pub(crate) fn places() -> Vec<Village> {
    let mut dice = Dice::new(7);
    (0..PLACES)
        .map(|n| Village {
            id: leaked(format!("geonames:{n}")),
            name: leaked(format!("Place {n}")),
            name_ar: leaked(word(n + 100_000)),
            province: leaked(format!("Province {}", n % 14)),
            at: (32.5 + dice.below(45_000) as f64 / 10_000.0, 36.0 + dice.below(62_000) as f64 / 10_000.0),
        })
        .collect()
}

/// The days of the made world, ISO.
pub(crate) fn days() -> Vec<&'static str> {
    (0..DAYS).map(|n| leaked(maydani_linking::day::iso(15_400 + n as i32))).collect()
}

/// Report `n` of the made world, with three events.
pub(crate) fn report(n: u64, places: &[Village], days: &[&'static str]) -> Record {
    let mut dice = Dice::new(n + 1);
    let day = days[dice.below(DAYS - 1) as usize];
    let told: Vec<Told> = (0..3)
        .map(|_| {
            let place = places[dice.skewed(PLACES) as usize];
            let words: Vec<String> = (0..8).map(|_| word(dice.skewed(WORDS))).collect();
            Told {
                kind: KINDS[dice.skewed(6) as usize],
                by: PARTIES[dice.below(7) as usize],
                on: PARTIES[dice.below(8) as usize],
                killed: (dice.below(3) == 0).then(|| dice.skewed(40) as u32),
                source: (dice.below(3) == 0).then_some("sohr"),
                passage: format!("{} في {} {}", words[..4].join(" "), place.name_ar, words[4..].join(" ")),
                ..Told::strike(place, day, 0)
            }
        })
        .collect();
    let body: Vec<String> = (0..60).map(|_| word(dice.skewed(WORDS))).collect();
    record(&format!("made-{n}"), &format!("outlet {}", dice.skewed(OUTLETS)), day, &body.join(" "), &told)
}
