"""What is looked at: documents as HTML and pages, the summary card, and concordances. How it looks in a browser: tests/browser."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given, strategies as st

import framescope as fs
from framescope.display import drawing, look
from framescope.display.kwic import Concordance
from framescope.display.pieces import laned, pieces
from hostile import TEXTS, hostile_lexicon, seen
from kinds import FRAMES, OUT_OF_FRAME, rows

TEXT = "The old bridge, a\nsecond bridge and peace talks: they link us to the East."
PARTS = {"div", "style", "b", "span", "fieldset", "legend", "label", "input", "mark", "i"}
SAFE = {"class", "style", "role", "lang", "type", "checked", "autocomplete", "tabindex", "scope", "title", "dir"}
HIT = {
    "start": 2, "end": 8, "frame": "bridge", "entry": "bridge~", "weight": 1.0, "target": "<b>norland", "target_rule": "subject",
    "speaker": "Anna <Kern>", "quoted": True, "negated": True, "cue": "no & not", "modality": "hedged", "modality_cue": "may",
}  # fmt: skip
PLAIN = {"target": None, "speaker": "author", "quoted": False, "negated": False, "modality": "asserted", "modality_cue": None}


@pytest.fixture(scope="module")
def result(lexicon) -> fs.Result:
    return fs.analyze([TEXT, None, "No hit."], lexicon=lexicon)


class Reader(HTMLParser):
    """What a browser would show, and what it would load or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.shown: list[str] = []
        self.styling = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.styling = tag == "style"
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, _tag: str) -> None:
        self.styling = False

    def handle_data(self, data: str) -> None:
        if not self.styling:
            self.shown.append(data)

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.attributes if key == name]


def is_harmless(name: str) -> bool:
    return name in SAFE or name.startswith(("data-", "aria-"))


