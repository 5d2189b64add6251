//! The words of a text that passed a filter: looked up by where they begin, before any word is written out.

use super::key::{Key, Letters};
use super::{Kept, Vocabulary, WordId};
use crate::segment::{Borders, Word};

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

impl Sifted<'_> {
    /// The words that were kept, with their numbers, but for those of which it is soon said that they have none; into buffers that are cleared
    /// first. Those that are not soon told are gathered, and looked up at the end: in the loop that would make it slower for all.
    pub fn numbers_into(&self, kept: &[Kept], out: &mut Vec<KeyWord>, unread: &mut Vec<u32>) {
        out.clear();
        out.resize(kept.len(), KeyWord { start: 0, end: 0, id: WordId::UNREAD });
        unread.clear();
        unread.resize(kept.len(), 0);
        let (mut count, mut left) = (0, 0);
        for key in kept {
            let id = self.number_soon(*key);
            let (Some(slot), Some(other)) = (out.get_mut(count), unread.get_mut(left)) else { break };
            *slot = KeyWord { start: key.start, end: key.start + key.length, id };
            *other = count as u32;
            left += usize::from(id == WordId::UNREAD);
            count += usize::from(id != WordId::UNKNOWN);
        }
        out.truncate(count);
        for at in &unread[..left] {
            let word = &mut out[*at as usize];
            word.end = self.borders.end(word.start);
            word.id = self.number(word.start);
        }
    }

    #[allow(clippy::inline_always)] // asked of every key
    #[inline(always)]
    fn number_soon(&self, Kept { start, length }: Kept) -> WordId {
        let chunk = self.text.as_bytes().get(start as usize..).and_then(<[u8]>::first_chunk);
        let Some(key) = chunk.and_then(|chunk| Key::of_ascii(chunk, length as usize)) else { return WordId::UNREAD };
        self.vocabulary.of_key_soon(key, length as usize)
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
