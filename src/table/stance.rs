//! Ratings of marked spans, and their addends.

use arrow_array::builder::{Float64Builder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{ArrayRef, RecordBatch};
use rayon::prelude::*;

use super::schema::{ADDENDS, RATINGS};
use super::{Build, Places, Table, batch};
use crate::error::{Error, Result};
use crate::run::in_pool;
use crate::span::{CodePoints, Span};
use crate::stance::{Addend, Asked, Buffers, Evaluations, Kind, Matrix, Rating, Weights};

/// Rows handled together by a thread.
const BATCH: usize = 512;

/// Whose stance toward whom is asked, row by row.
#[derive(Debug)]
pub struct Spans<'a> {
    texts: Vec<Option<&'a str>>,
    /// In code points; null where either end is.
    targets: Vec<Option<(i64, i64)>>,
    holders: Option<Vec<Option<(i64, i64)>>>,
}

impl<'a> Spans<'a> {
    /// `chunks` are of a table of whole numbers: start and end of the targets, then those of the holders, if there are any.
    ///
    /// # Errors
    /// When there is not one row for each text.
    pub fn read(texts: Vec<Option<&'a str>>, chunks: &[ArrayRef]) -> Result<Self> {
        let mut columns: Vec<Vec<Option<i64>>> = vec![Vec::new(); 4];
        let mut with_holders = false;
        for chunk in chunks {
            let table = chunk.as_struct_opt().ok_or_else(|| Error::column_type("no table of spans"))?;
            with_holders = table.num_columns() > 2;
            for (column, out) in table.columns().iter().zip(&mut columns) {
                let numbers = column
                    .as_primitive_opt::<Int64Type>()
                    .ok_or_else(|| Error::column_type("spans that are no whole numbers"))?;
                out.extend(numbers.iter());
            }
        }
        let mut spans = columns.chunks(2).map(|ends| ends[0].iter().zip(&ends[1]).map(|(s, e)| s.zip(*e)).collect::<Vec<_>>());
        let targets = spans.next().unwrap_or_default();
        let holders = spans.next().filter(|_| with_holders);
        for (what, found) in
            [("targets and texts", targets.len()), ("holders and texts", holders.as_ref().map_or(texts.len(), Vec::len))]
        {
            if found != texts.len() {
                return Err(Error::columns_differ(what, found, texts.len()));
            }
        }
        Ok(Self { texts, targets, holders })
    }

    /// What is asked in every row; none where the text or a span is missing.
    fn asked(&self) -> Result<Vec<Option<Asked<'a>>>> {
        (0..self.texts.len()).map(|row| self.row(row)).collect()
    }

    fn row(&self, row: usize) -> Result<Option<Asked<'a>>> {
        let Some(text) = self.texts[row] else { return Ok(None) };
        let Some(target) = self.targets[row] else { return Ok(None) };
        let target = span(text, row, "target", target)?;
        match self.holders.as_ref().map(|h| h[row]) {
            None => Ok(Some((text, target, None))),
            Some(None) => Ok(None),
            Some(Some(holder)) => Ok(Some((text, target, Some(span(text, row, "holder", holder)?)))),
        }
    }
}

/// Code points to bytes.
fn span(text: &str, row: usize, what: &str, (start, end): (i64, i64)) -> Result<Span> {
    let byte = |point: i64| {
        let point = usize::try_from(point).ok()?;
        if text.is_ascii() {
            return (point <= text.len()).then_some(point as u32);
        }
        text.char_indices().map(|c| c.0).chain([text.len()]).nth(point).map(|b| b as u32)
    };
    match (byte(start), byte(end)) {
        (Some(start), Some(end)) if start < end => Ok(Span { start, end }),
        _ => Err(Error::bad_span(row, what, (start, end), text.chars().count())),
    }
}

/// The features of every row; a row without a text or a span has none.
///
/// # Errors
/// When a span is none of its text.
pub fn stance_features(spans: &Spans<'_>, threads: usize) -> Result<Matrix> {
    let rows: Vec<Asked<'_>> = spans.asked()?.into_iter().map(|a| a.unwrap_or(("", Span { start: 0, end: 0 }, None))).collect();
    let evaluations = Evaluations::bundled()?;
    in_pool(threads, || evaluations.matrix(&rows))
}

