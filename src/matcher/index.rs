//! Which readings a word could belong to, by its number.

use std::ops::Range;

use smallvec::SmallVec;

use super::Found;
use super::certain::{Certain, Near, Sides};
use super::groups::Groups;
use super::pairs::{Outcome, Pair, Pairs};
use super::posting::{Finding, Neighbours, Posting};
use super::slot::{CompiledSlot, Fit};
use super::verify::{CompiledReading, Text};
use crate::language::Language;
use crate::span::Span;
use crate::vocabulary::{Edges, Vocabulary, WordId};

/// Readings by the words of one of their slots.
#[derive(Debug)]
pub(super) struct Index {
    /// By the number of a word.
    postings: Groups<Posting>,
    /// Readings none of whose slots has words of its own: tried at every word.
    everywhere: Box<[Posting]>,
    /// What counting knows of its words.
    pub certain: Certain,
    /// How many words the longest reading has.
    reach: usize,
}

#[derive(Debug)]
pub(super) struct IndexBuilder<'f> {
    words: &'f Words,
    /// By entry: the frame that is found wherever its word is, or both of its words are, whatever stands around.
    certain: &'f [Option<u32>],
    postings: Vec<(WordId, Posting)>,
    everywhere: Vec<Posting>,
    pairs: Vec<Pair>,
    /// By word: what its postings want beside it, but for those that are certain.
    sides: Vec<Sides>,
    reach: usize,
}

/// What is known of the words of a vocabulary, by their numbers.
#[derive(Debug)]
pub(super) struct Words {
    /// How often each may be expected.
    frequencies: Box<[u64]>,
}

/// Words of a slot, and how each fits it.
type Fitting = SmallVec<[(WordId, Fit); 4]>;

/// Of a reading with more pairs of words none are told apart.
const MOST_PAIRS: usize = 256;

impl Words {
    /// A word that many readings hold is of the subject, and frequent where that is spoken of.
    pub fn new(vocabulary: &Vocabulary, readings: &[CompiledReading], language: &Language) -> Self {
        let mut counts = vec![0_u32; vocabulary.size()];
        for (id, _) in readings.iter().flat_map(CompiledReading::slots).filter_map(CompiledSlot::words).flatten() {
            counts[id.index()] += 1;
        }
        let mut frequencies = vec![0; vocabulary.size()];
        for (form, id) in vocabulary.forms() {
            let count = counts[id.index()];
            frequencies[id.index()] = u64::from(language.frequency(form)) * u64::from(1 + count.max(1).ilog2());
        }
        Self { frequencies: frequencies.into() }
    }

    fn frequency(&self, slot: &CompiledSlot) -> u64 {
        slot.words().map_or(u64::MAX, |words| words.map(|(id, _)| self.frequencies[id.index()]).sum())
    }
}

impl<'f> IndexBuilder<'f> {
    pub fn new(words: &'f Words, certain: &'f [Option<u32>]) -> Self {
        let sides = vec![Sides::default(); words.frequencies.len()];
        Self { words, certain, postings: Vec::new(), everywhere: Vec::new(), pairs: Vec::new(), sides, reach: 0 }
    }

