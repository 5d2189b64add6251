"""Concordances, highlighted documents, summaries and manifests."""

from __future__ import annotations

import json
import pickle

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import framescope as fs
from kinds import rows

TEXT = "The old bridge, a\nsecond bridge and peace talks: they link us to the East."


@pytest.fixture(scope="module")
def result(lexicon) -> fs.Result:
    return fs.analyze([TEXT, None, "No hit."], lexicon=lexicon)


class TestKwic:
    def test_a_frame(self, result):
        got = rows(result.kwic("bridge", window=2))
        assert [(row["before"], row["keyword"], row["after"]) for row in got] == [
            ("The old ", "bridge", ", a\nsecond"),
            ("a\nsecond ", "bridge", " and peace"),
            ("talks: they ", "link us to the East", "."),
        ]
        assert {row["frame"] for row in got} == {"bridge"}
        assert list(got[0]) == ["doc", "start", "end", "before", "keyword", "after", "frame", "entry"]

    def test_all_hits(self, result):
        hits = [(row["doc"], row["start"], row["end"], row["text"]) for row in rows(result.hits)]
        assert [(row["doc"], row["start"], row["end"], row["keyword"]) for row in rows(result.kwic())] == hits

    def test_an_entry(self, result):
        got = rows(result.kwic("(old|second) bridge"))
        assert [row["keyword"] for row in got] == ["old bridge", "second bridge"]
        assert [row["frame"] for row in got] == [None, None]

    def test_an_entry_named_like_a_frame(self, result):
        assert [row["entry"] for row in rows(result.kwic("(bridge)"))] == ["(bridge)"] * 2

    def test_context_is_the_text_around(self, result):
        for row in rows(result.kwic(window=3)):
            start = row["start"] - len(row["before"])
            assert TEXT[start : start + len(row["before"] + row["keyword"] + row["after"])] == (
                row["before"] + row["keyword"] + row["after"]
            )

    def test_no_window(self, result):
        assert {row["keyword"] for row in rows(result.kwic("peace", window=0))} == {"peace talks"}


class TestShow:
    def test_plain_text(self, result):
        assert str(result.show(0)) == (
            "The old [bridge]{bridge}, a\nsecond [bridge]{bridge} and [peace talks]{peace}: they [link us to the East]{bridge}."
        )
        assert str(result.show(2)) == "No hit."
        assert str(result.show(1)) == ""
        assert str(result.show(-1)) == "No hit."

    def test_overlapping_hits_are_cut_at_every_border(self):
        lexicon = fs.Lexicon.from_quanteda({"a": ["one two three"], "b": ["two three four"], "c": ["three"]})
        document = fs.analyze(["Zero one two three four."], lexicon=lexicon).show(0)
        assert str(document) == "Zero [one ]{a}[two ]{a, b}[three]{a, b, c}[ four]{b}."

    @pytest.mark.parametrize("text", ["", "𝔘𝔫𝔦 bridge 👍🏽 peace", "a\r\nbridge\u2028peace\x00", "e\u0301 bridge"])
    def test_the_text_is_all_there(self, text, lexicon):
        document = fs.analyze([text], lexicon=lexicon).show(0)
        assert "".join(piece for piece, _ in document.pieces()) == text


class TestSummary:
    def test_text(self, result):
        shown = repr(result)
        assert "3 documents (1 null) · 17 words · 4 hits · " in shown
        assert "lexicon small 1.2.0" in shown
        assert "not validated on these documents" in shown
        assert result.summary.frames == [("bridge", 3), ("peace", 1)]
        assert 0 < result.summary.coverage < 1

    def test_nothing(self, lexicon):
        for data in ([], [None], [""]):
            summary = fs.analyze(data, lexicon=lexicon).summary
            assert (summary.words, summary.hits, summary.coverage) == (0, 0, None)


class TestManifest:
    def test_what_it_says(self, result, lexicon):
        assert result.manifest() == {
            "framescope": fs.__version__,
            "lexicon": {"id": "small", "version": "1.2.0", "hash": lexicon.hash},
            "options": {"text": None, "id": None, "overlap": "frame", "keep_chrome": False},
            "documents": 3,
            "null_documents": 1,
            "words": 17,
            "hits": 4,
        }

    def test_it_is_in_every_schema(self, lexicon):
        frame = pa.table({"t": ["A bridge.", None], "g": ["x", "y"]})
        result = fs.analyze(frame, text="t", lexicon=lexicon)
        tables = [
            result.hits,
            result.documents,
            result.stances,
            result.quotes,
            result.kwic(),
            result.scores(),
            result.scores(by="g"),
        ]
        for table in tables:
            manifest = json.loads(table.schema.metadata[b"framescope"])
            assert manifest.items() >= result.manifest().items()
        counts = fs.count(frame, text="t", lexicon=lexicon)
        assert json.loads(counts.schema.metadata[b"framescope"])["words"] == 2

    def test_it_is_a_copy(self, result):
        result.manifest().clear()
        assert result.manifest()


def test_results_travel_between_processes(lexicon):
    result = fs.analyze(pd.DataFrame({"t": ["A bridge."], "i": ["x"]}), text="t", id="i", lexicon=lexicon)
    again = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own bytes
    assert again.hits.equals(result.hits)
    assert rows(again.kwic("bridge")) == rows(result.kwic("bridge"))


def test_count_and_hits_agree(texts, lexicon):
    counted = fs.count(pl.Series(texts * 20), lexicon=lexicon).drop("doc", "words").sum().row(0)
    found = fs.analyze(texts * 20, lexicon=lexicon).hits["frame"].value_counts()
    assert list(counted) == [found[frame] for frame in lexicon.frames]


def test_a_hit_said_of_two_targets_counts_once():
    yaml = """
        framescope: 1
        id: t
        version: 1
        frames: {bridge: {entries: [bridge~]}}
        actors: {norland: {type: country, aliases: [Norland]}, sudland: {type: country, aliases: [Sudland]}}
    """
    result = fs.analyze(["Norland and Sudland are bridges."], lexicon=fs.Lexicon.from_yaml(yaml))
    assert result.hits["target"].tolist() == ["norland", "sudland"]
    assert (result.summary.hits, result.summary.frames, result.manifest()["hits"]) == (1, [("bridge", 1)], 1)
    assert result.documents["hits"].tolist() == [1]
    assert result.scores("count")["bridge"].tolist() == result.scores("count", target="sudland")["bridge"].tolist() == [1]
    assert str(result.show(0)) == "Norland and Sudland are [bridges]{bridge (of norland, sudland)}."
