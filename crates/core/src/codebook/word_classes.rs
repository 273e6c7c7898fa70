//! Plain words for which the coder asks by class: `word_classes.tsv`.

use maydani_text::normalise;
use maydani_text::phrases::WordId;

use super::Codebook;
use super::table::{At, Fault, Row, Table};

const BUILT_IN: &str = include_str!("../../../../codebook/word_classes.tsv");

/// Names the classes once, for the code and for the file.
macro_rules! word_classes {
    ($($class:ident = $name:literal,)*) => {
        /// A class of plain words; the head of `word_classes.tsv` says what each is asked for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "the file says what each is")]
        pub enum WordClass { $($class),* }

        impl WordClass {
            /// All of them, in the order of the file's head.
            pub const ALL: &[Self] = &[$(Self::$class),*];

            /// Its name in the file.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$class => $name),* }
            }
        }
    };
}

word_classes! {
    ThatSpeaks = "that_speaks",
    ThatSpeech = "that_speech",
    ThatWitness = "that_witness",
    ThatSubject = "that_subject",
    ThatDay = "that_day",
    ThatEvent = "that_event",
    ThatItself = "that_itself",
    OpensClause = "opens_clause",
    EndsOffice = "ends_office",
    Time = "time",
    Function = "function",
    Preposition = "preposition",
    CompoundRole = "compound_role",
    Compound = "compound",
    Belonging = "belonging",
    BeforeParty = "before_party",
    BeforeNoun = "before_noun",
    Auxiliary = "auxiliary",
    Army = "army",
    Police = "police",
    NumberOf = "number_of",
    NumberTold = "number_told",
    NumberTo = "number_to",
    NumberRange = "number_range",
    NumberUnknown = "number_unknown",
    NoNumber = "no_number",
    LeastAfter = "least_after",
    Least = "least",
    ToVictims = "to_victims",
    PartOf = "part_of",
    BetweenVictims = "between_victims",
    NoUnit = "no_unit",
    VagueAfter = "vague_after",
    NoName = "no_name",
    OneOf = "one_of",
    Two = "two",
    OfTwo = "of_two",
    In = "in",
    Of = "of",
    On = "on",
    OnWhom = "on_whom",
    About = "about",
    To = "to",
    Among = "among",
    Ranks = "ranks",
    OfThem = "of_them",
    Each = "each",
    With = "with",
    Besides = "besides",
    Healing = "healing",
    Bereaved = "bereaved",
    Parent = "parent",
    Relative = "relative",
    Himself = "himself",
    Had = "had",
    Elsewhen = "elsewhen",
    Yesterday = "yesterday",
    Dozens = "dozens",
    Hundreds = "hundreds",
    Other = "other",
    Ordinal = "ordinal",
    OurForces = "our_forces",
}

/// The classes of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordClasses(u64);

const _: () = assert!(WordClass::ALL.len() <= u64::BITS as usize, "each class is one bit");

impl WordClasses {
    /// Whether a class is among them.
    #[must_use]
    pub const fn has(self, class: WordClass) -> bool {
        self.0 >> class as u8 & 1 == 1
    }

    const fn with(self, class: WordClass) -> Self {
        Self(self.0 | 1 << class as u8)
    }
}

/// A word of the file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ClassedWord {
    classes: WordClasses,
    /// Where it stands; none for a word of which the file says nothing.
    at: Option<At>,
}

/// The words of a class in the built-in file, as it writes them: for those who read no report.
#[must_use]
pub fn words_of(class: WordClass) -> Vec<&'static str> {
    let table = Table::read("word_classes.tsv", 0, BUILT_IN, &[], &mut Vec::new());
    let of_class = |row: &Row<'_, '_>| row.list("classes").any(|name| name == class.name());
    table.rows().filter(of_class).map(|row| row.cell("word")).collect()
}

impl Codebook {
    /// The classes of a word of the dictionary.
    pub(crate) fn classes_of(&self, word: WordId) -> WordClasses {
        self.classed.get(word as usize).copied().unwrap_or_default().classes
    }

    /// Whether a normalised word is of a class. Of a word of a report the
    /// [`Analysis`](crate::analysis::Analysis) knows it already.
    #[must_use]
    pub fn is(&self, word: &str, class: WordClass) -> bool {
        self.classes_of(self.phrases.id(word)).has(class)
    }

    pub(super) fn load_word_classes(&mut self, table: &Table<'_>, faults: &mut Vec<Fault>) {
        for row in table.rows() {
            let word = normalise(row.required("word", faults));
            if word.contains(|c: char| !c.is_alphabetic()) {
                faults.push(row.fault("word", format!("`{word}` is not one word"), "write one word a line"));
                continue;
            }
            let id = self.phrases.learn(&word) as usize;
            if self.classed.len() <= id {
                self.classed.resize(id + 1, ClassedWord::default());
            }
            if let Some(first) = self.classed[id].at {
                // What an analyst says of a word stands in place of what the built-in file says.
                if first.file == row.at().file {
                    let what = format!("`{}` stands on line {} already", row.cell("word"), first.line);
                    faults.push(row.fault("word", what, "put its classes there"));
                }
                continue;
            }
            let mut classes = WordClasses::default();
            for name in row.list("classes") {
                match WordClass::ALL.iter().find(|class| class.name() == name) {
                    Some(&class) => classes = classes.with(class),
                    None => faults.push(row.fault(
                        "classes",
                        format!("`{name}` is no class of words"),
                        "use the classes that the head of the built-in word_classes.tsv names",
                    )),
                }
            }
            self.classed[id] = ClassedWord { classes, at: Some(row.at()) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, Codebook, WordClass, words_of};

    #[test]
    fn every_class_is_told_of_and_has_words() {
        let told: Vec<&str> =
            BUILT_IN.lines().filter_map(|line| line.strip_prefix("#   ")?.split(' ').next()).collect();
        let known: Vec<&str> = WordClass::ALL.iter().map(|class| class.name()).collect();
        assert_eq!(told, known);
        let book = Codebook::built_in().expect("the built-in codebook");
        for class in WordClass::ALL {
            let words = words_of(*class);
            assert_eq!(book.classed.iter().filter(|word| word.classes.has(*class)).count(), words.len());
            assert!(!words.is_empty(), "{}", class.name());
        }
    }

    #[test]
    fn an_own_line_goes_in_place_of_the_built_in_one() {
        let own = |text: &str| Codebook::checked(&[("word_classes.tsv".to_owned(), text.to_owned())]);
        let (book, faults) = own("word\tclasses\nأحد\ttwo\nفرد\tone_of؛ of\n");
        assert_eq!(faults, []);
        assert!(book.is("احد", WordClass::Two) && !book.is("احد", WordClass::OneOf));
        assert!(book.is("فرد", WordClass::OneOf) && book.is("احدي", WordClass::OneOf));
        assert!(!book.is("لا كلمة", WordClass::OneOf));
        let (_, faults) = own("word\tclasses\nأحد\tone\nاحد\ttwo\nأحد من\ttwo\n");
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            faults,
            [
                "word_classes.tsv:2:5: `one` is no class of words; use the classes that the head of the built-in word_classes.tsv names",
                "word_classes.tsv:3:1: `احد` stands on line 2 already; put its classes there",
                "word_classes.tsv:4:1: `احد من` is not one word; write one word a line",
            ]
        );
    }
}
