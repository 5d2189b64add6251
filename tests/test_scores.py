"""Scores against the same numbers worked out in pandas from the hits and documents tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest

import framescope as fs

MEASURES = ["rate", "share", "presence", "count", "weight", "logit"]
FRAMES = ["bridge", "peace", "peace.deal"]


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    texts = [
        "Bridges link Asia to the East. Peace talks in Baku.",
        None,
        "",
        "A bridge for peace and peace for a bridge; a ceasefire.",
        "Nothing of the kind happened here today.",
        "They link North and East, and build bridges.",
        "peace peace",
    ]
    outlets = ["b", "b", "a", "a", "a", None, "b"]
    return pd.DataFrame({"body": texts, "outlet": outlets, "year": [1, 1, 2, 2, 2, 2, 1], "only": ["z"] * 7})


@pytest.fixture(scope="module")
def result(frame, lexicon) -> fs.Result:
    return fs.analyze(frame, text="body", lexicon=lexicon)


def by_hand(result: fs.Result, measure: str, groups: pd.Series) -> pd.DataFrame:
    """Groups × frames, from the definitions."""
    documents = result.documents.set_index("doc")
    words = documents["words"].astype("float").where(documents["words"].notna())
    alive = words.notna() & groups.notna()
    hits = result.hits[result.hits["doc"].map(alive)]
    group = hits["doc"].map(groups)
    counts = hits.groupby([group, "frame"])["weight"].agg(["size", "sum"])
    out = {}
    for name, members in words[alive].groupby(groups[alive]):
        for frame in FRAMES:
            count, weight = counts.loc[(name, frame)] if (name, frame) in counts.index else (0, 0.0)
            n, total = members.sum(), counts.loc[name]["size"].sum() if name in counts.index.get_level_values(0) else 0
            holding = hits[(group == name) & (hits["frame"] == frame)]["doc"].nunique()
            out[name, frame] = {
                "rate": 1000 * count / n if n else np.nan,
                "share": count / total if total else np.nan,
                "presence": holding / len(members),
                "count": count,
                "weight": weight,
                "logit": np.log((count + 0.5) / (n - count + 0.5)),
            }[measure]
    return pd.Series(out).unstack()[FRAMES]


@pytest.mark.parametrize("measure", [m for m in MEASURES if m != "logit"])
def test_documents(measure, result):
    documents = pd.Series(range(7))
    expected = by_hand(result, measure, documents).reindex(range(7))
    got = result.scores(measure).set_index("doc")
    assert list(got.columns) == FRAMES
    np.testing.assert_allclose(got.astype(float), expected.astype(float))
    assert got.loc[1].isna().all()


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("by", ["outlet", "year", "only"])
def test_groups(measure, by, frame, result):
    expected = by_hand(result, measure, frame[by]).stack()
    got = result.scores(measure, by=by)
    assert list(got.columns) == [by, "frame", "documents", "words", "count", "value", "low", "high"]
    values = got.set_index([by, "frame"])
    np.testing.assert_allclose(values["value"].astype(float), expected.astype(float))
    inside = values.dropna(subset=["value", "low"])
    assert len(inside)
    assert (inside["low"] <= inside["value"]).all()
    assert (inside["value"] <= inside["high"]).all()


def test_counts_stand_beside_scores(result, frame):
    got = result.scores(by="outlet").set_index(["outlet", "frame"])
    assert got.loc[("b", "peace")][["documents", "words", "count"]].tolist() == [2, 12, 3]
    assert got.loc[("a", "bridge")][["documents", "words", "count"]].tolist() == [3, 18, 2]
    assert frame["outlet"].nunique() * len(FRAMES) == len(got)


def test_two_columns_make_groups_of_pairs(result):
    got = result.scores("count", by=["only", "year"])
    assert got[["only", "year"]].drop_duplicates().to_numpy().tolist() == [["z", 1], ["z", 2]]
    sums = result.scores("count").drop(columns="doc").sum().sum()
    assert got["value"].sum() == sums


def test_groups_can_be_wide(result):
    wide = result.scores("count", by="outlet", wide=True)
    long = result.scores("count", by="outlet")
    assert wide.columns.tolist() == ["outlet", *FRAMES]
    assert wide.set_index("outlet").stack().tolist() == long["value"].tolist()


@pytest.mark.parametrize("measure", MEASURES)
def test_documents_can_be_long(measure, result):
    long = result.scores(measure, wide=False)
    assert long.columns.tolist() == ["doc", "frame", "words", "count", "value"]
    wide = result.scores(measure).set_index("doc").astype(float).to_numpy().ravel()
    np.testing.assert_allclose(long["value"], wide)
    counts = result.scores("count").set_index("doc").astype(float).to_numpy().ravel()
    np.testing.assert_allclose(long["count"].astype(float), counts)


def test_intervals_grow_narrow_with_more_documents(lexicon):
    texts = ["A bridge of peace.", "Nothing at all here."]
    few = pd.DataFrame({"t": texts * 3, "g": "x"})
    many = pd.DataFrame({"t": texts * 300, "g": "x"})
    width = [
        (scores["high"] - scores["low"]).iloc[0]
        for scores in (fs.analyze(data, text="t", lexicon=lexicon).scores(by="g") for data in (few, many))
    ]
    assert 0 < width[1] < width[0] / 5


def test_the_same_in_polars(frame, lexicon, result):
    other = fs.analyze(pl.from_pandas(frame), text="body", lexicon=lexicon)
    for options in ({}, {"by": "outlet"}, {"by": ["outlet", "year"], "wide": True}, {"wide": False}):
        got = other.scores("rate", **options)
        assert isinstance(got, pl.DataFrame)
        pd.testing.assert_frame_equal(got.to_pandas(), result.scores("rate", **options), check_dtype=False)


@pytest.mark.parametrize(
    "values",
    [
        pd.Series(pd.to_datetime(["2024-01-02", "2024-01-01", None])),
        pd.Series([True, False, None], dtype="boolean"),
        pd.Series(["y", "x", None], dtype="category"),
        pd.Series([2.5, 1.5, np.nan]),
        pd.Series([None, None, None], dtype="str"),
    ],
    ids=["date", "boolean", "category", "float", "all null"],
)
def test_groups_of_any_type(values, lexicon):
    data = pd.DataFrame({"t": ["A bridge.", "Peace.", "War."], "g": values})
    got = fs.analyze(data, text="t", lexicon=lexicon).scores("count", by="g", wide=True)
    assert got["g"].tolist() == sorted(values.dropna())


def test_groups_of_a_polars_categorical(lexicon):
    data = pl.DataFrame({"t": ["A bridge.", "Peace.", "War."], "g": pl.Series(["y", "x", None], dtype=pl.Categorical)})
    got = fs.analyze(data, text="t", lexicon=lexicon).scores("count", by="g", wide=True)
    assert got.select("g", "bridge", "peace").rows() == [("x", 0, 1), ("y", 1, 0)]


def test_a_column_called_doc_makes_groups_too(lexicon):
    data = pd.DataFrame({"t": ["A bridge.", "Peace."], "doc": ["y", "x"]})
    for options in ({}, {"id": "doc"}):
        got = fs.analyze(data, text="t", lexicon=lexicon, **options).scores("count", by="doc", wide=True)
        assert got[["doc", "bridge"]].to_numpy().tolist() == [["x", 0], ["y", 1]]
