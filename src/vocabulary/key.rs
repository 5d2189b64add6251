//! Short words as two numbers, and what is told by the first letters of words.

use fearless_simd::prelude::*;
use fearless_simd::{Simd, u64x2};

use super::WordId;

/// Up to 16 ASCII bytes in small letters, filled up with blanks. Of what ASCII words hold, setting the bit that parts capitals from
/// small letters changes letters only, and `_` to something no word holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Key(pub(super) u64, u64);

const BLANKS: u64 = 0x2020_2020_2020_2020;
const NOT_ASCII: u64 = 0x8080_8080_8080_8080;

/// The lowest bytes of both numbers, by how many they are; none where they are more than a key has.
const LOWEST: [(u64, u64); 32] = {
    let mut masks = [(0, 0); 32];
    let mut n = 1;
    while n <= Key::LONGEST {
        let all = u128::MAX >> (128 - 8 * n);
        masks[n] = (all as u64, (all >> 64) as u64);
        n += 1;
    }
    masks
};

impl Key {
    pub(super) const LONGEST: usize = 16;
    /// What a number is multiplied with so that each of its bits bears on the highest.
    pub(super) const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

    /// The first `length` bytes of a chunk, and whether they are ASCII; none where that is more than a key has.
    #[inline]
    pub(super) fn new(chunk: &[u8; Self::LONGEST], length: usize) -> Option<(Self, bool)> {
        let bytes = Self::bytes(chunk, length);
        (length <= Self::LONGEST).then_some((bytes.small(), (bytes.0 | bytes.1) & NOT_ASCII == 0))
    }

    /// The key of the first bytes of a chunk, which are ASCII; that of no word where they are none, or more than a key has.
    #[inline]
    pub(super) fn of_ascii(chunk: &[u8; Self::LONGEST], length: u32) -> Self {
        Self::bytes(chunk, length as usize & (LOWEST.len() - 1)).small()
    }

    /// The same, as a vector.
    #[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
    #[inline(always)]
    pub(super) fn vector_of_ascii<S: Simd>(simd: S, chunk: &[u8; Self::LONGEST], length: u32) -> u64x2<S> {
        let both = u128::from_le_bytes(*chunk);
        let (low, high) = LOWEST[length as usize & (LOWEST.len() - 1)];
        let bytes = u64x2::simd_from(simd, [both as u64, (both >> 64) as u64]);
        bytes & u64x2::simd_from(simd, [low, high]) | BLANKS
    }

    /// Of a vector.
    #[allow(clippy::inline_always)] // as above
    #[inline(always)]
    pub(super) fn of_vector<S: Simd>(vector: u64x2<S>) -> Self {
        Self(vector[0], vector[1])
    }

    /// As a vector.
    #[allow(clippy::inline_always)] // as above
    #[inline(always)]
    pub(super) fn vector<S: Simd>(self, simd: S) -> u64x2<S> {
        u64x2::simd_from(simd, [self.0, self.1])
    }

    /// The first bytes as they stand.
    #[allow(clippy::inline_always)] // as above
    #[inline(always)]
    fn bytes(chunk: &[u8; Self::LONGEST], length: usize) -> Self {
        let both = u128::from_le_bytes(*chunk);
        let lowest = LOWEST.get(length).copied().unwrap_or_default();
        Self(both as u64 & lowest.0, (both >> 64) as u64 & lowest.1)
    }

    #[inline]
    fn small(self) -> Self {
        Self(self.0 | BLANKS, self.1 | BLANKS)
    }

    /// The first bytes of a word, and whether they are ASCII.
    pub(super) fn of(word: &[u8]) -> (Self, bool) {
        let mut chunk = [0; Self::LONGEST];
        let length = word.len().min(Self::LONGEST);
        chunk[..length].copy_from_slice(&word[..length]);
        Self::new(&chunk, length).unwrap_or_default()
    }

    /// Its first `n` bytes.
    pub(super) fn first(self, n: usize) -> Self {
        let (low, high) = LOWEST[n];
        Self(self.0 & low | BLANKS & !low, self.1 & high | BLANKS & !high)
    }

