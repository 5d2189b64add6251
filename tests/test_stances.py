"""`result.stance` against the same numbers worked out in pandas. The stances are made up here."""

from __future__ import annotations

import json
import pickle

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import framescope as fs

T = {
    1: 12.706204736,
    2: 4.302652730,
    3: 3.182446305,
    4: 2.776445105,
    5: 2.570581836,
    6: 2.446911851,
}  # 0.975, by degrees of freedom
COLUMNS = ["documents", "n", "positive", "negative", "neutral", "mean", "low", "high", "strength"]
OUTLETS = ["b", "a", "b", None, "a", "b", "b", "a"]
STANCES = [  # document, speaker, target, polarity, strength
    (0, "author", "norland", 1, 0.5),
    (0, "author", "norland", -1, -0.25),
    (0, "Anna Kern", "sudland", 1, 0.75),
    (1, "Anna Kern", "norland", -1, -1.0),
    (2, "author", "norland", 1, 0.125),
    (2, "author", "norland", 1, 0.5),
    (2, None, "sudland", 0, 0.0),
    (3, "author", "norland", -1, -0.5),
    (4, "author", None, -1, -0.5),
    (4, "author", "norland", 0, 0.0),
    (5, "Anna Kern", "norland", 1, 1.0),
    (5, "a driver", "eastmark", 1, 0.5),
    (6, "a driver", "eastmark", 1, 0.5),
    (7, "author", "sudland", -1, -0.5),
    (7, "author", "sudland", -1, -0.5),
]


def frame() -> pd.DataFrame:
    return pd.DataFrame({"body": ["Words."] * 8, "outlet": OUTLETS, "key": list("ABCDEFGH")})


def with_stances(result: fs.Result) -> fs.Result:
    """The result with the stances above, in two chunks, in place of what was found."""
    schema = result._stances.schema
    rows = [
        {"doc": doc, "start": 0, "end": 1, "text": "W", "sentence": 0, "speaker": speaker, "target": target, "polarity": polarity}
        | {"strength": strength, "quoted": speaker == "Anna Kern", "negated": False}
        for doc, speaker, target, polarity, strength in STANCES
    ]
    table = pa.concat_tables([pa.Table.from_pylist(part, schema=schema) for part in (rows[:5], rows[5:])])
    result._stances = table
    return result


@pytest.fixture(scope="module")
def result(lexicon) -> fs.Result:
    return with_stances(fs.analyze(frame(), text="body", lexicon=lexicon))


def by_hand(by: list[str]) -> pd.DataFrame:
    """From the definitions."""
    stances = pd.DataFrame(STANCES, columns=["doc", "speaker", "target", "polarity", "strength"])
    stances["quoted"] = stances["speaker"] == "Anna Kern"
    stances["outlet"] = stances["doc"].map(dict(enumerate(OUTLETS)))
    out = {}
    for key, group in stances.groupby(by):
        parts = group.groupby("doc")["polarity"].agg(["sum", "size"])
        n, m, mean = len(group), len(parts), group["polarity"].mean()
        residuals = parts["sum"] - mean * parts["size"]
        reach = T.get(m - 1, np.nan) * np.sqrt(m / (m - 1) * (residuals**2).sum()) / n if m > 1 else np.nan
        reach = np.nan if np.allclose(residuals, 0) else reach
        signs = [(group["polarity"] == sign).sum() for sign in (1, -1, 0)]
        out[key] = [m, n, *signs, mean, max(mean - reach, -1), min(mean + reach, 1), group["strength"].mean()]
        if np.isnan(reach):
            out[key][6:8] = [np.nan, np.nan]
    table = pd.DataFrame.from_dict(out, orient="index", columns=COLUMNS)
    table.index = pd.MultiIndex.from_tuples(table.index, names=by)
    return table


@pytest.mark.parametrize("by", [["target"], ["speaker"], ["outlet"], ["quoted", "target"], ["outlet", "speaker", "target"]])
def test_against_the_definitions(by, result):
    got = result.stance(by=by)
    assert got.columns.tolist() == [*by, *COLUMNS]
    expected = by_hand(by)
    assert got.set_index(by).index.tolist() == expected.reset_index().set_index(by).index.tolist()
    np.testing.assert_allclose(got[COLUMNS].astype(float), expected.astype(float), rtol=1e-6)


