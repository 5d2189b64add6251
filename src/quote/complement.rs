//! The words a verb reports: where they begin, and where they end.

use std::ops::Range;

use super::lists::{Cue, Kinds};
use super::reports::{Finder, Source};
use crate::grammar::{Classes, Clause, Link};

/// How far from its cue a quotation may begin, in words.
const NEAR: u32 = 14;

impl Finder<'_, '_> {
    /// What follows the cue and is what was said.
    pub(super) fn complement(&self, cue: Cue, words: &Range<u32>, later: &[Cue]) -> Option<Range<u32>> {
        if cue.end >= words.end {
            return None;
        }
        let start = self.complement_start(cue, words)?;
        let end = self.complement_end(cue, start, words, later);
        let agent = self.phrases.outside.closings(start..end).find(|i| self.phrases.is_listed(*i, Classes::PREPOSITION, "by"));
        let end = agent.unwrap_or(end);
        (start < end).then_some(start..end)
    }

    /// Whether nothing was said, by the words around a cue that takes no clause without "that"; the clauses of the sentence need not be read for it.
    pub(super) fn lacks_object(&self, cue: Cue, group: u32, words: &Range<u32>) -> bool {
        let saying = cue.kinds.any(Kinds::SAY.or(Kinds::TELL).or(Kinds::THINK));
        let clause = !cue.kinds.any(Kinds::STRICT) && (saying || cue.kinds.any(Kinds::EVIDENCE));
        if clause || self.parsed.has_comma(cue.end) {
            return false;
        }
        // What was said may stand before the cue and after it.
        let before = |i: u32| self.parsed.has_mark(i, &[',', '—']);
        let parted = saying && self.parsed.unspaced(words.start + 1..group).any(before);
        !parted && (cue.end >= words.end || self.complement_start(cue, words).is_none())
    }

    fn complement_start(&self, cue: Cue, words: &Range<u32>) -> Option<u32> {
        let (from, kinds) = (cue.end, cue.kinds);
        if self.opens_plainly(from) {
            return Some(from);
        }
        let joined = |i: &u32| !self.parsed.has_comma(*i);
        let colon = (from..words.end.min(from + NEAR)).take_while(joined).find(|i| self.parsed.has_mark(*i, &[':']));
        if colon.is_some() {
            return colon;
        }
        if self.parsed.has_mark(from, &[',', ';', '.', '—', ')']) {
            let next = &self.cues[self.cues.partition_point(|c| c.first < from)..];
            let other = |q: u32| next.iter().take_while(|c| c.first < q).any(|c| c.kinds.any(Kinds::VERB));
            return self.quote_near(from, words).filter(|q| self.parsed.has_mark(*q, &[',', ':']) && !other(*q));
        }
        let question = Classes::COMPLEMENTIZER | Classes::RELATIVE | Classes::SUBORDINATOR;
        if kinds.any(Kinds::INFINITIVE) && self.parsed.is(from, Classes::TO)
            || kinds.any(Kinds::WHETHER) && self.parsed.is(from, question) && !self.parsed.is(from, Classes::PREPOSITION)
        {
            return Some(from);
        }
        if let Some(start) = self.clause_start(cue, words).filter(|start| self.may_open(cue, *start)) {
            return Some(start);
        }
        if kinds.any(Kinds::URGE) && self.infinitive_near(from, words) {
            return Some(from);
        }
        let other = Classes::AUXILIARY | Classes::COORDINATOR | Classes::TO | Classes::SUBORDINATOR | Classes::PREPOSITION;
        let described = self.phrases.is_listed(from, Classes::PREPOSITION, "as");
        (kinds.any(Kinds::OBJECT) && (described || !self.parsed.is(from, other))).then_some(from)
    }

    /// Whether "that" stands here, or a quotation begins.
    pub(super) fn opens_plainly(&self, i: u32) -> bool {
        // "He laughed that evening".
        let time = || self.phrases.kinds(i + 1).any(Kinds::TIME) && !self.parsed.is(i + 1, Classes::CAPITAL | Classes::ADVERB);
        self.phrases.outside.opening_at(i).is_some()
            || self.phrases.is_listed(i, Classes::COMPLEMENTIZER, "that") && (!self.phrases.is_in(i + 1) || !time())
    }

    /// Whether what a cue takes may begin here: for some, only "that" or a quotation.
    fn may_open(&self, cue: Cue, i: u32) -> bool {
        !cue.kinds.any(Kinds::STRICT) || self.opens_plainly(i)
    }

