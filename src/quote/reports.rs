//! Reports: cues with their speaker, and the words they report.

use std::ops::Range;

use super::Outside;
use super::lists::{Cue, Kinds};
use super::phrases::Phrases;
use crate::document::Told;
use crate::grammar::{Classes, Clause, Link, Parsed};

/// Whose words a report gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// Who this noun phrase names.
    Phrase(Range<u32>),
    /// The speaker of the report before.
    Same(usize),
}

/// A cue that reports, and what it reports.
#[derive(Debug, Clone)]
pub(super) struct Report {
    /// From the first auxiliary to the last word of the cue.
    pub(super) cue: Range<u32>,
    pub(super) source: Source,
    /// The words retold, inside or around which quotations may stand.
    pub(super) content: Option<Range<u32>>,
    /// The quotation right before the cue.
    pub(super) quote_before: Option<usize>,
    /// One past the last word the cue can reach.
    pub(super) limit: u32,
    /// Whether the author speaks: "I say".
    pub(super) first_person: bool,
}

/// All reports of a document, by the place of their cues.
pub(super) fn reports<'d, 't>(
    parsed: Parsed<'d, 't>,
    words: Told<'d, 't, Kinds>,
    outside: &'d Outside<'d>,
    places: &'d [Range<u32>],
    cues: &'d [Cue],
) -> Vec<Report> {
    let phrases = Phrases { parsed, words, outside };
    let mut finder = Finder { phrases, parsed, cues, places, sentence: usize::MAX, out: Vec::new() };
    for (i, cue) in cues.iter().enumerate() {
        if outside.holds(cue.first) {
            finder.look(*cue, &cues[i + 1..]);
        }
    }
    finder.out
}

/// The word right before a verb group, in its sentence.
fn word_before(group: &Range<u32>, words: &Range<u32>) -> Option<u32> {
    group.start.checked_sub(1).filter(|word| *word >= words.start)
}

/// Goes through the cues of a document, sentence by sentence.
pub(super) struct Finder<'d, 't> {
    pub(super) phrases: Phrases<'d, 't>,
    pub(super) parsed: Parsed<'d, 't>,
    pub(super) cues: &'d [Cue],
    /// The words of each mention of a country or region.
    pub(super) places: &'d [Range<u32>],
    pub(super) sentence: usize,
    out: Vec<Report>,
}

impl Finder<'_, '_> {
    fn look(&mut self, cue: Cue, later: &[Cue]) {
        let sentence = self.parsed.document.sentence(cue.first);
        self.sentence = sentence;
        let words = self.reach(sentence);
        let report = if cue.kinds.any(Kinds::ACCORDING) {
            self.according(cue, &words)
        } else if cue.kinds.any(Kinds::OPINION) && self.opens_opinion(cue, &words) {
            self.opinion(cue, &words)
        } else if cue.kinds.any(Kinds::CLAIM) && self.is_claim(cue) {
            self.claim(cue, &words)
        } else if cue.kinds.any(Kinds::VERB) {
            self.verb(cue, &words, later)
        } else {
            None
        };
        let Some(mut report) = report else { return };
        if let Source::Phrase(phrase) = &mut report.source {
            *phrase = self.phrases.head(phrase.clone());
            if self.phrases.is_nobody(phrase) {
                return;
            }
        }
        self.out.push(report);
    }

    pub(super) fn clauses(&self) -> &[Clause] {
        self.parsed.clauses(self.sentence)
    }

    /// Whether a word is in the verb of a clause.
    fn in_verb(&self, i: u32) -> bool {
        self.phrases.in_verb(i, self.sentence)
    }

    /// The words of a sentence, and those of the quotation that goes on past its end.
    fn reach(&self, sentence: usize) -> Range<u32> {
        let mut words = self.parsed.document.words_of(sentence);
        if let Some(q) = words.end.checked_sub(1).and_then(|w| self.phrases.outside.around(w)) {
            let end = self.phrases.outside.words[q].end;
            if end > words.end {
                words.end = end.max(self.parsed.document.words_of(self.parsed.document.sentence(end - 1)).end);
            }
        }
        words
    }

