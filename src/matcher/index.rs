//! Which words could belong to the lexicon, and to which readings.

use std::collections::HashMap;
use std::ops::Range;

use rustc_hash::FxBuildHasher;

use super::verify::{Anchor, CompiledReading};
use crate::fold::{Case, fold_into};
use crate::segment::Document;

/// A place in a reading: the reading, and which of its slots the word fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Posting {
    reading: u32,
    slot: u32,
}

type Table = HashMap<Box<[u8]>, Vec<Posting>, FxBuildHasher>;

/// Looks words up. A word is looked at closely only when its first four letters and its length are those of some word of the lexicon.
#[derive(Debug)]
pub(super) struct Index {
    words: Table,
    prefixes: Table,
    filter: Filter,
    /// Readings without a word or a prefix to look up: tried at every word.
    everywhere: Vec<Posting>,
}

#[derive(Debug, Default)]
pub(super) struct IndexBuilder {
    words: Table,
    prefixes: Table,
    everywhere: Vec<Posting>,
}

impl IndexBuilder {
    pub fn add(&mut self, id: u32, reading: &CompiledReading) {
        let (slot, anchors) = reading.anchors();
        let posting = Posting { reading: id, slot: slot as u32 };
        for anchor in anchors {
            match anchor {
                Anchor::Word(word) => self.words.entry(word.into_bytes().into()).or_default().push(posting),
                Anchor::Prefix(prefix) => self.prefixes.entry(prefix.into_bytes().into()).or_default().push(posting),
                Anchor::Any => self.everywhere.push(posting),
            }
        }
    }

    pub fn build(self) -> Index {
        let mut filter = Filter::default();
        self.words.keys().for_each(|w| filter.add_word(w));
        self.prefixes.keys().for_each(|p| filter.add_prefix(p));
        Index { words: self.words, prefixes: self.prefixes, filter, everywhere: self.everywhere }
    }
}

impl Index {
    /// Calls `check(reading, start word, buffer)` for every reading that one of these words could belong to.
    pub fn candidates(
        &self,
        document: &Document<'_>,
        words: Range<u32>,
        form: &mut String,
        check: &mut impl FnMut(u32, u32, &mut String),
    ) {
        let mut folded = String::new();
        for i in words {
            let word = document.words[i as usize];
            self.everywhere.iter().for_each(|p| place(*p, i, form, check));
            let whole = &document.text[word.start as usize..word.end as usize];
            self.look_up(whole, i, &mut folded, form, check);
            if word.stem < word.end {
                self.look_up(&whole[..(word.stem - word.start) as usize], i, &mut folded, form, check);
            }
        }
    }

    fn look_up(
        &self,
        word: &str,
        at: u32,
        folded: &mut String,
        form: &mut String,
        check: &mut impl FnMut(u32, u32, &mut String),
    ) {
        if !self.filter.may_hold(word.as_bytes()) {
            return;
        }
        fold_into(word, Case::Folded, folded);
        let bytes = folded.as_bytes();
        for posting in self.words.get(bytes).into_iter().flatten() {
            place(*posting, at, form, check);
        }
        let mut lengths = self.filter.prefix_lengths(bytes);
        while lengths != 0 {
            let length = lengths.trailing_zeros() as usize;
            lengths &= lengths - 1;
            let prefixes = if length < Filter::LONGEST { length..length + 1 } else { length..bytes.len() + 1 };
            for prefix in prefixes.take_while(|l| *l <= bytes.len()).map(|l| &bytes[..l]) {
                for posting in self.prefixes.get(prefix).into_iter().flatten() {
                    place(*posting, at, form, check);
                }
            }
        }
    }
}

fn place(posting: Posting, at: u32, form: &mut String, check: &mut impl FnMut(u32, u32, &mut String)) {
    if let Some(start) = at.checked_sub(posting.slot) {
        check(posting.reading, start, form);
    }
}

/// One table load a word: the first four letters give a set of lengths. Never wrong when it says no.
#[derive(Debug)]
struct Filter {
    /// Lengths of words, and of all words that begin with a prefix of four letters or more.
    words: Box<[u32; Self::SIZE]>,
    /// Lengths of prefixes, by the first two letters; those of one letter stand under every second letter.
    prefixes: Box<[u32; Self::SIZE]>,
}

impl Default for Filter {
    fn default() -> Self {
        Self { words: Box::new([0; Self::SIZE]), prefixes: Box::new([0; Self::SIZE]) }
    }
}

impl Filter {
    const BITS: u32 = 12;
    const SIZE: usize = 1 << Self::BITS;
    /// Lengths from here on are one.
    const LONGEST: usize = 31;
    const SHORT: u32 = 0b1110;

    /// Where the first `N` letters lead. Case is dropped by setting the bit that parts capitals from small letters.
    fn slot<const N: usize>(word: &[u8]) -> usize {
        let mut head = [0_u8; 4];
        let n = word.len().min(N);
        head[..n].copy_from_slice(&word[..n]);
        let key = u32::from_le_bytes(head) | 0x2020_2020;
        (key.wrapping_mul(0x9E37_79B1) >> (32 - Self::BITS)) as usize
    }

    fn add_word(&mut self, word: &[u8]) {
        self.words[Self::slot::<4>(word)] |= 1 << word.len().min(Self::LONGEST);
    }

    fn add_prefix(&mut self, prefix: &[u8]) {
        let bit = 1 << prefix.len().min(Self::LONGEST);
        match prefix {
            [first] => {
                (0..=u8::MAX).for_each(|second| self.prefixes[Self::slot::<2>(&[*first, second])] |= bit);
                self.prefixes[Self::slot::<2>(prefix)] |= bit;
            }
            _ => self.prefixes[Self::slot::<2>(prefix)] |= bit,
        }
        if prefix.len() >= 4 {
            self.words[Self::slot::<4>(prefix)] |= u32::MAX << prefix.len().min(Self::LONGEST);
        }
    }

    fn may_hold(&self, word: &[u8]) -> bool {
        let listed = self.words[Self::slot::<4>(word)] >> word.len().min(Self::LONGEST) & 1 == 1;
        listed || self.prefixes[Self::slot::<2>(word)] & Self::SHORT != 0 || !word.is_ascii()
    }

    /// The set of lengths, as bits, that prefixes of this folded word may have.
    fn prefix_lengths(&self, word: &[u8]) -> u32 {
        self.prefixes[Self::slot::<2>(word)] & (u32::MAX >> (31 - word.len().min(Self::LONGEST)))
    }
}
