"""The same documents in every library: columns and frames, and what comes out as plain rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable

Texts = list[str | None]


def rows(table: Any) -> list[dict[str, Any]]:
    """Rows of a table of any library, with None for every null."""
    if isinstance(table, duckdb.DuckDBPyRelation):
        return table.to_arrow_table().to_pylist()
    if isinstance(table, pa.Table):
        return table.to_pylist()
    if isinstance(table, pl.DataFrame):
        return table.to_dicts()
    return [{name: None if pd.isna(value) else value for name, value in row.items()} for row in table.to_dict("records")]


def once(hits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of hits without those that only name one more target of the same hit."""
    first: dict[tuple[Any, ...], Any] = {}
    place = ("doc", "start", "end", "frame", "entry")
    return [row for row in hits if first.setdefault(tuple(row[key] for key in place), row["target"]) == row["target"]]


def chunked(texts: Texts) -> pa.ChunkedArray:
    half = len(texts) // 2
    return pa.chunked_array([pa.array(texts[:half], pa.string()), pa.array(texts[half:], pa.string())])


COLUMNS: dict[str, Callable[[Texts], Any]] = {
    "list": list,
    "tuple": tuple,
    "numpy object": lambda t: np.array(t, dtype=object),
    "pandas object": lambda t: pd.Series(t, dtype=object),
    "pandas str": lambda t: pd.Series(t, dtype="str") if pd.__version__ >= "3" else pd.Series(t, dtype="string"),
    "pandas string": lambda t: pd.Series(t, dtype="string"),
    "pandas arrow": lambda t: pd.Series(t, dtype=pd.ArrowDtype(pa.string())),
    "pandas category": lambda t: pd.Series(t, dtype="category"),
    "pandas odd index": lambda t: pd.Series(t, dtype=object, index=range(7, 7 - len(t), -1)),
    "pandas index": lambda t: pd.Index(t, dtype=object),
    "polars": lambda t: pl.Series(t, dtype=pl.String),
    "polars categorical": lambda t: pl.Series(t, dtype=pl.Categorical),
    "polars chunks": lambda t: pl.concat([pl.Series(t[:1], dtype=pl.String), pl.Series(t[1:], dtype=pl.String)], rechunk=False),
    "arrow string": lambda t: pa.array(t, pa.string()),
    "arrow large_string": lambda t: pa.array(t, pa.large_string()),
    "arrow string_view": lambda t: pa.array(t, pa.string_view()),
    "arrow dictionary": lambda t: pa.array(t, pa.string()).dictionary_encode(),
    "arrow slice": lambda t: pa.array(["x", *t, "y"], pa.string()).slice(1, len(t)),
    "arrow chunks": chunked,
}
OUT_OF_COLUMN: dict[str, type] = {
    **dict.fromkeys(COLUMNS, pd.DataFrame),
    **dict.fromkeys([name for name in COLUMNS if name.startswith("polars")], pl.DataFrame),
    **dict.fromkeys([name for name in COLUMNS if name.startswith("arrow")], pa.Table),
}

FRAMES: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "pandas": pd.DataFrame,
    "pandas arrow": lambda d: pa.table(d).to_pandas(types_mapper=pd.ArrowDtype),
    "polars": pl.DataFrame,
    "arrow": pa.table,
    "arrow batch": pa.RecordBatch.from_pydict,
    "duckdb": lambda d: duckdb.from_arrow(pa.table(d)),
}
OUT_OF_FRAME: dict[str, type] = {
    "pandas": pd.DataFrame,
    "pandas arrow": pd.DataFrame,
    "polars": pl.DataFrame,
    "arrow": pa.Table,
    "arrow batch": pa.Table,
    "duckdb": duckdb.DuckDBPyRelation,
}
