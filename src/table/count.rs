//! Counts: documents × frames.

use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{ArrayRef, Int64Array};
use arrow_buffer::NullBuffer;
use arrow_schema::DataType::Int64;

use super::schema::{full, null, schema};
use super::{Table, batch};
use crate::analyzer::Analyzer;
use crate::error::{Error, Result};
use crate::matcher::Scratch;
use crate::run::{Piece, Run, Texts, each, pieces};

/// From this size on, in bytes, a document is searched in sections, on all threads.
const LONG: usize = 4 << 20;
/// The size of a section: what is found in it on the way stays near the processor.
const SECTION: usize = 1 << 15;

/// The part of the table that belongs to a piece of work: it is written where it stays.
struct Rows<'t> {
    /// Whether there is a text.
    known: &'t mut [bool],
    words: &'t mut [i64],
    frames: Vec<&'t mut [i64]>,
}

impl Rows<'_> {
    /// Adds what was counted to row `at`.
    fn add(&mut self, at: usize, counted: &Scratch) {
        for (frame, count) in self.frames.iter_mut().zip(counted.counts()) {
            frame[at] += count;
        }
        self.words[at] += counted.word_count() as i64;
    }

    /// Fills row `at` with what the sections of a document hold.
    fn long(&mut self, at: usize, doc: usize, text: Option<&[u8]>, analyzer: &Analyzer, run: &Run) -> Result<()> {
        let Some(text) = text else {
            self.known[at] = false;
            return Ok(());
        };
        let sections = analyzer.sections(text, SECTION);
        let work = sections.ranges.iter().map(|range| (Piece { rows: range.clone(), bytes: range.len() }, ()));
        let own = Mutex::new(self);
        each(work.collect(), run, |scratch: &mut Scratch, section, ()| {
            analyzer.count_in(&sections, section, scratch).ok_or_else(|| Error::not_utf8(doc))?;
            own.lock().unwrap_or_else(PoisonError::into_inner).add(at, scratch);
            Ok(())
        })
        .map(drop)
    }
}

/// Documents × frames: doc, words, and a count per frame; null for a null text.
///
/// # Errors
/// When a document is too long, or no text.
pub fn count(analyzer: &Analyzer, documents: &dyn Texts, run: &Run) -> Result<Table> {
    let mut fields = vec![full("doc", Int64), null("words", Int64)];
    fields.extend(analyzer.frames().iter().map(|f| null(f.as_str(), Int64)));
    let schema = schema(&fields);

    let pieces = pieces(documents)?;
    let rows = pieces.last().map_or(0, |piece| piece.rows.end);
    let mut known = vec![true; rows];
    let mut columns: Vec<Vec<i64>> = fields[1..].iter().map(|_| vec![0; rows]).collect();
    let (long, short): (Vec<_>, Vec<_>) =
        shared(pieces, &mut known, &mut columns).into_iter().partition(|(piece, _)| piece.bytes >= LONG);
    for (Piece { rows, .. }, mut own) in long {
        let first = rows.start;
        documents.visit_bytes(rows, &mut |row, text| own.long(row - first, row, text, analyzer, run))?;
    }
    each(short, run, |scratch: &mut Scratch, piece, mut own: Rows<'_>| {
        let first = piece.start;
        documents.visit_bytes(piece, &mut |doc, text| {
            let row = doc - first;
            let Some(text) = text else {
                own.known[row] = false;
                return Ok(());
            };
            analyzer.count_bytes(text, scratch).ok_or_else(|| Error::not_utf8(doc))?;
            own.add(row, scratch);
            Ok(())
        })
    })?;

    let nulls = Some(NullBuffer::from(known)).filter(|nulls| nulls.null_count() > 0);
    let counts = columns.into_iter().map(|column| Arc::new(Int64Array::new(column.into(), nulls.clone())) as ArrayRef);
    let doc = Arc::new(Int64Array::from_iter_values(0..rows as i64)) as ArrayRef;
    Ok(Table::new(schema.clone(), vec![batch(&schema, std::iter::once(doc).chain(counts).collect())?]))
}

/// Cuts the table where the work is cut.
fn shared<'t>(pieces: Vec<Piece>, mut known: &'t mut [bool], columns: &'t mut [Vec<i64>]) -> Vec<(Piece, Rows<'t>)> {
    let mut columns: Vec<&mut [i64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
    let take = |piece: Piece| {
        let rows = piece.rows.len();
        let mut cut = columns.iter_mut().map(|column| column.split_off_mut(..rows).unwrap_or_default());
        let (words, frames) = (cut.next().unwrap_or_default(), cut.collect());
        (piece, Rows { known: known.split_off_mut(..rows).unwrap_or_default(), words, frames })
    };
    pieces.into_iter().map(take).collect()
}
