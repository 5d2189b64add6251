"""A column of dates, however they are written → the day of each document, or a `ColumnError` that names the row and the fix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framescope.columns import describe, is_text
from framescope.errors import ColumnError, FramescopeError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Freq = Literal["D", "W", "M", "Q", "Y"]
UNITS: dict[Freq, str] = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}
YEAR, MONTH, DAY = 1, 2, 3  # how much of a date is written
NEEDED: dict[Freq, int] = {"D": DAY, "W": DAY, "M": MONTH, "Q": MONTH, "Y": YEAR}
COARSE: dict[int, str] = {YEAR: "is a year and names no month; say freq='Y'", MONTH: "names no day; say freq='M', 'Q' or 'Y'"}
ISO = (
    r"^\s*(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:[Tt ][0-9]{2}(?::?[0-9]{2}){0,2}(?:[.,][0-9]+)? ?(?:[Zz]|UTC|[+-][0-9]{2}:?(?:[0-9]{2})?)?)?)?)?\s*$"
)
MONDAY = 3  # 1970-01-01, day 0, was a Thursday
FIRST, LAST = 1, 9999  # years


def period_numbers(column: pa.ChunkedArray, name: str, freq: Freq) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """For each row the number of its period, and whether it has one; `period_start` turns numbers into dates."""
    if freq not in get_args(Freq):
        raise FramescopeError.not_found("freq", freq, get_args(Freq), "day, ISO week, month, quarter, year")
    days, written = days_of(column, name)
    known = ~np.isnat(days)
    coarse = known & (written < NEEDED[freq])
    if coarse.any():
        row = int(np.argmax(coarse))
        what = COARSE[int(written[row])]
        raise ColumnError(f"row {row} of column '{name}' holds {describe(shown(column, row))}, which {what} in place of {freq!r}")
    numbers = np.zeros(len(days), dtype=np.int64)
    numbers[known] = numbered(days[known], freq)
    return numbers, known


def numbered(days: NDArray[np.datetime64], freq: Freq) -> NDArray[np.int64]:
    """Periods counted from the one that holds 1970-01-01."""
    if freq == "W":
        return (days.astype(np.int64) + MONDAY) // 7
    unit: NDArray[np.int64] = days.astype(f"datetime64[{'M' if freq == 'Q' else freq}]").astype(np.int64)
    return unit // 3 if freq == "Q" else unit


def period_start(numbers: NDArray[np.int64], freq: Freq) -> NDArray[np.datetime64]:
    """The first day of each period."""
    if freq == "W":
        return (numbers * 7 - MONDAY).astype("datetime64[D]")
    unit = numbers * 3 if freq == "Q" else numbers
    return unit.astype(f"datetime64[{'M' if freq == 'Q' else freq}]").astype("datetime64[D]")


def days_of(column: pa.ChunkedArray, name: str) -> tuple[NDArray[np.datetime64], NDArray[np.int64]]:
    """The day of each row (NaT: null), and how much of it is written: YEAR, MONTH or DAY."""
    kind = column.type
    if is_text(kind):
        return from_text(column, name)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return from_years(column, name)
    if not (pa.types.is_date(kind) or pa.types.is_timestamp(kind)):
        raise ColumnError(f"column '{name}' holds {kind}, which is no date; {remedy(name)}")
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        try:
            column = pc.local_timestamp(column)  # the day it was there
        except pa.ArrowException as error:
            raise ColumnError(f"column '{name}' has a time zone that is not known here ({error}); {remedy(name)}") from None
    days = column.to_numpy().astype("datetime64[D]")
    years = days.astype("datetime64[Y]").astype(np.int64) + 1970
    refuse(~np.isnat(days) & ((years < FIRST) | (years > LAST)), column, name, "is outside of the years 1 to 9999")
    return days, np.full(len(days), DAY)


def from_text(column: pa.ChunkedArray, name: str) -> tuple[NDArray[np.datetime64], NDArray[np.int64]]:
    """Days of ISO 8601 dates, with a time of day or without; a day is the one that is written, whatever zone follows."""
    column = column.cast(pa.large_string())
    null = column.is_null().to_numpy()
    found = pc.extract_regex(column, ISO)
    refuse(found.is_null().to_numpy() & ~null, column, name, "is not written as an ISO date (2025-03-04)")
    year, month, day = (number(pc.struct_field(found, part)) for part in ("year", "month", "day"))
    written = np.where(day > 0, DAY, np.where(month > 0, MONTH, YEAR))
    has_month, has_day = given(found, "month"), given(found, "day")
    months = ((year - 1970) * 12 + np.where(has_month, month, 1) - 1).astype("datetime64[M]")
    length = ((months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.int64)
    wrong = (year < FIRST) | (has_month & ((month < 1) | (month > 12))) | (has_day & ((day < 1) | (day > length)))  # noqa: PLR2004
    refuse(wrong & ~null, column, name, "is no day of the calendar")
    days = months.astype("datetime64[D]") + np.where(has_day, day - 1, 0)
    return np.where(null, np.datetime64("NaT"), days), written


def from_years(column: pa.ChunkedArray, name: str) -> tuple[NDArray[np.datetime64], NDArray[np.int64]]:
    """The first days of years; floats are what pandas makes of years with gaps."""
    null = column.is_null().to_numpy()
    years = pc.fill_null(column, 1).to_numpy()
    if pa.types.is_floating(column.type):
        null |= np.isnan(years)
        years = np.where(null, 1, years)
    wrong = ~null & ((years < FIRST) | (years > LAST) | (years != np.floor(years)))
    refuse(wrong, column, name, "is not a year from 1 to 9999")
    days = (np.where(wrong, FIRST, years).astype(np.int64) - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    return np.where(null, np.datetime64("NaT"), days), np.full(len(days), YEAR)


def number(digits: pa.ChunkedArray) -> NDArray[np.int64]:
    """Digits as numbers, nothing as 0."""
    filled = pc.if_else(pc.equal(pc.fill_null(digits, ""), ""), "0", pc.fill_null(digits, "0"))
    numbers: NDArray[np.int64] = filled.cast(pa.int64()).to_numpy()
    return numbers


def given(found: pa.ChunkedArray, part: str) -> NDArray[np.bool_]:
    """Whether a part of the date is written."""
    there: NDArray[np.bool_] = pc.not_equal(pc.fill_null(pc.struct_field(found, part), ""), "").to_numpy()
    return there


def refuse(wrong: NDArray[np.bool_], column: pa.ChunkedArray, name: str, why: str) -> None:
    """Name the first row that cannot be read."""
    if wrong.any():
        row = int(np.argmax(wrong))
        raise ColumnError(f"row {row} of column '{name}' holds {describe(shown(column, row))}, which {why}; {remedy(name)}")


def shown(column: pa.ChunkedArray, row: int) -> object:
    """The value as Python knows it, or its number where Python has no such date."""
    try:
        return column[row].as_py()
    except (ValueError, OverflowError):
        return column[row].cast(pa.int64()).as_py()


def remedy(name: str) -> str:
    """What to do about dates that cannot be read."""
    return f"convert the column first, as in pandas.to_datetime(df[{name!r}], format='%d.%m.%Y'), or make the cell null"
