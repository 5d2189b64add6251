//! What counting knows of words beforehand: what is found wherever one stands, and where something is left to ask.

use super::pairs::Pairs;
use super::posting::Posting;
use super::tally::{Tallies, Tally};
use crate::vocabulary::{Edges, KeyWord, WordId};

/// What counting knows of the words of an index.
#[derive(Debug)]
pub(super) struct Certain {
    /// By the number of a word: what is asked of every key.
    pub hot: Box<[Hot]>,
    /// By the number of a word: the rest.
    pub places: Box<[Place]>,
    /// The frames that are found wherever a word is, word after word.
    frames: Box<[u32]>,
    pub tallies: Tallies,
    /// What is found where both words are looked up.
    pub pairs: Pairs,
    pub near: Near,
}

/// What is found at one word with another right beside it, which is looked up there only.
#[derive(Debug)]
pub(super) struct Near {
    /// By the number of a word: what may follow it, and what may stand before it.
    pub edges: Box<[Edges]>,
    pub pairs: Pairs,
}

/// What is found at a word, and what is asked there; eight bytes, so that many are near.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hot {
    /// The places of the words that may be the second of two after it, as bits.
    pub seconds: u32,
    /// What is counted.
    pub tally: Tally,
    pub sides: Sides,
    /// Its own place among the second of two; [`Hot::ALWAYS`] where there may be more to it, whatever stands before it.
    pub second: u8,
}

impl Hot {
    /// The place that all have among those of seconds.
    const ALWAYS: u8 = 31;
    /// What no word has before it.
    pub const NONE_BEFORE: u32 = 1 << Self::ALWAYS;
    /// The place of what is never the second of two.
    const NEVER: u8 = 30;

    /// One of the other places.
    fn place(id: WordId) -> u8 {
        (id.index() % 30) as u8
    }
}

/// Where to find more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Where its frames begin and end.
    frames: (u32, u32),
    /// Where the postings begin of which something is left to ask, and where they end.
    pub postings: (u32, u32),
    /// Where those end that are counted as pairs, which come next.
    pairs_end: u32,
}

impl Place {
    /// Where the postings begin that are counted as pairs, and where they end: those are asked only beside a word that must be read.
    pub fn pairs(self) -> (u32, u32) {
        (self.postings.1, self.pairs_end)
    }
}

/// What entries want beside a word, but for those that are certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sides(pub u8);

impl Sides {
    /// It is one of two words right beside each other.
    pub const PAIR: Self = Self(1);
    /// One of them wants something else than a word right beside it.
    pub const OTHER: Self = Self(4);
    /// What one of them wants may stand anywhere.
    pub const FAR: Self = Self(8);
    /// It has frames that no tally holds.
    pub const MORE: Self = Self(16);
    /// A word that is looked up there only may stand right beside it.
    pub const NEAR: Self = Self(32);
    /// There is more to it, whatever stands before it.
    pub const APART: Self = Self(Self::OTHER.0 | Self::MORE.0);
    /// There may be.
    pub const PERHAPS: Self = Self(Self::APART.0 | Self::NEAR.0);

    pub fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub fn has(self, one: Self) -> bool {
        self.0 & one.0 != 0
    }
}

impl Certain {
    /// `postings` are those of each word, in order of their numbers; those that `frame` gives a frame come first, and those that are counted as pairs last. Of
    /// several with the same frame one is enough, unless `all` are counted.
    pub fn new<'p>(
        postings: impl Iterator<Item = &'p [Posting]>,
        frame: impl Fn(&Posting) -> Option<u32>,
        all: bool,
        sides: &[Sides],
        (pairs, near): (Pairs, Near),
        frame_count: usize,
    ) -> Self {
        let (mut hot, mut places, mut frames, mut end) = (Vec::new(), Vec::new(), Vec::new(), 0);
        let mut tallies = Tallies::new(frame_count);
        for (of_word, mut sides) in postings.zip(sides.iter().copied()) {
            let first = frames.len();
            frames.extend(of_word.iter().map_while(&frame));
            let start = end + (frames.len() - first) as u32;
            end += of_word.len() as u32;
            let pairs = of_word.iter().filter(|posting| posting.is_counted_pair).count();
            if !all && frames.len() > first + 1 {
                frames[first..].sort_unstable();
                let own = frames.split_off(first);
                frames.extend(own.chunk_by(|a, b| a == b).map(|same| same[0]));
            }
            let tally = tallies.of(&frames[first..]);
            if tally.is_none() {
                sides.add(Sides::MORE);
            }
            let second = if sides.has(Sides::PERHAPS) { Hot::ALWAYS } else { Hot::NEVER };
            hot.push(Hot { seconds: Hot::NONE_BEFORE, tally: tally.unwrap_or_default(), sides, second });
            let (frames, postings) = ((first as u32, frames.len() as u32), (start, end - pairs as u32));
            places.push(Place { frames, postings, pairs_end: end });
        }
        // A word that must be read may be any.
        let any = sides.iter().fold(Sides::OTHER.0, |any, sides| any | sides.0);
        let several = &mut hot[WordId::SEVERAL.index()];
        several.sides = Sides(any & !Sides::NEAR.0);
        (several.second, several.seconds) = (Hot::ALWAYS, !(1 << Hot::NEVER));
        for (first, second) in pairs.words() {
            if hot[second.index()].second == Hot::NEVER {
                hot[second.index()].second = Hot::place(second);
            }
            hot[first.index()].seconds |= 1 << Hot::place(second);
        }
        Self { hot: hot.into(), places: places.into(), frames: frames.into(), tallies: tallies.done(), pairs, near }
    }

    /// Whether a word of this number is one of two right beside each other.
    pub fn is_in_pair(&self, id: WordId) -> bool {
        self.hot[id.index()].sides.has(Sides::PAIR)
    }

    /// The frames that are found wherever a word of this number is.
    pub fn frames(&self, id: WordId) -> &[u32] {
        let (start, end) = self.places[id.index()].frames;
        &self.frames[start as usize..end as usize]
    }

    /// Whether it is known for entries that are counted as pairs.
    pub fn has_counted_pairs(&self, word: KeyWord) -> bool {
        let (start, end) = self.places[word.id.index()].pairs();
        start < end
    }

    /// Whether what one of its entries wants may stand anywhere.
    pub fn is_far(&self, word: KeyWord) -> bool {
        self.hot[word.id.index()].sides.has(Sides::FAR)
    }
}
