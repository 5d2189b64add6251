"""`result.plot.timeline`: frames over time, lines with bands, broken where there is no evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from framescope.plots.choice import Question, group_names, names_of, only, totals
from framescope.plots.marks import finished
from framescope.plots.style import DASHES, HUES, LIGHT, SERIES, UNITS, amount, clean, frame_looks, labels, value_format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framescope.groups.dates import Freq
    from framescope.plots.plot import Plot
    from framescope.scores import Measure

MOST_FRAMES, MOST_TICKS = 6, 6
LONG = 3  # years; beyond, ticks are years
ROUND = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000)
FORMATS: dict[Freq, str] = {"D": "%-d %b %Y", "W": "%-d %b %Y", "M": "%b %Y", "Q": "Q%q %Y", "Y": "%Y"}
PERIODS: dict[Freq, str] = {"D": "day", "W": "week from Monday", "M": "month", "Q": "quarter", "Y": "year"}


def draw_timeline(
    question: Question,
    date: str,
    freq: Freq,
    by: str | Sequence[str] | None,
    *,
    measure: Measure,
    frames: Sequence[str] | str | None,
) -> Plot:
    """A panel for each frame, a line for each group."""
    keys = names_of(by)
    table = question.result.trend(date, freq, measure, by=keys, **question.where)
    question.say_left_out(table)
    shown = question.frames(frames, table, MOST_FRAMES)
    table = only(table, "frame", shown)
    table, groups = with_most_words(question, table, keys)
    named = labels(question.result.lexicon, shown)
    rows = [
        {**row, "label": named[row["frame"]], "group": group, "period": row["period"].isoformat()}
        for row, group in zip(
            table.select(["period", "frame", "documents", "words", "count", "value", "low", "high"]).to_pylist(),
            group_names(table, keys),
            strict=True,
        )
    ]
    title = f"Frames by {PERIODS[freq].split()[0]}" + (f" and {' · '.join(map(clean, keys))}" if keys else "")
    if len(shown) > 1:
        question.notes.append("each panel has a scale of its own; a line is broken where no document is")
    looks = frame_looks(question.result.lexicon, shown)
    colours = {named[frame]: looks[frame][0] for frame in shown}
    chart = panels(rows, colours, groups, keys, measure=measure, freq=freq)
    shows = (
        f"{amount(len(shown), 'frame')}, {amount(len({row['period'] for row in rows}), 'period')}, "
        f"one line for each of {amount(len(groups), 'group')} with bands of 95 % intervals"
    )
    return finished(question, chart, table, name="timeline", title=title, shows=shows)


def with_most_words(question: Question, table: pa.Table, keys: list[str]) -> tuple[pa.Table, list[str]]:
    """No more groups than colours."""
    names = group_names(table, keys)
    sizes = totals(table.append_column("_group", pa.array(names, pa.string())), "_group", "words")
    if len(sizes) <= SERIES:
        return table, list(sizes)
    kept = sorted(sizes, key=lambda name: (-sizes[name], name))[:SERIES]
    question.notes.append(f"{SERIES} of {len(sizes):,} groups: those with most words")
    return table.filter(pa.array([name in kept for name in names])), [name for name in sizes if name in kept]


def panels(
    rows: list[dict[str, Any]],
    colours: dict[str, str],
    groups: list[str],
    keys: list[str],
    *,
    measure: Measure,
    freq: Freq,
) -> Any:
    """Lines, bands and points, frame by frame."""
    import altair as alt

    interval = any(row["low"] is not None for row in rows)
    x = alt.X("period:T", title=PERIODS[freq], scale=alt.Scale(type="utc"), axis=time_axis(rows, freq))
    scale = {"scale": alt.Scale(zero=measure != "logit", nice=True), "axis": alt.Axis(format=value_format(measure), tickCount=4)}
    title = [UNITS[measure], "95 % interval"] if interval else UNITS[measure]
    shared: dict[str, Any] = {"x": x}
    if keys:
        legend = alt.Legend(
            title=" · ".join(map(clean, keys)),
            orient="top",
            columns=4,
            symbolType="stroke",
            symbolOpacity=1,
            symbolStrokeWidth=2.5,
            symbolSize=300,
        )
        colour = alt.Color("group:N", sort=groups, scale=alt.Scale(domain=groups, range=HUES[: len(groups)]), legend=legend)
        dashes = [*DASHES.values(), [8, 2, 2, 2]][: len(groups)]
        line = {"strokeDash": alt.StrokeDash("group:N", sort=groups, scale=alt.Scale(domain=groups, range=dashes), legend=legend)}
    else:
        domain = alt.Scale(domain=list(colours), range=list(colours.values()))
        colour, line = alt.Color("label:N", sort=list(colours), scale=domain, legend=None), {}
    tooltip = [
        alt.Tooltip("period:T", title=PERIODS[freq], format=FORMATS[freq]),
        *(alt.Tooltip(f"{name}:N", title=name) for name in (["group"] if keys else [])),
        *(
            alt.Tooltip(f"{name}:Q", title=said, format=",.4~r")
            for name, said in (("value", UNITS[measure]), ("low", "from"), ("high", "to"))
        ),
        *(alt.Tooltip(f"{name}:Q", title=said, format=",d") for name, said in (("count", "hits"), ("documents", "documents"))),
    ]
    base = alt.Chart().properties(width=310 if len(colours) > 1 else 620, height=140 if len(colours) > 1 else 240)
    band = base.mark_area(opacity=0.2).encode(**shared, y=alt.Y("low:Q", title=title, **scale), y2="high:Q", color=colour)
    path = base.mark_line(strokeWidth=1.8, strokeJoin="round").encode(
        **shared, y=alt.Y("value:Q", title=title, **scale), color=colour, **line
    )
    points = (
        base.transform_filter("isValid(datum.value)")
        .mark_circle(size=16, opacity=1)
        .encode(**shared, y=alt.Y("value:Q", title=title, **scale), color=colour, tooltip=tooltip)
    )
    header = alt.Header(title=None, labelAnchor="start", labelColor=LIGHT["ink"])
    facet = alt.Facet("label:N", sort=list(colours), header=header, title=None)
    data = alt.InlineData(values=rows)
    return (
        alt.layer(*([band] if interval else []), path, points)
        .facet(facet, columns=2, data=data)
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
    )


def time_axis(rows: list[dict[str, Any]], freq: Freq) -> Any:
    """Ticks at round years, or over a short time at the beginnings of periods."""
    import altair as alt

    periods = sorted({np.datetime64(row["period"], "D") for row in rows})
    first, last = (
        (int(day.astype("datetime64[Y]").astype(int)) + 1970 for day in (periods[0], periods[-1])) if periods else (0, 0)
    )
    if freq == "Y" or last - first >= LONG:
        step = next((step for step in ROUND if (last - first) / step <= MOST_TICKS), ROUND[-1])
        years = [year for year in range(first, last + 1) if year % step == 0] or [first]
        ticks, form = [np.datetime64(f"{year:04}-01-01") for year in years], "%Y"
    else:
        ticks, form = periods[:: -(-len(periods) // MOST_TICKS) or 1], FORMATS[freq]
    values = [int(tick.astype("datetime64[ms]").astype(np.int64)) for tick in ticks]
    return alt.Axis(format=form, values=values, labelOverlap=True, grid=False, labelFlush=False)
