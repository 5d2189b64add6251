//! Counting: how often each frame is found. Where a word is a match whatever stands around it, a count is all that is made of it; and of two words, where all
//! that is found counts.

use fearless_simd::{Simd, dispatch};

use super::certain::{Hot, Sides};
use super::index::Index;
use super::pairs::{Outcome, Pairs};
use super::posting::Finding;
use super::tally::WIDE;
use super::verify::{Text, stands_between};
use super::{Found, Match, Matcher, Scratch, Search};
use crate::document::Document;
use crate::lexicon::Overlap;
use crate::segment::{Whole, vectors};
use crate::span::Span;
use crate::vocabulary::{Asked, KeyWord, KeyWords, Memo, Numbered, Sifted, WordId};

/// What a word may be with the words right beside it, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct With(u8);

impl With {
    /// A pair with the word before it, which is looked up too.
    const SECOND: u8 = 1;
    /// One with the word before it, which is looked up there only.
    const BEFORE: u8 = 2;
    /// One with the word after it.
    const AFTER: u8 = 4;

    fn has(self, one: u8) -> bool {
        self.0 & one != 0
    }
}

/// A word that is more than a tally.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Further {
    /// Which of the words that have a number.
    at: u32,
    sides: Sides,
    /// What it may be with the words beside it.
    with: With,
}

/// What is left when what is certain is counted.
struct Left<'l> {
    /// Words at which something is left to ask.
    doubtful: &'l mut Vec<KeyWord>,
    /// Those of them that are counted as pairs, and stand beside one that must be read.
    beside_several: &'l mut Vec<KeyWord>,
    found: &'l mut Vec<Found>,
    /// Whether that may take more than the words nearby.
    far: bool,
}

impl Left<'_> {
    fn doubt(&mut self, word: KeyWord, far: bool) {
        push_once(self.doubtful, word);
        self.far |= far;
    }
}

/// Adds a word that may be the last one already.
fn push_once(words: &mut Vec<KeyWord>, word: KeyWord) {
    if words.last().is_none_or(|last| last.start != word.start) {
        words.push(word);
    }
}

impl Index {
    /// Counts what is certain, finds what two words right beside each other are, and leaves the rest.
    /// Nobody could foretell which words are more than a tally: they are gathered first, in `further`.
    fn count(
        &self,
        sifted: &Sifted<'_>,
        words: KeyWords<'_>,
        counts: &mut [i64],
        further: &mut Vec<Further>,
        left: &mut Left<'_>,
    ) {
        let number = self.tally(words.ids, counts, further);
        let number = self.keep_beside(sifted, words, &mut further[..number]);
        for Further { at, sides, with } in &further[..number] {
            let word = words.get(*at as usize);
            if with.has(With::SECOND) {
                self.count_pair(&self.certain.pairs, sifted, (words.get(before(*at)), word), counts, left);
            }
            if with.has(With::BEFORE | With::AFTER) {
                self.count_near(sifted, word, *with, counts, left);
            }
            if sides.has(Sides::MORE) {
                self.certain.frames(word.id).iter().for_each(|frame| counts[*frame as usize] += 1);
            }
            if sides.has(Sides::OTHER) {
                left.doubt(word, sides.has(Sides::FAR));
            }
        }
    }

    /// Adds up the tallies of all words, and gathers the words that are more, or may be; says how many.
    fn tally(&self, ids: &[WordId], counts: &mut [i64], further: &mut Vec<Further>) -> usize {
        if further.len() < ids.len() {
            further.resize(ids.len(), Further::default());
        }
        if self.certain.tallies.are_narrow() {
            dispatch!(vectors(), simd => self.tally_in::<_, 1>(simd, ids, counts, further))
        } else {
            dispatch!(vectors(), simd => self.tally_in::<_, WIDE>(simd, ids, counts, further))
        }
    }

