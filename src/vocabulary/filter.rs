//! What keeps most words of a text from being looked up: their first letters, and how long they are.

use fearless_simd::{Simd, dispatch};

use super::key::{HashBits, Heads, Key, Letters, four};
use super::{Form, Kind, Vocabulary, WordId};
use crate::segment::{BLOCK, Bits, Borders, Word, places, take_lowest, vectors};

/// The first letters of words, and how long the words are that begin with them; never wrong when it says no.
#[derive(Debug)]
pub struct Filter {
    /// By the first four letters, as bits: how long words that begin with them may be. Of many words: one bit for four letters and a length.
    lengths: Box<[u32]>,
    /// By the first two: whether all words pass that begin with them; none where there are no such.
    two: Option<Box<[bool; 1 << 10]>>,
    /// Whether words of less than four letters may pass.
    any_short: bool,
    /// Where there are many words: those of ASCII that are no longer than a key, by all of their letters.
    whole: Option<HashBits>,
}

/// Where a word begins that passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    /// Its first byte.
    pub start: u32,
    /// How many bytes of ASCII it has, if that is more than none and less than [`LONGEST`]; else the borders tell. No more than that.
    pub length: u32,
}

/// So many places for very few words, for few, and for more: all of them are in the cache nearest to a core, with what else is wanted there.
const SMALL: usize = 1 << 10;
const MIDDLE: usize = 1 << 12;
const NEAR: usize = 1 << 13;
/// So many for many words.
const WIDE: usize = 1 << 15;
/// So many places for each word, where that is fewer.
const SPARSE: usize = 8;

/// From so many words on their first letters tell too little, if not so many of them are expected in a million: else most words of a text pass all the same.
const MANY: usize = 8192;
const FULL: u64 = 100_000;

/// Among many words, those of so many letters and longer ones are not told apart by their length: a beginning would take a bit for each.
const FAR: u32 = 12;

/// So many words are sifted again before it is asked whether that was worth the while.
const SAMPLE: usize = 32;

/// Words of so many letters, and longer ones, are not told apart by their length.
const LONGEST: usize = 31;

impl Vocabulary {
    /// What lets those of its words pass that are wanted. `frequency`: how often a word is expected in a million, if it is a frequent one.
    pub fn filter(&self, wanted: impl Fn(WordId) -> bool, frequency: impl Fn(&str) -> Option<u32>) -> Filter {
        let forms: Vec<_> = self.forms.iter().filter(|form| form.letters.is_ascii() && wanted(form.id)).collect();
        let expected: u64 = forms.iter().filter_map(|form| frequency(&form.letters)).map(u64::from).sum();
        Filter::of(&forms, forms.len() >= MANY && expected < FULL)
    }
}

impl Filter {
    /// `many`: whether more than the first letters and the length are to tell what passes.
    fn of(forms: &[&Form], many: bool) -> Self {
        let near = [SMALL, MIDDLE].into_iter().find(|places| forms.len() * SPARSE <= *places).unwrap_or(NEAR);
        let mut filter = Self {
            lengths: vec![0; if many { WIDE } else { near }].into(),
            two: None,
            any_short: false,
            whole: many.then(|| HashBits::new(forms.len(), 0)),
        };
        for Form { letters, kind, .. } in forms {
            match kind {
                Kind::Word => filter.add_word(letters),
                Kind::Beginning => filter.add_beginning(letters),
            }
        }
        filter
    }

    /// The place and the bit of words with these letters and of this length, among so many places.
    #[allow(clippy::inline_always)] // how many they are is known where it is asked of every word
    #[inline(always)]
    fn spot(places: usize, letters: Letters, length: u32) -> (usize, u32) {
        if places == WIDE {
            let hash = four(letters.0.wrapping_add(length.min(FAR).wrapping_mul(0x2545_F491)), 0);
            (hash >> (u32::BITS - WIDE.ilog2()), (hash >> (u32::BITS - WIDE.ilog2() - 5)) as u32 % u32::BITS)
        } else {
            (four(letters.0, u32::BITS - places.ilog2()), length % u32::BITS)
        }
    }

