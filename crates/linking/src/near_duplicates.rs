//! Reprints and rewrites of one text: a sketch of each report, and how alike two sketches are.
//!
//! MinHash over three-word shingles of the normalised text (Broder 1997). The share of equal entries
//! of two sketches estimates the share of common shingles; bands of four find the candidates.

use maydani_text::normalise;

/// Entries of a sketch.
const ENTRIES: usize = 64;
/// Entries of one band.
const BAND: usize = 4;
/// Bands of a sketch.
pub const BANDS: usize = ENTRIES / BAND;
/// Words of one shingle.
const SHINGLE: usize = 3;
/// Lines of fewer words are menus, captions and headlines of other items, where longer ones exist.
const LINE: usize = 12;
/// Texts of fewer shingles are too short to be called copies.
const FEWEST: usize = 12;

/// Share of common shingles from which two texts are one voice.
pub const ONE_VOICE: f64 = 0.55;
/// Days of publication that a reprint may lie apart: standing phrases of daily bulletins are no copies.
pub const REPRINT_DAYS: i32 = 3;

/// The sketch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch([u32; ENTRIES]);

impl Sketch {
    /// The sketch of a report's text; `None` where the text is too short.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let normalised = normalise(text);
        let lines: Vec<Vec<&str>> = normalised.lines().map(|line| words(line).collect()).collect();
        let long: Vec<&str> = lines.iter().filter(|line| line.len() >= LINE).flatten().copied().collect();
        let all: Vec<&str> = if long.len() >= FEWEST * 2 { long } else { lines.into_iter().flatten().collect() };
        if all.len() < FEWEST + SHINGLE {
            return None;
        }
        let mut entries = [u32::MAX; ENTRIES];
        for shingle in all.windows(SHINGLE) {
            let base = hash(&shingle.join(" "));
            for (i, entry) in entries.iter_mut().enumerate() {
                *entry = (*entry).min((mix(base ^ SEEDS[i]) >> 32) as u32);
            }
        }
        Some(Self(entries))
    }

    /// Estimated share of common shingles, 0 to 1.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f64 {
        let equal = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        equal as f64 / ENTRIES as f64
    }

    /// Keys of which alike texts share at least one, nearly always.
    #[must_use]
    pub fn bands(&self) -> [i64; BANDS] {
        let mut bands = [0; BANDS];
        for (i, (band, entries)) in bands.iter_mut().zip(self.0.chunks_exact(BAND)).enumerate() {
            let mut key = i as u64;
            for entry in entries {
                key = mix(key ^ u64::from(*entry));
            }
            *band = key.cast_signed();
        }
        bands
    }

    /// As bytes, for keeping.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|entry| entry.to_le_bytes()).collect()
    }

    /// From kept bytes; `None` where they are no sketch.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut entries = [0; ENTRIES];
        if bytes.len() != ENTRIES * 4 {
            return None;
        }
        for (entry, four) in entries.iter_mut().zip(bytes.chunks_exact(4)) {
            *entry = u32::from_le_bytes(four.try_into().ok()?);
        }
        Some(Self(entries))
    }
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// FNV-1a, mixed: the same on every machine and in every version.
pub(crate) fn hash(text: &str) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    mix(state)
}

/// The finaliser of SplitMix64.
const fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

const SEEDS: [u64; ENTRIES] = {
    let mut seeds = [0; ENTRIES];
    let mut i = 0;
    while i < ENTRIES {
        seeds[i] = mix((i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        i += 1;
    }
    seeds
};

#[cfg(test)]
mod tests {
    use super::{ONE_VOICE, Sketch};

    const STORY: &str = "قالت وكالة الأنباء إن طائرات حربية أغارت فجر اليوم على سوق شعبي في بلدة معرة النعمان جنوب المدينة\n\
        وأضافت أن الغارة أدت إلى مقتل سبعة أشخاص على الأقل وجرح عشرين آخرين نقلوا إلى مشاف قريبة من المكان\n\
        وذكر شهود أن فرق الدفاع المدني عملت ساعات على انتشال العالقين من تحت الأنقاض وسط تحليق مستمر للطيران";

    #[test]
    fn a_reprint_is_like_its_text() {
        let reprint = format!("موقع آخر | أخبار\n{}\nشارك هذا الخبر", STORY.replace("إلى", "الى").replace('ة', "ه"));
        let (a, b) = (Sketch::of(STORY).unwrap(), Sketch::of(&reprint).unwrap());
        assert!(a.likeness(&b) > 0.8, "{}", a.likeness(&b));
        assert!(a.bands().iter().zip(b.bands()).any(|(x, y)| *x == y));
    }

    #[test]
    fn another_report_of_the_same_day_is_not() {
        let other = "أفاد مراسلنا بأن سوق معرة النعمان تعرض صباح اليوم لقصف جوي أوقع سبعة قتلى وعددا من الجرحى\n\
            وقال طبيب في مشفى البلدة إن بين القتلى امرأتين وإن بعض الجرحى في حال خطرة وقد يرتفع العدد في الساعات المقبلة";
        let (a, b) = (Sketch::of(STORY).unwrap(), Sketch::of(other).unwrap());
        assert!(a.likeness(&b) < ONE_VOICE / 2.0);
    }

    #[test]
    fn bytes_lead_back() {
        let sketch = Sketch::of(STORY).unwrap();
        assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Some(sketch));
        assert_eq!(Sketch::from_bytes(&[0; 3]), None);
        assert!(Sketch::of("خبر عاجل").is_none());
    }
}
