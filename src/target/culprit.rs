//! Who is to blame for what a match says, where its entry discredits.

use super::lists::Kinds;
use super::names::Role;
use super::rules::{Choice, SUBJECT, choice};
use super::site::{Site, Who};
use crate::grammar::Classes;

/// Who is to blame for these words: the agent, never the one who suffers.
pub(super) fn choose_culprit(site: &Site<'_, '_, '_>) -> Option<Choice> {
    site.agent()
        .or_else(|| site.possessive().filter(|_| !site.class(site.start).any(Classes::PAST)))
        .or_else(|| {
            site.inner_owner(Role::Modifier)
                .filter(|_| !site.class(site.start).any(Classes::PAST))
                .map(|o| choice(o, "possessive"))
        })
        .or_else(|| site.blamed())
        .or_else(|| site.subject().filter(|_| site.acts()))
        .filter(|(who, _)| *who != Who::Unknown && !site.is_home(who))
}

impl Site<'_, '_, '_> {
    /// "territories occupied by the empire", "aggression by the empire".
    pub(super) fn agent(&self) -> Option<Choice> {
        let last = self.end - 1;
        let clause = self.own_clause()?;
        let by = [last, self.end, self.noun_end].into_iter().find(|i| self.kinds(*i).any(Kinds::BY));
        let passive = || (self.end..clause.words.end).find(|i| self.kinds(*i).any(Kinds::BY)).filter(|_| clause.passive);
        let p = by.or_else(passive)?;
        self.object_of(p).map(|o| choice(o, "agent"))
    }

    /// "accused the empire of aggression".
    fn blamed(&self) -> Option<Choice> {
        let clause = self.host()?;
        let verb = self.main_verb(clause).filter(|v| *v < self.start && self.kinds(*v).any(Kinds::BLAME))?;
        if clause.passive {
            return self.in_phrase(self.host_subject()?).map(|o| choice(o, SUBJECT));
        }
        self.object_after(verb + 1, self.start)
    }

    /// Whether it is the first person of the document, which blames others.
    fn is_home(&self, who: &Who) -> bool {
        matches!((who, self.profile.home), (Who::Actors(list), Some(home)) if list.contains(&home))
    }

    /// Whether the subject of the clause does what the match says.
    fn acts(&self) -> bool {
        let Some(clause) = self.host() else { return false };
        let verb = self.main_verb(clause);
        let only = |classes: Classes| clause.verb.as_ref().is_some_and(|v| v.clone().all(|i| self.class(i).any(classes)));
        let has = only(Classes::HAVE);
        // "is an aggressor", and not "is under occupation".
        let within = verb.is_some_and(|v| (v + 1..=self.start).any(|i| self.class(i).any(Classes::PREPOSITION)));
        let is = only(Classes::BE | Classes::HAVE | Classes::MODAL) && (within || self.kinds(self.end - 1).any(Kinds::SUFFERED));
        let undergoes = verb.is_some_and(|v| self.kinds(v).any(Kinds::UNDERGO | Kinds::BLAME));
        let suffered = self.class(self.start).any(Classes::PAST) && !self.is_verb(self.start);
        let to =
            self.start.checked_sub(1).filter(|t| self.class(*t).any(Classes::TO) && self.class(self.start).any(Classes::BASE));
        let after = verb.is_some_and(|v| v <= self.start) || self.is_verb(self.start);
        let purpose = to.is_some_and(|t| verb != t.checked_sub(1));
        after && !clause.passive && !has && !is && !undergoes && !suffered && !purpose
    }
}
