//! The rules that choose a target, in their order. The first that finds somebody decides.

use std::ops::Range;

use smallvec::{SmallVec, smallvec};

use super::lists::Kinds;
use super::names::{Role, is_genitive};
use super::phrase::Owner;
use super::sentence::Subject;
use super::site::{Site, Who};
use crate::actor::ActorId;
use crate::grammar::{Classes, Clause, Link};
use crate::lexicon::ActorType;

/// Whom it is said of, and by which rule.
pub(super) type Choice = (Who, &'static str);

pub(super) const SUBJECT: &str = "subject";
pub(super) const OBJECT: &str = "object";

/// Whom these words are said of.
pub(super) fn choose(site: &Site<'_, '_, '_>) -> Option<Choice> {
    let predicate = site.is_predicate();
    let acted = if predicate { site.subject() } else { None };
    acted
        .or_else(|| site.possessive())
        .or_else(|| site.apposition())
        .or_else(|| site.gapped())
        .or_else(|| site.made_object())
        .or_else(|| if predicate { None } else { site.subject() })
        .or_else(|| site.place())
        .or_else(|| site.between_phrase(site.noun_end).map(|w| (w, "between")))
        .or_else(|| site.beneficiary())
        .or_else(|| site.plain_object())
        .or_else(|| site.speaker())
        .or_else(|| site.nearest())
        .or_else(|| site.topic())
        .or_else(|| site.profile.about.map(|m| (Who::Actors(smallvec![m]), "main actor")))
        .filter(|(who, _)| *who != Who::Unknown)
}

pub(super) fn choice(owner: Owner, named: &'static str) -> Choice {
    match owner {
        Owner::Named(who) => (who, named),
        Owner::As(who) => (who, "apposition"),
        Owner::StandsFor(who) => (who, "anaphor"),
    }
}

impl Site<'_, '_, '_> {
    /// Whether the match begins with the verb of its clause, "hosted the summit", or with an adverb before it, "actively hosted".
    fn is_predicate(&self) -> bool {
        let verb = (self.start..self.start + 2).find(|i| !self.class(*i).any(Classes::ADVERB)).unwrap_or(self.start);
        self.is_verb(verb) && !self.class(verb).any(Classes::AUXILIARY)
    }

    pub(super) fn possessive(&self) -> Option<Choice> {
        let inner = self.inner_owner(Role::Owner);
        let own = inner.or_else(|| self.owner_around()).or_else(|| self.contact_clause())?;
        match own {
            Owner::As(who) => self.made_object().or(Some((who, "apposition"))),
            owner => Some(choice(owner, "possessive")),
        }
    }

    /// "Qatar, a regional power, …", "Qatar — a bridge …".
    fn apposition(&self) -> Option<Choice> {
        let (i, n) = self.name_before()?;
        let gap = self.parsed.marks_before(i).trim();
        let dash = matches!(gap, "—" | "–" | "(");
        let article = gap == "," && self.class(i).any(Classes::DETERMINER);
        let verb_after = || self.is_verb(self.noun_end);
        ((dash || article) && matches!(self.role(n), Role::Head | Role::After(_)) && !verb_after())
            .then_some((Who::Named(n), "apposition"))
    }

    /// "Qatar is a bridge, Oman a haven": what is said of a second subject with the verb of the first.
    fn gapped(&self) -> Option<Choice> {
        let (i, n) = self.name_before()?;
        let first = self.names[n].words.start;
        let parted = self.parsed.has_comma(first) || self.class(first.checked_sub(1)?).any(Classes::COORDINATOR);
        let verb = self.own_clause()?.verb.as_ref().filter(|v| v.end <= first)?;
        let is = verb.clone().all(|w| self.class(w).any(Classes::BE | Classes::MODAL | Classes::HAVE | Classes::NEGATIVE));
        let article = self.joined(i) && self.class(i).any(Classes::DETERMINER);
        (parted && is && article && self.role(n) == Role::Head).then_some((Who::Named(n), SUBJECT))
    }

    /// The first word of the noun phrase of the match, with its article, and the name that ends right before it.
    fn name_before(&self) -> Option<(u32, usize)> {
        let floor = self.sentence_words().start;
        let mut i = self.start;
        while i > floor
            && self.joined(i)
            && self.start - i < 5
            && (self.is_noun(i - 1) || self.class(i - 1).any(Classes::ADVERB | Classes::DETERMINER))
        {
            i -= 1;
            if self.class(i).any(Classes::DETERMINER) {
                break;
            }
        }
        let n = i.checked_sub(1).filter(|_| i > floor).and_then(|b| self.name_at(b))?;
        (self.last(n) == i - 1 && self.eligible(n)).then_some((i, n))
    }

    /// "made Qatar a bridge", "called Qatar a reliable partner", "Qatar becoming a hub".
    fn made_object(&self) -> Option<Choice> {
        self.absolute().or_else(|| {
            let clause = self.host()?;
            let floor = clause.words.start.max(self.start.saturating_sub(16));
            let verb = (floor..self.start).rev().find(|i| self.kinds(*i).any(Kinds::COMPLEMENT) && self.is_acting(*i, clause))?;
            self.object_after(verb + 1, self.start)
        })
    }

    /// Whether a word is an active verb: that of the clause, an -ing form, an infinitive.
    pub(super) fn is_acting(&self, word: u32, clause: &Clause) -> bool {
        let class = self.class(word);
        let to = word > 0 && self.class(word - 1).any(Classes::TO) && class.any(Classes::BASE);
        self.main_verb(clause) == Some(word) && !clause.passive || class.any(Classes::ING) && !self.is_verb(word) || to
    }

    /// A name right before an -ing form or an infinitive that the match follows: "with Qatar emerging as …", "for Qatar to become …".
    fn absolute(&self) -> Option<Choice> {
        let clause = self.own_clause()?;
        let floor = clause.verb.as_ref().filter(|v| v.end <= self.start).map_or(clause.words.start, |v| v.end);
        for i in (floor.max(clause.words.start + 1)..self.start.saturating_add(1)).rev() {
            let ing = self.class(i).any(Classes::ING) && !self.class(i).any(Classes::CAPITAL) && !self.is_verb(i);
            let to = self.class(i).any(Classes::TO) && self.class(i + 1).any(Classes::BASE) && i + 1 < self.start.max(i + 2);
            if !(ing || to) {
                continue;
            }
            let n = self.name_at(i - 1).filter(|n| self.last(*n) == i - 1 && self.joined(i) && self.eligible(*n))?;
            let agent = match self.role(n) {
                Role::Head | Role::Modifier => true,
                Role::After(p) => ing || self.kinds(p).any(Kinds::FOR),
                _ => false,
            };
            return agent.then_some((Who::Named(n), SUBJECT));
        }
        None
    }

    /// The object right after a verb: a name, a pronoun, "the country".
    pub(super) fn object_after(&self, from: u32, until: u32) -> Option<Choice> {
        let mut i = from;
        while i < until && i < from + 5 {
            let class = self.class(i);
            if i > from && !self.joined(i) {
                return None;
            }
            if let Some(n) = self.name_at(i) {
                let free = matches!(self.role(n), Role::Head) && self.last(n) < until && self.eligible(n);
                if self.role(n) == Role::Aside {
                    i = self.names[n].words.end;
                    continue;
                }
                return free.then_some((Who::Named(n), OBJECT));
            }
            let kinds = self.kinds(i);
            if kinds.any(Kinds::PRONOUN) && class.any(Classes::PRONOUN) {
                let we = kinds.any(Kinds::FIRST) && self.quote_at(i).is_none();
                return if we || kinds.any(Kinds::REFLEXIVE) { None } else { self.stands_for(i).map(|w| (w, "anaphor")) };
            }
            let stands = kinds.any(Kinds::ANAPHOR | Kinds::PAIR) && self.is_noun(i);
            if stands && self.phrase_end(i + 1) == i + 1 && !is_genitive(&self.parsed, i) {
                return self.stands_for(i).filter(|w| *w != Who::Unknown).map(|w| (w, "anaphor"));
            }
            if !(class.any(Classes::DETERMINER | Classes::ADVERB) || self.is_noun(i)) || class.any(Classes::POSSESSIVE) {
                return None;
            }
            i += 1;
        }
        None
    }

    pub(super) fn subject(&self) -> Option<Choice> {
        let clause = self.host()?;
        let subject = self.host_subject()?;
        let own = subject.head.start < self.end && self.start < subject.head.end;
        if own || self.says(clause) && self.can_speak(subject) {
            return None;
        }
        let rule = if self.in_front(&subject.core) { "apposition" } else { SUBJECT };
        let found = self.in_phrase(subject).or_else(|| self.same_as_before(clause, &subject.head))?;
        let (who, rule) = choice(found, rule);
        Some(self.led(who, rule, clause))
    }

    /// The subject of a clause.
    pub(super) fn subject_of(&self, clause: &Clause) -> Option<Subject> {
        self.before_verb(clause).map(|words| self.as_subject(words))
    }

    /// The words that hold the subject of a clause: what stands before its verb, or before a bracket or dash that parts it from its verb;
    /// else those of the clause it is joined to.
    fn before_verb(&self, clause: &Clause) -> Option<Range<u32>> {
        let Some(verb) = &clause.verb else {
            return clause.subject.clone().or_else(|| self.before_plain_verb(clause));
        };
        let own = clause.words.start..verb.start;
        let denied = self.class(own.start).any(Classes::NEGATIVE) && self.names_in(own.clone()).is_empty();
        if denied && let Some(name) = self.inverted(verb.start) {
            return Some(name);
        }
        if clause.link != Link::Relative && own.clone().any(|i| self.is_nominal(i)) {
            return Some(own);
        }
        clause.subject.clone().or_else(|| self.before_aside(clause)).or_else(|| self.inverted(verb.start))
    }

    /// "Is Riga a partner?", "No longer is Riga a partner": the name after the auxiliary.
    fn inverted(&self, verb: u32) -> Option<Range<u32>> {
        let opens = self.class(verb).any(Classes::AUXILIARY) && self.joined(verb + 1);
        let name = self.name_at(verb + 1).filter(|n| opens && self.last(*n) < self.start)?;
        Some(self.names[name].words.clone())
    }

    /// What stands before a plain verb form that was not sure to be the verb: "Riga and Oslo remain partners".
    fn before_plain_verb(&self, clause: &Clause) -> Option<Range<u32>> {
        let before = clause.words.start + 1..self.start;
        let plain = |i: &u32| {
            let class = self.class(*i);
            let head = self.name_at(i - 1).is_some_and(|n| self.role(n) == Role::Head);
            class.any(Classes::VERB) && !class.any(Classes::ING | Classes::CAPITAL) && head
        };
        let own = self.class(self.start).any(Classes::MAIN_VERB) && clause.words.start < self.start;
        let verb = before.into_iter().find(plain).or(Some(self.start).filter(|_| own))?;
        Some(clause.words.start..verb)
    }

    fn is_nominal(&self, word: u32) -> bool {
        self.is_noun(word) || self.class(word).any(Classes::PRONOUN)
    }

    /// What stands before an aside between dashes or brackets: "Qatar – a hub – grows".
    fn before_aside(&self, clause: &Clause) -> Option<Range<u32>> {
        if !self.parsed.has_mark(clause.words.start, &[')', '—', '–', '”', '"']) {
            return None;
        }
        let at = self.clauses.iter().position(|c| c.words == clause.words)?;
        let opens = |c: &Clause| self.parsed.has_mark(c.words.start, &['(', '—', '–', '“', '"']);
        let open = self.clauses[..at].iter().rposition(opens)?;
        let before = open.checked_sub(1).map(|i| &self.clauses[i])?;
        before.verb.is_none().then(|| before.words.clone())
    }

    /// "There is peace in Fiji".
    pub(super) fn place(&self) -> Option<Choice> {
        let clause = self.host()?;
        let there = clause.verb.as_ref().filter(|v| v.start < self.start && self.is_there(v.start))?;
        let after = there.end.max(self.end)..clause.words.end;
        let n = self.names_in(after).find(|n| self.eligible(*n) && self.role(*n) != Role::Aside)?;
        Some((Who::Named(n), "place"))
    }

    fn is_there(&self, verb: u32) -> bool {
        verb > 0 && self.class(verb).any(Classes::BE) && self.parsed.document.word(verb - 1).eq_ignore_ascii_case("there")
    }

    /// "… is a country that connects": what a relative clause says of a predicate noun is said of the subject.
    fn same_as_before(&self, clause: &Clause, head: &Range<u32>) -> Option<Owner> {
        let noun = head.clone().next_back().filter(|w| clause.link == Link::Relative && self.kinds(*w).any(Kinds::ANAPHOR))?;
        let i = self.clauses.iter().position(|c| c.words == clause.words)?;
        let before = &self.clauses[i.checked_sub(1)?];
        let subject = before.subject.as_ref().filter(|s| s.end <= noun)?;
        self.in_phrase(&self.as_subject(subject.clone()))
    }

    /// Whether a subject that can speak only speaks of the match: "Riga hailed the partnership"; not of what it is or does itself,
    /// "Riga denies being a puppet".
    pub(super) fn says(&self, clause: &Clause) -> bool {
        let says = |verb: u32| verb < self.start && self.kinds(verb).any(Kinds::REPORT);
        let own = |verb: u32| {
            let next = verb + 1 + u32::from(self.class(verb + 1).any(Classes::PREPOSITION | Classes::TO));
            next < self.start && self.class(next).all(Classes::BE | Classes::ING)
        };
        !clause.passive && self.main_verb(clause).is_some_and(|verb| says(verb) && !own(verb))
    }

    /// Whether the head of a subject can speak: a name, a pronoun, no thing somebody owns: "Riga's presence underlined …".
    pub(super) fn can_speak(&self, Subject { head, .. }: &Subject) -> bool {
        let Some(last) = head.clone().next_back() else { return true };
        let named = self.name_at(last).is_some_and(|n| self.role(n) == Role::Head);
        let owned = self.names_in(head.clone()).any(|n| matches!(self.role(n), Role::Owner | Role::Modifier));
        let owned = owned || head.clone().any(|i| self.class(i).any(Classes::POSSESSIVE | Classes::GENITIVE));
        named || !owned || self.kinds(last).any(Kinds::ANAPHOR)
    }

    /// "A bridge between two seas, Turkey …", "As a hub, Turkey …".
    fn in_front(&self, core: &Range<u32>) -> bool {
        let first = self.sentence_words().start;
        self.end <= core.start && (self.class(first).any(Classes::DETERMINER) || self.kinds(first).any(Kinds::AS))
    }

    /// A leader's act is his country's: not what only a person has, and not what he is said to be.
    pub(super) fn led(&self, who: Who, rule: &'static str, clause: &Clause) -> Choice {
        let leads = |a: ActorId| Some(self.actors.get(a)).filter(|i| i.kind == ActorType::Person).and_then(|i| i.heads);
        let countries: Option<SmallVec<[ActorId; 2]>> = match &who {
            Who::Named(n) => {
                let group = &self.names[self.names[*n].group.clone()];
                group.iter().filter(|n| n.role != Role::Aside).map(|n| leads(n.actor)).collect()
            }
            Who::Actors(list) => list.iter().map(|a| leads(*a)).collect(),
            Who::Unknown => None,
        };
        let personal = || (self.start.saturating_sub(2)..self.noun_end).any(|i| self.kinds(i).any(Kinds::PERSONAL));
        let being = |v: &Range<u32>| v.clone().all(|i| self.class(i).any(Classes::BE | Classes::MODAL | Classes::HAVE));
        let is = || clause.verb.as_ref().is_some_and(being);
        match countries.filter(|c| !c.is_empty() && !personal() && !is()) {
            Some(countries) => (Who::Actors(countries), "leader"),
            None => (who, rule),
        }
    }
}
