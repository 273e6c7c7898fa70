//! The words around the names of places, from `codebook/place_words.tsv`.

use maydani_text::ARTICLE;
use rustc_hash::FxHashMap;

use crate::codebook::{Fault, Row, Table, own_files};
use crate::record::PlaceKind;

const NAME: &str = "place_words.tsv";
const TABLE: &str = include_str!("../../../../../codebook/place_words.tsv");

/// What a word does before or after a name; one word may do several things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Roles(u64);

impl Roles {
    pub(super) const TITLE: Self = Self(1);
    pub(super) const PART: Self = Self(1 << 1);
    pub(super) const REGION: Self = Self(1 << 2);
    pub(super) const COUNTRYSIDE: Self = Self(1 << 3);
    pub(super) const NEAR: Self = Self(1 << 4);
    pub(super) const DIRECTION: Self = Self(1 << 5);
    pub(super) const ADJECTIVE: Self = Self(1 << 6);
    pub(super) const SITE_ADJECTIVE: Self = Self(1 << 7);
    pub(super) const OPENER: Self = Self(1 << 8);
    pub(super) const BLOCKER: Self = Self(1 << 9);
    pub(super) const ENDS_NAME: Self = Self(1 << 10);
    /// A site whose name, where no gazetteer knows it, is definite or a person's.
    pub(super) const DEFINITE: Self = Self(1 << 11);
    /// A site that runs from one place to another.
    pub(super) const ROAD: Self = Self(1 << 12);
    /// A site that only a gazetteer's or a quoted name makes a place: موقع X, سوق X.
    pub(super) const KNOWN: Self = Self(1 << 13);
    /// May stand between a place and the place that holds it: «X الواقعة في Y».
    pub(super) const BINDS: Self = Self(1 << 14);
    /// Said before places, and before other things.
    pub(super) const PREPOSITION: Self = Self(1 << 15);
    /// A site whose name may be any definite word: شارع الأربعين, دوار الزراعة.
    pub(super) const NAMED: Self = Self(1 << 16);
    /// Said of much else: the report must tell where a name lies that no gazetteer knows: جبهة X.
    pub(super) const PLACED: Self = Self(1 << 20);
    /// May be named by its owner: مسجد قوات الطوارئ, مقر الفرقة الأولى.
    pub(super) const OWNED: Self = Self(1 << 17);
    /// With its article and an adjective it names a site: القصر الجمهوري, السوق الشعبي.
    pub(super) const DESCRIBED: Self = Self(1 << 18);
    /// Tells what a described site is: الجمهوري, الوطني.
    pub(super) const DESCRIBES: Self = Self(1 << 19);
    /// Begins the name of a village that no gazetteer knows, wherever it stands: تل X, خربة X.
    pub(super) const FOUNDER: Self = Self(1 << 21);
    /// May lead to a name that no gazetteer knows, though it is said of provinces: إقليم X.
    pub(super) const UNLISTED: Self = Self(1 << 22);
    /// A site named by what it is for, or whose it is: سوق الخضار, مبنى إدارة المجاهدين.
    pub(super) const CONSTRUCT: Self = Self(1 << 23);
    /// Also a body that speaks: a place only where a word of place stands before it: أمام مديرية الصحة.
    pub(super) const BODY: Self = Self(1 << 24);
    /// Said of no place after a word for a site: ساحة المعركة, سوق العمل.
    pub(super) const ABSTRACT: Self = Self(1 << 25);
    /// May be told by a number: معسكر 48, الكيلو 50.
    pub(super) const NUMBERED: Self = Self(1 << 26);
    /// With its article and a nation's adjective it names a site: السفارة التركية.
    pub(super) const OF_NATION: Self = Self(1 << 27);
    /// Stands before a site where something happens, and before people: أمام, اقتحام.
    pub(super) const AT_SITE: Self = Self(1 << 28);
    /// Refers to a place named before: البلاد, المدينة. A side of it is an area.
    pub(super) const REFERS: Self = Self(1 << 29);
    /// With its article and the name of a side it tells a part of a place: الريف الشرقي لإدلب.
    pub(super) const SIDED: Self = Self(1 << 30);
    /// Refers to a place named before, and stands for it: «في العاصمة».
    pub(super) const STANDS: Self = Self(1 << 31);
    /// Stands between a site and what it is for: محطة تحلية المياه.
    pub(super) const BETWEEN: Self = Self(1 << 32);
    /// Tells where the name before it lies: «X الواقعة …», «X في …».
    pub(super) const LOCATES: Self = Self(1 << 33);
    /// The report calls the place after it a village.
    pub(super) const VILLAGE: Self = Self(1 << 34);
    /// First word of names of people, of which a gazetteer has places too: أبو X.
    pub(super) const KIN: Self = Self(1 << 35);
    pub(super) const NORTH: Self = Self(1 << 36);
    pub(super) const EAST: Self = Self(1 << 37);
    pub(super) const SOUTH: Self = Self(1 << 38);
    pub(super) const WEST: Self = Self(1 << 39);
    /// Before a word that refers to a place: «في العاصمة».
    pub(super) const INSIDE: Self = Self(1 << 40);
    /// Before a site, and seldom before a body that speaks: «على مجلس النواب».
    pub(super) const UPON: Self = Self(1 << 41);
    /// Said of bodies as much as of sites: «قال مصدر من مجلس المحافظة».
    pub(super) const OF_BODIES: Self = Self(1 << 42);
    /// Before a road's number: «الطريق رقم 47».
    pub(super) const BEFORE_NUMBER: Self = Self(1 << 43);
    /// After a word that stands for a place it tells which: «المملكة المتحدة».
    pub(super) const TELLS: Self = Self(1 << 44);
    /// A side of it is countryside: «الريف الشرقي لإدلب».
    pub(super) const RURAL: Self = Self(1 << 45);
    /// After a name it tells a seat of government: «X، عاصمة ولاية Y».
    pub(super) const SEAT: Self = Self(1 << 46);
    /// Before the names of places that were announced: «ثلاث قرى، هي X وY».
    pub(super) const NAMES: Self = Self(1 << 47);
    /// Those that lead to a name.
    pub(super) const LEADS: Self = Self(0b11_1111);

