//! Where a scope ends: terminators, commas, the next denial; and which clauses it goes on into.

use std::ops::Range;

use crate::cue::{Cue, CueKind, Effect, Reach};
use crate::grammar::{Classes, Clause, Link, Parsed};

/// A sentence with its clauses and cues.
pub(super) struct Sentence<'a, 'd, 't> {
    pub parsed: &'a Parsed<'d, 't>,
    pub clauses: &'a [Clause],
    pub cues: &'a [Cue],
}

/// Words that a comma may part from a scope that goes on after them: ", however,".
const PARENTHESIS: u32 = 5;

impl Sentence<'_, '_, '_> {
    pub fn is(&self, word: u32, classes: Classes) -> bool {
        self.parsed.is(word, classes)
    }

    pub fn comma(&self, word: u32) -> bool {
        self.parsed.has_comma(word)
    }

    /// The clause that holds a word.
    pub fn clause_of(&self, word: u32) -> usize {
        self.clauses.partition_point(|c| c.words.end <= word).min(self.clauses.len().saturating_sub(1))
    }

    /// Whether a cue of this kind begins in these words.
    pub fn has(&self, kind: CueKind, words: &Range<u32>) -> bool {
        self.cues_from(words.start).iter().take_while(|c| c.first_word < words.end).any(|c| c.kind == kind)
    }

    /// Where a scope that begins at `from`, in clause `k`, ends. `deep`: it goes into a clause with "that".
    pub fn end(&self, from: u32, k: usize, deep: bool, cue: &Cue) -> u32 {
        let mut k = k;
        let mut end = self.cut(from, self.clauses[k].words.end, cue);
        while end == self.clauses[k].words.end && k + 1 < self.clauses.len() && self.goes_on(k, from, deep, cue) {
            k += 1;
            let clause = &self.clauses[k].words;
            end = self.cut(clause.start.max(from), clause.end, cue);
        }
        end
    }

    /// The first place in these words where a scope ends.
    fn cut(&self, from: u32, end: u32, cue: &Cue) -> u32 {
        let mut i = from;
        let mut ahead = self.cues_from(from);
        while i < end {
            if self.comma(i) {
                match self.after_parenthesis(from, i, end) {
                    Some(beyond) => i = beyond,
                    None if i == from || self.list_goes_on(i, end) || self.is_contrast(i, cue) || self.closes_aside(i) => {}
                    None => return i,
                }
            }
            while let [first, rest @ ..] = ahead
                && first.first_word < i
            {
                ahead = rest;
            }
            if ahead.first().is_some_and(|c| c.first_word == i) {
                if self.ends_at(i, cue) {
                    return i;
                }
                if let Some(beyond) = self.leaves_standing(i, cue) {
                    return beyond.min(end);
                }
            }
            i += 1;
        }
        end
    }

    /// The cues that begin at a word or after it.
    fn cues_from(&self, word: u32) -> &[Cue] {
        &self.cues[self.cues.partition_point(|c| c.first_word < word)..]
    }

    /// The cues that begin at a word.
    fn cues_at(&self, word: u32) -> impl Iterator<Item = &Cue> {
        self.cues_from(word).iter().take_while(move |c| c.first_word == word)
    }

    /// A terminator; or a denial of its own in the second part of a coordination.
    fn ends_at(&self, i: u32, cue: &Cue) -> bool {
        self.cues_at(i).any(|c| match c.kind {
            CueKind::Terminator | CueKind::Scope(_, Reach::Condition) => true,
            CueKind::Scope(Effect::Negation, Reach::Predicate | Reach::Argument) => {
                let negation = matches!(cue.kind, CueKind::Scope(Effect::Negation, _));
                let joined = i > 0 && (self.comma(i) || self.is(i - 1, Classes::COORDINATOR));
                negation && (joined || self.is(i, Classes::COORDINATOR))
            }
            _ => false,
        })
    }

    /// One past a verb whose object a denial does not reach: "did not weaken".
    fn leaves_standing(&self, i: u32, cue: &Cue) -> Option<u32> {
        let CueKind::Scope(Effect::Negation, _) = cue.kind else { return None };
        self.cues_at(i).find(|c| c.kind == CueKind::Standing).map(|c| c.first_word + c.words)
    }

    /// One past ", however," right after the cue, or right before a verb.
    fn after_parenthesis(&self, from: u32, comma: u32, end: u32) -> Option<u32> {
        let early = comma <= from + 1 || (comma > 0 && self.is(comma - 1, Classes::AUXILIARY | Classes::NEGATIVE));
        let close = (comma + 1..end.min(comma + 1 + PARENTHESIS)).find(|i| self.comma(*i));
        close.filter(|_| early)
    }

    /// "is not, and never was, a …": a comma after a verb that has its object in common with the one before it.
    fn closes_aside(&self, comma: u32) -> bool {
        let clause = &self.clauses[self.clause_of(comma)];
        let open = clause.link == Link::Coordinate && self.comma(clause.words.start);
        open && clause.verb.as_ref().is_some_and(|v| v.end == comma) && self.is(comma - 1, Classes::AUXILIARY | Classes::BE)
    }

    /// "should …, rather than …": what is not wished is of the wish too.
    fn is_contrast(&self, i: u32, cue: &Cue) -> bool {
        let modal = !matches!(cue.kind, CueKind::Scope(Effect::Negation, _));
        modal && self.has(CueKind::Scope(Effect::Negation, Reach::Phrase), &(i..i + 1))
    }

    /// Whether what follows a comma is one more item: ", a hub or a gateway", or one more adjective.
    fn list_goes_on(&self, comma: u32, end: u32) -> bool {
        if self.is(comma, Classes::COORDINATOR) {
            return !self.parsed.document.word(comma).eq_ignore_ascii_case("so");
        }
        let joined = || (comma + 1..end.min(comma + 12)).any(|i| self.is(i, Classes::COORDINATOR));
        let outside = Classes::PREPOSITION | Classes::ADVERB | Classes::SUBJECT | Classes::RELATIVE | Classes::SUBORDINATOR;
        self.is_plain(comma) && self.is_plain(comma.saturating_sub(1)) || !self.is(comma, outside) && joined()
    }

    /// A word in small letters that is no function word.
    fn is_plain(&self, i: u32) -> bool {
        !self.is(i, Classes::FUNCTION | Classes::ADVERB | Classes::CAPITAL | Classes::MAIN_VERB | Classes::NUMBER)
    }

    /// Whether a scope that fills clause `k` from `from` goes on into the next.
    fn goes_on(&self, k: usize, from: u32, deep: bool, cue: &Cue) -> bool {
        let (clause, next) = (&self.clauses[k], &self.clauses[k + 1]);
        if self.ends_at(next.words.start, cue) {
            return false;
        }
        match next.link {
            Link::Complement => {
                let introduced = clause.words.start.max(from)..next.words.start;
                let asked = self.is(next.words.start, Classes::SUBORDINATOR) && !self.is(next.words.start, Classes::ADVERB);
                deep || asked || !self.has(CueKind::Opaque, &introduced)
            }
            Link::Relative => !self.comma(next.words.start) && self.is_indefinite(clause, from, next.words.start, cue),
            Link::Coordinate => self.same_verb_phrase(clause, next),
            Link::Main | Link::Subordinate | Link::Participle => false,
        }
    }

    /// "did not sign or ratify": a plain form after a modal or "do".
    fn same_verb_phrase(&self, clause: &Clause, next: &Clause) -> bool {
        let (Some(first), Some(second)) = (&clause.verb, &next.verb) else { return false };
        let bare = second.len() == 1 && self.is(second.start, Classes::BASE) && second.start <= next.words.start + 2;
        bare && self.is(first.start, Classes::MODAL | Classes::DO)
    }

    /// "not a state that …", "nothing that …": the relative clause says which, and none is there.
    fn is_indefinite(&self, clause: &Clause, from: u32, relative: u32, cue: &Cue) -> bool {
        let start = clause.verb.as_ref().map_or(from, |v| v.end).max(from).min(relative);
        let phrase = (start..relative).rev().find(|i| self.is(*i, Classes::PREPOSITION)).map_or(start, |i| i + 1);
        let argument = matches!(cue.kind, CueKind::Scope(_, Reach::Argument));
        let mut words = phrase..relative;
        argument && phrase == from || words.any(|i| self.is(i, Classes::INDEFINITE))
    }
}
