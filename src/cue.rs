//! Cues: the words that deny, hedge, make conditional. The lists are a lexicon of the language pack.

use std::ops::Range;
use std::sync::LazyLock;

use crate::document::Document;
use crate::error::Result;
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::matcher::{Match, Matcher, Search};
use crate::span::Span;

/// What a cue makes of the words it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// They are denied.
    Negation,
    /// They may be so.
    Hedged,
    /// They are so if something else is.
    Conditional,
    /// They will be so.
    Future,
    /// They should be so.
    Desired,
}

/// How far a cue reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The rest of the clause whose verb it belongs to: "did not".
    Predicate,
    /// The clause it is subject or object of: "no", "nobody".
    Argument,
    /// What follows, clauses with "that" included: "denied that". Of a passive, what stands before.
    Complement,
    /// The phrase that follows: "without".
    Phrase,
    /// The noun that follows: "possible".
    Noun,
    /// What stands before it in its clause: "was out of the question".
    Subject,
    /// All of its clause: "reportedly".
    Clause,
    /// Its own clause, and the one it is a condition of: "if".
    Condition,
}

/// What a cue is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueKind {
    /// It has an effect, as far as it reaches.
    Scope(Effect, Reach),
    /// It says of its subject that it is there: "possible", "was built".
    Existence,
    /// It takes back a negation right before it: "only".
    Additive,
    /// What holds of it does not hold of the clause it introduces: "say".
    Opaque,
    /// A verb whose object stands though the verb is denied: "did not weaken".
    Standing,
    /// It ends a scope: "although".
    Terminator,
    /// It looks like a cue and is none: "no doubt".
    Pseudo,
}

impl CueKind {
    /// By the path of its frame.
    fn of(path: &str) -> Option<Self> {
        match path {
            "existence" => return Some(Self::Existence),
            "additive" => return Some(Self::Additive),
            "opaque" => return Some(Self::Opaque),
            "standing" => return Some(Self::Standing),
            "terminator" => return Some(Self::Terminator),
            "pseudo" => return Some(Self::Pseudo),
            _ => {}
        }
        let (effect, reach) = path.split_once('.')?;
        let effect = match effect {
            "negation" => Effect::Negation,
            "hedged" => Effect::Hedged,
            "conditional" => Effect::Conditional,
            "future" => Effect::Future,
            "desired" => Effect::Desired,
            _ => return None,
        };
        let reach = match reach {
            "predicate" => Reach::Predicate,
            "argument" => Reach::Argument,
            "complement" => Reach::Complement,
            "phrase" => Reach::Phrase,
            "noun" => Reach::Noun,
            "subject" => Reach::Subject,
            "clause" => Reach::Clause,
            "condition" => Reach::Condition,
            _ => return None,
        };
        Some(Self::Scope(effect, reach))
    }
}

/// A cue in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// What it is for.
    pub kind: CueKind,
    /// Its words.
    pub span: Span,
    /// Index of the first of them.
    pub first_word: u32,
    /// How many they are.
    pub words: u32,
}

impl Cue {
    /// Its words.
    #[must_use]
    pub fn range(&self) -> Range<u32> {
        self.first_word..self.first_word + self.words
    }
}

/// The cues of a language.
#[derive(Debug)]
pub struct Cues {
    matcher: Matcher,
    /// What the cues of each frame of the pack are for.
    kinds: Vec<CueKind>,
}

static ENGLISH: LazyLock<Result<Cues>> = LazyLock::new(Cues::english);

impl Cues {
    /// The cues of the language pack; none for a language without one.
    ///
    /// # Errors
    /// Only when the pack itself is damaged.
    pub fn load(language: &Language) -> Result<Option<&'static Self>> {
        language.pack(&ENGLISH)
    }

    fn english() -> Result<Self> {
        let pack = Lexicon::bundled("en-cues")?;
        let kinds = pack.counted_frames().iter().map(|(path, _)| CueKind::of(path).unwrap_or(CueKind::Pseudo)).collect();
        Ok(Self { matcher: Matcher::new(&pack, &Language::load("en")?)?, kinds })
    }

    /// What finds them.
    pub(crate) fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// The cues in stretches of a document, which are whole sentences each and come in order. `out` is cleared first.
    pub fn find(
        &self,
        document: &Document<'_>,
        words: &[Range<u32>],
        search: &mut Search,
        matches: &mut Vec<Match>,
        out: &mut Vec<Cue>,
    ) {
        self.matcher.find_in(document, words, search, matches);
        out.clear();
        out.extend(matches.iter().filter(|m| m.words > 0).map(|m| Cue {
            kind: self.kinds[m.frame.0 as usize],
            span: m.span,
            first_word: m.first_word,
            words: m.words,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_frame_of_the_pack_says_what_it_is_for() {
        let pack = Lexicon::bundled("en-cues").unwrap();
        let frames = pack.counted_frames();
        assert!(frames.len() > 15);
        for (path, _) in frames {
            assert!(CueKind::of(&path).is_some(), "{path}");
        }
    }
}