    #[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
    #[inline(always)]
    fn tally_in<S: Simd, const N: usize>(&self, simd: S, ids: &[WordId], counts: &mut [i64], further: &mut [Further]) -> usize {
        let (hot, tallies) = (&*self.certain.hot, &self.certain.tallies);
        let (mut seconds, mut number, mut at) = (Hot::NONE_BEFORE, 0, 0);
        for together in ids.chunks(tallies.together()) {
            let mut sum = tallies.sum::<S, N>(simd);
            let mut take = |id: WordId| {
                let Hot { seconds: after, tally, second, .. } = hot[id.index()];
                sum.add(tally);
                // There is room for all of them.
                let Some(slot) = further.get_mut(number) else { return };
                slot.at = at;
                number += (seconds >> (second & 31) & 1) as usize;
                (seconds, at) = (after, at + 1);
            };
            // By two, which the compiler does not do by itself: that takes a fifth less.
            let (twos, last) = together.as_chunks();
            for [one, two] in twos {
                take(*one);
                take(*two);
            }
            for id in last {
                take(*id);
            }
            sum.add_to(counts);
        }
        number
    }

    /// Looks which of them are a pair with the word before them, or may have a word beside them that is looked up there only, and keeps those and the ones
    /// that are more besides; says how many.
    fn keep_beside(&self, sifted: &Sifted<'_>, words: KeyWords<'_>, further: &mut [Further]) -> usize {
        let mut kept = 0;
        for i in 0..further.len() {
            let at = further[i].at;
            // The first of all stands beside none.
            let two = words.ids.get((at as usize).wrapping_sub(1)..=at as usize);
            let (first, second) =
                if let Some(&[first, second]) = two { (first, second) } else { (WordId::UNKNOWN, words.ids[0]) };
            let sides = self.certain.hot[second.index()].sides;
            let mut with = With(u8::from(self.certain.pairs.may_have((first, second))));
            if first == WordId::SEVERAL || second == WordId::SEVERAL {
                with.0 |= u8::from(sides.has(Sides::PAIR));
            }
            if sides.has(Sides::NEAR) {
                with.0 |= self.may_be_near(sifted, words.get(at as usize));
            }
            further[kept] = Further { at, sides, with };
            kept += usize::from(with.0 != 0 || sides.has(Sides::APART));
        }
        kept
    }

    /// Whether a word that is looked up there only may stand right before a word, and right after; never wrong when it says no.
    #[inline]
    fn may_be_near(&self, sifted: &Sifted<'_>, word: KeyWord) -> u8 {
        let (text, edges) = (sifted.text.as_bytes(), self.certain.near.edges[word.id.index()]);
        let before = !edges.last.is_none() && edges.last.may_stand_before(text, word.start);
        let after = !edges.first.is_none() && edges.first.may_stand_after(text, word.end);
        (u8::from(before) * With::BEFORE) | (u8::from(after) * With::AFTER)
    }

    /// Finds what a word is with the words right beside it, which are looked up: words that nothing is known by, so that no pair is found twice.
    fn count_near(&self, sifted: &Sifted<'_>, word: KeyWord, with: With, counts: &mut [i64], left: &mut Left<'_>) {
        let (borders, pairs) = (sifted.borders, &self.certain.near.pairs);
        if let Some(other) = borders.last(word.start).filter(|_| with.has(With::BEFORE)) {
            self.count_pair(pairs, sifted, (known(sifted, other), word), counts, left);
        }
        if let Some(other) = borders.next(word.start).filter(|_| with.has(With::AFTER)) {
            self.count_pair(pairs, sifted, (word, known(sifted, other)), counts, left);
        }
    }

