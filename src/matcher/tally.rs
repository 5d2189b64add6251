//! Many counts in one: what a word adds to the counts of all frames is a row of bytes, and rows are added as vectors.

use fearless_simd::prelude::*;
use fearless_simd::{Simd, u8x16};
use rustc_hash::FxHashMap;

/// What a word adds to the counts of frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally(u16);

/// Rows of bytes, a byte for each frame; the first is empty. Each row stands there once, however many words have it.
#[derive(Debug)]
pub(super) struct Tallies {
    rows: Vec<u8>,
    /// How many vectors make a row: one, or [`WIDE`].
    vectors: usize,
    /// The most that a row adds to a frame.
    most: u8,
    known: FxHashMap<Box<[u8]>, Tally>,
}

/// Bytes of a vector.
const LANES: usize = 16;
/// How many vectors make a row where there are more frames than one has lanes; of further frames there are no tallies.
pub(super) const WIDE: usize = 4;

impl Tallies {
    /// For so many frames.
    pub fn new(frames: usize) -> Self {
        let vectors = if frames <= LANES { 1 } else { WIDE };
        Self { rows: vec![0; vectors * LANES], vectors, most: 1, known: FxHashMap::default() }
    }

    /// That of some frames; none where it does not fit a row.
    pub fn of(&mut self, frames: &[u32]) -> Option<Tally> {
        if frames.is_empty() {
            return Some(Tally::default());
        }
        let row = &mut [0; WIDE * LANES][..self.vectors * LANES];
        for frame in frames {
            let lane: &mut u8 = row.get_mut(*frame as usize)?;
            *lane = lane.checked_add(1)?;
        }
        self.most = row.iter().copied().fold(self.most, u8::max);
        if let Some(known) = self.known.get(row) {
            return Some(*known);
        }
        let next = Tally(u16::try_from(self.rows.len() / row.len()).ok()?);
        self.rows.extend_from_slice(row);
        self.known.insert((&*row).into(), next);
        Some(next)
    }

    /// All of them, ready to be added up.
    pub fn done(mut self) -> Self {
        self.known = FxHashMap::default();
        self
    }

    /// Whether a row is one vector; else it is [`WIDE`].
    pub fn are_narrow(&self) -> bool {
        self.vectors == 1
    }

    /// How many tallies can be summed up before a byte runs over.
    pub fn together(&self) -> usize {
        usize::from(u8::MAX / self.most)
    }

    /// A sum of nothing; a row is `N` vectors.
    #[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
    #[inline(always)]
    pub fn sum<S: Simd, const N: usize>(&self, simd: S) -> Sum<'_, S, N> {
        Sum { simd, rows: self.rows.as_chunks().0.as_chunks().0, vectors: [u8x16::splat(simd, 0); N] }
    }
}

/// The sum of some rows.
pub(super) struct Sum<'t, S: Simd, const N: usize> {
    simd: S,
    rows: &'t [[[u8; LANES]; N]],
    vectors: [u8x16<S>; N],
}

#[allow(clippy::inline_always)] // as above
impl<S: Simd, const N: usize> Sum<'_, S, N> {
    #[inline(always)]
    pub fn add(&mut self, Tally(row): Tally) {
        for (sum, vector) in self.vectors.iter_mut().zip(&self.rows[usize::from(row)]) {
            *sum += u8x16::from_slice(self.simd, vector);
        }
    }

    /// Adds it to the counts.
    #[inline(always)]
    pub fn add_to(&self, counts: &mut [i64]) {
        let lanes = self.vectors.iter().flat_map(u8x16::as_slice);
        counts.iter_mut().zip(lanes).for_each(|(count, lane)| *count += i64::from(*lane));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::vectors;
    use fearless_simd::dispatch;
    use proptest::prelude::*;

    #[allow(clippy::inline_always)] // as above
    #[inline(always)]
    fn add_up<S: Simd, const N: usize>(simd: S, tallies: &Tallies, text: &[Tally], counts: &mut [i64]) {
        for together in text.chunks(tallies.together()) {
            let mut sum = tallies.sum::<S, N>(simd);
            for tally in together {
                sum.add(*tally);
            }
            sum.add_to(counts);
        }
    }

    proptest! {
        #[test]
        fn they_are_counts(
            frames in 1_u32..100,
            words in prop::collection::vec(prop::collection::vec(0_u32..100, 0..9), 1..20),
            text in prop::collection::vec(0_usize..20, 0..400),
        ) {
            let words: Vec<Vec<u32>> = words.iter().map(|word| word.iter().map(|frame| frame % frames).collect()).collect();
            let mut tallies = Tallies::new(frames as usize);
            let of_words: Vec<_> = words.iter().map(|word| tallies.of(word)).collect();
            let tallies = tallies.done();
            let mut naive = vec![0; frames as usize];
            let mut rows = Vec::new();
            for word in text.iter().map(|word| word % words.len()) {
                if let Some(tally) = of_words[word] {
                    rows.push(tally);
                    words[word].iter().for_each(|frame| naive[*frame as usize] += 1);
                }
            }
            let mut counts = vec![0; frames as usize];
            if tallies.are_narrow() {
                dispatch!(vectors(), simd => add_up::<_, 1>(simd, &tallies, &rows, &mut counts));
            } else {
                dispatch!(vectors(), simd => add_up::<_, WIDE>(simd, &tallies, &rows, &mut counts));
            }
            prop_assert_eq!(counts, naive);
        }
    }

    #[test]
    fn what_fits_no_row_has_none() {
        let mut tallies = Tallies::new(80);
        assert!(tallies.of(&[0, 63]).is_some() && tallies.of(&[2; 255]).is_some());
        assert_eq!([tallies.of(&[64]), tallies.of(&[2; 256])], [None, None]);
        assert_eq!([tallies.of(&[1, 2]), tallies.of(&[])], [tallies.of(&[2, 1]), Some(Tally::default())]);
    }
}