    /// The same, in the sentence of the cue.
    pub(super) fn opens_in_sentence(&self, i: u32) -> bool {
        self.opens_plainly(i) && self.parsed.document.sentence(i) == self.sentence
    }

    /// The first word of a quotation soon after the cue.
    fn quote_near(&self, from: u32, words: &Range<u32>) -> Option<u32> {
        let opens = |i: u32| self.phrases.outside.opening_at(i).is_some();
        let joined = |i: &u32| *i == from || opens(*i) || !self.phrases.parted(*i);
        (from..words.end.min(from + NEAR)).take_while(joined).find(|i| opens(*i))
    }

    fn infinitive_near(&self, from: u32, words: &Range<u32>) -> bool {
        let joined = |i: &u32| *i == from || !self.phrases.parted(*i);
        (from..words.end.min(from + NEAR)).take_while(joined).any(|i| self.parsed.is(i, Classes::TO))
    }

    /// Where a clause begins that is said, over the hearer and the time.
    fn clause_start(&self, cue: Cue, words: &Range<u32>) -> Option<u32> {
        if cue.kinds.any(Kinds::TELL) {
            return self.clause_past_hearer(cue, words);
        }
        if !cue.kinds.any(Kinds::SAY.or(Kinds::THINK).or(Kinds::EVIDENCE)) {
            return None;
        }
        let mut i = cue.end;
        while i + 1 < words.end && self.is_time(i) && !self.phrases.parted(i + 1) {
            i += 1;
        }
        if self.parsed.is(i, Classes::PREPOSITION) && !self.parsed.is(i, Classes::SUBORDINATOR) {
            return self.that_near(i, words).or_else(|| self.quote_near(i, words));
        }
        if self.phrases.is_listed(i, Classes::COMPLEMENTIZER, "that") {
            return Some(i);
        }
        let other = Classes::COORDINATOR | Classes::AUXILIARY | Classes::TO;
        let opens = !self.parsed.has_comma(i) && (!self.parsed.is(i, other) || self.phrases.is_contraction(i));
        let said = || self.may_open(cue, i) && (self.has_verb(i) || self.quote_near(i, words).is_some());
        (opens && said()).then_some(i)
    }

    fn that_near(&self, from: u32, words: &Range<u32>) -> Option<u32> {
        let joined = |j: &u32| *j == from || !self.parsed.has_comma(*j);
        let that = |j: &u32| {
            self.phrases.is_listed(*j, Classes::COMPLEMENTIZER, "that") && !self.parsed.is(*j - 1, Classes::PREPOSITION)
        };
        (from..words.end.min(from + NEAR + 4)).take_while(joined).filter(|j| *j > from).find(that)
    }

    /// Where the clause begins in "told reporters on Monday the deal was dead".
    fn clause_past_hearer(&self, cue: Cue, words: &Range<u32>) -> Option<u32> {
        let from = cue.end;
        let opens = |j: u32| self.phrases.outside.opening_at(j).is_some();
        let joined = |j: &u32| *j == from || opens(*j) || !self.parsed.has_comma(*j);
        let plain = (from..words.end.min(from + NEAR)).take_while(joined).find(|j| self.opens_plainly(*j));
        if plain.is_some() {
            return plain;
        }
        let opens = Classes::SUBJECT | Classes::DETERMINER | Classes::POSSESSIVE;
        let capital = self.parsed.is(from, Classes::CAPITAL);
        let mut i = from + 1;
        if !self.parsed.is(from, Classes::PRONOUN) {
            let hearer = |i: u32| self.parsed.is(i, Classes::CAPITAL) == capital && !self.parsed.is(i, opens);
            while i < words.end && !self.phrases.parted(i) && hearer(i) {
                i += 1;
            }
        }
        let may_open = i < words.end && self.parsed.is(i, opens | Classes::CAPITAL) && self.may_open(cue, i);
        (may_open && self.has_verb(i)).then_some(i)
    }

    /// Whether a verb follows soon.
    fn has_verb(&self, i: u32) -> bool {
        self.clauses().iter().any(|c| c.verb.as_ref().is_some_and(|v| v.start >= i && v.start < i + 25))
    }

    /// "Monday", "last week".
    fn is_time(&self, i: u32) -> bool {
        let time = |i: u32| (i as usize) < self.parsed.document.words.len() && self.phrases.kinds(i).any(Kinds::TIME);
        time(i) || self.phrases.is_among(i, &["this", "last", "on", "late", "early"]) && time(i + 1)
    }

