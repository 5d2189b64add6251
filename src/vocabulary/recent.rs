//! The words that were read last, with what was found out about them: most words of a text were read shortly before.

use fearless_simd::{Simd, dispatch};

use super::key::Key;
use super::sifted::chunk;
use super::{Joined, Keys, WordId, plain_key, plain_place};
use crate::segment::{BLOCK, Word, places, vectors};

/// Words that were read last, each with its number and what is told of it.
#[derive(Debug)]
pub struct Recent<T> {
    /// Of which vocabulary the numbers are.
    token: Option<u64>,
    pairs: Box<[Pair<T>]>,
    /// How many words of it were read.
    read: usize,
}

/// The last two words with one hash, the very last first; together they are one line of the cache.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Pair<T>([Slot<T>; 2]);

/// A word, its number and what is told of it. The key of an empty one is that of no word.
#[derive(Debug, Clone, Copy, Default)]
struct Slot<T> {
    key: Key,
    told: T,
    id: WordId,
}

/// Pairs for a few sentences, and for more: these still have room in the caches near a core.
const PAIRS: (usize, usize) = (1 << 8, 1 << 12);

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self { token: None, pairs: Box::default(), read: 0 }
    }
}

/// What is looked up of every word of a document.
#[derive(Debug)]
pub struct LookedUp<T> {
    /// Its number.
    pub ids: Vec<WordId>,
    /// What is told of it, wherever it stands.
    pub told: Vec<T>,
    /// For each of the vocabularies that are looked up together the words at which its searches may begin.
    pub keys: Vec<Keys>,
}

impl<T> Default for LookedUp<T> {
    fn default() -> Self {
        Self { ids: Vec::new(), told: Vec::new(), keys: Vec::new() }
    }
}

impl<T: Copy + Default> Recent<T> {
    /// Makes room for so many more words of these vocabularies.
    fn make_room(&mut self, token: u64, words: usize) {
        let known = self.token == Some(token);
        let read = words + if known { self.read } else { 0 };
        let pairs = if read <= PAIRS.0 { PAIRS.0 } else { PAIRS.1 };
        if !known || self.pairs.len() < pairs {
            (self.token, self.pairs) = (Some(token), vec![Pair::default(); pairs].into());
        }
        self.read = read;
    }

    #[inline]
    fn place(&self, key: Key) -> usize {
        (key.hash() >> (u64::BITS - self.pairs.len().ilog2())) as usize
    }

    /// What is known of a word that may have come since a block was begun, or else what is found out now.
    fn known_or(&mut self, key: Key, find: impl FnOnce() -> (WordId, T)) -> (WordId, T) {
        let place = self.place(key);
        let Pair(pair) = &mut self.pairs[place];
        if !pair[0].key.is(key) {
            let (id, told) = find();
            *pair = [Slot { key, told, id }, pair[0]];
        }
        (pair[0].id, pair[0].told)
    }

    /// Takes over what is known of a block of words; gives the places of the others, as bits.
    #[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
    #[inline(always)]
    fn recall<S: Simd>(&self, simd: S, text: &str, words: &[Word], ids: &mut [WordId], told: &mut [T]) -> u64 {
        let mut others = 0;
        for (at, ((word, id), told)) in words.iter().zip(ids).zip(told).enumerate() {
            let (start, length) = plain_place(*word);
            let chunk = chunk(text, start).unwrap_or(&[0; Key::LONGEST]);
            let key = Key::of_vector(Key::vector_of_ascii(simd, chunk, length));
            let [last, one_before] = &self.pairs[self.place(key)].0;
            let (is_last, is_before) = (last.key.is(key), one_before.key.is(key));
            let slot = if is_before { one_before } else { last };
            (*id, *told) = (slot.id, slot.told);
            others |= u64::from(!(is_last | is_before)) << at;
        }
        others
    }
}

impl Joined {
    /// What is looked up of the words of a text, into buffers that are cleared first; `tell` is asked for what is told of a word of the text with a number.
    pub fn look_up<T: Copy + Default>(
        &self,
        text: &str,
        words: &[Word],
        tell: impl Fn(&str, Word, WordId) -> T,
        recent: &mut Recent<T>,
        form: &mut String,
        out: &mut LookedUp<T>,
    ) {
        recent.make_room(self.all.token, words.len());
        out.ids.clear();
        out.ids.resize(words.len(), WordId::UNKNOWN);
        out.told.clear();
        out.told.resize(words.len(), T::default());
        for ((words, ids), told) in words.chunks(BLOCK).zip(out.ids.chunks_mut(BLOCK)).zip(out.told.chunks_mut(BLOCK)) {
            let others = dispatch!(vectors(), simd => recent.recall(simd, text, words, ids, told));
            for at in places(others) {
                let word = words[at];
                let mut find = || {
                    let id = self.all.number(text, &word, form);
                    (id, tell(text, word, id))
                };
                (ids[at], told[at]) = match plain_key(text, &word) {
                    Some((key, _)) => recent.known_or(key, find),
                    None => find(),
                };
            }
        }
        self.keys_of(&out.ids, &mut out.keys);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::words;
    use crate::vocabulary::Vocabulary;
    use proptest::prelude::*;

    const WORD: &str = "[a-c]{1,4}|[a-d]{1,3}|[A-C][a-c]{1,3}|[ab]{15,18}|[a-c]{1,2}['’]s|é[ab]|_a";

    fn joined(known: &[(String, bool)]) -> Joined {
        Joined::new(&[(&Vocabulary::of(known), &|_| [true, false])], &[], |_| 0)
    }

    proptest! {
        #[test]
        fn what_was_read_shortly_before_is_as_if_it_were_read_anew(
            known in prop::collection::vec((WORD, any::<bool>()), 1..30),
            others in prop::collection::vec((WORD, any::<bool>()), 1..30),
            texts in prop::collection::vec(prop::collection::vec(WORD, 0..400), 1..6),
        ) {
            let vocabularies = [joined(&known), joined(&others)];
            let (mut recent, mut form, mut out) = (Recent::default(), String::new(), LookedUp::default());
            for (i, text) in texts.iter().map(|text| text.join(" ")).enumerate() {
                // The last text has another vocabulary.
                let vocabulary = &vocabularies[usize::from(i + 1 == texts.len())];
                let words = words(&text);
                let tell = |_: &str, word: Word, id: WordId| (word.stem == word.end, word.end - word.start, id);
                vocabulary.look_up(&text, &words, tell, &mut recent, &mut form, &mut out);
                for (at, word) in words.iter().enumerate() {
                    let id = vocabulary.all.number(&text, word, &mut form);
                    prop_assert_eq!((out.ids[at], out.told[at]), (id, tell(&text, *word, id)), "{}", word.span().of(&text));
                }
            }
        }
    }
}
