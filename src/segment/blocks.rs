//! Bytes in blocks of 64, as sets of bits: what a loop over bytes asks of each is asked of a whole block at once, with the widest
//! vectors that the machine has.

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch, i8x32, mask8x32, u8x32};

/// The widest vectors that the machine has; none with the feature `portable`, as where there are none.
pub(crate) fn vectors() -> Level {
    #[cfg(feature = "portable")]
    return Level::fallback();
    #[cfg(not(feature = "portable"))]
    return Level::new();
}

/// How many bytes make a block.
pub(crate) const BLOCK: usize = 64;

/// The places of the bits set, from the lowest on.
pub(crate) fn places(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        place
    })
}

/// A block, compared as one: its halves.
#[derive(Clone, Copy)]
pub(crate) struct Block<S: Simd>([u8x32<S>; 2]);

#[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
impl<S: Simd> Block<S> {
    /// The block that begins at a byte, which is no further than the end; filled up with zeros where it reaches past that.
    #[inline(always)]
    pub fn at(simd: S, bytes: &[u8], at: usize) -> Self {
        let rest = &bytes[at..];
        if let Some(block) = rest.first_chunk() {
            return Self::new(simd, block);
        }
        let mut block = [0; BLOCK];
        block[..rest.len()].copy_from_slice(rest);
        Self::new(simd, &block)
    }

    /// These bytes.
    #[inline(always)]
    pub fn new(simd: S, block: &[u8; BLOCK]) -> Self {
        let (low, high) = block.split_at(BLOCK / 2);
        Self([u8x32::from_slice(simd, low), u8x32::from_slice(simd, high)])
    }

    #[inline(always)]
    fn bits(self, is: impl Fn(u8x32<S>) -> mask8x32<S>) -> u64 {
        is(self.0[0]).to_bitmask() | is(self.0[1]).to_bitmask() << 32
    }

    /// One bit for each byte that is this one.
    #[inline(always)]
    pub fn equal(self, byte: u8) -> u64 {
        self.bits(
            #[inline(always)]
            |half| half.simd_eq(byte),
        )
    }

    /// One bit for each byte that has all of these bits.
    #[inline(always)]
    pub fn having(self, bits: u8) -> u64 {
        self.bits(
            #[inline(always)]
            |half| (half & bits).simd_eq(bits),
        )
    }

    /// One bit for each byte that is one of these.
    #[inline(always)]
    pub fn any<const N: usize>(self, bytes: [u8; N]) -> u64 {
        let mut found = 0;
        for byte in bytes {
            found |= self.equal(byte);
        }
        found
    }

    /// One bit for each ASCII letter and digit.
    #[inline(always)]
    pub fn alphanumeric(self) -> u64 {
        self.bits(
            #[inline(always)]
            |half| within(half | 0x20, b'a', b'z') | within(half, b'0', b'9'),
        )
    }

    /// One bit for each byte of ASCII white space.
    #[inline(always)]
    pub fn blank(self) -> u64 {
        self.bits(
            #[inline(always)]
            |half| half.simd_eq(b' ') | within(half, b'\t', b'\r'),
        )
    }

    /// One bit for each hyphen, blank, control character and sign of ASCII up to `&`, each byte beyond ASCII or past the end: of what alone parts words, most.
    #[inline(always)]
    pub fn parting(self) -> u64 {
        self.bits(
            #[inline(always)]
            |half| half.bitcast::<i8x32<S>>().simd_lt(b'\'' as i8) | half.simd_eq(b'-'),
        )
    }

    /// Whether any byte is a low line, or not ASCII; or perhaps where one is 127.
    #[inline(always)]
    pub fn is_special(self) -> bool {
        let [low, high] = self.0;
        // Which letters are told by, too: the low line becomes 127.
        (low | 0x20).max(high | 0x20).simd_ge(0x7F).any_true()
    }

    /// One bit for each low line, and each byte that is not ASCII.
    #[inline(always)]
    pub fn special(self) -> u64 {
        self.equal(b'_') | self.other()
    }

    /// One bit for each byte that is not ASCII.
    #[inline(always)]
    pub fn other(self) -> u64 {
        self.bits(
            #[inline(always)]
            |half| half.simd_ge(0x80),
        )
    }
}

