//! Words that stand for an actor named before: "its", "the country", "both sides", "we".

use std::ops::Range;

use smallvec::{SmallVec, smallvec};

use super::lists::Kinds;
use super::names::{Name, Role};
use super::site::{Site, Who};
use crate::actor::ActorId;
use crate::grammar::Classes;
use crate::lexicon::ActorType;

/// How many sentences back an antecedent may stand.
const BACK: usize = 3;

impl Site<'_, '_, '_> {
    /// Whom a pronoun, or a noun with "the", stands for.
    pub fn stands_for(&self, word: u32) -> Option<Who> {
        let kinds = self.kinds(word);
        if kinds.any(Kinds::PRONOUN) && self.class(word).any(Classes::PRONOUN | Classes::POSSESSIVE) {
            return self.pronoun(word, kinds);
        }
        if !kinds.any(Kinds::PAIR | Kinds::ANAPHOR) {
            return None;
        }
        let determiner = self.determiner(word)?;
        if kinds.any(Kinds::PAIR) && (self.kinds(determiner).any(Kinds::TWO) || self.kinds(word - 1).any(Kinds::TWO)) {
            return self.pair(determiner);
        }
        let definite =
            self.class(determiner).any(Classes::DETERMINER) && !self.parsed.document.word(determiner).starts_with(['a', 'A']);
        if !kinds.any(Kinds::ANAPHOR) || !definite {
            return None;
        }
        let country = kinds.any(Kinds::COUNTRY) && !kinds.any(Kinds::GROUP);
        if kinds.any(Kinds::REGION) {
            return Some(Who::Unknown);
        }
        self.antecedent(determiner, &|n: &Name| {
            let kind = self.actors.get(n.actor).kind;
            match kind {
                ActorType::Country => country,
                ActorType::Person => kinds.any(Kinds::PERSON),
                ActorType::Organisation | ActorType::Bloc => kinds.any(Kinds::GROUP),
                ActorType::Region => false,
            }
        })
    }

    /// The determiner of the noun phrase whose head a word is, over at most three adjectives.
    fn determiner(&self, word: u32) -> Option<u32> {
        let floor = self.sentence_words().start;
        let mut i = word;
        while i > floor && word - i < 4 && self.joined(i) {
            i -= 1;
            if self.class(i).any(Classes::DETERMINER) {
                let before = i.checked_sub(1).filter(|b| *b >= floor && self.class(*b).any(Classes::DETERMINER));
                return Some(before.unwrap_or(i));
            }
            if !self.is_noun(i) || self.name_at(i).is_some() || self.is_verb(i) {
                return None;
            }
        }
        None
    }

    fn pronoun(&self, word: u32, kinds: Kinds) -> Option<Who> {
        if kinds.any(Kinds::FIRST) {
            return Some(self.first_person(word));
        }
        if kinds.any(Kinds::HE) {
            let person = |n: &Name| self.actors.get(n.actor).kind == ActorType::Person;
            return self.subject_before(word, &person).or_else(|| self.antecedent(word, &person));
        }
        if kinds.any(Kinds::THEY) {
            return self.joined_before(word);
        }
        if self.is_empty_it(word) {
            return None;
        }
        let thing =
            |n: &Name| !matches!(self.actors.get(n.actor).kind, ActorType::Person | ActorType::Region) && n.group.len() == 1;
        self.antecedent(word, &thing)
    }

    /// "It is clear that …", "it seems that …": "it" stands for nothing.
    fn is_empty_it(&self, word: u32) -> bool {
        let verb = self.clauses.iter().filter_map(|c| c.verb.as_ref()).find(|v| v.start == word + 1);
        let Some(end) = verb.map(|v| v.end) else { return false };
        let noun = self.class(end).any(Classes::DETERMINER | Classes::POSSESSIVE | Classes::PREPOSITION);
        let until = (end + 4).min(self.sentence_words().end);
        !noun && (end..until).any(|i| self.class(i).any(Classes::COMPLEMENTIZER) || i < end + 2 && self.class(i).any(Classes::TO))
    }

    /// Who "we" are: whom the speaker leads, or whom the document says it speaks for.
    fn first_person(&self, word: u32) -> Who {
        let Some(quote) = self.quote_at(word) else {
            return self.profile.home.map_or(Who::Unknown, |home| Who::Actors(smallvec![home]));
        };
        if let Some(speaker) = quote.speaker.as_ref().and_then(|s| s.actor) {
            return Who::Actors(smallvec![self.actors.get(speaker).heads.unwrap_or(speaker)]);
        }
        let inside = self.parsed.document.words_in(quote.span).start..word;
        let named = |n: &usize| self.kind(*n) == ActorType::Country && matches!(self.role(*n), Role::Head | Role::Owner);
        self.names_in(inside).find(named).map_or(Who::Unknown, Who::Named)
    }

    /// The first person of the sentence before, where no clause of this one before the word has a subject of its own.
    fn subject_before(&self, word: u32, fits: &dyn Fn(&Name) -> bool) -> Option<Who> {
        let here = self.names_in(self.sentence_words().start..word);
        if here.clone().any(|n| fits(&self.names[n]) && self.role(n) == Role::Head) {
            return None;
        }
        let before = self.parsed.document.words_of(self.number.checked_sub(1)?);
        self.names_in(before).find(|n| fits(&self.names[*n]) && self.role(*n) == Role::Head).map(Who::Named)
    }

    /// Joined actors that "they" can mean: named in the sentence, and no other plural noun since.
    fn joined_before(&self, word: u32) -> Option<Who> {
        let n = self.names_in(self.sentence_words().start..word).rev().find(|n| self.names[*n].group.len() > 1)?;
        let last = self.names[self.names[n].group.end - 1].words.end;
        let plural = |i: u32| {
            let noun = self.is_noun(i) && !self.is_verb(i) && !self.class(i).any(Classes::CAPITAL);
            noun && self.parsed.document.word(i).ends_with('s')
        };
        (!(last..word).any(plural)).then_some(Who::Named(n))
    }

    /// The actor a word that stands for one means: a subject of this sentence, then the latest name in it, then those of sentences before.
    fn antecedent(&self, word: u32, fits: &dyn Fn(&Name) -> bool) -> Option<Who> {
        let here = self.sentence_words();
        let fit = |n: &usize| fits(&self.names[*n]) && self.names[*n].words.end <= word;
        let free = |n: &usize| matches!(self.role(*n), Role::Head | Role::Owner | Role::Modifier);
        let clause = self.clauses.iter().rposition(|c| c.words.start <= word).unwrap_or(0);
        for c in self.clauses[..=clause.min(self.clauses.len().saturating_sub(1))].iter().rev() {
            let Some(subject) = &c.subject else { continue };
            if let Some(n) = self.names_in(self.core(subject)).find(|n| fit(n) && free(n)) {
                return Some(Who::Named(n));
            }
        }
        let before = self.names_in(here.start..word);
        if let Some(n) = before.clone().rev().find(|n| fit(n) && free(n)).or_else(|| before.rev().find(fit)) {
            return Some(Who::Named(n));
        }
        for sentence in (self.number.saturating_sub(BACK)..self.number).rev() {
            let names = self.names_in(self.parsed.document.words_of(sentence));
            let main = |n: &usize| Some(self.names[*n].actor) == self.profile.main;
            let firm = |n: &usize| fit(n) && matches!(self.role(*n), Role::Head | Role::Owner);
            let found = names.clone().find(|n| firm(n) && main(n)).or_else(|| names.clone().find(firm));
            if let Some(n) = found.or_else(|| names.clone().find(|n| fit(n) && main(n))) {
                return Some(Who::Named(n));
            }
        }
        let main = self.profile.main.filter(|m| {
            fits(&Name { actor: *m, span: crate::span::Span { start: 0, end: 0 }, words: 0..0, role: Role::Head, group: 0..1 })
        });
        main.map(|m| Who::Actors(smallvec![m]))
    }

    /// The pair named last: joined names, or two countries of one sentence; else the main actor and the other.
    fn pair(&self, word: u32) -> Option<Who> {
        let mut single = None;
        for sentence in (self.number.saturating_sub(BACK)..=self.number).rev() {
            let words = self.parsed.document.words_of(sentence);
            let names = self.names_in(words.start..words.end.min(word));
            let joined = |n: &usize| self.names[*n].group.len() > 1 && self.kind(*n) != ActorType::Region;
            if let Some(n) = names.clone().rev().find(joined) {
                return Some(Who::Named(n));
            }
            let two = self.last_two(names);
            if two.len() == 2 {
                return Some(Who::Actors(two));
            }
            single = single.or(two.first().copied());
        }
        let (main, other) = (self.profile.main?, single?);
        (main != other).then(|| Who::Actors(smallvec![main, other]))
    }

    /// The two countries named last, a leader for his.
    fn last_two(&self, names: Range<usize>) -> SmallVec<[ActorId; 2]> {
        let mut two = SmallVec::new();
        for n in names.rev() {
            let actor = self.actors.get(self.names[n].actor).heads.unwrap_or(self.names[n].actor);
            if self.actors.get(actor).kind == ActorType::Country && two.len() < 2 && !two.contains(&actor) {
                two.push(actor);
            }
        }
        two
    }
}