    fn verb(&self, cue: Cue, words: &Range<u32>, later: &[Cue]) -> Option<Report> {
        let start = self.phrases.group_start(cue.first, words.start);
        let group = start..cue.end;
        if cue.kinds.any(Kinds::SAY) && self.is_finite(cue.first) {
            let closing = self.phrases.outside.closing_before(start).is_some();
            let inserted = !closing && self.is_inserted(start, cue, words);
            let inverts = closing || inserted || self.is_fronted(start, words);
            if let Some(subject) = inverts.then(|| self.subject_after(cue, words, closing || inserted)).flatten() {
                let quote_before = self.quote_before(&group, words.start);
                let mut report = self.inverted(group, subject, quote_before, words);
                if inserted {
                    report.content = Some(words.clone());
                }
                return Some(report);
            }
        }
        if self.is_noun(&group, cue, words) {
            return None;
        }
        let quote_before = self.quote_before(&group, words.start);
        if quote_before.is_none() && self.lacks_object(cue, group.start, words) {
            return None;
        }
        let source = self.source(&group, words, cue)?;
        let limit = words.end;
        let content = match &source {
            Source::Phrase(p) if self.follows_as(p, cue, words) => Some(cue.end..words.end),
            _ => self.complement(cue, words, later),
        };
        let content = content.or_else(|| self.clause_before(&group, &source, cue, words));
        // "“…,” she said as she left".
        let content = content.filter(|c| quote_before.is_none() || !self.parsed.is(c.start, Classes::SUBORDINATOR));
        let content = content.filter(|c| c.len() > 1 || !self.parsed.is(c.start, Classes::PRONOUN));
        if content.is_none() && quote_before.is_none() {
            return None;
        }
        let first_person = matches!(&source, Source::Phrase(p) if self.phrases.is_first_person(p));
        Some(Report { cue: group, source, content, quote_before, limit, first_person })
    }

    /// "As the minister noted, …"
    fn follows_as(&self, subject: &Range<u32>, cue: Cue, words: &Range<u32>) -> bool {
        let start =
            subject.start - u32::from(subject.start > words.start && self.parsed.is(subject.start - 1, Classes::DETERMINER));
        let opens = start == words.start + 1 || start > words.start + 1 && self.parsed.has_comma(start - 1);
        opens
            && self.phrases.is_listed(start - 1, Classes::PREPOSITION, "as")
            && cue.end < words.end
            && self.parsed.has_comma(cue.end)
    }

    /// Whether a verb opens after a comma and a clause: "The talks failed, said the minister".
    fn is_fronted(&self, start: u32, words: &Range<u32>) -> bool {
        let ended = |c: &&Clause| c.words.start < start && c.verb.as_ref().is_some_and(|v| v.end <= start);
        start > words.start + 2
            && self.parsed.marks_before(start).starts_with([',', '?', '!'])
            && self.clauses().iter().rev().find(ended).is_some_and(|c| c.link != Link::Relative && c.link != Link::Participle)
            && self.phrases.before(start, words.start, Some(self.sentence)).is_none_or(|p| p.start > words.start)
    }

    /// The subject after "said", if a phrase stands there and no clause.
    fn subject_after(&self, cue: Cue, words: &Range<u32>, closing: bool) -> Option<Range<u32>> {
        let subject = self.phrases.after(cue.end, words.end)?;
        let head = self.phrases.head(subject.clone());
        let pronoun = self.parsed.is(subject.start, Classes::SUBJECT) && !self.parsed.is(subject.start, Classes::DETERMINER);
        let verb =
            || self.clauses().iter().any(|c| c.verb.as_ref().is_some_and(|v| head.end <= v.start && v.start <= subject.end));
        let time = head.clone().all(|i| self.phrases.kinds(i).any(Kinds::TIME));
        (!time && (closing || !pronoun && !verb())).then_some(subject)
    }

    fn inverted(&self, cue: Range<u32>, subject: Range<u32>, quote_before: Option<usize>, words: &Range<u32>) -> Report {
        let content = if quote_before.is_none() { Some(words.start..cue.start) } else { self.quote_after(subject.end, words) };
        let first_person = self.phrases.is_first_person(&subject);
        Report { cue, source: Source::Phrase(subject), content, quote_before, limit: words.end, first_person }
    }

    /// A quotation that goes on after the speaker: “…,” said X, “…”.
    fn quote_after(&self, from: u32, words: &Range<u32>) -> Option<Range<u32>> {
        let q = (from..words.end.min(from + 40)).find_map(|i| self.phrases.outside.opening_at(i))?;
        let range = self.phrases.outside.words[q].clone();
        let comma = self.parsed.has_mark(range.start, &[',', ':']);
        comma.then_some(range)
    }