    /// `far`: whether what stands far off decides what it finds.
    pub fn add(&mut self, id: u32, reading: &CompiledReading, far: bool) {
        self.reach = self.reach.max(reading.slots().len());
        let (slots, starts) = (reading.slots(), reading.starts());
        let cost = |k: &usize| {
            let starts = &starts[*k];
            self.words.frequency(&slots[*k]).saturating_mul(1 + u64::from(starts.end() - starts.start()))
        };
        let Some(k) = (0..starts.len()).min_by_key(cost) else { return };
        let (entry, posting) = (reading.entry, Posting::new(id, reading, k));
        let Some(words) = slots[k].words() else { return self.everywhere.push(posting) };
        let is_word = reading.is_word();
        let before = self.postings.len();
        self.postings.extend(words.map(|(word, fit)| (word, posting.with_match(is_word && fit == Fit::Yes))));
        let added: SmallVec<[(WordId, bool); 4]> =
            self.postings[before..].iter().map(|(w, p)| (*w, certain_frame(p, self.certain).is_some())).collect();
        if far || reading.has_gap() {
            self.add_side(added.iter().map(|(word, _)| *word), Sides::FAR);
        }
        let pairs = reading.right_beside(k).and_then(|(slot, after)| Some((slots[k].words()?, slot.words()?, after)));
        let pairs = pairs.map(|(own, others, after)| (own.collect(), others.collect(), after));
        let few = |(own, others, _): &(Fitting, Fitting, bool)| own.len() * others.len() <= MOST_PAIRS;
        let Some((own, others, after)) = pairs.filter(few) else {
            return self.add_side(added.iter().filter(|(_, certain)| !certain).map(|(word, _)| *word), Sides::OTHER);
        };
        let (first, second) = if after { (&own, &others) } else { (&others, &own) };
        let is_pair = reading.is_pair() && !far;
        let fit = is_pair && own.iter().chain(&others).all(|(_, fit)| *fit == Fit::Yes);
        let frame = self.certain.get(entry as usize).copied().flatten().filter(|_| fit);
        self.postings[before..].iter_mut().for_each(|(_, posting)| posting.is_counted_pair = frame.is_some());
        for ((one, one_fit), (two, two_fit)) in first.iter().flat_map(|one| second.iter().map(move |two| (*one, *two))) {
            let found = is_pair && one_fit == Fit::Yes && two_fit == Fit::Yes;
            let found = if found { Outcome::Found(entry) } else { Outcome::Ask };
            self.pairs.push(Pair { words: (one, two), outcome: frame.map_or(found, Outcome::Counted), key_first: after });
        }
    }

    fn add_side(&mut self, words: impl Iterator<Item = WordId>, side: Sides) {
        words.for_each(|word| self.sides[word.index()].add(side));
    }

    /// By entry, of so many: the bits of the words at which a search for it may begin; all where that is any word.
    pub fn bits(&self, entries: usize, vocabulary: &Vocabulary) -> Vec<u64> {
        let mut out = vec![0; entries];
        self.postings.iter().for_each(|(word, posting)| out[posting.entry as usize] |= vocabulary.bits(*word));
        self.everywhere.iter().for_each(|posting| out[posting.entry as usize] = u64::MAX);
        out
    }

    /// The pairs both words of which are looked up wherever they stand, and those of which one is looked up only beside the other: a frequent word
    /// that nothing else is known by. Each time whatever takes less.
    fn sort_pairs(&mut self, vocabulary: &Vocabulary, postings: &Groups<Posting>) -> (Pairs, Near) {
        let frequencies = &self.words.frequencies;
        let mut asked = vec![0_u64; frequencies.len()];
        for pair in &self.pairs {
            let (key, other) = pair.key_and_other();
            asked[other.index()] += frequencies[key.index()];
        }
        let is_near = |pair: &Pair| {
            let other = pair.key_and_other().1.index();
            postings.of(other).is_empty() && 2 * asked[other] < frequencies[other]
        };
        let (near, both): (Vec<_>, Vec<_>) = self.pairs.iter().copied().partition(is_near);
        let of_words = if near.is_empty() { Vec::new() } else { vocabulary.edges() };
        let mut edges = vec![Edges::default(); frequencies.len()];
        for pair in &near {
            let (key, other) = pair.key_and_other();
            let (beside, other) = (&mut edges[key.index()], of_words[other.index()]);
            if pair.key_first {
                beside.first.add(other.first);
            } else {
                beside.last.add(other.last);
            }
            self.sides[key.index()].add(Sides::NEAR);
        }
        for pair in &both {
            self.add_side([pair.words.0, pair.words.1].into_iter(), Sides::PAIR);
        }
        (Pairs::new(&both), Near { edges: edges.into(), pairs: Pairs::new(&near) })
    }

    /// `all`: whether several entries of one frame count at one word, of so many frames.
    pub fn build(mut self, vocabulary: &Vocabulary, all: bool, frame_count: usize) -> Index {
        let frame = |p: &Posting| certain_frame(p, self.certain);
        let mut postings = Groups::new(&self.postings, vocabulary.size(), |(word, _)| word.index(), |(_, posting)| *posting);
        let pairs = self.sort_pairs(vocabulary, &postings);
        // Those of which nothing is left to ask come first.
        postings.sort_each_by_key(|posting| (frame(posting).is_none(), posting.is_counted_pair, !posting.is_match));
        let certain = Certain::new(postings.iter(), frame, all, &self.sides, pairs, frame_count);
        Index { postings, everywhere: self.everywhere.into(), certain, reach: self.reach }
    }
}

