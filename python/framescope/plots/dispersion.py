"""`result.plot.dispersion`: where in each document its frames fall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framescope.plots.choice import Question, only
from framescope.plots.marks import finished
from framescope.plots.style import LIGHT, SERIES, amount, clean, distinct, frame_looks, labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framescope.plots.plot import Plot

MOST_DOCUMENTS = 40
CROWD = 500  # marks; more are smaller
PLACE = ("doc", "start", "end", "frame", "entry")


def draw_dispersion(question: Question, docs: Sequence[object] | None, frames: Sequence[str] | str | None) -> Plot:
    """A row for each document, a mark for each hit."""
    hits = (
        question.counted["hits"].select(list(PLACE)).group_by(list(PLACE), use_threads=False).aggregate([])
    )  # a hit of two targets is one
    positions = chosen(question, hits, docs)
    hits = only(hits, "doc", positions)
    counts = hits.group_by("frame", use_threads=False).aggregate([("doc", "count")]).rename_columns({"doc_count": "count"})
    shown = question.frames(frames, counts, SERIES)
    hits = only(hits, "frame", shown)
    lengths = {position: len(question.corpus.document(position) or "") for position in positions}
    shares = np.array(
        [start / lengths[doc] for doc, start in zip(hits["doc"].to_pylist(), hits["start"].to_pylist(), strict=True)]
    )
    table = hits.select(list(PLACE[:4])).append_column("place", pa.array(shares, pa.float64()))
    table = table.sort_by([("doc", "ascending"), ("start", "ascending"), ("frame", "ascending")])
    rows = names_of_documents(question, positions)
    named, looks = labels(question.result.lexicon, shown), distinct(frame_looks(question.result.lexicon, shown))
    marks = [{"row": rows[hit["doc"]], "label": named[hit["frame"]], "place": hit["place"]} for hit in table.to_pylist()]
    title = "Where frames fall"
    chart = strips(marks, list(rows.values()), {named[frame]: looks[frame] for frame in shown})
    field = pa.field("doc", pa.int64(), nullable=False)
    table = question.corpus.name_documents(table.set_column(0, field, table["doc"]))
    shows = f"{amount(len(rows), 'document')} in rows, from beginning to end, a mark for each of {amount(len(marks), 'hit')}"
    return finished(question, chart, table, name="dispersion", title=title, shows=shows)


def chosen(question: Question, hits: pa.Table, docs: Sequence[object] | None) -> list[int]:
    """The rows of the documents to show: those asked for, or else those with most hits, in the order they came in."""
    if docs is not None:
        return [question.corpus.position(doc) for doc in dict.fromkeys([docs] if isinstance(docs, str | int) else docs)]
    counts = pc.value_counts(hits["doc"]).to_pylist()
    order = sorted(counts, key=lambda pair: (-pair["counts"], pair["values"]))
    if len(order) > MOST_DOCUMENTS:
        question.notes.append(f"the {MOST_DOCUMENTS} documents with most hits of {len(order):,} with any; docs= shows others")
    return sorted(pair["values"] for pair in order[:MOST_DOCUMENTS])


def names_of_documents(question: Question, positions: list[int]) -> dict[int, str]:
    """The ids of documents, or their rows."""
    ids = question.corpus.ids
    names = {position: clean(position if ids is None else ids[position].as_py()) for position in positions}
    known = list(names.values())
    return {position: name if known.count(name) == 1 else f"{name} ({position})" for position, name in names.items()}


def strips(marks: list[dict[str, Any]], rows: list[str], looks: dict[str, tuple[str, list[int], str]]) -> Any:
    """Documents as lines, hits as points on them."""
    import altair as alt

    y = alt.Y("row:N", sort=rows, title=None, scale=alt.Scale(domain=rows), axis=alt.Axis(grid=True, ticks=False, domain=False))
    x = alt.X(
        "place:Q",
        title="place in the document, in % of its characters",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(format=".0%", grid=False, tickCount=5),
    )
    order = list(looks)
    legend = alt.Legend(title=None, orient="top", columns=3)
    colour = alt.Color(
        "label:N", sort=order, scale=alt.Scale(domain=order, range=[look[0] for look in looks.values()]), legend=legend
    )
    shape = alt.Shape(
        "label:N", sort=order, scale=alt.Scale(domain=order, range=[look[2] for look in looks.values()]), legend=legend
    )
    base = alt.Chart(alt.InlineData(values=marks)).properties(width=560, height=max(len(rows), 1) * 18)
    return base.mark_point(
        filled=True, size=44 if len(marks) < CROWD else 16, opacity=0.85, stroke=LIGHT["ground"], strokeWidth=0.5
    ).encode(
        x=x,
        y=y,
        color=colour,
        shape=shape,
        tooltip=[
            alt.Tooltip("row:N", title="document"),
            alt.Tooltip("label:N", title="frame"),
            alt.Tooltip("place:Q", format=".0%"),
        ],
    )
