//! How many annotated values have a mention at all: the ceiling of what can be learned.

use std::collections::BTreeMap;

use maydani_core::events::scene::Scene;

use crate::align;
use crate::gold::GoldReport;

/// Prints the share of annotated values with a mention, and those without.
pub(crate) fn print(gold: &[GoldReport], scenes: &[Scene<'_>]) {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut note = |field: &'static str, found: bool, report: &str, what: &str| {
        let entry = counts.entry(field).or_default();
        entry.0 += usize::from(found);
        entry.1 += 1;
        if !found {
            println!("{field}\t{report}\t{what}");
        }
    };
    for (gold, scene) in gold.iter().zip(scenes) {
        let aligned = align::triggers(scene, gold);
        for (number, event) in gold.events.iter().enumerate().filter(|(_, event)| !event.background) {
            let one = |pick: &dyn Fn(&mut crate::gold::GoldEvent)| {
                let mut event = event.clone();
                event.actor1.clear();
                event.actor2.clear();
                event.places.clear();
                event.tolls.clear();
                pick(&mut event);
                event
            };
            let found = aligned.iter().flatten().any(|(event, _)| *event == number);
            note("trigger", found, &gold.id, &event.trigger);
            let sides = event.actor1.iter().map(|actor| (1, actor)).chain(event.actor2.iter().map(|actor| (2, actor)));
            for (side, actor) in sides {
                // What a mention is called hangs on its side: whoever attacks is no civilian.
                let wanted = one(&|event| {
                    if side == 1 { &mut event.actor1 } else { &mut event.actor2 }.push(actor.clone());
                });
                let found = (0..scene.actors.len()).any(|index| align::role(scene, index, &wanted) == side);
                note("actor", found, &gold.id, &format!("{} {}", actor.key, actor.surface));
            }
            for place in &event.places {
                let wanted = one(&|event| event.places.push(place.clone()));
                let found = (0..scene.places.len()).any(|index| align::place(scene, index, &wanted));
                note("place", found, &gold.id, &place.surface);
            }
            for toll in &event.tolls {
                let wanted = one(&|event| event.tolls.push(toll.clone()));
                let found = (0..scene.tolls.len()).any(|index| align::toll(scene, index, &wanted));
                note("toll", found, &gold.id, &format!("{} {} {:?} «{}»", toll.kind, toll.min, toll.max, toll.surface));
            }
            if event.date.as_ref().is_some_and(|date| date.start.is_some()) {
                let found = (0..scene.days.len()).any(|index| align::day(scene, index, event, &gold.text));
                note("day", found, &gold.id, &event.date.as_ref().map_or(String::new(), |date| date.surface.clone()));
            }
            if let Some(source) = &event.source {
                let found = (0..scene.claims.len()).any(|index| align::claim(scene, index, event));
                note("source", found, &gold.id, &format!("{} {}", source.key, source.surface));
            }
        }
    }
    for (field, (found, all)) in counts {
        println!("{field}: {found} of {all}");
    }
}
