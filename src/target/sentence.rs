//! A sentence that is asked about: what its words tell, the names among them, and its noun phrases.

use std::ops::Range;

use super::lists::{Kinds, Telling};
use super::names::{Name, Role, is_joined, is_noun};
use super::profile::Profile;
use crate::actor::Actors;
use crate::grammar::{Classes, Clause, Link, Parsed};
use crate::lexicon::ActorType;
use crate::quote::Quote;

/// A document, and one sentence of it.
pub(super) struct Sentence<'s, 'd, 't> {
    pub parsed: Parsed<'d, 't>,
    pub lists: Telling<'d, 't>,
    pub actors: &'d Actors,
    pub names: &'s [Name],
    pub profile: &'s Profile,
    pub quotes: &'d [Quote],
    pub clauses: &'s [Clause],
    /// Which sentence, counted from 0.
    pub number: usize,
    pub parts: Parts,
}

/// What the words of a sentence are part of.
pub(super) struct Parts {
    /// Its words.
    words: Range<u32>,
    /// By word, and for the one right after them.
    of: Vec<Part>,
    /// The names that have words among them.
    near: Range<usize>,
}

/// What a word is part of.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    /// One more than the number of a name; 0 for none.
    name: u32,
    /// Whether it belongs to the verb of a clause.
    verb: bool,
}

impl Parts {
    pub fn new(clauses: &[Clause], names: &[Name]) -> Self {
        let words = clauses.first().map_or(0, |c| c.words.start)..clauses.last().map_or(0, |c| c.words.end);
        let first = names.partition_point(|n| n.words.end <= words.start);
        let count = names[first..].iter().take_while(|n| n.words.start <= words.end).count();
        let near = first..first + count;
        let mut of = vec![Part::default(); words.len() + 1];
        let within = |part: &Range<u32>| {
            let place = |word: u32| (word.clamp(words.start, words.end + 1) - words.start) as usize;
            place(part.start)..place(part.end)
        };
        for (i, name) in near.clone().zip(&names[near.clone()]).rev() {
            of[within(&name.words)].iter_mut().for_each(|p| p.name = i as u32 + 1);
        }
        for verb in clauses.iter().filter_map(|c| c.verb.as_ref()) {
            of[within(verb)].iter_mut().for_each(|p| p.verb = true);
        }
        Self { words, of, near }
    }

    /// What a word is part of; none for one outside the sentence.
    #[inline]
    fn at(&self, word: u32) -> Option<Part> {
        self.of.get(word.wrapping_sub(self.words.start) as usize).copied()
    }
}

/// The words that hold a subject.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub words: Range<u32>,
    /// Without what is put in front of it: "In 2025, Ankara …".
    pub core: Range<u32>,
    /// The core up to its first preposition, relative pronoun or parting comma.
    pub head: Range<u32>,
}

impl Sentence<'_, '_, '_> {
    #[inline]
    pub fn kinds(&self, word: u32) -> Kinds {
        self.lists.of(word)
    }

    #[inline]
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
        self.parts.words.clone()
    }

    /// Whether only white space, a hyphen or quotation marks stand before a word.
    #[inline]
    pub fn joined(&self, word: u32) -> bool {
        word > 0 && (word as usize) < self.parsed.classes.len() && is_joined(&self.parsed, word)
    }

    #[inline]
    pub fn is_noun(&self, word: u32) -> bool {
        is_noun(&self.parsed, word)
    }

    /// Whether a word belongs to the verb of a clause of the sentence.
    #[inline]
    pub fn is_verb(&self, word: u32) -> bool {
        self.parts.at(word).is_some_and(|p| p.verb)
    }

    /// The name a word is part of.
    #[inline]
    pub fn name_at(&self, word: u32) -> Option<usize> {
        if let Some(part) = self.parts.at(word) {
            return (part.name as usize).checked_sub(1);
        }
        let i = self.names.partition_point(|n| n.words.end <= word);
        self.names.get(i).filter(|n| n.words.contains(&word)).map(|_| i)
    }

    /// The names that begin within some words.
    pub fn names_in(&self, words: Range<u32>) -> Range<usize> {
        let from = self.names_before(words.start);
        from..self.names_before(words.end).max(from)
    }

    /// How many names begin before a word.
    #[inline]
    fn names_before(&self, word: u32) -> usize {
        let begins = |n: &Name| n.words.start < word;
        match self.parts.at(word) {
            Some(_) => self.parts.near.start + self.names[self.parts.near.clone()].iter().take_while(|n| begins(n)).count(),
            None => self.names.partition_point(begins),
        }
    }

    /// One past the last noun of the noun phrase in which a word stands.
    pub fn phrase_end(&self, from: u32) -> u32 {
        let end = self.sentence_words().end.min(from.saturating_add(4));
        let mut i = from;
        while i < end
            && self.is_noun(i)
            && !self.class(i).any(Classes::PAST | Classes::ING)
            && !self.is_verb(i)
            && self.name_at(i).is_none()
            && self.joined(i)
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

    /// The words that hold a subject, as a noun phrase.
    pub fn as_subject(&self, words: Range<u32>) -> Subject {
        let core = self.core(&words);
        Subject { head: self.head_segment(&core), core, words }
    }

    /// The subject of a clause without what is put in front of it: "In 2025, Ankara …".
    pub fn core(&self, subject: &Range<u32>) -> Range<u32> {
        let mut start = subject.start;
        let opens =
            Classes::PREPOSITION | Classes::ADVERB | Classes::SUBORDINATOR | Classes::ING | Classes::PAST | Classes::NUMBER;
        let skips = Classes::COORDINATOR | Classes::COMPLEMENTIZER | Classes::RELATIVE;
        let comma = |i: &u32| self.parsed.has_mark(*i, &[',', '—', '–']);
        while start < subject.end {
            let class = self.class(start);
            if class.any(skips) && start + 1 < subject.end {
                start += 1;
            } else if class.any(opens)
                && self.name_at(start).is_none()
                && let Some(next) = (start + 1..subject.end).find(comma)
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
    fn head_segment(&self, core: &Range<u32>) -> Range<u32> {
        let parted = |i: u32| i > core.start && self.parsed.has_mark(i, &[',', '—', '(', ';', ':']) && !self.joins(i);
        let stops = |i: &u32| self.class(*i).any(Classes::PREPOSITION | Classes::RELATIVE) || parted(*i);
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
