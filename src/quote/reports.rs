//! Reports: cues with their speaker, and the words they report.

use std::ops::Range;

use super::Outside;
use super::lists::{Cue, Kinds, Lists};
use super::phrases::Phrases;
use crate::grammar::{Classes, Clause, Parsed};

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
pub(super) fn reports<'d>(parsed: Parsed<'d, '_>, lists: &'d Lists, outside: &'d Outside<'d>, cues: &[Cue]) -> Vec<Report> {
    let phrases = Phrases { parsed, lists, outside };
    let mut finder = Finder { phrases, parsed, sentence: usize::MAX, clauses: Vec::new(), out: Vec::new() };
    for (i, cue) in cues.iter().enumerate() {
        if outside.holds(cue.first) {
            finder.look(*cue, &cues[i + 1..]);
        }
    }
    finder.out
}

struct Finder<'d, 't> {
    phrases: Phrases<'d, 't>,
    parsed: Parsed<'d, 't>,
    sentence: usize,
    clauses: Vec<Clause>,
    out: Vec<Report>,
}

impl Finder<'_, '_> {
    fn look(&mut self, cue: Cue, later: &[Cue]) {
        let sentence = self.parsed.document.sentence(cue.first);
        if sentence != self.sentence {
            self.sentence = sentence;
            self.clauses = self.parsed.clauses(sentence);
        }
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
        self.out.extend(report.map(|mut r| {
            if let Source::Phrase(phrase) = &mut r.source {
                *phrase = self.phrases.head(phrase.clone());
            }
            r
        }));
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
        let quote_before = self.quote_before(&group, words.start);
        let inverted = self.phrases.outside.closing_before(start).is_some() || self.is_fronted(start, words);
        let subject = if inverted { self.phrases.after(cue.end, words.end) } else { None };
        if let Some(subject) = subject.filter(|_| cue.kinds.any(Kinds::SAY) && self.is_finite(cue.first)) {
            return Some(self.inverted(group, subject, quote_before, words));
        }
        let source = self.source(&group, words, cue)?;
        let limit = words.end;
        let content = self.complement(cue, words, later);
        let content = content.or_else(|| self.clause_before(&group, &source, cue, words));
        let first_person = matches!(&source, Source::Phrase(p) if self.parsed.is(p.start, Classes::FIRST));
        (content.is_some() || quote_before.is_some()).then_some(Report {
            cue: group,
            source,
            content,
            quote_before,
            limit,
            first_person,
        })
    }

    /// Whether a verb opens after a comma and a clause: "The talks failed, said the minister".
    fn is_fronted(&self, start: u32, words: &Range<u32>) -> bool {
        start > words.start + 2
            && self.parsed.document.before(start).starts_with([',', '?', '!'])
            && self.clauses.iter().any(|c| c.words.start < start && c.verb.as_ref().is_some_and(|v| v.end < start))
            && !self.parsed.is(start, Classes::ING)
    }

    fn inverted(&self, cue: Range<u32>, subject: Range<u32>, quote_before: Option<usize>, words: &Range<u32>) -> Report {
        let content = if quote_before.is_none() { Some(words.start..cue.start) } else { self.quote_after(subject.end, words) };
        let first_person = self.parsed.is(subject.start, Classes::FIRST);
        Report { cue, source: Source::Phrase(subject), content, quote_before, limit: words.end, first_person }
    }

    /// A quotation that goes on after the speaker: “…,” said X, “…”.
    fn quote_after(&self, from: u32, words: &Range<u32>) -> Option<Range<u32>> {
        let q = (from..words.end.min(from + 40)).find_map(|i| self.phrases.outside.opening_at(i))?;
        let range = self.phrases.outside.words[q].clone();
        let comma = self.parsed.document.before(range.start).contains([',', ':']);
        comma.then_some(range)
    }

