//! Noun phrases: whose something is, walking left from it, and who is named after it.

use super::lists::Kinds;
use super::names::{Role, is_genitive};
use super::sentence::Subject;
use super::site::{Site, Who};
use crate::grammar::Classes;
use crate::lexicon::ActorType;

/// Over how many prepositions and infinitives an owner is looked for: "Turkey's role as a bridge".
const CLIMBS: usize = 4;

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

/// A walk to the left from a match, to whom it belongs.
struct Walk {
    /// What stands before this word is looked at next.
    at: u32,
    /// Whether the noun phrase has begun: what stands before is no part of it.
    edge: bool,
    /// Over how many prepositions and infinitives it went.
    climbs: usize,
    /// Whether the noun it is at is somebody else than its owner.
    relation: bool,
}

/// Where a walk goes next.
enum Step {
    /// To this word.
    On(u32),
    /// Out of a phrase, to this word, into that of the noun.
    Climb(u32, u32),
    /// Nowhere.
    End(Option<Owner>),
}

impl Site<'_, '_, '_> {
    /// Whose the words are: the owner of their noun phrase.
    pub fn owner(&self) -> Option<Owner> {
        self.walk_left(&mut self.walk(), 0)
    }

    /// The same, or who is named after them, or the owner of the phrase they belong to.
    pub fn owner_around(&self) -> Option<Owner> {
        let mut walk = self.walk();
        let own = self.walk_left(&mut walk, 0).or_else(|| self.of_phrase(self.noun_end));
        own.or_else(|| self.walk_left(&mut walk, CLIMBS))
    }

    fn walk(&self) -> Walk {
        Walk { at: self.start, edge: false, climbs: 0, relation: self.is_relation(self.noun_end - 1) }
    }

    /// Goes on with a walk to the left, as long as it need not climb more often than this.
    fn walk_left(&self, walk: &mut Walk, most: usize) -> Option<Owner> {
        let floor = self.sentence_words().start;
        while walk.at > floor {
            match self.step(walk, floor) {
                Step::On(to) => walk.at = to,
                Step::Climb(..) if walk.climbs == most => return None,
                Step::Climb(to, noun) => {
                    *walk = Walk { at: to, edge: false, climbs: walk.climbs + 1, relation: self.is_relation(noun) };
                }
                Step::End(found) => {
                    walk.at = floor;
                    return found;
                }
            }
        }
        None
    }

    fn step(&self, walk: &mut Walk, floor: u32) -> Step {
        let (i, j) = (walk.at, walk.at - 1);
        if is_gerund(self.class(i)) && self.kinds(j).any(Kinds::JOINER) {
            return Step::End(None);
        }
        if !self.joined(i) && (walk.edge || !self.lists_adjectives(i)) {
            return Step::End(None);
        }
        if let Some(n) = self.name_at(j) {
            return self.step_over_name(walk, n);
        }
        let class = self.class(j);
        if class.any(Classes::POSSESSIVE) && !walk.edge {
            if !walk.relation {
                return Step::End(self.stands_for(j).map(Owner::StandsFor));
            }
            walk.edge = true;
        } else if !walk.edge && is_genitive(&self.parsed, j) {
            if let Some(who) = self.stands_for(j).filter(|w| !walk.relation && *w != Who::Unknown) {
                return Step::End(Some(Owner::StandsFor(who)));
            }
        } else if class.any(Classes::PREPOSITION) {
            let belongs = self.kinds(j).any(Kinds::BELONGS) && j > floor && self.is_head(j - 1);
            return if belongs { Step::Climb(j, j - 1) } else { Step::End(None) };
        } else if class.any(Classes::DETERMINER) {
            walk.edge = true;
        } else if class.any(Classes::BASE) && j > floor + 1 && self.class(j - 1).any(Classes::TO) && !self.is_verb(j) {
            let noun = self.is_noun(j - 2) && !self.is_verb(j - 2) && self.name_at(j - 2).is_none();
            return if noun { Step::Climb(j - 1, j - 2) } else { Step::End(None) };
        } else if walk.edge || self.is_verb(j) || !self.within_phrase(j) {
            return Step::End(None);
        }
        Step::On(j)
    }

    fn step_over_name(&self, walk: &mut Walk, name: usize) -> Step {
        let found = || Who::Named(name);
        match self.role(name) {
            Role::Owner | Role::Modifier if !walk.edge && !walk.relation && self.eligible(name) => {
                Step::End(Some(Owner::Named(found())))
            }
            role @ (Role::Owner | Role::Modifier | Role::Aside) if !walk.edge => {
                walk.edge = role != Role::Aside;
                Step::On(self.names[name].words.start)
            }
            Role::Head | Role::After(_) if self.kinds(walk.at).any(Kinds::AS) && self.eligible(name) => {
                Step::End(Some(Owner::As(found())))
            }
            _ => Step::End(None),
        }
    }

    /// An owner inside the match: "under the minister's leadership".
    pub fn inner_owner(&self, role: Role) -> Option<Owner> {
        let owns = |n: &usize| self.role(*n) == role && self.kind(*n) != ActorType::Region && self.last(*n) + 1 < self.end;
        self.names_in(self.start..self.end).find(owns).map(|n| Owner::Named(Who::Named(n)))
    }

    /// "the ties it maintains": the subject of a relative clause without a pronoun.
    pub fn contact_clause(&self) -> Option<Owner> {
        let end = self.noun_end;
        if end + 1 >= self.sentence_words().end
            || !(self.is_verb(end + 1) || self.class(end + 1).any(Classes::VERB))
            || !self.joined(end)
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
        let verb = class.any(Classes::VERB) && !class.any(Classes::PAST | Classes::ING | Classes::VERB_OR_NOUN);
        self.kinds(word).any(Kinds::JOINER)
            || class.any(Classes::ADVERB) && !class.any(Classes::NEGATIVE)
            || self.is_noun(word) && !verb
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
        let joiner = || self.kinds(word).any(Kinds::JOINER);
        let comma = self.parsed.has_comma(word) && self.parsed.marks_before(word).trim() == ",";
        comma && word > 0 && small(word - 1) && (small(word) || joiner())
    }

    /// Who is named after a noun phrase that ends here: "the foresight of the president", "the rise of India".
    fn of_phrase(&self, end: u32) -> Option<Owner> {
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

    /// The actors between whom the relation is whose noun phrase ends here: "the alliance between Oslo and Riga".
    pub fn between_phrase(&self, end: u32) -> Option<Who> {
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

    /// The actor a subject names, owns it, or is stood for by.
    pub fn in_phrase(&self, Subject { core, head: segment, .. }: &Subject) -> Option<Owner> {
        let names = self.names_in(segment.clone());
        let counts = |n: &usize| self.eligible(*n) && !matches!(self.role(*n), Role::Aside | Role::After(_));
        if let Some(n) = names.clone().rev().find(|n| counts(n) && self.role(*n) == Role::Head) {
            return Some(Owner::Named(Who::Named(n)));
        }
        let Some(last) = segment.clone().next_back() else {
            let head = |n: &usize| counts(n) && self.role(*n) == Role::Head;
            return self.names_in(core.clone()).rev().find(head).map(|n| Owner::Named(Who::Named(n)));
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
        let end = self.phrase_end(last + 1);
        self.of_phrase(end).or_else(|| self.between_phrase(end).map(Owner::Named))
    }
}

/// Whether a word is the -ing form of a verb.
fn is_gerund(class: Classes) -> bool {
    class.any(Classes::VERB) && class.any(Classes::ING)
}
