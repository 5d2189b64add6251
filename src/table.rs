//! Arrow schemas, as constants, and what fills them.

use std::sync::{Arc, LazyLock};

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int32Builder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, DictionaryArray, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use crate::analyzer::{Analyzer, Run};
use crate::error::{Error, Result};
use crate::matcher::Match;
use crate::score::{Counted, Measure, Tally};
use crate::span::{CodePoints, Span};

/// A table: batches of one schema.
#[derive(Debug, Clone)]
pub struct Table {
    /// The schema.
    pub schema: SchemaRef,
    /// Rows, in order.
    pub batches: Vec<RecordBatch>,
}

impl Table {
    fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { schema, batches }
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

const fn null(name: &'static str, data_type: DataType) -> (&'static str, DataType, bool) {
    (name, data_type, true)
}

const fn full(name: &'static str, data_type: DataType) -> (&'static str, DataType, bool) {
    (name, data_type, false)
}

fn schema(fields: &[(&str, DataType, bool)]) -> SchemaRef {
    Arc::new(Schema::new(
        fields.iter().map(|(name, data_type, nullable)| Field::new(*name, data_type.clone(), *nullable)).collect::<Vec<_>>(),
    ))
}

use DataType::{Boolean, Float64, Int32, Int64, Utf8};

/// One row per hit.
pub static HITS: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[
        full("doc", Int64),
        full("start", Int64),
        full("end", Int64),
        full("text", Utf8),
        full("frame", Utf8),
        full("entry", Utf8),
        full("weight", Float64),
        full("sentence", Int64),
        null("target", Utf8),
        null("target_rule", Utf8),
        null("polarity", Int64),
        null("speaker", Utf8),
        null("quoted", Boolean),
        null("negated", Boolean),
        null("modality", Utf8),
        null("cue", Utf8),
    ])
});

/// One row per evaluation of a target by a speaker.
pub static STANCES: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[
        full("doc", Int64),
        full("start", Int64),
        full("end", Int64),
        full("text", Utf8),
        full("sentence", Int64),
        null("speaker", Utf8),
        null("target", Utf8),
        full("polarity", Int64),
        full("strength", Float64),
        null("quoted", Boolean),
        null("negated", Boolean),
        null("cue", Utf8),
    ])
});

/// One row per quotation.
pub static QUOTES: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[
        full("doc", Int64),
        full("start", Int64),
        full("end", Int64),
        full("text", Utf8),
        null("speaker", Utf8),
        null("cue", Utf8),
        full("kind", Utf8),
    ])
});

/// One row per document.
pub static DOCUMENTS: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[full("doc", Int64), null("words", Int64), null("sentences", Int64), null("hits", Int64), null("coverage", Float64)])
});

/// One row per hit, with what stands around it.
pub static KWIC: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[
        full("doc", Int64),
        full("start", Int64),
        full("end", Int64),
        full("before", Utf8),
        full("keyword", Utf8),
        full("after", Utf8),
        full("frame", Utf8),
        full("entry", Utf8),
    ])
});

/// One row per sentence.
pub static SENTENCES: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[full("doc", Int64), full("sentence", Int64), full("start", Int64), full("end", Int64), full("text", Utf8)])
});

/// One row per group and frame.
pub static GROUP_SCORES: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[
        full("group", Int32),
        full("frame", Utf8),
        full("documents", Int64),
        full("words", Int64),
        full("count", Int64),
        null("value", Float64),
        null("low", Float64),
        null("high", Float64),
    ])
});

fn batch(schema: &SchemaRef, columns: Vec<ArrayRef>) -> Result<RecordBatch> {
    RecordBatch::try_new(schema.clone(), columns).map_err(arrow)
}

#[allow(clippy::needless_pass_by_value)] // for map_err
fn arrow(error: ArrowError) -> Error {
    Error::arrow(&error.to_string())
}

/// The texts of one chunk of a column: strings of any layout, dictionaries of strings, or nulls only.
///
/// # Errors
/// When the chunk holds something else.
pub fn texts<'a>(array: &'a dyn Array, out: &mut Vec<Option<&'a str>>) -> Result<()> {
    match array.data_type() {
        DataType::Null => out.extend(std::iter::repeat_n(None, array.len())),
        DataType::Dictionary(key, _) => match **key {
            DataType::Int8 => dictionary(array.as_dictionary::<Int8Type>(), out)?,
            DataType::Int16 => dictionary(array.as_dictionary::<Int16Type>(), out)?,
            DataType::Int32 => dictionary(array.as_dictionary::<Int32Type>(), out)?,
            DataType::Int64 => dictionary(array.as_dictionary::<Int64Type>(), out)?,
            DataType::UInt8 => dictionary(array.as_dictionary::<UInt8Type>(), out)?,
            DataType::UInt16 => dictionary(array.as_dictionary::<UInt16Type>(), out)?,
            DataType::UInt32 => dictionary(array.as_dictionary::<UInt32Type>(), out)?,
            DataType::UInt64 => dictionary(array.as_dictionary::<UInt64Type>(), out)?,
            _ => return Err(Error::column_type(&array.data_type().to_string())),
        },
        DataType::Utf8 => out.extend(array.as_string::<i32>().iter()),
        DataType::LargeUtf8 => out.extend(array.as_string::<i64>().iter()),
        DataType::Utf8View => out.extend(array.as_string_view().iter()),
        other => return Err(Error::column_type(&other.to_string())),
    }
    Ok(())
}

