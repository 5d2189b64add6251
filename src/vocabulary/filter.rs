//! What keeps most words of a text from being looked up: their first letters, and how long they are.

use fearless_simd::{Simd, dispatch};

use super::key::{Heads, Letters, four};
use super::{Form, Kind, Vocabulary, WordId};
use crate::segment::{BLOCK, Bits, Borders, Word, take_lowest, vectors};

/// The first letters of words, and how long the words are that begin with them; never wrong when it says no.
#[derive(Debug)]
pub struct Filter {
    /// By the first four letters, as bits: how long words that begin with them may be.
    lengths: Box<[u32; 1 << BITS]>,
    /// How far the hash of four letters is shifted to the right: where there are few words, only the first of these places are used.
    shift: u32,
    /// By the first two: whether all words pass that begin with them; none where there are no such.
    two: Option<Box<[bool; 1 << 10]>>,
    /// Whether words of less than four letters may pass.
    any_short: bool,
}

/// Where a word begins that passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    /// Its first byte.
    pub start: u32,
    /// How many bytes of ASCII it has, if that is more than none and less than [`LONGEST`]; else the borders tell. No more than that.
    pub length: u32,
}

/// So many places at the most, as bits: all of them are in the cache nearest to a core.
const BITS: u32 = 13;
/// So many places for each word, where that is fewer.
const SPARSE: usize = 8;

/// Words of so many letters, and longer ones, are not told apart by their length.
const LONGEST: usize = 31;

impl Vocabulary {
    /// What lets those of its words pass that are wanted.
    #[allow(clippy::large_stack_arrays)] // once a lexicon
    pub fn filter(&self, wanted: impl Fn(WordId) -> bool) -> Filter {
        let forms: Vec<_> = self.forms.iter().filter(|form| form.letters.is_ascii() && wanted(form.id)).collect();
        let bits = (forms.len() * SPARSE).next_power_of_two().ilog2().clamp(1, BITS);
        let mut filter = Filter { lengths: Box::new([0; 1 << BITS]), shift: u32::BITS - bits, two: None, any_short: false };
        for Form { letters, kind, .. } in forms {
            match kind {
                Kind::Word => filter.add_word(letters),
                Kind::Beginning => filter.add_beginning(letters),
            }
        }
        filter
    }
}

impl Filter {
    /// Where the first four letters of a word lead.
    #[inline]
    fn place(&self, letters: Letters) -> usize {
        four(letters.0, self.shift) & ((1 << BITS) - 1)
    }

    /// Lets a folded word of ASCII pass.
    fn add_word(&mut self, word: &str) {
        let place = self.place(Letters::of(word.as_bytes(), 0, word.len()));
        self.lengths[place] |= 1 << word.len().min(LONGEST);
        self.any_short |= word.len() < Letters::COUNT;
    }

    /// Lets all words pass that begin with these folded letters of ASCII.
    fn add_beginning(&mut self, beginning: &str) {
        let first = Letters::of(beginning.as_bytes(), 0, beginning.len());
        if beginning.len() >= Letters::COUNT {
            let place = self.place(first);
            self.lengths[place] |= u32::MAX << beginning.len().min(LONGEST);
            return;
        }
        self.any_short = true;
        let two = self.two.get_or_insert_with(|| Box::new([false; 1 << 10]));
        match beginning.len() {
            0 => two.fill(true),
            1 => (0..32).for_each(|second| two[Heads::two(first.0) & !31 | second] = true),
            _ => two[Heads::two(first.0)] = true,
        }
    }

    /// Keeps those that pass of the words that begin in a block, after so many that are kept; says how many are kept then. `ends` are those of the block, and of
    /// the next. `LONG`: they have four letters or more.
    #[allow(clippy::inline_always)] // as below
    #[inline(always)]
    fn keep<const LONG: bool>(
        &self,
        mut starts: u64,
        ends: (u64, u64),
        at: u32,
        window: &[u8; WINDOW],
        keys: &mut [Kept],
        mut kept: usize,
    ) -> usize {
        let next = ends.1 << 1;
        while starts != 0 {
            let start = take_lowest(&mut starts) & (BLOCK - 1);
            let ahead = ends.0 >> start | next << (BLOCK - 1 - start) | 1 << LONGEST;
            let length = ahead.trailing_zeros();
            keys[kept] = Kept { start: at + start as u32, length };
            let own = if LONG { u32::MAX } else { Letters::OWN[(length as usize).min(Letters::COUNT)] };
            let letters = Letters::new([window[start], window[start + 1], window[start + 2], window[start + 3]], own);
            let mut passes = self.lengths[self.place(letters)] >> length & 1;
            if !LONG {
                passes |= u32::from(self.two.as_ref().is_some_and(|two| two[Heads::two(letters.0)]));
            }
            kept += passes as usize;
        }
        kept
    }

    /// Whether a word of ASCII may be of those that pass, told by its first letters and its length.
    #[inline]
    fn passes(&self, letters: Letters, length: u32) -> bool {
        self.lengths[self.place(letters)] >> length.min(LONGEST as u32) & 1 != 0
            || self.two.as_ref().is_some_and(|two| two[Heads::two(letters.0)])
    }

