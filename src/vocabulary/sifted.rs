//! The words of a text that passed a filter: looked up by where they begin, before any word is written out.

use fearless_simd::{Level, Simd, dispatch};

use super::key::{Key, Letters};
use super::{Kept, Vocabulary, WordId};
use crate::segment::{Borders, Word, each_place};

/// A text with the borders of its words.
#[derive(Debug, Clone, Copy)]
pub struct Sifted<'s> {
    /// The vocabulary.
    pub vocabulary: &'s Vocabulary,
    /// The text.
    pub text: &'s str,
    /// The borders of its words.
    pub borders: &'s Borders,
}

/// A word of a text, and its number.
#[derive(Debug, Clone, Copy)]
pub struct KeyWord {
    /// Where it begins.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// Its number.
    pub id: WordId,
}

/// The words of a text that were kept, with their numbers.
#[derive(Debug, Clone, Copy)]
pub struct KeyWords<'k> {
    kept: &'k [Kept],
    /// The number of each.
    pub ids: &'k [WordId],
}

impl KeyWords<'_> {
    /// One of them.
    #[inline]
    #[must_use]
    pub fn get(&self, at: usize) -> KeyWord {
        let Kept { start, length } = self.kept[at];
        KeyWord { start, end: start + length, id: self.ids[at] }
    }
}

impl Sifted<'_> {
    /// Numbers the words that were kept, into buffers that keep their size. Those whose letters are no word of the vocabulary are looked at in the end: in the
    /// loop that would make it slower for all.
    pub fn number_kept<'k>(&self, kept: &'k mut [Kept], ids: &'k mut Vec<WordId>, apart: &mut Vec<u8>) -> KeyWords<'k> {
        if ids.len() < kept.len() {
            ids.resize(kept.len(), WordId::UNKNOWN);
        }
        if apart.len() < kept.len() {
            apart.resize(kept.len(), 0);
        }
        let (ids, apart) = (&mut ids[..kept.len()], &mut apart[..kept.len()]);
        dispatch!(Level::new(), simd => self.place_in(simd, kept, ids, apart));
        each_place(apart, [1], |at| {
            let key = &mut kept[at];
            ids[at] = self.number_apart(*key);
            // Of some words the length was not known.
            key.length = if ids[at] == WordId::UNKNOWN { 0 } else { self.borders.end(key.start) - key.start };
        });
        KeyWords { kept, ids }
    }

    /// Numbers those whose letters are a word of the vocabulary, and marks the others.
    #[allow(clippy::inline_always)] // only inlined code is compiled for what the machine can do
    #[inline(always)]
    fn place_in<S: Simd>(&self, _: S, kept: &[Kept], ids: &mut [WordId], apart: &mut [u8]) {
        let words = &self.vocabulary.words;
        for ((key, id), apart) in kept.iter().zip(ids).zip(apart) {
            let place = |chunk| words.placed(Key::of_ascii(chunk, key.length));
            let (number, is_known) = chunk(self.text, key.start).map_or((WordId::UNKNOWN, false), place);
            // Nobody could foretell whether it is known: the number of another word is corrected later.
            (*id, *apart) = (number, u8::from(!is_known));
        }
    }

    /// The number of a word whose letters have no place.
    #[inline]
    fn number_apart(&self, Kept { start, length }: Kept) -> WordId {
        match chunk(self.text, start) {
            Some(chunk) if (1..=Key::LONGEST as u32).contains(&length) => {
                let key = Key::of_ascii(chunk, length);
                let id = self.vocabulary.words.left(key);
                if id == WordId::UNKNOWN { self.vocabulary.of_beginning(key, length as usize) } else { id }
            }
            _ => self.number(start),
        }
    }

    /// The number of the word that begins at a byte.
    #[inline(never)]
    #[must_use]
    pub fn number(&self, start: u32) -> WordId {
        self.vocabulary.number(self.text, &self.borders.word(start), &mut String::new())
    }

    /// Writes all words out, with their first letters.
    pub fn write(&self, words: &mut [Word], letters: &mut [Letters]) {
        self.borders.tell(|at, word, plain| {
            words[at] = word;
            letters[at] = self.letters_of(word, plain);
        });
    }

    /// The same of the words that begin at some bytes, and of so many words before and after each.
    pub fn write_around(&self, sought: &[KeyWord], reach: usize, words: &mut [Word], letters: &mut [Letters]) {
        let mut written = 0;
        for word in sought {
            for start in self.borders.around(word.start, reach) {
                if start < written {
                    continue;
                }
                let (at, word) = (self.borders.index(start) as usize, self.borders.word(start));
                words[at] = word;
                letters[at] = self.letters_of(word, false);
                written = start + 1;
            }
        }
    }

    /// `plain`: whether the word is certain to be plain ASCII.
    #[inline]
    fn letters_of(&self, word: Word, plain: bool) -> Letters {
        let (text, start, length) = (self.text.as_bytes(), word.start as usize, (word.end - word.start) as usize);
        let plain = plain || word.stem == word.end && text[start..start + length].is_ascii();
        if plain { Letters::of(text, start, length) } else { Letters::ANY }
    }
}

/// The bytes of a key from one on, if there are so many.
#[inline]
fn chunk(text: &str, start: u32) -> Option<&[u8; Key::LONGEST]> {
    let start = start as usize;
    text.as_bytes().get(start..start + Key::LONGEST).and_then(|chunk| chunk.try_into().ok())
}
