"""Tables → an Excel workbook: a sheet for each, and one for the manifest; no text becomes a formula, and nothing is lost in silence."""

from __future__ import annotations

import datetime as dt
import math
import re
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from framescope.errors import FramescopeError, FramescopeWarning
from framescope.writing import FORMULA, whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from os import PathLike

# What a sheet holds: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
ROWS, COLUMNS = 1_048_576, 16_384
CHARACTERS = 32_767  # of a cell, in UTF-16 units
EXACT = 10**15  # of a longer number Excel keeps 15 digits, and those of ids have 19
FIRST_DAY = dt.datetime(1900, 3, 1)  # noqa: DTZ001 - before it, Excel's calendar has a day that never was
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - one date for all: the same run gives the same bytes
NOT_IN_XML = re.compile("[\ufffe\uffff]")  # control characters have an escape, these two have none
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(tables: dict[str, pa.Table], manifest: dict[str, Any], path: str | PathLike[str], *, force: bool) -> None:
    """Writes one sheet for each table, in order, and the sheet `manifest`; the whole file or none."""
    try:
        import xlsxwriter
    except ImportError:
        raise FramescopeError("Excel files need xlsxwriter; install it with: pip install 'framescope[excel]'") from None
    refuse_what_excel_cannot_hold(tables, str(path))
    with whole_file(path, force=force) as made:
        with xlsxwriter.Workbook(str(made), OPTIONS) as book:
            book.set_properties({"created": CREATED})
            pages = Pages(book)
            for name, table in tables.items():
                pages.write(name, table)
            pages.write_manifest(manifest)
        pages.warn()


def refuse_what_excel_cannot_hold(tables: dict[str, pa.Table], path: str) -> None:
    """A name that Excel would not open, and a table that is too wide; long ones are continued on another sheet."""
    if not path.lower().endswith(".xlsx"):
        raise FramescopeError(f"'{path}' must end in .xlsx, or Excel will not open it")
    for name, table in tables.items():
        if table.num_columns > COLUMNS:
            raise FramescopeError(
                f"{name} has {table.num_columns:,} columns and an Excel sheet {COLUMNS:,}; use to_parquet or to_csv, or fewer frames"
            )


