//! Who speaks and how speech is reported: `sources.tsv`, `reporting.tsv`, `titles.tsv`.

use maydani_text::inflect::{self, Number};

use super::Codebook;
use super::entry::{FormBits, Kind};
use super::table::{At, Fault, Table};
use crate::record::SourceKind;

/// A speaker or outlet.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its key.
    pub key: String,
    /// English name.
    pub name: String,
    /// Arabic name.
    pub name_ar: String,
    /// Its kind.
    pub kind: SourceKind,
    /// Country, ISO 3166-1 alpha-2; empty when none.
    pub country: String,
    /// The state or party that it belongs to; empty when none is known.
    pub affiliation: String,
    /// How records name the outlet.
    pub outlet: Vec<String>,
    /// Where the entry stands.
    pub at: At,
}

/// How speech is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReportingKind {
    /// قال
    Say,
    /// نفى
    Deny,
    /// زعم
    Claim,
    /// أعلن
    Announce,
    /// أكد
    Confirm,
    /// هدد
    Threaten,
    /// أمر
    Order,
    /// أضاف: the speaker is the one before.
    Continue,
    /// بحسب: the speaker follows.
    According,
    /// نقلا عن: the origin follows, the outlet before it relays.
    Quote,
    /// أدان: judges, says nothing of its own.
    Condemn,
    /// بدوره: the floor goes to the one who follows.
    Turn,
    /// تصريح خاص ل: an outlet to which it was said.
    Outlet,
}

/// A verb or formula of reporting.
#[derive(Debug, Clone)]
pub struct Reporting {
    /// Its kind.
    pub kind: ReportingKind,
    /// Where the entry stands.
    pub at: At,
}

/// What a title makes of the name after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TitleKind {
    /// A person who speaks for a body (متحدث باسم).
    Speaker,
    /// A person of the state (وزير، محافظ): speaks, and is a party where things are done to him.
    Office,
    /// An outlet (صحيفة، قناة).
    Outlet,
    /// A body (وزارة، منظمة).
    Body,
    /// A military rank.
    Rank,
    /// شيخ، دكتور.
    Honorific,
    /// Somebody who is not named.
    Anonymous,
    /// A person of an outlet.
    Staff,
    /// A paper that speaks for whoever issued it.
    Document,
    /// The speaker named before (المصدر ذاته).
    BackReference,
}

/// A title.
#[derive(Debug, Clone)]
pub struct Title {
    /// Its kind.
    pub kind: TitleKind,
    /// Where the entry stands.
    pub at: At,
}

const SOURCE_KINDS: [(&str, SourceKind); 8] = [
    ("official", SourceKind::Official),
    ("armed_group", SourceKind::ArmedGroup),
    ("media", SourceKind::Media),
    ("monitor", SourceKind::Monitor),
    ("aid", SourceKind::Aid),
    ("witness", SourceKind::Witness),
    ("local", SourceKind::Local),
    ("anonymous", SourceKind::Anonymous),
];

impl Codebook {
    pub(super) fn load_sources(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let key = row.required("key", faults);
            // A key may stand on several lines: the organs and spokesmen of one party.
            if self.source_of.get(key).is_some_and(|&first| self.sources[first as usize].at.file != row.at().file) {
                continue;
            }
            let Some(kind) = row.one_of("kind", "kind of source", &SOURCE_KINDS, faults) else { continue };
            let index = self.sources.len();
            self.source_of.entry(key.to_owned()).or_insert(index as u16);
            let name_ar = row.required("name_ar", faults);
            let ambiguous: Vec<&str> = row.list("ambiguous").collect();
            for name in std::iter::once(name_ar).chain(row.list("also")).filter(|name| !ambiguous.contains(name)) {
                self.phrase(name, Kind::Source, index, FormBits::default());
            }
            for name in ambiguous {
                self.phrase(name, Kind::AmbiguousSource, index, FormBits::default());
            }
            self.sources.push(Source {
                key: key.to_owned(),
                name: row.required("name_en", faults).to_owned(),
                name_ar: name_ar.to_owned(),
                kind,
                country: row.cell("country").to_owned(),
                affiliation: row.cell("affiliation").to_owned(),
                outlet: row.list("outlet").map(str::to_owned).collect(),
                at: row.at(),
            });
        }
    }

    pub(super) fn load_reporting(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let words = &[
                ("say", ReportingKind::Say),
                ("deny", ReportingKind::Deny),
                ("claim", ReportingKind::Claim),
                ("announce", ReportingKind::Announce),
                ("confirm", ReportingKind::Confirm),
                ("threaten", ReportingKind::Threaten),
                ("order", ReportingKind::Order),
                ("continue", ReportingKind::Continue),
                ("according", ReportingKind::According),
                ("quote", ReportingKind::Quote),
                ("condemn", ReportingKind::Condemn),
                ("turn", ReportingKind::Turn),
                ("outlet", ReportingKind::Outlet),
            ];
            let Some(kind) = row.one_of("kind", "kind of reporting", words, faults) else { continue };
            let index = self.reporting.len();
            self.reporting.push(Reporting { kind, at: row.at() });
            for words in row.list("words") {
                let mut parts = words.split(' ');
                match (kind, parts.next(), parts.next(), parts.next()) {
                    (ReportingKind::According, ..) | (_, _, None, _) | (_, _, _, Some(_)) => {
                        self.phrase(words, Kind::Reporting, index, FormBits::default());
                    }
                    (_, Some(past), Some(present), None) if present.starts_with('ي') => {
                        for (form, bits) in inflect::verb(past, present) {
                            self.phrase(&form, Kind::Reporting, index, bits.into());
                        }
                    }
                    _ => self.phrase(words, Kind::Reporting, index, FormBits::default()),
                }
            }
        }
    }

    pub(super) fn load_titles(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let words = &[
                ("speaker", TitleKind::Speaker),
                ("office", TitleKind::Office),
                ("outlet", TitleKind::Outlet),
                ("body", TitleKind::Body),
                ("rank", TitleKind::Rank),
                ("honorific", TitleKind::Honorific),
                ("anonymous", TitleKind::Anonymous),
                ("staff", TitleKind::Staff),
                ("document", TitleKind::Document),
                ("back_reference", TitleKind::BackReference),
            ];
            let Some(kind) = row.one_of("kind", "kind of title", words, faults) else { continue };
            let index = self.titles.len();
            self.titles.push(Title { kind, at: row.at() });
            for word in row.list("word") {
                self.with_article(word, Kind::Title, index, Number::One);
            }
        }
    }
}
