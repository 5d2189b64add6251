//! Which readings a word could belong to, by its number.

use std::ops::Range;

use smallvec::SmallVec;

use super::Found;
use super::certain::{Beside as Sides, Certain, Near};
use super::groups::Groups;
use super::pairs::{Outcome, Pair, Pairs};
use super::slot::{CompiledSlot, Fit};
use super::verify::{CompiledReading, Text};
use crate::language::Language;
use crate::span::Span;
use crate::vocabulary::{Edges, Vocabulary, WordId};

/// A place in a reading that a word may fill, and what must stand beside it; 32 bytes, so that two are one line of the cache.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    /// The bits of the words that fit another slot; all where there is none.
    bits: u64,
    /// The same of a second one, both halves as one.
    second: u32,
    /// How many words further on each of these is, from the fewest to the most.
    distances: [(i8, i8); 2],
    /// Which side the first of them is on, if it is right beside this word.
    side: Side,
    /// How many words back the reading starts, from the fewest to the most.
    least: u16,
    most: u16,
    reading: u32,
    pub entry: u32,
    /// The word must begin with a capital.
    capital: bool,
    /// Nothing is left to ask: the word is a match.
    is_match: bool,
    /// It is counted wherever the two words of the reading stand beside each other.
    pub is_counted: bool,
}

impl Posting {
    /// Adds what the reading finds with word `at` in the slot.
    #[inline(never)]
    fn verify(&self, text: &Text<'_, '_>, at: u32, finding: &mut Finding<'_>) {
        let reading = &finding.readings[self.reading as usize];
        for start in (self.least..=self.most).filter_map(|back| at.checked_sub(back.into())) {
            if self.least == self.most || reading.may_start(text, start) {
                reading.verify(text, start, finding.form, finding.found);
            }
        }
    }

    /// Whether the word is written as it must be, and what stands beside it fits; never wrong when it says no.
    #[allow(clippy::inline_always)] // asked of every candidate: a call costs as much as the question
    #[inline(always)]
    fn may_stand(&self, text: &Text<'_, '_>, at: u32, beside: Beside) -> bool {
        // Which side it is nobody could foretell, but most end here.
        self.bits & beside.0[self.side as usize] != 0
            && (self.side != Side::Elsewhere || self.bits & bits(text, at, self.distances[0]) != 0)
            && (self.second == u32::MAX || self.second & halves(bits(text, at, self.distances[1])) != 0)
            && !(self.capital && begins_small(text, at))
    }
}

/// Where a word is, seen from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
    Elsewhere,
}

impl Side {
    fn of(distance: (i8, i8)) -> Self {
        match distance {
            (-1, -1) => Self::Before,
            (1, 1) => Self::After,
            _ => Self::Elsewhere,
        }
    }
}

/// The bits of the words on each side of a word; all of those elsewhere.
#[derive(Debug, Clone, Copy)]
struct Beside([u64; 3]);

impl Beside {
    #[inline]
    fn of(text: &Text<'_, '_>, at: u32) -> Self {
        Self([bit(text, at.checked_sub(1)), bit(text, at.checked_add(1)), u64::MAX])
    }
}

/// The bits of the words at these distances from word `at`; all at none.
#[inline]
fn bits(text: &Text<'_, '_>, at: u32, (nearest, furthest): (i8, i8)) -> u64 {
    if (nearest, furthest) == (0, 0) {
        return u64::MAX;
    }
    let place = |distance: i8| at.checked_add_signed(distance.into());
    let (from, to) = (place(nearest).unwrap_or_default(), place(furthest));
    to.map_or(0, |to| (from..=to).fold(0, |bits, at| bits | bit(text, Some(at))))
}

#[inline]
fn bit(text: &Text<'_, '_>, at: Option<u32>) -> u64 {
    at.and_then(|at| text.numbers.bit(at)).unwrap_or_default()
}

/// Both halves of a set as one.
fn halves(bits: u64) -> u32 {
    (bits | bits >> 32) as u32
}

fn begins_small(text: &Text<'_, '_>, at: u32) -> bool {
    text.document.text.as_bytes()[text.document.words[at as usize].start as usize].is_ascii_lowercase()
}

/// Where a search reads from, and what it adds to.
pub(super) struct Finding<'s> {
    pub readings: &'s [CompiledReading],
    /// Room for the folded form of a word.
    pub form: &'s mut String,
    pub found: &'s mut Vec<Found>,
}

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
    /// By entry: the frame that is found wherever a word of the entry is, whatever stands around it.
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
        let (least, most) = (*starts[k].start(), *starts[k].end());
        let others = reading.others(k);
        let of = |i: usize| others.get(i).map_or((u64::MAX, (0, 0)), |(slot, distance)| (slot.bits(), *distance));
        let ((bits, one), (rest, another)) = (of(0), of(1));
        let (second, distances) = (halves(rest), [one, another]);
        let entry = reading.entry;
        let capital = slots[k].begins_with_capital();
        let posting = Posting {
            bits,
            second,
            distances,
            side: Side::of(distances[0]),
            least,
            most,
            reading: id,
            entry,
            capital,
            is_match: false,
            is_counted: false,
        };
        let Some(words) = slots[k].words() else { return self.everywhere.push(posting) };
        let is_word = reading.is_word();
        let before = self.postings.len();
        self.postings.extend(words.map(|(word, fit)| (word, Posting { is_match: is_word && fit == Fit::Yes, ..posting })));
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
        self.postings[before..].iter_mut().for_each(|(_, posting)| posting.is_counted = frame.is_some());
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
        postings.sort_each_by_key(|posting| (frame(posting).is_none(), posting.is_counted, !posting.is_match));
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
        let beside = Beside::of(text, at);
        for posting in postings {
            if posting.may_stand(text, at, beside) {
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
            let id = text.id((word.start, end), finding.form);
            let standing = self.of(id).iter().filter(|p| p.may_stand(text, at, Beside::of(text, at)));
            standing.for_each(|p| p.verify(text, at, finding));
        }
    }

    pub fn search_everywhere(&self, text: &Text<'_, '_>, words: Range<u32>, finding: &mut Finding<'_>) {
        for posting in &self.everywhere {
            let standing = words.clone().filter(|at| posting.may_stand(text, *at, Beside::of(text, *at)));
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