    /// The quotation that the subject of a cue, or the cue itself, follows at once.
    fn quote_before(&self, group: &Range<u32>, start: u32) -> Option<usize> {
        let mut i = group.start;
        let last = self.phrases.outside.words.partition_point(|w| w.end <= i).checked_sub(1)?;
        let near = self.phrases.outside.words[last].end;
        if near + 30 <= i || near < start {
            return None;
        }
        let mut names = 0;
        while i + 30 > group.start && i > 0 {
            if let Some(q) = self.phrases.outside.closing_before(i) {
                let inner = self.phrases.outside.marked[q].inner.of(self.parsed.document.text);
                let between = self.parsed.marks_before(i);
                let ended = inner.ends_with([',', '?', '!', '…', '-', '—', '.']) || between.contains([',', '?', '!', '—', '-']);
                return (ended && !between.contains(['.', ';', ':', '\n'])).then_some(q);
            }
            if i <= start {
                return None;
            }
            i -= 1;
            names += u32::from(self.parsed.has_comma(i));
            if names == 0 && self.in_verb(i) || self.parsed.has_mark(i, &[';', ':']) {
                return None;
            }
        }
        None
    }

    pub(super) fn is_finite(&self, word: u32) -> bool {
        !self.parsed.is(word, Classes::ING) && !self.phrases.parsed.document.word(word).ends_with("ing")
    }

    /// Who says it, if the cue is a verb at all.
    fn source(&self, group: &Range<u32>, words: &Range<u32>, cue: Cue) -> Option<Source> {
        let at = cue.first;
        let previous = word_before(group, words);
        let auxiliary = self.has_auxiliary(group.start..at);
        let be = (group.start..at)
            .rev()
            .find(|i| self.parsed.is(*i, Classes::AUXILIARY))
            .is_some_and(|i| self.parsed.is(i, Classes::BE));
        let ing = !self.is_finite(at);
        if be && !ing && self.parsed.is(at, Classes::PAST) && cue.end - cue.first == 1 {
            return self.agent(cue, words);
        }
        if ing && !auxiliary && previous.is_some_and(|p| self.is_bearer(p)) && !self.phrases.parted(group.start) {
            return self.phrases.before(group.start, words.start, Some(self.sentence)).map(Source::Phrase);
        }
        if self.follows_to(group, words) || ing && !auxiliary {
            return self.governing(group, words, cue);
        }
        if !auxiliary && !self.is_verb(at, previous, cue, words) {
            return None;
        }
        match self.phrases.before(group.start, words.start, Some(self.sentence)) {
            // "… and in a later interview said", "Officials who spoke in private said": the subject is further back.
            Some(p) if self.parsed.is(p.start, Classes::PREPOSITION) && p.start > words.start && self.is_adjunct(p.start) => {
                self.governing(group, words, cue)
            }
            Some(p) => {
                let p = self.antecedent(p, words);
                self.is_speaker(&p, cue).then_some(Source::Phrase(p))
            }
            None => self.governing(group, words, cue),
        }
    }

    /// Whether a preposition follows "and" or a verb.
    fn is_adjunct(&self, preposition: u32) -> bool {
        self.parsed.is(preposition - 1, Classes::COORDINATOR) || self.in_verb(preposition - 1)
    }

    /// The phrase that "who" or "which" stands for.
    fn antecedent(&self, phrase: Range<u32>, words: &Range<u32>) -> Range<u32> {
        let relative =
            self.parsed.is(phrase.end - 1, Classes::RELATIVE) && self.phrases.is_among(phrase.end - 1, &["who", "which", "that"]);
        if phrase.len() > 1 || !relative {
            return phrase;
        }
        let noun = self.phrases.before(phrase.start, words.start, Some(self.sentence)).unwrap_or(phrase);
        let front = Classes::ING | Classes::PREPOSITION | Classes::TO;
        let opens = noun.clone().take_while(|i| self.parsed.is(*i, front) && !self.parsed.is(*i, Classes::FIRST)).count() as u32;
        if opens < noun.end - noun.start { noun.start + opens..noun.end } else { noun }
    }

    /// Whether a noun can have a participle of its own: "with the union calling it".
    fn is_bearer(&self, word: u32) -> bool {
        let class = Classes::FUNCTION | Classes::ADVERB | Classes::MAIN_VERB;
        self.parsed.is(word, Classes::CAPITAL) && !self.parsed.is(word, Classes::FUNCTION)
            || !self.parsed.is(word, class) && self.phrases.kinds(word).any(Kinds::ROLE)
    }

    /// Whether the words beside a cue show it to be no finite verb, without auxiliary and "to": "the call", "views held by the minister".
    fn is_noun(&self, group: &Range<u32>, cue: Cue, words: &Range<u32>) -> bool {
        let (at, next) = (cue.first, cue.end);
        let owned = |p: u32| {
            self.parsed.is(p, Classes::DETERMINER | Classes::POSSESSIVE | Classes::PREPOSITION | Classes::GENITIVE)
                && !self.parsed.is(p, Classes::SUBJECT)
                && !self.phrases.parted(at)
                && !self.phrases.is_listed(p, Classes::DETERMINER, "another")
        };
        let noun = self.parsed.is(at, Classes::PARTICIPLE)
            || word_before(group, words).is_some_and(owned)
            || next < words.end && self.phrases.is_listed(next, Classes::PREPOSITION, "by");
        noun && self.is_finite(at) && !self.has_auxiliary(group.start..at) && !self.follows_to(group, words)
    }

