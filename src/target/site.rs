//! Where a match stands: in which clause of its sentence, and under which verb.

use std::cell::OnceCell;
use std::ops::{Deref, Range};

use smallvec::SmallVec;

use super::sentence::{Sentence, Subject};
use crate::actor::ActorId;
use crate::grammar::Clause;
use crate::lexicon::ActorType;

/// Whom something is said of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    /// A name, and those joined with it.
    Named(usize),
    /// Actors that are not named here.
    Actors(SmallVec<[ActorId; 2]>),
    /// Somebody the lexicon does not know: no other rule may guess.
    Unknown,
}

/// A match where it stands.
pub(super) struct Site<'s, 'd, 't> {
    within: &'s Sentence<'s, 'd, 't>,
    /// The clause the match begins in, or the one it is a part of.
    pub clause: usize,
    /// The first word of the match.
    pub start: u32,
    /// One past the last word of the match.
    pub end: u32,
    /// One past the last noun of the noun phrase it ends in.
    pub noun_end: u32,
    /// The subject of its host, once someone asks.
    subject: OnceCell<Option<Subject>>,
}

impl<'s, 'd, 't> Deref for Site<'s, 'd, 't> {
    type Target = Sentence<'s, 'd, 't>;

    fn deref(&self) -> &Self::Target {
        self.within
    }
}

impl<'s, 'd, 't> Site<'s, 'd, 't> {
    /// Some words of a sentence that has clauses.
    pub fn new(within: &'s Sentence<'s, 'd, 't>, words: Range<u32>) -> Self {
        let clause = within.clauses.partition_point(|c| c.words.end <= words.start).min(within.clauses.len().saturating_sub(1));
        let noun_end = within.phrase_end(words.end);
        Self { within, clause, start: words.start, end: words.end, noun_end, subject: OnceCell::new() }
    }
}

impl Site<'_, '_, '_> {
    pub fn own_clause(&self) -> Option<&Clause> {
        self.clauses.get(self.clause)
    }

    /// The clause whose predicate the match is: its own, or the one that quotation marks or a bracket cut it from.
    pub fn host(&self) -> Option<&Clause> {
        let own = self.own_clause()?;
        if own.verb.is_some() || own.subject.is_some() {
            return Some(own);
        }
        let cut = |c: &Clause| !self.parsed.has_mark(c.words.start, &[';', ':', '\n']);
        let Some(before) = self.clauses[..self.clause].iter().rposition(|c| c.verb.is_some()) else { return Some(own) };
        Some(if self.clauses[before + 1..=self.clause].iter().all(cut) { &self.clauses[before] } else { own })
    }

    /// The subject of that clause.
    pub fn host_subject(&self) -> Option<&Subject> {
        self.subject.get_or_init(|| self.subject_of(self.host()?)).as_ref()
    }

    /// Whether a name can be what something is said of: no region, not inside the match.
    pub fn eligible(&self, name: usize) -> bool {
        let words = &self.names[name].words;
        !(words.start < self.end && self.start < words.end) && self.kind(name) != ActorType::Region
    }
}
