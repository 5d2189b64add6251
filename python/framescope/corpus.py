"""Whatever a user calls "my documents" → a `Corpus`: texts, ids, and the frame they came in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import pyarrow as pa

from framescope.columns import arrow_column, is_arrow, plain_column, text_column, unique_ids
from framescope.errors import ColumnError, FramescopeError

if TYPE_CHECKING:
    from framescope import _core

KINDS = "a list of str, or a column or frame of pandas, polars, Arrow or DuckDB"

FILES = (".csv", ".jsonl", ".parquet", ".txt", ".html", ".xlsx")


@dataclass(frozen=True)
class Corpus:
    """Documents in a row: position i of `texts` is document i of every table of the core."""

    texts: pa.ChunkedArray | _core.Strings
    kind: nw.Implementation
    """The library the documents came in; results go out in it."""
    native: Any = None
    """The frame itself (a pandas or polars frame, an Arrow table); None for a bare column."""
    relation: Any = None
    """The DuckDB relation, if it was one."""
    text: str | None = None
    id: str | None = None
    ids: pa.Array | None = None

    def __len__(self) -> int:
        return len(self.texts)

    def document(self, position: int) -> str | None:
        """The text in this row."""
        text = self.texts[position]
        return text.as_py() if isinstance(text, pa.Scalar) else text

    def column(self, name: str, use: str) -> pa.ChunkedArray:
        """A column of the input frame, for groups."""
        if self.native is None:
            raise ColumnError(
                f"{use}= names a column of a frame, but the documents came as a bare column; pass the whole frame with text="
            )
        return plain_column(pick(self.native, name), f"column '{name}'")

    def name_documents(self, table: pa.Table) -> pa.Table:
        """The table with the user's ids in `doc` in place of row positions."""
        if self.ids is None:
            return table
        place = table.schema.get_field_index("doc")
        field = pa.field("doc", self.ids.type, nullable=False)
        return table.set_column(place, field, self.ids.take(table["doc"].combine_chunks()))

    def position(self, doc: object) -> int:
        """The row of a document, given its id (without ids: its row, negative from the end)."""
        if self.ids is None:
            if not isinstance(doc, int) or not -len(self) <= doc < len(self):
                raise FramescopeError(f"no document {doc!r}; the {len(self)} documents are numbered from 0")
            return doc % len(self)
        try:
            row = self.ids.index(pa.scalar(doc, self.ids.type)).as_py()
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            row = -1
        if row < 0:
            raise FramescopeError.not_found("document", doc, self.ids.to_pylist(), "documents")
        return int(row)


def read_corpus(data: Any, text: str | None = None, id: str | None = None) -> Corpus:  # noqa: A002 - the public name
    """The documents of `data`; see `framescope.analyze` for what it may be."""
    data = nw.to_native(data, pass_through=True)
    refuse(data)
    if isinstance(data, pa.RecordBatch):
        data = pa.Table.from_batches([data])
    if nw.dependencies.is_duckdb_relation(data):
        return frame_corpus(pa.table(data), nw.Implementation.DUCKDB, text, id, relation=data)
    if nw.dependencies.is_into_dataframe(data):
        return frame_corpus(data, kind_of(data), text, id)
    if nw.dependencies.is_into_series(data):
        kind = kind_of(data)
    elif is_arrow(data) or isinstance(data, pa.Array):
        kind, data = nw.Implementation.PYARROW, arrow_column(data)
        if pa.types.is_struct(data.type):
            return frame_corpus(pa.Table.from_struct_array(data), kind, text, id)
    else:
        kind = nw.Implementation.PANDAS
    if text is not None or id is not None:
        used = "text" if text is not None else "id"
        raise ColumnError(
            f"{used}= names a column of a frame, but the documents came as a bare column; leave it out or pass the whole frame"
        )
    return Corpus(text_column(data, "the documents"), kind)