class TestDocument:
    @pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
    def test_texts_are_shown_as_text(self, text):
        reader = Reader(fs.analyze([text], lexicon=hostile_lexicon()).show(0).to_html())
        assert set(reader.tags) <= PARTS
        assert {name for name, _ in reader.attributes if not is_harmless(name)} == set()
        assert "".join(reader.shown).endswith(seen(text))

    def test_names_are_shown_as_text(self):
        result = fs.analyze(
            pd.DataFrame({"i": ["<img src=x>\u202e"], "t": ["bridge peace"]}), text="t", id="i", lexicon=hostile_lexicon()
        )
        for html in (result.show("<img src=x>\u202e").to_html(), result._repr_html_(), result.kwic()._repr_html_()):
            assert not set(Reader(html).tags) & {"img", "script"}
            assert "\u202e" not in html
        assert "Document <img src=x>[U+202E]" in "".join(Reader(result.show("<img src=x>\u202e").to_html()).shown)

    def test_a_speaker_and_an_actor_are_shown_as_text(self):
        hit = {**HIT, "target_rule": "'\"><script>", "speaker": '" onclick="x', "modality_cue": "</div>", "entry": "-->"}
        reader = Reader(fs.Document("d", "A bridge.", [hit], fs.Lexicon.from_quanteda({"bridge": ["bridge"]})).to_html())
        assert set(reader.tags) == PARTS
        assert all(is_harmless(name) for name, _ in reader.attributes)

    def test_the_evidence_is_told(self):
        other = {**HIT, "target": "sudland", "target_rule": "object"}
        peace = {**HIT, **PLAIN, "start": 9, "end": 14, "frame": "peace", "entry": "peace"}
        document = fs.Document("d", "A bridge peace.", [HIT, other, peace], fs.Lexicon.from_quanteda({"bridge": ["bridge"]}))
        assert str(document) == (
            "A [bridge]{bridge (of <b>norland, sudland; says Anna <Kern>; quoted; hedged: may; negated: no & not)} [peace]{peace}."
        )
        reader = Reader(document.to_html())
        told = [
            "• bridge\nentry: bridge~ · weight: 1\ntarget: <b>norland (subject)\ntarget: sudland (object)\nspeaker: Anna <Kern> · quoted\n{}",
            "• peace\nentry: peace · weight: 1\nspeaker: author\nmodality: asserted",
        ]
        assert (
            reader.values("data-a")
            == reader.values("aria-description")
            == [text.format("negated: no & not · modality: hedged (may)") for text in told]
        )
        assert reader.values("aria-label")[1:] == ["bridge, negated, quoted, hedged", "peace"]
        assert reader.values("data-sign") == ["not", "“”", "may", "not “” may"], "three in the legend, and before the hit"

    def test_what_was_not_looked_into_is_not_told(self):
        nulls = dict.fromkeys(["target", "target_rule", "speaker", "quoted", "negated", "cue", "modality", "modality_cue"])
        document = fs.Document("d", "A bridge.", [{**HIT, **nulls}], fs.Lexicon.from_quanteda({"bridge": ["bridge"]}))
        assert Reader(document.to_html()).values("data-a") == ["• bridge\nentry: bridge~ · weight: 1"]

    def test_the_legend_counts_hits_once(self):
        twice = {**HIT, "target": "sudland"}
        shown = "".join(
            Reader(fs.Document("d", "A bridge.", [HIT, twice], fs.Lexicon.from_quanteda({"bridge": ["x"]})).to_html()).shown
        )
        assert "1 hit ·" in shown
        assert re.search(r"bridge\s+1\s", shown)

    @pytest.mark.parametrize(("text", "what"), [(None, "null document"), ("", "no hits"), ("Nothing.", "no hits")])
    def test_nothing_to_show(self, text, what, lexicon):
        shown = Reader(fs.analyze([text, "bridge"], lexicon=lexicon).show(0).to_html()).shown
        assert what in "".join(shown)

    def test_the_same_again(self, result):
        assert result.show(0).to_html() == result.show(0).to_html()
        assert " id=" not in result.show(0).to_html(), "two renderings in one notebook share no id"

    def test_a_page_of_its_own(self, result, tmp_path):
        result.show(0).save(tmp_path / "page.html")
        page = (tmp_path / "page.html").read_text(encoding="utf-8")
        assert page.startswith('<!doctype html>\n<html lang="en">')
        assert "<title>0 · small 1.2.0</title>" in page
        assert "default-src 'none'; style-src 'unsafe-inline'" in page
        assert "http" not in page.replace("http-equiv", "")
        assert set(Reader(page).tags) - PARTS == {"html", "head", "meta", "title", "body", "main"}


class TestSize:
    def test_characters(self, result):
        for limit in range(len(TEXT) + 1):
            html = result.show(0, limit=limit).to_html()
            text, dots = re.subn(r" \[…\]$", "", "".join(Reader(html.partition('<div class="text"')[2].partition(">")[2]).shown))
            assert TEXT.startswith(text)
            assert bool(dots) == (text != TEXT)
            hits = [(hit["start"], hit["end"]) for hit in rows(result.hits)]
            assert not any(start < len(text) < end for start, end in hits), "no hit is cut"
            assert len(text) == limit or any(start == len(text) < limit < end for start, end in hits)
            note = f"the first {len(text)} of {len(TEXT)} characters, with {sum(end <= len(text) for _, end in hits)} of 4 hits"
            assert (note in html) == (text != TEXT)

    def test_hits(self, result, monkeypatch):
        monkeypatch.setattr(drawing, "MOST", 2)
        assert result.show(0).to_html().count("<mark") == 2
        assert "with 2 of 4 hits" in result.show(0).to_html()
        assert result.show(0, limit=None).to_html().count("<mark") == 4

    def test_more_overlap_than_there_are_lanes(self):
        words = [f"w{n}" for n in range(12)]
        lexicon = fs.Lexicon.from_quanteda({f"f{n}": [" ".join(words[: n + 1])] for n in range(12)})
        html = fs.analyze([" ".join(words)], lexicon=lexicon).show(0).to_html()
        assert "4 hits have no line, as more than 8 overlap there" in html
        assert html.count('tabindex="0"') == 8

    @pytest.mark.parametrize("limit", [-1, 1.5, "all"])
    def test_a_limit_that_is_none(self, result, limit):
        with pytest.raises(fs.FramescopeError, match="must be a number of characters, or None for all"):
            result.show(0, limit=limit)


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda s: {"start": s[0], "end": s[0] + s[1]}), max_size=12)