    /// Where what is said ends: at the next report of the same sentence, at a new clause of the author's, or with the sentence.
    fn complement_end(&self, cue: Cue, start: u32, words: &Range<u32>, later: &[Cue]) -> u32 {
        let next = later.iter().take_while(|c| c.first < words.end).find_map(|c| self.next_report(*c, start));
        let end = next.unwrap_or(words.end).min(self.cut_off(cue, start, words.end));
        let comma = || (start + 1..end).find(|i| self.parsed.has_comma(*i) && self.is_outside(*i)).unwrap_or(end);
        let own = || self.clauses().iter().find(|c| c.words.contains(&cue.first));
        if self.opens_subordinate(words.start) && own().is_some_and(|c| c.words.start == words.start) {
            return comma();
        }
        if cue.first == words.start {
            return self.subject_past_comma(start).map_or(end, |s| s.start.min(end));
        }
        let clause = self.is_clause(cue, start);
        // "A diplomat who asked not to be named, …": the sentence goes on without it.
        if !self.opens_plainly(start) && own().is_some_and(|c| c.link == Link::Relative) {
            return comma();
        }
        let end = if clause { end } else { self.next_predicate(start, end) };
        // Without a mark, only "but" stops it.
        let may_stop = |i: &u32| !self.parsed.is_spaced(*i) || !clause && self.parsed.is(*i, Classes::COORDINATOR);
        (start + 1..end).filter(may_stop).find(|i| self.is_outside(*i) && self.stops(*i, clause)).unwrap_or(end)
    }

    /// Where a clause with a verb of its own is joined outside quotation marks, before `end`: what is said ends there if it is an object.
    fn next_predicate(&self, start: u32, end: u32) -> u32 {
        let joined = |c: &&Clause| c.link == Link::Coordinate && c.verb.as_ref().is_some_and(|v| v.start < c.words.start + 4);
        let starts = self.clauses().iter().filter(joined).map(|c| c.words.start);
        starts.skip_while(|i| *i <= start).take_while(|i| *i < end).find(|i| self.is_outside(*i)).unwrap_or(end)
    }

    /// Whether a word and the one before it stand outside quotation marks, or a full break between them.
    fn is_outside(&self, i: u32) -> bool {
        let parts = || self.parsed.has_mark(i, &[';', '–', '—']);
        self.phrases.outside.holds(i) && (self.phrases.outside.holds(i - 1) || parts())
    }

    /// Where a bracket closes that opened before what is said, or a verb follows a quoted object: "What he called “a wall” is a bridge".
    fn cut_off(&self, cue: Cue, start: u32, end: u32) -> u32 {
        let before = |i: u32, bracket: char| self.parsed.document.before(i).contains(bracket);
        let opened = |i: u32| self.parsed.unspaced(start..i + 1).any(|j| before(j, '('));
        let bracket = self.parsed.unspaced(start + 1..end).find(|i| before(*i, ')') && !opened(*i));
        let quoted = self.phrases.outside.opening_at(start).map(|q| self.phrases.outside.words[q].end);
        let verb = |i: &u32| self.clauses().iter().any(|c| c.verb.as_ref().is_some_and(|v| v.start == *i));
        let object = quoted.filter(|_| cue.kinds.any(Kinds::OBJECT)).filter(verb);
        bracket.into_iter().chain(object).min().unwrap_or(end)
    }

    /// Whether what is said is a clause, and no object or infinitive.
    fn is_clause(&self, cue: Cue, start: u32) -> bool {
        self.phrases.is_listed(start, Classes::COMPLEMENTIZER, "that")
            || !cue.kinds.any(Kinds::OBJECT.or(Kinds::INFINITIVE).or(Kinds::URGE))
            || cue.kinds.any(Kinds::SAY) && !self.parsed.is(start, Classes::TO)
    }

    /// Where a later cue begins a report of its own after a comma or "and".
    fn next_report(&self, cue: Cue, start: u32) -> Option<u32> {
        let verb = cue.kinds.any(Kinds::VERB);
        if cue.first <= start || !self.phrases.outside.holds(cue.first) || !verb && !cue.kinds.any(Kinds::ACCORDING) {
            return None;
        }
        let group = self.phrases.group_start(cue.first, start);
        let comma = self.parsed.has_comma(group) || self.phrases.outside.closing_before(group).is_some();
        if !verb || !self.is_finite(cue.first) {
            let joined = group > start
                && (self.parsed.is(group - 1, Classes::SUBORDINATOR)
                    || self.phrases.is_listed(group - 1, Classes::COORDINATOR, "and"));
            return if comma { Some(group) } else { joined.then(|| group - 1) };
        }
        if group > start + 1 && self.parsed.is(group - 1, Classes::COORDINATOR) && cue.kinds.any(Kinds::SAY) {
            return Some(group - 1);
        }
        let joins = Classes::COORDINATOR | Classes::SUBORDINATOR;
        if !(start + 1..group).any(|i| self.parsed.has_comma(i) && self.parsed.is(i, joins)) {
            return None;
        }
        let subject = self.phrases.before(group, start, Some(self.sentence))?;
        let and = subject.start.checked_sub(1).filter(|a| *a > start && self.parsed.is(*a, joins))?;
        self.parsed.has_comma(and).then_some(and)
    }

