//! Names in English that no entry of the codebook gives: «قائد شرطة الأنبار» is readable as
//! «Commander of Police of Anbar», not as letters.
//!
//! The words come from `english.tsv` and the gazetteer, what neither knows is transcribed. Arabic builds
//! such names from the head on (office, body, adjective, place, person); the head stays first here too, but
//! adjectives go before it, and what bears a name (a brigade, a province) after that name.

use maydani_text::{ARTICLE, Preposition, clitics, normalise};

use crate::codebook::{English, EnglishKind, EnglishWord};
use crate::transcribe::transcribe;

/// A part of a name: a word, with what describes it.
struct Part<'e> {
    english: String,
    /// None: a word that nothing lists.
    kind: Option<EnglishKind>,
    feminine: bool,
    definite: bool,
    /// An adjective stands after it, or it is a whole («وزير الدفاع»): what follows is not whose it is.
    closed: bool,
    /// The word before it that ties it to the part before: «in».
    link: Option<&'e str>,
}

impl Part<'_> {
    fn is_number(&self) -> bool {
        self.english.starts_with(|c: char| c.is_ascii_digit())
    }

    fn is(&self, kind: EnglishKind) -> bool {
        self.kind == Some(kind)
    }
}

impl English {
    /// An Arabic name, as it stands in a report, in English.
    #[must_use]
    pub fn name(&self, arabic: &str) -> String {
        let normal = normalise(arabic);
        let words: Vec<&str> = normal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        phrase(&self.parts(&words))
    }

    fn parts(&self, words: &[&str]) -> Vec<Part<'_>> {
        let mut parts: Vec<Part<'_>> = Vec::new();
        let mut link = None;
        let mut at = 0;
        while at < words.len() {
            let mut from = words[at..].to_vec();
            let peeled = self.peel(&from);
            if let Some((particle, rest)) = &peeled {
                // «التابع للجيش»: the first of two.
                link = link.or(Some(*particle));
                from[0] = rest;
            }
            let known = self.entry(&from, parts.last().filter(|_| link.is_none()));
            let count = known.map_or(1, |(_, count)| count);
            at += count;
            let (english, kind) = match known {
                Some((word, _)) if word.kind == EnglishKind::Link => {
                    link = Some(&word.english);
                    continue;
                }
                Some((word, _)) => (word.english.clone(), Some(word.kind)),
                None => (transcribe(from[0]), None),
            };
            // Things in the plural agree as a woman does.
            let things = kind == Some(EnglishKind::Body) && english.ends_with('s');
            let feminine = from[0].ends_with(['ه', 'ء']) || things;
            let definite = from[0].starts_with(ARTICLE);
            let part = Part { english, kind, feminine, definite, closed: count > 1, link: link.take() };
            if !part.is(EnglishKind::Adjective) {
                parts.push(part);
            } else if part.link.is_some() || !describe(&mut parts, &part.english, feminine) {
                parts.push(Part { english: transcribe(from[0]), kind: None, ..part });
            }
        }
        parts.retain(|part| !part.english.is_empty());
        parts
    }

    /// The entry at the first of these words, `before` the part that they follow, and how many words it has.
    fn entry(&self, words: &[&str], before: Option<&Part<'_>>) -> Option<(&EnglishWord, usize)> {
        // «اللواء 55» is no officer.
        let numbered = words.get(1).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        let bare = words[0].strip_prefix(ARTICLE).filter(|_| numbered);
        let found = bare.and_then(|bare| self.longest(&[bare])).or_else(|| self.longest(words));
        // «العميد علي الأحمدي» is no town.
        let named = before.is_some_and(|part| part.is(EnglishKind::Name) || part.is(EnglishKind::Rank));
        found.filter(|(word, _)| !(named && word.kind == EnglishKind::Place))
    }

    /// A particle written together with the first of these words, in English, and that word, where an
    /// entry has only the word without it.
    fn peel(&self, words: &[&str]) -> Option<(&str, String)> {
        let mut found = None;
        clitics::readings(words[0], &mut String::new(), |peeled, rest| {
            let particle = match (peeled.conjunction, peeled.preposition) {
                (true, _) => "و",
                (_, Some(Preposition::Bi)) => "ب",
                (_, Some(Preposition::Li)) => "ل",
                _ => return,
            };
            if found.is_none() && self.longest(&[rest]).is_some() {
                found = self.longest(&[particle]).map(|(word, _)| (word.english.as_str(), rest.to_owned()));
            }
        });
        found.filter(|_| self.longest(words).is_none())
    }
}

