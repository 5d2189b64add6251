"""Hits → which frames stand together: sentences, or documents, that hold both of a pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framescope.errors import FramescopeError
from framescope.groups.bootstrap import percentiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from framescope.groups.bootstrap import Bootstrap

    Matrix = NDArray[np.float64]

Within = Literal["sentence", "document"]
Association = Literal["jaccard", "lift", "npmi"]
BLOCK = 256  # pairs looked at together

SCHEMA = pa.schema(
    [
        pa.field("frame", pa.string(), nullable=False),
        pa.field("other", pa.string(), nullable=False),
        *[pa.field(name, pa.int64(), nullable=False) for name in ("documents", "units", "of_frame", "of_other", "count")],
        *[pa.field(name, pa.float64()) for name in ("expected", "value", "low", "high")],
    ]
)


@dataclass(frozen=True)
class Units:
    """Sentences (or documents) with a hit, and which frames they hold."""

    holding: NDArray[np.bool_]
    """Frames × units with a hit."""
    doc: NDArray[np.int64]
    """The document of each, ascending; counted among documents that are not null."""
    of_documents: NDArray[np.int64]
    """How many units each document has, with a hit or without."""


def cooccurrence_table(
    documents: pa.Table, hits: pa.Table, frames: list[str], *, within: Within, measure: Association, bootstrap: Bootstrap
) -> pa.Table:
    """One row for each pair of frames, in the order of the lexicon."""
    if within not in get_args(Within):
        raise FramescopeError.not_found("unit", within, get_args(Within), "within=")
    if measure not in get_args(Association):
        raise FramescopeError.not_found("measure", measure, get_args(Association), "measures of association")
    units = units_of(documents, hits, frames, within)
    left, right = np.triu_indices(len(frames), 1)
    if len(frames) < 2:  # noqa: PLR2004 - a pair has two
        return SCHEMA.empty_table()
    single = per_document(units, units.holding)
    count, value, low, high = (np.empty(len(left)) for _ in range(4))
    for pairs in blocks(len(left)):
        one, other = left[pairs], right[pairs]
        both = per_document(units, (units.holding[i] & units.holding[j] for i, j in zip(one, other, strict=True)))
        adding = np.column_stack([both, single, units.of_documents.astype(np.float64)])
        count[pairs] = both.sum(axis=0)
        value[pairs] = association(measure, adding.sum(axis=0, keepdims=True), one, other)[0]
        low[pairs], high[pairs] = interval(measure, adding, one, other, lambda sums: bootstrap.sums(sums, [within]))
    of_each, all_units = single.sum(axis=0), units.of_documents.sum()
    expected = of_each[left] * of_each[right] / all_units if all_units else np.full(len(left), np.nan)
    names = pa.array(frames, pa.string())
    constant = [np.full(len(left), number, dtype=np.int64) for number in (len(units.of_documents), all_units)]
    counts = [of_each[left], of_each[right], count]
    columns = [names.take(pa.array(left)), names.take(pa.array(right)), *map(pa.array, constant)]
    columns += [pa.array(column.astype(np.int64)) for column in counts]
    columns += [pa.array(column, mask=np.isnan(column)) for column in (expected, value, low, high)]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def units_of(documents: pa.Table, hits: pa.Table, frames: list[str], within: Within) -> Units:
    """The units of documents that are not null, and those of them that hold a hit; a hit said of two targets is one."""
    alive = ~documents["words"].is_null().to_numpy()
    place = np.cumsum(alive) - 1
    sentences = pc.fill_null(documents["sentences"], 0).to_numpy()[alive]
    of_documents = sentences.astype(np.int64) if within == "sentence" else np.ones(len(sentences), dtype=np.int64)
    first = np.concatenate([[0], np.cumsum(of_documents)])
    doc = place[hits["doc"].to_numpy()]
    unit = first[doc] + (hits["sentence"].to_numpy() if within == "sentence" else 0)
    frame = pc.index_in(hits["frame"], pa.array(frames, pa.string())).to_numpy().astype(np.int64)
    found, row = np.unique(unit, return_inverse=True)
    holding = np.zeros((len(frames), len(found)), dtype=bool)
    holding[frame, row] = True
    return Units(holding, np.searchsorted(first, found, side="right") - 1, of_documents)


def per_document(units: Units, held: Iterable[NDArray[np.bool_]]) -> Matrix:
    """How many units of each document are held, documents × what holds them."""
    documents = len(units.of_documents)
    return np.column_stack([np.bincount(units.doc[holding], minlength=documents) for holding in held]).astype(np.float64)


def interval(
    measure: Association, adding: Matrix, one: NDArray[np.int64], other: NDArray[np.int64], draw: Callable[[Matrix], Matrix]
) -> tuple[Matrix, Matrix]:
    """The ends for each pair; NaN for fewer than two documents, and where no unit holds both.

    `adding` is what each document adds: units with both of each pair, units with each frame, units. `draw` sums it up over drawn documents.
    """
    low, high = np.full(len(one), np.nan), np.full(len(one), np.nan)
    used = np.flatnonzero(adding[:, : len(one)].any(axis=0))
    if len(adding) > 1 and len(used):
        kept = np.concatenate([used, np.arange(len(one), adding.shape[1])])
        low[used], high[used] = percentiles(association(measure, draw(adding[:, kept]), one[used], other[used]))
    return low, high


def association(measure: Association, sums: Matrix, one: NDArray[np.int64], other: NDArray[np.int64]) -> Matrix:
    """The measure of pairs, one row for each row of sums; NaN where there is nothing to divide by."""
    both, single, units = sums[:, : len(one)], sums[:, len(one) : -1], sums[:, -1:]
    first, second = single[:, one], single[:, other]
    with np.errstate(divide="ignore", invalid="ignore"):
        if measure == "jaccard":
            return both / (first + second - both)
        lift = both * units / (first * second)
        if measure == "lift":
            return lift
        npmi = np.log(lift) / np.log(units / both)
        return np.where((both == 0) & (first * second > 0), -1.0, npmi)


def blocks(pairs: int) -> Iterator[slice]:
    """Pairs in pieces that fit into memory."""
    yield from (slice(start, min(start + BLOCK, pairs)) for start in range(0, pairs, BLOCK))