    /// Finds what two words are if they stand right beside each other.
    #[allow(clippy::inline_always)] // in the loop over all of them
    #[inline(always)]
    fn count_pair(
        &self,
        pairs: &Pairs,
        sifted: &Sifted<'_>,
        (first, second): (KeyWord, KeyWord),
        counts: &mut [i64],
        left: &mut Left<'_>,
    ) {
        if !stand_together(sifted.text, first.end as usize, second.start as usize) {
            return;
        }
        if first.id == WordId::SEVERAL || second.id == WordId::SEVERAL {
            for word in [first, second].into_iter().filter(|word| word.id != WordId::SEVERAL) {
                left.doubt(word, self.certain.is_far(word));
                if self.certain.has_counted_pairs(word) {
                    push_once(left.beside_several, word);
                }
            }
            return;
        }
        for pair in pairs.of((first.id, second.id)) {
            match pair.outcome {
                Outcome::Counted(frame) => counts[frame as usize] += 1,
                Outcome::Found(entry) => {
                    let at = sifted.borders.index(first.start);
                    let (start, end) = (first.start, second.end);
                    left.found.push(Found { first: at, beyond: at + 2, entry, gaps: 0, start, end });
                }
                Outcome::Ask => {
                    let word = if pair.key_first { first } else { second };
                    left.doubt(word, self.certain.is_far(word));
                }
            }
        }
    }

    /// The frames that are counted where two words stand, by the pair that they are.
    fn frames_of_pair(&self, sifted: &Sifted<'_>, (first, second): (u32, u32)) -> impl Iterator<Item = u32> {
        let (first, second) = (known(sifted, first), known(sifted, second));
        let counts = stand_together(sifted.text, first.end as usize, second.start as usize)
            && first.id != WordId::SEVERAL
            && second.id != WordId::SEVERAL;
        let pairs = [&self.certain.pairs, &self.certain.near.pairs].into_iter().filter(move |_| counts);
        let pairs = pairs.flat_map(move |pairs| pairs.of((first.id, second.id)));
        pairs.filter_map(|pair| if let Outcome::Counted(frame) = pair.outcome { Some(frame) } else { None })
    }

    /// Adds what the readings find at words where something is left to ask.
    fn search_doubtful(&self, text: &Text<'_, '_>, sifted: &Sifted<'_>, doubtful: &[KeyWord], finding: &mut Finding<'_>) {
        for word in doubtful {
            let at = sifted.borders.index(word.start);
            self.stand(self.certain.places[word.id.index()].postings, text, at, finding);
            if word.id == WordId::SEVERAL {
                self.at_several(text, at, finding);
            }
        }
        self.search_everywhere(text, text.document.all_words(), finding);
    }

    /// Adds what words are with a word beside them that must be read: the pairs of other words are counted already.
    #[cold]
    fn search_beside_several(&self, text: &Text<'_, '_>, sifted: &Sifted<'_>, words: &[KeyWord], finding: &mut Finding<'_>) {
        let must_be_read = |at: u32| sifted.number(text.document.words[at as usize].start) == WordId::SEVERAL;
        for word in words {
            let from = finding.found.len();
            self.stand(self.certain.places[word.id.index()].pairs(), text, sifted.borders.index(word.start), finding);
            let mut at = from;
            while let Some(Found { first, .. }) = finding.found.get(at).copied() {
                if must_be_read(first) || must_be_read(first + 1) {
                    at += 1;
                } else {
                    finding.found.swap_remove(at);
                }
            }
        }
    }
}

/// The word that begins at a byte, looked up.
fn known(sifted: &Sifted<'_>, start: u32) -> KeyWord {
    KeyWord { start, end: sifted.borders.end(start), id: sifted.number(start) }
}

