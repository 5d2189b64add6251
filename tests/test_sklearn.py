"""`FrameVectorizer`: what scikit-learn expects of a transformer, and the numbers of `result.scores`."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier
from sklearn.exceptions import SkipTestWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.utils import get_tags
from sklearn.utils.estimator_checks import parametrize_with_checks

import framescope as fs
from kinds import COLUMNS, rows

FRAMES = ["bridge", "peace", "peace.deal"]
MEASURES = ["rate", "share", "presence", "count", "weight", "logit"]
TEXTS = [
    "A bridge of peace.",
    "Ceasefire, peace talks, peace.",
    "Nothing here.",
    "They said “no bridge”; we link Baku to the East.",
]


with warnings.catch_warnings():  # scikit-learn says that it has few checks for text; those that it has are run
    warnings.simplefilter("ignore", SkipTestWarning)
    CHECKS = parametrize_with_checks([fs.FrameVectorizer(), fs.FrameVectorizer(measure="share", null="nan", threads=1)])


@CHECKS
def test_the_checks_of_scikit_learn(estimator, check):
    check(estimator)


@pytest.fixture
def vectorizer(lexicon) -> fs.FrameVectorizer:
    return fs.FrameVectorizer(lexicon)


def expected(texts, lexicon, measure, **where):
    """The scores as a matrix, NaN where they are null."""
    table = rows(fs.analyze(list(texts), lexicon=lexicon).scores(measure, **where))
    return np.array([[np.nan if row[frame] is None else row[frame] for frame in FRAMES] for row in table], dtype=float)


@pytest.mark.parametrize("measure", MEASURES)
def test_values_are_scores(measure, lexicon):
    got = fs.FrameVectorizer(lexicon, measure=measure, null="nan").fit_transform([*TEXTS, None, ""])
    np.testing.assert_array_equal(got, expected([*TEXTS, None, ""], lexicon, measure))
    assert got.dtype == np.float64
    assert np.isnan(got[4]).all()
    assert (got[0] > 0).any() or measure == "logit"


@pytest.mark.parametrize(
    "where", [{"quoted": True}, {"quoted": False}, {"negated": True}, {"modality": "asserted"}, {"target": "azerbaijan"}]
)
def test_some_hits(where, lexicon):
    texts = [*TEXTS, "There may be peace."]
    got = fs.FrameVectorizer(lexicon, measure="count", **where).transform(texts)
    np.testing.assert_array_equal(got, expected(texts, lexicon, "count", **where))
    assert not np.array_equal(got, expected(texts, lexicon, "count"))


def test_keep_chrome(lexicon, page_with_chrome):
    cut, kept = (
        fs.FrameVectorizer(lexicon, measure="count", keep_chrome=keep).transform([page_with_chrome]) for keep in (False, True)
    )
    assert (kept - cut).tolist() == [[1, 1, 0]]


@pytest.mark.parametrize("kind", COLUMNS)
def test_any_column(kind, lexicon):
    vectorizer = fs.FrameVectorizer(lexicon, null="nan")
    np.testing.assert_array_equal(vectorizer.transform(COLUMNS[kind]([*TEXTS, None])), expected([*TEXTS, None], lexicon, "rate"))


@pytest.mark.parametrize(
    "kind",
    [lambda t: pd.DataFrame({"body": t}), lambda t: pl.DataFrame({"body": t}), lambda t: np.array(t)[:, None], np.array],
    ids=["pandas", "polars", "matrix", "str array"],
)
def test_one_column_in_two_dimensions(kind, vectorizer, lexicon):
    np.testing.assert_array_equal(vectorizer.fit_transform(kind(TEXTS)), expected(TEXTS, lexicon, "rate"))


def test_no_documents(vectorizer):
    assert vectorizer.fit_transform([]).shape == (0, 3)


class TestNull:
    TEXTS = ("Peace.", None, "", "Nothing.")

    def test_a_null_document_is_named(self, lexicon):
        for measure in MEASURES:
            with pytest.raises(fs.ColumnError, match=re.escape("row 1 of the documents is null, and most models refuse it")):
                fs.FrameVectorizer(lexicon, measure=measure).transform(self.TEXTS)

    @pytest.mark.parametrize("measure", MEASURES[:-1])
    def test_zero(self, measure, lexicon):
        got = fs.FrameVectorizer(lexicon, measure=measure, null="zero").transform(self.TEXTS)
        np.testing.assert_array_equal(got, np.nan_to_num(expected(self.TEXTS, lexicon, measure)))
        assert got[1:].tolist() == [[0, 0, 0]] * 3

    def test_nan(self, lexicon):
        nan, zero = [True] * 3, [False] * 3
        for measure, unknown in [
            ("rate", [zero, nan, nan, zero]),
            ("share", [zero, nan, nan, nan]),
            ("count", [zero, nan, zero, zero]),
        ]:
            got = fs.FrameVectorizer(lexicon, measure=measure, null="nan").transform(self.TEXTS)
            assert np.isnan(got).tolist() == unknown

    def test_what_was_read_is_zero_where_there_is_nothing_to_divide_by(self, vectorizer):
        assert vectorizer.transform(["", "Nothing."]).tolist() == [[0, 0, 0]] * 2
        assert clone(vectorizer).set_params(measure="share").transform(["", "Nothing."]).tolist() == [[0, 0, 0]] * 2

    @pytest.mark.parametrize("null", ["zero", "error"])
    def test_a_logit_is_never_filled(self, null, lexicon):
        with pytest.raises(fs.FramescopeError, match="row 1 of the documents has no words, so no logit"):
            fs.FrameVectorizer(lexicon, measure="logit", null=null).transform(["Peace.", ""])

    def test_models_that_take_nan(self, lexicon):
        texts, labels = [*TEXTS, None], [1, 1, 0, 0, 0]
        vectorizer = fs.FrameVectorizer(lexicon, null="nan")
        make_pipeline(vectorizer, SimpleImputer(), LogisticRegression()).fit(texts, labels).predict(texts)
        with pytest.raises(ValueError, match="NaN"):
            make_pipeline(vectorizer, LogisticRegression()).fit(texts, labels)


class TestProtocol:
    def test_params(self, lexicon):
        vectorizer = fs.FrameVectorizer(lexicon, measure="count", negated=False)
        params = vectorizer.get_params()
        assert params == {
            "lexicon": lexicon, "measure": "count", "null": "error", "target": None, "quoted": None, "negated": False,
            "modality": None, "keep_chrome": False, "threads": None,
        }  # fmt: skip
        assert fs.FrameVectorizer(**params).get_params() == params
        vectorizer.set_params(measure="presence", null="zero")
        assert vectorizer.transform(["peace peace", None]).tolist() == [[0, 1, 0], [0, 0, 0]]
        with pytest.raises(ValueError, match="Invalid parameter 'measur'"):
            vectorizer.set_params(measur="rate")

    def test_clone(self, vectorizer, lexicon):
        vectorizer.fit(TEXTS)
        copy = clone(vectorizer.set_params(measure="count"))
        assert copy is not vectorizer
        assert copy.get_params() == vectorizer.get_params()
        assert copy.lexicon is lexicon  # what was compiled is not compiled again
        np.testing.assert_array_equal(copy.transform(TEXTS), expected(TEXTS, lexicon, "count"))

    @pytest.mark.parametrize("fitted", [False, True])
    def test_pickle(self, fitted, vectorizer, lexicon):
        if fitted:
            vectorizer.fit(TEXTS)
        again = pickle.loads(pickle.dumps(vectorizer))  # noqa: S301 - our own bytes
        assert again.get_params() == vectorizer.get_params()
        np.testing.assert_array_equal(again.transform(TEXTS), expected(TEXTS, lexicon, "rate"))
        assert again.get_feature_names_out().tolist() == FRAMES

    def test_a_fitted_one_takes_the_file_along(self, lexicon, tmp_path):
        path = tmp_path / "mine.yaml"
        lexicon.save(path)
        vectorizer = fs.FrameVectorizer(str(path)).fit(TEXTS)
        path.unlink()
        again = pickle.loads(pickle.dumps(vectorizer))  # noqa: S301 - our own bytes
        np.testing.assert_array_equal(again.transform(TEXTS), expected(TEXTS, lexicon, "rate"))
        with pytest.raises(fs.LexiconError, match="no lexicon"):
            clone(vectorizer).transform(TEXTS)
        assert vectorizer.set_params(lexicon="foreign-policy").transform(TEXTS).shape == (4, 20)

    def test_it_needs_no_fitting(self, vectorizer, lexicon):
        np.testing.assert_array_equal(vectorizer.transform(TEXTS), expected(TEXTS, lexicon, "rate"))
        assert vectorizer.get_feature_names_out().tolist() == FRAMES
        before = dict(vars(vectorizer.fit(TEXTS)))
        vectorizer.transform(TEXTS)
        assert vars(vectorizer) == before
        assert vectorizer.fit(TEXTS) is vectorizer

    def test_names(self, vectorizer):
        names = vectorizer.get_feature_names_out(["ignored"])
        assert (names.tolist(), names.dtype) == (FRAMES, object)

    def test_tags(self, vectorizer):
        tags = get_tags(vectorizer)
        assert tags.input_tags.string
        assert not tags.input_tags.two_d_array
        assert not tags.requires_fit
        assert not tags.input_tags.allow_nan
        assert get_tags(fs.FrameVectorizer(null="nan")).input_tags.allow_nan

    @pytest.mark.parametrize("threads", [1, 2, None])
    def test_any_threads(self, threads, lexicon):
        got = fs.FrameVectorizer(lexicon, threads=threads).transform(TEXTS * 200)
        np.testing.assert_array_equal(got, np.tile(expected(TEXTS, lexicon, "rate"), (200, 1)))

    def test_repr(self, lexicon):
        assert repr(fs.FrameVectorizer(lexicon, measure="share")).startswith("FrameVectorizer(lexicon=<Lexicon small")
        assert "FrameVectorizer" in make_pipeline(fs.FrameVectorizer(), DummyClassifier())._repr_html_inner()


class TestTogether:
    LABELS = (1, 1, 0, 0)

    def test_pipeline(self, vectorizer):
        model = make_pipeline(vectorizer, LogisticRegression())
        model.fit(TEXTS * 5, self.LABELS * 5)
        assert model.score(TEXTS, self.LABELS) == 1.0
        assert model[:-1].get_feature_names_out().tolist() == FRAMES
        assert model.predict(pd.Series(["Peace, peace."])).tolist() == [1]
        with pytest.raises(fs.ColumnError, match="put it in a list"):
            model.predict("Peace, peace.")

    def test_set_output_pandas(self, vectorizer, lexicon):
        vectorizer.set_output(transform="pandas")
        frame = vectorizer.fit_transform(pd.Series(TEXTS, index=list("dcba")))
        assert isinstance(frame, pd.DataFrame)
        assert (frame.columns.tolist(), frame.index.tolist()) == (FRAMES, list("dcba"))
        np.testing.assert_array_equal(frame.to_numpy(), expected(TEXTS, lexicon, "rate"))
        assert vectorizer.transform(TEXTS).index.tolist() == [0, 1, 2, 3]
        assert clone(vectorizer).transform(pd.DataFrame({"body": TEXTS}, index=list("dcba"))).index.tolist() == list("dcba")

    def test_set_output_polars(self, vectorizer, lexicon):
        frame = vectorizer.set_output(transform="polars").fit_transform(pl.Series(TEXTS))
        assert isinstance(frame, pl.DataFrame)
        assert frame.columns == FRAMES
        np.testing.assert_array_equal(frame.to_numpy(), expected(TEXTS, lexicon, "rate"))

    @pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
    @pytest.mark.parametrize("selector", ["body", ["body"]])
    def test_column_transformer(self, make, selector, vectorizer, lexicon):
        frame = make({"n": [1, 2, 3, 4], "body": TEXTS})
        both = ColumnTransformer([("frames", vectorizer, selector), ("rest", "passthrough", ["n"])]).fit(frame)
        got = both.transform(frame)
        np.testing.assert_array_equal(got[:, :3], expected(TEXTS, lexicon, "rate"))
        assert both.get_feature_names_out().tolist() == [*(f"frames__{name}" for name in FRAMES), "rest__n"]

    def test_beside_words(self, vectorizer, lexicon):
        union = FeatureUnion([("frames", vectorizer), ("words", TfidfVectorizer())])
        np.testing.assert_array_equal(union.fit_transform(TEXTS).toarray()[:, :3], expected(TEXTS, lexicon, "rate"))

    def test_grid_search(self, lexicon):
        peace = lexicon.select("peace")
        grid = {
            "framevectorizer__lexicon": [peace, lexicon, "foreign-policy"],
            "framevectorizer__measure": ["rate", "share", "presence"],
        }
        texts = ["A bridge.", "Bridges.", "Calm.", "Nothing."] * 5
        search = GridSearchCV(make_pipeline(fs.FrameVectorizer(), LogisticRegression()), grid, cv=2, error_score="raise")
        search.fit(texts, [1, 1, 0, 0] * 5)
        scores = dict(zip(map(str, search.cv_results_["params"]), search.cv_results_["mean_test_score"], strict=True))
        assert len(scores) == 9
        assert search.best_params_["framevectorizer__lexicon"] == lexicon
        assert search.best_score_ == 1.0
        assert min(scores.values()) == 0.5

    def test_cross_validation_on_two_processes(self, lexicon, tmp_path):
        path = tmp_path / "mine.yaml"
        lexicon.save(path)
        texts, labels = np.array(["A bridge.", "Calm."] * 10, dtype=object), [1, 0] * 10
        model = make_pipeline(fs.FrameVectorizer(path, threads=1), LogisticRegression())
        one, two = (cross_val_score(model, texts, labels, cv=2, n_jobs=jobs, error_score="raise") for jobs in (1, 2))
        assert one.tolist() == two.tolist() == [1.0] * 2


@pytest.mark.parametrize(
    ("options", "documents", "error"),
    [
        ({}, "one text", "one str is one document, not a column of them; put it in a list: [text]"),
        ({}, ["a", 7], "row 1 of the documents holds int (7)"),
        ({}, (text for text in TEXTS), "can be read only once; pass a list"),
        ({}, pd.DataFrame({"id": [1], "body": ["a"]}), "this frame has 2 ('id', 'body'); pass one, as in df['body']"),
        ({}, np.array([["a", "b"]]), "a matrix is not a column"),
        ({"measure": "rates"}, TEXTS, "no measure 'rates'; did you mean 'rate'?"),
        ({"null": "zeros"}, TEXTS, "no null 'zeros'; did you mean 'zero'?"),
        ({"lexicon": "foreign-polcy"}, TEXTS, "did you mean 'foreign-policy'?"),
        ({"threads": 0}, TEXTS, "threads=0 must be"),
        ({"keep_chrome": 1}, TEXTS, "keep_chrome=1 must be True or False"),
        ({"target": "azerbaijian"}, TEXTS, "no target 'azerbaijian'; did you mean 'azerbaijan'?"),
        ({"modality": "hedge"}, TEXTS, "no modality 'hedge'; did you mean 'hedged'?"),
    ],
)
def test_errors_say_the_fix(options, documents, error, lexicon):
    with pytest.raises(fs.FramescopeError, match=re.escape(error)):
        fs.FrameVectorizer(**{"lexicon": lexicon, **options}).fit_transform(documents)


def test_without_scikit_learn():
    code = """
import sys
sys.modules["sklearn"] = None
from framescope import *
import framescope, inspect
inspect.getmembers(framescope)
try:
    framescope.FrameVectorizer
except framescope.FramescopeError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "FrameVectorizer needs scikit-learn; install it with: pip install 'framescope[sklearn]'\n"


def test_where_it_is_found():
    assert "FrameVectorizer" in dir(fs)
    with pytest.raises(AttributeError, match="module 'framescope' has no attribute 'FrameVectoriser'"):
        _ = fs.FrameVectoriser