    pub(super) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "title" => Self::TITLE,
            "part" => Self::PART,
            "part_definite" => Self(Self::PART.0 | Self::DEFINITE.0),
            "part_named" => Self(Self::PART.0 | Self::DEFINITE.0 | Self::NAMED.0),
            "part_placed" => Self(Self::PART.0 | Self::DEFINITE.0 | Self::NAMED.0 | Self::PLACED.0),
            "owned" => Self::OWNED,
            "described" => Self::DESCRIBED,
            "describes" => Self::DESCRIBES,
            "title_known" => Self(Self::TITLE.0 | Self::KNOWN.0),
            "part_known" => Self(Self::PART.0 | Self::DEFINITE.0 | Self::KNOWN.0),
            "road" => Self(Self::PART.0 | Self::DEFINITE.0 | Self::ROAD.0),
            "founder" => Self(Self::PART.0 | Self::FOUNDER.0),
            "title_unlisted" => Self(Self::TITLE.0 | Self::UNLISTED.0),
            "construct" => Self::CONSTRUCT,
            "body" => Self(Self::CONSTRUCT.0 | Self::BODY.0),
            "between" => Self::BETWEEN,
            "abstract" => Self::ABSTRACT,
            "numbered" => Self::NUMBERED,
            "of_nation" => Self::OF_NATION,
            "at_site" => Self::AT_SITE,
            "refers" => Self::REFERS,
            "sided" => Self::SIDED,
            "stands" => Self::STANDS,
            "sided_rural" => Self(Self::SIDED.0 | Self::RURAL.0),
            "inside" => Self::INSIDE,
            "upon" => Self::UPON,
            "of_bodies" => Self::OF_BODIES,
            "before_number" => Self::BEFORE_NUMBER,
            "tells" => Self::TELLS,
            "seat" => Self::SEAT,
            "names" => Self::NAMES,
            // Of the whole phrase.
            "landmark" | "landmark_placed" | "landmark_body" => Self(0),
            "binds" => Self::BINDS,
            "preposition" => Self::PREPOSITION,
            "region" => Self::REGION,
            "countryside" => Self::COUNTRYSIDE,
            "near" => Self::NEAR,
            "direction" => Self::DIRECTION,
            "adjective" => Self::ADJECTIVE,
            "site_adjective" => Self::SITE_ADJECTIVE,
            "opener" => Self::OPENER,
            "blocker" => Self::BLOCKER,
            "ends_name" => Self::ENDS_NAME,
            "locates" => Self::LOCATES,
            "village" => Self::VILLAGE,
            "kin" => Self::KIN,
            "north" => Self::NORTH,
            "east" => Self::EAST,
            "south" => Self::SOUTH,
            "west" => Self::WEST,
            _ => return None,
        })
    }
}

/// How many names a word announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Number {
    #[default]
    One,
    Two,
    Many,
}

/// One word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PlaceWord {
    pub(super) roles: Roles,
    pub(super) kind: Option<PlaceKind>,
    pub(super) number: Number,
}

/// The name of a landmark: «المربع الأمني».
#[derive(Debug, Clone)]
struct Phrase {
    /// Its words after the first.
    rest: Vec<String>,
    word: PlaceWord,
    needs: Standing,
}