def frame_corpus(frame: Any, kind: nw.Implementation, text: str | None, id_: str | None, relation: Any = None) -> Corpus:
    """The documents of a frame with named columns."""
    if text is None:
        candidates = ", ".join(f"'{name}'" for name in text_columns(frame)) or "none"
        raise ColumnError(f"text= is needed with a frame: name the column of documents (columns of text here: {candidates})")
    texts = text_column(pick(frame, text), f"column '{text}'")
    ids = None if id_ is None else unique_ids(plain_column(pick(frame, id_), f"column '{id_}'"), id_)
    if nw.dependencies.is_pandas_dataframe(frame):
        frame = frame.copy(deep=False)  # columns the user adds or drops later change nothing here
    return Corpus(texts, kind, frame, relation, text, id_, ids)


def pick(frame: Any, name: str) -> Any:
    """One column of a frame, in its own library."""
    columns = names(frame)
    if name not in columns:
        raise ColumnError.not_found("column", name, columns, "columns")
    if columns.count(name) > 1:
        raise ColumnError(f"{columns.count(name)} columns are named '{name}'; rename all but one")
    return frame[name]


def names(frame: Any) -> list[str]:
    """The columns of a frame."""
    return list(frame.column_names if isinstance(frame, pa.Table) else frame.columns)


def text_columns(frame: Any) -> list[str]:
    """Names of the columns that could hold documents."""
    if len(set(names(frame))) < len(names(frame)):
        return list(dict.fromkeys(names(frame)))
    named = nw.from_native(frame, eager_only=True)
    textual = (nw.String, nw.Categorical, nw.Enum, nw.Object)
    return [name for name, type_ in named.schema.items() if isinstance(type_, textual)]


def refuse(data: Any) -> None:
    """Say what to do with the things that look like documents and are not."""
    if isinstance(data, list | tuple | pa.Array | pa.ChunkedArray | pa.Table | pa.RecordBatch):
        return
    path = isinstance(data, Path) or (isinstance(data, str) and data.lower().endswith(FILES))
    if path:
        message = "a path is not read here; read the file first, or use the command line: framescope analyze FILE"
    elif isinstance(data, str):
        message = "one str is one document, not a column of them; put it in a list: [text]"
    elif isinstance(data, bytes | bytearray):
        message = "bytes are not text; decode them and put the str in a list: [data.decode('utf-8')]"
    elif isinstance(data, Mapping):
        message = "a mapping has no columns of its own; make a frame of it, as in pandas.DataFrame(data), and name its column with text="
    elif isinstance(data, AbstractSet):
        message = "a set has no order, so its documents could not be found again; pass a list: sorted(data)"
    elif isinstance(data, Iterator) and not is_arrow(data):
        message = f"a {type(data).__name__} can be read only once; pass a list: list(data)"
    elif is_lazy(data):
        message = f"a {type(data).__name__} is a query, not data; call .collect() on it first"
    elif getattr(data, "ndim", 1) not in {1, 2}:
        message = f"an array of {data.ndim} dimensions is not a column; pass one dimension"
    elif nw.dependencies.is_numpy_array(data) and data.ndim == 2:  # noqa: PLR2004 - a matrix
        message = "a matrix is not a column; pass one column of it, as in data[:, 0]"
    elif not (hasattr(data, "__iter__") or is_arrow(data)):
        message = f"cannot read documents from {type(data).__name__}; pass {KINDS}"
    else:
        return
    raise ColumnError(message)


def is_lazy(data: Any) -> bool:
    """Whether narwhals knows it as a lazy frame (DuckDB relations are read, so they do not count)."""
    if nw.dependencies.is_into_dataframe(data) or nw.dependencies.is_duckdb_relation(data):
        return False
    return isinstance(nw.from_native(data, pass_through=True), nw.LazyFrame)


def kind_of(data: Any) -> nw.Implementation:
    """The library of a frame or column."""
    if nw.dependencies.is_pandas_dataframe(data):  # narwhals refuses columns of one name; here only the one asked for matters
        return nw.Implementation.PANDAS
    kind: nw.Implementation = nw.from_native(data, eager_only=True, allow_series=True).implementation
    return kind
