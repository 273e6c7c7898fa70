//! Whose mouth a source or an outlet is: the `affiliation` of `codebook/sources.tsv`.

use std::sync::LazyLock;

use maydani_text::normalise;
use rustc_hash::FxHashMap;

const SOURCES: &str = include_str!("../../../codebook/sources.tsv");

#[derive(Default)]
struct Affiliations {
    sources: FxHashMap<&'static str, &'static str>,
    outlets: FxHashMap<String, &'static str>,
}

static AFFILIATIONS: LazyLock<Affiliations> = LazyLock::new(|| read(SOURCES));

/// The party that a source belongs to, by the source's key.
#[must_use]
pub fn of_source(key: &str) -> Option<&'static str> {
    AFFILIATIONS.sources.get(key).copied()
}

/// The party that an outlet belongs to, by its name as reports give it.
#[must_use]
pub fn of_outlet(name: &str) -> Option<&'static str> {
    AFFILIATIONS.outlets.get(&normalise(name)).copied()
}

/// Reads the columns that matter here; the loader of the codebook tells what is wrong with the file.
fn read(tsv: &'static str) -> Affiliations {
    let mut found = Affiliations::default();
    let mut lines = tsv.lines();
    let Some(head) = lines.next() else { return found };
    let column = |name: &str| head.split('\t').position(|cell| cell == name).unwrap_or(usize::MAX);
    let (key, affiliation) = (column("key"), column("affiliation"));
    let names = ["name_en", "name_ar", "outlet"].map(column);
    for line in lines.filter(|line| !line.starts_with('#')) {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        let (Some(key), Some(affiliation)) = (cell(key), cell(affiliation)) else { continue };
        found.sources.insert(key, affiliation);
        found.outlets.insert(normalise(key), affiliation);
        for name in names.iter().filter_map(|at| cell(*at)).flat_map(|cell| cell.split('؛')) {
            found.outlets.insert(normalise(name.trim()), affiliation);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{of_outlet, of_source};

    #[test]
    fn state_media_are_named_as_such() {
        let Some(affiliation) = of_source("sana") else { panic!("sana has no affiliation in sources.tsv") };
        assert_eq!(of_outlet("SANA"), Some(affiliation));
        assert_eq!(of_source("sohr"), None);
    }
}