def test_by_default_targets(result):
    got = result.stance()
    assert got["target"].tolist() == ["eastmark", "norland", "sudland"]
    assert got.equals(result.stance("target"))
    assert got.loc[1, ["documents", "n", "positive", "negative", "neutral"]].tolist() == [6, 8, 4, 3, 1]
    assert got.loc[1, "low"] < got.loc[1, "mean"] == 0.125 < got.loc[1, "high"]


def test_the_interval_is_null_where_nothing_shows_how_documents_vary(result):
    got = result.stance(["speaker", "target"]).set_index(["speaker", "target"])
    assert np.isnan(got.loc[("Anna Kern", "sudland"), "low"]), "one document"
    assert np.isnan(got.loc[("author", "sudland"), "high"]), "one document, two stances"
    assert np.isnan(got.loc[("a driver", "eastmark"), "low"]), "two documents that say the same"
    assert not np.isnan(got.loc[("author", "norland"), "low"])
    got = result.stance(["speaker"]).set_index("speaker")
    assert got.loc["author", ["documents", "n"]].tolist() == [5, 9]


def test_null_keys_are_in_no_group(result):
    assert result.stance("target")["n"].sum() == 14
    assert result.stance("speaker")["n"].sum() == 14
    assert result.stance("outlet")["n"].sum() == 14
    assert result.stance("speaker_actor")["n"].tolist() == []


def test_no_stances(lexicon):
    got = fs.analyze(["Words."], lexicon=lexicon).stance(["speaker", "target"])
    assert (len(got), got.columns.tolist()) == (0, ["speaker", "target", *COLUMNS])
    none = fs.analyze(pa.table({"t": ["Words."], "g": [1]}), text="t", lexicon=lexicon)
    some = with_stances(fs.analyze(pa.table({"t": ["Words."] * 8, "g": [1] * 8}), text="t", lexicon=lexicon))
    assert none.stance(["g", "target"]).schema.equals(some.stance(["g", "target"]).schema)


def test_the_same_in_every_library(result, lexicon):
    expected = result.stance(["outlet", "target"])
    for data in (pl.from_pandas(frame()), pa.Table.from_pandas(frame()), duckdb.from_arrow(pa.Table.from_pandas(frame()))):
        got = with_stances(fs.analyze(data, text="body", id="key", lexicon=lexicon)).stance(["outlet", "target"])
        table = got.to_arrow_table() if isinstance(got, duckdb.DuckDBPyRelation) else got
        table = table if isinstance(table, pl.DataFrame) else pl.from_arrow(table)
        assert isinstance(got, type(data))
        pd.testing.assert_frame_equal(table.to_pandas(), expected, check_dtype=False)


def test_the_manifest_says_by_what(lexicon):
    result = with_stances(fs.analyze(pa.Table.from_pandas(frame()), text="body", lexicon=lexicon))
    manifest = json.loads(result.stance("speaker").schema.metadata[b"framescope"])
    assert manifest == {**result.manifest(), "by": ["speaker"]}


def test_it_travels(result):
    again = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own bytes
    assert again.stance("speaker").equals(result.stance("speaker"))


@pytest.mark.parametrize(
    ("by", "message"),
    [
        ("targt", "no column 'targt'; did you mean 'target'?; columns of stances and of your frame: 'speaker',"),
        ("outlt", "no column 'outlt'; did you mean 'outlet'?"),
        (["target", "target"], "names a column twice"),
        ([], "by= names no column; columns of stances that make groups: speaker, speaker_actor, target, quoted, negated"),
    ],
)
def test_errors(by, message, result):
    with pytest.raises(fs.ColumnError) as caught:
        result.stance(by)
    assert message in str(caught.value)


def test_columns_of_one_name(lexicon):
    data = frame().rename(columns={"outlet": "speaker", "key": "mean"})
    result = with_stances(fs.analyze(data, text="body", lexicon=lexicon))
    with pytest.raises(fs.ColumnError, match="'speaker' of by= is in the stances and in your frame too; rename yours"):
        result.stance("speaker")
    with pytest.raises(fs.ColumnError, match="'mean' of by= has the name of a column of the scores; rename it"):
        result.stance("mean")
    bare = with_stances(fs.analyze(["Words."] * 8, lexicon=lexicon))
    assert len(bare.stance("speaker")) == 3
    with pytest.raises(fs.ColumnError, match="no column 'outlet'"):
        bare.stance("outlet")
