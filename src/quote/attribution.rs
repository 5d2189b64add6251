//! Which words belong to which report, and who says them.

use std::ops::Range;

use super::labels::turns;
use super::names::{Cast, Known};
use super::reports::{Report, Source};
use super::{Outside, Quote, QuoteKind, Speaker};
use crate::grammar::{Classes, Parsed};
use crate::span::Span;

/// All speech of a document, by start, then the longer first; under `labels` too, if such may stand there.
pub(super) fn quotes(
    parsed: Parsed<'_, '_>,
    outside: &Outside<'_>,
    reports: &[Report],
    cast: Cast<'_, '_>,
    labels: bool,
) -> Vec<Quote> {
    let mut writer = Writer {
        parsed,
        outside,
        reports,
        cast,
        speakers: Vec::with_capacity(reports.len()),
        of_quote: vec![None; outside.marked.len()],
        out: Vec::with_capacity(reports.len()),
    };
    for i in 0..reports.len() {
        writer.report(i);
    }
    writer.direct();
    let mut out = writer.out;
    if labels {
        out.extend(turns(parsed, outside, &mut writer.cast));
    }
    drop_nested(&mut out);
    out.dedup_by(|a, b| a.span == b.span);
    out
}

/// Drops retold words inside retold words: the outermost report is the one that can be relied on.
fn drop_nested(out: &mut Vec<Quote>) {
    out.sort_by_key(|q| (q.span.start, u32::MAX - q.span.end));
    let mut reach = 0;
    out.retain(|q| {
        let keep = q.kind == QuoteKind::Direct || q.span.end > reach;
        if q.kind == QuoteKind::Indirect {
            reach = reach.max(q.span.end);
        }
        keep
    });
}

/// Quotations as they come, and the parts of one that its report cuts up.
#[derive(Default)]
struct Parts {
    out: Vec<Quote>,
    /// Index in `out` and marks of each part of the last quotation.
    open: Vec<(usize, Span)>,
}

impl Parts {
    fn add(&mut self, quote: Quote, outer: Span, joined: bool) {
        if !joined {
            self.close();
        }
        self.open.push((self.out.len(), outer));
        self.out.push(quote);
    }

    /// Where no part is most of the whole, the whole is a report of its own, with the author's words in its midst.
    fn close(&mut self) {
        let open = std::mem::take(&mut self.open);
        let [first, .., last] = open.as_slice() else { return };
        if self.out[first.0].cue.is_none() {
            return;
        }
        let span = Span { start: first.1.start, end: last.1.end };
        let longest = open.iter().map(|p| p.1.end - p.1.start).max().unwrap_or(0);
        if longest * 2 <= span.end - span.start {
            let aside = Some(Span { start: first.1.end, end: open[1].1.start });
            let whole = &self.out[first.0];
            let whole = Quote { span, kind: QuoteKind::Indirect, speaker: whole.speaker.clone(), cue: whole.cue, aside };
            self.out.push(whole);
        }
    }
}

struct Writer<'d, 't> {
    parsed: Parsed<'d, 't>,
    outside: &'d Outside<'d>,
    reports: &'d [Report],
    cast: Cast<'d, 't>,
    /// Of each report.
    speakers: Vec<Option<Known>>,
    /// The report of each quotation, and how close it is: the lower the closer.
    of_quote: Vec<Option<(u8, usize)>>,
    out: Vec<Quote>,
}

impl Writer<'_, '_> {
    fn report(&mut self, i: usize) {
        let report = &self.reports[i];
        let known = match &report.source {
            Source::Same(before) => {
                let known = self.speakers.get(*before).cloned().flatten();
                if let Some(known) = &known {
                    self.cast.again(known, report.cue.start);
                }
                known
            }
            Source::Phrase(phrase) if !report.first_person => self.cast.resolve(phrase.clone(), report.cue.start),
            Source::Phrase(_) => None,
        };
        self.speakers.push(known);
        if let Some(q) = report.quote_before {
            self.claim(q, 0, i);
        }
        let Some(content) = report.content.clone() else { return };
        let first = self.outside.words.partition_point(|w| w.end <= content.start);
        let inside: Vec<usize> =
            (first..self.outside.words.len()).take_while(|q| self.outside.words[*q].start < content.end).collect();
        for q in &inside {
            self.claim(*q, if self.outside.words[*q].start == content.start { 1 } else { 2 }, i);
        }
        if !report.first_person && self.is_retold(&content, &inside) {
            let span = self.content_span(&content);
            let speaker = self.speaker(i);
            let cue = Some(self.parsed.document.span(report.cue.clone()));
            let aside = self.aside(&content, &report.cue, i);
            self.out.push(Quote { span, kind: QuoteKind::Indirect, speaker, cue, aside });
        }
    }

