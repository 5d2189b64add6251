//! Scores in, scores out.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int32Builder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, Float64Array, Int32Array, Int64Array, RecordBatch};
use arrow_schema::DataType::{self, Float64, Int64};

use super::schema::{full, null, schema};
use super::{Column, GROUP_SCORES, STANCE_SCORES, Table, batch};
use crate::error::{Error, Result};
use crate::score::{self, Counted, Evaluated, Measure, StanceScore, Tally};

/// The entries met so far, numbered.
type Entries = HashMap<String, u32>;

/// The group of each row as chunks of 32-bit integers, and how many groups there are.
type Groups<'g> = (&'g [ArrayRef], usize);

/// A measure of documents × frames; with groups of documents, of groups × frames.
///
/// `words` has a number for each document; `hits` is chunks of a table with doc, start, end, frame, entry and weight.
///
/// # Errors
/// When there is no such measure, a column is missing or of another type, or the lengths differ.
pub fn score(
    words: &[ArrayRef],
    hits: &[ArrayRef],
    frames: &[String],
    measure: &str,
    groups: Option<Groups<'_>>,
) -> Result<Table> {
    let measure = Measure::named(measure)?;
    let words: Vec<Option<i64>> = numbers::<Int64Type>(words)?;
    let documents = words.len();
    let (mut found, mut entries) = (Vec::new(), Entries::new());
    for chunk in hits {
        counted(&rows(chunk, "hits")?, frames, documents, &mut entries, &mut found)?;
    }
    let tally = Tally::new(words, frames.len(), found);
    let Some(groups) = groups else { return document_scores(&tally, documents, frames, measure) };
    let group_of = group_of_each(groups)?;
    if group_of.len() != documents {
        return Err(Error::columns_differ("groups and documents", group_of.len(), documents));
    }
    group_scores(&tally, &group_of, groups.1, frames, measure)
}

/// What evaluations come to in each group; `stances` is chunks of a table with doc, polarity and strength.
///
/// # Errors
/// When a column is missing or of another type, or the lengths differ.
pub fn stance_scores(stances: &[ArrayRef], groups: Groups<'_>) -> Result<Table> {
    let group_of = group_of_each(groups)?;
    let all: usize = stances.iter().map(Array::len).sum();
    if group_of.len() != all {
        return Err(Error::columns_differ("groups and stances", group_of.len(), all));
    }
    let (mut found, mut rest) = (Vec::with_capacity(all), group_of.as_slice());
    for chunk in stances {
        let (here, after) = rest.split_at(chunk.len());
        evaluated(&rows(chunk, "stances")?, here, &mut found)?;
        rest = after;
    }
    stance_table(&score::stance_scores(found, groups.1))
}

fn rows(chunk: &ArrayRef, what: &str) -> Result<RecordBatch> {
    let table = chunk.as_struct_opt().ok_or_else(|| Error::column_type(&format!("no table of {what}")))?;
    Ok(RecordBatch::from(table.clone()))
}

/// Group numbers; what is not below the number of groups is none.
fn group_of_each((chunks, n): Groups<'_>) -> Result<Vec<Option<u32>>> {
    let known = |group: Option<i32>| group.and_then(|g| u32::try_from(g).ok()).filter(|g| (*g as usize) < n);
    Ok(numbers::<Int32Type>(chunks)?.into_iter().map(known).collect())
}

fn numbers<T: ArrowPrimitiveType>(chunks: &[ArrayRef]) -> Result<Vec<Option<T::Native>>> {
    let mut out = Vec::new();
    for chunk in chunks {
        let array = chunk.as_primitive_opt::<T>().ok_or_else(|| Error::column_type(&chunk.data_type().to_string()))?;
        out.extend(array.iter());
    }
    Ok(out)
}

