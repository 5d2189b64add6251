"""`df.framescope` and `series.framescope` of pandas: the verbs, on the frame's own index."""

from __future__ import annotations

import re
import subprocess
import sys

import pandas as pd
import pyarrow as pa
import pytest

import framescope as fs
from kinds import COLUMNS, rows

INDEXES = {
    "of rows": pd.RangeIndex(5),
    "of names": pd.Index(["e", "d", "c", "b", "a"], name="url"),
    "with repeats": pd.Index([1, 1, 0, 0, 1]),
    "of dates": pd.date_range("2024-01-31", periods=5, freq="D"),
    "of levels": pd.MultiIndex.from_product([["x"], range(5)], names=["outlet", "n"]),
    "with nulls": pd.Index([None, "a", None, "b", "c"], dtype=object),
}


@pytest.fixture
def counted(texts, lexicon):
    """Rows of `fs.count` without `doc`."""
    return [{name: value for name, value in row.items() if name != "doc"} for row in rows(fs.count(texts, lexicon=lexicon))]


@pytest.mark.parametrize("index", INDEXES.values(), ids=INDEXES)
def test_counts_stand_on_the_index_of_the_frame(index, texts, lexicon, counted):
    frame = pd.DataFrame({"n": range(5), "body": texts}, index=index)
    for counts in (frame.framescope.count("body", lexicon=lexicon), frame["body"].framescope.count(lexicon=lexicon)):
        pd.testing.assert_index_equal(counts.index, index)
        assert rows(counts) == counted
        assert set(map(str, counts.dtypes)) == {"Int64"}


def test_counts_join_the_rows_they_were_counted_in(texts, lexicon):
    frame = pd.DataFrame({"body": texts}, index=list("edcba")).sort_index()
    joined = frame.join(frame.framescope.count("body", lexicon=lexicon))
    assert joined.loc["e", "bridge"] == 2
    assert joined.loc["b", "peace.deal"] == 1
    assert pd.isna(joined.loc["d", "words"])


def test_a_filtered_frame_keeps_what_is_left(texts, lexicon, counted):
    frame = pd.DataFrame({"body": texts})
    kept = frame[frame["body"].str.len() > 20]
    assert kept.index.tolist() == [0, 3]
    assert rows(kept.framescope.count("body", lexicon=lexicon)) == [counted[0], counted[3]]


@pytest.mark.parametrize("kind", [name for name in COLUMNS if name.startswith("pandas") and name != "pandas index"])
def test_any_series(kind, texts, lexicon, counted):
    series = COLUMNS[kind](texts)
    assert rows(series.framescope.count(lexicon)) == counted
    assert rows(series.framescope.analyze(lexicon).hits) == rows(fs.analyze(texts, lexicon=lexicon).hits)


def test_analyze_is_the_verb(texts, lexicon):
    frame = pd.DataFrame({"url": list("abcde"), "body": texts}, index=range(9, 4, -1))
    result = frame.framescope.analyze("body", id="url", lexicon=lexicon, threads=1)
    same = fs.analyze(frame, text="body", id="url", lexicon=lexicon)
    assert isinstance(result, fs.Result)
    assert rows(result.hits) == rows(same.hits)
    assert result.manifest() == same.manifest()
    positions = frame.framescope.analyze("body", lexicon=lexicon).hits["doc"]
    assert {frame.iloc[doc]["url"] for doc in positions} == set(result.hits["doc"])


def test_scores_by_columns_of_the_frame(lexicon):
    frame = pd.DataFrame({"outlet": ["a", "b"], "body": ["Peace.", "A bridge."]})
    assert len(frame.framescope.analyze("body", lexicon=lexicon).scores("rate", by="outlet")) == 6


def test_keep_chrome_reaches_the_core(lexicon, page_with_chrome):
    frame = pd.DataFrame({"body": [page_with_chrome]})
    kept, cut = (frame.framescope.count("body", lexicon=lexicon, keep_chrome=keep)["peace"][0] for keep in (True, False))
    assert kept == cut + 1
    assert frame["body"].framescope.count(lexicon, keep_chrome=True)["peace"][0] == kept


def test_an_empty_frame(lexicon):
    counts = pd.DataFrame({"body": pd.Series([], dtype="str")}).framescope.count("body", lexicon=lexicon)
    assert counts.shape == (0, 4)
    assert set(map(str, counts.dtypes)) == {"Int64"}


def test_a_column_of_that_name_is_no_obstacle(texts, lexicon, counted):
    frame = pd.DataFrame({"framescope": texts})
    assert rows(frame.framescope.count("framescope", lexicon=lexicon)) == counted
    assert frame["framescope"].tolist()[0] == texts[0]
    assert rows(frame.set_index("framescope").assign(framescope=texts).framescope.count("framescope", lexicon=lexicon)) == counted


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (
            lambda df: df.framescope.count(),
            "text= is needed with a frame: name the column of documents (columns of text here: 'body')",
        ),
        (lambda df: df.framescope.count("bdy"), "no column 'bdy'; did you mean 'body'?"),
        (lambda df: df.framescope.analyze("n"), "of column 'n' holds"),
        (lambda df: df["n"].framescope.count(), "of the documents holds"),
        (lambda df: df.framescope.count("body", lexicom="x"), "no option 'lexicom'; did you mean 'lexicon'?"),
        (
            lambda df: df.framescope.analyze("body", "x"),
            "what follows the documents needs its name, as in fs.analyze(texts, lexicon='x')",
        ),
        (lambda df: df.framescope.count("body", by="outlet"), "scores of groups"),
        (lambda df: df["body"].framescope.count("foreign-polcy"), "did you mean 'foreign-policy'?"),
        (lambda df: df["body"].framescope.count(threads=0), "threads=0 must be a whole number from 1"),
    ],
)
def test_errors_say_the_fix(call, error):
    frame = pd.DataFrame({"n": [1, 2], "body": ["a", "b"]})
    with pytest.raises(fs.FramescopeError, match=re.escape(error)):
        call(frame)


ORDERS = {
    "framescope, then pandas and polars": "import framescope, pandas as pd, polars as pl",
    "a submodule first": "import pandas.api.types, polars.selectors, framescope, pandas as pd, polars as pl",
    "our own module first": "import framescope.pipelines.polars, framescope.pipelines.pandas, pandas as pd, polars as pl",
    "again": "import importlib, framescope, pandas as pd, polars as pl, framescope.pipelines.pandas as a, framescope.pipelines.polars as b; "
    "importlib.reload(a); importlib.reload(b); importlib.reload(framescope)",
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_any_order_of_imports(order):
    code = f"{order}\npd.DataFrame().framescope; pd.Series(['a']).framescope.count; pl.col('a').framescope.count\npl.LazyFrame().framescope.count"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_importing_framescope_imports_no_frames():
    code = "import sys, framescope; print(sorted({'pandas', 'polars', 'sklearn', 'spacy', 'duckdb', 'altair', 'xlsxwriter'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_arrow_backed_frames(texts, lexicon, counted):
    frame = pa.table({"body": texts}).to_pandas(types_mapper=pd.ArrowDtype)
    assert rows(frame.framescope.count("body", lexicon=lexicon)) == counted
