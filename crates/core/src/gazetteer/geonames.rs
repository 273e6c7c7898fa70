//! Files in the layout of a GeoNames country dump: 19 columns, alternate names in the fourth.

use super::table::{Line, country_of, is_latin};
use super::{Entry, Gazetteer, GazetteerError, IdPrefix, Origin, PlaceId, Point, point_of};
use crate::record::PlaceKind;

/// A place of the built-in files that lies in a division.
#[derive(Debug, Clone)]
pub(super) struct Town {
    point: Point,
    place: PlaceId,
    division: PlaceId,
}

const COLUMNS: usize = 19;
/// GeoNames' own numbers are smaller; files of other origin number from here.
const FIRST_FOREIGN_ID: i64 = 20_000_000;

impl Gazetteer {
    pub(super) fn add_geonames(&mut self, file: &str, text: &str) -> Result<(), GazetteerError> {
        self.strings.reserve(text.len() / 3);
        let mut normalised = String::new();
        for (at, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let at = Line { file, line: at + 1 };
            let mut cells = [""; COLUMNS];
            let mut found = 0;
            for cell in line.split('\t') {
                if let Some(slot) = cells.get_mut(found) {
                    *slot = cell;
                }
                found += 1;
            }
            if found != COLUMNS {
                return Err(GazetteerError::Columns { file: file.to_owned(), line: at.line, found, wanted: COLUMNS });
            }
            let Some(kind) = kind_of(cells[6], cells[7]) else { continue };
            // Countries and divisions are the project's own; a dump tells them over again.
            let known = || country_of(cells[8]).is_some_and(|country| self.knows_division(country, cells[1], cells[3]));
            if kind == PlaceKind::Country || kind == PlaceKind::Governorate && known() {
                continue;
            }
            let place = PlaceId(self.entries.len() as u32);
            let mut principal = "";
            for name in cells[3].split(',').chain([cells[1]]).map(str::trim) {
                if name.chars().filter(|&c| !c.is_ascii()).count() < 2 || is_latin(name) {
                    continue;
                }
                if principal.is_empty() {
                    principal = name;
                }
                normalised.clear();
                normalised.push_str(&maydani_text::normalise(without_title(name)));
                self.bear(&normalised, place);
            }
            if principal.is_empty() {
                continue; // nothing that Arabic text could name
            }
            let entry = self.entry(at, &cells, kind, principal)?;
            self.entries.push(entry);
        }
        Ok(())
    }

    fn entry(
        &mut self,
        at: Line<'_>,
        cells: &[&str; COLUMNS],
        kind: PlaceKind,
        principal: &str,
    ) -> Result<Entry, GazetteerError> {
        let number: i64 = cells[0].parse().map_err(|_| at.fault(1, cells[0], "GeoNames id"))?;
        let country = country_of(cells[8]).ok_or_else(|| at.fault(9, cells[8], "two-letter country code"))?;
        let latitude = at.degrees(5, cells[4], 90.0)?;
        let longitude = at.degrees(6, cells[5], 180.0)?;
        let point = Point { latitude: latitude.into(), longitude: longitude.into() };
        let admin1 = match kind {
            PlaceKind::Country | PlaceKind::Governorate => None,
            _ => self.division(country, cells[10]).or_else(|| self.division_near(country, point)),
        };
        Ok(Entry {
            prefix: if (1..FIRST_FOREIGN_ID).contains(&number) { IdPrefix::GeoNames } else { IdPrefix::Local },
            id: self.keep(cells[0]),
            name: self.keep(cells[1]),
            name_ar: self.keep(principal),
            kind,
            country,
            admin1,
            latitude,
            longitude,
            population: cells[14].parse().unwrap_or(0),
            origin: Origin::Added,
        })
    }