    /// The quotation that the subject of a cue, or the cue itself, follows at once.
    fn quote_before(&self, group: &Range<u32>, start: u32) -> Option<usize> {
        let mut i = group.start;
        let mut names = 0;
        while i + 30 > group.start && i > 0 {
            if let Some(q) = self.phrases.outside.closing_before(i) {
                let inner = self.phrases.outside.marked[q].inner.of(self.parsed.document.text);
                let between = self.parsed.document.before(i);
                let ended = inner.ends_with([',', '?', '!', '…', '-', '—', '.']) || between.contains([',', '?', '!', '—', '-']);
                return (ended && !between.contains(['.', ';', ':', '\n'])).then_some(q);
            }
            if i <= start {
                return None;
            }
            i -= 1;
            let verb = self.clauses.iter().any(|c| c.verb.as_ref().is_some_and(|v| v.contains(&i)));
            names += u32::from(self.parsed.document.before(i).contains(','));
            if verb && names == 0 || self.parsed.document.before(i).contains([';', ':']) {
                return None;
            }
        }
        None
    }

    fn is_finite(&self, word: u32) -> bool {
        !self.parsed.is(word, Classes::ING) && !self.phrases.parsed.document.word(word).ends_with("ing")
    }

    /// Who says it, if the cue is a verb at all.
    fn source(&self, group: &Range<u32>, words: &Range<u32>, cue: Cue) -> Option<Source> {
        let at = cue.first;
        let previous = group.start.checked_sub(1).filter(|p| *p + 1 > words.start);
        let auxiliary = group.start < at && (group.start..at).any(|i| self.parsed.is(i, Classes::AUXILIARY));
        let be = (group.start..at)
            .rev()
            .find(|i| self.parsed.is(*i, Classes::AUXILIARY))
            .is_some_and(|i| self.parsed.is(i, Classes::BE));
        let ing = !self.is_finite(at);
        if be && !ing && self.parsed.is(at, Classes::PAST) && cue.end - cue.first == 1 {
            return self.agent(cue, words);
        }
        if previous.is_some_and(|p| self.parsed.is(p, Classes::TO)) && !self.phrases.parted(group.start) || ing && !auxiliary {
            return self.governing(group, words);
        }
        if !auxiliary && !self.is_verb(at, previous, cue, words) {
            return None;
        }
        match self.phrases.before(group.start, words.start, &self.clauses) {
            Some(p) if self.is_speaker(&p, cue) => Some(Source::Phrase(p)),
            Some(_) => None,
            None => self.governing(group, words),
        }
    }

    /// Whether a word that follows no auxiliary is a finite verb here.
    fn is_verb(&self, at: u32, previous: Option<u32>, cue: Cue, words: &Range<u32>) -> bool {
        let next = cue.end;
        let opens = next < words.end && (self.phrases.is_word(next, "that") || self.phrases.outside.opening_at(next).is_some());
        let noun_before = previous.is_some_and(|p| {
            !self.phrases.parted(at)
                && self.parsed.is(p, Classes::DETERMINER | Classes::POSSESSIVE | Classes::PREPOSITION | Classes::GENITIVE)
                && !self.parsed.is(p, Classes::SUBJECT)
        });
        let grammar = self.clauses.iter().any(|c| c.verb.as_ref().is_some_and(|v| v.contains(&at)));
        let by = self.phrases.is_word(next, "by") && next < words.end;
        !noun_before && !by && (grammar || opens && previous.is_some() || self.is_said(at))
    }

    /// "said", "says", "told": never anything but a verb.
    fn is_said(&self, at: u32) -> bool {
        self.parsed.is(at, Classes::VERB) && self.parsed.is(at, Classes::PAST | Classes::THIRD)
    }

    /// The agent of a passive: "was criticized by X for …" has what is said before it; only "was quoted as saying" has its subject speak.
    fn agent(&self, cue: Cue, words: &Range<u32>) -> Option<Source> {
        if !(self.phrases.is_word(cue.end, "by") && cue.end + 1 < words.end) {
            return None;
        }
        self.phrases.after(cue.end + 1, words.end).map(Source::Phrase)
    }

