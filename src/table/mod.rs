//! Arrow tables: schemas as constants, and what fills them.

mod analysis;
mod column;
mod count;
mod kwic;
mod schema;
mod scores;
mod stance;

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Int64Builder, PrimitiveBuilder, StringBuilder};
use arrow_array::types::ArrowPrimitiveType;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, SchemaRef};

use crate::error::{Error, Result};
use crate::run::{Piece, Texts, pieces};
use crate::span::{CodePoints, Span};
pub use analysis::{Tables, analyze, stances};
pub use column::Column;
pub use count::count;
pub use kwic::{kwic, sentences};
pub use schema::{ADDENDS, DOCUMENTS, GROUP_SCORES, HITS, KWIC, QUOTES, RATINGS, SENTENCES, STANCE_SCORES, STANCES};
pub use scores::{score, stance_scores};
pub use stance::{Spans as MarkedSpans, stance, stance_features};

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

/// Pieces of work to which nothing else belongs.
fn alone(documents: &dyn Texts) -> Result<Vec<(Piece, ())>> {
    Ok(pieces(documents)?.into_iter().map(|piece| (piece, ())).collect())
}

/// The columns, with what builders left free given back.
fn batch(schema: &SchemaRef, mut columns: Vec<ArrayRef>) -> Result<RecordBatch> {
    columns.iter_mut().for_each(Array::shrink_to_fit);
    RecordBatch::try_new(schema.clone(), columns).map_err(arrow)
}

#[allow(clippy::needless_pass_by_value)] // for map_err
fn arrow(error: ArrowError) -> Error {
    Error::arrow(&error.to_string())
}

/// A column that is built piece by piece.
trait Build {
    /// What was built, and room for about as much again: the next piece is of about the same size, and need not be moved while it grows.
    fn built(&mut self) -> ArrayRef;
}

/// Room for as much as this and a quarter more.
fn room(before: usize) -> usize {
    before + before / 4
}

impl<T: ArrowPrimitiveType> Build for PrimitiveBuilder<T> {
    fn built(&mut self) -> ArrayRef {
        let array = self.finish();
        *self = Self::with_capacity(room(array.len()));
        Arc::new(array)
    }
}

impl Build for BooleanBuilder {
    fn built(&mut self) -> ArrayRef {
        let array = self.finish();
        *self = Self::with_capacity(room(array.len()));
        Arc::new(array)
    }
}

impl Build for StringBuilder {
    fn built(&mut self) -> ArrayRef {
        let array = self.finish();
        *self = Self::with_capacity(room(array.len()), room(array.value_data().len()));
        Arc::new(array)
    }
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

    fn finish(&mut self) -> Vec<ArrayRef> {
        vec![self.doc.built(), self.start.built(), self.end.built(), self.text.built()]
    }
}

/// A span that may not be there: text, start, end.
#[derive(Default)]
struct Spans {
    text: StringBuilder,
    start: Int64Builder,
    end: Int64Builder,
}

impl Spans {
    fn push(&mut self, text: &str, span: Option<Span>, points: &mut CodePoints<'_>) {
        self.text.append_option(span.map(|s| s.of(text)));
        self.start.append_option(span.map(|s| points.at(s.start)));
        self.end.append_option(span.map(|s| points.at(s.end)));
    }

    fn finish(&mut self) -> [ArrayRef; 3] {
        [self.text.built(), self.start.built(), self.end.built()]
    }
}