    fn speaker(&self, report: usize) -> Option<Speaker> {
        self.speakers.get(report).and_then(|k| k.as_ref()).map(|k| k.speaker.clone())
    }

    fn claim(&mut self, quote: usize, rank: u8, report: usize) {
        if self.of_quote[quote].is_none_or(|(known, _)| rank < known) {
            self.of_quote[quote] = Some((rank, report));
        }
    }

    /// Whether enough of what is said stands outside quotation marks to be a row of its own.
    fn is_retold(&self, content: &Range<u32>, inside: &[usize]) -> bool {
        let quoted: u32 = inside
            .iter()
            .map(|q| self.outside.words[*q].end.min(content.end) - self.outside.words[*q].start.max(content.start))
            .sum();
        let bare = (content.end - content.start) - quoted;
        if inside.is_empty() { bare > 0 } else { bare > 2 }
    }

    /// From the first to the last word, with the quotation marks at either end.
    fn content_span(&self, content: &Range<u32>) -> Span {
        let mut span = self.parsed.document.span(content.clone());
        span.end = self.parsed.document.words[content.end as usize - 1].end;
        if let Some(q) = self.outside.opening_at(content.start) {
            span.start = self.outside.marked[q].outer.start;
        }
        if let Some(q) = self.outside.around(content.end - 1).filter(|q| self.outside.words[*q].end == content.end) {
            span.end = self.outside.marked[q].outer.end;
        }
        span
    }

    /// Quotations, each with its report or the speaker of the one before.
    fn direct(&mut self) {
        let mut last: Option<(usize, Option<Known>)> = None;
        let mut parts = Parts::default();
        for q in 0..self.outside.marked.len() {
            let marked = self.outside.marked[q];
            let report = self.of_quote[q].filter(|(rank, _)| *rank == 0 || !self.is_title(q));
            let row = if let Some((_, report)) = report {
                let cue = self.parsed.document.span(self.reports[report].cue.clone());
                Some((self.speakers[report].clone(), Some(cue)))
            } else if let Some(known) = self.labelled(q) {
                Some((Some(known), None))
            } else if self.goes_on(q, last.as_ref().map(|l| l.0)) {
                last.clone().map(|l| (l.1, None))
            } else if self.is_sentence(q, 3) {
                Some((self.nearby(q), None))
            } else {
                None
            };
            if let Some((known, cue)) = row {
                let speaker = known.as_ref().map(|k| k.speaker.clone());
                parts.add(
                    Quote { span: marked.inner, kind: QuoteKind::Direct, speaker, cue, aside: None },
                    marked.outer,
                    self.reaches(q, last.as_ref().map(|l| l.0)),
                );
                last = Some((q, known));
            }
        }
        parts.close();
        self.out.append(&mut parts.out);
    }

    /// The report in the midst of what it reports: "officials said" in "The deal, officials said, was dead".
    fn aside(&self, content: &Range<u32>, cue: &Range<u32>, report: usize) -> Option<Span> {
        if !(content.start < cue.start && cue.end < content.end) {
            return None;
        }
        let own = self.parsed.document.span(cue.clone());
        let speaker = self.speakers[report].as_ref().map_or(own, |k| k.speaker.span);
        Some(Span { start: own.start.min(speaker.start), end: own.end.max(speaker.end) })
    }

