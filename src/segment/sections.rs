//! A long text in sections that can be searched one by one: no sentence, and nothing that is looked for, reaches from one into the next.

use std::ops::Range;
use std::sync::OnceLock;

use super::sentences::{Abbreviations, is_wrapped};

/// So many bytes before a place are looked at, to read the word there.
const WORD: usize = 40;

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
    /// whatever stands around it, at a stop that is none of `marks`: what is looked for has none other inside.
    #[must_use]
    pub fn sections(&self, size: usize, abbreviations: &Abbreviations, marks: &[char]) -> Vec<Range<usize>> {
        let stops: Vec<u8> = b".!?".iter().copied().filter(|stop| !marks.contains(&char::from(*stop))).collect();
        let (mut out, mut start, mut form) = (Vec::new(), 0, String::new());
        while self.text.len() - start > size {
            let places = (start + size..self.text.len()).filter(|at| stops.contains(&self.text[*at]));
            let mut cuts = places.filter_map(|at| self.cut(at, abbreviations, &mut form));
            let Some(cut) = cuts.next() else { break };
            out.push(start..cut);
            start = cut;
        }
        out.push(start..self.text.len());
        out
    }

    /// Where the next sentence begins, if one ends for certain at this stop, and a word in plain letters follows.
    fn cut(&self, at: usize, abbreviations: &Abbreviations, form: &mut String) -> Option<usize> {
        let after = &self.text[at + 1..];
        let blank = after.iter().take_while(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t')).count();
        let next = letters(&after[blank..], WORD)?;
        if blank == 0 || next.is_empty() {
            return None;
        }
        let paragraph = after[..blank].split(|b| *b == b'\n').nth(2).is_some();
        let certain =
            paragraph || !next.starts_with(|c: char| c.is_ascii_lowercase()) && self.stands(at, next, abbreviations, form);
        certain.then_some(at + 1 + blank)
    }

    /// Whether the stop is none of an abbreviation, an initial or a number.
    fn stands(&self, at: usize, next: &str, abbreviations: &Abbreviations, form: &mut String) -> bool {
        if self.text[at] != b'.' {
            return true;
        }
        let before = &self.text[at.saturating_sub(WORD)..at];
        let border = before.iter().rposition(|b| !b.is_ascii_alphabetic()).filter(|border| before[*border].is_ascii_whitespace());
        let word = border.and_then(|border| std::str::from_utf8(&before[border + 1..]).ok()).unwrap_or_default();
        word.len() > 1 && !abbreviations.keep(word, next, form)
    }
}

/// The word that a text begins with, if it is of ASCII letters and digits and not longer than that.
fn letters(text: &[u8], most: usize) -> Option<&str> {
    let end = text.iter().take(most).position(|b| !b.is_ascii_alphanumeric()).unwrap_or(text.len().min(most));
    let ends = text.get(end).is_none_or(|b| b.is_ascii() && !b.is_ascii_alphanumeric());
    std::str::from_utf8(&text[..end]).ok().filter(|_| ends)
}
