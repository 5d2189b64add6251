"""Pictures: what they draw is what the tables say; what is missing is a gap; what users write stays text; nothing is fetched."""

from __future__ import annotations

import json
import re
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import vl_convert

import framescope as fs
from framescope.plots import rendering
from framescope.plots.heatmap import written
from framescope.plots.rendering import VARIABLES
from framescope.plots.style import DARK, HUES, LIGHT, clean
from kinds import FRAMES as LIBRARIES, OUT_OF_FRAME, rows

EVIL = "</script><img src=x onerror=alert(1)> \"a.b[c]' {{datum}} \\ & ]]>"
TEXTS = [
    "Bridges link Asia to the East. Peace talks in Baku.",
    None,
    "",
    "A bridge for peace and peace for a bridge; a ceasefire.",
    "Nothing of the kind happened here today.",
    "Azerbaijan is a bridge. Azerbaijan is no bridge. They link North and East, and build bridges.",
    "peace peace",
]
DATA = {
    "body": TEXTS,
    "outlet": ["b", "b", "a", "a", "a", None, "b"],
    "date": ["2025-01-31", "2025-01-01", "2025-02-11", "2025-02-28", "2025-02-01", "2025-05-06", "2025-05-07"],
    EVIL: [EVIL, EVIL, "x", "x", "x", "y", "y"],
}


@pytest.fixture(scope="module")
def result(lexicon) -> fs.Result:
    return fs.analyze(pd.DataFrame(DATA), text="body", lexicon=lexicon)


@pytest.fixture(scope="module")
def articles() -> fs.Result:
    return fs.analyze(fs.examples(), text="body", id="id")


