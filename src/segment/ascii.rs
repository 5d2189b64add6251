//! The borders of words of ASCII, and of the common punctuation beyond it, in blocks of 64 bytes.

use std::ops::Range;

use fearless_simd::Simd;

use super::blocks::{BLOCK, Block, places};
use super::borders::Borders;
use super::words::{Class, Word, class, is_blank, parts_join};

/// How many bytes the punctuation has that a text begins with, if it is common and beyond ASCII. It joins nothing, but for the apostrophe.
fn punctuation(text: &[u8]) -> Option<usize> {
    match text {
        [0xE2, 0x80, 0x90..=0x95 | 0x98 | 0x99 | 0x9C..=0x9E | 0xA2 | 0xA6, ..] | [0xE2, 0x82, 0xAC, ..] => Some(3),
        [0xC2, 0xA0 | 0xA3 | 0xA7 | 0xAB | 0xBB, ..] => Some(2),
        _ => None,
    }
}

/// Adds the words of a text from a byte on, before which a blank stands or nothing, up to the first stretch between blanks that holds something strange: what is
/// neither ASCII nor common punctuation. Gives that stretch, up to there.
#[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
#[inline(always)]
pub(super) fn add_words<S: Simd>(simd: S, bytes: &[u8], from: usize, borders: &mut Borders) -> Option<Range<usize>> {
    let (mut reader, mut inside, mut at, mut within) = (Reader::default(), 0, from & !(BLOCK - 1), u64::MAX << (from % BLOCK));
    while at < bytes.len() || inside != 0 {
        if within == u64::MAX && !reader.goes_on {
            (at, inside) = add_plain(simd, bytes, at, inside, borders);
        }
        let block = Block::at(simd, bytes, at);
        let (mut low, mut curly, mut stretch) = (0, 0, None);
        let special = block.special() & within;
        if special != 0 {
            stretch = reader.strange_stretch(bytes, from, at, special);
            if let Some(Range { start, .. }) = stretch {
                if start <= from + 1 {
                    return stretch;
                }
                within &= below(start.saturating_sub(at));
            }
            (low, curly) = (block.equal(b'_') & within, block.equal(0xE2) & within);
        }
        let (word, parting) = (block.alphanumeric() & within, block.parting());
        let before = word << 1 | inside;
        let apostrophes = curly & before & (word >> 3 | 0b111 << 61);
        if mids(word, parting, before) | low | apostrophes != 0 || reader.goes_on {
            inside = reader.add_mixed(bytes, at, inside, [word, low, parting, curly], borders);
        } else {
            borders.add(at, word & !before, before & !word);
            inside = word >> 63;
        }
        if stretch.is_some() {
            return stretch;
        }
        within = u64::MAX;
        at += BLOCK;
    }
    None
}

/// Adds the words of blocks that lie all in the text, up to the first in which something may stand inside a word that is no letter or digit; gives where that
/// begins. `inside`: whether a word goes on there.
#[allow(clippy::inline_always)] // as above
#[inline(always)]
fn add_plain<S: Simd>(simd: S, bytes: &[u8], mut at: usize, mut inside: u64, borders: &mut Borders) -> (usize, u64) {
    let Some(rest) = bytes.get(at..) else { return (at, inside) };
    let (blocks, bits) = (rest.as_chunks().0, borders.blocks_from(at));
    for (block, bits) in blocks.iter().zip(bits) {
        let block = Block::new(simd, block);
        let (word, parting) = (block.alphanumeric(), block.parting());
        let before = word << 1 | inside;
        if block.is_special() || mids(word, parting, before) != 0 {
            break;
        }
        bits.add(word & !before, before & !word);
        inside = word >> 63;
        at += BLOCK;
    }
    (at, inside)
}

/// The bits below a place, which may be that of a later block.
fn below(place: usize) -> u64 {
    u64::MAX.checked_shl(place as u32).map_or(u64::MAX, |above| !above)
}

/// Single bytes that may join what stands on both sides of them, among others: neither of words nor parting any, with words on both sides.
#[allow(clippy::inline_always)] // as above
#[inline(always)]
fn mids(word: u64, parting: u64, before: u64) -> u64 {
    // What stands after the last byte is not known.
    before & !(word | parting | !word >> 1)
}

/// Sets the words apart that end here and are not plain: those with an apostrophe beyond ASCII, and those with a stem of their own. Takes back those that
/// hold no letter or digit.
#[cold]
fn set_apart(bytes: &[u8], at: usize, ends: u64, marked: u64, possessive: u64, borders: &mut Borders) {
    for place in places(ends & (marked | possessive)) {
        let end = (at + place) as u32;
        let Some(start) = borders.last(end) else { continue };
        let word = &bytes[start as usize..end as usize];
        let ending = match word {
            [.., b'\'', b's' | b'S'] => 2,
            [.., b's' | b'S'] => "’s".len() as u32,
            _ => 0,
        };
        if word.iter().all(|b| *b == b'_') {
            borders.take_back(start, end);
        } else if possessive >> place & 1 != 0 {
            borders.set_apart(Word { start, end, stem: end - ending });
        } else if !word.is_ascii() {
            borders.set_apart(Word { start, end, stem: end });
        }
    }
}

