"""Periods of time against pandas; gaps, dates that are missing, dates that cannot be read."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import framescope as fs
from framescope.groups.dates import days_of, period_numbers, period_start
from kinds import FRAMES as LIBRARIES, OUT_OF_FRAME, rows

FREQUENCIES = {"D": "D", "W": "W-SUN", "M": "M", "Q": "Q-DEC", "Y": "Y-DEC"}  # a week of pandas is called by its last day
EDGES = [
    "1969-12-28",
    "1969-12-29",
    "1970-01-01",
    "1999-12-31",
    "2000-02-29",
    "2024-12-29",
    "2024-12-30",
    "2025-01-01",
    "2026-01-01",
]


def days(n: int) -> list[date]:
    draw = np.random.default_rng(2)
    return [date.fromisoformat(edge) for edge in EDGES] + [
        date(1950, 1, 1) + timedelta(int(d)) for d in draw.integers(0, 40_000, n)
    ]


def read(values: object, freq: str) -> list[date | None]:
    column = values if isinstance(values, pa.ChunkedArray) else pa.chunked_array([values])
    numbers, known = period_numbers(column, "date", freq)
    starts = period_start(numbers, freq).astype(object)
    return [start if there else None for start, there in zip(starts, known, strict=True)]


@pytest.mark.parametrize("freq", FREQUENCIES)
def test_periods_are_those_of_pandas(freq):
    given = days(300)
    expected = pd.Series(pd.to_datetime(given)).dt.to_period(FREQUENCIES[freq]).dt.start_time.dt.date.tolist()
    moments = [datetime(d.year, d.month, d.day, 23, 59, 59) for d in given]  # noqa: DTZ001 - without a zone
    for column in (
        pa.array(given, pa.date32()),
        pa.array(given, pa.date64()),
        *(pa.array(moments, pa.timestamp(unit)) for unit in ("s", "ms", "us", "ns")),
        pa.array([d.isoformat() for d in given]),
        pa.array([f" {m.isoformat()}+04:00 " for m in moments]),
        pa.array([f"{m.isoformat(' ')}.123Z" for m in moments]),
    ):
        assert read(column, freq) == expected


@pytest.mark.parametrize("zone", ["UTC", "Asia/Baku", "America/New_York", "+05:30"])
@pytest.mark.parametrize("freq", ["D", "W", "M"])
def test_a_moment_counts_on_the_day_of_its_own_zone(zone, freq):
    start = datetime(2024, 12, 28, tzinfo=timezone.utc)
    moments = pd.Series([start + timedelta(minutes=97 * i) for i in range(300)]).dt.tz_convert(zone)
    expected = moments.dt.tz_localize(None).dt.to_period(FREQUENCIES[freq]).dt.start_time.dt.date.tolist()
    assert read(pa.array(moments), freq) == expected
    written = pa.array([moment.isoformat() for moment in moments])
    assert read(written, freq) == expected


@pytest.mark.parametrize(
    ("column", "freq", "expected"),
    [
        (pa.array([2024, None, 1946], pa.int16()), "Y", [date(2024, 1, 1), None, date(1946, 1, 1)]),
        (pa.array([2024.0, np.nan, None]), "Y", [date(2024, 1, 1), None, None]),
        (pa.array(["2024", None]), "Y", [date(2024, 1, 1), None]),
        (pa.array(["2024-11", "2024-02-29"]), "Q", [date(2024, 10, 1), date(2024, 1, 1)]),
        (pa.array(["2024-11"], pa.large_string()), "M", [date(2024, 11, 1)]),
        (pa.array([None, None]), "D", [None, None]),
        (pa.chunked_array([], pa.string()), "D", []),
        (pa.chunked_array([], pa.int64()), "Y", []),
    ],
)
def test_years_months_and_nothing(column, freq, expected):
    assert read(column, freq) == expected


@pytest.mark.parametrize(
    ("column", "freq", "message"),
    [
        (
            pa.array(["2024-01-01", "04.03.2025"]),
            "M",
            r"row 1 of column 'date' holds str \('04.03.2025'\), which is not written as an ISO",
        ),
        (pa.array(["2024-01-01", "04.03.2025"]), "M", r"convert the column first, as in pandas.to_datetime\(df\['date'\]"),
        (pa.array(["2023-02-29"]), "M", "which is no day of the calendar"),
        (pa.array(["2023-13-01"]), "M", "which is no day of the calendar"),
        (pa.array(["2023-00-01"]), "M", "which is no day of the calendar"),
        (pa.array(["2023-01-00"]), "M", "which is no day of the calendar"),
        (pa.array(["0000-01-01"]), "M", "which is no day of the calendar"),
        (pa.array(["2023-01-01x"]), "M", "is not written as an ISO date"),
        (pa.array([""]), "M", "is not written as an ISO date"),
        (pa.array(["2024-01-01", "2024"]), "M", r"row 1 .* is a year and names no month; say freq='Y' in place of 'M'"),
        (pa.array(["2024-01"]), "W", "names no day; say freq='M', 'Q' or 'Y' in place of 'W'"),
        (pa.array([2024]), "M", "is a year and names no month; say freq='Y'"),
        (pa.array([20240301]), "Y", r"row 0 of column 'date' holds int \(20240301\), which is not a year from 1 to 9999"),
        (pa.array([0]), "Y", "is not a year"),
        (pa.array([2024.5]), "Y", "is not a year"),
        (pa.array([True]), "Y", "holds bool, which is no date"),
        (pa.array([timedelta(1)]), "Y", r"holds duration\[us\], which is no date"),
        (pa.array([2**40], pa.timestamp("s")), "Y", "outside of the years 1 to 9999"),
        (pa.array([0], pa.timestamp("s", "Mars/Base")), "Y", "has a time zone that is not known here"),
        (pa.array([2024]), "H", "no freq 'H'; day, ISO week, month, quarter, year: 'D', 'W'"),
        (pa.array([2024]), "m", "did you mean 'M'"),
    ],
)
def test_dates_that_cannot_be_read(column, freq, message):
    with pytest.raises(fs.FramescopeError, match=message):
        read(column, freq)


def test_a_year_is_read_as_such():
    assert days_of(pa.chunked_array([pa.array([2024])]), "year")[1].tolist() == [1]


DATA = {
    "body": ["A bridge.", "A bridge and peace.", "Peace.", None, "sea", "A bridge.", "Peace."],
    "date": ["2025-01-31", "2025-01-01", "2025-04-30", "2025-06-01", "2025-04-01", None, "2025-04-02"],
    "outlet": ["a", "a", "a", "a", "b", "b", None],
}


@pytest.fixture
def result(lexicon) -> fs.Result:
    return fs.analyze(pd.DataFrame(DATA), text="body", lexicon=lexicon)


@pytest.mark.filterwarnings("ignore:1 of 7 documents")
def test_every_period_is_there(result):
    got = result.trend("date", "M", resamples=100)
    assert got.columns.tolist() == ["period", "frame", "documents", "words", "count", "value", "low", "high"]
    bridge = got[got["frame"] == "bridge"].set_index("period")
    assert [str(day.date()) for day in bridge.index] == [f"2025-0{m}-01" for m in range(1, 7)]
    assert bridge["documents"].tolist() == [2, 0, 0, 3, 0, 0]
    assert bridge["count"].tolist() == [2, 0, 0, 0, 0, 0]
    assert bridge["value"].isna().tolist() == [False, True, True, False, True, True]
    assert bridge["value"].iloc[0] == 1000 * 2 / 6
    assert bridge["low"].notna().tolist() == [True, False, False, False, False, False]


@pytest.mark.filterwarnings("ignore:1 of 7 documents")
def test_a_trend_for_each_group(result):
    got = result.trend("date", "Q", "count", by="outlet", resamples=100)
    assert got.columns.tolist()[:3] == ["period", "outlet", "frame"]
    quarters = got[got["frame"] == "peace"]
    assert quarters["outlet"].tolist() == ["a", "b", "a", "b"]
    assert quarters["documents"].tolist() == [2, 0, 1, 1]
    assert quarters["value"].isna().tolist() == [False, True, False, False]


@pytest.mark.filterwarnings("ignore:1 of 7 documents")
def test_periods_agree_with_groups(result):
    frame = result._corpus.native
    months = pd.to_datetime(frame["date"]).dt.to_period("M").dt.start_time
    other = fs.analyze(frame.assign(period_=months), text="body", lexicon=result.lexicon).by("period_", resamples=100)
    trend = result.trend("date", resamples=100)
    left = trend[trend["documents"] > 0].reset_index(drop=True)
    right = other[other["documents"] > 0].reset_index(drop=True).rename(columns={"period_": "period"})
    pd.testing.assert_frame_equal(left, right, check_dtype=False)


def test_documents_without_a_date_are_told(result):
    with pytest.warns(fs.FramescopeWarning, match="1 of 7 documents have no date in 'date' and are in no period") as caught:
        result.trend("date")
    assert caught[0].filename == __file__


@pytest.mark.filterwarnings("ignore:2 of 2 documents")
def test_no_dates_no_rows(lexicon):
    result = fs.analyze(pl.DataFrame({"t": ["A bridge.", "Peace."], "d": [None, None]}), text="t", lexicon=lexicon)
    assert result.trend("d").shape == (0, 8)
    assert result.trend("d", by="t").shape == (0, 9)


def test_a_wrong_date_does_not_make_a_million_rows(lexicon):
    result = fs.analyze(
        pl.DataFrame({"t": ["A bridge.", "Peace."], "d": ["0205-01-01", "2025-01-01"], "g": ["a", "b"]}),
        text="t",
        lexicon=lexicon,
    )
    with pytest.raises(
        fs.ColumnError,
        match=f"from 0205-01-01 to 2025-01-01 there are {(date(2025, 1, 1) - date(205, 1, 1)).days + 1:,} periods of a day, too many",
    ):
        result.trend("d", "D", by="g")


@pytest.mark.filterwarnings("ignore:1 of 7 documents")
@pytest.mark.parametrize("library", LIBRARIES)
def test_the_same_in_every_library(library, lexicon):
    reference = fs.analyze(pa.table(DATA), text="body", lexicon=lexicon).trend("date", by="outlet", resamples=100)
    got = fs.analyze(LIBRARIES[library](DATA), text="body", lexicon=lexicon).trend("date", by="outlet", resamples=100)
    assert isinstance(got, OUT_OF_FRAME[library])
    plain = [
        {**row, "period": row["period"].date() if isinstance(row["period"], datetime) else row["period"]} for row in rows(got)
    ]
    assert plain == rows(reference)


def test_a_column_called_period_cannot_be_a_key(lexicon):
    result = fs.analyze(pd.DataFrame({"t": ["A bridge."], "period": ["x"], "d": ["2025-01-01"]}), text="t", lexicon=lexicon)
    with pytest.raises(fs.ColumnError, match="the column 'period' of by= has the name of a column of the scores; rename it"):
        result.trend("d", by="period")


@pytest.mark.parametrize(
    "dates",
    [
        pd.Series([date(2025, 1, 1), None, date(2025, 2, 1)], dtype=object),
        pd.Series(pd.to_datetime(["2025-01-01", None, "2025-02-01"])),
        pd.Series(pd.to_datetime(["2025-01-01", None, "2025-02-01"])).dt.tz_localize("Asia/Baku"),
        pd.Series(["2025-01-01", None, "2025-02-01"], dtype="category"),
        pl.Series([date(2025, 1, 1), None, date(2025, 2, 1)]),
        pl.Series([datetime(2025, 1, 1), None, datetime(2025, 2, 1)]).dt.replace_time_zone("Asia/Baku"),  # noqa: DTZ001
        pl.Series(["2025-01-01", None, "2025-02-01"], dtype=pl.Categorical),
    ],
    ids=["objects", "datetime64", "zoned", "category", "polars date", "polars zoned", "polars categorical"],
)
@pytest.mark.filterwarnings("ignore:1 of 3 documents")
def test_columns_of_any_library(dates, lexicon):
    frame = {"t": ["A bridge.", "Peace.", "sea"], "d": dates}
    library = pl if isinstance(dates, pl.Series) else pd
    table = fs.analyze(library.DataFrame(frame), text="t", lexicon=lexicon).trend("d", "M", "count")
    assert sorted({str(row["period"])[:10] for row in rows(table)}) == ["2025-01-01", "2025-02-01"]
    assert sum(row["value"] for row in rows(table)) == 1
