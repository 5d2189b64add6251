"""Scores of some hits: of a target, in a voice, quoted, denied, of a modality. The context of the hits is made up here."""

from __future__ import annotations

import json

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import framescope as fs

YAML = """
framescope: 1
id: small
version: 1.0.0
frames:
  bridge: {entries: [bridge]}
  peace: {entries: [peace]}
actors:
  norland: {label: The North, type: country, aliases: [Norland]}
  sudland: {type: country, aliases: [Sudland]}
  nowhere: {type: country, aliases: [Nowhere]}
  kern: {label: Anna Kern, type: person, aliases: [Anna Kern]}
"""
TEXTS = ["One bridge, two bridge, peace.", "A bridge of peace.", "Words alone.", None]
CONTEXTS = [  # of each hit, in order; a hit said of two targets has them in a list
    {"target": ["norland", "sudland"]},
    {"target": ["norland"], "speaker": "Anna Kern", "speaker_actor": "kern", "quoted": True},
    {"target": ["sudland"], "negated": True, "cue": "no"},
    {"modality": "hedged", "speaker": "a driver", "quoted": False},
    {"target": ["norland"], "modality": "future", "speaker": None},
]


@pytest.fixture(scope="module")
def result() -> fs.Result:
    frame = pd.DataFrame({"body": TEXTS, "outlet": ["a", "b", "b", "a"]})
    return with_context(fs.analyze(frame, text="body", lexicon=fs.Lexicon.from_yaml(YAML)))


def with_context(result: fs.Result) -> fs.Result:
    """The result with the contexts above in place of what was found."""
    hits = result._tables["hits"]
    plain = {"speaker": "author", "speaker_actor": None, "quoted": False, "negated": False, "modality": "asserted", "cue": None}
    found = [row for row in hits.to_pylist() if row["start"] >= 0]
    assert len(found) == len(CONTEXTS)
    rows = [
        {**row, **plain, **context, "target": target}
        for row, context in zip(found, CONTEXTS, strict=True)
        for target in context.get("target", [None])
    ]
    result._tables = {**result._tables, "hits": pa.Table.from_pylist(rows, schema=hits.schema)}
    return result


def counts(result: fs.Result, **where: object) -> dict[str, list[int]]:
    table = result.scores("count", **where)
    return {frame: table[frame].dropna().tolist() for frame in ("bridge", "peace")}


@pytest.mark.parametrize(
    ("where", "bridge", "peace"),
    [
        ({}, [2, 1, 0], [1, 1, 0]),
        ({"target": "norland"}, [2, 0, 0], [0, 1, 0]),
        ({"target": "sudland"}, [1, 0, 0], [1, 0, 0]),
        ({"target": ["norland", "sudland"]}, [2, 0, 0], [1, 1, 0]),
        ({"target": "nowhere"}, [0, 0, 0], [0, 0, 0]),
        ({"speaker": "author"}, [1, 0, 0], [1, 0, 0]),
        ({"speaker": "Anna Kern"}, [1, 0, 0], [0, 0, 0]),
        ({"speaker": "kern"}, [1, 0, 0], [0, 0, 0]),
        ({"speaker": ("kern", "a driver")}, [1, 1, 0], [0, 0, 0]),
        ({"quoted": True}, [1, 0, 0], [0, 0, 0]),
        ({"quoted": False}, [1, 1, 0], [1, 1, 0]),
        ({"negated": True}, [0, 0, 0], [1, 0, 0]),
        ({"negated": False}, [2, 1, 0], [0, 1, 0]),
        ({"modality": "hedged"}, [0, 1, 0], [0, 0, 0]),
        ({"modality": ["hedged", "future"]}, [0, 1, 0], [0, 1, 0]),
        ({"modality": "desired"}, [0, 0, 0], [0, 0, 0]),
        ({"target": "norland", "quoted": False, "speaker": "author"}, [1, 0, 0], [0, 0, 0]),
    ],
)
def test_which_hits_count(where, bridge, peace, result):
    assert counts(result, **where) == {"bridge": bridge, "peace": peace}
    long = result.scores("count", wide=False, **where)
    assert long["count"].dropna().tolist() == [n for pair in zip(bridge, peace, strict=True) for n in pair]


