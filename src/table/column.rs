//! The texts of a column in Arrow memory, whatever its layout; read where they lie.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, LargeStringArray, StringArray, StringViewArray};
use arrow_schema::DataType;

use crate::error::{Error, Result};
use crate::run::{Give, Texts, checked};

/// A column of texts: strings of any layout, dictionaries of strings, or nulls only; in chunks.
#[derive(Debug)]
pub struct Column {
    chunks: Vec<Chunk>,
    /// The first row of each chunk.
    starts: Vec<usize>,
}

impl Column {
    /// Looks at the chunks of a column, and copies none of them.
    ///
    /// # Errors
    /// When they hold something else.
    pub fn new(arrays: &[ArrayRef]) -> Result<Self> {
        let chunks = arrays.iter().map(Chunk::new).collect::<Result<Vec<_>>>()?;
        let mut rows = 0;
        let start = |chunk: &Chunk| {
            rows += chunk.rows();
            rows - chunk.rows()
        };
        Ok(Self { starts: chunks.iter().map(start).collect(), chunks })
    }

    /// The chunk that a row is in.
    fn chunk(&self, row: usize) -> usize {
        self.starts.partition_point(|start| *start <= row).saturating_sub(1)
    }

    /// All texts at once.
    ///
    /// # Errors
    /// When one is not UTF-8.
    pub fn texts(&self) -> Result<Vec<Option<&str>>> {
        let texts = self.chunks.iter().flat_map(|chunk| (0..chunk.rows()).map(|i| chunk.get(i)));
        texts.enumerate().map(|(row, text)| checked(row, text.map(str::as_bytes))).collect()
    }
}

impl Texts for Column {
    fn sizes(&self, take: &mut dyn FnMut(usize)) {
        self.chunks.iter().for_each(|chunk| (0..chunk.rows()).for_each(|i| take(chunk.get(i).map_or(0, str::len))));
    }

    fn give(&self, rows: Range<usize>, read: &mut Give<'_>) -> Result<()> {
        let (mut texts, first) = (Vec::with_capacity(rows.len()), self.chunk(rows.start));
        for (chunk, start) in self.chunks[first..].iter().zip(&self.starts[first..]) {
            let here = rows.start.max(*start)..rows.end.min(start + chunk.rows());
            texts.extend(here.map(|row| chunk.get(row - start).map(str::as_bytes)));
            if start + chunk.rows() >= rows.end {
                break;
            }
        }
        read(&texts)
    }
}

#[derive(Debug)]
enum Chunk {
    Null(usize),
    Small(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
    /// Each row is none, or one of these texts.
    Coded(Vec<Option<usize>>, Box<Chunk>),
}

impl Chunk {
    fn new(array: &ArrayRef) -> Result<Self> {
        Ok(match array.data_type() {
            DataType::Null => Self::Null(array.len()),
            DataType::Utf8 => Self::Small(array.as_string().clone()),
            DataType::LargeUtf8 => Self::Large(array.as_string().clone()),
            DataType::Utf8View => Self::View(array.as_string_view().clone()),
            DataType::Dictionary(..) => {
                let dictionary = array.as_any_dictionary();
                let (keys, texts) = (dictionary.keys(), Self::new(dictionary.values())?);
                if keys.null_count() == keys.len() {
                    return Ok(Self::Null(keys.len()));
                }
                let codes =
                    dictionary.normalized_keys().into_iter().enumerate().map(|(i, code)| keys.is_valid(i).then_some(code));
                Self::Coded(codes.collect(), Box::new(texts))
            }
            other => return Err(Error::column_type(&other.to_string())),
        })
    }

    fn rows(&self) -> usize {
        match self {
            Self::Null(rows) => *rows,
            Self::Small(array) => array.len(),
            Self::Large(array) => array.len(),
            Self::View(array) => array.len(),
            Self::Coded(codes, _) => codes.len(),
        }
    }

    fn get(&self, i: usize) -> Option<&str> {
        match self {
            Self::Null(_) => None,
            Self::Small(array) => array.is_valid(i).then(|| array.value(i)),
            Self::Large(array) => array.is_valid(i).then(|| array.value(i)),
            Self::View(array) => array.is_valid(i).then(|| array.value(i)),
            Self::Coded(codes, texts) => codes[i].and_then(|code| texts.get(code)),
        }
    }
}
