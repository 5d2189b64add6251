//! Where a word could belong to a reading, and what must stand beside it there.

use super::Found;
use super::verify::{CompiledReading, Text};

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
    pub is_match: bool,
    /// It is counted wherever the two words of the reading stand beside each other.
    pub is_counted_pair: bool,
}

impl Posting {
    /// That of slot `k` of a reading.
    pub fn new(id: u32, reading: &CompiledReading, k: usize) -> Self {
        let (starts, others) = (&reading.starts()[k], reading.others(k));
        let of = |i: usize| others.get(i).map_or((u64::MAX, (0, 0)), |(slot, distance)| (slot.bits(), *distance));
        let ((bits, one), (rest, another)) = (of(0), of(1));
        Self {
            bits,
            second: halves(rest),
            distances: [one, another],
            side: Side::of(one),
            least: *starts.start(),
            most: *starts.end(),
            reading: id,
            entry: reading.entry,
            capital: reading.slots()[k].begins_with_capital(),
            is_match: false,
            is_counted_pair: false,
        }
    }

    /// The same, where nothing is left to ask or something is.
    pub fn with_match(self, is_match: bool) -> Self {
        Self { is_match, ..self }
    }

    /// Adds what the reading finds with word `at` in the slot.
    #[inline(never)]
    pub fn verify(&self, text: &Text<'_, '_>, at: u32, finding: &mut Finding<'_>) {
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
    pub fn may_stand(&self, text: &Text<'_, '_>, at: u32, neighbours: Neighbours) -> bool {
        // Which side it is nobody could foretell, but most end here.
        self.bits & neighbours.0[self.side as usize] != 0
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
pub(super) struct Neighbours([u64; 3]);

impl Neighbours {
    #[inline]
    pub fn of(text: &Text<'_, '_>, at: u32) -> Self {
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