fn dictionary<'a, K: ArrowDictionaryKeyType>(array: &'a DictionaryArray<K>, out: &mut Vec<Option<&'a str>>) -> Result<()> {
    let mut values = Vec::new();
    texts(array.values().as_ref(), &mut values)?;
    out.extend(array.keys_iter().map(|key| key.and_then(|k| values[k])));
    Ok(())
}

/// The hits and documents tables, and the empty stances and quotes.
#[derive(Debug)]
pub struct Tables {
    /// See [`HITS`].
    pub hits: Table,
    /// See [`DOCUMENTS`].
    pub documents: Table,
    /// See [`STANCES`].
    pub stances: Table,
    /// See [`QUOTES`].
    pub quotes: Table,
}

/// Analyses every text.
///
/// # Errors
/// When a document is too long.
pub fn analyze(analyzer: &Analyzer, texts: &[Option<&str>], run: &Run) -> Result<Tables> {
    let parts = analyzer.each(texts, run, |scratch, range| {
        let (mut hits, mut documents) = (Hits::default(), Documents::default());
        for doc in range {
            let Some(text) = texts[doc] else {
                documents.null(doc as i64);
                continue;
            };
            let analysis = analyzer.analyze(text, scratch);
            documents.push(doc as i64, analysis.words.len(), analysis.sentences.len(), analysis.hits.len(), analysis.covered);
            let mut points = CodePoints::new(text);
            for hit in &analysis.hits {
                hits.place.push(doc as i64, text, hit.span, &mut points);
                let entry = analyzer.entry(hit.entry);
                hits.frame.append_value(&analyzer.frames()[hit.frame.0 as usize]);
                hits.entry.append_value(&entry.written);
                hits.weight.append_value(entry.weight);
                hits.sentence.append_value(i64::from(hit.sentence));
                hits.polarity.append_option(entry.polarity.map(i64::from));
            }
        }
        Ok((hits.finish()?, documents.finish()?))
    })?;
    let (hits, documents) = parts.into_iter().collect::<Result<Vec<_>>>()?.into_iter().unzip();
    Ok(Tables {
        hits: Table::new(HITS.clone(), hits),
        documents: Table::new(DOCUMENTS.clone(), documents),
        stances: Table::new(STANCES.clone(), Vec::new()),
        quotes: Table::new(QUOTES.clone(), Vec::new()),
    })
}

/// Where something stands: doc, start, end, text.
#[derive(Default)]
struct Places {
    doc: Int64Builder,
    start: Int64Builder,
    end: Int64Builder,
    text: StringBuilder,
}

impl Places {
    fn push(&mut self, doc: i64, text: &str, span: Span, points: &mut CodePoints<'_>) {
        self.doc.append_value(doc);
        self.start.append_value(points.at(span.start));
        self.end.append_value(points.at(span.end));
        self.text.append_value(span.of(text));
    }

    fn finish(mut self) -> Vec<ArrayRef> {
        vec![
            Arc::new(self.doc.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.end.finish()),
            Arc::new(self.text.finish()),
        ]
    }
}

#[derive(Default)]
struct Hits {
    place: Places,
    frame: StringBuilder,
    entry: StringBuilder,
    weight: Float64Builder,
    sentence: Int64Builder,
    polarity: Int64Builder,
}

impl Hits {
    fn finish(mut self) -> Result<RecordBatch> {
        let polarity = self.polarity.finish();
        let unknown = || -> ArrayRef {
            let mut nulls = StringBuilder::new();
            nulls.append_nulls(polarity.len());
            Arc::new(nulls.finish())
        };
        let undecided = || -> ArrayRef {
            let mut nulls = BooleanBuilder::new();
            nulls.append_nulls(polarity.len());
            Arc::new(nulls.finish())
        };
        let mut columns = self.place.finish();
        columns.extend([
            Arc::new(self.frame.finish()) as ArrayRef,
            Arc::new(self.entry.finish()),
            Arc::new(self.weight.finish()),
            Arc::new(self.sentence.finish()),
            unknown(),
            unknown(),
            Arc::new(polarity.clone()),
            unknown(),
            undecided(),
            undecided(),
            unknown(),
            unknown(),
        ]);
        batch(&HITS, columns)
    }
}

#[derive(Default)]
struct Documents {
    doc: Int64Builder,
    words: Int64Builder,
    sentences: Int64Builder,
    hits: Int64Builder,
    coverage: Float64Builder,
}

impl Documents {
    fn null(&mut self, doc: i64) {
        self.doc.append_value(doc);
        for column in [&mut self.words, &mut self.sentences, &mut self.hits] {
            column.append_null();
        }
        self.coverage.append_null();
    }