    /// "to say".
    fn follows_to(&self, group: &Range<u32>, words: &Range<u32>) -> bool {
        word_before(group, words).is_some_and(|p| self.parsed.is(p, Classes::TO)) && !self.phrases.parted(group.start)
    }

    fn has_auxiliary(&self, mut words: Range<u32>) -> bool {
        words.any(|i| self.parsed.is(i, Classes::AUXILIARY))
    }

    /// Whether a word that follows no auxiliary and is no noun is a finite verb here.
    fn is_verb(&self, at: u32, previous: Option<u32>, cue: Cue, words: &Range<u32>) -> bool {
        let next = cue.end;
        let opens = || {
            next < words.end
                && (self.phrases.is_listed(next, Classes::COMPLEMENTIZER, "that")
                    || self.phrases.outside.opening_at(next).is_some())
        };
        // "Some say so": a quantity that stands for people.
        let some = |p: u32| self.parsed.classes[p as usize].all(Classes::SUBJECT | Classes::DETERMINER);
        let people =
            || previous.is_some_and(some) && self.parsed.is(at, Classes::VERB) && !self.parsed.is(next, Classes::PREPOSITION);
        self.is_said(at) || people() || previous.is_some_and(|p| opens() || self.is_plural_verb(at, p)) || self.in_verb(at)
    }

    /// "say" after a plural noun.
    fn is_plural_verb(&self, at: u32, previous: u32) -> bool {
        let nominal = !self.parsed.is(previous, Classes::FUNCTION | Classes::ADVERB | Classes::MAIN_VERB);
        let plural = self.parsed.document.stem(previous).ends_with('s') || self.phrases.is_word(previous, "people");
        self.parsed.is(at, Classes::VERB) && self.parsed.is(at, Classes::BASE) && nominal && plural
    }

    /// "said", "says", "told": never anything but a verb.
    fn is_said(&self, at: u32) -> bool {
        self.parsed.is(at, Classes::VERB) && self.parsed.is(at, Classes::PAST | Classes::THIRD)
    }

    /// The agent of a passive: "was criticized by X for …" has what is said before it; only "was quoted as saying" has its subject speak.
    fn agent(&self, cue: Cue, words: &Range<u32>) -> Option<Source> {
        let near = if self.phrases.outside.opening_at(cue.end).is_some() { 12 } else { 0 };
        let by = (cue.end..=cue.end + near)
            .find(|i| self.phrases.is_listed(*i, Classes::PREPOSITION, "by") && self.phrases.outside.holds(*i))?;
        if by + 1 >= words.end {
            return None;
        }
        self.phrases.after(by + 1, words.end).map(Source::Phrase)
    }

    /// The speaker of a participle, an infinitive or a coordinate verb without a subject of its own.
    fn governing(&self, group: &Range<u32>, words: &Range<u32>, cue: Cue) -> Option<Source> {
        let last = self.out.last().filter(|r| r.limit > group.start || r.limit == words.end);
        if last.is_some() {
            return Some(Source::Same(self.out.len() - 1));
        }
        let at = self.clauses().iter().position(|c| c.words.contains(&group.start))?;
        let before = |c: &Clause| c.subject.clone().filter(|s| s.end <= group.start);
        let own = before(&self.clauses()[at])
            .or_else(|| self.clauses()[..at].iter().rev().filter(|c| c.verb.is_some()).find_map(before));
        let subject = own.or_else(|| self.subject_past_comma(group.start))?;
        let subject = self.phrases.before(subject.end, subject.start, None).unwrap_or(subject);
        // "It would be wrong to say that …".
        if group.start > 0 && self.parsed.is(group.start - 1, Classes::TO) && self.parsed.is(subject.end - 1, Classes::IT) {
            return None;
        }
        let speaks = self.is_plain(cue) || self.can_speak(&self.phrases.head(subject.clone()));
        speaks.then_some(Source::Phrase(subject))
    }

    /// The subject of the clause after a fronted one: "Calling it a crime, the minister left".
    pub(super) fn subject_past_comma(&self, from: u32) -> Option<Range<u32>> {
        let after = |c: &&Clause| c.words.end > from && !matches!(c.link, Link::Relative | Link::Complement);
        let subject = |c: &Clause| c.subject.clone().filter(|s| s.start > from && self.parsed.has_comma(s.start));
        self.clauses().iter().filter(after).find_map(subject)
    }
}
