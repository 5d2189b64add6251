"""`result.plot.frames`: how often each frame is used, by groups, with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framescope.plots.choice import Question, group_names, names_of, only, totals
from framescope.plots.marks import finished, interval_layers, value_axis
from framescope.plots.style import HUES, LIGHT, SERIES, SHAPES, amount, clean, frame_looks, labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framescope.plots.plot import Plot
    from framescope.scores import Measure

MOST_FRAMES, MOST_PANELS, MOST_GROUPS = 12, 9, 30
ROW = 13  # pixels from one point to the next


def draw_frames(question: Question, by: str | Sequence[str] | None, measure: Measure, frames: Sequence[str] | str | None) -> Plot:
    """Frames in rows and groups side by side in them; or, with more groups than colours, a panel for each frame with groups in rows."""
    keys = names_of(by)
    table = question.result.by(keys, measure, **question.where)
    question.say_left_out(table)
    groups = list(dict.fromkeys(group_names(table, keys)))
    panels = len(groups) > SERIES
    shown = question.frames(frames, table, MOST_PANELS if panels else MOST_FRAMES)
    table = only(table, "frame", shown)
    if len(groups) > MOST_GROUPS:
        table, groups = largest(question, table, keys)
    named = labels(question.result.lexicon, shown)
    order = [named[frame] for frame in shown]
    rows = [
        {**row, "label": named[row["frame"]], "group": group}
        for row, group in zip(
            table.select(["frame", "documents", "words", "count", "value", "low", "high"]).to_pylist(),
            group_names(table, keys),
            strict=True,
        )
    ]
    title = f"Frames by {' and '.join(map(clean, keys))}" if keys else "Frames"
    looks = frame_looks(question.result.lexicon, shown)
    colours = {named[frame]: looks[frame][0] for frame in shown}
    chart = by_panel(rows, colours, groups, measure) if panels else by_row(rows, order, groups, keys, measure)
    shows = f"{amount(len(shown), 'frame')}, {amount(len(groups), 'group')}; points with 95 % intervals"
    return finished(question, chart, table, name="frames", title=title, shows=shows)


def largest(question: Question, table: Any, keys: list[str]) -> tuple[Any, list[str]]:
    """The groups with most documents."""
    import pyarrow as pa

    names = pa.array(group_names(table, keys))
    sizes = totals(table.append_column("_group", names), "_group", "documents")
    kept = sorted(sizes, key=lambda name: (-sizes[name], name))[:MOST_GROUPS]
    question.notes.append(f"{MOST_GROUPS} of {len(sizes):,} groups: those with most documents")
    return table.filter([name in kept for name in names.to_pylist()]), [name for name in sizes if name in kept]


def by_row(rows: list[dict[str, Any]], order: list[str], groups: list[str], keys: list[str], measure: Measure) -> Any:
    """One panel, groups told by colour and shape."""
    import altair as alt

    axis = alt.Axis(grid=True, tickSize=0, domain=False, tickBand="extent" if keys else "center")
    y = alt.Y("label:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=axis)
    shared: dict[str, Any] = {"y": y}
    if keys:
        legend = alt.Legend(title=" · ".join(map(clean, keys)), orient="top", columns=SERIES)
        scale = alt.Scale(domain=groups, range=HUES[: len(groups)])
        shapes = alt.Scale(domain=groups, range=[*SHAPES.values(), "cross"][: len(groups)])
        shared |= {
            "yOffset": alt.YOffset("group:N", sort=groups, scale=alt.Scale(domain=groups, paddingOuter=0.6)),
            "color": alt.Color("group:N", sort=groups, scale=scale, legend=legend),
            "shape": alt.Shape("group:N", sort=groups, scale=shapes, legend=legend),
        }
    else:
        shared |= {"color": alt.value(HUES[0])}
    base = alt.Chart(alt.InlineData(values=rows)).properties(width=430, height=len(order) * (ROW * len(groups) + 10))
    return interval_layers(base, shared, value_axis(rows, measure), measure)


def by_panel(rows: list[dict[str, Any]], colours: dict[str, str], groups: list[str], measure: Measure) -> Any:
    """A panel for each frame, groups in rows."""
    import altair as alt

    order = list(colours)
    scale = alt.Scale(domain=order, range=list(colours.values()))
    shared = {
        "y": alt.Y(
            "group:N", sort=groups, title=None, scale=alt.Scale(domain=groups), axis=alt.Axis(grid=True, tickSize=0, domain=False)
        ),
        "color": alt.Color("label:N", sort=order, scale=scale, legend=None),
    }
    base = alt.Chart().properties(width=150, height=len(groups) * ROW)
    panel = interval_layers(base, shared, value_axis(rows, measure), measure)
    header = alt.Header(title=None, labelAnchor="start", labelColor=LIGHT["ink"])
    return panel.facet(
        alt.Facet("label:N", sort=order, header=header, title=None), columns=3, data=alt.InlineData(values=rows)
    ).resolve_scale(x="independent")