/// Puts an adjective before the last part that it agrees with. Names are not described.
fn describe(parts: &mut [Part<'_>], adjective: &str, feminine: bool) -> bool {
    let start = parts.iter().rposition(|part| part.link.is_some()).unwrap_or(0);
    // «منصور التركي» is his name.
    if parts.last().is_some_and(|part| part.is(EnglishKind::Name)) {
        return false;
    }
    let noun = |part: &&mut Part<'_>| match part.kind {
        None | Some(EnglishKind::Name) => false,
        // «قبرص الشمالية»
        Some(EnglishKind::Place) => feminine,
        _ => true,
    };
    let mut nouns: Vec<&mut Part<'_>> = parts[start..].iter_mut().filter(noun).collect();
    let at = nouns
        .iter()
        .rposition(|part| part.feminine == feminine || part.is(EnglishKind::Place))
        .or_else(|| nouns.len().checked_sub(1));
    let Some(part) = at.map(|at| &mut nouns[at]) else { return false };
    part.english = format!("{adjective} {}", part.english);
    if let Some(last) = parts.last_mut() {
        last.closed = true;
    }
    true
}

/// The parts in English, the first one and what belongs to it first.
fn phrase(parts: &[Part<'_>]) -> String {
    use EnglishKind::{Body, Name, Named, Person, Place, Rank};
    let Some((head, rest)) = parts.split_first() else { return String::new() };
    let Some(next) = rest.first().filter(|next| next.link.is_none()) else { return tied(&head.english, "", rest) };
    let naming = |part: &&Part<'_>| part.link.is_none() && matches!(part.kind, None | Some(Name));
    let tie = match head.kind {
        // «كتائب القدس», «محافظة الأنبار»: what stands after the name is told of it as a whole.
        Some(Named) if (naming(&next) || next.is(Place)) && (!head.definite || next.is_number()) => {
            let names = rest.iter().take_while(naming).count().max(1);
            let name: Vec<&str> = rest[..names].iter().map(|part| part.english.as_str()).collect();
            return tied(&format!("{} {}", name.join(" "), head.english), "", &rest[names..]);
        }
        Some(Person) if matches!(next.kind, Some(Name | Rank | Person)) => "",
        Some(Person) if next.kind.is_some() => "of",
        // «المحافظ فلان», «وزير الداخلية اليمني فلان»
        Some(Person) if head.definite || head.closed => "",
        Some(Person | Body | Named) if next.is(Rank) || (head.closed || head.definite) && !next.definite => "",
        Some(Person | Body | Named) => "of",
        _ => "",
    };
    tied(&head.english, tie, rest)
}

/// A front, and the rest, tied by its link, else by a word.
fn tied(front: &str, tie: &str, rest: &[Part<'_>]) -> String {
    let tie = rest.first().and_then(|part| part.link).unwrap_or(tie);
    [front, tie, &phrase(rest)].into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::codebook::Codebook;
    use crate::gazetteer::Gazetteer;

    /// The examples of `english.tsv`: the Arabic, =, the English.
    #[test]
    fn examples() {
        let mut book = Codebook::built_in().expect("the codebook has no fault");
        book.english.add_places(&Gazetteer::built_in().expect("the places have no fault"));
        let mut faults = Vec::new();
        let mut count = 0;
        for line in include_str!("../../../codebook/english.tsv").lines().filter(|line| !line.starts_with('#')) {
            for (arabic, english) in
                line.split('\t').nth(3).unwrap_or("").split('|').filter_map(|one| one.split_once('='))
            {
                count += 1;
                let found = book.english.name(arabic);
                if found != english.trim() {
                    faults.push(format!("{}: {found}, not {}", arabic.trim(), english.trim()));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(count > 15, "only {count} examples");
    }
}