@given(SPANS)
def test_lanes_never_meet_and_are_as_few_as_can_be(spans):
    hits = laned(sorted(spans, key=lambda hit: hit["start"]), "abcdefghijkl")
    taken = [sorted(hit["lane"] for hit in hits if hit["start"] <= at < hit["end"]) for at in range(40)]
    assert all(len(set(lanes)) == len(lanes) for lanes in taken)
    assert len({hit["lane"] for hit in hits}) == max(map(len, taken))


@given(SPANS)
def test_pieces_are_the_text_with_the_hits_of_each_place(spans):
    text = "".join(chr(0x4E00 + i) for i in range(40))
    spans = sorted(spans, key=lambda hit: hit["start"])
    found = [hits for piece, hits in pieces(text, spans) for _ in piece]
    assert "".join(piece for piece, _ in pieces(text, spans)) == text
    assert found == [[hit for hit in spans if hit["start"] <= at < hit["end"]] for at in range(40)]


class TestLooks:
    def test_twenty_are_different(self):
        names = [f"f{n}" for n in range(20)]
        assert sorted(look.looks(names, names).values()) == list(range(20))

    def test_a_frame_looks_the_same_in_every_document(self):
        names = [f"f{n}" for n in range(20)]
        assert look.looks(["f7", "f3"], names) == {"f3": 3, "f7": 7}

    def test_a_large_lexicon(self):
        names = [f"f{n}" for n in range(90)]
        few = look.looks(["f3", "f23", "f43", "f83"], names)
        assert few["f3"] == 3
        assert len(set(few.values())) == 4
        assert set(look.looks(names, names).values()) == set(range(20))

    @pytest.mark.parametrize("ground", [0, 1], ids=["light", "dark"])
    def test_contrast(self, ground):
        """WCAG 2.2: 3 to 1 for lines, 4.5 to 1 for text."""
        under = luminance(look.GROUND["ground"][ground])
        least = dict.fromkeys(look.COLOURS, 3.0) | {"ink": 4.5, "muted": 4.5, "focus": 3.0}
        for name, wanted in least.items():
            over = luminance((look.COLOURS | look.GROUND)[name][ground])
            assert (max(over, under) + 0.05) / (min(over, under) + 0.05) >= wanted, name


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class TestSummary:
    def test_a_table(self, result):
        html = result._repr_html_()
        reader = Reader(html)
        assert set(reader.tags) == {"div", "style", "b", "span", "table", "caption", "thead", "tbody", "tr", "th", "td"}
        assert reader.values("scope") == ["col", "col", "row", "row"]
        shown = " ".join("".join(reader.shown).split())
        for part in (
            "3 documents (1 null) · 17 words · 4 hits · ", "Bridge <b> bridge3", "lexicon small 1.2.0", result.lexicon.hash[:12],
            "not validated on these documents",
        ):  # fmt: skip
            assert part in shown
        assert "site chrome" not in shown

    def test_chrome(self, lexicon):
        page = "Home\nShare on Facebook\n\nA bridge was built in the north of the country by the ministry of works.\n\nRelated articles\nRead more"
        result = fs.analyze([page, "A bridge."], lexicon=lexicon)
        number = sum(row["chrome"] is not None for row in rows(result.documents))
        assert number == 1, "the example has site chrome"
        assert "site chrome left out in 1 document; keep_chrome=True keeps it" in repr(result)
        assert "site chrome left out in 1 document" in result._repr_html_()

    def test_nothing(self, lexicon):
        for data in ([], [None], [""]):
            assert "0 hits" in fs.analyze(data, lexicon=lexicon)._repr_html_()