    /// Whether its first `n` bytes are those of another.
    #[inline]
    fn begins_with(self, other: Self, n: usize) -> bool {
        let (low, high) = LOWEST[n];
        (self.0 ^ other.0) & low | (self.1 ^ other.1) & high == 0
    }

    /// Whether it is the same, asked without a jump.
    #[inline]
    pub(super) fn is(self, other: Self) -> bool {
        (self.0 ^ other.0) | (self.1 ^ other.1) == 0
    }

    #[inline]
    pub(super) fn hash(self) -> u64 {
        (self.0 ^ self.1.rotate_left(21)).wrapping_mul(Self::SPREAD)
    }
}

/// The first four bytes of a word, in small letters, filled up with blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letters(pub(super) u32);

impl Letters {
    pub(super) const COUNT: usize = 4;
    /// Those of a word that must be read to know them.
    pub const ANY: Self = Self(0);
    const BLANKS: u32 = 0x2020_2020;
    /// By how many bytes a word has, up to four: those of four that are its own.
    pub(super) const OWN: [u32; Self::COUNT + 1] = [0, 0xFF, 0xFFFF, 0xFF_FFFF, u32::MAX];

    /// Those of the word of so many bytes that begins at a byte.
    #[inline]
    pub(super) fn of(text: &[u8], start: usize, length: usize) -> Self {
        match text.get(start..start + Self::COUNT) {
            Some(&[a, b, c, d]) => Self::new([a, b, c, d], Self::OWN[length.min(Self::COUNT)]),
            _ => Self::at_end(&text[start..start + length]),
        }
    }

    #[inline]
    pub(super) fn new(bytes: [u8; Self::COUNT], own: u32) -> Self {
        Self(u32::from_le_bytes(bytes) & own | Self::BLANKS)
    }

    #[cold]
    fn at_end(word: &[u8]) -> Self {
        let byte = |i: usize| word.get(i).copied().unwrap_or_default();
        Self::new([byte(0), byte(1), byte(2), byte(3)], u32::MAX)
    }

    /// Whether they are those of a word that must be read to know them.
    #[inline]
    pub fn are_any(self) -> bool {
        self == Self::ANY
    }

    /// One of the 62 bits of a word's number.
    #[inline]
    pub(super) fn bit(self) -> u32 {
        2 + ((u64::from(self.0.wrapping_mul(0x9E37_79B1)) * 62) >> 32) as u32
    }
}

/// Where the first four letters lead, in a table of as many places as the bits that are left.
#[inline]
pub(super) fn four(letters: u32, shift: u32) -> usize {
    (letters.wrapping_mul(0x9E37_79B1) >> shift) as usize
}

/// How long the beginnings may be that have the first letters of a word.
#[derive(Debug)]
pub(super) struct Heads {
    /// By the first four letters: the lengths of beginnings from 4 to 16; [`LONG`].
    pub(super) beginnings: Box<[u32]>,
    /// By the first two letters: the lengths of beginnings below 4.
    short: Box<[u8]>,
    /// By the first five letters, as bits: whether a beginning of five or more may have them.
    fives: HashBits,
    /// By the first five letters: the beginning of five or more that has them.
    alone: Box<[Alone]>,
    /// Whether any beginning is shorter than that.
    any_below_five: bool,
    shift: u32,
}

/// The beginning that some letters lead to.
#[derive(Debug, Clone, Copy, Default)]
struct Alone {
    key: Key,
    length: u8,
    /// Whether they lead to others too.
    several: bool,
    id: WordId,
}

/// The lengths of beginnings that the first four letters tell.
const TOLD_BY_FOUR: u32 = 0b1_1111;

/// Something that is longer than a key, or not ASCII, begins with these letters.
pub(super) const LONG: u32 = 1;

impl Heads {
    /// For `n` beginnings.
    pub(super) fn new(n: usize) -> Self {
        let bits = (n * 4).next_power_of_two().ilog2().clamp(10, 15);
        Self {
            beginnings: vec![0; 1 << bits].into(),
            short: vec![0; 1 << 10].into(),
            fives: HashBits::new(n, 1 << 15),
            alone: vec![Alone::default(); (n * 8).min(1 << 12).max(n * 2).max(2).next_power_of_two()].into(),
            any_below_five: false,
            shift: 32 - bits,
        }
    }