/// The hits of a batch. `entries` numbers the entries met so far.
fn counted(
    batch: &RecordBatch,
    frames: &[String],
    documents: usize,
    entries: &mut Entries,
    out: &mut Vec<Counted>,
) -> Result<()> {
    let (docs, starts, ends) = (ints(batch, "doc")?, ints(batch, "start")?, ints(batch, "end")?);
    let weights = floats(batch, "weight")?;
    let strings =
        |name: &str, missing| Column::new(&[batch.column_by_name(name).ok_or_else(|| Error::column_type(missing))?.clone()]);
    let (frame, entry) =
        (strings("frame", "hits without a 'frame' column")?, strings("entry", "hits without an 'entry' column")?);
    let (named, written) = (frame.texts()?, entry.texts()?);
    let ids: HashMap<&str, u32> = frames.iter().enumerate().map(|(i, f)| (f.as_str(), i as u32)).collect();
    for i in 0..batch.num_rows() {
        let Some(&frame) = named[i].and_then(|name| ids.get(name)) else { continue };
        if usize::try_from(docs[i]).map_or(true, |d| d >= documents) {
            return Err(Error::columns_differ("hits and documents", docs[i] as usize, documents));
        }
        let (written, next) = (written[i].unwrap_or_default(), entries.len() as u32);
        let entry = match entries.get(written) {
            Some(entry) => *entry,
            None => *entries.entry(written.to_owned()).or_insert(next),
        };
        out.push(Counted { doc: docs[i], start: starts[i], end: ends[i], frame, entry, weight: weights[i] });
    }
    Ok(())
}

fn ints<'b>(batch: &'b RecordBatch, name: &str) -> Result<&'b [i64]> {
    Ok(column(batch, name, &Int64)?.as_primitive::<Int64Type>().values())
}

fn floats<'b>(batch: &'b RecordBatch, name: &str) -> Result<&'b [f64]> {
    Ok(column(batch, name, &Float64)?.as_primitive::<Float64Type>().values())
}

fn column<'b>(batch: &'b RecordBatch, name: &str, expected: &DataType) -> Result<&'b ArrayRef> {
    match batch.column_by_name(name) {
        Some(c) if c.data_type() == expected && c.null_count() == 0 => Ok(c),
        _ => Err(Error::column_type(&format!("a table without a full '{name}' column of {expected}"))),
    }
}

/// The evaluations of a batch; `groups` has the group of each row.
fn evaluated(batch: &RecordBatch, groups: &[Option<u32>], out: &mut Vec<Evaluated>) -> Result<()> {
    let (docs, polarities, strengths) = (ints(batch, "doc")?, ints(batch, "polarity")?, floats(batch, "strength")?);
    let rows = docs.iter().zip(polarities).zip(strengths).zip(groups);
    out.extend(
        rows.filter_map(|(((&doc, &polarity), &strength), group)| Some(Evaluated { doc, group: (*group)?, polarity, strength })),
    );
    Ok(())
}

/// In order of group; a group without evaluations has no row.
fn stance_table(scores: &[StanceScore]) -> Result<Table> {
    let there: Vec<(i32, &StanceScore)> = (0..).zip(scores).filter(|(_, s)| s.evaluations() > 0).collect();
    let whole = |of: fn(&StanceScore) -> i64| Arc::new(there.iter().map(|(_, s)| of(s)).collect::<Int64Array>()) as ArrayRef;
    let parts =
        |of: fn(&StanceScore) -> Option<f64>| Arc::new(there.iter().map(|(_, s)| of(s)).collect::<Float64Array>()) as ArrayRef;
    let columns = vec![
        Arc::new(there.iter().map(|(group, _)| *group).collect::<Int32Array>()) as ArrayRef,
        whole(|s| s.documents),
        whole(StanceScore::evaluations),
        whole(|s| s.positive),
        whole(|s| s.negative),
        whole(|s| s.neutral),
        parts(|s| s.mean),
        parts(|s| s.interval.map(|i| i.0)),
        parts(|s| s.interval.map(|i| i.1)),
        parts(|s| s.strength),
    ];
    Ok(Table::new(STANCE_SCORES.clone(), vec![batch(&STANCE_SCORES, columns)?]))
}

/// Documents × frames of a measure.
fn document_scores(tally: &Tally, documents: usize, frames: &[String], measure: Measure) -> Result<Table> {
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
fn group_scores(tally: &Tally, groups: &[Option<u32>], n: usize, frames: &[String], measure: Measure) -> Result<Table> {
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