/// What must stand before a landmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Anywhere,
    /// A word of place: في السوق القديم.
    Placed,
    /// One that is said of sites more than of bodies: أمام البرلمان.
    BySite,
}

/// All of them.
#[derive(Debug, Clone)]
pub(super) struct PlaceWords {
    words: FxHashMap<String, PlaceWord>,
    /// By their first word.
    phrases: FxHashMap<String, Vec<Phrase>>,
}

impl PlaceWords {
    /// The built-in words, and over them those of an analyst's own files. What can be read is read.
    pub(super) fn checked(own: &[(String, String)]) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut all = Self { words: FxHashMap::default(), phrases: FxHashMap::default() };
        add(&mut all, NAME, TABLE, &mut faults);
        for (path, text) in own_files(own, NAME) {
            // What an analyst says of a word goes in place of what was said of it.
            let mut over = Self { words: FxHashMap::default(), phrases: FxHashMap::default() };
            add(&mut over, path, text, &mut faults);
            all.words.extend(over.words);
            all.phrases.extend(over.phrases);
        }
        for phrases in all.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        (all, faults)
    }

    pub(super) fn get(&self, word: &str) -> PlaceWord {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// The longest landmark that begins with `first`: how many words it has, what it is, and what must
    /// stand before it. `next(1)` is the word after the first.
    pub(super) fn phrase<'t>(
        &self,
        first: &str,
        next: impl Fn(usize) -> Option<&'t str>,
    ) -> Option<(usize, PlaceWord, Standing)> {
        let phrases = self.phrases.get(first)?;
        let fits = |phrase: &&Phrase| {
            phrase.rest.iter().enumerate().all(|(at, word)| next(at + 1).is_some_and(|found| found == word))
        };
        let phrase = phrases.iter().find(fits)?;
        Some((phrase.rest.len() + 1, phrase.word, phrase.needs))
    }
}

fn add(all: &mut PlaceWords, path: &str, text: &str, faults: &mut Vec<Fault>) {
    let table = Table::read(path, 0, text, &["word", "role", "kind", "number"], faults);
    for row in table.rows() {
        let word = maydani_text::normalise(row.required("word", faults));
        let landmark = row.cell("role").starts_with("landmark");
        let mut of_phrase = PlaceWord::default();
        let entry = if landmark { &mut of_phrase } else { all.words.entry(word.clone()).or_default() };
        match Roles::of(row.cell("role")) {
            Some(roles) => entry.roles.0 |= roles.0,
            None => faults.push(unknown(&row, "role", "a role of the built-in place_words.tsv")),
        }
        let kind = match row.cell("kind") {
            "" => None,
            "settlement" => Some(PlaceKind::Settlement),
            "neighbourhood" => Some(PlaceKind::Neighbourhood),
            "district" => Some(PlaceKind::District),
            "governorate" => Some(PlaceKind::Governorate),
            "site" => Some(PlaceKind::Site),
            "area" => Some(PlaceKind::Area),
            "country" => Some(PlaceKind::Country),
            _ => {
                let kinds = "settlement, neighbourhood, district, governorate, country, site, area or nothing";
                faults.push(unknown(&row, "kind", kinds));
                None
            }
        };
        entry.kind = entry.kind.or(kind);
        match row.cell("number") {
            "" | "one" => {}
            "two" => entry.number = Number::Two,
            "many" => entry.number = Number::Many,
            _ => faults.push(unknown(&row, "number", "one, two or many")),
        }
        if landmark {
            let mut words = word.split(' ').map(str::to_owned);
            let first = words.next().unwrap_or_default();
            let needs = match row.cell("role") {
                "landmark" => Standing::Anywhere,
                "landmark_placed" => Standing::Placed,
                _ => Standing::BySite,
            };
            let phrase = Phrase { rest: words.collect(), word: of_phrase, needs };
            if let Some(owned) = of_hers(&first) {
                all.phrases.entry(owned).or_default().push(phrase.clone());
            }
            all.phrases.entry(first).or_default().push(phrase);
        }
    }
}

/// The first word of a landmark as that of a town named before: «المطار العسكري» as «مطارها العسكري».
fn of_hers(first: &str) -> Option<String> {
    let bare = first.strip_prefix(ARTICLE)?;
    Some(match bare.strip_suffix('ه') {
        Some(feminine) => format!("{feminine}تها"),
        None => format!("{bare}ها"),
    })
}

fn unknown(row: &Row<'_, '_>, column: &str, known: &str) -> Fault {
    row.fault(column, format!("`{}` is no {column}", row.cell(column)), &format!("use {known}"))
}
