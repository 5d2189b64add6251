//! The two letters of a word that are next to another word, as one of 64 bits: where it does not fit, nobody need look the word up.

use super::{Form, Kind, Vocabulary};

/// The bits that the letters at one edge of a word may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Edge(u64);

/// What a word begins with, and what it ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Edges {
    /// Its first two letters.
    pub first: Edge,
    /// Its last two.
    pub last: Edge,
}

/// What may stand between words, or hide where one begins: a blank, a hyphen, a low line, a byte beyond ASCII.
const BETWEEN: u8 = 1 << 7;

/// By byte: [`BETWEEN`], a letter or digit in any case, or nothing.
const BYTES: [u8; 256] = {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            b @ (b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9') => b | 0x20,
            b' ' | b'\t'..=b'\r' | b'-' | b'_' | 0x80.. => BETWEEN,
            _ => 0,
        };
        b += 1;
    }
    table
};

impl Edge {
    /// Any letters.
    const ANY: Self = Self(u64::MAX);

    /// Of two bytes, the one at the edge of a word in the lowest place; beside it all are one that are no letters or digits.
    #[inline]
    fn bit(bytes: u32) -> u32 {
        let beside = BYTES[(bytes >> 8 & 0xFF) as usize] & !BETWEEN;
        (u32::from(beside) << 8 | bytes & 0xFF | 0x20).wrapping_mul(0x9E37_79B1) >> 26
    }

    fn of(mut letters: impl Iterator<Item = u8>) -> Self {
        let mut next = || letters.next().unwrap_or_default();
        Self(1 << Self::bit(u32::from_le_bytes([next(), next(), 0, 0])))
    }

    /// Whether it is that of no word.
    #[inline]
    #[must_use]
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Adds those of another word.
    pub fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether such a word may stand right beside another, from whose border on these are the bytes, the first in the lowest; never wrong when it says no.
    #[inline]
    fn may_stand(self, bytes: u32) -> bool {
        let letters = bytes >> 8;
        // Nobody could foretell any of it: all is asked, and nothing jumped over.
        let fit = self.0 >> Self::bit(letters) & 1 != 0;
        let unclear = bytes & 0x0080_8080 != 0;
        let between = |byte: u32| BYTES[(byte & 0xFF) as usize] & BETWEEN != 0;
        between(bytes) & (fit | unclear | between(letters))
    }

    /// The same, right after the word that ends before a byte.
    #[inline]
    pub fn may_stand_after(self, text: &[u8], end: u32) -> bool {
        let end = end as usize;
        let bytes = text.get(end..end + 4).and_then(|bytes| bytes.try_into().ok());
        self.may_stand(bytes.map_or_else(|| few(text[end..].iter()), u32::from_le_bytes))
    }

    /// The same, right before the word that begins at a byte.
    #[inline]
    pub fn may_stand_before(self, text: &[u8], start: u32) -> bool {
        let start = start as usize;
        let bytes = start.checked_sub(4).and_then(|from| text.get(from..start)?.try_into().ok());
        self.may_stand(bytes.map_or_else(|| few(text[..start].iter().rev()), u32::from_be_bytes))
    }
}

/// The bytes at the beginning of a text, or at its end, the first in the lowest place.
#[cold]
fn few<'t>(bytes: impl DoubleEndedIterator<Item = &'t u8> + ExactSizeIterator) -> u32 {
    bytes.take(4).rev().fold(0, |all, byte| all << 8 | u32::from(*byte))
}

impl Vocabulary {
    /// By number: the letters that a word of this number may begin and end with.
    #[must_use]
    pub fn edges(&self) -> Vec<Edges> {
        let mut out = vec![Edges::default(); self.size];
        for Form { letters, id, kind, .. } in &self.forms {
            let (plain, whole) = (letters.is_ascii(), *kind == Kind::Word);
            let first = if plain && (whole || letters.len() > 1) { Edge::of(letters.bytes()) } else { Edge::ANY };
            let last = if plain && whole { Edge::of(letters.bytes().rev()) } else { Edge::ANY };
            out[id.index()] = Edges { first, last };
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::words;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_word_that_stands_beside_another_is_seen(
            known in prop::collection::vec(("[ab7]{1,4}|é[ab]|[ab]é|o'b|a_b", any::<bool>()), 1..6),
            text in prop::collection::vec("[abAB7]{1,5}|É[ab]|[ab]é|O['’]B|a_b|_a|a\u{AD}b|ab's", 2..12),
            between in "[ -]|\n|-\n|\u{A0}|‑|\t\t",
        ) {
            let vocabulary = Vocabulary::of(&known);
            let edges = vocabulary.edges();
            let text = text.join(&between);
            let mut form = String::new();
            for (word, next) in words(&text).windows(2).map(|two| (two[0], two[1])) {
                for (end, id) in [next.end, next.stem].map(|end| (end, vocabulary.id(&text, next.start, end, &mut form))) {
                    prop_assert!(edges[id.index()].first.may_stand_after(text.as_bytes(), word.end) || id.index() == 0, "{text:?} {end}");
                }
                let id = vocabulary.id(&text, word.start, word.end, &mut form);
                prop_assert!(edges[id.index()].last.may_stand_before(text.as_bytes(), next.start) || id.index() == 0, "{text:?}");
            }
        }
    }

    #[test]
    fn most_others_are_told_apart() {
        let vocabulary = Vocabulary::of(&[("that".into(), true), ("a".into(), true)]);
        let edges: Vec<Edges> = vocabulary.forms().map(|(_, id)| vocabulary.edges()[id.index()]).collect();
        let ([a, that], text) = ([edges[0], edges[1]], b"so that, a when; that (that a-b");
        let after = |edges: Edges, end| edges.first.may_stand_after(text, end);
        assert_eq!([2, 7, 10, 15, 21].map(|end| after(that, end)), [true, false, false, false, false]);
        assert_eq!([7, 10, 27].map(|end| after(a, end)), [false, false, true]);
        let before = |edges: Edges, start| edges.last.may_stand_before(text, start);
        assert_eq!([3, 9, 11, 17, 28, 30].map(|start| before(that, start)), [false, false, false, false, true, false]);
        assert!(before(a, 11) && before(a, 30) && !before(a, 28));
    }
}
