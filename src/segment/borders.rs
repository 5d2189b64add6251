//! Where the words of a text begin and end, kept as bits: a word is written out when someone asks for it.

use std::ops::Range;

use super::blocks::{BLOCK, places};
use super::words::Word;
use crate::span::Span;

/// The borders of the words of a text.
#[derive(Debug, Default)]
pub(crate) struct Borders {
    blocks: Vec<Bits>,
    /// The words that have a stem of their own, or may be not ASCII, in order.
    others: Vec<Word>,
}

/// The borders in a block.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bits {
    /// Where words begin.
    pub starts: u64,
    /// One past the last byte of each word.
    pub ends: u64,
    /// Where words begin that are set apart.
    pub others: u64,
    /// How many words begin before it.
    before: u32,
}

impl Bits {
    /// Adds borders.
    #[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
    #[inline(always)]
    pub fn add(&mut self, starts: u64, ends: u64) {
        self.starts |= starts;
        self.ends |= ends;
    }
}

/// The block of a byte, and its place there.
#[inline]
fn place(byte: u32) -> (usize, u32) {
    (byte as usize / BLOCK, byte % BLOCK as u32)
}

impl Borders {
    /// Forgets all, and makes room for a text of so many bytes, and for a block after it.
    pub fn clear(&mut self, bytes: usize) {
        self.others.clear();
        self.blocks.clear();
        self.blocks.resize(bytes / BLOCK + 2, Bits::default());
    }

    /// Adds the borders in the block that begins at a byte.
    #[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
    #[inline(always)]
    pub fn add(&mut self, at: usize, starts: u64, ends: u64) {
        if let Some(bits) = self.blocks.get_mut(at / BLOCK) {
            bits.add(starts, ends);
        }
    }

    /// The blocks from that of a byte on.
    #[inline]
    pub fn blocks_from(&mut self, at: usize) -> &mut [Bits] {
        self.blocks.get_mut(at / BLOCK..).unwrap_or_default()
    }

    /// Adds a word that may be not plain ASCII. They come in order.
    pub fn add_other(&mut self, word: Word) {
        let ((start, at), (end, beyond)) = (place(word.start), place(word.end));
        self.blocks[start].starts |= 1 << at;
        self.blocks[end].ends |= 1 << beyond;
        self.set_apart(word);
    }

    /// Sets a word apart whose borders are known.
    pub fn set_apart(&mut self, word: Word) {
        let (block, at) = place(word.start);
        self.blocks[block].others |= 1 << at;
        self.others.push(word);
    }

    /// Takes the borders of a word back.
    pub fn take_back(&mut self, start: u32, end: u32) {
        let ((block, at), (last, beyond)) = (place(start), place(end));
        self.blocks[block].starts &= !(1 << at);
        self.blocks[last].ends &= !(1 << beyond);
    }

    /// Forgets the words that begin in a part of a text, after which there are none, and that stands after a blank.
    pub fn forget(&mut self, part: Range<usize>) {
        while self.others.pop_if(|word| word.start as usize >= part.start).is_some() {}
        let first = part.start / BLOCK;
        for (block, bits) in (first..).zip(&mut self.blocks[first..=part.end / BLOCK]) {
            let kept = if block == first { !(u64::MAX << (part.start % BLOCK)) } else { 0 };
            (bits.starts, bits.ends, bits.others) = (bits.starts & kept, bits.ends & kept, bits.others & kept);
        }
    }

    /// Counts the words.
    #[allow(clippy::inline_always)] // as above
    #[inline(always)]
    pub fn number(&mut self) -> u32 {
        let mut count = 0;
        for block in &mut self.blocks {
            block.before = count;
            count += block.starts.count_ones();
        }
        count
    }

    /// The blocks, in order, each with the ends in the next.
    #[allow(clippy::inline_always)] // as above
    #[inline(always)]
    pub fn blocks(&self) -> impl Iterator<Item = (&Bits, u64)> {
        self.blocks.windows(2).map(|two| (&two[0], two[1].ends))
    }

    /// How many words begin before a byte.
    #[inline]
    pub fn index(&self, byte: u32) -> u32 {
        let (block, at) = place(byte);
        let Bits { starts, before, .. } = self.blocks[block];
        before + (starts & !(u64::MAX << at)).count_ones()
    }

    /// Whether the word that begins at a byte may be something else than plain ASCII.
    #[inline]
    pub fn is_other(&self, start: u32) -> bool {
        let (block, at) = place(start);
        self.blocks[block].others >> at & 1 != 0
    }

    /// One past the last byte of the word that begins at a byte.
    #[inline]
    pub fn end(&self, start: u32) -> u32 {
        let (block, at) = place(start);
        let ends = self.blocks[block].ends & u64::MAX << at << 1;
        if ends != 0 { (block * BLOCK) as u32 + ends.trailing_zeros() } else { self.first_end(block + 1) }
    }

    fn first_end(&self, from: usize) -> u32 {
        first(&self.blocks, from, |bits| bits.ends).unwrap_or(u32::MAX)
    }

