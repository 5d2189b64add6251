//! Which actor a match is said of.

use std::ops::Range;

use crate::actor::{ActorId, Actors, Mention};
use crate::error::Result;
use crate::grammar::{Clause, Parsed};
use crate::language::Language;
use crate::quote::Quote;
use crate::span::Span;

/// Whom something is said of, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Who.
    pub actor: ActorId,
    /// The name of the rule that chose it.
    pub rule: &'static str,
    /// The words that name it; none for the main actor of the document.
    pub mention: Option<Span>,
}

/// Chooses targets in one document.
#[derive(Debug)]
pub struct Targets<'d, 't> {
    #[allow(dead_code)]
    parsed: Parsed<'d, 't>,
}

impl<'d, 't> Targets<'d, 't> {
    /// Reads what a document as a whole says of its actors: who it is about, who was named last.
    ///
    /// # Errors
    /// Only when the language pack is damaged.
    pub fn new(
        parsed: Parsed<'d, 't>,
        _language: &Language,
        _actors: &'d Actors,
        _mentions: &'d [Mention],
        _quotes: &'d [Quote],
    ) -> Result<Self> {
        Ok(Self { parsed })
    }

    /// Whom these words of a sentence are said of; several where actors are joined, none where no actor fits.
    #[must_use]
    pub fn of(&self, _sentence: usize, _clauses: &[Clause], _words: Range<u32>) -> Vec<Target> {
        Vec::new()
    }
}