    /// The same, of the places that there are.
    fn own_spot(&self, letters: Letters, length: usize) -> (usize, u32) {
        Self::spot(self.lengths.len(), letters, length.min(LONGEST) as u32)
    }

    /// Lets a folded word of ASCII pass.
    fn add_word(&mut self, word: &str) {
        let (place, bit) = self.own_spot(Letters::of(word.as_bytes(), 0, word.len()), word.len());
        self.lengths[place] |= 1 << bit;
        self.any_short |= word.len() < Letters::COUNT;
        if let Some(whole) = &mut self.whole {
            whole.add(Key::of(word.as_bytes()).0.hash());
        }
    }

    /// Lets all words pass that begin with these folded letters of ASCII.
    fn add_beginning(&mut self, beginning: &str) {
        let first = Letters::of(beginning.as_bytes(), 0, beginning.len());
        if beginning.len() >= Letters::COUNT {
            for length in beginning.len().min(LONGEST)..=LONGEST {
                let (place, bit) = self.own_spot(first, length);
                self.lengths[place] |= 1 << bit;
            }
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

    /// Whether a word of ASCII may be of those that pass, told by its first letters and its length.
    #[inline]
    fn passes(&self, letters: Letters, length: u32) -> bool {
        let (place, bit) = self.own_spot(letters, length as usize);
        self.lengths[place] >> bit & 1 != 0 || self.two.as_ref().is_some_and(|two| two[Heads::two(letters.0)])
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
        match self.lengths.len() {
            SMALL => self.sift_among::<SMALL>(text, borders, keys),
            MIDDLE => self.sift_among::<MIDDLE>(text, borders, keys),
            NEAR => self.sift_among::<NEAR>(text, borders, keys),
            _ => self.sift_among::<WIDE>(text, borders, keys),
        }
    }

    /// The same, among so many places.
    fn sift_among<const PLACES: usize>(&self, text: &[u8], borders: &mut Borders, keys: &mut [Kept]) -> (usize, usize) {
        let Some(lengths) = self.lengths.first_chunk() else { return (0, 0) };
        let count = dispatch!(vectors(), _ => borders.number());
        let sieve = Sieve::<PLACES> { filter: self, lengths, text, borders };
        let kept = if self.any_short {
            dispatch!(vectors(), simd => sieve.sift::<_, false>(simd, keys))
        } else {
            dispatch!(vectors(), simd => sieve.sift::<_, true>(simd, keys))
        };
        (count as usize, kept as usize)
    }

    /// Keeps those of the words kept that may be of those that pass, told by all of their letters; says how many. It ends where few are passed over: with a
    /// lexicon of words that the text is full of that is not worth the while.
    pub fn sift_again(&self, vocabulary: &Vocabulary, text: &str, keys: &mut [Kept]) -> usize {
        let Some(whole) = &self.whole else { return keys.len() };
        let mut kept = 0;
        for from in (0..keys.len()).step_by(SAMPLE) {
            let to = keys.len().min(from + SAMPLE);
            for at in from..to {
                let may_pass = |(key, length): (Key, usize)| whole.has(key.hash()) | vocabulary.may_be_unplaced(key, length);
                let passes = keys[at].key(text).is_none_or(may_pass);
                keys[kept] = keys[at];
                kept += usize::from(passes);
            }
            if 8 * kept > 5 * to {
                keys.copy_within(to.., kept);
                return kept + keys.len() - to;
            }
        }
        kept
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

/// No more words begin in a block, nor are any kept but for them.
const MOST: usize = BLOCK;
/// So many words of a block are asked one after another, and no loop ends there; few blocks have more that are long.
const USUAL: usize = 6;
/// So many bytes from the start of a block on hold the first four of each word that begins in it; four more, where none begins.
const WINDOW: usize = BLOCK + Letters::COUNT;

/// A block of a text.
#[derive(Clone, Copy)]
struct Part<'w> {
    /// Its first byte.
    at: u32,
    /// The bytes from there on.
    window: &'w [u8; WINDOW],
    /// Where words end in the block after it.
    next: u64,
}

/// A filter of so many places, and a text whose words are asked.
#[derive(Clone, Copy)]
struct Sieve<'s, const PLACES: usize> {
    filter: &'s Filter,
    lengths: &'s [u32; PLACES],
    text: &'s [u8],
    borders: &'s Borders,
}

#[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
impl<const PLACES: usize> Sieve<'_, PLACES> {
    /// Keeps those that pass of the words of the text; says how many. `LONG`: they have four letters or more.
    #[inline(always)]
    fn sift<S: Simd, const LONG: bool>(self, _: S, keys: &mut [Kept]) -> u32 {
        let (mut at, mut kept, mut last) = (0_u32, 0_u32, [0; WINDOW]);
        for (bits, next) in self.borders.blocks() {
            let (from, first) = (at as usize, kept as usize);
            let window = self.text.get(from..from + WINDOW).and_then(|window| window.try_into().ok());
            let window = window.unwrap_or_else(|| at_end(self.text, from, &mut last));
            let Some(room) = keys.get_mut(first..first + MOST).and_then(|room| room.try_into().ok()) else { break };
            if bits.others == 0
                && let Some(more) = self.keep::<LONG>(bits.starts, bits.ends, Part { at, window, next }, room)
            {
                kept += more;
            } else {
                kept = self.keep_apart::<LONG>(*bits, Part { at, window, next }, keys, kept);
            }
            at = at.wrapping_add(BLOCK as u32);
        }
        kept
    }

    /// Keeps those that pass of the words that begin in a block, whose beginnings and ends these are; says how many, but where one is so long that it is nothing
    /// for a block. To pass a word over costs no more than to keep it: nobody could foretell which it will be.
    #[inline(always)]
    fn keep<const LONG: bool>(self, starts: u64, ends: u64, part: Part<'_>, keys: &mut [Kept; MOST]) -> Option<u32> {
        let Part { at, window, next } = part;
        let (mut kept, mut longest) = (0, 0);
        let mut ask = |start: usize, end: usize| {
            let length = (end - start) as u32;
            longest |= length;
            keys[kept as usize % MOST] = Kept { start: at.wrapping_add(start as u32), length };
            let own = if LONG { u32::MAX } else { Letters::OWN[(length as usize).min(Letters::COUNT)] };
            let letters = Letters::new([window[start], window[start + 1], window[start + 2], window[start + 3]], own);
            let (place, bit) = Filter::spot(PLACES, letters, length);
            let mut passes = self.lengths[place % PLACES] >> bit & 1;
            if !LONG {
                passes |= u32::from(self.filter.two.as_ref().is_some_and(|two| two[Heads::two(letters.0)]));
            }
            if !LONG || PLACES == WIDE {
                passes &= u32::from(length > 0);
            }
            kept += passes;
        };
        let (mut starts, mut ends) = pairs::<LONG>(starts, ends);
        // The last one may end in the next block.
        let goes_on = starts > ends;
        let last = starts.leading_zeros() ^ 63;
        starts ^= u64::from(goes_on).wrapping_shl(last);
        // How many there are nobody could foretell; where there are less, the rest have no length.
        for _ in 0..USUAL {
            ask(take_lowest(&mut starts), take_lowest(&mut ends));
        }
        while starts != 0 {
            ask(take_lowest(&mut starts), take_lowest(&mut ends));
        }
        let last = last as usize % BLOCK;
        ask(last, if goes_on { BLOCK + next.trailing_zeros() as usize } else { last });
        (longest as usize <= LONGEST).then_some(kept)
    }

    /// The same, where some words are set apart, or one is so long: then all are asked apart. Says how many are kept, of those before it too.
    #[cold]
    fn keep_apart<const LONG: bool>(self, bits: Bits, part: Part<'_>, keys: &mut [Kept], first: u32) -> u32 {
        let Bits { mut starts, mut ends, others, .. } = bits;
        for at in places(others) {
            let after = ends & u64::MAX << at << 1;
            ends &= !(after & after.wrapping_neg());
        }
        starts &= !others;
        let (mut kept, from) = (first, first as usize);
        let more = keys[from..].first_chunk_mut().and_then(|room| self.keep::<LONG>(starts, ends, part, room));
        kept += more.unwrap_or_default();
        for place in places(if more.is_some() { others } else { bits.starts }) {
            let start = part.at + place as u32;
            keys[kept as usize] = Kept { start, length: 0 };
            kept += u32::from(self.filter.passes_apart(self.borders.word(start), self.text));
        }
        keys[from..kept as usize].sort_unstable();
        kept
    }
}

/// Where the words of a block begin and end, each beginning with its end; that of the last may stand in the next block. Of `LONG` ones those that have less
/// than four letters are left out.
#[allow(clippy::inline_always)] // as above
#[inline(always)]
fn pairs<const LONG: bool>(starts: u64, ends: u64) -> (u64, u64) {
    // An end before the first beginning is that of a word from the block before.
    let ends = ends & !(starts ^ starts.wrapping_sub(1));
    if !LONG {
        return (starts, ends);
    }
    // All bytes of words, and on to the end of the block where the last one goes on: of what long words hold, the first byte, and the last.
    let within = ends.wrapping_sub(starts) as i64;
    let two = within & within >> 1;
    let four = (two & two >> 2) as u64;
    (starts & four, ends & four << 4)
}

/// What is left of a text from a byte on, filled up with zeros.
#[cold]
fn at_end<'w>(text: &[u8], from: usize, window: &'w mut [u8; WINDOW]) -> &'w [u8; WINDOW] {
    let rest = text.get(from..).unwrap_or_default();
    *window = [0; WINDOW];
    window[..rest.len()].copy_from_slice(rest);
    window
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::words;
    use crate::vocabulary::Vocabulary;
    use proptest::prelude::*;

    const WORD: &str = "[ab]{1,5}|[a-z7]{1,4}|a{28,34}|é[ab]|[ab]é|(ab){60,70}";

    fn kept<'t>(vocabulary: &Vocabulary, many: bool, text: &'t str) -> Vec<&'t str> {
        let forms: Vec<_> = vocabulary.forms.iter().filter(|form| form.letters.is_ascii()).collect();
        let (filter, mut borders, mut keys) = (Filter::of(&forms, many), Borders::default(), Vec::new());
        borders.read(text.as_bytes(), &mut Vec::new());
        let (count, kept) = filter.sift(text, &mut borders, &mut keys);
        assert_eq!(count, words(text).len());
        let kept = filter.sift_again(vocabulary, text, &mut keys[..kept]);
        keys[..kept].iter().map(|key| borders.word(key.start).span().of(text)).collect()
    }

    proptest! {
        #[test]
        fn no_word_is_kept_back(
            known in prop::collection::vec((WORD, any::<bool>()), 0..8),
            words in prop::collection::vec("[abAB]{1,7}|[a-z7]{1,4}|A{27,35}|(AB){55,75}|é[ab]|b's|a_|a:b", 0..90),
            many in any::<bool>(),
        ) {
            let text = words.join(" ");
            let kept = kept(&Vocabulary::of(&known), many, &text);
            let mut kept = kept.iter();
            for word in &words {
                let small = word.to_lowercase();
                if known.iter().any(|(form, whole)| if *whole { *form == small } else { small.starts_with(form.as_str()) }) {
                    prop_assert!(kept.any(|kept| kept == word), "{} {:?}", word, known);
                }
            }
        }
    }

    #[test]
    fn most_other_words_are_kept_back() {
        let known = Vocabulary::of(&[("bridge".into(), true), ("balanc".into(), false), ("un".into(), false)]);
        let text = "Bridge balancing BALANC unable bridges other a the";
        for many in [false, true] {
            assert_eq!(kept(&known, many, text), ["Bridge", "balancing", "BALANC", "unable"]);
        }
        // Of many words, those too that begin as one, and are as long.
        let text = format!("{}bridge", "bridal ".repeat(100));
        assert_eq!(kept(&known, false, &text).len(), 101);
        assert!(kept(&known, true, &text).len() < 10);
    }
}