/// A row for each text, or one for each addend.
///
/// # Errors
/// When a span is none of its text; when the weights are of another kind.
pub fn stance(spans: &Spans<'_>, weights: Option<&str>, explain: bool, threads: usize) -> Result<Table> {
    let asked = spans.asked()?;
    let kind = if spans.holders.is_some() { Kind::Holder } else { Kind::Target };
    let own = weights.map(Weights::read).transpose()?;
    let weights = own.as_ref().map_or_else(|| Weights::bundled(kind), Ok)?;
    if weights.kind() != kind {
        return Err(Error::weights_kind(weights.kind().name(), kind.name()));
    }
    let evaluations = Evaluations::bundled()?;
    let work = |(number, part): (usize, &[Option<Asked<'_>>])| {
        let (mut ratings, mut addends, mut buffers) = (Ratings::default(), Addends::default(), Buffers::default());
        for (i, asked) in part.iter().enumerate() {
            let row = number * BATCH + i;
            let Some(asked) = *asked else {
                ratings.push(row as i64, None);
                continue;
            };
            // Without a word there is nothing to see it by: no evidence.
            let (rating, found) = evaluations.rate(asked, weights, &mut buffers, explain).unwrap_or_default();
            ratings.push(row as i64, Some((asked, rating)));
            addends.push(row as i64, asked.0, &found);
        }
        if explain { addends.finish() } else { ratings.finish() }
    };
    let parts: Vec<Result<RecordBatch>> = in_pool(threads, || asked.par_chunks(BATCH).enumerate().map(work).collect())?;
    let schema = if explain { &ADDENDS } else { &RATINGS };
    Ok(Table::new((*schema).clone(), parts.into_iter().collect::<Result<_>>()?))
}

#[derive(Default)]
struct Ratings {
    doc: Int64Builder,
    start: Int64Builder,
    end: Int64Builder,
    text: StringBuilder,
    polarity: Int64Builder,
    strength: Float64Builder,
    score: Float64Builder,
    neutral: Float64Builder,
    evidence: Int64Builder,
}

impl Ratings {
    fn push(&mut self, doc: i64, rated: Option<(Asked<'_>, Rating)>) {
        self.doc.append_value(doc);
        let place = rated.map(|((text, span, _), _)| {
            let mut points = CodePoints::new(text);
            (points.at(span.start), points.at(span.end), span.of(text))
        });
        self.start.append_option(place.map(|p| p.0));
        self.end.append_option(place.map(|p| p.1));
        self.text.append_option(place.map(|p| p.2));
        let rating = rated.map(|r| r.1);
        self.polarity.append_option(rating.map(|r| i64::from(r.polarity)));
        self.strength.append_option(rating.map(|r| r.strength));
        self.score.append_option(rating.map(|r| r.score));
        self.neutral.append_option(rating.map(|r| r.neutral));
        self.evidence.append_option(rating.map(|r| i64::from(r.evidence)));
    }

    fn finish(&mut self) -> Result<RecordBatch> {
        let columns: Vec<ArrayRef> = vec![
            self.doc.built(),
            self.start.built(),
            self.end.built(),
            self.text.built(),
            self.polarity.built(),
            self.strength.built(),
            self.score.built(),
            self.neutral.built(),
            self.evidence.built(),
        ];
        batch(&RATINGS, columns)
    }
}

#[derive(Default)]
struct Addends {
    place: Places,
    family: StringBuilder,
    feature: StringBuilder,
    relation: StringBuilder,
    weight: Float64Builder,
    neutral: Float64Builder,
}

impl Addends {
    fn push(&mut self, doc: i64, text: &str, addends: &[Addend]) {
        let mut points = CodePoints::new(text);
        for addend in addends {
            self.place.push(doc, text, addend.span, &mut points);
            self.family.append_value(&addend.family);
            self.feature.append_value(&addend.feature);
            self.relation.append_value(&addend.relation);
            self.weight.append_value(addend.weight.toward);
            self.neutral.append_value(addend.weight.neutral);
        }
    }

    fn finish(&mut self) -> Result<RecordBatch> {
        let mut columns = self.place.finish();
        columns.extend([
            self.family.built(),
            self.feature.built(),
            self.relation.built(),
            self.weight.built(),
            self.neutral.built(),
        ]);
        batch(&ADDENDS, columns)
    }
}
