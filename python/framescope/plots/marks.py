"""Marks that several plots are made of: points with intervals, an axis of values, and what every chart is finished with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framescope.plots.plot import Plot
from framescope.plots.style import CONFIG, LIGHT, UNITS, value_format

if TYPE_CHECKING:
    import pyarrow as pa

    from framescope.plots.choice import Question
    from framescope.scores import Measure

NO_EVIDENCE = "no evidence"


def finished(question: Question, chart: Any, table: pa.Table, *, name: str, title: str, shows: str) -> Plot:
    """The plot of a table: the chart with its title, what it was made of, and the looks of all plots."""
    import altair as alt

    subtitle = question.subtitle
    description = f"{title}: {shows}. {' · '.join(subtitle)}"
    titled = chart.properties(title=alt.TitleParams(title, subtitle=subtitle), description=description).configure(**CONFIG)
    return Plot(titled, question.native(table), name=name, title=title, description=description, rows=table.num_rows)


def value_axis(rows: list[dict[str, Any]], measure: Measure) -> dict[str, Any]:
    """Title, scale and axis of values; the axis begins at zero where zero means none."""
    import altair as alt

    interval = any(row["low"] is not None for row in rows)
    scale = alt.Scale(zero=measure != "logit", nice=True)
    axis = alt.Axis(format=value_format(measure), tickCount=5, grid=True)
    return {"title": UNITS[measure] + (", 95 % interval" if interval else ""), "scale": scale, "axis": axis}


def interval_layers(base: Any, shared: dict[str, Any], x: dict[str, Any], measure: Measure) -> Any:
    """A line from `low` to `high`, a point at `value`, and words where there is no value."""
    import altair as alt

    rest = {key: channel for key, channel in shared.items() if key != "shape"}
    tooltip = [
        alt.Tooltip(f"{name}:{kind}", title=title, **({"format": form} if form else {}))
        for name, kind, title, form in (
            ("label", "N", "frame", None),
            ("group", "N", "group", None),
            ("value", "Q", UNITS[measure], ",.4~r"),
            ("low", "Q", "from", ",.4~r"),
            ("high", "Q", "to", ",.4~r"),
            ("count", "Q", "hits", ",d"),
            ("words", "Q", "words", ",d"),
            ("documents", "Q", "documents", ",d"),
        )
    ]
    lines = (
        base.transform_filter("isValid(datum.low)")
        .mark_rule(strokeWidth=1.6, opacity=0.75)
        .encode(**rest, x=alt.X("low:Q", **x), x2="high:Q")
    )
    points = (
        base.transform_filter("isValid(datum.value)")
        .mark_point(filled=True, size=46, opacity=1)
        .encode(**shared, x=alt.X("value:Q", **x), tooltip=tooltip)
    )
    words = {key: channel for key, channel in rest.items() if key != "color"}
    missing = (
        base.transform_filter("!isValid(datum.value)")
        .mark_text(align="left", dx=3, fontSize=9, color=LIGHT["muted"], text=NO_EVIDENCE)
        .encode(**words, x=alt.value(0))
    )
    return alt.layer(lines, points, missing)
