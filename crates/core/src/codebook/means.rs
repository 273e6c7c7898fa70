//! Words for what was fought with: `means.tsv`.

use maydani_text::inflect::Number;

use super::Codebook;
use super::cell::alternatives;
use super::entry::Kind;
use super::table::{At, Fault, Table};

/// Kinds of means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are the codebook's words")]
pub enum Means {
    Air,
    Drone,
    Artillery,
    Missile,
    Ied,
    Mine,
    Suicide,
    Chemical,
    Grenade,
    Gun,
    Sniper,
    Knife,
    Vehicle,
    Fire,
    Naval,
    Tank,
}

impl Means {
    const WORDS: [(&str, Self); 16] = [
        ("air", Self::Air),
        ("drone", Self::Drone),
        ("artillery", Self::Artillery),
        ("missile", Self::Missile),
        ("ied", Self::Ied),
        ("mine", Self::Mine),
        ("suicide", Self::Suicide),
        ("chemical", Self::Chemical),
        ("grenade", Self::Grenade),
        ("gun", Self::Gun),
        ("sniper", Self::Sniper),
        ("knife", Self::Knife),
        ("vehicle", Self::Vehicle),
        ("fire", Self::Fire),
        ("naval", Self::Naval),
        ("tank", Self::Tank),
    ];
}

/// A word that names a means.
#[derive(Debug, Clone)]
pub struct MeansWord {
    /// The means.
    pub means: Means,
    /// Where the entry stands.
    pub at: At,
}

impl Codebook {
    pub(super) fn load_means(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let Some(means) = row.one_of("means", "means", &Means::WORDS, faults) else { continue };
            let index = self.means.len();
            self.means.push(MeansWord { means, at: row.at() });
            for word in row.list("word").flat_map(alternatives) {
                self.with_article(&word, Kind::Means, index, Number::One);
            }
        }
    }
}
