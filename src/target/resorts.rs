//! The rules asked when neither noun phrase nor subject tells: what it is for, who speaks, whom the text around is about.

use smallvec::smallvec;

use super::lists::Kinds;
use super::names::Role;
use super::phrase::Owner;
use super::rules::{Choice, OBJECT, choice};
use super::sentence::Subject;
use super::site::{Site, Who};
use crate::grammar::{Clause, Link};
use crate::lexicon::ActorType;

/// Words of a heading at most.
const HEADING: usize = 14;

impl Site<'_, '_, '_> {
    /// "a turning point for Norway".
    pub(super) fn beneficiary(&self) -> Option<Choice> {
        let end = self.noun_end;
        let until = self.own_clause()?.words.end.min(end + 8);
        let p = (end..until).take_while(|i| self.joined(*i) && !self.is_verb(*i)).find(|i| self.kinds(*i).any(Kinds::FOR))?;
        self.object_of(p).map(|o| choice(o, "beneficiary"))
    }

    /// "Balanced diplomacy has earned Oman respect".
    pub(super) fn plain_object(&self) -> Option<Choice> {
        let clause = self.host()?;
        let head = &self.host_subject()?.head;
        let within = head.start < self.end && self.start < head.end;
        let verb = self.main_verb(clause).filter(|v| within && self.end <= *v && !clause.passive)?;
        let until = clause.words.end;
        self.object_after(verb + 1, until).or_else(|| {
            let n = self
                .names_in(verb + 1..(verb + 5).min(until))
                .next()
                .filter(|n| self.role(*n) == Role::Owner && self.eligible(*n))?;
            Some((Who::Named(n), OBJECT))
        })
    }

    /// What a leader says of policy is said of what he leads.
    pub(super) fn speaker(&self) -> Option<Choice> {
        let leads = |actor| self.actors.get(actor).heads.map(|c| (Who::Actors(smallvec![c]), "speaker"));
        let quoted = self.quote_at(self.start).and_then(|q| q.speaker.as_ref()?.actor).and_then(leads);
        quoted.or_else(|| {
            let speaks = |c: &Clause| if self.says(c) { self.subject_of(c).filter(|s| self.can_speak(s)) } else { None };
            let subject = self.clauses[..=self.clause].iter().rev().find_map(speaks)?;
            let (who, _) = choice(self.in_phrase(&subject)?, "speaker");
            match &who {
                Who::Named(n) if self.names[*n].group.len() == 1 && self.kind(*n) == ActorType::Person => {
                    leads(self.names[*n].actor)
                }
                Who::Actors(list) if list.len() == 1 => leads(list[0]),
                _ => None,
            }
        })
    }

    /// The subject of another clause of the sentence; without verbs, the nearest name.
    pub(super) fn nearest(&self) -> Option<Choice> {
        if self.clauses.iter().all(|c| c.verb.is_none()) {
            if self.sentence_words().len() > HEADING {
                return None;
            }
            let distance = |n: &usize| {
                let words = &self.names[*n].words;
                self.start.saturating_sub(words.end).max(words.start.saturating_sub(self.end))
            };
            let free = |n: &usize| self.eligible(*n) && matches!(self.role(*n), Role::Head | Role::Owner | Role::Modifier);
            return self.names_in(self.sentence_words()).filter(free).min_by_key(distance).map(|n| (Who::Named(n), "nearest"));
        }
        let (before, after) = self.clauses.split_at(self.clause.min(self.clauses.len()));
        let after = after.iter().skip(1).take(usize::from(before.is_empty()));
        if self.is_of_others() {
            return None;
        }
        let parted = before.iter().rposition(|c| c.link == Link::Main).unwrap_or(0);
        let linked = self.own_clause().is_some_and(|c| c.link != Link::Main);
        let before = if linked { &before[parted..] } else { &[] };
        before.iter().rev().chain(after).filter(|c| c.verb.is_some()).find_map(|c| {
            let subject = self.subject_of(c).filter(|s| !(self.is_first_person(s) || self.says(c) && self.can_speak(s)))?;
            let (who, _) = choice(self.in_phrase(&subject).or_else(|| self.complement_of(c))?, "nearest");
            (who != Who::Unknown).then(|| self.led(who, "nearest", c))
        })
    }

    /// Whether the clause has a subject of its own that is many: "energy markets point to …".
    fn is_of_others(&self) -> bool {
        let own = self.own_clause().filter(|c| c.verb.as_ref().is_some_and(|v| v.start > c.words.start));
        let Some(Subject { head, .. }) = own.and_then(|_| self.host_subject()) else { return false };
        let apart = head.end <= self.start || self.end <= head.start;
        let many = |w: u32| self.parsed.document.word(w).ends_with('s') && self.name_at(w).is_none() && self.is_noun(w);
        apart && !self.is_demonstrative(head.start) && head.clone().next_back().is_some_and(many)
    }

    fn is_first_person(&self, subject: &Subject) -> bool {
        subject.words.clone().any(|i| self.kinds(i).any(Kinds::FIRST))
    }

    /// The object of a verb that makes or lets it be something.
    fn complement_of(&self, clause: &Clause) -> Option<Owner> {
        let verb = self.main_verb(clause).filter(|v| !clause.passive && self.kinds(*v).any(Kinds::COMPLEMENT))?;
        self.object_after(verb + 1, clause.words.end).map(|(who, _)| Owner::Named(who))
    }

    /// Whom the sentence before is about, in the same paragraph: where this one goes on with "this", "such", or in the same
    /// quotation, or it is the main actor anyway.
    pub(super) fn topic(&self) -> Option<Choice> {
        let document = self.parsed.document;
        let sentences = document.sentences();
        let goes_on = self.host_subject().is_some_and(|s| self.is_demonstrative(s.core.start));
        for sentence in (self.number.saturating_sub(2)..self.number).rev() {
            let gap = document.text.get(sentences[sentence].end as usize..sentences[sentence + 1].start as usize);
            if gap.is_none_or(|g| g.contains('\n')) {
                return None;
            }
            let names = self.names_in(document.words_of(sentence));
            let free = |n: &usize| self.kind(*n) != ActorType::Region && matches!(self.role(*n), Role::Head | Role::Owner);
            if let Some(n) = names.clone().find(free) {
                let led = self.actors.get(self.names[n].actor).heads;
                let topic = led.unwrap_or(self.names[n].actor);
                let who = led.map_or(Who::Named(n), |c| Who::Actors(smallvec![c]));
                let quote = self.quote_at(self.start).is_some_and(|q| q.span.start <= self.names[n].span.start);
                return (goes_on || quote || self.profile.about == Some(topic)).then_some((who, "topic"));
            }
        }
        None
    }

    fn is_demonstrative(&self, word: u32) -> bool {
        self.kinds(word).any(Kinds::DEMONSTRATIVE)
    }
}
