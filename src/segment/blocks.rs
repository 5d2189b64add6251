//! Bytes in blocks of 64, as sets of bits: what a loop over bytes asks of each is asked of a whole block at once. The compiler turns
//! these loops into vector instructions of whatever machine it builds for.

/// How many bytes make a block.
pub(crate) const BLOCK: usize = 64;

/// Calls `each` with the blocks of `bytes` and where they begin; the last is filled up with zeros.
pub(crate) fn each_block(bytes: &[u8], mut each: impl FnMut(usize, &[u8; BLOCK])) {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    for (i, block) in blocks.iter().enumerate() {
        each(i * BLOCK, block);
    }
    if !rest.is_empty() {
        let mut block = [0; BLOCK];
        block[..rest.len()].copy_from_slice(rest);
        each(bytes.len() - rest.len(), &block);
    }
}

/// One bit for each byte of which `is` holds.
#[inline]
pub(crate) fn bits(block: &[u8; BLOCK], is: impl Fn(u8) -> bool) -> u64 {
    let flags = block.map(|b| u8::from(is(b)));
    let (eights, _) = flags.as_chunks::<8>();
    // The product gathers the lowest bit of each of eight bytes in its highest byte.
    let gather = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |all, eight| all << 8 | gather(eight))
}

/// The places of the bits set, from the lowest on.
pub(crate) fn places(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        place
    })
}

/// How many bytes at the beginning are ASCII.
pub(super) fn ascii_length(bytes: &[u8]) -> usize {
    let whole = bytes.chunks(BLOCK).take_while(|block| block.is_ascii()).map(<[u8]>::len).sum();
    whole + bytes[whole..].iter().take(BLOCK).take_while(|b| b.is_ascii()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bits_are_those_of_the_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut found = Vec::new();
            each_block(&bytes, |at, block| found.extend(places(bits(block, |b| b > 100)).map(|i| at + i)));
            let wanted: Vec<usize> = (0..bytes.len()).filter(|i| bytes[*i] > 100).collect();
            prop_assert_eq!(found, wanted);
        }

        #[test]
        fn ascii_ends_at_the_first_other_byte(at in 0_usize..200, more in 0_usize..100) {
            let bytes = [vec![b'a'; at], vec![0xC3; more]].concat();
            prop_assert_eq!(ascii_length(&bytes), at);
        }
    }
}
