//! Who does what a verb or a noun of doing says, and to whom it is done.

use std::ops::Range;

use super::names::Role;
use super::rules::{Choice, OBJECT, SUBJECT, choice};
use super::site::{Site, Who};
use crate::grammar::{Classes, Clause};

/// How far behind a verb the owner of its object may stand.
const NEAR: u32 = 5;

/// To whom it is done: the object, the subject of a passive, "criticism of Riga".
pub(super) fn choose_patient(site: &Site<'_, '_, '_>) -> Option<Choice> {
    site.patient().filter(|(who, _)| *who != Who::Unknown)
}

/// Who does it: the subject, "by Riga", "Riga's criticism".
pub(super) fn choose_agent(site: &Site<'_, '_, '_>) -> Option<Choice> {
    site.doer().filter(|(who, _)| *who != Who::Unknown)
}

impl Site<'_, '_, '_> {
    fn verb_clause(&self) -> Option<&Clause> {
        let within = |v: &Range<u32>| v.start < self.end && self.start < v.end;
        self.own_clause().filter(|c| c.verb.as_ref().is_some_and(within))
    }

    fn patient(&self) -> Option<Choice> {
        let own = self.own_clause()?;
        if let Some(clause) = self.verb_clause().filter(|c| c.passive) {
            return self.in_phrase(&self.subject_of(clause)?).map(|o| choice(o, SUBJECT));
        }
        let until = own.words.end.max(self.end);
        if self.end > self.start + 1 && self.class(self.end - 1).any(Classes::PREPOSITION) {
            return self.object_of(self.end - 1).map(|o| choice(o, OBJECT));
        }
        if self.class(self.end).any(Classes::PREPOSITION) && self.joined(self.end) {
            return self.object_of(self.end).map(|o| choice(o, OBJECT));
        }
        self.object_after(self.end, until).or_else(|| {
            let owner = |n: &usize| matches!(self.role(*n), Role::Owner | Role::Modifier) && self.eligible(*n);
            let n = self.names_in(self.end..(self.end + NEAR).min(until)).next().filter(owner)?;
            Some((Who::Named(n), OBJECT))
        })
    }

    fn doer(&self) -> Option<Choice> {
        if let Some(clause) = self.verb_clause() {
            if clause.passive {
                return self.agent();
            }
            return self.in_phrase(&self.subject_of(clause)?).map(|o| choice(o, SUBJECT));
        }
        let suffered = self.class(self.start).any(Classes::PAST);
        let own = || self.owner().filter(|_| !suffered).map(|o| choice(o, "possessive"));
        self.agent().or_else(own).or_else(|| {
            let clause =
                self.own_clause().filter(|c| !suffered && !c.passive && c.verb.as_ref().is_none_or(|v| v.end <= self.start))?;
            let noun = self.start > 0 && self.class(self.start - 1).any(Classes::DETERMINER);
            let acts = self.class(self.start).any(Classes::ING | Classes::BASE) && !noun;
            self.in_phrase(&self.subject_of(clause)?).filter(|_| acts).map(|o| choice(o, SUBJECT))
        })
    }
}
