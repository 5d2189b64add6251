"""Hits → scores, for documents or for groups of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framescope import _core
from framescope.errors import ColumnError, FramescopeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from framescope.corpus import Corpus

Measure = Literal["rate", "share", "presence", "count", "weight", "logit"]
OWN_COLUMNS = ("frame", "documents", "words", "count", "value", "low", "high")


@dataclass(frozen=True)
class Groups:
    """Which group each row is in: `codes[i]` is a row of `keys`, or null where a key is null."""

    codes: pa.ChunkedArray
    keys: pa.Table
    """One row for each group, in order."""


def score_table(
    corpus: Corpus,
    tables: dict[str, pa.Table],
    frames: list[str],
    measure: Measure,
    by: list[str],
    *,
    wide: bool,
) -> pa.Table:
    """The table of `Result.scores`."""
    if measure not in get_args(Measure):
        raise FramescopeError.not_found("measure", measure, get_args(Measure), "measures")
    words, hits = tables["documents"]["words"], tables["hits"]
    if not by:
        scores = pa.table(_core.score(words, hits, frames, measure))
        return scores if wide else long(scores, pa.table(_core.score(words, hits, frames, "count")), words, frames)
    groups = document_groups(corpus, by)
    table = pa.table(_core.score(words, hits, frames, measure, groups.codes, groups.keys.num_rows))
    if wide:
        return spread(groups.keys, table.drop_columns(["group"]), frames)
    return keyed(groups, table)


def long(scores: pa.Table, counts: pa.Table, words: pa.ChunkedArray, frames: list[str]) -> pa.Table:
    """One row for each document and frame."""
    rows = np.arange(scores.num_rows).repeat(len(frames))
    by_row = np.arange(scores.num_rows * len(frames)).reshape(len(frames), scores.num_rows).T.ravel()
    fields = [
        pa.field("doc", pa.int64(), nullable=False),
        pa.field("frame", pa.string(), nullable=False),
        pa.field("words", pa.int64()),
        pa.field("count", pa.int64()),
        pa.field("value", pa.float64()),
    ]
    columns = [
        pa.array(rows),
        pa.array(frames, pa.string()).take(pa.array(np.tile(np.arange(len(frames)), scores.num_rows))),
        words.take(pa.array(rows)),
        stacked(counts, frames, pa.int64()).take(pa.array(by_row)),
        stacked(scores, frames, pa.float64()).take(pa.array(by_row)),
    ]
    return pa.Table.from_arrays(columns, schema=pa.schema(fields))


def stacked(table: pa.Table, frames: list[str], type_: pa.DataType) -> pa.ChunkedArray:
    """The columns of the frames, one after the other."""
    return pa.chunked_array([chunk for frame in frames for chunk in table[frame].cast(type_).chunks], type_)


def keyed(groups: Groups, table: pa.Table) -> pa.Table:
    """The table with the keys of each row in place of the number of its group."""
    keys = groups.keys.take(table["group"].combine_chunks())
    values = table.drop_columns(["group"])
    return pa.Table.from_arrays([*keys.columns, *values.columns], schema=joined(keys.schema, values.schema))


def spread(keys: pa.Table, values: pa.Table, frames: list[str]) -> pa.Table:
    """One row for each group, one column of values for each frame."""
    by_frame = [values.filter(pc.equal(values["frame"], frame))["value"] for frame in frames]
    schema = joined(keys.schema, pa.schema([pa.field(frame, values.schema.field("value").type) for frame in frames]))
    return pa.Table.from_arrays([*keys.columns, *by_frame], schema=schema)


def joined(left: pa.Schema, right: pa.Schema) -> pa.Schema:
    """The fields of both; a name in both is an error of the user's data."""
    clash = set(left.names) & set(right.names)
    if clash:
        raise ColumnError(f"the column '{min(clash)}' of by= has the name of a column of the scores; rename it")
    return pa.schema([*left, *right])


def document_groups(corpus: Corpus, by: list[str]) -> Groups:
    """Groups of documents by columns of the input frame; without one, all documents are a group."""
    if not by:
        return Groups(pa.chunked_array([np.zeros(len(corpus), dtype=np.int32)]), pa.table({"": [0]}).select([]))
    return group(by, lambda name: corpus.column(name, "by"), len(corpus), OWN_COLUMNS)


def group(by: list[str], column: Callable[[str], pa.ChunkedArray], rows: int, own: tuple[str, ...]) -> Groups:
    """The groups that some row is in, in the order of their keys; `own` are names that the table of groups needs for itself."""
    if len(set(by)) < len(by):
        raise ColumnError(f"by={by!r} names a column twice; name each once")
    code = np.zeros(rows, dtype=np.int64)
    known = np.ones(rows, dtype=bool)
    levels: list[pa.Array] = []
    for name in by:
        if name in own:
            raise ColumnError(f"the column '{name}' of by= has the name of a column of the scores; rename it")
        codes, values = factor(column(name), name)
        known &= codes >= 0
        code = code * len(values) + codes
        levels.append(values)
    used, inverse = np.unique(code[known], return_inverse=True)
    numbers = np.full(rows, -1, dtype=np.int32)
    numbers[known] = inverse
    columns = []
    for values in reversed(levels):
        used, place = np.divmod(used, max(len(values), 1))
        columns.append(values.take(pa.array(place, pa.int64())))
    fields = [
        pa.field(name, values.type, nullable=pa.types.is_null(values.type)) for name, values in zip(by, levels, strict=True)
    ]
    return Groups(
        pa.chunked_array([pa.array(numbers, mask=~known)]), pa.Table.from_arrays(columns[::-1], schema=pa.schema(fields))
    )


def factor(column: pa.ChunkedArray, name: str) -> tuple[np.ndarray, pa.Array]:
    """For each row the place of its value among the sorted values (-1: null), and these."""
    try:
        values = pc.unique(column).drop_null()
        values = values.take(pc.array_sort_indices(values))
        codes = pc.fill_null(pc.index_in(column, values), -1)
    except pa.ArrowException as error:
        raise ColumnError(f"by= cannot group by the column '{name}' ({error}); convert it to str first") from None
    return codes.to_numpy().astype(np.int64), values
