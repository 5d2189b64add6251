//! The Python door: checks what comes in, calls the core once, maps the error. Nothing is computed here.

mod column;

use std::sync::atomic::Ordering;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use arrow_array::{ArrayRef, StructArray};
use arrow_schema::Field;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use pyo3_arrow::PyChunkedArray;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};

use self::column::{Column, PyStrings};
use crate::analyzer::Analyzer;
use crate::error::{Error, ErrorKind};
use crate::lexicon::Lexicon;
use crate::run::{Run, Texts};
use crate::table;

#[pymodule(gil_used = false)]
mod _core {
    #[pymodule_export]
    use super::{
        PyAnalyzer, PyStrings, PyTable, bundled_lexicon, bundled_lexicons, lexicon_hash, lexicon_schema, lint_lexicon,
        merge_lexicons, read_lexicon, score, select_frames, stance, stance_features, stance_scores, version, write_lexicon,
    };
}

/// The Python exception of an error.
fn raise(py: Python<'_>, error: &Error) -> PyErr {
    let build = || -> PyResult<PyErr> {
        let errors = py.import("framescope.errors")?;
        let exception = match (error.kind(), error.place()) {
            (ErrorKind::Lexicon, Some(at)) => {
                errors.getattr("LexiconError")?.call1((error.to_string(), &at.source, at.line, at.column))?
            }
            (ErrorKind::Lexicon, None) => errors.getattr("LexiconError")?.call1((error.to_string(),))?,
            (ErrorKind::Column, _) => errors.getattr("ColumnError")?.call1((error.to_string(),))?,
            (ErrorKind::Target, _) => errors.getattr("TargetError")?.call1((error.to_string(),))?,
            (ErrorKind::Option, _) => errors.getattr("FramescopeError")?.call1((error.to_string(),))?,
        };
        Ok(PyErr::from_value(exception))
    };
    build().unwrap_or_else(|e| e)
}

#[pyfunction]
fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

#[pyfunction]
fn read_lexicon(py: Python<'_>, text: &str, source: &str) -> PyResult<String> {
    Lexicon::read(text, source).map(|l| l.to_json()).map_err(|e| raise(py, &e))
}

#[pyfunction]
fn write_lexicon(py: Python<'_>, lexicon: &str) -> PyResult<String> {
    Lexicon::from_json(lexicon).and_then(|l| l.to_yaml()).map_err(|e| raise(py, &e))
}

#[pyfunction]
fn bundled_lexicons() -> Vec<&'static str> {
    Lexicon::bundled_names()
}

#[pyfunction]
fn bundled_lexicon(py: Python<'_>, name: &str) -> PyResult<String> {
    Lexicon::bundled(name).map(|l| l.to_json()).map_err(|e| raise(py, &e))
}

#[pyfunction]
fn lexicon_hash(py: Python<'_>, lexicon: &str) -> PyResult<String> {
    Lexicon::from_json(lexicon).map(Lexicon::into_hash).map_err(|e| raise(py, &e))
}

#[pyfunction]
fn lexicon_schema() -> String {
    Lexicon::schema()
}

#[pyfunction]
fn lint_lexicon(py: Python<'_>, lexicon: &str) -> PyResult<String> {
    let remarks = Lexicon::from_json(lexicon).map(|l| l.lint()).map_err(|e| raise(py, &e))?;
    serde_json::to_string(&remarks).map_err(|e| PyRuntimeError::new_err(e.to_string()))
}

#[pyfunction]
fn merge_lexicons(py: Python<'_>, left: &str, right: &str) -> PyResult<String> {
    let merged = Lexicon::from_json(left).and_then(|l| l.merge(&Lexicon::from_json(right)?));
    merged.map(|l| l.to_json()).map_err(|e| raise(py, &e))
}

#[pyfunction]
#[allow(clippy::needless_pass_by_value)] // pyo3 hands over a new list
fn select_frames(py: Python<'_>, lexicon: &str, frames: Vec<String>) -> PyResult<String> {
    Lexicon::from_json(lexicon).and_then(|l| l.select(&frames)).map(|l| l.to_json()).map_err(|e| raise(py, &e))
}

