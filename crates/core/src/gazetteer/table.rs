//! The project's own files of places: a heading line, then one place a line.

use rustc_hash::FxHashSet;

use super::{Entry, Gazetteer, GazetteerError, IdPrefix, Origin, PlaceId};
use crate::record::PlaceKind;

/// Columns of `codebook/places.tsv`: id, name_en, name_ar, kind, country, admin1, lat, lon, also, examples;
/// of `gazetteer/places.tsv`: the same up to lon, then population.
const COLUMNS: [(Origin, usize); 2] = [(Origin::Codebook, 10), (Origin::BuiltIn, 9)];

impl Gazetteer {
    /// Adds a file, without the places whose ids are `replaced`.
    pub(super) fn add_table(
        &mut self,
        file: &str,
        text: &str,
        origin: Origin,
        replaced: &FxHashSet<&str>,
    ) -> Result<(), GazetteerError> {
        let wanted = COLUMNS.iter().find(|(of, _)| *of == origin).map_or(0, |(_, count)| *count);
        self.strings.reserve(text.len());
        for (at, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') || line.starts_with("id\t") {
                continue;
            }
            let mut cells = [""; 10];
            let mut found = 0;
            for cell in line.split('\t') {
                if let Some(slot) = cells.get_mut(found) {
                    *slot = cell;
                }
                found += 1;
            }
            let place = Line { file, line: at + 1 };
            if found != wanted {
                return Err(GazetteerError::Columns { file: file.to_owned(), line: at + 1, found, wanted });
            }
            if replaced.is_empty() || !replaced.contains(cells[0]) {
                self.add_line(place, &cells, origin)?;
            }
        }
        Ok(())
    }

    fn add_line(&mut self, at: Line<'_>, cells: &[&str; 10], origin: Origin) -> Result<(), GazetteerError> {
        let &[id, name, arabic, kind, country, division, north, east, last, _] = cells;
        let kind = kind_of(kind).ok_or_else(|| at.fault(4, kind, "kind of place"))?;
        let country = country_of(country).ok_or_else(|| at.fault(5, country, "two-letter country code"))?;
        let admin1 = if division.is_empty() {
            None
        } else {
            let known = self.division(country, division);
            Some(known.ok_or_else(|| at.fault(6, division, "division of this country in codebook/places.tsv"))?)
        };
        let (latitude, longitude) = match (north, east) {
            ("", "") => (f32::NAN, f32::NAN),
            _ => (at.degrees(7, north, 90.0)?, at.degrees(8, east, 180.0)?),
        };
        let population = match (origin, last) {
            (Origin::BuiltIn, "") => 0,
            (Origin::BuiltIn, people) => people.parse().map_err(|_| at.fault(9, people, "number of people"))?,
            // What was worth writing down by hand is better known than its size tells.
            (_, _) => match kind {
                PlaceKind::Country => 20_000_000,
                PlaceKind::Governorate => 50_000,
                _ => 5_000,
            },
        };
        let names = arabic.split('|');
        let also: &str = if origin == Origin::Codebook { last } else { "" };
        let place = PlaceId(self.entries.len() as u32);
        let mut principal = "";
        for name in names.chain(also.split('|').filter(|name| !name.is_empty())) {
            if is_latin(name) {
                continue;
            }
            if principal.is_empty() {
                principal = name;
            }
            self.bear(&maydani_text::normalise(name), place);
        }
        if id.starts_with("admin1:") {
            self.add_division(id, [name, arabic].into_iter().chain(also.split('|')), country, place);
        }
        let entry = Entry {
            prefix: if origin == Origin::BuiltIn { IdPrefix::GeoNames } else { IdPrefix::Maydani },
            id: self.keep(id),
            name: self.keep(name),
            name_ar: self.keep(principal),
            kind,
            country,
            admin1,
            latitude,
            longitude,
            population,
            origin,
        };
        self.entries.push(entry);
        Ok(())
    }
}

/// The ids of a file's places. Countries and divisions hold others and are never replaced.
pub(super) fn ids(text: &str) -> impl Iterator<Item = &str> {
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    let ids = rows.filter_map(|line| line.split('\t').next());
    ids.filter(|id| !id.starts_with("admin1:") && !id.starts_with("country:"))
}

/// Whether a file has the layout of `codebook/places.tsv`, told by its heading line.
pub(super) fn is_own(text: &str) -> bool {
    text.lines().find(|line| !line.starts_with('#')).is_some_and(|line| line.starts_with("id\tname_en\t"))
}

/// One line, for messages.
#[derive(Clone, Copy)]
pub(super) struct Line<'f> {
    pub(super) file: &'f str,
    pub(super) line: usize,
}

impl Line<'_> {
    pub(super) fn fault(self, column: usize, value: &str, wanted: &'static str) -> GazetteerError {
        GazetteerError::Value {
            file: self.file.to_owned(),
            line: self.line,
            column,
            value: value.chars().take(60).collect(),
            wanted,
        }
    }

    pub(super) fn degrees(self, column: usize, value: &str, most: f32) -> Result<f32, GazetteerError> {
        match value.parse::<f32>() {
            Ok(degrees) if degrees.abs() <= most => Ok(degrees),
            _ => Err(self.fault(column, value, "number of degrees")),
        }
    }
}

fn kind_of(word: &str) -> Option<PlaceKind> {
    Some(match word {
        "settlement" => PlaceKind::Settlement,
        "neighbourhood" => PlaceKind::Neighbourhood,
        "district" => PlaceKind::District,
        "governorate" => PlaceKind::Governorate,
        "country" => PlaceKind::Country,
        "site" => PlaceKind::Site,
        "area" => PlaceKind::Area,
        _ => return None,
    })
}

/// Two capital letters; an area that crosses borders has none.
pub(super) fn country_of(code: &str) -> Option<[u8; 2]> {
    match code.as_bytes() {
        [] => Some(*b"  "),
        &[a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Some([a, b]),
        _ => None,
    }
}

pub(super) fn is_latin(name: &str) -> bool {
    !name.chars().any(|c| {
        ('\u{621}'..='\u{64a}').contains(&c)
            || ('\u{671}'..='\u{6d3}').contains(&c)
            || ('\u{fb50}'..='\u{fefc}').contains(&c)
    })
}
