//! Reports without a verb: "according to", "in his view", "her claim that".

use std::ops::Range;

use super::lists::{Cue, Kinds};
use super::reports::{Finder, Report, Source};
use crate::grammar::Classes;
use crate::span::Span;

impl Finder<'_, '_> {
    pub(super) fn according(&self, cue: Cue, words: &Range<u32>) -> Option<Report> {
        let subject = self.phrases.after(cue.end, words.end)?;
        let first = cue.first <= words.start + 1;
        let end = (subject.end..words.end.min(subject.end + 50)).find(|i| self.parsed.has_comma(*i));
        let border = |i: &u32| self.parsed.has_mark(*i, &[';', ':', '—']) && self.phrases.outside.holds(*i);
        let start = (words.start + 1..cue.first).rev().find(border).unwrap_or(words.start);
        let verb =
            |from: u32, to: u32| self.clauses().iter().any(|c| c.verb.as_ref().is_some_and(|v| from <= v.start && v.start < to));
        let content = match end {
            _ if first => end?..words.end,
            Some(end) if !verb(start, cue.first) && verb(end, words.end) => start..words.end,
            _ => start..cue.first,
        };
        if content.is_empty() {
            return None;
        }
        let quote_before = self.phrases.outside.closing_before(cue.first);
        let first_person = self.phrases.is_first_person(&subject);
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
    pub(super) fn opens_opinion(&self, cue: Cue, words: &Range<u32>) -> bool {
        let after = cue.end < words.end && self.parsed.has_mark(cue.end, &[',', ':']);
        let owner = cue.first > words.start && self.parsed.is(cue.first - 1, Classes::POSSESSIVE | Classes::GENITIVE);
        let start = (words.start..cue.first).rev().take(6).find(|i| self.phrases.is_listed(*i, Classes::PREPOSITION, "in"));
        owner && start.is_some() && (after || cue.end == words.end || self.phrases.outside.opening_at(cue.end).is_some())
    }

    pub(super) fn opinion(&self, cue: Cue, words: &Range<u32>) -> Option<Report> {
        let start = (words.start..cue.first).rev().find(|i| self.phrases.is_listed(*i, Classes::PREPOSITION, "in"))?;
        let content =
            if start > words.start + 1 && cue.end == words.end { words.start..start } else { cue.end..self.view_end(words) };
        let source = Source::Phrase(start + 1..cue.first);
        let first_person = self.phrases.is_first_person(&(start + 1..cue.first));
        Some(Report { cue: start..cue.end, source, content: Some(content), quote_before: None, limit: words.end, first_person })
    }

    /// Where a view ends that opens a sentence: it goes on in the sentences after, to the end of the next paragraph, up to one with a cue or a quotation.
    fn view_end(&self, words: &Range<u32>) -> u32 {
        let document = self.parsed.document;
        let sentence = document.sentence(words.end - 1);
        let mut end = words.end;
        let mut breaks = 0;
        for next in sentence + 1..document.sentences().len() {
            let words = document.words_of(next);
            let gap = Span { start: document.sentences()[next - 1].end, end: document.sentences()[next].start };
            breaks += u32::from(gap.of(document.text).contains('\n'));
            let at = self.cues.partition_point(|c| c.first < words.start);
            let speech = Kinds::SAY.or(Kinds::TELL).or(Kinds::ACCORDING);
            let spoken = self.cues[at..].iter().take_while(|c| c.first < words.end).any(|c| c.kinds.any(speech));
            let quoted = words.clone().any(|i| !self.phrases.outside.holds(i));
            if breaks > 1 || spoken || quoted || words.is_empty() {
                break;
            }
            end = words.end;
        }
        end
    }

    /// Whether a noun reports: "his claim that", "Baku's refusal to".
    pub(super) fn is_claim(&self, cue: Cue) -> bool {
        let owner = cue.first.checked_sub(1).is_some_and(|p| self.parsed.is(p, Classes::POSSESSIVE | Classes::GENITIVE));
        owner && (self.phrases.is_listed(cue.end, Classes::COMPLEMENTIZER, "that") || self.parsed.is(cue.end, Classes::TO))
    }

    pub(super) fn claim(&self, cue: Cue, words: &Range<u32>) -> Option<Report> {
        let owner = cue.first - 1;
        let phrase = self.phrases.before(cue.first, words.start, Some(self.sentence))?;
        let start = if self.parsed.is(owner, Classes::POSSESSIVE) { owner } else { phrase.start };
        let end = (cue.end + 1..words.end).find(|i| self.parsed.has_mark(*i, &[',', ';', '—'])).unwrap_or(words.end);
        let source = self.owner(owner, words).unwrap_or(start..cue.first);
        let first_person = self.phrases.is_first_person(&(owner..cue.first)) || self.phrases.is_first_person(&source);
        Some(Report {
            cue: cue.first..cue.end,
            source: Source::Phrase(source),
            content: Some(cue.end..end),
            quote_before: None,
            limit: words.end,
            first_person,
        })
    }

    /// The subject that "its" or "their" stands for: "Kenya repeats its call to …".
    fn owner(&self, possessive: u32, words: &Range<u32>) -> Option<Range<u32>> {
        if !self.phrases.is_among(possessive, &["its", "their"]) {
            return None;
        }
        let before = |s: &Range<u32>| words.start <= s.start && s.end <= possessive;
        let subject = self.clauses().iter().rev().filter_map(|c| c.subject.clone()).find(before)?;
        let head = self.phrases.head(subject.clone());
        (self.parsed.is(head.end - 1, Classes::CAPITAL) || self.can_speak(&head)).then_some(subject)
    }
}
