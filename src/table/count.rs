//! Counts: documents × frames.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array};
use arrow_buffer::NullBuffer;
use arrow_schema::DataType::Int64;

use super::schema::{full, null, schema};
use super::{Table, batch};
use crate::analyzer::Analyzer;
use crate::error::Result;
use crate::matcher::Scratch;
use crate::run::{Piece, Run, Texts, each, pieces};

/// The part of the table that belongs to a piece of work: it is written where it stays.
struct Rows<'t> {
    /// Whether there is a text.
    known: &'t mut [bool],
    words: &'t mut [i64],
    frames: Vec<&'t mut [i64]>,
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
    each(shared(pieces, &mut known, &mut columns), run, |scratch: &mut Scratch, piece, mut own: Rows<'_>| {
        let first = piece.start;
        documents.visit(piece, &mut |doc, text| {
            let row = doc - first;
            let Some(text) = text else {
                own.known[row] = false;
                return Ok(());
            };
            for m in analyzer.find(text, scratch) {
                own.frames[m.frame.0 as usize][row] += 1;
            }
            own.words[row] = scratch.words().len() as i64;
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
