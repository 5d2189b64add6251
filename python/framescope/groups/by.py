"""Hits → numbers for groups of documents, with bootstrap intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framescope import _core
from framescope.errors import FramescopeError
from framescope.groups.bootstrap import percentiles
from framescope.scores import Groups, Measure, keyed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from framescope.groups.bootstrap import Bootstrap

    Matrix = NDArray[np.float64]

WEIGHT_UNIT = 2.0**24  # parts of 1 in which weights are summed: whole numbers add up the same on every machine


def group_table(
    tables: dict[str, pa.Table], frames: list[str], measure: Measure, groups: Groups, bootstrap: Bootstrap
) -> pa.Table:
    """One row for each group and frame: keys · frame · documents · words · count · value · low · high."""
    if measure not in get_args(Measure):
        raise FramescopeError.not_found("measure", measure, get_args(Measure), "measures")
    words, hits = tables["documents"]["words"], tables["hits"]
    table = pa.table(_core.score(words, hits, frames, measure, groups.codes, groups.keys.num_rows))
    low, high = intervals(parts(words, hits, frames, measure), measure, groups, words, bootstrap)
    for name, ends in (("low", low), ("high", high)):
        place = table.schema.get_field_index(name)
        column = pa.array(ends.ravel(), mask=np.isnan(ends.ravel()))
        table = table.set_column(place, table.schema.field(name), column)
    return keyed(groups, table)


def intervals(
    of_documents: tuple[Matrix, Matrix], measure: Measure, groups: Groups, words: pa.ChunkedArray, bootstrap: Bootstrap
) -> tuple[Matrix, Matrix]:
    """The ends of the interval, groups × frames; NaN where there is none."""
    above, below = of_documents
    low = np.full((groups.keys.num_rows, above.shape[1]), np.nan)
    high = low.copy()
    for group, documents in members(groups, words):
        used = np.flatnonzero(above[documents].any(axis=0))
        if len(documents) < 2 or not len(used):  # noqa: PLR2004 - one document shows nothing of how documents vary
            continue
        key = [column[group].as_py() for column in groups.keys.columns]
        sums = bootstrap.sums(np.column_stack([above[np.ix_(documents, used)], below[documents]]), key)
        low[group, used], high[group, used] = percentiles(finish(measure, sums[:, :-1], sums[:, -1:]))
    return low, high


def members(groups: Groups, words: pa.ChunkedArray) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Each group that has documents, with their rows; null documents are in none."""
    codes = pc.fill_null(groups.codes, -1).to_numpy()
    alive = np.flatnonzero((codes >= 0) & ~words.is_null().to_numpy())
    order = alive[np.argsort(codes[alive], kind="stable")]
    found, starts = np.unique(codes[order], return_index=True)
    yield from zip(found.tolist(), np.split(order, starts[1:]), strict=False)


def parts(words: pa.ChunkedArray, hits: pa.Table, frames: list[str], measure: Measure) -> tuple[Matrix, Matrix]:
    """What each document adds above the line (documents × frames) and below it, in whole numbers."""
    counted = measure if measure in {"presence", "weight"} else "count"
    above = matrix(words, hits, frames, counted)
    if measure == "weight":
        above = np.rint(above * WEIGHT_UNIT)
    if measure == "share":
        below = above.sum(axis=1)
    elif measure in {"rate", "logit"}:
        below = pc.fill_null(words, 0).to_numpy().astype(np.float64)
    else:
        below = np.ones(len(words))
    return above, below


def matrix(words: pa.ChunkedArray, hits: pa.Table, frames: list[str], measure: Measure) -> Matrix:
    """A number for each document and frame; 0 for null documents."""
    table = pa.table(_core.score(words, hits, frames, measure))
    numbers = np.zeros((table.num_rows, len(frames)))
    for place, frame in enumerate(frames):
        numbers[:, place] = pc.fill_null(table[frame], 0).to_numpy()
    return numbers


def finish(measure: Measure, above: Matrix, below: Matrix) -> Matrix:
    """The measure of sums; NaN where there is nothing to divide by."""
    if measure == "count":
        return above
    if measure == "weight":
        return above / WEIGHT_UNIT
    below = np.where(below > 0, below, np.nan)
    if measure == "rate":
        return 1000.0 * above / below
    if measure == "logit":
        rest = below - above
        return np.log((above + 0.5) / np.where(rest > -0.5, rest + 0.5, np.nan))  # noqa: PLR2004 - of Cox's ½
    return above / below