    /// Where the next word begins.
    #[inline]
    pub fn next(&self, start: u32) -> Option<u32> {
        let (block, at) = place(start);
        self.first_among(self.blocks[block].starts & u64::MAX << at << 1, block)
    }

    /// Where the word before begins.
    #[inline]
    pub fn last(&self, start: u32) -> Option<u32> {
        let (mut block, at) = place(start);
        let mut starts = self.blocks[block].starts & !(u64::MAX << at);
        while starts == 0 {
            block = block.checked_sub(1)?;
            starts = self.blocks[block].starts;
        }
        Some((block * BLOCK) as u32 + starts.ilog2())
    }

    /// The word that begins at a byte.
    pub fn word(&self, start: u32) -> Word {
        if self.is_other(start)
            && let Ok(at) = self.others.binary_search_by_key(&start, |word| word.start)
        {
            return self.others[at];
        }
        let end = self.end(start);
        Word { start, end, stem: end }
    }

    /// Where the words begin that touch a span.
    pub fn touching(&self, span: Span) -> impl Iterator<Item = u32> {
        let before = self.last(span.start).filter(|start| self.end(*start) > span.start);
        let first = before.or_else(|| self.first_from(span.start));
        std::iter::successors(first, |start| self.next(*start)).take_while(move |start| *start < span.end)
    }

    /// The first byte from one on that a word begins at.
    fn first_from(&self, byte: u32) -> Option<u32> {
        let (block, at) = place(byte);
        self.first_among(self.blocks[block].starts & u64::MAX << at, block)
    }

    /// The first of these starts of a block, or else of those after it.
    #[inline]
    fn first_among(&self, starts: u64, block: usize) -> Option<u32> {
        if starts != 0 {
            return Some((block * BLOCK) as u32 + starts.trailing_zeros());
        }
        first(&self.blocks, block + 1, |bits| bits.starts)
    }

    /// The bytes at which words begin, from so many words before the one that begins at a byte to so many after it.
    pub fn around(&self, start: u32, words: usize) -> impl Iterator<Item = u32> {
        let before = std::iter::successors(Some(start), |start| self.last(*start)).take(words + 1);
        let (back, first) = before.enumerate().last().unwrap_or((0, start));
        std::iter::successors(Some(first), |start| self.next(*start)).take(back + 1 + words)
    }

    /// Tells all words: which it is, the word, and whether it is certain to be plain ASCII.
    pub fn tell(&self, mut take: impl FnMut(usize, Word, bool)) {
        let (mut index, mut others) = (0, self.others.iter());
        for (block, Bits { starts, ends, others: apart, .. }) in self.blocks.iter().enumerate() {
            let from = (block * BLOCK) as u32;
            for at in places(*starts) {
                let ends = ends & u64::MAX << at << 1;
                if apart >> at & 1 == 0 {
                    let end = if ends != 0 { from + ends.trailing_zeros() } else { self.first_end(block + 1) };
                    take(index, Word { start: from + at as u32, end, stem: end }, true);
                } else if let Some(word) = others.next() {
                    take(index, *word, false);
                }
                index += 1;
            }
        }
    }
}

/// The first place from a block on where one of these bits is set.
fn first(blocks: &[Bits], from: usize, bits: impl Fn(&Bits) -> u64) -> Option<u32> {
    let (more, found) = blocks.get(from..)?.iter().map(bits).enumerate().find(|(_, bits)| *bits != 0)?;
    Some(((from + more) * BLOCK) as u32 + found.trailing_zeros())
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn they_are_those_of_the_words(
            text in "([aB7_:., ]|a's|é|’|“|東|\u{301}|[a-z]{0,9}|x{60,70}| {60,130}){0,60}",
            from in 0_usize..60, reach in 0_u32..12,
        ) {
            let mut borders = Borders::default();
            borders.read(text.as_bytes(), &mut Vec::new());
            let words = words(&text);
            prop_assert_eq!(borders.number() as usize, words.len());
            let mut told = Vec::new();
            borders.tell(|at, word, plain| {
                assert!(at == told.len() && (!plain || word.stem == word.end && word.span().of(&text).is_ascii()));
                told.push(word);
            });
            prop_assert_eq!(&told, &words);
            for (i, word) in words.iter().enumerate() {
                prop_assert_eq!(borders.index(word.start) as usize, i);
                prop_assert_eq!(borders.word(word.start), *word);
                let span = Span { start: word.start.saturating_sub(reach), end: word.end + reach };
                let touched: Vec<u32> = words.iter().filter(|w| w.start < span.end && w.end > span.start).map(|w| w.start).collect();
                prop_assert_eq!(borders.touching(span).collect::<Vec<_>>(), touched);
                prop_assert_eq!(borders.next(word.start), words.get(i + 1).map(|w| w.start));
                prop_assert_eq!(borders.last(word.start), i.checked_sub(1).map(|i| words[i].start));
            }
            if let Some(word) = words.get(from) {
                let reach = reach as usize;
                let reached = &words[from.saturating_sub(reach)..(from + reach + 1).min(words.len())];
                let told: Vec<Word> = borders.around(word.start, reach).map(|start| borders.word(start)).collect();
                prop_assert_eq!(told, reached);
            }
        }
    }
}