def test_a_null_document_stays_null(result):
    assert result.scores("count", target="norland").iloc[3].isna().tolist() == [False, True, True]


def test_words_and_documents_stay_those_of_all(result):
    rates = result.scores("rate", target="norland")
    assert rates["bridge"].tolist()[:3] == [2 / 5 * 1000, 0, 0]
    groups = result.scores("presence", by="outlet", target="norland").set_index(["outlet", "frame"])
    assert groups.loc[("b", "peace")][["documents", "words", "count", "value"]].tolist() == [2, 6, 1, 0.5]


def test_share_is_of_what_is_said_of_the_target(result):
    shares = result.scores("share", by="outlet", target="norland").set_index(["outlet", "frame"])["value"]
    assert shares.to_dict() == {("a", "bridge"): 1, ("a", "peace"): 0, ("b", "bridge"): 0, ("b", "peace"): 1}
    assert result.scores("share", target="nowhere")["peace"].isna().all()


def test_the_manifest_says_what_was_counted(result):
    hits = pa.table({"body": TEXTS})
    other = with_context(fs.analyze(hits, text="body", lexicon=result.lexicon))
    manifest = json.loads(other.scores("rate", target="norland", negated=False).schema.metadata[b"framescope"])
    assert manifest["where"] == {"target": ["norland"], "negated": False}
    assert "where" not in json.loads(other.scores("rate").schema.metadata[b"framescope"])


def test_the_same_in_polars(result):
    other = with_context(fs.analyze(pl.DataFrame({"body": TEXTS}), text="body", lexicon=result.lexicon))
    assert other.scores("count", speaker="kern")["bridge"].to_list() == [1, 0, 0, None]


@pytest.mark.parametrize(
    ("where", "error", "message"),
    [
        (
            {"target": "norlnd"},
            fs.TargetError,
            "no target 'norlnd'; did you mean 'norland'?; actors of the lexicon: 'norland', 'su",
        ),
        ({"target": "the north"}, fs.TargetError, "did you mean 'norland'?"),
        ({"target": ["norland", "xyz"]}, fs.TargetError, "no target 'xyz'; actors"),
        ({"target": []}, fs.FramescopeError, "target=[] must be a name or a list of names"),
        ({"target": 3}, fs.FramescopeError, "target=3 must be a name or a list of names"),
        ({"speaker": "Ann Kern"}, fs.FramescopeError, "no speaker 'Ann Kern'; did you mean 'Anna Kern'?; speakers heard"),
        ({"speaker": "nowhere"}, fs.FramescopeError, "'author', 'Anna Kern', 'a driver', 'kern'"),
        (
            {"modality": "hedge"},
            fs.FramescopeError,
            "no modality 'hedge'; did you mean 'hedged'?; modalities: 'asserted', 'hedged'",
        ),
        ({"quoted": "yes"}, fs.FramescopeError, "quoted='yes' must be True or False"),
        ({"negated": 1}, fs.FramescopeError, "negated=1 must be True or False"),
    ],
)
def test_errors(where, error, message, result):
    with pytest.raises(error) as caught:
        result.scores(**where)
    assert message in str(caught.value)


def test_what_was_not_looked_into_cannot_be_asked_for():
    yaml = YAML.replace("version: 1.0.0", "version: 1.0.0\nlanguage: de")
    result = fs.analyze(TEXTS, lexicon=fs.Lexicon.from_yaml(yaml))
    with pytest.raises(fs.FramescopeError, match="negated= needs a language pack, and there is none for the language 'de'"):
        result.scores(negated=False)
    assert result.scores("count", target="nowhere")["peace"].dropna().tolist() == [0, 0, 0]


def test_nothing_to_restrict(result):
    empty = fs.analyze([], lexicon=result.lexicon)
    assert len(empty.scores(target="norland", negated=True, speaker="author")) == 0
