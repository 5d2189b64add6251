"""`fs.stance`: marked spans, their scores, and the addends that make them."""

from __future__ import annotations

import json
import math

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import framescope as fs

TEXTS = [
    "Critics blasted Senator Kern over the scandal.",
    "Kern praised the brave mayor.",
    "“Kern is a disgrace,” Mayor Lund said.",
    "It was not a bad day for Kern.",
    "Kern met Lund on Monday. The weather was awful.",
    "Größe zählt: Kern won a stunning victory.",
]
MARKED = ["Kern", "mayor", "Kern", "Kern", "Lund", "Kern"]
SPANS = [(text.index(word), text.index(word) + len(word)) for text, word in zip(TEXTS, MARKED, strict=True)]


def test_a_row_for_each_text():
    seen = fs.stance(TEXTS, targets=SPANS)
    assert list(seen.columns) == ["doc", "start", "end", "text", "polarity", "strength", "score", "neutral", "evidence"]
    assert seen["text"].tolist() == MARKED
    assert set(seen["polarity"]) <= {-1, 0, 1}
    assert seen["strength"].between(-1, 1).all()
    assert (seen["polarity"] * seen["strength"] >= 0).all()
    assert seen["polarity"].tolist()[:2] == [-1, 1]


@pytest.mark.parametrize("holders", [None, "other"])
def test_addends_add_up_to_the_score(holders):
    texts = ["Kern praised the brave mayor.", "The mayor blasted Kern."]
    spans = [(23, 28), (18, 22)]
    others = [(0, 4), (4, 9)] if holders else None
    seen = fs.stance(texts, targets=spans, holders=others)
    addends = fs.stance(texts, targets=spans, holders=others, explain=True)
    assert list(addends.columns) == ["doc", "start", "end", "text", "family", "feature", "relation", "weight", "neutral"]
    for doc, row in seen.iterrows():
        own = addends[addends["doc"] == doc]
        assert len(own) == row["evidence"] + 1
        assert own["family"].tolist()[0] == "start"
        assert own["weight"].sum() == pytest.approx(row["score"])
        assert own["neutral"].sum() == pytest.approx(row["neutral"])
        assert all(texts[doc][a:b] == text for a, b, text in zip(own["start"], own["end"], own["text"], strict=True))


def test_strength_follows_from_the_sums():
    for row in fs.stance(TEXTS, targets=SPANS).to_dict("records"):
        good, bad, neither = math.exp(row["score"] / 2), math.exp(-row["score"] / 2), math.exp(row["neutral"])
        assert row["strength"] == pytest.approx((good - bad) / (good + bad + neither))
        assert row["polarity"] == max((neither, 0), (good, 1), (bad, -1))[1]


def test_nulls_stay_null():
    texts = ["Kern lied.", None, "Kern lied."]
    seen = fs.stance(texts, targets=[(0, 4), (0, 4), None])
    assert seen["polarity"].isna().tolist() == [False, True, True]
    assert seen["evidence"].isna().tolist() == [False, True, True]
    assert fs.stance(texts, targets=[(0, 4)] * 3, holders=[None] * 3)["polarity"].isna().all()
    assert len(fs.stance([], targets=[])) == 0
    assert set(fs.stance(texts, targets=[None] * 3, explain=True)["doc"]) == set()


@pytest.mark.parametrize(
    ("span", "message"),
    [
        ((0, 99), "row 1: the target (0, 99) is no span of a text of 10 characters"),
        ((-1, 3), "row 1: the target (-1, 3) is no span"),
        ((3, 3), "row 1: the target (3, 3) is no span"),
        ((1.5, 2), "row 1 of targets= holds (1.5, 2)"),
        ("Kern", "row 1 of targets= holds 'Kern'"),
        (7, "row 1 of targets= holds 7"),
    ],
)
def test_a_bad_span_is_named(span, message):
    with pytest.raises(fs.TargetError) as caught:
        fs.stance(["Kern lied.", "Kern lied."], targets=[(0, 4), span])
    assert message in str(caught.value)
    assert "row 1" in str(caught.value)


