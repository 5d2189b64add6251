//! Words: UAX #29 word segments that hold an alphanumeric character.
//!
//! ASCII stretches are scanned by a table; what is not ASCII goes through `unicode-segmentation`, a stretch between white
//! space at a time. Property tests hold the two equal on any string.

use unicode_segmentation::UnicodeSegmentation;

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
    words_into(text, &mut out);
    out
}

/// As [`words`], into a buffer that is cleared first. `text` has at most `u32::MAX` bytes.
pub(crate) fn words_into(text: &str, out: &mut Vec<Word>) {
    out.clear();
    if text.is_ascii() {
        ascii_words(text.as_bytes(), 0, out);
        return;
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let stretch = bytes[at..].iter().position(|b| is_blank(*b)).unwrap_or(bytes.len() - at);
        let piece = &text[at..at + stretch];
        if piece.is_ascii() {
            ascii_words(piece.as_bytes(), at, out);
        } else {
            unicode_words(piece, at, out);
        }
        at += stretch;
        at += bytes[at..].iter().take_while(|b| is_blank(**b)).count();
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r')
}

fn unicode_words(piece: &str, offset: usize, out: &mut Vec<Word>) {
    for (at, word) in piece.unicode_word_indices() {
        let start = offset + at;
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
enum Class {
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

fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte & 0x7F)]
}

fn ascii_words(bytes: &[u8], offset: usize, out: &mut Vec<Word>) {
    let mut at = 0;
    while at < bytes.len() {
        if !matches!(class(bytes[at]), Class::Letter | Class::Digit | Class::Joiner) {
            at += 1;
            continue;
        }
        let start = at;
        let mut named = false;
        while at < bytes.len() {
            match class(bytes[at]) {
                Class::Letter | Class::Digit => named = true,
                Class::Joiner => {}
                mid if joins(mid, bytes, at) => {}
                _ => break,
            }
            at += 1;
        }
        if named {
            out.push(Word {
                start: (offset + start) as u32,
                end: (offset + at) as u32,
                stem: (offset + start + ascii_stem(&bytes[start..at])) as u32,
            });
        }
    }
}

/// Whether the middle character at `at` has letters, or digits, on both sides, as its class wants.
fn joins(mid: Class, bytes: &[u8], at: usize) -> bool {
    let Some(&next) = bytes.get(at + 1) else { return false };
    let side = class(bytes[at - 1]);
    side == class(next)
        && match mid {
            Class::MidLetter => side == Class::Letter,
            Class::MidDigit => side == Class::Digit,
            Class::MidBoth => matches!(side, Class::Letter | Class::Digit),
            _ => false,
        }
}

fn ascii_stem(word: &[u8]) -> usize {
    match word {
        [stem @ .., b'\'', b's' | b'S'] if !stem.is_empty() => stem.len(),
        _ => word.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same_as_the_crate(text: &str) -> Result<(), TestCaseError> {
        let ours: Vec<&str> = words(text).iter().map(|w| w.span().of(text)).collect();
        // A combining mark on a blank can be "alphanumeric"; the blank is no part of our word.
        let theirs: Vec<&str> = text.unicode_words().map(|w| w.trim_start_matches([' ', '\n', '\t', '\r'])).collect();
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

    #[test]
    fn possessive_endings_leave_a_stem() {
        for (word, stem) in [("Baku's", 4), ("Baku’s", 4), ("BAKU'S", 4), ("don't", 5), ("voters", 6), ("s's", 1), ("x'ss", 4)]
        {
            assert_eq!(words(word)[0].stem as usize, stem, "{word}");
        }
    }
}
