//! Word classes, from the lists of the language pack and the endings of words.

use std::ops::BitOr;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::document::{Document, Told};
use crate::error::Result;
use crate::fold::{Case, fold};
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::vocabulary::{Numbers, WordList};

/// A set of word classes. A word may have several: "report" is a noun and a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Classes(u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Classes { $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)* }
    };
}

classes! {
    /// "the", "some", numerals.
    DETERMINER = 0;
    /// "its", "their".
    POSSESSIVE = 1;
    /// Any personal pronoun.
    PRONOUN = 2;
    /// A pronoun that can be a subject.
    SUBJECT = 3;
    /// "I", "we".
    FIRST = 4;
    /// "he".
    HE = 5;
    /// "she".
    SHE = 6;
    /// "it".
    IT = 7;
    /// "they".
    THEY = 8;
    /// A form of "be".
    BE = 9;
    /// A form of "have".
    HAVE = 10;
    /// A form of "do".
    DO = 11;
    /// "will", "may", "must".
    MODAL = 12;
    /// "of", "with".
    PREPOSITION = 13;
    /// "and", "but".
    COORDINATOR = 14;
    /// "because", "although".
    SUBORDINATOR = 15;
    /// "which", "who".
    RELATIVE = 16;
    /// "that", "whether".
    COMPLEMENTIZER = 17;
    /// "also", "now"; words in -ly.
    ADVERB = 18;
    /// A verb that is hardly ever a noun.
    VERB = 19;
    /// A verb that is often a noun.
    VERB_OR_NOUN = 20;
    /// The plain form of a verb.
    BASE = 21;
    /// The form in -s.
    THIRD = 22;
    /// A past form or participle.
    PAST = 23;
    /// The form in -ing.
    ING = 24;
    /// Begins with a capital.
    CAPITAL = 25;
    /// Holds a digit.
    NUMBER = 26;
    /// Has a possessive ending: "Baku's".
    GENITIVE = 27;
    /// "to".
    TO = 28;
    /// A negated auxiliary, "not", "never".
    NEGATIVE = 29;
    /// The first word of its sentence.
    FIRST_WORD = 30;
    /// "a", "any": a determiner that does not say which one.
    INDEFINITE = 31;
    /// A participle that is no past form: "taken", "seen".
    PARTICIPLE = 32;
}

impl BitOr for Classes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Classes {
    /// Any auxiliary.
    pub const AUXILIARY: Self = Self(Self::BE.0 | Self::HAVE.0 | Self::DO.0 | Self::MODAL.0);
    /// Any verb that is no auxiliary.
    pub const MAIN_VERB: Self = Self(Self::VERB.0 | Self::VERB_OR_NOUN.0);
    /// What cannot be a noun, an adjective or a verb with a meaning of its own.
    pub const FUNCTION: Self = Self(
        Self::DETERMINER.0
            | Self::POSSESSIVE.0
            | Self::PRONOUN.0
            | Self::AUXILIARY.0
            | Self::PREPOSITION.0
            | Self::COORDINATOR.0
            | Self::SUBORDINATOR.0
            | Self::RELATIVE.0
            | Self::COMPLEMENTIZER.0
            | Self::TO.0,
    );

    /// Whether it has one of these.
    #[must_use]
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it has all of these.
    #[must_use]
    pub const fn all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// These, less the others.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// The classes of the frames of the pack `en-grammar`.
const FRAMES: [(&str, Classes); 22] = [
    ("determiner", Classes::DETERMINER),
    ("determiner.indefinite", Classes(Classes::DETERMINER.0 | Classes::INDEFINITE.0)),
    ("possessive", Classes::POSSESSIVE),
    ("pronoun.first", Classes(Classes::PRONOUN.0 | Classes::FIRST.0)),
    ("pronoun.second", Classes::PRONOUN),
    ("pronoun.he", Classes(Classes::PRONOUN.0 | Classes::HE.0)),
    ("pronoun.she", Classes(Classes::PRONOUN.0 | Classes::SHE.0)),
    ("pronoun.it", Classes(Classes::PRONOUN.0 | Classes::IT.0)),
    ("pronoun.they", Classes(Classes::PRONOUN.0 | Classes::THEY.0)),
    ("pronoun.subject", Classes::SUBJECT),
    ("auxiliary.be", Classes::BE),
    ("auxiliary.have", Classes::HAVE),
    ("auxiliary.do", Classes::DO),
    ("auxiliary.modal", Classes::MODAL),
    ("preposition", Classes::PREPOSITION),
    ("coordinator", Classes::COORDINATOR),
    ("subordinator", Classes::SUBORDINATOR),
    ("relative", Classes::RELATIVE),
    ("complementizer", Classes::COMPLEMENTIZER),
    ("adverb", Classes::ADVERB),
    ("verb.only", Classes::VERB),
    ("verb.noun", Classes::VERB_OR_NOUN),
];

/// The English pack, read once.
static ENGLISH: LazyLock<Result<Grammar>> = LazyLock::new(Grammar::english);
/// The classes of a language without a pack.
static NONE: LazyLock<Grammar> = LazyLock::new(|| Grammar { words: WordList::new([]) });

/// The word classes of a language.
#[derive(Debug)]
pub struct Grammar {
    /// None for a word that is on no list; one that is on a list may have no class.
    words: WordList<Option<Classes>>,
}

impl Grammar {
    /// The word classes of the language pack; a language without one has none.
    ///
    /// # Errors
    /// Only when the pack itself is damaged.
    pub fn load(language: &Language) -> Result<&'static Self> {
        Ok(language.pack(&ENGLISH)?.unwrap_or(&NONE))
    }

