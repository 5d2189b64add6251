"""`result.plot.stance`: who evaluates whom, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framescope.plots.choice import Question, only, totals
from framescope.plots.marks import finished
from framescope.plots.style import LIGHT, actor_labels, amount, clean

if TYPE_CHECKING:
    import pyarrow as pa

    from framescope.plots.plot import Plot

MOST_SPEAKERS, MOST_TARGETS = 20, 15
FAINT, FULL = 0.12, 0.52
GRID = {"grid": True, "bandPosition": 0, "ticks": False, "domain": False}  # lines between cells
WAYS = {"for": LIGHT["blue"], "against": LIGHT["vermillion"], "neutral or divided": LIGHT["muted"]}


def draw_stance(question: Question, table: pa.Table) -> Plot:
    """A cell for each speaker and target: colour by the mean of polarity, with the mean and the number of stances; nothing where there are none."""
    for key, most, plural in (("speaker", MOST_SPEAKERS, "speakers"), ("target", MOST_TARGETS, "targets")):
        table = only(table, key, largest(question, table, key, most, plural))
    speakers, targets = (by_size(table, key) for key in ("speaker", "target"))
    people = {name: clean(name) for name in speakers}
    actors = actor_labels(question.result.lexicon, targets)
    cells = [
        {
            **{name: row[name] for name in ("documents", "n", "positive", "negative", "neutral", "mean", "low", "high")},
            "row": people[row["speaker"]],
            "column": actors[row["target"]],
            "way": "for" if row["mean"] > 0 else "against" if row["mean"] < 0 else "neutral or divided",
            "size": abs(row["mean"]),
            "text": f"{row['mean']:+.1f}" if row["mean"] else "0",
            "times": f"n {row['n']:,}",
        }
        for row in table.to_pylist()
    ]
    title = "Stance: who evaluates whom"
    if not cells:
        question.notes.append("no stances of a known speaker on a known target")
    question.notes.append("mean of evaluations, from -1 (against) to +1 (for); n evaluations; empty: none")
    chart = matrix(cells, list(people.values()), list(actors.values()))
    shows = f"{amount(len(speakers), 'speaker')} in rows, {amount(len(targets), 'target')} in columns"
    return finished(question, chart, table, name="stance", title=title, shows=shows)


def largest(question: Question, table: pa.Table, key: str, most: int, plural: str) -> list[Any]:
    """The speakers or targets with most stances."""
    sums = totals(table, key, "n")
    if len(sums) > most:
        question.notes.append(f"{most} of {len(sums):,} {plural}: those with most stances")
    return sorted(sums, key=lambda value: (-sums[value], value))[:most]


def by_size(table: pa.Table, key: str) -> list[Any]:
    """Those that are left, the most stances first."""
    sums = totals(table, key, "n")
    return sorted(sums, key=lambda value: (-sums[value], value))


def matrix(cells: list[dict[str, Any]], rows: list[str], columns: list[str]) -> Any:
    """Speakers × targets."""
    import altair as alt

    turned = any(len(name) * 6.5 > 54 for name in columns)  # noqa: PLR2004 - pixels
    x = alt.X(
        "column:N", sort=columns, title="target", scale=alt.Scale(domain=columns),
        axis=alt.Axis(labelAngle=-40 if turned else 0, labelAlign="right" if turned else "center", labelOverlap=False, **GRID),
    )  # fmt: skip
    y = alt.Y(
        "row:N",
        sort=rows,
        title="speaker",
        scale=alt.Scale(domain=rows),
        axis=alt.Axis(**GRID),
    )
    used = [way for way in WAYS if any(cell["way"] == way for cell in cells)] or list(WAYS)
    colour = alt.Color(
        "way:N", scale=alt.Scale(domain=used, range=[WAYS[way] for way in used]),
        legend=alt.Legend(title=None, orient="top", symbolType="square", symbolOpacity=FULL),
    )  # fmt: skip
    opacity = alt.Opacity("size:Q", scale=alt.Scale(domain=[0, 1], range=[FAINT, FULL]), legend=None)
    tooltip = [alt.Tooltip("row:N", title="speaker"), alt.Tooltip("column:N", title="target")]
    tooltip += [
        alt.Tooltip(f"{name}:Q", title=said, format=",.3~r") for name, said in (("mean", "mean"), ("low", "from"), ("high", "to"))
    ]
    tooltip += [alt.Tooltip(f"{name}:Q", format=",d") for name in ("n", "positive", "negative", "neutral", "documents")]
    base = alt.Chart(alt.InlineData(values=cells)).properties(width=alt.Step(56), height=alt.Step(34)).encode(x=x, y=y)
    rects = base.mark_rect(stroke=LIGHT["ground"], strokeWidth=2).encode(color=colour, opacity=opacity, tooltip=tooltip)
    means = base.mark_text(dy=-5, fontSize=12).encode(text="text:N")
    times = base.mark_text(dy=8, fontSize=9).encode(text="times:N")
    return alt.layer(rects, means, times)
