//! The words of a text that passed a filter: looked up by where they begin, before any word is written out.

use std::ops::Index;

use fearless_simd::{Simd, dispatch};

use super::key::{Key, Letters};
use super::table::{Places, Slots, return_with_sized};
use super::{Kept, Vocabulary, WordId};
use crate::segment::{BLOCK, Borders, Word, places, vectors};

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

impl Kept {
    /// Its key, and how many bytes it has, if it is all of ASCII, no longer than a key, and not at the end of the text.
    #[inline]
    pub(super) fn key(self, text: &str) -> Option<(Key, usize)> {
        let chunk = chunk(text, self.start).filter(|_| (1..=Key::LONGEST as u32).contains(&self.length))?;
        Some((Key::of_ascii(chunk, self.length), self.length as usize))
    }
}

impl Sifted<'_> {
    /// Numbers the words that were kept, into a buffer that keeps its size.
    pub fn number_kept<'k>(&self, kept: &'k mut [Kept], ids: &'k mut Vec<WordId>) -> KeyWords<'k> {
        if ids.len() < kept.len() {
            ids.resize(kept.len(), WordId::UNKNOWN);
        }
        let (ids, mut perhaps) = (&mut ids[..kept.len()], [0_u8; BLOCK]);
        for (kept, ids) in kept.chunks_mut(BLOCK).zip(ids.chunks_mut(BLOCK)) {
            let (apart, mut count) = (self.vocabulary.place(self.text, kept, |key| (key.start, key.length), ids), 0);
            // Nobody could foretell which of them may be known all the same: these are gathered first.
            for at in places(apart) {
                ids[at] = WordId::UNKNOWN;
                perhaps[count % BLOCK] = at as u8;
                count +=
                    usize::from(kept[at].key(self.text).is_none_or(|(key, length)| self.vocabulary.may_be_unplaced(key, length)));
            }
            for at in &perhaps[..count] {
                let at = usize::from(*at);
                let key = &mut kept[at];
                ids[at] = match key.key(self.text) {
                    Some((key, length)) => self.vocabulary.of_unplaced(key, length),
                    None => self.number(key.start),
                };
                // Of some words the length was not known.
                key.length = self.borders.end(key.start) - key.start;
            }
        }
        KeyWords { kept, ids }
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

impl Vocabulary {
    /// Numbers those of a block of words, which come in order, whose letters are a word of the vocabulary; gives the places of the others, as bits, which are to be looked at apart: in
    /// the same loop that would make it slower for all. `place` tells where a word begins, and how many bytes of ASCII it has, if that is more than none.
    pub(super) fn place<T: Copy>(&self, text: &str, words: &[T], place: impl Fn(T) -> (u32, u32), ids: &mut [WordId]) -> u64 {
        return_with_sized!(self.words, places => dispatch!(vectors(), simd => place_in(simd, places, text, words, &place, ids)));
    }
}

#[allow(clippy::inline_always)] // only inlined code is compiled for what the machine can do
#[inline(always)]
fn place_in<S: Simd, T: Copy, P, L>(
    simd: S,
    places: Places<'_, P, L>,
    text: &str,
    words: &[T],
    place: &impl Fn(T) -> (u32, u32),
    ids: &mut [WordId],
) -> u64
where
    P: Index<usize, Output = u16> + ?Sized,
    L: Slots + ?Sized,
{
    let (mut apart, mut count) = (0_u64, 0);
    for (word, id) in words.iter().zip(ids) {
        let (start, length) = place(*word);
        // From there on all are at the end of the text.
        let Some(chunk) = chunk(text, start) else { break };
        // Nobody could foretell whether it is known: the number of another word is corrected later.
        let known;
        (*id, known) = places.of_vector(simd, Key::vector_of_ascii(simd, chunk, length));
        apart = apart << 1 | u64::from(!known);
        count += 1;
    }
    // The last one is the lowest bit.
    let apart = apart.reverse_bits().checked_shr(u64::BITS - count).unwrap_or_default();
    let all = u64::MAX.checked_shr(u64::BITS - words.len() as u32).unwrap_or_default();
    apart | all & u64::MAX.checked_shl(count).unwrap_or_default()
}

/// The bytes of a key from one on, if there are so many.
#[inline]
pub(super) fn chunk(text: &str, start: u32) -> Option<&[u8; Key::LONGEST]> {
    let start = start as usize;
    text.as_bytes().get(start..start + Key::LONGEST).and_then(|chunk| chunk.try_into().ok())
}