    /// The speaker of a participle, an infinitive or a coordinate verb without a subject of its own.
    fn governing(&self, group: &Range<u32>, words: &Range<u32>) -> Option<Source> {
        let last = self.out.last().filter(|r| r.limit > group.start || r.limit == words.end);
        if last.is_some() {
            return Some(Source::Same(self.out.len() - 1));
        }
        let at = self.clauses.iter().position(|c| c.words.contains(&group.start))?;
        let own = self.clauses[at].subject.clone().filter(|s| s.end <= group.start);
        let next = || self.clauses[at + 1..].iter().find_map(|c| c.subject.clone().filter(|s| s.start > group.start));
        let subject = own.or_else(next)?;
        let subject = self.phrases.before(subject.end, subject.start, &[]).unwrap_or(subject);
        Some(Source::Phrase(subject))
    }

    /// Whether a noun phrase can speak: what shows and finds is a poll or a report.
    fn is_speaker(&self, phrase: &Range<u32>, cue: Cue) -> bool {
        let head = self.phrases.head(phrase.clone());
        let last = head.end.saturating_sub(1);
        let sources = || head.clone().any(|i| self.phrases.kinds(i).any(Kinds::SOURCE));
        if self.parsed.is(last, Classes::IT)
            || self.phrases.is_word(last, "this")
            || self.phrases.is_word(last, "there")
            || self.phrases.is_word(last, "which")
        {
            return self.phrases.is_word(cue.end, "that") && !cue.kinds.any(Kinds::EVIDENCE) && self.parsed.is(last, Classes::IT);
        }
        if self.parsed.is(last, Classes::NUMBER) {
            return false;
        }
        !cue.kinds.any(Kinds::EVIDENCE)
            || sources()
            || self.phrases.kinds(last).any(Kinds::ROLE)
            || self.parsed.is(last, Classes::HE | Classes::SHE | Classes::THEY)
            || self.parsed.is(last, Classes::CAPITAL)
    }

    /// What follows the cue and is what was said.
    fn complement(&self, cue: Cue, words: &Range<u32>, later: &[Cue]) -> Option<Range<u32>> {
        let from = cue.end;
        if from >= words.end {
            return None;
        }
        let start = self.complement_start(cue, from, words)?;
        let end = self.complement_end(start, words, later);
        (start < end).then_some(start..end)
    }

    fn complement_start(&self, cue: Cue, from: u32, words: &Range<u32>) -> Option<u32> {
        let document = self.parsed.document;
        if self.phrases.outside.opening_at(from).is_some() || self.phrases.is_word(from, "that") {
            return Some(from);
        }
        let colon = (from..words.end.min(from + 16)).find(|i| document.before(*i).contains(':'));
        if let Some(colon) = colon {
            return Some(colon);
        }
        if self.parsed.document.before(from).contains([',', ';', '.', '—', ')']) {
            let q = (from..words.end.min(from + 14)).find(|i| self.phrases.outside.opening_at(*i).is_some());
            return q.filter(|q| document.before(*q).contains([',', ':']));
        }
        let kinds = cue.kinds;
        if kinds.any(Kinds::INFINITIVE) && self.parsed.is(from, Classes::TO) {
            return Some(from);
        }
        if kinds.any(Kinds::WHETHER) && self.parsed.is(from, Classes::COMPLEMENTIZER | Classes::RELATIVE | Classes::SUBORDINATOR)
        {
            return Some(from);
        }
        let hearer = kinds.any(Kinds::TELL.or(Kinds::URGE));
        let clause = kinds.any(Kinds::SAY.or(Kinds::THINK).or(Kinds::EVIDENCE).or(Kinds::TELL));
        if let Some(start) = clause.then(|| self.clause_start(from, words, hearer)).flatten() {
            return Some(start);
        }
        if kinds.any(Kinds::URGE) {
            let to = (from..words.end.min(from + 12))
                .take_while(|i| *i == from || !self.phrases.parted(*i))
                .find(|i| self.parsed.is(*i, Classes::TO));
            if to.is_some() {
                return Some(from);
            }
        }
        let nominal = !self
            .parsed
            .is(from, Classes::AUXILIARY | Classes::COORDINATOR | Classes::TO | Classes::SUBORDINATOR | Classes::PREPOSITION);
        (kinds.any(Kinds::OBJECT) && nominal).then_some(from)
    }