def test_a_span_without_a_word_has_no_evidence():
    seen = fs.stance(["Kern lied."], targets=[(4, 5)])
    assert seen[["polarity", "strength", "evidence"]].to_dict("records") == [{"polarity": 0, "strength": 0.0, "evidence": 0}]


def test_as_many_spans_as_texts():
    with pytest.raises(fs.TargetError, match="1 spans for 2 texts"):
        fs.stance(["Kern lied.", "Kern lied."], targets=[(0, 4)])
    with pytest.raises(fs.TargetError, match="holders"):
        fs.stance(["Kern lied."], targets=[(0, 4)], holders=3)


def test_offsets_are_code_points():
    seen = fs.stance(TEXTS[-1:], targets=SPANS[-1:])
    assert seen["text"].tolist() == ["Kern"]


@pytest.mark.parametrize("explain", [False, True])
def test_threads_change_nothing(explain):
    one = fs.stance(TEXTS * 300, targets=SPANS * 300, explain=explain, threads=1)
    many = fs.stance(TEXTS * 300, targets=SPANS * 300, explain=explain, threads=3)
    pd.testing.assert_frame_equal(one, many)


def test_frames_of_any_library():
    frame = {"id": ["a", "b"], "body": TEXTS[:2], "from": [s for s, _ in SPANS[:2]], "to": [e for _, e in SPANS[:2]]}
    want = fs.stance(TEXTS[:2], targets=SPANS[:2])["score"].tolist()
    for made in (pd.DataFrame(frame), pl.DataFrame(frame), pa.table(frame)):
        seen = fs.stance(made, targets=("from", "to"), text="body", id="id")
        assert type(seen) is type(made)
        assert list(seen["doc"].to_pylist() if isinstance(seen, pa.Table) else seen["doc"]) == ["a", "b"]
        assert list(seen["score"].to_pylist() if isinstance(seen, pa.Table) else seen["score"]) == want


def test_other_weights(tmp_path):
    own = {"framescope_weights": 1, "kind": "target", "provenance": {}, "step": 0.5, "start": [0, 0]}
    path = tmp_path / "own.json"
    path.write_text(json.dumps({**own, "features": {"word": {"lied": {"": [-4, 0]}}}}), encoding="utf-8")
    seen = fs.stance(["Kern lied.", "Kern left."], targets=[(0, 4)] * 2, weights=path)
    assert seen["score"].tolist() == [-2.0, 0.0]
    assert seen["polarity"].tolist() == [-1, 0]
    assert seen["strength"].tolist()[1] == 0.0
    assert seen["evidence"].tolist() == [1, 0]
    with pytest.raises(fs.FramescopeError, match="kind 'target'"):
        fs.stance(["Kern lied."], targets=[(0, 4)], holders=[(0, 4)], weights=path)
    path.write_text('{"framescope_weights": 1}', encoding="utf-8")
    with pytest.raises(fs.FramescopeError, match="no weights file"):
        fs.stance(["Kern lied."], targets=[(0, 4)], weights=path)
    with pytest.raises(fs.FramescopeError, match="cannot be read"):
        fs.stance(["Kern lied."], targets=[(0, 4)], weights=tmp_path / "none.json")


@pytest.mark.parametrize("kind", ["target", "holder"])
def test_the_shipped_weights_say_where_they_are_from(kind):
    from pathlib import Path

    path = Path(__file__).parent.parent / "lexicons" / f"stance-{kind}.json"
    weights = json.loads(path.read_text(encoding="utf-8"))
    assert path.stat().st_size < 700_000
    assert {"data", "license", "citation", "command", "framescope", "evaluation", "recipe", "unseen"} <= weights[
        "provenance"
    ].keys()
