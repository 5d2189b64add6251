"""Concordances, highlighted documents, summaries and manifests."""

from __future__ import annotations

import json
import pickle
import re
from html.parser import HTMLParser

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


class Reader(HTMLParser):
    """What a browser would show, and what it would load or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.titles: list[str] = []
        self.shown: list[str] = []
        self.styling = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.styling = tag == "style"
        self.titles += [value or "" for name, value in attrs if name == "title"]
        assert {name for name, _ in attrs} <= {"class", "style", "title", "lang", "charset", "name", "content"}

    def handle_endtag(self, _tag: str) -> None:
        self.styling = False

    def handle_data(self, data: str) -> None:
        if not self.styling:
            self.shown.append(data)


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

    def test_everything_is_escaped(self, lexicon):
        text = "<script>alert('x')</script> & a <b>bridge</b> \"peace\"</div>"
        page = fs.analyze([text], lexicon=lexicon).show(0)._repr_html_()
        reader = Reader(page)
        assert set(reader.tags) == {"div", "style", "mark"}
        assert text in "".join(reader.shown)
        assert any("Bridge <b> (bridge) · entry: bridge~ · weight: 1" in title for title in reader.titles)

    def test_a_hostile_lexicon_is_escaped(self):
        hostile = fs.Lexicon.from_dict(
            {
                "framescope": 1,
                "id": "</title><script>",
                "version": "<1>",
                "frames": {'"><img src=x>': {"label": "'><img src=x>", "definition": "<img>", "entries": ["peace"]}},
            }
        )
        result = fs.analyze(["peace"], lexicon=hostile)
        for page in (result.show(0).to_html(), result._repr_html_(), hostile._repr_html_()):
            assert not set(Reader(page).tags) & {"img", "script"}

    def test_overlapping_hits_are_cut_at_every_border(self):
        lexicon = fs.Lexicon.from_quanteda({"a": ["one two three"], "b": ["two three four"], "c": ["three"]})
        document = fs.analyze(["Zero one two three four."], lexicon=lexicon).show(0)
        assert str(document) == "Zero [one ]{a}[two ]{a, b}[three]{a, b, c}[ four]{b}."
        reader = Reader(document.to_html())
        assert "".join(reader.shown).endswith("Zero one two three four.")
        assert document.to_html().count("linear-gradient") == 2

    @pytest.mark.parametrize("text", ["", "𝔘𝔫𝔦 bridge 👍🏽 peace", "a\r\nbridge\u2028peace\x00", "e\u0301 bridge"])
    def test_the_text_is_all_there(self, text, lexicon):
        document = fs.analyze([text], lexicon=lexicon).show(0)
        assert "".join(piece for piece, _ in document.pieces()) == text

    def test_the_context_is_told(self):
        hit = {
            "start": 2, "end": 8, "frame": "bridge", "entry": "bridge~", "weight": 1.0, "target": "<b>norland", "target_rule": "subject",
            "speaker": "Anna <Kern>", "quoted": True, "negated": True, "cue": "no & not", "modality": "hedged", "modality_cue": "may",
        }  # fmt: skip
        other = {**hit, "target": "sudland", "target_rule": "object"}
        plain = {
            "target": None,
            "speaker": "author",
            "quoted": False,
            "negated": False,
            "modality": "asserted",
            "modality_cue": None,
        }
        peace = {**hit, **plain, "start": 9, "end": 14, "frame": "peace"}
        document = fs.Document("d", "A bridge peace.", [hit, other, peace], fs.Lexicon.from_quanteda({"bridge": ["bridge"]}))
        assert str(document) == (
            "A [bridge]{bridge (of <b>norland, sudland; says Anna <Kern>; quoted; hedged: may; negated: no & not)} [peace]{peace}."
        )
        reader = Reader(document.to_html())
        bridge = "bridge (bridge) · entry: bridge~ · weight: 1 · target: <b>norland (subject) · target: sudland (object)"
        assert reader.titles[2:] == [
            f"{bridge} · speaker: Anna <Kern> · quoted · hedged: may · negated: no & not",
            "peace (peace) · entry: bridge~ · weight: 1 · speaker: author · asserted",
        ]
        assert "bridge 1" in reader.shown, "said of two targets, and counted once"
        assert document.to_html().count('<mark class="negated"') == 1

    def test_a_page_of_its_own(self, result, tmp_path):
        result.show(0).save(tmp_path / "page.html")
        page = (tmp_path / "page.html").read_text(encoding="utf-8")
        assert page.startswith("<!doctype html>")
        assert "http" not in page
        assert set(Reader(page).tags) == {"html", "head", "meta", "title", "body", "div", "style", "mark"}

    def test_each_frame_has_its_own_colour(self, result):
        legend = result.show(0).to_html().split('class="text"')[0]
        colours = re.findall(r"hsl\(\d+", legend)
        assert len(colours) == len(set(colours)) == 2


class TestSummary:
    def test_text(self, result):
        shown = repr(result)
        assert "3 documents (1 null) · 17 words · 4 hits · " in shown
        assert "lexicon small 1.2.0" in shown
        assert "not validated on these documents" in shown
        assert result.summary.frames == [("bridge", 3), ("peace", 1)]
        assert 0 < result.summary.coverage < 1

    def test_html(self, result):
        assert set(Reader(result._repr_html_()).tags) == {"div", "b", "table", "tr", "td", "code", "small"}

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
    assert "bridge 1<" in result.show(0).to_html()
