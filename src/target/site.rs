//! Where a match stands: its sentence, its clause, and the names around it.

use std::ops::Range;

use super::lists::{Kinds, Telling};
use super::names::{Name, Role, is_joined, is_noun};
use super::profile::Profile;
use crate::actor::{ActorId, Actors};
use crate::grammar::{Classes, Clause, Link, Parsed};
use crate::lexicon::ActorType;
use crate::quote::Quote;

/// Whom something is said of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    /// A name, and those joined with it.
    Named(usize),
    /// Actors that are not named here.
    Actors(Vec<ActorId>),
    /// Somebody the lexicon does not know: no other rule may guess.
    Unknown,
}

/// A match where it stands.
#[derive(Clone, Copy)]
pub(super) struct Site<'s, 'd, 't> {
    pub parsed: Parsed<'d, 't>,
    pub lists: Telling<'d, 't>,
    pub actors: &'d Actors,
    pub names: &'s [Name],
    /// Those that have words in the sentence.
    pub near: (usize, usize),
    pub profile: &'s Profile,
    pub quotes: &'d [Quote],
    pub clauses: &'s [Clause],
    /// The clause the match begins in, or the one it is a part of.
    pub clause: usize,
    /// One past the last word of the match.
    pub end: u32,
    /// The first word of the match.
    pub start: u32,
    /// The sentence, counted from 0.
    pub sentence: usize,
}

impl Site<'_, '_, '_> {
    pub fn kinds(&self, word: u32) -> Kinds {
        self.lists.of(word)
    }

    pub fn class(&self, word: u32) -> Classes {
        self.parsed.classes.get(word as usize).copied().unwrap_or_default()
    }

    pub fn kind(&self, name: usize) -> ActorType {
        self.actors.get(self.names[name].actor).kind
    }

    pub fn role(&self, name: usize) -> Role {
        self.names[name].role
    }

    pub fn last(&self, name: usize) -> u32 {
        self.names[name].words.end - 1
    }

    /// The words of the sentence.
    pub fn sentence_words(&self) -> Range<u32> {
        let first = self.clauses.first().map_or(self.start, |c| c.words.start);
        first..self.clauses.last().map_or(self.end, |c| c.words.end)
    }

    pub fn own_clause(&self) -> Option<&Clause> {
        self.clauses.get(self.clause)
    }

    /// Whether only white space, a hyphen or quotation marks stand before a word.
    pub fn joined(&self, word: u32) -> bool {
        word > 0 && (word as usize) < self.parsed.classes.len() && is_joined(&self.parsed, word)
    }

    pub fn is_noun(&self, word: u32) -> bool {
        is_noun(&self.parsed, word)
    }

    /// Whether a word belongs to the verb of a clause of the sentence.
    pub fn is_verb(&self, word: u32) -> bool {
        self.clauses.iter().any(|c| c.verb.as_ref().is_some_and(|v| v.contains(&word)))
    }

    /// The name a word is part of.
    pub fn name_at(&self, word: u32) -> Option<usize> {
        let i = self.before(word, |n| n.words.end <= word);
        self.names.get(i).filter(|n| n.words.contains(&word)).map(|_| i)
    }

    /// The names that begin within some words.
    pub fn names_in(&self, words: Range<u32>) -> Range<usize> {
        let from = self.before(words.start, |n| n.words.start < words.start);
        from..self.before(words.end, |n| n.words.start < words.end).max(from)
    }

    /// How many names are before a word, in this sense; those of the sentence are few and asked one by one.
    #[inline]
    fn before(&self, word: u32, is: impl Fn(&Name) -> bool) -> usize {
        let here = self.sentence_words();
        if word < here.start || here.end < word {
            return self.names.partition_point(is);
        }
        self.near.0 + self.names[self.near.0..self.near.1].iter().take_while(|n| is(n)).count()
    }

    /// Whether a name can be what something is said of: no region, not inside the match.
    pub fn eligible(&self, name: usize) -> bool {
        let words = &self.names[name].words;
        self.kind(name) != ActorType::Region && !(words.start < self.end && self.start < words.end)
    }

    /// One past the last noun of the noun phrase in which a word stands.
    pub fn phrase_end(&self, from: u32) -> u32 {
        let end = self.sentence_words().end;
        let mut i = from;
        while i < end
            && i < from + 4
            && self.joined(i)
            && self.is_noun(i)
            && !self.is_verb(i)
            && self.name_at(i).is_none()
            && !self.class(i).any(Classes::PAST | Classes::ING)
        {
            i += 1;
        }
        i
    }

    /// The main verb of a clause; of a participle clause its participle.
    pub fn main_verb(&self, clause: &Clause) -> Option<u32> {
        let participle = || clause.words.clone().take(3).find(|i| self.class(*i).any(Classes::ING));
        match &clause.verb {
            Some(verb) => Some(verb.end - 1),
            None if clause.link == Link::Participle => participle(),
            None => None,
        }
    }

    /// The subject of a clause without what is put in front of it: "In 2025, Ankara …".
    pub fn core(&self, subject: &Range<u32>) -> Range<u32> {
        let mut start = subject.start;
        let opens =
            Classes::PREPOSITION | Classes::ADVERB | Classes::SUBORDINATOR | Classes::ING | Classes::PAST | Classes::NUMBER;
        let skips = Classes::COORDINATOR | Classes::COMPLEMENTIZER | Classes::RELATIVE;
        let comma = |i: &u32| self.parsed.marks_before(*i).contains([',', '—', '–']);
        while start < subject.end {
            let class = self.class(start);
            let named = self.name_at(start).is_some();
            if class.any(skips) && start + 1 < subject.end {
                start += 1;
            } else if class.any(opens)
                && !named
                && let Some(next) = (start + 1..subject.end).find(|i| comma(i))
            {
                start = next;
            } else {
                break;
            }
        }
        let mut end = subject.end;
        while end > start + 1 && self.class(end - 1).any(Classes::ADVERB) && self.name_at(end - 1).is_none() {
            end -= 1;
        }
        start..end
    }

    /// The words of a noun phrase up to its first preposition, relative pronoun or parting comma.
    pub fn head_segment(&self, core: &Range<u32>) -> Range<u32> {
        let stops = |i: &u32| {
            let parted = *i > core.start && self.parsed.marks_before(*i).contains([',', '—', '(', ';', ':']);
            parted && !self.joins(*i) || self.class(*i).any(Classes::PREPOSITION | Classes::RELATIVE)
        };
        core.start..core.clone().find(stops).unwrap_or(core.end)
    }

    /// Whether a comma before this word stands inside a list of names.
    fn joins(&self, word: u32) -> bool {
        let next = (word..word + 3).find_map(|i| self.name_at(i));
        next.is_some_and(|n| self.names[n].group.start < n)
    }

    /// The innermost quotation around a word.
    pub fn quote_at(&self, word: u32) -> Option<&Quote> {
        let span = self.parsed.document.words[word as usize].span();
        let until = self.quotes.partition_point(|q| q.span.start <= span.start);
        self.quotes[..until].iter().rev().take(12).filter(|q| span.end <= q.span.end).min_by_key(|q| q.span.end - q.span.start)
    }
}
