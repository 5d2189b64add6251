//! A match in its context: one row of the hits table.
//!
//! Who is spoken of, by whom, denied or not, is not looked into yet: those columns are null.

use crate::matcher::{EntryId, FrameId, Match};
use crate::span::Span;

/// A match, and what is known of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The entry that matched.
    pub entry: EntryId,
    /// Its frame.
    pub frame: FrameId,
    /// Where it stands.
    pub span: Span,
    /// The sentence it begins in, counted from 0.
    pub sentence: u32,
}

/// Puts each match into its sentence. `matches` and `sentences` are in text order.
pub fn hits<'m>(matches: &'m [Match], sentences: &'m [Span]) -> impl Iterator<Item = Hit> + 'm {
    let mut at = 0;
    matches.iter().map(move |m| {
        while at + 1 < sentences.len() && sentences[at].end <= m.span.start {
            at += 1;
        }
        Hit { entry: m.entry, frame: m.frame, span: m.span, sentence: at as u32 }
    })
}
