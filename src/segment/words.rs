//! Words: UAX #29 word segments that hold an alphanumeric character.
//!
//! ASCII is read in blocks of 64 bytes (`ascii.rs`); a stretch between white space that holds other characters goes through a table of
//! the common ones, or through `unicode-segmentation`. Property tests hold the three equal on any string.

use std::ops::Range;

use fearless_simd::{Simd, dispatch};
use unicode_segmentation::UnicodeSegmentation;

use super::ascii::add_words;
use super::blocks::vectors;
use super::borders::Borders;
use crate::fold::{is_apostrophe, is_invisible};
use crate::span::Span;

/// A word, and where its stem ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// One past the last byte before a possessive ending ('s); equal to `end` when there is none.
    pub stem: u32,
}

impl Word {
    /// The whole word.
    #[must_use]
    pub fn span(self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

/// All words of a text, in order.
///
/// ```
/// let text = "Baku’s multi-vector course, 3.5 years on";
/// let words: Vec<&str> = framescope::words(text).into_iter().map(|w| w.span().of(text)).collect();
/// assert_eq!(words, ["Baku’s", "multi", "vector", "course", "3.5", "years", "on"]);
/// ```
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    Borders::default().words_into(text, &mut Vec::new(), &mut out);
    out
}

impl Borders {
    /// As [`words`], into a buffer that is cleared first. `text` has at most `u32::MAX` bytes.
    pub fn words_into(&mut self, text: &str, buffer: &mut Vec<Word>, out: &mut Vec<Word>) {
        self.read(text.as_bytes(), buffer);
        out.clear();
        self.tell(|_, word, _| out.push(word));
    }

    /// Finds the borders of all words of a text; `buffer` is room for some. What is no UTF-8 holds none.
    pub fn read(&mut self, text: &[u8], buffer: &mut Vec<Word>) {
        self.clear(text.len());
        dispatch!(vectors(), simd => read_in(simd, text, buffer, self));
    }
}

#[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
#[inline(always)]
fn read_in<S: Simd>(simd: S, bytes: &[u8], buffer: &mut Vec<Word>, borders: &mut Borders) {
    let mut at = 0;
    while let Some(Range { start, end: strange }) = add_words(simd, bytes, at, borders) {
        borders.forget(start..strange);
        at = bytes[strange..].iter().position(|b| is_blank(*b)).map_or(bytes.len(), |i| strange + i);
        beyond_ascii(std::str::from_utf8(&bytes[start..at]).unwrap_or_default(), start, buffer);
        for word in buffer.iter() {
            borders.add_other(*word);
        }
    }
}

/// The words of a stretch, which begins at some byte, into a buffer that is cleared first.
fn beyond_ascii(stretch: &str, offset: usize, out: &mut Vec<Word>) {
    out.clear();
    if !latin_words(stretch, offset, out) {
        unicode_words(stretch, offset, out);
    }
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r')
}

fn unicode_words(piece: &str, offset: usize, out: &mut Vec<Word>) {
    for (at, segment) in piece.unicode_word_indices() {
        // A vowel sign can stand on a blank, and with it be a segment; the blank is no part of the word.
        let word = segment.trim_start();
        let start = offset + at + segment.len() - word.len();
        out.push(Word { start: start as u32, end: (start + word.len()) as u32, stem: (start + stem_length(word)) as u32 });
    }
}

/// Bytes of `word` before a possessive ending.
fn stem_length(word: &str) -> usize {
    let mut back = word.char_indices().rev().filter(|(_, c)| !is_invisible(*c));
    let Some((_, 's' | 'S')) = back.next() else { return word.len() };
    match back.next() {
        Some((at, c)) if is_apostrophe(c) && word[..at].chars().any(char::is_alphanumeric) => at,
        _ => word.len(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Other,
    Letter,
    Digit,
    Joiner,
    /// Between letters: ':'
    MidLetter,
    /// Between digits: ',' ';'
    MidDigit,
    /// Between letters or between digits: '.' and the apostrophe
    MidBoth,
}

const CLASSES: [Class; 128] = {
    let mut table = [Class::Other; 128];
    let mut b = 0;
    while b < 128 {
        table[b] = match b as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Joiner,
            b':' => Class::MidLetter,
            b',' | b';' => Class::MidDigit,
            b'.' | b'\'' => Class::MidBoth,
            _ => Class::Other,
        };
        b += 1;
    }
    table
};

pub(super) fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte & 0x7F)]
}

