//! From a report to its record.

use std::ops::Range;

use jiff::civil::Date;
use maydani_text::{Clitics, Original, Span, Text};
use rustc_hash::FxHashMap;

use crate::analysis::Analysis;
use crate::codebook::{ActorKind, Codebook, Kind, Role};
use crate::days;
use crate::events::crowd::party;
use crate::events::decide::Decided;
use crate::events::holding::Chosen;
use crate::events::model::{Model, Thresholds};
use crate::events::scene::{PlaceNamed, Scene};
use crate::furniture::Furniture;
use crate::gazetteer::Gazetteer;
use crate::language::{self, Language};
use crate::mentions::actors::{self, ActorMention, Party};
use crate::mentions::places::{Places, Setting};
use crate::mentions::{control, sources, tolls, triggers};
use crate::passages::Passages;
use crate::reasons;
use crate::record::{
    ActorValue, ControlStatement, DateValue, Event, Passage, PlaceKind, Record, RecordReport, Relay, SCHEMA,
    SourceValue, Toll, Why,
};
use crate::report::Report;
use crate::{EventType, SubEventType};

/// Why a coder could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CoderError {
    /// The words for days have a fault.
    #[error("the words for days cannot be read: {0}")]
    Days(#[from] days::LexiconError),
    /// A file of an analyst has a fault.
    #[error("{0}")]
    Own(crate::codebook::Fault),
}

/// Codes reports. Holds only what never changes: one coder serves any number of threads.
#[derive(Debug)]
pub struct Coder {
    book: Codebook,
    places: Places,
    days: days::Lexicon,
    furniture: Furniture,
    model: Model,
    thresholds: Thresholds,
}

impl Coder {
    /// A coder over a codebook and a gazetteer, with the learned weights of this version.
    ///
    /// # Errors
    /// Where data that comes with the program has a fault.
    pub fn new(book: Codebook, gazetteer: Gazetteer) -> Result<Self, CoderError> {
        Self::with_model(book, gazetteer, Model::built_in())
    }

    /// The same with other weights: for training.
    ///
    /// # Errors
    /// As [`Coder::new`].
    pub fn with_model(mut book: Codebook, gazetteer: Gazetteer, model: Model) -> Result<Self, CoderError> {
        book.english.add_places(&gazetteer);
        Ok(Self {
            book,
            places: Places::new(gazetteer),
            days: days::Lexicon::builtin()?,
            furniture: Furniture::built_in().clone(),
            model,
            thresholds: Thresholds::default(),
        })
    }

    /// The same coder with an analyst's own words for days, places and furniture, `(path, text)`, over
    /// the built-in ones.
    ///
    /// # Errors
    /// Where one of the files has a fault.
    pub fn with_own(self, own: &[(String, String)]) -> Result<Self, CoderError> {
        let (places, mut faults) = Places::with(self.places.into_gazetteer(), own);
        let (furniture, more) = Furniture::checked(own);
        faults.extend(more);
        if let Some(fault) = faults.into_iter().next() {
            return Err(CoderError::Own(fault));
        }
        Ok(Self { places, furniture, days: days::Lexicon::with(own)?, ..self })
    }

    /// The same coder with other thresholds: for choosing them.
    #[must_use]
    pub const fn with_thresholds(mut self, thresholds: Thresholds) -> Self {
        self.thresholds = thresholds;
        self
    }

    /// The codebook.
    #[must_use]
    pub const fn codebook(&self) -> &Codebook {
        &self.book
    }

    /// What is known of places.
    #[must_use]
    pub const fn places(&self) -> &Places {
        &self.places
    }

    /// The words for days.
    #[must_use]
    pub const fn days(&self) -> &days::Lexicon {
        &self.days
    }

    /// The learned weights.
    #[must_use]
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// Codes a report.
    #[must_use]
    pub fn code(&self, report: &Report) -> Record {
        self.record(report, false)
    }

    /// Codes a report and says of every value which entry and pattern gave it.
    #[must_use]
    pub fn explain(&self, report: &Report) -> Record {
        self.record(report, true)
    }

    fn record(&self, report: &Report, explain: bool) -> Record {
        let furniture = self.furniture.ranges(&report.text);
        let language = language::language(&report.text, &furniture);
        let (events, control) = if language == Language::Arabic {
            let scene = self.scene(report, &furniture);
            let decided = scene.decide(&self.model, &self.thresholds);
            let writer = Writer { coder: self, scene: &scene, passages: Passages::new(&report.text), explain };
            let id = id_of(report);
            let events = decided.iter().enumerate().map(|(number, event)| writer.event(event, number, &id)).collect();
            (events, writer.control(&id))
        } else {
            (Vec::new(), Vec::new())
        };
        Record {
            schema: SCHEMA.to_owned(),
            report: RecordReport {
                id: id_of(report),
                url: report.url.clone(),
                outlet: report.outlet.clone(),
                section: report.section.clone(),
                title: report.title.clone(),
                title_from_url: report.title_from_url,
                published: report.published.clone(),
                language: language.tag().to_owned(),
                text: report.text.clone(),
            },
            events,
            control,
        }
    }

