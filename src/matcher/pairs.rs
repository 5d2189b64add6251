//! Entries of two words right beside each other, or with two such words, by both words at once.

use super::groups::Groups;
use crate::vocabulary::WordId;

/// Two words right beside each other, of an entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub words: (WordId, WordId),
    pub outcome: Outcome,
    /// Whether the entry is known by the first of them.
    pub key_first: bool,
}

/// What follows when both words of a pair stand beside each other.
#[derive(Debug, Clone, Copy)]
pub(super) enum Outcome {
    /// Something is left to ask, at the word that the entry is known by.
    Ask,
    /// This entry is found.
    Found(u32),
    /// This frame is found, whatever else is.
    Counted(u32),
}

impl Pair {
    /// The word that the entry is known by, and the other one.
    pub fn key_and_other(&self) -> (WordId, WordId) {
        let (first, second) = self.words;
        if self.key_first { (first, second) } else { (second, first) }
    }
}

/// The pairs of words of all entries.
#[derive(Debug)]
pub(super) struct Pairs {
    /// Never wrong when it says no.
    bits: Box<[u64]>,
    /// By what their words lead to.
    all: Groups<Pair>,
}

impl Pairs {
    pub fn new(pairs: &[Pair]) -> Self {
        let size = pairs.len().next_power_of_two();
        let mut bits = vec![0; size.div_ceil(4)];
        let last = bits.len() - 1;
        for pair in pairs {
            let mixed = mixed(pair.words);
            bits[mixed as usize & last] |= bit(mixed);
        }
        let place = |pair: &Pair| mixed(pair.words) as usize & (size - 1);
        Self { bits: bits.into(), all: Groups::new(pairs, size, place, |pair| *pair) }
    }

    /// Those of two words.
    #[allow(clippy::inline_always)] // in the loop over all of them
    #[inline(always)]
    pub fn of(&self, words: (WordId, WordId)) -> impl Iterator<Item = &Pair> {
        let mixed = mixed(words);
        let all = if self.may_lead(mixed) { self.all.of(mixed as usize & (self.all.size() - 1)) } else { &[] };
        all.iter().filter(move |pair| pair.words == words)
    }

    /// The words of each.
    pub fn words(&self) -> impl Iterator<Item = (WordId, WordId)> {
        self.all.iter().flatten().map(|pair| pair.words)
    }

    /// Whether there may be any; never wrong when it says no.
    #[inline]
    pub fn may_have(&self, words: (WordId, WordId)) -> bool {
        self.may_lead(mixed(words))
    }

    #[inline]
    fn may_lead(&self, mixed: u64) -> bool {
        self.bits[mixed as usize & (self.bits.len() - 1)] & bit(mixed) != 0
    }
}

#[inline]
fn mixed((first, second): (WordId, WordId)) -> u64 {
    let both = (first.index() as u64) << 32 | second.index() as u64;
    let product = (both ^ both >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    product >> 26
}

/// A bit by what does not lead to its place.
#[inline]
fn bit(mixed: u64) -> u64 {
    1 << (mixed >> 32)
}