    /// Whether a quotation and the one before are parts of one: the same report in the same paragraph, or none of its own.
    fn reaches(&self, q: usize, last: Option<usize>) -> bool {
        let Some(last) = last.filter(|l| l + 1 == q) else { return false };
        let between = Span { start: self.outside.marked[last].outer.end, end: self.outside.marked[q].outer.start };
        let report = |q: usize| self.of_quote[q].map(|r| r.1);
        !self.text(between).contains('\n')
            && self.parsed.document.words_in(between).len() < 30
            && (report(q).is_none() || report(q) == report(last))
    }

    fn text(&self, span: Span) -> &str {
        span.of(self.parsed.document.text)
    }

    /// Whether a quotation is written as titles are: “The Long Road Home”.
    fn is_title(&self, q: usize) -> bool {
        let words = &self.outside.words[q];
        let inner = self.text(self.outside.marked[q].inner);
        let small =
            |i: u32| self.parsed.document.word(i).starts_with(char::is_lowercase) && self.parsed.document.word(i).len() > 4;
        words.len() > 1
            && words.len() < 12
            && !inner.ends_with(['!', '?'])
            && !words.clone().any(small)
            && words.clone().filter(|i| self.parsed.document.word(*i).starts_with(char::is_uppercase)).count() > 1
    }

    /// Whether a quotation has the form of a sentence: a capital, a stop, three words or more, and no title's capitals.
    fn is_sentence(&self, q: usize, least: usize) -> bool {
        let inner = self.text(self.outside.marked[q].inner);
        let words = &self.outside.words[q];
        let opens = inner.starts_with(|c: char| c.is_uppercase() || matches!(c, '[' | '…' | '.'));
        let after = self.parsed.document.text[self.outside.marked[q].outer.end as usize..].chars().next();
        let ends = inner.ends_with(['.', '!', '?', ',', '…']) || after.is_some_and(|c| matches!(c, '.' | '!' | '?'));
        let before = self.parsed.document.text[..self.outside.marked[q].outer.start as usize].trim_end_matches([' ', '\u{a0}']);
        let free = before.is_empty() || before.ends_with(['.', '!', '?', ':', '\n', '”', '"', '…', ',', '’', '\'']);
        let small = words
            .clone()
            .any(|i| self.parsed.document.word(i).starts_with(char::is_lowercase) && self.parsed.document.word(i).len() > 3);
        words.len() >= least && opens && ends && free && (small || least == 1)
    }

    /// Whether a quotation goes on with the speaker of the one before: in the same paragraph, or as the next paragraph.
    fn goes_on(&self, q: usize, last: Option<usize>) -> bool {
        let Some(last) = last.filter(|l| l + 1 == q && self.is_sentence(q, 1)) else { return false };
        let between =
            &self.parsed.document.text[self.outside.marked[last].outer.end as usize..self.outside.marked[q].outer.start as usize];
        let words = self
            .parsed
            .document
            .words_in(Span { start: self.outside.marked[last].outer.end, end: self.outside.marked[q].outer.start });
        let same_paragraph = !between.trim_matches(' ').contains('\n');
        same_paragraph && words.len() < 40 || between.trim().is_empty()
    }

    /// Who is named right before a quotation and a colon, or after it and a dash.
    fn labelled(&mut self, q: usize) -> Option<Known> {
        let (document, words) = (self.parsed.document, self.outside.words[q].clone());
        if words.len() < 3 || self.is_title(q) {
            return None;
        }
        let sentence = |i: u32| document.words_of(document.sentence(i));
        let before = words.start.checked_sub(1).filter(|_| document.before(words.start).contains(':'));
        let before = before.map(|i| sentence(i).start..words.start);
        let dash = |i: &u32| *i < document.words.len() as u32 && document.before(*i).contains(['–', '—', '―']);
        let after = Some(words.end).filter(dash).map(|i| i..sentence(i).end);
        let verb = Classes::AUXILIARY | Classes::VERB;
        let label = before.or(after).filter(|l| l.len() < 13 && !l.clone().any(|i| self.parsed.is(i, verb)))?;
        self.cast.labelled(label, words.start)
    }

    fn nearby(&mut self, q: usize) -> Option<Known> {
        let start = self.outside.words[q].start;
        let sentence = self.parsed.document.sentence(start);
        let from = self.parsed.document.words_of(sentence.saturating_sub(1)).start;
        self.cast.nearby(from..start)
    }
}
