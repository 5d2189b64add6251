"""One column of anything → one Arrow column, or a `ColumnError` that names the row and the fix."""

from __future__ import annotations

import itertools
from numbers import Real
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import pyarrow as pa
import pyarrow.compute as pc

from framescope import _core
from framescope.errors import ColumnError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SHOWN = 40  # characters of a value in a message

# What a converter says of values it cannot put in one Arrow column.
UNREADABLE = (pa.ArrowException, UnicodeError, TypeError, ValueError, OverflowError)


def text_column(values: Any, name: str) -> pa.ChunkedArray | _core.Strings:
    """A column of documents, in the memory it comes in; `name` is how messages call it."""
    strings = python_values(values)
    if strings is not None:
        try:
            return _core.Strings(strings, name)
        except ColumnError:  # Arrow reads more, such as scalars of its own
            values = strings
    return arrow_text_column(values, name)


def python_values(values: Any) -> Sequence[object] | None:
    """The Python objects of a column that is made of them."""
    if nw.dependencies.is_pandas_series(values) or nw.dependencies.is_pandas_index(values):
        made_of_objects = values.dtype == object or getattr(values.dtype, "storage", "") == "python"
        values = values.to_numpy(dtype=object) if made_of_objects else values
    if nw.dependencies.is_numpy_array(values) and values.dtype == object:
        values = values.tolist()
    return values if isinstance(values, list | tuple) else None


def arrow_text_column(values: Any, name: str) -> pa.ChunkedArray:
    """A column of strings and nulls; `name` is how messages call it."""
    try:
        column = arrow_column(values)
    except UNREADABLE:
        column = None
    if column is not None and is_text(column.type):
        return column
    if column is not None and column.null_count == len(column):
        return pa.chunked_array([pa.nulls(len(column), pa.string())])
    texts = [None if is_missing(value) else checked(value, row, name) for row, value in enumerate(items(values))]
    return pa.chunked_array([pa.array(texts, pa.large_string())])


def plain_column(values: Any, name: str) -> pa.ChunkedArray:
    """A column of any one type, without dictionaries and string views: for ids and groups."""
    try:
        column = arrow_column(values)
        if pa.types.is_dictionary(column.type):
            column = pa.chunked_array(
                [unview(chunk.dictionary).take(chunk.indices) for chunk in column.chunks], viewless(column.type)
            )
        column = unview(column)
    except UNREADABLE as error:
        raise ColumnError(f"{name} holds values of more than one type ({error}); convert it to str first") from None
    return column


def unview(column: Any) -> Any:
    """The column, string views as strings: not all of Arrow's functions know views."""
    return column.cast(pa.large_string()) if pa.types.is_string_view(column.type) else column


def viewless(dictionary: pa.DataType) -> pa.DataType:
    """The type of what stands in a dictionary, after `unview`."""
    return pa.large_string() if pa.types.is_string_view(dictionary.value_type) else dictionary.value_type


def arrow_column(values: Any) -> pa.ChunkedArray:
    """The column as Arrow, without a copy where it has Arrow memory already; NaN, NA and NaT are null."""
    if isinstance(values, pa.ChunkedArray):
        return values
    if isinstance(values, pa.Array):
        return pa.chunked_array([values])
    if nw.dependencies.is_pandas_like_series(values) or not is_arrow(values):
        array = pa.array(values, from_pandas=True)
        return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])
    if hasattr(values, "__arrow_c_stream__"):
        return pa.chunked_array(values)
    return pa.chunked_array([pa.array(values)])


def is_arrow(values: Any) -> bool:
    """Whether the object hands out Arrow memory."""
    return hasattr(values, "__arrow_c_stream__") or hasattr(values, "__arrow_c_array__")


def is_text(type_: pa.DataType) -> bool:
    """Whether the core reads this Arrow type."""
    if pa.types.is_dictionary(type_):
        type_ = type_.value_type
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null)
    return any(test(type_) for test in tests)


def is_missing(value: object) -> bool:
    """None, NaN, NA, NaT."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(value, Real) and value != value  # noqa: PLR0124 - only NaN differs from itself


def items(values: Any) -> Iterator[object]:
    """The Python values of a column, one by one."""
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return (value.as_py() for value in values)
    return iter(values)


def checked(value: object, row: int, name: str) -> str:
    """The value, if it is Unicode text."""
    if not isinstance(value, str):
        raise ColumnError(f"row {row} of {name} holds {describe(value)}; {remedy(value)}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ColumnError(
            f"row {row} of {name} holds a lone surrogate (U+{ord(value[error.start]):04X} at character {error.start}), which is "
            "half a character; repair it with text.encode('utf-16', 'surrogatepass').decode('utf-16', 'replace')"
        ) from None
    return value


def describe(value: object) -> str:
    """The type, and as much of the value as helps to find it."""
    shown = repr(value)
    return f"{type(value).__name__} ({shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + '…'})"


def remedy(value: object) -> str:
    """What to do about a value that is no text."""
    if isinstance(value, bytes | bytearray | memoryview):
        return "decode it first, as in value.decode('utf-8')"
    if isinstance(value, list | tuple | set):
        return "a document is one str, so join the parts, as in ' '.join(value)"
    return "a document is a str or null, so convert the column first, as in str(value)"


def unique_ids(column: pa.ChunkedArray, name: str) -> pa.Array:
    """The ids, if there is one for every document and no two are equal."""
    ids = column.combine_chunks()
    ids = pa.concat_arrays(ids.chunks) if isinstance(ids, pa.ChunkedArray) else ids
    if ids.null_count:
        row = pc.index(ids.is_null(), value=True).as_py()
        raise ColumnError(
            f"row {row} of the id column '{name}' is null; every document needs an id, or leave id= out to use row numbers"
        )
    if len(ids.unique()) < len(ids):
        value, first, second = first_repeat(ids)
        raise ColumnError(
            f"the id column '{name}' is not unique: {value!r} stands in rows {first} and {second}; "
            "drop the copies, or leave id= out to use row numbers"
        )
    return ids


def first_repeat(ids: Iterable[Any]) -> tuple[object, int, int]:
    """The first value that comes again, with both rows."""
    seen: dict[object, int] = {}
    for row, value in zip(itertools.count(), ids, strict=False):
        if seen.setdefault(value.as_py(), row) != row:
            return value.as_py(), seen[value.as_py()], row
    raise ColumnError("no value repeats")
