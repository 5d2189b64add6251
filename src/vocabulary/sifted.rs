//! The words of a text that passed a filter: looked up by where they begin, before any word is written out.

use super::key::{Key, Letters};
use super::{Vocabulary, WordId};
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
    /// [`WordId::UNREAD`] where it is not looked up yet.
    pub id: WordId,
}

impl Sifted<'_> {
    /// The words that begin at these bytes, but for those of which it is soon said that they have no number, into a buffer that is cleared
    /// first. With them come the numbers that are soon said, or [`WordId::UNREAD`]: to look up the others here would make the loop slower for all.
    pub fn numbers_into(&self, starts: &[u32], out: &mut Vec<KeyWord>) {
        out.clear();
        out.resize(starts.len(), KeyWord { start: 0, end: 0, id: WordId::UNREAD });
        let mut count = 0;
        for start in starts {
            let end = self.borders.end(*start);
            let id = self.number_soon(*start, end);
            let Some(slot) = out.get_mut(count) else { break };
            *slot = KeyWord { start: *start, end, id };
            count += usize::from(id != WordId::UNKNOWN);
        }
        out.truncate(count);
    }

    #[allow(clippy::inline_always)] // asked of every key
    #[inline(always)]
    fn number_soon(&self, start: u32, end: u32) -> WordId {
        let length = (end - start) as usize;
        let chunk = self.text.as_bytes().get(start as usize..).and_then(<[u8]>::first_chunk);
        let Some((key, _)) = chunk.and_then(|chunk| Key::new(chunk, length)) else { return WordId::UNREAD };
        if self.borders.is_other(start) {
            return WordId::UNREAD;
        }
        self.vocabulary.of_key_soon(key, length)
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
