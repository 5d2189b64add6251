//! The features of coded text as a matrix, to learn weights from.

use std::collections::HashMap;
use std::fmt::{Arguments, Write};
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::features::{Sink, features};
use super::passage::{Buffers, Evaluations, Marked};
use crate::document::Document;
use crate::segment::words;
use crate::span::Span;

/// Texts handled together by a thread.
const BATCH: usize = 256;

/// A sparse matrix by rows: names of columns, and the values of each row.
#[derive(Debug, Default)]
pub struct Matrix {
    /// Names of the columns, sorted: family, feature and relation with tabs between.
    pub names: Vec<String>,
    /// Where each row begins in the two below; one more than rows.
    pub starts: Vec<i64>,
    /// Columns of the values.
    pub columns: Vec<i32>,
    /// Values; a feature found several times has its values added up.
    pub values: Vec<f32>,
}

#[derive(Default)]
struct Collected {
    ids: HashMap<String, i32, FxBuildHasher>,
    rows: Vec<Vec<(i32, f32)>>,
    name: String,
}

impl Sink for Collected {
    fn add(&mut self, family: &str, feature: Arguments<'_>, relation: Arguments<'_>, _words: Range<u32>, value: f32) {
        self.name.clear();
        // Writing to a String cannot fail.
        let _ = write!(self.name, "{family}\t{feature}\t{relation}");
        let next = self.ids.len() as i32;
        let id = match self.ids.get(self.name.as_str()) {
            Some(id) => *id,
            None => *self.ids.entry(self.name.clone()).or_insert(next),
        };
        if let Some(row) = self.rows.last_mut() {
            row.push((id, value));
        }
    }
}

/// A text, the span of the target, and that of the holder.
pub type Asked<'t> = (&'t str, Span, Option<Span>);

/// The words a span touches.
#[must_use]
pub fn touched(document: &Document<'_>, span: Span) -> Range<u32> {
    let first = document.words.partition_point(|w| w.end <= span.start) as u32;
    let end = document.words.partition_point(|w| w.start < span.end) as u32;
    first..end.max(first)
}

impl Evaluations {
    /// The features of every text. A span without words gives an empty row.
    #[must_use]
    pub fn matrix(&self, asked: &[Asked<'_>]) -> Matrix {
        let batches: Vec<Collected> = asked.par_chunks(BATCH).map(|batch| self.collect(batch)).collect();
        let mut names: Vec<String> = batches.iter().flat_map(|b| b.ids.keys().cloned()).collect();
        names.par_sort_unstable();
        names.dedup();
        let place: HashMap<&str, i32, FxBuildHasher> = names.iter().enumerate().map(|(i, n)| (n.as_str(), i as i32)).collect();
        let (mut starts, mut columns, mut values) = (vec![0], Vec::new(), Vec::new());
        for batch in &batches {
            let mut new = vec![0; batch.ids.len()];
            for (name, old) in &batch.ids {
                new[*old as usize] = place[name.as_str()];
            }
            for row in &batch.rows {
                let mut row: Vec<(i32, f32)> = row.iter().map(|(c, v)| (new[*c as usize], *v)).collect();
                row.sort_by_key(|c| c.0);
                let begin = columns.len();
                for (column, value) in row {
                    if columns.len() > begin && columns.last() == Some(&column) {
                        if let Some(last) = values.last_mut() {
                            *last += value;
                        }
                    } else {
                        columns.push(column);
                        values.push(value);
                    }
                }
                starts.push(columns.len() as i64);
            }
        }
        Matrix { names, starts, columns, values }
    }

    fn collect(&self, batch: &[Asked<'_>]) -> Collected {
        let (mut out, mut buffers) = (Collected::default(), Buffers::default());
        for (text, target, holder) in batch {
            let words = words(text);
            let document = Document::new(text, &words, &self.language.abbreviations);
            let marked = Marked { target: touched(&document, *target), holder: holder.map(|h| touched(&document, h)) };
            out.rows.push(Vec::new());
            if !marked.target.is_empty() && marked.holder.as_ref().is_none_or(|h| !h.is_empty()) {
                features(&self.passage(&document, &marked, &mut buffers), &mut out);
            }
        }
        out
    }
}