    /// Where the first four letters lead.
    #[inline]
    pub(super) fn four(&self, letters: u32) -> usize {
        four(letters, self.shift)
    }

    /// Where the first two letters lead.
    #[inline]
    pub(super) fn two(letters: u32) -> usize {
        ((letters & 31) << 5 | letters >> 8 & 31) as usize
    }

    /// Of one hash of the first five letters.
    #[inline]
    fn place(&self, five: u64) -> usize {
        // All five letters bear on the highest bits.
        (five >> (u64::BITS - self.alone.len().ilog2())) as usize
    }

    pub(super) fn add_beginning(&mut self, key: Key, length: usize, id: WordId) {
        let letters = key.0 as u32;
        let (four, two) = (self.four(letters), Self::two(letters));
        match length {
            1 => (0..32).for_each(|second| self.short[two & !31 | second] |= 2),
            2 | 3 => self.short[two] |= 1 << length,
            _ => self.beginnings[four] |= 1 << length,
        }
        if length > 4 {
            self.fives.add(five(key));
            let place = self.place(five(key));
            let alone = &mut self.alone[place];
            *alone = Alone { key, length: length as u8, several: alone.length > 0, id };
        } else {
            self.any_below_five = true;
        }
    }

    pub(super) fn add_long(&mut self, key: Key) {
        let at = self.four(key.0 as u32);
        self.beginnings[at] |= LONG;
    }

    /// Whether a word of so many letters may have any beginning; never wrong when it says no.
    #[inline]
    pub(super) fn may_begin(&self, key: Key, length: usize) -> bool {
        if self.any_below_five { self.lengths(key, length) != 0 } else { self.fives.has(five(key)) }
    }

    /// The longest beginning of a word; none where that is to be asked elsewhere.
    #[inline]
    pub(super) fn only(&self, key: Key) -> Option<WordId> {
        let alone = &self.alone[self.place(five(key))];
        // A shorter word has blanks where the beginning has letters.
        let begins = alone.length > 0 && key.begins_with(alone.key, usize::from(alone.length));
        let told = !alone.several && (begins || !self.any_below_five);
        told.then_some(if begins { alone.id } else { WordId::UNKNOWN })
    }

    /// The lengths of beginnings, as bits, that the first `length` letters of a word may have; at most a key.
    #[inline]
    pub(super) fn lengths(&self, key: Key, length: usize) -> u32 {
        let five_fit = self.fives.has(five(key));
        if !(five_fit || self.any_below_five) {
            return 0;
        }
        let told = if five_fit { u32::MAX } else { TOLD_BY_FOUR };
        let lengths = self.beginnings[self.four(key.0 as u32)] & !LONG | u32::from(self.short[Self::two(key.0 as u32)]);
        lengths & told & (u32::MAX >> 31_u32.saturating_sub(length as u32))
    }
}

/// The hash of the first five letters.
#[inline]
fn five(key: Key) -> u64 {
    (key.0 << 24).wrapping_mul(Key::SPREAD)
}

/// A set of hashes: a bit for each, which some others share.
#[derive(Debug)]
pub(super) struct HashBits {
    bits: Box<[u64]>,
    shift: u32,
}

impl HashBits {
    /// Of so many, with sixteen bits for each and no fewer bits than that.
    pub(super) fn new(n: usize, least: usize) -> Self {
        let words = (n * 16).max(least).next_power_of_two().max(2 * u64::BITS as usize) / u64::BITS as usize;
        Self { bits: vec![0; words].into(), shift: u64::BITS - words.ilog2() }
    }

    #[inline]
    fn place(&self, hash: u64) -> (usize, u64) {
        ((hash >> self.shift) as usize, 1 << (hash >> 32 & 63))
    }

    pub(super) fn add(&mut self, hash: u64) {
        let (at, bit) = self.place(hash);
        self.bits[at] |= bit;
    }

    /// Whether a hash may be in it; never wrong when it says no.
    #[inline]
    pub(super) fn has(&self, hash: u64) -> bool {
        let (at, bit) = self.place(hash);
        self.bits[at] & bit != 0
    }
}