impl Matcher {
    /// Counts what [`Matcher::find`] finds but for what touches one of some spans, which come in order; asked for once something is found.
    /// Words and counts are left in `scratch`. None if `bytes` are no text: they are `checked` once they have been read for their words, and are near.
    pub fn count_outside<'t>(
        &self,
        left_out: impl FnOnce(&str) -> Vec<Span>,
        whole: Option<&Whole<'_>>,
        bytes: &'t [u8],
        checked: impl FnOnce(&'t [u8]) -> Option<&'t str>,
        scratch: &mut Scratch,
    ) -> Option<()> {
        scratch.borders.read(bytes, &mut scratch.buffer);
        let text = checked(bytes)?;
        self.sift(text, scratch);
        let Scratch { words, count, search, matches, letters, counts, borders, sieved, kept, .. } = scratch;
        counts.clear();
        counts.resize(self.frame_count, 0);
        matches.clear();
        search.found.clear();
        let sifted = Sifted { vocabulary: &self.vocabulary, text, borders };
        let Search { ids, further, doubtful, beside_several, found, .. } = &mut *search;
        let numbered = sifted.number_kept(&mut sieved[..*kept], ids);
        doubtful.clear();
        beside_several.clear();
        let mut left = Left { doubtful, beside_several, found, far: false };
        self.frames.count(&sifted, numbered, counts, further, &mut left);
        if left.far || !self.searchers.is_empty() || self.frames.is_everywhere() {
            sifted.write(words, letters);
        } else {
            sifted.write_around(&search.doubtful, self.frames.reach(), words, letters);
        }
        let (words, letters) = (&words[..*count], &letters[..*count]);
        let memo = Memo::default();
        let asked = Asked { vocabulary: &self.vocabulary, text, words, letters, keys: &[], memo: &memo };
        let document = Document::new(text, words, &self.abbreviations).within(whole);
        let text = Text { document: &document, numbers: Numbered::Asked(asked), vocabulary: &self.vocabulary };
        let finding = &mut Finding { readings: &self.readings, form: &mut search.form, found: &mut search.found };
        self.frames.search_doubtful(&text, &sifted, &search.doubtful, finding);
        if !search.beside_several.is_empty() {
            self.frames.search_beside_several(&text, &sifted, &search.beside_several, finding);
        }
        self.searchers.iter().for_each(|s| s.search(&document, &mut search.found));
        self.weigh(&text, &[document.all_words()], search, matches);
        if matches.is_empty() && counts.iter().all(|n| *n == 0) {
            return Some(());
        }
        let left_out = left_out(document.text);
        for m in matches.iter().filter(|m| !touches(&left_out, m.span)) {
            counts[m.frame.0 as usize] += 1;
        }
        self.take_back(&sifted, &left_out, matches, counts);
        Some(())
    }

    /// Takes back what was counted though it is left out, or lost to a match.
    fn take_back(&self, sifted: &Sifted<'_>, left_out: &[Span], matches: &[Match], counts: &mut [i64]) {
        let (borders, certain) = (sifted.borders, &self.frames.certain);
        let is_out = |start: &u32| touches(left_out, Span { start: *start, end: borders.end(*start) });
        for start in left_out.iter().flat_map(|span| borders.touching(*span)) {
            certain.frames(sifted.number(start)).iter().for_each(|frame| counts[*frame as usize] -= 1);
            // A pair both words of which are left out is taken back with its first.
            let before = borders.last(start).filter(|before| !is_out(before)).map(|before| (before, start));
            for pair in before.into_iter().chain(borders.next(start).map(|next| (start, next))) {
                self.frames.frames_of_pair(sifted, pair).for_each(|frame| counts[frame as usize] -= 1);
            }
        }
        if self.overlap != Overlap::Frame {
            return;
        }
        for m in matches {
            for start in borders.touching(m.span).filter(|start| !is_out(start)) {
                let lost = certain.frames(sifted.number(start)).iter().filter(|frame| m.frame.0 == **frame);
                lost.for_each(|frame| counts[*frame as usize] -= 1);
            }
        }
    }
}

/// Which of the words that have a number comes before one of them; for the first, itself, which stands not beside itself.
#[inline]
fn before(at: u32) -> usize {
    at.saturating_sub(1) as usize
}

/// Whether what stands between the end of a word and the start of another is what stands between the words of a phrase.
#[inline]
fn stand_together(text: &str, end: usize, start: usize) -> bool {
    match text.as_bytes().get(end..) {
        Some([b' ', ..]) if start == end + 1 => true,
        // After a single blank comes another word.
        Some([b' ', b'!'..=b'~', ..]) => false,
        _ => text.get(end..start).is_some_and(stands_between),
    }
}

/// Whether a span touches one of these, which come in order.
fn touches(spans: &[Span], span: Span) -> bool {
    spans.get(spans.partition_point(|s| s.end <= span.start)).is_some_and(|s| s.start < span.end)
}