/// The frame that a posting finds wherever its word is.
fn certain_frame(posting: &Posting, certain: &[Option<u32>]) -> Option<u32> {
    certain.get(posting.entry as usize).copied().flatten().filter(|_| posting.is_match)
}

impl Index {
    /// Adds what the readings find that have one of these words in the slot they are known by.
    pub fn search(&self, text: &Text<'_, '_>, words: Range<u32>, finding: &mut Finding<'_>) {
        text.numbers.each_key(
            words.clone(),
            #[inline(always)]
            |at, id| self.at(text, at, id, finding),
        );
        self.search_everywhere(text, words, finding);
    }

    /// The same, for an index of what is asked for beside something else: at words with one of these bits.
    pub fn search_beside(&self, text: &Text<'_, '_>, words: Range<u32>, bits: u64, finding: &mut Finding<'_>) {
        text.numbers.each_key_beside(words.clone(), bits, |at, id| self.at(text, at, id, finding));
        self.search_everywhere(text, words, finding);
    }

    #[allow(clippy::inline_always)] // asked of every key
    #[inline(always)]
    fn at(&self, text: &Text<'_, '_>, at: u32, id: WordId, finding: &mut Finding<'_>) {
        Self::find(self.of(id), text, at, finding);
        if id == WordId::SEVERAL {
            self.at_several(text, at, finding);
        }
    }

    /// Adds what is found by some postings of word `at`.
    #[allow(clippy::inline_always)] // as above
    #[inline(always)]
    fn find(postings: &[Posting], text: &Text<'_, '_>, at: u32, finding: &mut Finding<'_>) {
        let mut postings = postings.iter();
        while let Some(posting) = postings.as_slice().first().filter(|p| p.is_match) {
            let Span { start, end } = text.document.words[at as usize].span();
            finding.found.push(Found { first: at, beyond: at + 1, entry: posting.entry, gaps: 0, start, end });
            postings.next();
        }
        if postings.as_slice().is_empty() {
            return;
        }
        let neighbours = Neighbours::of(text, at);
        for posting in postings {
            if posting.may_stand(text, at, neighbours) {
                posting.verify(text, at, finding);
            }
        }
    }

    /// The same, of the postings from one up to another.
    #[inline(never)]
    pub fn stand(&self, places: (u32, u32), text: &Text<'_, '_>, at: u32, finding: &mut Finding<'_>) {
        Self::find(self.postings.between(places), text, at, finding);
    }

    /// The same, for a word that has a number for its stem and one for the whole, or must be read.
    #[cold]
    pub fn at_several(&self, text: &Text<'_, '_>, at: u32, finding: &mut Finding<'_>) {
        let word = text.document.words[at as usize];
        for end in [word.end, word.stem] {
            let id = text.id(word.start, end, finding.form);
            let standing = self.of(id).iter().filter(|p| p.may_stand(text, at, Neighbours::of(text, at)));
            standing.for_each(|p| p.verify(text, at, finding));
        }
    }

    pub fn search_everywhere(&self, text: &Text<'_, '_>, words: Range<u32>, finding: &mut Finding<'_>) {
        for posting in &self.everywhere {
            let standing = words.clone().filter(|at| posting.may_stand(text, *at, Neighbours::of(text, *at)));
            standing.for_each(|at| posting.verify(text, at, finding));
        }
    }

    /// Whether any word may be one that something begins at.
    pub fn is_everywhere(&self) -> bool {
        !self.everywhere.is_empty()
    }

    /// How many words the longest reading has, where no words may stand between its own.
    pub fn reach(&self) -> usize {
        self.reach
    }

    /// Whether a search may begin at a word of this number.
    pub fn is_key(&self, id: WordId) -> bool {
        id == WordId::SEVERAL || !self.of(id).is_empty()
    }

    /// Whether counting asks for a word of this number.
    pub fn is_counted(&self, id: WordId) -> bool {
        self.is_key(id) || self.certain.is_in_pair(id)
    }

    fn of(&self, id: WordId) -> &[Posting] {
        self.postings.of(id.index())
    }
}
