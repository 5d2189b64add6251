//! What keeps most words of a text from being looked up: their first letters, and how long they are.

use super::key::{Heads, four};
use super::{Vocabulary, WordId};
use crate::segment::{Edges, TakeWords, Word, take_words};

/// The words of a text that may be in a vocabulary. What stands between two of them is left out but for some words that
/// keep the distance: each of those has the number of a word that is not in the vocabulary, and no letters.
#[derive(Debug, Default)]
pub struct Sifted {
    /// The words, in order.
    pub words: Vec<Word>,
    /// Their numbers.
    pub ids: Vec<WordId>,
    /// Which word of the text each is.
    pub places: Vec<u32>,
    /// How many words the text has.
    pub count: u32,
    kept: Vec<(u32, Word)>,
    buffer: Vec<Word>,
}

impl Vocabulary {
    /// Sifts the words of a text. Of those left out in a row, at most `distance` and one more leave a trace.
    pub fn sift(&self, text: &str, distance: u32, form: &mut String, out: &mut Sifted) {
        let Sifted { words, ids, places, count, kept, buffer } = out;
        let mut sieve = Sieve { text: text.as_bytes(), filter: &self.filter, words: std::mem::take(kept), kept: 0, count: 0 };
        take_words(text, buffer, &mut sieve);
        let Sieve { words: found, kept: size, count: all, .. } = sieve;
        *count = all;
        words.clear();
        ids.clear();
        places.clear();
        let (mut next, mut end) = (0, 0);
        for (place, word) in &found[..size] {
            for trace in 0..(place - next).min(distance + 1) {
                words.push(Word { start: end, end, stem: end });
                ids.push(WordId::UNKNOWN);
                places.push(next + trace);
            }
            words.push(*word);
            ids.push(self.number(text, *word, form));
            places.push(*place);
            (next, end) = (place + 1, word.end);
        }
        *kept = found;
    }
}

/// Keeps words with their places. To pass one over costs no more than to keep it: nobody could foretell which it will be.
struct Sieve<'s> {
    text: &'s [u8],
    filter: &'s Filter,
    /// Room for words; those after the first `kept` mean nothing.
    words: Vec<(u32, Word)>,
    kept: usize,
    count: u32,
}

impl Sieve<'_> {
    /// Makes room for as many words as can end in a block, and more.
    #[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
    #[inline(always)]
    fn room(&mut self) {
        if self.words.len() < self.kept + 64 {
            self.words.resize(self.kept * 2 + 64, (0, Word { start: 0, end: 0, stem: 0 }));
        }
    }
}

impl TakeWords for Sieve<'_> {
    #[allow(clippy::inline_always)] // as above
    #[inline(always)]
    fn plain(&mut self, edges: Edges) {
        self.room();
        let (mut kept, mut count) = (0, self.count);
        let room = &mut self.words[self.kept..][..64];
        for (start, end) in edges {
            room[kept & 63] = (count, Word { start, end, stem: end });
            kept += usize::from(self.filter.passes(self.text, start as usize, (end - start) as usize));
            count += 1;
        }
        self.kept += kept;
        self.count = count;
    }

    fn other(&mut self, word: Word) {
        self.room();
        self.words[self.kept] = (self.count, word);
        self.kept += 1;
        self.count += 1;
    }
}

/// The first letters of words, and how long the words are that begin with them; never wrong when it says no.
#[derive(Debug)]
pub(super) struct Filter {
    /// By the first four letters: how long words that begin with them may be.
    four: Box<[u32]>,
    /// By the first two: how long those may be of which less is known; none where there are no such.
    two: Option<Box<[u32; 1 << 10]>>,
    shift: u32,
}

/// The lengths that have no bit of their own share this one.
const LONGEST: usize = 31;

/// By how many letters a word has: what is its own of four bytes.
const OWN: [u32; 5] = [0, 0xFF, 0xFFFF, 0xFF_FFFF, u32::MAX];

impl Filter {
    /// For `n` words.
    pub fn new(n: usize) -> Self {
        let bits = (n * 4).next_power_of_two().ilog2().clamp(10, 16);
        Self { four: vec![0; 1 << bits].into(), two: None, shift: 32 - bits }
    }

    /// Lets a folded word pass.
    pub fn add_word(&mut self, word: &str) {
        if word.is_ascii() {
            self.four[four(letters(word.as_bytes()), self.shift)] |= 1 << word.len().min(LONGEST);
        }
    }

    /// Lets all words pass that begin with these folded letters.
    pub fn add_beginning(&mut self, beginning: &str) {
        let (first, lengths) = (letters(beginning.as_bytes()), u32::MAX << beginning.len().min(LONGEST));
        if beginning.len() >= 4 {
            if beginning.is_ascii() {
                self.four[four(first, self.shift)] |= lengths;
            }
            return;
        }
        let two = self.two.get_or_insert_with(|| Box::new([0; 1 << 10]));
        match beginning.len() {
            _ if !beginning.is_ascii() => {}
            0 => two.fill(u32::MAX),
            1 => (0..32).for_each(|second| two[Heads::two(first) & !31 | second] |= lengths),
            _ => two[Heads::two(first)] |= lengths,
        }
    }

    /// Whether a word of ASCII that stands in a text may be one of them.
    #[allow(clippy::inline_always)] // asked of every word
    #[inline(always)]
    pub fn passes(&self, text: &[u8], start: usize, length: usize) -> bool {
        let first = match text.get(start..start + 4) {
            Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]) & OWN[length.min(4)] | BLANKS,
            _ => letters(&text[start..start + length]),
        };
        let mut lengths = self.four[four(first, self.shift)];
        if let Some(two) = &self.two {
            lengths |= two[Heads::two(first)];
        }
        lengths >> length.min(LONGEST) & 1 != 0
    }
}

const BLANKS: u32 = 0x2020_2020;

/// The first four bytes of a word, in small letters, filled up with blanks.
fn letters(word: &[u8]) -> u32 {
    let byte = |i: usize| word.get(i).copied().unwrap_or_default();
    u32::from_le_bytes([byte(0), byte(1), byte(2), byte(3)]) | BLANKS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORD: &str = "[ab]{1,5}|[a-z7]{1,4}|a{28,34}|é[ab]|[ab]é";

    proptest! {
        #[test]
        fn no_word_is_kept_back(known in prop::collection::vec((WORD, any::<bool>()), 0..8), words in prop::collection::vec("[abAB]{1,7}|[a-z7]{1,4}|A{27,35}", 0..8)) {
            let mut filter = Filter::new(known.len());
            for (form, whole) in &known {
                if *whole { filter.add_word(form) } else { filter.add_beginning(form) }
            }
            let text = words.join(" ");
            let mut start = 0;
            for word in &words {
                let small = word.to_ascii_lowercase();
                if known.iter().any(|(form, whole)| if *whole { *form == small } else { small.starts_with(form.as_str()) }) {
                    prop_assert!(filter.passes(text.as_bytes(), start, word.len()), "{} {:?}", word, known);
                }
                start += word.len() + 1;
            }
        }
    }

    #[test]
    fn most_other_words_are_kept_back() {
        let mut filter = Filter::new(2);
        filter.add_word("bridge");
        filter.add_beginning("balanc");
        let passes = |word: &str| filter.passes(word.as_bytes(), 0, word.len());
        assert!(passes("Bridge") && passes("balancing") && passes("BALANC"));
        assert!(!passes("bridges") && !passes("balan") && !passes("other") && !passes("a"));
    }
}
