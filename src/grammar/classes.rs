//! Word classes, from the lists of the language pack and the endings of words.

use std::ops::{BitOr, Range};
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::document::Document;
use crate::error::Result;
use crate::fold::{Case, fold};
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::segment::Word;
use crate::vocabulary::{Joined, Numbers, WordId, WordList};

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
    /// A comma stands before it.
    AFTER_COMMA = 33;
    /// One blank, and nothing else, stands before it.
    SPACED = 34;
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

    /// Those of these that are among the others.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether nothing is known of the word but what stands before it.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.without(Self::AFTER_COMMA | Self::SPACED) == Self::default()
    }

    /// These, less the others.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// These, and the others if that is so.
    const fn with(self, so: bool, other: Self) -> Self {
        Self(self.0 | if so { other.0 } else { 0 })
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
            let negative = word.ends_with("n't");
            *classes = classes.with(negative, Classes::NEGATIVE).with(has_digit(word.as_bytes()), Classes::NUMBER);
        }
        Ok(Self { words: WordList::new(words.into_iter().map(|(word, classes)| (word, Some(classes)))) })
    }

    /// What leads from words to their classes.
    pub(crate) fn numbers(&self) -> &Numbers {
        self.words.numbers()
    }

    /// The classes of every word of a document, into a buffer that is cleared first.
    pub fn classes_into(&self, document: &Document<'_>, out: &mut Vec<Classes>) {
        out.clear();
        out.extend(document.words.iter().map(|word| self.of_word(document.text, *word, None)));
        add_by_place(document, out);
    }

    /// What tells the classes of words, wherever they stand, by their numbers.
    pub(crate) fn of_numbers<'j>(&'j self, joined: &'j Joined) -> impl Fn(&str, Word, WordId) -> Classes + 'j {
        let places = joined.list(self.words.numbers());
        move |text, word, id| {
            let told = places.filter(|_| id != WordId::SEVERAL).map(|places| self.words.at(places[id.index()]));
            self.of_word(text, word, told)
        }
    }

    /// The classes of a word, wherever it stands, given what the list tells of it, if that is known.
    #[allow(clippy::option_option)] // nothing is known of what the list tells, or it tells nothing
    fn of_word(&self, text: &str, word: Word, told: Option<Option<Classes>>) -> Classes {
        if let Some(Some(known)) = told {
            return known;
        }
        let Word { start, end, stem } = word;
        let classes = match digits(text.as_bytes(), start as usize..end as usize).filter(|_| told.is_some()) {
            Some(digit) => by_ending(&text.as_bytes()[start as usize..stem as usize]).with(digit, Classes::NUMBER),
            None => self.of_form(word.span().of(text), &text[start as usize..stem as usize]),
        };
        classes.with((stem < end) & !classes.any(Classes::AUXILIARY), Classes::GENITIVE)
    }

    /// The classes of a word that must be read: of the whole if it is known, else of the stem.
    #[inline(never)]
    fn of_form(&self, whole: &str, stem: &str) -> Classes {
        let known = |word: &str| self.words.of(&fold(word, Case::Folded));
        let classes = known(whole).or_else(|| known(stem)).unwrap_or_else(|| by_ending(fold(stem, Case::Folded).as_bytes()));
        classes.with(has_digit(whole.as_bytes()), Classes::NUMBER)
    }
}

/// Adds to the classes of the words of a document what is told by where they stand.
pub(crate) fn add_by_place(document: &Document<'_>, classes: &mut [Classes]) {
    let text = document.text.as_bytes();
    let mut end = 0;
    let mut modals: SmallVec<[usize; 4]> = SmallVec::new();
    for (i, (word, classes)) in document.words.iter().zip(&mut *classes).enumerate() {
        let start = word.start as usize;
        let blank = text[end] == b' ';
        let before = if start == end + 1 && blank { Classes::SPACED } else { after_marks(&text[end..start]) };
        end = word.end as usize;
        let large = if text[start].is_ascii() { text[start].is_ascii_uppercase() } else { is_large(document.word(i as u32)) };
        *classes = (*classes | before).with(large, Classes::CAPITAL);
        if classes.all(Classes::MODAL | Classes::CAPITAL) {
            modals.push(i);
        }
    }
    for sentence in 0..document.sentences().len() {
        if let Some(first) = classes.get_mut(document.words_of(sentence).start as usize) {
            first.add(Classes::FIRST_WORD);
        }
    }
    for i in modals {
        let next = classes.get(i + 1).copied().unwrap_or_default();
        classes[i] = month_or_modal(classes[i], next);
    }
}

