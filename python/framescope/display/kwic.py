"""A concordance as it is read: all keywords in one column, what stands before them flush right. Imports pandas, so it is imported late."""

from __future__ import annotations

import shutil
import unicodedata
from typing import TYPE_CHECKING, Any

import pandas as pd

from framescope.display.escape import escaped, plain
from framescope.display.look import stylesheet
from framescope.display.summary import amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["PARTS", "Concordance"]

PARTS = ("before", "keyword", "after")
PLACES = ("start", "end")  # no use to a reader
WIDEST = 48  # characters of a context on a page
NARROWEST = 12  # of one in a terminal
LONGEST = 40  # of any other cell


class Concordance(pd.DataFrame):  # type: ignore[misc] # pandas ships no types
    """A pandas frame with the columns before · keyword · after that shows its keywords in one column, in a notebook and in print.

    Rows that are picked, sorted or sampled are a concordance too; without one of the three columns it looks like any frame.

    >>> Concordance({"doc": [0, 1], "before": ["over the old ", "a "], "keyword": ["bridge", "link"], "after": [" to", "."]})
       doc        before | keyword | after
    0  0    over the old | bridge  | to
    1  1               a |  link   | .
    2 rows × 4 columns
    """

    @property
    def _constructor(self) -> Callable[..., Concordance]:
        return Concordance

    @property
    def _is_whole(self) -> bool:
        return bool(self.columns.is_unique) and set(PARTS) <= set(self.columns)

    def __repr__(self) -> str:
        return in_text(self) if self._is_whole else str(super().__repr__())

    def _repr_html_(self) -> str | None:
        return in_html(self) if self._is_whole else super()._repr_html_()


def in_html(table: Concordance) -> str:
    """The table for a notebook."""
    shown = head(table)
    columns = [name for name in shown.columns if name not in PLACES]
    titles = "".join(f'<th scope="col" class="{style(shown, name)}">{plain(str(name))}</th>' for name in columns)
    cells = [[cell_html(shown, name, value) for value in shown[name]] for name in columns]
    labels = [f'<th scope="row">{plain(cell(label))}</th>' for label in shown.index]
    rows = "\n".join(f"<tr>{label}{''.join(row)}</tr>" for label, *row in zip(labels, *cells, strict=True))
    return (
        f'<div class="framescope kwic" role="group" aria-label="Concordance" tabindex="0"><style>{stylesheet("kwic")}</style>\n'
        f"<table><caption>{plain(size(table, shown, columns))}</caption>"
        f"<thead><tr><td></td>{titles}</tr></thead><tbody>\n{rows}\n</tbody></table></div>"
    )


def cell_html(table: Concordance, name: Any, value: object) -> str:
    """One cell; a context is cut at its far end."""
    text = cell(value)
    short = context(text, name, WIDEST) if name in PARTS else cut(" ".join(text.split()), LONGEST)
    shown = escaped(short) if name in PARTS else plain(short)
    full = f' title="{plain(text)}"' if name not in PARTS and short != text else ""
    return f'<td class="{style(table, name)}" dir="auto"{full}>{shown}</td>'


def style(table: Concordance, name: Any) -> str:
    """The class of a column's cells."""
    if name in PARTS:
        return str(name)
    return "number" if pd.api.types.is_numeric_dtype(table[name]) else "rest"


def in_text(table: Concordance) -> str:
    """The table for a terminal, as wide as that is."""
    shown = head(table)
    columns = [name for name in ("doc", *PARTS, "frame") if name in shown.columns]
    cells = {
        name: [cut(" ".join(cell(value).split()), LONGEST) for value in shown[name]] for name in columns if name not in PARTS
    }
    cells = {"": [cell(label) for label in shown.index]} | cells
    cells["keyword"] = [context(cell(value), "keyword", LONGEST).strip() for value in shown["keyword"]]
    taken = sum(widest([name, *column]) + 2 for name, column in cells.items()) + 4
    side = max(NARROWEST, (shutil.get_terminal_size((120, 24)).columns - taken) // 2)
    for name in ("before", "after"):
        cells[name] = [context(cell(value), name, side).strip() for value in shown[name]]
    full = [padded(name, [name, *cells[name]]) for name in ("", *columns)]
    rows = ["".join(parts).rstrip() for parts in zip(*full, strict=True)]
    return "\n".join([*rows, size(table, shown, columns)])


def padded(name: str, column: list[str]) -> list[str]:
    """The cells of a column, all of one width, with what parts them from the next."""
    width = widest(column)
    gap = " | " if name in {"before", "keyword"} else "  "
    spaces = [width - wide(text) for text in column]
    left = [n if name == "before" else n // 2 if name == "keyword" else 0 for n in spaces]
    return [" " * before + text + " " * (n - before) + gap for text, n, before in zip(column, spaces, left, strict=True)]


def head(table: Concordance) -> Concordance:
    """As many rows as pandas shows (`display.max_rows`)."""
    most = pd.get_option("display.max_rows")
    return table if most in {None, 0} else table.iloc[:most]


def size(table: Concordance, shown: Concordance, columns: list[Any]) -> str:
    """How much there is, and what of it is not shown."""
    hidden = [str(name) for name in table.columns if name not in columns]
    parts = [f"{amount(len(table), 'row')} × {amount(len(table.columns), 'column')}"]
    parts += [f"columns not shown: {', '.join(hidden)}"] if hidden else []
    parts += (
        [f"the first {len(shown):,} rows are shown; .sample(20) or .iloc[60:120] shows others"] if len(shown) < len(table) else []
    )
    return "; ".join(parts)


def cell(value: object) -> str:
    """A cell as text; a null is empty."""
    null = value is None or (pd.api.types.is_scalar(value) and pd.isna(value))
    return "" if null else str(value)


def context(text: str, name: str, width: int) -> str:
    """The part of a context that is next to its keyword, on one line; white space at its ends is kept as one space."""
    line = "".join(" " if sign.isspace() else sign for sign in text)
    while "  " in line:
        line = line.replace("  ", " ")
    if wide(line) <= width:
        return line
    if name == "before":
        kept = line[-width + 1 :]
        return f"…{kept[kept.find(' ') + 1 :]}"
    kept = line[: width - 1]
    return f"{kept[: kept.rfind(' ')] if ' ' in kept.strip() else kept}…"


def cut(text: str, width: int) -> str:
    """The beginning of a long text."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def widest(texts: Iterable[str]) -> int:
    """Columns of a terminal that the widest takes."""
    return max(map(wide, texts), default=0)


def wide(text: str) -> int:
    """Columns of a terminal: two for a Chinese sign, none for an accent that is set over another."""
    return sum(0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)
