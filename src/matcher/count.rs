//! Counting: how often each frame is found. Where a word is a match whatever stands around it, a count is all that is made of it.

use super::index::{Finding, Index, Posting};
use super::verify::{Text, stands_between};
use super::{Found, Match, Matcher, Scratch};
use crate::document::Document;
use crate::lexicon::Overlap;
use crate::segment::{Borders, Whole};
use crate::span::Span;
use crate::vocabulary::{Asked, Letters, Numbered, Sifted, WordId};

/// What counting knows of the words of an index.
#[derive(Debug, Default)]
pub(super) struct Certain {
    /// By the number of a word.
    places: Box<[Place]>,
    /// The frames that are found wherever a word is, word after word.
    frames: Box<[u32]>,
    pairs: Pairs,
    /// What some posting wants.
    any: Beside,
}

/// What is found at a word.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// Where its frames begin and end.
    frames: (u32, u32),
    /// Where the postings begin of which something is left to ask, and where they end.
    postings: (u32, u32),
    beside: Beside,
}

/// What the postings of a word want beside it, but for those that are certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Beside(u8);

impl Beside {
    pub const BEFORE: Self = Self(1);
    pub const AFTER: Self = Self(2);
    /// One of them wants something else than a word right beside it that is told by its letters.
    pub const OTHER: Self = Self(4);
    /// What one of them wants may stand anywhere.
    pub const FAR: Self = Self(8);
    /// One of them, that wants a word before or after, is no plain pair of words.
    pub const HARD: Self = Self(16);
    const ANY: Self = Self(3);

    pub fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    fn has(self, one: Self) -> bool {
        self.0 & one.0 != 0
    }
}

impl Certain {
    /// `postings` are those of each word, in order of their numbers; those that `frame` gives a frame come first. Of several with
    /// the same frame one is enough, unless `all` are counted.
    pub fn new<'p>(
        postings: impl Iterator<Item = impl ExactSizeIterator<Item = &'p Posting>>,
        frame: impl Fn(&Posting) -> Option<u32>,
        all: bool,
        beside: &[Beside],
        pairs: Pairs,
    ) -> Self {
        let (mut places, mut frames, mut end) = (Vec::new(), Vec::new(), 0);
        for (of_word, beside) in postings.zip(beside) {
            let (first, size) = (frames.len(), of_word.len());
            frames.extend(of_word.map_while(&frame));
            let start = end + (frames.len() - first) as u32;
            end += size as u32;
            if !all {
                frames[first..].sort_unstable();
                let own = frames.split_off(first);
                frames.extend(own.chunk_by(|a, b| a == b).map(|same| same[0]));
            }
            places.push(Place { frames: (first as u32, frames.len() as u32), postings: (start, end), beside: *beside });
        }
        let mut any = Beside::default();
        for beside in beside {
            any.add(*beside);
        }
        Self { places: places.into(), frames: frames.into(), pairs, any }
    }

    fn frames(&self, id: WordId) -> &[u32] {
        let (start, end) = self.places[id.index()].frames;
        &self.frames[start as usize..end as usize]
    }
}

/// Which words stand right beside which in an entry: the number of one, the first letters of the other. Never wrong when it says no.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    bits: Box<[u64]>,
}

impl Pairs {
    /// Of words, whether the other comes after them, and its letters.
    pub fn new(pairs: &[(WordId, bool, Letters)]) -> Self {
        let mut bits = vec![0; (pairs.len() / 4).next_power_of_two()];
        for (word, after, letters) in pairs {
            let (at, bit) = place(*word, *after, *letters, bits.len());
            bits[at] |= bit;
        }
        Self { bits: bits.into() }
    }

    #[inline]
    fn may_have(&self, word: WordId, after: bool, letters: Letters) -> bool {
        let (at, bit) = place(word, after, letters, self.bits.len());
        letters.are_any() || self.bits.get(at).is_some_and(|bits| bits & bit != 0)
    }
}

#[inline]
fn place(word: WordId, after: bool, letters: Letters, size: usize) -> (usize, u64) {
    let both = u64::from(letters.number()) << 32 | (word.index() as u64) << 1 | u64::from(after);
    let mixed = (both ^ both >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed >> 38) as usize & (size - 1), 1 << (mixed >> 32 & 63))
}

/// What counting finds word by word, but for what is certain.
struct Left<'l> {
    /// Words at which something is left to ask: where each begins, and its number.
    doubtful: &'l mut Vec<(u32, WordId)>,
    found: &'l mut Vec<Found>,
    /// Whether that may take more than the words nearby.
    far: bool,
}

impl Index {
    /// Counts what is certain, finds what two words right beside each other are, and leaves the rest.
    fn count(&self, sifted: &Sifted<'_>, numbered: &[(u32, WordId)], counts: &mut [i64], left: &mut Left<'_>) {
        let Certain { places, frames, any, .. } = &self.certain;
        for (i, (start, id)) in numbered.iter().copied().enumerate() {
            let id = if id == WordId::UNREAD { sifted.number(start) } else { id };
            let Place { frames: own, beside, .. } = places[id.index()];
            for frame in &frames[own.0 as usize..own.1 as usize] {
                counts[*frame as usize] += 1;
            }
            let several = id == WordId::SEVERAL;
            let doubt = several
                || beside.has(Beside::OTHER)
                || beside.has(Beside::ANY) && {
                    let next = numbered.get(i + 1).copied().unwrap_or((start, id));
                    let last = numbered[i.saturating_sub(1)];
                    self.count_beside(sifted, (start, id), [last, next], left.found)
                };
            if doubt {
                left.doubtful.push((start, id));
                left.far |= if several { any.has(Beside::FAR) } else { beside.has(Beside::FAR) };
            }
        }
    }

