//! How far a cue reaches: which words of a sentence are denied, hedged, conditional.

mod border;
mod reach;

use std::ops::Range;

use smallvec::SmallVec;

use crate::cue::{Cue, Effect};
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

    /// What an effect other than negation makes of words.
    const fn of(effect: Effect) -> Self {
        match effect {
            Effect::Negation => Self::Asserted,
            Effect::Hedged => Self::Hedged,
            Effect::Conditional => Self::Conditional,
            Effect::Future => Self::Future,
            Effect::Desired => Self::Desired,
        }
    }

    /// Which wins where two cues are equally near.
    const fn rank(self) -> u8 {
        match self {
            Self::Asserted => 0,
            Self::Future => 1,
            Self::Hedged => 2,
            Self::Desired => 3,
            Self::Conditional => 4,
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

/// A run of words that a cue reaches.
#[derive(Debug, Clone)]
struct Scope {
    effect: Effect,
    /// An "if", which also reaches what follows from it.
    condition: bool,
    words: Range<u32>,
    cue: Range<u32>,
    span: Span,
}

impl Scope {
    /// Whether it holds the first of these words, or half of them, and its cue is not one of them.
    fn holds(&self, words: &Range<u32>) -> bool {
        let shared = self.words.end.min(words.end).saturating_sub(self.words.start.max(words.start));
        let own = self.cue.start < words.end && words.start < self.cue.end;
        !own && shared > 0 && (self.words.contains(&words.start) || 2 * shared >= words.end - words.start)
    }

    /// Words between the cue and these.
    fn distance(&self, words: &Range<u32>) -> u32 {
        if self.cue.start < words.start {
            words.start.saturating_sub(self.cue.end)
        } else {
            // A cue that reaches back is farther than one that reaches on.
            self.cue.start.saturating_sub(words.end) + 2
        }
    }
}

/// Hardly any sentence has more.
type Found = SmallVec<[Scope; 8]>;

/// The scopes of all cues of one sentence.
#[derive(Debug, Default)]
pub struct Scopes {
    scopes: Found,
}

impl Scopes {
    /// Works out how far each cue of a sentence reaches.
    #[must_use]
    pub fn new(parsed: &Parsed<'_, '_>, clauses: &[Clause], cues: &[Cue]) -> Self {
        Self { scopes: reach::scopes(parsed, clauses, cues) }
    }

    /// What the cues make of these words, which are a match or an evaluation.
    #[must_use]
    pub fn flags(&self, words: Range<u32>) -> Flags {
        let governing = self.modality(&words);
        Flags {
            negation: self.negation(&words),
            modality: governing.map_or(Modality::Asserted, |s| Modality::of(s.effect)),
            modality_cue: governing.map(|s| s.span),
        }
    }

    /// The cue that denies a word, if one does.
    #[must_use]
    pub fn negates(&self, word: u32) -> Option<Span> {
        self.negation(&(word..word + 1))
    }

    /// The innermost negation, unless it is itself denied: "cannot deny".
    fn negation(&self, words: &Range<u32>) -> Option<Span> {
        let holding = self.negations().filter(|s| s.holds(words)).map(|s| (self.depth(s), s));
        let (depth, inner) = holding.min_by_key(|(depth, s)| (usize::MAX - depth, s.distance(words)))?;
        (depth % 2 == 0).then_some(inner.span)
    }

    /// In how many other negations a cue stands.
    fn depth(&self, scope: &Scope) -> usize {
        self.negations().filter(|s| s.cue != scope.cue && s.words.contains(&scope.cue.start)).count()
    }

    fn negations(&self) -> impl Iterator<Item = &Scope> {
        self.scopes.iter().filter(|s| s.effect == Effect::Negation)
    }

    /// The nearest cue of modality. A condition governs all but what should be; what will be gives way to all others.
    fn modality(&self, words: &Range<u32>) -> Option<&Scope> {
        let found = || self.scopes.iter().filter(|s| s.effect != Effect::Negation && s.holds(words));
        let weak = |s: &&Scope| matches!(s.effect, Effect::Future | Effect::Hedged);
        let rank = |s: &&Scope| (s.distance(words), u8::MAX - Modality::of(s.effect).rank());
        let nearest = found().filter(|s| s.effect != Effect::Future).min_by_key(rank).or_else(|| found().min_by_key(rank))?;
        let condition = found().find(|s| s.condition).filter(|s| weak(&nearest) || s.cue.start > nearest.cue.start);
        Some(condition.unwrap_or(nearest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cue::Cues;
    use crate::document::Document;
    use crate::grammar::{Grammar, no_clauses};
    use crate::language::Language;
    use crate::matcher::Search;
    use crate::segment::words;
    use proptest::prelude::*;

    /// For every word of a one-sentence text: the cue that denies it, and its modality.
    fn read(text: &str) -> Vec<(String, Option<String>, Modality)> {
        let language = Language::load("en").unwrap();
        let words = words(text);
        let document = Document::new(text, &words, &language.abbreviations);
        let mut classes = Vec::new();
        Grammar::load(&language).unwrap().classes_into(&document, &mut classes);
        let room = no_clauses(&document);
        let parsed = Parsed::new(&document, &classes, &room);
        let (mut search, mut matches, mut cues) = (Search::default(), Vec::new(), Vec::new());
        let mut out = Vec::new();
        for sentence in 0..document.sentences().len() {
            let range = document.words_of(sentence);
            Cues::load(&language).unwrap().unwrap().find(
                &document,
                std::slice::from_ref(&range),
                &mut search,
                &mut matches,
                &mut cues,
            );
            let scopes = Scopes::new(&parsed, parsed.clauses(sentence), &cues);
            for i in range {
                let flags = scopes.flags(i..i + 1);
                assert_eq!(flags.negation, scopes.negates(i));
                let cue = flags.negation.map(|s| s.of(text).to_owned());
                out.push((document.word(i).to_owned(), cue, flags.modality));
            }
        }
        out
    }

    fn denied(text: &str) -> String {
        let words = read(text).into_iter().filter(|w| w.1.is_some()).map(|w| w.0);
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_denial_takes_in_its_clause_and_a_pronoun_before_it() {
        assert_eq!(denied("It is not a bridge, although it could be."), "It is a bridge");
        assert_eq!(denied("The bridge does not carry trade."), "does carry trade");
        assert_eq!(denied("A bridge was never built here."), "A bridge was built here");
    }

    #[test]
    fn two_denials_take_each_other_back() {
        assert_eq!(denied("We cannot refuse to help."), "We refuse to");
        assert_eq!(denied("There is no peace and no trust."), "There is peace and trust");
    }

    #[test]
    fn a_long_match_is_denied_by_its_first_word_or_half_of_it_and_never_by_its_own() {
        let scope =
            |words| Scope { effect: Effect::Negation, condition: false, words, cue: 1..2, span: Span { start: 0, end: 1 } };
        assert!(scope(2..4).holds(&(2..9)));
        assert!(scope(2..6).holds(&(0..0)) == scope(2..6).holds(&(9..9)));
        assert!(!scope(2..4).holds(&(1..4)));
        assert!(scope(4..9).holds(&(3..6)));
        assert!(!scope(6..9).holds(&(3..7)));
    }

    #[test]
    fn a_condition_governs_will_and_not_should() {
        let modality = |text: &str, word: &str| read(text).into_iter().find(|w| w.0 == word).unwrap().2;
        assert_eq!(modality("If the road opens, trade will grow.", "grow"), Modality::Conditional);
        assert_eq!(modality("If the road opens, trade should grow.", "grow"), Modality::Desired);
        assert_eq!(modality("Kyiv hopes that trade will grow.", "grow"), Modality::Desired);
    }

    proptest! {
        #[test]
        fn any_text_has_scopes(words in proptest::collection::vec(prop_oneof![
            Just("not"), Just("if"), Just(","), Just("no"), Just("that"), Just("which"), Just("and"), Just("nor"), Just("is"), Just("will"),
            Just("bridge"), Just("(x"), Just(")"), Just("“"), Just("”"), Just("failed to"), Just("deny"), Just("unless"), Just("."), Just("—"),
            Just("the states"), Just("signed"), Just("isn’t"), Just("only"), Just("?"), Just("out of the question"), Just("é東"),
        ], 0..30)) {
            read(&words.join(" "));
        }
    }
}
