//! A long text in sections that can be searched one by one: no sentence, and nothing that is looked for, reaches from one into the next.

use std::ops::Range;
use std::sync::OnceLock;

use super::sentences::{Abbreviations, is_wrapped};

/// So many bytes before a place are looked at, to read the word there.
const WORD: usize = 40;

/// Whether what is looked for may go on after a word and a stop.
pub type GoesOn<'g> = &'g dyn Fn(&str, u8) -> bool;

/// A text that is read in sections.
#[derive(Debug)]
pub struct Whole<'t> {
    text: &'t [u8],
    wrapped: OnceLock<bool>,
}

impl<'t> Whole<'t> {
    /// The text may turn out to be no UTF-8, which is for the readers of its sections to find.
    #[must_use]
    pub fn new(text: &'t [u8]) -> Self {
        Self { text, wrapped: OnceLock::new() }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&'t str> {
        std::str::from_utf8(self.text).ok()
    }

    /// Whether its lines are broken to a width; that is seen from all of them only.
    pub(crate) fn is_wrapped(&self) -> bool {
        *self.wrapped.get_or_init(|| self.text().is_some_and(is_wrapped))
    }

    /// Sections of at least so many bytes, but for the last; one after another they are the text. It is cut only where a sentence ends
    /// whatever stands around it, and where what is looked for does not go on: `goes_on` says so of a word, or none that is plain, and the stop after it.
    #[must_use]
    pub fn sections(&self, size: usize, abbreviations: &Abbreviations, goes_on: GoesOn<'_>) -> Vec<Range<usize>> {
        let (mut out, mut start, mut form) = (Vec::new(), 0, String::new());
        while self.text.len() - start > size {
            let places = (start + size..self.text.len()).filter(|at| matches!(self.text[*at], b'.' | b'!' | b'?'));
            let mut cuts = places.filter_map(|at| self.cut(at, abbreviations, goes_on, &mut form));
            let Some(cut) = cuts.next() else { break };
            out.push(start..cut);
            start = cut;
        }
        out.push(start..self.text.len());
        out
    }

    /// Where the next sentence begins, if one ends for certain at this stop, and a word in plain letters follows.
    fn cut(&self, at: usize, abbreviations: &Abbreviations, goes_on: GoesOn<'_>, form: &mut String) -> Option<usize> {
        let after = &self.text[at + 1..];
        let blank = after.iter().take_while(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t')).count();
        let next = letters(&after[blank..], WORD)?;
        if blank == 0 || next.is_empty() {
            return None;
        }
        let (stop, word) = (self.text[at], self.letters_before(at));
        let paragraph = after[..blank].split(|b| *b == b'\n').nth(2).is_some();
        // The stop is none of an abbreviation, an initial or a number.
        let mut stands = || stop != b'.' || word.len() > 1 && !abbreviations.keep(word, next, form);
        let certain = paragraph || !next.starts_with(|c: char| c.is_ascii_lowercase()) && stands();
        (certain && !goes_on(word, stop)).then_some(at + 1 + blank)
    }

    /// The word that ends at a byte, if it is of ASCII letters and stands after white space; else nothing.
    fn letters_before(&self, at: usize) -> &str {
        let before = &self.text[at.saturating_sub(WORD)..at];
        let border = before.iter().rposition(|b| !b.is_ascii_alphabetic()).filter(|border| before[*border].is_ascii_whitespace());
        border.and_then(|border| std::str::from_utf8(&before[border + 1..]).ok()).unwrap_or_default()
    }
}

/// The word that a text begins with, if it is of ASCII letters and digits and not longer than that.
fn letters(text: &[u8], most: usize) -> Option<&str> {
    let end = text.iter().take(most).position(|b| !b.is_ascii_alphanumeric()).unwrap_or(text.len().min(most));
    let ends = text.get(end).is_none_or(|b| b.is_ascii() && !b.is_ascii_alphanumeric());
    std::str::from_utf8(&text[..end]).ok().filter(|_| ends)
}
