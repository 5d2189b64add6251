"""`result.plot.network`: frames that share sentences."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from framescope.plots.choice import Question, totals
from framescope.plots.marks import finished
from framescope.plots.style import LIGHT, amount, frame_looks, labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from framescope.groups.cooccurrence import Within
    from framescope.plots.plot import Plot

MOST_FRAMES, MOST_EDGES, MOST_NUMBERS = 20, 40, 10
SIZE, REACH = 520, 1.2  # pixels; how far the picture goes beyond the circle
WIDEST = 10.0  # pixels of the widest line


def draw_network(question: Question, within: Within, frames: Sequence[str] | str | None) -> Plot:
    """Frames on a circle, lines as wide as they share sentences, with the number at the widest."""
    table = question.result.cooccurrence(within, **question.where)
    shown = question.frames(frames, sizes_of(table), MOST_FRAMES)
    kept = [a in shown and b in shown for a, b in zip(table["frame"].to_pylist(), table["other"].to_pylist(), strict=True)]
    table = table.filter(kept)
    drawn = table.filter(pc.greater(table["count"], 0)).sort_by(
        [("count", "descending"), ("frame", "ascending"), ("other", "ascending")]
    )
    if drawn.num_rows > MOST_EDGES:
        question.notes.append(f"the {MOST_EDGES} pairs with most {within}s of {drawn.num_rows:,} that share one")
    edges = drawn.slice(0, MOST_EDGES).to_pylist()
    order = round_the_circle(shown, edges)
    sizes = totals(sizes_of(table), "frame", "count")
    named, looks = labels(question.result.lexicon, shown), frame_looks(question.result.lexicon, shown)
    nodes = [
        {"label": named[frame], "count": sizes[frame], "colour": looks[frame][0], **place(i, len(order))}
        for i, frame in enumerate(order)
    ]
    title = f"Frames that share {within}s"
    if not edges:
        question.notes.append(f"no two frames share a {within}")
    question.notes.append(f"lines: {within}s with both frames; circles: {within}s with the frame")
    chart = circle(nodes, lines(edges, {node["label"]: node for node in nodes}, named))
    shows = f"{amount(len(nodes), 'frame')} on a circle, {amount(len(edges), 'line')}"
    return finished(question, chart, table, name="network", title=title, shows=shows)


def sizes_of(table: pa.Table) -> pa.Table:
    """The units of each frame, as a table with `frame` and `count`."""
    import pyarrow as pa

    sizes: dict[str, int] = {}
    for row in table.select(["frame", "other", "of_frame", "of_other"]).to_pylist():
        sizes |= {row["frame"]: row["of_frame"], row["other"]: row["of_other"]}
    return pa.table({"frame": pa.array(list(sizes), pa.string()), "count": pa.array(list(sizes.values()), pa.int64())})


def round_the_circle(frames: Sequence[str], edges: list[dict[str, Any]]) -> list[str]:
    """An order in which frames that share much stand side by side: each next one is that with most ties to the one before it."""
    ties = {(a, b): edge["count"] for edge in edges for a, b in ((edge["frame"], edge["other"]), (edge["other"], edge["frame"]))}
    left = list(frames)
    order = [edges[0]["frame"] if edges else left[0]] if left else []
    left = [frame for frame in left if frame not in order]
    while left:
        following = max(left, key=lambda frame: (ties.get((order[-1], frame), 0), -left.index(frame)))
        order.append(following)
        left.remove(following)
    return order


def place(i: int, n: int) -> dict[str, Any]:
    """Where the i-th of n stands, from the top, clockwise; its name stands outside."""
    angle = 2 * math.pi * (i + 0.5) / n
    x, y = round(math.sin(angle), 4), round(math.cos(angle), 4)
    side = "middle" if abs(x) < 0.15 else "right" if x > 0 else "left"  # noqa: PLR2004 - near the top and the bottom
    return {
        "x": x,
        "y": y,
        "side": side,
        "label_x": round(x * 1.07, 4),
        "label_y": round(y * (1.1 if side == "middle" else 1.07), 4),
    }


def lines(edges: list[dict[str, Any]], nodes: dict[str, dict[str, Any]], named: dict[str, str]) -> list[dict[str, Any]]:
    """The lines, widest last, with numbers at some."""
    out = []
    for rank, edge in enumerate(edges):
        a, b = nodes[named[edge["frame"]]], nodes[named[edge["other"]]]
        at = 0.5 if rank % 2 else 0.38  # numbers of lines that cross in the middle stand apart
        out.append(
            {
                "x": a["x"], "y": a["y"], "x2": b["x"], "y2": b["y"], "count": edge["count"], "value": edge["value"],
                "pair": f"{a['label']} – {b['label']}", "text": f"{edge['count']:,}" if rank < MOST_NUMBERS else "",
                "at_x": round(a["x"] + (b["x"] - a["x"]) * at, 4), "at_y": round(a["y"] + (b["y"] - a["y"]) * at, 4),
            }
        )  # fmt: skip
    return out[::-1]


def circle(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> Any:
    """Lines under circles under names."""
    import altair as alt

    scale = alt.Scale(domain=[-REACH, REACH], nice=False, zero=False)
    across, up = {"scale": scale, "axis": None}, {"scale": scale, "axis": None}
    most = max((edge["count"] for edge in edges), default=1)
    width = alt.StrokeWidth("count:Q", scale=alt.Scale(domain=[0, most], range=[0.6, min(WIDEST, 1.5 + most)]), legend=None)
    ties = alt.Chart(alt.InlineData(values=edges))
    rules = ties.mark_rule(color=LIGHT["muted"], opacity=0.45, strokeCap="round").encode(
        x=alt.X("x:Q", **across), y=alt.Y("y:Q", **up), x2="x2:Q", y2="y2:Q", strokeWidth=width,
        tooltip=[alt.Tooltip("pair:N"), alt.Tooltip("count:Q", title="shared", format=",d"), alt.Tooltip("value:Q", title="Jaccard", format=".3f")],
    )  # fmt: skip
    at = {"x": alt.X("at_x:Q", **across), "y": alt.Y("at_y:Q", **up), "text": "text:N"}
    halo = ties.mark_text(fontSize=10, stroke=LIGHT["ground"], strokeWidth=4, strokeJoin="round", color=LIGHT["ground"]).encode(
        **at
    )
    numbers = ties.mark_text(fontSize=10).encode(**at)
    points = alt.Chart(alt.InlineData(values=nodes))
    largest = max((node["count"] for node in nodes), default=1)
    dots = points.mark_circle(opacity=1, stroke=LIGHT["ground"], strokeWidth=1.5).encode(
        x=alt.X("x:Q", **across), y=alt.Y("y:Q", **up), color=alt.Color("colour:N", scale=None),
        size=alt.Size("count:Q", scale=alt.Scale(domain=[0, max(largest, 1)], range=[20, 700]), legend=None),
        tooltip=[alt.Tooltip("label:N", title="frame"), alt.Tooltip("count:Q", title="units", format=",d")],
    )  # fmt: skip
    names = [
        points.transform_filter(f"datum.side == '{side}'")
        .mark_text(align=align, dx=dx, fontSize=12)
        .encode(x=alt.X("label_x:Q", **across), y=alt.Y("label_y:Q", **up), text="label:N")
        for side, align, dx in (("left", "right", -6), ("middle", "center", 0), ("right", "left", 6))
    ]
    return alt.layer(rules, halo, numbers, dots, *names).properties(width=SIZE + 160, height=SIZE)
