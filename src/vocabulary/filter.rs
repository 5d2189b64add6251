//! What keeps most words of a text from being looked up: their first letters, and how long they are.

use super::key::{Heads, Letters, four};
use super::{Kind, Vocabulary, WordId};
use crate::segment::{Edges, TakeWords, Word, take_words};

/// The first letters of words, and how long the words are that begin with them; never wrong when it says no.
#[derive(Debug)]
pub struct Filter {
    /// By the first four letters, as bits: how long words that begin with them may be.
    lengths: Box<[u32; 1 << BITS]>,
    /// By the first two: whether all words pass that begin with them; none where there are no such.
    two: Option<Box<[bool; 1 << 10]>>,
}

/// So many places keep all in the cache nearest to a core.
const BITS: u32 = 13;

/// By how many letters a word has: what is its own of four bytes.
const OWN: [u32; Edges::LONGEST + 1] = {
    let mut own = [u32::MAX; Edges::LONGEST + 1];
    (own[0], own[1], own[2], own[3]) = (0, 0xFF, 0xFFFF, 0xFF_FFFF);
    own
};

impl Vocabulary {
    /// What lets those of its words pass that are wanted.
    #[allow(clippy::large_stack_arrays)] // once a lexicon
    pub fn filter(&self, wanted: impl Fn(WordId) -> bool) -> Filter {
        let mut filter = Filter { lengths: Box::new([0; 1 << BITS]), two: None };
        for (form, _, kind) in self.forms.iter().filter(|(form, id, _)| form.is_ascii() && wanted(*id)) {
            match kind {
                Kind::Word => filter.add_word(form),
                Kind::Beginning => filter.add_beginning(form),
            }
        }
        filter
    }
}

impl Filter {
    /// Lets a folded word of ASCII pass.
    fn add_word(&mut self, word: &str) {
        self.lengths[place(Letters::of(word.as_bytes(), 0, word.len()))] |= 1 << (word.len() & 31);
    }

    /// Lets all words pass that begin with these folded letters of ASCII.
    fn add_beginning(&mut self, beginning: &str) {
        let first = Letters::of(beginning.as_bytes(), 0, beginning.len());
        if beginning.len() >= Letters::COUNT {
            self.lengths[place(first)] = u32::MAX;
            return;
        }
        let two = self.two.get_or_insert_with(|| Box::new([false; 1 << 10]));
        match beginning.len() {
            0 => two.fill(true),
            1 => (0..32).for_each(|second| two[Heads::two(first.0) & !31 | second] = true),
            _ => two[Heads::two(first.0)] = true,
        }
    }

    /// Whether a word of ASCII may be of those that pass.
    fn passes(&self, word: &[u8]) -> bool {
        let first = Letters::of(word, 0, word.len());
        self.lengths[place(first)] >> (word.len() & 31) & 1 != 0 || self.two.as_ref().is_some_and(|two| two[Heads::two(first.0)])
    }

    /// The words of a text, their first letters, and which of them may be of those that pass. Words that are not plain ASCII always may.
    /// They are the first ones of each buffer, so many as is given back.
    pub fn words_into(
        &self,
        text: &str,
        buffer: &mut Vec<Word>,
        words: &mut Vec<Word>,
        letters: &mut Vec<Letters>,
        keys: &mut Vec<u32>,
    ) -> (usize, usize) {
        let mut sieve = Sieve { text: text.as_bytes(), filter: self, words, letters, count: 0, keys, kept: 0 };
        take_words(text, buffer, &mut sieve);
        (sieve.count, sieve.kept)
    }
}

/// Where the first four letters of a word lead.
#[inline]
fn place(letters: Letters) -> usize {
    four(letters.0, 32 - BITS)
}

/// Takes words, and keeps those that pass a filter. To pass one over costs no more than to keep it: nobody could foretell which it will be.
struct Sieve<'s> {
    text: &'s [u8],
    filter: &'s Filter,
    /// The words; those after the first `count` mean nothing.
    words: &'s mut Vec<Word>,
    /// The first letters of each.
    letters: &'s mut Vec<Letters>,
    count: usize,
    /// Which of them are kept; those after the first `kept` mean nothing.
    keys: &'s mut Vec<u32>,
    kept: usize,
}

