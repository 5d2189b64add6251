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


class Text(str):
    """A string of a class of its own."""

    __slots__ = ()


def strided(texts: Texts) -> np.ndarray:
    """An array that skips every other cell of its memory."""
    both = np.empty((len(texts), 2), dtype=object)
    both[:, 0] = texts
    both[:, 1] = "not read"
    return both[:, 0]


def empty_chunks(texts: Texts) -> pa.ChunkedArray:
    """Chunks, some of them without rows, one of them a slice."""
    nothing = pa.array([], pa.string())
    return pa.chunked_array(
        [nothing, pa.array(["x", *texts[:1]], pa.string()).slice(1), nothing, pa.array(texts[1:], pa.string()), nothing]
    )


COLUMNS: dict[str, Callable[[Texts], Any]] = {
    "list": list,
    "tuple": tuple,
    "list of a class": lambda t: [None if x is None else Text(x) for x in t],
    "numpy object": lambda t: np.array(t, dtype=object),
    "numpy strided": strided,
    "pandas object": lambda t: pd.Series(t, dtype=object),
    "pandas str": lambda t: pd.Series(t, dtype="str") if pd.__version__ >= "3" else pd.Series(t, dtype="string"),
    "pandas string": lambda t: pd.Series(t, dtype="string"),
    "pandas arrow": lambda t: pd.Series(t, dtype=pd.ArrowDtype(pa.string())),
    "pandas python": lambda t: pd.Series(t, dtype="string[python]"),
    "pandas large_string": lambda t: pd.Series(t, dtype=pd.ArrowDtype(pa.large_string())),
    "pandas strided": lambda t: pd.DataFrame({"a": [y for x in t for y in (x, "x")]}, dtype=object)["a"].iloc[::2],
    "pandas str strided": lambda t: pd.Series([y for x in t for y in (x, "x")], dtype="str").iloc[::2],
    "pandas of rows": lambda t: pd.DataFrame(strided(t)[:, None])[0],
    "pandas category": lambda t: pd.Series(t, dtype="category"),
    "pandas odd index": lambda t: pd.Series(t, dtype=object, index=range(7, 7 - len(t), -1)),
    "pandas index": lambda t: pd.Index(t, dtype=object),
    "polars": lambda t: pl.Series(t, dtype=pl.String),
    "polars categorical": lambda t: pl.Series(t, dtype=pl.Categorical),
    "polars chunks": lambda t: pl.concat([pl.Series(t[:1], dtype=pl.String), pl.Series(t[1:], dtype=pl.String)], rechunk=False),
    "polars slice": lambda t: pl.Series(["x", *t, "y"], dtype=pl.String).slice(1, len(t)),
    "arrow string": lambda t: pa.array(t, pa.string()),
    "arrow large_string": lambda t: pa.array(t, pa.large_string()),
    "arrow string_view": lambda t: pa.array(t, pa.string_view()),
    "arrow dictionary": lambda t: pa.array(t, pa.string()).dictionary_encode(),
    "arrow slice": lambda t: pa.array(["x", *t, "y"], pa.string()).slice(1, len(t)),
    "arrow view slice": lambda t: pa.array(["x", *t, "y"], pa.string_view()).slice(1, len(t)),
    "arrow null in dictionary": lambda t: pa.DictionaryArray.from_arrays(
        pa.array(range(len(t)), pa.int8()), pa.array(t, pa.large_string())
    ),
    "arrow chunks": chunked,
    "arrow empty chunks": empty_chunks,
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
