"""Groups and co-occurrence: values as in `scores`, intervals as in a loop over the same draws, and as in SciPy."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import scipy.stats

import framescope as fs
from framescope.groups import bootstrap as drawing
from framescope.groups.bootstrap import Bootstrap, fingerprint, percentiles
from kinds import FRAMES as LIBRARIES, OUT_OF_FRAME, rows

MEASURES = ["rate", "share", "presence", "count", "weight", "logit"]
PINNED = [[1, 2, 2, 0, 0], [1, 0, 1, 1, 2], [0, 1, 1, 1, 2]]
FRAMES = ["bridge", "peace", "peace.deal"]
WORDS = ["bridge", "peace", "ceasefire", "links to the East", "sea", "wind", "Baku", "and so on."]


def sentences(documents: int) -> list[str | None]:
    """Texts of few words, some of them null, empty, or without a hit."""
    draw = np.random.default_rng(5)
    texts = [
        ". ".join(" ".join(draw.choice(WORDS, draw.integers(1, 5))) for _ in range(draw.integers(1, 6))) for _ in range(documents)
    ]
    return [None, "", "Nothing.", *texts]


@pytest.fixture(scope="module")
def data() -> dict[str, list[object]]:
    texts = sentences(40)
    outlets = [[None, "a", "b", "a", "b", "b"][i % 6] for i in range(len(texts))]
    return {"body": texts, "outlet": [*outlets[:-2], "alone", "none"], "year": [2020 + i % 3 for i in range(len(texts))]}


@pytest.fixture(scope="module")
def result(data, lexicon) -> fs.Result:
    return fs.analyze(pd.DataFrame({**data, "body": [*data["body"][:-1], None]}), text="body", lexicon=lexicon)


def parts(result: fs.Result, measure: str) -> tuple[pd.DataFrame, pd.Series]:
    """What each document that is not null adds above and below the line."""
    counts = result.scores("count").set_index("doc").dropna().astype(float)
    words = result.documents.set_index("doc")["words"].dropna().astype(float)
    if measure == "presence":
        return (counts > 0).astype(float), words * 0 + 1
    if measure == "weight":
        return result.scores("weight").set_index("doc").dropna(), words * 0 + 1
    return counts, counts.sum(axis=1) if measure == "share" else words


def finish(measure: str, above: float, below: float) -> float:
    if measure in {"count", "weight"}:
        return above
    if below == 0:
        return np.nan
    ratio = above / below
    return {"rate": 1000 * ratio, "logit": np.log((above + 0.5) / (below - above + 0.5))}.get(measure, ratio)


@pytest.mark.parametrize("measure", MEASURES)
def test_values_are_those_of_scores(measure, result):
    got, expected = result.by(["outlet", "year"], measure), result.scores(measure, by=["outlet", "year"])
    pd.testing.assert_frame_equal(got.drop(columns=["low", "high"]), expected.drop(columns=["low", "high"]))
    assert got.dtypes.equals(expected.dtypes)


@pytest.mark.parametrize("measure", MEASURES)
def test_intervals_are_those_of_a_loop_over_the_same_draws(measure, result):
    above, below = parts(result, measure)
    outlet = result._corpus.native["outlet"]
    got = result.by("outlet", measure, resamples=300, seed=3).set_index(["outlet", "frame"])
    for name in ("a", "b"):
        documents = [doc for doc in above.index if outlet[doc] == name]
        times = Bootstrap(300, 3).sums(np.eye(len(documents)), [name])
        assert (times.sum(axis=1) == len(documents)).all()
        for frame in FRAMES:
            values = [
                finish(
                    measure,
                    sum(n * above[frame][doc] for n, doc in zip(row, documents, strict=True)),
                    sum(n * below[doc] for n, doc in zip(row, documents, strict=True)),
                )
                for row in times
            ]
            np.testing.assert_allclose(got.loc[(name, frame), ["low", "high"]].tolist(), np.nanpercentile(values, [2.5, 97.5]))


def test_intervals_are_near_those_of_scipy(result):
    above, below = parts(result, "rate")
    got = result.by(resamples=4000).set_index("frame")
    assert got.columns.tolist() == ["documents", "words", "count", "value", "low", "high"]
    assert got["value"]["bridge"] == pytest.approx(1000 * above["bridge"].sum() / below.sum())
    for frame in FRAMES:
        data = (above[frame].to_numpy(), below.to_numpy())
        found = scipy.stats.bootstrap(
            data,
            lambda y, x, axis: 1000 * y.sum(axis=axis) / x.sum(axis=axis),
            paired=True,
            vectorized=True,
            n_resamples=4000,
            method="percentile",
            rng=np.random.default_rng(1),
        ).confidence_interval
        width = found.high - found.low
        assert abs(got["low"][frame] - found.low) < 0.1 * width
        assert abs(got["high"][frame] - found.high) < 0.1 * width


def test_no_interval_where_nothing_shows_how_documents_vary(lexicon):
    texts = ["A bridge.", "sea wind", "sea wind", "bridge peace", "bridge sea", None, "sea"]
    frame = pd.DataFrame({"t": texts, "g": ["one", "none", "none", "same", "same", "null", "null"]})
    result = fs.analyze(frame, text="t", lexicon=lexicon)
    rates = result.by("g").set_index(["g", "frame"])
    assert rates["value"]["one", "bridge"] == 500
    assert rates["value"]["none", "bridge"] == 0
    assert rates["value"]["same", "bridge"] == 500
    assert rates["documents"]["null", "bridge"] == 1
    assert rates.loc[[("one", "bridge"), ("none", "bridge"), ("same", "bridge"), ("null", "bridge")]]["low"].isna().all()
    assert rates.loc[("same", "peace"), ["low", "high"]].tolist() == [0, 500]


def test_groups_do_not_hang_on_each_other(result):
    got = result.by("outlet").set_index("outlet")
    frame = result._corpus.native
    alone = fs.analyze(frame[frame["outlet"] == "b"], text="body", lexicon=result.lexicon).by("outlet").set_index("outlet")
    pd.testing.assert_frame_equal(got.loc[["b"]], alone)
    fewer = fs.analyze(frame, text="body", lexicon=result.lexicon.select(["bridge"])).by("outlet").set_index("outlet")
    bridge = got[got["frame"] == "bridge"]
    pd.testing.assert_frame_equal(fewer, bridge)


def test_the_seed_decides(result):
    first, again, other = (result.by("outlet", seed=seed)["low"] for seed in (0, 0, 1))
    assert first.equals(again)
    assert not first.equals(other)


def test_draws_stay_what_they_are(monkeypatch):
    """The same on every machine, and however many are held in memory."""
    whole = Bootstrap(100).sums(np.eye(5), ["a", 2025])
    assert whole[:3].astype(int).tolist() == PINNED
    monkeypatch.setattr(drawing, "BLOCK", 37)
    np.testing.assert_array_equal(Bootstrap(100).sums(np.eye(5), ["a", 2025]), whole)
    np.testing.assert_array_equal(Bootstrap(100).sums(np.eye(5), ["a", 2025.0]), whole)


def test_fingerprints_tell_keys_apart():
    day, moment = pd.Timestamp("2025-03-04").date(), pd.Timestamp("2025-03-04")
    assert fingerprint([day]) == fingerprint([moment])
    keys = [["a", "b"], ["ab"], ["a b"], ["b", "a"], [1], [1.5], [True], [None], [day], [moment.replace(hour=1)], ["é"], []]
    assert len({fingerprint(key) for key in keys}) == len(keys)


def test_percentiles():
    values = np.array([[1.0, 5, np.nan, np.nan, 7], [2, 5, 3, np.nan, np.nan], [4, 5, 1, np.nan, np.nan]])
    low, high = percentiles(values)
    np.testing.assert_allclose(low, [1.05, np.nan, 1.05, np.nan, np.nan])
    np.testing.assert_allclose(high, [3.9, np.nan, 2.95, np.nan, np.nan])


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_same_in_every_library(library, data, lexicon):
    reference = fs.analyze(pa.table(data), text="body", lexicon=lexicon)
    result = fs.analyze(LIBRARIES[library](data), text="body", lexicon=lexicon, threads=2)
    for ask in (
        lambda r: r.by("outlet", resamples=100),
        lambda r: r.by(["year", "outlet"], "share", resamples=100),
        lambda r: r.cooccurrence(resamples=100),
    ):
        got = ask(result)
        assert isinstance(got, OUT_OF_FRAME[library])
        assert rows(got) == rows(ask(reference))


def naive_pairs(result: fs.Result, within: str) -> dict[tuple[str, str], list[set]]:
    """The units of each frame, pair by pair, from the tables."""
    hits = result.hits
    unit = list(zip(hits["doc"], hits["sentence"], strict=True)) if within == "sentence" else [(doc,) for doc in hits["doc"]]
    held = {frame: {u for u, f in zip(unit, hits["frame"], strict=True) if f == frame} for frame in FRAMES}
    return {(a, b): [held[a], held[b]] for a, b in itertools.combinations(FRAMES, 2)}


@pytest.mark.parametrize("measure", ["jaccard", "lift", "npmi"])
@pytest.mark.parametrize("within", ["sentence", "document"])
def test_cooccurrence_by_hand(within, measure, result):
    documents = result.documents.set_index("doc")["sentences"].dropna().astype(float)
    per = documents if within == "sentence" else documents * 0 + 1
    times = Bootstrap(200).sums(np.eye(len(per)), [within])
    got = result.cooccurrence(within, measure, resamples=200).set_index(["frame", "other"])
    assert len(got) == 3
    for pair, (one, other) in naive_pairs(result, within).items():
        row = got.loc[pair]
        both = one & other
        assert row[["documents", "units", "of_frame", "of_other", "count"]].tolist() == [
            len(per), per.sum(), len(one), len(other), len(both),
        ]  # fmt: skip
        assert row["expected"] == pytest.approx(len(one) * len(other) / per.sum())
        in_document = [[sum(u[0] == doc for u in held) for doc in per.index] for held in (both, one, other)]
        values = [
            measured(measure, *(sum(times * np.array(n)) for n in (*in_document, per))) for times in [np.ones(len(per)), *times]
        ]
        assert row["value"] == pytest.approx(values[0])
        np.testing.assert_allclose(row[["low", "high"]].tolist(), np.nanpercentile(values[1:], [2.5, 97.5]))


def measured(measure: str, both: float, one: float, other: float, units: float) -> float:
    if measure == "jaccard":
        return both / (one + other - both)
    lift = (both / units) / ((one / units) * (other / units))
    if measure == "lift":
        return lift
    return -1 if both == 0 else np.log(lift) / -np.log(both / units)


def test_hits_of_two_targets_are_one_and_restrictions_hold():
    text = "A bridge of Azerbaijan and Turkey is a bridge to peace. The bridge of Armenia brings peace."
    result = fs.analyze([text], lexicon="foreign-policy")
    hits = result.hits
    assert hits.duplicated(["doc", "start", "frame"]).any()
    pair = result.cooccurrence().set_index(["frame", "other"]).loc[("bridge", "peace")]
    held = {f: set(hits[hits["frame"] == f]["sentence"]) for f in ("bridge", "peace")}
    assert pair[["units", "of_frame", "of_other", "count"]].tolist() == [
        2,
        len(held["bridge"]),
        len(held["peace"]),
        len(held["bridge"] & held["peace"]),
    ]
    assert result.cooccurrence(target="armenia")["of_frame"].max() == 1


def test_nothing_together_and_nothing_at_all(lexicon):
    apart = fs.analyze(["A bridge.", "Peace.", "Peace and a ceasefire."], lexicon=lexicon)
    pairs = apart.cooccurrence("document", "npmi").set_index(["frame", "other"])
    assert pairs["value"].round(3).tolist() == [-1, -1, 0.369]
    assert pairs["low"].isna().tolist() == [True, True, False]
    for documents in ([], [None], [""]):
        nothing = fs.analyze(documents, lexicon=lexicon).cooccurrence()
        assert nothing["units"].tolist() == [0, 0, 0]
        assert nothing[["expected", "value", "low", "high"]].isna().all(axis=None)
    single = fs.analyze(["A bridge."], lexicon=lexicon.select(["bridge"])).cooccurrence()
    assert (len(single), list(single.columns)) == (0, list(pairs.reset_index().columns))


def test_the_manifest_says_what_was_asked(data, lexicon):
    result = fs.analyze(pa.table(data), text="body", lexicon=lexicon)
    manifest = json.loads(result.by("outlet", negated=False, seed=7).schema.metadata[b"framescope"])
    assert {key: manifest[key] for key in ("measure", "by", "resamples", "seed", "where")} == {
        "measure": "rate", "by": ["outlet"], "resamples": 2000, "seed": 7, "where": {"negated": False},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda r: r.by("outlt"), "no column 'outlt'; did you mean 'outlet'"),
        (lambda r: r.by("outlet", "rat"), "no measure 'rat'; did you mean 'rate'"),
        (lambda r: r.by("outlet", resamples=10), "resamples=10 must be a whole number from 100"),
        (lambda r: r.by("outlet", resamples=True), "resamples=True must be"),
        (lambda r: r.by("outlet", seed=-1), "seed=-1 must be a whole number, 0 or more"),
        (lambda r: r.by("outlet", seed=1.5), "seed=1.5 must be"),
        (lambda r: r.by("outlet", target="baku"), "no target 'baku'"),
        (lambda r: r.cooccurrence("paragraph"), "no unit 'paragraph'; within=: 'sentence', 'document'"),
        (lambda r: r.cooccurrence(measure="lft"), "no measure 'lft'; did you mean 'lift'"),
    ],
)
def test_errors(ask, message, result):
    with pytest.raises(fs.FramescopeError, match=message):
        ask(result)


def test_no_groups_without_a_frame(lexicon):
    with pytest.raises(fs.ColumnError, match="the documents came as a bare column"):
        fs.analyze(["A bridge."], lexicon=lexicon).by("outlet")