/// "May said", "May is": a name, also at the start of a sentence; "in May": a month. The classes of a modal with a capital, given those of the next word.
fn month_or_modal(modal: Classes, next: Classes) -> Classes {
    let month_or_name = !modal.any(Classes::FIRST_WORD);
    let finite = next.any(Classes::AUXILIARY) || next.any(Classes::VERB) && next.any(Classes::PAST | Classes::THIRD);
    let shape = modal.and(Classes::AFTER_COMMA | Classes::SPACED) | Classes::CAPITAL;
    if month_or_name && (!next.any(Classes::CAPITAL) || next.any(Classes::NUMBER)) {
        return shape;
    }
    match finite && !next.any(Classes::BASE) {
        true if month_or_name => shape,
        true => shape | Classes::FIRST_WORD,
        false => modal,
    }
}

fn has_digit(letters: &[u8]) -> bool {
    letters.iter().any(u8::is_ascii_digit)
}

/// What stands before a word that more than one blank parts from the word before it.
fn after_marks(gap: &[u8]) -> Classes {
    Classes::default().with(gap.contains(&b','), Classes::AFTER_COMMA)
}

#[cold]
fn is_large(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether there is a digit in a word of a text, if all of it is ASCII.
#[inline]
fn digits(text: &[u8], word: Range<usize>) -> Option<bool> {
    let (head, tail) = (text[word.start..].first_chunk(), text[..word.end].last_chunk());
    let (Some(head), Some(tail), 1..=16) = (head, tail, word.len()) else {
        let letters = &text[word];
        return letters.is_ascii().then(|| has_digit(letters));
    };
    // The first eight bytes and the last eight, both without what is not of the word.
    let other = 8 * 8_usize.saturating_sub(word.len());
    let (head, tail) = (u64::from_le_bytes(*head) << other, u64::from_le_bytes(*tail) >> other);
    ((head | tail) & (0x80 * EACH) == 0).then_some(digits_in(head) | digits_in(tail) != 0)
}

/// One in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;

/// Which of eight ASCII bytes are digits: the highest bit of each.
#[inline]
fn digits_in(eight: u64) -> u64 {
    let from_zero = eight ^ (0x30 * EACH);
    !from_zero.wrapping_add(0x76 * EACH) & (0x80 * EACH)
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
    let Some(&[_, _, a, b, c]) = letters.last_chunk() else { return Classes::default() };
    let (third, last) = (a | 0x20, u16::from_le_bytes([b, c]) | 0x2020);
    let [ly, ng, ed] = [b"ly", b"ng", b"ed"].map(|two| last == u16::from_le_bytes(*two));
    Classes::default()
        .with(ly, Classes::ADVERB)
        .with(ng && third == b'i', Classes::VERB_OR_NOUN | Classes::ING)
        .with(ed && third != b'e', Classes::VERB_OR_NOUN | Classes::PAST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn digits_are_seen_in_any_word(word in "[a-zA-Z0-9_/:'\u{0}-\u{1F}]{1,20}|[a-z0-9é]{1,20}", after in "[ 7é]{0,16}") {
            let naive = word.is_ascii().then(|| word.bytes().any(|b| b.is_ascii_digit()));
            let text = format!("a{word}{after}");
            prop_assert_eq!(digits(text.as_bytes(), 1..word.len() + 1), naive);
        }
    }
}
