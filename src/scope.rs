//! How far a cue reaches: which words of a sentence are denied, hedged, conditional.

use std::ops::Range;

use crate::cue::Cue;
use crate::grammar::{Clause, Parsed};
use crate::span::Span;

/// How something is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Modality {
    /// It is so.
    #[default]
    Asserted,
    /// It may be so.
    Hedged,
    /// It is so if something else is.
    Conditional,
    /// It will be so.
    Future,
    /// It should be so.
    Desired,
}

impl Modality {
    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Hedged => "hedged",
            Self::Conditional => "conditional",
            Self::Future => "future",
            Self::Desired => "desired",
        }
    }
}

/// What the cues around a run of words make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags {
    /// The cue that denies it, if one does.
    pub negation: Option<Span>,
    /// How it is said to be.
    pub modality: Modality,
    /// The cue that says so; none where it is asserted.
    pub modality_cue: Option<Span>,
}

/// The scopes of all cues of one sentence.
#[derive(Debug)]
pub struct Scopes {}

impl Scopes {
    /// Works out how far each cue of a sentence reaches.
    #[must_use]
    pub fn new(_parsed: &Parsed<'_, '_>, _clauses: &[Clause], _cues: &[Cue]) -> Self {
        Self {}
    }

    /// What the cues make of these words, which are a match or an evaluation.
    #[must_use]
    pub fn flags(&self, _words: Range<u32>) -> Flags {
        Flags::default()
    }
}
