//! Scores in, scores out.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int32Builder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, Float64Array, Int64Array, RecordBatch};
use arrow_schema::DataType::{self, Float64, Int64};

use super::column::texts;
use super::schema::{full, null, schema};
use super::{GROUP_SCORES, Table, batch};
use crate::error::{Error, Result};
use crate::score::{Counted, Measure, Tally};

/// The entries met so far, numbered.
pub type Entries = HashMap<String, u32>;

/// The hits, as scores need them, of a batch of a table with doc, start, end, frame, entry and weight. `entries` numbers the entries met so far.
///
/// # Errors
/// When a column is missing or of another type, or a frame is unknown.
pub fn counted(
    batch: &RecordBatch,
    frames: &[String],
    documents: usize,
    entries: &mut Entries,
    out: &mut Vec<Counted>,
) -> Result<()> {
    let column = |name: &str, expected: &DataType| match batch.column_by_name(name) {
        Some(c) if c.data_type() == expected && c.null_count() == 0 => Ok(c),
        _ => Err(Error::column_type(&format!("hits without a full '{name}' column of {expected}"))),
    };
    let ints = |name| column(name, &Int64).map(|c| c.as_primitive::<Int64Type>().values());
    let (docs, starts, ends) = (ints("doc")?, ints("start")?, ints("end")?);
    let weights = column("weight", &Float64)?.as_primitive::<Float64Type>().values();
    let mut named = Vec::with_capacity(batch.num_rows());
    texts(batch.column_by_name("frame").ok_or_else(|| Error::column_type("hits without a 'frame' column"))?, &mut named)?;
    let mut written = Vec::with_capacity(batch.num_rows());
    texts(batch.column_by_name("entry").ok_or_else(|| Error::column_type("hits without an 'entry' column"))?, &mut written)?;
    let ids: HashMap<&str, u32> = frames.iter().enumerate().map(|(i, f)| (f.as_str(), i as u32)).collect();
    for i in 0..batch.num_rows() {
        let Some(&frame) = named[i].and_then(|name| ids.get(name)) else { continue };
        if usize::try_from(docs[i]).map_or(true, |d| d >= documents) {
            return Err(Error::columns_differ("hits and documents", docs[i] as usize, documents));
        }
        let next = entries.len() as u32;
        let entry = *entries.entry(written[i].unwrap_or_default().to_owned()).or_insert(next);
        out.push(Counted { doc: docs[i], start: starts[i], end: ends[i], frame, entry, weight: weights[i] });
    }
    Ok(())
}

/// Documents × frames of a measure.
///
/// # Errors
/// Never for what [`Tally`] gives.
pub fn document_scores(tally: &Tally, documents: usize, frames: &[String], measure: Measure) -> Result<Table> {
    let whole = matches!(measure, Measure::Count | Measure::Presence);
    let mut fields = vec![full("doc", Int64)];
    fields.extend(frames.iter().map(|f| null(f, if whole { Int64 } else { Float64 })));
    let mut columns: Vec<ArrayRef> = vec![Arc::new((0..documents as i64).collect::<Int64Array>())];
    for frame in 0..frames.len() {
        let values = (0..documents).map(|d| tally.value(measure, d, frame));
        columns.push(if whole {
            Arc::new(values.map(|v| v.map(|v| v as i64)).collect::<Int64Array>())
        } else {
            Arc::new(values.collect::<Float64Array>())
        });
    }
    let schema = schema(&fields);
    Ok(Table::new(schema.clone(), vec![batch(&schema, columns)?]))
}

/// Groups × frames of a measure, long.
///
/// # Errors
/// Never for what [`Tally`] gives.
pub fn group_scores(tally: &Tally, groups: &[Option<u32>], n: usize, frames: &[String], measure: Measure) -> Result<Table> {
    let mut group = Int32Builder::new();
    let mut frame = StringBuilder::new();
    let mut whole: [Int64Builder; 3] = Default::default();
    let mut parts: [Float64Builder; 3] = Default::default();
    let by_frame: Vec<_> = (0..frames.len()).map(|f| tally.group(measure, f, groups, n)).collect();
    for g in 0..n {
        for (f, scores) in by_frame.iter().enumerate() {
            let score = scores[g];
            group.append_value(g as i32);
            frame.append_value(&frames[f]);
            for (column, value) in whole.iter_mut().zip([score.documents, score.words, score.count]) {
                column.append_value(value);
            }
            for (column, value) in parts.iter_mut().zip([score.value, score.interval.map(|i| i.0), score.interval.map(|i| i.1)]) {
                column.append_option(value);
            }
        }
    }
    let mut columns: Vec<ArrayRef> = vec![Arc::new(group.finish()), Arc::new(frame.finish())];
    columns.extend(whole.into_iter().map(|mut c| Arc::new(c.finish()) as ArrayRef));
    columns.extend(parts.into_iter().map(|mut c| Arc::new(c.finish()) as ArrayRef));
    Ok(Table::new(GROUP_SCORES.clone(), vec![batch(&GROUP_SCORES, columns)?]))
}