/// An Arrow table on its way out.
#[pyclass(name = "Table", module = "framescope._core", frozen)]
struct PyTable(table::Table);

#[pymethods]
impl PyTable {
    #[getter]
    fn num_rows(&self) -> usize {
        self.0.rows()
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.0.schema.as_ref())?)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let field = Field::new_struct("", self.0.schema.fields().clone(), false).with_metadata(self.0.schema.metadata().clone());
        let arrays: Vec<_> = self.0.batches.iter().map(|b| Ok(Arc::new(StructArray::from(b.clone())) as ArrayRef)).collect();
        Ok(to_stream_pycapsule(py, Box::new(ArrayIterator::new(arrays, Arc::new(field))), requested_schema)?)
    }
}

/// A compiled lexicon.
#[pyclass(name = "Analyzer", module = "framescope._core", frozen)]
struct PyAnalyzer {
    inner: Arc<Analyzer>,
    threads: usize,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Options {
    threads: usize,
    keep_chrome: bool,
}

#[pymethods]
#[allow(clippy::needless_pass_by_value)] // pyo3 hands over new values
impl PyAnalyzer {
    #[new]
    #[pyo3(signature = (lexicon, options="{}"))]
    fn new(py: Python<'_>, lexicon: &str, options: &str) -> PyResult<Self> {
        let options: Options = serde_json::from_str(options).map_err(|e| raise(py, &Error::option(&e.to_string())))?;
        let built = py.detach(|| Lexicon::from_json(lexicon).and_then(Analyzer::of));
        let inner = built.map_err(|e| raise(py, &e))?;
        let inner = if options.keep_chrome { inner.keeping_chrome() } else { inner };
        Ok(Self { inner: Arc::new(inner), threads: options.threads })
    }

    fn with_threads(&self, threads: usize) -> Self {
        Self { inner: Arc::clone(&self.inner), threads }
    }

    #[getter]
    fn frames(&self) -> Vec<String> {
        self.inner.frames().to_vec()
    }

    #[pyo3(signature = (column, progress=None))]
    fn analyze<'py>(&self, py: Python<'py>, column: Column, progress: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyDict>> {
        let tables = self.run(py, &column, progress, |texts, run| table::analyze(&self.inner, texts, run))?;
        let out = PyDict::new(py);
        for (name, table) in [("hits", tables.hits), ("documents", tables.documents), ("quotes", tables.quotes)] {
            out.set_item(name, PyTable(table))?;
        }
        Ok(out)
    }

    #[pyo3(signature = (column, progress=None))]
    fn stances(&self, py: Python<'_>, column: Column, progress: Option<Bound<'_, PyAny>>) -> PyResult<PyTable> {
        self.run(py, &column, progress, |texts, run| table::stances(&self.inner, texts, run)).map(PyTable)
    }

    #[pyo3(signature = (column, progress=None))]
    fn count(&self, py: Python<'_>, column: Column, progress: Option<Bound<'_, PyAny>>) -> PyResult<PyTable> {
        self.run(py, &column, progress, |texts, run| table::count(&self.inner, texts, run)).map(PyTable)
    }

    #[pyo3(signature = (column, window=8, frame=None))]
    fn kwic(&self, py: Python<'_>, column: Column, window: usize, frame: Option<&str>) -> PyResult<PyTable> {
        self.run(py, &column, None, |texts, run| table::kwic(&self.inner, texts, window, frame, run)).map(PyTable)
    }

