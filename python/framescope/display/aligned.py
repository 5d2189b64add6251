"""`aligned`: a concordance of any library, shown with its keywords in one column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import pyarrow as pa

from framescope.errors import ColumnError

if TYPE_CHECKING:
    from framescope.display.kwic import Concordance

__all__ = ["aligned", "as_concordance"]


def aligned(table: Any) -> Concordance:
    """A concordance as it is read: all keywords in one column, with what stands before them flush right.

    `table` is what `result.kwic` gave, in any library, as it is or with rows picked and sorted; it needs the columns before · keyword · after.
    Returns a pandas frame that shows itself so, in a notebook and in print. What `result.kwic` gives in pandas does so already.

    Raises
    ------
    ColumnError
        If `table` is no frame, or one of the three columns is missing.

    >>> import polars as pl, framescope as fs
    >>> documents = pl.DataFrame({"id": ["x", "y"], "text": ["They built a bridge.", "A living bridge to the East."]})
    >>> lines = fs.analyze(documents, text="text", id="id").kwic("bridge").sort("after")
    >>> fs.aligned(lines)
       doc  before |    keyword    | after         frame
    0  y         A | living bridge | to the East.  bridge
    1 row × 8 columns; columns not shown: start, end, entry
    """
    from framescope.display.kwic import PARTS, Concordance

    held = pa.table(table) if nw.dependencies.is_duckdb_relation(table) else table
    frame = nw.from_native(held, pass_through=True)
    if not isinstance(frame, nw.DataFrame | nw.LazyFrame):
        raise ColumnError(f"aligned() shows a table of result.kwic(), not {type(table).__name__}")
    known = frame.collect_schema().names()
    for name in PARTS:
        if name not in known:
            raise ColumnError.not_found("column", name, known, "columns")
    lines = frame.collect("pyarrow") if isinstance(frame, nw.LazyFrame) else frame
    return Concordance(lines.to_pandas())


def as_concordance(table: Any) -> Any:
    """A pandas frame as a concordance; a table of any other library as it is."""
    if not nw.dependencies.is_pandas_dataframe(table):
        return table
    from framescope.display.kwic import Concordance

    return Concordance(table)