@dataclass
class Pages:
    """The sheets of a workbook, and what had to be changed to fit into them."""

    book: Any
    changed: list[tuple[str, str]] = field(default_factory=list)
    """Place of a cell, and what was done to it."""

    def __post_init__(self) -> None:
        self.head = self.book.add_format({"bold": True, "bottom": 1, "quote_prefix": True})
        self.guarded = self.book.add_format({"quote_prefix": True})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.time = self.book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})

    def write(self, name: str, table: pa.Table) -> None:
        """One table, on as many sheets as it takes."""
        plain = {column: plain_column(values) for column, values in zip(table.column_names, table.columns, strict=True)}
        table = pa.table(list(plain.values()), names=table.column_names)
        for page, start in enumerate(range(0, max(1, table.num_rows), ROWS - 1), 1):
            self.write_sheet(name if page == 1 else f"{name} {page}", table.slice(start, ROWS - 1))

    def write_sheet(self, name: str, table: pa.Table) -> None:
        """One sheet: names of columns, then the rows; nulls are empty cells."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, table.num_rows, table.num_columns - 1)
        for place, column in enumerate(table.column_names):
            self.put_text(sheet, 0, place, column, self.head)
            sheet.set_column(place, place, width(table[column]))
        puts = [self.put(sheet, table.schema.field(place).type) for place in range(table.num_columns)]
        for row, values in enumerate(rows(table), 1):
            for place, value in enumerate(values):
                if value is not None:
                    puts[place](row, place, value)

    def put(self, sheet: Any, type_: pa.DataType) -> Callable[[int, int, Any], object]:
        """What writes a value of this type to a cell."""
        if pa.types.is_boolean(type_):
            write_boolean: Callable[[int, int, Any], object] = sheet.write_boolean
            return write_boolean
        if pa.types.is_temporal(type_):
            format_ = self.day if pa.types.is_date(type_) else self.time
            return lambda row, place, value: sheet.write_datetime(row, place, value, format_)
        if pa.types.is_integer(type_) or pa.types.is_floating(type_):
            return lambda row, place, value: (
                sheet.write_number(row, place, value) if math.isfinite(value) else sheet.write_string(row, place, str(value))
            )
        return lambda row, place, value: self.put_text(sheet, row, place, value)

    def put_text(self, sheet: Any, row: int, place: int, text: str, format_: Any = None) -> None:
        """Text as text: a spreadsheet that is asked to run it shows it."""
        fitting = NOT_IN_XML.sub("\ufffd", text)
        if fitting != text:
            self.change(sheet, row, place, "a character that no XML file can hold was replaced by U+FFFD")
        if len(text) > CHARACTERS // 2 and units(text) > CHARACTERS:
            fitting = fitting.encode("utf-16-le")[: 2 * CHARACTERS - 2].decode("utf-16-le", "ignore") + "…"
            self.change(sheet, row, place, f"cut after {len(fitting) - 1:,} of {len(text):,} characters")
        if format_ is None and re.match(FORMULA, fitting):
            format_ = self.guarded
        sheet.write_string(row, place, fitting, format_)

    def change(self, sheet: Any, row: int, place: int, what: str) -> None:
        """Notes what was done to a cell."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        self.changed.append((f"{sheet.name}!{xl_rowcol_to_cell(row, place)}", what))

    def write_manifest(self, manifest: dict[str, Any]) -> None:
        """The manifest as keys and values, and below them each cell that does not hold all of its text."""
        items = [*flat(manifest), *self.changed]
        sheet = self.book.add_worksheet("manifest")
        sheet.set_column(0, 1, 40)
        for row, (key, value) in enumerate([("key", "value"), *items]):
            self.put_text(sheet, row, 0, key, self.head if row == 0 else None)
            if isinstance(value, bool):
                sheet.write_boolean(row, 1, value)
            elif isinstance(value, int | float):
                sheet.write_number(row, 1, value)
            elif value is not None:
                self.put_text(sheet, row, 1, str(value), self.head if row == 0 else None)

    def warn(self) -> None:
        """Says what was changed, if anything was."""
        if self.changed:
            (place, what), n = self.changed[0], len(self.changed)
            warnings.warn(
                f"{n:,} cell{'s' * (n > 1)} could not be written as {'they are' if n > 1 else 'it is'}: {place} ({what}); the sheet manifest "
                "lists all, and to_parquet and to_csv keep them whole",
                FramescopeWarning,
                stacklevel=4,
            )


def rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    """The rows, without all of them being Python values at once."""
    for batch in table.to_batches(max_chunksize=10_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def plain_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column as Excel can hold it without loss: numbers, booleans, dates; else text."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    type_ = column.type
    if pa.types.is_boolean(type_) or pa.types.is_floating(type_):
        return column
    if pa.types.is_integer(type_):
        fits = all(abs(end or 0) < EXACT for end in pc.min_max(column).as_py().values())
        return column if fits else column.cast(pa.string())
    if (pa.types.is_date(type_) or (pa.types.is_timestamp(type_) and type_.tz is None)) and is_of_excel(column):
        return column.cast(pa.timestamp("ms") if pa.types.is_timestamp(type_) else pa.date32())
    if pa.types.is_string(type_) or pa.types.is_large_string(type_):
        return column
    return pa.chunked_array([pa.array([None if value is None else str(value) for value in column.to_pylist()], pa.string())])


def is_of_excel(column: pa.ChunkedArray) -> bool:
    """Whether Excel's calendar has all these days, and its clock these moments (milliseconds)."""
    first = pc.min(column.cast(pa.timestamp("us"), safe=False)).as_py()
    if first is not None and first < FIRST_DAY:
        return False
    try:
        column.cast(pa.timestamp("ms"))
    except pa.ArrowInvalid:
        return False
    return True


def width(column: pa.ChunkedArray) -> int:
    """A width in characters by what the column holds."""
    return 40 if column.type in {pa.string(), pa.large_string()} and units_at_most(column) > 20 else 14  # noqa: PLR2004


def units_at_most(column: pa.ChunkedArray) -> int:
    """The length of the longest text."""
    return pc.max(pc.utf8_length(column)).as_py() or 0


def units(text: str) -> int:
    """The length that Excel counts."""
    return len(text.encode("utf-16-le")) // 2


def flat(manifest: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Keys as paths, and their values."""
    for key, value in manifest.items():
        if isinstance(value, dict):
            yield from flat(value, f"{path}{key}.")
        else:
            yield path + key, value