    fn sentences(&self, py: Python<'_>, column: Column) -> PyResult<PyTable> {
        self.run(py, &column, None, |texts, run| table::sentences(&self.inner, texts, run)).map(PyTable)
    }
}

impl PyAnalyzer {
    /// Runs `job` without the interpreter's lock, on a thread of its own, while this one looks out for Ctrl-C and tells of progress.
    fn run<T: Send>(
        &self,
        py: Python<'_>,
        column: &Column,
        progress: Option<Bound<'_, PyAny>>,
        job: impl Fn(&Column, &Run) -> crate::error::Result<T> + Sync,
    ) -> PyResult<T> {
        let run = Run { threads: self.threads, ..Run::default() };
        let progress = progress.map(Bound::unbind);
        let mut total = 0;
        let result = py.detach(|| {
            if progress.is_some() {
                column.sizes(&mut |bytes| total += bytes);
            }
            std::thread::scope(|scope| {
                let (sender, receiver) = mpsc::sync_channel(1);
                let (run, job) = (&run, &job);
                let worker = scope.spawn(move || sender.send(job(column, run)));
                let outcome = watch(&receiver, run, progress.as_ref(), total);
                // Joined here, so that a panic in it ends here and does not cross into Python.
                drop(worker.join());
                outcome
            })
        })?;
        if let Some(progress) = progress {
            progress.call1(py, (total, total))?;
        }
        result.map_err(|e| column.explain(py, &e))
    }
}

/// Waits for the result of a run, while looking out for Ctrl-C and telling of progress; an error of either cancels the run.
fn watch<T>(receiver: &mpsc::Receiver<T>, run: &Run, progress: Option<&Py<PyAny>>, total: usize) -> PyResult<T> {
    loop {
        match receiver.recv_timeout(Duration::from_millis(50)) {
            Ok(result) => return Ok(result),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err("a worker of framescope stopped; this is a defect, please report it"));
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
        let told = Python::attach(|py| {
            py.check_signals()?;
            progress.map_or(Ok(()), |p| p.call1(py, (run.done.load(Ordering::Relaxed), total)).map(drop))
        });
        if told.is_err() {
            run.cancelled.store(true, Ordering::Relaxed);
            told?;
        }
    }
}

/// Numbers from hits; see the stub for the shapes.
#[pyfunction]
#[pyo3(signature = (words, hits, frames, measure, groups=None, n_groups=0))]
#[allow(clippy::needless_pass_by_value)] // pyo3 hands over new values
fn score(
    py: Python<'_>,
    words: PyChunkedArray,
    hits: PyChunkedArray,
    frames: Vec<String>,
    measure: &str,
    groups: Option<PyChunkedArray>,
    n_groups: usize,
) -> PyResult<PyTable> {
    let groups = groups.as_ref().map(|g| (g.chunks(), n_groups));
    let build = || table::score(words.chunks(), hits.chunks(), &frames, measure, groups);
    py.detach(build).map(PyTable).map_err(|e| raise(py, &e))
}

/// Numbers from stances; see the stub for the shapes.
#[pyfunction]
#[allow(clippy::needless_pass_by_value)] // pyo3 hands over new values
fn stance_scores(py: Python<'_>, stances: PyChunkedArray, groups: PyChunkedArray, n_groups: usize) -> PyResult<PyTable> {
    let build = || table::stance_scores(stances.chunks(), (groups.chunks(), n_groups));
    py.detach(build).map(PyTable).map_err(|e| raise(py, &e))
}

/// How marked spans are seen; see the stub.
#[pyfunction]
#[allow(clippy::needless_pass_by_value)] // pyo3 hands over new values
fn stance(
    py: Python<'_>,
    column: Column,
    spans: PyChunkedArray,
    weights: Option<&str>,
    explain: bool,
    threads: usize,
) -> PyResult<PyTable> {
    let texts = column.texts(py)?;
    let build = || table::stance(&table::MarkedSpans::read(texts, spans.chunks())?, weights, explain, threads);
    py.detach(build).map(PyTable).map_err(|e| raise(py, &e))
}

/// The features of marked spans as a sparse matrix, to learn from; see the stub.
#[pyfunction]
#[allow(clippy::needless_pass_by_value, clippy::type_complexity)] // pyo3 hands over new values
fn stance_features(
    py: Python<'_>,
    column: Column,
    spans: PyChunkedArray,
    threads: usize,
) -> PyResult<(Vec<String>, Vec<i64>, Vec<i32>, Vec<f32>)> {
    let texts = column.texts(py)?;
    let build = || table::stance_features(&table::MarkedSpans::read(texts, spans.chunks())?, threads);
    py.detach(build).map(|m| (m.names, m.starts, m.columns, m.values)).map_err(|e| raise(py, &e))
}
