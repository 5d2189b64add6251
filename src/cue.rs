//! Cues: the words that deny, hedge, make conditional. The lists are a lexicon of the language pack.

use std::ops::Range;
use std::sync::LazyLock;

use crate::error::Result;
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::matcher::{Match, Matcher, Search};
use crate::segment::Document;
use crate::span::Span;

/// What a cue does, and to which side it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueKind {
    /// Denies what follows.
    Negation,
}

/// A cue in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// What it does.
    pub kind: CueKind,
    /// Its words.
    pub span: Span,
    /// Index of the first of them.
    pub first_word: u32,
    /// How many they are.
    pub words: u32,
}

/// The cues of a language.
#[derive(Debug)]
pub struct Cues {
    matcher: Matcher,
}

static ENGLISH: LazyLock<Result<Cues>> = LazyLock::new(Cues::english);

impl Cues {
    /// The cues of the language pack; none for a language without one.
    ///
    /// # Errors
    /// Only when the pack itself is damaged.
    pub fn load(language: &Language) -> Result<Option<&'static Self>> {
        if language.has_pack() { ENGLISH.as_ref().map(Some).map_err(Clone::clone) } else { Ok(None) }
    }

    fn english() -> Result<Self> {
        let pack = Lexicon::bundled("en-cues")?;
        Ok(Self { matcher: Matcher::new(&pack, &Language::load("en")?)? })
    }

    /// The cues in these words of a document, which are whole sentences, in order. `out` is cleared first.
    pub fn find(
        &self,
        document: &Document<'_>,
        words: Range<u32>,
        search: &mut Search,
        matches: &mut Vec<Match>,
        out: &mut Vec<Cue>,
    ) {
        self.matcher.find_in(document, words, search, matches);
        out.clear();
        out.extend(matches.iter().map(|m| Cue {
            kind: CueKind::Negation,
            span: m.span,
            first_word: m.first_word,
            words: m.words,
        }));
    }
}
