//! Mentions as the record shows them.

use maydani_text::Text;

use super::{PlaceMention, Places, Relation};
use crate::gazetteer::{Place, PlaceId};
use crate::record::{Passage, PlaceAlternative, PlaceKind, PlaceValue};

/// «Near» a town of so many people may be anywhere in its province.
const LARGE_TOWN: u32 = 100_000;
/// How many namesakes a record lists.
const MOST_ALTERNATIVES: usize = 5;

/// Counts code points of one text, going forward.
struct CodePoints<'t> {
    text: &'t str,
    byte: usize,
    count: u32,
}

impl<'t> CodePoints<'t> {
    const fn new(text: &'t str) -> Self {
        Self { text, byte: 0, count: 0 }
    }

    fn at(&mut self, byte: usize) -> u32 {
        if byte < self.byte {
            (self.byte, self.count) = (0, 0);
        }
        self.count += self.text[self.byte..byte].chars().count() as u32;
        self.byte = byte;
        self.count
    }
}

impl Places {
    /// Mentions in order, as the record shows them.
    #[must_use]
    pub fn values(&self, mentions: &[PlaceMention], text: &Text<'_>) -> Vec<PlaceValue> {
        let mut offsets = CodePoints::new(text.original());
        mentions.iter().map(|mention| self.value_at(mention, text, &mut offsets)).collect()
    }

    fn value_at(&self, mention: &PlaceMention, text: &Text<'_>, offsets: &mut CodePoints<'_>) -> PlaceValue {
        let span = mention.span.range();
        let surface = text.slice(mention.span);
        let passage = Passage { start: offsets.at(span.start), end: offsets.at(span.end), text: surface.to_owned() };
        let chosen = mention.choice.map(|id| self.gazetteer.place(id));
        // Namesakes of one country still tell the country.
        let common = |of: fn(&Place<'_>) -> Option<String>| {
            let mut values = mention.candidates.iter().map(|&id| of(&self.gazetteer.place(id)));
            let first = values.next().flatten()?;
            values.all(|value| value.as_ref() == Some(&first)).then_some(first)
        };
        let anchor = mention.anchor.map(|id| self.gazetteer.place(id));
        let country = match chosen {
            Some(place) => place.country.map(str::to_owned),
            None => common(|place| place.country.map(str::to_owned))
                .or_else(|| anchor.and_then(|place| place.country.map(str::to_owned))),
        };
        let admin1 = chosen.or(anchor).and_then(|place| match place.kind {
            PlaceKind::Governorate => Some(place.name.to_owned()),
            _ if self.gazetteer.is_division(place.id) => Some(place.name.to_owned()),
            _ => place.admin1.map(|id| self.gazetteer.place(id).name.to_owned()),
        });
        // An unknown village by a town, an unknown site in one: near it.
        let by_town = anchor.filter(|place| {
            matches!(place.kind, PlaceKind::Settlement | PlaceKind::Neighbourhood | PlaceKind::Site)
                && matches!(mention.kind, PlaceKind::Settlement | PlaceKind::Neighbourhood | PlaceKind::Site)
                && (place.population < LARGE_TOWN || mention.kind != PlaceKind::Settlement)
        });
        // A part of a country has no point: the country's own may be far from it.
        let point = chosen
            .filter(|place| !(mention.around && place.kind == PlaceKind::Country))
            .or(by_town)
            .and_then(|place| place.point);
        let (id, name, name_ar) = match chosen {
            Some(place) if !mention.around => {
                (Some(self.gazetteer.public_id(place.id)), place.name.to_owned(), place.name_ar.to_owned())
            }
            Some(place) if mention.relation == Relation::Countryside => {
                (None, format!("{} countryside", place.name), surface.to_owned())
            }
            _ => (None, crate::transcribe::transcribe(surface), surface.to_owned()),
        };
        let geo_precision = match (point, mention.kind, mention.relation) {
            (None, ..) => 0,
            (_, PlaceKind::Country | PlaceKind::Governorate | PlaceKind::Area, _) => 3,
            (_, PlaceKind::District, _) | (_, _, Relation::Near | Relation::Direction) => 2,
            _ if mention.around || chosen.is_none() => 2,
            _ => 1,
        };
        let alternatives = if chosen.is_none() {
            mention.candidates.iter().filter_map(|&id| self.alternative(id)).take(MOST_ALTERNATIVES).collect()
        } else {
            Vec::new()
        };
        PlaceValue {
            id,
            name,
            name_ar,
            country,
            admin1,
            latitude: point.map(|point| point.latitude),
            longitude: point.map(|point| point.longitude),
            kind: mention.kind,
            geo_precision,
            alternatives,
            passage,
        }
    }

    fn alternative(&self, id: PlaceId) -> Option<PlaceAlternative> {
        let place = self.gazetteer.place(id);
        let point = place.point?;
        Some(PlaceAlternative {
            id: self.gazetteer.public_id(id),
            name: place.name.to_owned(),
            country: place.country.map(str::to_owned),
            admin1: place.admin1.map(|id| self.gazetteer.place(id).name.to_owned()),
            latitude: point.latitude,
            longitude: point.longitude,
        })
    }
}
