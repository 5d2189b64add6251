"""Tables → files: a folder or a file, complete or not at all; or standard output."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, get_args

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from framescope.errors import FramescopeError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

Format = Literal["parquet", "csv", "jsonl"]
TableName = Literal["hits", "documents", "stances", "quotes", "scores"]
MANIFEST = "manifest.json"
FORMULA = r"^[=+\-@\t\r\n]"  # what makes a spreadsheet run a cell


def write_folder(
    tables: dict[str, pa.Table], manifest: dict[str, Any], folder: str | PathLike[str], format_: Format, *, force: bool
) -> None:
    """Writes `<table>.<format>` and `manifest.json` beside the folder, then moves all into place."""
    folder = Path(folder)
    if format_ not in get_args(Format):
        raise FramescopeError.not_found("format", format_, get_args(Format), "formats")
    refuse_to_overwrite(folder, force=force)
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    made.mkdir()
    try:
        for name, table in tables.items():
            with (made / f"{name}.{format_}").open("wb") as file:
                write_table(table, file, format_)
        (made / MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
        move_into_place(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def write_file(table: pa.Table, path: str | PathLike[str], format_: Format, *, force: bool) -> None:
    """Writes one table to one file, the whole of it or nothing."""
    with whole_file(path, force=force) as made, made.open("wb") as file:
        write_table(table, file, format_)


@contextmanager
def whole_file(path: str | PathLike[str], *, force: bool) -> Iterator[Path]:
    """A name beside `path` to write to. What stands there in the end is moved into place; after an error, nothing is."""
    path = Path(path)
    if path.is_dir():
        raise FramescopeError(f"'{path}' is a folder; name a file, such as '{path / 'results'}.csv', or use save")
    if path.exists() and not force:
        raise FramescopeError(f"'{path}' exists; choose another name, or replace it with force=True")
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f".framescope.{secrets.token_hex(4)}{path.suffix}")
    try:
        yield made
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def refuse_to_overwrite(folder: Path, *, force: bool) -> None:
    """Only what framescope wrote is replaced, and only when asked."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not force:
        raise FramescopeError(f"'{folder}' exists; choose another folder, or replace it with --force (force=True)")
    if not (folder / MANIFEST).is_file():
        raise FramescopeError(
            f"'{folder}' was not written by framescope (it has no {MANIFEST}), so it is not replaced; choose another folder"
        )


def move_into_place(made: Path, folder: Path) -> None:
    """Renames; what stood there goes only after the new folder stands."""
    old = made.with_name(made.name + ".old")
    if folder.exists():
        folder.rename(old)
    try:
        made.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write_table(table: pa.Table, file: BinaryIO, format_: Format) -> None:
    """One table to an open file."""
    if format_ == "parquet":
        pyarrow.parquet.write_table(table, file)
    elif format_ == "csv":
        pyarrow.csv.write_csv(without_formulas(table), file)
    else:
        for batch in table.to_batches(max_chunksize=10_000):
            file.writelines(json.dumps(row, ensure_ascii=False, default=str).encode() + b"\n" for row in batch.to_pylist())


def without_formulas(table: pa.Table) -> pa.Table:
    """The table with `'` before every text cell and name that a spreadsheet would run; dictionaries become plain text."""
    columns = []
    for column in table.columns:
        plain = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        if pa.types.is_string(plain.type) or pa.types.is_large_string(plain.type):
            guarded = pc.binary_join_element_wise(pa.scalar("'", plain.type), plain, pa.scalar("", plain.type))
            plain = pc.if_else(pc.match_substring_regex(plain, FORMULA), guarded, plain)
        columns.append(plain)
    return pa.table(columns, names=[f"'{name}" if re.match(FORMULA, name) else name for name in table.column_names])