class TestConcordance:
    @pytest.mark.parametrize("kind", FRAMES)
    def test_every_library(self, kind, lexicon, result):
        table = fs.analyze(FRAMES[kind]({"t": [TEXT, None, "No hit."]}), text="t", lexicon=lexicon).kwic("bridge", window=2)
        assert isinstance(table, OUT_OF_FRAME[kind])
        aligned = fs.aligned(table)
        assert rows(aligned) == rows(table)
        assert str(aligned) == str(result.kwic("bridge", window=2))
        assert aligned._repr_html_() == result.kwic("bridge", window=2)._repr_html_()

    def test_in_print(self, result):
        assert str(result.kwic("bridge", window=2)).splitlines() == [
            "   doc       before |       keyword       | after       frame",
            "0  0        The old |       bridge        | , a second  bridge",
            "1  0       a second |       bridge        | and peace   bridge",
            "2  0    talks: they | link us to the East | .           bridge",
            "3 rows × 8 columns; columns not shown: start, end, entry",
        ]

    def test_keywords_stand_in_one_column(self, monkeypatch):
        monkeypatch.setenv("COLUMNS", "100")
        table = fs.analyze(fs.examples(), text="body", id="id").kwic()
        *lines, size = str(table).splitlines()
        bars = {tuple(i for i, sign in enumerate(line) if sign == "|") for line in lines}
        assert len(bars) == 1
        assert size == (
            f"{len(table)} rows × 8 columns; columns not shown: start, end, entry; the first 60 rows are shown; "
            ".sample(20) or .iloc[60:120] shows others"
        )
        assert len(lines) == 61
        assert table._repr_html_().count("<tr>") == 61

    def test_rows_that_are_picked_or_sorted_stay_one(self, result):
        table = result.kwic()
        picked = table[table["frame"] == "bridge"].sort_values("after").head(2)
        assert isinstance(picked, Concordance)
        assert "| bridge  |" in str(picked)
        assert "Concordance" in picked._repr_html_()
        columns = table[["doc", "frame"]]
        assert str(columns) == str(pd.DataFrame(columns))
        assert columns._repr_html_() == pd.DataFrame(columns)._repr_html_()
        pd.testing.assert_frame_equal(table, pd.DataFrame(table), check_frame_type=False)

    def test_contexts_are_cut_at_their_far_ends(self):
        long = pd.DataFrame(
            {"before": ["far x far " + "x " * 99 + "near "], "keyword": ["k"], "after": [" near" + " y" * 99 + " far y far"]}
        )
        for shown in (str(fs.aligned(long)), fs.aligned(long)._repr_html_()):
            assert "far" not in shown
            assert re.search(r"…(x )+near\b", shown)
            assert re.search(r"\bnear (y )+y…", shown)

    def test_cells_of_any_kind(self):
        table = pd.DataFrame(
            {"before": ["日本 ", None], "keyword": ["k", "<b>\x00"], "after": ["\n e\u0301", pd.NA], "my": [[1], {"<i>": 2}]}
        )
        assert "日本" in str(fs.aligned(table))
        reader = Reader(fs.aligned(table)._repr_html_())
        assert not {"b", "i"} & set(reader.tags)
        assert "<b>␀" in reader.shown

    def test_no_rows(self, result):
        assert "0 rows × 8 columns" in str(result.kwic("zzz"))
        assert "0 rows × 8 columns" in result.kwic("zzz")._repr_html_()

    @pytest.mark.parametrize(("table", "message"), [
        ([1], r"aligned\(\) shows a table of result.kwic\(\), not list"),
        (pd.DataFrame({"before": [], "after": [], "keywords": []}), "no column 'keyword'; did you mean 'keywords'"),
    ])  # fmt: skip
    def test_what_is_none(self, table, message):
        with pytest.raises(fs.ColumnError, match=message):
            fs.aligned(table)


def test_a_notebook_can_hold_it(result):
    for html in (result._repr_html_(), result.show(0)._repr_html_(), result.kwic()._repr_html_()):
        assert json.loads(json.dumps(html)) == html
        assert "<script" not in html