    /// Everything that a report mentions. `furniture` are byte ranges that are not the report.
    #[must_use]
    pub fn scene<'a>(&'a self, report: &'a Report, furniture: &[Range<usize>]) -> Scene<'a> {
        let book = &self.book;
        let text = Text::new(&report.text);
        let hidden: Vec<bool> = text
            .words()
            .iter()
            .map(|word| {
                let at = furniture.partition_point(|range| range.end <= word.original.start as usize);
                furniture.get(at).is_some_and(|range| range.start <= word.original.start as usize)
            })
            .collect();
        let analysis = Analysis::new(text, book, |word| hidden[word]);
        let home = self.home(report);
        let places = self.place_mentions(&analysis, &hidden, home.as_deref());
        let mut countries: FxHashMap<String, u32> = FxHashMap::default();
        if let Some(home) = &home {
            *countries.entry(home.clone()).or_default() += 1;
        }
        for place in &places {
            if let Some(country) = &place.value.country {
                *countries.entry(country.clone()).or_default() += 1;
            }
        }
        let published = report.published.as_deref().and_then(|day| day.get(..10)?.parse::<Date>().ok());
        let actors = actors::find(&analysis, book, countries, published.map(Date::year));
        let tolls = tolls::find(&analysis, book, &actors);
        let claims = sources::find(&analysis, book, &actors);
        let triggers = triggers::find(&analysis, book);
        let days = days::expressions(&analysis.text, published, &self.days, days::Mode::News)
            .into_iter()
            .filter(|day| !hidden.get(day.words.start).copied().unwrap_or(false))
            .collect();
        let mut scene = Scene {
            analysis,
            book,
            actors,
            tolls,
            claims,
            triggers,
            places,
            days,
            published,
            framed: Vec::new(),
            leanings: FxHashMap::default(),
        };
        scene.framed = scene.frame();
        let rules: Vec<SubEventType> = scene.triggers.iter().map(|trigger| scene.rule_type(trigger)).collect();
        for (trigger, rule) in scene.triggers.iter_mut().zip(rules) {
            trigger.rule = Some(rule);
        }
        scene.leanings = scene.lean();
        scene
    }

    /// The country that the outlet writes for.
    fn home(&self, report: &Report) -> Option<String> {
        let source = self.book.source_named(report.outlet.as_deref()?)?;
        (source.country.len() == 2).then(|| source.country.clone())
    }

    fn place_mentions(&self, analysis: &Analysis<'_>, hidden: &[bool], home: Option<&str>) -> Vec<PlaceNamed> {
        // Names of parties and speakers are no places; a country's name alone may be both.
        let mut claimed: Vec<Range<usize>> = analysis
            .hits
            .iter()
            .filter(|hit| match hit.kind {
                Kind::Actor | Kind::Source
                    if hit.end == hit.start + 1 && self.places.claims(&analysis.text, hit.start) =>
                {
                    false
                }
                Kind::Actor => hit.end > hit.start + 1 || !self.is_country(analysis, hit.start),
                Kind::Source => true,
                _ => false,
            })
            .map(|hit| hit.start..hit.end)
            .collect();
        let mut start = None;
        for (word, &out) in hidden.iter().chain(std::iter::once(&false)).enumerate() {
            match (out, start) {
                (true, None) => start = Some(word),
                (false, Some(from)) => {
                    claimed.push(from..word);
                    start = None;
                }
                _ => {}
            }
        }
        claimed.sort_by_key(|range| (range.start, range.end));
        let parties = self.parties_at_home(analysis);
        let setting = Setting { home, parties: parties.as_deref() };
        let mentions = self.places.mentions(&analysis.text, &claimed, setting);
        let values = self.places.values(&mentions, &analysis.text);
        let named = mentions.into_iter().zip(values);
        named
            .map(|(mention, value)| PlaceNamed { clitics: clitics_of(&analysis.text, &mention), value, mention })
            .collect()
    }