    /// Numbers the words of a text, and finds where those begin that may be of those that pass. Words beyond ASCII always may pass.
    /// Says how many words there are, and how many keys; after those the keys mean nothing.
    pub fn sift(&self, text: &str, borders: &mut Borders, keys: &mut Vec<Kept>) -> (usize, usize) {
        // A word and what parts it from the next have two bytes at least; and there is room for those of a whole block.
        let room = text.len() / 2 + 2 * BLOCK;
        if keys.len() < room {
            keys.resize(room, Kept { start: 0, length: 0 });
        }
        let text = text.as_bytes();
        if self.any_short {
            dispatch!(vectors(), simd => sift_in::<_, false>(simd, self, text, borders, keys))
        } else {
            dispatch!(vectors(), simd => sift_in::<_, true>(simd, self, text, borders, keys))
        }
    }

    /// Whether a word that is set apart may be of those that pass.
    fn passes_apart(&self, word: Word, text: &[u8]) -> bool {
        let (stem, whole) = (word.stem - word.start, word.end - word.start);
        let form = &text[word.start as usize..word.end as usize];
        // A stem of four letters or more and its whole begin alike; an apostrophe and an s are two letters, whatever they are written with.
        let plain = form[..stem as usize].is_ascii() && (stem == whole || stem as usize >= Letters::COUNT);
        let letters = Letters::of(form, 0, stem as usize);
        !plain || self.passes(letters, stem) || stem < whole && self.passes(letters, stem + 2)
    }
}

/// So many bytes from the start of a block on hold the first four of each word that begins in it.
const WINDOW: usize = BLOCK + Letters::COUNT;

/// To pass a word over costs no more than to keep it: nobody could foretell which it will be.
#[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
#[inline(always)]
fn sift_in<S: Simd, const LONG: bool>(
    _: S,
    filter: &Filter,
    text: &[u8],
    borders: &mut Borders,
    keys: &mut [Kept],
) -> (usize, usize) {
    let count = borders.number();
    let (mut kept, mut last) = (0, [0; WINDOW]);
    for (i, (Bits { starts, ends, others, .. }, next)) in borders.blocks().enumerate() {
        let at = i * BLOCK;
        let window = text[at..].first_chunk().unwrap_or_else(|| {
            last = [0; WINDOW];
            last[..text.len() - at].copy_from_slice(&text[at..]);
            &last
        });
        // Of a short word at the end of the block no filter of long ones knows the length.
        let short = if LONG { ends >> 1 | ends >> 2 | ends >> 3 } else { 0 };
        let first = kept;
        kept = filter.keep::<LONG>(starts & !others & !short, (ends, next), at as u32, window, keys, kept);
        if others != 0 {
            kept = keep_apart(filter, text, borders, i, keys, kept);
            keys[first..kept].sort_unstable();
        }
    }
    (count as usize, kept)
}

/// Keeps those that pass of the words set apart that begin in a block; says how many are kept then.
#[cold]
fn keep_apart(filter: &Filter, text: &[u8], borders: &Borders, block: usize, keys: &mut [Kept], mut kept: usize) -> usize {
    for start in borders.others(block) {
        keys[kept] = Kept { start, length: 0 };
        kept += usize::from(filter.passes_apart(borders.word(start), text));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::words;
    use crate::vocabulary::Vocabulary;
    use proptest::prelude::*;

    const WORD: &str = "[ab]{1,5}|[a-z7]{1,4}|a{28,34}|é[ab]|[ab]é|(ab){60,70}";

    fn kept<'t>(filter: &Filter, text: &'t str) -> Vec<&'t str> {
        let (mut borders, mut keys) = (Borders::default(), Vec::new());
        borders.read(text, &mut Vec::new());
        let (count, kept) = filter.sift(text, &mut borders, &mut keys);
        assert_eq!(count, words(text).len());
        keys[..kept].iter().map(|key| borders.word(key.start).span().of(text)).collect()
    }

    proptest! {
        #[test]
        fn no_word_is_kept_back(
            known in prop::collection::vec((WORD, any::<bool>()), 0..8),
            words in prop::collection::vec("[abAB]{1,7}|[a-z7]{1,4}|A{27,35}|(AB){55,75}|é[ab]|b's|a_|a:b", 0..40),
        ) {
            let text = words.join(" ");
            let kept = kept(&Vocabulary::of(&known).filter(|_| true), &text);
            for word in &words {
                let small = word.to_lowercase();
                if known.iter().any(|(form, whole)| if *whole { *form == small } else { small.starts_with(form.as_str()) }) {
                    prop_assert!(kept.contains(&word.as_str()), "{} {:?}", word, known);
                }
            }
        }
    }

    #[test]
    fn most_other_words_are_kept_back() {
        let filter = Vocabulary::of(&[("bridge".into(), true), ("balanc".into(), false), ("un".into(), false)]).filter(|_| true);
        let text = "Bridge balancing BALANC unable bridges other a the";
        assert_eq!(kept(&filter, text), ["Bridge", "balancing", "BALANC", "unable"]);
    }
}