    /// Notes a division under its GeoNames code and its names.
    pub(super) fn add_division<'n>(
        &mut self,
        id: &str,
        names: impl Iterator<Item = &'n str>,
        country: [u8; 2],
        place: PlaceId,
    ) {
        if let Some((_, code)) = id.split_once('.') {
            self.divisions.entry((country, code.to_owned())).or_insert(place);
        }
        for name in names.filter(|name| !name.is_empty()) {
            self.divisions.entry((country, folded(name))).or_insert(place);
        }
    }

    /// The division of a country by GeoNames code or name.
    pub(super) fn division(&self, country: [u8; 2], name: &str) -> Option<PlaceId> {
        if name.is_empty() {
            return None;
        }
        let key = (country, name.to_owned());
        self.divisions.get(&key).or_else(|| self.divisions.get(&(country, folded(name)))).copied()
    }

    fn knows_division(&self, country: [u8; 2], name: &str, also: &str) -> bool {
        also.split(',').chain([name]).any(|name| self.division(country, without_title(name.trim())).is_some())
    }

    /// The division of the nearest town of the built-in files, within 40 km.
    fn division_near(&self, country: [u8; 2], point: Point) -> Option<PlaceId> {
        let towns = self.towns.get(&country)?;
        // No town further north or south than this is within 40 km.
        let from = towns.partition_point(|town| town.point.latitude <= point.latitude - 0.4);
        let near = towns[from..].iter().take_while(|town| town.point.latitude < point.latitude + 0.4);
        let near = near.map(|town| (town.point.distance(point), town.place, town.division));
        let (distance, _, division) = near.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
        (distance < 40.0).then_some(division)
    }

    /// Notes the built-in towns by country, from south to north.
    pub(super) fn note_towns(&mut self) {
        for (at, entry) in (0..).zip(&self.entries).take_while(|(_, entry)| entry.origin != Origin::Added) {
            if let (Some(division), Some(point)) = (entry.admin1, point_of(entry)) {
                self.towns.entry(entry.country).or_default().push(Town { point, place: PlaceId(at), division });
            }
        }
        for towns in self.towns.values_mut() {
            towns.sort_by(|a, b| a.point.latitude.total_cmp(&b.point.latitude));
        }
    }
}

/// Latin letters alone, small, without the article: «As-Suwayda'» and «as Suwayda» meet.
fn folded(name: &str) -> String {
    let plain = maydani_text::normalise(name);
    let mut out = String::with_capacity(plain.len());
    for word in super::key::words(&plain) {
        if !["al", "as", "ar", "ad", "at", "an", "az", "ash", "el", "governorate"].contains(&word) {
            out.push_str(word);
        }
    }
    out
}

/// Words that GeoNames writes before names: of its files, not of reports, whose words are in
/// `place_words.tsv`.
const TITLES: [&str; 10] =
    ["قرية ", "بلدة ", "مدينة ", "ناحية ", "قضاء ", "مديرية ", "محافظة ", "منطقة ", "مركز ", "ولاية "];

/// «منطقة دوما» is listed for «دوما».
fn without_title(name: &str) -> &str {
    TITLES.iter().find_map(|title| name.strip_prefix(title)).unwrap_or(name)
}

/// What a GeoNames feature is here; none for features that no report means (wells, farms, ruins).
fn kind_of(class: &str, code: &str) -> Option<PlaceKind> {
    Some(match (class, code) {
        ("P", "PPLX") => PlaceKind::Neighbourhood,
        ("P", "PPLH" | "PPLQ" | "PPLW") => return None,
        ("P", _) => PlaceKind::Settlement,
        ("A", "ADM1") => PlaceKind::Governorate,
        ("A", code) if code.starts_with("ADM") => PlaceKind::District,
        ("A", code) if code.starts_with("PCL") => PlaceKind::Country,
        ("L", "RGN" | "RGNE" | "RGNH")
        | ("T", "MTS" | "PLN" | "PEN" | "ISL" | "DSRT")
        | ("H", "STM" | "LK" | "RSV") => PlaceKind::Area,
        ("L", "MILB" | "NVB")
        | (
            "S",
            "SITE" | "AIRP" | "AIRB" | "AIRF" | "HSP" | "MILB" | "BDG" | "DAM" | "PRT" | "CTRB" | "CMPRF" | "CTRR",
        ) => PlaceKind::Site,
        _ => return None,
    })
}