def layers(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The layers of a chart, inside panels or not."""
    return spec.get("layer") or spec.get("spec", {}).get("layer") or [spec]


def values(plot: fs.Plot) -> list[dict[str, Any]]:
    """What the chart draws, of all its layers."""
    spec = plot.chart.to_dict()
    held = spec.get("datasets", {})
    found = [spec, *layers(spec)]
    lists = [held.get(part["data"].get("name"), part["data"].get("values", [])) for part in found if "data" in part]
    return [row for one in lists for row in one]


ASKS = {
    "frames": lambda r: r.plot.frames(resamples=100),
    "frames by": lambda r: r.plot.frames("outlet", "share", resamples=100),
    "frames by two": lambda r: r.plot.frames(["outlet", EVIL], "presence", resamples=100),
    "timeline": lambda r: r.plot.timeline("date", resamples=100),
    "timeline by": lambda r: r.plot.timeline("date", "W", EVIL, measure="count", resamples=100),
    "heatmap": lambda r: r.plot.heatmap(columns="outlet"),
    "heatmap of targets": lambda r: r.plot.heatmap("frame", "target"),
    "heatmap of speakers": lambda r: r.plot.heatmap("speaker", EVIL, measure="count"),
    "heatmap of columns": lambda r: r.plot.heatmap("outlet", EVIL, measure="presence"),
    "stance": lambda r: r.plot.stance(),
    "network": lambda r: r.plot.network(resamples=100),
    "network of documents": lambda r: r.plot.network("document", resamples=100),
    "dispersion": lambda r: r.plot.dispersion(),
    "targets": lambda r: r.plot.targets(resamples=100),
    "targets of one": lambda r: r.plot.targets("bridge", resamples=100),
}


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_every_picture_is_one(ask, result):
    plot = ask(result)
    spec = plot.chart.to_dict()  # Altair checks it against Vega-Lite's schema
    assert len(plot.data) == int(re.search(r"its ([\d,]+) row", repr(plot))[1].replace(",", ""))
    subtitle = " ".join(spec["title"]["subtitle"])
    assert "lexicon small 1.2.0" in subtitle
    assert result.lexicon.hash[:12] in subtitle
    assert "6 documents" in subtitle
    assert plot.description.startswith(spec["title"]["text"])
    svg = plot._repr_html_()
    assert ET.fromstring(svg[svg.index("<svg") : svg.index("</svg>") + 6]).attrib["aria-label"] == plot.description
    assert "onerror" not in re.sub(r"&lt;.*?&gt;|aria-label=\"[^\"]*\"", "", svg)
    assert "<img" not in svg
    assert not re.search(r"NaN|undefined|Infinity", svg)


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
@pytest.mark.parametrize(
    "texts", [[], [None, ""], ["Nothing here."], ["A bridge."]], ids=["empty", "null and blank", "no hit", "one"]
)
def test_little_or_nothing_is_a_picture_too(texts, ask, lexicon):
    frame = pd.DataFrame(
        {"body": texts, "outlet": ["a"] * len(texts), "date": ["2025-01-01"] * len(texts), EVIL: ["x"] * len(texts)}, dtype=object
    )
    plot = ask(fs.analyze(frame, text="body", lexicon=lexicon))
    spec = plot.chart.to_dict()
    assert spec["title"]["text"]
    if not texts:
        vl_convert.vegalite_to_svg(spec, vl_version=rendering.language_version(), allowed_base_urls=[])


def test_the_numbers_are_those_of_the_tables(articles):
    for plot, table in (
        (articles.plot.frames("outlet", "share"), articles.by("outlet", "share")),
        (articles.plot.timeline("date", "Q", "outlet"), articles.trend("date", "Q", by="outlet")),
        (articles.plot.network(), articles.cooccurrence()),
        (articles.plot.stance(), articles.stance(["speaker", "target"])),
    ):
        keys = [name for name in table.columns if name in {"outlet", "period", "frame", "other", "speaker", "target"}]
        both = plot.data.merge(table, on=keys, suffixes=("", "_table"))
        assert len(both) == len(plot.data) > 5
        for name in set(table.columns) - set(keys):
            np.testing.assert_array_equal(both[name].to_numpy(), both[f"{name}_table"].to_numpy())


def test_what_is_drawn_is_the_data(articles):
    plot = articles.plot.frames("outlet", frames=["bridge", "peace"], target="azerbaijan")
    drawn = {(row["label"], row["group"]): (row["value"], row["low"], row["high"]) for row in values(plot)}
    assert len(drawn) == 8
    for row in rows(plot.data):
        label = articles.lexicon.frames[row["frame"]].label
        assert drawn[label, row["outlet"]] == (row["value"], row["low"], row["high"])
    assert "only hits said of azerbaijan" in plot.chart.to_dict()["title"]["subtitle"]
    assert plot.data["count"].sum() == articles.scores("count", target="azerbaijan")[["bridge", "peace"]].sum().sum()


def test_heatmaps_are_scores(articles):
    by_outlet = articles.plot.heatmap("frame", "outlet").data.set_index(["outlet", "frame"])["value"]
    assert (
        by_outlet.to_dict() == articles.scores(by="outlet").set_index(["outlet", "frame"])["value"].loc[by_outlet.index].to_dict()
    )
    cells = articles.plot.heatmap("frame", "target", measure="count").data
    for target, group in cells.groupby("target"):
        counts = articles.scores("count", target=target).drop(columns="doc").sum()
        assert dict(zip(group["frame"], group["value"], strict=True)) == counts[group["frame"]].astype(float).to_dict()
    pooled = articles.plot.heatmap("target", "outlet", measure="count").data
    whole = articles.scores("count", by="outlet", target="azerbaijan").groupby("outlet")["value"].sum()
    assert pooled[pooled["target"] == "azerbaijan"].set_index("outlet")["value"].to_dict() == whole.to_dict()


def test_targets_are_scores(articles):
    data = articles.plot.targets("middle_power").data
    assert set(data["negated"]) == {False, True}
    for row in rows(data):
        counts = articles.scores("count", target=row["target"], negated=row["negated"])["middle_power"]
        assert row["count"] == counts.sum()
        assert row["value"] == pytest.approx(1000 * counts.sum() / articles.documents["words"].sum())


def test_no_evidence_is_a_gap(result):
    plot = result.plot.timeline("date", frames="bridge", resamples=100)
    months = [(row["period"], row["value"] is None) for row in values(plot)]
    assert months == [
        ("2025-01-01", False),
        ("2025-02-01", False),
        ("2025-03-01", True),
        ("2025-04-01", True),
        ("2025-05-01", False),
    ]
    line = next(layer for layer in layers(plot.chart.to_dict()) if layer["mark"]["type"] == "line")
    assert "transform" not in line  # the nulls reach it, and break it
    svg = plot._repr_html_()
    path = re.search(r'aria-roledescription="line mark" d="([^"]*)"', svg)[1]
    assert path.count("M") == 2
    share = result.plot.frames(EVIL, "share", frames="bridge", target="azerbaijan", resamples=100)
    assert share.data["value"].isna().sum() == 2
    assert share._repr_html_().count(">no evidence<") == 2
    cells = result.plot.heatmap("outlet", EVIL)
    assert cells.data["value"].isna().any() == (">–<" in cells._repr_html_() or ">no evidence<" in cells._repr_html_())


def test_many_groups_and_many_frames(lexicon):
    texts = ["A bridge of peace. " * (1 + i % 3) for i in range(200)]
    frame = pd.DataFrame({"t": texts, "g": [f"group {i % 100}" for i in range(200)], "d": 2000 + np.arange(200) % 5})
    result = fs.analyze(frame, text="t", lexicon=lexicon)
    panels = result.plot.frames("g", resamples=100).chart.to_dict()
    assert panels["facet"]["field"] == "label"
    assert "30 of 100 groups: those with most documents" in panels["title"]["subtitle"]
    lines = result.plot.timeline("d", "Y", "g", resamples=100)
    assert lines.data["g"].nunique() == 5
    assert "5 of 100 groups: those with most words" in lines.chart.to_dict()["title"]["subtitle"]
    assert len(result.plot.heatmap("frame", "g").data) == 25 * 2
    assert result.plot.dispersion().data["doc"].nunique() == 40


def test_the_commonest_frames_and_those_asked_for(articles):
    plot = articles.plot.frames()
    counts = articles.by().set_index("frame")["count"]
    assert plot.data["count"].min() >= counts.drop(plot.data["frame"]).max()
    assert "the 12 commonest of 20 frames with hits; frames= shows others" in plot.chart.to_dict()["title"]["subtitle"]
    assert articles.plot.frames(frames=["peace", "bridge"]).data["frame"].tolist() == ["bridge", "peace"]


def test_a_frame_has_one_colour(articles):
    def colours(plot):
        spec = plot.chart.to_dict()
        scale = layers(spec)[0]["encoding"]["color"]["scale"]
        return dict(zip(scale["domain"], scale["range"], strict=True))

    first = colours(articles.plot.timeline("date", "Q", frames=["bridge", "peace", "grievance"]))
    second = colours(articles.plot.timeline("date", "Q", frames=["peace", "sovereignty"]))
    assert first["Peace and normalisation"] == second["Peace and normalisation"]
    marks = colours(articles.plot.dispersion())
    assert len(set(marks.values())) == 5
    assert set(marks.values()) <= set(HUES)


def test_the_network_stays_where_it_is(articles):
    assert articles.plot.network().chart.to_json() == articles.plot.network().chart.to_json()
    edges = {row["pair"]: row for row in values(articles.plot.network("document")) if "pair" in row}
    assert len(edges) == 40
    assert max(row["count"] for row in edges.values()) == articles.cooccurrence("document")["count"].max()


@pytest.mark.parametrize("library", LIBRARIES)
def test_data_is_of_the_users_library(library, lexicon):
    result = fs.analyze(LIBRARIES[library](DATA), text="body", lexicon=lexicon)
    reference = fs.analyze(pa.table(DATA), text="body", lexicon=lexicon)
    for name in ("frames by two", "heatmap of targets", "stance", "dispersion", "targets"):
        data = ASKS[name](result).data
        assert isinstance(data, OUT_OF_FRAME[library])
        assert rows(data) == rows(ASKS[name](reference).data)


def test_ids_of_documents(lexicon):
    frame = pl.DataFrame({"t": ["A bridge. " + "x " * 100, "Peace."], "id": ["α", "β"]})
    data = fs.analyze(frame, text="t", id="id", lexicon=lexicon).plot.dispersion().data
    assert data["doc"].to_list() == ["α", "β"]
    assert data["place"].to_list() == [2 / 210, 0]


def test_files(tmp_path, articles):
    plot = articles.plot.frames(frames=["bridge", "peace"])
    for theme, colours in (("light", LIGHT), ("dark", DARK)):
        plot.save(tmp_path / f"{theme}.svg", theme=theme)
        svg = (tmp_path / f"{theme}.svg").read_text(encoding="utf-8")
        assert ET.fromstring(svg).tag.endswith("svg")
        assert colours["ground"] in svg
        assert colours["ink"] in svg
        assert "var(" not in svg
    plot.save(tmp_path / "new" / "a.PNG")
    assert (tmp_path / "new" / "a.PNG").read_bytes().startswith(b"\x89PNG")
    plot.save(str(tmp_path / "a.pdf"))
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "dark.svg", "light.svg", "new"]


def tags(page: str) -> list[tuple[str, list[str]]]:
    """The elements of a page, with the names of their attributes."""
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, [name for name, _ in attributes]))
    parser.feed(page)
    return found


def test_a_page_needs_nothing_else(tmp_path, result):
    ASKS["frames by two"](result).save(tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page.count("</script>") == 2
    assert "<img src=x" not in page
    assert {name for _, attributes in tags(page) for name in attributes} == {
        "lang", "charset", "http-equiv", "content", "name", "id", "role", "aria-label",
    }  # fmt: skip
    spec = json.loads(re.search(r'vegaEmbed\("#plot",(.*),\{"renderer"', page)[1])
    assert EVIL.split(maxsplit=1)[0] in json.dumps(spec)
    assert spec["config"]["axis"]["labelColor"] == "var(--ink)"
    assert "prefers-color-scheme:dark" in page


def test_a_notebook_decides_on_the_theme(result):
    shown = ASKS["targets"](result)._repr_mimebundle_()
    assert set(shown) == {"text/html", "text/plain"}
    svg = shown["text/html"][shown["text/html"].index("<svg") :]
    assert set(re.findall(r'"(#[0-9a-f]{3,6})"', svg)) <= {"#ddd", "#888"}
    assert {"var(--ink)", "var(--ground)", "var(--blue)"} <= set(re.findall(r'"(var\(--\w+\))"', svg)) <= set(VARIABLES.values())
    assert '[data-jp-theme-light="false"]' in shown["text/html"]


def test_two_pictures_share_no_ids():
    picture = '<svg><clipPath id="clip1"></clipPath><g clip-path="url(#clip1)"/>{}</svg>'
    first, second = (rendering.apart(picture.format(word)) for word in "ab")
    ids = [re.search(r'id="([^"]+)"', one)[1] for one in (first, second)]
    assert ids[0] != ids[1]
    assert f"url(#{ids[0]})" in first


def test_nothing_is_left_of_a_file_that_failed(tmp_path, result, monkeypatch):
    path = tmp_path / "a.svg"
    path.write_text("before")
    plot = ASKS["frames"](result)
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        plot.save(path)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("a.svg", "before")]


def test_a_chart_can_be_changed(result):
    plot = ASKS["frames"](result)
    plot.chart = plot.chart.properties(title="Mine")
    assert ">Mine<" in plot._repr_html_()


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda r: r.plot(), r"result.plot has several pictures; say which: result.plot.frames\(\)"),
        (lambda r: r.plot.frames("outlt"), "did you mean 'outlet'"),
        (lambda r: r.plot.frames(frames=["brigde"]), "no frame 'brigde'; did you mean 'bridge'"),
        (lambda r: r.plot.frames(targt="x"), "no option 'targt'; did you mean 'target'"),
        (lambda r: r.plot.frames(resamples=1), "resamples=1 must be"),
        (lambda r: r.plot.frames(target="x"), "no target 'x'"),
        (lambda r: r.plot.heatmap("frame", "frame"), "rows and columns are both 'frame'"),
        (lambda r: r.plot.heatmap("frame", "outlt"), "no column 'outlt'; did you mean 'outlet'"),
        (lambda r: r.plot.heatmap("frame", "target", measure="share"), "measure='share' is of all frames"),
        (lambda r: r.plot.heatmap("frame", "outlet", measure="rat"), "did you mean 'rate'"),
        (lambda r: r.plot.targets("bridge", negated=True), "plot.targets shows denied hits beside the others"),
        (lambda r: r.plot.dispersion([99]), "no document 99"),
        (lambda r: r.plot.frames().save("a.jpeg"), "not saved as '.jpeg'; end the name in .png, .svg, .pdf or .html"),
        (lambda r: r.plot.frames().save("plot"), "not saved as 'plot'"),
        (lambda r: r.plot.frames().save("a.svg", theme="night"), "no theme 'night'"),
    ],
)
def test_errors(ask, message, result):
    with pytest.raises(fs.FramescopeError, match=message):
        ask(result)


def test_an_extra_that_is_missing(result, monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(
        fs.FramescopeError, match=r"plots need vl_convert, which is not installed; say: pip install 'framescope\[plot\]'"
    ):
        result.plot.frames()


def test_a_language_without_a_pack(lexicon):
    german = fs.Lexicon.from_dict({**lexicon.to_dict(), "language": "de"})
    data = fs.analyze(["Azerbaijan: a bridge."], lexicon=german).plot.targets().data
    assert data["negated"].isna().all()


def test_names_are_one_line_of_text():
    assert clean(" a\n b\u202e\x00 ") == "a b[U+202E]␀"
    assert clean("") == "(empty)"
    assert clean(2025) == "2025"


def test_altair_is_not_imported_before_it_is_used():
    import subprocess

    code = "import sys, framescope as fs; fs.analyze(['A bridge.']).plot; sys.exit('altair' in sys.modules or 'vl_convert' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert alt.SCHEMA_VERSION


def test_an_entry_of_two_frames_counts_for_both():
    frames = {name: {"entries": ["peace"]} for name in ("calm", "accord")}
    actors = {"norland": {"label": "Norland", "type": "country", "aliases": ["Norland"]}}
    lexicon = fs.Lexicon.from_dict({"framescope": 1, "id": "x", "version": "1", "frames": frames, "actors": actors})
    result = fs.analyze(pd.DataFrame({"t": ["Norland's peace holds."], "g": ["a"]}), text="t", lexicon=lexicon)
    assert result.plot.heatmap("target", "g", measure="count").data["count"].tolist() == [2]
    assert result.plot.targets().data["count"].tolist() == [2, 0]


def test_documents_in_no_group_are_told(result):
    for plot in (result.plot.frames("outlet", resamples=100), result.plot.timeline("date", by="outlet", resamples=100)):
        assert "1 document in no group: the value of the column is null" in plot.chart.to_dict()["title"]["subtitle"]
    assert "no group" not in " ".join(result.plot.frames(resamples=100).chart.to_dict()["title"]["subtitle"])


@pytest.mark.parametrize(
    ("value", "measure", "cell"),
    [(None, "rate", "–"), (0, "rate", "0"), (0.0049, "rate", "<0.01"), (0.05, "rate", "0.05"), (1.26, "rate", "1.3"), (12.6, "rate", "13"),
     (0.126, "share", "13%"), (1234, "count", "1,234"), (-6.24, "logit", "-6.2")],
)  # fmt: skip
def test_cells(value, measure, cell):
    assert written(value, measure) == cell
