//! Noun phrases: whose something is, walking left from it, and who is named after it.

use std::ops::Range;

use super::lists::Kinds;
use super::names::{Role, is_genitive};
use super::site::{Site, Who};
use crate::grammar::Classes;
use crate::lexicon::ActorType;

/// Over how many prepositions and infinitives an owner is looked for: "Turkey's role as a bridge".
pub(super) const CLIMBS: usize = 4;

/// What a noun phrase says of its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Owner {
    /// A name: "Turkey's", "Turkish".
    Named(Who),
    /// A word that stands for one: "its", "the country's".
    StandsFor(Who),
    /// A name right before "as": "Turkey as a bridge".
    As(Who),
}

impl Site<'_, '_, '_> {
    /// Whose the words are: the owner of their noun phrase, or of the one it belongs to.
    pub fn owner(&self, words: &Range<u32>, most: usize) -> Option<Owner> {
        let floor = self.sentence_words().start;
        let (mut i, mut edge, mut climbs) = (words.start, false, 0);
        let mut relation = self.is_relation(self.phrase_end(words.end) - 1);
        while i > floor {
            let j = i - 1;
            let class = self.class(j);
            if self.kinds(j).any(Kinds::JOINER) && is_gerund(self.class(i)) {
                return None;
            }
            if !self.joined(i) && (edge || !self.lists_adjectives(i)) {
                return None;
            }
            if let Some(n) = self.name_at(j) {
                match self.role(n) {
                    Role::Owner | Role::Modifier if !edge && !relation && self.eligible(n) => {
                        return Some(Owner::Named(Who::Named(n)));
                    }
                    Role::Owner | Role::Modifier | Role::Aside if !edge => edge = self.role(n) != Role::Aside,
                    Role::Head | Role::After(_) if self.kinds(i).any(Kinds::AS) && self.eligible(n) => {
                        return Some(Owner::As(Who::Named(n)));
                    }
                    _ => return None,
                }
                i = self.names[n].words.start;
                continue;
            }
            if class.any(Classes::POSSESSIVE) && !edge {
                if relation {
                    edge = true;
                    i = j;
                    continue;
                }
                return self.stands_for(j).map(Owner::StandsFor);
            }
            if is_genitive(&self.parsed, j) && !edge {
                if let Some(who) = self.stands_for(j).filter(|w| !relation && *w != Who::Unknown) {
                    return Some(Owner::StandsFor(who));
                }
            } else if class.any(Classes::PREPOSITION) {
                if climbs == most || !self.kinds(j).any(Kinds::BELONGS) || j == floor || !self.is_head(j - 1) {
                    return None;
                }
                relation = self.is_relation(j - 1);
                edge = false;
                climbs += 1;
            } else if class.any(Classes::DETERMINER) {
                edge = true;
            } else if class.any(Classes::BASE) && j > floor + 1 && self.class(j - 1).any(Classes::TO) && !self.is_verb(j) {
                if climbs == most || !self.is_noun(j - 2) || self.is_verb(j - 2) || self.name_at(j - 2).is_some() {
                    return None;
                }
                relation = self.is_relation(j - 2);
                edge = false;
                climbs += 1;
                i = j - 1;
                continue;
            } else if edge || self.is_verb(j) || !self.within_phrase(j) {
                return None;
            }
            i = j;
        }
        None
    }

    /// An owner inside the match: "under the minister's leadership".
    pub fn inner_owner(&self, role: Role) -> Option<Owner> {
        let owns = |n: &usize| self.role(*n) == role && self.kind(*n) != ActorType::Region && self.last(*n) + 1 < self.end;
        self.names_in(self.start..self.end).find(owns).map(|n| Owner::Named(Who::Named(n)))
    }

    /// "the ties it maintains": the subject of a relative clause without a pronoun.
    pub fn contact_clause(&self) -> Option<Owner> {
        let end = self.phrase_end(self.end);
        if end + 1 >= self.sentence_words().end
            || !self.joined(end)
            || !(self.is_verb(end + 1) || self.class(end + 1).any(Classes::VERB))
        {
            return None;
        }
        if let Some(n) =
            self.name_at(end).filter(|n| self.role(*n) == Role::Head && self.names[*n].words.start == end && self.eligible(*n))
        {
            return Some(Owner::Named(Who::Named(n)));
        }
        let pronoun = self.class(end).all(Classes::PRONOUN | Classes::SUBJECT);
        pronoun.then(|| self.stands_for(end)).flatten().map(Owner::StandsFor)
    }

    /// Whether a word can stand inside a noun phrase.
    fn within_phrase(&self, word: u32) -> bool {
        let class = self.class(word);
        let joiner = self.kinds(word).any(Kinds::JOINER);
        let verb = class.any(Classes::VERB) && !class.any(Classes::PAST | Classes::ING | Classes::VERB_OR_NOUN);
        joiner || class.any(Classes::ADVERB) && !class.any(Classes::NEGATIVE) || self.is_noun(word) && !verb
    }

    /// Whether a word before a preposition is a noun, or a name, that the phrase after it can belong to.
    fn is_head(&self, word: u32) -> bool {
        let class = self.class(word);
        let verb = self.is_verb(word) || class.all(Classes::VERB | Classes::BASE) && !class.any(Classes::VERB_OR_NOUN);
        self.joined(word + 1) && !verb && (self.is_noun(word) || self.name_at(word).is_some())
    }

    fn is_relation(&self, word: u32) -> bool {
        self.kinds(word).any(Kinds::RELATION)
    }

    /// Whether a comma before a word stands between adjectives: "strategic, balanced approach".
    fn lists_adjectives(&self, word: u32) -> bool {
        let small = |i: u32| self.is_noun(i) && !self.class(i).any(Classes::CAPITAL | Classes::NUMBER);
        let joiner = self.kinds(word).any(Kinds::JOINER);
        self.parsed.marks_before(word).trim() == "," && word > 0 && small(word - 1) && (small(word) || joiner)
    }

    /// Who is named after the words: "the foresight of the president", "the rise of India".
    pub fn of_phrase(&self, words: Range<u32>) -> Option<Owner> {
        let end = self.phrase_end(words.end);
        let head = self.kinds(end - 1);
        if !self.kinds(end).any(Kinds::OF) || !self.joined(end) || head.any(Kinds::RELATION | Kinds::SUFFERED) {
            return None;
        }
        self.object_of(end)
    }

    /// The actor that is the object of a preposition, or owns it.
    pub fn object_of(&self, preposition: u32) -> Option<Owner> {
        let until = (preposition + 6).min(self.sentence_words().end);
        for i in preposition + 1..until {
            let class = self.class(i);
            if !self.joined(i) {
                return None;
            }
            if let Some(n) = self.name_at(i) {
                let other = self.role(n) == Role::Aside || matches!(self.role(n), Role::After(p) if p != preposition);
                return (!other && self.eligible(n)).then_some(Owner::Named(Who::Named(n)));
            }
            if class.any(Classes::POSSESSIVE | Classes::PRONOUN) {
                return self.stands_for(i).map(Owner::StandsFor);
            }
            if class.any(Classes::DETERMINER | Classes::ADVERB) || self.kinds(i).any(Kinds::JOINER) {
                continue;
            }
            if !self.is_noun(i) {
                return None;
            }
            let whole = self.phrase_end(i + 1) == i + 1;
            let listed = self.kinds(i + 1).any(Kinds::JOINER);
            if whole && !listed || is_genitive(&self.parsed, i) {
                return self.stands_for(i).filter(|w| *w != Who::Unknown).map(Owner::StandsFor);
            }
        }
        None
    }

    /// The actors a relation is between: "the alliance between Oslo and Riga".
    pub fn between_phrase(&self, words: Range<u32>) -> Option<Who> {
        let end = self.phrase_end(words.end);
        let named = |p: u32| {
            let n = self.names_in(p + 1..(p + 5).min(self.sentence_words().end)).next()?;
            (self.names[n].group.len() > 1 && self.kind(n) != ActorType::Region).then_some(Who::Named(n))
        };
        if self.kinds(end).any(Kinds::BETWEEN) && self.joined(end) {
            return named(end)
                .or_else(|| (end + 1..end + 5).find_map(|i| self.stands_for(i).filter(|_| self.kinds(i).any(Kinds::PAIR))));
        }
        None
    }

    /// The actor a noun phrase names, owns it, or is stood for by.
    pub fn in_phrase(&self, phrase: &Range<u32>) -> Option<Owner> {
        let core = self.core(phrase);
        let segment = self.head_segment(&core);
        let names = self.names_in(segment.clone());
        let counts = |n: &usize| self.eligible(*n) && !matches!(self.role(*n), Role::Aside | Role::After(_));
        if let Some(n) = names.clone().rev().find(|n| counts(n) && self.role(*n) == Role::Head) {
            return Some(Owner::Named(Who::Named(n)));
        }
        let Some(last) = segment.clone().next_back() else {
            let head = |n: &usize| counts(n) && self.role(*n) == Role::Head;
            return self.names_in(core).rev().find(head).map(|n| Owner::Named(Who::Named(n)));
        };
        let relation = self.is_relation(last);
        if let Some(n) = names.clone().find(|n| counts(n) && !relation) {
            return Some(Owner::Named(Who::Named(n)));
        }
        if let Some(i) =
            segment.clone().find(|i| self.class(*i).any(Classes::PRONOUN) || self.class(*i).any(Classes::POSSESSIVE) && !relation)
        {
            let ours = self.kinds(i).any(Kinds::FIRST) && self.kinds(last).any(Kinds::GROUP);
            return if ours { None } else { self.stands_for(i).map(Owner::StandsFor) };
        }
        if let Some(i) = segment.clone().find(|i| is_genitive(&self.parsed, *i) && !relation)
            && let Some(who) = self.stands_for(i)
        {
            return Some(Owner::StandsFor(who));
        }
        if let Some(who) = self.stands_for(last) {
            return Some(Owner::StandsFor(who));
        }
        if segment.is_empty() || !names.is_empty() && relation {
            return None;
        }
        self.of_phrase(last..last + 1).or_else(|| self.between_phrase(last..last + 1).map(Owner::Named))
    }
}

/// Whether a word is the -ing form of a verb.
fn is_gerund(class: Classes) -> bool {
    class.any(Classes::VERB) && class.any(Classes::ING)
}
