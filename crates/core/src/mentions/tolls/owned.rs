//! People told by a word that bears a pronoun: «سائقها», «نجلاه», «حفيدتهم».

use maydani_text::ARTICLE;
use maydani_text::inflect::Number;

use super::Finder;
use super::victims::{Victims, without_pronoun};
use crate::codebook::{Kind, PersonKey};

impl Finder<'_, '_> {
    /// Those whom a word with a pronoun means, where the codebook knows the word without it.
    pub(super) fn owned(&self, at: usize) -> Option<Victims> {
        let number = self.owned_number(at)?;
        Some(Victims::of_number(number, at..at + 1, None))
    }

    fn owned_number(&self, at: usize) -> Option<Number> {
        if !self.bears_pronoun(at) {
            return None;
        }
        let word = self.analysis.text.norm(at);
        let word = word.strip_prefix('و').filter(|rest| rest.chars().count() > 3).unwrap_or(word);
        let stem = without_pronoun(word)?;
        // «نجلاه», «ابنتيها»: two, where the word before the ending is one.
        // Not «أبنائه», «أخيه».
        let one = stem.strip_suffix(['ا', 'ي']).filter(|one| !one.ends_with('ا') && one.chars().count() > 2);
        let dual = one.and_then(|one| self.person_called(one));
        if dual == Some(Number::One) {
            return Some(Number::Two);
        }
        self.person_called(stem)
    }

    /// «صحفيتين», «مريضان»: two of those whom the codebook knows as one.
    pub(super) fn dual_person(&self, at: usize) -> Option<Victims> {
        let word = self.analysis.text.norm(at);
        let stem = word.strip_suffix("ين").or_else(|| word.strip_suffix("ان"))?;
        let plain = self.analysis.at(at).next().is_none() && !stem.starts_with(ARTICLE);
        (plain && self.person_called(stem)? == Number::One).then(|| Victims::of_number(Number::Two, at..at + 1, None))
    }

    /// How many a word for people means, whose ت may have been ة.
    fn person_called(&self, word: &str) -> Option<Number> {
        let known = |word: &str| {
            let entries = self.book.phrases.values_of_word(word);
            let mut persons = entries.filter(|entry| entry.kind == Kind::Person);
            persons.find_map(|entry| {
                let person = &self.book.persons[entry.index as usize];
                (person.key != PersonKey::None).then_some(person.number)
            })
        };
        known(word).or_else(|| word.strip_suffix('ت').and_then(|stem| known(&format!("{stem}ه"))))
    }
}

#[cfg(test)]
mod tests {
    use crate::mentions::tolls::tests::others;

    #[test]
    fn people_with_a_pronoun() {
        assert_eq!(others("انفجر لغم بالجرار وأصيب حفيداه."), ["Near Wounded 2 Some(2)"]);
        assert_eq!(others("انفجر لغم بالجرار وأصيبت معلمتهم."), ["Near Wounded 1 Some(1)"]);
    }
}
