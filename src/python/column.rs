//! A column of texts on its way in: Arrow memory, or Python strings, either read where it lies.

use std::ops::Range;

use pyo3::exceptions::PyIndexError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyCapsule, PyFloat, PyList, PySlice, PyString, PyTuple};
use pyo3_arrow::PyChunkedArray;

use super::raise;
use crate::error::{Error, ErrorKind, Result};
use crate::run::{Give, Texts};
use crate::table;

/// Characters of a string that are encoded in one go.
const SLICE: usize = 1 << 20;

/// A column of texts.
pub(super) enum Column {
    Arrow(table::Column),
    Strings(Py<PyStrings>),
}

impl Column {
    fn inner(&self) -> &dyn Texts {
        match self {
            Self::Arrow(column) => column,
            Self::Strings(strings) => strings.get(),
        }
    }

    /// All texts at once; Python keeps the UTF-8 of strings that have other letters than English ones.
    pub(super) fn texts(&self, py: Python<'_>) -> PyResult<Vec<Option<&str>>> {
        match self {
            Self::Arrow(column) => column.texts().map_err(|e| raise(py, &e)),
            Self::Strings(strings) => strings.get().texts(py),
        }
    }

    /// The Python exception of an error; of a string that is no text, with the value and what to do about it.
    pub(super) fn explain(&self, py: Python<'_>, error: &Error) -> PyErr {
        match self {
            Self::Strings(strings) if error.kind() == ErrorKind::Column => {
                strings.get().refusal(py).unwrap_or_else(|| raise(py, error))
            }
            _ => raise(py, error),
        }
    }
}

impl Texts for Column {
    fn sizes(&self, take: &mut dyn FnMut(usize)) {
        self.inner().sizes(take);
    }

    fn give(&self, rows: Range<usize>, read: &mut Give<'_>) -> Result<()> {
        self.inner().give(rows, read)
    }
}

impl<'py> FromPyObject<'_, 'py> for Column {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let py = object.py();
        if let Ok(strings) = object.cast::<PyStrings>() {
            return Ok(Self::Strings(strings.to_owned().unbind()));
        }
        if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
            return Py::new(py, PyStrings::new(&object, "the documents")?).map(Self::Strings);
        }
        if let Some(array) = chunked(object)? {
            return table::Column::new(array.chunks()).map(Self::Arrow).map_err(|e| raise(py, &e));
        }
        let kind = object.get_type().name()?;
        let errors = py.import("framescope.errors")?;
        Err(PyErr::from_value(errors.getattr("ColumnError")?.call1((format!(
            "expected a list of strings or an Arrow column, found {kind}; pass a list, a Series or a column of a dataframe"
        ),))?))
    }
}

/// An Arrow column; the stream first, because it keeps the native layout and the chunks.
fn chunked(object: Borrowed<'_, '_, PyAny>) -> PyResult<Option<PyChunkedArray>> {
    if object.hasattr("__arrow_c_stream__")? {
        let capsule = object.call_method0("__arrow_c_stream__")?;
        return PyChunkedArray::from_arrow_pycapsule(capsule.cast::<PyCapsule>()?).map(Some);
    }
    if object.hasattr("__arrow_c_array__")? {
        let array = object.to_owned().extract::<pyo3_arrow::PyArray>()?;
        let (array, field) = array.into_inner();
        return PyChunkedArray::try_new(vec![array], field).map(Some);
    }
    Ok(None)
}

/// Python strings, kept alive and read in place.
#[pyclass(name = "Strings", module = "framescope._core", frozen)]
pub(super) struct PyStrings {
    texts: Vec<Text>,
    /// How messages call the column.
    name: String,
}

enum Text {
    Missing,
    /// ASCII, which Python holds as UTF-8.
    Plain(PyBackedStr),
    /// Anything else, and its number of characters. Asked for the UTF-8 of it, Python would keep that for as long as the string lives,
    /// and the user's texts would fill memory twice; so it is encoded when it is read, piece by piece.
    Wide(Py<PyString>, usize),
}

impl Text {
    /// None if it is neither a string nor missing for certain.
    fn new(item: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        if let Ok(string) = item.cast::<PyString>() {
            if string.call_method0(intern!(item.py(), "isascii"))?.is_truthy()?
                && let Ok(plain) = string.clone().try_into()
            {
                return Ok(Some(Self::Plain(plain)));
            }
            return Ok(Some(Self::Wide(string.clone().unbind(), string.len()?)));
        }
        let missing = item.is_none() || item.cast::<PyFloat>().is_ok_and(|number| number.value().is_nan());
        Ok(missing.then_some(Self::Missing))
    }

    fn string(&self) -> Option<&Py<PyString>> {
        match self {
            Self::Missing => None,
            Self::Plain(text) => Some(text.as_py_str()),
            Self::Wide(text, _) => Some(text),
        }
    }
}