/// Finds the borders of words where something may stand inside a word that is no letter or digit, block by block.
#[derive(Default)]
struct Reader {
    /// Where the last sign beyond ASCII ends.
    sign: usize,
    /// Whether anything goes on from the last block but letters and digits.
    goes_on: bool,
    /// What is left of an apostrophe of three bytes that began in the last block.
    owed: u64,
    /// What stands two bytes after an apostrophe of the last block.
    after_apostrophe: u64,
    /// Whether the word that goes on is marked.
    marked: bool,
}

impl Reader {
    /// The stretch in which the first of these bytes of a block stands that is strange, from the last blank before it on, up to it.
    #[cold]
    fn strange_stretch(&mut self, bytes: &[u8], from: usize, at: usize, special: u64) -> Option<Range<usize>> {
        let mut left = special & !below(self.sign.saturating_sub(at));
        while left != 0 {
            let byte = at + left.trailing_zeros() as usize;
            let length = if bytes[byte] == b'_' { Some(1) } else { punctuation(&bytes[byte..]) };
            let Some(length) = length else {
                let blank = bytes[from..byte].iter().rposition(|b| is_blank(*b));
                return Some(blank.map_or(from, |blank| from + blank + 1)..byte);
            };
            self.sign = byte + length;
            left &= !below(self.sign - at);
        }
        None
    }

    /// Adds the words of a block, of which these are letters and digits, low lines, what parts words, and what apostrophes beyond ASCII begin with. Says whether a word goes on.
    #[inline(never)]
    fn add_mixed(
        &mut self,
        bytes: &[u8],
        at: usize,
        inside: u64,
        [word, low, parting, curly]: [u64; 4],
        borders: &mut Borders,
    ) -> u64 {
        let mut marks = low | self.owed;
        let mut word = word | marks;
        let before = word << 1 | inside;
        let mut apostrophes = 0;
        for i in places(mids(word, parting, before)) {
            let mid = bytes.get(at + i).copied().unwrap_or_default();
            let joined = u64::from(parts_join(class(mid), class_before(bytes, at + i), class_at(bytes, at + i + 1))) << i;
            word |= joined;
            apostrophes |= if mid == b'\'' { u128::from(joined) } else { 0 };
        }
        let curly = curly & before;
        self.owed = 0;
        if curly != 0 {
            let joined = curly_apostrophes(curly, bytes, at);
            self.owed = (joined >> 64) as u64;
            word |= joined as u64;
            marks |= joined as u64;
            apostrophes |= joined & joined << 1 & joined << 2;
        }
        let before = word << 1 | inside;
        let (starts, ends) = (word & !before, before & !word);
        let after = apostrophes << 2 | u128::from(self.after_apostrophe);
        let mut marked = 0;
        if marks != 0 || self.marked {
            (marked, self.marked) = ends_of(marks, ends, self.marked);
        }
        self.after_apostrophe = (after >> 64) as u64;
        self.goes_on = self.owed | self.after_apostrophe != 0 || self.marked;
        borders.add(at, starts, ends);
        // Which ends stand two bytes after an apostrophe.
        let possessive = ends & after as u64;
        if marked | possessive != 0 {
            set_apart(bytes, at, ends, marked, possessive, borders);
        }
        word >> 63
    }
}

/// The ends of the words that hold these marks, and whether a word that goes on does. `open`: whether the word that goes on from before does.
#[cold]
fn ends_of(marks: u64, ends: u64, open: bool) -> (u64, bool) {
    let (mut found, mut goes_on) = (0, false);
    for place in places(marks).chain(open.then_some(0)) {
        let after = ends & u64::MAX << place;
        found |= after & after.wrapping_neg();
        goes_on |= after == 0;
    }
    (found, goes_on)
}

/// The bytes of apostrophes beyond ASCII that stand between letters, or digits, of those that begin with one of these bytes.
fn curly_apostrophes(sought: u64, bytes: &[u8], at: usize) -> u128 {
    let apostrophe = |i: &usize| matches!(bytes.get(at + i + 1..at + i + 3), Some([0x80, 0x98 | 0x99]));
    let joins = |i: &usize| parts_join(Class::MidBoth, class_before(bytes, at + i), class_at(bytes, at + i + 3));
    places(sought).filter(|i| apostrophe(i) && joins(i)).fold(0, |found, i| found | 7 << i)
}

fn class_at(bytes: &[u8], at: usize) -> Class {
    bytes.get(at).filter(|b| b.is_ascii()).map_or(Class::Other, |b| class(*b))
}

fn class_before(bytes: &[u8], at: usize) -> Class {
    at.checked_sub(1).map_or(Class::Other, |before| class_at(bytes, before))
}
