//! From cues to scopes: what each kind of reach takes in.

use std::ops::Range;

use super::border::Sentence;
use super::{Found, Scope};
use crate::cue::{Cue, CueKind, Effect, Reach};
use crate::grammar::{Classes, Clause, Link, Parsed};

/// The scopes of all cues of a sentence.
pub(super) fn scopes(parsed: &Parsed<'_, '_>, clauses: &[Clause], cues: &[Cue]) -> Found {
    let mut out = Found::new();
    if clauses.is_empty() {
        return out;
    }
    let sentence = Sentence { parsed, clauses, cues };
    for cue in cues {
        if let CueKind::Scope(effect, reach) = cue.kind {
            let (effect, reach) =
                if sentence.is_condition(cue) { (Effect::Conditional, Reach::Condition) } else { (effect, reach) };
            let denial = effect == Effect::Negation;
            if denial && sentence.is_taken_back(cue) {
                continue;
            }
            let condition = reach == Reach::Condition;
            let mut push = |words: Range<u32>| {
                if !words.is_empty() {
                    out.push(Scope { effect, condition, words, cue: cue.range(), span: cue.span });
                }
            };
            sentence.reach(cue, reach, &mut push);
        }
    }
    out
}

impl Sentence<'_, '_, '_> {
    /// "not only", and "Isn't it …?".
    fn is_taken_back(&self, cue: &Cue) -> bool {
        let next = cue.first_word + cue.words;
        if self.has(CueKind::Additive, &(next..next + 1)) || self.is_interjection(cue) {
            return true;
        }
        let first = self.is(cue.first_word, Classes::FIRST_WORD) && self.is(cue.first_word, Classes::AUXILIARY);
        first && self.is_question()
    }

    /// "No, …".
    fn is_interjection(&self, cue: &Cue) -> bool {
        let stops = |text: &str| text.trim_start().starts_with([',', '.', '!', '?', ';', ':', '-', '–', '—']);
        cue.kind == CueKind::Scope(Effect::Negation, Reach::Argument)
            && self.is(cue.first_word, Classes::DETERMINER)
            && stops(self.parsed.document.after(cue.first_word))
    }

    /// "Should the talks fail, …": a modal that opens a sentence, and no question.
    fn is_condition(&self, cue: &Cue) -> bool {
        let opens = self.is(cue.first_word, Classes::FIRST_WORD) && cue.words == 1;
        opens && self.parsed.document.word(cue.first_word).eq_ignore_ascii_case("should") && !self.is_question()
    }

    fn is_question(&self) -> bool {
        let last = self.clauses.last().map_or(0, |c| c.words.end);
        last > 0 && self.parsed.document.after(last - 1).trim_start().starts_with('?')
    }

    fn reach(&self, cue: &Cue, reach: Reach, push: &mut impl FnMut(Range<u32>)) {
        let k = self.clause_of(cue.first_word);
        let clause = &self.clauses[k];
        let next = cue.first_word + cue.words;
        match reach {
            Reach::Predicate if self.is_by_verb(cue, clause) => self.predicate(cue, k, push),
            Reach::Argument if self.is_argument(cue) => self.argument(cue, k, push),
            Reach::Predicate if cue.first_word == clause.words.start => push(next..self.end(next, k, false, cue)),
            Reach::Predicate | Reach::Argument | Reach::Phrase => push(next..self.phrase_end(cue, k)),
            Reach::Complement if Self::ends_passive(cue, clause) => self.before(cue, k, push),
            Reach::Complement => self.complement(cue, k, push),
            Reach::Noun => push(next..self.noun_end(next, self.end(next, k, false, cue))),
            Reach::Subject => self.before(cue, k, push),
            Reach::Clause => {
                self.before(cue, k, push);
                push(next..self.end(next, k, true, cue));
            }
            Reach::Condition => self.condition(cue, k, push),
        }
    }

    /// Whether a cue stands in the verb group, or beside it.
    fn is_by_verb(&self, cue: &Cue, clause: &Clause) -> bool {
        let Some(verb) = &clause.verb else { return false };
        let next = cue.first_word + cue.words;
        let adverbs = |from: u32, to: u32| (from..to).all(|i| self.is(i, Classes::ADVERB | Classes::NEGATIVE));
        let before = next <= verb.start && adverbs(next, verb.start);
        let after = cue.first_word >= verb.end && adverbs(verb.end, cue.first_word);
        before || after || verb.contains(&cue.first_word)
    }

    /// "no" and its like, but not after a preposition.
    fn is_argument(&self, cue: &Cue) -> bool {
        let before = cue.first_word.checked_sub(1).filter(|_| !self.is(cue.first_word, Classes::FIRST_WORD));
        before.is_none_or(|b| !self.is(b, Classes::PREPOSITION))
    }

    fn ends_passive(cue: &Cue, clause: &Clause) -> bool {
        let next = cue.first_word + cue.words;
        cue.words == 1 && clause.passive && clause.verb.as_ref().is_some_and(|v| v.end == next)
    }

    fn predicate(&self, cue: &Cue, k: usize, push: &mut impl FnMut(Range<u32>)) {
        let next = cue.first_word + cue.words;
        let clause = &self.clauses[k];
        let end = self.end(next, k, false, cue);
        let start = clause.verb.as_ref().map_or(cue.first_word, |v| v.start.min(cue.first_word));
        if let Some(subject) = self.subject(clause, next..end) {
            push(subject);
        }
        push(start..cue.first_word);
        push(next..end);
    }

    fn argument(&self, cue: &Cue, k: usize, push: &mut impl FnMut(Range<u32>)) {
        let next = cue.first_word + cue.words;
        let clause = &self.clauses[k];
        let end = self.end(next, k, false, cue);
        let joined = cue.first_word > clause.words.start && self.is(cue.first_word - 1, Classes::COORDINATOR);
        let second = joined || self.is(cue.first_word, Classes::COORDINATOR);
        if let Some(verb) = clause.verb.as_ref().filter(|v| v.start < cue.first_word && !second) {
            if let Some(subject) = self.subject(clause, next..end) {
                push(subject);
            }
            push(verb.start..cue.first_word);
        }
        push(next..end);
        if let Some(main) = self.resumed(k) {
            push(self.clauses[main].words.start..self.end(self.clauses[main].words.start, main, false, cue));
        }
    }

    /// What follows; and the subject of what is expected, seems or is said to be.
    fn complement(&self, cue: &Cue, k: usize, push: &mut impl FnMut(Range<u32>)) {
        let next = cue.first_word + cue.words;
        let clause = &self.clauses[k];
        let end = self.end(next, self.clause_of(next - 1), true, cue).min(self.subject_after(cue, clause));
        let raises = matches!(cue.kind, CueKind::Scope(Effect::Hedged | Effect::Future, _)) && self.is_by_verb(cue, clause);
        if let Some(subject) = self.subject(clause, next..end).filter(|_| raises) {
            push(subject);
        }
        push(next..end);
    }

    /// "Far from … it is …": where the subject begins that follows a phrase in front without a comma; past all words where none does.
    fn subject_after(&self, cue: &Cue, clause: &Clause) -> u32 {
        let next = cue.first_word + cue.words;
        let fronted = cue.first_word <= clause.words.start + 1 && self.is(next - 1, Classes::PREPOSITION);
        let Some(verb) = clause.verb.as_ref().filter(|v| fronted && v.start > next) else { return u32::MAX };
        let last = verb.start - 1;
        if self.is(last, Classes::PRONOUN) && self.is(last, Classes::SUBJECT) {
            return last;
        }
        let name = |i: u32| self.is(i, Classes::CAPITAL) && !self.is(i, Classes::FIRST_WORD);
        let start = (next..verb.start).rev().take_while(|i| name(*i)).last().unwrap_or(verb.start);
        let part = Classes::PREPOSITION | Classes::DETERMINER | Classes::COORDINATOR | Classes::TO;
        if start < verb.start && start > next && !self.is(start - 1, part) { start } else { u32::MAX }
    }

    /// "No state that signed … | has left": the clause that has clause `k` as its subject.
    fn resumed(&self, k: usize) -> Option<usize> {
        let subject = &self.clauses[k];
        let own = |c: &Clause| c.link == Link::Main && c.subject.as_ref() == Some(&subject.words);
        self.clauses[k + 1..].iter().position(own).filter(|_| subject.verb.is_none()).map(|i| k + 1 + i)
    }

    /// The subject, where it is denied with its verb: a pronoun or name, which has no meaning of its own; "a …", "any …";
    /// or any, if it is denied to be there, or that something was done to it.
    fn subject(&self, clause: &Clause, after: Range<u32>) -> Option<Range<u32>> {
        let verb = clause.verb.as_ref()?;
        let adverb = |i: u32| self.is(i, Classes::ADVERB | Classes::NEGATIVE) && !self.is(i, Classes::SUBJECT);
        let last = (clause.words.start..verb.start).rev().find(|i| !adverb(*i))?;
        let pronoun = Classes::SUBJECT | Classes::PRONOUN | Classes::RELATIVE;
        let alone = last == clause.words.start || !self.is(last, Classes::DETERMINER) || self.comma(last);
        if self.is(last, pronoun) && alone {
            return Some(last..verb.start);
        }
        let comma = (clause.words.start + 1..verb.start).rev().find(|i| self.comma(*i));
        // "Oman, a bridge between East and West, is no ally": what is said aside stands.
        let aside = comma.filter(|_| self.comma(verb.start));
        let end = aside.unwrap_or(verb.start);
        let mut start = comma.filter(|_| aside.is_none()).unwrap_or(clause.words.start);
        let linking = Classes::COORDINATOR | Classes::SUBORDINATOR | Classes::COMPLEMENTIZER | Classes::ADVERB;
        let nominal = Classes::SUBJECT | Classes::DETERMINER;
        let links = |i: u32| self.is(i, linking) && (!self.is(i, nominal) || self.is(i + 1, nominal | Classes::POSSESSIVE));
        while start < end && links(start) {
            start += 1;
        }
        let opens = self.is(start, Classes::FIRST_WORD) && start + 1 == end;
        let name =
            start < end && !opens && (start..end).all(|i| self.is(i, Classes::CAPITAL) && !self.is(i, Classes::DETERMINER));
        let standing = self.has(CueKind::Standing, verb) || self.has(CueKind::Opaque, verb);
        let denied = name
            || clause.passive && !standing
            || self.is_indefinite_at(start)
            || self.has(CueKind::Existence, &(verb.start..after.end));
        let head = (start + 1..end).find(|i| self.is(*i, Classes::TO | Classes::RELATIVE)).unwrap_or(end);
        denied.then_some(start..head)
    }

    /// "a", "any", "such a".
    fn is_indefinite_at(&self, i: u32) -> bool {
        let such = self.is(i, Classes::DETERMINER) && !self.is(i, Classes::SUBJECT) && self.is(i + 1, Classes::INDEFINITE);
        self.is(i, Classes::INDEFINITE) || such
    }

    /// What stands before a cue in its clause.
    fn before(&self, cue: &Cue, k: usize, push: &mut impl FnMut(Range<u32>)) {
        let clause = &self.clauses[k];
        let own = clause.words.start..cue.first_word;
        let start = match (&clause.subject, &clause.verb) {
            (Some(subject), _) if subject.end <= own.start => {
                push(subject.clone());
                own.start
            }
            _ => own.start,
        };
        push(start..cue.first_word);
    }

    /// To the end of the phrase after a cue: a comma, a verb, a terminator.
    fn phrase_end(&self, cue: &Cue, k: usize) -> u32 {
        let next = cue.first_word + cue.words;
        let end = self.end(next, k, false, cue);
        let verb = self.clauses[k].verb.as_ref().filter(|v| v.start >= next).map_or(end, |v| v.start);
        let comma = (next + 1..end).find(|i| self.comma(*i) && !self.is(*i, Classes::COORDINATOR));
        end.min(verb).min(comma.unwrap_or(end))
    }

    /// To the end of a noun and its "of": before any other preposition, a verb, a conjunction.
    fn noun_end(&self, next: u32, end: u32) -> u32 {
        let of = |i: u32| self.parsed.document.word(i).eq_ignore_ascii_case("of");
        let stop = Classes::PREPOSITION | Classes::AUXILIARY | Classes::SUBORDINATOR | Classes::RELATIVE | Classes::TO;
        (next..end).find(|i| self.is(*i, stop) && !of(*i)).unwrap_or(end)
    }

    /// The clause of an "if", and the clause it is a condition of.
    fn condition(&self, cue: &Cue, k: usize, push: &mut impl FnMut(Range<u32>)) {
        let next = cue.first_word + cue.words;
        let mut end = self.end(next, k, true, cue);
        while let Some(more) = self.clauses.get(self.clause_of(end)).filter(|c| self.is_second_condition(c, end)) {
            let beyond = self.end(more.words.start + 1, self.clause_of(end), true, cue);
            if beyond <= end {
                break;
            }
            end = beyond;
        }
        push(next..end);
        let fronted = cue.first_word <= self.clauses[0].words.start + 1;
        if fronted {
            if let Some(main) = self.clauses.get(self.clause_of(end)).filter(|c| c.words.start >= end) {
                push(main.words.start..self.end(main.words.start, self.clause_of(end), true, cue));
            } else {
                push(end..self.clauses[k].words.end);
            }
        } else if cue.first_word > self.clauses[k].words.start {
            push(self.clauses[k].words.start..cue.first_word);
        } else if let Some(main) = k.checked_sub(1).map(|k| &self.clauses[k]).filter(|_| self.clauses[k].link != Link::Main) {
            push(main.words.clone());
        }
    }

    /// "if … and …, then": a coordinated clause that is not the last.
    fn is_second_condition(&self, clause: &Clause, end: u32) -> bool {
        let last = self.clauses.last().is_none_or(|c| c.words == clause.words);
        clause.words.start == end && clause.link == Link::Coordinate && self.is(end, Classes::COORDINATOR) && !last
    }
}