    fn push(&mut self, doc: i64, words: usize, sentences: usize, hits: usize, covered: usize) {
        self.doc.append_value(doc);
        self.words.append_value(words as i64);
        self.sentences.append_value(sentences as i64);
        self.hits.append_value(hits as i64);
        self.coverage.append_option((words > 0).then(|| covered as f64 / words as f64));
    }

    fn finish(mut self) -> Result<RecordBatch> {
        let counts = [&mut self.doc, &mut self.words, &mut self.sentences, &mut self.hits];
        let mut columns: Vec<ArrayRef> = counts.into_iter().map(|c| Arc::new(c.finish()) as ArrayRef).collect();
        columns.push(Arc::new(self.coverage.finish()));
        batch(&DOCUMENTS, columns)
    }
}

/// Documents × frames: doc, words, and a count per frame; null for a null text.
///
/// # Errors
/// When a document is too long.
pub fn count(analyzer: &Analyzer, texts: &[Option<&str>], run: &Run) -> Result<Table> {
    let mut fields = vec![full("doc", Int64), null("words", Int64)];
    fields.extend(analyzer.frames().iter().map(|f| (f.as_str(), Int64, true)));
    let schema = schema(&fields);
    let parts = analyzer.each(texts, run, |scratch, range| {
        let mut columns: Vec<Int64Builder> = fields.iter().map(|_| Int64Builder::with_capacity(range.len())).collect();
        let mut row = vec![0; fields.len()];
        for doc in range {
            row.fill(0);
            row[0] = doc as i64;
            if let Some(text) = texts[doc] {
                for m in analyzer.count(text, scratch) {
                    row[2 + m.frame.0 as usize] += 1;
                }
                row[1] = scratch.words().len() as i64;
            }
            for (i, (column, value)) in columns.iter_mut().zip(&row).enumerate() {
                column.append_option((i == 0 || texts[doc].is_some()).then_some(*value));
            }
        }
        batch(&schema, columns.iter_mut().map(|c| Arc::new(c.finish()) as ArrayRef).collect())
    })?;
    Ok(Table::new(schema.clone(), parts.into_iter().collect::<Result<_>>()?))
}

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
            analyzer.count(text, scratch);
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

fn around<'t>(text: &'t str, words: &[crate::segment::Word], m: &Match, window: usize) -> (&'t str, &'t str) {
    let (first, beyond) = (m.first_word as usize, (m.first_word + m.words) as usize);
    let from = words.get(first.saturating_sub(window)).map_or(m.span.start, |w| w.start).min(m.span.start);
    let to = words.get((beyond + window).wrapping_sub(1)).or(words.last()).map_or(m.span.end, |w| w.end).max(m.span.end);
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

/// The hits, as scores need them, of a batch of a table with doc, start, end, frame and weight.
///
/// # Errors
/// When a column is missing or of another type, or a frame is unknown.
pub fn counted(batch: &RecordBatch, frames: &[String], documents: usize, out: &mut Vec<Counted>) -> Result<()> {
    let column = |name: &str, expected: &DataType| match batch.column_by_name(name) {
        Some(c) if c.data_type() == expected && c.null_count() == 0 => Ok(c),
        _ => Err(Error::column_type(&format!("hits without a full '{name}' column of {expected}"))),
    };
    let ints = |name| column(name, &Int64).map(|c| c.as_primitive::<Int64Type>().values());
    let (docs, starts, ends) = (ints("doc")?, ints("start")?, ints("end")?);
    let weights = column("weight", &Float64)?.as_primitive::<Float64Type>().values();
    let mut named = Vec::with_capacity(batch.num_rows());
    texts(batch.column_by_name("frame").ok_or_else(|| Error::column_type("hits without a 'frame' column"))?, &mut named)?;
    let ids: std::collections::HashMap<&str, u32> = frames.iter().enumerate().map(|(i, f)| (f.as_str(), i as u32)).collect();
    for i in 0..batch.num_rows() {
        let Some(&frame) = named[i].and_then(|name| ids.get(name)) else { continue };
        if usize::try_from(docs[i]).map_or(true, |d| d >= documents) {
            return Err(Error::columns_differ("hits and documents", docs[i] as usize, documents));
        }
        out.push(Counted { doc: docs[i], start: starts[i], end: ends[i], frame, weight: weights[i] });
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
    fields.extend(frames.iter().map(|f| null_column(f, whole)));
    let mut columns: Vec<ArrayRef> = vec![Arc::new((0..documents as i64).collect::<arrow_array::Int64Array>())];
    for frame in 0..frames.len() {
        let values = (0..documents).map(|d| tally.value(measure, d, frame));
        columns.push(if whole {
            Arc::new(values.map(|v| v.map(|v| v as i64)).collect::<arrow_array::Int64Array>())
        } else {
            Arc::new(values.collect::<arrow_array::Float64Array>())
        });
    }
    let schema = schema(&fields);
    Ok(Table::new(schema.clone(), vec![batch(&schema, columns)?]))
}

fn null_column(name: &str, whole: bool) -> (&str, DataType, bool) {
    (name, if whole { Int64 } else { Float64 }, true)
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