#[pymethods]
impl PyStrings {
    #[new]
    #[pyo3(signature = (texts, name="the documents"))]
    fn new(texts: &Bound<'_, PyAny>, name: &str) -> PyResult<Self> {
        let columns = texts.py().import("framescope.columns")?;
        let mut own = Self { texts: Vec::with_capacity(texts.len()?), name: name.to_owned() };
        for (row, item) in texts.try_iter()?.enumerate() {
            let item = item?;
            let text = Text::new(&item)?;
            if text.is_none() && !columns.call_method1("is_missing", (&item,))?.is_truthy()? {
                check(&item, row, name)?;
            }
            own.texts.push(text.unwrap_or(Text::Missing));
        }
        Ok(own)
    }

    fn __len__(&self) -> usize {
        self.texts.len()
    }

    fn __getitem__(&self, py: Python<'_>, row: usize) -> PyResult<Option<Py<PyString>>> {
        let text = self.texts.get(row).ok_or_else(|| PyIndexError::new_err("no such row"))?;
        Ok(text.string().map(|string| string.clone_ref(py)))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let strings: Vec<_> = self.texts.iter().map(Text::string).collect();
        (py.get_type::<Self>(), (strings, &self.name)).into_pyobject(py)
    }
}

impl PyStrings {
    fn texts(&self, py: Python<'_>) -> PyResult<Vec<Option<&str>>> {
        let strings = self.texts.iter().map(Text::string);
        let texts = strings.map(|string| string.map(|s| s.to_str(py)).transpose()).collect::<PyResult<_>>();
        texts.map_err(|error| self.refusal(py).unwrap_or(error))
    }

    /// What is wrong with the first string that is no Unicode text.
    fn refusal(&self, py: Python<'_>) -> Option<PyErr> {
        let mut wide = self.texts.iter().enumerate().filter_map(|(row, text)| match text {
            Text::Wide(string, characters) => Some((row, string.bind(py), *characters)),
            _ => None,
        });
        let (row, string, _) = wide.find(|(_, string, characters)| encode(string, *characters, &mut Vec::new()).is_err())?;
        check(string, row, &self.name).err()
    }

    /// The wide texts of these rows one after another, and where each ends. The interpreter is held for this only.
    fn encoded(&self, rows: Range<usize>) -> Result<(Vec<u8>, Vec<usize>)> {
        let wide = self.texts[rows.clone()].iter().zip(rows).filter_map(|(text, row)| match text {
            Text::Wide(string, characters) => Some((row, string, *characters)),
            _ => None,
        });
        let wide: Vec<_> = wide.collect();
        if wide.is_empty() {
            return Ok(Default::default());
        }
        // Most letters of most texts are of one byte.
        let characters: usize = wide.iter().map(|w| w.2).sum();
        let mut bytes = Vec::with_capacity(characters + characters / 16);
        let mut ends = Vec::with_capacity(wide.len());
        Python::attach(|py| {
            wide.iter().try_for_each(|(row, string, characters)| {
                let start = bytes.len();
                encode(string.bind(py), *characters, &mut bytes).map_err(|_| Error::not_utf8(*row))?;
                ends.push(bytes.len());
                let size = bytes.len() - start;
                u32::try_from(size).map_or(Err(Error::document_too_long(*row, size)), |_| Ok(()))
            })
        })?;
        Ok((bytes, ends))
    }
}

impl Texts for PyStrings {
    fn sizes(&self, take: &mut dyn FnMut(usize)) {
        for text in &self.texts {
            take(match text {
                Text::Missing => 0,
                Text::Plain(text) => text.len(),
                Text::Wide(_, characters) => *characters,
            });
        }
    }

    fn give(&self, rows: Range<usize>, read: &mut Give<'_>) -> Result<()> {
        let (encoded, ends) = self.encoded(rows.clone())?;
        let mut wide = std::iter::once(0).chain(ends.iter().copied()).zip(&ends).map(|(start, end)| &encoded[start..*end]);
        let texts = self.texts[rows].iter().map(|text| match text {
            Text::Missing => None,
            Text::Plain(text) => Some(text.as_bytes()),
            Text::Wide(..) => wide.next(),
        });
        read(&texts.collect::<Vec<_>>())
    }
}

/// Appends the string as UTF-8; a long one in slices, so that other threads of Python can go on in between.
fn encode(string: &Bound<'_, PyString>, characters: usize, out: &mut Vec<u8>) -> PyResult<()> {
    if characters <= SLICE {
        out.extend_from_slice(string.encode_utf8()?.as_bytes());
        return Ok(());
    }
    let py = string.py();
    for start in (0..characters).step_by(SLICE) {
        let slice = string.get_item(PySlice::new(py, start as isize, (start + SLICE) as isize, 1))?;
        out.extend_from_slice(slice.cast::<PyString>()?.encode_utf8()?.as_bytes());
        py.detach(|| ());
    }
    Ok(())
}

/// Python's own words for what is wrong with a value that is no text.
fn check(item: &Bound<'_, PyAny>, row: usize, name: &str) -> PyResult<()> {
    item.py().import("framescope.columns")?.call_method1("checked", (item, row, name)).map(drop)
}
