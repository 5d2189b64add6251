"""`result.plot.targets`: of whom a frame is said, and of whom it is denied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from framescope.errors import FramescopeError
from framescope.groups.bootstrap import Bootstrap
from framescope.groups.by import group_table
from framescope.groups.cross import BETWEEN, relabelled
from framescope.plots.choice import Question, only
from framescope.plots.marks import finished, interval_layers, value_axis
from framescope.plots.style import LIGHT, actor_labels, amount, labels
from framescope.scores import document_groups

if TYPE_CHECKING:
    from framescope.plots.plot import Plot

MOST_TARGETS = 15
SAID, DENIED, UNREAD = "not denied", "denied", "all hits"
LOOKS = {SAID: (LIGHT["blue"], "circle"), DENIED: (LIGHT["vermillion"], "square"), UNREAD: (LIGHT["blue"], "circle")}
SCHEMA = [("target", pa.string()), ("negated", pa.bool_())]


def draw_targets(question: Question, frame: str | None) -> Plot:
    """A row for each target, two points in it."""
    if question.where.get("negated") is not None:
        raise FramescopeError("plot.targets shows denied hits beside the others; leave negated= out")
    hits = question.counted["hits"]
    title = "Targets of all frames"
    if frame is not None:
        shown = question.frames(frame, hits, 1)
        hits, title = only(hits, "frame", shown), f"Targets of {labels(question.result.lexicon, shown)[frame]}"
    targets = commonest(question, hits)
    table = said_and_denied(question, hits, targets)
    named = actor_labels(question.result.lexicon, targets)
    rows = [
        {
            **{name: row[name] for name in ("documents", "words", "count", "value", "low", "high")},
            "label": named[row["target"]],
            "group": way(row["negated"]),
        }
        for row in table.to_pylist()
    ]
    chart = points(rows, list(named.values()))
    shows = f"{amount(len(targets), 'target')}; points with 95 % intervals"
    return finished(question, chart, table, name="targets", title=title, shows=shows)


def commonest(question: Question, hits: pa.Table) -> list[str]:
    """The targets with most hits."""
    counts = pc.value_counts(hits["target"].drop_null()).to_pylist()
    order = [pair["values"] for pair in sorted(counts, key=lambda pair: (-pair["counts"], pair["values"]))]
    if len(order) > MOST_TARGETS:
        question.notes.append(f"the {MOST_TARGETS} commonest of {amount(len(order), 'target')}")
    if not order:
        question.notes.append("no hits with a target")
    return order[:MOST_TARGETS]


def said_and_denied(question: Question, hits: pa.Table, targets: list[str]) -> pa.Table:
    """Columns target · negated · documents · words · count · value (rate) · low · high, with bootstrap intervals."""
    unread = hits["negated"].null_count > 0
    flags = [None] if unread else [False, True]
    keys = ["target"] if unread else ["target", "negated"]
    pairs = [(target, flag) for target in targets for flag in flags]
    frames = [target if unread else f"{target}{BETWEEN}{str(flag).lower()}" for target, flag in pairs]
    tables = {**question.counted, "hits": relabelled(hits, keys)}
    draws = {name: question.where[name] for name in ("resamples", "seed") if name in question.where}
    table = group_table(tables, frames, "rate", document_groups(question.corpus, []), Bootstrap(**draws))
    columns = (
        [pa.array(values, kind) for values, (_, kind) in zip(zip(*pairs, strict=True), SCHEMA, strict=True)]
        if pairs
        else [pa.array([], kind) for _, kind in SCHEMA]
    )
    numbers = table.drop_columns(["frame"])
    return pa.Table.from_arrays([*columns, *numbers.columns], names=["target", "negated", *numbers.column_names])


def way(negated: bool | None) -> str:  # noqa: FBT001 - a cell of a table
    """What a row shows, in words."""
    return UNREAD if negated is None else DENIED if negated else SAID


def points(rows: list[dict[str, Any]], order: list[str]) -> Any:
    """Targets in rows."""
    import altair as alt

    used = [name for name in LOOKS if any(row["group"] == name for row in rows)] or [SAID]
    colours, shapes = ([LOOKS[name][i] for name in used] for i in (0, 1))
    legend = alt.Legend(title=None, orient="top")
    shared = {
        "y": alt.Y(
            "label:N",
            sort=order,
            title=None,
            scale=alt.Scale(domain=order),
            axis=alt.Axis(grid=True, tickSize=0, domain=False, tickBand="extent"),
        ),
        "yOffset": alt.YOffset("group:N", sort=used, scale=alt.Scale(domain=used, paddingOuter=0.6)),
        "color": alt.Color("group:N", sort=used, scale=alt.Scale(domain=used, range=colours), legend=legend),
        "shape": alt.Shape("group:N", sort=used, scale=alt.Scale(domain=used, range=shapes), legend=legend),
    }
    base = alt.Chart(alt.InlineData(values=rows)).properties(width=430, height=max(len(order), 1) * (12 * len(used) + 10))
    return interval_layers(base, shared, value_axis(rows, "rate"), "rate")
