//! Patterns of plain words with blanks between them, as most are: letters, digits and wildcards, which need no tokens.

use smallvec::SmallVec;

use super::{Piece, Pieces, Reading, Separator, Slot};

/// Whether a pattern is of plain words, and so in the language.
pub(super) fn is_plain(pattern: &str) -> bool {
    let mut words = words(pattern).peekable();
    words.peek().is_some() && words.all(|word| letters(word).is_some())
}

/// The reading of a pattern of plain words.
pub(super) fn reading(pattern: &str) -> Option<Reading> {
    let mut slots = SmallVec::new();
    for word in words(pattern) {
        let (letters, inflected) = letters(word)?;
        let acronym =
            letters.bytes().filter(u8::is_ascii_uppercase).nth(1).is_some() && !letters.bytes().any(|b| b.is_ascii_lowercase());
        slots.push(Slot { pieces: pieces(letters), inflected, acronym });
    }
    let separators = vec![Separator::Space; slots.len().checked_sub(1)?];
    Some(Reading { slots, separators, before: String::new(), after: String::new() })
}

fn words(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split(' ').filter(|word| !word.is_empty())
}

/// The letters, digits and wildcards of a plain word, and whether it is inflected.
fn letters(word: &str) -> Option<(&str, bool)> {
    let (letters, inflected) = word.strip_suffix('~').map_or((word, false), |letters| (letters, true));
    let fits = |b: u8| b.is_ascii_alphanumeric() || !inflected && is_wildcard(b.into());
    (!letters.is_empty() && letters.bytes().all(fits)).then_some((letters, inflected))
}

fn is_wildcard(c: char) -> bool {
    matches!(c, '*' | '?')
}

fn pieces(letters: &str) -> Pieces {
    let mut out = Pieces::new();
    for part in letters.split_inclusive(is_wildcard) {
        let text = part.trim_end_matches(is_wildcard);
        if !text.is_empty() {
            out.push(Piece::Text(text.to_owned()));
        }
        match part.as_bytes().last() {
            Some(b'*') if out.last() != Some(&Piece::Any) => out.push(Piece::Any),
            Some(b'?') => out.push(Piece::One),
            _ => {}
        }
    }
    out
}
