"""Files → a frame of documents, for the command line."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from framescope.columns import arrow_text_column
from framescope.errors import ColumnError, FramescopeError

Source = Literal["csv", "jsonl", "parquet", "text"]
SUFFIXES: dict[str, Source] = {
    ".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".txt": "text",
    ".html": "text", ".htm": "text",
}  # fmt: skip
PAGES = {".html", ".htm"}
TEXTS = {".txt", *PAGES}


@dataclass(frozen=True)
class Input:
    """A frame and the names of its columns of documents and ids."""

    frame: pa.Table
    text: str | None
    id: str | None


def read_input(source: str, text: str | None, id_: str | None, kind: Source | None) -> Input:
    """A file, a folder of .txt and .html files, or standard input (`-`)."""
    if source == "-":
        kind = kind or "text"
        data, name = sys.stdin.buffer.read(), "standard input"
    else:
        path = Path(source)
        if path.is_dir():
            return read_folder(path, text, id_)
        if not path.is_file():
            raise FramescopeError(f"no file or folder '{source}'")
        kind = kind or SUFFIXES.get(path.suffix.lower())
        if kind is None:
            raise FramescopeError(f"'{source}' has an unknown ending; say --from csv, jsonl, parquet or text")
        if kind == "parquet":
            return Input(read_parquet(path), text, id_)
        data, name = path.read_bytes(), source
    if kind == "text":
        no_columns(text, id_, name)
        return texts([(name, page(data, name) if Path(name).suffix.lower() in PAGES else decode(data, name))])
    if kind == "csv":
        return Input(read_csv(data, name), text, id_)
    if kind == "jsonl":
        return Input(read_jsonl(data, name, text), text, id_)
    return Input(read_parquet(pa.BufferReader(data)), text, id_)


def read_folder(folder: Path, text: str | None, id_: str | None) -> Input:
    """Every .txt and .html file below the folder, in order of path; ids are the paths."""
    no_columns(text, id_, f"the folder '{folder}'")
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in TEXTS and path.is_file())
    if not paths:
        raise FramescopeError(f"no .txt or .html files in '{folder}'")
    read = {True: page, False: decode}
    return texts(
        [
            (path.relative_to(folder).as_posix(), read[path.suffix.lower() in PAGES](path.read_bytes(), str(path)))
            for path in paths
        ]
    )


def texts(named: list[tuple[str, str]]) -> Input:
    """Whole texts with their names."""
    names, bodies = zip(*named, strict=True)
    return Input(pa.table({"file": pa.array(names, pa.string()), "text": pa.array(bodies, pa.large_string())}), "text", "file")


def no_columns(text: str | None, id_: str | None, name: str) -> None:
    """Plain text has no columns to name."""
    if text is not None or id_ is not None:
        option = "--text" if text is not None else "--id"
        raise ColumnError(f"{option} names a column, but {name} is plain text; leave it out, or say --from csv or --from jsonl")


def decode(data: bytes, name: str) -> str:
    """UTF-8, line ends as stored; a byte order mark is dropped."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ColumnError(f"{name}, line {line}: not UTF-8 (byte {data[error.start]:#04x}); save it as UTF-8") from None


def page(data: bytes, name: str) -> str:
    """The main text of an HTML page."""
    try:
        import trafilatura
    except ImportError:
        raise FramescopeError(
            f"{name} is HTML, which needs an extractor; install it with: pip install 'framescope[html]'"
        ) from None
    return trafilatura.extract(data, include_comments=False) or ""


def read_csv(data: bytes, name: str) -> pa.Table:
    """Columns of text, nothing guessed: "NA" and "01" stay what they are. The delimiter is , ; or tab, whichever the first line has most of."""
    text = decode(data, name)
    head = text.split("\n", 1)[0]
    options = pyarrow.csv.ParseOptions(delimiter=max(",;\t", key=head.count), newlines_in_values=True)
    names = pyarrow.csv.read_csv(io.BytesIO(head.encode() + b"\n"), parse_options=options).column_names if head.strip() else []
    convert = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, quoted_strings_can_be_null=False
    )
    read = pyarrow.csv.ReadOptions(block_size=max(len(data) + 1, 1))
    try:
        return pyarrow.csv.read_csv(io.BytesIO(text.encode()), read_options=read, parse_options=options, convert_options=convert)
    except pa.ArrowInvalid as error:
        raise ColumnError(f"{name} is not sound CSV: {error}") from None


def read_jsonl(data: bytes, name: str, text: str | None) -> pa.Table:
    """One object on each line; what a line lacks is null."""
    lines = enumerate(decode(data, name).split("\n"), start=1)
    rows = [row_of(line, f"{name}, line {number}") for number, line in lines if line.strip()]
    columns = {key: [row.get(key) for row in rows] for key in dict.fromkeys(key for row in rows for key in row)}
    return pa.table(
        {
            key: arrow_text_column(values, f"column '{key}'") if key == text else any_column(values)
            for key, values in columns.items()
        }
    )


def row_of(line: str, place: str) -> dict[str, Any]:
    """The object on a line."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ColumnError(f"{place}, column {error.colno}: not JSON ({error.msg}); each line is one object") from None
    if not isinstance(row, dict):
        raise ColumnError(f'{place}: a {type(row).__name__}, not an object; each line is one object, as in {{"text": "…"}}')
    return row


def any_column(values: list[Any]) -> pa.Array:
    """Values of one type as they are; of several types as JSON text."""
    try:
        return pa.array(values)
    except (pa.ArrowException, UnicodeError, OverflowError):
        return pa.array([None if value is None else json.dumps(value) for value in values])


def read_parquet(source: Any) -> pa.Table:
    """A Parquet file."""
    try:
        return pyarrow.parquet.read_table(source)
    except pa.ArrowInvalid as error:
        raise ColumnError(f"not sound Parquet: {error}") from None
