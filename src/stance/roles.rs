//! What part a marked span plays in a clause, and how words lie to it.

use std::ops::Range;

use super::passage::{Found, Passage};
use crate::grammar::{Classes, Clause, Link};

/// How far before a span its preposition is looked for.
const NEAR: u32 = 4;

impl Passage<'_> {
    /// The part a span plays in a clause: `s` subject, `sp` subject of a passive, `o` object, `g` possessor, `gs` possessor in a subject,
    /// a preposition, `-` something else in it, `n` not in it.
    pub fn role(&self, span: &Range<u32>, clause: &Clause) -> &str {
        let head = span.end.saturating_sub(1).max(span.start);
        let genitive = self.is(head, Classes::GENITIVE) || self.is(head, Classes::POSSESSIVE);
        let preposition = self.preposition(span);
        let Some(verb) = &clause.verb else {
            let inside = clause.words.contains(&head);
            return if !inside {
                "n"
            } else if genitive {
                "g"
            } else {
                preposition.unwrap_or("-")
            };
        };
        if clause.subject.as_ref().is_some_and(|s| s.contains(&head)) {
            return match (genitive, preposition, clause.passive) {
                (true, ..) => "gs",
                (_, Some(p), _) => p,
                (_, _, true) => "sp",
                _ => "s",
            };
        }
        if !clause.words.contains(&head) {
            return "n";
        }
        if genitive {
            return "g";
        }
        if let Some(preposition) = preposition {
            return preposition;
        }
        if head >= verb.end { "o" } else { "-" }
    }

    /// The preposition a span hangs on.
    pub fn preposition(&self, span: &Range<u32>) -> Option<&str> {
        let from = span.start.saturating_sub(NEAR).max(self.first);
        for i in (from..span.start).rev() {
            let token = self.token(i)?;
            if token.classes.any(Classes::PREPOSITION | Classes::TO) && !token.name {
                return Some(&token.form);
            }
            let stops = Classes::AUXILIARY | Classes::PRONOUN | Classes::COORDINATOR | Classes::SUBORDINATOR | Classes::RELATIVE;
            if token.classes.any(stops) || token.classes.any(Classes::MAIN_VERB) && !token.name {
                return None;
            }
        }
        None
    }

    /// How the clause of a word lies to a span: `i` the span is its subject from another clause, `s` the same, `c` said or thought by it, `e` elsewhere in
    /// the sentence, `x` in another one.
    pub fn clause_relation(&self, span: &Range<u32>, word: u32) -> char {
        let head = span.end.saturating_sub(1).max(span.start);
        let (Some(a), Some(b)) = (self.token(head), self.token(word)) else { return 'x' };
        if a.sentence != b.sentence {
            return 'x';
        }
        if a.clause == b.clause {
            return 's';
        }
        let clause = &self.clauses[b.clause as usize];
        if clause.subject.as_ref().is_some_and(|s| s.contains(&head)) {
            return 'i';
        }
        let before = b.clause.checked_sub(1).map(|c| &self.clauses[c as usize]);
        let told = before.is_some_and(|c| c.subject.as_ref().is_some_and(|s| s.contains(&head)));
        if told && clause.link == Link::Complement { 'c' } else { 'e' }
    }

    /// How a word lies to a span with regard to quotation marks: `n` neither is inside, `s` both are inside the same, `q` the word, `t` the word, and the span
    /// is the subject beside it, `o` the span, `d` both, in different ones.
    pub fn quote_relation(&self, span: &Range<u32>, word: u32) -> char {
        let quote = |i| self.token(i).map_or(0, |t| t.quote);
        match (quote(span.start), quote(word)) {
            (0, 0) => 'n',
            (0, _) if self.speaks(span) => 't',
            (0, _) => 'q',
            (_, 0) => 'o',
            (a, b) if a == b => 's',
            _ => 'd',
        }
    }

    /// Whether a span is the subject of a verb beside a quotation.
    pub fn speaks(&self, span: &Range<u32>) -> bool {
        let Some(clause) = self.clause_of(span.start) else { return false };
        let quote = |i: Option<u32>| i.and_then(|i| self.token(i)).map_or(0, |t| t.quote);
        let outside = quote(Some(span.start)) == 0;
        let beside = quote(clause.words.start.checked_sub(1)) > 0
            || clause.words.clone().any(|i| quote(Some(i)) > 0)
            || quote(Some(clause.words.end)) > 0;
        let inverted = clause.verb.as_ref().is_some_and(|v| v.end == span.start);
        outside && beside && (inverted || self.role(span, clause) == "s")
    }

    /// What part an evaluation plays in its clause: `v` its verb, `c` said of the subject with "be", `p` before the verb, `a` after it, `-` where there is none.
    pub fn part(&self, found: &Found<'_>) -> char {
        let Some(verb) = self.clause_of(found.words.start).and_then(|c| c.verb.as_ref()) else { return '-' };
        let copula = || self.is(verb.end - 1, Classes::BE);
        match () {
            () if found.words.start < verb.end && verb.start < found.words.end => 'v',
            () if found.words.end <= verb.start => 'p',
            () if copula() => 'c',
            () => 'a',
        }
    }
}