    /// The country that three quarters of the parties with one country are at home in.
    fn parties_at_home(&self, analysis: &Analysis<'_>) -> Option<String> {
        let mut parties: Vec<usize> =
            analysis.hits.iter().filter(|hit| hit.kind == Kind::Actor).map(|hit| hit.index).collect();
        parties.sort_unstable();
        parties.dedup();
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for actor in parties.into_iter().map(|index| &self.book.actors[index]) {
            if let ([country], true) = (actor.area.as_slice(), actor.kind != ActorKind::External) {
                *counts.entry(country.as_str()).or_default() += 1;
            }
        }
        let all: usize = counts.values().sum();
        counts.into_iter().find(|(_, count)| count * 4 >= all * 3).map(|(country, _)| country.to_owned())
    }

    fn is_country(&self, analysis: &Analysis<'_>, word: usize) -> bool {
        let hit = analysis.at(word).find(|hit| hit.kind == Kind::Actor);
        hit.is_some_and(|hit| {
            let name = analysis.text.slice(analysis.text.span_without(hit.start..hit.end, hit.clitics.shown_from()));
            !self.places.gazetteer().named(name).is_empty()
        })
    }
}

/// What was peeled off a place's first word.
fn clitics_of(text: &Text<'_>, mention: &crate::mentions::places::PlaceMention) -> Clitics {
    use maydani_text::Preposition;
    let word = text.words()[mention.words.start];
    let front = text.slice(Span::new(word.original.start, mention.span.start.max(word.original.start)));
    let mut clitics = Clitics { peeled: (front.chars().count() * 2) as u8, ..Clitics::default() };
    for c in front.chars() {
        match c {
            'و' | 'ف' => clitics.conjunction = true,
            'ب' => clitics.preposition = Some(Preposition::Bi),
            'ل' => clitics.preposition = Some(Preposition::Li),
            'ك' => clitics.preposition = Some(Preposition::Ka),
            _ => {}
        }
    }
    clitics
}

/// The id given with the input, else a hash of the normalised text.
#[must_use]
pub fn id_of(report: &Report) -> String {
    report.id.clone().unwrap_or_else(|| {
        let hash = blake3::hash(maydani_text::normalise(&report.text).as_bytes());
        hash.to_hex()[..16].to_owned()
    })
}

struct Writer<'s, 'a> {
    coder: &'s Coder,
    scene: &'s Scene<'a>,
    passages: Passages<'a>,
    explain: bool,
}

impl Writer<'_, '_> {
    fn event(&self, event: &Decided, number: usize, report: &str) -> Event {
        let scene = self.scene;
        let text = &scene.analysis.text;
        let principal = &scene.triggers[event.triggers[0]];
        let trigger =
            self.passages.passage(text.span_without(principal.words.clone(), principal.hit.clitics.shown_from()));
        let mut spans: Vec<Span<Original>> = event.triggers.iter().map(|&index| self.evidence(index, event)).collect();
        let first = spans.remove(0);
        spans.sort();
        spans.dedup();
        spans.retain(|span| !span.overlaps(first));
        let mut evidence = vec![self.passages.passage(first)];
        evidence.extend(spans.iter().map(|span| self.passages.passage(*span)));
        let hash = blake3::hash(format!("{report}\n{}\n{}\n{number}", trigger.start, event.kind.code()).as_bytes());
        let mut out = Event {
            id: hash.to_hex()[..16].to_owned(),
            event_type: event.kind.event_type(),
            sub_event_type: event.kind,
            modality: event.modality,
            background: event.background,
            trigger,
            evidence,
            actor1: self.actors(&event.actor1, event.kind, Role::Actor1),
            actor2: self.actors(&event.actor2, event.kind, Role::Actor2),
            places: event.places.iter().map(|chosen| scene.places[chosen.index].value.clone()).collect(),
            date: event.day.map(|chosen| self.date(chosen)),
            tolls: event.tolls.iter().map(|chosen| self.toll(*chosen, event)).collect(),
            source: None,
            via: Vec::new(),
            confidence: (f64::from(event.sure) * 100.0).round() / 100.0,
            why: Vec::new(),
        };
        if let Some(chosen) = event.claim {
            (out.source, out.via) = self.source(chosen.index);
        }
        if self.explain {
            out.why = self.why(event);
        }
        out
    }

    /// Who speaks, and through whom.
    fn source(&self, claim: usize) -> (Option<SourceValue>, Vec<Relay>) {
        let claim = &self.scene.claims[claim];
        let source = SourceValue {
            key: claim.key.clone(),
            name: claim.name.clone(),
            kind: claim.kind,
            passage: self.words(&claim.words, claim.clitics),
        };
        let via = claim.via.iter();
        let via = via.map(|via| Relay { key: via.key.clone(), passage: self.words(&via.words, via.clitics) });
        (Some(source), via.collect())
    }

