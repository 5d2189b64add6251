//! A second lexicon: where its matches are looked for, and whom they are said of.

use std::ops::Range;

use crate::actor::Mention;
use crate::grammar::{Classes, Clause, Parsed};
use crate::matcher::Matcher;
use crate::target::{Found, InSentence, Target};

/// What is asked of a match of the evaluation lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Whom it is said of.
    Said,
    /// Whose fault it is: as above, but not of one who only meets with it.
    Fault,
    /// Who does it.
    Agent,
    /// Who does it to another actor.
    AgentOfAnother,
    /// Who holds the attitude, as the speaker, and toward whom.
    Attitude,
    /// Nothing: it evaluates nobody by itself.
    Nothing,
}

/// A second lexicon, whose matches are looked for in sentences that name an actor, or stand for one.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// Finds them.
    pub matcher: &'a Matcher,
    /// What is asked of each entry, by its id.
    pub asks: &'a [Ask],
}

/// A sentence whose matches are asked about.
pub(super) struct Place<'a, 'd, 't> {
    pub(super) parsed: Parsed<'d, 't>,
    pub(super) targets: &'a InSentence<'a, 'd, 't>,
    pub(super) clauses: &'a [Clause],
    pub(super) sentence: usize,
}

impl Place<'_, '_, '_> {
    /// The targets of some words, and whose attitude they are.
    pub(super) fn asked(&self, ask: Ask, words: Range<u32>) -> (Found, Option<Target>) {
        let agents = || self.targets.agents(words.clone());
        let patients = || self.targets.patients(words.clone());
        let other = |one: &[Target], than: &[Target]| one.iter().any(|t| than.iter().all(|o| o.actor != t.actor));
        let nobody = || (Found::new(), None);
        match ask {
            Ask::Nothing => nobody(),
            _ if self.in_name(&words) => nobody(),
            Ask::Said | Ask::Fault => {
                let mut found = self.targets.of(words.clone());
                if self.governed(&words) || ask == Ask::Fault && !self.predicated(&words) {
                    found.retain(|t| OWNED.contains(&t.rule) || t.rule == "anaphor" && self.owned(&words));
                }
                (found, None)
            }
            Ask::Agent => {
                let done_to = patients();
                let found = agents().into_iter().filter(|a| done_to.iter().all(|p| p.actor != a.actor));
                (found.collect(), None)
            }
            Ask::AgentOfAnother => {
                let found = agents();
                if other(&patients(), &found) { (found, None) } else { nobody() }
            }
            Ask::Attitude => {
                let (found, holders) = (patients(), agents());
                if holders.is_empty() || other(&found, &holders) { (found, holders.first().copied()) } else { nobody() }
            }
        }
    }

    /// Whether words say what the subject is or does, and not what it meets with.
    fn predicated(&self, words: &Range<u32>) -> bool {
        let clause = self.clauses.iter().find(|c| c.words.contains(&words.start));
        let acts = |c: &Clause| {
            (c.words.start..words.start).any(|i| self.parsed.is(i, Classes::ING) && self.parsed.is(i, Classes::MAIN_VERB))
        };
        let Some(verb) = clause.and_then(|c| c.verb.as_ref()) else { return !clause.is_some_and(acts) };
        let is = || verb.clone().all(|i| self.parsed.is(i, Classes::BE | Classes::MODAL | Classes::HAVE));
        words.start < verb.end || is() || self.parsed.is(words.start, Classes::ADVERB)
    }

    /// Whether words are part of a name, "Organization of African Unity", in a sentence that is no heading in capitals.
    fn in_name(&self, words: &Range<u32>) -> bool {
        let capital = |i: u32| self.parsed.is(i, Classes::CAPITAL) && !self.parsed.is(i, Classes::FIRST_WORD);
        let beside = [words.start.checked_sub(1), Some(words.end)].into_iter().flatten().any(capital);
        let plain = |i| self.parsed.is(i, Classes::MAIN_VERB | Classes::AUXILIARY) && !self.parsed.is(i, Classes::CAPITAL);
        beside && words.clone().all(capital) && self.parsed.document.words_of(self.sentence).any(plain)
    }

    /// Whether words are the object of a preposition, "a threat to stability": they say nothing of the subject, unless with one of `SAYING`.
    fn governed(&self, words: &Range<u32>) -> bool {
        let before = (words.start.saturating_sub(3)..words.start).rev();
        let head = before.into_iter().find(|i| !self.parsed.is(*i, Classes::DETERMINER | Classes::ADVERB));
        head.is_some_and(|i| {
            let infinitive = self.parsed.is(i, Classes::TO) && self.parsed.is(words.start, Classes::BASE);
            let says = SAYING.iter().any(|p| self.parsed.document.word(i).eq_ignore_ascii_case(p));
            self.parsed.is(i, Classes::PREPOSITION | Classes::TO) && !infinitive && !says
        })
    }

    /// Whether a possessive stands right before.
    fn owned(&self, words: &Range<u32>) -> bool {
        (words.start.saturating_sub(3)..words.start).any(|i| self.parsed.is(i, Classes::POSSESSIVE | Classes::GENITIVE))
    }
}

/// Prepositions whose object can be said of the subject: "acts in good faith", "emerged as a leader".
const SAYING: [&str; 4] = ["as", "in", "like", "with"];

/// Rules by which something is a target's own.
const OWNED: [&str; 4] = ["possessive", "apposition", "agent", "object"];

/// The words of sentences that name an actor or hold a word that can stand for one; sentences in a row together.
pub(super) fn about_actors(parsed: &Parsed<'_, '_>, mentions: &[Mention]) -> Vec<Range<u32>> {
    let mut out: Vec<Range<u32>> = Vec::new();
    let mut ahead = mentions;
    for sentence in parsed.document.sentences() {
        let words = parsed.document.words_in(*sentence);
        let here = ahead.partition_point(|m| m.first_word < words.end);
        let named = here > 0;
        ahead = &ahead[here..];
        let stands = ahead.len() < mentions.len() && words.clone().any(|i| parsed.is(i, Classes::PRONOUN | Classes::POSSESSIVE));
        match out.last_mut().filter(|l| l.end == words.start) {
            _ if words.is_empty() || !(named || stands) => {}
            Some(last) => last.end = words.end,
            None => out.push(words),
        }
    }
    out
}
