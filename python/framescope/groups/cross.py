"""Hits → numbers for pairs of frames, targets, speakers and groups of documents."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framescope import _core
from framescope.corpus import names
from framescope.errors import ColumnError, FramescopeError
from framescope.scores import Groups, Measure, document_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framescope.corpus import Corpus

OF_HITS = ("frame", "target", "speaker")  # columns of hits that make groups of them; a hit without one is in none
BETWEEN = "\x1f"


def refuse_keys(corpus: Corpus, keys: Sequence[str], measure: Measure) -> None:
    """Keys that are twice there or mean two things, and shares of what is no whole."""
    if len(set(keys)) < len(keys):
        raise ColumnError(f"rows and columns are both '{keys[0]}'; name two different things")
    theirs = [] if corpus.native is None else names(corpus.native)
    for key in keys:
        if key in OF_HITS and key in theirs:
            raise ColumnError(f"the column '{key}' is in the hits and in your frame too; rename yours")
        if key not in OF_HITS and key not in theirs:
            raise ColumnError.not_found("column", key, [*OF_HITS, *theirs], "columns of hits and of your frame")
    if measure == "share" and set(keys) & {"target", "speaker"}:
        raise FramescopeError(
            "measure='share' is of all frames of a document, so it has no targets or speakers; say measure='rate'"
        )


def relabelled(hits: pa.Table, keys: Sequence[str]) -> pa.Table:
    """Hits whose frame is the values of their keys; an entry stays apart from that of another frame."""
    parts = [pc.cast(hits[key], pa.string()) for key in keys] or [pa.array(["hits"] * len(hits), pa.string())]
    label = pc.binary_join_element_wise(*parts, BETWEEN)  # null if one of them is
    entry = pc.binary_join_element_wise(hits["frame"], hits["entry"], BETWEEN)
    hits = hits.set_column(hits.schema.get_field_index("entry"), "entry", entry)
    hits = hits.set_column(hits.schema.get_field_index("frame"), "frame", label)
    return hits.filter(pc.is_valid(hits["frame"]))


def cross_table(
    corpus: Corpus, tables: dict[str, pa.Table], keys: Sequence[str], levels: dict[str, list[str]], measure: Measure
) -> pa.Table:
    """One row for each combination of keys: keys · documents · words · count · value · low · high, with the intervals of `scores`.

    `levels` gives the values of each key of hits.
    """
    of_hits = [key for key in keys if key in OF_HITS]
    of_documents = [key for key in keys if key not in OF_HITS]
    groups = document_groups(corpus, of_documents)
    combinations = list(itertools.product(*(levels[key] for key in of_hits)))
    labels = [BETWEEN.join(combination) or "hits" for combination in combinations]
    scores = pa.table(
        _core.score(
            tables["documents"]["words"], relabelled(tables["hits"], of_hits), labels, measure, groups.codes, groups.keys.num_rows
        )
    )
    numbers = scores.select(["documents", "words", "count", "value", "low", "high"])
    columns = key_columns(groups, scores, of_hits, combinations)
    return pa.table({**{key: columns[key] for key in keys}, **dict(zip(numbers.column_names, numbers.columns, strict=True))})


def key_columns(
    groups: Groups, scores: pa.Table, of_hits: list[str], combinations: list[tuple[str, ...]]
) -> dict[str, pa.Array | pa.ChunkedArray]:
    """The values of all keys, row by row: combinations of keys of hits within each group of documents."""
    keys = groups.keys.take(scores["group"].combine_chunks())
    columns = dict(zip(keys.column_names, keys.columns, strict=True))
    for place, key in enumerate(of_hits):
        values = pa.array([combination[place] for combination in combinations], pa.string())
        columns[key] = values.take(pa.array(np.tile(np.arange(len(combinations)), groups.keys.num_rows)))
    return columns
