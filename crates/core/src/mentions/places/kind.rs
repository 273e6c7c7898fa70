//! What kind of place a name means, by its bearers and the words before it.

use super::Relation;
use super::find::Finder;
use crate::gazetteer::{Origin, PlaceId};
use crate::record::PlaceKind;

impl Finder<'_, '_, '_> {
    pub(super) fn has_kind(&self, candidates: &[PlaceId], kind: PlaceKind) -> bool {
        candidates.iter().any(|&id| self.places.gazetteer.kind(id) == kind)
    }

    /// Whether only files given by the user know the name.
    pub(super) fn all_added(&self, candidates: &[PlaceId]) -> bool {
        candidates.iter().all(|&id| self.places.gazetteer.origin(id) == Origin::Added)
    }

    /// Whether the candidates are wider than a town.
    pub(super) fn all_wide(&self, candidates: &[PlaceId]) -> bool {
        let wide = |&id: &PlaceId| {
            matches!(self.places.gazetteer.kind(id), PlaceKind::Country | PlaceKind::Governorate | PlaceKind::Area)
        };
        !candidates.is_empty() && candidates.iter().all(wide)
    }

    /// Whether «منطقة» is the name of a first-level division in the country of the best known one.
    pub(super) fn regions_are_divisions(&self, candidates: &[PlaceId]) -> bool {
        candidates.first().is_some_and(|&id| self.places.gazetteer.place(id).country == Some("SA"))
    }

    /// «البادية»: what the codebook means by a name, though a village somewhere bears it.
    pub(super) fn kept_by_hand(&self, candidates: &[PlaceId]) -> Option<PlaceKind> {
        let gazetteer = &self.places.gazetteer;
        let sea = |&&id: &&PlaceId| gazetteer.kind(id) == PlaceKind::Area && gazetteer.place(id).country.is_none();
        let &first = candidates.iter().find(sea).or_else(|| candidates.first())?;
        let kind = gazetteer.kind(first);
        (gazetteer.origin(first) == Origin::Codebook && kind != PlaceKind::Governorate).then_some(kind)
    }

    /// «أبين», «الأنبار»: a province, though a village somewhere bears the name.
    pub(super) fn is_province_first(&self, candidates: &[PlaceId]) -> bool {
        let gazetteer = &self.places.gazetteer;
        let known_town = |&id: &PlaceId| {
            let place = gazetteer.place(id);
            place.kind == PlaceKind::Settlement && (place.population >= 10_000 || place.origin == Origin::Codebook)
        };
        // «البحر الأحمر» is a sea before it is a province of two countries.
        let sea = |&id: &PlaceId| {
            let place = gazetteer.place(id);
            place.kind == PlaceKind::Area && place.origin == Origin::Codebook && place.country.is_none()
        };
        self.has_kind(candidates, PlaceKind::Governorate)
            && !candidates.iter().any(known_town)
            && !candidates.iter().any(sea)
    }

    /// The kind of the best known bearer, or the wanted kind where some bearer is of it.
    pub(super) fn kind_of(&self, candidates: &[PlaceId], wanted: Option<PlaceKind>) -> PlaceKind {
        let kinds = || candidates.iter().map(|&id| self.places.gazetteer.kind(id));
        let wanted_found = wanted.filter(|&kind| kinds().any(|other| other == kind));
        wanted_found
            .or_else(|| kinds().find(|&kind| kind == PlaceKind::Country))
            .or_else(|| self.is_province_first(candidates).then_some(PlaceKind::Governorate))
            .or_else(|| self.kept_by_hand(candidates))
            .or_else(|| kinds().find(|&kind| kind == PlaceKind::Settlement))
            .or_else(|| kinds().next())
            .or(wanted)
            .unwrap_or(PlaceKind::Settlement)
    }

    /// The bearers of a name that its leading words allow.
    pub(super) fn fitting(
        &self,
        candidates: Vec<PlaceId>,
        kind: PlaceKind,
        relation: Relation,
        cued: bool,
    ) -> Vec<PlaceId> {
        let kind_at = |id: PlaceId| self.places.gazetteer.kind(id);
        let wanted: &[PlaceKind] = match (relation, kind, cued) {
            (Relation::Countryside, ..) => &[PlaceKind::Settlement, PlaceKind::Governorate, PlaceKind::District],
            (_, PlaceKind::Governorate, _) => &[PlaceKind::Governorate],
            (_, PlaceKind::District, true) => &[PlaceKind::District, PlaceKind::Settlement],
            (_, PlaceKind::Neighbourhood, _) => &[PlaceKind::Neighbourhood, PlaceKind::Settlement],
            (_, PlaceKind::Settlement, _) => &[PlaceKind::Settlement],
            (_, PlaceKind::Area, false) => &[PlaceKind::Area],
            (_, PlaceKind::Site, _) => &[PlaceKind::Site, PlaceKind::Settlement, PlaceKind::Neighbourhood],
            _ => &[],
        };
        let kept: Vec<PlaceId> = wanted
            .iter()
            .map(|&kind| candidates.iter().copied().filter(|&id| kind_at(id) == kind).collect::<Vec<_>>())
            .find(|kept| !kept.is_empty())
            .unwrap_or_default();
        if kept.is_empty() { candidates } else { kept }
    }
}
