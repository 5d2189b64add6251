//! What stands around hits, and sentences.

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{Int64Builder, StringBuilder};

use super::{KWIC, Places, SENTENCES, Table, batch};
use crate::analyzer::{Analyzer, Run};
use crate::error::{Error, Result};
use crate::matcher::Match;
use crate::segment::Word;
use crate::span::{CodePoints, Span};

/// Hits with `window` words on either side, as they stand in the text.
///
/// # Errors
/// When a document is too long.
pub fn kwic(analyzer: &Analyzer, texts: &[Option<&str>], window: usize, frame: Option<&str>, run: &Run) -> Result<Table> {
    let frame = match frame {
        None => None,
        Some(name) => Some(
            analyzer
                .frames()
                .iter()
                .position(|f| f == name)
                .ok_or_else(|| Error::unknown_frame(name, analyzer.frames().iter().map(String::as_str)))?,
        ),
    };
    let parts = analyzer.each(texts, run, |scratch, range| {
        let mut place = Places::default();
        let mut texts_around: [StringBuilder; 4] = Default::default();
        for doc in range {
            let Some(text) = texts[doc] else { continue };
            analyzer.find(text, scratch);
            let mut points = CodePoints::new(text);
            for m in scratch.matches().iter().filter(|m| frame.is_none_or(|f| f == m.frame.0 as usize)) {
                place.push(doc as i64, text, m.span, &mut points);
                let (before, after) = around(text, scratch.words(), m, window);
                let [b, a, f, e] = &mut texts_around;
                b.append_value(before);
                a.append_value(after);
                f.append_value(&analyzer.frames()[m.frame.0 as usize]);
                e.append_value(&analyzer.entry(m.entry).written);
            }
        }
        let mut columns = place.finish();
        let [b, a, f, e] = texts_around.map(|mut t| Arc::new(t.finish()) as ArrayRef);
        columns.insert(3, b);
        columns.extend([a, f, e]);
        batch(&KWIC, columns)
    })?;
    Ok(Table::new(KWIC.clone(), parts.into_iter().collect::<Result<_>>()?))
}

/// What stands around a match: `window` words on either side, and the border of the text where it is nearer.
fn around<'t>(text: &'t str, words: &[Word], m: &Match, window: usize) -> (&'t str, &'t str) {
    let (first, beyond) = (m.first_word as usize, (m.first_word + m.words) as usize);
    let from = first.checked_sub(window).and_then(|i| words.get(i)).map_or(0, |w| w.start).min(m.span.start);
    let to = (beyond + window).checked_sub(1).and_then(|i| words.get(i)).map_or(text.len() as u32, |w| w.end).max(m.span.end);
    (Span { start: from, end: m.span.start }.of(text), Span { start: m.span.end, end: to }.of(text))
}

/// Every sentence.
///
/// # Errors
/// When a document is too long.
pub fn sentences(analyzer: &Analyzer, texts: &[Option<&str>], run: &Run) -> Result<Table> {
    let parts = analyzer.each(texts, run, |_, range| {
        let mut place = Places::default();
        let mut number = Int64Builder::new();
        for doc in range {
            let Some(text) = texts[doc] else { continue };
            let mut points = CodePoints::new(text);
            for (i, sentence) in analyzer.sentences(text).into_iter().enumerate() {
                place.push(doc as i64, text, sentence, &mut points);
                number.append_value(i as i64);
            }
        }
        let mut columns = place.finish();
        columns.insert(1, Arc::new(number.finish()));
        batch(&SENTENCES, columns)
    })?;
    Ok(Table::new(SENTENCES.clone(), parts.into_iter().collect::<Result<_>>()?))
}
