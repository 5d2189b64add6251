"""`Plot`: a chart, the table it draws, and the ways to look at it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from framescope.errors import FramescopeError
from framescope.plots.rendering import inline, page, pdf, png, svg

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["Plot"]

SUFFIXES = (".png", ".svg", ".pdf", ".html")


class Plot:
    """A picture of numbers. Shows itself in a notebook, in light and dark, without a network; `save` writes a file.

    `data` is the table that is drawn, of the kind of frame that came in. `chart` is the Altair chart, for those who want to change it: set it
    to another, and that is shown and saved.

    >>> import framescope as fs
    >>> plot = fs.analyze(fs.examples(), text="body", id="id").plot.frames(by="outlet")
    >>> plot
    <Plot: Frames by outlet; a notebook shows it, .save("frames.svg") writes it, .data has its 48 rows>
    >>> plot.chart = plot.chart.properties(width=500)
    """

    def __init__(self, chart: Any, data: Any, *, name: str, title: str, description: str, rows: int) -> None:
        self.chart = chart
        """The Altair chart."""
        self.data = data
        """The numbers in the picture."""
        self.description = description
        """What the picture shows, for those who hear it."""
        self._name = name
        self._title = title
        self._rows = rows

    def save(self, path: str | PathLike[str], *, theme: Literal["light", "dark"] = "light") -> None:
        """Writes the picture; the ending says as what: `.png`, `.svg`, `.pdf`, or `.html`, a page of its own with tooltips.

        `theme` is that of the first three; a page takes the theme of whoever looks at it. A file that is there is replaced once the new one is whole.

        Raises
        ------
        FramescopeError
            If the ending is none of these, or there is no such theme.

        >>> import framescope as fs
        >>> plot = fs.analyze(["A bridge of peace."]).plot.frames()
        >>> plot.save("frames.jpg")
        Traceback (most recent call last):
        framescope.errors.FramescopeError: a plot is not saved as '.jpg'; end the name in .png, .svg, .pdf or .html
        """
        path = Path(path)
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            raise FramescopeError(f"a plot is not saved as '{suffix or path.name}'; end the name in .png, .svg, .pdf or .html")
        if theme not in {"light", "dark"}:
            raise FramescopeError.not_found("theme", theme, ["light", "dark"], "themes")
        write_whole(path, self._bytes(suffix, dark=theme == "dark"))

    def _bytes(self, suffix: str, *, dark: bool) -> bytes:
        """The file's content."""
        spec = self.chart.to_dict()
        if suffix == ".html":
            return page(spec, self._title, self.description).encode()
        drawn = svg(spec, self.description, dark=dark)
        return drawn.encode() if suffix == ".svg" else png(drawn) if suffix == ".png" else pdf(drawn)

    def _repr_html_(self) -> str:
        return inline(self.chart.to_dict(), self.description)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self._repr_html_(), "text/plain": repr(self)}

    def __repr__(self) -> str:
        rows = "1 row" if self._rows == 1 else f"{self._rows:,} rows"
        return f'<Plot: {self._title}; a notebook shows it, .save("{self._name}.svg") writes it, .data has its {rows}>'


def write_whole(path: Path, content: bytes) -> None:
    """The file is there whole, or as it was before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        made.write_bytes(content)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)
