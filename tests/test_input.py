"""Every kind of column and frame gives the same tables, and gets them back in its own library."""

from __future__ import annotations

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import framescope as fs
from kinds import COLUMNS, FRAMES, OUT_OF_COLUMN, OUT_OF_FRAME, rows

TABLES = ["hits", "documents", "stances", "quotes"]


@pytest.fixture(scope="session")
def expected(texts, lexicon) -> fs.Result:
    return fs.analyze(texts, lexicon=lexicon)


def test_what_is_expected_is_right(expected, texts):
    found = [(row["doc"], row["text"], row["frame"], row["weight"]) for row in rows(expected.hits)]
    assert found == [
        (0, "Bridges", "bridge", 1.0),
        (0, "link Asia to the East", "bridge", 0.5),
        (0, "Peace talks", "peace", 1.0),
        (3, "bridge", "bridge", 1.0),
        (3, "peace", "peace", 1.0),
        (3, "ceasefire", "peace.deal", 1.0),
    ]
    for row in rows(expected.hits):
        assert texts[row["doc"]][row["start"] : row["end"]] == row["text"]
    assert [row["words"] for row in rows(expected.documents)] == [10, None, 0, 6, 2]


@pytest.mark.parametrize("kind", COLUMNS)
def test_columns(kind, texts, lexicon, expected):
    data = COLUMNS[kind](texts)
    result = fs.analyze(data, lexicon=lexicon)
    for name in TABLES:
        assert isinstance(getattr(result, name), OUT_OF_COLUMN[kind])
        assert rows(getattr(result, name)) == rows(getattr(expected, name))
    counts = fs.count(data, lexicon=lexicon)
    assert isinstance(counts, OUT_OF_COLUMN[kind])
    assert rows(counts) == rows(fs.count(texts, lexicon=lexicon))
    assert rows(result.kwic("peace")) == rows(expected.kwic("peace"))
    assert str(result.show(3)) == str(expected.show(3))


@pytest.mark.parametrize("kind", FRAMES)
def test_frames_with_ids(kind, texts, lexicon, expected):
    names = ["a", "b", "c", "d", "e"]
    data = FRAMES[kind]({"name": names, "body": texts, "size": [1, 2, 3, 4, 5]})
    result = fs.analyze(data, text="body", id="name", lexicon=lexicon)
    for name in TABLES:
        assert isinstance(getattr(result, name), OUT_OF_FRAME[kind])
        assert rows(getattr(result, name)) == [{**row, "doc": names[row["doc"]]} for row in rows(getattr(expected, name))]
    counts = fs.count(data, text="body", id="name", lexicon=lexicon)
    assert isinstance(counts, OUT_OF_FRAME[kind])
    assert [row["doc"] for row in rows(counts)] == names
    assert str(result.show("d")) == str(expected.show(3))
    assert isinstance(result.scores(by="name"), OUT_OF_FRAME[kind])


@pytest.mark.parametrize("kind", COLUMNS)
def test_no_documents(kind, lexicon):
    if kind == "polars chunks":
        pytest.skip("needs rows")
    result = fs.analyze(COLUMNS[kind]([]), lexicon=lexicon)
    full = fs.analyze(COLUMNS[kind](["A bridge."]), lexicon=lexicon)
    for name in TABLES:
        empty, filled = getattr(result, name), getattr(full, name)
        assert len(rows(empty)) == 0
        if isinstance(empty, pd.DataFrame):
            assert empty.dtypes.tolist() == filled.dtypes.tolist()
        else:
            assert empty.schema == filled.schema
    assert repr(result)


@pytest.mark.parametrize(
    "nothing",
    [
        [None, None],
        [float("nan"), None],
        pd.Series([None, float("nan")]),
        pd.Series([pd.NA, pd.NaT], dtype=object),
        pd.Series([None, None], dtype="category"),
        pl.Series([None, None]),
        pa.nulls(2),
        pa.chunked_array([pa.nulls(1), pa.nulls(1)]),
        pa.array([None, None], pa.int64()),
    ],
    ids=lambda value: f"{type(value).__module__}.{type(value).__name__}",
)
def test_all_null(nothing, lexicon):
    assert [row["words"] for row in rows(fs.count(nothing, lexicon=lexicon))] == [None, None]


def test_every_missing_value_is_null(lexicon):
    texts = ["peace", None, float("nan"), pd.NA, pd.NaT, "peace"]
    for data in (texts, pd.Series(texts, dtype=object)):
        assert [row["peace"] for row in rows(fs.count(data, lexicon=lexicon))] == [1, None, None, None, None, 1]


def test_a_column_of_no_chunks(lexicon):
    for type_ in (pa.string(), pa.large_string(), pa.null()):
        assert rows(fs.count(pa.chunked_array([], type_), lexicon=lexicon)) == []
    empty = pa.table({"t": pa.chunked_array([], pa.string())})
    assert rows(fs.analyze(empty, text="t", lexicon=lexicon).hits) == []


def test_any_object_that_speaks_arrow(texts, lexicon, expected):
    class Foreign:
        def __init__(self, inner):
            self.inner = inner

        def __arrow_c_stream__(self, requested_schema=None):
            return self.inner.__arrow_c_stream__(requested_schema)

    column = pa.chunked_array([pa.array(texts)])
    assert rows(fs.analyze(Foreign(column), lexicon=lexicon).hits) == rows(expected.hits)
    assert rows(fs.analyze(Foreign(pa.table({"t": column})), text="t", lexicon=lexicon).hits) == rows(expected.hits)


def test_duckdb_keeps_to_its_connection(texts, lexicon):
    connection = duckdb.connect()
    connection.register("articles", pa.table({"body": texts}))
    relation = connection.sql("select body from articles")
    hits = fs.analyze(relation, text="body", lexicon=lexicon).hits
    assert connection.sql("select count(*) from hits").fetchall() == [(6,)]
    assert hits.fetchall()


def test_pandas_types_do_not_follow_the_rows(lexicon):
    with_null = fs.analyze(["A bridge.", None], lexicon=lexicon)
    without = fs.analyze(["A bridge."], lexicon=lexicon)
    for name in TABLES:
        assert getattr(with_null, name).dtypes.tolist() == getattr(without, name).dtypes.tolist()
    types = without.hits.dtypes.astype(str)
    assert types[["doc", "start", "end", "sentence"]].tolist() == ["int64"] * 4
    assert types[["negated", "quoted"]].tolist() == ["object"] * 2
    assert without.documents.dtypes.astype(str)["words"] == "Int64"
    assert not any(without.hits["negated"])
    assert (without.hits.to_dict("records")[0]["negated"] or False) is False


def test_the_frame_may_change_afterwards(texts, lexicon):
    frame = pd.DataFrame({"body": texts, "outlet": list("aabbb")})
    result = fs.analyze(frame, text="body", lexicon=lexicon)
    del frame["outlet"]
    assert len(result.scores(by="outlet")) == 6


def test_threads_do_not_matter(texts, lexicon):
    many = texts * 200
    one = fs.analyze(many, lexicon=lexicon, threads=1)
    two = fs.analyze(many, lexicon=lexicon, threads=2)
    assert one.hits.equals(two.hits)
    assert one.manifest() == two.manifest()


def test_a_bar_can_be_asked_for(texts, lexicon, capsys):
    fs.count(texts * 50, lexicon=lexicon, progress=True)
    assert "framescope" in capsys.readouterr().err
    fs.count(texts, lexicon=lexicon, progress=False)
    fs.count(texts, lexicon=lexicon)
    assert capsys.readouterr().err == ""