    /// Where a clause begins that is said, over the hearer and the time.
    fn clause_start(&self, from: u32, words: &Range<u32>, hearer: bool) -> Option<u32> {
        let mut i = from;
        let verb_after = |i: u32| self.clauses.iter().any(|c| c.verb.as_ref().is_some_and(|v| v.start > i && v.start < i + 25));
        if hearer {
            let that = (i..words.end.min(i + 14))
                .find(|j| self.phrases.is_word(*j, "that") || self.phrases.outside.opening_at(*j).is_some());
            if that.is_some() {
                return that;
            }
            if self.parsed.is(i, Classes::PRONOUN) {
                i += 1;
            } else {
                let capital = self.parsed.is(i, Classes::CAPITAL);
                i += 1;
                while i < words.end
                    && !self.phrases.parted(i)
                    && self.parsed.is(i, Classes::CAPITAL) == capital
                    && !self.parsed.is(i, Classes::SUBJECT | Classes::DETERMINER | Classes::POSSESSIVE)
                {
                    i += 1;
                }
            }
            let subject = i < words.end
                && self.parsed.is(i, Classes::SUBJECT | Classes::DETERMINER | Classes::CAPITAL | Classes::POSSESSIVE);
            return (subject && verb_after(i)).then_some(i);
        }
        while i < words.end && self.phrases.kinds(i).any(Kinds::TIME) && !self.phrases.parted(i + 1) {
            i += 1;
        }
        let that = (i..words.end.min(i + 10))
            .take_while(|j| *j == from || !self.parsed.document.before(*j).contains(','))
            .find(|j| self.phrases.is_word(*j, "that") && !self.parsed.is(j.saturating_sub(1), Classes::PREPOSITION));
        let preposition = self.parsed.is(i, Classes::PREPOSITION) && !self.parsed.is(i, Classes::SUBORDINATOR);
        if preposition {
            let quote = (i..words.end.min(i + 14)).find(|j| self.phrases.outside.opening_at(*j).is_some());
            return that.or(quote);
        }
        let clause =
            i < words.end && !self.parsed.is(i, Classes::COORDINATOR | Classes::AUXILIARY | Classes::TO) && verb_after(i);
        (clause && i < words.end && !self.parsed.document.before(i).contains(',')).then_some(i)
    }

    /// Where what is said ends: at the next report of the same sentence, a semicolon, or the end of the sentence.
    fn complement_end(&self, start: u32, words: &Range<u32>, later: &[Cue]) -> u32 {
        let document = self.parsed.document;
        let mut end = words.end;
        for cue in later.iter().take_while(|c| c.first < words.end) {
            if cue.first <= start || !self.phrases.outside.holds(cue.first) || !cue.kinds.any(Kinds::VERB.or(Kinds::ACCORDING)) {
                continue;
            }
            let group = self.phrases.group_start(cue.first, start);
            let comma =
                document.before(group).contains(',') || group > start && self.phrases.outside.closing_before(group).is_some();
            let participle =
                !self.is_finite(cue.first) && (comma || group > start && self.parsed.is(group - 1, Classes::SUBORDINATOR));
            let coordinate = group > start + 1
                && self.parsed.is(group - 1, Classes::COORDINATOR)
                && self.is_finite(cue.first)
                && cue.kinds.any(Kinds::SAY);
            let according = cue.kinds.any(Kinds::ACCORDING) && comma;
            if participle || according {
                end = end.min(if !comma && group > start { group - 1 } else { group });
                break;
            }
            if coordinate {
                end = end.min(group - 1);
                break;
            }
        }
        let semicolon = (start + 1..end)
            .find(|i| document.before(*i).contains(';') && self.phrases.outside.holds(*i) && self.phrases.outside.holds(*i - 1));
        semicolon.unwrap_or(end)
    }

