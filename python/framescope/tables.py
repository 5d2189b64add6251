"""Tables of the core → the kind of frame the user came with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from framescope.corpus import Corpus


def to_native(table: pa.Table, corpus: Corpus, *, grouped: bool = False) -> Any:
    """The table in the library of the corpus, with the user's ids in `doc`; in a table of groups, `doc` is a key like any other."""
    if "doc" in table.column_names and not grouped:
        table = corpus.name_documents(table)
    if corpus.kind is nw.Implementation.PYARROW:
        return table
    if corpus.kind is nw.Implementation.PANDAS:
        return to_pandas(table)
    if corpus.kind is nw.Implementation.DUCKDB:
        framescope_output = table  # noqa: F841 - DuckDB finds it by its name, in the user's own connection
        return corpus.relation.query("framescope_input", "select * from framescope_output")
    return nw.from_arrow(table, backend=corpus.kind.value).to_native()


def to_pandas(table: pa.Table) -> Any:
    """A pandas frame whose types depend on the schema alone, never on the rows.

    Integers are int64, or Int64 where nulls may come; booleans are bool and strings what pandas makes of strings, or object with
    None where nulls may come, so that `if row["negated"]` and `row["speaker"] or "unknown"` never meet NaN or pandas.NA.
    """
    import pandas as pd

    columns = {
        name: to_array(column, nullable=table.schema.field(name).nullable)
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    return pd.DataFrame(columns, copy=False)


def to_array(column: pa.ChunkedArray, *, nullable: bool) -> Any:
    """One column of `to_pandas`, in memory that the frame may write to."""
    import pandas as pd

    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_integer(column.type):
        nulls = own(column.is_null()) if column.null_count else np.zeros(len(column), bool)
        numbers = own(column.cast(pa.int64()).fill_null(0) if column.null_count else column.cast(pa.int64()))
        return pd.arrays.IntegerArray(numbers, nulls) if nullable else numbers
    if pa.types.is_floating(column.type):
        return own(column)
    if nullable and (pa.types.is_boolean(column.type) or pa.types.is_string(column.type)):
        return pd.Series(column.to_numpy().astype(object, copy=False), dtype=object, copy=False)
    return column.to_pandas()


def own(column: pa.ChunkedArray) -> NDArray[Any]:
    """The values in memory that is nobody else's."""
    values: NDArray[Any] = column.to_numpy()
    return values if values.flags.writeable else values.copy()
