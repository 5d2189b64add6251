//! Speech under a label, without quotation marks: "Minister: corridor is a bridge", and the turns of a transcript.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::names::Cast;
use super::{Outside, Quote, QuoteKind};
use crate::grammar::{Classes, Parsed};
use crate::span::Span;

/// Words of a label at most.
const LONGEST: u32 = 6;

/// A paragraph that begins with a label.
struct Labelled {
    label: Range<u32>,
    /// The words after the colon, to the end of the paragraph.
    words: Range<u32>,
    /// The paragraph, counted from 0.
    paragraph: usize,
}

/// What is said under labels that name a person or an office; in a transcript, where two names or more take turns, under any name, and up to the next label.
pub(super) fn turns(parsed: Parsed<'_, '_>, outside: &Outside<'_>, cast: &mut Cast<'_, '_>) -> Vec<Quote> {
    let paragraphs = paragraphs(parsed);
    let labelled: Vec<Labelled> =
        paragraphs.iter().enumerate().filter_map(|(i, words)| labelled(parsed, outside, words, i)).collect();
    let name = |l: &Labelled| parsed.document.span(l.label.clone()).of(parsed.document.text);
    let mut turns: FxHashMap<&str, usize> = FxHashMap::default();
    for l in labelled.iter().filter(|l| is_name(parsed, &l.label)) {
        *turns.entry(name(l)).or_default() += 1;
    }
    let transcript = turns.len() > 1 && turns.values().any(|n| *n > 1);
    let mut out = Vec::new();
    for (i, l) in labelled.iter().enumerate() {
        if !(transcript && is_name(parsed, &l.label) || cast.can_be_label(&l.label)) {
            continue;
        }
        let Some(known) = cast.resolve(l.label.clone(), l.words.start) else { continue };
        let next = labelled.get(i + 1).map_or(paragraphs.len(), |next| next.paragraph);
        let end = if transcript { paragraphs[next - 1].end } else { l.words.end };
        let last = parsed.document.words[end as usize - 1].end;
        let span = Span { start: parsed.document.words[l.words.start as usize].start, end: last };
        out.push(Quote { span, kind: QuoteKind::Indirect, speaker: Some(known.speaker), cue: None, aside: None });
    }
    out
}

/// The words of each paragraph.
fn paragraphs(parsed: Parsed<'_, '_>) -> Vec<Range<u32>> {
    let document = parsed.document;
    let mut out: Vec<Range<u32>> = Vec::new();
    for sentence in 0..document.sentences().len() {
        let words = document.words_of(sentence);
        match out.last_mut().filter(|_| !words.is_empty() && !parsed.has_mark(words.start, &['\n'])) {
            Some(last) => last.end = words.end,
            None if words.is_empty() => {}
            None => out.push(words),
        }
    }
    out
}

fn labelled(parsed: Parsed<'_, '_>, outside: &Outside<'_>, words: &Range<u32>, paragraph: usize) -> Option<Labelled> {
    let document = parsed.document;
    let colon = (words.start + 1..words.end.min(words.start + LONGEST + 1)).find(|i| parsed.has_mark(*i, &[':']))?;
    let label = words.start..colon;
    let joined = |i: u32| document.before(i).chars().all(|c| matches!(c, ' ' | '\u{a0}' | '.' | '-'));
    let free = outside.holds(words.start) && outside.opening_at(colon).is_none();
    let verb = Classes::AUXILIARY | Classes::VERB;
    let plain =
        label.clone().skip(1).all(joined) && !label.clone().any(|i| parsed.is(i, verb) && !parsed.is(i, Classes::CAPITAL));
    let opens = document.before(colon).starts_with(':') && document.before(colon).ends_with(char::is_whitespace);
    (free && plain && opens && words.end - colon > 1).then_some(Labelled { label, words: colon..words.end, paragraph })
}

/// Whether the words are written as a name in a transcript is: "KERN", "Anna Kern".
fn is_name(parsed: Parsed<'_, '_>, label: &Range<u32>) -> bool {
    let word = |i: u32| parsed.document.word(i);
    let large = |i: u32| word(i).chars().count() > 1 && !word(i).chars().any(char::is_lowercase);
    match label.len() {
        1 => large(label.start),
        n => n < 4 && label.clone().all(|i| parsed.is(i, Classes::CAPITAL)),
    }
}