    /// The clause before a cue that ends its sentence: "The talks failed, officials said on Monday."
    fn clause_before(&self, group: &Range<u32>, source: &Source, cue: Cue, words: &Range<u32>) -> Option<Range<u32>> {
        let Source::Phrase(subject) = source else { return None };
        if !cue.kinds.any(Kinds::SAY.or(Kinds::TELL).or(Kinds::THINK))
            || subject.start <= words.start
            || subject.start >= group.start
        {
            return None;
        }
        let comma = self.parsed.document.before(subject.start).contains([',', '—']);
        let end = subject.start;
        if !comma || self.phrases.outside.closing_before(end).is_some() {
            return None;
        }
        let as_clause = self.parsed.is(subject.start, Classes::SUBORDINATOR);
        let verb = self.clauses.iter().any(|c| c.verb.as_ref().is_some_and(|v| v.end <= end));
        if as_clause || !verb {
            return None;
        }
        // "The deal, officials said, was dead": what is said stands on both sides.
        let goes_on = cue.end < words.end && self.parsed.document.before(cue.end).contains(',');
        Some(words.start..if goes_on { words.end } else { end })
    }

    fn according(&self, cue: Cue, words: &Range<u32>) -> Option<Report> {
        let subject = self.phrases.after(cue.end, words.end)?;
        let first = cue.first <= words.start + 1;
        let end = (subject.end..words.end.min(subject.end + 25)).find(|i| self.parsed.document.before(*i).contains(','));
        let content = if first {
            end?..words.end
        } else {
            let start =
                (words.start..cue.first).rev().find(|i| self.parsed.document.before(*i).contains(';')).unwrap_or(words.start);
            start..cue.first
        };
        let quote_before = self.phrases.outside.closing_before(cue.first);
        let first_person = self.parsed.is(subject.start, Classes::FIRST);
        Some(Report {
            cue: cue.first..cue.end,
            source: Source::Phrase(subject),
            content: Some(content),
            quote_before,
            limit: words.end,
            first_person,
        })
    }

    /// "In his view", "in Baku's words".
    fn opens_opinion(&self, cue: Cue, words: &Range<u32>) -> bool {
        let after = cue.end < words.end && self.parsed.document.before(cue.end).contains([',', ':']);
        let owner = cue.first > words.start && self.parsed.is(cue.first - 1, Classes::POSSESSIVE | Classes::GENITIVE);
        let start = (words.start..cue.first).rev().take(6).find(|i| self.phrases.is_word(*i, "in"));
        owner && start.is_some() && (after || cue.end == words.end || self.phrases.outside.opening_at(cue.end).is_some())
    }

    fn opinion(&self, cue: Cue, words: &Range<u32>) -> Option<Report> {
        let start = (words.start..cue.first).rev().find(|i| self.phrases.is_word(*i, "in"))?;
        let content = if start > words.start + 1 && cue.end == words.end { words.start..start } else { cue.end..words.end };
        let source = Source::Phrase(start + 1..cue.first);
        let first_person = self.phrases.is_word(start + 1, "my") || self.phrases.is_word(start + 1, "our");
        Some(Report { cue: start..cue.end, source, content: Some(content), quote_before: None, limit: words.end, first_person })
    }

    /// Whether a noun reports: "his claim that", "Baku's refusal to".
    fn is_claim(&self, cue: Cue) -> bool {
        let owner = cue.first.checked_sub(1).is_some_and(|p| self.parsed.is(p, Classes::POSSESSIVE | Classes::GENITIVE));
        owner && (self.phrases.is_word(cue.end, "that") || self.parsed.is(cue.end, Classes::TO))
    }

    fn claim(&self, cue: Cue, words: &Range<u32>) -> Option<Report> {
        let owner = cue.first - 1;
        let phrase = self.phrases.before(cue.first, words.start, &self.clauses)?;
        let start = if self.parsed.is(owner, Classes::POSSESSIVE) { owner } else { phrase.start };
        let end =
            (cue.end + 1..words.end).find(|i| self.parsed.document.before(*i).contains([',', ';', '—'])).unwrap_or(words.end);
        let first_person = self.phrases.is_word(owner, "my") || self.phrases.is_word(owner, "our");
        let source = Source::Phrase(start..cue.first);
        Some(Report {
            cue: cue.first..cue.end,
            source,
            content: Some(cue.end..end),
            quote_before: None,
            limit: words.end,
            first_person,
        })
    }
}
