//! The numbers of the words of a document: known beforehand, or worked out when they are asked for.

use std::cell::Cell;
use std::ops::Range;

use super::key::Letters;
use super::{Part, Vocabulary, WordId};
use crate::segment::{Word, places};

/// The numbers that a vocabulary gives the words of a document.
#[derive(Debug, Clone, Copy)]
pub enum Numbered<'n> {
    /// Of some words, one after another; `first` is the word the first belongs to.
    Own { ids: &'n [WordId], first: u32 },
    /// The same, but what stands there leads to the numbers.
    Part { ids: &'n [WordId], part: Part<'n>, first: u32 },
    /// Of all words, each worked out when it is first asked for.
    Asked(Asked<'n>),
}

/// Numbers that are worked out when they are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'n> {
    /// The vocabulary.
    pub vocabulary: &'n Vocabulary,
    /// The text.
    pub text: &'n str,
    /// Its words.
    pub words: &'n [Word],
    /// The first letters of each.
    pub letters: &'n [Letters],
    /// The words at which a search for what the vocabulary was made for may begin.
    pub keys: &'n [u32],
    /// What was asked last.
    pub memo: &'n Memo,
}

/// The numbers of the words that were asked last: one place is asked for many entries.
#[derive(Debug)]
pub struct Memo {
    words: [Cell<(u32, WordId)>; 8],
    /// Of words that must be read: of what stands between two bytes.
    forms: [Cell<((u32, u32), WordId)>; 4],
}

impl Default for Memo {
    fn default() -> Self {
        Self {
            words: [const { Cell::new((u32::MAX, WordId::UNKNOWN)) }; 8],
            forms: [const { Cell::new(((u32::MAX, u32::MAX), WordId::UNKNOWN)) }; 4],
        }
    }
}

impl Asked<'_> {
    /// The number of a word, if there is such a word.
    #[allow(clippy::inline_always)] // asked of every key
    #[inline(always)]
    #[must_use]
    pub fn get(&self, word: u32) -> Option<WordId> {
        Some(self.vocabulary.number(self.text, self.words.get(word as usize)?, &mut String::new()))
    }

    /// The same, where it is seldom asked, or again and again.
    #[inline(never)]
    #[must_use]
    pub fn get_apart(&self, word: u32) -> Option<WordId> {
        let known = &self.memo.words[word as usize % 8];
        if known.get().0 != word {
            known.set((word, self.get(word)?));
        }
        Some(known.get().1)
    }

    /// As [`Vocabulary::id`], of a word that is asked for many entries.
    pub fn id(&self, start: u32, end: u32, form: &mut String) -> WordId {
        // A whole ends two or four bytes after its stem.
        let known = &self.memo.forms[(end / 2) as usize % 4];
        if known.get().0 != (start, end) {
            known.set(((start, end), self.vocabulary.id(self.text, start, end, form)));
        }
        known.get().1
    }

    /// The first letters of a word, if there is such a word.
    #[inline]
    #[must_use]
    pub fn letters(&self, word: u32) -> Option<Letters> {
        self.letters.get(word as usize).copied()
    }

    /// The bit of the word's number, if there is such a word: that of words that must be read, where its first letters do not tell.
    #[inline]
    fn bit(&self, word: u32) -> Option<u64> {
        let letters = self.letters(word)?;
        Some(if letters.are_any() { WordId::SEVERAL.bit() } else { 1 << letters.bit() })
    }
}

impl Numbered<'_> {
    /// The number of a word, if it is among them.
    #[inline]
    #[must_use]
    pub fn get(&self, word: u32) -> Option<WordId> {
        match self {
            Self::Own { ids, first } => ids.get(word.wrapping_sub(*first) as usize).copied(),
            Self::Part { ids, part, first } => ids.get(word.wrapping_sub(*first) as usize).map(|id| part.numbers[id.index()]),
            Self::Asked(asked) => asked.get_apart(word),
        }
    }

    /// The same, if it may have one of these bits.
    #[inline]
    #[must_use]
    pub fn get_if(&self, word: u32, bits: u64) -> Option<WordId> {
        match self {
            Self::Asked(asked) if asked.bit(word)? & bits == 0 => None,
            _ => self.get(word),
        }
    }

    /// The bit of the number of a word, if it is among them; what only a word with a number has, an unknown one may have too.
    #[inline]
    #[must_use]
    pub fn bit(&self, word: u32) -> Option<u64> {
        if let Self::Asked(asked) = self { asked.bit(word) } else { Some(self.get(word)?.bit()) }
    }

    /// Those of these words that a search for what the vocabulary was made for may begin at, with their numbers.
    #[inline]
    pub fn each_key(&self, words: Range<u32>, mut take: impl FnMut(u32, WordId)) {
        match self {
            Self::Own { ids, first } => {
                let index = |word: u32| (word.saturating_sub(*first) as usize).min(ids.len());
                for (at, id) in (words.start.max(*first)..).zip(&ids[index(words.start)..index(words.end.max(words.start))]) {
                    take(at, *id);
                }
            }
            Self::Part { ids, part: Part { numbers, keys }, first } => each_in(&keys[0], &words, |at| {
                if let Some(id) = ids.get(at.wrapping_sub(*first) as usize) {
                    take(at, numbers[id.index()]);
                }
            }),
            Self::Asked(asked) => {
                for at in within(asked.keys, &words) {
                    if let Some(id) = asked.get(*at) {
                        take(*at, id);
                    }
                }
            }
        }
    }

    /// The same for what is asked for beside it, at words with one of these bits.
    #[inline]
    pub fn each_key_beside(&self, words: Range<u32>, bits: u64, mut take: impl FnMut(u32, WordId)) {
        let Self::Part { ids, part: Part { numbers, keys }, first } = self else {
            for at in words.filter(|at| self.bit(*at).is_some_and(|bit| bits & bit != 0)) {
                self.get(at).into_iter().for_each(|id| take(at, id));
            }
            return;
        };
        each_in(&keys[1], &words, |at| {
            let number = ids.get(at.wrapping_sub(*first) as usize).map(|id| numbers[id.index()]);
            if let Some(number) = number.filter(|number| bits & number.bit() != 0) {
                take(at, number);
            }
        });
    }
}

/// Takes those of some words that are in a set, which has a bit for each word.
#[inline]
fn each_in(set: &[u64], words: &Range<u32>, mut take: impl FnMut(u32)) {
    for at in words.start / 64..words.end.div_ceil(64) {
        let past = |word: u32| word.checked_sub(64 * at).map_or(u64::MAX, |past| u64::MAX.checked_shl(past).unwrap_or_default());
        let bits = set.get(at as usize).copied().unwrap_or_default() & past(words.start) & !past(words.end);
        places(bits).for_each(|place| take(64 * at + place as u32));
    }
}

/// Those of some words, in order, that stand in a range.
fn within<'k>(keys: &'k [u32], words: &Range<u32>) -> &'k [u32] {
    let (from, to) = (keys.partition_point(|at| *at < words.start), keys.partition_point(|at| *at < words.end));
    &keys[from..to.max(from)]
}
