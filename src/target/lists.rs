//! What the language pack knows of words that tell whom something is said of.

use std::ops::BitOr;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::document::{Document, Told};
use crate::error::Result;
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::vocabulary::{Numbers, WordList};

/// What a word tells of whom something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Kinds(u32);

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $bit:expr, $frame:expr;)*) => {
        impl Kinds { $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)* }
        /// The frames of the pack `en-targets`.
        const FRAMES: &[(&str, Kinds)] = &[$(($frame, Kinds::$name),)*];
    };
}

kinds! {
    /// "the country".
    COUNTRY = 0, "anaphor.country";
    /// "the president".
    PERSON = 1, "anaphor.person";
    /// "the bloc".
    GROUP = 2, "anaphor.group";
    /// "the region".
    REGION = 3, "anaphor.region";
    /// "both sides".
    PAIR = 4, "anaphor.pair";
    /// "two", "both".
    TWO = 5, "anaphor.two";
    /// "ally": somebody else than the owner.
    RELATION = 6, "relation";
    /// "occupation": its "of" names who suffers it.
    SUFFERED = 7, "suffered";
    /// "say": its subject only speaks.
    REPORT = 8, "report";
    /// "make": its object is made something.
    COMPLEMENT = 9, "complement";
    /// "accuse": its object is the culprit.
    BLAME = 10, "blame";
    /// "foresight": only a person has it.
    PERSONAL = 11, "personal";
    /// "my country".
    HOME = 12, "self.home";
    /// "our people": with "of", who "we" are.
    DELEGATION = 13, "self.delegation";
    /// "on behalf": the same without "my".
    BEHALF = 14, "self.behalf";
    /// "we", "our".
    FIRST = 15, "pronoun.first";
    /// "he", "her".
    HE = 16, "pronoun.he";
    /// "it", "its".
    IT = 17, "pronoun.it";
    /// "they", "their".
    THEY = 18, "pronoun.they";
    /// "itself".
    REFLEXIVE = 19, "pronoun.reflexive";
    /// "and".
    JOINER = 20, "joiner";
    /// "in": before a person it is no place of theirs.
    PLACE = 21, "preposition.place";
    /// "of": what follows belongs to what stands before.
    BELONGS = 22, "preposition.belongs";
    /// "of".
    OF = 23, "preposition.of";
    /// "by".
    BY = 24, "preposition.by";
    /// "for".
    FOR = 25, "preposition.for";
    /// "as".
    AS = 26, "preposition.as";
    /// "between".
    BETWEEN = 27, "preposition.between";
    /// "suffer": its subject is no culprit of its object.
    UNDERGO = 28, "undergo";
    /// "this": goes on with what was said.
    DEMONSTRATIVE = 29, "demonstrative";
    /// "Bank": with "of", a name of its own.
    BODY = 30, "body";
}

impl Kinds {
    /// Any noun that stands for one actor.
    pub const ANAPHOR: Self = Self(Self::COUNTRY.0 | Self::PERSON.0 | Self::GROUP.0 | Self::REGION.0);
    /// Any pronoun.
    pub const PRONOUN: Self = Self(Self::FIRST.0 | Self::HE.0 | Self::IT.0 | Self::THEY.0);

    /// Whether it has one of these.
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Kinds {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The lists of a language.
#[derive(Debug)]
pub(super) struct Lists {
    words: WordList<Kinds>,
    /// Endings of adjectives of origin.
    demonyms: Vec<Box<str>>,
}

static ENGLISH: LazyLock<Result<Lists>> = LazyLock::new(Lists::english);

impl Lists {
    /// The lists of the language pack; none for a language without one.
    pub fn load(language: &Language) -> Result<Option<&'static Self>> {
        language.pack(&ENGLISH)
    }

    fn english() -> Result<Self> {
        let (pack, language) = (Lexicon::bundled("en-targets")?, Language::load("en")?);
        let mut words: FxHashMap<Box<str>, Kinds> = FxHashMap::default();
        let mut demonyms = Vec::new();
        for (path, frame) in pack.counted_frames() {
            if path == "demonym" {
                demonyms.extend(frame.entries.iter().map(|e| e.expression.as_written().trim_start_matches('*').into()));
                continue;
            }
            let kind = FRAMES.iter().find(|f| f.0 == path).map_or(Kinds::default(), |f| f.1);
            for entry in &frame.entries {
                for form in language.forms(entry.expression.as_written()) {
                    let known = words.entry(form.into()).or_default();
                    *known = *known | kind;
                }
            }
        }
        Ok(Self { words: WordList::new(words), demonyms })
    }

    /// What they say of the words of a document.
    pub fn told<'d, 't>(&'static self, document: &'d Document<'t>) -> Telling<'d, 't> {
        Telling { words: document.told(&self.words), demonyms: &self.demonyms }
    }

    /// What leads from words to their kinds.
    pub fn numbers(&self) -> &Numbers {
        self.words.numbers()
    }
}

/// What the lists say of the words of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Telling<'d, 't> {
    words: Told<'d, 't, Kinds>,
    demonyms: &'static [Box<str>],
}

impl Telling<'_, '_> {
    /// What a word tells, without its possessive ending.
    #[inline]
    pub fn of(&self, word: u32) -> Kinds {
        self.words.at_once(word).unwrap_or_else(|| self.of_form(word))
    }

    /// What a word tells that must be read.
    #[inline(never)]
    fn of_form(&self, word: u32) -> Kinds {
        self.words.of(word)
    }

    /// Whether a word has the ending of an adjective of origin: "Norwegian".
    pub fn is_demonym(&self, word: &str) -> bool {
        self.demonyms.iter().any(|end| word.len() > end.len() && word.ends_with(&**end))
    }
}
