"""`FrameVectorizer`: texts → a matrix of frames, as a transformer of scikit-learn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow.compute as pc

from framescope.analysis import analyze, as_lexicon
from framescope.columns import arrow_text_column
from framescope.corpus import names, pick, refuse
from framescope.errors import ColumnError, FramescopeError
from framescope.options import options, thread_count
from framescope.scores import Measure

try:
    from sklearn.base import BaseEstimator, TransformerMixin
except ImportError:
    raise FramescopeError("FrameVectorizer needs scikit-learn; install it with: pip install 'framescope[sklearn]'") from None

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    import pyarrow as pa
    from numpy.typing import NDArray

    from framescope.lexicon import Lexicon
    from framescope.restriction import Modality

__all__ = ["FrameVectorizer"]

Null = Literal["error", "zero", "nan"]


class FrameVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """Turns documents into a dense matrix of frames, for any classifier, regressor or clusterer of scikit-learn.

    One row for each document, one column (float64) for each frame with entries, named by its path; the values are those of `result.scores(measure)`.
    Nothing is learned from the documents, so the vectorizer needs no fitting; `fit` reads the lexicon, and a fitted vectorizer that is
    pickled takes it along. A Pipeline that runs jobs in parallel does best with `threads=1`.

    Parameters
    ----------
    lexicon
        A `Lexicon`, the name of one that ships with the package, or a file.
    measure
        `rate`: hits per 1,000 words. `share`: of all hits, those of the frame. `presence`: 1 where the frame occurs. `count`: hits.
        `weight`: sum of the entries' weights. `logit`: ln((hits + ½) / (words - hits + ½)).
    null
        What becomes of a null document (None, NaN, NA): `error` names its row, as most models refuse it anyway; `zero` is a row of zeros,
        `nan` a row of NaN, for a model or an imputer that knows what to do with it. A document that was read and has nothing to divide by (no
        words; for `share` no hits) is zero, as in `TfidfVectorizer`, and NaN with `nan`; a logit of zero would be a lie, so there it is an error.
    target, quoted, negated, modality
        Only hits said of this actor, inside quotation marks, denied, asserted …, as in `result.scores`. (There is no `speaker`: who is heard
        differs from one batch of documents to the next.)
    keep_chrome, threads
        As in `framescope.analyze`.

    >>> import framescope as fs
    >>> from sklearn.linear_model import LogisticRegression
    >>> from sklearn.pipeline import make_pipeline
    >>> lexicon = fs.Lexicon.from_quanteda({"peace": ["peace", "ceasefire"], "war": ["war*"]})
    >>> texts = ["Peace at last.", "War and more war.", "A ceasefire.", "The warlord left."]
    >>> fs.FrameVectorizer(lexicon, measure="count").fit_transform(texts)
    array([[1., 0.],
           [0., 2.],
           [1., 0.],
           [0., 1.]])
    >>> model = make_pipeline(fs.FrameVectorizer(lexicon), LogisticRegression()).fit(texts, [1, 0, 1, 0])
    >>> model.predict(["They signed a peace.", "They went to war."])
    array([1, 0])
    """

    def __init__(
        self,
        lexicon: Lexicon | str | PathLike[str] = "foreign-policy",
        *,
        measure: Measure = "rate",
        null: Null = "error",
        target: str | Sequence[str] | None = None,
        quoted: bool | None = None,
        negated: bool | None = None,
        modality: Modality | Sequence[Modality] | None = None,
        keep_chrome: bool = False,
        threads: int | None = None,
    ) -> None:
        self.lexicon = lexicon
        self.measure = measure
        self.null = null
        self.target = target
        self.quoted = quoted
        self.negated = negated
        self.modality = modality
        self.keep_chrome = keep_chrome
        self.threads = threads

    def fit(self, X: Any, y: Any = None) -> FrameVectorizer:  # noqa: ARG002, N803 - the names of scikit-learn
        """Reads the lexicon and checks the options; nothing is learned from `X` (documents), and `y` is not used.

        Raises
        ------
        LexiconError, ColumnError, FramescopeError
            For a lexicon that does not exist or is not sound, for `X` that is no column of documents, and for options that are none.
        """
        self._check()
        column(X)
        self._read = (self.lexicon, as_lexicon(self.lexicon))
        return self

    def transform(self, X: Any) -> Any:  # noqa: N803 - as above
        """The matrix, documents × frames: a NumPy array of float64, or the frame that `set_output` asks for.

        `X` is a list, an array, a column of pandas, polars or Arrow, or a frame with one column.

        Raises
        ------
        ColumnError
            For a document that is neither text nor null, and for a null one unless `null` says otherwise; with its row.
        """
        self._check()
        result = analyze(
            arrow_text_column(column(X), "the documents"),
            lexicon=self._lexicon(),
            keep_chrome=self.keep_chrome,
            threads=self.threads,
            progress=False,
        )
        if self.null == "error":
            refuse_nulls(result.documents["words"])
        scores = result.scores(
            self.measure, wide=True, target=self.target, quoted=self.quoted, negated=self.negated, modality=self.modality
        )
        matrix = np.column_stack([values.to_numpy().astype(np.float64) for values in scores.drop_columns(["doc"]).columns])
        return matrix if self.null == "nan" else self._filled(matrix)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:  # noqa: ARG002 - there is one input
        """Paths of the frames, in the order of the columns."""
        return np.array(self._lexicon().counted_frames, dtype=object)

    def _lexicon(self) -> Lexicon:
        """The lexicon that `fit` read, unless another was set since."""
        asked, lexicon = vars(self).get("_read", (None, None))
        return lexicon if lexicon is not None and asked == self.lexicon else as_lexicon(self.lexicon)

    def _check(self) -> None:
        """Refuses options that are none."""
        for name, value, known in (("measure", self.measure, Measure), ("null", self.null, Null)):
            if value not in get_args(known):
                raise FramescopeError.not_found(name, value, get_args(known), "values")
        thread_count(self.threads), options(keep_chrome=self.keep_chrome)

    def _filled(self, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        """Zero where there is nothing to divide by."""
        unknown = np.isnan(matrix)
        if self.measure == "logit" and unknown.any():
            row = int(unknown.any(axis=1).argmax())
            raise FramescopeError(
                f"row {row} of the documents has no words, so no logit, and a zero would say that every second word is a hit; "
                "drop such rows, or say FrameVectorizer(measure='logit', null='nan')"
            )
        return np.where(unknown, 0.0, matrix)

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.input_tags.allow_nan = self.null != "error"
        tags.transformer_tags.preserves_dtype = []
        tags.requires_fit = False
        tags.no_validation = True
        return tags


def column(documents: Any) -> Any:
    """The documents as one column; also out of a frame or matrix that has only one."""
    if nw.dependencies.is_into_dataframe(documents):
        columns = names(documents)
        if len(columns) != 1:
            listed = ", ".join(f"'{name}'" for name in columns)
            raise ColumnError(
                f"FrameVectorizer takes one column of documents, and this frame has {len(columns)} ({listed}); pass one, as in df['body'], "
                "or name it in a ColumnTransformer: ('frames', FrameVectorizer(), 'body')"
            )
        return pick(documents, columns[0])
    if nw.dependencies.is_numpy_array(documents) and documents.ndim == 2 and documents.shape[1] == 1:  # noqa: PLR2004 - a matrix
        return documents[:, 0]
    refuse(documents)
    return documents


def refuse_nulls(words: pa.ChunkedArray) -> None:
    """Names the first null document."""
    if words.null_count:
        row = pc.index(words.is_null(), value=True).as_py()
        raise ColumnError(
            f"row {row} of the documents is null, and most models refuse it; drop such rows, or say what becomes of them: "
            "FrameVectorizer(null='zero') or FrameVectorizer(null='nan')"
        )