/// As many words as can end in a block, and more.
const ROOM: usize = 64;

#[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
impl Sieve<'_> {
    #[inline(always)]
    fn make_room(&mut self) {
        if self.words.len() < self.count + ROOM {
            self.words.resize(self.count * 2 + ROOM, Word { start: 0, end: 0, stem: 0 });
            self.letters.resize(self.words.len(), Letters::ANY);
        }
        if self.keys.len() < self.kept + ROOM {
            self.keys.resize(self.kept * 2 + ROOM, 0);
        }
    }

    /// `SHORT`: whether the filter lets words pass for less than four letters.
    #[inline(always)]
    fn sift<const SHORT: bool>(&mut self, edges: Edges, window: &[u8; Edges::WINDOW]) {
        self.make_room();
        let (lengths, two): (&[u32; 1 << BITS], _) = (&self.filter.lengths, self.filter.two.as_deref());
        let (words, letters) = (&mut self.words[self.count..][..ROOM], &mut self.letters[self.count..][..ROOM]);
        let keys = &mut self.keys[self.kept..][..ROOM];
        let (from, mut kept, mut at) = (edges.window() as u32, 0, self.count as u32);
        for ((slot, letters), (start, end)) in words.iter_mut().zip(letters).zip(edges) {
            *slot = Word { start, end, stem: end };
            keys[kept & (ROOM - 1)] = at;
            at += 1;
            let (first, length) = ((start - from) as usize & Edges::LONGEST, (end - start) as usize);
            let first = [window[first], window[first + 1], window[first + 2], window[first + 3]];
            let first = Letters::new(first, OWN[length & Edges::LONGEST]);
            *letters = first;
            let mut passes = lengths[place(first)] >> (length & 31) & 1;
            if SHORT {
                passes |= u32::from(two.is_some_and(|two| two[Heads::two(first.0)]));
            }
            kept += passes as usize;
        }
        self.count = at as usize;
        self.kept += kept;
    }

    /// The same at the end of a text.
    #[cold]
    fn last(&mut self, edges: Edges) {
        edges.for_each(|(start, end)| self.push(Word { start, end, stem: end }));
    }

    fn push(&mut self, word: Word) {
        self.make_room();
        let bytes = &self.text[word.start as usize..word.end as usize];
        let plain = word.stem == word.end && bytes.is_ascii();
        let passes = !plain || self.filter.passes(bytes);
        self.words[self.count] = word;
        self.letters[self.count] = if plain { Letters::of(bytes, 0, bytes.len()) } else { Letters::ANY };
        self.keys[self.kept] = self.count as u32;
        self.count += 1;
        self.kept += usize::from(passes);
    }
}

#[allow(clippy::inline_always)] // as above
impl TakeWords for Sieve<'_> {
    #[inline(always)]
    fn plain(&mut self, edges: Edges) {
        match self.text[edges.window()..].first_chunk() {
            Some(window) if self.filter.two.is_some() => self.sift::<true>(edges, window),
            Some(window) => self.sift::<false>(edges, window),
            None => self.last(edges),
        }
    }

    fn other(&mut self, word: Word) {
        self.push(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::words;
    use crate::vocabulary::Vocabulary;
    use proptest::prelude::*;

    const WORD: &str = "[ab]{1,5}|[a-z7]{1,4}|a{28,34}|é[ab]|[ab]é|(ab){60,70}";

    fn kept<'t>(filter: &Filter, text: &'t str) -> Vec<&'t str> {
        let (mut found, mut keys) = (Vec::new(), Vec::new());
        let mut letters = Vec::new();
        let (count, kept) = filter.words_into(text, &mut Vec::new(), &mut found, &mut letters, &mut keys);
        assert_eq!(found[..count], words(text));
        for (word, letters) in found[..count].iter().zip(&letters).filter(|(_, letters)| !letters.are_any()) {
            let folded = word.span().of(text).to_ascii_lowercase();
            assert!(word.stem == word.end && *letters == Letters::of(folded.as_bytes(), 0, folded.len()));
        }
        keys[..kept].iter().map(|at| found[*at as usize].span().of(text)).collect()
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
