"""Counts as one column, a struct for each document: what polars and DuckDB put beside their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from framescope.lexicon import Lexicon


def fields(lexicon: Lexicon) -> tuple[str, ...]:
    """Names in the struct: `words` and the paths of the frames, as in `framescope.count`."""
    return ("words", *lexicon.counted_frames)


def count_structs(texts: Any, lexicon: Lexicon, *, keep_chrome: bool, threads: int | None) -> pa.StructArray:
    """The counts of each document, all int64; null for a null document. `texts` is an Arrow column of strings."""
    counts = pa.table(lexicon.compiled(threads=threads, keep_chrome=keep_chrome).count(texts))
    columns = [counts[name].combine_chunks() for name in fields(lexicon)]
    return pa.StructArray.from_arrays(columns, names=list(fields(lexicon)), mask=columns[0].is_null())
