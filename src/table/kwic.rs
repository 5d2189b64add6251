//! What stands around hits, and sentences.

use arrow_array::RecordBatch;
use arrow_array::builder::{Int64Builder, StringBuilder};

use super::{Build, KWIC, Places, SENTENCES, Table, alone, batch};
use crate::analyzer::Analyzer;
use crate::error::{Error, Result};
use crate::matcher::{Match, Scratch};
use crate::run::{Run, Texts, each};
use crate::segment::Word;
use crate::span::{CodePoints, Span};

/// Hits with `window` words on either side, as they stand in the text.
///
/// # Errors
/// When a document is too long, or no text.
pub fn kwic(analyzer: &Analyzer, documents: &dyn Texts, window: usize, frame: Option<&str>, run: &Run) -> Result<Table> {
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
    let parts = each(alone(documents)?, run, |(scratch, lines): &mut (Scratch, Lines), piece, ()| {
        documents.visit(piece, &mut |doc, text| {
            let Some(text) = text else { return Ok(()) };
            analyzer.find(text, scratch);
            let mut points = None;
            for m in scratch.matches().iter().filter(|m| frame.is_none_or(|f| f == m.frame.0 as usize)) {
                lines.place.push(doc as i64, text, m.span, points.get_or_insert_with(|| CodePoints::new(text)));
                let (before, after) = around(text, scratch.words(), m, window);
                lines.before.append_value(before);
                lines.after.append_value(after);
                lines.frame.append_value(&analyzer.frames()[m.frame.0 as usize]);
                lines.entry.append_value(&analyzer.entry(m.entry).written);
            }
            Ok(())
        })?;
        lines.finish()
    })?;
    Ok(Table::new(KWIC.clone(), parts))
}

#[derive(Default)]
struct Lines {
    place: Places,
    before: StringBuilder,
    after: StringBuilder,
    frame: StringBuilder,
    entry: StringBuilder,
}

impl Lines {
    fn finish(&mut self) -> Result<RecordBatch> {
        let mut columns = self.place.finish();
        columns.insert(3, self.before.built());
        let rest = [&mut self.after, &mut self.frame, &mut self.entry];
        columns.extend(rest.map(Build::built));
        batch(&KWIC, columns)
    }
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
/// When a document is too long, or no text.
pub fn sentences(analyzer: &Analyzer, documents: &dyn Texts, run: &Run) -> Result<Table> {
    let parts = each(alone(documents)?, run, |(place, number): &mut (Places, Int64Builder), piece, ()| {
        documents.visit(piece, &mut |doc, text| {
            let Some(text) = text else { return Ok(()) };
            let mut points = CodePoints::new(text);
            for (i, sentence) in analyzer.sentences(text).into_iter().enumerate() {
                place.push(doc as i64, text, sentence, &mut points);
                number.append_value(i as i64);
            }
            Ok(())
        })?;
        let mut columns = place.finish();
        columns.insert(1, number.built());
        batch(&SENTENCES, columns)
    })?;
    Ok(Table::new(SENTENCES.clone(), parts))
}
