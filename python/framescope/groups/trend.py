"""Hits → numbers for periods of time: every period from the first to the last, also those without documents."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framescope.errors import ColumnError, FramescopeWarning
from framescope.groups.by import group_table
from framescope.groups.dates import UNITS, Freq, period_numbers, period_start
from framescope.scores import OWN_COLUMNS, Groups, Measure, group

if TYPE_CHECKING:
    from framescope.corpus import Corpus
    from framescope.groups.bootstrap import Bootstrap

PERIOD = "period"
FIELD = pa.field(PERIOD, pa.date32(), nullable=False)
MOST = 2_000_000  # rows of a trend; more means that a date is wrong


def trend_table(
    corpus: Corpus,
    tables: dict[str, pa.Table],
    frames: list[str],
    *,
    measure: Measure,
    date: str,
    freq: Freq,
    by: list[str],
    bootstrap: Bootstrap,
) -> pa.Table:
    """One row for each period, group and frame: period · keys · frame · documents · words · count · value · low · high."""
    groups = period_groups(corpus, date, freq, by, len(frames))
    return group_table(tables, frames, measure, groups, bootstrap)


def dated(table: pa.Table, corpus: Corpus) -> pa.Table:
    """The table with its periods as the library knows them: pandas has no type for a day, so there they are midnights."""
    if corpus.kind is not nw.Implementation.PANDAS or not table.schema.names or table.schema.field(0) != FIELD:
        return table
    return table.set_column(0, pa.field(PERIOD, pa.timestamp("s"), nullable=False), table[PERIOD].cast(pa.timestamp("s")))


def period_groups(corpus: Corpus, date: str, freq: Freq, by: list[str], frames: int) -> Groups:
    """Each document's period and group; every pair of them is one group, in order, whether documents are in it or not."""
    numbers, known = period_numbers(corpus.column(date, "date"), date, freq)
    warn_undated(int((~known).sum()), len(known), date)
    inner = group(by, lambda name: corpus.column(name, "by"), len(corpus), (PERIOD, *OWN_COLUMNS))
    codes = pc.fill_null(inner.codes, -1).to_numpy() if by else np.zeros(len(corpus), dtype=np.int64)
    inside = known & (codes >= 0)
    first, last = (int(numbers[inside].min()), int(numbers[inside].max())) if inside.any() else (0, -1)
    periods, keys = last - first + 1, inner.keys.num_rows if by else 1
    if periods * keys * frames > MOST:
        start, end = period_start(np.array([first, last]), freq)
        raise ColumnError(
            f"from {start} to {end} there are {periods:,} periods of a {UNITS[freq]}, too many for {keys:,} groups and {frames} frames; "
            f"is a date in '{date}' wrong? Else choose a longer freq"
        )
    pair = np.where(inside, (numbers - first) * keys + codes, -1).astype(np.int32)
    starts = pa.array(np.repeat(period_start(np.arange(first, last + 1), freq), keys), pa.date32())
    repeated = inner.keys.take(pa.array(np.tile(np.arange(keys), periods), pa.int64())) if by else None
    fields, columns = [FIELD], [starts]
    if repeated is not None:
        fields += list(repeated.schema)
        columns += repeated.columns
    return Groups(pa.chunked_array([pa.array(pair, mask=~inside)]), pa.Table.from_arrays(columns, schema=pa.schema(fields)))


def warn_undated(undated: int, documents: int, date: str) -> None:
    """Say how many documents are left out."""
    if undated:
        warnings.warn(
            f"{undated:,} of {documents:,} documents have no date in '{date}' and are in no period",
            FramescopeWarning,
            stacklevel=5,
        )
