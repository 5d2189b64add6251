"""`to_parquet`, `to_csv`, `to_excel`: each file whole or not at all, and no text that a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import sys
import zipfile

import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.utils.escape import unescape

import framescope as fs
from framescope import workbook
from kinds import FRAMES, rows

TABLES = ["hits", "documents", "stances", "quotes", "scores"]
HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", '=HYPERLINK("http://x.org";"y")', "=cmd|' /C calc'!A0", "{=1}",
    "http://example.org", "mailto:a@example.org", "internal:hits!A1", "0123", "1e5", "TRUE", " space ", "a\r\nb\tc",
    "_x0041_", "\x00\x01\x1f", "<b>&amp;", "𝔘🌉", "",
]  # fmt: skip
LEXICON = fs.Lexicon.from_quanteda({"=1+1": ["peace"], "calm": ["calm"]})


@pytest.fixture(scope="module")
def hostile() -> fs.Result:
    """Every hostile text is an id, and stands in a hit and a quotation."""
    frame = pd.DataFrame({"id": HOSTILE, "body": ["Peace and calm."] * len(HOSTILE)})
    return fs.analyze(frame, text="body", id="id", lexicon=LEXICON)


def sheets(path):
    return openpyxl.load_workbook(path)


def cells(sheet):
    """Values below the names of columns, as rows."""
    head, *below = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in below]


def exact(value):
    """A value as openpyxl should hand it back: it leaves control characters escaped, and knows no empty text."""
    return unescape(value) if isinstance(value, str) else value


@pytest.mark.parametrize("kind", FRAMES)
def test_any_library_gives_the_same_files(kind, texts, lexicon, tmp_path):
    result = fs.analyze(FRAMES[kind]({"id": list("abcde"), "body": texts}), text="body", id="id", lexicon=lexicon)
    expected = fs.analyze(pa.table({"id": list("abcde"), "body": texts}), text="body", id="id", lexicon=lexicon).tables()
    result.to_excel(tmp_path / "a.xlsx")
    book = sheets(tmp_path / "a.xlsx")
    assert book.sheetnames == [*TABLES, "manifest"]
    for name in TABLES:
        result.to_parquet(tmp_path / f"{name}.parquet", name)
        result.to_csv(tmp_path / f"{name}.csv", table=name)
        assert pq.read_table(tmp_path / f"{name}.parquet").to_pylist() == expected[name].to_pylist()
        for got, row in zip(cells(book[name]), expected[name].to_pylist(), strict=True):
            assert got == {key: pytest.approx(value, rel=1e-15) if type(value) is float else value for key, value in row.items()}
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(csv.reader(file))) == expected[name].num_rows + 1
    assert json.loads(pq.read_schema(tmp_path / "scores.parquet").metadata[b"framescope"])["measure"] == "rate"


def test_hits_are_what_is_written_if_nothing_else_is_asked(texts, lexicon, tmp_path):
    result = fs.analyze(texts, lexicon=lexicon)
    result.to_parquet(tmp_path / "a.parquet")
    result.to_csv(str(tmp_path / "a.csv"))
    assert pl.read_parquet(tmp_path / "a.parquet")["text"].to_list() == result.hits["text"].tolist()
    assert pl.read_csv(tmp_path / "a.csv")["text"].to_list() == result.hits["text"].tolist()


def test_no_text_is_a_formula_in_excel(hostile, tmp_path):
    hostile.to_excel(tmp_path / "a.xlsx")
    book = sheets(tmp_path / "a.xlsx")
    for name in ("hits", "documents", "scores"):
        column = [row[0] for row in book[name].iter_rows(min_row=2)]
        once_each = list(dict.fromkeys(cell.value for cell in column))
        assert [exact(value) for value in once_each] == HOSTILE
        assert {cell.data_type for cell in column if cell.value} == {"s"}
        prefixed = {exact(cell.value) for cell in column if cell.quotePrefix}
        assert prefixed == {value for value in HOSTILE if value[:1] in set("=+-@\t\r\n") - {""}}
        assert all(cell.hyperlink is None for row in book[name].iter_rows() for cell in row)
    head = next(book["scores"].iter_rows())
    assert [(cell.value, cell.data_type) for cell in head] == [("doc", "s"), ("=1+1", "s"), ("calm", "s")]
    assert head[1].quotePrefix
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert not any(
            "<f>" in (page := book.read(name).decode()) or "hyperlink" in page for name in book.namelist() if "sheet" in name
        )


def test_no_text_is_a_formula_in_csv(hostile, tmp_path):
    for name in ("hits", "documents", "scores"):
        hostile.to_csv(tmp_path / f"{name}.csv", name)
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            table = list(csv.reader(file))
        assert not [cell for row in table for cell in row if cell[:1] in set("=+-@\t\r\n")]
        ids = list(dict.fromkeys(row[0] for row in table[1:]))
        assert ids == list(dict.fromkeys(f"'{value}" if value[:1] in set("=+-@\t\r\n") else value for value in HOSTILE))
    assert table[0] == ["doc", "'=1+1", "calm"]


def moment(*parts: int) -> dt.datetime:
    return dt.datetime(*parts)  # noqa: DTZ001 - ids without a zone


IDS = {
    "int": ([1, 2], [1, 2]),
    "long int": ([1_000_000_000_000_001, 2], ["1000000000000001", "2"]),
    "negative": ([-5, 7], [-5, 7]),
    "unsigned": (pa.array([2**64 - 1, 0], pa.uint64()), ["18446744073709551615", "0"]),
    "float": ([0.5, float("inf")], [0.5, "inf"]),
    "bool": ([True, False], [True, False]),
    "date": ([dt.date(2024, 2, 29), dt.date(1946, 1, 10)], [moment(2024, 2, 29), moment(1946, 1, 10)]),
    "old date": ([dt.date(1848, 3, 18), dt.date(2024, 1, 1)], ["1848-03-18", "2024-01-01"]),
    "time": ([moment(2024, 2, 29, 12, 30, 15), moment(1999, 1, 1)],) * 2,
    "exact time": ([moment(2024, 1, 1, 0, 0, 0, 1), moment(1999, 1, 1)], ["2024-01-01 00:00:00.000001", "1999-01-01 00:00:00"]),
    "zone": ([dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc), dt.datetime(1999, 1, 1, tzinfo=dt.timezone.utc)],
             ["2024-01-01 00:00:00+00:00", "1999-01-01 00:00:00+00:00"]),
    "dictionary": (pa.array(["x", "y"]).dictionary_encode(), ["x", "y"]),
    "decimal": (pa.array(["1.10", "2"]).cast(pa.decimal128(38, 2)), ["1.10", "2.00"]),
    "clock": ([dt.time(1, 2), dt.time(3)], ["01:02:00", "03:00:00"]),
}  # fmt: skip


@pytest.mark.parametrize(("ids", "expected"), IDS.values(), ids=IDS)
def test_ids_keep_their_types_or_become_exact_text(ids, expected, lexicon, tmp_path):
    table = pa.table({"id": ids, "body": ["peace", "peace"]})
    fs.analyze(table, text="body", id="id", lexicon=lexicon).to_excel(tmp_path / "a.xlsx")
    got = [row["doc"] for row in cells(sheets(tmp_path / "a.xlsx")["documents"])]
    assert got == expected
    assert list(map(type, got)) == list(map(type, expected))


def test_nulls_are_empty_cells(lexicon, tmp_path):
    fs.analyze([None, "Nothing.", ""], lexicon=lexicon).to_excel(tmp_path / "a.xlsx")
    book = sheets(tmp_path / "a.xlsx")
    assert [row["words"] for row in cells(book["documents"])] == [None, 1, 0]
    assert [row["bridge"] for row in cells(book["scores"])] == [None, 0, None]
    assert cells(book["hits"]) == []
    assert [cell.value for cell in book["hits"][1]] == fs.analyze([], lexicon=lexicon).hits.columns.tolist()


def test_the_manifest_has_a_sheet(texts, lexicon, tmp_path):
    result = fs.analyze(texts, lexicon=lexicon)
    result.to_excel(tmp_path / "a.xlsx")
    got = {row["key"]: row["value"] for row in cells(sheets(tmp_path / "a.xlsx")["manifest"])}
    assert got["lexicon.hash"] == lexicon.hash
    assert got["scores.measure"] == "rate"
    assert (got["documents"], got["null_documents"], got["options.keep_chrome"], got["options.text"]) == (5, 1, False, None)


def test_the_same_result_gives_the_same_bytes(hostile, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        hostile.to_excel(tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert sheets(tmp_path / "a.xlsx").properties.created == moment(2000, 1, 1)  # and not now


def test_what_is_too_long_for_a_cell_is_cut_and_named(lexicon, tmp_path):
    whole, emoji = "x" * 32_767, "🌉" * 16_384  # a sign beyond the first plane counts twice
    frame = pd.DataFrame({"id": [whole, whole + "y", emoji, "\ufffe"], "body": ["", "peace", "", ""]})
    result = fs.analyze(frame, text="body", id="id", lexicon=lexicon)
    with pytest.warns(
        fs.FramescopeWarning, match=re.escape("7 cells could not be written as they are: hits!A2 (cut after 32,766 of 32,768")
    ) as seen:
        result.to_excel(tmp_path / "a.xlsx")
    assert seen[0].filename == __file__
    book = sheets(tmp_path / "a.xlsx")
    assert [row["doc"] for row in cells(book["documents"])] == [whole, "x" * 32_766 + "…", "🌉" * 16_383 + "…", "\ufffd"]
    changed = {row["key"]: row["value"] for row in cells(book["manifest"]) if "!" in row["key"]}
    assert list(changed) == ["hits!A2", *(f"{name}!A{row}" for name in ("documents", "scores") for row in (3, 4, 5))]
    result.to_parquet(tmp_path / "a.parquet", "documents")
    assert pl.read_parquet(tmp_path / "a.parquet")["doc"].to_list() == frame["id"].tolist()


def test_a_table_longer_than_a_sheet_goes_on_in_another(texts, lexicon, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "ROWS", 4)
    result = fs.analyze(texts, lexicon=lexicon)
    result.to_excel(tmp_path / "a.xlsx")
    book = sheets(tmp_path / "a.xlsx")
    assert [name for name in book.sheetnames if name.startswith("hits")] == ["hits", "hits 2"]
    assert [row["text"] for name in ("hits", "hits 2") for row in cells(book[name])] == result.hits["text"].tolist()
    assert [len(cells(book[name])) for name in book.sheetnames if name.startswith("documents")] == [3, 2]


def test_a_table_wider_than_a_sheet_is_refused(texts, lexicon, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "COLUMNS", 8)
    with pytest.raises(fs.FramescopeError, match="hits has 24 columns and an Excel sheet 8; use to_parquet or to_csv"):
        fs.analyze(texts, lexicon=lexicon).to_excel(tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


WRITERS = {"parquet": fs.Result.to_parquet, "csv": fs.Result.to_csv, "xlsx": fs.Result.to_excel}


@pytest.mark.parametrize("ending", WRITERS)
def test_a_file_that_exists_stays_unless_forced(ending, texts, lexicon, tmp_path):
    result, write = fs.analyze(texts, lexicon=lexicon), WRITERS[ending]
    path = tmp_path / "new" / f"a.{ending}"
    write(result, path)
    first = path.read_bytes()
    path.write_text("mine")
    with pytest.raises(
        fs.FramescopeError, match=re.escape(f"'{path}' exists; choose another name, or replace it with force=True")
    ):
        write(result, path)
    assert path.read_text() == "mine"
    write(result, path, force=True)
    assert path.read_bytes() == first
    folder = tmp_path / f"b.{ending}"
    folder.mkdir()
    with pytest.raises(fs.FramescopeError, match="is a folder; name a file"):
        write(result, folder, force=True)
    assert sorted(child.name for child in path.parent.iterdir()) == [path.name]


@pytest.mark.parametrize("ending", WRITERS)
def test_nothing_partial_is_left(ending, texts, lexicon, tmp_path, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("pyarrow.parquet.write_table", fail)
    monkeypatch.setattr("pyarrow.csv.write_csv", fail)
    monkeypatch.setattr(workbook.Pages, "write_manifest", fail)
    path = tmp_path / f"a.{ending}"
    path.write_text("old")
    with pytest.raises(OSError, match="disk full"):
        WRITERS[ending](fs.analyze(texts, lexicon=lexicon), path, force=True)
    assert [(child.name, child.read_text()) for child in tmp_path.iterdir()] == [(path.name, "old")]


def test_errors_say_the_fix(texts, lexicon, tmp_path, monkeypatch):
    result = fs.analyze(texts, lexicon=lexicon)
    with pytest.raises(fs.FramescopeError, match="no table 'hit'; did you mean 'hits'\\?; tables: 'hits', 'documents'"):
        result.to_csv(tmp_path / "a.csv", "hit")
    with pytest.raises(fs.FramescopeError, match=r"must end in \.xlsx"):
        result.to_excel(tmp_path / "a.xls")
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(fs.FramescopeError, match=re.escape("pip install 'framescope[excel]'")):
        result.to_excel(tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_hits_alone_read_no_stances(texts, lexicon, tmp_path):
    result = fs.analyze(texts, lexicon=lexicon)
    result.to_parquet(tmp_path / "a.parquet")
    assert "_stances" not in vars(result)
    assert rows(result.stances) is not None