    /// Finds the pairs that a word is part of, and says whether something is left to ask. `known` are words, some of which may be right beside it.
    fn count_beside(&self, sifted: &Sifted<'_>, word: (u32, WordId), known: [(u32, WordId); 2], found: &mut Vec<Found>) -> bool {
        let (start, id) = word;
        let Place { postings, beside, .. } = self.certain.places[id.index()];
        let may_have =
            |after: bool, (start, letters): (u32, Letters)| self.certain.pairs.may_have(id, after, letters).then_some(start);
        let next = beside.has(Beside::AFTER).then(|| sifted.next(start)).flatten().and_then(|next| may_have(true, next));
        let last = beside.has(Beside::BEFORE).then(|| sifted.last(start)).flatten().and_then(|last| may_have(false, last));
        if next.is_none() && last.is_none() || beside.has(Beside::HARD) {
            return next.or(last).is_some();
        }
        let number = |start: u32, known: (u32, WordId)| {
            if known.0 == start && known.1 != WordId::UNREAD { known.1 } else { sifted.number(start) }
        };
        let ids = [last.map(|start| number(start, known[0])), next.map(|start| number(start, known[1]))];
        if ids.contains(&Some(WordId::SEVERAL)) {
            return true;
        }
        for posting in &self.postings[postings.0 as usize..postings.1 as usize] {
            let Some((other, after)) = posting.pair() else { continue };
            if ids[usize::from(after)] == Some(other) {
                let (first, second) = if after { (start, next.unwrap_or(start)) } else { (last.unwrap_or(start), start) };
                found.extend(pair(sifted, first, second).map(|(at, span)| posting.found(at, span)));
            }
        }
        false
    }

    /// Adds what the readings find at words where something is left to ask.
    fn search_doubtful(&self, text: &Text<'_, '_>, borders: &Borders, doubtful: &[(u32, WordId)], finding: &mut Finding<'_>) {
        for (start, id) in doubtful.iter().copied() {
            let at = borders.index(start);
            self.stand(self.certain.places[id.index()].postings, text, at, finding);
            if id == WordId::SEVERAL {
                self.at_several(text, at, finding);
            }
        }
        self.search_everywhere(text, text.document.all_words(), finding);
    }
}

impl Matcher {
    /// Counts what [`Matcher::find`] finds but for what touches one of some spans, which come in order; asked for once something is found.
    /// Words and counts are left in `scratch`.
    pub fn count_outside(
        &self,
        left_out: impl FnOnce() -> Vec<Span>,
        whole: Option<&Whole<'_>>,
        text: &str,
        scratch: &mut Scratch,
    ) {
        self.sift(text, scratch);
        let Scratch { words, count, search, matches, letters, counts, borders, starts, kept, .. } = scratch;
        counts.clear();
        counts.resize(self.frame_count, 0);
        matches.clear();
        search.found.clear();
        let sifted = Sifted { vocabulary: &self.vocabulary, text, borders };
        sifted.numbers_into(&starts[..*kept], &mut search.numbered);
        search.doubtful.clear();
        let mut left = Left { doubtful: &mut search.doubtful, found: &mut search.found, far: false };
        self.frames.count(&sifted, &search.numbered, counts, &mut left);
        if left.far || !self.searchers.is_empty() || self.frames.is_everywhere() {
            sifted.write(words, letters);
        } else {
            sifted.write_around(&search.doubtful, self.frames.reach(), words, letters);
        }
        let (words, letters) = (&words[..*count], &letters[..*count]);
        let asked = Asked { vocabulary: &self.vocabulary, text, words, letters, keys: &[] };
        let document = Document::new(text, words, &self.abbreviations).within(whole);
        let text = Text { document: &document, numbers: Numbered::Asked(asked), vocabulary: &self.vocabulary };
        let finding = &mut Finding { readings: &self.readings, form: &mut search.form, found: &mut search.found };
        self.frames.search_doubtful(&text, borders, &search.doubtful, finding);
        self.searchers.iter().for_each(|s| s.search(&document, &mut search.found));
        self.weigh(&text, document.all_words(), search, matches);
        if matches.is_empty() && counts.iter().all(|n| *n == 0) {
            return;
        }
        let left_out = left_out();
        for m in matches.iter().filter(|m| !touches(&left_out, m.span)) {
            counts[m.frame.0 as usize] += 1;
        }
        let mut take_back = |start: u32, covering: Option<&Match>| {
            let found = self.frames.certain.frames(sifted.number(start));
            for frame in found.iter().filter(|f| covering.is_none_or(|m| m.frame.0 == **f)) {
                counts[*frame as usize] -= 1;
            }
        };
        for span in &left_out {
            borders.touching(*span).for_each(|start| take_back(start, None));
        }
        if self.overlap == Overlap::Frame {
            for m in matches.iter() {
                let covered = &words[m.first_word as usize..(m.first_word + m.words) as usize];
                covered.iter().filter(|w| !touches(&left_out, w.span())).for_each(|w| take_back(w.start, Some(m)));
            }
        }
    }
}

/// Which word the first of two is, and the span of both, if they are parted as the words of a phrase may be.
fn pair(sifted: &Sifted<'_>, first: u32, second: u32) -> Option<(u32, Span)> {
    let borders = sifted.borders;
    let between = &sifted.text[borders.end(first) as usize..second as usize];
    stands_between(between).then(|| (borders.index(first), Span { start: first, end: borders.end(second) }))
}

/// Whether a span touches one of these, which come in order.
fn touches(spans: &[Span], span: Span) -> bool {
    spans.get(spans.partition_point(|s| s.end <= span.start)).is_some_and(|s| s.start < span.end)
}