    /// The statements of control. The same place and holder stated again is one with more evidence.
    fn control(&self, report: &str) -> Vec<ControlStatement> {
        let text = &self.scene.analysis.text;
        let mut out: Vec<ControlStatement> = Vec::new();
        for found in control::find(self.scene) {
            let mut place = self.scene.places[found.place].value.clone();
            // «قرب مدينة X التي يسيطر عليها …»: what is near it is not what is held.
            if place.id.is_some() && place.latitude.is_some() && place.kind != PlaceKind::District {
                place.geo_precision = 1;
            }
            let mention = |&index: &usize| &self.scene.actors[index];
            let holder: Vec<ActorValue> =
                found.holders.iter().map(mention).filter_map(|mention| self.actor(mention, &mention.party)).collect();
            let evidence = self.passages.passage(text.span(found.words.clone()));
            let same = out.iter_mut().find(|known| {
                (&known.place.id, &known.place.name_ar) == (&place.id, &place.name_ar)
                    && known.holder.iter().map(|actor| &actor.key).eq(holder.iter().map(|actor| &actor.key))
            });
            if let Some(known) = same {
                if known.evidence.iter().all(|one| evidence.start >= one.end || one.start >= evidence.end) {
                    known.evidence.push(evidence);
                }
                continue;
            }
            let keys: Vec<&str> = holder.iter().map(|actor| actor.key.as_str()).collect();
            let hash = blake3::hash(
                format!("{report}\ncontrol\n{}\n{}\n{}", evidence.start, place.passage.start, keys.join(" "))
                    .as_bytes(),
            );
            let (source, via) = found.claim.map_or((None, Vec::new()), |claim| self.source(claim));
            let shape = &self.scene.book.control.shapes[found.shape];
            let why = Why {
                field: "holder".to_owned(),
                entry: self.scene.book.place_of(shape.at),
                pattern: shape.words.clone(),
            };
            out.push(ControlStatement {
                id: hash.to_hex()[..16].to_owned(),
                place,
                holder,
                evidence: vec![evidence],
                date: found.since.map(|index| self.date_at(index)),
                source,
                via,
                why: if self.explain { vec![why] } else { Vec::new() },
            });
        }
        out
    }

    /// The passage that states an event: from the clause of its word over the values that stand in
    /// the same sentence.
    fn evidence(&self, index: usize, event: &Decided) -> Span<Original> {
        let scene = self.scene;
        let trigger = &scene.triggers[index];
        let sentence = scene.analysis.sentence_range(trigger.words.start);
        let clause = scene.analysis.clause_of(trigger.words.start);
        let (mut start, mut end) = (clause.start, clause.end.max(trigger.words.end));
        let mut widen = |words: &Range<usize>| {
            if words.start >= sentence.start && words.end <= sentence.end {
                start = start.min(words.start);
                end = end.max(words.end);
            }
        };
        event.actor1.iter().chain(&event.actor2).for_each(|c| widen(&scene.actors[c.index].words));
        event.places.iter().for_each(|c| widen(&scene.places[c.index].mention.words));
        event.tolls.iter().for_each(|c| widen(&scene.tolls[c.index].words));
        scene.analysis.text.span(start..end)
    }

    fn words(&self, words: &Range<usize>, clitics: Clitics) -> Passage {
        self.passages.passage(self.scene.analysis.text.span_without(words.clone(), clitics.shown_from()))
    }

    /// The parties of a role, each key once.
    fn actors(&self, chosen: &[Chosen], kind: SubEventType, role: Role) -> Vec<ActorValue> {
        let mut out: Vec<ActorValue> = Vec::new();
        for chosen in chosen {
            let mention = &self.scene.actors[chosen.index];
            if let Some(value) = self.actor(mention, &party(self.scene.book, mention, kind, role))
                && out.iter().all(|other| other.key != value.key)
            {
                out.push(value);
            }
        }
        out
    }

    fn actor(&self, mention: &ActorMention, party: &Party) -> Option<ActorValue> {
        let passage = self.words(&mention.words, mention.clitics);
        let (name, name_ar) = match party {
            Party::Listed(index) => {
                let actor = &self.scene.book.actors[*index];
                (actor.name.clone(), actor.name_ar.clone())
            }
            Party::Other(name) => (name.clone(), passage.text.clone()),
            Party::Fighter => return None,
        };
        Some(ActorValue { key: party.key(self.scene.book)?, name, name_ar, passage })
    }

    fn date(&self, chosen: Chosen) -> DateValue {
        self.date_at(chosen.index)
    }