    fn english() -> Result<Self> {
        let language = Language::load("en")?;
        let mut words: FxHashMap<Box<str>, Classes> = FxHashMap::default();
        let pack = Lexicon::bundled("en-grammar")?;
        for (path, frame) in pack.counted_frames() {
            let class = FRAMES.iter().find(|f| f.0 == path).map_or(Classes::default(), |f| f.1);
            for entry in &frame.entries {
                let written = entry.expression.as_written();
                let forms = language.forms(written);
                if !written.ends_with('~') {
                    for form in forms {
                        words.entry(form.into()).or_default().add(class);
                    }
                    continue;
                }
                // "cut", "put": the plain form is the past form where there is no other.
                let past = forms.iter().skip(1).any(|f| verb_form(f) == Classes::PAST);
                let base = if past { Classes::BASE } else { Classes::BASE | Classes::PAST };
                for (i, form) in forms.into_iter().enumerate() {
                    let shape = if i == 0 { base } else { verb_form(&form) };
                    words.entry(form.into()).or_default().add(class | shape);
                }
            }
        }
        words.entry("to".into()).or_default().add(Classes::TO);
        for word in ["not", "never", "no", "cannot", "nor", "neither", "n't"] {
            words.entry(word.into()).or_default().add(Classes::NEGATIVE);
        }
        for (word, classes) in &mut words {
            if word.ends_with("n't") {
                classes.add(Classes::NEGATIVE);
            }
        }
        for (word, classes) in &mut words {
            *classes = with_digits(*classes, word.as_bytes());
        }
        Ok(Self { words: WordList::new(words.into_iter().map(|(word, classes)| (word, Some(classes)))) })
    }

    /// What leads from words to their classes.
    pub(crate) fn numbers(&self) -> &Numbers {
        self.words.numbers()
    }

    /// The classes of every word of a document, into a buffer that is cleared first.
    pub fn classes_into(&self, document: &Document<'_>, out: &mut Vec<Classes>) {
        let told = document.told(&self.words);
        out.clear();
        out.extend((0..document.words.len() as u32).map(|i| self.classes_of(document, &told, i)));
        let mut first = 0;
        for sentence in document.sentences() {
            while document.words.get(first).is_some_and(|w| w.start < sentence.start) {
                first += 1;
            }
            if let Some(first) = out.get_mut(first) {
                first.add(Classes::FIRST_WORD);
            }
        }
        for i in 0..out.len() {
            let next = out.get(i + 1).copied().unwrap_or_default();
            let modal = out[i].all(Classes::MODAL | Classes::CAPITAL);
            let month_or_name = modal && !out[i].any(Classes::FIRST_WORD);
            // "May said", "May is": a name, also at the start of a sentence.
            let finite = next.any(Classes::AUXILIARY) || next.any(Classes::VERB) && next.any(Classes::PAST | Classes::THIRD);
            if modal && finite && !next.any(Classes::BASE) {
                out[i] = Classes::CAPITAL | if month_or_name { Classes::default() } else { Classes::FIRST_WORD };
            }
            if month_or_name && (!next.any(Classes::CAPITAL) || next.any(Classes::NUMBER)) {
                out[i] = Classes::CAPITAL;
            }
        }
    }

    #[inline]
    fn classes_of(&self, document: &Document<'_>, told: &Told<'_, '_, Option<Classes>>, i: u32) -> Classes {
        let word = document.words[i as usize];
        let letters = &document.text.as_bytes()[word.start as usize..word.end as usize];
        let mut classes = match told.at_once(i) {
            Some(Some(known)) => known,
            Some(None) if letters.is_ascii() => with_digits(by_ending(&letters[..(word.stem - word.start) as usize]), letters),
            _ => with_digits(self.classes_of_form(document.word(i), document.stem(i)), letters),
        };
        if word.stem < word.end && !classes.any(Classes::AUXILIARY) {
            classes.add(Classes::GENITIVE);
        }
        let capital = match letters.first() {
            Some(first) if first.is_ascii() => first.is_ascii_uppercase(),
            _ => document.word(i).starts_with(char::is_uppercase),
        };
        if capital {
            classes.add(Classes::CAPITAL);
        }
        classes
    }

    /// The classes of a word that must be read: of the whole if it is known, else of the stem.
    fn classes_of_form(&self, whole: &str, stem: &str) -> Classes {
        let known = |word: &str| self.words.of(&fold(word, Case::Folded));
        known(whole).or_else(|| known(stem)).unwrap_or_else(|| by_ending(fold(stem, Case::Folded).as_bytes()))
    }
}

fn with_digits(classes: Classes, letters: &[u8]) -> Classes {
    if letters.iter().any(u8::is_ascii_digit) { classes | Classes::NUMBER } else { classes }
}

fn verb_form(form: &str) -> Classes {
    if form.ends_with("ing") {
        Classes::ING
    } else if form.ends_with('s') && !form.ends_with("ss") {
        Classes::THIRD
    } else if ["en", "wn", "rn", "one", "orne", "egun"].iter().any(|end| form.ends_with(end)) {
        Classes::PAST | Classes::PARTICIPLE
    } else {
        Classes::PAST
    }
}

/// What the ending of a word that is on no list says, in small letters or capitals.
fn by_ending(letters: &[u8]) -> Classes {
    let ends = |with: &str| letters[letters.len() - with.len()..].eq_ignore_ascii_case(with.as_bytes());
    match letters.len() {
        0..=4 => Classes::default(),
        _ if ends("ly") => Classes::ADVERB,
        _ if ends("ing") => Classes::VERB_OR_NOUN | Classes::ING,
        _ if ends("ed") && !ends("eed") => Classes::VERB_OR_NOUN | Classes::PAST,
        _ => Classes::default(),
    }
}