/// Signed numbers are compared in one step: the last of these bytes becomes the greatest of them.
#[allow(clippy::inline_always)] // as above
#[inline(always)]
fn within<S: Simd>(bytes: u8x32<S>, first: u8, last: u8) -> mask8x32<S> {
    (bytes + (i8::MAX as u8 - last)).bitcast::<i8x32<S>>().simd_gt(i8::MAX - (last - first + 1) as i8)
}

/// Calls `each` with the places of these bytes, in order.
pub(crate) fn each_place<const N: usize>(bytes: &[u8], sought: [u8; N], mut each: impl FnMut(usize)) {
    dispatch!(vectors(), simd => places_in(simd, bytes, sought, &mut each));
}

#[allow(clippy::inline_always)] // as above
#[inline(always)]
fn places_in<S: Simd, const N: usize>(simd: S, bytes: &[u8], sought: [u8; N], each: &mut dyn FnMut(usize)) {
    for at in (0..bytes.len()).step_by(BLOCK) {
        for place in places(Block::at(simd, bytes, at).any(sought)) {
            each(at + place);
        }
    }
}

/// The place of the lowest bit, which is taken away; 64 where there is none.
#[allow(clippy::inline_always)] // as above
#[inline(always)]
pub(crate) fn take_lowest(bits: &mut u64) -> usize {
    let place = bits.trailing_zeros() as usize;
    *bits &= bits.wrapping_sub(1);
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn blocks_compare_as_bytes_do(bytes in prop::collection::vec(any::<u8>(), 0..200), widest in any::<bool>()) {
            let level = if widest { vectors() } else { Level::baseline() };
            let (mut equal, mut any, mut letters) = (Vec::new(), Vec::new(), Vec::new());
            let (mut blank, mut parting, mut special) = (Vec::new(), Vec::new(), Vec::new());
            let (mut other, mut having) = (Vec::new(), Vec::new());
            for at in (0..=bytes.len()).step_by(BLOCK) {
                let sets = dispatch!(level, simd => {
                    let block = Block::at(simd, &bytes, at);
                    [
                        block.equal(b'.'),
                        block.any([b'a', 0xE2]),
                        block.alphanumeric(),
                        block.blank(),
                        block.parting(),
                        block.special(),
                        block.other(),
                        block.having(0x12),
                    ]
                });
                let all = [&mut equal, &mut any, &mut letters, &mut blank, &mut parting, &mut special, &mut other, &mut having];
                let each = all.into_iter().zip(sets);
                for (found, bits) in each {
                    found.extend(places(bits).map(|i| at + i));
                }
            }
            let wanted = |is: fn(u8) -> bool| (0..bytes.len()).filter(|i| is(bytes[*i])).collect::<Vec<_>>();
            prop_assert_eq!(equal, wanted(|b| b == b'.'));
            prop_assert_eq!(any, wanted(|b| b == b'a' || b == 0xE2));
            prop_assert_eq!(blank, wanted(|b| char::from(b).is_ascii() && char::from(b).is_whitespace()));
            parting.retain(|at| *at < bytes.len());
            prop_assert_eq!(parting, wanted(|b| b <= b'&' || b == b'-' || !b.is_ascii()));
            prop_assert_eq!(letters, wanted(|b| b.is_ascii_alphanumeric()));
            prop_assert_eq!(special, wanted(|b| b == b'_' || !b.is_ascii()));
            prop_assert_eq!(other, wanted(|b| !b.is_ascii()));
            prop_assert_eq!(having, wanted(|b| b & 0x12 == 0x12));
        }

        #[test]
        fn places_are_those_of_the_bytes(text in "[a.\n“é]{0,200}") {
            let (mut found, wanted) = (Vec::new(), text.bytes().enumerate().filter(|(_, b)| matches!(b, b'.' | b'\n' | 0xE2)));
            each_place(text.as_bytes(), [b'.', b'\n', 0xE2], |at| found.push(at));
            prop_assert_eq!(found, wanted.map(|(at, _)| at).collect::<Vec<_>>());
        }
    }
}