    fn date_at(&self, index: usize) -> DateValue {
        let day = &self.scene.days[index];
        DateValue {
            start_day: day.start.map(|day| day.to_string()),
            end_day: day.end.map(|day| day.to_string()),
            time_precision: day.precision,
            passage: self.passages.passage(day.span),
        }
    }

    fn toll(&self, chosen: Chosen, event: &Decided) -> Toll {
        let toll = &self.scene.tolls[chosen.index];
        let key = |index: usize| {
            let mention = &self.scene.actors[index];
            party(self.scene.book, mention, event.kind, Role::Actor2).key(self.scene.book)
        };
        let of = toll.of.and_then(key).or_else(|| {
            // Fighters whose party is not told beside them: the other side, when there is one; of a crowd and those who
            // disperse it, the crowd.
            let unrest = matches!(event.kind.event_type(), EventType::Protests | EventType::Riots);
            let armed = toll.of.is_some_and(|index| self.scene.bears_arms(index));
            let single = |list: &[Chosen]| match list {
                [one] if armed && self.scene.is_crowd(one.index) => None,
                [one] if !unrest || self.scene.is_crowd(one.index) => key(one.index),
                _ => None,
            };
            single(&event.actor2).or_else(|| unrest.then(|| single(&event.actor1)).flatten())
        });
        Toll {
            kind: toll.kind,
            of: of.unwrap_or_else(|| "unknown".to_owned()),
            min: toll.min,
            max: toll.max,
            approximate: toll.approximate,
            source: None,
            passage: self.words(&toll.words, Clitics::default()),
        }
    }

    fn why(&self, event: &Decided) -> Vec<Why> {
        let scene = self.scene;
        let book = scene.book;
        let trigger = &scene.triggers[event.triggers[0]];
        let word = trigger.word(book);
        let mut out = vec![Why {
            field: "trigger".to_owned(),
            entry: book.place_of(word.at),
            pattern: format!(
                "{}, {}, {}, sure {:.2}",
                word.lemma,
                reasons::words(word.position),
                reasons::words(word.class).trim_start_matches("fixed "),
                event.sure
            ),
        }];
        let mut features = crate::events::features::Features::named();
        scene.detect_features(event.triggers[0], &mut features);
        let class = self.coder.model.kind.classes().iter().position(|code| code == event.kind.code()).unwrap_or(0);
        let weighed = self.coder.model.kind.reasons(&features, class, 6);
        out.push(Why {
            field: "sub_event_type".to_owned(),
            entry: book.place_of(word.at),
            pattern: format!("sure {:.2}: {}", event.kind_sure, reasons::weighed(&weighed)),
        });
        for (field, list) in [("actor1", &event.actor1), ("actor2", &event.actor2)] {
            for (number, chosen) in list.iter().enumerate() {
                let mention = &scene.actors[chosen.index];
                let (relation, _) = scene.relation(trigger, chosen.index);
                out.push(Why {
                    field: format!("{field}[{number}]"),
                    entry: book.place_of(mention.entry),
                    pattern: format!(
                        "by {}, {}, sure {:.2}",
                        reasons::words(mention.naming),
                        relation.map_or_else(|| "no direct relation".to_owned(), reasons::words),
                        chosen.sure
                    ),
                });
            }
        }
        for (number, chosen) in event.places.iter().enumerate() {
            let place = &scene.places[chosen.index];
            out.push(Why {
                field: format!("places[{number}]"),
                entry: place.value.id.clone().unwrap_or_else(|| "named, in no gazetteer".to_owned()),
                pattern: format!(
                    "{}, {}, sure {:.2}",
                    reasons::words(place.value.kind),
                    reasons::words(place.mention.relation),
                    chosen.sure
                ),
            });
        }
        if let Some(chosen) = event.day {
            let day = &scene.days[chosen.index];
            let (entry, rules) = reasons::of_day(&day.derivation, &self.coder.days);
            let pattern = format!("{rules}, sure {:.2}", chosen.sure);
            out.push(Why { field: "date".to_owned(), entry, pattern });
        }
        for (number, chosen) in event.tolls.iter().enumerate() {
            let toll = &scene.tolls[chosen.index];
            out.push(Why {
                field: format!("tolls[{number}]"),
                entry: book.place_of(toll.entry),
                pattern: format!("{}, sure {:.2}", reasons::words(toll.kind), chosen.sure),
            });
        }
        if let Some(chosen) = event.claim {
            let claim = &scene.claims[chosen.index];
            out.push(Why {
                field: "source".to_owned(),
                entry: book.place_of(claim.entry),
                pattern: format!("{}, sure {:.2}", reasons::words(claim.reporting), chosen.sure),
            });
        }
        out
    }
}