    /// "While", "although" and the like, at the start of a clause.
    fn opens_subordinate(&self, i: u32) -> bool {
        self.parsed.is(i, Classes::SUBORDINATOR) && !self.parsed.is(i, Classes::ADVERB)
    }

    /// Whether what is said ends before a word; an object ends sooner than a clause.
    fn stops(&self, i: u32, clause: bool) -> bool {
        let before = self.parsed.marks_before(i);
        if clause && before.is_empty() {
            return false;
        }
        if before.contains(';') {
            return true;
        }
        if before.contains(',') {
            let begun = || self.clauses().iter().find(|c| c.words.start == i);
            let contrast = self.parsed.is(i, Classes::SUBORDINATOR | Classes::COORDINATOR)
                && self.phrases.is_among(i, &["while", "but", "although", "though", "whereas"]);
            let opens = Classes::RELATIVE | Classes::ING | Classes::HE | Classes::SHE | Classes::THEY;
            let verb = || self.clauses().iter().any(|c| c.verb.as_ref().is_some_and(|v| v.start == i));
            let joined = || verb() || begun().is_some_and(|c| c.link == Link::Coordinate);
            return !clause && (self.parsed.is(i, opens) || joined()) || contrast && begun().is_some();
        }
        !clause && (self.phrases.is_listed(i, Classes::COORDINATOR, "but") || before.contains(" - ") || before.contains(" – "))
    }

    /// "The deal, says the minister, is dead": what is said stands on both sides, and the speaker after the cue.
    pub(super) fn is_inserted(&self, start: u32, cue: Cue, words: &Range<u32>) -> bool {
        let comma = |i: u32| i < words.end && self.parsed.has_comma(i) && self.parsed.marks_before(i).starts_with(',');
        if cue.first != start || start <= words.start || !comma(start) {
            return false;
        }
        let Some(subject) = self.phrases.after(cue.end, words.end).filter(|s| comma(s.end)) else { return false };
        let verb = |c: &Clause| c.verb.as_ref().is_some_and(|v| v.end <= start);
        let bare = (words.start + 1..start).all(|i| !self.phrases.parted(i)) && !self.clauses().iter().any(verb);
        bare && self.can_speak(&self.phrases.head(subject))
    }

    /// The clause before a cue that ends its sentence: "The talks failed, officials said on Monday."
    pub(super) fn clause_before(&self, group: &Range<u32>, source: &Source, cue: Cue, words: &Range<u32>) -> Option<Range<u32>> {
        let Source::Phrase(subject) = source else { return None };
        if !cue.kinds.any(Kinds::SAY.or(Kinds::TELL).or(Kinds::THINK))
            || subject.start <= words.start
            || subject.start >= group.start
        {
            return None;
        }
        let thought = !cue.kinds.any(Kinds::SAY.or(Kinds::TELL));
        if !self.is_finite(cue.first) || thought && !self.can_speak(&self.phrases.head(subject.clone())) {
            return None;
        }
        let end = subject.start;
        let whole = |q: usize| self.phrases.outside.words[q].start <= words.start + 2;
        if !self.parsed.has_mark(end, &[',', '—']) || self.phrases.outside.closing_before(end).is_some_and(whole) {
            return None;
        }
        // "The deal, officials said, was dead": what is said stands on both sides.
        let goes_on = cue.end < words.end && self.parsed.has_comma(cue.end);
        let verb = |c: &Clause| c.verb.as_ref().is_some_and(|v| v.end <= end || goes_on && v.start >= cue.end);
        let long = end - words.start > 6 && !self.parsed.is(words.start, Classes::PREPOSITION | Classes::SUBORDINATOR);
        if self.parsed.is(end, Classes::SUBORDINATOR) || !long && !self.clauses().iter().any(verb) {
            return None;
        }
        Some(words.start..if goes_on { words.end } else { end })
    }
}
