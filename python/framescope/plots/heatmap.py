"""`result.plot.heatmap`: two of frames, targets, speakers and columns of the input against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pyarrow as pa
import pyarrow.compute as pc

from framescope.errors import FramescopeError
from framescope.groups.cross import OF_HITS, cross_table, refuse_keys
from framescope.plots.choice import Question, only, totals
from framescope.plots.marks import NO_EVIDENCE, finished
from framescope.plots.style import HUES, LIGHT, UNITS, actor_labels, amount, clean, labels, value_format
from framescope.scores import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framescope.lexicon import Lexicon
    from framescope.plots.plot import Plot

MOST_ROWS = MOST_COLUMNS = 25
SMALLEST = 0.005  # that two digits can show
NARROW = 12  # with more columns, cells are narrow
FAINT, FULL = 0.05, 0.52  # of the colour: zero is faint, no evidence has none, and words can be read on either
PLURALS = {"target": "targets", "speaker": "speakers"}


def draw_heatmap(question: Question, rows: str, columns: str, *, measure: Measure, frames: Sequence[str] | str | None) -> Plot:
    """A cell for each pair, with its value; a dash where there is no evidence."""
    if measure not in get_args(Measure):
        raise FramescopeError.not_found("measure", measure, get_args(Measure), "measures")
    keys, lexicon = [rows, columns], question.result.lexicon
    refuse_keys(question.corpus, keys, measure)
    levels = {key: levels_of(question, key) for key in keys if key in OF_HITS}
    table = cross_table(question.corpus, question.counted, keys, levels, measure)
    shown = {key: choose(question, table, key, most, frames) for key, most in ((rows, MOST_ROWS), (columns, MOST_COLUMNS))}
    for key, values in shown.items():
        table = only(table, key, values)
    named = {key: names_of_levels(lexicon, key, values) for key, values in shown.items()}
    cells = [
        {
            **{name: row[name] for name in ("documents", "words", "count", "value")},
            "row": named[rows][row[rows]],
            "column": named[columns][row[columns]],
        }
        for row in table.to_pylist()
    ]
    title = f"{clean(rows).capitalize()} by {clean(columns)}"
    chart = grid(cells, list(named[rows].values()), list(named[columns].values()), measure)
    shows = f"{amount(len(shown[rows]), 'row')}, {amount(len(shown[columns]), 'column')}; {UNITS[measure]}"
    return finished(question, chart, table, name="heatmap", title=title, shows=shows)


def levels_of(question: Question, key: str) -> list[str]:
    """The values of a key of hits: all frames, or the commonest of the others."""
    if key == "frame":
        return list(question.result.lexicon.counted_frames)
    hits = question.counted["hits"]
    counts = pc.value_counts(hits[key].drop_null()).to_pylist()
    by_size = sorted(counts, key=lambda pair: (-pair["counts"], pair["values"]))
    if len(by_size) > MOST_ROWS:
        question.notes.append(f"the {MOST_ROWS} {PLURALS[key]} with most hits of {len(by_size):,}")
    if not by_size:
        question.notes.append(f"no hits with a {key}")
    return [pair["values"] for pair in by_size[:MOST_ROWS]]


def choose(question: Question, table: pa.Table, key: str, most: int, frames: Sequence[str] | str | None) -> list[Any]:
    """The rows or columns to show."""
    if key == "frame":
        return question.frames(frames, table, most)
    if key in OF_HITS:
        counts = totals(table, key, "count")
        return sorted(counts, key=lambda value: (-counts[value], value))
    return question.levels(table, key, most)


def names_of_levels(lexicon: Lexicon, key: str, values: list[Any]) -> dict[Any, str]:
    """What rows or columns are called for people."""
    if key == "frame":
        return labels(lexicon, values)
    return actor_labels(lexicon, values) if key in OF_HITS else {value: clean(value) for value in values}


def written(value: float | None, measure: Measure) -> str:
    """A value as its cell shows it."""
    if not value:
        return "–" if value is None else "0"
    if measure in {"share", "presence"}:
        return f"{value:.0%}"
    if measure in {"rate", "weight"} and value < SMALLEST:
        return "<0.01"  # not to be read as zero
    if measure == "count":
        return f"{value:,.0f}"
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.1f}" if abs(value) >= 1 else f"{value:.2f}"  # noqa: PLR2004


def grid(cells: list[dict[str, Any]], rows: list[str], columns: list[str], measure: Measure) -> Any:
    """Cells, their values, and words for rows without any."""
    import altair as alt

    for cell in cells:
        cell["text"] = written(cell["value"], measure)
    silent = {row for row in rows if all(cell["value"] is None for cell in cells if cell["row"] == row)}
    values = [cell["value"] for cell in cells if cell["value"] is not None]
    low = min([*values, 0]) if measure == "logit" else 0
    domain = [low, max([*values, low]) if max([*values, low]) > low else low + 1]
    narrow = len(columns) > NARROW
    step = 34 if narrow else 52
    turned = any(len(name) * 6.5 > step for name in columns)
    x = alt.X(
        "column:N", sort=columns, title=None, scale=alt.Scale(domain=columns),
        axis=alt.Axis(labelAngle=-40 if turned else 0, labelAlign="right" if turned else "center", labelOverlap=False, ticks=False, domain=False),
    )  # fmt: skip
    y = alt.Y("row:N", sort=rows, title=None, scale=alt.Scale(domain=rows), axis=alt.Axis(ticks=False, domain=False))
    legend = alt.Legend(
        title=UNITS[measure], format=value_format(measure), symbolType="square", symbolFillColor=HUES[0], symbolStrokeWidth=0,
        symbolSize=220, orient="right", tickCount=4,
    )  # fmt: skip
    opacity = alt.Opacity("value:Q", scale=alt.Scale(domain=domain, range=[FAINT, FULL]), legend=legend)
    tooltip = [alt.Tooltip("row:N"), alt.Tooltip("column:N"), alt.Tooltip("value:Q", title=UNITS[measure], format=",.4~r")]
    tooltip += [
        alt.Tooltip(f"{name}:Q", title=said, format=",d")
        for name, said in (("count", "hits"), ("words", "words"), ("documents", "documents"))
    ]
    base = alt.Chart(alt.InlineData(values=cells)).properties(width=alt.Step(step), height=alt.Step(23))
    rects = (
        base.transform_filter("isValid(datum.value)")
        .mark_rect(color=HUES[0], stroke=LIGHT["ground"])
        .encode(x=x, y=y, opacity=opacity, tooltip=tooltip)
    )
    texts = base.transform_filter("isValid(datum.value)").mark_text(fontSize=9 if narrow else 11).encode(x=x, y=y, text="text:N")
    gaps = [cell for cell in cells if cell["value"] is None and cell["row"] not in silent]
    dashes = alt.Chart(alt.InlineData(values=gaps)).mark_text(color=LIGHT["muted"], text="–").encode(x=x, y=y)
    rest = [{"row": row} for row in rows if row in silent]
    words = (
        alt.Chart(alt.InlineData(values=rest))
        .mark_text(color=LIGHT["muted"], text=NO_EVIDENCE, align="left", dx=4, fontSize=10)
        .encode(x=alt.value(0), y=y)
    )
    return alt.layer(rects, texts, dashes, words)
