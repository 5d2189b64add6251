//! Bytes in blocks of 64, as sets of bits: what a loop over bytes asks of each is asked of a whole block at once.

use wide::u8x64;

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

/// A block, compared as one.
#[derive(Clone, Copy)]
pub(crate) struct Block(u8x64);

impl Block {
    /// The block that begins at a byte, which is no further than the end; filled up with zeros where it reaches past that.
    #[inline]
    pub fn at(bytes: &[u8], at: usize) -> Self {
        let rest = &bytes[at..];
        if let Some(block) = rest.first_chunk() {
            return Self(u8x64::new(*block));
        }
        let mut block = [0; BLOCK];
        block[..rest.len()].copy_from_slice(rest);
        Self(u8x64::new(block))
    }

    /// One bit for each byte that is this one.
    #[inline]
    pub fn equal(self, byte: u8) -> u64 {
        self.0.simd_eq(u8x64::splat(byte)).to_bitmask()
    }

    /// One bit for each byte that is one of these.
    #[inline]
    pub fn any<const N: usize>(self, bytes: [u8; N]) -> u64 {
        bytes.iter().fold(u8x64::ZERO, |all, b| all | self.0.simd_eq(u8x64::splat(*b))).to_bitmask()
    }

    /// One bit for each ASCII letter and digit.
    #[inline]
    pub fn alphanumeric(self) -> u64 {
        (within(self.0 | u8x64::splat(0x20), b'a', b'z') | within(self.0, b'0', b'9')).to_bitmask()
    }

    /// One bit for each byte of ASCII white space.
    #[inline]
    pub fn blank(self) -> u64 {
        (self.0.simd_eq(u8x64::splat(b' ')) | within(self.0, b'\t', b'\r')).to_bitmask()
    }

    /// One bit for each byte that is not ASCII.
    #[inline]
    pub fn other(self) -> u64 {
        self.0.to_bitmask()
    }
}

#[inline]
fn within(bytes: u8x64, first: u8, last: u8) -> u8x64 {
    (bytes - u8x64::splat(first)).simd_le(u8x64::splat(last - first))
}

/// Calls `each` with the places of all bytes whose bits `is` gives for the block they stand in.
#[inline]
pub(crate) fn each_place(bytes: &[u8], is: impl Fn(Block) -> u64, mut each: impl FnMut(usize)) {
    for at in (0..bytes.len()).step_by(BLOCK) {
        for place in places(is(Block::at(bytes, at))) {
            each(at + place);
        }
    }
}

/// The place of the lowest bit, which is taken away; 64 where there is none.
#[inline]
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
        fn blocks_compare_as_bytes_do(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let (mut equal, mut any, mut letters) = (Vec::new(), Vec::new(), Vec::new());
            let (mut blank, mut other) = (Vec::new(), Vec::new());
            for at in (0..=bytes.len()).step_by(BLOCK) {
                let block = Block::at(&bytes, at);
                let each = [
                    (&mut equal, block.equal(b'.')),
                    (&mut any, block.any([b'a', 0xE2])),
                    (&mut letters, block.alphanumeric()),
                    (&mut blank, block.blank()),
                    (&mut other, block.other()),
                ];
                for (found, bits) in each {
                    found.extend(places(bits).map(|i| at + i));
                }
            }
            let wanted = |is: fn(u8) -> bool| (0..bytes.len()).filter(|i| is(bytes[*i])).collect::<Vec<_>>();
            prop_assert_eq!(equal, wanted(|b| b == b'.'));
            prop_assert_eq!(any, wanted(|b| b == b'a' || b == 0xE2));
            prop_assert_eq!(blank, wanted(|b| char::from(b).is_ascii() && char::from(b).is_whitespace()));
            prop_assert_eq!(letters, wanted(|b| b.is_ascii_alphanumeric()));
            prop_assert_eq!(other, wanted(|b| !b.is_ascii()));
        }
    }
}
