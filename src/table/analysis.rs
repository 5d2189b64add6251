//! Hits, documents and counts.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::DataType::Int64;

use super::schema::{full, null, schema};
use super::{DOCUMENTS, HITS, Places, QUOTES, STANCES, Table, batch};
use crate::analyzer::{Analyzer, Run};
use crate::error::Result;
use crate::span::CodePoints;

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
    fields.extend(analyzer.frames().iter().map(|f| null(f.as_str(), Int64)));
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
