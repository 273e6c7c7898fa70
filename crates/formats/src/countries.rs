//! What ACLED's columns need to know of a country.

/// A country as ACLED names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub alpha2: &'static str,
    /// ISO 3166-1 alpha-3, which begins an event's id.
    pub alpha3: &'static str,
    /// ISO 3166-1 numeric.
    pub numeric: u16,
    /// English name.
    pub name: &'static str,
    /// ACLED's region.
    pub region: &'static str,
}

/// The countries of the built-in gazetteer; a place elsewhere leaves these columns empty.
const COUNTRIES: &[(&str, &str, u16, &str, &str)] = &[
    ("AE", "ARE", 784, "United Arab Emirates", "Middle East"),
    ("AF", "AFG", 4, "Afghanistan", "Caucasus and Central Asia"),
    ("BH", "BHR", 48, "Bahrain", "Middle East"),
    ("DJ", "DJI", 262, "Djibouti", "Eastern Africa"),
    ("DZ", "DZA", 12, "Algeria", "Northern Africa"),
    ("EG", "EGY", 818, "Egypt", "Northern Africa"),
    ("IL", "ISR", 376, "Israel", "Middle East"),
    ("IQ", "IRQ", 368, "Iraq", "Middle East"),
    ("IR", "IRN", 364, "Iran", "Middle East"),
    ("JO", "JOR", 400, "Jordan", "Middle East"),
    ("KW", "KWT", 414, "Kuwait", "Middle East"),
    ("LB", "LBN", 422, "Lebanon", "Middle East"),
    ("LY", "LBY", 434, "Libya", "Northern Africa"),
    ("MA", "MAR", 504, "Morocco", "Northern Africa"),
    ("ML", "MLI", 466, "Mali", "Western Africa"),
    ("MR", "MRT", 478, "Mauritania", "Western Africa"),
    ("NE", "NER", 562, "Niger", "Western Africa"),
    ("NG", "NGA", 566, "Nigeria", "Western Africa"),
    ("OM", "OMN", 512, "Oman", "Middle East"),
    ("PK", "PAK", 586, "Pakistan", "South Asia"),
    ("PS", "PSE", 275, "Palestine", "Middle East"),
    ("QA", "QAT", 634, "Qatar", "Middle East"),
    ("SA", "SAU", 682, "Saudi Arabia", "Middle East"),
    ("SD", "SDN", 729, "Sudan", "Northern Africa"),
    ("SO", "SOM", 706, "Somalia", "Eastern Africa"),
    ("SS", "SSD", 728, "South Sudan", "Eastern Africa"),
    ("SY", "SYR", 760, "Syria", "Middle East"),
    ("TD", "TCD", 148, "Chad", "Middle Africa"),
    ("TN", "TUN", 788, "Tunisia", "Northern Africa"),
    ("TR", "TUR", 792, "Turkey", "Middle East"),
    ("YE", "YEM", 887, "Yemen", "Middle East"),
];

impl Country {
    /// The country of an ISO 3166-1 alpha-2 code.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        let at = COUNTRIES.binary_search_by_key(&code, |country| country.0).ok()?;
        let (alpha2, alpha3, numeric, name, region) = COUNTRIES[at];
        Some(Self { alpha2, alpha3, numeric, name, region })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_found() {
        for (code, ..) in COUNTRIES {
            assert_eq!(Country::of(code).map(|country| country.alpha2), Some(*code));
        }
        assert_eq!(Country::of("ZZ"), None);
    }
}