/// The class of a character; none of those that are not common.
fn common_class(c: char) -> Option<Class> {
    match c {
        '\0'..='\x7F' => Some(class(c as u8)),
        '×' | '÷' | '\u{A0}' | '£' | '§' | '«' | '»' | '“' | '”' | '„' | '\u{2010}'..='\u{2015}' | '•' | '…' | '€' => {
            Some(Class::Other)
        }
        '‘' | '’' => Some(Class::MidBoth),
        'À'..='\u{24F}' => Some(Class::Letter),
        _ => None,
    }
}

/// As [`unicode_words`], where all characters are common; else nothing, and false.
fn latin_words(piece: &str, offset: usize, out: &mut Vec<Word>) -> bool {
    let known = out.len();
    let (mut start, mut named, mut before) = (None, false, Class::Other);
    let mut chars = piece.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(Some(Class::Other), |(_, c)| common_class(*c));
        let (Some(class), Some(next)) = (common_class(c), next) else {
            out.truncate(known);
            return false;
        };
        match class {
            Class::Letter | Class::Digit => {
                start.get_or_insert(at);
                named = true;
            }
            Class::Joiner => {
                start.get_or_insert(at);
            }
            mid => {
                if let Some(from) = start.take_if(|_| !parts_join(mid, before, next)) {
                    push(piece, from..at, std::mem::take(&mut named), offset, out);
                }
            }
        }
        before = class;
    }
    if let Some(from) = start {
        push(piece, from..piece.len(), named, offset, out);
    }
    true
}

fn push(piece: &str, at: Range<usize>, named: bool, offset: usize, out: &mut Vec<Word>) {
    if named {
        let stem = at.start + stem_length(&piece[at.clone()]);
        out.push(Word { start: (offset + at.start) as u32, end: (offset + at.end) as u32, stem: (offset + stem) as u32 });
    }
}

/// Whether a middle character has letters, or digits, on both sides, as its class wants.
pub(super) fn parts_join(mid: Class, before: Class, after: Class) -> bool {
    before == after
        && match mid {
            Class::MidLetter => before == Class::Letter,
            Class::MidDigit => before == Class::Digit,
            Class::MidBoth => matches!(before, Class::Letter | Class::Digit),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same_as_the_crate(text: &str) -> Result<(), TestCaseError> {
        let ours: Vec<&str> = words(text).iter().map(|w| w.span().of(text)).collect();
        // A combining mark on a blank can be "alphanumeric"; the blank is no part of our word.
        let theirs: Vec<&str> = text.unicode_words().map(str::trim_start).collect();
        prop_assert_eq!(ours, theirs);
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn words_are_those_of_uax29_on_any_string(text in any::<String>()) {
            same_as_the_crate(&text)?;
        }

        #[test]
        fn words_are_those_of_uax29_where_rules_meet(text in "[aB7_:.,;'’ \n\t\r\u{301}\u{AD}\u{200D}é東カ👩\u{1F1E6}א\"‑-]{0,24}") {
            same_as_the_crate(&text)?;
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn words_are_those_of_uax29_in_common_text(text in "([aB7_:.,; ]|[a'’‘“ß×ÿ7]|é|Ə|ı|İ|—|…|\u{A0}|º|ʼ|[a-z]{0,9}|’s|'s){0,60}") {
            same_as_the_crate(&text)?;
        }

        #[test]
        fn a_word_may_stand_across_the_border_of_any_block(before in 0_usize..200, word in "[a_7][b.7:'_]{0,5}[c7_]?('s|’s| )", after in " {0,70}") {
            same_as_the_crate(&(" ".repeat(before) + &word + &after))?;
            same_as_the_crate(&("x".repeat(before) + &word + &after))?;
        }
    }

    #[test]
    fn a_blank_is_no_part_of_a_word() {
        for text in ["\u{2000} \u{17B6}", "\u{2000}\u{17B6}", " \u{17B6}", "a \u{2003}\u{17B6}"] {
            let last = words(text).pop().map(|w| w.span().of(text));
            assert_eq!(last, Some("\u{17B6}"), "{text:?}");
        }
    }

    #[test]
    fn possessive_endings_leave_a_stem() {
        for (word, stem) in [("Baku's", 4), ("Baku’s", 4), ("BAKU'S", 4), ("don't", 5), ("voters", 6), ("s's", 1), ("x'ss", 4)]
        {
            assert_eq!(words(word)[0].stem as usize, stem, "{word}");
        }
    }
}
