"""Tables of the core → the kind of frame the user came with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import pyarrow as pa

if TYPE_CHECKING:
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
        name: to_series(column, nullable=table.schema.field(name).nullable)
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    return pd.DataFrame(columns)


def to_series(column: pa.ChunkedArray, *, nullable: bool) -> Any:
    """One column of `to_pandas`."""
    import pandas as pd

    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_integer(column.type):
        column = column.cast(pa.int64())
        return column.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get) if nullable else column.to_pandas()
    if nullable and (pa.types.is_boolean(column.type) or pa.types.is_string(column.type)):
        return pd.Series(column.to_pylist(), dtype=object)
    return column.to_pandas()
